"""Criteria of which nothing is said."""

from collections.abc import Iterator
from fractions import Fraction

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring.result import Result
from parindex.values.codes import CRITERION_LEFT_OUT, NOTHING_FILLED_IN, SUM_OF_KNOWN_ONLY
from parindex.values.exact import to_text
from parindex.values.facts import UNKNOWN, Points
from parindex.values.finding import Finding, Path

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


def sums(card: Scorecard, scheme: Scheme, result: Result | None) -> Iterator[Finding]:
    """P615: points of a criterion, or of all, that are the sum of what is known while something is not.

    Rests on the rule that points given for a whole count, so that nothing is open below them.
    """
    if result is None:
        return
    if card.total is not None and _is_of_known(result.total.points, scheme.criteria, result):
        yield _sum(card, "", ("total",), to_text(card.total))
    for code, entry in card.scores.items():
        criterion = scheme.by_code.get(code)
        if criterion is None or not isinstance(entry.fact, Points):
            continue
        if _is_of_known(result.node(code).points, criterion.children, result):
            yield _sum(card, code, ("scores", code), to_text(entry.fact.points))


def _is_of_known(points: Fraction | None, below: tuple[Criterion, ...], result: Result) -> bool:
    parts = [result.node(each.code) for each in below]
    known = [part.points for part in parts if part.points is not None]
    return bool(known) and points == sum(known) and not all(part.complete for part in parts)


def _sum(card: Scorecard, code: str, path: Path, found: str) -> Finding:
    place = card.places.locate(path) if card.places else None
    return Finding(SUM_OF_KNOWN_ONLY, code, {"found": found}, path, place)


def _silent(criterion: Criterion, said: frozenset[str]) -> Iterator[Criterion]:
    """The leaves without a word of their own or above them."""
    if criterion.code in said:
        return
    for child in criterion.children:
        yield from _silent(child, said)
    rule = criterion.scored_by
    if not criterion.children and (rule.is_added or rule.has_standard):
        yield criterion
