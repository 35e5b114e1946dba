"""Scorecards from wide tables: one for each row, under their scheme or one made of the columns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from parindex.files.open_scorecards import Reading
from parindex.findings import InputError
from parindex.findings.wing import scale
from parindex.office.annexes.about import level_in, read_about
from parindex.office.wide.areas import (
    OWN,
    columns_in,
    id_of,
    maxima_above,
    maxima_in,
    own_faults,
    own_scheme,
)
from parindex.office.wide.columns import HEAD, WideHeading, doubled
from parindex.office.wide.rows import RowReader, Rows, UnitRow
from parindex.office.wide.standings import ranks_checked
from parindex.office.wide.units import Known, TextCells, UnitReader
from parindex.office.xlsx.cells import cell_name, number_in
from parindex.office.xlsx.head import Places, name_of_sheet, one_year, said_above, years_in
from parindex.office.xlsx.official_csv import LargeSheet
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.sheet_checks import old_letters, unseen_cells
from parindex.published_figures.units import units_named
from parindex.reading.numerals import DecimalMark
from parindex.reading.validate import placed, read_as
from parindex.scheme.scheme import Scheme
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.codes import DUPLICATE_SCORECARD, MISSING_FIELD, WIDE_TABLE
from parindex.values.collation import same_unit
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.language import LANGUAGES, N_, language
from parindex.values.levels import LevelCode

_YEAR: Final = N_("a year in the title, in the sheet's name, or in a column: Năm | Year")
_PARTS: Final = " · "
"""What separates the parts of the title of a ranking that `rank` wrote."""
_LEVEL_OF: Final = {
    language(each)(level): level for each in LANGUAGES for level in get_args(LevelCode)
}
"""The levels by what such a title calls them, in any language."""
_MISSING: Final = "missing"
"""The state, in a ranking that `rank` wrote, of a unit without a scorecard."""


class WideTable(Struct):
    """A sheet with a wide table: its heading, its rows, and what is said of all of them.

    `said` are fields of a scorecard's head; `name` tells the scheme of its columns
    from others of its file.
    """

    sheet: Sheet
    heading: WideHeading
    rows: Rows
    name: str
    title: str
    said: dict[str, Any]
    years: Mapping[str, tuple[int, int]]
    places: Places


def read_wide(
    sheets: Sequence[Sheet], headings: Mapping[int, WideHeading], file: str, reading: Reading
) -> Iterator[Read]:
    """The scorecards of wide tables; what was taken is told to `reading.tell`.

    Args:
        sheets: the sheets that have one.
        headings: their headings, by the order of the sheets.
        file: the name of the file.
        reading: the schemes and the decimal mark.
    """
    hidden = [fault for each in sheets if each.is_hidden for fault in unseen_cells(each, [(1, 1)])]
    if hidden:
        yield None, None, hidden
    shown = [each for each in sheets if not each.is_hidden]
    several = len(shown) > 1
    reads: list[Read] = []
    areas = 0
    for sheet in shown:
        old = old_letters(sheet)
        if old is not None:
            reads.append((None, None, [old]))
            continue
        try:
            table = _table(sheet, headings[sheet.order], reading.mark, several=several)
        except InputError as error:
            reads.append((None, None, [*sheet.faults, *error.findings]))
            continue
        areas = max(areas, len({each.text for each in table.heading.areas if not each.is_words}))
        reads += _reads(table, reading)
    is_whole = bool(reads) and not any(faults for _, _, faults in reads)
    if reading.tell is not None and is_whole:
        reading.tell(_told([card for card, _, _ in reads if card], reads, areas, file))
    yield from ranks_checked(reads)


def _told(cards: Sequence[Scorecard], reads: Sequence[Read], areas: int, file: str) -> Finding:
    """What was taken, in one line."""
    years = sorted({str(card.year) for card in cards})
    schemes = dict.fromkeys(scheme.id for _, scheme, _ in reads if scheme)
    is_own = any(scheme.partition("-")[0] == OWN for scheme in schemes)
    by = N_("by a scheme made of its own columns:") if is_own else N_("by the scheme")
    told = {"units": str(len(cards)), "areas": str(areas), "year": ", ".join(years)}
    told |= {"other": by, "scheme": ", ".join(schemes)}
    return Finding(WIDE_TABLE, "", told, place=Place(file))


def _table(
    sheet: Sheet, heading: WideHeading, mark: DecimalMark | None, *, several: bool
) -> WideTable:
    """A sheet's table with what stands above it.

    Raises:
        InputError: P110 two labels above it say two years.
    """
    places = Places(sheet)
    said, years = said_above(sheet, heading.first, places)
    for name in ("unit", "unit_id", "parent", "office"):
        said.pop(name, None)
    lines = [
        sheet.rows[row][column].text
        for row in sorted(sheet.rows)
        if row < heading.first
        for column in sorted(sheet.rows[row])
    ]
    title = read_about(lines).title or next((each for each in lines if years_in_any(each)), "")
    stem = PurePath(sheet.file).stem if sheet.file not in ("", "-") else ""
    name = f"{stem} {sheet.name}" if several else stem
    rows = RowReader(sheet, heading, mark).read()
    if not rows.maxima.row:
        rows.maxima = maxima_above(heading, heading.texts)
    table = WideTable(sheet, heading, rows, name, title or stem or "—", said, years, places)
    _group_of_sheet(table, lines, several=several)
    return table


def years_in_any(text: str) -> bool:
    """Whether a text names a year."""
    return any(True for _ in years_in(text))


def _group_of_sheet(table: WideTable, lines: Sequence[str], *, several: bool) -> None:
    """The level, province and group that the title of our own ranking says, else the sheet's name."""
    parts = lines[0].split(_PARTS) if lines else []
    if len(parts) > 1 and parts[1] in table.years:
        level = _LEVEL_OF.get(parts[2]) if len(parts) > 2 else None  # noqa: PLR2004 title, year, level
        names = parts[3:] if level else parts[2:]
        table.said["level"] = level
        table.said["group"] = names.pop() if names else None
        table.said["province"] = names.pop() if names else None
    elif several and name_of_sheet(table.sheet) and not years_in_any(table.sheet.name):
        table.said.setdefault("group", name_of_sheet(table.sheet))


def _reads(table: WideTable, reading: Reading) -> Iterator[Read]:
    """The scorecards of a table, and at the end the faults that are of none."""
    sheet, rows = table.sheet, table.rows
    faults = [*sheet.faults, *rows.faults]
    if sheet.hides_something:
        at_points = ((unit, at) for unit in rows.units for at in table.heading.points)
        given = [(unit.row, at) for unit, at in at_points if at in unit.cells]
        faults += unseen_cells(sheet, given)
    heads = [*_heads(table, faults, reading.mark)]
    schemes = _Schemes(table, reading, [head for _, head, _ in heads])
    doubts = tuple(rows.passed)
    reckoned = reckoned_scores(table, heads, schemes, reading)
    met: dict[object, UnitRow] = {}
    for unit, head, places in heads:
        scheme, codes = schemes.of(head)
        if scheme is None:
            continue
        again = _again(table, unit, head, met)
        if again is not None:
            yield None, None, [again]
            continue
        reader = UnitReader(
            table.heading, unit, places, reading.mark, by_index=counts_by_index(table)
        )
        known = reckoned.get(unit.row)
        card, found = reader.scorecard(head, scheme, codes, own=schemes.is_own(scheme), known=known)
        yield replace(card, doubts=(*card.doubts, *doubts)), scheme, found
        doubts = ()
    faults += schemes.faults
    if not rows.units:
        at = (table.heading.last, table.heading.columns["unit"])
        faults.append(sheet.finding(MISSING_FIELD, "", at, expected=N_("a unit in a row below")))
    if faults:
        yield None, None, faults


def _heads(
    table: WideTable, faults: list[Finding], mark: DecimalMark | None
) -> Iterator[tuple[UnitRow, HeadForm, Places]]:
    """What is said of each unit; the faults of it are added."""
    columns = table.heading.columns
    year: str | None = None
    for unit in table.rows.units:
        places = Places(table.sheet, {**table.places.cells, ("unit",): (unit.row, columns["unit"])})
        cells = {
            name: (unit.row, columns[name]) for name in HEAD if columns.get(name) in unit.cells
        }
        tree = {**table.said, "unit": unit.name}
        if unit.group:
            tree["group"] = unit.group
        for name, at in cells.items():
            tree[name] = unit.cells[at[1]].text
            places.cells[name,] = at
        if _state(table, unit) == _MISSING:
            continue
        if _state(table, unit) == "unranked":
            reason = unit.cells.get(columns.get("reason", 0))
            tree |= {"ranked": False, "reason": reason.text if reason else "—"}
        elif unit.unranked:
            reason = unit.cells.get(columns.get("note", 0))
            tree |= {"ranked": False, "reason": reason.text if reason else unit.unranked}
        if "year" not in tree:
            try:
                tree["year"] = year = year or _year(table)
            except InputError as error:
                faults += error.findings
                return
        head, found = read_as(HeadForm, tree, places, mark=mark)
        faults += found
        if head is not None and not found:
            yield unit, head, places


def _state(table: WideTable, unit: UnitRow) -> str:
    """The state of a unit as `rank` writes it; empty where there is none."""
    cell = unit.cells.get(table.heading.columns.get("state", 0))
    return cell.text if cell else ""


def _year(table: WideTable) -> str:
    """The year of a table: of its title, or of the sheet's name.

    Raises:
        InputError: P109 neither names one, P110 there are several.
    """
    named = {*years_in(table.sheet.name)}
    if len(named) == 1 and (not table.years or named <= table.years.keys()):
        return named.pop()
    if not table.years:
        at = (table.heading.first, table.heading.columns["unit"])
        raise InputError([table.sheet.finding(MISSING_FIELD, "year", at, expected=_YEAR)])
    return one_year(table.sheet, table.years, table.places, table.heading.first)


def _again(
    table: WideTable, unit: UnitRow, head: HeadForm, met: dict[object, UnitRow]
) -> Finding | None:
    """The fault of a unit that stands in the table already."""
    names = (head.province, head.parent, head.unit)
    who = head.unit_id or tuple(name and same_unit(name) for name in names)
    first = met.setdefault((who, head.year, head.scheme), unit)
    if first is unit:
        return None
    column = table.heading.columns["unit"]
    told = {"found": short(unit.name), "other": cell_name(first.row, column)}
    return table.sheet.finding(DUPLICATE_SCORECARD, "", (unit.row, column), **told)


def reckoned_scores(
    table: WideTable,
    heads: Sequence[tuple[UnitRow, HeadForm, Places]],
    schemes: "_Schemes",
    reading: Reading,
) -> Mapping[int, Known]:
    """The scores that columns read and add up, by the rows of their units; none of a small table."""
    sheet = table.sheet
    if not isinstance(sheet, LargeSheet) or reading.engine == "rows":
        return {}
    found: dict[int, Known] = {}
    why: Counter[str] = Counter()
    groups: dict[int, tuple[Scheme, dict[int, str], list[tuple[int, HeadForm]]]] = {}
    for unit, head, _ in heads:
        scheme, codes = schemes.of(head)
        if scheme is not None:
            group = groups.setdefault(id(scheme), (scheme, codes, []))
            group[2].append((unit.row, head))
    staged = {area.column for area in table.heading.areas if area.stage}
    for scheme, codes, units in groups.values():
        if staged & codes.keys():
            why["rows"] += len(units)
            continue
        columns = {code: sheet.columns[at - 1] for at, code in codes.items()}
        many = scale("exact.wide").scores_of
        mark, first = reading.mark, sheet.first
        told = {code: at for at, code in codes.items()}
        scores = many(columns, first, units, scheme, mark, TextCells(mark), why)
        found |= {row: Known(each, told) for row, each in scores.items()}
    if reading.by_columns is not None:
        reading.by_columns(len(found), why)
    return found


class _Schemes:
    """The scheme of each unit of a table, and the codes of its columns; or that of the columns.

    A scheme that the user named must fit the columns and the printed maxima: if it does
    not, that is told. One that only level and year name gives way to the columns.
    """

    def __init__(self, table: WideTable, reading: Reading, heads: Sequence[HeadForm]) -> None:
        self.faults: list[Finding] = []
        self._table, self._reading = table, reading
        self._years = tuple(sorted({head.year for head in heads}))
        self._level = _level(table, heads)
        self._known: dict[object, tuple[Scheme | None, dict[int, str]]] = {}
        self._own: tuple[Scheme, dict[int, str]] | None = None

    def of(self, head: HeadForm) -> tuple[Scheme | None, dict[int, str]]:
        """The scheme and the codes by column; None where that is a fault."""
        key = (head.scheme, head.level, head.year, head.province, head.group)
        if key not in self._known:
            self._known[key] = self._find(head)
        return self._known[key]

    def is_own(self, scheme: Scheme) -> bool:
        """Whether a scheme is made of the columns."""
        return self._own is not None and scheme is self._own[0]

    def _find(self, head: HeadForm) -> tuple[Scheme | None, dict[int, str]]:
        table, is_given = self._table, bool(self._reading.schemes)
        level = head.level or self._level
        is_named = is_given or head.scheme is not None or head.level is not None
        if not is_named and level is None:
            return self._of_columns()
        try:
            scheme = self._reading.scheme_of(
                head.model_copy(update={"level": level}), table.sheet.file
            )
        except InputError as error:
            if not is_given:
                return self._of_columns()
            self.faults += placed(error, table.places)
            return None, {}
        if not is_named and scheme.province and level != "province" and not head.province:
            return self._of_columns()  # of another province's offices, for all that is known
        found, faults = columns_in(scheme, table.sheet, table.heading)
        faults += doubled(table.sheet, table.heading, found)
        faults += maxima_in(scheme, table.sheet, table.heading, found, table.rows.maxima)
        if faults and not is_given and head.scheme is None:
            return self._of_columns()
        known = {fault.place for fault in self.faults}
        self.faults += [fault for fault in faults if fault.place not in known]
        return (None, {}) if faults else (scheme, found)

    def _of_columns(self) -> tuple[Scheme, dict[int, str]]:
        table = self._table
        if self._own is None:
            about = {
                "id": id_of(table.name),
                "title": table.title,
                "years": self._years,
                "level": self._level,
                "max": _most(table),
            }
            self._own = own_scheme(table.heading, table.rows.maxima, about)
            self.faults += doubled(table.sheet, table.heading, self._own[1])
            self.faults += own_faults(self._own[0], table.sheet, table.heading, table.rows.maxima)
        return self._own


def _most(table: WideTable) -> Any:
    """The largest maximum in a column of maxima; of an index alone 100."""
    columns = table.heading.columns
    if "maximum" in columns:
        cells = (unit.cells.get(columns["maximum"]) for unit in table.rows.units)
        return max(filter(None, map(number_in, cells)), default=None)
    return 100 if counts_by_index(table) else None


def counts_by_index(table: WideTable) -> bool:
    """Whether of a table of totals, whose maximum is not known, the index counts: all have one."""
    columns = table.heading.columns
    if (
        not all(area.is_words for area in table.heading.areas)
        or "index" not in columns
        or columns.get("total") in table.rows.maxima.points
    ):
        return False
    given = [unit.cells for unit in table.rows.units if columns.get("total", -1) in unit.cells]
    return "maximum" not in columns and all(columns["index"] in cells for cells in given)


def _level(table: WideTable, heads: Sequence[HeadForm]) -> str | None:
    """The level of the units: as their names or the title say."""
    if heads and all(units_named(head.unit) for head in heads):
        return "province"
    texts = (cell.text for row in table.sheet.rows if row < table.heading.first
             for cell in table.sheet.rows[row].values())  # fmt: skip
    return next(filter(None, map(level_in, texts)), None)
