"""The cells of a row as a score fills them in, as far as a workbook has a place for it."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from parindex.office.xlsx.evidence import evidence_text
from parindex.office.xlsx.inputs import choices_of, words_of
from parindex.office.xlsx.styles import Styles
from parindex.rules import Rule
from parindex.rules.input import ANSWERS, ITEMS, OPTION
from parindex.rules.options import YES_NO
from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import Entry
from parindex.scorecard.words import STATES
from parindex.values.exact import shortened
from parindex.values.facts import (
    UNKNOWN,
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
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FIRST_YEAR: Final = 1900
"""A day of that year or before has another number in some programs."""
Typed = str | Decimal | int | datetime.date


class Share(Struct, frozen=True):
    """A number of hundredths, which a spreadsheet shows as a percentage."""

    percent: Decimal


class Filled(Struct, frozen=True):
    """A cell: its column, the thing in a list of whose row it is, and what stands in it."""

    column: str
    value: Typed | Share
    item: str = ""


def filled(
    criterion: Criterion, entry: Entry, say: Language, *, is_item: bool = False
) -> Iterator[Filled]:
    """What a score puts into its row, and into those of its list.

    An item of a bonus or penalty that is left out adds nothing, so where it is
    not yet known the row says so.

    A score without stages is what the unit reports itself. Later stages hold
    points or a state only; what has no place is left out.
    """
    stages = entry.stages or {"self": entry}
    if is_item and entry.fact == UNKNOWN and not entry.stages:
        yield Filled("state", _word(UNKNOWN, say))
    for stage, each in stages.items():
        if stage == "self":
            yield from _reported(criterion.scored_by, each.fact, say)
        elif isinstance(each.fact, Points):
            yield Filled(stage, _points(each.fact))
        elif isinstance(each.fact, State) and each.fact != UNKNOWN:
            yield Filled(stage, _word(each.fact, say))
    for column, text in (
        ("reason", entry.reason),
        ("evidence", "\n".join(evidence_text(each, say) for each in entry.evidence)),
        ("note", entry.note),
        ("explanation", entry.explanation),
    ):
        if text:
            yield Filled(column, text)


def texts_of(criterion: Criterion, entry: Entry | None, say: Language) -> dict[str, str]:
    """The texts that a score puts into its row, by column."""
    cells = filled(criterion, entry, say) if entry else ()
    return {cell.column: cell.value for cell in cells if isinstance(cell.value, str)}


def _points(fact: Points) -> Decimal:
    """Points as a cell holds them: what does not end is cut to the digits of a spreadsheet."""
    return fact.points if isinstance(fact.points, Decimal) else shortened(fact.points)


def _reported(rule: Rule, fact: Fact, say: Language) -> Iterator[Filled]:
    match fact:
        case Points():
            yield Filled("self", _points(fact))
        case State(_) if fact != UNKNOWN:
            yield Filled("state", _word(fact, say))
        case Value(value, is_percent):
            yield Filled("result", Share(value) if is_percent else value)
        case Ratio(part, whole):
            yield Filled("result", part)
            yield Filled("whole", whole)
        case Count(count):
            yield Filled("result", count)
        case Date(date):
            yield Filled("result", date)
        case Answer(answer) if rule.takes is OPTION and answer in rule.named(say):
            yield Filled("result", choices_of(rule, say)[answer])
        case _:
            yield from _listed(rule, fact, say)


def _listed(rule: Rule, fact: Fact, say: Language) -> Iterator[Filled]:
    """Yes or no for each item, or how many gave each answer."""
    match fact:
        case Items(met) if rule.takes is ITEMS:
            for item in rule.named(say):
                yield Filled("result", words_of(YES_NO, say)[item not in met], item)
        case Answers(answers) if rule.takes is ANSWERS:
            for answer in rule.named(say):
                yield Filled("result", answers.get(answer, 0), answer)


def _word(state: State, say: Language) -> str:
    return say.pick(STATES[state.state])


def type_into(
    sheet: "Worksheet", style: Styles, row: int, column: int, value: Typed | Share
) -> None:
    """Write what stands in a cell to fill in; a day that programs count differently is left out."""
    match value:
        case str():
            sheet.write_string(row, column, value, style.text)
        case datetime.date():
            if value.year > _FIRST_YEAR:
                sheet.write_datetime(row, column, value, style.day)
        case Share(percent):
            sheet.write_number(row, column, percent / 100, style.percent_input)
        case _:
            sheet.write_number(row, column, value, style.figure_input)
