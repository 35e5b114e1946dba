"""Spark as the engine: a session of a cluster or of this machine, opened quietly and ended, and facts by it.

    spark://host:15002   a server of Spark Connect (also sc://host:15002/;use_ssl=true;token=…)
    local[2]             a session of this machine with two threads; it needs Java

pyspark is the extra `spark`; it is imported only here and where a Spark frame was handed over.
"""

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from parindex.findings.wing import missing
from parindex.scale.api import Facts, facts_of
from parindex.scale.mapping import Map
from parindex.scale.spark_files import scanned
from parindex.values.language import N_

ENGINE: Final = re.compile(r"local(?:\[(?:[1-9][0-9]{0,3}|\*)\])?|(?:spark|sc)://[^/\s]+(?:/\S*)?")
_EXPECTED: Final = N_("expected spark://host:15002 or local[2]")
SECONDS: Final = 10
"""How long a server may take to answer first."""
_ZONE: Final = "spark.sql.session.timeZone"
_PARTITIONS: Final = "spark.sql.files.minPartitionNum"
_HERE: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""A session of this machine: nothing listens to others, and few rows are not cut into many parts."""


class SparkError(Exception):
    """Spark cannot be had: what is missing or does not answer, as a message with its parameters."""

    def __init__(self, message: str, **told: str) -> None:
        super().__init__(message)
        self.message, self.told = message, told


def facts_of_files(
    engine: str, given: Sequence[str], read: Map, scheme: str | None = None
) -> Facts:
    """The scorecards of files that Spark reads; only the counts of units leave it.

    Args:
        engine: the engine, as above.
        given: files, folders and patterns, as Spark sees them: of a cluster its own names.
        read: the map.
        scheme: the scheme of the scorecards, where not that of the map.

    Raises:
        InputError: P101 and others: a file cannot be read, or lacks a mapped column; P104 one
            breaks the rules of its format; P158 Spark is not installed.
        SparkError: Java or the server is not there.
    """
    with session(engine) as spark, _told(engine):
        return facts_by(spark, given, read, scheme)


def facts_by(spark: Any, given: Sequence[str], read: Map, scheme: str | None = None) -> Facts:
    """The scorecards of files that a session reads; the rest as `facts_of_files`."""
    scan = scanned(spark, given, read.columns)
    found = facts_of([scan.frame], read, scan.files, scheme)
    if scan.rows is not None and scan.rows != found.read:
        raise AssertionError("rows of the files and rows read differ")
    return found


@contextmanager
def session(engine: str) -> Iterator[Any]:
    """A session of Spark, which is ended at the end.

    Raises:
        InputError: P158 Spark is not installed.
        SparkError: the engine is none, or Java or the server is not there.
    """
    if not ENGINE.fullmatch(engine):
        raise SparkError(_EXPECTED)
    if find_spec("pyspark") is None:
        raise missing("pyspark", "spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions, while it is imported
        with _told(engine):
            spark = _local(engine) if engine.startswith("local") else _remote(engine)
            spark.conf.set(_ZONE, "UTC")
            spark.conf.set(_PARTITIONS, spark.conf.get(_PARTITIONS, "8"))
        try:
            yield spark
        finally:
            spark.stop()


def _local(engine: str) -> Any:
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise SparkError(
            N_("Java is not installed: a Spark of this machine needs Java 17 or newer")
        )
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(engine).appName("parindex")
    for name, value in _HERE.items():
        builder = builder.config(name, value)
    with _hushed():
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
    return spark


@contextmanager
def _hushed() -> Iterator[None]:
    """What Java writes while it starts, and later, is passed over; faults come as exceptions."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(each) for each in (1, 2)]
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        for each in (1, 2):
            os.dup2(nothing, each)
        yield
    finally:
        for each, own in zip((1, 2), kept, strict=True):
            os.dup2(own, each)
            os.close(own)
        os.close(nothing)


def _remote(engine: str) -> Any:
    if find_spec("grpc") is None:
        raise missing("grpc", "spark")
    url = f"sc://{engine.partition('://')[2]}"
    _ask(url, engine)
    from pyspark.sql import SparkSession

    return SparkSession.builder.remote(url).getOrCreate()


def _ask(url: str, engine: str) -> None:
    """Wait for the server a little; the client of Spark would for minutes."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # it would tell each try
    import grpc
    from pyspark.errors import PySparkException
    from pyspark.sql.connect.client import DefaultChannelBuilder

    try:
        channel = DefaultChannelBuilder(url).toChannel()
    except (PySparkException, ValueError) as error:
        raise SparkError(_EXPECTED) from error
    try:
        grpc.channel_ready_future(channel).result(timeout=SECONDS)
    except grpc.FutureTimeoutError as error:
        told = N_("{server} does not answer as a server of Spark Connect")
        raise SparkError(told, server=_bare(engine)) from error
    finally:
        channel.close()


def _bare(engine: str) -> str:
    """An engine without what may be secret."""
    return engine.partition(";")[0]


@contextmanager
def _told(engine: str) -> Iterator[None]:
    """What Spark says of a fault, without what it repeats of the rows."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        kind = error.getCondition() or type(error).__name__
        if hasattr(error, "getGrpcStatusCode") and not error.getCondition():
            kind = error.getGrpcStatusCode().name
        told = N_("Spark at {server} gave up: {cause}")
        raise SparkError(told, server=_bare(engine), cause=kind) from error
