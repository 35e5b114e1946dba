"""The fewest leaves to raise that are enough, and of these the least gain: exactly, within a budget.

How many leaves it takes follows from the most that so many can give. Sets of
just so many are then compared by all sums that they can have: a number whose
bits stand for sums, of which only those count that the other leaves can
complete. These are few, because with one leaf less nothing would suffice. What
the search may take is counted before it is done; where that is too much, sets
are tried one after the other as far as the budget goes, and the best of them is
told as not proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice, product
from math import prod
from typing import Final, NamedTuple

from parindex.analysis.improvements import (
    NONE_OPEN,
    Comb,
    Improvements,
    Move,
    Option,
    State,
    TooMuchError,
)

MOST_ENTRIES: Final = 2_000_000
"""Combinations of a leaf, a state and a number of leaves that are looked at."""
MOST_BYTES: Final = 64_000_000
"""Room for all sums."""
MOST_WORK: Final = 600_000_000
"""Bytes of sums that are shifted and joined, over all passes."""
EACH_WORK: Final = 2_000
"""What doing anything costs beside, in as many bytes."""
MOST_VARIANTS: Final = 64
"""Ways to raise the same leaves that are compared."""
MOST_SETS: Final = 1_000
"""Sets that are tried one by one where there are too many sums."""
MOST_NODES: Final = 200_000
"""Beginnings of sets that are looked at to find those."""
MOST_TRIED: Final = 1_000_000
"""Sums that are tried within these sets."""
MOST_TIES: Final = 100
"""Sets that are looked at where guards stand after what they open, so that the first are not found first."""
NEVER: Final = -1
"""In place of a sum where so many leaves cannot be raised."""

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


def best_sets(problem: Improvements, most: int) -> tuple[list[Found], bool]:
    """The best sets, at most so many, and whether it is proved that none is better.

    Fewest leaves first, then the least total that is enough, then the order of
    the leaves. Empty where even all leaves are not enough.
    """
    if sum(move.most for _, move in problem.path(problem.relevant_raisable)) < problem.need:
        return [], True
    try:
        count = fewest(problem)
        search = _Search(problem, count)
    except TooMuchError:
        return [_thinned(problem)], False
    try:
        return search.exact(most), True
    except TooMuchError:
        return search.tried(most)


def fewest(problem: Improvements) -> int:
    """How many leaves it takes at least; all together are enough.

    Raises:
        TooMuchError: too many combinations of guards lie open at once.
    """
    order, graph = problem.moves
    free: list[int] = []
    linked: dict[State, dict[int, int]] = {NONE_OPEN: {0: 0}}
    for n, moves in zip(order, graph, strict=True):
        item = problem.items[n]
        alone = not item.behind and not any(option.opens for option in item.options)
        if alone:
            free.append(max(option.most for option in item.options))
        after: dict[State, dict[int, int]] = {}
        for state, sums in linked.items():
            for move in moves[state][-1:] if alone else moves[state]:
                into = after.setdefault(move.after, {})
                for count, sum_ in sums.items():
                    raised = count + (move.option is not None)
                    into[raised] = max(into.get(raised, NEVER), sum_ + move.most)
        linked = after
        if sum(map(len, linked.values())) > MOST_ENTRIES // max(1, len(order)):
            raise TooMuchError
    tops = list(accumulate(sorted(free, reverse=True), initial=0))
    found = (
        count + number
        for sums in linked.values()
        for count, sum_ in sums.items()
        for number in [next((n for n, top in enumerate(tops) if sum_ + top >= problem.need), None)]
        if number is not None
    )
    return min(found)


class _Search:
    """The sets of exactly `count` leaves of a problem."""

    def __init__(self, problem: Improvements, count: int) -> None:
        self.problem = problem
        self.count = count
        self.order, self.graph = problem.moves
        if sum(map(len, self.graph)) * (count + 1) > MOST_ENTRIES:
            raise TooMuchError
        self.work = 0
        self.nodes = 0

    @cached_property
    def after(self) -> list[dict[State, list[int]]]:
        """From each position and state, the most that so many leaves from there on give."""
        end = {state: [0] + [NEVER] * self.count for state in self._last}
        tables = [end]
        for moves in reversed(self.graph):
            table: dict[State, list[int]] = {}
            for state, found in moves.items():
                best = [NEVER] * (self.count + 1)
                for move in found:
                    _improve(best, tables[-1][move.after], move)
                table[state] = best
            tables.append(table)
        return tables[::-1]

    @cached_property
    def before(self) -> list[dict[State, list[int]]]:
        """Up to each position and state, the most that so many leaves before it give."""
        tables = [{NONE_OPEN: [0] + [NEVER] * self.count}]
        for moves in self.graph:
            table: dict[State, list[int]] = {}
            for state, found in moves.items():
                for move in found:
                    best = table.setdefault(move.after, [NEVER] * (self.count + 1))
                    _improve(best, tables[-1][state], move)
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
        need, top = self.problem.need, self.after[0][NONE_OPEN][self.count]
        wanted, most = most, most if list(self.order) == sorted(self.order) else MOST_TIES
        first = islice(self._feasible(), MOST_VARIANTS * most)
        most = min(most, len({_leaves(path) for path in first}))
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
        tables: Sequence[Mapping[tuple[State, int], Sums]],
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
                    more = self._joined(Sums(low, bits), move, rest.low, rest.high, 1) & rest.bits
                    if more:
                        found[move.after] = found.get(move.after, 0) | more
        return found

    def _completable(self, high: int) -> list[dict[tuple[State, int], Sums]]:
        """For each position, state and number of leaves left: sums before it that can be completed.

        Complete is what is needed or more, up to `high`.
        """
        need = self.problem.need
        self._count_room()
        tables = [{(state, 0): Sums(need, (1 << high - need + 1) - 1) for state in self._last}]
        for at in range(len(self.order) - 1, -1, -1):
            table: dict[tuple[State, int], Sums] = {}
            for state, moves in self.graph[at].items():
                for left in range(self.count + 1):
                    low, top = self._window(at, state, left)
                    if low > top:
                        continue
                    bits = 0
                    for move in moves:
                        rest = tables[-1].get((move.after, left - (move.option is not None)))
                        if rest is not None:
                            bits |= self._joined(rest, move, low, top, -1)
                    if bits:
                        table[state, left] = Sums(low, bits)
            tables.append(table)
        return tables[::-1]

    def _window(self, at: int, state: State, left: int) -> tuple[int, int]:
        """Between which sums before a position anything can be completed; empty if nothing can."""
        rest = self.after[at][state][left]
        before = self.before[at][state][self.count - left]
        if NEVER in (rest, before):
            return 1, 0
        return max(0, self.problem.need - rest), before

    @cached_property
    def _room(self) -> int:
        """How many bytes all sums may take."""
        windows = (
            self._window(at, state, left)
            for at, moves in enumerate(self.graph)
            for state in moves
            for left in range(self.count + 1)
        )
        most = self.after[0][NONE_OPEN][self.count] - self.problem.need
        return most // 8 + sum((top - low) // 8 + 64 for low, top in windows if low <= top)

    def _count_room(self) -> None:
        if self._room > MOST_BYTES:
            raise TooMuchError

    def _spend(self, size: int) -> None:
        self.work += size // 8 + EACH_WORK
        if self.work > MOST_WORK:
            raise TooMuchError

    def _joined(self, sums: Sums, move: Move, low: int, top: int, sign: int) -> int:
        """The sums from `low` to `top` with each gain of a move added (or with -1 taken off), as bits."""
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
            bits |= self._spread(sums, highest - low, comb.step, last - first + 1)
        return bits & ((1 << top - low + 1) - 1)

    def _spread(self, sums: Sums, shift: int, step: int, count: int) -> int:
        """The bits of sums shifted up, and further down by each of so many steps."""
        up = sums.low + shift
        length = sums.bits.bit_length() + up
        self._spend(length * (min(count, length // step + 1)).bit_length())
        bits = sums.bits << up if up >= 0 else sums.bits >> -up
        have = 1
        while have < count and have * step <= bits.bit_length():
            more = min(have, count - have)
            bits |= bits >> more * step
            have += more
        return bits

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
        reached, most = [Sums(0, 1)], 0
        for at, (_, move) in enumerate(path):
            most += move.most
            low = max(0, self.problem.need - rest[at + 1])
            reached.append(Sums(low, self._joined(reached[-1], move, low, most, 1)))
        enough = reached[-1]
        total = sum_ = enough.low + (enough.bits & -enough.bits).bit_length() - 1
        gains = []
        for (n, move), before in zip(reversed(path), reversed(reached[:-1]), strict=True):
            gain = min(_fitting(move, sum_, before))
            gains.append((n, gain))
            sum_ -= gain + move.bonus
        return Found(total, tuple(sorted(gains)))

    def tried(self, most: int) -> tuple[list[Found], bool]:
        """The best of the sets that are tried one after the other, and whether these are proved to be it."""
        paths = list(islice(self._feasible(), MOST_SETS + 1))
        whole = len(paths) <= MOST_SETS and self.nodes <= MOST_NODES
        tries = _Tries(self.problem.need)
        found: dict[tuple[int, ...], Found] = {}
        for path in paths:
            if found and tries.spent:
                break
            each = tries.least(path)
            if each.leaves not in found or each.total < found[each.leaves].total:
                found[each.leaves] = each
        best = sorted(found.values(), key=lambda each: (each.total, each.leaves))[:most]
        if not best:
            return [_thinned(self.problem)], False
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


class _Tries:
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


def _fitting(move: Move, sum_: int, before: Sums) -> Iterator[int]:
    """For each comb the least gain of a move that leads from one of the sums before to a sum."""
    for comb in move.option.combs if move.option else ():
        left = sum_ - move.bonus - comb.start
        first = max(0, -(-(left - before.high) // comb.step))
        last = min(comb.count - 1, (left - before.low) // comb.step)
        numbers = (n for n in range(first, last + 1) if left - n * comb.step in before)
        number = next(numbers, None)
        if number is not None:
            yield comb.start + number * comb.step


def _improve(best: list[int], other: Sequence[int], move: Move) -> None:
    """Take over what is more with a move."""
    more, raised = move.most, move.option is not None
    for count in range(raised, len(best)):
        if other[count - raised] != NEVER:
            best[count] = max(best[count], other[count - raised] + more)


def _leaves(path: Path) -> tuple[int, ...]:
    return tuple(sorted(n for n, _ in path))


def _thinned(problem: Improvements) -> Found:
    """A set that is enough: all leaves without those that can be spared, the smallest first."""
    chosen = set(problem.relevant_raisable)
    places = {n: at for at, (n, _) in enumerate(problem.path(chosen))}
    smallest = sorted(
        chosen,
        key=lambda n: (max(o.most for o in problem.items[n].options), -places.get(n, len(places))),
    )
    for n in smallest[: MOST_SETS // 2]:
        if sum(move.most for _, move in problem.path(chosen - {n})) >= problem.need:
            chosen.discard(n)
    return _Tries(problem.need).least(tuple(problem.path(chosen)))
