"""Sets of sums as bits of one number, and what may be spent on them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from parindex.analysis.improvements import Comb, Move, TooMuchError

MOST_WORK: Final = 600_000_000
"""Bytes of sums that are shifted and joined, over all passes."""
EACH_WORK: Final = 2_000
"""What doing anything costs beside, in as many bytes."""


class Budget:
    """Counts what is done, whatever the time."""

    def __init__(self) -> None:
        self.work = 0

    def spend(self, size: int = 0) -> None:
        """Count one more thing that is done, with numbers of so many bits.

        Raises:
            TooMuchError: nothing is left.
        """
        self.work += size // 8 + EACH_WORK
        if self.work > MOST_WORK:
            raise TooMuchError


class Sums(NamedTuple):
    """A set of sums: bit n stands for `low` + n."""

    low: int
    bits: int

    @property
    def high(self) -> int:
        """The largest; below `low` where there are none."""
        return self.low + self.bits.bit_length() - 1

    def __contains__(self, sum_: object) -> bool:
        return isinstance(sum_, int) and sum_ >= self.low and bool(self.bits >> sum_ - self.low & 1)


def joined(sums: Sums, move: Move, window: tuple[int, int], sign: int, budget: Budget) -> int:
    """The sums within a window with each gain of a move added (or with -1 taken off), as bits."""
    low, top = window
    combs = move.option.combs if move.option else (Comb(0, 1, 1),)
    bits = 0
    for comb in combs:
        start = comb.start + move.bonus
        near, far = (low - sums.high, top - sums.low)
        if sign < 0:
            near, far = sums.low - top, sums.high - low
        first = max(0, -((start - near) // comb.step))
        last = min(comb.count - 1, (far - start) // comb.step)
        if first > last:
            continue
        highest = start + comb.step * last if sign > 0 else -(start + comb.step * first)
        bits |= _spread(sums, highest - low, comb.step, last - first + 1, budget)
    return bits & ((1 << top - low + 1) - 1)


def _spread(sums: Sums, shift: int, step: int, count: int, budget: Budget) -> int:
    """The bits of sums shifted up, and further down by each of so many steps."""
    up = sums.low + shift
    length = sums.bits.bit_length() + up
    budget.spend(length * (min(count, length // step + 1)).bit_length())
    bits = sums.bits << up if up >= 0 else sums.bits >> -up
    have = 1
    while have < count and have * step <= bits.bit_length():
        more = min(have, count - have)
        bits |= bits >> more * step
        have += more
    return bits


def fitting(move: Move, sum_: int, before: Sums) -> Iterator[int]:
    """For each comb the least gain of a move that leads from one of the sums before to a sum."""
    for comb in move.option.combs if move.option else ():
        left = sum_ - move.bonus - comb.start
        first = max(0, -(-(left - before.high) // comb.step))
        last = min(comb.count - 1, (left - before.low) // comb.step)
        numbers = (n for n in range(first, last + 1) if left - n * comb.step in before)
        number = next(numbers, None)
        if number is not None:
            yield comb.start + number * comb.step
