"""The rows of a table as entries of a scorecard, with the stages that their columns stand for."""

from collections.abc import Callable, Mapping, MutableMapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cached_values import is_full_points
from parindex.office.xlsx.cells import Cell, Kind, cell_names, mark_of
from parindex.office.xlsx.evidence import evidence_of
from parindex.office.xlsx.headings import TEXTS
from parindex.office.xlsx.rows import POINTS_CELL, Row, Table
from parindex.reading.numerals import DecimalMark
from parindex.rules import Rule
from parindex.rules.base import RefusedError
from parindex.rules.input import FIGURES, ITEMS, POINTS, Input
from parindex.rules.options import yes_or_no
from parindex.rules.setting import Setting
from parindex.scorecard.delimited.cells import is_named, value_of
from parindex.scorecard.entry_file import (
    read_count,
    read_figure,
    read_points,
    read_ratio,
    read_value,
)
from parindex.scorecard.scorecard import STAGES, Entry, Stage
from parindex.scorecard.words import STATES, state_of
from parindex.values.codes import DUPLICATE_KEY, FIGURE_MISSING, MISSING_FIELD, WRONG_TYPE
from parindex.values.exact import rounded
from parindex.values.facts import (
    UNKNOWN,
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figure,
    Figures,
    Items,
    Points,
    Ratio,
    State,
    Value,
)
from parindex.values.fields import fault, read_date, short
from parindex.values.finding import Path
from parindex.values.language import N_, language

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
            return said if says and row.criterion and not row.criterion.children else None
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
        cells = (row.rule, row.cells)
        given = (
            ("points", self._points(row, "points")),
            ("self", self._points(row, "self")),
            ("state", self._try(row, "state", named_state, row.cells.get("state"), row.rule)),
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
        criterion = row.criterion
        if criterion is None or criterion.maximum is None:
            return None
        if isinstance(fact, State):
            if fact.state == "not_applicable" and is_full_points(self._scheme, criterion):
                return criterion.maximum
            return Fraction(0) if fact.state == "no_evidence" else None
        try:
            rule = criterion.rule and criterion.rule.for_unit(Setting(self._year))
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
        rows, rule = self._lists.get(row.code, {}), row.rule
        given = {x: each.cells["result"] for x, each in rows.items() if "result" in each.cells}
        if not given or not rule.takes.row:
            return None
        facts: list[Fact | None] = []
        for item, each in rows.items():
            if item not in given and rule.takes is FIGURES:
                continue  # the rule says which of them it needs
            if item not in given:
                expected = "có | không" if rule.takes is ITEMS else "0, 1, 2, 3, …"
                self._wrong(each, "result", MISSING_FIELD, expected=expected)
            cells = {item: each.cells.get("result")}
            facts.append(self._try(each, "result", listed_fact, rule, cells, self._table.mark))
        if None in facts:
            return None
        fact = listed_fact(rule, given, self._table.mark)
        missing = self._missing(row, fact) if rule.takes is FIGURES else []
        blank = [item for item in missing if item in rows]
        for item in blank:
            self._wrong(rows[item], "result", FIGURE_MISSING, found=item)
        return None if blank else fact

    def _missing(self, row: Row, fact: Fact) -> list[str]:
        """The figures that the rule needs beside those that are there."""
        maximum = row.criterion.maximum if row.criterion else None
        if maximum is None:
            return []
        try:
            row.rule.for_unit(Setting(self._year)).points(fact, maximum)
        except RefusedError as refused:
            if refused.code == FIGURE_MISSING:
                return refused.parameters["found"].split(", ")
        return []

    def _points(self, row: Row, column: str) -> Fact | None:
        most = row.criterion.max if row.criterion else self._scheme.max
        cell = row.cells.get(column)
        return self._try(row, column, points_of, cell, self._table.mark, most, row.rule)

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

    def _place_row(self, row: Row) -> None:
        """Where the parts of a score stand, or would stand: what is said of them names the cell."""
        self._place(row, ("scores", row.code, "code"), "code")
        if row.code in self._scheme.by_code:
            listed = next(iter(self._lists.get(row.code, {}).values()), None)
            is_points = row.rule.takes is POINTS
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


def points_of(
    cell: Cell, mark_: DecimalMark | None, most: Decimal | None, rule: Rule | None = None
) -> Fact:
    """Points, or a state in words; of a standard whether it is met.

    Raises:
        PydanticCustomError: neither of them, or two readings.
    """
    state = state_of(cell.text) if cell.kind == "text" else None
    if state is not None:
        return State(state)
    met = None if rule is None else _met(cell.text, rule)
    if met is not None:
        return met
    return Points(read_points(_number(cell, POINTS_CELL), mark_of(cell, mark_), most, POINTS_CELL))


def _met(said: str, rule: Rule) -> Answer | None:
    """Whether a standard is met, as a text says; None where it does not, or the rule is none."""
    meant = rule.meant(Answer(said)) if rule.has_standard else None
    known = rule.named(language("vi"))
    return meant if isinstance(meant, Answer) and meant.answer in known else None


def named_state(cell: Cell, rule: Rule) -> Fact:
    """The state that a cell of the column for states names; of a standard whether it is met.

    Raises:
        PydanticCustomError: it names none.
    """
    name = state_of(cell.text)
    met = _met(cell.text, rule) if name is None else None
    if met is not None:
        return met
    if name is None:
        expected = " | ".join(words[0] for words in STATES.values())
        raise fault(WRONG_TYPE, found=short(cell.text), expected=expected)
    return State(name)


def fact_of(
    rule: Rule, cells: Mapping[str, Cell], mark_: DecimalMark | None, *, has_states: bool = False
) -> Fact:
    """What the columns `result` and `whole` report, of the kind that the rule takes.

    A state in words is one too, unless the table has a column for states, by which
    its formulas go.

    Raises:
        PydanticCustomError: it is of another kind, or can be read in two ways.
    """
    result, whole = cells.get("result"), cells.get("whole")
    takes = rule.takes
    if whole is not None and takes.field not in ("value", "figures"):
        raise fault(WRONG_TYPE, found=short(whole.text), expected=N_("an empty cell"))
    if result is None:
        raise fault(MISSING_FIELD, expected=N_("a figure beside it"))
    state = _state(rule, result, has_states=has_states) if whole is None else None
    if state is not None:
        return state
    match takes.field:
        case "figures" if is_named(result.text):
            return _figures(rule, result.text, mark_)
        case "points" | "answers":
            expected = N_("points") if takes.field == "points" else N_("an empty cell")
            raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
        case "answer" | "items":
            return _named(rule, result.text)
        case "count":
            return Count(_count(result, mark_))
        case "date":
            return Date(read_date(result.text))
        case "value" | "figures":  # some rules take the figure that others work out
            return _figure(takes, result, whole, mark_)


def _state(rule: Rule, result: Cell, *, has_states: bool) -> State | None:
    """The state that a cell names in place of a figure; None where it is a figure, or an option."""
    name = state_of(result.text) if result.kind == "text" else None
    if name is None or _meant(rule, result.text) is not None:
        return None
    if has_states:
        expected = N_("a figure; states such as this stand in their own column")
        raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
    return State(name)


def listed_fact(rule: Rule, cells: Mapping[str, Cell], mark_: DecimalMark | None) -> Fact:
    """The items that are met, how many gave each answer, or figures, by name; `cells` has them all."""
    if rule.takes is ITEMS:
        return Items(tuple(item for item, cell in cells.items() if _yes(cell)))
    if rule.takes is FIGURES:
        return Figures({name: _one_figure(cell, mark_) for name, cell in cells.items()})
    return Answers({answer: _count(cell, mark_) for answer, cell in cells.items()})


def _one_figure(cell: Cell, mark_: DecimalMark | None) -> Figure:
    """One of several figures: a number, a percentage, a day; or as a text also a part of a whole."""
    if cell.kind != "date":
        _number(cell, "982 / 97.2% / 234/543 / 31/12/2025", "percent")
    return read_figure(cell.text, mark_of(cell, mark_))


def _figures(rule: Rule, text: str, mark_: DecimalMark | None) -> Fact:
    """Figures that stand by their names in one cell: `on_time: 982; received: 1000`."""
    said: Mapping[str, str | None] = value_of("figures", text)
    return rule.meant(Figures({name: read_figure(x, mark_) for name, x in said.items()}))


def _figure(
    takes: Input, result: Cell, whole: Cell | None, mark_: DecimalMark | None
) -> Ratio | Value:
    if whole is not None:
        pair = [_number(result, "234"), _number(whole, "234")]
        marks = {mark_of(cell, mark_) for cell in (result, whole) if not cell.text.isdecimal()}
        return read_ratio(pair, marks.pop() if len(marks) == 1 else mark_)
    if result.kind == "text" and "/" in result.text:
        return read_ratio(result.text, mark_)
    text = _number(result, "97.2% / 12.5", "percent")
    value = read_value(text, mark_of(result, mark_))
    if takes.needs_sign and not value.is_percent:
        expected = N_("97.2% with its sign, or the whole in the next column")
        raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
    return value


def _number(cell: Cell, expected: str, *kinds: Kind) -> str:
    """The text of a number, which a cell is not by its kind or by its format alone."""
    if cell.kind in ("text", "number", *kinds):
        return cell.text
    if cell.kind in ("date", "time"):
        expected = N_("a number in a cell whose format is General or Number, not a date or a time")
    raise fault(WRONG_TYPE, found=short(cell.text), expected=expected)


def _count(cell: Cell, mark_: DecimalMark | None) -> int:
    return read_count(_number(cell, "234"), mark_of(cell, mark_))


def _named(rule: Rule, text: str) -> Answer | Items:
    """The option, or the things of a list, that a cell names by id or name in either language."""
    fact = _meant(rule, text)
    if fact is None:
        sign = "; " if rule.takes is ITEMS else " | "
        expected = sign.join(rule.named(language("vi")).values())
        raise fault(WRONG_TYPE, found=short(text), expected=expected)
    return fact


def _meant(rule: Rule, text: str) -> Answer | Items | None:
    """The option, or the things of a list, that a text names; None where the rule has none of them."""
    known = rule.named(language("vi")).keys()
    if rule.takes is ITEMS:
        fact = rule.meant(Items((text,)))
        return fact if isinstance(fact, Items) and known >= {*fact.items} else None
    if rule.takes.field != "answer":
        return None
    fact = rule.meant(Answer(text))
    return fact if isinstance(fact, Answer) and fact.answer in known else None


def _yes(cell: Cell) -> bool:
    said = yes_or_no(cell.text)
    if said is None:
        raise fault(WRONG_TYPE, found=short(cell.text), expected="có | không")
    return said


def told_of(error: PydanticCustomError) -> dict[str, str]:
    """The parameters of a fault."""
    return {key: str(value) for key, value in (error.context or {}).items() if key != "code"}
