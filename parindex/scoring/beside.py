"""What stands beside the tree: bonus and penalty blocks, and sums by the origin of points."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from parindex.scheme.proof import within
from parindex.scheme.scheme import ORIGIN, Adjustment, Scheme
from parindex.scoring.result import Outcome, Range
from parindex.scoring.sums import together, total
from parindex.values.exact import ZERO, add


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
        found[part] = together(parts, total([size for size, _ in parts])) if parts else nothing
    return found


def leaves_by_origin(scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    """The parts of the partition `origin`, each with the codes of the leaves in it.

    Nothing unless every leaf of the scheme has an origin.
    """
    if not scheme.origins or ORIGIN not in scheme.partitions:
        return
    for part in scheme.partitions[ORIGIN]:
        inside = within(scheme.partitions[ORIGIN], part.id)
        yield part.id, [code for code, origin in scheme.origins.items() if origin in inside]


def _apart(maximum: Fraction | None, leaf: Outcome) -> tuple[Fraction | None, Outcome]:
    """Points that are included in a score above are not known by themselves."""
    if leaf.state == "included":
        leaf = leaf._replace(state="unknown", unassessed=maximum)
    return maximum, leaf
