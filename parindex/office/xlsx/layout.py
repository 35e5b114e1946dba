"""The layout of a workbook to fill in: its columns and rows, how cells look, and the hidden sheet."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.headings import LABELS, META, TEMPLATE
from parindex.office.xlsx.inputs import choices_of
from parindex.office.xlsx.output import AREA_COLOUR, Output
from parindex.rules import Rule
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Scorecard
from parindex.scorecard.words import STATES
from parindex.values.language import Language

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
        self._next = 3
        made = {"scheme": scheme.id, "sha256": scheme.sha256, "template": TEMPLATE}
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

    def choices(self, rule: Rule) -> tuple[str, str]:
        """Write what the options of a rule are called, and their points; gives both ranges."""
        first = self._next + 1
        names = choices_of(rule, self._say)
        for option, points in rule.worths().items():
            self._sheet.write_string(self._next, 0, names[option])
            self._sheet.write_number(self._next, 1, points)
            self._next += 1
        return f"{META}!$A${first}:$A${self._next}", f"{META}!$B${first}:$B${self._next}"
