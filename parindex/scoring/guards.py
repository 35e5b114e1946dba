"""Guards: what stands behind a criterion that got nothing gets nothing either."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from parindex.exact import ZERO
from parindex.model.result import Outcome
from parindex.model.scheme import Scheme

Shut = Literal["zero", "unknown"]
"""What becomes of what stands behind a guard: nothing, or it is not known whether anything."""


def shut_by_guards(scheme: Scheme, outcomes: Mapping[str, Outcome]) -> dict[str, Shut]:
    """The criteria whose guards got nothing, or are not known, by code.

    A guard that got points, or does not apply, lets everything through.
    """
    found: dict[str, Shut] = {}
    for criterion in scheme.guarded:
        state = _of_guard(scheme, outcomes, criterion.requires or "")
        if state is not None:
            found[criterion.code] = state
    return found


def _of_guard(scheme: Scheme, outcomes: Mapping[str, Outcome], guard: str) -> Shut | None:
    outcome = outcomes[guard]
    if outcome.state == "not_applicable" or outcome.points:
        return None
    if outcome.points is not None and outcome.unassessed == 0:
        return "zero"
    return _included(scheme, outcomes, guard) if outcome.state == "included" else "unknown"


def _included(scheme: Scheme, outcomes: Mapping[str, Outcome], guard: str) -> Shut | None:
    """A guard within a score that was given above: only none or all of its points tell."""
    above = scheme.above.get(guard)
    while above is not None and outcomes[above.code].state == "included":
        above = scheme.above.get(above.code)
    if above is None:
        return "unknown"
    given, maximum = outcomes[above.code], above.maximum
    if given.points == 0 and given.unassessed == 0:
        return "zero"
    full = maximum is not None and given.points == maximum - (given.excluded or ZERO)
    return None if full else "unknown"


def behind(outcome: Outcome, shut: Shut, maximum: Fraction | None) -> Outcome:
    """The outcome of a criterion behind a guard; what is nothing anyhow stays as it is."""
    if outcome.state == "not_applicable" and not outcome.points:
        return outcome
    if outcome.points == 0 and outcome.unassessed == 0:
        return outcome
    if shut == "zero":
        return Outcome("zero", ZERO, outcome.excluded)
    left = None
    if maximum is not None and outcome.excluded is not None:
        left = maximum - outcome.excluded
    return Outcome("unknown", None, outcome.excluded, left)
