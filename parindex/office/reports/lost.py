"""Tables and a chart of lost points: by criterion, for a plan to be filled in, and by office."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.analysis.explanation import inherited
from parindex.analysis.losses import Loss, Losses, losses
from parindex.office.reports.blocks import Block, Chart, Heading, Paragraph, Series
from parindex.office.reports.sentences import signed, table
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.losses import cause_text, line_name, loss_columns, office_sheet
from parindex.tables.table import Cell, Column, Table, filled
from parindex.values.exact import add, percent
from parindex.values.language import Language

_BARS: Final = 12
"""More bars than these nobody compares."""


def lost_sheet(found: Losses, say: Language, goals: Mapping[str, Decimal] | None = None) -> Table:
    """Where points were lost, the largest loss first.

    Args:
        found: the losses by leaf.
        say: the language.
        goals: for a plan, the points to be reached by code; then what people
            decide has columns that are empty until they fill them in.
    """
    lines = [line for line in found.lines if line.lost > 0]
    rows = [_row(found, line, number, goals, say) for number, line in enumerate(lines, start=1)]
    columns = loss_columns(say)
    title = say("Criteria that lost points")
    if goals is None:
        columns, kept = filled(columns, rows)
        rows = list(kept)
    if found.lost is None:
        return Table(title, columns, tuple(rows))
    rows.append(_sum(found, columns, say))
    return Table(title, columns, tuple(rows), frozenset({len(rows) - 1}))


def _row(
    found: Losses, line: Loss, number: int, goals: Mapping[str, Decimal] | None, say: Language
) -> tuple[Cell, ...]:
    printed = found.result.printed
    goal = (goals or {}).get(line.key)
    return (
        number,
        line.key,
        line_name(found, line, say),
        printed(line.max),
        printed(line.points),
        printed(line.lost),
        _share(found.result, line.lost, found.lost),
        None if line.running is None else printed(line.running),
        cause_text(found.result, line.key, say),
        inherited(found.result.scheme, line.key, "lead") if line.key else None,
        None,
        None,
        None,
        "" if line.rest or goal is None else goal,
    )


def _share(result: Result, part: Fraction, whole: Fraction | None) -> Decimal | None:
    return result.printed(percent(part, whole)) if whole else None


def _sum(found: Losses, columns: tuple[Column, ...], say: Language) -> tuple[Cell, ...]:
    """The sum of all lines, also of those that lost nothing."""
    printed = found.result.printed
    total = found.total
    cells: dict[str, Cell] = {
        "name": say("Total"),
        "max": printed(total.max),
        "points": printed(total.points),
        "lost": printed(total.lost),
        "share": _share(found.result, total.lost, total.lost),
    }
    return tuple(cells.get(column.key, "") for column in columns)


def lost_sentences(found: Losses, say: Language) -> Iterator[str]:
    """How much was lost, where the most of it, and what is not known yet."""
    result = found.result
    if found.lost is None:
        yield say("The maximum of the whole is not known, so it cannot be said what was lost.")
        return
    yield say("{points} points were lost.", points=say.number(result.printed(found.lost)))
    if found.unknown:
        yield say(
            "Not yet known, and neither reached nor lost: {points} points.",
            points=say.number(result.printed(found.unknown)),
        )
    for block, (low, high), _ in reported(result):
        bounds = " – ".join(signed(result, each, say) for each in dict.fromkeys((low, high)))
        name = called(block, say)
        yield say("{name}: {points} points, beside what was lost.", name=name, points=bounds)
    areas = [line for line in losses(result, "area").lines if line.lost > 0]
    if len(areas) > 1:
        told = "; ".join(
            f"{line_name(found, line, say)} ({say.number(result.printed(line.lost))})"
            for line in areas[:3]
        )
        yield say("The most was lost in: {areas}.", areas=told)
    if any(line.lost < 0 for line in found.lines):
        above = add(-line.lost for line in found.lines if line.lost < 0)
        more = say.number(result.printed(above))
        yield say("Criteria above their maximum make up for {points} points of it.", points=more)


def bars(found: Losses, say: Language) -> Chart | None:
    """The largest losses as bars; None where none is known of a criterion."""
    lines = [line for line in found.lines if line.lost > 0 and line.key][:_BARS]
    if not lines:
        return None
    labels = tuple(f"{line.key} {line_name(found, line, say)}".strip() for line in lines)
    values = tuple(found.result.printed(line.lost) for line in lines)
    count = len(lines)
    title = say("The largest losses (points)") if count == _BARS else say("Lost points")
    return Chart("bars", title, labels, (Series(say("Lost"), values),))


def offices(result: Result, say: Language) -> Iterator[Block]:
    """The lead offices with their points at stake, then a list for each that lost points."""
    found = losses(result, "lead")
    if not any(line.key for line in found.lines):
        yield Paragraph(say("The scheme names no lead offices."))
        return
    rows = [_office_row(found, line, say) for line in found.lines]
    columns = (
        Column("office", say("Lead office")),
        Column("rows", say("Criteria"), "number"),
        Column("max", say("Points at stake"), "number"),
        Column("points", say("Reached"), "number"),
        Column("lost", say("Lost"), "number"),
        Column("share", say("% of what was lost"), "number"),
    )
    yield table(Table(say("Lost points by office"), columns, tuple(rows)))
    for line in found.lines:
        if line.lost > 0:
            sheet = office_sheet(found, line, say)
            yield Heading(line_name(found, line, say), 2)
            title = say("Criteria that lost points")
            yield table(Table(title, sheet.columns, sheet.rows, sheet.strong))


def _office_row(found: Losses, line: Loss, say: Language) -> tuple[Cell, ...]:
    printed = found.result.printed
    return (
        line_name(found, line, say),
        len(line.pieces),
        printed(line.max),
        printed(line.points),
        printed(line.lost),
        _share(found.result, line.lost, found.lost),
    )
