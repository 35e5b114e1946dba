"""Lost points as tables, rows and data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.losses import Loss, Losses
from parindex.analysis.stages import reason_of
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.columns import columns
from parindex.tables.figures import exact_figures
from parindex.tables.score import called_states, title_of
from parindex.tables.score_data import head_cells, head_data, name_data
from parindex.tables.table import Cell, Column, ColumnKind, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import percent
from parindex.values.language import N_, Language

FORMAT = "parindex-losses/1"
_TITLES: Final = {
    "leaf": N_("Lost points by leaf"),
    "criterion": N_("Lost points by criterion"),
    "area": N_("Lost points by area"),
    "origin": N_("Lost points by origin"),
    "lead": N_("Lost points by office"),
}
_NAMELESS: Final = {"origin": N_("no origin named"), "lead": N_("no office named")}
_HEADINGS: Final = {"origin": N_("Origin"), "lead": N_("Office")}
_APART: Final = N_("not told apart")
_REST: Final = N_("{name} (the rest of it)")


def losses_sheets(found: Losses, say: Language) -> Iterator[Table]:
    """One unit's lines; by office, then a list of its own for each office that lost points."""
    yield _sheet(found, say)
    if found.by == "lead":
        for line in found.lines:
            if line.lost > 0:
                yield office_sheet(found, line, say)


def _sheet(found: Losses, say: Language) -> Table:
    builder = _builder(found, say, _HEADINGS.get(found.by, N_("Criterion")))
    for line in found.lines:
        if line.lost:
            builder.add(_cells(found, line, say))
    if found.lost is not None and found.max is not None:
        builder.add(_total_cells(found.total, say), strong=True)
    title = f"{_head(found, say)} · {say(_TITLES[found.by])}"
    return builder.table(title, _notes(found, say), keep=_KEPT)


_KEPT: Final = ("name", "max", "points", "lost", "index", "bar", "running")


def _builder(found: Losses, say: Language, what: str) -> TableBuilder:
    keys = "code name max points lost index bar running"
    named = columns(say, keys, name=say(what), index=say("% of index"))
    return TableBuilder(named, found.result.printed)


def _head(found: Losses, say: Language) -> str:
    return title_of(found.result.scorecard, found.result.scheme, say)


def _cells(found: Losses, line: Loss, say: Language) -> dict[str, Cell | Fraction]:
    return {
        "code": None if found.by in _HEADINGS else line.key,
        "name": line_name(found, line, say),
        "max": line.max,
        "points": line.points,
        "lost": line.lost,
        "index": line.index,
        "bar": percent(line.lost, found.lost) if found.lost and line.lost > 0 else None,
        "running": line.running,
    }


def _total_cells(total: Loss, say: Language) -> dict[str, Cell | Fraction]:
    return {
        "name": say("Total"),
        "max": total.max,
        "points": total.points,
        "lost": total.lost,
        "index": total.index,
    }


def loss_columns(say: Language, share: ColumnKind = "number") -> tuple[Column, ...]:
    """The columns of the official list of criteria that lost points; `share` is drawn as told."""
    return columns(
        say,
        "number code name max points lost "
        f"share:{share} running cause lead with solution deadline goal",
        name=say("Content"),
        points=say("Reached"),
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
    builder = _builder(found, say, N_("Criterion"))
    running = Fraction(0)
    for piece in line.pieces:
        running += piece.lost
        if piece.lost:
            row = builder.add(_cells(found, piece, say))
            builder.put(row, "code", piece.key)
            builder.put(row, "running", percent(running, line.lost))
    builder.add(_total_cells(line, say), strong=True)
    title = f"{_head(found, say)} · {line_name(found, line, say)}"
    return builder.table(title, keep=("code", *_KEPT))


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "by", "group", "code", "name_vi", "rest"),
    *("max", "points", "lost", "index", "running"),
)


def losses_records(found: Losses) -> Iterator[dict[str, Any]]:
    """One unit by the columns of CSV; by office a record for each piece, with its office in `group`."""
    head = {**head_cells(found.result), "by": found.by}
    for line in found.lines:
        for each in line.pieces if found.by == "lead" else (line,):
            data = _line(each)
            yield {
                **head,
                "group": line.key if found.by in _HEADINGS else None,
                "code": None if found.by == "origin" else each.key,
                **data,
                "name_vi": data["name"] and data["name"]["vi"],
                "rest": "true" if each.rest else None,
            }


def losses_data(found: Losses) -> dict[str, Any]:
    """One unit as data; all figures exact, `index` and `running` in percent."""
    result = found.result
    return {
        **head_data(result),
        "by": found.by,
        "complete": result.total.complete,
        **exact_figures(
            applicable_max=found.max, lost=found.lost, unknown=found.unknown, index=found.index
        ),
        "lines": [_line(line) for line in found.lines],
        "adjustments": [
            {"id": block.id, "kind": block.kind, **exact_figures(low=low, high=high)}
            for block, (low, high), _ in reported(result)
        ],
    }


def _line(line: Loss) -> dict[str, Any]:
    keys = ("max", "points", "lost", "index", "running")
    data: dict[str, Any] = {
        "key": line.key,
        "name": name_data(line.name) if line.name else None,
        "rest": line.rest,
        **exact_figures(**{key: getattr(line, key) for key in keys}),
    }
    if line.pieces:
        data["pieces"] = [_line(piece) for piece in line.pieces]
    return data
