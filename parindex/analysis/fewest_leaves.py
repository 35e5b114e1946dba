"""How many leaves must be raised at least: what so many give at the most is enough."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from parindex.analysis.improvements import NONE_OPEN, Improvements, Move, State, TooMuchError

MOST_ENTRIES: Final = 2_000_000
"""Combinations of a leaf, a state and a number of leaves that are looked at."""
NEVER: Final = -1
"""In place of a sum where so many leaves cannot be raised."""


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


def improve(best: list[int], other: Sequence[int], move: Move) -> None:
    """Take over what is more with a move."""
    more, raised = move.most, move.option is not None
    for count in range(raised, len(best)):
        if other[count - raised] != NEVER:
            best[count] = max(best[count], other[count - raised] + more)
