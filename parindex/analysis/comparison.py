"""Two years side by side: who went up or down, of the units that are known in both."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from parindex.collation import name_key
from parindex.model.published_row import PublishedRow
from parindex.model.scheme import Criterion, Scheme

Identity = Callable[[PublishedRow], tuple[Any, ...]]


class Pair(Struct, frozen=True):
    """What is known of one unit, or of one area of it, in two years; None is nothing."""

    before: PublishedRow | None
    after: PublishedRow | None
    name: Criterion | None = None

    @property
    def change(self) -> Fraction | None:
        """By how many hundredths the index rose, between the figures as printed."""
        one = self.before.figure if self.before else None
        other = self.after.figure if self.after else None
        return None if one is None or other is None else other - one

    @property
    def points(self) -> Decimal | None:
        """By how many points it rose; None where the maxima differ or are not known."""
        one, other = self.before, self.after
        if one is None or other is None or one.points is None or other.points is None:
            return None
        return other.points - one.points if one.max is not None and one.max == other.max else None

    @property
    def move(self) -> int | None:
        """By how many places it rose: old rank − new rank."""
        one = self.before.rank if self.before else None
        other = self.after.rank if self.after else None
        return None if one is None or other is None else one - other


class Tally(Struct, frozen=True):
    """How many went up, down or stayed, which add to `known`; and who the most, None if nobody."""

    known: int
    up: int
    down: int
    unchanged: int
    rise: Pair | None
    fall: Pair | None


class Comparison(Struct, frozen=True):
    """Units of two years, in the order of the later rank; `index` and `rank` tell how they moved."""

    before: int
    after: int
    pairs: tuple[Pair, ...]
    index: Tally
    rank: Tally


def compare(
    rows: Iterable[PublishedRow], before: int, after: int, identity: Identity, *, whole: bool = True
) -> Comparison:
    """The units of two years that are the same ones.

    Args:
        rows: what is known of each unit and year, one row for each.
        before: the year that is compared with.
        after: the year that is compared.
        identity: tells who a unit is in any year; merged units are none of before.
        whole: only units of which both years are known; else also those of one.
    """
    years: dict[int, dict[tuple[Any, ...], PublishedRow]] = {before: {}, after: {}}
    for row in rows:
        if row.year in years and row.kind == "result":
            years[row.year].setdefault(identity(row), row)
    one, other = years[before], years[after]
    pairs = [Pair(one.get(each), row) for each, row in other.items()]
    pairs += [Pair(row, None) for each, row in one.items() if each not in other]
    if whole:
        pairs = [pair for pair in pairs if pair.change is not None or pair.move is not None]
    pairs.sort(key=_order)
    changes = [(pair.change, pair) for pair in pairs if pair.change is not None]
    moves = [(Fraction(pair.move), pair) for pair in pairs if pair.move is not None]
    return Comparison(before, after, tuple(pairs), _tally(changes), _tally(moves))


def _order(pair: Pair) -> tuple[Any, ...]:
    row = pair.after or pair.before
    if row is None:
        return ()
    return (
        *(row.province or "", row.group or "", pair.after is None),
        *(row.rank is None, row.rank or 0, -(row.figure or Fraction(0))),
    )


def _tally(moves: Sequence[tuple[Fraction, Pair]]) -> Tally:
    up = [each for each in moves if each[0] > 0]
    down = [each for each in moves if each[0] < 0]
    return Tally(
        len(moves),
        len(up),
        len(down),
        len(moves) - len(up) - len(down),
        max(up, key=lambda each: each[0])[1] if up else None,
        min(down, key=lambda each: each[0])[1] if down else None,
    )


def compare_areas(
    before: Iterable[PublishedRow],
    after: Iterable[PublishedRow],
    old: Scheme | None,
    new: Scheme | None,
) -> list[Pair]:
    """The areas of one unit in two years.

    Areas are the same by their code under one scheme. Under two they are so by
    their name: a number means another area under another scheme.
    """
    ones = {_area(row, old, new): row for row in before}
    others = {_area(row, new, old): row for row in after}
    pairs = []
    for each in dict.fromkeys([*others, *ones]):
        one, other = ones.get(each), others.get(each)
        pairs.append(Pair(one, other, _criterion(other, new) or _criterion(one, old)))
    return sorted(pairs, key=_by_code)


def _by_code(pair: Pair) -> tuple[Any, ...]:
    row = pair.after or pair.before
    return name_key(row.code or "" if row else "")


def _criterion(row: PublishedRow | None, scheme: Scheme | None) -> Criterion | None:
    return scheme.by_code.get(row.code or "") if row and scheme else None


def _area(row: PublishedRow, own: Scheme | None, other: Scheme | None) -> tuple[Any, ...]:
    """What an area is matched by; without a name nothing matches it."""
    if own is not None and other is not None and own.id == other.id:
        return (row.code,)
    criterion = _criterion(row, own)
    return (criterion.name.vi,) if criterion else (row.year, row.code)
