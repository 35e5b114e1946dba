"""What can be raised, in whole units, and what becomes open by it: the model that a search works on.

A step of the search looks at one leaf: it is left as it is, or raised. A leaf
behind guards that are shut cannot be raised before these are open, so leaves
stand in an order in which guards come before what is behind them. A state is
the set of guards that are open and still matter.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cached_property
from heapq import heappop, heappush
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


class Option(Struct, frozen=True, dict=True):
    """One way to raise a leaf: its possible gains, and the guards that get points by it."""

    gains: tuple[range, ...]
    opens: State = NONE_OPEN

    @cached_property
    def most(self) -> int:
        """The largest gain."""
        return max(gains[-1] for gains in self.gains)

    @property
    def count(self) -> int:
        """How many gains."""
        return sum(map(len, self.gains))

    def least_from(self, least: int) -> int:
        """The smallest gain that is at least so much, which must not be more than the largest."""
        return min(gains[bisect_left(gains, least)] for gains in self.gains if gains[-1] >= least)


LEAVE: Final = Option((range(1),))
"""To leave a leaf as it is."""


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
    """One thing to do with a leaf: an option, what counts again by it, and the next state."""

    option: Option
    bonus: int
    after: State

    @property
    def raises(self) -> bool:
        """Whether the leaf is raised."""
        return self.option is not LEAVE

    @property
    def most(self) -> int:
        """What it gives at the most."""
        return self.bonus + self.option.most


class Improvements(Struct, frozen=True, dict=True):
    """Leaves in the scheme's order with all that raising them does, and how much is needed."""

    items: tuple[Item, ...]
    need: int

    @cached_property
    def graph(self) -> tuple[tuple[int, ...], list[dict[State, list[Move]]]]:
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

    def _order(self, *, nested: bool) -> tuple[int, ...]:
        """The leaves, guards first; in the order given as far as possible, or what opens right after."""
        openers: dict[int, set[int]] = {}
        for n in self.relevant:
            item = self.items[n]
            for guard in item.own_opens.union(*(option.opens for option in item.options)):
                openers.setdefault(guard, set()).add(n)
        waiting = {n: {g for g in self.items[n].behind if g in openers} for n in self.relevant}
        ready = [(0, n) for n in self.relevant if not waiting[n]]
        order: list[int] = []
        while ready:
            _, n = heappop(ready)
            order.append(n)
            for guard in [guard for guard, left in openers.items() if n in left]:
                openers[guard].discard(n)
                for each in self._behind.get(guard, ()) if not openers[guard] else ():
                    waiting[each].discard(guard)
                    if not waiting[each]:
                        heappush(ready, (-len(order) if nested else 0, each))
        return tuple(order)

    @cached_property
    def _behind(self) -> dict[int, list[int]]:
        """The leaves behind each guard."""
        found: dict[int, list[int]] = {}
        for n in self.relevant:
            for guard in self.items[n].behind:
                found.setdefault(guard, []).append(n)
        return found

    def _opened(self, state: State, opens: State) -> tuple[set[int], int]:
        """All guards that are open once some more got points, and what by that counts again."""
        open_, bonus = set(state), 0
        new = list(opens)
        while new:
            guard = new.pop()
            if guard in open_:
                continue
            open_.add(guard)
            for n in self._behind.get(guard, ()):
                item = self.items[n]
                if item.own and item.behind <= open_:
                    bonus += item.own
                    new += item.own_opens
        return open_, bonus

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
        """What can be done with a leaf; guards that no longer matter are dropped."""

        def kept(open_: Collection[int]) -> State:
            return frozenset(guard for guard in open_ if last.get(guard, -1) > at)

        item = self.items[n]
        moves = [Move(LEAVE, 0, kept(state))]
        for option in item.options if item.behind <= state else ():
            after, bonus = self._opened(state, option.opens)
            moves.append(Move(option, bonus, kept(after)))
        return moves
