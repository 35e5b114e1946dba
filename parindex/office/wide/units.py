"""A row of a wide table as the scorecard of its unit: points by code, and figures that are printed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.office.wide.columns import WideHeading
from parindex.office.wide.rows import UnitRow
from parindex.office.xlsx.cells import Cell, mark_of
from parindex.office.xlsx.entries import points_of, told_of
from parindex.office.xlsx.head import Places
from parindex.office.xlsx.rows import STORED
from parindex.office.xlsx.totals import READERS
from parindex.reading.numerals import DecimalMark, read_number
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.entry_file import latest_of, read_percent
from parindex.scorecard.scorecard import STAGES, Entry, Published, Scorecard, Stage
from parindex.scorecard.scorecard_file import HeadForm, scorecard_from
from parindex.scorecard.words import state_of
from parindex.scoring.reckoned import Reckoned
from parindex.values.codes import WRONG_TYPE
from parindex.values.exact import rounded
from parindex.values.facts import NOT_APPLICABLE, UNKNOWN, Fact, Percent, StateName, Value
from parindex.values.fields import short
from parindex.values.finding import Finding

_DASHES: Final = re.compile(r"[-–—−]{1,3}")
"""What tables print where there is nothing to count."""
_DOTS: Final = re.compile(r"\.{2,}|…")
"""What tables print where a figure is not known yet."""
_SAID: Final = re.compile(r"\w")
_TOTAL: Final = ("total", "index")


class Known(NamedTuple):
    """The scores of a unit that columns read and added up, and the columns of all by code."""

    scores: Reckoned
    columns: Mapping[str, int]


class UnitReader:
    """Makes the scorecard of a row; `faults` are those of its cells.

    Args:
        heading: the columns of the table.
        unit: the row.
        places: where the fields of its head stand; learns where its figures do.
        mark: the decimal mark of numbers that are text, where the user said so.
        by_index: whether the index counts, and not the total beside it.
    """

    def __init__(
        self,
        heading: WideHeading,
        unit: UnitRow,
        places: Places,
        mark: DecimalMark | None,
        *,
        by_index: bool = False,
    ) -> None:
        self.faults: list[Finding] = []
        self._heading, self._unit, self._places, self._mark = heading, unit, places, mark
        self._by_index = by_index

    def scorecard(
        self,
        head: HeadForm,
        scheme: Scheme,
        codes: Mapping[int, str],
        *,
        own: bool,
        known: Known | None = None,
    ) -> tuple[Scorecard, list[Finding]]:
        """The scorecard, and the faults of its cells.

        Args:
            head: what is said of the unit.
            scheme: its scheme.
            codes: the criteria of columns, by column.
            own: whether the scheme is made of the columns, so that the card takes it along.
            known: the scores, where columns read and added them up.
        """
        printed = self._printed(scheme)
        most = printed.pop("maximum", None)
        is_other = most is not None and scheme.max is not None and most != scheme.max
        scores: Mapping[str, Entry] = {}
        if known is None or is_other:
            scores = self._scores(scheme, codes)
        else:
            scores = known.scores
            self._places.row, self._places.columns = self._unit.row, known.columns
        total: Decimal | Fraction | None = None
        is_known = any(entry.fact != UNKNOWN for entry in scores.values())
        if printed.pop("added", None) or not is_known:
            total = _total(printed, scheme, by_index=own and self._by_index)
            scores = scores if total is None else {}
        if own:
            self._keep_only_checked(printed, scheme)
        told: dict[str, Any] = {
            "total": total,
            "published": Published(**printed) if printed else None,
        }
        if is_other:
            told["applicable_max"] = most
        if own:
            told["own"] = scheme
        return scorecard_from(head, scheme, self._places, scores, **told), self.faults

    def _keep_only_checked(self, printed: dict[str, Any], scheme: Scheme) -> None:
        """Keep what nothing is computed of, a band or an index without a maximum, as it is printed."""
        beside = ["band", *(["index"] if scheme.max is None else [])]
        beside += ["total"] if self._by_index else []
        figures = {name: str(printed.pop(name)) for name in beside if name in printed}
        if figures:
            printed["figures"] = figures

    def _scores(self, scheme: Scheme, codes: Mapping[int, str]) -> dict[str, Entry]:
        """The scores by code; of several stages the latest counts, and all are kept."""
        stages: dict[str, dict[Stage | None, Entry]] = {}
        for area in self._heading.areas:
            code = codes.get(area.column)
            entry = self._entry(area.column, code, scheme) if code else None
            if code and entry is not None:
                stages.setdefault(code, {})[area.stage] = replace(entry, stage=area.stage)
        found: dict[str, Entry] = {}
        for code, entries in stages.items():
            staged = {stage: entries[stage] for stage in STAGES if stage in entries}
            found[code] = latest_of(staged) if staged else entries[None]
        return found

    def _entry(self, column: int, code: str, scheme: Scheme) -> Entry | None:
        """The score in a column; None where nothing stands there."""
        self._places.cells["scores", code] = (self._unit.row, column)
        cell = self._cell(column)
        if cell is None:
            return None
        try:
            return Entry(_fact(cell, scheme.by_code[code], self._mark))
        except PydanticCustomError as error:
            self._wrong(error, column, code)
        return None

    def _printed(self, scheme: Scheme) -> dict[str, Any]:
        """The figures of the whole that are printed; their places are learnt."""
        found: dict[str, Any] = {name: self._number(name) for name in ("total", "maximum", "added")}
        found |= {name: self._read(name) for name in READERS}
        for name in _TOTAL:
            cell = self._cell(self._heading.columns.get(name, 0))
            if found[name] is not None and cell and (cell.formula or cell.kind == "percent"):
                found[name] = rounded(found[name], scheme.rounding.index, scheme.rounding.mode)
        printed = {name: value for name, value in found.items() if value is not None}
        for name in printed:
            self._places.cells["published", name] = (self._unit.row, self._heading.columns[name])
        if "rank" in printed:
            printed["rank"], printed["of"] = printed["rank"]
        return printed

    def _read(self, name: str) -> Any:
        """An index, a rank or a band; None where none is printed."""
        read, expected = READERS[name]
        column = self._heading.columns.get(name, 0)
        cell = self._cell(column)
        value = read(cell) if cell is not None else None
        if value in (None, "") and cell is not None and _SAID.search(cell.text):
            told = {"found": short(cell.text), "expected": expected}
            self.faults.append(self._finding(WRONG_TYPE, name, column, **told))
        return None if value == "" else value

    def _number(self, name: str) -> Decimal | None:
        column = self._heading.columns.get(name, 0)
        cell = self._cell(column)
        if cell is None or not _SAID.search(cell.text):
            return None
        try:
            return read_number(cell.text, mark_of(cell, self._mark))
        except PydanticCustomError as error:
            self._wrong(error, column, name)
        return None

    def _cell(self, column: int) -> Cell | None:
        """What stands in a column; None where nothing does, or a formula that nothing was stored of."""
        cell = self._unit.cells.get(column)
        if cell is not None and cell.kind == "unsaved":
            told = {"found": short(cell.formula), "expected": STORED, "case": "formula"}
            fault = self._finding(WRONG_TYPE, "", column, **told)
            self.faults += [] if fault in self.faults else [fault]  # a cell is asked for twice
            return None
        return cell if cell is not None and cell.text else None

    def _wrong(self, error: PydanticCustomError, column: int, where: str) -> None:
        self.faults.append(self._finding(error.type, where, column, **told_of(error)))

    def _finding(self, code: str, where: str, column: int, **told: str) -> Finding:
        return self._places.sheet.finding(code, where, (self._unit.row, column), **told)


class TextCells:
    """What cells of a text report, for whoever reads many of them at once."""

    def __init__(self, mark: DecimalMark | None) -> None:
        self._mark = mark

    @staticmethod
    def state(text: str) -> StateName | None:
        """The state that a text stands for; None where it may be a figure."""
        if _DASHES.fullmatch(text):
            return "not_applicable"
        return "unknown" if _DOTS.fullmatch(text) else state_of(text)

    def entry(self, text: str, criterion: Criterion) -> Entry | None:
        """The entry of a cell; None where it has a fault."""
        try:
            return Entry(_fact(Cell(text), criterion, self._mark))
        except PydanticCustomError:
            return None


def _fact(cell: Cell, criterion: Criterion, mark: DecimalMark | None) -> Fact:
    if cell.kind == "text" and _DASHES.fullmatch(cell.text):
        return NOT_APPLICABLE
    if cell.kind == "text" and _DOTS.fullmatch(cell.text):
        return UNKNOWN
    if cell.kind == "percent" or (cell.kind == "text" and cell.text.endswith("%")):
        share = read_percent(cell.text, mark_of(cell, mark))
        is_standard = criterion.scored_by.has_standard  # which goes by the rate itself
        return Value(share, is_percent=True) if is_standard else Percent(share)
    return points_of(cell, mark, criterion.max, criterion.scored_by)


def _total(printed: dict[str, Any], scheme: Scheme, *, by_index: bool) -> Decimal | Fraction | None:
    """The points of the whole where only they count: the printed total, else what the index gives."""
    if "total" in printed and not by_index:
        points: Decimal = printed.pop("total")
        return points
    if "index" in printed and scheme.max is not None:
        return Fraction(printed["index"]) * Fraction(scheme.max) / 100
    return None
