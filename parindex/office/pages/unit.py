"""Layouts L1 and L8: the whole table of one unit, its stages side by side, and what it says to them."""

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Final

from parindex.analysis.stages import Staged
from parindex.office.pages.formula_table import FormulaTable
from parindex.scheme.scheme import MAX_DEPTH, Adjustment
from parindex.scorecard.scorecard import STAGES, Entry, Evidence
from parindex.scoring.result import Node, Result
from parindex.tables.adjustments import BEFORE, called, reported
from parindex.tables.columns import columns
from parindex.tables.explain import document_text
from parindex.tables.score import called_states, name_of, score_sheet, standard_cells
from parindex.tables.table import Formula, Table
from parindex.values.exact import ZERO, add
from parindex.values.language import N_, Language
from parindex.values.stages import STAGE_WORDS

TOTAL = ""
PARTIAL = N_(
    "Sums leave out what is not yet known at a stage; differences are of what is known at both."
)


def assessment_page(staged: Staged, name: str, say: Language) -> Table:
    """The table of one unit: every criterion, bonus and penalty, and the total."""
    return _Assessment(staged, say).page(name)


def stages_shown(staged: Staged) -> dict[str, Result]:
    """What the columns of points stand for; the last one is what counts."""
    result = staged.result
    if result.asked_stage is not None or not staged.stages:
        return {result.asked_stage or "points": result}
    shown: dict[str, Result] = {str(stage): each for stage, each in staged.stages.items()}
    last = list(staged.stages.values())[-1]
    codes = [node.code for _, node in result.walk(MAX_DEPTH)]
    same = all(last.node(code).points == result.node(code).points for code in codes)
    if not same or last.total.final != result.total.final:
        shown["points"] = result
    return shown


def points_title(key: str, say: Language) -> str:
    """The heading of a column of points."""
    return say(STAGE_WORDS[key].points if key in STAGE_WORDS else "Points")


class StagedTable(FormulaTable):
    """A table of one unit: a column of points for each stage, the difference, and the percentage."""

    def __init__(
        self, staged: Staged, say: Language, keys: Callable[[str], str], **titles: str
    ) -> None:
        self.staged = staged
        self.result = staged.result
        self.say = say
        self.shown = stages_shown(staged)
        self.counts = list(self.shown)[-1]
        titles |= {key: points_title(key, say) for key in self.shown}
        stages = " ".join(f"{key}:number" for key in self.shown)
        rounding = self.result.scheme.rounding
        super().__init__(columns(say, keys(stages), percent="%", **titles), rounding)

    def nodes(self, code: str) -> dict[str, Node]:
        """A criterion, or with an empty code the whole, under each column of points."""
        return {key: each.node(code) if code else each.total for key, each in self.shown.items()}

    def put_points(
        self,
        row: int,
        code: str,
        parts: Collection[int] = (),
        to: int | None = None,
        within: str | None = None,
    ) -> None:
        """Set the points of each stage, of which a part that is not known makes lower bounds.

        Args:
            row: the number of the row.
            code: what it is of; empty for the whole.
            parts: the rows whose sum they are, if any.
            to: to how many digits the sum is rounded.
            within: the column of a maximum that the sum does not exceed.
        """
        for key, node in self.nodes(code).items():
            if parts:
                self.sum(row, key, node.final, parts, to, within)
            else:
                self.put(row, key, node.final)
            if node.final is not None and not node.complete:
                self.at_least(row, key)

    def put_shares(self, row: int, code: str, most: str, *, live: bool) -> None:
        """Set the difference of the last stage from the first, and the percentage of `most`."""
        nodes, stages = self.nodes(code), list(self.staged.stages)
        if len(stages) > 1 and stages[-1] in nodes:
            change = self.staged.difference(code)
            ends = [nodes.get(stage) for stage in (stages[0], stages[-1])]
            known = all(node and node.complete and node.final is not None for node in ends)
            if live and known and change is not None:
                self.less(row, "difference", change, stages[-1], stages[0])
            else:
                self.put(row, "difference", change)
        share = self.result.printed_percent(nodes[self.counts])
        self.share(row, "percent", self.counts, most, share)


class _Assessment(StagedTable):
    def __init__(self, staged: Staged, say: Language) -> None:
        super().__init__(
            staged,
            say,
            "code name max applicable {} difference percent:bar evidence note state".format,
            code=say("No."),
            name=say("Area/Criterion/Sub-criterion"),
            max=say("Maximum points"),
            note=say("Explanation/Note"),
        )
        total, points = self.result.total, self.result.scheme.rounding.points
        self.states = called_states(say)
        self.digits = {points.at: points.digits} if points else {}
        is_whole = total.applicable_max == total.max and not self.result.rules.moved
        self.most = "max" if is_whole else "applicable"
        """The column of the maximum that percentages are of."""

    def page(self, name: str) -> Table:
        """All rows, then formulas from the deepest criteria up."""
        result = self.result
        walked = list(result.walk(MAX_DEPTH))
        rows = {node.code: self._add(node, depth) for depth, node in walked}
        for depth, node in reversed(walked):
            children = node.criterion.children if node.criterion else ()
            to = self.digits.get("area") if depth == 1 else None
            self._put_row(node.code, rows[node.code], [rows[c.code] for c in children], to)
        self._end([rows[area.code] for area in result.scheme.criteria])
        total = score_sheet(result, 0, self.say)
        notes = list(total.notes)
        if any(not each.total.complete for each in self.shown.values()):
            notes.append(self.say(PARTIAL))
        return self.table(total.title, notes, name=name, keep=tuple(self.shown))

    def _state(self, node: Node) -> str:
        told = standard_cells(self.result, node, self.say).get("state")
        return self.states[node.state] if told is None else str(told)

    def _add(self, node: Node, depth: int) -> int:
        name = name_of(node, self.say)
        return self.add(
            code=node.code,
            name=name.upper() if depth == 1 else name,
            max=node.max,
            state=self._state(node),
            evidence=evidence_text(self.result, node.code, self.say),
            note=self._said(node),
            depth=depth,
            strong=depth == 1,
        )

    def _said(self, node: Node) -> str:
        """The unit's explanation, the reason of the latest stage that gives one, and the note."""
        reason = self.staged.reason(node.code)
        told = (
            explanation_of(self.result, node.code),
            self.say("Reason: {text}", text=reason) if reason else None,
            node.entry.note if node.entry else None,
        )
        return "\n".join(filter(None, told))

    def _put_row(
        self,
        code: str,
        row: int,
        parts: list[int],
        to: int | None = None,
        below: list[int] | None = None,
        within: str | None = None,
    ) -> None:
        """Set all figures of a row; the maximum is the sum of `below`, by default of the parts."""
        node = self.result.node(code) if code else self.result.total
        if self.most == "applicable":
            self.sum(row, self.most, node.applicable_max, parts if below is None else below)
        self.put_points(row, code, parts, to, within)
        self.put_shares(row, code, self.most, live=True)

    def _end(self, areas: list[int]) -> None:
        """Bonus and penalty between the criteria and the total, then the total."""
        result, to = self.result, self.digits.get("total")
        blocks = list(reported(result))
        parts = areas
        if blocks:
            row = self.add(name=self.say(BEFORE), max=result.total.max, strong=True)
            for key, each in self.shown.items():
                self.sum(row, key, each.total.points, areas, to)
            parts = [row, *(self._block(block, items) for block, _, items in blocks)]
        state = self._state(result.total)
        row = self.add(name=self.say("Total"), max=result.total.max, state=state, strong=True)
        within = self.most if blocks and result.scheme.clamp else None
        self._put_row(TOTAL, row, parts, None if blocks else to, areas, within)
        if len(self.shown) > 1 and any(each.index is not None for each in self.shown.values()):
            self._indexes(row)

    def _block(self, block: Adjustment, items: list[Node]) -> int:
        """Add a bonus or penalty with its items; what it adds is live where it is their sum."""
        cap = None if block.cap is None else Fraction(block.cap)
        row = self.add(name=called(block, self.say), max=cap, depth=1)
        rows = [self._add(node, 2) for node in items]
        for at, node in zip(rows, items, strict=True):
            self.put_points(at, node.code)
        for key, result in self.shown.items():
            low, high = result.blocks.get(block.id, (ZERO, ZERO))
            told = _capped(block, [of for at in rows if (of := self.of(at, key))])
            sum_ = add(self.figure(at, key) or ZERO for at in rows)
            capped = sum_ if cap is None else min(sum_, cap)
            if low == high and abs(low) == capped:
                self.live(row, key, low, told)
            else:
                self.put(row, key, low if low == high else None)
        return row

    def _indexes(self, total: int) -> None:
        """The index at each stage; that of a single one is the percentage of its total."""
        row = self.add(name=self.say("Index, %"), strong=True)
        for key, result in self.shown.items():
            self.share(row, key, key, self.most, result.index, of=total)
        self.put(row, "difference", self.staged.index_difference())


def _capped(block: Adjustment, items: list[Formula]) -> Formula:
    """What a block adds, or with a minus takes off: its items, at most the cap."""
    told: Formula = ()
    for item in items:
        told = (*told, ",", *item) if told else item
    inner: Formula = ("SUM(", *told, ")")
    if block.cap is not None:
        inner = (f"MIN({block.cap:f},", *inner, ")")
    return inner if block.kind == "bonus" else ("-", *inner)


def documents(entry: Entry | None) -> list[Evidence]:
    """The documents that prove a score at any of its stages, each once."""
    if entry is None:
        return []
    entries = [entry, *(entry.stages[stage] for stage in STAGES if stage in entry.stages)]
    return list(dict.fromkeys(document for each in entries for document in each.evidence))


def evidence_text(result: Result, code: str, say: Language) -> str:
    """The documents of a score, each on a line."""
    found = documents(result.scorecard.scores.get(code))
    return "\n".join(document_text(each, say) for each in found)


def explanation_of(result: Result, code: str) -> str | None:
    """What the unit wrote about a score, at whatever stage."""
    entry = result.scorecard.scores.get(code)
    entries = [entry, *entry.stages.values()] if entry else []
    return next((each.explanation for each in entries if each.explanation), None)


_EXPLAINED: Final = {
    "name": N_("Content"),
    "reason": N_("Reason for taking points off"),
    "answer": N_("Opinion of the unit"),
    "paper": N_("Name"),
    "number": N_("Number"),
    "date": N_("Date"),
    "section": N_("Section"),
    "page": N_("Page"),
}
"""Headings of the explanation sheet; the columns after the opinion are filled in by hand."""


def explanations_page(staged: Staged, say: Language) -> Table | None:
    """Layout L8: a row for each leaf whose points fell between the stages, with room for an answer.

    None where none did.
    """
    stages = list(staged.stages)
    if len(stages) < 2 or staged.result.asked_stage:  # noqa: PLR2004 nothing to compare
        return None
    result, ends = staged.result, {"first": stages[0], "last": stages[-1]}
    titles = {key: points_title(stage, say) for key, stage in ends.items()}
    titles |= {key: say(title) for key, title in _EXPLAINED.items()}
    named = columns(
        say,
        "code name max first:number last:number difference reason answer:text evidence "
        "paper:text number:text date:text section:text page:text",
        **titles,
    )
    page = FormulaTable(named, result.scheme.rounding)
    for _, node in result.walk(MAX_DEPTH):
        change = staged.difference(node.code)
        is_leaf = node.criterion is not None and not node.criterion.children
        if is_leaf and change is not None and change < 0:
            row = page.add(
                {key: staged.stages[stage].node(node.code).final for key, stage in ends.items()},
                code=node.code,
                name=name_of(node, say),
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
