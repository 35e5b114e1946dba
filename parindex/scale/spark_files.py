"""Files of dossiers as Spark reads them: CSV, Parquet and JSON lines, with the number of each row.

Spark cuts a text into blocks and numbers the lines of each. One look at all lines tells how many
each block has, so that a place is the same as without Spark: the file and the line in it. The
same look finds quotes that are not closed in their line: such a text is refused, because its
rows could not be told apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from os import path as paths
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

import narwhals as nw

from parindex.findings import InputError
from parindex.scale.rejects import FILE
from parindex.scale.sources import (
    ENDINGS,
    JSON,
    JSON_LINES,
    ROWS,
    checked_start,
    keys_among,
)
from parindex.scale.tables import FIRST_ROWS, chosen, heading_of_text
from parindex.values.codes import (
    EMPTY_FILE,
    FILE_UNREADABLE,
    NOT_UTF8,
    OTHER_FILE_KIND,
    SYNTAX_BROKEN,
)
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_LINE: Final = r"trim(BOTH '\ufeff \t\r\n' FROM value)"
"""A line of JSON as the embedded engine reads it."""
_IS_OBJECT: Final = f"{_LINE} LIKE '{{%' AND json_array_length(concat('[', {_LINE}, ']')) = 1"
"""Whether a line is one object and nothing else: a reader of objects passes over what stands behind."""
_BROKEN: Final = f"coalesce({_LINE} <> '' AND NOT coalesce({_IS_OBJECT}, false), false) AS broken"
_GLOB: Final = re.compile(r"[*?\[\]{}\\]")
_PARQUET: Final = ".parquet"
_BOOKS: Final = tuple(each for each in ENDINGS if each.startswith((".x", ".ods")))
_READ: Final = N_("files that Spark reads: .csv, .tsv, .txt, .jsonl, .ndjson, .parquet")
_QUOTES: Final = N_("a quote that is not closed in its line")
_ONE_LINE: Final = N_("rows of one line each, for Spark; without --engine a cell may have several")


class Scan(NamedTuple):
    """Rows of files as a lazy frame of Narwhals, the files by their numbers, and how many rows."""

    frame: Any
    files: Sequence[str]
    rows: int | None


class _File(NamedTuple):
    """A file: its path, as Spark's rows tell it, as people know it, and its number."""

    path: str
    key: str
    name: str
    number: int

    @property
    def ending(self) -> str:
        return PurePosixPath(self.path).suffix.lower()

    @property
    def pattern(self) -> str:
        """A pattern that means this file alone."""
        return _GLOB.sub(lambda found: f"\\{found[0]}", self.path)


class _Layout(NamedTuple):
    """What files have in common that are read together."""

    kind: str
    heading: int
    delimiter: str
    width: int
    columns: tuple[tuple[str, Any], ...]


def scanned(spark: Any, given: Sequence[str], wanted: Mapping[str, str]) -> Scan:
    """The rows of files, folders and patterns, as Spark sees them.

    Args:
        spark: a session.
        given: their names.
        wanted: the heading of each column that is read, by the name that it has in the frame.

    Raises:
        InputError: every fault of every file that is found before its rows are read.
    """
    files = _listed(spark, given)
    layouts: dict[_Layout, list[_File]] = {}
    findings: list[Finding] = []
    for file in files:
        try:
            layouts.setdefault(_layout(spark, file, wanted), []).append(file)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    frames, rows = [], 0
    for layout, own in layouts.items():
        if layout.kind == _PARQUET:
            frames.append(_rows_of_parquet(spark, layout, own))
            continue
        blocks, faults = _blocks(spark, layout, own)
        findings += faults
        frames.append(_rows_of_texts(spark, layout, own, blocks))
        lines = (sum(each.lines for each in own_blocks) for own_blocks in blocks.values())
        rows += sum(max(0, each - layout.heading) for each in lines)
    if findings:
        raise InputError(findings)
    is_known = not any(layout.kind == _PARQUET for layout in layouts)
    return Scan(_together(frames), [each.name for each in files], rows if is_known else None)


def _listed(spark: Any, given: Sequence[str]) -> list[_File]:
    """The files of names, folders and patterns, each once.

    Raises:
        InputError: P101 Spark finds no file, P113 a folder has none of dossiers, P150 it has others.
    """
    from pyspark.errors import AnalysisException

    found: dict[str, _File] = {}
    findings: list[Finding] = []
    for name in given:
        listing = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        try:
            frame = listing.load(name).selectExpr("path", "_metadata.file_path AS key")
            rows = sorted(map(tuple, frame.collect()))
        except AnalysisException as error:
            told = {"found": error.getCondition() or type(error).__name__}
            findings.append(Finding(FILE_UNREADABLE, "", told, place=Place(name)))
            continue
        alone = len(rows) == 1
        rows = [each for each in rows if alone or each[0].lower().endswith(ENDINGS)]
        if not rows:
            findings.append(Finding(EMPTY_FILE, "", {"expected": ROWS}, place=Place(name)))
        for path, key in rows:
            file = _File(path, key, _shown(path, name), len(found))
            found.setdefault(key, file)
            if file.ending in _BOOKS:
                told = {"found": file.ending, "expected": _READ}
                findings.append(Finding(OTHER_FILE_KIND, "", told, place=Place(file.name)))
    if findings:
        raise InputError(findings)
    return list(found.values())


def _shown(path: str, given: str) -> str:
    """A path as it was given, as far as it was."""
    bare = re.sub(r"^file:(?://)?(?=/)", "", path)
    root = paths.abspath(given)  # noqa: PTH100 - links stay as they are
    return given + bare[len(root) :] if bare.startswith(root) else bare


def _layout(spark: Any, file: _File, wanted: Mapping[str, str]) -> _Layout:
    if file.ending == _PARQUET:
        schema = spark.read.parquet(file.pattern).schema
        names = [each.name for each in schema.fields]
        found = chosen(wanted, names, file.name)
        types = ((name, (names[at], str(schema[names[at]].dataType))) for name, at in found.items())
        return _Layout(_PARQUET, 0, "", 0, tuple(types))
    is_json = file.ending in JSON
    start = _start(spark, file, JSON_LINES if is_json else 2 * FIRST_ROWS)
    if is_json:
        keys = keys_among(start)
        columns = chosen(wanted, keys, file.name)
        return _Layout("json", 0, "", 0, tuple((name, keys[at]) for name, at in columns.items()))
    heading = heading_of_text(start, wanted)
    columns = chosen(wanted, heading.cells, file.name)
    return _Layout(
        "csv", heading.row, heading.delimiter, len(heading.cells), tuple(columns.items())
    )


def _start(spark: Any, file: _File, lines: int) -> str:
    """The first lines of a text."""
    rows = spark.read.text(file.pattern).where("_metadata.file_block_start = 0").limit(lines)
    text = "\n".join(each[0] for each in rows.collect())
    start = checked_start(text.encode(), file.name)
    if "\ufffd" in start:
        raise InputError([Finding(NOT_UTF8, "", {"found": "\ufffd"}, place=Place(file.name))])
    return start


class _Block(NamedTuple):
    """A block of a text: where it begins, the number of its first line, how many, and one that is broken."""

    start: int
    first: int
    lines: int
    broken: int | None


def _lines(spark: Any, files: Sequence[_File]) -> Any:
    """The lines of texts, with the number that Spark gives each."""
    return spark.read.text([each.pattern for each in files]).selectExpr(
        "value",
        "_metadata.file_path AS file",
        "_metadata.file_block_start AS block",
        "monotonically_increasing_id() AS id",
    )


def _blocks(
    spark: Any, layout: _Layout, files: Sequence[_File]
) -> tuple[dict[str, list[_Block]], list[Finding]]:
    """The blocks of texts, by file, and the first line of each in which a quote is not closed."""
    from pyspark.sql import functions as f

    quotes = "length(value) - length(replace(value, '\"', ''))"
    broken = f"min(CASE WHEN ({quotes}) % 2 = 1 THEN id END)" if layout.kind == "csv" else "NULL"
    told = [f.expr(each) for each in ("min(id)", "count(1)", broken)]
    found: dict[str, list[_Block]] = {each.key: [] for each in files}
    for file, *block in _lines(spark, files).groupBy("file", "block").agg(*told).collect():
        found[file].append(_Block(*block))
    for own in found.values():
        own.sort()
    return found, [fault for each in files for fault in _broken(each, found[each.key])]


def _broken(file: _File, blocks: Sequence[_Block]) -> Iterator[Finding]:
    before = 0
    for each in blocks:
        if each.broken is not None:
            place = Place(file.name, before + each.broken - each.first + 1, 1)
            yield Finding(SYNTAX_BROKEN, "", {"cause": _QUOTES, "expected": _ONE_LINE}, place=place)
            return
        before += each.lines


def _rows_of_texts(
    spark: Any, layout: _Layout, files: Sequence[_File], blocks: Mapping[str, Sequence[_Block]]
) -> Any:
    from pyspark.sql import functions as f

    shifts = []
    for each in files:
        before = 0
        for block in blocks[each.key]:
            shifts.append((each.key, block.start, before - block.first + 1, each.number * FILE))
            before += block.lines
    table = spark.createDataFrame(shifts, "file string, block long, shift long, number long")
    lines = _lines(spark, files).join(f.broadcast(table), ["file", "block"])
    lines = lines.selectExpr("value", "id + shift AS line", "number")
    lines = lines.where(f.col("line") > layout.heading)
    row = (f.col("line") + f.col("number")).alias("row")
    if layout.kind == "json":
        fields = ", ".join(f"{_quoted(key)} string" for key in {key for _, key in layout.columns})
        cells = f.from_json("value", fields).alias("cells")
        parsed = lines.select(row, cells, f.expr(_BROKEN))
        taken = [f.col("cells")[key].alias(name) for name, key in layout.columns]
        return parsed.select("row", *taken, f.lit(False).alias("wide"), "broken")
    width = layout.width
    fields = ", ".join(f"c{at} string" for at in range(width + 1))
    options = {"sep": layout.delimiter, "quote": '"', "escape": '"'}
    parsed = lines.select(row, f.from_csv("value", f.lit(fields), options).alias("cells"))
    taken = [f.col(f"cells.c{at}").alias(name) for name, at in layout.columns]
    wide = f.col(f"cells.c{width}").isNotNull().alias("wide")
    return parsed.select("row", *taken, wide, f.lit(False).alias("broken"))


def _rows_of_parquet(spark: Any, layout: _Layout, files: Sequence[_File]) -> Any:
    from pyspark.sql import functions as f

    numbers = [(each.key, each.number * FILE + 1) for each in files]
    table = spark.createDataFrame(numbers, "file string, number long")
    taken = [f.col(_quoted(own)).alias(name) for name, (own, _) in layout.columns]
    place = [f.col("_metadata.file_path").alias("file"), f.col("_metadata.row_index").alias("at")]
    rows = spark.read.parquet(*(each.pattern for each in files)).select(*taken, *place)
    rows = rows.join(f.broadcast(table), "file")
    names = [f.col(name) for name, _ in layout.columns]
    row = (f.col("at") + f.col("number")).alias("row")
    never = f.lit(False)
    return rows.select(row, *names, never.alias("wide"), never.alias("broken"))


def _quoted(name: str) -> str:
    doubled = name.replace("`", "``")
    return f"`{doubled}`"


def _together(frames: Sequence[Any]) -> Any:
    """Frames one below the other; where their types differ all become text."""
    if any(each.schema != frames[0].schema for each in frames):
        kept = ("row", "wide", "broken")
        frames = [
            each.selectExpr(
                *(f"CAST({n} AS STRING) AS {n}" if n not in kept else n for n in each.columns)
            )
            for each in frames
        ]
    found = frames[0]
    for each in frames[1:]:
        found = found.unionByName(each)
    return nw.from_native(found)
