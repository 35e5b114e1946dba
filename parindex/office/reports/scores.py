"""Tables of what was scored: every criterion, the areas, where the points come from, and traces."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from parindex.analysis.stages import Staged, by_stage
from parindex.office.reports.blocks import Chart, Series, Traces
from parindex.office.reports.sentences import signed
from parindex.scheme.scheme import ORIGIN
from parindex.scorecard.scorecard import STAGES, Entry, Evidence, Stage
from parindex.scoring.result import Node, Result
from parindex.tables.explain import document_text, explanation_table
from parindex.tables.score import called_states, name_of
from parindex.tables.stages import stage_cell
from parindex.tables.table import Cell, Column, Table, filled
from parindex.values.language import Language, mark

STAGE_POINTS: Final[dict[Stage, str]] = {
    "self": mark("Self-assessed points"),
    "appraised": mark("Appraised points"),
    "reappraised": mark("Reappraised points"),
    "final": mark("Final points"),
}
STAGE_SHORT: Final[dict[Stage, str]] = {
    "self": mark("self-a."),
    "appraised": mark("appr."),
    "reappraised": mark("reappr."),
    "final": mark("fin."),
}
"""The stages in headings of narrow columns."""
_AREAS_OF_A_RADAR: Final = 3
"""Fewer outline nothing."""


def staged(result: Result) -> Staged:
    """The stages side by side; scores without stages are what the unit itself says."""
    if result.asked_stage is not None:
        return Staged(result, {result.asked_stage: result})
    found = by_stage(result)
    return found if found.stages else Staged(result, {"self": result})


def self_assessment_sheet(units: Staged, say: Language) -> Table:
    """Every criterion with its maximum, the points of each stage, evidence and explanations."""
    result = units.result
    rows = [_row(units, code, level, say) for level, code in _codes(result)]
    strong = [position for position, (level, _) in enumerate(_codes(result)) if level == 1]
    rows.append(_total(units, say))
    index = [each.index for each in units.stages.values()]
    change = units.index_difference()
    rows.append(("", say("Index (%)"), "", *index, change_text(result, change, say), None, None))
    columns = (
        Column("code", say("No."), "code"),
        Column("name", say("Area/Criterion/Sub-criterion")),
        Column("max", say("Maximum points"), "number"),
        *(Column(stage, say(STAGE_POINTS[stage]), "number") for stage in units.stages),
        Column("difference", say("Difference"), "number"),
        Column("evidence", say("Evidence")),
        Column("note", say("Explanation/Note")),
    )
    if len(units.stages) == 1:
        columns, rows = _without(columns, rows, "difference")
    return Table(
        say("Self-assessment by criterion"),
        columns,
        tuple(rows),
        frozenset((*strong, len(rows) - 2, len(rows) - 1)),
        tuple(_stage_notes(units, say)),
    )


def _without(
    columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], key: str
) -> tuple[tuple[Column, ...], list[tuple[Cell, ...]]]:
    kept = [position for position, column in enumerate(columns) if column.key != key]
    shown = tuple(columns[position] for position in kept)
    return shown, [tuple(row[position] for position in kept) for row in rows]


def _codes(result: Result) -> Iterator[tuple[int, str]]:
    """Every criterion with its depth, then the bonus and penalty that was reported."""
    for level, criterion in result.scheme.walk():
        yield level, criterion.code
    for block in result.scheme.adjustments:
        for item in block.items:
            if item.code in result.scorecard.scores:
                yield 2, item.code


def _row(units: Staged, code: str, level: int, say: Language) -> tuple[Cell, ...]:
    result = units.result
    node, entry = result.node(code), result.scorecard.scores.get(code)
    name = say.name(node.name)
    return (
        code,
        name.upper() if level == 1 else name,
        printed(result, node.max),
        *(stage_cell(result, each, say) for each in units.nodes(code).values()),
        change_text(result, units.difference(code), say),
        "; ".join(document_text(each, say) for each in documents(entry)),
        " – ".join(_said(node, entry, say)),
    )


def _total(units: Staged, say: Language) -> tuple[Cell, ...]:
    result = units.result
    cells = (stage_cell(result, each, say) for each in units.nodes("").values())
    change = change_text(result, units.difference(""), say)
    return (
        "",
        say("Total"),
        printed(result, result.total.max),
        *cells,
        change,
        None,
        None,
    )


def _stage_notes(units: Staged, say: Language) -> Iterator[str]:
    nodes = [n for _, code in _codes(units.result) for n in units.nodes(code).values()]
    if any(not node.complete for node in nodes):
        yield say("≥ and –: a part, or all, is not known yet. It does not count as zero.")
    if units.result.stage is None and units.result.scorecard.scores:
        yield say("The scorecard names no stages: its points stand as those of the unit itself.")


def printed(result: Result, value: Fraction | None) -> Decimal | None:
    """Points or a percentage with the digits that the scheme prints."""
    return None if value is None else result.printed(value)


def change_text(result: Result, value: Fraction | None, say: Language) -> str | None:
    """A difference with its sign; None where it is not known."""
    return None if value is None else signed(result, value, say)


def documents(entry: Entry | None) -> list[Evidence]:
    """The documents that prove a score at any of its stages, each once."""
    if entry is None:
        return []
    entries = [entry, *(entry.stages[stage] for stage in STAGES if stage in entry.stages)]
    return list(dict.fromkeys(document for each in entries for document in each.evidence))


def _said(node: Node, entry: Entry | None, say: Language) -> Iterator[str]:
    """What was said about a score: its state, the unit's explanation, notes and reasons.

    Of one stage the note and the reason are those of this stage; the unit
    explains, and proves, its score as a whole.
    """
    state = called_states(say)[node.state]
    if state:
        yield state
    explanation = explanation_of(entry)
    if explanation:
        yield explanation
    if node.entry is not None:
        reason = say("reason: {reason}", reason=node.entry.reason) if node.entry.reason else None
        yield from (text for text in (node.entry.note, reason) if text)


def explanation_of(entry: Entry | None) -> str | None:
    """What the unit wrote about a score, at whatever stage."""
    entries = [entry, *entry.stages.values()] if entry else []
    return next((each.explanation for each in entries if each.explanation), None)


def area_sheet(units: Staged, say: Language) -> Table:
    """The areas with their maximum, the points of each stage, the percentage and what was lost."""
    result = units.result
    rows: list[tuple[Cell, ...]] = []
    nodes = [node for _, node in result.walk(1)]
    for node in (*nodes, result.total):
        cells = (stage_cell(result, each, say) for each in units.nodes(node.code).values())
        rows.append(
            (
                node.code,
                say.name(node.name) if node.code else say("Total"),
                printed(result, node.applicable_max),
                *cells,
                change_text(result, units.difference(node.code), say),
                result.printed_percent(node),
                printed(result, node.lost),
            )
        )
    whole = all(node.applicable_max == node.max for node in nodes)
    columns = (
        Column("code", say("No."), "code"),
        Column("name", say("Area")),
        Column("max", say("Maximum points") if whole else say("Applicable maximum"), "number"),
        *(Column(stage, say(STAGE_POINTS[stage]), "number") for stage in units.stages),
        Column("difference", say("Difference"), "number"),
        Column("percent", say("Percent"), "number"),
        Column("lost", say("Lost"), "number"),
    )
    if len(units.stages) == 1:
        columns, rows = _without(columns, rows, "difference")
    return Table(say("Points by area"), columns, tuple(rows), frozenset({len(rows) - 1}))


def origin_sheet(result: Result, say: Language) -> Table | None:
    """Where the points come from: appraised, surveys, impact; None where nobody says."""
    if ORIGIN not in result.parts:
        return None
    rows = [
        (
            name_of(node, say),
            printed(result, node.max),
            printed(result, node.points),
            result.printed_percent(node),
            printed(result, node.lost),
        )
        for node in result.part_nodes(ORIGIN)
    ]
    columns = (
        Column("name", say("Origin")),
        Column("max", say("Maximum points"), "number"),
        Column("points", say("Points"), "number"),
        Column("percent", say("Percent"), "number"),
        Column("lost", say("Lost"), "number"),
    )
    return Table(say("Points by origin"), *filled(columns, rows), notes=tuple(_within(result, say)))


def _within(result: Result, say: Language) -> Iterator[str]:
    """Which parts of the table are contained in another one."""
    parts = {part.id: part for part in result.scheme.partitions[ORIGIN]}
    names = {node.code: name_of(node, say) for node in result.part_nodes(ORIGIN)}
    for id_, part in parts.items():
        inside = [names[each.id] for each in parts.values() if each.within == id_]
        if inside:
            yield say("{name} contains: {parts}.", name=names[part.id], parts=", ".join(inside))


def areas_of(result: Result, say: Language) -> tuple[str, ...]:
    """The areas as charts label them."""
    return tuple(f"{node.code}. {say.name(node.name)}" for _, node in result.walk(1))


def radar(result: Result, others: Sequence[Series], say: Language) -> Chart | None:
    """The percentages of the areas, with other outlines; None where there is nothing to see."""
    shares = tuple(result.printed_percent(node) for _, node in result.walk(1))
    if sum(share is not None for share in shares) < _AREAS_OF_A_RADAR:
        return None
    own = Series(result.scorecard.unit, shares)
    return Chart(
        "radar", say("Share of the maximum by area (%)"), areas_of(result, say), (own, *others)
    )


def traces(result: Result, say: Language) -> Traces | None:
    """How every score came to its points; None where there are none."""
    codes = [code for _, code in _codes(result) if code in result.scorecard.scores]
    sheets = (explanation_table(result, code, say) for code in codes)
    named = tuple(
        replace(sheet, title=f"{code} {say.name(result.scheme.by_code[code].name)}")
        for code, sheet in zip(codes, sheets, strict=True)
    )
    return Traces(say("How each score came about"), named) if named else None
