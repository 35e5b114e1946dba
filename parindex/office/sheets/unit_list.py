"""Lists of units, for which `template --units` makes workbooks: a table with headings, or plain names."""

from typing import Final

from parindex.findings import InputError
from parindex.office.sheets import is_packed, workbook_sheets
from parindex.office.xlsx.cells import Cell
from parindex.office.xlsx.head import Places
from parindex.office.xlsx.headings import label_of
from parindex.office.xlsx.official_csv import text_sheet
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import fault, refused, text_of
from parindex.reading.validate import read_as
from parindex.scorecard.duplicate_units import DuplicateUnits
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.codes import EMPTY_FILE, MISSING_FIELD, NESTED_TOO_DEEP
from parindex.values.finding import Finding, Path, Place
from parindex.values.language import N_

_DELIMITERS: Final = ("\x1f", ",", ";", "\t")
"""The first stands in no text: then a line is a name, also one with commas."""
_COLUMNS: Final = frozenset(("unit", "unit_id", "group", "province", "parent"))
_FIELDS: Final = {name.replace("_", " "): name for name in _COLUMNS}
_FIRST: Final = 10
"""Rows among which the heading is looked for."""
_MOST: Final = 5000
_WANTED: Final = N_("names of units, one in each row; a heading may be unit, unit_id, group, …")


def units_in(data: bytes, file: str, scheme: str, year: int) -> list[Scorecard]:
    """The units of a list, each as a scorecard without scores.

    Args:
        data: the bytes of a text, or of a workbook of any kind.
        file: its name, for places.
        scheme: the id of the scheme.
        year: the year of all of them.

    Raises:
        InputError: P113 there is none, P109 a row has no name, P120 two are the same.
    """
    sheet = _sheet(data, file)
    columns, first = _columns(sheet)
    cards: list[Scorecard] = []
    findings: list[Finding] = []
    duplicates = DuplicateUnits()
    for row in sorted(row for row in sheet.rows if row > first):
        told = {name: column for name, column in columns.items() if column in sheet.rows[row]}
        if not told:
            continue
        card, faults = _unit(sheet, row, told, scheme, year)
        for _, _, again in duplicates.checked([(card, None, faults)]) if card else ():
            findings += again
        findings += [] if card else faults
        cards += [card] if card else []
        if len(cards) > _MOST:
            raise fault(NESTED_TOO_DEEP, sheet.place(row, 1), expected=f"≤ {_MOST}")
    if findings:
        raise InputError(findings)
    if not cards:
        raise fault(EMPTY_FILE, Place(file), expected=_WANTED)
    return cards


def _sheet(data: bytes, file: str) -> Sheet:
    """The first sheet that is seen and holds something; of a text its lines."""
    if is_packed(data):
        sheets = [each for each in workbook_sheets(data, file) if each.rows and not each.is_hidden]
    else:
        text = text_of(data, file)
        tables = [text_sheet(text, delimiter, file) for delimiter in _DELIMITERS]
        read = [each for each in tables if each is not None and each.rows]
        sheets = sorted(read, key=lambda each: -len(_columns(each)[0]))
    if not sheets:
        raise fault(EMPTY_FILE, Place(file), expected=_WANTED)
    return sheets[0]


def _columns(sheet: Sheet) -> tuple[dict[str, int], int]:
    """The columns by what their headings say, and the row of these; without one the names alone."""
    for row in sorted(sheet.rows)[:_FIRST]:
        found: dict[str, int] = {}
        for column, cell in sorted(sheet.rows[row].items()):
            found.setdefault(_field(cell), column)
        found.pop("", None)
        if "unit" in found:
            return found, row
    return {"unit": min((min(cells) for cells in sheet.rows.values()), default=1)}, 0


def _field(cell: Cell) -> str:
    said = cell.text.strip().casefold().replace("_", " ")
    name = _FIELDS.get(said) or label_of(cell.text)
    return name if name in _COLUMNS else ""


def _unit(
    sheet: Sheet, row: int, columns: dict[str, int], scheme: str, year: int
) -> tuple[Scorecard | None, list[Finding]]:
    """The unit of a row, and what is wrong with it."""
    cells = sheet.rows[row]
    at: dict[Path, tuple[int, int]] = {(name,): (row, each) for name, each in columns.items()}
    texts = {name: cells[column].text for name, column in columns.items()}
    if "unit" not in texts or any(map(refused, texts.values())):
        return None, [sheet.finding(MISSING_FIELD, "unit", (row, min(cells)), expected=_WANTED)]
    places = Places(sheet, at)
    head, findings = read_as(HeadForm, {**texts, "year": str(year)}, places)
    if head is None or findings:
        return None, findings
    given = {name: getattr(head, name) for name in texts}
    return Scorecard(year=year, scheme=scheme, scores={}, places=places, **given), []
