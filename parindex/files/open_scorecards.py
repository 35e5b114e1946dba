"""Scorecards from files, folders and standard input: the one reader that all commands use."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import chain
from typing import Any, Final, NamedTuple

from parindex.files.result_card import ANALYSES, is_result, refused, scorecards_of
from parindex.findings import InputError
from parindex.findings.system import NOTHING
from parindex.findings.wing import scale, wing
from parindex.reading.document import MAX_DOCUMENTS, Document, fault, text_of
from parindex.reading.documents import ENDINGS, Kind, documents_of, kind_of
from parindex.reading.file_kind import WORD, refuse_foreign_stream
from parindex.reading.folder import files_of
from parindex.reading.numerals import DecimalMark
from parindex.reading.source import Lines, Source, opened, read_bytes
from parindex.scheme.catalog import choose_scheme, is_file
from parindex.scheme.own_schemes import is_scheme
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.plain import MOST_BYTES, is_plain
from parindex.scorecard.duplicate_units import DuplicateUnits, Read
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.scorecard_file import HeadForm, scorecard_of
from parindex.values.codes import (
    DOCUMENT_PASSED_OVER,
    FILE_UNREADABLE,
    FOLDER_ENTRY_NOT_READ,
    NO_SCORECARDS,
    OTHER_FILE_KIND,
)
from parindex.values.engines import Engine
from parindex.values.finding import Finding, Place, in_file
from parindex.values.language import N_

_UNREADABLE: Final = frozenset((FILE_UNREADABLE, OTHER_FILE_KIND))
_WHOSE: Final = N_("Đơn vị: … and the year above its table of scores; or put it elsewhere")
_NO_FILE: Final = N_("data in memory names no files: give the scheme itself")
_MOST_FAULTS: Final = 100_000
_START: Final = 64 * 1024
MANY_BYTES: Final = 1024 * 1024
"""Bytes of a CSV from which on columns are faster, with the time in which they start."""


class Reading(NamedTuple):
    """How scorecards are read, whatever their format.

    `schemes`: where there is one, the scheme of all of them; of several each names its own;
    without any it is one of the catalog. `mark`: which of comma and point is the decimal mark;
    without it a number that can be read in two ways is refused. `columns`: which column of a
    workbook holds what, counted from 1; without it they are found by their headings. `sheet`:
    the only sheet of workbooks that counts; without it all do. `parts`: whether they are parts
    of one scorecard: then several may be of one unit, and a workbook of others may be empty still.
    `tell`: takes what was taken of a table whose form is told by its headings alone.
    `engine`: how a CSV of many units is read and added up; without it by columns where it is
    large and the wing for that is installed. `by_columns`: takes how many units were read so,
    and how many by rows for which reason. `in_memory`: what is read is no file, so that none is
    beside it that it may name as its scheme. `unit`: the name of the unit of a file with one
    table that names none.
    """

    schemes: Sequence[Scheme] = ()
    mark: DecimalMark | None = None
    columns: Mapping[str, int] = {}
    sheet: str = ""
    parts: bool = False
    tell: Callable[[Finding], None] | None = None
    engine: Engine | None = None
    by_columns: Callable[[int, Mapping[str, int]], None] | None = None
    in_memory: bool = False
    unit: str = ""

    def scheme_of(self, head: HeadForm, file: str = "") -> Scheme:
        """The scheme of a unit of a file by what is said of it; errors as `choose_scheme`."""
        if self.in_memory and not self.schemes and head.scheme and is_file(head.scheme):
            told = {"found": head.scheme[:200], "cause": _NO_FILE}
            raise InputError([Finding(FILE_UNREADABLE, "", told, ("scheme",))])
        wanted = (head.scheme, head.level, head.year, head.province, head.group, head.parent)
        return choose_scheme(self.schemes, *wanted, file=file)

    def of_document(self, document: Document) -> Iterable[Read]:
        """The scorecard of a document, or those of the results in it."""
        scheme_of = partial(self.scheme_of, file=document.file)
        if not document.faults and is_result(document):
            yield from scorecards_of(document, scheme_of, self.mark)
            return
        yield scorecard_of(document, scheme_of, self.mark, empty=self.parts)


def read_scorecards(
    file: str,
    reading: Reading,
    *,
    passed: list[Finding] | None = None,
    skip: bool = False,
) -> Iterator[Scorecard]:
    """The scorecards of a file, of a folder's files, or of standard input for `-`.

    Args:
        file: the name of a YAML, JSON, CSV or .xlsx file with one or more scorecards,
            of a folder with such files, or `-`.
        reading: how they are read.
        passed: takes what in a folder is not read, with why; without it that is a fault.
        skip: whether scorecards of a folder that cannot be read are passed over so, too.

    Yields:
        The scorecards in the order of the file, each with the id of its scheme.
        Those of CSV come while the file is being read.

    Raises:
        InputError: every fault of the file, in its order.
    """
    told: list[Finding] = [] if passed is None else passed
    duplicates = DuplicateUnits(parts=reading.parts)
    names = without_schemes(file, told)
    findings = faults_in(told) if passed is None else []
    for name in names:
        try:
            with opened_scorecards(name, reading, duplicates) as (read, is_streamed):
                yield from cards_of(read, is_streamed=is_streamed)
        except InputError as error:
            if skip and passed is not None and name != file and is_unreadable(error):
                passed += error.findings
            else:
                findings += error.findings
    if findings:
        raise InputError(findings)


@contextmanager
def opened_scorecards(
    file: str,
    reading: Reading,
    duplicates: DuplicateUnits,
    of_document: Callable[[Document], Iterable[Read]] | None = None,
) -> Iterator[tuple[Iterable[Read], bool]]:
    """What a file of any kind holds, as it is read, and whether that is streamed.

    Args:
        file: its name, or `-`.
        reading: how it is read.
        duplicates: finds units that came before.
        of_document: reads a document of YAML or JSON; without it that is a scorecard.

    Raises:
        InputError: while the scorecards are taken, P101 and others: the file
            cannot be read, or is not what its kind should be.
    """
    of_document = of_document or reading.of_document
    with opened(file) as source:
        kind = kind_of(file, source.head())
        yield read_source(source, kind, reading, duplicates, of_document), kind.is_streamed


def read_source(
    source: Source,
    kind: Kind,
    reading: Reading,
    duplicates: DuplicateUnits,
    of_document: Callable[[Document], Iterable[Read]],
) -> Iterable[Read]:
    """What an open file of a kind holds, as it is read; errors as `opened_scorecards`."""
    if kind.is_of_documents:
        found = documents_of(text_of(source.read(), source.file), source.file, kind)
        return duplicates.checked(chain.from_iterable(map(of_document, found)))
    return duplicates.checked(kind.read()(source, reading), is_table=kind.is_streamed)


def scorecard_files(file: str, passed: list[Finding]) -> list[str]:
    """The file itself, or the scorecard files below a folder, in the order of their names.

    Args:
        file: the name of a file or folder, or `-`.
        passed: takes what else is in the folder, and so is not read; also, as no fault but
            P122, Word documents without a table of scores.

    Raises:
        InputError: P101 it cannot be read, P118 a folder has no scorecards.
    """
    if not file:
        raise fault(FILE_UNREADABLE, Place('""'), **NOTHING)
    found = files_of(file, ENDINGS, passed, tables=True)
    if found == [file]:
        return found
    others = {name: told for name in found if (told := _not_read(name)) is not None}
    passed += others.values()
    if len(others) == len(found):
        raise InputError([Finding(NO_SCORECARDS, "", place=Place(file)), *passed])
    return [name for name in found if name not in others]


def _not_read(file: str) -> Finding | None:
    """Why a Word document in a folder is not read; None for others, and for one that is broken."""
    if kind_of(file) is not Kind.DOCX:
        return None
    try:
        found: bool | None = wing("sheets").has_scores(read_bytes(file), file)
    except InputError:
        return None  # told where it is read
    if found is None:
        told = {"other": WORD.name, "expected": _WHOSE}
        return Finding(FOLDER_ENTRY_NOT_READ, "", told, place=Place(file))
    return None if found else Finding(DOCUMENT_PASSED_OVER, "", place=Place(file))


def faults_in(passed: Iterable[Finding]) -> list[Finding]:
    """What was passed over in a folder and may have held scores."""
    return [each for each in passed if each.code != DOCUMENT_PASSED_OVER]


def without_schemes(file: str, passed: list[Finding]) -> list[str]:
    """The same without the schemes in a folder: they have no scores, and are read where named."""
    found = scorecard_files(file, passed)
    return found if found == [file] else [each for each in found if not is_scheme(each)]


def is_unreadable(error: InputError) -> bool:
    """Whether a file was not read at all: it may not be, or is of another kind."""
    return all(each.code in _UNREADABLE for each in error.findings)


def from_csv(source: Source, reading: Reading) -> Iterator[Read]:
    """The scorecards of a table of scores, as `read_csv` gives them, or of the official table."""
    with source.rewindable() as stream:
        refuse_foreign_stream(stream, source.file)
        if source.head().lstrip("\ufeff").replace(";", ",").startswith(ANALYSES):
            raise refused(Place(source.file, 1, 1))
        yield from _of_table(stream, source.file, reading)


def from_parquet(source: Source, reading: Reading) -> Iterator[Read]:
    """The scorecards of a table in Parquet: those of the same table in CSV, with places of its own."""
    from parindex.files.row_places import read_of_rows

    with source.rewindable() as stream:
        text, rows = scale("parquet").text_of(stream.read(), source.file, reading.mark)
    with text:
        lines = Lines(text, source.file)
        yield from read_of_rows(lambda: _of_table(lines, source.file, reading), rows)


def _of_table(stream: Lines, file: str, reading: Reading) -> Iterator[Read]:
    """The scorecards of a text with a table of any form."""
    from parindex.scorecard.delimited.read import read_csv

    by_rows = reading.by_columns if reading.engine != "rows" else None
    table = _large_table(stream, file, reading)
    if table is None:
        stream.seek(0)
        table = wing("xlsx.official_csv").official_table(stream, file, reading.columns)
        if table is not None and by_rows is not None:
            by_rows(0, {"few" if reading.engine is None else "table": 1})
    if table is None:
        stream.seek(0)
        scheme_of = partial(reading.scheme_of, file=file)
        if _goes_by_columns(stream, file, reading):
            many, told = scale("exact.read").read_many, reading.by_columns
            yield from many(stream, file, scheme_of, reading.mark, told)
        else:
            if by_rows is not None:
                by_rows(0, {"few" if reading.engine is None else "table": 1})
            yield from read_csv(stream, file, scheme_of, reading.mark)
    else:
        alone = reading._replace(sheet="")  # a text has no sheets to choose from
        yield from wing("xlsx.read").read_xlsx([table], file, alone)


def _large_table(stream: Lines, file: str, reading: Reading) -> Any:
    """A wide table that is held by columns: it is large, or that was asked for; None where it is not."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    is_large = reading.engine == "columns" or size >= MANY_BYTES
    if reading.parts or reading.columns or not (is_large and has_columns()):
        return None
    if size > MOST_BYTES or not is_plain(stream):
        return None
    return wing("xlsx.official_csv").large_table(stream, file)


def has_columns() -> bool:
    """Whether what columns need is installed."""
    return all(map(find_spec, ("numpy", "polars")))


def _goes_by_columns(stream: Lines, file: str, reading: Reading) -> bool:
    """Whether a table is read by columns: it was asked for, or is worth their start."""
    if reading.engine == "rows" or reading.parts:
        return False
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    is_large = reading.engine is not None or (size >= MANY_BYTES and has_columns())
    if not (is_large and size <= MOST_BYTES and is_plain(stream)):
        return False
    return not _begins_with_too_many(stream, file, size)


def _begins_with_too_many(stream: Lines, file: str, size: int) -> bool:
    """Whether a table that goes on as it begins holds more units than any: rows are refused in little memory."""
    from parindex.scorecard.delimited.table import Table

    stream.seek(0)
    table = Table(stream, file)
    start = stream.read(_START)
    stream.seek(0)
    if not table.columns.unit_leads:
        return False
    units = {found[0] for line in start.splitlines() if (found := table.leading.match(line))}
    return len(units) * size > MAX_DOCUMENTS * len(start)


def from_sheets(source: Source, reading: Reading) -> Iterator[Read]:
    """The scorecards of a workbook of any program, or of the tables of a Word document."""
    sheets = wing("sheets").workbook_sheets(source.read(), source.file)
    read: Iterator[Read] = wing("xlsx.read").read_xlsx(sheets, source.file, reading)
    return read


def cards_of(read: Iterable[Read], *, is_streamed: bool) -> Iterator[Scorecard]:
    """The scorecards of a file as they come, or where it is not streamed all or none of them.

    At the end every fault that was met is told, also of what does not fit. In a stream a unit
    with a fault of form is not given, but what else is wrong with it is told, too.
    """
    kept: list[tuple[Scorecard, Scheme]] = []
    findings: list[Finding] = []
    try:
        for scorecard, scheme, faults in read:
            findings += faults
            if scorecard is not None and scheme is not None:
                if is_streamed and not faults:
                    yield scorecard
                else:
                    kept.append((scorecard, scheme))
            if len(findings) > _MOST_FAULTS:
                break  # no file of scorecards: nobody reads more of them
    except InputError as error:
        findings += error.findings
    if findings:
        for scorecard, scheme in kept:
            findings += _unfit(scorecard, scheme)
        raise InputError(sorted(findings, key=in_file))
    for scorecard, _ in kept:
        yield scorecard


def _unfit(scorecard: Scorecard, scheme: Scheme) -> tuple[Finding, ...]:
    """The faults that only scoring finds, so that the user sees all at once."""
    from parindex.scoring import score

    try:
        score(scorecard, scheme)
    except InputError as error:
        return error.findings
    return ()
