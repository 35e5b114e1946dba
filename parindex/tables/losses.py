"""Lost points as sheets, rows and data."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.losses import Loss, Losses
from parindex.analysis.stages import reason_of
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.score import called_states
from parindex.tables.score_data import put
from parindex.tables.table import Cell, Column, ColumnKind, Table
from parindex.values.exact import percent, shortened, terminating
from parindex.values.language import Language, mark

FORMAT = "parindex-losses/1"
_TITLES: Final = {
    "leaf": mark("Lost points by leaf"),
    "criterion": mark("Lost points by criterion"),
    "area": mark("Lost points by area"),
    "origin": mark("Lost points by origin"),
    "lead": mark("Lost points by office"),
}
_NAMELESS: Final = {"origin": mark("no origin named"), "lead": mark("no office named")}
_HEADINGS: Final = {"origin": mark("Origin"), "lead": mark("Office")}
_APART: Final = mark("not told apart")
_REST: Final = mark("{name} (the rest of it)")


def losses_sheets(found: Losses, say: Language) -> Iterator[Table]:
    """One unit's lines; by office, then a list of its own for each office that lost points."""
    yield _sheet(found, say)
    if found.by == "lead":
        for line in found.lines:
            if line.lost > 0:
                yield office_sheet(found, line, say)


def _sheet(found: Losses, say: Language) -> Table:
    shown = [line for line in found.lines if line.lost]
    rows = [_row(found, line, say) for line in shown]
    if found.lost is not None and found.max is not None:
        rows.append(_sum_row(found, say))
    columns = _columns(say)
    if found.by in _HEADINGS:
        columns = (Column("name", say(_HEADINGS[found.by])), *columns[2:])
        rows = [row[1:] for row in rows]
    return Table(
        title=f"{_head(found, say)} · {say(_TITLES[found.by])}",
        columns=columns,
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}) if found.lost is not None else frozenset(),
        notes=tuple(_notes(found, say)),
    )


def _columns(say: Language) -> tuple[Column, ...]:
    return (
        Column("code", say("Code"), "code"),
        Column("name", say("Criterion")),
        Column("max", say("Maximum"), "number"),
        Column("points", say("Points"), "number"),
        Column("lost", say("Lost"), "number"),
        Column("index", say("% of index"), "number"),
        Column("bar", "", "bar"),
        Column("running", say("Running %"), "number"),
    )


def _head(found: Losses, say: Language) -> str:
    card = found.result.scorecard
    return f"{card.unit} · {card.year} · {say.name(found.result.scheme.title)}"


def _row(found: Losses, line: Loss, say: Language) -> tuple[Cell, ...]:
    printed = found.result.printed
    share = printed(percent(line.lost, found.lost)) if found.lost and line.lost > 0 else None
    return (
        line.key,
        line_name(found, line, say),
        printed(line.max),
        printed(line.points),
        printed(line.lost),
        None if line.index is None else printed(line.index),
        share,
        None if line.running is None else printed(line.running),
    )


def _sum_row(found: Losses, say: Language) -> tuple[Cell, ...]:
    printed = found.result.printed
    all_, name = found.total, say("Total")
    index = None if all_.index is None else printed(all_.index)
    figures = (printed(all_.max), printed(all_.points), printed(all_.lost))
    return ("", name, *figures, index, None, None)


def loss_columns(say: Language, share: ColumnKind = "number") -> tuple[Column, ...]:
    """The columns of the official list of criteria that lost points; `share` is drawn as told."""
    return (
        Column("number", say("Item"), "number"),
        Column("code", say("Code"), "code"),
        Column("name", say("Content")),
        Column("max", say("Maximum"), "number"),
        Column("points", say("Reached"), "number"),
        Column("lost", say("Lost"), "number"),
        Column("share", say("% of what was lost"), share),
        Column("running", say("Running %"), "number"),
        Column("cause", say("Cause")),
        Column("lead", say("Lead office")),
        Column("with", say("Coordinating offices")),
        Column("solution", say("Solution")),
        Column("deadline", say("Deadline")),
        Column("goal", say("Target of next year"), "number"),
    )


def cause_text(result: Result, code: str, say: Language) -> str | None:
    """What the appraisal said of a loss; any other cause is for people to write."""
    if code not in result.scheme.by_code:
        return None
    state = result.node(code).state
    said = called_states(say)[state] if state == "no_evidence" else None
    return " – ".join(filter(None, (said, reason_of(result, code)))) or None


def line_name(found: Losses, line: Loss, say: Language) -> str:
    """What a line is called; what is left of a criterion, and what nobody names, is told so."""
    if line.name is None:
        nameless = say(_NAMELESS.get(found.by, _APART))
        return line.key or nameless
    if not line.key:
        return say(_APART)
    name = say.name(line.name)
    return say(_REST, name=name) if line.rest else name


def _notes(found: Losses, say: Language) -> Iterator[str]:
    result = found.result
    if found.lost is None:
        yield say("The maximum of the whole is not known, so it cannot be said what was lost.")
        return
    full = sum(not line.lost for line in found.lines)
    if full:
        yield say("Without any loss: {count}.", count=full)
    if found.unknown:
        yield say(
            "Not yet known, and neither reached nor lost: {points} points.",
            points=say.number(result.printed(found.unknown)),
        )
    for block, (low, high), _ in reported(result):
        points = " – ".join(say.number(result.printed(each)) for each in dict.fromkeys((low, high)))
        yield say(
            "{name}: {points} points, beside what was lost.", name=called(block, say), points=points
        )
    if result.index is not None:
        yield say("Index: {index} %", index=say.number(result.index))


def office_sheet(found: Losses, line: Loss, say: Language) -> Table:
    """What one office lost, the largest loss first."""
    printed = found.result.printed
    rows: list[tuple[Cell, ...]] = []
    running = Fraction(0)
    for piece in line.pieces:
        running += piece.lost
        if piece.lost:
            share = printed(percent(running, line.lost))
            rows.append((*_row(found, piece, say)[:-1], share))
    index = None if line.index is None else printed(line.index)
    total = (printed(line.max), printed(line.points), printed(line.lost), index)
    rows.append(("", say("Total"), *total, None, None))
    return Table(
        title=f"{_head(found, say)} · {line_name(found, line, say)}",
        columns=_columns(say),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
    )


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "by", "group", "code", "name_vi", "rest"),
    *("max", "points", "lost", "index", "running"),
)


def losses_rows(found: Losses) -> Iterator[tuple[Cell, ...]]:
    """One unit as rows of CSV; by office a row for each piece, with its office in `group`."""
    card = found.result.scorecard
    head = (card.unit_id, card.unit, str(card.year), found.result.scheme.id, found.by)
    for line in found.lines:
        if found.by == "lead":
            for piece in line.pieces:
                yield (*head, line.key, piece.key, *_cells(piece))
        elif found.by == "origin":
            yield (*head, line.key, None, *_cells(line))
        else:
            yield (*head, None, line.key, *_cells(line))


def _cells(line: Loss) -> tuple[Cell, ...]:
    figures = (line.max, line.points, line.lost, line.index, line.running)
    name = line.name.vi if line.name else None
    return (name, "true" if line.rest else None, *map(_decimal, figures))


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def losses_data(found: Losses) -> dict[str, Any]:
    """One unit as data; all figures exact, `index` and `running` in percent."""
    result = found.result
    card, total = result.scorecard, result.total
    data: dict[str, Any] = {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "year": card.year,
        "scheme": {"id": result.scheme.id, "sha256": result.scheme.sha256},
        "by": found.by,
        "complete": total.complete,
    }
    for key in ("max", "lost", "unknown", "index"):
        put(data, key if key != "max" else "applicable_max", getattr(found, key))
    data["lines"] = [_line(line) for line in found.lines]
    data["adjustments"] = []
    for block, (low, high), _ in reported(result):
        item: dict[str, Any] = {"id": block.id, "kind": block.kind}
        put(item, "low", low)
        put(item, "high", high)
        data["adjustments"].append(item)
    return data


def _line(line: Loss) -> dict[str, Any]:
    name = None if line.name is None else {"vi": line.name.vi, "en": line.name.en}
    data: dict[str, Any] = {"key": line.key, "name": name, "rest": line.rest}
    for key in ("max", "points", "lost", "index", "running"):
        put(data, key, getattr(line, key))
    if line.pieces:
        data["pieces"] = [_line(piece) for piece in line.pieces]
    return data
