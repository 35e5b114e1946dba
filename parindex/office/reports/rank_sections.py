"""The place of a unit in sentences, and over the years."""

from collections.abc import Iterator, Sequence

from parindex.analysis.around import Around
from parindex.analysis.standing import Standing
from parindex.tables.columns import columns
from parindex.tables.means import DIGITS, printed
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import Language


def place_sentences(around: Around, say: Language) -> Iterator[str]:
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


def _index(around: Around, say: Language) -> Iterator[str]:
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


def _move(around: Around, say: Language) -> Iterator[str]:
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


def next_above(around: Around, say: Language) -> Iterator[str]:
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


def years_sheet(years: Sequence[Standing], title: str, say: Language) -> Table:
    """Published figures of one unit, a row for each year."""
    builder = TableBuilder(columns(say, "year index rank of band source", of=say("Of how many")))
    for each in years:
        builder.add(
            year=str(each.year),
            index=printed(each),
            rank=each.rank,
            of=each.of,
            band=each.band,
            source=each.source,
        )
    return builder.table(title)
