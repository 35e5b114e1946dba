"""The report of a self-assessment (Báo cáo tự đánh giá, chấm điểm)."""

from collections.abc import Iterator

from parindex.analysis.stages import Staged
from parindex.office.pages.areas import areas_chart, areas_page, origins_page
from parindex.office.pages.explanations import explanations_page
from parindex.office.pages.unit import assessment_page, documents, evidence_text, explanation_of
from parindex.office.reports.blocks import Block, Heading, Letterhead, Paragraph, Report, TableBlock
from parindex.office.reports.scores import staged, traces
from parindex.office.reports.sentences import basis, blank, index_name, reached, table
from parindex.office.reports.shown import picture, shown
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.table import Cell, Table
from parindex.values.facts import Answers
from parindex.values.language import Language


def self_assessment(result: Result, say: Language, letterhead: Letterhead | None = None) -> Report:
    """What a unit gave itself, with its evidence, and with what was appraised where it was."""
    card = result.scorecard
    told = {"index": index_name(result.scheme, say), "year": card.year, "unit": card.unit}
    return Report(
        say.code,
        say("REPORT"),
        say("Self-assessment for {index} in {year} of {unit}", **told),
        tuple(_blocks(result, say)),
        letterhead or Letterhead(),
    )


def _blocks(result: Result, say: Language) -> Iterator[Block]:
    units = staged(result)
    yield Heading(say("General result"))
    yield Paragraph(" ".join(basis(result, say)))
    yield Paragraph(" ".join(reached(result, say)))
    areas = areas_page(units, None, say)
    if areas is not None:
        yield table(shown(areas, say, say("Results by area")))
        chart = areas_chart(areas, result.scorecard.unit, say, whole=False)
        if chart is not None:
            yield picture(chart)
    if result.scheme.criteria:
        yield Heading(say("Summary of the self-assessment"))
        page = assessment_page(units, "", say)
        title, left_out = say("Self-assessment by criterion"), ("percent", "applicable")
        kept, notes = (*units.stages, "evidence", "note"), _stage_notes(units, say)
        yield TableBlock(
            shown(page, say, title, without=left_out, keep=kept, notes=notes),
            wide=True,
        )
    origins = origins_page(result, say)
    if origins is not None:
        yield Heading(say("Points by origin"))
        yield table(shown(origins, say, say("Points by origin")))
    explanations = explanations_page(units, say)
    if explanations is not None:
        yield Heading(say("Explanation sheet"))
        yield table(shown(explanations, say, say("Explanation sheet"), keep=explanations.keys))
    yield from _evidence(result, say)
    yield from blank(say("Difficulties and obstacles"))
    yield from blank(say("Proposals"))
    found = traces(result, say)
    if found is not None:
        yield found


def _stage_notes(units: Staged, say: Language) -> Iterator[str]:
    """What lower bounds and dashes mean, and whose points those of no stage are."""
    result = units.result
    if any(not stage.total.complete for stage in units.stages.values()):
        yield say("≥ and –: a part, or all, is not known yet. It does not count as zero.")
    if result.stage is None and result.scorecard.scores:
        yield say("The scorecard names no stages: its points stand as those of the unit itself.")


def _evidence(result: Result, say: Language) -> Iterator[Block]:
    """Which points lack documents, wholly or in part, and what the unit says to that."""
    yield Heading(say("Criteria with no evidence or only a part of it"))
    entries = result.scorecard.scores
    scored = list(_provable(result))
    if not any(documents(entries[node.code]) for node in scored):
        yield Paragraph(say("The scorecard names no documents."))
        scored = [node for node in scored if node.state == "no_evidence"]
    rows = [row for node in scored if (row := _lacking(result, node, say)) is not None]
    if not rows:
        if any(documents(entries[node.code]) for node in scored):
            yield Paragraph(say("Every score has its documents."))
        return
    named = columns(
        say,
        "code name points lacking:text evidence explanation",
        code=say("No."),
        lacking=say("What is lacking"),
    )
    yield table(Table(say("Criteria with no evidence or only a part of it"), named, tuple(rows)))


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
    points = None if node.points is None else result.printed(node.points)
    explanation = explanation_of(result, node.code)
    return (node.code, say.name(node.name), points, lacking, told, explanation)
