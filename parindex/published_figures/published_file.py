"""Tables of published figures in CSV: one form for those of the project and a user's own."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Annotated, Any, Final

from pydantic import PlainValidator

from parindex.analysis.published_row import Doubt, PublishedRow, RowKind, Trust
from parindex.findings import InputError
from parindex.published_figures.units import Unit, find_unit, list_of, region_ids
from parindex.reading.broken import broken_row
from parindex.reading.document import MAX_TEXT, Tree, fault, normal, read_text
from parindex.reading.folder import files_of
from parindex.reading.numerals import read_number
from parindex.reading.validate import read_as
from parindex.scorecard.delimited.columns import delimiter_of
from parindex.scorecard.entry_file import CountField, PercentField, PointsField, WholeField
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    CELLS_NOT_AS_HEADING,
    DUPLICATE_KEY,
    EMPTY_FILE,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    NESTED_TOO_DEEP,
    OUT_OF_RANGE,
    PUBLISHED_RANK_IMPOSSIBLE,
    SYNTAX_BROKEN,
    UNKNOWN_FIELD,
    UNKNOWN_REGION,
    WRONG_TYPE,
)
from parindex.values.escaping import csv_text
from parindex.values.fields import Frozen, NameText, Text, Year, short
from parindex.values.fields import fault as field_fault
from parindex.values.finding import Finding, Path, Place
from parindex.values.fuzzy import suggest
from parindex.values.levels import Level

MAX_ROWS: Final = 100_000
_MOST_FAULTS: Final = 10_000
_TOLD: Final = ("list", "table", "row", "unit_id", "region_id")
"""Columns that an export adds; a reader passes over them."""


def _figure(value: Any, most: Decimal | None = None) -> Decimal:
    """A number with or without a sign."""
    text = value.strip() if isinstance(value, str) else ""
    return read_number(text.removeprefix("+").replace("−", "-"), None, most)


def _points(value: Any) -> Decimal:
    return _figure(value, Decimal(100))


def _places(value: Any) -> int:
    figure = _points(value)
    if figure != int(figure):
        raise field_fault(WRONG_TYPE, found=short(value), expected="1, 2, 3, …")
    return int(figure)


class RowForm(Frozen):
    """One row as it is in a table; see `parindex.analysis.published_row.PublishedRow`."""

    kind: RowKind = "result"
    year: Year
    level: Level | None = None
    province: NameText | None = None
    region: Text | None = None
    group: NameText | None = None
    unit: NameText | None = None
    code: Text | None = None
    index: PercentField | None = None
    points: PointsField | None = None
    max: PointsField | None = None
    rank: WholeField | None = None
    of: WholeField | None = None
    band: Text | None = None
    change: Annotated[Decimal, PlainValidator(_points)] | None = None
    move: Annotated[int, PlainValidator(_places)] | None = None
    count: CountField | None = None
    value: Annotated[Decimal, PlainValidator(_figure)] | None = None
    doubt: Doubt | None = None
    source: Text
    confidence: Trust = "read"
    note: Text | None = None


COLUMNS: Final = tuple(RowForm.model_fields)
_NEEDS: Final = {
    "area": ("unit", "code"),
    "part": ("unit", "code"),
    "figure": ("code", "value"),
    "band-count": ("band", "count"),
}
_FIGURES: Final = ("index", "points", "max", "rank", "band", "value")


def read_published(file: str, origin: str | None = None) -> list[PublishedRow]:
    """The rows of a table, or of all tables (`*.csv`) below a folder.

    Args:
        file: the name of a CSV file or of a folder.
        origin: what the rows say they are from; without it the name of their file.

    Raises:
        InputError: every fault of every file, each with its line and cell.
    """
    rows: list[PublishedRow] = []
    findings: list[Finding] = []
    for name in table_files(file):
        read, faults = read_table(name, origin)
        rows += read
        findings += faults
        if len(findings) > _MOST_FAULTS:
            break
    if findings:
        raise InputError(findings)
    return rows


def table_files(file: str) -> list[str]:
    """The tables below a folder, or the one that is named.

    Raises:
        InputError: there is none.
    """
    return [*files_of(file, (".csv",), expected="*.csv")]


def read_table(file: str, origin: str | None = None) -> tuple[list[PublishedRow], list[Finding]]:
    """The rows of one table that can be read, and every fault of the others in its order."""
    rows: list[PublishedRow] = []
    findings: list[Finding] = []
    try:
        for row, faults in _read(file, file if origin is None else origin):
            rows += [row] if row else []
            findings += sorted(faults, key=lambda fault: fault.place or Place(file))
            if len(findings) > _MOST_FAULTS:
                break
    except InputError as error:
        findings += error.findings
    return rows, findings


class _Cells:
    """Where the fields of one row are."""

    def __init__(self, file: str, line: int, at: Mapping[str, int]) -> None:
        self.file, self.line, self.at = file, line, at

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The cell of a field, or the first of the row."""
        column = self.at.get(str(path[0]), 0) if path else 0
        return Place(self.file, self.line, column + 1)


Read = tuple[PublishedRow | None, list[Finding]]


def _read(file: str, origin: str) -> Iterator[Read]:
    text = read_text(file)
    if "\0" in text:
        raise fault(
            SYNTAX_BROKEN, Place(file, text.count("\n", 0, text.index("\0")) + 1, 1), found="U+0000"
        )
    if text.count("\n") > MAX_ROWS:
        raise fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {MAX_ROWS}")
    csv.field_size_limit(MAX_TEXT)
    stream = StringIO(text, newline="")
    rows = csv.reader(stream, delimiter=delimiter_of(text.split("\n", 1)[0]), strict=True)
    line = 1
    try:
        at = _columns(next(rows), file)
        line = rows.line_num + 1
        empty = True
        for row in rows:
            empty = empty and not row
            if len(row) == len(at):
                yield _row(row, _Cells(file, line, at), origin)
            elif row:
                values = {"found": str(len(row)), "expected": str(len(at))}
                yield None, [Finding(CELLS_NOT_AS_HEADING, "", values, place=Place(file, line, 1))]
            line = rows.line_num + 1
        if empty:
            raise fault(EMPTY_FILE, Place(file))
    except csv.Error as error:
        rest = "".join(text.splitlines(keepends=True)[line - 1 :])
        raise fault(
            SYNTAX_BROKEN, Place(file, rows.line_num, 1), **broken_row(rest, rows.dialect.delimiter)
        ) from error


def _columns(header: Sequence[str], file: str) -> dict[str, int]:
    """The columns of a heading by name; every fault of it at once."""
    names = [normal(name.strip()) for name in header]
    at = {name: position for position, name in enumerate(names)}
    faults: list[Finding] = []
    for position, name in enumerate(names):
        place = Place(file, 1, position + 1)
        if name not in COLUMNS and name not in _TOLD:
            values = {"found": short(name), "near": suggest(name, COLUMNS)}
            faults.append(Finding(UNKNOWN_FIELD, "", values, place=place))
        elif names.index(name) != position:
            faults.append(Finding(DUPLICATE_KEY, name, {"found": name}, place=place))
    faults += [
        Finding(MISSING_FIELD, "", {"expected": name}, place=Place(file, 1))
        for name in ("year", "source")
        if name not in at
    ]
    if faults:
        raise InputError(faults)
    return at


def _row(cells: Sequence[str], places: _Cells, origin: str) -> Read:
    """One row with its unit found, or its faults."""
    tree: dict[str, Tree] = {
        name: normal(csv_text(cells[position])).strip() or None
        for name, position in places.at.items()
        if name not in _TOLD
    }
    whole = str(tree.get("max") or "").replace(",", ".")
    most = Decimal(whole) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", whole) else None
    form, findings = read_as(RowForm, tree, places, most=most)
    if form is None:
        return None, findings
    if not findings:
        findings += [_finding(*values, places) for values in _impossible(form)]
    level = form.level or (None if form.province else "province")
    fields: dict[str, Any] = {**dict(form), "level": level}
    unit: Unit | None = None
    for field in ("province", "unit") if level == "province" else ("province",):
        if getattr(form, field) is None:
            continue
        try:
            unit = find_unit(getattr(form, field), form.year)
        except InputError as error:
            findings += [_finding(f.code, field, f.parameters, places) for f in error.findings]
        else:
            fields[field] = unit.name
    fields["region"], faults = _region(form, unit if level == "province" else None, places)
    findings += faults
    if findings:
        return None, findings
    epoch = list_of(form.year) if level == "province" or form.province else None
    fields |= {"origin": origin, "line": places.line, "heading": tuple(places.at)}
    return PublishedRow(**fields, list=epoch), []


def _impossible(form: RowForm) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What a row lacks, and which of its figures cannot be: code, field and words."""
    missing = [name for name in _NEEDS.get(form.kind, ("unit",)) if getattr(form, name) is None]
    if not missing and all(getattr(form, name) is None for name in _FIGURES):
        yield MISSING_FIELD, "", {"expected": "index | points | rank | band"}
    for name in missing:
        yield MISSING_FIELD, "", {"expected": name}
    if form.rank is not None and not 1 <= form.rank <= (form.of or form.rank):
        yield (
            PUBLISHED_RANK_IMPOSSIBLE,
            "rank",
            {"published": str(form.rank), "of": str(form.of or "—")},
        )
    for name in ("points", "max"):
        figure = getattr(form, name)
        if figure is not None and figure < 0:
            yield NEGATIVE_NUMBER, name, {"found": f"{figure:f}"}
    if form.points is not None and form.max is not None and form.points > form.max:
        yield ABOVE_MAXIMUM, "points", {"found": f"{form.points:f}", "expected": f"0…{form.max:f}"}
    if form.count is not None and form.of is not None and form.count > form.of:
        yield OUT_OF_RANGE, "count", {"found": str(form.count), "expected": f"0–{form.of}"}


def _region(form: RowForm, unit: Unit | None, places: _Cells) -> tuple[str | None, list[Finding]]:
    """The id of the region, of the unit or as named; a fault where both differ or it is unknown."""
    of_unit = unit.region if unit else None
    if form.region is None:
        return of_unit, []
    ids = {id_ for list_, id_ in region_ids(form.region) if list_ == list_of(form.year)}
    if ids and (of_unit is None or of_unit in ids):
        return of_unit or min(ids), []
    values = {"found": form.region, "expected": of_unit or ""}
    return None, [_finding(UNKNOWN_REGION, "region", values, places)]


def _finding(code: str, field: str, values: Mapping[str, str], places: _Cells) -> Finding:
    return Finding(code, field, values, (field,), places.locate((field,)))
