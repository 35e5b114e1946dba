"""What is typed into a template for each kind of rule: words, limits and lists."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from parindex.office.xlsx.headings import YES_NO
from parindex.rules import AnyRule
from parindex.rules.base import called
from parindex.rules.checklist import ChecklistRule
from parindex.rules.choice import ChoiceRule
from parindex.rules.count import CountRule
from parindex.rules.deadline import DeadlineRule
from parindex.rules.deduct import DeductRule
from parindex.rules.points import PointsRule
from parindex.rules.rate import RateRule
from parindex.rules.survey import SurveyRule
from parindex.rules.watch import WatchRule
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import folded
from parindex.tables.template import block_line
from parindex.values.language import Language

_COUNT: Final = {"validate": "integer", "criteria": ">=", "value": 0}
_FIGURE: Final = {"validate": "decimal", "criteria": ">=", "value": 0}

_LONGEST_HINT: Final = 250
"""Letters that a spreadsheet shows beside a cell."""


class Input(Struct, frozen=True):
    """The limits of a cell, how to fill it in, and its style.

    `whole` are the limits of the cell beside it, for the whole of a ratio.
    """

    limits: Mapping[str, Any]
    how: str
    style: str = "figure_input"
    whole: Mapping[str, Any] | None = None
    is_points: bool = False
    is_listed: bool = False


def input_of(rule: AnyRule | None, year: int, say: Language, *, listed: bool = False) -> Input:
    """What is typed for a rule; `listed` for a row of its list."""
    if isinstance(rule, ChecklistRule | SurveyRule):
        return (
            _listed(rule, say)
            if listed
            else Input({}, say("Fill in every row of the list below."), is_listed=True)
        )
    match rule:
        case ChoiceRule():
            found = Input({"validate": "list"}, say("Choose from the list."), "text")
        case CountRule() | DeductRule():
            found = Input(_COUNT, say("How many: a whole number, 0 where there was none."))
        case DeadlineRule():
            limits = {"minimum": date(year - 1, 1, 1), "maximum": date(year + 1, 12, 31)}
            how = say("The day on which it was done: day/month/year.")
            found = Input({"validate": "date", "criteria": "between", **limits}, how, "day")
        case WatchRule():
            how = say("The figure; of a ratio the part, and the whole beside it.")
            found = Input(_FIGURE, how, whole=_FIGURE)
        case RateRule() if rule.figures == "percent":
            how = say(
                "The part, and the whole beside it (234 of 543); or a percentage with its sign (97.2%)."
            )
            found = Input(_FIGURE, how, whole=_FIGURE)
        case RateRule():
            found = Input(_FIGURE, say("The figure, as a plain number."))
        case _:
            how = say("Points, in the column of the self-assessment.")
            found = Input({}, how, is_points=True)
    return found


def rule_text(scheme: Scheme, criterion: Criterion, year: int, say: Language) -> str:
    """How a criterion is scored: its rule in words, what it stands behind, and what proves it."""
    told: list[str] = []
    if not criterion.children and criterion.maximum is not None:
        rule = (criterion.rule or PointsRule()).of_year(year)
        told.append(rule.in_words(criterion.maximum, say))
    if criterion.requires is not None:
        told.append(say("Counts only where {code} got points.", code=criterion.requires))
    if criterion.evidence is not None:
        told.append(say("Points need documents, named in the column of evidence."))
    blocks = (block for block in scheme.adjustments if criterion in block.items)
    told += [block_line(block, say) for block in blocks if block.cap is not None]
    return "\n".join(told)


def hint_of(given: Input, rule: str) -> str:
    """What is shown while a cell is filled in: how, and how it is scored as far as there is room."""
    told = f"{given.how}\n{rule}".strip()
    return told if len(told) <= _LONGEST_HINT else f"{told[: _LONGEST_HINT - 1]}…"


def points_input(criterion: Criterion, say: Language) -> Input:
    """How points are typed: from 0 to the maximum, where that is known."""
    limits: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": 0}
    if criterion.max is not None:
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0}
        limits["maximum"] = criterion.max
    return Input(limits, say("Points from 0 to the maximum."))


def _listed(rule: ChecklistRule | SurveyRule, say: Language) -> Input:
    if isinstance(rule, SurveyRule):
        return Input(_COUNT, say("How many gave this answer; 0 where nobody did."))
    words = [words[0 if say.code == "vi" else 1] for words in YES_NO]
    return Input({"validate": "list", "source": words}, say("Yes or no."), "text")


def choices_of(rule: ChoiceRule, say: Language) -> Iterator[tuple[str, Decimal]]:
    """What each option is called, or its id where two are called the same, and its points."""
    names = {option: called(option, rule.names, say) for option in rule.options}
    told = [folded(name) for name in names.values()]
    for option, points in rule.options.items():
        name = names[option]
        yield (name if told.count(folded(name)) == 1 else option), points


def items_of(rule: AnyRule | None, say: Language) -> Iterator[tuple[str, str]]:
    """The id and name of each thing in a rule's list."""
    if isinstance(rule, ChecklistRule):
        for item in rule.items:
            yield item, called(item, rule.names, say)
    elif isinstance(rule, SurveyRule):
        for answer in (*rule.weights, *rule.left_out):
            yield answer, answer
