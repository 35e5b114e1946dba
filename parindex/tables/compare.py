"""Comparisons: the units of two sides, how they moved, the means, and the criteria of one unit."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from parindex.analysis.change_decomposition import split_whole
from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.means import Mean, against_the_trend, means_of_unit
from parindex.analysis.unit_figures import RankInput, Ties, UnitFigures
from parindex.tables.columns import columns
from parindex.tables.figures import exact_number, first_of, places, record_of
from parindex.tables.means import DIGITS, means_table, printed, signed, trend_notes
from parindex.tables.ranking import has_equals, range_text, rule_notes
from parindex.tables.table import Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded, to_decimal_or_none
from parindex.values.language import Language
from parindex.values.years import spans

FORMAT: Final = "parindex-comparison/1"
_ENDS: Final = 5
"""How many units of each end are named, where there are at least twice as many."""
_MOST_GONE: Final = 12
"""How many units that a side lacks get a sentence."""
_TALLY: Final = "known up down unchanged"
_SPREAD: Final = "mean median highest lowest"


class Compared(Struct, frozen=True):
    """A comparison of one group of units, with what is printed beside it.

    `of` is how many units there are, None where nobody says. `ties` is the rule
    of computed ranks, None where ranks are as printed. `regions` are their names
    by id, and `merged` says whether units were merged between the sides. `kind`
    is `result` or `sipas`, which no scheme makes. `absent` are units of which a side knows
    nothing, with the name of the side. `years` are those that have published figures, by unit.
    """

    found: Comparison
    means: tuple[Mean, ...]
    of: int | None
    ties: Ties | None
    regions: Mapping[str, str]
    merged: bool
    kind: str = "result"
    absent: tuple[tuple[str, str], ...] = ()
    years: Mapping[str, tuple[int, ...]] = {}


def comparison_record(each: Compared) -> dict[str, Any]:
    """One comparison for programs, with its units and their criteria."""
    found, sides = each.found, ("before", "after")
    spreads = [
        {**record_of(spread, _SPREAD), "above_mean": spread.above} if spread else None
        for spread in found.spreads or (None, None)
    ]
    return {
        **record_of(found, "before after"),
        **record_of(each, "of ties"),
        "index": record_of(found.index, _TALLY),
        "rank": record_of(found.rank, _TALLY),
        "statistics": dict(zip(sides, spreads, strict=True)),
        "bands": dict(zip(sides, map(dict, found.bands), strict=True)),
        "means": [
            record_of(mean, "region before after change origin count") for mean in each.means
        ],
        "units": [
            {**pair_record(pair), "criteria": list(map(pair_record, pair.criteria))}
            for pair in found.pairs
        ],
    }


def pair_records(found: Comparison) -> Iterator[dict[str, Any]]:
    """Each unit, then its criteria."""
    for pair in found.pairs:
        yield from map(pair_record, (pair, *pair.criteria))


def pair_record(pair: Pair) -> dict[str, Any]:
    """A unit, or a criterion of it, on both sides; points and changes are exact."""
    row, split = pair.either, pair.split
    return {
        **record_of(row, "level province group parent unit"),
        **_sides(pair, "code"),
        "name_vi": row.name.vi if row.name and row.code else None,
        **_sides(pair, "year"),
        **_sides(pair, "scheme"),
        "comparable": pair.comparable,
        "index_before": printed(pair.before),
        "index_after": printed(pair.after),
        "change": exact_number(pair.change),
        **_sides(pair, "points"),
        "points_change": exact_number(pair.points),
        **_sides(pair, "max"),
        "from_unit": exact_number(split.unit if split else None),
        "from_maxima": exact_number(split.maxima if split else None),
        **_sides(pair, "rank"),
        "move": pair.move,
        **_sides(pair, "band"),
        **_sides(pair, "source"),
    }


def _sides(pair: Pair, field: str) -> dict[str, Any]:
    """A field of both sides; None where there is no such side, or it is empty there."""
    sides = (("before", pair.before), ("after", pair.after))
    values = [(side, record_of(each, field)[field] if each else None) for side, each in sides]
    return {f"{field}_{side}": None if value == "" else value for side, value in values}


COLUMNS: Final = tuple(pair_record(Pair(UnitFigures("", 0), None)))
"""The columns of CSV."""


def comparison_tables(each: Compared, say: Language, *, detail: bool) -> Iterator[Table]:
    """The units of two sides; then the means, or with `detail` each unit beside them."""
    found, regions = each.found, each.regions
    yield _units_table(each, say, detail=detail)
    if not detail:
        if any(mean.region for mean in each.means):
            yield means_table(each.means, found, regions, say)
        return
    for pair in found.pairs:
        known = any(side and side.percent is not None for side in (pair.before, pair.after))
        if known and (means := means_of_unit(pair, each.means)):
            yield means_table(means, found, regions, say, pair)
        if pair.criteria:
            yield _criteria_table(pair, found, say)


def _shown(pair: Pair, say: Language) -> dict[str, Any]:
    """The record as people read it: points with two decimals or more, changes with their sign."""
    split = pair.split
    return {
        **pair_record(pair),
        "points_before": _points(pair.before),
        "points_after": _points(pair.after),
        "points_change": signed(pair.points, say),
        "change": signed(pair.change, say),
        "from_unit": signed(split.unit if split else None, say),
        "from_maxima": signed(split.maxima if split else None, say),
        "move": places(pair.move),
    }


def _columns(say: Language, keys: str, found: Comparison, **titles: str) -> Iterator[Column]:
    """Columns by their keys; one such as `rank_before` is `rank`, with the name of its side."""
    for key in keys.split():
        field, _, side = key.rpartition("_")
        if field and side in ("before", "after"):
            [column] = columns(say, field, **titles)
            yield Column(key, f"{column.title} {getattr(found, side)}", column.kind)
        else:
            yield from columns(say, key, **titles)


def _units_table(each: Compared, say: Language, *, detail: bool) -> Table:
    """The units of both sides, and how many went up and down."""
    found = each.found
    keys = "unit index_before index_after change rank_before rank_after move band_before band_after"
    builder = TableBuilder(_columns(say, keys, found, index=say("Index")))
    for pair in found.pairs:
        name = pair.names if len(found.pairs) == 1 else pair.either.name_in_group
        builder.take(_shown(pair, say), unit=name)
    is_told = detail or not (found.pairs or not each.absent)
    notes = [*(() if is_told else comparison_notes(found, each.of, say)), *remarks(each, say)]
    against = [pair for pair in found.pairs if against_the_trend(pair)]
    most = sorted(against, key=lambda pair: -abs(pair.move or 0))[:1]
    for pair in found.pairs if detail else most:
        notes += trend_notes(pair, each.means, say, () if detail else found.pairs)
    what = say("Comparison") if each.kind == "result" else say("Comparison of the SIPAS index")
    groups = {(pair.either.province or "", pair.either.group or "") for pair in found.pairs}
    group = groups.pop() if len(groups) == 1 else ()
    title = " · ".join(filter(None, (f"{what} {found.before} – {found.after}", *group)))
    return builder.table(title, notes, keep=() if found.pairs else ("unit",))


def comparison_notes(found: Comparison, of: int | None, say: Language) -> Iterator[str]:
    """How many units went up and down, who the most, and the statistics of both sides."""
    if not found.pairs:
        yield say("No unit is known on both sides.")
        return
    yield from known_notes(found, of, say)
    for tally, pair, what in (
        (found.index, found.index.rise, say("Highest rise")),
        (found.index, found.index.fall, say("Deepest fall")),
        (found.rank, found.rank.rise, say("Most places up")),
        (found.rank, found.rank.fall, say("Most places down")),
    ):
        if tally.known > 1 and pair is not None:
            change = signed(pair.change, say) if tally is found.index else places(pair.move)
            yield f"{what}: {pair.either.unit} {change}"
    yield from _statistics(found, say)


def known_notes(found: Comparison, of: int | None, say: Language) -> Iterator[str]:
    """Of how many units the figures of both sides are known, and how many went up and down."""
    told = {"index": found.index.known, "rank": found.rank.known, "of": of}
    if of is None:
        yield say("Known in both: index of {index}, rank of {rank}.", **told)
    else:
        yield say("Known in both: index of {index} of {of}, rank of {rank} of {of}.", **told)
    for tally, what in ((found.index, say("Index")), (found.rank, say("Rank"))):
        if tally.known:
            counts = record_of(tally, _TALLY)
            yield say("{what}: {up} up, {down} down, {unchanged} unchanged.", what=what, **counts)


def _statistics(found: Comparison, say: Language) -> Iterator[str]:
    """Mean, median, highest, lowest, above the mean, bands, and both ends."""
    sides = (found.before, found.after)
    for name, spread in zip(sides, found.spreads or (), strict=False):
        if found.index.known > 1:
            figures = {each: rounded(getattr(spread, each), DIGITS) for each in _SPREAD.split()}
            yield say(
                "{name}, of these {count}: mean {mean}, median {median}, highest {highest}, lowest {lowest}, {above} above the mean.",
                name=name,
                count=found.index.known,
                above=spread.above,
                **{each: say.number(figure) for each, figure in figures.items()},
            )
    for name, bands in zip(sides, found.bands, strict=True):
        if bands and len(found.pairs) > 1:
            told = "; ".join(f"{band} {count}" for band, count in bands.items())
            yield say("Bands of {name}, as far as known: {bands}.", name=name, bands=told)
    known = [
        (after.percent, f"{after.unit} {say.number(figure)}")
        for pair in found.pairs
        if (after := pair.after) and after.percent is not None and pair.change is not None
        if (figure := printed(after)) is not None
    ]
    if len(known) >= 2 * _ENDS:
        names = [name for _, name in sorted(known, key=lambda each: -each[0])]
        first, last = ", ".join(names[:_ENDS]), ", ".join(names[-_ENDS:])
        yield say("Highest of these in {name}: {names}.", name=found.after, names=first)
        yield say("Lowest of these in {name}: {names}.", name=found.after, names=last)


def remarks(each: Compared, say: Language) -> Iterator[str]:
    """What to bear in mind: how ranks were made, doubts about figures, other units and schemes."""
    pairs = each.found.pairs
    names = (each.found.before, each.found.after)
    sides = [
        (side, name)
        for pair in pairs
        for side, name in zip((pair.before, pair.after), names, strict=True)
        if side
    ]
    standings = [side for side, _ in sides]
    if each.ties is not None:
        both = zip(*((pair.before, pair.after) for pair in pairs), strict=True)
        equal = any(has_equals(one and one.percent for one in side) for side in both)
        yield from rule_notes("percent", each.ties if equal else None, say)
    elif any(side.rank for side in standings):
        yield say("Ranks are as published; how equal units were ranked is not printed.")
    if doubtful := _some(each for each in sides if each[0].doubtful):
        yield say("Another source says otherwise of: {names}.", names=doubtful)
    if len(pairs) == 1:
        without = dict.fromkeys(
            _with_range(*each, say) for each in sides if each[0].percent is None
        )
        if without:
            yield say("No index is known of: {names}.", names=first_of([*without]))
    yield from _gone(each, say)
    if weak := _some(each for each in sides if each[0].weak):
        yield say("Weak source, or worked out from other figures: {names}.", names=weak)
    if each.merged:
        yield say("Units were merged between the two years: those are not compared.")
    ids = [(pair.before.scheme, pair.after.scheme) for pair in pairs if pair.before and pair.after]
    changed = [(one, other) for one, other in ids if one is None or one != other]
    if not changed or each.kind != "result":
        return
    first = dict.fromkeys(min(changed, key=str))
    if [*first] == [None]:
        yield say("The schemes are not known: a change may come from the scheme.")
    else:
        told = " | ".join(side or say("not known") for side in first)
        yield say(
            "The schemes differ ({schemes}): a change may come from the scheme.", schemes=told
        )


def lacking(found: Comparison) -> Iterator[tuple[str, str]]:
    """The units of which one side knows nothing, with the name of the side."""
    for pair in found.pairs:
        sides = zip((found.before, found.after), (pair.before, pair.after), strict=True)
        yield from ((pair.either.unit, name) for name, side in sides if side is None)


def _gone(each: Compared, say: Language) -> Iterator[str]:
    """Of which units a side knows nothing, and which years have published figures of them."""
    gone = [*lacking(each.found), *each.absent]
    for unit, side in gone[:_MOST_GONE]:
        if years := each.years.get(unit):
            told = {"side": side, "unit": unit, "years": spans(years)}
            yield say("No figures of {unit} are known of {side}; there are of: {years}.", **told)
    nowhere = [f"{unit} {side}" for unit, side in gone if not each.years.get(unit)]
    if nowhere:
        yield say("Nothing is known of: {names}.", names=first_of(nowhere))


def _some(sides: Iterable[tuple[UnitFigures, str]]) -> str:
    """Units with their sides, the first dozen of them."""
    return first_of([_of_side(*each) for each in sides])


def _of_side(unit: UnitFigures, side: str) -> str:
    """A unit with the year or the file that it is from."""
    return f"{unit.unit} {unit.year if side == unit.unit else side}"


def _with_range(unit: UnitFigures, side: str, say: Language) -> str:
    """The same with the range of its index, where it is known."""
    named = _of_side(unit, side)
    span = range_text(unit, say) if isinstance(unit, RankInput) else ""
    return f"{named} ({span})" if span else named


def _criteria_table(pair: Pair, found: Comparison, say: Language) -> Table:
    """The criteria of one unit on both sides, with the split of the change of each."""
    # Where no maximum changed the whole change is the unit's, and two columns say nothing new.
    splits = any(each.split and each.split.maxima for each in pair.criteria)
    keys = (
        "code name points_before max_before index_before rank_before "
        "points_after max_after index_after rank_after points_change:number change "
        f"{'from_unit:number from_maxima:number ' if splits else ''}move remark"
    )
    builder = TableBuilder(
        _columns(
            say,
            keys,
            found,
            index=say("Percent"),
            points_change=f"{say('Points')} +/-",
            change=f"{say('Percent')} +/-",
            from_unit=say("From the unit"),
            from_maxima=say("From the maxima"),
        )
    )
    for each in pair.criteria:
        codes = dict.fromkeys(side.code for side in (each.before, each.after) if side)
        name = say.name(each.either.name) if each.either.name else ""
        remark = "; ".join(_remarks(each, found, say))
        builder.take(_shown(each, say), code=" → ".join(codes), name=name, remark=remark)
    return builder.table(f"{pair.names} {found.before} – {found.after}", _split_notes(pair, say))


def _remarks(pair: Pair, found: Comparison, say: Language) -> Iterator[str]:
    """That a criterion has no partner, and on which sides nothing of it is known yet."""
    if not pair.comparable:
        yield say("not comparable")
    for each, side in ((pair.before, found.before), (pair.after, found.after)):
        if each and each.percent is None and each.points is None and each.rank is None:
            yield say("{side}: not yet known", side=side)


def _points(standing: UnitFigures | None) -> Decimal | None:
    """Points with all their decimals, at least two of them."""
    points = standing.points if standing else None
    exact = None if points is None else to_decimal_or_none(points)
    if points is None or (exact is not None and -int(exact.as_tuple().exponent) > DIGITS):
        return exact
    return rounded(points, DIGITS)


def _split_notes(pair: Pair, say: Language) -> Iterator[str]:
    """The change of the index, split over the areas."""
    areas = [each for each in pair.criteria if len(each.either.path) <= 1]
    whole = split_whole(pair.change, (area.split for area in areas))
    if whole is None:
        return
    told = {"change": pair.change, "unit": whole.unit, "maxima": whole.maxima, "rest": whole.rest}
    changes = {key: signed(value, say) for key, value in told.items()}
    if whole.rest:
        yield say(
            "Of the change of the index, {change}, the unit made {unit}, the maxima {maxima}, and {rest} is of what is not comparable.",
            **changes,
        )
    elif whole.maxima:
        yield say(
            "Of the change of the index, {change}, the unit made {unit} and the maxima {maxima}.",
            **changes,
        )
    if whole.maxima:
        yield say(
            "Split evenly: each area's weight at the mean of both shares, its share at the mean of both weights."
        )
