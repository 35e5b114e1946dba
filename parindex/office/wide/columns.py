"""Where a wide table is in a sheet, and what its columns hold, told by their headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from parindex.findings import InputError
from parindex.office.xlsx.cells import Cell, column_letters, number_in
from parindex.office.xlsx.headings import column_of, heading_of, total_kind
from parindex.office.xlsx.sheet import Sheet
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.scorecard.words import folded, state_of
from parindex.values.codes import DUPLICATE_KEY
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_name

_FIELDS: Final = {
    "number": r"tt|stt|s-t-t|so-(?:tt|thu-tu)|thu-tu|no|number|item",
    "unit": r"(?:ten-)?(?:cac-)?(?:don-vi|co-quan|dia-phuong|co-quan-don-vi|don-vi-dia-phuong|so-nganh"
    r"|so-ban-nganh|(?:quan-)?huyen(?:-thi-xa)?(?:-thanh-pho)?|xa-phuong(?:-thi-tran|-dac-khu)?|xa"
    r"|phuong|phong-ban|bo-nganh)(?:-(?:duoc-)?danh-gia|-hanh-chinh)?|units?|unit-name",
    "unit_id": "ma-don-vi|unit-id",
    "province": "(?:ten-)?tinh(?:-thanh(?:-pho)?)?|province",
    "parent": "co-quan-cap-tren|parent",
    "group": "nhom(?:-don-vi)?|khoi|group",
    "year": "nam(?:-danh-gia)?|year",
    "level": "cap|level",
    "scheme": "bo-tieu-chi|scheme",
    "profile": "dien-ap-dung|profile",
    "maximum": "(?:so-)?diem-toi-da-ap-dung|maximum-that-applies|applicable-max",
    "added": "(?:diem-)?(?:cong|thuong)-tru|(?:diem-)?thuong-phat|bonus(?:-and|-or)?-penalty|added",
    "state": "state",
    "reason": "reason",
    "note": "ghi-chu|notes?",
    "passed": "low|high|before|rank-before|previous-rank|move|places"
    "|hang-(?:ky|nam)-truoc|thay-doi|tang-giam|bac",
    "long": "ma|ma-so|ma-tieu-chi|code|ten-tieu-chi|tieu-chi|noi-dung|criterion",
}
"""What heads each column but those of points, folded; `long` heads tables of other forms."""
HEAD: Final = ("unit_id", "province", "parent", "group", "year", "level", "scheme", "profile")
"""Columns that say more of a unit, as fields of a scorecard."""
FIGURES: Final = ("total", "maximum", "index", "rank", "band", "added")
"""Columns of figures that hold for the whole of a unit."""
_ONCE: Final = frozenset((*HEAD, *FIGURES, "unit"))
_OF_TOTALS: Final = ("points", "self", "appraised", "reappraised", "final")
_LAST_ROW: Final = 60
_LAST_COLUMN: Final = 256
_MOST_LINES: Final = 4
_COUNT: Final = re.compile(r"\(?([0-9]{1,3}|[A-Z])\)?(?:\s*=.*)?")
"""What stands below a heading that numbers its columns."""
_CODE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*")
_ENOUGH: Final = 2
_RANKING: Final = frozenset(("unit", "state", "rank", "index", "total"))
"""Columns of a ranking that `rank` wrote, also of one in which nobody has a figure yet."""
_SELF: Final = "self|tu-(?:cham|danh-gia)"


class Area(Struct, frozen=True):
    """A column of points: its number, its heading without what spans others, and that with it.

    Where several columns are of one area, each of a `stage`, the heading is what spans them.
    One that `is_words` has texts below it and no figure: only a scheme makes it an area, or
    a heading that is nothing but a code.
    """

    column: int
    text: str
    whole: str
    stage: Stage | None = None
    is_words: bool = False


class WideHeading(Struct, frozen=True):
    """The rows of a heading, its columns by what they hold, those of areas, and the texts of all."""

    first: int
    last: int
    columns: Mapping[str, int]
    areas: tuple[Area, ...]
    texts: Mapping[int, str]

    @property
    def points(self) -> tuple[int, ...]:
        """The columns in which points or figures of a unit stand."""
        figures = (self.columns[name] for name in FIGURES if name in self.columns)
        return (*(area.column for area in self.areas if not area.is_words), *figures)


def stage_of(text: str) -> Stage | None:
    """The stage that stands below the heading of an area; None where it is none."""
    known = "self" if re.fullmatch(_SELF, fold_name(text)) else column_of(text)
    return next((stage for stage in STAGES if stage == known), None)


def field_of(text: str) -> str:
    """What a column with this heading holds; empty where it may be an area."""
    if re.match(r"\s*[0-9]{1,3}(?![0-9])", text):
        return ""
    words = fold_name(folded(text))
    found = next((name for name, said in _FIELDS.items() if re.fullmatch(said, words)), "")
    if found:
        return found
    known = column_of(text)
    if known in _OF_TOTALS:
        return "total"
    if known in ("maximum", "note"):
        return known
    return total_kind(text) or ""


def wide_headings(sheets: Sequence[Sheet], columns: Mapping[str, int]) -> dict[int, WideHeading]:
    """The headings of the sheets that have wide tables, by the order of the sheets.

    Args:
        sheets: the sheets of a file.
        columns: columns of the official table that the user told: then none is wide.

    Raises:
        InputError: P107 two columns of a table hold the same.
    """
    found = {} if columns else {each.order: wide_heading(each) for each in sheets}
    return {order: heading for order, heading in found.items() if heading is not None}


def wide_heading(sheet: Sheet) -> WideHeading | None:
    """The heading of a sheet's wide table; None where the sheet has none, or another table.

    Raises:
        InputError: P107 two columns hold the same.
    """
    for first in sorted(sheet.rows)[:_LAST_ROW]:
        fields = {at: field_of(cell.text) for at, cell in _upper(sheet, first).items()}
        units = [at for at, name in fields.items() if name == "unit"]
        units = units or [at for at, name in fields.items() if name == "province"]
        if units and not sheet.rows[first][units[0]].text.rstrip().endswith((":", "：")):
            found = _heading(sheet, first, units[0])
            if found is not None:
                return found
    return None


def _heading(sheet: Sheet, first: int, unit: int) -> WideHeading | None:
    """The heading that begins in a row, where it is one of a wide table."""
    last = _last_line(sheet, first, unit)
    texts = _texts(sheet, first, last)
    columns, areas, twice = _columns(texts)
    if "unit" not in columns:
        columns["unit"] = columns.pop("province", unit)
    if (
        "long" in columns
        or not _is_wide(sheet, last, columns, areas)
        or _is_official(sheet, first, areas)
    ):
        return None
    if twice:
        faults = []
        for name, at in twice:
            found = f"{column_letters(columns[name])}, {column_letters(at)}"
            faults.append(sheet.finding(DUPLICATE_KEY, name, (last, at), found=found))
        raise InputError(faults)
    areas = [replace(each, is_words=_is_words(sheet, last, each)) for each in areas]
    last = _behind_count(sheet, last, columns["unit"])
    plain = {column: said[-1] for column, said in texts.items()}
    return WideHeading(first, last, columns, tuple(areas), plain)


def _columns(
    texts: Mapping[int, list[str]],
) -> tuple[dict[str, int], list[Area], list[tuple[str, int]]]:
    """The columns by what they hold, those of areas, and those that hold what another holds."""
    found: dict[str, int] = {}
    areas: list[Area] = []
    twice: list[tuple[str, int]] = []
    for column, lines in sorted(texts.items()):
        said = [*dict.fromkeys(lines)]
        whole, stage = " ".join(said), stage_of(said[-1]) if len(said) > 1 else None
        name = field_of(said[-2] if stage else whole)
        if not name:
            areas.append(Area(column, said[-2 if stage else -1], whole, stage))
        elif stage:
            found[name] = column  # of the whole the latest stage counts
        elif name in _ONCE and name in found:
            twice.append((name, column))
        else:
            found.setdefault(name, column)
    return found, areas, twice


def _is_wide(sheet: Sheet, last: int, columns: Mapping[str, int], areas: list[Area]) -> bool:
    """Whether figures stand below the heading, in a total or in several areas."""
    if columns.keys() >= _RANKING:
        return True
    given = [area for area in areas if _figures(sheet, last, area.column)]
    of_whole = [name for name in ("total", "index") if name in columns]
    if any(_figures(sheet, last, columns[name]) for name in of_whole):
        return True
    return bool(given) and (len(areas) >= _ENOUGH or "number" in columns)


def _is_official(sheet: Sheet, first: int, areas: Sequence[Area]) -> bool:
    """Whether the sheet has the official table: a row for each criterion, and stages beside them."""
    try:
        official = heading_of(sheet, {})
    except InputError:
        return False
    if official is None or official.first != first:
        return official is not None
    return "name" in official.columns or (
        not areas and not official.columns.keys().isdisjoint(STAGES)
    )


def _figures(sheet: Sheet, last: int, column: int) -> bool:
    return any(
        cells[column].kind in ("number", "percent") or number_in(cells[column]) is not None
        for cells in _below(sheet, last, column)
    )


def _is_words(sheet: Sheet, last: int, area: Area) -> bool:
    """Whether a column has texts, and neither a figure nor what stands in its place.

    Below a code alone nothing but points stands: texts there are points that were mistyped.
    """
    if _CODE.fullmatch(area.whole.strip()) or _figures(sheet, last, area.column):
        return False
    texts = [cells[area.column].text for cells in _below(sheet, last, area.column)]
    others = any(state_of(text) or not re.search(r"[^\W_]", text) for text in texts)
    return bool(texts) and not others


def _below(sheet: Sheet, last: int, column: int) -> Iterator[Mapping[int, Cell]]:
    return (cells for row, cells in sheet.rows.items() if row > last and column in cells)


def _upper(sheet: Sheet, row: int) -> dict[int, Cell]:
    cells = sheet.rows.get(row, {})
    return {column: cell for column, cell in sorted(cells.items()) if column <= _LAST_COLUMN}


def _last_line(sheet: Sheet, first: int, unit: int) -> int:
    """The last row of a heading, as far as its column of units reaches down."""
    reach = [first]
    for top, left, bottom, right in sheet.merged:
        if top == first and left <= unit <= right:
            reach.append(bottom)
        elif top == bottom == first and right > left and _is_below(sheet, first, unit, left):
            reach.append(first + 1)
    return min(max(reach), first + _MOST_LINES - 1)


def _is_below(sheet: Sheet, first: int, unit: int, column: int) -> bool:
    """Whether a row without a unit stands below a cell that spans columns, and heads them."""
    cells = sheet.rows.get(first + 1, {})
    return unit not in cells and column in cells and number_in(cells[column]) is None


def _texts(sheet: Sheet, first: int, last: int) -> dict[int, list[str]]:
    """The texts above each column, the uppermost first; a merged cell heads all that it covers."""
    found: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        spread = _upper(sheet, row)
        for top, left, _, right in sheet.merged:
            if top == row and left in spread:
                until = min(right, _LAST_COLUMN)
                spread |= dict.fromkeys(range(left, until + 1), spread[left])
        for column, cell in sorted(spread.items()):
            found.setdefault(column, []).append(cell.text)
    return found


def _behind_count(sheet: Sheet, last: int, unit: int) -> int:
    """The last row of the heading with a row that only numbers the columns."""
    cells = sheet.rows.get(last + 1, {})
    texts = [cells[column].text for column in sorted(cells)]
    is_count = unit in cells and len(texts) > _ENOUGH and _is_count(texts)
    return last + is_count


def _is_count(texts: Sequence[str]) -> bool:
    """Whether texts number columns: letters, if any, then numbers one after the other."""
    found = [match[1] for text in texts if (match := _COUNT.fullmatch(text))]
    numbers = [text for text in found if text.isdecimal()]
    counted = (
        [str(number) for number in range(int(numbers[0]), int(numbers[0]) + len(numbers))]
        if numbers
        else []
    )
    return len(found) == len(texts) and numbers == counted == found[len(found) - len(numbers) :]


def same_heading(sheet: Sheet, row: int, heading: WideHeading) -> bool:
    """Whether a row repeats the heading, as on another page."""
    cells, first = sheet.rows[row], sheet.rows[heading.first]
    unit = heading.columns["unit"]
    return unit in cells and unit in first and folded(cells[unit].text) == folded(first[unit].text)


def doubled(sheet: Sheet, heading: WideHeading, codes: Mapping[int, str]) -> Iterator[Finding]:
    """The faults of columns that are of one criterion and one stage."""
    met: dict[tuple[str, Stage | None], int] = {}
    for area in heading.areas:
        code = codes.get(area.column)
        first = met.setdefault((code, area.stage), area.column) if code else area.column
        if code and first != area.column:
            found = f"{column_letters(first)}, {column_letters(area.column)}"
            yield sheet.finding(DUPLICATE_KEY, code, (heading.last, area.column), found=found)
