"""The search for the smallest set of improvements against trying every set, without scoring."""

import random
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from parindex.analysis import subset_search
from parindex.analysis.improvements import Improvements, Item, Option
from parindex.analysis.subset_search import best_sets, least_left

Chosen = Mapping[int, tuple[Option, int]]
GUARDS = range(3)


def guards(rng: random.Random, share: float, above: int = -1) -> frozenset[int]:
    """Some of the guards above one; what stands behind a guard opens only those above it."""
    return frozenset(each for each in GUARDS if each > above and rng.random() < share)


def made(rng: random.Random) -> Improvements:
    """Up to four leaves with a few gains each, some of them behind guards."""
    items = []
    for _ in range(rng.randint(1, 4)):
        gains = tuple(
            range(start, start + step * rng.randint(1, 3), step)
            for start, step in [(rng.randint(1, 9), rng.randint(1, 3)) for _ in range(2)]
        )
        behind = guards(rng, 1 / 6)
        opens = guards(rng, 1 / 3, max(behind, default=-1))
        options = [Option(gains, opens)] if rng.random() < 7 / 8 else []
        own = rng.randint(0, 4) if behind else 0
        items.append(Item(tuple(options), behind, own, opens if own else frozenset()))
    return Improvements(tuple(items), rng.randint(1, 25))


def total(problem: Improvements, chosen: Chosen) -> int | None:
    """What leaves give together; None where one of them stays behind a guard."""
    open_: set[int] = set()
    done: set[int] = set()
    points = 0
    for _ in range(2 * len(problem.items)):
        for n, item in enumerate(problem.items):
            if item.behind <= open_ and item.own and n + 100 not in done:
                done.add(n + 100)
                points += item.own
                open_ |= item.own_opens
            if item.behind <= open_ and n in chosen and n not in done:
                done.add(n)
                points += chosen[n][1]
                open_ |= chosen[n][0].opens
    return points if done >= chosen.keys() else None


def all_sets(problem: Improvements) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Every set that is enough: how many leaves, what they give, and which they are."""
    ways = [
        [
            None,
            *((option, gain) for option in item.options for each in option.gains for gain in each),
        ]
        for item in problem.items
    ]
    for way in product(*ways):
        chosen = {n: each for n, each in enumerate(way) if each is not None}
        points = total(problem, chosen)
        if points is not None and points >= problem.need:
            yield len(chosen), points, tuple(chosen)


def expected(problem: Improvements) -> list[tuple[int, tuple[int, ...]]]:
    """The sets of the fewest leaves, each with the least that it gives."""
    least: dict[tuple[int, ...], tuple[int, int]] = {}
    for count, points, leaves in all_sets(problem):
        least[leaves] = min((count, points), least.get(leaves, (count, points)))
    fewest = min((count for count, _ in least.values()), default=0)
    return sorted((points, leaves) for leaves, (count, points) in least.items() if count == fewest)


class TestBestSets:
    """The sets are those that trying everything finds: fewest leaves, least total, in order."""

    @pytest.mark.parametrize("bits", [subset_search.MOST_BITS, -1], ids=["sums", "one-by-one"])
    def test_against_everything(self, bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subset_search, "MOST_BITS", bits)
        found = 0
        for seed in range(60):
            problem = made(random.Random(seed))
            sets = [(each.total, each.leaves) for each in best_sets(problem, 4)]
            assert sets == expected(problem)[:4], seed
            found += bool(sets)
        assert found > 20

    @pytest.mark.parametrize(
        ("slacks", "losses", "left"),
        [(0b1000, 0b1, 3), (0b1000, 0b1001, 0), (0b10010, 0b100001, 1), (0b1000000, 0b101, 4)],
    )
    def test_what_is_left_of_slack(self, slacks: int, losses: int, left: int) -> None:
        assert least_left(slacks, losses) == left
