"""The fewest things to do that together are worth enough, and of these the least: exactly.

Each item offers ranges of gains, of which one can be taken; a step is a range of
one figure. A set of items is judged by the least total that it can have without
missing what is needed. Sums are built up from the last item to the first; of
those with the same least total only the one with the most room counts, because
whatever the smaller room allows, the larger allows too. Sums that even the best
of the other items cannot lift to what is needed are dropped, which leaves few.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

MOST_SUMS: Final = 300_000
"""Sums that are kept at the most; figures that typed scores have lead to some hundreds."""


class Span(NamedTuple):
    """Gains from `least` to `most`, in whole units; a step where both are the same."""

    least: int
    most: int


class Found(NamedTuple):
    """A set of items by their positions, and its least sufficient total."""

    total: int
    items: tuple[int, ...]


class TooManySumsError(ValueError):
    """The gains have so many different sums that looking at all would take too long."""


Sums = dict[int, int]
"""By the least total of some spans, the most room that any of them has above it."""


def fewest(items: Sequence[Sequence[Span]], must: frozenset[int], need: int) -> int | None:
    """How many items it takes at least, those that `must` be taken among them; None if all do not."""
    best = [max((span.most for span in spans), default=0) for spans in items]
    if any(not items[each] for each in must):
        return None
    reached = sum(best[each] for each in must)
    others = sorted((best[n] for n in range(len(items)) if n not in must), reverse=True)
    for count, sum_ in enumerate(accumulate(others, initial=reached)):
        if sum_ >= need and all(others[:count]):
            return len(must) + count
    return None


def best_sets(
    items: Sequence[Sequence[Span]], must: frozenset[int], need: int, count: int, most: int
) -> list[Found]:
    """The best sets of exactly `count` items: least total first, then by position; at most `most`.

    Raises:
        TooManySumsError: there are too many sums to look at.
    """
    after = _sums_after(items, must, need, count)
    whole = after[0].get(count, {})
    totals = sorted({max(need, least) for least, room in whole.items() if least + room >= need})
    found: list[Found] = []
    seen: set[tuple[int, ...]] = set()
    for total in totals:
        for chosen in _sets(items, must, after, total == need, total, count):
            if chosen not in seen:
                seen.add(chosen)
                found.append(Found(total, chosen))
            if len(found) == most:
                return found
    return found


def shares(items: Sequence[Sequence[Span]], total: int) -> list[int]:
    """What each item gives so that all together give the total; the first give the most they can."""
    rests: list[Sums] = [{0: 0}]
    for spans in reversed(items):
        rests.append(_joined(rests[-1], spans))
    rests.pop()
    given: list[int] = []
    for spans in items:
        rest = rests.pop()
        left = total - sum(given)
        given.append(
            max(
                min(span.most, left - least)
                for span in spans
                for least, room in rest.items()
                if max(span.least, left - least - room) <= min(span.most, left - least)
            )
        )
    return given


def _joined(sums: Mapping[int, int], spans: Sequence[Span]) -> Sums:
    joined: Sums = {}
    for least, room in sums.items():
        for span in spans:
            sum_, more = least + span.least, room + span.most - span.least
            if more > joined.get(sum_, -1):
                joined[sum_] = more
    return joined


def _sums_after(
    items: Sequence[Sequence[Span]], must: frozenset[int], need: int, count: int
) -> list[dict[int, Sums]]:
    """For each position, and each number of items taken from there on, their sums."""
    best = [max((span.most for span in spans), default=0) for spans in items]
    after: list[dict[int, Sums]] = [{} for _ in items] + [{0: {0: 0}}]
    kept = 0
    for at in range(len(items) - 1, -1, -1):
        tops = list(accumulate(sorted(best[:at], reverse=True), initial=0))
        # The others stand before, of which there must be enough.
        for taken in range(max(0, count - at), min(count, len(items) - at) + 1):
            missing = need - tops[count - taken]
            without = after[at + 1].get(taken, {}) if at not in must else {}
            sums = {least: room for least, room in without.items() if least + room >= missing}
            for least, room in _joined(after[at + 1].get(taken - 1, {}), items[at]).items():
                if least + room >= missing and room > sums.get(least, -1):
                    sums[least] = room
            after[at][taken] = sums
            kept += len(sums)
        if kept > MOST_SUMS:
            raise TooManySumsError
    return after


def _sets(
    items: Sequence[Sequence[Span]],
    must: frozenset[int],
    after: Sequence[Mapping[int, Sums]],
    within: bool,
    total: int,
    count: int,
) -> Iterator[tuple[int, ...]]:
    """The sets whose sums allow the total: `within` their room, or as their least; by position."""
    ends: dict[tuple[int, int], _Ends] = {}

    def end_of(at: int, taken: int) -> _Ends:
        if (at, taken) not in ends:
            ends[at, taken] = _Ends(after[at].get(taken, {}))
        return ends[at, taken]

    def further(chosen: tuple[int, ...], sums: Sums, at: int) -> Iterator[tuple[int, ...]]:
        left = count - len(chosen)
        if not left:
            yield chosen
            return
        for item in range(at, len(items)):
            end = end_of(item + 1, left - 1)
            more = _joined(sums, items[item])
            if any(end.allow(total - least, room, within=within) for least, room in more.items()):
                yield from further((*chosen, item), more, item + 1)
            if item in must:
                return

    yield from further((), {0: 0}, 0)


class _Ends:
    """Sums in order, to look up quickly whether one of them completes a total."""

    def __init__(self, sums: Sums) -> None:
        self._sums = sums
        self._leasts = sorted(sums)
        self._tops = list(accumulate((least + sums[least] for least in self._leasts), max))

    def allow(self, left: int, room: int, *, within: bool) -> bool:
        """Whether a sum fills what is left: exactly, or `within` its room and that before it."""
        if not within:
            return left in self._sums
        at = bisect_right(self._leasts, left)
        return at > 0 and self._tops[at - 1] >= left - room
