"""What stands above the table: labels with their values; else the title and the sheet's name."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from parindex.findings import InputError
from parindex.office.xlsx.cells import Cell, column_letters, name_without_marks
from parindex.office.xlsx.headings import DAYS, label_of
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.years import years_in
from parindex.published_figures.units import units_named
from parindex.reading.codes import unseen_removed
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.finding import Finding, Path, Place

_UNNAMED: Final = re.compile(r"(sheet|trang tính|trang|bảng|table)\s*[0-9]*", re.IGNORECASE)
_UNIT: Final = "Đơn vị: … | Unit: …"
_WHEN: Final = "Năm: 2024 | Year: 2024"
_MEASURE: Final = re.compile(
    r"(?:(?:điểm|số|phần trăm|tỷ lệ|tỉ lệ|%|‰|và|hoặc|triệu|nghìn|ngàn|tỷ|1[.,]?000|đồng|vnđ|hồ sơ|"
    r"người|văn bản|lần|bậc|ngày|points?|percent|and)(?:[\s,;/()]+|$))+",
    re.IGNORECASE,
)
"""A unit of measure, which the label `Đơn vị` names too."""


class Places(Struct):
    """Where a scorecard's figures stand in a sheet."""

    sheet: Sheet
    cells: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The cell of a score, of its code, or of a label's value; else the sheet."""
        for part in ("score", "code") if key else ():
            if (*path[:2], part) in self.cells:
                return self.sheet.place(*self.cells[*path[:2], part])
        for length in range(len(path), 0, -1):
            at = self.cells.get(path[:length])
            if at is not None:
                return self.sheet.place(*at)
        return self.sheet.place()


def read_head(sheet: Sheet, first: int, places: Places) -> dict[str, Any]:
    """The fields of a scorecard's head, as texts.

    Args:
        sheet: the sheet.
        first: the first row of the table.
        places: learns where each field stands.

    Raises:
        InputError: P109 neither label nor title says unit or year, P110 the title names two years.
    """
    tree: dict[str, Any] = {}
    years: dict[str, tuple[int, int]] = {}
    for row in sorted(row for row in sheet.rows if row < first):
        values: set[int] = set()
        for column in sorted(sheet.rows[row]):
            label = _label(sheet, row, column)
            if label is None:
                if column not in values:
                    _note_years(sheet.rows[row][column].text, (row, column), years)
                continue
            name, said, at = label
            values.add(at[1])
            if name not in tree and not (name == "unit" and _MEASURE.fullmatch(said)):
                # one without a value is missing, and not looked for elsewhere
                tree[name] = (_days(said) if name == "period" else said) if said else None
                places.cells[name,] = at
    if "year" not in tree:
        tree["year"] = _year(sheet, years, places)
    if "unit" not in tree:
        if _UNNAMED.fullmatch(sheet.name.strip()):
            raise InputError(
                [Finding(MISSING_FIELD, "unit", {"expected": _UNIT}, place=sheet.place())]
            )
        tree["unit"] = sheet.name.strip()
    if tree["unit"]:
        tree["unit"] = unit_name(tree["unit"])
    return tree


def _label(sheet: Sheet, row: int, column: int) -> tuple[str, str, tuple[int, int]] | None:
    """The field that a label names, its value, and where that stands; None where it is no label."""
    text, colon, value = sheet.rows[row][column].text.partition(":")
    name = label_of(text)
    if not name:
        return None
    if not value.strip():
        after = min((other for other in sheet.rows[row] if other > column), default=0)
        cell = sheet.rows[row].get(after)
        if cell is not None and not _is_label(cell):
            return name, unseen_removed(cell.text).strip(), (row, after)
    return (name, unseen_removed(value).strip(), (row, column)) if colon else None


def _note_years(text: str, at: tuple[int, int], years: dict[str, tuple[int, int]]) -> None:
    """Keep the years of a line of text, each with the cell in which it stands first."""
    if re.search(r"[^\W\d_]", text):
        for year in years_in(text):
            years.setdefault(year, at)


def unit_name(text: str) -> str:
    """A unit without the word `tỉnh` before the name of a province, and marks of footnotes behind."""
    text = name_without_marks(text)
    kind, _, name = text.partition(" ")
    return name.strip() if kind.casefold() == "tỉnh" and units_named(name) else text


def _days(text: str) -> dict[str, str]:
    """The first and last day of `2024-01-01 – 2024-09-30` or `01/01/2024 - 30/9/2024`."""
    first, *last = DAYS.split(text, maxsplit=1)
    return {"from": first.strip(), "to": (last or [first])[0].strip()}


def _is_label(cell: Cell) -> bool:
    text, colon, _ = cell.text.partition(":")
    return bool(colon and label_of(text))


def _year(sheet: Sheet, years: Mapping[str, tuple[int, int]], places: Places) -> str:
    """The year that the title names, where it names exactly one."""
    if not years:
        raise InputError([Finding(MISSING_FIELD, "year", {"expected": _WHEN}, place=sheet.place())])
    place = sheet.place(*next(iter(years.values())))
    if len(years) > 1:
        cells = ", ".join(f"{column_letters(column)}{row}" for row, column in years.values())
        found = f"{', '.join(years)} ({cells})"
        raise InputError(
            [Finding(WRONG_TYPE, "year", {"found": found, "expected": _WHEN}, place=place)]
        )
    [(year, at)] = years.items()
    places.cells["year",] = at
    return year
