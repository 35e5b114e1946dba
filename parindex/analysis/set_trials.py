"""Sets of leaves that are tried one after the other, and the least gains with which they are enough."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from parindex.analysis.improvements import Improvements, Move, Option

MOST_TRIED: Final = 1_000_000
"""Sums that are tried within these sets."""
MOST_SPARED: Final = 500
"""Leaves that are left out for trial where only a plan that is enough is looked for."""
Path = tuple[tuple[int, Move], ...]
"""The leaves that are raised, by their numbers and in the order of the search."""


class Found(NamedTuple):
    """A set of leaves with the gain of each, in the scheme's order, and what all give together."""

    total: int
    gains: tuple[tuple[int, int], ...]

    @property
    def leaves(self) -> tuple[int, ...]:
        """The leaves alone."""
        return tuple(leaf for leaf, _ in self.gains)


class Tries:
    """Looks for the least total of single sets, exactly as long as the budget lasts."""

    def __init__(self, need: int) -> None:
        self.need = need
        self.exact = True
        self._left = MOST_TRIED

    @property
    def spent(self) -> bool:
        """Whether nothing of the budget is left."""
        return self._left <= 0

    def least(self, path: Path) -> Found:
        """The least total found that is enough, of leaves that all have some gain."""
        need = self.need - sum(move.bonus for _, move in path)
        options = [move.option for _, move in path if move.option]
        self._left -= sum(len(option.combs) for option in options)
        gains = min(_trimmed(options, need), key=sum)
        if sum(gains) > max(need, 0) and len(options) > 1:
            gains = min([gains, *self._all(options, need)], key=sum)
        total = sum(gains) + self.need - need
        return Found(total, tuple(sorted((n, g) for (n, _), g in zip(path, gains, strict=True))))

    def _all(self, options: Sequence[Option], need: int) -> Iterator[list[int]]:
        """All choices of gains, the last of which follows; none where that would be too many."""
        sizes = [sum(comb.count for comb in option.combs) for option in options]
        largest = sizes.index(max(sizes))
        others = [option for n, option in enumerate(options) if n != largest]
        tries = prod(size for n, size in enumerate(sizes) if n != largest)
        if tries > self._left:
            self.exact = False
            return
        self._left -= tries
        for chosen in product(*map(_gains, others)):
            last = options[largest].least_from(need - sum(chosen))
            if last is not None:
                yield [*chosen[:largest], last, *chosen[largest:]]


def _trimmed(options: Sequence[Option], need: int) -> Iterator[list[int]]:
    """Gains of options that are enough together, lowered one after the other from the most."""
    by_step = sorted(
        range(len(options)), key=lambda n: (-min(c.step for c in options[n].combs), -n)
    )
    orders = [by_step, *([n] for n in range(len(options)) if len(options) <= 4)]  # noqa: PLR2004
    for order in orders:
        gains = [option.most for option in options]
        spare = sum(gains) - need
        for n in order:
            gain = options[n].least_from(gains[n] - spare) or gains[n]
            spare -= gains[n] - gain
            gains[n] = gain
        yield gains


def _gains(option: Option) -> Iterator[int]:
    for comb in option.combs:
        yield from range(comb.start, comb.most + 1, comb.step)


def leaves_of(path: Path) -> tuple[int, ...]:
    """The leaves that are raised, in the scheme's order."""
    return tuple(sorted(n for n, _ in path))


def thinned(problem: Improvements) -> Found:
    """A set that is enough: all leaves without those that can be spared, the smallest first."""
    chosen = set(problem.relevant_raisable)
    places = {n: at for at, (n, _) in enumerate(problem.path(chosen))}
    smallest = sorted(
        chosen,
        key=lambda n: (max(o.most for o in problem.items[n].options), -places.get(n, len(places))),
    )
    for n in smallest[:MOST_SPARED]:
        if sum(move.most for _, move in problem.path(chosen - {n})) >= problem.need:
            chosen.discard(n)
    return Tries(problem.need).least(tuple(problem.path(chosen)))
