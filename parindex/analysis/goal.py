"""What a target asks for: the least points with which a result reaches it."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.analysis.rank_among import Peers
from parindex.findings import InputError
from parindex.scoring.result import Result
from parindex.values.codes import OUT_OF_RANGE, TOTAL_MAXIMUM_UNKNOWN
from parindex.values.exact import ZERO, least_rounded
from parindex.values.finding import Finding
from parindex.values.fuzzy import find_named
from parindex.values.language import N_

_NO_CONDITIONS: Final = N_("--index or --rank: this band asks for more than points of the whole")


class Goal(Struct, frozen=True):
    """A band by its name, an index as printed in percent, or a place among `peers`."""

    band: str | None = None
    index: Decimal | None = None
    rank: int | None = None
    peers: Peers = Peers()


class Bound(Struct, frozen=True):
    """The least points of the whole, before bonus and penalty; `open` if only more than these do."""

    points: Fraction
    open: bool = False

    def reached(self, points: Fraction) -> bool:
        """Whether so many points suffice."""
        return points > self.points if self.open else points >= self.points


def bound_of(result: Result, goal: Goal) -> Bound | None:
    """The least points with which a goal is reached; None where no points are enough.

    The index that counts for a band is the printed one, rounded as the scheme
    rounds; a rank goes by the exact index or points, as the scheme ranks.

    Raises:
        InputError: P207 no such band or no such place, P223 the maximum is not known.
    """
    whole = result.total.applicable_max
    if not whole:
        places = result.scorecard.places
        raise InputError(
            [Finding(TOTAL_MAXIMUM_UNKNOWN, place=places.locate(()) if places else None)]
        )
    final = _final(result, goal, whole)
    added = result.total.added.low if result.total.added else ZERO
    if final.points > whole and (result.total.clamp or not added):
        return None
    points = Bound(final.points - added, final.open)
    rounding = result.scheme.rounding.points
    if rounding and rounding.at == "total":
        mode = result.scheme.rounding.mode
        points = Bound(*least_rounded(points.points, rounding.digits, mode, above=points.open))
    return points


def _final(result: Result, goal: Goal, whole: Fraction) -> Bound:
    """The least points with bonus and penalty."""
    rounding = result.scheme.rounding
    if goal.rank is not None:
        peers = goal.peers
        if not 1 <= goal.rank <= peers.of or not peers.figures:
            values = {"found": str(goal.rank), "expected": f"1…{peers.of}"}
            raise InputError([Finding(OUT_OF_RANGE, "rank", values)])
        figure, is_open = peers.least(goal.rank, peers.order(result))
        return Bound(figure * whole / 100 if peers.by == "percent" else figure, is_open)
    if goal.index is not None:
        points, is_open = least_rounded(goal.index, rounding.index, rounding.mode)
        return Bound(points * whole / 100, is_open)
    bands = result.band_set
    steps = {each.name: each for each in bands.steps} if bands else {}
    step = steps.get(find_named(goal.band or "", steps) or "")
    if bands is None or step is None or step.edge is None:
        names = [each.name for each in bands.steps if each.edge is not None] if bands else []
        expected = ", ".join(names) or N_("a year of which the bands are known")
        values = {"found": goal.band or "", "expected": expected}
        raise InputError([Finding(OUT_OF_RANGE, "band", values)])
    if bands.worst_of or step.where:
        values = {"found": step.name, "expected": _NO_CONDITIONS}
        raise InputError([Finding(OUT_OF_RANGE, "band", values)])
    above = step.above is not None
    points, is_open = least_rounded(step.edge, rounding.index, rounding.mode, above=above)
    return Bound(points * whole / 100 if bands.by == "percent" else points, is_open)
