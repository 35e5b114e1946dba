"""What stands above the table: labels with their values; else the title and the sheet's name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from parindex.findings import InputError
from parindex.office.xlsx.cells import Cell, column_letters
from parindex.office.xlsx.headings import DAYS, label_of
from parindex.office.xlsx.rich import name_without_marks
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.years import years_in
from parindex.published_figures.units import units_named
from parindex.reading.codes import unseen_removed
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.collation import same_name
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place
from parindex.values.language import mark

_UNNAMED: Final = re.compile(
    r"\b(?:sheet|book|trang tính|trang|bảng|biểu|mẫu|phụ lục|table|form|data|scorecard|năm|quý|tổng hợp|"
    r"số liệu|dữ liệu|chấm điểm|tự chấm|tự đánh giá|đánh giá|kết quả|chỉ số|điểm|tiêu chí|"
    r"cải cách hành chính|cchc|par|index|parindex|bản nháp|nháp|bản chính|copy|of|pl|bc)(?![^\W\d_])"
    r"|[\s0-9()._\-–]+",
    re.IGNORECASE,
)
"""Names of sheets that say nothing of a unit."""
_BETWEEN: Final = re.compile(r"(?=\n|[;,(–]|\s-\s)")
_LONGEST: Final = 1_000
"""Letters of a cell in which several labels are looked for."""
_OF_YEAR: Final = re.compile(r"(?:năm|year)\s*:?\s*[0-9]{4}(?![0-9])", re.IGNORECASE)
_UNIT: Final = "Đơn vị: … | Unit: …"
_WHEN: Final = "Năm: 2024 | Year: 2024"
_SAID: Final = re.compile(r"[^\W_]")
_ASKED: Final = re.compile(
    r"[\[(<{«…._\s]+(?:ghi|điền|tên|nhập|name|fill)\b.*[\])>}»…._]", re.IGNORECASE
)
"""What a form asks for, as `(ghi rõ tên đơn vị)`, in place of what was to be written there."""
_MEASURE: Final = re.compile(
    r"(?:(?:điểm|số|phần trăm|tỷ lệ|tỉ lệ|%|‰|và|hoặc|triệu|nghìn|ngàn|tỷ|1[.,]?000|đồng|vnđ|hồ sơ|"
    r"đ|lượt|phiếu|trường hợp|vụ|bộ|giờ|tháng|usd|points?|scores?|percent|and|"
    r"người|văn bản|lần|bậc|ngày|(?:tối đa|thang|trên|/)\s*:?\s*[0-9]{1,4})(?:[\s,;:./()\-–]+|$|(?=/)))+",
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
    for name, said, at in _labels(sheet, first, years):
        if name not in tree:
            # one without a value is missing, and not looked for elsewhere
            is_said = _SAID.search(said) and not _ASKED.fullmatch(said)
            tree[name] = (_days(said) if name == "period" else said) if is_said else None
            places.cells[name,] = at
        elif name in ("unit", "year"):
            _same_as_before(sheet, name, tree[name], said, at, places)
    if "year" not in tree:
        tree["year"] = _year(sheet, years, places)
    if "unit" not in tree:
        if not _UNNAMED.sub("", sheet.name):
            raise InputError(
                [Finding(MISSING_FIELD, "unit", {"expected": _UNIT}, place=sheet.place())]
            )
        tree["unit"] = sheet.name.strip()
    if tree["unit"]:
        tree["unit"] = unit_name(tree["unit"])
    return tree


def _labels(
    sheet: Sheet, first: int, years: dict[str, tuple[int, int]]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The fields that labels above the table name; `years` learns those of other texts."""
    for row in sorted(row for row in sheet.rows if row < first):
        values: set[int] = set()
        for column in sorted(sheet.rows[row]):
            is_value = column in values
            for text in _parts(sheet.rows[row][column].text):
                label = _label(sheet, text, (row, column))
                if label is None:
                    if not is_value:
                        _note_years(text, (row, column), years)
                    continue
                name, said, at = label
                values.add(at[1])
                if name != "unit" or not _MEASURE.fullmatch(said):
                    yield name, said, at


def _parts(text: str) -> Iterator[str]:
    """What a cell says, label by label: `Đơn vị: Sở A; Năm: 2024`, or a line for each."""
    said = text.replace("：", ":")
    part = ""
    is_short = len(said) <= _LONGEST and (":" in said or "\n" in said)
    for piece in _BETWEEN.split(said) if is_short else (said,):
        before, colon, _ = piece.partition(":")
        is_new = bool(colon and label_of(before)) or bool(_OF_YEAR.match(piece.strip(" ;,()-–\n")))
        if part and is_new:
            yield _trimmed(part)
            part = piece
        else:
            part += piece
    yield part.strip() if part == said else _trimmed(part)


def _trimmed(part: str) -> str:
    """A part of a text without what stood between it and the others."""
    part = part.strip(" ;,-–\n").rstrip("(")
    if part.startswith("(") and part.endswith(")"):
        return part[1:-1].strip()
    return part.rstrip(") ") if part.count(")") > part.count("(") else part.strip()


def _same_as_before(
    sheet: Sheet, name: str, first: str | None, said: str, at: tuple[int, int], places: Places
) -> None:
    """Refuse a second unit or year.

    Raises:
        InputError: P110 there are two of them.
    """
    if (
        not first
        or not _SAID.search(said)
        or same_name(unit_name(first)) == same_name(unit_name(said))
    ):
        return
    row, column = places.cells[name,]
    cells = [f"{column_letters(each[1])}{each[0]}" for each in ((row, column), at)]
    told = {
        "found": f"{short(first)} ({cells[0]}), {short(said)} ({cells[1]})",
        "expected": mark("one of them"),
    }
    raise InputError([Finding(WRONG_TYPE, name, told, place=sheet.place(*at))])


def _label(sheet: Sheet, said: str, at: tuple[int, int]) -> tuple[str, str, tuple[int, int]] | None:
    """The field that a label names, its value, and where that stands; None where it is no label."""
    row, column = at
    text, colon, value = said.partition(":")
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
    text, colon, _ = cell.text.replace("：", ":").partition(":")
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
