"""What can be raised, in whole units, and what becomes open by it: the model that a search works on.

A step of the search looks at one leaf: it is left as it is, or raised. A leaf
behind guards that are shut cannot be raised before these are open, so leaves
stand in an order in which guards come before what is behind them. A state is
the set of guards that are open and still matter.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from msgspec import Struct

MOST_STATES: Final = 20_000
"""Pairs of a leaf and a state that are looked at."""
FEW_STATES: Final = 2_000
"""With so many the order of the codes is kept, which settles equal plans as it is promised."""
State = frozenset[int]
NONE_OPEN: Final[State] = frozenset()


class TooMuchError(Exception):
    """There is more to look at than the budget allows."""


class Comb(Struct, frozen=True):
    """Gains evenly apart: `count` of them from `start`, each `step` more."""

    start: int
    step: int
    count: int

    @property
    def most(self) -> int:
        """The largest of them."""
        return self.start + self.step * (self.count - 1)

    def least_from(self, least: int) -> int | None:
        """The smallest that is at least so much."""
        number = max(0, -(-(least - self.start) // self.step))
        return self.start + number * self.step if number < self.count else None


class Option(Struct, frozen=True, dict=True):
    """One way to raise a leaf: its possible gains, and the guards that get points by it."""

    combs: tuple[Comb, ...]
    opens: State = NONE_OPEN

    @cached_property
    def most(self) -> int:
        """The largest gain."""
        return max(comb.most for comb in self.combs)

    def least_from(self, least: int) -> int | None:
        """The smallest gain that is at least so much."""
        found = (comb.least_from(least) for comb in self.combs)
        return min((each for each in found if each is not None), default=None)


class Item(NamedTuple):
    """A leaf: how it can be raised, the guards before it, and what it gives by itself once these are open.

    `own` is what was reported for it and does not count now; `own_opens` are
    the guards that get points by that.
    """

    options: tuple[Option, ...] = ()
    behind: State = NONE_OPEN
    own: int = 0
    own_opens: State = NONE_OPEN


class Move(NamedTuple):
    """One thing to do with a leaf: an option (None: leave it), what opens by it, and the next state."""

    option: Option | None
    bonus: int
    after: State

    @property
    def most(self) -> int:
        """What it gives at the most."""
        return self.bonus + (self.option.most if self.option else 0)


class Improvements(Struct, frozen=True, dict=True):
    """Leaves in the scheme's order with all that raising them does, and how much is needed."""

    items: tuple[Item, ...]
    need: int

    @cached_property
    def moves(self) -> tuple[tuple[int, ...], list[dict[State, list[Move]]]]:
        """The order in which leaves are looked at, and for each the moves from each state.

        Raises:
            TooMuchError: too many combinations of guards lie open at once.
        """
        order = self._order(nested=False)
        try:
            return order, self._graph(order, FEW_STATES)
        except TooMuchError:
            order = self._order(nested=True)
            return order, self._graph(order, MOST_STATES)

    @cached_property
    def relevant(self) -> tuple[int, ...]:
        """The leaves with which anything can happen."""
        return tuple(n for n, item in enumerate(self.items) if item.options or item.behind)

    @property
    def relevant_raisable(self) -> tuple[int, ...]:
        """The leaves that can be raised."""
        return tuple(n for n in self.relevant if self.items[n].options)

    def _order(self, *, nested: bool) -> tuple[int, ...]:
        """The leaves, guards first; in the order given as far as possible, or what opens right after."""
        openers: dict[int, set[int]] = {}
        for n in self.relevant:
            item = self.items[n]
            for guard in item.own_opens.union(*(option.opens for option in item.options)):
                openers.setdefault(guard, set()).add(n)
        left = {guard: len(found) for guard, found in openers.items()}
        opened_by: dict[int, list[int]] = {}
        for guard, found in openers.items():
            for n in found:
                opened_by.setdefault(n, []).append(guard)
        waiting = {n: {g for g in self.items[n].behind if left.get(g)} for n in self.relevant}
        behind = self._behind
        free = [n for n in self.relevant if not waiting[n]]
        ready = list(reversed(free)) if nested else free
        if not nested:
            heapify(ready)
        order: list[int] = []
        while ready:
            n = ready.pop() if nested else heappop(ready)
            order.append(n)
            for guard in opened_by.get(n, ()):
                left[guard] -= 1
                for each in reversed(behind.get(guard, ())) if not left[guard] else ():
                    waiting[each].discard(guard)
                    if not waiting[each]:
                        ready.append(each) if nested else heappush(ready, each)
        return tuple(order)

    @cached_property
    def _behind(self) -> dict[int, list[int]]:
        """The leaves behind each guard."""
        found: dict[int, list[int]] = {}
        for n in self.relevant:
            for guard in self.items[n].behind:
                found.setdefault(guard, []).append(n)
        return found

    def opened(self, state: State, opens: State) -> tuple[State, int]:
        """All guards that are open once some more got points, and what by that counts again."""
        open_ = set(state)
        bonus = sum(self.items[n].own for n in self._open(open_, opens))
        return frozenset(open_), bonus

    def _open(self, open_: set[int], opens: Collection[int]) -> list[int]:
        """Open more guards, and return what counts again by that."""
        counted: list[int] = []
        new = [guard for guard in opens if guard not in open_]
        while new:
            guard = new.pop()
            if guard in open_:
                continue
            open_.add(guard)
            for n in self._behind.get(guard, ()):
                item = self.items[n]
                if item.own and item.behind <= open_:
                    counted.append(n)
                    new += [each for each in item.own_opens if each not in open_]
        return counted

    def _graph(self, order: Sequence[int], most: int) -> list[dict[State, list[Move]]]:
        last = {guard: at for at, n in enumerate(order) for guard in self.items[n].behind}
        graph: list[dict[State, list[Move]]] = []
        states, count = {NONE_OPEN}, 0
        for at, n in enumerate(order):
            count += len(states)
            if count > most:
                raise TooMuchError
            graph.append({state: self._moves(n, state, at, last) for state in states})
            states = {move.after for moves in graph[at].values() for move in moves}
        return graph

    def _moves(self, n: int, state: State, at: int, last: dict[int, int]) -> list[Move]:
        """What can be done with a leaf, raising it first; guards that no longer matter are dropped."""

        def kept(open_: State) -> State:
            return frozenset(guard for guard in open_ if last.get(guard, -1) > at)

        item = self.items[n]
        moves = []
        if item.behind <= state:
            for option in item.options:
                after, bonus = self.opened(state, option.opens)
                moves.append(Move(option, bonus, kept(after)))
        return [*moves, Move(None, 0, kept(state))]

    def path(self, raised: Collection[int]) -> list[tuple[int, Move]]:
        """Moves that raise these leaves in full, as far as their guards open."""
        open_: set[int] = set()
        waiting = set(raised)
        ready = [n for n in reversed(self.relevant) if n in waiting and not self.items[n].behind]
        moves: list[tuple[int, Move]] = []
        while ready:
            n = ready.pop()
            if n not in waiting:
                continue
            waiting.discard(n)
            best = max(self.items[n].options, key=lambda option: option.most)
            counted = self._open(open_, best.opens)
            bonus = sum(self.items[each].own for each in counted)
            moves.append((n, Move(best, bonus, NONE_OPEN)))
            opened = {*best.opens}.union(*(self.items[each].own_opens for each in counted))
            for guard in opened:
                behind = self._behind.get(guard, ())
                ready += [each for each in behind if self.items[each].behind <= open_]
        return moves
