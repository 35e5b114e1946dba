"""How sure the ranks of results are: groups ranked exactly, then drawn."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
from msgspec.structs import replace

from parindex.analysis.ranking import Missing, Ranking, rank
from parindex.analysis.stability import (
    MOST_UNITS,
    MOST_WORK,
    Choices,
    Share,
    Source,
    Stability,
    UnitStability,
    left_out,
    none_left,
)
from parindex.analysis.uncertain import Figure, Sum, Uncertain, uncertain
from parindex.analysis.unit_figures import By, Identity, RankInput, Ties, rank_input_of, who
from parindex.scale.stability.bands import Cuts, cuts_of, tells_bands
from parindex.scale.stability.draws import Draws, Unsure
from parindex.scale.stability.model import Drawn, Floats, Model
from parindex.scale.stability.ranks import Ranks, Tally, int32, ranks_of
from parindex.scale.stability.shares import shares_of
from parindex.scheme.band import BandSet
from parindex.scoring.result import Result
from parindex.values.exact import POINTS_DIGITS
from parindex.values.language import N_

_MOST_CELLS: Final = 1_000_000
"""Numbers of one array of draws: 8 MB."""
_MOST_RANKS: Final = 20_000_000
"""Ranks that are kept for the shares of sources: 80 MB."""
_FEWEST: Final = 2
_NO_AREAS: Final = N_("the points of all areas are not known of every unit")
_NO_MAXIMA: Final = N_("the maxima of areas are not known")
_SCHEMES: Final = N_("the units have several schemes")
_ONE_AREA: Final = N_("nothing would be left of a unit without one of its areas")
_NO_FIGURES: Final = N_("no points are given as numbers")
_NO_ANSWERS: Final = N_("no answers are given as counts")
_NO_SURVEYS: Final = N_("no answers are given as counts, and no points of surveys as numbers")


class Entrant(NamedTuple):
    """What is needed of a result: all that ranks it, and what of it is not sure."""

    ranked: RankInput
    unsure: Uncertain | None
    bands: BandSet | None


def entrant_of(result: Result, choices: Choices) -> Entrant:
    """What the choices need of a result; the rest need not be kept."""
    figures = choices.rounding or choices.survey is not None
    return Entrant(rank_input_of(result), uncertain(result, figures=figures), result.band_set)


def stability(
    entrants: Iterable[Entrant],
    choices: Choices,
    ties: Ties | None = None,
    missing: Missing | None = None,
    identity: Identity = who,
) -> list[Stability]:
    """How sure the ranks of each group are; units that are not ranked are not drawn.

    Raises:
        InputError: P107 a unit occurs twice in a group.
        ValueError: choices are out of bounds, or a group has too many units for so many draws.
    """
    choices.check()
    held = list(entrants)
    by_rank = {id(each.ranked): each for each in held}
    rankings = rank((each.ranked for each in held), ties, (), missing, identity)
    for ranking in rankings:
        count = len(ranking.places)
        if count > MOST_UNITS or count * choices.draws > MOST_WORK:
            told = f"at most {MOST_UNITS} units, and {MOST_WORK} units × draws"
            raise ValueError(f"draws: expected {told}; found {count} units")
    return [
        _Group(each, [by_rank[id(place.entrant)] for place in each.places], choices).stability()
        for each in rankings
    ]


class _Group:
    """One group: its units in the order of their ranks, and what of them can be drawn."""

    def __init__(self, ranking: Ranking, entrants: Sequence[Entrant], choices: Choices) -> None:
        self.ranking, self.entrants, self.choices = ranking, entrants, choices
        units = [each.unsure for each in entrants if each.unsure is not None]
        several = len({each.ranked.scheme for each in entrants}) > 1
        self.has_areas = not several and all(unit.codes != ("",) for unit in units)
        self.units = units if self.has_areas else [_whole(unit) for unit in units]
        self.now = int32([place.rank for place in ranking.places])
        self.left: dict[Source, str] = {}
        self.figures: dict[Source, int] = {}
        for source in choices.sources:
            why = self._why_not(source, several=several) if units else _NO_AREAS
            if why:
                self.left[source] = why
        self.sources = tuple(each for each in choices.sources if each not in self.left)
        self.cuts = _cuts(ranking, entrants)

    def _why_not(self, source: Source, *, several: bool) -> str:
        """Why a source cannot be drawn; empty if it can."""
        units = self.units
        if source in ("weights", "leave-out"):
            self.figures[source] = len(units[0].areas)
            if not self.has_areas:
                return _SCHEMES if several else _NO_AREAS
            if source == "weights":
                return _NO_MAXIMA if None in units[0].weights or not any(units[0].weights) else ""
            is_percent = self.ranking.by == "percent"
            areas = range(len(units[0].areas))
            return _ONE_AREA if is_percent and any(none_left(units, a) for a in areas) else ""
        is_moved = self._is_rounded if source == "rounding" else self._is_asked
        self.figures[source] = sum(is_moved(each) for unit in units for each in unit.figures)
        if self.figures[source]:
            return ""
        if source == "rounding":
            return _NO_FIGURES
        return _NO_ANSWERS if self.choices.survey == "counts" else _NO_SURVEYS

    @staticmethod
    def _is_rounded(figure: Figure) -> bool:
        return figure.unit is not None

    def _is_asked(self, figure: Figure) -> bool:
        by_number = self.choices.survey != "counts" and figure.is_survey
        return bool(figure.counts) or by_number

    def stability(self) -> Stability:
        """Draw, count, and tell."""
        run = _Run(self)
        if self.units:
            run.draw()
        alone = {source: tally.spreads(self.choices.top) for source, tally in run.alone.items()}
        without = self._without()
        by_unit, whole = run.shares()
        together = run.together.spreads(self.choices.top) if self.units else []
        units = tuple(
            UnitStability(
                place,
                together[at],
                {source: spreads[at] for source, spreads in alone.items()},
                {source: shares[at] for source, shares in by_unit.items()},
                {code: ranks[at] for code, ranks in without.items()},
            )
            for at, place in enumerate(self.ranking.places)
        )
        return Stability(
            self.ranking,
            self.choices,
            self.sources,
            self.left,
            {source: self.figures[source] for source in self.sources},
            units,
            _mean(each.together.shift for each in units),
            {source: _mean(each.shift for each in spreads) for source, spreads in alone.items()},
            whole,
            run.base,
            _names(self.entrants),
        )

    def _without(self) -> Mapping[str, tuple[int | None, ...]]:
        """The exact rank of each unit without each area, where areas are to be left out."""
        if self.choices.leave_out is None or not self.units or not self.has_areas:
            return {}
        codes = self.units[0].codes
        return {code: left_out(self.ranking, self.units, at) for at, code in enumerate(codes)}


class _Run:
    """The draws of a group, some rows at a time, and what is counted of them."""

    def __init__(self, group: _Group) -> None:
        self.group, choices, sources = group, group.choices, group.sources
        self.together = Tally(group.now, group.cuts)
        several = sources if len(sources) > 1 else ()
        self.alone = {source: Tally(group.now, group.cuts) for source in several}
        most = _MOST_RANKS // max(1, len(group.units) * (len(sources) + 2))
        self.base = min(choices.draws // (len(sources) + 2), most) if several else 0
        if self.base < _FEWEST:
            self.base = 0
        self._one: list[Ranks] = []
        self._other: list[Ranks] = []
        self._mixed: dict[Source, list[Ranks]] = {source: [] for source in several}

    def draw(self) -> None:
        """All draws."""
        group, choices = self.group, self.group.choices
        self._model = Model(group.units, group.ranking.by)
        others = {cut.by for cut in group.cuts} - {group.ranking.by}
        self._others = {by: Model(group.units, by) for by in others}
        unsure = Unsure(choices, group.sources, group.units)
        sides = [Draws(choices, unsure, side) for side in (0, 1)]
        rows = self._rows()
        for start in range(0, choices.draws, rows):
            count = min(rows, choices.draws - start)
            one = sides[0].next(count)
            ranks = self._count(self.together, one, count)
            for source, tally in self.alone.items():
                self._count(tally, {source: one[source]}, count)
            left = min(count, self.base - start)
            if left > 0:
                self._cross(one, sides[1].next(left), ranks, left)

    def _rows(self) -> int:
        """Draws at a time: the same whatever is drawn, so that all is the same for one seed."""
        group = self.group
        figures = sum(len(unit.figures) for unit in group.units)
        cells = max(figures, len(group.units) * len(group.units[0].areas))
        return max(1, min(group.choices.draws, _MOST_CELLS // max(1, cells)))

    def _count(self, tally: Tally, drawn: Drawn, rows: int) -> Ranks:
        figures: dict[By, Floats] = {}
        figures[self.group.ranking.by] = self._model.figures(drawn, rows)
        for by, model in self._others.items():
            figures[by] = model.figures(drawn, rows)
        ranks = ranks_of(figures[self.group.ranking.by], self.group.ranking.ties)
        tally.add(ranks, figures)
        return ranks

    def _cross(self, one: Drawn, other: Drawn, ranks: Ranks, rows: int) -> None:
        """The outputs of both matrices of draws, and of the first with one source of the second."""
        ties = self.group.ranking.ties
        first = {source: each[:rows] for source, each in one.items()}
        self._one.append(ranks[:rows])
        self._other.append(ranks_of(self._model.figures(other, rows), ties))
        for source, kept in self._mixed.items():
            mixed = {**first, source: other[source]}
            kept.append(ranks_of(self._model.figures(mixed, rows), ties))

    def shares(self) -> tuple[Mapping[Source, Sequence[Share]], Mapping[Source, Share]]:
        """The shares of the sources in the variance of each unit's rank, and of the mean shift."""
        if not self.base or not self.group.units:
            return {}, {}
        one, other = np.concatenate(self._one), np.concatenate(self._other)
        mixed = {source: np.concatenate(each) for source, each in self._mixed.items()}
        by_unit = shares_of(one, other, mixed)
        whole = shares_of(
            self._shift(one),
            self._shift(other),
            {s: self._shift(each) for s, each in mixed.items()},
        )
        return by_unit, {source: shares[0] for source, shares in whole.items()}

    def _shift(self, ranks: Ranks) -> Any:
        return self.together.shifts(ranks)[:, np.newaxis]


def _whole(unit: Uncertain) -> Uncertain:
    """The unit with the whole in place of its areas."""
    points = sum((each.points for each in unit.areas), unit.rest.points)
    maximum = sum((each.maximum for each in unit.areas), unit.rest.maximum)
    figures = tuple(replace(each, area=0) for each in unit.figures)
    nothing = Sum(Fraction(0), Fraction(0))
    whole = (Sum(points, maximum),)
    return replace(unit, codes=("",), areas=whole, weights=(None,), rest=nothing, figures=figures)


def _cuts(ranking: Ranking, entrants: Sequence[Entrant]) -> list[Cuts]:
    """The bands of the units, those of one kind together; none of units whose bands ask for more."""
    found: list[tuple[BandSet, int, list[int]]] = []
    for at, each in enumerate(entrants):
        bands = each.bands
        if (
            bands is None
            or not tells_bands(bands)
            or (bands.by == "percent" and each.ranked.percent is None)
        ):
            continue
        digits = ranking.digits if bands.by == "percent" else max(ranking.digits, POINTS_DIGITS)
        for known, of, units in found:
            if known == bands and of == digits:
                units.append(at)
                break
        else:
            found.append((bands, digits, [at]))
    return [cuts_of(units, bands, digits, ranking.mode) for bands, digits, units in found]


def _names(entrants: Sequence[Entrant]) -> tuple[str | None, ...]:
    """The bands from the highest down, as all schemes name them."""
    sets: list[BandSet | None] = [each.bands for each in entrants]
    told = [step.name for bands in sets if bands and tells_bands(bands) for step in bands.steps]
    return tuple(dict.fromkeys(told))


def _mean(values: Iterable[Fraction]) -> Fraction:
    held = list(values)
    return sum(held, Fraction(0)) / len(held) if held else Fraction(0)
