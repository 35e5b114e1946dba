"""Comparisons of two years as sheets, rows and data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.comparison import Comparison, Pair, Tally
from parindex.exact import rounded, shortened, terminating
from parindex.language import Language
from parindex.model.published_row import PublishedRow
from parindex.views.sheet import Cell, Column, Sheet, filled, places

FORMAT = "parindex-compare/1"
_DIGITS: Final = 2


def comparison_sheet(
    found: Comparison,
    of: int | None,
    schemes: Sequence[str | None],
    say: Language,
    *,
    merged: bool = False,
) -> Sheet:
    """The units of two years, and how many went up and down.

    Args:
        found: the comparison.
        of: how many units there are; None where nobody says.
        schemes: the ids of the schemes of both years; None where none is known.
        say: the language.
        merged: whether the units of the years are of different lists.
    """
    before, after = str(found.before), str(found.after)
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
    shown, rows = filled(columns, [_cells(pair, say) for pair in found.pairs])
    notes = list(_notes(found, of, schemes, say))
    if merged:
        notes.append(say("Units were merged between the two years: those are not compared."))
    title = f"{say('Comparison')} {before} – {after}"
    return Sheet(title, shown or columns[:1], rows, notes=tuple(notes))


def _cells(pair: Pair, say: Language) -> tuple[Cell, ...]:
    one, other = pair.before, pair.after
    row = other or one
    return (
        ", ".join(filter(None, (row.unit, row.group, row.province))) if row else "",
        _index(one),
        _index(other),
        _signed(pair.change, say),
        one.rank if one else None,
        other.rank if other else None,
        places(pair.move),
        (one.band if one else None) or "",
        (other.band if other else None) or "",
    )


def _index(row: PublishedRow | None) -> Decimal | None:
    if row is None or row.index is not None:
        return row.index if row else None
    return None if row.figure is None else rounded(row.figure, _DIGITS)


def _signed(value: Fraction | Decimal | None, say: Language) -> str | None:
    if value is None:
        return None
    printed = rounded(value, _DIGITS)
    return say.figures(f"{printed:+f}" if printed else f"{printed:f}")


def _notes(
    found: Comparison, of: int | None, schemes: Sequence[str | None], say: Language
) -> Iterator[str]:
    told = {"index": found.index.known, "rank": found.rank.known}
    if of is None:
        yield say("Known in both years: index of {index}, rank of {rank}.", **told)
    else:
        yield say(
            "Known in both years: index of {index} of {of}, rank of {rank} of {of}.", **told, of=of
        )
    for tally, what in ((found.index, say("Index")), (found.rank, say("Rank"))):
        if tally.known:
            yield say(
                "{what}: {up} up, {down} down, {unchanged} unchanged.",
                what=what,
                up=tally.up,
                down=tally.down,
                unchanged=tally.unchanged,
            )
    for pair, what in (
        (found.index.rise, say("Highest rise")),
        (found.index.fall, say("Deepest fall")),
    ):
        if pair is not None and pair.after is not None:
            yield f"{what}: {pair.after.unit} {_signed(pair.change, say)}"
    rows = [row for pair in found.pairs for row in (pair.before, pair.after) if row]
    if doubtful := [f"{row.unit} {row.year}" for row in rows if row.doubt]:
        yield say("Another source says otherwise of: {names}.", names=", ".join(doubtful))
    if None in schemes or len(set(schemes)) > 1:
        names = " | ".join(each or say("not known") for each in schemes)
        yield say(
            "The schemes differ ({schemes}): a change may come from the scheme.", schemes=names
        )


def areas_sheet(pairs: Sequence[Pair], unit: str, found: Comparison, say: Language) -> Sheet:
    """The areas of one unit in two years."""
    before, after = str(found.before), str(found.after)
    columns = (
        Column("code", say("Code"), "code"),
        Column("name", say("Criterion")),
        *(
            column
            for year in (before, after)
            for column in (
                Column(f"points_{year}", f"{say('Points')} {year}", "number"),
                Column(f"max_{year}", f"{say('Maximum')} {year}", "number"),
                Column(f"percent_{year}", f"{say('Percent')} {year}", "number"),
                Column(f"rank_{year}", f"{say('Rank')} {year}", "number"),
            )
        ),
        Column("points", f"{say('Points')} +/-", "number"),
        Column("change", f"{say('Percent')} +/-", "number"),
        Column("move", say("Places"), "number"),
    )
    rows: list[tuple[Cell, ...]] = []
    for pair in pairs:
        row = pair.after or pair.before
        rows.append(
            (
                row.code if row else "",
                say.name(pair.name.name) if pair.name else "",
                *_area(pair.before),
                *_area(pair.after),
                _signed(pair.points, say),
                _signed(pair.change, say),
                places(pair.move),
            )
        )
    return Sheet(f"{unit} {before} – {after}", *filled(columns, rows))


def _area(row: PublishedRow | None) -> tuple[Cell, ...]:
    return (None,) * 4 if row is None else (row.points, row.max, _index(row), row.rank)


COLUMNS: Final = (
    *("kind", "level", "province", "group", "unit", "code", "year_before", "year_after"),
    *("index_before", "index_after", "change", "points_before", "points_after"),
    *("rank_before", "rank_after", "move", "band_before", "band_after"),
    *("source_before", "source_after"),
)


def pair_cells(pair: Pair, found: Comparison) -> tuple[Cell, ...]:
    """A unit, or an area of it, in two years as a row of CSV."""
    one, other = pair.before, pair.after
    row = other or one
    if row is None:
        return (None,) * len(COLUMNS)
    return (
        *(row.kind, row.level, row.province, row.group, row.unit, row.code),
        *(str(found.before), str(found.after)),
        *(_index(one), _index(other), _decimal(pair.change)),
        *(one.points if one else None, other.points if other else None),
        *(one.rank if one else None, other.rank if other else None, pair.move),
        *(one.band if one else None, other.band if other else None),
        *(one.source if one else None, other.source if other else None),
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def comparison_data(
    found: Comparison, areas: Sequence[Pair], of: int | None, schemes: Sequence[str | None]
) -> dict[str, Any]:
    """The comparison as data."""
    return {
        "before": found.before,
        "after": found.after,
        "of": of,
        "schemes": list(schemes),
        "index": _tally(found.index),
        "rank": _tally(found.rank),
        "units": [dict(zip(COLUMNS, pair_cells(each, found), strict=True)) for each in found.pairs],
        "areas": [dict(zip(COLUMNS, pair_cells(each, found), strict=True)) for each in areas],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in ("known", "up", "down", "unchanged")}
