"""What the cells of one row report: points, or the fact that the criterion's rule takes."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cells import Cell, Kind, mark_of
from parindex.reading.numerals import DecimalMark
from parindex.rules import Rule
from parindex.rules.input import ITEMS, Input
from parindex.rules.options import yes_or_no
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
from parindex.values.fields import fault, read_date, short
from parindex.values.language import N_, language


def points_of(cell: Cell, mark_: DecimalMark | None, most: Decimal | None) -> Fact:
    """Points, or a state in words.

    Raises:
        PydanticCustomError: neither of them, or two readings.
    """
    state = state_of(cell.text) if cell.kind == "text" else None
    if state is not None:
        return State(state)
    told = " | ".join(("12.5 / 12,5", *(words[0] for words in STATES.values())))
    return Points(read_points(_number(cell, told), mark_of(cell, mark_), most))


def named_state(cell: Cell) -> Fact:
    """The state that a cell of the column for states names.

    Raises:
        PydanticCustomError: it names none.
    """
    name = state_of(cell.text)
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
    if whole is not None and takes.field != "value":
        raise fault(WRONG_TYPE, found=short(whole.text), expected=N_("an empty cell"))
    if result is None:
        raise fault(MISSING_FIELD, expected=N_("a figure beside it"))
    state = _state(rule, result, has_states=has_states) if whole is None else None
    if state is not None:
        return state
    match takes.field:
        case "points" | "answers":
            expected = N_("points") if takes.field == "points" else N_("an empty cell")
            raise fault(WRONG_TYPE, found=short(result.text), expected=expected)
        case "answer" | "items":
            return _named(rule, result.text)
        case "count":
            return Count(_count(result, mark_))
        case "date":
            return Date(read_date(result.text))
        case "value":
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
    """The items that are met, or how many gave each answer, by name; `cells` has them all."""
    if rule.takes is ITEMS:
        return Items(tuple(item for item, cell in cells.items() if _yes(cell)))
    return Answers({answer: _count(cell, mark_) for answer, cell in cells.items()})


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
