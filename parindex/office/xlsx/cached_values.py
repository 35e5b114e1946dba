"""What the formulas of a filled-in workbook give, for programs that show what is stored in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.rules.input import POINTS
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring.result import Result
from parindex.values.exact import ZERO, approximate, to_decimal_or_none
from parindex.values.facts import UNKNOWN, Fact, Points, State

_APART: Final = State("not_applicable")
TOTAL: Final = ""
"""The code of the total."""
STATUS, GUARD, COUNTED = "status ", "guard ", "counted "
"""Before a stage: whether a criterion lets through what stands behind it (1, -1 for no, 0 for not
known), whether all guards of a leaf do, and what counts of points that are typed."""


def values_of(
    card: Scorecard, scheme: Scheme, live: Collection[str], stages: Iterable[Stage]
) -> Mapping[tuple[str, str], Decimal]:
    """The value of each formula by stage (or `difference`) and code, as parindex scores it.

    It scores only what the formulas see: rows that parindex computes count for
    nothing. Without scores, or with points that are rounded on the way, nothing
    is stored.
    """
    found: dict[tuple[str, str], Fraction] = {}
    for stage in stages if card.scores and scheme.rounding.points is None else ():
        of_stage = live if stage == "self" else ()
        seen = dict(_seen(card, scheme, stage, of_stage))
        result = _scored(card, scheme, seen)
        if result is not None:
            found |= {(stage, code): value for code, value in _cells(result, of_stage)}
            found |= {(f"{COUNTED}{stage}", code): value for code, value in _counted(result, seen)}
            found |= _open(result, stage)
    for code in scheme.by_code:
        if ("self", code) in found and ("appraised", code) in found:
            found["difference", code] = found["appraised", code] - found["self", code]
    decimals = {key: to_decimal_or_none(value) for key, value in found.items()}
    return {key: approximate(found[key]) if d is None else d for key, d in decimals.items()}


def _seen(
    card: Scorecard, scheme: Scheme, stage: Stage, live: Collection[str]
) -> Iterator[tuple[str, Fact]]:
    """What the formulas of a stage see; what does not apply may be said by the unit alone."""
    for code, entry in card.scores.items():
        criterion, stages = scheme.by_code.get(code), entry.stages or {"self": entry}
        fact = stages[stage].fact if stage in stages else UNKNOWN
        if criterion is None or (stage not in stages and is_full_points(scheme, criterion)):
            continue
        if stage not in stages and "self" in stages and stages["self"].fact == _APART:
            fact = _APART
        is_typed = isinstance(fact, Points | State) or criterion.scored_by.takes is POINTS
        if fact != UNKNOWN and (code in live or is_typed):
            yield code, fact


def _cells(result: Result, live: Collection[str]) -> Iterator[tuple[str, Fraction]]:
    """The points of sums and of live formulas, those that are typed, and the total."""
    for code, criterion in result.scheme.by_code.items():
        points, given = result.node(code).points, result.scorecard.scores.get(code)
        if given is not None and isinstance(given.fact, Points):
            yield code, Fraction(given.fact.points)
        elif points is not None and (criterion.children or code in live):
            yield code, points
    if result.total.final is not None:
        yield TOTAL, result.total.final


def _counted(result: Result, seen: Collection[str]) -> Iterator[tuple[str, Fraction]]:
    """What each leaf adds to the sums; bonus and penalty only where something is said of them."""
    for leaf in result.scheme.leaves:
        points = result.node(leaf.code).points
        if points is not None and (leaf.code in seen or leaf.code not in result.scheme.items):
            yield leaf.code, points


def _open(result: Result, stage: Stage) -> Iterator[tuple[tuple[str, str], Fraction]]:
    """Which guards are open, and for each leaf whether all of its guards are."""
    for code, guards in guards_of(result.scheme).items():
        statuses = {guard: Fraction(_status(result, guard)) for guard in guards}
        yield from (((f"{STATUS}{stage}", guard), each) for guard, each in statuses.items())
        yield (f"{GUARD}{stage}", code), min(statuses.values())


def _scored(card: Scorecard, scheme: Scheme, facts: Mapping[str, Fact]) -> Result | None:
    """The result of these facts alone, without those that are refused; None where none of them fits."""
    from parindex.scoring import score

    own = {code: Entry(fact) for code, fact in facts.items()}
    other: dict[str, Any] = dict.fromkeys(("total", "published", "profile", "applicable_max"))
    try:
        return score(replace(card, scores=own, parts={}, **other), scheme)
    except InputError as error:
        refused = {finding.where for finding in error.findings}
        left = {code: fact for code, fact in facts.items() if code not in refused}
        return _scored(card, scheme, left) if len(left) < len(facts) else None


def _status(result: Result, guard: str) -> int:
    node = result.node(guard)
    if node.state == "not_applicable" or (node.points or ZERO) > 0:
        return 1
    return -1 if node.points is not None and node.complete else 0


def is_full_points(scheme: Scheme, leaf: Criterion) -> bool:
    """Whether a leaf that does not apply gets its maximum."""
    return (leaf.not_applicable or scheme.not_applicable) == "full-points"


def guards_of(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """The guards behind which each leaf stands, its own and those of what is above it, by code."""
    found = {
        leaf.code: dict.fromkeys(each.requires for each in reversed(scheme.lineage(leaf.code)))
        for leaf in scheme.leaves
        if leaf.code not in scheme.items
    }
    guards = {code: tuple(filter(None, each)) for code, each in found.items()}
    return {code: each for code, each in guards.items() if each}
