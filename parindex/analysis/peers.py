"""The place that an index would have among other units, which stay as they are."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from parindex.model.result import Result


class Peers(Struct, frozen=True):
    """Other units with their exact index in percent; those without one are in `unknown`.

    `year` is that of published results, which are exact only as far as they
    were printed; None where the others are results.
    """

    indices: tuple[Fraction, ...] = ()
    unknown: int = 0
    year: int | None = None

    @property
    def of(self) -> int:
        """How many units are ranked, with the one whose place is sought."""
        return len(self.indices) + 1

    def place(self, index: Fraction) -> int:
        """The place of an index: 1 + the units above it, so that equals share a place."""
        return 1 + sum(other > index for other in self.indices)

    def least(self, place: int) -> Fraction:
        """The least index that has this place or a better one."""
        falling = sorted(self.indices, reverse=True)
        return falling[place - 1] if place <= len(falling) else Fraction(0)


class Standing(Struct, frozen=True):
    """The best and the worst place that a result can have; the same where all is known."""

    best: int
    worst: int
    of: int


def standing(result: Result, peers: Peers) -> Standing | None:
    """The place of a result among others by its exact index; None where it has no index."""
    low, high = result.total.low, result.total.high
    if low is None or high is None or not peers.indices:
        return None
    return Standing(peers.place(high), peers.place(low), peers.of)


def peers_of(results: Sequence[Result]) -> Peers:
    """The peers that results are: those that are ranked, by their exact index."""
    ranked = [each.total.percent for each in results if each.scorecard.ranked]
    known = tuple(index for index in ranked if index is not None)
    return Peers(known, len(ranked) - len(known))
