"""A printed table as published rows: names found, figures checked, what was known before compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, ClassVar, Final

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.findings import InputError
from parindex.office.published.printed_table import Printed, PrintedRow, printed_rows
from parindex.published_figures.consistency import check_rows
from parindex.published_figures.published_tables import bands_of, load_published, scheme_of
from parindex.published_figures.units import find_unit, list_of, units_of
from parindex.reading.numerals import read_number
from parindex.render.csv_table import write_csv
from parindex.tables.data import row_record
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.codes import (
    MISSING_FIELD,
    OUT_OF_RANGE,
    PUBLISHED_RANK_IMPOSSIBLE,
    ROW_REPLACED,
    SOURCES_DISAGREE,
    UNIT_STANDS_TWICE,
    UNITS_MISSING,
    WRONG_TYPE,
)
from parindex.values.exact import to_text
from parindex.values.fields import short
from parindex.values.finding import Finding, Place, in_file
from parindex.values.fuzzy import fold_whole

FILE_COLUMNS: Final = (
    *("kind", "year", "level", "province", "group", "unit", "code"),
    *("index", "points", "max", "rank", "of", "band", "change", "move", "count", "value"),
    *("doubt", "source", "confidence", "note"),
)
WHOLE: Final = Decimal(100)
_OFFICE: Final = re.compile(r"^(ubnd|uỷ ban nhân dân|ủy ban nhân dân)\s+", re.IGNORECASE)
_ITEM: Final = re.compile(r"^[0-9]{1,3}\s*[.)]\s*")
_MARK: Final = re.compile(r"\s*[(\[]\s*(?:[0-9]{1,2}|\*{1,3})\s*[)\]]\s*$")
"""The mark of a footnote behind a name."""
_NO_UNIT: Final = re.compile(
    r"(tong(-cong|-so)?|cong|(gia-tri-|chi-so-|muc-|diem-)?trung-binh.*|binh-quan.*|ca-nuoc.*|toan-quoc.*|nguon.*|ghi-chu.*|average.*|mean.*)"
)
_NONE: Final = ("", "-", "–", "—", "…")


class About(Struct, frozen=True):
    """What is said of a whole table: whose figures of which year they are, and who printed them."""

    year: int
    source: str
    kind: RowKind = "result"
    level: str = "province"
    province: str | None = None
    group: str | None = None
    code: str | None = None
    max: Decimal | None = None


class ImportedRow(Struct):
    """A row as it will be written, its cell, and what was published of the same before."""

    row: PublishedRow
    place: Place
    before: str = ""
    state: str = "new"


class ImportedTable(AsData, Struct):
    """What was read of a table, what of it was passed over, and what is doubtful."""

    rows: list[ImportedRow] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _writer: ClassVar[str] = "parindex.office.published.report"

    def text(self) -> str:
        """The rows as a CSV file that `data` of `published` reads."""
        stream = StringIO(newline="")
        write_csv(stream, FILE_COLUMNS, file_rows([each.row for each in self.rows]))
        return stream.getvalue()

    def __repr__(self) -> str:
        counts = (f"{len(self.rows)} rows", f"{len(self.findings)} findings")
        return brief(self, *counts, f"{len(self.missing)} missing")


def import_table(file: str, about: About, **how: Any) -> ImportedTable:
    """Read a printed table and check it.

    Args:
        file: its name.
        about: whose figures they are.
        how: the sheet, table and columns, as `printed_rows` takes them.

    Raises:
        InputError: every name, figure and rank that cannot be right, with its cell.
    """
    found = ImportedTable()
    faults: list[Finding] = []
    met: dict[tuple[str, str], Place] = {}
    for printed in printed_rows(file, about.year, **how):
        try:
            row = _row(printed, about)
        except InputError as error:
            faults += error.findings
            continue
        if row is None:
            name = printed.cells.get("unit")
            found.passed.append(name.text if name else next(iter(printed.cells.values())).text)
            continue
        key = (fold_whole(row.unit or ""), row.code or "")
        if key in met:
            told = {"found": row.unit or "", "other": str(met[key])}
            faults.append(Finding(UNIT_STANDS_TWICE, "", told, place=printed.place))
        met.setdefault(key, printed.place)
        found.rows.append(ImportedRow(row, printed.place))
    if faults or not found.rows:
        nothing = Finding(MISSING_FIELD, "", {"expected": "unit, index | rank"}, place=Place(file))
        raise InputError(sorted(faults, key=in_file) or [nothing])
    _complete(found, about, file)
    _compare(found, about)
    return found


def _row(printed: PrintedRow, about: About) -> PublishedRow | None:
    """The row of a unit; None for one that names no unit and has no figure, or is of all units.

    Raises:
        InputError: every fault of it.
    """
    cells = {name: cell for name, cell in printed.cells.items() if cell.text not in _NONE}
    name = cells.pop("unit", None)
    has_figure = bool(cells.keys() & {"index", "points", "rank", "value"})
    if name is None or _NO_UNIT.fullmatch(fold_whole(name.text)):
        return None
    unit, faults = _unit(name, about)
    if faults and not has_figure:
        return None  # the heading of a group, or a note below the table
    figures, others = _figures(cells, about)
    if not has_figure:
        faults.append(_finding(MISSING_FIELD, name, expected="index | points | rank"))
    if faults + others:
        raise InputError(faults + others)
    epoch = list_of(about.year) if about.level == "province" or about.province else None
    code = printed.code or about.code
    kind: RowKind = "figure" if printed.code else about.kind
    told = {"level": about.level, "province": about.province, "group": about.group}
    fields = {**told, **figures, "code": code, "list": epoch}
    row = PublishedRow(kind, about.year, about.source, unit, **fields)
    return _of_maximum(row, about)


def _of_maximum(row: PublishedRow, about: About) -> PublishedRow:
    """The row with the maximum of its points; points of 100 are the index."""
    if row.points is None:
        return row
    most = row.max or about.max or _most(row)
    if most == WHOLE and row.kind == "result" and row.index is None:
        return replace(row, index=row.points, points=None, max=None)
    return replace(row, max=most)


def _most(row: PublishedRow) -> Decimal | None:
    """The maximum that the scheme of the row has for it; None where that is not known."""
    scheme = scheme_of(row)
    if scheme is None:
        return None
    if row.kind == "area":
        area = scheme.by_code.get(row.code or "")
        return area.max if area else None
    return scheme.max if row.kind == "result" else None


def _unit(name: Printed, about: About) -> tuple[str, list[Finding]]:
    text = _MARK.sub("", _ITEM.sub("", re.sub(r"\s+", " ", name.text))).strip(" *.:")
    if about.level != "province":
        return text, []
    try:
        return find_unit(_OFFICE.sub("", text), about.year).name, []
    except InputError as error:
        return text, [
            Finding(each.code, "", each.parameters, place=name.place) for each in error.findings
        ]


def _figures(cells: Mapping[str, Printed], about: About) -> tuple[dict[str, Any], list[Finding]]:
    """The figures of a row, and those that cannot be."""
    figures: dict[str, Any] = {}
    faults: list[Finding] = []
    for name, cell in cells.items():
        try:
            match name:
                case "rank":
                    figures |= _rank(cell, about)
                case "band":
                    figures["band"] = cell.text
                case _:
                    figures[name] = _figure(cell)
        except PydanticCustomError as error:
            told = {key: str(each) for key, each in (error.context or {}).items()}
            faults.append(Finding(error.type, "", told, place=cell.place))
        except InputError as error:
            faults += error.findings
    return figures, faults


def _figure(cell: Printed) -> Decimal:
    """A percentage, or points: from 0 to 100."""
    figure = read_number(cell.text.removesuffix("%").strip(), None, WHOLE)
    if not 0 <= figure <= WHOLE:
        raise InputError([_finding(OUT_OF_RANGE, cell, found=cell.text, expected="0–100")])
    return figure


def _rank(cell: Printed, about: About) -> dict[str, int]:
    said = re.fullmatch(r"(?:hạng|thứ)?\s*([0-9]{1,4})(?:\s*/\s*([0-9]{1,4}))?", cell.text.lower())
    if not said:
        told = {"found": short(cell.text), "expected": "1, 2, 3, …"}
        raise InputError([_finding(WRONG_TYPE, cell, **told)])
    rank, of = int(said[1]), int(said[2]) if said[2] else None
    most = of or (len(units_of(about.year)) if about.level == "province" else rank)
    if not 1 <= rank <= most:
        told = {"published": str(rank), "of": str(most)}
        raise InputError([_finding(PUBLISHED_RANK_IMPOSSIBLE, cell, **told)])
    return {"rank": rank, **({"of": of} if of else {})}


def _finding(code: str, cell: Printed, **told: str) -> Finding:
    return Finding(code, "", told, place=cell.place)


def _complete(found: ImportedTable, about: About, file: str) -> None:
    """Say which provinces of the year the table lacks; where it has all, ranks are among them."""
    if about.level != "province":
        return
    met = {each.row.unit for each in found.rows}
    names = [unit.name for unit in units_of(about.year)]
    found.missing = [name for name in names if name not in met]
    if found.missing:
        told = {"found": ", ".join(found.missing), "expected": str(len(names))}
        found.findings.append(Finding(UNITS_MISSING, "", told, place=Place(file)))
        return
    for each in found.rows:
        if each.row.rank is not None and each.row.of is None:
            each.row = replace(each.row, of=len(names))


def _compare(found: ImportedTable, about: About) -> None:
    """Hold the rows against one another, and against what is published with the tool."""
    shipped = [row for row in load_published() if row.year == about.year]
    places: dict[str, Place] = {}
    mine: list[PublishedRow] = []
    for number, each in enumerate(found.rows, start=1):
        index = each.row.index if each.row.value is None else each.row.value
        mine.append(replace(each.row, index=index, origin=f"{number}", line=number))
        places[f"{number}"] = each.place
        same = [row for row in shipped if row.subject == each.row.subject and not row.doubt]
        each.before = ", ".join(dict.fromkeys(filter(None, map(shown, same))))
        each.state = "known" if each.before else "new"
    among_others = (
        x for x in check_rows([*mine, *shipped], bands_of) if x.code == SOURCES_DISAGREE
    )
    for clash in (*check_rows(mine, bands_of), *among_others):
        if clash.own is not None:
            place = places[clash.own.origin]
            found.findings.append(Finding(clash.code, clash.subject, clash.parameters, place=place))
            if clash.code == SOURCES_DISAGREE:
                found.rows[clash.own.line - 1].state = "differs"


def shown(row: PublishedRow) -> str:
    """The figures of a row in short: `83.98`, or `83.98 (12)` with the rank."""
    figure = next((x for x in (row.index, row.points, row.value) if x is not None), None)
    text = "" if figure is None else to_text(figure)
    return f"{text} ({row.rank})".strip() if row.rank is not None else text


def put_together(
    before: Sequence[PublishedRow], found: ImportedTable, file: str
) -> tuple[list[PublishedRow], list[Finding]]:
    """The rows of a file with those of a table; a row about the same is replaced, and that is told.

    Args:
        before: the rows that the file holds.
        found: the table.
        file: the name of the file.
    """
    new = {each.row.subject: each.row for each in found.rows}
    told = [*_replaced(before, new, file)]
    kept = [new.pop(row.subject, row) for row in before]
    return [*kept, *new.values()], told


def _replaced(
    before: Sequence[PublishedRow], new: Mapping[Any, PublishedRow], file: str
) -> Iterator[Finding]:
    for row in before:
        other = new.get(row.subject)
        if other is not None and (shown(row), row.source) != (shown(other), other.source):
            told = {"found": f"{shown(row)}, {row.source}", "expected": shown(other)}
            yield Finding(ROW_REPLACED, row.unit or "", told, place=Place(file, row.line, 1))


def file_rows(rows_: list[PublishedRow]) -> Iterator[list[Any]]:
    """The rows as they stand in a file that `--data` reads."""
    for row in rows_:
        record = row_record(row)
        yield [record[name] for name in FILE_COLUMNS]
