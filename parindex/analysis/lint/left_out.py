"""Criteria of which nothing is said."""

from collections.abc import Iterator

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring.result import Result
from parindex.values.codes import CRITERION_LEFT_OUT, NOTHING_FILLED_IN
from parindex.values.facts import UNKNOWN
from parindex.values.finding import Finding

_NOTHING = Entry(UNKNOWN)


def left_out(
    card: Scorecard, scheme: Scheme, result: Result | None, unread: frozenset[str]
) -> Iterator[Finding]:
    """P607: a leaf that has neither a score nor a word of why, nor has any criterion above it.

    Rests on the rule that what is not known is said to be unknown. A scorecard
    without scores, or with a total or parts, does not score leaf by leaf. What
    is only shown, what the profile leaves out, and what a guard shuts need no word.
    Where codes are wrong that the scheme lacks, and no fewer, the leaves are said by these.
    """
    if not (card.scores or unread) or card.parts or card.total is not None:
        return
    off = scheme.profiles.get(card.profile, ()) if card.profile else ()
    silent = frozenset((*card.scores, *off, *unread))
    leaves = [
        leaf
        for area in scheme.criteria
        for leaf in _silent(area, silent)
        if result is None or result.node(leaf.code).state == "unknown"
    ]
    if len(leaves) <= len(card.scores.keys() - scheme.by_code.keys()):
        return
    for leaf in leaves:
        path = ("scores", leaf.code)
        place = card.places.locate(path, key=True) if card.places else None
        yield Finding(CRITERION_LEFT_OUT, leaf.code, {"name": leaf.name.vi}, path, place)


def blank(card: Scorecard) -> Iterator[Finding]:
    """P609: a form of which nothing is filled in.

    Rests on what is in the file alone: no fact, no part, no total, no count and no printed figure.
    """
    given = card.parts or card.counts or card.published or card.total is not None
    if given or any(entry != _NOTHING for entry in card.scores.values()):
        return
    place = card.places.locate(("unit",)) if card.places else None
    yield Finding(NOTHING_FILLED_IN, "", {"found": card.unit}, ("unit",), place)


def _silent(criterion: Criterion, said: frozenset[str]) -> Iterator[Criterion]:
    """The leaves without a word of their own or above them."""
    if criterion.code in said:
        return
    for child in criterion.children:
        yield from _silent(child, said)
    rule = criterion.scored_by
    if not criterion.children and (rule.is_added or rule.has_standard):
        yield criterion
