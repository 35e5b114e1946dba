"""Layout L1: the whole table of one unit, its stages side by side, with live totals."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from parindex.analysis.stages import Staged
from parindex.office.pages.formula_columns import FormulaColumns
from parindex.scheme.scheme import MAX_DEPTH, Adjustment
from parindex.scorecard.scorecard import STAGES, Entry, Evidence
from parindex.scoring.result import Node, Result
from parindex.tables.adjustments import BEFORE, called, reported
from parindex.tables.columns import columns
from parindex.tables.explain import document_text
from parindex.tables.score import called_states, score_sheet
from parindex.tables.table import Column, Formula, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import ZERO
from parindex.values.language import N_, Language
from parindex.values.stages import STAGE_WORDS

TOTAL = ""
_BEFORE = " before"
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


class _Assessment:
    def __init__(self, staged: Staged, say: Language) -> None:
        self.staged = staged
        self.result = staged.result
        self.say = say
        self.shown = stages_shown(staged)
        self.counts = list(self.shown)[-1]
        self.states = called_states(say)
        self.draft = TableBuilder(self._columns(), self.result.printed)
        rounding = self.result.scheme.rounding
        self.ledger = FormulaColumns(self.draft, rounding.index, rounding.mode)
        self.digits = {"area": None, "total": None, "leaf": None} | (
            {rounding.points.at: rounding.points.digits} if rounding.points else {}
        )

    def _columns(self) -> tuple[Column, ...]:
        say = self.say
        stages = " ".join(f"{key}:number" for key in self.shown)
        return columns(
            say,
            f"code name max applicable {stages} difference percent:bar evidence note state",
            code=say("No."),
            name=say("Area/Criterion/Sub-criterion"),
            max=say("Maximum points"),
            **{key: points_title(key, say) for key in self.shown},
            percent="%",
            note=say("Explanation/Note"),
        )

    def page(self, name: str) -> Table:
        """All rows, then formulas from the deepest criteria up."""
        result, say = self.result, self.say
        rows: dict[str, int] = {}
        nodes = [node for _, node in result.walk(MAX_DEPTH)]
        for depth, node in result.walk(MAX_DEPTH):
            rows[node.code] = self._add(node, depth)
        for node in reversed(nodes):
            children = node.criterion.children if node.criterion else ()
            is_area = node.code not in result.scheme.above
            self._figures(node.code, rows[node.code], [c.code for c in children], is_area=is_area)
        self._end(say)
        total = score_sheet(result, 0, say)
        notes = [*total.notes, *self._notes()]
        return self.draft.table(total.title, notes, name=name, keep=tuple(self.shown))

    def _notes(self) -> Iterator[str]:
        """What to know where a stage knows less than the others."""
        if any(not result.total.complete for result in self.shown.values()):
            yield self.say(PARTIAL)

    def _add(self, node: Node, depth: int) -> int:
        say = self.say
        name = say.name(node.name)
        cells = {
            "code": node.code,
            "name": name.upper() if depth == 1 else name,
            "max": node.max,
            "state": self.states[node.state],
            "evidence": evidence_text(self.result, node.code, say),
            "note": self._said(node),
        }
        return self.draft.add(cells, depth=depth, strong=depth == 1)

    def _said(self, node: Node) -> str:
        """The unit's explanation, the reason of the latest stage that gives one, and the note."""
        say, told = self.say, []
        explanation = explanation_of(self.result, node.code)
        if explanation:
            told.append(explanation)
        reason = self.staged.reason(node.code)
        if reason:
            told.append(say("Reason: {text}", text=reason))
        if node.entry is not None and node.entry.note:
            told.append(node.entry.note)
        return "\n".join(told)

    def _figures(self, code: str, row: int, below: list[str], *, is_area: bool) -> None:
        ledger = self.ledger
        to = self.digits["area"] if is_area else None
        for key, result in self.shown.items():
            here = result.node(code)
            if below:
                ledger.sum(key, code, row, here.points, below, to)
            else:
                ledger.put(key, code, row, here.points)
            self._bound(row, key, here)
        node = self.result.node(code)
        self._applicable(code, row, node, below)
        self._shares(code, row, {key: each.node(code) for key, each in self.shown.items()})

    def _bound(self, row: int, key: str, node: Node) -> None:
        """Points of which a part is not yet known are a lower bound."""
        if node.final is not None and not node.complete:
            self.draft.at_least(row, key)

    def _applicable(self, code: str, row: int, node: Node, below: list[str]) -> None:
        if self._most == "max":
            self.ledger.put("max", code, row, node.max)
        elif below:
            self.ledger.sum("applicable", code, row, node.applicable_max, below)
        else:
            self.ledger.put("applicable", code, row, node.applicable_max)

    def _shares(self, code: str, row: int, nodes: Mapping[str, Node]) -> None:
        """The difference of the last stage from the first, and the percentage of what counts."""
        ledger, stages = self.ledger, list(self.staged.stages)
        if len(stages) > 1 and stages[-1] in nodes:
            change = self.staged.difference(code)
            first, last = nodes[stages[0]], nodes[stages[-1]]
            one, other = ledger.of(stages[0], code), ledger.of(stages[-1], code)
            whole = first.complete and last.complete and change is not None
            if whole and one and other and first.final is not None and last.final is not None:
                ledger.live("difference", code, row, change, (*other, "-", *one))
            else:
                ledger.put("difference", code, row, change)
        node = nodes[self.counts]
        share = self.result.printed_percent(node)
        ledger.share(row, "percent", self.counts, self._most, code, share)

    def _end(self, say: Language) -> None:
        """Bonus and penalty between the criteria and the total, then the total."""
        areas = [area.code for area in self.result.scheme.criteria]
        blocks = list(reported(self.result))
        before = TOTAL
        if blocks:
            before = _BEFORE
            row = self.draft.add({"name": say(BEFORE), "max": self.result.total.max}, strong=True)
            for key, result in self.shown.items():
                self.ledger.sum(key, before, row, result.total.points, areas, self.digits["total"])
            for block, _, items in blocks:
                self._block(block, items)
        self._total(areas, [block for block, _, _ in blocks])

    def _block(self, block: Adjustment, items: list[Node]) -> None:
        cap = None if block.cap is None else Fraction(block.cap)
        row = self.draft.add({"name": called(block, self.say), "max": cap}, depth=1)
        for node in items:
            at = self._add(node, 2)
            for key, result in self.shown.items():
                known = node.code in result.scorecard.scores
                self.ledger.put(
                    key, node.code, at, result.node(node.code).points if known else None
                )
        for key, result in self.shown.items():
            self._block_points(block, key, row, result, [node.code for node in items])

    def _block_points(
        self, block: Adjustment, key: str, row: int, result: Result, codes: list[str]
    ) -> None:
        low, high = result.blocks.get(block.id, (ZERO, ZERO))
        value = low if low == high else None
        told = _capped(block, [of for code in codes if (of := self.ledger.of(key, code))])
        sum_ = sum((self.ledger.value(key, code) or ZERO for code in codes), ZERO)
        capped = sum_ if block.cap is None else min(sum_, Fraction(block.cap))
        if value is not None and abs(value) == capped:
            self.ledger.live(key, block.id, row, value, told)
        else:
            self.ledger.put(key, block.id, row, value)

    def _total(self, areas: list[str], blocks: list[Adjustment]) -> None:
        total = self.result.total
        cells = {"name": self.say("Total"), "max": total.max, "state": self.states[total.state]}
        row = self.draft.add(cells, strong=True)
        self._applicable(TOTAL, row, total, areas)
        parts = [_BEFORE, *(block.id for block in blocks)] if blocks else areas
        digits = None if blocks else self.digits["total"]
        within = self._most if blocks and self.result.scheme.clamp else None
        for key, result in self.shown.items():
            self.ledger.sum(key, TOTAL, row, result.total.final, parts, digits, within)
            self._bound(row, key, result.total)
        self._shares(TOTAL, row, {key: each.total for key, each in self.shown.items()})
        if len(self.shown) > 1 and any(each.index is not None for each in self.shown.values()):
            self._indexes()

    def _indexes(self) -> None:
        """The index at each stage; that of a single one is the percentage of its total."""
        row = self.draft.add({"name": self.say("Index, %")}, strong=True)
        for key, result in self.shown.items():
            self.ledger.share(row, key, key, self._most, TOTAL, result.index)
        change = self.staged.index_difference()
        self.draft.put(row, "difference", change)

    @property
    def _most(self) -> str:
        """The column of the maximum that percentages are of."""
        total = self.result.total
        return "max" if total.applicable_max == total.max else "applicable"


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
