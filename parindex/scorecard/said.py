"""A score in a few words, as `target`, `explain` and templates print it, in either language."""

import re
from typing import Any, Final

from parindex.rules import Rule
from parindex.scorecard.delimited.cells import is_named, value_of
from parindex.scorecard.entry_file import KINDS, STATES, form_of_short, is_ratio
from parindex.scorecard.words import state_of
from parindex.values.facts import Answer
from parindex.values.language import language
from parindex.values.normal import normalized

_NEED: Final = re.compile(
    r"(?:ít nhất|nhiều nhất|chậm nhất|at least|at most|not later than)\s+(.+)", re.IGNORECASE
)
"""What is printed before a figure that is enough; one that is only neared, as in `above`, is no score."""
_SHARE: Final = re.compile(r"(.*[0-9]\s*%)\s*(?:điểm tối đa|of the maximum)", re.IGNORECASE)
_POINTS: Final = re.compile(r"(.*[0-9])\s*(?:điểm|points?)", re.IGNORECASE)


def form_of_said(text: str, rule: Rule | None) -> dict[str, Any]:
    """The long form of a score that is said in a text; `points:0.5` names the kind itself.

    Args:
        text: an option, a list of items, a day, a figure, a ratio, a state, points;
            which of them follows from the rule.
        rule: that of the criterion; without one the text says points, or with `%` a share.
    """
    said = " ".join(normalized("NFC", text).split())
    kind, colon, rest = said.partition(":")
    takes = rule.takes.field if rule else "points"
    names = rule.named(language("vi")) if rule and takes == "figures" else {}
    if colon and kind in KINDS and kind not in names:
        return {kind: _cell(kind, rest.strip())}
    if takes == "figures" and not is_named(said):
        takes = "value"  # what is worked out of them, which some rules take too
    if said in STATES:
        return {"state": said}
    if takes == "value" and rule is not None and rule.has_standard:
        takes = "answer" if rule.meant(Answer(said)) != Answer(said) or said in names else takes
    if takes == "answer" and rule is not None:
        meant = rule.meant(Answer(said))
        return {"answer": said} if meant != Answer(said) else _state(said) or {"answer": said}
    return _state(said) or _figure(said, takes)


def points_alone(text: str) -> str:
    """Points without the word behind them."""
    found = _POINTS.fullmatch(text.strip())
    return found[1] if found else text.strip()


def _state(said: str) -> dict[str, Any]:
    state = state_of(said)
    return {} if state is None else {"state": state}


def _figure(said: str, takes: str) -> dict[str, Any]:
    """The form of a figure without the words that stand around it."""
    if found := _SHARE.fullmatch(said):
        return {"percent": found[1]}
    if found := _POINTS.fullmatch(said):
        return {"points": found[1]}
    if takes in ("value", "count", "date") and (found := _NEED.fullmatch(said)):
        said = found[1]
    if takes == "points":
        return {"percent": said} if said.endswith("%") else dict(form_of_short(said))
    if takes == "value" and is_ratio(said):
        takes = "ratio"
    return {takes: _cell(takes, said)}


def _cell(kind: str, said: str) -> Any:
    if kind == "items":
        return [said] if said else []
    return value_of(kind, said)
