"""Reading by Python: schemes and scorecards of files, and of what a program holds in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from os import PathLike
from typing import IO, Any, Final, Literal, Protocol

from msgspec.structs import replace

from parindex.files import open_scorecards as scorecards
from parindex.files.given import is_given, scorecards_given
from parindex.findings.wing import wing
from parindex.reading.numerals import DecimalMark
from parindex.reading.plain_data import document_of
from parindex.scheme import catalog
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import scheme_of as scheme_of_document
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.write_yaml import write_yaml
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.finding import Finding

FileKind = Literal["yaml", "json", "csv", "parquet", "xlsx", "xls", "ods", "docx"]
"""The formats that are read, as bytes and streams name theirs."""


class Frame(Protocol):
    """A table with columns and rows, as those of pandas, Polars and PyArrow are."""

    @property
    def columns(self) -> Any:
        """The columns, or their names."""


Given = (
    str
    | PathLike[str]
    | bytes
    | bytearray
    | memoryview
    | IO[bytes]
    | IO[str]
    | Mapping[str, Any]
    | Sequence[Any]
    | Iterator[Any]
    | ValuesView[Any]
    | Frame
)
"""What scorecards are read from."""
GIVEN: Final = (
    "a path, bytes, a stream (io.StringIO(text)), a dict, a list of dicts or rows, or a frame"
)
CARD: Final = "a Scorecard (of read_scorecards)"


def load_scheme(id_or_file: str | PathLike[str] | Mapping[str, Any]) -> Scheme:
    """A scheme of the catalog by its id, or one from a file or from plain data.

    >>> parindex.load_scheme("vn-province-2018").max
    Decimal('100')

    Args:
        id_or_file: an id such as `vn-province-2018`; a YAML or JSON file; or a dict of its fields.

    Raises:
        InputError: no such scheme, or every fault of the file or of the data.
    """
    if isinstance(id_or_file, Mapping):
        return scheme_of_document(document_of(id_or_file))
    return catalog.load_scheme(path_of("id_or_file", id_or_file))


def read_scorecards(
    file: Given,
    scheme: Scheme | None = None,
    decimal: DecimalMark | None = None,
    columns: str = "",
    *,
    kind: FileKind | None = None,
    sheet: str = "",
    skip_unreadable: bool = False,
    unit: str = "",
) -> list[Scorecard]:
    """The scorecards of a file or folder, or of what is in memory; checked alike, with the same findings.

    >>> [card] = parindex.read_scorecards({"unit": "Sóc Trăng", "year": 2018, "scores": {"1": 8.5}})
    >>> card.scores["1"].fact
    Points(points=Decimal('8.5'))

    Args:
        file: the name of a YAML, JSON, CSV, Parquet, workbook or Word file, of a folder with such files,
            or `-` for standard input. Or bytes, or a binary or text stream. Or plain data: a dict of
            the fields of a scorecard, a list of them; the rows of a table as dicts, or as lists of
            which the first has the headings; an iterator of either; a frame of pandas, Polars or
            PyArrow, with its index where that has a name. A binary number counts as the shortest
            decimal that it prints as, and is no code: 1.10 would be 1.1 (read codes as text, as
            `dtype={"code": str}` of pandas does). Data in memory names no files.
        scheme: the scheme of all of them, whatever the file names.
        decimal: whether `comma` or `point` is the decimal mark; without it a
            number that can be read in two ways is refused.
        columns: which columns of a workbook hold what, where its headings do not
            say: `code=B,self=E,appraised=F`.
        kind: the format of bytes or of a stream; without it they are told by how they begin.
        sheet: the only sheet of workbooks that counts; without it all do.
        skip_unreadable: pass over what in a folder is not read: workbooks of other
            kinds, documents, folders that are shut. Without it each is a fault.
        unit: whose the table is, where the one of a file names no unit.

    Raises:
        InputError: every fault; of plain data the place is a pointer such as `/scores/2.1`, of a
            table in memory its row and column, too.
        ValueError: `columns` names no code, no points, or what is no column; `decimal` or `kind`
            is none of its choices; `file` is text of several lines, and not the name of a file.
    """
    name = "" if is_given(file) else path_of("file", file, GIVEN)
    check_scheme(scheme)
    if decimal is not None:
        choice("decimal", decimal, DecimalMark)
    if kind is not None:
        choice("kind", kind, FileKind)
    expect("columns", columns, str, "text such as 'code=B,self=E'")
    expect("sheet", sheet, str, "the name of a sheet")
    expect("unit", unit, str, "the name of a unit")
    told = wing("xlsx.headings").columns_told(columns) if columns else {}
    reading = scorecards.Reading(
        [] if scheme is None else [scheme], decimal, told, sheet, unit=unit
    )
    if is_given(file):
        found = scorecards_given(file, reading, kind)
    else:
        passed: list[Finding] | None = [] if skip_unreadable else None
        read = scorecards.read_scorecards(name, reading, passed=passed, skip=skip_unreadable)
        found = list(read)
    return found if scheme is None else [_with(card, scheme) for card in found]


def _with(card: Scorecard, scheme: Scheme) -> Scorecard:
    """A scorecard that keeps its scheme, where no file and no catalog has it."""
    is_known = scheme.file or scheme.id in catalog.scheme_ids()
    return card if is_known or card.own is not None else replace(card, own=scheme)


def scheme_of(card: Scorecard) -> Scheme:
    """The scheme that a scorecard was read by or names, or that its level and year name."""
    if card.own is not None:
        return card.own
    if card.scheme_file:
        return catalog.load_scheme(card.scheme_file)
    wanted = (card.scheme, card.level, card.year, card.province, card.group, card.parent)
    return catalog.find_scheme(*wanted, file="")


def write_scorecard(scorecards: Iterable[Scorecard]) -> str:
    """Scorecards as YAML text that reads back as the same scorecards.

    >>> [card] = parindex.read_scorecards({"unit": "Sóc Trăng", "year": 2018, "scores": {"1": "8.50"}})
    >>> parindex.read_scorecards(parindex.write_scorecard([card]).encode())[0].scores == card.scores
    True

    Args:
        scorecards: any number of them. Those of a scheme that is in no catalog (`card.own`) are read
            again with that scheme.
    """
    return write_yaml(each_of("scorecards", scorecards, Scorecard, CARD))


def check_scheme(scheme: object) -> None:
    """Refuse what is neither a scheme nor None."""
    if scheme is not None:
        expect("scheme", scheme, Scheme, "a Scheme (of load_scheme)")
