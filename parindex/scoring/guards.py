"""Guards: what stands behind a criterion that got nothing gets nothing either."""

from fractions import Fraction
from typing import Literal, NamedTuple

from parindex.scoring.result import Outcome
from parindex.values.exact import ZERO


class Shut(NamedTuple):
    """What a guard makes of the leaves behind it: nothing, or it is not known whether anything."""

    becomes: Literal["zero", "unknown"]
    guard: str


def tighter(one: Shut | None, other: Shut | None) -> Shut | None:
    """Of two guards the one that leaves less; of two alike the first."""
    if one is None or (other is not None and (one.becomes, other.becomes) == ("unknown", "zero")):
        return other
    return one


def behind(outcome: Outcome, shut: Shut | None, maximum: Fraction | None) -> Outcome:
    """The outcome of a leaf behind a guard.

    What does not apply, and what is nothing anyhow, stays as it is.
    """
    if shut is None or outcome.state == "not_applicable":
        return outcome
    if outcome.points == 0 and outcome.unassessed == 0:
        return outcome
    if shut.becomes == "zero":
        return Outcome("zero", ZERO)
    return Outcome("unknown", None, unassessed=maximum)
