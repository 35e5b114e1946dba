"""How sure ranks are, as tables, rows and data; chances have the digits that so many draws can tell."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.stability import Choices, Share, Source, Spread, Stability, UnitStability
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.ranking import (
    apart_notes,
    figure_title,
    group_title,
    ranking_records,
    unit_cells,
)
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

FORMAT = "parindex-stability/1"
COLUMNS: Final = (
    *("year", "level", "province", "group", "state", "unit_id", "parent", "unit", "scheme"),
    *("index", "points", "band", "source", "without", "rank", "median", "low", "high", "top"),
    *("bands", "shift", "first", "first_error", "total", "total_error"),
)
"""The columns of CSV: a row for each unit and source, and for each area that is left out."""
INTEGERS: Final = frozenset(("rank", "median", "low", "high"))
NUMBERS: Final = frozenset(
    ("index", "points", "top", "shift", "first", "first_error", "total", "total_error")
)
SOURCE_NAMES: Final[Mapping[Source, str]] = {
    "weights": N_("Weights of areas"),
    "rounding": N_("Digits of points"),
    "survey": N_("Answers to surveys"),
    "leave-out": N_("Areas left out"),
}
_FIELDS: Final = "unit_id parent unit scheme index points band"
_SHARES: Final = ("first", "first_error", "total", "total_error")
_DIGITS: Final = 2
_MANY: Final = 1_000_000
"""Draws from which on a chance in percent has a decimal."""
_HUNDRED: Final = 100


def stability_tables(found: Stability, say: Language) -> Iterator[Table]:
    """The ranges of ranks and the chances of each unit; what moves ranks; ranks without each area."""
    yield ranges_table(found, say)
    if found.shares:
        yield shares_table(found, say)
    if found.units and found.units[0].without:
        yield without_table(found, say)


def ranges_table(found: Stability, say: Language) -> Table:
    """The rank of each unit today, its median and range over the draws, and chances."""
    ranking, top = found.ranking, min(found.choices.top, len(found.units))
    bands = [each for each in (*found.bands, None) if _occurs(found, each)]
    own = [Column(f"band {at}", name or "–", "number") for at, name in enumerate(bands)]
    first = Column("top", say("First {count}", count=top), "number")
    head = columns(say, "rank unit figure:number", figure=figure_title(ranking, say))
    places = (Column("median", say("Median"), "number"), Column("range", say("90 %"), "number"))
    builder = TableBuilder((*head, *places, *own, first), ranking.printed)
    for unit in found.units:
        each, spread = unit.place.entrant, unit.together
        chances: dict[str, Any] = {
            column.key: chance_text(spread.bands.get(name, Fraction(0)), found.choices, say)
            for column, name in zip(own, bands, strict=True)
        }
        builder.take(
            unit_cells(each, unit.place),
            figure=each.points if ranking.by == "points" else each.index,
            median=spread.median,
            range=range_of(spread),
            top=chance_text(spread.top, found.choices, say),
            **chances,
        )
    title = group_title(ranking, say, N_("How sure ranks are"))
    return builder.table(title, ranges_notes(found, say), keep=None)


def _occurs(found: Stability, band: str | None) -> bool:
    return any(unit.together.bands.get(band) for unit in found.units)


def range_of(spread: Spread) -> str:
    """The ranks between which 90 % of the draws are."""
    low, high = spread.low, spread.high
    return f"{low}" if low == high else f"{low}–{high}"


def chance_text(chance: Fraction, choices: Choices, say: Language) -> str:
    """A chance in percent with the digits that so many draws can tell; never 0 or 100 unless it is."""
    digits = 1 if choices.draws >= _MANY else 0
    least, most = Decimal(1).scaleb(-digits), _HUNDRED - Decimal(1).scaleb(-digits)
    figure = rounded(chance * _HUNDRED, digits)
    if chance > 0 and figure < least:
        return f"<{say.percent(least)}"
    if chance < 1 and figure > most:
        return f">{say.percent(most)}"
    return say.percent(figure)


def ranges_notes(found: Stability, say: Language) -> Iterator[str]:
    """What was drawn and how, what was not, and who is not ranked."""
    yield draws_text(found.choices, say)
    yield from (source_text(found, each, say) for each in found.sources)
    for source, why in found.left.items():
        yield say("Not drawn: {source} ({why}).", source=say(SOURCE_NAMES[source]), why=say(why))
    if found.units:
        shift = say.number(rounded(found.shift, _DIGITS))
        yield say("Ranks move by {shift} places on average.", shift=shift)
    if found.units and not found.bands:
        yield say("No chances of bands: none is known, or they ask for more than one figure.")
    yield from apart_notes(found.ranking, say)


def draws_text(choices: Choices, say: Language) -> str:
    """How many draws of which seed, and how sure a chance is."""
    error = rounded(error_of(choices), 1 if choices.draws < _MANY else _DIGITS)
    return say(
        "{draws} draws, seed {seed}; chances have a standard error of at most {error}; "
        "90 %: the ranks from the 5 % to the 95 % quantile.",
        draws=choices.draws,
        seed=choices.seed,
        error=say.percent(error),
    )


def error_of(choices: Choices) -> Fraction:
    """The largest standard error of a chance, in percent: 50 % ÷ √draws, rounded up."""
    from math import isqrt

    return Fraction(isqrt(50 * 50 * 10**8 // choices.draws) + 1, 10**4)


def source_text(found: Stability, source: Source, say: Language) -> str:
    """What is drawn of a source."""
    choices, count = found.choices, found.figures[source]
    if source == "weights":
        return say(
            "Weights of areas: each maximum times 1 ± {weights}, evenly, then all scaled so that "
            "the whole stays as it is.",
            weights=say.percent(choices.weights),
        )
    if source == "rounding":
        return say(
            "Digits of points: {count} figures lie evenly within half a unit of their last digit.",
            count=count,
        )
    if source == "leave-out":
        return say("Areas left out: none, or one of {count}, each as likely.", count=count)
    if choices.survey == "counts":
        return say("Answers to surveys: {count} figures, answers drawn again.", count=count)
    return say(
        "Answers to surveys: {count} figures, answers drawn again; where only points are known, a "
        "normal error √((points − least) × (maximum − points) ÷ {asked}).",
        count=count,
        asked=choices.survey,
    )


def shares_table(found: Stability, say: Language) -> Table:
    """How far each source alone moves ranks, and which part of the variance of that comes from it."""
    made = (
        Column("what", say("Source"), "text"),
        Column("shift", say("Places, alone"), "number"),
        Column("first", say("First-order share"), "number"),
        Column("total", say("Total share"), "number"),
    )
    builder = TableBuilder(made)
    for source, share in found.shares.items():
        builder.add(
            what=say(SOURCE_NAMES[source]),
            shift=rounded(found.shifts[source], _DIGITS),
            first=_with_error(share.first, share.first_error, say),
            total=_with_error(share.total, share.total_error, say),
        )
    note = say(
        "Sobol shares of the variance of the mean shift of ranks (first order: Saltelli 2010, total: "
        "Jansen 1999), from {base} × {count} draws, with standard errors.",
        base=found.base,
        count=len(found.shares) + 2,
    )
    title = group_title(found.ranking, say, N_("What moves ranks"))
    return builder.table(title, [note], keep=None)


def _with_error(share: Decimal | None, error: Decimal | None, say: Language) -> str:
    if share is None or error is None:
        return "–"
    told = (say.number(rounded(each, _DIGITS)) for each in (share, error))
    return " ± ".join(told)


def without_table(found: Stability, say: Language) -> Table:
    """The exact rank of each unit where one area does not count."""
    codes = [*found.units[0].without]
    own = [Column(f"without {code}", f"−{code}", "number") for code in codes]
    builder = TableBuilder((*columns(say, "rank unit"), *own))
    for unit in found.units:
        cells: dict[str, Cell] = {
            column.key: "–" if rank is None else rank
            for column, rank in zip(own, unit.without.values(), strict=True)
        }
        builder.take({**unit_cells(unit.place.entrant, unit.place), **cells})
    title = group_title(found.ranking, say, N_("Ranks without one area"))
    note = say("Exact ranks, where the area with this code does not count.")
    return builder.table(title, [note], keep=None)


def stability_records(found: Stability) -> Iterator[dict[str, Any]]:
    """One group by the columns of CSV; who is not ranked last, with the reason as `state`."""
    head = found.ranking.group._asdict()
    for unit in found.units:
        told = {**head, "state": "ranked", **record_of(unit.place.entrant, _FIELDS)}
        now = {**told, "rank": unit.place.rank}
        yield {**now, "source": "together", **_spread_record(unit.together)}
        for source, spread in unit.alone.items():
            shares = _share_data(unit.shares.get(source))
            yield {**now, "source": source, **_spread_record(spread), **shares}
        for code, rank in unit.without.items():
            yield {**told, "source": "without", "without": code, "rank": rank}
    for record in ranking_records(found.ranking):
        if record["state"] != "ranked":
            yield {name: value for name, value in record.items() if name in COLUMNS}


def _spread_record(spread: Spread) -> dict[str, Any]:
    data = _spread_data(spread)
    return {**data, "bands": "|".join(f"{b['band'] or ''}={b['chance']}" for b in data["bands"])}


def _spread_data(spread: Spread) -> dict[str, Any]:
    """Ranks, and chances in percent."""
    bands = [{"band": band, "chance": _percent(each)} for band, each in spread.bands.items()]
    return {
        **{name: getattr(spread, name) for name in ("median", "low", "high")},
        "top": _percent(spread.top),
        "bands": bands,
        "shift": rounded(spread.shift, _DIGITS),
    }


def _share_data(share: Share | None) -> dict[str, Decimal | None]:
    return {name: None if share is None else getattr(share, name) for name in _SHARES}


def _percent(chance: Fraction) -> Decimal:
    return rounded(chance * _HUNDRED, _DIGITS)


def stability_head(choices: Choices) -> dict[str, Any]:
    """What was asked for, of all groups."""
    survey = choices.survey
    return {
        "seed": choices.seed,
        "draws": choices.draws,
        "error": rounded(error_of(choices), _DIGITS),
        "weights": choices.weights,
        "rounding": choices.rounding,
        "survey": None if survey is None else str(survey),
        "leave_out": choices.leave_out,
        "top": choices.top,
    }


def stability_data(found: Stability) -> dict[str, Any]:
    """One group as data."""
    ranking = found.ranking
    records = [*ranking_records(ranking)]
    apart = [
        {
            name: each.get(name)
            for name in ("state", "unit_id", "parent", "unit", "low", "high", "reason")
        }
        for each in records
        if each["state"] != "ranked"
    ]
    return {
        **ranking.group._asdict(),
        "by": ranking.by,
        "ties": ranking.ties,
        "shift": rounded(found.shift, _DIGITS),
        "base": found.base,
        "sources": [
            {
                "source": source,
                "figures": found.figures[source],
                "shift": _shift_alone(found, source),
                **_share_data(found.shares.get(source)),
            }
            for source in found.sources
        ],
        "not_drawn": [{"source": name, "reason": why} for name, why in found.left.items()],
        "ranked": [_unit_data(unit) for unit in found.units],
        "apart": apart,
    }


def _shift_alone(found: Stability, source: Source) -> Decimal:
    return rounded(found.shifts.get(source, found.shift), _DIGITS)


def _unit_data(unit: UnitStability) -> dict[str, Any]:
    return {
        "rank": unit.place.rank,
        **record_of(unit.place.entrant, _FIELDS),
        **_spread_data(unit.together),
        "alone": [
            {"source": source, **_spread_data(spread), **_share_data(unit.shares.get(source))}
            for source, spread in unit.alone.items()
        ],
        "without": [{"code": code, "rank": rank} for code, rank in unit.without.items()],
    }
