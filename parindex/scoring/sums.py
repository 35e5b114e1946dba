"""Sums of outcomes: points, and what is excluded or not yet known, of parts as of a whole."""

from collections.abc import Sequence
from fractions import Fraction

from parindex.exact import ZERO, add, plain
from parindex.model.result import Outcome
from parindex.model.scheme import Criterion


def reachable(below: Outcome, points: Fraction, slack: Fraction) -> str:
    """Which points the parts allow, where those given are not among them; else empty."""
    least = below.points or ZERO
    most = None if below.unassessed is None else least + below.unassessed
    if points >= least - slack and (most is None or points <= most + slack):
        return ""
    if most == least:
        return plain(least)
    return f"≥ {plain(least)}" if most is None else f"{plain(least)}…{plain(most)}"


def together(
    children: Sequence[Criterion],
    outcomes: Sequence[Outcome],
    maximum: Fraction | None,
    *,
    listed_all: bool,
) -> Outcome:
    """The outcome of a criterion, or of the whole, from those of its children.

    What is only watched, with a maximum of 0, cannot leave anything unknown.
    """
    pairs = zip(children, outcomes, strict=True)
    outcomes = [outcome for child, outcome in pairs if child.maximum != 0] or outcomes
    points = [outcome.points for outcome in outcomes if outcome.points is not None]
    excluded = total([outcome.excluded for outcome in outcomes])
    unassessed = total([outcome.unassessed for outcome in outcomes])
    if not listed_all or not children:
        listed = total([child.maximum for child in children])
        known = maximum is not None and listed is not None and unassessed is not None
        unassessed = unassessed + maximum - listed if known else None  # type: ignore[operator]
    return summed(outcomes, add(points) if points else None, excluded, unassessed)


def summed(
    outcomes: Sequence[Outcome],
    points: Fraction | None,
    excluded: Fraction | None,
    unassessed: Fraction | None,
) -> Outcome:
    """The outcome of a sum: its state follows from those of its parts."""
    states = {outcome.state for outcome in outcomes}
    if states == {"not_applicable"}:
        return Outcome("not_applicable", points, excluded, unassessed)
    if states <= {"unknown", "not_applicable"}:
        return Outcome("unknown", None, excluded, unassessed)
    if unassessed != 0 or "partial" in states or "unknown" in states:
        return Outcome("partial", points, excluded, unassessed)
    if states <= {"no_evidence", "not_applicable"}:
        return Outcome("no_evidence", points, excluded)
    return Outcome("scored" if points else "zero", points, excluded)


def total(parts: Sequence[Fraction | None]) -> Fraction | None:
    """The sum, or None where one part is not known."""
    known = [part for part in parts if part is not None]
    return add(known) if len(known) == len(parts) else None
