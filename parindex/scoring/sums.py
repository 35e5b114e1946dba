"""Sums of outcomes: of criteria and parts, of bonus and penalty, and by the origin of points."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from parindex.scheme.proof import parts_inside
from parindex.scheme.proof import within as parts_within
from parindex.scheme.scheme import ORIGIN, Adjustment, Scheme
from parindex.scoring.outcome import NodeState, Outcome
from parindex.scoring.result import Range
from parindex.values.exact import ZERO, RoundingMode, add, points_unit, rounded, to_text


def tolerance(figures: int, digits: int) -> Fraction:
    """By how much a total may differ from the sum of so many rounded figures, in points.

    `digits` are the decimals of the scheme's index.
    """
    return (figures + 1) * points_unit(digits)


def bounds(outcome: Outcome) -> tuple[Fraction, Fraction | None]:
    """The fewest points and the most; the second is None where it is not known."""
    points = outcome.points or ZERO
    most = None if outcome.unassessed is None else points + outcome.unassessed
    return points - outcome.below, most


def known(outcome: Outcome) -> bool:
    """Whether all points are known."""
    return outcome.unassessed == 0 and outcome.state not in ("unknown", "partial")


def agree(below: Outcome, given: Outcome, slack: Fraction) -> bool:
    """Whether two outcomes of one thing can both be true."""
    (least, most), (from_, to) = bounds(below), bounds(given)
    return (most is None or from_ <= most + slack) and (to is None or least <= to + slack)


def range_text(outcome: Outcome) -> str:
    """The points that an outcome allows, for messages."""
    least, most = bounds(outcome)
    if most == least:
        return to_text(least)
    return f"≥ {to_text(least)}" if most is None else f"{to_text(least)}…{to_text(most)}"


def within(below: Outcome, points: Fraction) -> Fraction:
    """Points that were given rounded, as the parts allow them exactly."""
    least, most = bounds(below)
    return max(least, points if most is None else min(points, most))


def applicable(outcome: Outcome, maximum: Fraction | None) -> Fraction | None:
    """The maximum of what applies; None where it is not known."""
    return None if maximum is None or outcome.excluded is None else maximum - outcome.excluded


def aggregate_children(
    parts: Sequence[tuple[Fraction | None, Outcome]], maximum: Fraction | None
) -> Outcome:
    """The outcome of a criterion, or of the whole, from its parts and their maxima.

    Parts whose maximum is unknown share what the others leave of the whole.
    What is only watched, with a maximum of 0, cannot leave anything unknown.
    """
    open_ = [outcome for size, outcome in parts if size is None]
    if open_ and maximum is not None:
        sizes = [(size, outcome) for size, outcome in parts if size is not None]
        rest = maximum - add(size for size, _ in sizes)
        parts = [*sizes, (rest, _shared(open_, rest))]
    outcomes = [outcome for size, outcome in parts if size != 0] or [each for _, each in parts]
    return limited(_added(outcomes), maximum)


def _added(outcomes: Sequence[Outcome]) -> Outcome:
    points = [outcome.points for outcome in outcomes if outcome.points is not None]
    excluded = total([outcome.excluded for outcome in outcomes])
    unassessed = total([outcome.unassessed for outcome in outcomes])
    known_ = add(points) if points else None
    below = add(outcome.below for outcome in outcomes if outcome.below is not ZERO)
    return aggregate(outcomes, known_, excluded, unassessed)._replace(below=below)


def _shared(outcomes: Sequence[Outcome], maximum: Fraction) -> Outcome:
    """The outcome of parts of unknown maxima, of which the sum is known."""
    if all(outcome.state == "not_applicable" for outcome in outcomes):
        if all(outcome.excluded != 0 and outcome.points is None for outcome in outcomes):
            return not_applicable(maximum, full_points=False)
        if all(outcome.excluded == 0 for outcome in outcomes):
            return not_applicable(maximum, full_points=True)
    shared = _added(outcomes)
    if shared.unassessed is not None:
        return shared
    state: NodeState = "unknown" if shared.points is None else "partial"
    return shared._replace(state=state, unassessed=maximum - max(ZERO, shared.points or ZERO))


def limited(outcome: Outcome, maximum: Fraction | None) -> Outcome:
    """An outcome of which no more is unknown than what applies of the maximum leaves."""
    limit = None if outcome.unassessed == 0 else applicable(outcome, maximum)
    if limit is None:
        return outcome
    left = max(ZERO, limit - max(ZERO, outcome.points or ZERO))
    if outcome.unassessed is None or left < outcome.unassessed:
        return outcome._replace(unassessed=left)
    return outcome


def not_applicable(maximum: Fraction | None, *, full_points: bool) -> Outcome:
    """What does not apply: it leaves the maximum, or has full points.

    The number of these is unknown where the maximum is.
    """
    if not full_points:
        return Outcome("not_applicable", None, maximum)
    return Outcome("not_applicable", maximum, ZERO, None if maximum is None else ZERO)


def aggregate(
    outcomes: Sequence[Outcome],
    points: Fraction | None,
    excluded: Fraction | None,
    unassessed: Fraction | None,
) -> Outcome:
    """The outcome of a sum: its state follows from those of its parts."""
    states = {outcome.state for outcome in outcomes}
    if states == {"not_applicable"} and unassessed == 0:
        return Outcome("not_applicable", points, excluded)
    if unassessed != 0 or states & {"partial", "unknown"} or not states:
        state: NodeState = "unknown" if points is None else "partial"
        return Outcome(state, points, excluded, unassessed)
    if states <= {"no_evidence", "not_applicable"} and not points:
        return Outcome("no_evidence", points, excluded)
    return Outcome("scored" if points else "zero", points, excluded)


def round_outcome(
    outcome: Outcome, digits: int, mode: RoundingMode, maximum: Fraction | None
) -> Outcome:
    """An outcome whose points, and the fewest and most that they can become, are rounded.

    None is rounded to more than what applies of the maximum.
    """
    if outcome.points is None:
        return outcome
    limit = applicable(outcome, maximum)

    def of(points: Fraction) -> Fraction:
        near = Fraction(rounded(points, digits, mode))
        return near if limit is None else min(near, limit)

    points = of(outcome.points)
    unassessed = outcome.unassessed
    if unassessed:
        unassessed = of(outcome.points + unassessed) - points
    below = points - of(outcome.points - outcome.below) if outcome.below else ZERO
    return outcome._replace(points=points, unassessed=unassessed, below=below)


def total(parts: Sequence[Fraction | None]) -> Fraction | None:
    """The sum, or None where one part is not known."""
    known = [part for part in parts if part is not None]
    return add(part for part in known if part is not ZERO) if len(known) == len(parts) else None


def adjustments(scheme: Scheme, outcomes: Mapping[str, Outcome]) -> dict[str, Range]:
    """What each block adds at least and at most; a penalty adds less than nothing."""
    return {block.id: _block(block, outcomes) for block in scheme.adjustments}


def _block(block: Adjustment, outcomes: Mapping[str, Outcome]) -> Range:
    items = [(outcomes[item.code], item.maximum or ZERO) for item in block.items]
    least = add(outcome.points or ZERO for outcome, _ in items)
    most = add(
        maximum if outcome.state == "unknown" else outcome.points or ZERO
        for outcome, maximum in items
    )
    if block.cap is not None:
        least, most = min(least, Fraction(block.cap)), min(most, Fraction(block.cap))
    return Range(least, most) if block.kind == "bonus" else Range(-most, -least)


def by_origin(scheme: Scheme, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """The parts of the partition `origin`, added up from the leaves where all have one."""
    found: dict[str, Outcome] = {}
    for part, codes in leaves_by_origin(scheme):
        parts = [_apart(scheme.by_code[code].maximum, outcomes[code]) for code in codes]
        nothing = Outcome("zero", ZERO)  # of a part that no leaf comes from
        found[part] = (
            aggregate_children(parts, total([size for size, _ in parts])) if parts else nothing
        )
    return found


def leaves_by_origin(scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    """The parts of the partition `origin`, each with the codes of the leaves in it.

    Nothing unless every leaf of the scheme has an origin.
    """
    if not scheme.origins or ORIGIN not in scheme.partitions:
        return
    inside = parts_inside(scheme.partitions[ORIGIN])
    for part in scheme.partitions[ORIGIN]:
        inner = parts_within(inside, part.id)
        yield part.id, [code for code, origin in scheme.origins.items() if origin in inner]


def _apart(maximum: Fraction | None, leaf: Outcome) -> tuple[Fraction | None, Outcome]:
    """Points that are included in a score above are not known by themselves."""
    if leaf.state == "included":
        left = applicable(leaf, maximum) if leaf.unassessed is None else leaf.unassessed
        leaf = leaf._replace(state="unknown", unassessed=left)
    return maximum, leaf
