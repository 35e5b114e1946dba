"""The cells of a template to fill in: limits, lists and hints, and what a scorecard puts into them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from parindex.office.xlsx.evidence import evidence_text
from parindex.office.xlsx.headings import TEXTS
from parindex.rules import Rule
from parindex.rules.input import ANSWERS, ITEMS, OPTION
from parindex.rules.options import YES_NO
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry
from parindex.scorecard.words import STATES, folded
from parindex.tables.template import block_line
from parindex.values.exact import approximate
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

_FROM_0: Final = {"criteria": ">=", "value": 0}


class Input(Struct, frozen=True):
    """The limits of a cell, how to fill it in, and its style."""

    limits: dict[str, Any]
    how: str
    style: str = "figure"


def input_of(rule: Rule, year: int, say: Language) -> Input:
    """The cell for what a rule takes, or for each row of its list."""
    takes = rule.takes
    how = say(takes.row or takes.how)
    match takes.field:
        case "points":
            return Input({}, how)
        case "answer":
            return Input({"validate": "list"}, how, "text")
        case "items":
            return Input({"validate": "list", "source": [*map(say.pick, YES_NO)]}, how, "text")
        case "count" | "answers":
            return Input({"validate": "integer", **_FROM_0}, how)
        case "date":
            first, last = datetime.date(year - 1, 1, 1), datetime.date(year + 1, 12, 31)
            limits = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
            return Input(limits, how, "day")
        case "value":
            return Input({"validate": "decimal", **_FROM_0}, how)


def points_limits(criterion: Criterion) -> dict[str, Any]:
    """How points are typed: from 0 to the maximum, where that is known."""
    if criterion.max is None:
        return {"validate": "decimal", **_FROM_0}
    most = criterion.max
    return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": most}


def rule_text(scheme: Scheme, criterion: Criterion, year: int, say: Language) -> str:
    """How a criterion is scored: its rule in words, its guard, and what proves it."""
    told: list[str] = []
    if not criterion.children and criterion.maximum is not None:
        told.append(criterion.scored_by.of_year(year).in_words(criterion.maximum, say))
    if criterion.requires is not None:
        told.append(say("Counts only where {code} got points.", code=criterion.requires))
    if criterion.evidence is not None:
        told.append(say("Points need documents, named in the column of evidence."))
    blocks = (block for block in scheme.adjustments if criterion in block.items)
    told += [block_line(block, say) for block in blocks if block.cap is not None]
    return "\n".join(told)


def choices_of(rule: Rule, say: Language) -> dict[str, str]:
    """What each option is called, or its id where two are called the same, by its id."""
    names = rule.named(say)
    told = [folded(name) for name in names.values()]
    return {id_: name if told.count(folded(name)) == 1 else id_ for id_, name in names.items()}


class Percent(Struct, frozen=True):
    """A percentage, which a spreadsheet stores as a hundredth of it."""

    value: Decimal


Typed = str | Decimal | int | datetime.date | Percent
Filled = tuple[str, Typed, str]
"""A cell: its column, its value, and the thing in a list of whose row it is, or an empty text."""


def filled(
    criterion: Criterion, entry: Entry, say: Language, *, is_item: bool = False
) -> Iterator[Filled]:
    """What a score puts into its row, and into those of its list.

    An item of a bonus or penalty that is left out adds nothing, so where it is
    not yet known the row says so.

    A score without stages is what the unit reports itself. Later stages hold
    points or a state only; what has no place is left out.
    """
    if is_item and entry.fact == UNKNOWN and not entry.stages:
        yield "state", say.pick(STATES["unknown"]), ""
    for stage, each in (entry.stages or {"self": entry}).items():
        match each.fact:
            case Points(points):
                # What does not end is cut to the digits of a spreadsheet.
                yield stage, points if isinstance(points, Decimal) else approximate(points), ""
            case State(state) if each.fact != UNKNOWN:
                yield "state" if stage == "self" else stage, say.pick(STATES[state]), ""
            case _ if stage == "self":
                for value, item in _reported(criterion.scored_by, each.fact, say):
                    yield "result", value, item
                if isinstance(each.fact, Ratio):
                    yield "whole", each.fact.whole, ""
    lines = "\n".join(evidence_text(each, say) for each in entry.evidence)
    texts = {column: lines if column == "evidence" else getattr(entry, column) for column in TEXTS}
    yield from ((column, text, "") for column, text in texts.items() if text)


def _reported(rule: Rule, fact: Fact, say: Language) -> Iterator[tuple[Typed, str]]:
    names = rule.named(say)
    match fact:
        case Value(value, is_percent):
            yield Percent(value) if is_percent else value, ""
        case Ratio(told) | Count(told) | Date(told):
            yield told, ""
        case Answer(answer) if rule.takes is OPTION and answer in names:
            yield choices_of(rule, say)[answer], ""
        case Items(met) if rule.takes is ITEMS:
            yield from ((say.pick(YES_NO[item not in met]), item) for item in names)
        case Answers(answers) if rule.takes is ANSWERS:
            yield from ((answers.get(answer, 0), answer) for answer in names)
