"""The place of a unit in sentences, and over the years."""

from collections.abc import Iterator, Sequence
from typing import Final

from parindex.analysis.unit_figures import UnitFigures
from parindex.published_figures.context import PublishedContext
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.means import DIGITS, printed
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

_INDEX: Final = {
    1: N_("Against {before} the index rose by {change}, from {old} % to {new} %."),
    -1: N_("Against {before} the index fell by {change}, from {old} % to {new} %."),
    0: N_("The index is that of {before}: {new} %."),
}
"""How the index moved, by the sign of its change."""
_MOVED: Final = {
    1: N_("Against {before} the rank rose from {old} to {new} (places: {places})."),
    -1: N_("Against {before} the rank fell from {old} to {new} (places: {places})."),
    0: N_("The rank is that of {before}: {new}."),
}
"""The same of the rank."""


def place_sentences(around: PublishedContext, say: Language) -> Iterator[str]:
    """The rank, and how rank and index moved since the year before."""
    now, pair = around.now, around.pair
    if now.rank is not None:
        ranked = {"rank": now.rank, "of": now.of}
        if around.ranked == "computed":
            yield say(
                "Among the {of} units that were scored together its rank is {rank}.", **ranked
            )
        elif now.of is None:
            yield say("Its published rank is {rank}.", rank=now.rank)
        else:
            yield say("Its published rank is {rank} of {of}.", **ranked)
    if around.found.before and pair.before is not None:
        told: dict[str, object] = {"before": around.found.before}
        change, one, other = pair.change, printed(pair.before), printed(pair.after)
        if change is not None and one is not None and other is not None:
            told |= {"old": say.number(one), "new": say.number(other)}
            told["change"] = say.number(rounded(abs(change), DIGITS))
            yield say(_INDEX[(change > 0) - (change < 0)], **told)
        if pair.move is not None and pair.after is not None:
            ranks = {"old": pair.before.rank, "new": pair.after.rank, "places": abs(pair.move)}
            yield say(_MOVED[(pair.move > 0) - (pair.move < 0)], **(told | ranks))
    before = pair.before
    if before and before.scheme and now.scheme and before.scheme != now.scheme:
        yield say("The scheme changed in between, so that a part of the change may come from it.")


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


def years_sheet(years: Sequence[UnitFigures], title: str, say: Language) -> Table:
    """Published figures of one unit, a row for each year."""
    builder = TableBuilder(columns(say, "year index rank of band source", of=say("Of how many")))
    for each in years:
        record = record_of(each, "rank of band source")
        builder.add(record, year=str(each.year), index=printed(each))
    return builder.table(title)
