"""Two sides compared: who went up or down, of the units that are known on both.

A side is a year of published figures, or scorecards. Points are subtracted only
under one scheme and where the maxima are the same; percentages always.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.change_decomposition import Split, split
from parindex.analysis.statistics import Statistics, statistics
from parindex.analysis.unit_figures import RankInput, Ties, UnitFigures, paths_of
from parindex.scheme.scheme import Scheme
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.collation import name_key
from parindex.values.exact import difference, to_text

Identity = Callable[[UnitFigures], tuple[Any, ...]]

if TYPE_CHECKING:
    from parindex.analysis.means import Mean


class Pair(Struct, frozen=True):
    """What is known of one unit, or of one criterion of it, on both sides; None is nothing.

    `comparable` is false where the scheme changed and the criterion has no
    partner of its name. `split` is the change of what it adds to the index.
    `criteria` are those of a unit, where they were asked for.
    """

    before: UnitFigures | None
    after: UnitFigures | None
    comparable: bool = True
    split: Split | None = None
    criteria: tuple["Pair", ...] = ()

    @property
    def either(self) -> UnitFigures:
        """The later of both, or the only one."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a pair is known on one side at least")
        return found

    @property
    def names(self) -> str:
        """Who it is; both names where two single scorecards of different units are compared."""
        names = [each.names for each in (self.before, self.after) if each]
        renamed = self.before and self.after and self.before.list != self.after.list
        return names[-1] if renamed else " | ".join(dict.fromkeys(names))

    @property
    def change(self) -> Fraction | None:
        """By how many percentage points the percentage rose: exact, or between figures as printed."""
        one, other = self.before, self.after
        return difference(other.percent, one.percent) if one and other else None

    @property
    def points(self) -> Fraction | None:
        """By how many points it rose; None unless scheme and maximum are known and the same."""
        one, other = self.before, self.after
        if one is None or other is None or one.scheme is None or one.max is None:
            return None
        same = (one.scheme, one.max) == (other.scheme, other.max)
        return difference(other.points, one.points) if same else None

    @property
    def move(self) -> int | None:
        """By how many places it rose: old rank − new rank."""
        one, other = self.before, self.after
        return difference(one.rank, other.rank) if one and other else None

    def __repr__(self) -> str:
        return brief(
            self,
            self.names,
            self.either.code or None,
            None if self.change is None else f"{to_text(self.change)} percentage points",
        )


Criteria = Callable[[Pair], Iterable[Pair]]


class Moves(Struct, frozen=True):
    """How many went up, down or stayed, which add to `known`; and who the most, None if nobody."""

    known: int
    up: int
    down: int
    unchanged: int
    rise: Pair | None
    fall: Pair | None


class Comparison(AsData, Struct, frozen=True):
    """Units of two sides, in the order of the later rank; `index` and `rank` count how they moved.

    `before` and `after` name the sides. `spreads` are statistics of both sides,
    over the units whose index is known on both; None where there is none.
    `bands` are how many units of each side are in which band, of those compared. `means` are
    those of the nation and its regions, `of` how many units there are, where that is known, and
    `ties` the rule of computed ranks; ranks are as printed without one.
    """

    before: str
    after: str
    pairs: tuple[Pair, ...]
    index: Moves
    rank: Moves
    spreads: tuple[Statistics, Statistics] | None
    bands: tuple[Mapping[str, int], Mapping[str, int]]
    means: "tuple[Mean, ...]" = ()
    of: int | None = None
    ties: Ties | None = None

    def __repr__(self) -> str:
        return brief(self, f"{self.before} → {self.after}", f"{len(self.pairs)} units")


def compare(
    before: Iterable[UnitFigures],
    after: Iterable[UnitFigures],
    names: tuple[str, str],
    identity: Identity,
    *,
    whole: bool = True,
    criteria: Criteria | None = None,
) -> Comparison:
    """The units of two sides that are the same ones.

    Args:
        before: the units of the side that is compared with.
        after: the units of the side that is compared.
        names: what the sides are called: a year, or a file.
        identity: finds who a unit is in any year; merged units are none of before.
        whole: only units with an index or a rank on both sides; else also those of one.
        criteria: gives the criteria of a unit on both sides.
    """
    one = {identity(each): each for each in reversed(list(before))}
    other = {identity(each): each for each in reversed(list(after))}
    pairs = [Pair(one.get(each), standing) for each, standing in other.items()]
    pairs += [Pair(standing, None) for each, standing in one.items() if each not in other]
    if whole:
        pairs = [pair for pair in pairs if pair.change is not None or pair.move is not None]
    if criteria is not None:
        pairs = [replace(pair, criteria=tuple(criteria(pair))) for pair in pairs]
    pairs.sort(key=_order)
    both = [pair for pair in pairs if pair.change is not None]
    spreads = tuple(
        statistics(each.percent for each in side if each and each.percent is not None)
        for side in ([pair.before for pair in both], [pair.after for pair in both])
    )
    return Comparison(
        *names,
        tuple(pairs),
        tally(pairs),
        tally(pairs, lambda pair: pair.move),
        (spreads[0], spreads[1]) if spreads[0] and spreads[1] else None,
        (_bands(pair.before for pair in pairs), _bands(pair.after for pair in pairs)),
    )


def _order(pair: Pair) -> tuple[Any, ...]:
    row = pair.either
    return (
        *(row.province or "", row.group or "", pair.after is None),
        *(row.rank is None, row.rank or 0, -(row.percent or Fraction(0)), name_key(row.unit)),
    )


def tally(
    pairs: Iterable[Pair],
    by: Callable[[Pair], Fraction | int | None] = lambda pair: pair.change,
) -> Moves:
    """How many of some pairs went up or down, by their percentage unless something else is asked."""
    moves = [(move, pair) for pair in pairs if (move := by(pair)) is not None]
    up = [each for each in moves if each[0] > 0]
    down = [each for each in moves if each[0] < 0]
    return Moves(
        len(moves),
        len(up),
        len(down),
        len(moves) - len(up) - len(down),
        max(up, key=lambda each: each[0])[1] if up else None,
        min(down, key=lambda each: each[0])[1] if down else None,
    )


def passed(unit: Pair, others: Iterable[Pair]) -> tuple[int, int]:
    """How many units it passed by rank, and how many passed it; those with an equal rank count as neither."""
    up = down = 0
    for other in others:
        was, now = _below(other.before, unit.before), _below(other.after, unit.after)
        up += was < 0 < now
        down += now < 0 < was
    return up, down


def _below(one: UnitFigures | None, other: UnitFigures | None) -> int:
    """By how many places one unit stands below another; 0 where that is not known."""
    if one is None or other is None or one.rank is None or other.rank is None:
        return 0
    return one.rank - other.rank


def _bands(standings: Iterable[UnitFigures | None]) -> Mapping[str, int]:
    return dict(sorted(Counter(each.band for each in standings if each and each.band).items()))


def compare_criteria(
    before: Iterable[UnitFigures],
    after: Iterable[UnitFigures],
    schemes: tuple[Scheme | None, Scheme | None],
    whole: Pair,
) -> list[Pair]:
    """The criteria of one unit on both sides, in the order of the later scheme.

    Under one scheme criteria are the same by their code. Under two they are so by
    their name and the names above it: a number means another area under another
    scheme. What has no such partner, or a name that occurs twice, is not comparable.
    Of published figures, some of which are known, what is not known has its maximum.

    Args:
        before: the criteria of the side that is compared with.
        after: the criteria of the side that is compared.
        schemes: the schemes of both sides; None where none is known.
        whole: the unit itself on both sides, whose maxima weigh the criteria.
    """
    old, new = schemes
    same = old is not None and new is not None and old.id == new.id
    here, there = _keys(old, same=same), _keys(new, same=same)
    ones = {here.get(each.code, (each.year, each.code, 0)): each for each in before}
    others = {there.get(each.code, (each.year, each.code, 1)): each for each in after}
    shared = set(here.values()) & set(there.values())
    pairs = []
    for key in dict.fromkeys([*others, *ones]):
        one = ones.get(key) or (_open(old, here, key, whole.before) if ones else None)
        other = others.get(key) or (_open(new, there, key, whole.after) if others else None)
        parts = None
        if one and other and whole.before and whole.after:
            parts = split(one, other, whole.before, whole.after)
        pairs.append(Pair(one, other, key in shared or not (whole.before and whole.after), parts))
    return sorted(pairs, key=lambda pair: (pair.after is None, name_key(pair.either.code)))


def _open(
    scheme: Scheme | None,
    keys: Mapping[str, tuple[Any, ...]],
    key: tuple[Any, ...],
    whole: UnitFigures | None,
) -> UnitFigures | None:
    """A criterion of which no figure is published, with what its scheme says of it."""
    code = next((code for code, each in keys.items() if each == key), None)
    if scheme is None or code is None or whole is None or isinstance(whole, RankInput):
        return None
    criterion = scheme.by_code[code]
    return replace(
        whole,
        code=code,
        name=criterion.name,
        path=paths_of(scheme)[code],
        max=criterion.maximum,
        **dict.fromkeys(("percent", "points", "index", "rank", "of", "band", "source")),
    )


def _keys(scheme: Scheme | None, *, same: bool) -> Mapping[str, tuple[Any, ...]]:
    """What each criterion of a scheme is matched by; without a name nothing matches it."""
    if scheme is None:
        return {}
    if same:
        return {code: (code,) for code in scheme.by_code}
    paths = paths_of(scheme)
    often = Counter(paths.values())
    return {code: path for code, path in paths.items() if often[path] == 1}
