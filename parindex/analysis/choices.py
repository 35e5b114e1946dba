"""The fewest things to do that together are worth enough, and of these the least: exactly.

Each item offers spans of gains, of which one can be taken; a step is a span of
one figure. A set of items is judged by the least total that it can have without
missing what is needed: mostly just that, and more only where all its spans
together begin above it. What the items from some position on can give together
is a union of spans; what even the best, or the least, of the items before could
not complete to the total is dropped, which leaves few.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

MOST_SPANS: Final = 300_000
"""Spans that are kept at the most; figures that typed scores have lead to some thousands."""


class Span(NamedTuple):
    """Gains from `least` to `most`, in whole units; a step where both are the same."""

    least: int
    most: int


class Found(NamedTuple):
    """A set of items by their positions, and its least sufficient total."""

    total: int
    items: tuple[int, ...]


class TooManySpansError(ValueError):
    """The gains have so many different sums that looking at all would take too long."""


Spans = Sequence[Span]
"""What an item offers, or a union of sums: then in order and apart from each other."""
_NOTHING: Final = (Span(0, 0),)


def fewest(items: Sequence[Spans], must: frozenset[int], need: int) -> int | None:
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
    items: Sequence[Spans], must: frozenset[int], need: int, count: int, most: int
) -> list[Found]:
    """The best sets of exactly `count` items: least total first, then by position; at most `most`.

    Raises:
        TooManySpansError: there are too many sums to look at.
    """
    found: dict[tuple[int, ...], int] = {}
    after = _after(items, must, count, (need, need))
    for chosen in _sets(items, must, after, need, count):
        found[chosen] = need
        if len(found) == most:
            break
    if len(found) < most:
        least = [[Span(span.least, span.least) for span in spans] for spans in items]
        top = sum(max((span.least for span in spans), default=0) for spans in items)
        after = _after(least, must, count, (need + 1, top))
        for total in (span.least for span in after[0].get(count, ())):
            for chosen in _sets(least, must, after, total, count):
                found.setdefault(chosen, total)
                if len(found) == most:
                    return _in_order(found)
    return _in_order(found)


def _in_order(found: dict[tuple[int, ...], int]) -> list[Found]:
    return sorted(Found(total, chosen) for chosen, total in found.items())


def shares(items: Sequence[Spans], total: int) -> list[int]:
    """What each item gives so that all together give the total; the first give the most they can."""
    after = _after(items, frozenset(), len(items), (total, total))
    given: list[int] = []
    for at, spans in enumerate(items):
        left = total - sum(given)
        given.append(
            max(
                min(span.most, left - rest.least)
                for span in spans
                for rest in after[at + 1][len(items) - at - 1]
                if max(span.least, left - rest.most) <= min(span.most, left - rest.least)
            )
        )
    return given


def _joined(sums: Spans, spans: Spans) -> Spans:
    """The union of all sums of one of each."""
    pairs = sorted((one + least, other + most) for one, other in sums for least, most in spans)
    return _merged(pairs)


def _merged(pairs: Sequence[tuple[int, int]]) -> Spans:
    merged: list[Span] = []
    for least, most in pairs:
        if merged and least <= merged[-1].most:
            if most > merged[-1].most:
                merged[-1] = Span(merged[-1].least, most)
        else:
            merged.append(Span(least, most))
    return merged


def _after(
    items: Sequence[Spans], must: frozenset[int], count: int, totals: tuple[int, int]
) -> list[dict[int, Spans]]:
    """For each position, and each number of items taken from there on, what they give together.

    Only sums are kept that the items before may complete to one of the totals.
    """
    tops = [max((span.most for span in spans), default=0) for spans in items]
    lows = [min(span.least for span in spans) for spans in items if spans]
    after: list[dict[int, Spans]] = [{} for _ in items] + [{0: _NOTHING}]
    kept = 0
    for at in range(len(items) - 1, -1, -1):
        best = list(accumulate(sorted(tops[:at], reverse=True), initial=0))
        least = list(accumulate(sorted(lows[: sum(map(bool, items[:at]))]), initial=0))
        # The others stand before, of which there must be enough.
        for taken in range(max(0, count - len(least) + 1), min(count, len(items) - at) + 1):
            low, high = totals[0] - best[count - taken], totals[1] - least[count - taken]
            sums = _joined(after[at + 1].get(taken - 1, ()), items[at])
            if at not in must:
                sums = _merged(sorted([*sums, *after[at + 1].get(taken, ())]))
            after[at][taken] = [s for s in sums if s.least <= high and s.most >= low]
            kept += len(after[at][taken])
        if kept > MOST_SPANS:
            raise TooManySpansError
    return after


def _sets(
    items: Sequence[Spans],
    must: frozenset[int],
    after: Sequence[dict[int, Spans]],
    total: int,
    count: int,
) -> Iterator[tuple[int, ...]]:
    """The sets that can give exactly the total, by position."""

    def further(chosen: tuple[int, ...], sums: Spans, at: int) -> Iterator[tuple[int, ...]]:
        left = count - len(chosen)
        if not left:
            yield chosen
            return
        for item in range(at, len(items)):
            rest = after[item + 1].get(left - 1, ())
            more = _joined(sums, items[item])
            if any(_completes(rest, total - span.most, total - span.least) for span in more):
                yield from further((*chosen, item), more, item + 1)
            if item in must:
                return

    yield from further((), _NOTHING, 0)


def _completes(sums: Spans, low: int, high: int) -> bool:
    """Whether one of the sums lies between the two."""
    at = bisect_right(sums, high, key=lambda span: span.least)
    return at > 0 and sums[at - 1].most >= low
