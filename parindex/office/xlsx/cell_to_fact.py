"""What the cells of one row report: points, or the fact that the criterion's rule takes."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cells import Cell
from parindex.reading.numerals import DecimalMark
from parindex.rules import AnyRule
from parindex.rules.checklist import ChecklistRule
from parindex.rules.choice import ChoiceRule
from parindex.rules.count import CountRule
from parindex.rules.deadline import DeadlineRule
from parindex.rules.deduct import DeductRule
from parindex.rules.options import option_of, options_of, yes_or_no
from parindex.rules.rate import RateRule
from parindex.rules.survey import SurveyRule
from parindex.rules.watch import WatchRule
from parindex.scorecard.entry_file import (
    read_count,
    read_points,
    read_ratio,
    read_value,
)
from parindex.scorecard.words import STATES, state_of
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Items,
    Points,
    Ratio,
    State,
    Value,
)
from parindex.values.fields import Name, fault, read_date, short
from parindex.values.language import mark

Words = Callable[[Cell], tuple[str, DecimalMark | None]]


def points_of(cell: Cell, mark_: DecimalMark | None, most: Decimal | None) -> Fact:
    """Points, or a state in words.

    Raises:
        PydanticCustomError: neither of them, or two readings.
    """
    state = state_of(cell.text) if cell.kind == "text" else None
    if state is not None:
        return State(state)
    if cell.kind not in ("text", "number"):
        told = " | ".join(("12.5 / 12,5", *(words[0] for words in STATES.values())))
        raise _no_number(cell, told)
    return Points(read_points(cell.text, _mark(cell, mark_), most))


def fact_of(
    rule: AnyRule | None,
    cells: Mapping[str, Cell],
    mark_: DecimalMark | None,
    *,
    has_states: bool = False,
) -> Fact:
    """What the columns `result` and `whole` report, of the kind that the rule takes.

    A state in words is one too, unless the table has a column for states, by which
    its formulas go.

    Raises:
        PydanticCustomError: it is of another kind, or can be read in two ways.
    """
    result, whole = cells.get("result"), cells.get("whole")
    if whole is not None and not isinstance(rule, RateRule | WatchRule):
        raise fault(WRONG_TYPE, found=short(whole.text), expected=mark("an empty cell"))
    if result is None:
        raise fault(MISSING_FIELD, expected=mark("a figure beside it"))
    state = _state(result, rule, has_states=has_states) if whole is None else None
    return state or _reported(rule, result, whole, mark_)


def _state(result: Cell, rule: AnyRule | None, *, has_states: bool) -> State | None:
    """The state that a cell names in place of a figure; None where it is a figure."""
    state = state_of(result.text) if result.kind == "text" else None
    if state is None or _is_option(result.text, rule):
        return None
    if has_states:
        expected = mark("a figure; states such as this stand in their own column")
        raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
    return State(state)


def _reported(
    rule: AnyRule | None, result: Cell, whole: Cell | None, mark_: DecimalMark | None
) -> Fact:
    match rule:
        case ChoiceRule():
            return Answer(_named(result.text, rule.options, rule.names))
        case CountRule() | DeductRule():
            return Count(_count(result, mark_))
        case DeadlineRule():
            return Date(read_date(result.text))
        case RateRule() | WatchRule():
            return _figure(rule, result, whole, mark_)
        case ChecklistRule():
            return Items(_items(result.text, rule))
        case SurveyRule():
            raise fault(WRONG_TYPE, found=short(result.text), expected=mark("an empty cell"))
        case _:
            raise fault(WRONG_TYPE, found=short(result.text), expected=mark("points"))


def _is_option(text: str, rule: AnyRule | None) -> bool:
    """Whether an option or a thing of a list is called so."""
    if isinstance(rule, ChoiceRule):
        return option_of(text, rule.options, rule.names) is not None
    return isinstance(rule, ChecklistRule) and options_of(text, rule.items, rule.names) is not None


def listed_fact(rule: AnyRule | None, cells: Mapping[str, Cell], mark_: DecimalMark | None) -> Fact:
    """The items that are met, or how many gave each answer, by name; `cells` has them all."""
    if isinstance(rule, ChecklistRule):
        return Items(tuple(item for item, cell in cells.items() if _yes(cell)))
    return Answers({answer: _count(cell, mark_) for answer, cell in cells.items()})


def check_listed(rule: AnyRule | None, cell: Cell, mark_: DecimalMark | None) -> None:
    """Read one cell of a list, for the fault that it may have."""
    if isinstance(rule, ChecklistRule):
        _yes(cell)
    else:
        _count(cell, mark_)


def _figure(
    rule: "RateRule | WatchRule", result: Cell, whole: Cell | None, mark_: DecimalMark | None
) -> Ratio | Value:
    if whole is not None:
        pair = [_plain(result), _plain(whole)]
        marks = {_mark(cell, mark_) for cell in (result, whole) if not cell.text.isdecimal()}
        return read_ratio(pair, marks.pop() if len(marks) == 1 else mark_)
    if result.kind == "text" and "/" in result.text:
        return read_ratio(result.text, mark_)
    if result.kind not in ("text", "number", "percent"):
        raise _no_number(result, "97.2% / 12.5")
    value = read_value(result.text, _mark(result, mark_))
    wants_percent = isinstance(rule, RateRule) and rule.figures == "percent"
    if wants_percent and not value.is_percent:
        expected = mark("97.2% with its sign, or the whole in the next column")
        raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
    return value


def _plain(cell: Cell) -> str:
    if cell.kind not in ("text", "number"):
        raise _no_number(cell, "234")
    return cell.text


def _no_number(cell: Cell, expected: str) -> PydanticCustomError:
    """The fault of a cell that holds no number, by its kind or by its format alone."""
    if cell.kind in ("date", "time"):
        expected = mark(
            "a number in a cell whose format is General or Number, not a date or a time"
        )
    return fault(WRONG_TYPE, found=short(cell.text), expected=expected)


def _count(cell: Cell, mark_: DecimalMark | None) -> int:
    return read_count(_plain(cell), _mark(cell, mark_))


def _named(text: str, ids: Mapping[str, Any], names: Mapping[str, Name]) -> str:
    """The option that a cell names, by its id or by its name in either language."""
    found = option_of(text, ids, names)
    if found is None:
        known = [names[id_].vi if id_ in names else id_ for id_ in ids]
        raise fault(WRONG_TYPE, found=short(text), expected=" | ".join(known))
    return found


def _items(text: str, rule: ChecklistRule) -> tuple[str, ...]:
    """The things of a list that a cell names, where they have no rows of their own."""
    found = options_of(text, rule.items, rule.names)
    if found is None:
        known = [rule.names[id_].vi if id_ in rule.names else id_ for id_ in rule.items]
        raise fault(WRONG_TYPE, found=short(text), expected="; ".join(known))
    return found


def _yes(cell: Cell) -> bool:
    said = yes_or_no(cell.text)
    if said is None:
        raise fault(WRONG_TYPE, found=short(cell.text), expected="có | không")
    return said


def _mark(cell: Cell, mark_: DecimalMark | None) -> DecimalMark | None:
    """The decimal mark of a cell: a number has no two readings."""
    return mark_ if cell.kind == "text" else "point"


def told_of(error: PydanticCustomError) -> dict[str, str]:
    """The parameters of a fault."""
    return {key: str(value) for key, value in (error.context or {}).items() if key != "code"}
