"""Layout L8: what the appraiser took off, and room for the unit's answer with its documents."""

from parindex.analysis.stages import Staged
from parindex.office.pages.formula_columns import FormulaColumns
from parindex.office.pages.unit import evidence_text, explanation_of, points_title
from parindex.scheme.scheme import MAX_DEPTH
from parindex.tables.columns import columns
from parindex.tables.table import Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

_DOCUMENT = ("paper", "number", "date", "section", "page")


def explanations_page(staged: Staged, say: Language) -> Table | None:
    """A row for each leaf whose points fell between the stages; None where none did."""
    stages = list(staged.stages)
    if len(stages) < 2 or staged.result.asked_stage:  # noqa: PLR2004 nothing to compare
        return None
    first, last = stages[0], stages[-1]
    rounding = staged.result.scheme.rounding
    draft = TableBuilder(_columns((first, last), say), staged.result.printed)
    ledger = FormulaColumns(draft, rounding.index, rounding.mode)
    for _, node in staged.result.walk(MAX_DEPTH):
        change = staged.difference(node.code)
        is_leaf = node.criterion is not None and not node.criterion.children
        if not is_leaf or change is None or change >= 0:
            continue
        nodes = staged.nodes(node.code)
        row = draft.add(
            {
                "code": node.code,
                "name": say.name(node.name),
                "max": node.max,
                "reason": staged.reason(node.code),
                "answer": explanation_of(staged.result, node.code),
                "evidence": evidence_text(staged.result, node.code, say),
            }
        )
        ledger.put("first", node.code, row, nodes[first].final)
        ledger.put("last", node.code, row, nodes[last].final)
        told = (draft.at(row, "last"), "-", draft.at(row, "first"))
        ledger.live("difference", node.code, row, change, told)
    if not draft.next:
        return None
    title, card = say("Explanation sheet"), staged.result.scorecard
    over = [("paper", "page", say("Documents added"))]
    kept = ("reason", "answer", *_DOCUMENT)
    return draft.table(f"{title} · {card.unit} · {card.year}", keep=kept, over=over, name=title)


def _columns(stages: tuple[str, str], say: Language) -> tuple[Column, ...]:
    return columns(
        say,
        "code name max first:number last:number difference reason answer:text evidence "
        "paper:text number:text date:text section:text page:text",
        name=say("Content"),
        first=points_title(stages[0], say),
        last=points_title(stages[1], say),
        reason=say("Reason for taking points off"),
        answer=say("Opinion of the unit"),
        paper=say("Name"),
        number=say("Number"),
        date=say("Date"),
        section=say("Section"),
        page=say("Page"),
    )
