"""Smallest set of improvements whose combined gain reaches the target; ties by least gain. Exact search.

How many leaves it takes follows from the most that so many can give. Sets of
just so many are then compared by all sums that they can have: a number whose
bits stand for sums, of which only those count that the other leaves can
complete. These are few, because with one leaf less nothing would suffice. What
the search may take is counted before it is done; where that is too much, sets
are tried one after the other as far as the budget goes, and the best of them is
reported as not proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Final, NamedTuple

from parindex.analysis.improvements import (
    NONE_OPEN,
    Comb,
    Improvements,
    Move,
    State,
    TooMuchError,
)
from parindex.analysis.set_trials import Found, Path, Tries, leaves_of, thinned

MOST_ENTRIES: Final = 2_000_000
"""Combinations of a leaf, a state and a number of leaves that are looked at."""
NEVER: Final = -1
"""In place of a sum where so many leaves cannot be raised."""
MOST_WORK: Final = 600_000_000
"""Bytes of sums that are shifted and joined, over all passes."""
EACH_WORK: Final = 2_000
"""What doing anything costs beside, in as many bytes."""
MOST_BYTES: Final = 64_000_000
"""Room for all sums."""
MOST_VARIANTS: Final = 64
"""Ways to raise the same leaves that are compared."""
MOST_SETS: Final = 1_000
"""Sets that are tried one by one where there are too many sums."""
MOST_NODES: Final = 200_000
"""Beginnings of sets that are looked at to find those."""
MOST_TIES: Final = 100
"""Sets that are looked at where guards come after what they open, so that the first are not found first."""


def best_sets(problem: Improvements, most: int) -> tuple[list[Found], bool]:
    """The best sets, at most so many, and whether it is proved that none is better.

    Fewest leaves first, then the least total that is enough, then the order of
    the leaves. Empty where even all leaves are not enough.
    """
    if sum(move.most for _, move in problem.path(problem.relevant_raisable)) < problem.need:
        return [], True
    try:
        search = _Search(problem)
    except TooMuchError:
        return [thinned(problem)], False
    try:
        return search.exact(most), True
    except TooMuchError:
        return search.tried(most)


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


class SumSet(NamedTuple):
    """A set of sums: bit n stands for `low` + n."""

    low: int
    bits: int

    @property
    def high(self) -> int:
        """The largest; below `low` where there are none."""
        return self.low + self.bits.bit_length() - 1

    def __contains__(self, sum_: object) -> bool:
        return isinstance(sum_, int) and sum_ >= self.low and bool(self.bits >> sum_ - self.low & 1)


def joined(sums: SumSet, move: Move, window: tuple[int, int], sign: int, budget: Budget) -> int:
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


def _spread(sums: SumSet, shift: int, step: int, count: int, budget: Budget) -> int:
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


def fitting(move: Move, sum_: int, before: SumSet) -> Iterator[int]:
    """For each comb the least gain of a move that leads from one of the sums before to a sum."""
    for comb in move.option.combs if move.option else ():
        left = sum_ - move.bonus - comb.start
        first = max(0, -(-(left - before.high) // comb.step))
        last = min(comb.count - 1, (left - before.low) // comb.step)
        numbers = (n for n in range(first, last + 1) if left - n * comb.step in before)
        number = next(numbers, None)
        if number is not None:
            yield comb.start + number * comb.step


def _most(move: Move, others: Sequence[int], count: int) -> int:
    """What so many leaves give with a move, of the most that the others give."""
    raised = move.option is not None
    if raised > count or others[count - raised] == NEVER:
        return NEVER
    return others[count - raised] + move.most


class _Search:
    """The sets of exactly as many leaves of a problem as it takes at least; all together are enough.

    Raises:
        TooMuchError: too many combinations of guards lie open at once.
    """

    def __init__(self, problem: Improvements) -> None:
        self.problem = problem
        self.order, self.graph = problem.moves
        self.after = self._after()
        self.count = len(self.after[0][NONE_OPEN]) - 1
        self.budget = Budget()
        self.nodes = 0

    def _after(self) -> list[dict[State, list[int]]]:
        """From each position and state, the most that 0, 1, 2, … leaves from there on give.

        As many leaves as it takes from the beginning for what is needed.
        """
        tables: list[dict[State, list[int]]] = [
            {state: [] for state in states} for states in (*self.graph, self._last)
        ]
        size, whole = sum(map(len, tables)), tables[0][NONE_OPEN]
        while not whole or whole[-1] < self.problem.need:
            count = len(whole)
            if size * (count + 1) > MOST_ENTRIES:
                raise TooMuchError
            for best in tables[-1].values():
                best.append(NEVER if count else 0)
            for at in reversed(range(len(self.graph))):
                for state, best in tables[at].items():
                    moves = self.graph[at][state]
                    best.append(
                        max(_most(move, tables[at + 1][move.after], count) for move in moves)
                    )
        return tables

    @cached_property
    def before(self) -> list[dict[State, list[int]]]:
        """Up to each position and state, the most that so many leaves before it give."""
        tables = [{NONE_OPEN: [0] + [NEVER] * self.count}]
        for moves in self.graph:
            table: dict[State, list[int]] = {}
            for state, found in moves.items():
                for move in found:
                    best = table.setdefault(move.after, [NEVER] * (self.count + 1))
                    best[:] = map(
                        max, best, (_most(move, tables[-1][state], n) for n in range(len(best)))
                    )
            tables.append(table)
        return tables

    @property
    def _last(self) -> set[State]:
        if not self.graph:
            return {NONE_OPEN}
        return {move.after for moves in self.graph[-1].values() for move in moves}

    def exact(self, most: int) -> list[Found]:
        """The best sets, by all sums.

        Raises:
            TooMuchError: there are too many sums.
        """
        self._check_room()
        need, top = self.problem.need, self.after[0][NONE_OPEN][self.count]
        wanted, most = most, most if list(self.order) == sorted(self.order) else MOST_TIES
        first = islice(self._feasible(), MOST_VARIANTS * most)
        most = min(most, len({leaves_of(path) for path in first}))
        high, known = need, self._sets(need, most)
        rise = 1
        while len(known) < most and high < top:
            low, high = high, min(top, high + rise)
            rise *= 4
            fewer, known = known, self._sets(high, most)
            if len(known) >= most:
                known = self._first(low, high, fewer, known)
        found = [self._least(leaves) for leaves in known]
        return sorted(found, key=lambda each: (each.total, each.leaves))[:wanted]

    def _first(
        self,
        low: int,
        high: int,
        fewer: list[tuple[int, ...]],
        enough: list[tuple[int, ...]],
    ) -> list[tuple[int, ...]]:
        """The sets with the least totals, where up to `low` there are too few, and up to `high` enough."""
        while high - low > 1:
            middle = (low + high) // 2
            sets = self._sets(middle, len(enough))
            if len(sets) == len(enough):
                high, enough = middle, sets
            else:
                low, fewer = middle, sets
        return list(dict.fromkeys([*fewer, *enough]))

    def _sets(self, high: int, most: int) -> list[tuple[int, ...]]:
        """The first sets whose least total is not over `high`, in the order of the leaves."""
        tables = self._completable(high)
        if (NONE_OPEN, self.count) not in tables[0]:
            return []
        found: list[tuple[int, ...]] = []
        waiting: list[tuple[int, tuple[int, ...], dict[State, int]]] = [(0, (), {NONE_OPEN: 1})]
        while waiting and len(found) < most:
            at, leaves, sums = waiting.pop()
            if at == len(self.order):
                found.append(tuple(sorted(leaves)))
                continue
            left = self.count - len(leaves)
            for raised in (False, True):
                more = self._further(tables[at : at + 2], at, left, sums, raised=raised)
                if more:
                    taken = (*leaves, self.order[at]) if raised else leaves
                    waiting.append((at + 1, taken, more))
        return found

    def _further(
        self,
        tables: Sequence[Mapping[tuple[State, int], SumSet]],
        at: int,
        left: int,
        sums: Mapping[State, int],
        *,
        raised: bool,
    ) -> dict[State, int]:
        """The sums after a leaf was raised, or not, that can be completed, as bits from each state."""
        found: dict[State, int] = {}
        for state, bits in sums.items():
            low = tables[0][state, left].low
            for move in self.graph[at][state]:
                rest = tables[1].get((move.after, left - raised))
                if rest is not None and (move.option is not None) == raised:
                    more = (
                        joined(SumSet(low, bits), move, (rest.low, rest.high), 1, self.budget)
                        & rest.bits
                    )
                    if more:
                        found[move.after] = found.get(move.after, 0) | more
        return found

    def _completable(self, high: int) -> list[dict[tuple[State, int], SumSet]]:
        """For each position, state and number of leaves left: sums before it that can be completed.

        Complete is what is needed or more, up to `high`.
        """
        need = self.problem.need
        tables = [{(state, 0): SumSet(need, (1 << high - need + 1) - 1) for state in self._last}]
        for at in range(len(self.order) - 1, -1, -1):
            table: dict[tuple[State, int], SumSet] = {}
            for state, moves in self.graph[at].items():
                for left in range(self.count + 1):
                    low, top = self._window(at, state, left)
                    if low > top:
                        continue
                    bits = 0
                    for move in moves:
                        rest = tables[-1].get((move.after, left - (move.option is not None)))
                        if rest is not None:
                            bits |= joined(rest, move, (low, top), -1, self.budget)
                    if bits:
                        table[state, left] = SumSet(low, bits)
            tables.append(table)
        return tables[::-1]

    def _window(self, at: int, state: State, left: int) -> tuple[int, int]:
        """Between which sums before a position anything can be completed; empty if nothing can."""
        rest = self.after[at][state][left]
        before = self.before[at][state][self.count - left]
        if NEVER in (rest, before):
            return 1, 0
        return max(0, self.problem.need - rest), before

    def _check_room(self) -> None:
        """Refuse more sums than there is room for, in bytes."""
        windows = (
            self._window(at, state, left)
            for at, moves in enumerate(self.graph)
            for state in moves
            for left in range(self.count + 1)
        )
        most = self.after[0][NONE_OPEN][self.count] - self.problem.need
        room = most // 8 + sum((top - low) // 8 + 64 for low, top in windows if low <= top)
        if room > MOST_BYTES:
            raise TooMuchError

    def _least(self, leaves: tuple[int, ...]) -> Found:
        """The least total that a set can have and is enough."""
        paths: list[tuple[State, Path]] = [(NONE_OPEN, ())]
        chosen = set(leaves)
        for n, moves in zip(self.order, self.graph, strict=True):
            paths = [
                (move.after, (*path, (n, move)) if move.option else path)
                for state, path in paths
                for move in moves[state]
                if (move.option is not None) == (n in chosen)
            ][:MOST_VARIANTS]
        sums = [(sum(move.most for _, move in path), path) for _, path in paths]
        return min(self._least_of(path) for sum_, path in sums if sum_ >= self.problem.need)

    def _least_of(self, path: Path) -> Found:
        """The least total of one way to raise leaves; the first of them give the most they can."""
        rest = list(accumulate((move.most for _, move in reversed(path)), initial=0))[::-1]
        reached, most = [SumSet(0, 1)], 0
        for at, (_, move) in enumerate(path):
            most += move.most
            low = max(0, self.problem.need - rest[at + 1])
            reached.append(SumSet(low, joined(reached[-1], move, (low, most), 1, self.budget)))
        enough = reached[-1]
        total = sum_ = enough.low + (enough.bits & -enough.bits).bit_length() - 1
        gains = []
        for (n, move), before in zip(reversed(path), reversed(reached[:-1]), strict=True):
            gain = min(fitting(move, sum_, before))
            gains.append((n, gain))
            sum_ -= gain + move.bonus
        return Found(total, tuple(sorted(gains)))

    def tried(self, most: int) -> tuple[list[Found], bool]:
        """The best of the sets that are tried one after the other, and whether these are proved to be it."""
        paths = list(islice(self._feasible(), MOST_SETS + 1))
        whole = len(paths) <= MOST_SETS and self.nodes <= MOST_NODES
        tries = Tries(self.problem.need)
        found: dict[tuple[int, ...], Found] = {}
        for path in paths:
            if found and tries.spent:
                break
            each = tries.least(path)
            if each.leaves not in found or each.total < found[each.leaves].total:
                found[each.leaves] = each
        best = sorted(found.values(), key=lambda each: (each.total, each.leaves))[:most]
        if not best:
            return [thinned(self.problem)], False
        sure = whole and tries.exact and not tries.spent
        return best, sure or best[0].total == self.problem.need

    def _feasible(self) -> Iterator[Path]:
        """The sets that can be enough, in the order of the leaves, as far as the budget goes."""
        waiting: list[tuple[int, State, int, Path]] = [(0, NONE_OPEN, 0, ())]
        while waiting and self.nodes <= MOST_NODES:
            self.nodes += 1
            at, state, sum_, path = waiting.pop()
            left = self.count - len(path)
            if at == len(self.order):
                yield path
                continue
            for move in reversed(self.graph[at][state]):
                count = left - (move.option is not None)
                rest = self.after[at + 1][move.after][count] if count >= 0 else NEVER
                if rest != NEVER and sum_ + move.most + rest >= self.problem.need:
                    taken = (*path, (self.order[at], move)) if move.option else path
                    waiting.append((at + 1, move.after, sum_ + move.most, taken))
