"""The layout of a workbook to fill in: its columns and rows, how cells look, and the hidden sheet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.headings import LABELS, META, TEMPLATE
from parindex.office.xlsx.inputs import choices_of, words_of
from parindex.rules import Rule
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Scorecard
from parindex.scorecard.words import STATES
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

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
TEXTS: Final = ("reason", "evidence", "note", "explanation")
"""Columns of what is said beside a score."""
_LINE_HEIGHT: Final = 16
_MOST_LINES: Final = 25
"""A row is at most 409 points high."""
AREA: Final = 2
"""Rows of a lesser depth are areas."""
_BASE: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_BOX: Final = {**_BASE, "border": 1}
_INPUT: Final = {**_BOX, "locked": False, "bg_color": "#FFF9E5"}
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


def set_up(sheet: "Worksheet", columns: Sequence[str], heading: int, last: int) -> None:
    """Widths, print set-up down to a row, and the lock on all but what is to be filled in."""
    for column, name in enumerate(columns):
        hidden = {"hidden": True} if name == "key" else {}
        sheet.set_column(column, column, WIDTHS[name], None, hidden)
    sheet.set_row(heading - 1, height_of({"code": "TT\n"}))
    sheet.freeze_panes(heading, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(heading - 1)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, columns.index("rule") - 1)  # how to fill it in is for the screen
    sheet.set_footer("&R&P / &N")
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


class Styles:
    """The formats of one workbook: what is filled in is coloured and unlocked."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._of: dict[int, dict[str, Any]] = {}
        self.title = self._format({**_BASE, "bold": True, "font_size": 14})
        self.heading = self._format({**_BOX, "bold": True, "text_wrap": True, "align": "center"})
        self.area = self._format({**_BOX, "bold": True, "bg_color": "#DDEBF7"})
        self.bold = self._format({**_BOX, "bold": True})
        self.plain = self._format(_BOX)
        self.text = self._format({**_INPUT, "num_format": "@", "text_wrap": True})
        self.figure_input = self._format(_INPUT)
        self.percent_input = self._format({**_INPUT, "num_format": "0.00##%"})
        self.day = self._format({**_INPUT, "num_format": "dd/mm/yyyy"})

    def like(self, look: "Format", **says: Any) -> "Format":
        """The same format but for some properties."""
        return self._format({**self._of[id(look)], **says})

    def wrapped(self, look: "Format") -> "Format":
        """The same with lines that wrap."""
        return self.like(look, text_wrap=True)

    def _format(self, says: dict[str, Any]) -> "Format":
        key = tuple(sorted(says.items()))
        if key not in self._made:
            made = self._book.add_format(says)
            self._made[key] = made
            self._of[id(made)] = says
        return self._made[key]


class Hidden:
    """Writes the hidden sheet: what the template was made for, and the lists that its cells choose from.

    `states` is the range of the words for states.
    """

    def __init__(self, book: "Workbook", scheme: Scheme, say: Language) -> None:
        self._sheet = book.add_worksheet(META)
        self._say = say
        self._next = 3
        made = {"scheme": scheme.id, "sha256": scheme.sha256, "template": TEMPLATE}
        for column, texts in enumerate((made, made.values(), (), words_of(STATES.values(), say))):
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
