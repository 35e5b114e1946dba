"""The place of a unit: in sentences, among its neighbours, and over the years."""

from collections.abc import Iterator, Sequence

from parindex.analysis.unit_figures import UnitFigures
from parindex.published_figures.context import PublishedContext
from parindex.tables.means import DIGITS, printed, signed
from parindex.tables.sheet import Cell, Column, Sheet, filled
from parindex.values.exact import rounded
from parindex.values.language import Language


def place_sentences(around: PublishedContext, say: Language) -> Iterator[str]:
    """The rank, and how rank and index moved since the year before."""
    now, pair = around.now, around.pair
    if now.rank is not None:
        told = {"rank": now.rank, "of": now.of}
        if around.ranked == "computed":
            yield say("Among the {of} units that were scored together its rank is {rank}.", **told)
        elif now.of is None:
            yield say("Its published rank is {rank}.", rank=now.rank)
        else:
            yield say("Its published rank is {rank} of {of}.", **told)
    if around.found.before and pair.before is not None:
        yield from _index(around, say)
        yield from _move(around, say)
    one = pair.before
    if one and one.scheme and now.scheme and one.scheme != now.scheme:
        yield say("The scheme changed in between, so that a part of the change may come from it.")


def _index(around: PublishedContext, say: Language) -> Iterator[str]:
    pair = around.pair
    change = pair.change
    one, other = printed(pair.before), printed(pair.after)
    if change is None or one is None or other is None:
        return
    told = {
        "before": around.found.before,
        "old": say.number(one),
        "new": say.number(other),
        "change": say.number(rounded(abs(change), DIGITS)),
    }
    if change > 0:
        yield say("Against {before} the index rose by {change}, from {old} % to {new} %.", **told)
    elif change < 0:
        yield say("Against {before} the index fell by {change}, from {old} % to {new} %.", **told)
    else:
        yield say("The index is that of {before}: {new} %.", before=told["before"], new=told["new"])


def _move(around: PublishedContext, say: Language) -> Iterator[str]:
    pair = around.pair
    move = pair.move
    if move is None or pair.before is None or pair.after is None:
        return
    told = {
        "before": around.found.before,
        "old": pair.before.rank,
        "new": pair.after.rank,
        "places": abs(move),
    }
    if move > 0:
        yield say("Against {before} the rank rose from {old} to {new} (places: {places}).", **told)
    elif move < 0:
        yield say("Against {before} the rank fell from {old} to {new} (places: {places}).", **told)
    else:
        yield say("The rank is that of {before}: {new}.", before=told["before"], new=told["new"])


def next_above(around: PublishedContext, say: Language) -> Iterator[str]:
    """Who is next above, and by how much."""
    own = around.now
    at = next((at for at, each in enumerate(around.near) if each == own), 0)
    if not at or own.percent is None:
        return
    above = around.near[at - 1]
    if above.percent is not None:
        gap = say.number(rounded(above.percent - own.percent, DIGITS))
        yield say(
            "Of the units whose index is known, {unit} is next above, by {gap}.",
            unit=above.name_in_group,
            gap=gap,
        )


def neighbours_sheet(around: PublishedContext, say: Language) -> Sheet:
    """The units right above and below, with their gaps to the mean and to the unit itself."""
    own = around.now
    mean = next((each.after for each in around.means if each.region is None), None)
    rows: list[tuple[Cell, ...]] = []
    for each in around.near:
        gap = None if mean is None or each.percent is None else each.percent - mean
        apart = None
        if each.percent is not None and own.percent is not None and each.unit != own.unit:
            apart = each.percent - own.percent
        rows.append(
            (
                each.name_in_group,
                around.regions.get(each.region or "", each.region),
                printed(each),
                each.rank,
                each.band,
                signed(gap, say),
                signed(apart, say),
            )
        )
    columns = (
        Column("unit", say("Unit")),
        Column("region", say("Region")),
        Column("index", say("Index (%)"), "number"),
        Column("rank", say("Rank"), "number"),
        Column("band", say("Band"), "code"),
        Column("mean", say("From the mean of all"), "number"),
        Column("apart", say("From {unit}", unit=own.unit), "number"),
    )
    strong = frozenset(at for at, each in enumerate(around.near) if each is own or each == own)
    shown, cells = filled(columns, rows)
    return Sheet(say("Neighbours by the index"), shown, cells, strong, tuple(_known(around, say)))


def _known(around: PublishedContext, say: Language) -> Iterator[str]:
    """Of how many others the index is known; nobody knows the neighbours among the rest."""
    of = around.now.of
    if of is not None and around.ranked == "published" and around.known + 1 < of:
        yield say(
            "The index of {known} of the {of} units is known, so that others may stand in between.",
            known=around.known + 1,
            of=of,
        )


def years_sheet(years: Sequence[UnitFigures], title: str, say: Language) -> Sheet:
    """Published figures of one unit, a row for each year."""
    rows = [(str(e.year), printed(e), e.rank, e.of, e.band, e.source) for e in years]
    columns = (
        Column("year", say("Year"), "code"),
        Column("index", say("Index (%)"), "number"),
        Column("rank", say("Rank"), "number"),
        Column("of", say("Of how many"), "number"),
        Column("band", say("Band"), "code"),
        Column("source", say("Source")),
    )
    return Sheet(title, *filled(columns, rows))
