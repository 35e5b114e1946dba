"""The place that a result would have among other units, which stay as they are."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from parindex.analysis.ranking import by_name, descending, figure_by, rules_of
from parindex.analysis.unit_figures import By, RankInput, Ties, rank_input_of
from parindex.scoring.result import Result
from parindex.values.exact import ZERO

Order = tuple[object, ...]
"""What decides between units of the same figure: the lesser comes first."""


class Peers(Struct, frozen=True):
    """Other units with the exact figure that ranks them; those without one are in `unknown`.

    Figures are `by` percent or points, as `rank` would take them, and `ties` is
    what becomes of equals; `orders` decides between these where they do not
    share a place, for each figure. `year` is that of published results, which
    are exact only as far as they were printed; None where the others are results.
    """

    figures: tuple[Fraction, ...] = ()
    unknown: int = 0
    year: int | None = None
    by: By = "percent"
    ties: Ties = "competition"
    with_keys: bool = False
    orders: tuple[Order, ...] = ()

    @property
    def of(self) -> int:
        """How many units are ranked, with the one whose place is sought."""
        return len(self.figures) + 1

    def place(self, figure: Fraction, order: Order = ()) -> int:
        """The place of a figure; `order` counts where equals do not share a place."""
        above = [other for other in self.figures if other > figure]
        if self.ties == "dense":
            return 1 + len(set(above))
        before = (
            other == figure and each < order
            for other, each in zip(self.figures, self.orders, strict=False)
        )
        return 1 + len(above) + sum(before)

    def least(self, place: int, order: Order = ()) -> tuple[Fraction, bool]:
        """The least figure of this place or a better one, and whether only more than it has that."""
        figures = set(self.figures) if self.ties == "dense" else self.figures
        falling = sorted(figures, reverse=True)
        figure = falling[place - 1] if place <= len(falling) else ZERO
        return figure, self.place(figure, order) > place

    def order(self, result: Result) -> Order:
        """What decides the place of a result among equals."""
        return _order(rank_input_of(result), with_keys=self.with_keys)


class RankRange(Struct, frozen=True):
    """The best and the worst place that a result can have; the same where all is known."""

    best: int
    worst: int
    of: int


def rank_range(result: Result, peers: Peers) -> RankRange | None:
    """The place of a result among others by its exact figure; None where it has none."""
    total = result.total
    low, high = total.low, total.high
    if peers.by == "points":
        low, high = total.least, total.most
    if low is None or high is None or not peers.figures:
        return None
    order = peers.order(result)
    return RankRange(peers.place(high, order), peers.place(low, order), peers.of)


def peers_of(results: Sequence[Result], own: Result | None = None) -> Peers:
    """The peers that results are: those that are ranked, in the order in which `rank` would put them.

    Args:
        results: the other units.
        own: the result whose place is sought; its scheme counts for the order, too.
    """
    ranked = [rank_input_of(each) for each in results if each.scorecard.ranked]
    members = ranked if own is None else [*ranked, rank_input_of(own)]
    by, ties, keys = rules_of(members, None) if members else ("percent", "competition", ())
    known = [(figure, each) for each in ranked if (figure := figure_by(each, by)) is not None]
    orders = tuple(_order(each, with_keys=bool(keys)) for _, each in known)
    return Peers(
        tuple(figure for figure, _ in known),
        len(ranked) - len(known),
        by=by,
        ties=ties,
        with_keys=bool(keys),
        orders=orders if ties == "ordinal" else (),
    )


def _order(entrant: RankInput, *, with_keys: bool) -> Order:
    return (*descending(entrant.keys if with_keys else ()), by_name(entrant))
