"""The rows of a table as entries of a scorecard, with the stages that their columns stand for."""

from collections.abc import Callable, MutableMapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cell_to_fact import check_listed, fact_of, listed_fact, points_of, told_of
from parindex.office.xlsx.cells import Cell, cell_names
from parindex.office.xlsx.evidence import evidence_of
from parindex.office.xlsx.rows import Row, Table
from parindex.rules import PointsRule, Rule
from parindex.rules.base import RefusedError
from parindex.rules.input import ITEMS, POINTS
from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import STAGES, Entry, Stage
from parindex.scorecard.words import STATES, state_of
from parindex.values.codes import DUPLICATE_KEY, MISSING_FIELD, WRONG_TYPE
from parindex.values.exact import rounded
from parindex.values.facts import UNKNOWN, Fact, Points, State, StateName
from parindex.values.fields import short
from parindex.values.finding import Path
from parindex.values.language import mark

_FACTS: Final = ("result", "whole")
_DIGITS: Final = 2


class Entries:
    """Reads the entries; `cells` learns the place of each."""

    def __init__(
        self,
        table: Table,
        year: int,
        cells: MutableMapping[Path, tuple[int, int]],
    ) -> None:
        self._table = table
        self._scheme = table.scheme
        self._year = year
        self._mark = table.mark
        self._wrong = table.wrong
        self._cells = cells
        self._lists: dict[str, dict[str, Row]] = {}

    def read(self) -> dict[str, Entry]:
        """The entries by code; what is empty is left out, and so not yet known."""
        rows = self._table.rows
        for row in rows:
            if row.item:
                self._lists.setdefault(row.code, {})[row.item] = row
        found: dict[str, Entry] = {}
        met: set[str] = set()
        for row in rows:
            if row.item:
                continue
            if row.code in met:
                self._wrong(row, "code", DUPLICATE_KEY, found=row.code)
                continue
            met.add(row.code)
            entry = self._entry(row)
            if entry is not None:
                found[row.code] = entry
        return found

    def _entry(self, row: Row) -> Entry | None:
        self._place_row(row)
        staged: dict[Stage, Entry] = {}
        facts = self._facts(row)
        fact = self._one(row, facts)
        if fact is not None and fact != UNKNOWN:
            staged["self"] = Entry(fact, stage="self")
        for stage in STAGES[1:]:
            given = self._points(row, stage)
            if given is not None:
                staged[stage] = Entry(given, stage=stage)
                self._place(row, ("scores", row.code, stage), stage)
        columns = self._table.columns
        said = self._said(row)
        if not staged:
            says = said != Entry(UNKNOWN) or fact is not None
            return said if says and self._is_leaf(row) else None
        if not columns.keys() & set(STAGES):
            return replace(said, fact=staged["self"].fact)
        latest = max(staged, key=STAGES.index)
        if ("scores", row.code) not in self._cells:
            self._place(row, ("scores", row.code), latest)
        staged[latest] = replace(staged[latest], reason=said.reason)
        return replace(said, fact=staged[latest].fact, stage=latest, stages=staged)

    def _facts(self, row: Row) -> list[tuple[str, Fact]]:
        """What the unit itself reports in the columns of its row, and of its list."""
        found: list[tuple[str, Fact]] = []
        for column in ("points", "self"):
            fact = self._points(row, column)
            if fact is not None:
                found.append((column, fact))
        if "state" in row.cells:
            name = _state(row)
            if name is None:
                told = " | ".join(words[0] for words in STATES.values())
                found_ = short(row.cells["state"].text)
                self._wrong(row, "state", WRONG_TYPE, found=found_, expected=told)
            else:
                found.append(("state", State(name)))
        if row.cells.keys() & set(_FACTS):
            column = "result" if "result" in row.cells else "whole"
            fact = self._try(row, column, lambda: fact_of(self._rule(row), row.cells, self._mark))
            if fact is not None:
                found.append((column, fact))
        listed = self._listed(row)
        if listed is not None:
            found.append(("result", listed))
        return self._without_copies(row, found)

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
            if not (isinstance(fact, Points) and computed is not None and _is_copy(fact, computed))
        ]

    def _computed(self, row: Row, fact: Fact) -> Fraction | None:
        """The points that the criterion gives for a fact; None where it gives none."""
        criterion = self._criterion(row)
        if criterion is None or criterion.maximum is None:
            return None
        if isinstance(fact, State):
            full = criterion.not_applicable or self._scheme.not_applicable
            if fact.state == "not_applicable" and full == "full-points":
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
            expected = mark("one of them")
            self._wrong(row, facts[-1][0], WRONG_TYPE, found=told, expected=expected)
            return None
        for column, fact in facts:
            self._place(row, ("scores", row.code), column)
            return fact
        return None

    def _listed(self, row: Row) -> Fact | None:
        """The fact of a list whose rows stand below: all of them are filled, or none is."""
        rows = self._lists.get(row.code, {})
        rule = self._rule(row)
        given = {
            item: each.cells["result"] for item, each in rows.items() if "result" in each.cells
        }
        if not given or not rule.takes.row:
            return None
        for item, each in rows.items():
            if item not in given:
                expected = "có | không" if rule.takes is ITEMS else "0, 1, 2, 3, …"
                self._wrong(each, "result", MISSING_FIELD, expected=expected)
        for item, cell in given.items():
            try:
                check_listed(rule, cell, self._mark)
            except PydanticCustomError as error:
                self._wrong(rows[item], "result", error.type, **told_of(error))
        if len(given) < len(rows):
            return None
        try:
            return listed_fact(rule, given, self._mark)
        except PydanticCustomError:
            return None  # told of its cell

    def _points(self, row: Row, column: str) -> Fact | None:
        cell = row.cells.get(column)
        if cell is None:
            return None
        criterion = self._criterion(row)
        most = criterion.max if criterion else self._scheme.max
        return self._try(row, column, lambda: points_of(cell, self._mark, most))

    def _try(self, row: Row, column: str, read: Callable[[], Fact | None]) -> Fact | None:
        try:
            return read()
        except PydanticCustomError as error:
            self._wrong(row, column, error.type, **told_of(error))
            return None

    def _said(self, row: Row) -> Entry:
        """What stands beside a score: note, explanation, documents, one on each line."""
        lines = _text(row.cells.get("evidence")).splitlines()
        evidence = tuple(evidence_of(line.strip()) for line in lines if line.strip())
        return Entry(
            UNKNOWN,
            note=_text(row.cells.get("note")) or None,
            reason=_text(row.cells.get("reason")) or None,
            explanation=_text(row.cells.get("explanation")) or None,
            evidence=evidence,
        )

    def _criterion(self, row: Row) -> Criterion | None:
        return self._scheme.by_code.get(row.code)

    def _is_leaf(self, row: Row) -> bool:
        criterion = self._criterion(row)
        return criterion is not None and not criterion.children

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


def _state(row: Row) -> StateName | None:
    """The state that the row's own column names."""
    return state_of(row.cells["state"].text) if "state" in row.cells else None


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None and not cell.formula else ""
