"""The report of a self-assessment (Báo cáo tự đánh giá, chấm điểm)."""

from collections.abc import Iterator

from parindex.analysis.stages import Staged, by_stage
from parindex.office.pages.areas import areas_chart, areas_page, origins_page
from parindex.office.pages.unit import (
    assessment_page,
    documents,
    evidence_text,
    explanation_of,
    explanations_page,
)
from parindex.office.reports.blocks import Block, Heading, Letterhead, Paragraph, Report, TableBlock
from parindex.office.reports.sentences import blank, general, traces, unit_report
from parindex.office.reports.shown import blocks_of, shown, table
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.table import Cell, Table
from parindex.values.facts import Answers
from parindex.values.language import N_, Language


def self_assessment(result: Result, say: Language, letterhead: Letterhead | None = None) -> Report:
    """What a unit gave itself, with its evidence, and with what was appraised where it was."""
    title = N_("Self-assessment for {index} in {year} of {unit}")
    return unit_report(result, N_("REPORT"), title, _blocks(result, say), say, letterhead)


def staged(result: Result) -> Staged:
    """The stages side by side; scores without stages are what the unit itself says."""
    if result.asked_stage is not None:
        return Staged(result, {result.asked_stage: result})
    found = by_stage(result)
    return found if found.stages else Staged(result, {"self": result})


def _blocks(result: Result, say: Language) -> Iterator[Block]:
    units = staged(result)
    yield from general(result, say("General result"), say)
    areas = areas_page(units, None, say)
    chart = areas_chart(areas, result.scorecard, say, whole=False) if areas else None
    yield from blocks_of(areas, say, chart=chart)
    if result.scheme.criteria:
        yield Heading(say("Summary of the self-assessment"))
        page = shown(
            assessment_page(units, "", say),
            say,
            say("Self-assessment by criterion"),
            without=("percent", "applicable"),
            keep=(*units.stages, "evidence", "note"),
            notes=_stage_notes(units, say),
        )
        yield TableBlock(page, wide=True)
    title = say("Points by origin")
    yield from blocks_of(origins_page(result, say), say, title, heading=title)
    sheet = explanations_page(units, say)
    kept = sheet.keys if sheet else ()
    yield from blocks_of(sheet, say, heading=say("Explanation sheet"), keep=kept)
    yield from _evidence(result, say)
    yield from blank(say("Difficulties and obstacles"))
    yield from blank(say("Proposals"))
    yield from traces(result, say)


def _stage_notes(units: Staged, say: Language) -> Iterator[str]:
    """What incomplete sums and dashes mean, and whose points those of no stage are."""
    result = units.result
    if any(not stage.total.complete for stage in units.stages.values()):
        yield say(
            "Incomplete, “–” and empty: a part, or all, is not known yet. It does not count as zero."
        )
    if result.stage is None and result.scorecard.scores:
        yield say("The scorecard names no stages: its points stand as those of the unit itself.")


def _evidence(result: Result, say: Language) -> Iterator[Block]:
    """Which points lack documents, wholly or in part, and what the unit says to that."""
    yield Heading(say("Criteria with no evidence or only a part of it"))
    scored = list(_provable(result))
    proved = any(documents(result.scorecard.scores[node.code]) for node in scored)
    if not proved:
        yield Paragraph(say("The scorecard names no documents."))
        scored = [node for node in scored if node.state == "no_evidence"]
    rows = [row for node in scored if (row := _lacking(result, node, say)) is not None]
    if rows:
        keys = "code name points lacking:text evidence explanation"
        named = columns(say, keys, code=say("No."), lacking=say("What is lacking"))
        title = say("Criteria with no evidence or only a part of it")
        yield table(Table(title, named, tuple(rows)))
    elif proved:
        yield Paragraph(say("Every score has its documents."))


def _provable(result: Result) -> Iterator[Node]:
    """The scored criteria that documents prove; what people answered needs none.

    Where the scheme says which must have documents, the others are named only
    for documents that they have, or lost points for.
    """
    criteria = [criterion for _, criterion in result.scheme.walk()]
    says = any(criterion.evidence for criterion in criteria)
    for criterion in criteria:
        node = result.node(criterion.code)
        asked = criterion.evidence or not says or node.state == "no_evidence"
        answered = node.entry is None or isinstance(node.entry.fact, Answers)
        if not answered and (asked or documents(result.scorecard.scores[criterion.code])):
            yield node


def _lacking(result: Result, node: Node, say: Language) -> tuple[Cell, ...] | None:
    """The row of a score whose documents are lacking; None where they are not."""
    found = documents(result.scorecard.scores.get(node.code))
    if node.state == "no_evidence":
        lacking = say("no evidence")
    elif not found and node.points:
        lacking = say("no document named")
    elif any(each.section is None and each.page is None for each in found):
        lacking = say("neither section nor page named")
    else:
        return None
    told = evidence_text(result, node.code, say).replace("\n", "; ")
    head = (node.code, say.name(node.name), result.printed(node.points))
    return (*head, lacking, told, explanation_of(result, node.code))
