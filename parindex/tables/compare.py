"""Comparisons as sheets: the units of two sides, how they moved, and the means."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.means import Mean, against_the_trend, means_of_unit
from parindex.analysis.statistics import Statistics
from parindex.analysis.unit_figures import UnitFigures
from parindex.tables.compare_unit import criteria_sheet
from parindex.tables.means import DIGITS, gaps_sheet, means_sheet, printed, signed, trend_notes
from parindex.tables.ranking import TIES
from parindex.tables.sheet import Cell, Column, Sheet, filled, places
from parindex.values.exact import rounded
from parindex.values.language import Language

_MOST_NAMES: Final = 12
_ENDS: Final = 5
"""How many units of each end are named, where there are at least twice as many."""


class Told(Struct, frozen=True):
    """What is told of a comparison beside itself.

    `of` is how many units there are, None where nobody says. `ties` is the rule
    of computed ranks, None where ranks are as printed. `regions` are their names
    by id, and `merged` says whether units were merged between the sides. `kind`
    is `result` or `sipas`, which no scheme makes.
    """

    found: Comparison
    means: tuple[Mean, ...]
    of: int | None
    ties: str | None
    regions: Mapping[str, str]
    merged: bool
    kind: str = "result"


def comparison_sheets(told: Told, say: Language, *, detail: bool) -> Iterator[Sheet]:
    """The units of two sides; then the means, or with `detail` each unit beside them."""
    found = told.found
    yield _units_sheet(told, say, detail=detail)
    if not detail:
        if any(mean.region for mean in told.means):
            yield means_sheet(told.means, found, told.regions, say)
        return
    for pair in found.pairs:
        known = any(each and each.percent is not None for each in (pair.before, pair.after))
        if known and (near := means_of_unit(pair, told.means)):
            yield gaps_sheet(pair, near, found, told.regions, say)
        if pair.criteria:
            yield criteria_sheet(pair, found, say)


def _units_sheet(told: Told, say: Language, *, detail: bool) -> Sheet:
    """The units of both sides, and how many went up and down."""
    found = told.found
    before, after = found.before, found.after
    columns = (
        Column("unit", say("Unit")),
        Column("index_before", f"{say('Index')} {before}", "number"),
        Column("index_after", f"{say('Index')} {after}", "number"),
        Column("change", say("Change"), "number"),
        Column("rank_before", f"{say('Rank')} {before}", "number"),
        Column("rank_after", f"{say('Rank')} {after}", "number"),
        Column("move", say("Places"), "number"),
        Column("band_before", f"{say('Band')} {before}", "code"),
        Column("band_after", f"{say('Band')} {after}", "code"),
    )
    shown, rows = filled(columns, [_cells(pair, found, say) for pair in found.pairs])
    notes = [*(() if detail else comparison_notes(found, told.of, say)), *_remarks(told, say)]
    for pair in found.pairs if detail else _extremes(found):
        notes += trend_notes(pair, told.means, say)
    what = say("Comparison") if told.kind == "result" else say("Comparison of the SIPAS index")
    title = " · ".join(filter(None, (f"{what} {before} – {after}", *_group(found))))
    return Sheet(title, shown or columns[:1], rows, notes=tuple(notes))


def _group(found: Comparison) -> tuple[str, ...]:
    """The group of units that all are of, for units that are no provinces."""
    groups = {(pair.either.province or "", pair.either.group or "") for pair in found.pairs}
    return groups.pop() if len(groups) == 1 else ()


def _extremes(found: Comparison) -> Iterator[Pair]:
    """The unit that fell most places although its index rose, or the other way."""
    against = [pair for pair in found.pairs if against_the_trend(pair)]
    if against:
        yield max(against, key=lambda pair: abs(pair.move or 0))


def _cells(pair: Pair, found: Comparison, say: Language) -> tuple[Cell, ...]:
    one, other = pair.before, pair.after
    return (
        pair.names if len(found.pairs) == 1 else pair.either.name_in_group,
        printed(one),
        printed(other),
        signed(pair.change, say),
        one.rank if one else None,
        other.rank if other else None,
        places(pair.move),
        (one.band if one else None) or "",
        (other.band if other else None) or "",
    )


def comparison_notes(found: Comparison, of: int | None, say: Language) -> Iterator[str]:
    """How many units went up and down, who the most, and the statistics of both sides."""
    if not found.pairs:
        yield say("No unit is known on both sides.")
        return
    told = {"index": found.index.known, "rank": found.rank.known}
    if of is None:
        yield say("Known in both: index of {index}, rank of {rank}.", **told)
    else:
        yield say("Known in both: index of {index} of {of}, rank of {rank} of {of}.", **told, of=of)
    for tally, what in ((found.index, say("Index")), (found.rank, say("Rank"))):
        if tally.known:
            yield say(
                "{what}: {up} up, {down} down, {unchanged} unchanged.",
                what=what,
                up=tally.up,
                down=tally.down,
                unchanged=tally.unchanged,
            )
    yield from _most(found, say)
    yield from _statistics(found, say)


def _most(found: Comparison, say: Language) -> Iterator[str]:
    """Who rose and fell most, where there are several."""
    if found.index.known > 1:
        for pair, what in (
            (found.index.rise, say("Highest rise")),
            (found.index.fall, say("Deepest fall")),
        ):
            if pair is not None:
                yield f"{what}: {pair.either.unit} {signed(pair.change, say)}"
    if found.rank.known > 1:
        for pair, what in (
            (found.rank.rise, say("Most places up")),
            (found.rank.fall, say("Most places down")),
        ):
            if pair is not None:
                yield f"{what}: {pair.either.unit} {places(pair.move)}"


def _statistics(found: Comparison, say: Language) -> Iterator[str]:
    """Mean, median, highest, lowest, above the mean, bands, and both ends."""
    if found.spreads is not None and found.index.known > 1:
        for name, spread in zip((found.before, found.after), found.spreads, strict=True):
            yield _spread(name, spread, found.index.known, say)
    for name, bands in zip((found.before, found.after), found.bands, strict=True):
        if bands and len(found.pairs) > 1:
            told = "; ".join(f"{band} {count}" for band, count in bands.items())
            yield say("Bands of {name}, as far as known: {bands}.", name=name, bands=told)
    known = [pair for pair in found.pairs if pair.change is not None and pair.after]
    if len(known) >= 2 * _ENDS:
        known.sort(key=lambda pair: pair.after.percent if pair.after else None, reverse=True)  # type: ignore[arg-type, return-value]
        first = ", ".join(_named(pair, say) for pair in known[:_ENDS])
        last = ", ".join(_named(pair, say) for pair in known[-_ENDS:])
        yield say("Highest in {name}: {names}.", name=found.after, names=first)
        yield say("Lowest in {name}: {names}.", name=found.after, names=last)


def _named(pair: Pair, say: Language) -> str:
    figure = printed(pair.after)
    return f"{pair.either.unit} {say.number(figure)}" if figure is not None else pair.either.unit


def _spread(name: str, spread: Statistics, count: int, say: Language) -> str:
    return say(
        "{name}, of these {count}: mean {mean}, median {median}, highest {highest}, lowest {lowest}, {above} above the mean.",
        name=name,
        count=count,
        mean=say.number(rounded(spread.mean, DIGITS)),
        median=say.number(rounded(spread.median, DIGITS)),
        highest=say.number(rounded(spread.highest, DIGITS)),
        lowest=say.number(rounded(spread.lowest, DIGITS)),
        above=spread.above,
    )


def _remarks(told: Told, say: Language) -> Iterator[str]:
    """What to bear in mind: how ranks were made, doubts about figures, other units and schemes."""
    pairs = told.found.pairs
    standings = [each for pair in pairs for each in (pair.before, pair.after) if each]
    if told.ties is not None:
        yield say("Ranked by the exact index: {ties}.", ties=say(TIES[told.ties]))
    elif any(each.rank for each in standings):
        yield say("Ranks are as published; how equal units were ranked is not printed.")
    if doubtful := _some(each for each in standings if each.doubtful):
        yield say("Another source says otherwise of: {names}.", names=doubtful)
    if len(pairs) == 1 and (open_ := _some(each for each in standings if each.percent is None)):
        yield say("No index is known of: {names}.", names=open_)
    if weak := _some(each for each in standings if each.weak):
        yield say("Weak source, or worked out from other figures: {names}.", names=weak)
    both = [(pair.before, pair.after) for pair in pairs if pair.before and pair.after]
    if told.merged:
        yield say("Units were merged between the two years: those are not compared.")
    changed = {(a.scheme, b.scheme) for a, b in both if a.scheme is None or a.scheme != b.scheme}
    if changed and told.kind == "result":
        first = min(changed, key=str)
        if first == (None, None):
            yield say("The schemes are not known: a change may come from the scheme.")
            return
        names = " | ".join(dict.fromkeys(each or say("not known") for each in first))
        yield say(
            "The schemes differ ({schemes}): a change may come from the scheme.", schemes=names
        )


def _some(standings: Iterable[UnitFigures]) -> str:
    """Names with their years, the first dozen of them."""
    names = [f"{each.unit} {each.year}" for each in standings]
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
