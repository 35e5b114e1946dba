"""Layout L5: the units of the year as published, each against the one that was scored."""

from fractions import Fraction

from parindex.office.pages.page import Page
from parindex.office.pages.table_builder import Draft
from parindex.published_figures.context import PublishedContext
from parindex.tables.sheet import Cell, Column
from parindex.values.language import Language


def standings_page(about: PublishedContext, say: Language) -> Page | None:
    """Every unit of which something is published, and the means; None where there is no other."""
    if len(about.table) < 2:  # noqa: PLR2004 nobody to compare with
        return None
    result, own = about.result, about.table.index(about.now)
    card = result.scorecard
    columns = (
        Column("rank", say("Rank"), "number"),
        Column("unit", say("Unit")),
        Column("region", say("Region")),
        Column("index", say("Index"), "bar"),
        Column("gap", say("{unit} less this one", unit=card.unit), "number"),
        Column("note", say("Note")),
    )
    draft = Draft(columns, result.printed)
    for at, unit in enumerate(about.table):
        region = _region(about, unit.region)
        doubt = say("sources disagree") if unit.doubtful else None
        cells: dict[str, Cell] = {"unit": unit.unit, "region": region, "note": doubt}
        row = draft.add({"rank": unit.rank, **cells}, strong=at == own)
        _gap(draft, row, own, unit.percent, result.total.percent)
    for mean in about.means:
        if mean.after is not None:
            where = _region(about, mean.region) or say("the nation")
            row = draft.add({"unit": say("Mean of {place}", place=where)})
            _gap(draft, row, own, mean.after, result.total.percent)
    title = say("Comparison with others")
    notes = [say("As far as results are published: {count} units.", count=len(about.table))]
    return draft.page(title, f"{title} · {card.unit} · {card.year}", notes)


def _region(about: PublishedContext, id_: str | None) -> str | None:
    return about.regions.get(id_ or "", id_)


def _gap(draft: Draft, row: int, own: int, figure: Fraction | None, mine: Fraction | None) -> None:
    draft.put(row, "index", figure)
    if row != own and figure is not None and mine is not None:
        told = (draft.at(own, "index"), "-", draft.at(row, "index"))
        draft.put(row, "gap", mine - figure, told)
