"""Smallest set of improvements whose combined gain reaches the target; ties by least gain. Exact search.

How many leaves it takes follows from the most that so many can give. The best
set of so many gives more than what is needed: the rest is slack. Every other
choice (another leaf, or a smaller gain of one) loses something against the best
choice; a set is enough as long as its losses do not exceed the slack. Sets of
losses are numbers whose bits stand for sums. From the losses that are still to
come the least total that a beginning can lead to is known exactly, so the sets
are built leaf by leaf, always at the most promising beginning.

Where there are too many sums, the sets that can be enough are tried one by one,
if they are few.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain, product
from math import prod
from operator import lshift, rshift
from typing import Final, NamedTuple

from parindex.analysis.improvements import (
    NONE_OPEN,
    Improvements,
    Move,
    State,
    TooMuchError,
)

MOST_ENTRIES: Final = 2_000_000
"""Combinations of a leaf, a state and a number of leaves that are looked at."""
MOST_BITS: Final = 500_000_000
"""Room for all sums."""
MOST_WORK: Final = 20_000_000_000
"""Bits of sums that are shifted."""
MOST_TRIED: Final = 300_000
"""Gains that are tried one by one where there are too many sums."""
EACH_WORK: Final = 5_000
"""What a shift costs beside, in as many bits."""
MOST_TIES: Final = 100
"""Sets that are looked at where guards come after what they open, so that the first are not found first."""
NEVER: Final = -1
"""In place of a sum where so many leaves cannot be raised."""
RAISED: Final = b"\0"
LEFT: Final = b"\1"
Key = tuple[State, int]
"""The guards that are open, and how many leaves are still to be raised."""
Shift = Callable[[int, int], int]


class Found(NamedTuple):
    """A set of leaves with the gain of each, in the scheme's order, and what all give together."""

    total: int
    gains: tuple[tuple[int, int], ...]

    @property
    def leaves(self) -> tuple[int, ...]:
        """The leaves alone."""
        return tuple(leaf for leaf, _ in self.gains)


class Step(NamedTuple):
    """A move, where it leads, and what its largest gain loses against the best move."""

    move: Move
    after: Key
    loss: int


def best_sets(problem: Improvements, most: int) -> list[Found]:
    """The best sets, at most so many.

    Fewest leaves first, then the least total that is enough, then the order of
    the leaves. Empty where even all leaves are not enough.

    Raises:
        TooMuchError: there is too much to look at.
    """
    search = _Search(problem)
    if search.spare < 0:
        return []
    if not search.has_room:
        return _first(search.tried(), most)
    in_order = list(search.order) == sorted(search.order)
    sets = search.sets(most, most if in_order else MOST_TIES)
    return _first(map(search.found, sets), most)


def _first(found: Iterable[Found], most: int) -> list[Found]:
    return sorted(found, key=lambda each: (each.total, each.leaves))[:most]


def spread(bits: int, first: int, step: int, count: int, shift: Shift) -> int:
    """Bits shifted by `first`, and by each of `count` - 1 further steps."""
    bits = shift(bits, first)
    have = 1
    while have < count:
        more = min(have, count - have)
        bits |= shift(bits, more * step)
        have += more
    return bits


def least_left(slacks: int, losses: int) -> int:
    """The least that is left of any slack after any loss that it can bear; one of the losses is 0."""
    reach = [losses]  # reach[n]: the slacks of which at most 2 ** n - 1 can be left
    while not slacks & reach[-1]:
        reach.append(reach[-1] | reach[-1] << (1 << len(reach) - 1))
    left = 0
    for n in reversed(range(len(reach) - 1)):
        if not slacks & (reach[n] << left):
            left += 1 << n
    return left


def _most(move: Move, after: dict[State, list[int]], left: int) -> int:
    """What so many leaves give with a move at the most, of what those after it give."""
    others = after[move.after][left - move.raises] if left >= move.raises else NEVER
    return NEVER if others == NEVER else move.most + others


class _Search:
    """The sets of exactly as many leaves of a problem as it takes at least.

    `spare` is what the best set gives beyond what is needed; below 0 if no set is enough.

    Raises:
        TooMuchError: too many combinations of guards lie open at once.
    """

    def __init__(self, problem: Improvements) -> None:
        self.problem = problem
        self.order, self.graph = problem.graph
        self.best = self._best()
        whole = self.best[0][NONE_OPEN]
        self.count = len(whole) - 1
        self.spare = whole[-1] - problem.need

    def _best(self) -> list[dict[State, list[int]]]:
        """From each position and state, the most that 0, 1, 2, … leaves from there on give.

        As many leaves as it takes from the beginning for what is needed, or all.
        """
        tables: list[dict[State, list[int]]] = [
            {state: [] for state in states} for states in (*self.graph, {NONE_OPEN})
        ]
        size, whole = sum(map(len, tables)), tables[0][NONE_OPEN]
        raisable = sum(bool(self.problem.items[n].options) for n in self.order)
        while not whole or (whole[-1] < self.problem.need and len(whole) <= raisable):
            count = len(whole)
            if size * (count + 1) > MOST_ENTRIES:
                raise TooMuchError
            for best in tables[-1].values():
                best.append(NEVER if count else 0)
            for at in reversed(range(len(self.graph))):
                for state, best in tables[at].items():
                    moves = self.graph[at][state]
                    best.append(max(_most(move, tables[at + 1], count) for move in moves))
        return tables

    def _steps(self, at: int, key: Key) -> Iterator[Step]:
        """The moves from a position that can be completed."""
        state, left = key
        best = self.best[at][state][left]
        for move in self.graph[at][state]:
            most = _most(move, self.best[at + 1], left)
            if most != NEVER:
                yield Step(move, (move.after, left - move.raises), best - most)

    @cached_property
    def slack(self) -> list[dict[Key, int]]:
        """For each position what may still be lost there at the most, from wherever it can be reached."""
        tables = [{(NONE_OPEN, self.count): self.spare}]
        for at in range(len(self.graph)):
            table: dict[Key, int] = {}
            for key, slack in tables[-1].items():
                for _, after, loss in self._steps(at, key):
                    if loss <= slack:
                        table[after] = max(table.get(after, 0), slack - loss)
            tables.append(table)
        return tables

    @property
    def has_room(self) -> bool:
        """Whether there is room and time for all sums."""
        sizes = [sum(slacks.values()) for slacks in self.slack]
        work = 0
        for n, size, slacks in zip(self.order, sizes, self.slack, strict=False):
            shifts = 1 + sum(len(each.gains) for each in self.problem.items[n].options)
            work += shifts * (size + len(slacks) * EACH_WORK)
        return sum(sizes) <= MOST_BITS and work <= MOST_WORK

    @cached_property
    def losses(self) -> list[dict[Key, int]]:
        """For each position, as bits, what can be lost from there on."""
        tables = [dict.fromkeys(self.slack[-1], 1)]
        for at in reversed(range(len(self.graph))):
            table: dict[Key, int] = {}
            for key, slack in self.slack[at].items():
                bits = 0
                for step in self._steps(at, key):
                    bits |= self._spread(tables[-1].get(step.after, 0), step, slack, lshift)
                table[key] = bits & ((1 << slack + 1) - 1)
            tables.append(table)
        return tables[::-1]

    def _spread(self, bits: int, step: Step, room: int, shift: Shift) -> int:
        """Bits shifted by all that a step can lose, up to `room`."""
        found = 0
        for gains in step.move.option.gains:
            first = step.loss + step.move.option.most - gains[-1]
            if bits and first <= room:
                count = min(len(gains), (room - first) // gains.step + 1)
                found |= spread(bits, first, gains.step, count, shift)
        return found

    def tried(self) -> Iterable[Found]:
        """Each set that can be enough, by trying all its gains.

        Raises:
            TooMuchError: these are too many.
        """
        found: dict[tuple[int, ...], Found] = {}
        left = MOST_TRIED
        for path in self._paths():
            options = [(n, move.option) for n, move in path]
            (last, finest), *others = sorted(options, key=lambda each: -each[1].count)
            left -= len(self.graph) + prod(each.count for _, each in others) * len(finest.gains)
            if left < 0:
                raise TooMuchError
            bonus = sum(move.bonus for _, move in path)
            need = self.problem.need - bonus
            total, gains = min(
                (sum(gains) + finest.least_from(need - sum(gains)), gains)
                for gains in product(*(chain(*each.gains) for _, each in others))
                if sum(gains) + finest.most >= need
            )
            all_ = [
                (last, total - sum(gains)),
                *((n, g) for (n, _), g in zip(others, gains, strict=True)),
            ]
            each = Found(total + bonus, tuple(sorted(all_)))
            found[each.leaves] = min(each, found.get(each.leaves, each))
        return found.values()

    def _paths(self) -> Iterator[tuple[tuple[int, Move], ...]]:
        """The ways to raise leaves that can be enough."""
        waiting: list[tuple[Key, int, tuple[tuple[int, Move], ...], int]] = [
            ((NONE_OPEN, self.count), self.spare, (), 0)
        ]
        while waiting:
            key, slack, path, at = waiting.pop()
            if at == len(self.graph):
                yield path
                continue
            for move, after, loss in self._steps(at, key):
                if loss <= slack:
                    taken = (*path, (self.order[at], move)) if move.raises else path
                    waiting.append((after, slack - loss, taken, at + 1))

    def sets(self, most: int, ties: int) -> list[bytes]:
        """The best sets: for each position 0 where its leaf is raised, 1 where it is not.

        `most` of them if there are so many; up to `ties` where the last of them give as little.
        """
        waiting = [(0, b"", self._start)]
        found: list[bytes] = []
        last = 0
        while waiting and len(found) < ties:
            left, taken, slacks = heappop(waiting)
            if len(found) >= most and left > last:
                break
            if len(taken) == len(self.graph):
                found.append(taken)
                last = left
                continue
            for now in (taken + RAISED, taken + LEFT):
                more = self._further(now, slacks)
                if more:
                    heappush(waiting, (self._least_left(now, more), now, more))
        return found

    @property
    def _start(self) -> dict[State, int]:
        return {NONE_OPEN: 1 << self.spare}

    def _last_steps(self, taken: bytes, state: State) -> Iterator[Step]:
        """The moves from a state by which the last of the positions taken is as it is."""
        before, raised = taken[:-1], taken.endswith(RAISED)
        steps = self._steps(len(before), (state, self.count - before.count(RAISED)))
        return (step for step in steps if step.move.raises == raised)

    def _further(self, taken: bytes, slacks: dict[State, int]) -> dict[State, int]:
        """The slacks, as bits from each state, after one more position was taken."""
        found: dict[State, int] = {}
        for state, bits in slacks.items():
            for step in self._last_steps(taken, state):
                more = self._spread(bits, step, bits.bit_length() - 1, rshift)
                if more:
                    found[step.after[0]] = found.get(step.after[0], 0) | more
        return found

    def _least_left(self, taken: bytes, slacks: dict[State, int]) -> int:
        """The least slack that is left in the end."""
        left, losses = self.count - taken.count(RAISED), self.losses[len(taken)]
        return min(least_left(bits, losses[state, left]) for state, bits in slacks.items())

    def found(self, taken: bytes) -> Found:
        """A set with the least gains that are enough; the first leaves give the most they can."""
        levels = [self._start]
        for at in range(len(taken)):
            levels.append(self._further(taken[: at + 1], levels[-1]))
        slack, state = min(
            (((bits & -bits).bit_length() - 1, state) for state, bits in levels[-1].items()),
            key=lambda end: end[0],
        )
        path: list[tuple[int, Move, int]] = []
        for at in range(len(taken), 0, -1):
            ways = self._back(taken[:at], levels[at - 1], slack, state)
            gain, move, slack, state = min(ways, key=lambda way: way[0])
            if move.raises:
                path.append((self.order[at - 1], move, gain))
        total = sum(move.bonus + gain for _, move, gain in path)
        return Found(total, tuple(sorted((n, gain) for n, _, gain in path)))

    def _back(
        self, taken: bytes, before: dict[State, int], slack: int, state: State
    ) -> Iterator[tuple[int, Move, int, State]]:
        """For each way that leads to a slack the least gain of the last leaf, its move, and whence."""
        for start, bits in before.items():
            for step in self._last_steps(taken, start):
                # a gain of g comes from a slack of `whence` - g
                whence = slack + step.loss + step.move.option.most
                for gains in step.move.option.gains:
                    least = bisect_left(gains, whence - bits.bit_length() + 1)
                    gain = next((g for g in gains[least:] if bits >> whence - g & 1), None)
                    if gain is not None and step.after[0] == state:
                        yield gain, step.move, whence - gain, start
