"""What is typed into a template for each kind of rule: words, limits and lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from parindex.rules import Rule
from parindex.rules.options import YES_NO
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
            return Input({"validate": "list", "source": words_of(YES_NO, say)}, how, "text")
        case "count" | "answers":
            return Input(_COUNT, how)
        case "date":
            limits = {"minimum": date(year - 1, 1, 1), "maximum": date(year + 1, 12, 31)}
            return Input({"validate": "date", "criteria": "between", **limits}, how, "day")
        case "value":
            return Input(_FIGURE, how, whole=_FIGURE if takes.has_whole else None)


def rule_text(scheme: Scheme, criterion: Criterion, year: int, say: Language) -> str:
    """How a criterion is scored: its rule in words, what it stands behind, and what proves it."""
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


def words_of(words: Iterable[Sequence[str]], say: Language) -> list[str]:
    """Of words in Vietnamese and English those of the language."""
    return [say.pick(each) for each in words]


def choices_of(rule: Rule, say: Language) -> dict[str, str]:
    """What each option is called, or its id where two are called the same, by its id."""
    names = rule.named(say)
    told = [folded(name) for name in names.values()]
    return {id_: name if told.count(folded(name)) == 1 else id_ for id_, name in names.items()}
