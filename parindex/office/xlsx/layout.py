"""The layout of a workbook to fill in: its columns and rows, how cells look, and the hidden sheet."""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.evidence import evidence_text
from parindex.office.xlsx.headings import LABELS, META, TEMPLATE, TEXTS
from parindex.office.xlsx.output import AREA_COLOUR, Output
from parindex.rules import Rule
from parindex.rules.figures import kind_of
from parindex.rules.input import ANSWERS, FIGURES, ITEMS, OPTION
from parindex.rules.options import YES_NO
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Scorecard
from parindex.scorecard.words import STATES, folded
from parindex.tables.template import block_line, words_of
from parindex.values.exact import approximate
from parindex.values.facts import (
    UNKNOWN,
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figure,
    Figures,
    Items,
    Points,
    Ratio,
    State,
    Value,
    figure_form,
)
from parindex.values.language import Language, language

# fmt: off
WIDTHS: Final[dict[str, int]] = {
    "code": 8, "name": 46, "maximum": 9, "result": 16, "whole": 11, "state": 16,
    **dict.fromkeys(STAGES, 11), "difference": 10,
    "evidence": 24, "note": 24, "explanation": 24, "reason": 24, "rule": 40, "how": 40, "key": 8,
}
# fmt: on
"""The columns from the left: those of the official table, what was done, of how many; then how."""
_OPTIONAL: Final = (*STAGES[2:], "explanation")
"""Columns that are there only where a scorecard says something in them."""
ORDER: Final = tuple(name for name in WIDTHS if name not in _OPTIONAL)
_LINE_HEIGHT: Final = 16
_MOST_LINES: Final = 25
"""A row is at most 409 points high."""
AREA: Final = 2
"""Rows of a lesser depth are areas."""
_TOP: Final = {"valign": "top"}
_BOX: Final = {**_TOP, "border": 1}
_INPUT: Final = {**_BOX, "locked": False, "bg_color": "#FFF9E5"}
STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {**_TOP, "bold": True, "font_size": 14},
    "heading": {**_BOX, "bold": True, "text_wrap": True, "align": "center"},
    "area": {**_BOX, "bold": True, "bg_color": AREA_COLOUR},
    "bold": {**_BOX, "bold": True},
    "plain": _BOX,
    "text": {**_INPUT, "num_format": "@", "text_wrap": True},
    "figure": _INPUT,
    "percent": {**_INPUT, "num_format": "0.00##%"},
    "day": {**_INPUT, "num_format": "dd/mm/yyyy"},
}
"""How cells look: what is filled in is coloured and unlocked."""
_FIRST_FORMULA: Final = 5
"""The columns of the hidden sheet before hold what the template was made for, and lists."""


class Grid(Struct):
    """The cells of the table: its columns from the left, the number of each row by its key, its sheet."""

    columns: tuple[str, ...]
    sheet: str
    rows: dict[str, int] = {}

    def cell(self, column: str, row: str | int) -> str:
        """The cell of a column and of a row, by its key or its number."""
        number = self.rows[row] if isinstance(row, str) else row
        return f"{column_letters(self.columns.index(column) + 1)}{number}"

    def abroad(self, column: str, row: str) -> str:
        """The same cell, as other sheets name it."""
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.cell(column, row)}"


class Line(Struct):
    """A row: a criterion, a thing in its list, or the heading of a block."""

    number: int
    criterion: Criterion
    depth: int
    item: str = ""
    called: str = ""

    @property
    def key(self) -> str:
        """What the hidden column says that the row is."""
        return f"{self.criterion.code}|{self.item}" if self.item else self.criterion.code


def columns_of(card: Scorecard) -> tuple[str, ...]:
    """The columns that a scorecard needs."""
    entries = [each for entry in card.scores.values() for each in (entry, *entry.stages.values())]
    return tuple(
        name
        for name in WIDTHS
        if name not in _OPTIONAL
        or any(name in entry.stages or getattr(entry, name, None) for entry in entries)
    )


def labels_of(card: Scorecard, scheme: Scheme) -> dict[str, str]:
    """What is above the table; the first three always, and an empty unit is still to be typed."""
    found = {"unit": card.unit, "year": str(card.year), "scheme": scheme.id}
    if card.period is not None:
        found["period"] = f"{card.period.start.isoformat()} – {card.period.end.isoformat()}"
    if card.applicable_max is not None:
        found["applicable_max"] = f"{card.applicable_max:f}"
    if card.level not in (None, scheme.level):
        found["level"] = str(card.level)
    elif scheme.units and card.level is None:
        found["level"] = ""  # still to be typed, because rules differ by it
    for name in LABELS:
        value = getattr(card, name)
        if name not in found and name != "level" and isinstance(value, str):
            found[name] = value
    return found


def lines_of(
    scheme: Scheme, first: int, say: Language, of: Collection[str] | None
) -> Iterator[Line]:
    """The rows from number `first` on; `of` some leaves only, with what is above them."""
    number = first - 1
    items = ((AREA + 1, item) for block in scheme.adjustments for item in block.items)
    for depth, criterion in (*scheme.walk(), *items):
        if of is not None and not any(each.code in of for _, each in criterion.walk()):
            continue
        number += 1
        yield Line(number, criterion, depth)
        listed = criterion.scored_by.named(say) if criterion.scored_by.takes.row else {}
        for item, called in listed.items():
            number += 1
            yield Line(number, criterion, depth, item, called)


def height_of(texts: Mapping[str, str]) -> int | None:
    """The height that texts need in their columns, in points; None where each fits on a line."""
    lines = [
        sum(-(-max(len(line), 1) // (WIDTHS[column] * 6 // 5)) for line in text.split("\n"))
        for column, text in texts.items()
    ]
    most = max(lines, default=1)
    return _LINE_HEIGHT * min(most, _MOST_LINES) if most > 1 else None


class Hidden:
    """Writes the hidden sheet: what the template was made for, and the lists that its cells choose from.

    `states` is the range of the words for states.
    """

    def __init__(self, output: Output, scheme: Scheme, say: Language) -> None:
        self._sheet = output.file.add_worksheet(META)
        self._say = say
        made = {"scheme": scheme.id, "sha256": scheme.sha256, "template": TEMPLATE}
        if scheme.file:  # where to look for it; in which folder is nobody else's business
            made["file"] = re.split(r"[\\/]", scheme.file)[-1]
        self._next = len(made)
        for column, texts in enumerate((made, made.values(), (), map(say.pick, STATES.values()))):
            for row, text in enumerate(texts):
                self._sheet.write_string(row, column, text)
        self._sheet.hide()
        self._sheet.protect()
        self.states = f"{META}!$D$1:$D${len(STATES)}"

    def cell(self, number: int, column: int) -> str:
        """The cell for a formula that belongs to a row of the table."""
        return f"{META}!{column_letters(_FIRST_FORMULA + column + 1)}{number}"

    def formula(self, cell: str, formula: str, value: Decimal | str) -> None:
        """Write a formula that the table refers to, with what it gives now."""
        self._sheet.write_formula(cell.rpartition("!")[2], formula, None, value)

    def choices(self, rule: Rule, maximum: Fraction) -> tuple[str, str]:
        """Write what the options of a rule are called, and their points; gives both ranges."""
        first = self._next + 1
        names = choices_of(rule, self._say)
        for option, points in rule.worths(maximum).items():
            self._sheet.write_string(self._next, 0, names[option])
            self._sheet.write_number(self._next, 1, points)
            self._next += 1
        return f"{META}!$A${first}:$A${self._next}", f"{META}!$B${first}:$B${self._next}"


_FROM_0: Final = {"criteria": ">=", "value": 0}


class Input(Struct, frozen=True):
    """The limits of a cell, how to fill it in, and its style."""

    limits: dict[str, Any]
    how: str
    style: str = "figure"


def input_of(rule: Rule, year: int, say: Language, item: str = "") -> Input:
    """The cell for what a rule takes, or for each row of its list: `item` is the thing of the row."""
    takes = rule.takes
    how = say(takes.row or takes.how)
    match takes.field:
        case "points":
            return Input({}, how)
        case "answer":
            return Input({"validate": "list"}, how, "text")
        case "items":
            return Input({"validate": "list", "source": [*map(say.pick, YES_NO)]}, how, "text")
        case "count" | "answers":
            return Input({"validate": "integer", **_FROM_0}, how)
        case "date":
            first, last = datetime.date(year - 1, 1, 1), datetime.date(year + 1, 12, 31)
            limits = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
            return Input(limits, how, "day")
        case "value" | "figures":
            kind = "number" if takes.field == "value" else kind_of(rule, item)
            allowed = {"count": "integer", "number": "decimal"}.get(kind or "")
            return Input({"validate": allowed, **_FROM_0} if allowed else {}, how)


def points_limits(scheme: Scheme, criterion: Criterion, say: Language) -> dict[str, Any]:
    """How points are typed: from the fewest, mostly 0, to the maximum with all that may move here.

    Of a standard its answers.
    """
    if criterion.scored_by.has_standard:
        return {"validate": "list", "source": [*criterion.scored_by.named(say).values()]}
    if criterion.max is None:
        return {"validate": "decimal", **_FROM_0}
    moved = [leaf.max for leaf in scheme.moving if criterion.code in leaf.moves_to]
    most = sum(filter(None, moved), criterion.max)
    limits = {"minimum": criterion.min or 0, "maximum": most}
    return {"validate": "decimal", "criteria": "between", **limits}


def rule_text(scheme: Scheme, criterion: Criterion, year: int, say: Language) -> str:
    """How a criterion is scored: its rule in words, its guard, and what proves it."""
    told = [say("Printed as {label}.", label=criterion.label)] if criterion.label else []
    told += words_of(criterion, say)
    if not criterion.children and criterion.maximum is not None:
        told.append(criterion.scored_by.for_unit(Setting(year)).in_words(criterion.maximum, say))
    if criterion.requires is not None:
        told.append(say("Counts only where {code} got points.", code=criterion.requires))
    if criterion.evidence is not None:
        told.append(say("Points need documents, named in the column of evidence."))
    blocks = (block for block in scheme.adjustments if criterion in block.items)
    told += [block_line(block, say) for block in blocks if block.cap is not None]
    return "\n".join(told)


def choices_of(rule: Rule, say: Language) -> dict[str, str]:
    """What each option is called, or its id where two are called the same, by its id."""
    names = rule.named(say)
    told = [folded(name) for name in names.values()]
    return {id_: name if told.count(folded(name)) == 1 else id_ for id_, name in names.items()}


class Percent(Struct, frozen=True):
    """A percentage, which a spreadsheet stores as a hundredth of it."""

    value: Decimal


Typed = str | Decimal | int | datetime.date | Percent
Filled = tuple[str, Typed, str]
"""A cell: its column, its value, and the thing in a list of whose row it is, or an empty text."""


def filled(
    criterion: Criterion, entry: Entry, say: Language, *, is_item: bool = False
) -> Iterator[Filled]:
    """What a score puts into its row, and into those of its list.

    An item of a bonus or penalty that is left out adds nothing, so where it is
    not yet known the row says so.

    A score without stages is what the unit reports itself. Later stages hold
    points or a state only; what has no place is left out.
    """
    if is_item and entry.fact == UNKNOWN and not entry.stages:
        yield "state", say.pick(STATES["unknown"]), ""
    for stage, each in (entry.stages or {"self": entry}).items():
        match each.fact:
            case Points(points):
                # What does not end is cut to the digits of a spreadsheet.
                yield stage, points if isinstance(points, Decimal) else approximate(points), ""
            case Answer(answer) if _is_judged(criterion.scored_by, stage, answer):
                yield stage, criterion.scored_by.named(say)[answer], ""
            case State(state) if each.fact != UNKNOWN:
                yield "state" if stage == "self" else stage, say.pick(STATES[state]), ""
            case _ if stage == "self":
                for value, item in _reported(criterion.scored_by, each.fact, say):
                    yield "result", value, item
                if isinstance(each.fact, Ratio):
                    yield "whole", each.fact.whole, ""
    lines = "\n".join(evidence_text(each, say) for each in entry.evidence)
    texts = {column: lines if column == "evidence" else getattr(entry, column) for column in TEXTS}
    yield from ((column, text, "") for column, text in texts.items() if text)


def _is_judged(rule: Rule, stage: str, answer: str) -> bool:
    """Whether an answer to a standard stands where others have points, as it has no other cell."""
    is_elsewhere = stage == "self" and rule.takes is OPTION
    names = rule.named(language("vi"))
    return rule.has_standard and not is_elsewhere and answer in names


def _reported(rule: Rule, fact: Fact, say: Language) -> Iterator[tuple[Typed, str]]:
    names = rule.named(say)
    match fact:
        case Figures(figures) if rule.takes is FIGURES:
            yield from ((_typed(figure), name) for name, figure in figures.items() if name in names)
        case Value(value, is_percent):
            yield Percent(value) if is_percent else value, ""
        case Ratio(told) | Count(told) | Date(told):
            yield told, ""
        case Answer(answer) if rule.takes is OPTION and answer in names:
            yield choices_of(rule, say)[answer], ""
        case Items(met) if rule.takes is ITEMS:
            yield from ((say.pick(YES_NO[item not in met]), item) for item in names)
        case Answers(answers) if rule.takes is ANSWERS:
            yield from ((answers.get(answer, 0), answer) for answer in names)


def _typed(figure: Figure) -> Typed:
    """One of several figures as its cell holds it; a part of a whole is a text."""
    match figure:
        case Value(value, is_percent):
            return Percent(value) if is_percent else value
        case Date(date):
            return date
        case _:
            return figure_form(figure)
