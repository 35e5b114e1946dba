"""Ranking: units of a group by their exact index, ties by a stated rule, nobody as a zero.

Whoever is not ranked is listed apart: assessed but not ranked, not yet known in
full, or without a scorecard at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.statistics import Statistics, statistics
from parindex.analysis.unit_figures import By, Identity, RankInput, Ties, who
from parindex.findings import InputError
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.codes import DUPLICATE_KEY
from parindex.values.collation import name_key
from parindex.values.exact import RoundingMode, rounded
from parindex.values.finding import Finding
from parindex.values.groups import grouped


class Group(NamedTuple):
    """Units that are ranked together: of one level and year, one province and one group of it."""

    year: int
    level: str
    province: str | None
    group: str | None


class Ranked(Struct, frozen=True):
    """One place: `rank` in the group, and `before` the rank of the year before, where known."""

    rank: int
    entrant: RankInput
    before: int | None = None

    @property
    def move(self) -> int | None:
        """Places up since the year before; down is negative."""
        return None if self.before is None else self.before - self.rank

    def __repr__(self) -> str:
        return brief(self, self.rank, self.entrant)


class Ranking(AsData, Struct, frozen=True):
    """One group ranked: `places` from the first on, and who is not among them.

    `by` is `points`, with bonus and penalty, where the scheme says so or no maximum is known. `keys` are
    the codes that broke ties, and after them names do, for `ordinal` only.
    `unranked` are assessed but not ranked, `unknown` those of whom not all is
    known that ranks them, `missing` the names of those without a scorecard.
    """

    group: Group
    by: By
    ties: Ties
    keys: tuple[str, ...]
    places: tuple[Ranked, ...]
    unranked: tuple[RankInput, ...]
    unknown: tuple[RankInput, ...]
    figures: Statistics | None
    bands: Mapping[str | None, int]
    digits: int
    mode: RoundingMode
    since: int | None = None
    missing: tuple[str, ...] = ()

    def printed(self, value: Fraction) -> Decimal:
        """A figure of the ranking with the digits of its schemes."""
        return rounded(value, self.digits, self.mode)

    def figure(self, entrant: RankInput) -> Fraction | None:
        """What a unit is ranked by, exact."""
        return figure_by(entrant, self.by)

    def __repr__(self) -> str:
        named = (str(each) for each in self.group if each is not None)
        return brief(self, *named, f"{len(self.places)} places by {self.by}")


Missing = Callable[[Group, Sequence[str]], Sequence[str] | None]
"""Of a group and the names that were met: those of the units that were not; None if nobody knows."""


def rank(
    entrants: Iterable[RankInput],
    ties: Ties | None = None,
    previous: Iterable[RankInput] = (),
    missing: Missing | None = None,
    identity: Identity = who,
) -> list[Ranking]:
    """Rank units within their groups, whatever order they come in.

    Args:
        entrants: what ranking needs of each result.
        ties: the rule for equals, instead of that of the schemes.
        previous: units of years before, ranked the same way: the last year
            before that of a group counts for its moves.
        missing: finds which units of a group have no scorecard; where it
            cannot, those ranked the year before that are not met have none.
        identity: finds who a unit is in any year.

    Returns:
        The groups, by year, level, province and name.

    Raises:
        InputError: P107 a unit occurs twice in a group.
    """
    entrants, previous = list(entrants), list(previous)
    if twice := [*_twice(entrants, identity), *_twice(previous, identity)]:
        raise InputError(twice)
    earlier = [_ranked(group, each, ties, {}) for group, each in grouped(previous, _group).items()]
    groups = grouped(entrants, _group)
    rankings = []
    for group in sorted(groups, key=_order):
        members = groups[group]
        befores = [r for r in earlier if r.group[1:] == group[1:] and r.group.year < group.year]
        before = max(befores, key=lambda each: each.group.year, default=None)
        old = {identity(place.entrant): place for place in before.places} if before else {}
        now = {identity(each): old.get(identity(each)) for each in members}
        absent = missing(group, [each.unit for each in members]) if missing else None
        if absent is None:
            absent = [place.entrant.unit for each, place in old.items() if each not in now]
        ranks = {each: place.rank for each in members if (place := now[identity(each)])}
        ranking = _ranked(group, members, ties, ranks)
        since = before.group.year if before else None
        names = tuple(sorted(absent, key=name_key))
        rankings.append(replace(ranking, since=since, missing=names))
    return rankings


def _twice(entrants: Iterable[RankInput], identity: Identity) -> Iterator[Finding]:
    """A fault for each unit that would be counted twice."""
    for same in grouped(entrants, lambda each: (_group(each), identity(each))).values():
        for each in same[1:]:
            yield Finding(DUPLICATE_KEY, f"{each.unit} {each.year}", {"found": each.unit})


def _group(entrant: RankInput) -> Group:
    province = None if entrant.level == "province" else entrant.province
    return Group(entrant.year, entrant.level or "", province, entrant.group)


def _order(group: Group) -> tuple[object, ...]:
    return group.year, group.level, name_key(group.province or ""), name_key(group.group or "")


def _ranked(
    group: Group,
    members: Sequence[RankInput],
    ties: Ties | None,
    before: Mapping[RankInput, int],
) -> Ranking:
    members = sorted(members, key=by_name)
    by, rule, keys = rules_of(members, ties)
    figures = [(figure_by(each, by), each) for each in members]
    placed = [(figure, each) for figure, each in figures if each.ranked and figure is not None]
    placed.sort(key=lambda pair: (-pair[0], descending(pair[1].keys if keys else ())))
    places = tuple(
        Ranked(place, each, before.get(each))
        for place, (_, each) in zip(_places(placed, rule), placed, strict=True)
    )
    return Ranking(
        group,
        by,
        rule,
        keys,
        places,
        unranked=tuple(each for each in members if not each.ranked),
        unknown=tuple(each for figure, each in figures if each.ranked and figure is None),
        figures=statistics(figure for figure, _ in placed),
        bands=Counter(place.entrant.band for place in places),
        digits=members[0].digits,
        mode=members[0].mode,
    )


def figure_by(entrant: RankInput, by: By) -> Fraction | None:
    """What a unit is ranked by: the exact index, or the points with bonus and penalty."""
    return entrant.percent if by == "percent" else entrant.points


def by_name(entrant: RankInput) -> tuple[object, ...]:
    """The order of units that nothing else distinguishes."""
    names = (entrant.unit, entrant.parent, entrant.province)
    return tuple(name_key(name or "") for name in names), entrant.unit_id or ""


def rules_of(members: Sequence[RankInput], ties: Ties | None) -> tuple[By, Ties, tuple[str, ...]]:
    """By what the units are ranked, and what becomes of equals: as all their schemes say."""
    by: By = "percent"
    known = [each for each in members if each.points is not None]
    if {each.by for each in members} == {"points"} or not any(e.percent is not None for e in known):
        by = "points" if known else "percent"
    rules = {(each.ties, each.tie_codes) for each in members}
    rule, keys = rules.pop() if len(rules) == 1 else ("competition", ())
    rule = ties or rule
    return by, rule, keys if rule == "ordinal" else ()


def descending(keys: Sequence[Fraction | None]) -> tuple[tuple[bool, Fraction], ...]:
    """More points first; points that are not known come last."""
    return tuple((points is None, -(points or Fraction(0))) for points in keys)


def _places(placed: Sequence[tuple[Fraction, RankInput]], ties: Ties) -> list[int]:
    """The ranks of figures that fall: only exact equals share one."""
    places: list[int] = []
    for position, (figure, _) in enumerate(placed):
        if ties != "ordinal" and position and figure == placed[position - 1][0]:
            places.append(places[-1])
        elif ties == "dense" and position:
            places.append(places[-1] + 1)
        else:
            places.append(position + 1)
    return places
