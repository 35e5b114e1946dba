"""Where Spark cannot be had, `--engine` says what is missing, and exits with 2."""

import shutil
import socket
from typing import Any

import pytest

from parindex.findings.wing import install_command
from parindex.scale import spark
from tests.processes import Ran
from tests.spark_support import HAS_PYSPARK
from tests.support import call, run

GIVEN = ("facts", "examples/dossiers/rows.csv", "--map", "examples/dossiers/map.yaml", "--engine")
needs_pyspark = pytest.mark.skipif(not HAS_PYSPARK, reason="pyspark is not installed")


def refused(done: Ran, *told: str) -> bool:
    """Whether a run ended as a fault that says all this, without output or a traceback."""
    return (
        (done.code, done.out) == (2, "")
        and all(each in done.err for each in ("--engine", *told))
        and "Traceback" not in done.err
    )


class TestMissing:
    """The message says what was expected, or what to install, in both languages."""

    @pytest.mark.parametrize("engine", ["duckdb", "local[0]", "http://localhost:15002", "spark://"])
    def test_no_engine(self, engine: str) -> None:
        assert refused(call(*GIVEN, engine), "spark://host:15002", "local[2]")

    def test_in_vietnamese(self) -> None:
        assert refused(run(*GIVEN, "duckdb", "--lang", "vi"), "cần spark://máy:15002 hoặc local[2]")

    def test_no_pyspark(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spark, "find_spec", lambda _: None)
        done = call(*GIVEN, "local[2]")
        told = f"P158 this needs a library that is not installed (found: pyspark; expected: {install_command('spark')})"
        assert (done.code, done.out, done.faults) == (2, "", [told])

    @needs_pyspark
    def test_no_java(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setattr(shutil, "which", lambda _: None)
        assert refused(call(*GIVEN, "local[2]"), "Java 17")

    @needs_pyspark
    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("is_open", [False, True])
    def test_no_server(self, monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
        """Nothing listens there, or something that is no server of Spark and keeps silent."""
        monkeypatch.setattr(spark, "SECONDS", 0.5)
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            if is_open:
                other.listen()
            server = f"spark://127.0.0.1:{other.getsockname()[1]}"
            assert refused(call(*GIVEN, f"{server}/;x=secret"), f"{server}/ does not answer")

    @needs_pyspark
    def test_secrets_stay_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spark, "SECONDS", 0.2)
        done: Any = call(*GIVEN, "spark://localhost:1/;token=secret")
        assert refused(done)
        assert "secret" not in done.err
