"""The rows of a table as entries of a scorecard, with the stages that their columns stand for."""

from collections.abc import Callable, MutableMapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cached_values import is_full_points
from parindex.office.xlsx.cell_to_fact import (
    fact_of,
    listed_fact,
    named_state,
    points_of,
    told_of,
)
from parindex.office.xlsx.cells import cell_names
from parindex.office.xlsx.evidence import evidence_of
from parindex.office.xlsx.headings import TEXTS
from parindex.office.xlsx.rows import Row, Table
from parindex.rules import PointsRule, Rule
from parindex.rules.base import RefusedError
from parindex.rules.input import ITEMS, POINTS
from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import STAGES, Entry, Stage
from parindex.values.codes import DUPLICATE_KEY, MISSING_FIELD, WRONG_TYPE
from parindex.values.exact import rounded
from parindex.values.facts import UNKNOWN, Fact, Points, State
from parindex.values.finding import Path
from parindex.values.language import N_

_DIGITS: Final = 2


class Entries:
    """Reads the entries; `cells` learns the place of each."""

    def __init__(
        self, table: Table, year: int, cells: MutableMapping[Path, tuple[int, int]]
    ) -> None:
        self._table = table
        self._scheme = table.scheme
        self._year = year
        self._cells = cells
        self._lists: dict[str, dict[str, Row]] = {}

    def read(self) -> dict[str, Entry]:
        """The entries by code; what is empty is left out, and so not yet known."""
        rows = self._table.rows
        for row in rows:
            if row.item:
                self._lists.setdefault(row.code, {})[row.item] = row
        found: dict[str, Entry | None] = {}
        for row in rows:
            if not row.item and row.code in found:
                self._wrong(row, "code", DUPLICATE_KEY, found=row.code)
            elif not row.item:
                found[row.code] = self._entry(row)
        return {code: entry for code, entry in found.items() if entry is not None}

    def _wrong(self, row: Row, column: str, code: str, **told: str) -> None:
        self._table.wrong(row, column, code, **told)

    def _entry(self, row: Row) -> Entry | None:
        self._place_row(row)
        staged: dict[Stage, Entry] = {}
        fact = self._one(row, self._facts(row))
        if fact is not None and fact != UNKNOWN:
            staged["self"] = Entry(fact, stage="self")
        for stage in STAGES[1:]:
            given = self._points(row, stage)
            if given is not None:
                staged[stage] = Entry(given, stage=stage)
                self._place(row, ("scores", row.code, stage), stage)
        said = self._said(row)
        if not staged:
            says = said != Entry(UNKNOWN) or fact is not None
            criterion = self._criterion(row)
            return said if says and criterion is not None and not criterion.children else None
        if not self._table.columns.keys() & set(STAGES):
            return replace(said, fact=staged["self"].fact)
        latest = max(staged, key=STAGES.index)
        if ("scores", row.code) not in self._cells:
            self._place(row, ("scores", row.code), latest)
        staged[latest] = replace(staged[latest], reason=said.reason)
        return replace(said, fact=staged[latest].fact, stage=latest, stages=staged)

    def _facts(self, row: Row) -> list[tuple[str, Fact]]:
        """What the unit itself reports in the columns of its row, and of its list."""
        column = "result" if "result" in row.cells else "whole"
        read = partial(fact_of, has_states="state" in self._table.columns)
        cells = (self._rule(row), row.cells)
        given = (
            ("points", self._points(row, "points")),
            ("self", self._points(row, "self")),
            ("state", self._try(row, "state", named_state, row.cells.get("state"))),
            (column, self._try(row, column, read, *cells, self._table.mark)),
            ("result", self._listed(row)),
        )
        return self._without_copies(row, [(name, fact) for name, fact in given if fact is not None])

    def _without_copies(self, row: Row, facts: list[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
        """What is reported without points that are only what the rule gives for it.

        So they stand in a template of which all formulas were pasted as values;
        points that differ are a second statement, and refused.
        """
        others = [fact for _, fact in facts if not isinstance(fact, Points)]
        if len(others) != 1 or len(facts) == 1:
            return facts
        computed = self._computed(row, others[0])
        return [
            (column, fact)
            for column, fact in facts
            if not isinstance(fact, Points) or computed is None or not _is_copy(fact, computed)
        ]

    def _computed(self, row: Row, fact: Fact) -> Fraction | None:
        """The points that the criterion gives for a fact; None where it gives none."""
        criterion = self._criterion(row)
        if criterion is None or criterion.maximum is None:
            return None
        if isinstance(fact, State):
            if fact.state == "not_applicable" and is_full_points(self._scheme, criterion):
                return criterion.maximum
            return Fraction(0) if fact.state == "no_evidence" else None
        try:
            rule = criterion.rule and criterion.rule.of_year(self._year)
            return rule.points(fact, criterion.maximum) if rule else None
        except RefusedError:
            return None  # told when it is scored

    def _one(self, row: Row, facts: list[tuple[str, Fact]]) -> Fact | None:
        if len(facts) > 1:
            at = self._table.columns
            told = cell_names([(row.number, at[column]) for column, _ in facts])
            expected = N_("one of them")
            self._wrong(row, facts[-1][0], WRONG_TYPE, found=told, expected=expected)
        elif facts:
            self._place(row, ("scores", row.code), facts[0][0])
            return facts[0][1]
        return None

    def _listed(self, row: Row) -> Fact | None:
        """The fact of a list whose rows are below: all of them are filled, or none is."""
        rows, rule = self._lists.get(row.code, {}), self._rule(row)
        given = {x: each.cells["result"] for x, each in rows.items() if "result" in each.cells}
        if not given or not rule.takes.row:
            return None
        facts: list[Fact | None] = []
        for item, each in rows.items():
            if item not in given:
                expected = "có | không" if rule.takes is ITEMS else "0, 1, 2, 3, …"
                self._wrong(each, "result", MISSING_FIELD, expected=expected)
            cells = {item: each.cells.get("result")}
            facts.append(self._try(each, "result", listed_fact, rule, cells, self._table.mark))
        return None if None in facts else listed_fact(rule, given, self._table.mark)

    def _points(self, row: Row, column: str) -> Fact | None:
        criterion = self._criterion(row)
        most = criterion.max if criterion else self._scheme.max
        cell = row.cells.get(column)
        return self._try(row, column, points_of, cell, self._table.mark, most)

    def _try(self, row: Row, column: str, read: Callable[..., Fact], *told: Any) -> Fact | None:
        """What is read of a cell, if there is one, or None with its fault."""
        if column not in row.cells:
            return None
        try:
            return read(*told)
        except PydanticCustomError as error:
            self._wrong(row, column, error.type, **told_of(error))
            return None

    def _said(self, row: Row) -> Entry:
        """What is said beside a score: note, reason, explanation, and documents, one on each line."""
        said: dict[str, Any] = {
            name: row.cells[name].text
            for name in TEXTS
            if name in row.cells and row.cells[name].text and not row.cells[name].formula
        }
        lines = map(str.strip, said.pop("evidence", "").splitlines())
        return Entry(UNKNOWN, evidence=tuple(map(evidence_of, filter(None, lines))), **said)

    def _criterion(self, row: Row) -> Criterion | None:
        return self._scheme.by_code.get(row.code)

    def _rule(self, row: Row) -> Rule:
        """The rule of a row; points of what the scheme does not have, which is a fault of its own."""
        criterion = self._criterion(row)
        return criterion.scored_by if criterion else PointsRule()

    def _place_row(self, row: Row) -> None:
        """Where the parts of a score stand, or would stand: what is said of them names the cell."""
        self._place(row, ("scores", row.code, "code"), "code")
        if row.code in self._scheme.by_code:
            listed = next(iter(self._lists.get(row.code, {}).values()), None)
            is_points = self._rule(row).takes is POINTS
            asked = ("self", "points") if is_points else ("result", "self", "points")
            for column in reversed(asked):
                self._place(listed or row, ("scores", row.code, "score"), column)
        columns = self._table.columns
        self._place(row, ("scores", row.code, "evidence"), "evidence")
        reason = "reason" if "reason" in columns else "note"  # a note counts as a reason
        for part, name in (("reason_cell", reason), ("evidence_cell", "evidence")):
            at = (row.number, columns[name]) if name in columns else (0, 0)  # no cell for it
            for path in ((part,), *((stage, part) for stage in STAGES[1:])):
                self._cells["scores", row.code, *path] = at

    def _place(self, row: Row, path: Path, column: str) -> None:
        at = self._table.columns.get(column)
        if at is not None:
            self._cells[path] = (row.number, at)


def _is_copy(given: Points, computed: Fraction) -> bool:
    """Whether points are the computed ones, rounded to their own digits, at least to 2."""
    if not isinstance(given.points, Decimal):
        return computed == given.points
    digits = max(_DIGITS, -int(given.points.as_tuple().exponent))
    return rounded(computed, digits) == given.points
