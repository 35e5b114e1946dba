"""Layout L8: what the appraiser took off, and room for the unit's answer with its documents."""

from parindex.analysis.stages import Staged
from parindex.office.pages.formula_table import FormulaTable
from parindex.office.pages.unit import evidence_text, explanation_of, points_title
from parindex.scheme.scheme import MAX_DEPTH
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.values.language import Language


def explanations_page(staged: Staged, say: Language) -> Table | None:
    """A row for each leaf whose points fell between the stages; None where none did."""
    stages = list(staged.stages)
    if len(stages) < 2 or staged.result.asked_stage:  # noqa: PLR2004 nothing to compare
        return None
    result, ends = staged.result, {"first": stages[0], "last": stages[-1]}
    named = columns(
        say,
        "code name max first:number last:number difference reason answer:text evidence "
        "paper:text number:text date:text section:text page:text",
        **{key: points_title(stage, say) for key, stage in ends.items()},
        name=say("Content"),
        reason=say("Reason for taking points off"),
        answer=say("Opinion of the unit"),
        paper=say("Name"),
        number=say("Number"),
        date=say("Date"),
        section=say("Section"),
        page=say("Page"),
    )
    page = FormulaTable(named, result.scheme.rounding)
    for _, node in result.walk(MAX_DEPTH):
        change = staged.difference(node.code)
        is_leaf = node.criterion is not None and not node.criterion.children
        if is_leaf and change is not None and change < 0:
            row = page.add(
                {key: staged.stages[stage].node(node.code).final for key, stage in ends.items()},
                code=node.code,
                name=say.name(node.name),
                max=node.max,
                reason=staged.reason(node.code),
                answer=explanation_of(result, node.code),
                evidence=evidence_text(result, node.code, say),
            )
            page.less(row, "difference", change, "last", "first")
    if not page.next:
        return None
    title, card = say("Explanation sheet"), result.scorecard
    over = [("paper", "page", say("Documents added"))]
    kept = ("reason", "answer", "paper", "number", "date", "section", "page")
    return page.table(f"{title} · {card.unit} · {card.year}", keep=kept, over=over, name=title)
