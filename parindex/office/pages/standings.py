"""Layout L5: the units of the year as published, each against the mean and the one that was scored."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.analysis.unit_figures import UnitFigures
from parindex.published_figures.context import PublishedContext
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language


def standings_page(
    about: PublishedContext, say: Language, units: Sequence[UnitFigures] | None = None
) -> Table | None:
    """Every unit of which something is published, and the means; None where there is no other.

    Args:
        about: the result of one unit with its published context.
        say: the language.
        units: only these units, without the means.
    """
    shown = about.table if units is None else units
    if len(shown) < 2:  # noqa: PLR2004 nobody to compare with
        return None
    card = about.result.scorecard
    own = next((at for at, unit in enumerate(shown) if unit == about.now), -1)
    mine = shown[own].percent if own >= 0 else None
    named = columns(
        say,
        "rank unit region index:bar band gap_mean:number gap:number note",
        index=say("Index, %"),
        gap_mean=say("From the mean of all"),
        gap=say("From {unit}", unit=card.unit),
    )
    draft = TableBuilder(named, about.result.printed)
    mean = next((each.after for each in about.means if each.region is None), None)
    for at, unit in enumerate(shown):
        figure = unit.percent
        row = draft.add(
            rank=unit.rank,
            unit=unit.name_in_group,
            region=about.regions.get(unit.region or "", unit.region),
            index=unit.index if unit.index == figure else figure,
            band=unit.band,
            note="; ".join(_doubts(unit, say)) or None,
            strong=at == own,
        )
        _gaps(draft, (row, figure), (own, mine), mean)
    for each in about.means if units is None else ():
        if each.after is not None:
            where = about.regions.get(each.region or "", each.region) or say("the nation")
            row = draft.add(unit=say("Mean of {place}", place=where), index=each.after)
            _gaps(draft, (row, each.after), (own, mine), mean if each.region else None)
    title = say("Comparison with others")
    return draft.table(f"{title} · {card.unit} · {card.year}", [_known(about, say)], name=title)


def _doubts(unit: UnitFigures, say: Language) -> Iterator[str]:
    """Why the figures of a unit are not to be taken as they stand."""
    if unit.doubtful:
        yield say("sources disagree")
    if unit.weak:
        yield say("worked out, or weak source")


def _known(about: PublishedContext, say: Language) -> str:
    """How many units are known; nobody knows which others stand in between."""
    of = about.now.of
    if of is not None and about.ranked == "published" and about.known + 1 < of:
        return say(
            "The index of {known} of the {of} units is known, so that others may stand in between.",
            known=about.known + 1,
            of=of,
        )
    return say("As far as results are published: {count} units.", count=len(about.table))


_Figure = tuple[int, Fraction | None]
"""A row, and the exact percentage in it."""


def _gaps(draft: TableBuilder, one: _Figure, own: _Figure, mean: Fraction | None) -> None:
    """By how much a unit is above the mean, and above the unit that was scored."""
    (row, figure), (at, mine) = one, own
    if figure is None:
        return
    if mean is not None:
        draft.put(row, "gap_mean", figure - mean)
    if row != at and mine is not None:
        draft.put(row, "gap", figure - mine, (draft.at(row, "index"), "-", draft.at(at, "index")))
