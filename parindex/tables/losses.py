"""Lost points as tables, rows and data."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

from msgspec.structs import replace

from parindex.analysis.losses import Loss, Losses
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.columns import columns
from parindex.tables.figures import exact_figures, first_of
from parindex.tables.score import title_of
from parindex.tables.score_data import head_cells, head_data, name_data
from parindex.tables.table import Table
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
_MOST_AREAS: Final = 4
"""Areas that are named where a part of them is not known."""


_KEPT: Final = ("name", "max", "points", "lost", "index", "bar", "running")


def losses_sheets(found: Losses, say: Language) -> Iterator[Table]:
    """One unit's lines; by office, then a list of its own for each office that lost points."""
    total = found.total if found.lost is not None and found.max is not None else None
    about = say(_TITLES["area" if is_by_area(found) else found.by])
    yield _sheet(found, found.lines, total, about, say)
    if found.by == "lead":
        for line in found.lines:
            if line.lost > 0:
                sums = accumulate(piece.lost for piece in line.pieces)
                pieces = [
                    replace(piece, running=percent(running, line.lost))
                    for piece, running in zip(line.pieces, sums, strict=True)
                ]
                yield _sheet(found, pieces, line, line_name(found, line, say), say, pieces=True)


def is_by_area(found: Losses) -> bool:
    """Whether each line is an area: asked for by area, or by leaf of a scheme that has no more."""
    areas = found.result.scheme.criteria
    whole = bool(areas) and not any(area.children for area in areas)
    return found.by == "area" or (found.by in ("leaf", "criterion") and whole)


def _sheet(
    found: Losses,
    lines: Iterable[Loss],
    total: Loss | None,
    about: str,
    say: Language,
    *,
    pieces: bool = False,
) -> Table:
    """The lines that lost points, or the `pieces` of one of them, with their total."""
    alone = N_("Area") if is_by_area(found) else N_("Criterion")
    what = N_("Criterion") if pieces else _HEADINGS.get(found.by, alone)
    keys = "code name max points lost index bar running"
    named = columns(say, keys, name=say(what), index=say("% of index"))
    builder = TableBuilder(named, found.result.printed)
    for line in lines:
        if line.lost:
            bar = percent(line.lost, found.lost) if found.lost and line.lost > 0 else None
            row = builder.take(_figures(line), name=line_name(found, line, say), bar=bar)
            builder.put(row, "code", line.key if pieces or found.by not in _HEADINGS else None)
    if total is not None:
        builder.take(_figures(total), name=say("Total"), running=None, strong=True)
    title = f"{title_of(found.result.scorecard, found.result.scheme, say)} · {about}"
    kept = ("code", *_KEPT) if pieces else _KEPT
    return builder.table(title, () if pieces else losses_notes(found, say), keep=kept)


def _figures(line: Loss) -> dict[str, Fraction | None]:
    return {key: getattr(line, key) for key in ("max", "points", "lost", "index", "running")}


def line_name(found: Losses, line: Loss, say: Language) -> str:
    """What a line is called; what is left of a criterion, and what nobody names, is told so."""
    if found.by in _NAMELESS and line.name is None:
        return line.key or say(_NAMELESS[found.by])
    if line.name is None or not line.key:
        codes = [area.code for area in found.result.scheme.criteria if area.max is None]
        return say("{codes}: no own maximum", codes=first_of(codes)) if codes else say(_APART)
    name = say.name(line.name)
    return say(_REST, name=name) if line.rest else name


def not_lost(result: Result, say: Language) -> str:
    """Why it cannot be said what was lost."""
    if result.total.assessed_max == 0:
        return say("No score has been filled in yet, so it cannot be said what was lost.")
    return say("The maximum of the whole is not known, so it cannot be said what was lost.")


def losses_notes(found: Losses, say: Language) -> Iterator[str]:
    """What lost nothing, what is not known, bonus and penalty, and the index."""
    result = found.result
    if found.lost is None:
        yield not_lost(result, say)
        return
    full = sum(not line.lost for line in found.lines)
    if full:
        yield say("Without any loss: {count}.", count=full)
    yield from unknown_note(found, say)
    for block, bounds, _ in reported(result):
        points = " – ".join(say.number(result.printed(each)) for each in dict.fromkeys(bounds))
        yield beside_note(called(block, say), points, say)
    if result.index is not None:
        yield say("Index: {index} %", index=say.number(result.index))


def unknown_note(found: Losses, say: Language) -> Iterator[str]:
    """How many points are not yet known, if any, and in which areas."""
    if not found.unknown:
        return
    points = say.number(found.result.printed(found.unknown))
    nodes = (node for _, node in found.result.walk(1))
    areas = [f"{each.code} {say.name(each.name)}" for each in nodes if each.outcome.unassessed]
    if areas:
        told = "; ".join(areas[:_MOST_AREAS]) + ("; …" if len(areas) > _MOST_AREAS else "")
        yield say(
            "Not yet known, and neither reached nor lost: {points} points ({areas}).",
            points=points,
            areas=told,
        )
    else:
        yield say("Not yet known, and neither reached nor lost: {points} points.", points=points)


def beside_note(name: str, points: str, say: Language) -> str:
    """That a bonus or penalty does not count as lost."""
    return say("{name}: {points} points, beside what was lost.", name=name, points=points)


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
    data: dict[str, Any] = {
        "key": line.key,
        "name": name_data(line.name) if line.name else None,
        "rest": line.rest,
        **exact_figures(**_figures(line)),
    }
    if line.pieces:
        data["pieces"] = [_line(piece) for piece in line.pieces]
    return data
