"""Where everything stands in a workbook to fill in: its columns, and a row for each thing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from parindex.office.xlsx.headings import LABELS
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Scorecard
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ORDER: Final = (
    "code",
    "name",
    "maximum",
    "result",
    "whole",
    "state",
    *STAGES[:2],
    "difference",
    "evidence",
    "note",
    "reason",
    "rule",
    "how",
    "key",
)
"""The columns from the left: those of the official table, what was done, of how many; then how."""
_BEHIND: Final[dict[str, str]] = {**dict.fromkeys(STAGES[2:], STAGES[1]), "explanation": "note"}
"""Columns that are there only where a scorecard says something in them, and behind which they stand."""
WIDTHS: Final = {
    **dict.fromkeys(("code", "key"), 8),
    "maximum": 9,
    "difference": 10,
    **dict.fromkeys(("whole", *STAGES), 11),
    **dict.fromkeys(("result", "state"), 16),
    **dict.fromkeys(("evidence", "note", "reason", "explanation"), 24),
    "name": 46,
    "rule": 40,
    "how": 40,
}
TEXTS: Final = frozenset(("reason", "evidence", "note", "explanation"))
"""Columns of what is said beside a score."""
_LINE_HEIGHT: Final = 16
_MOST_LINES: Final = 25
"""A row is at most 409 points high."""
AREA: Final = 2
"""Rows of a lesser depth are areas."""


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
    columns = [*ORDER]
    for name, before in reversed(_BEHIND.items()):
        if any(_says(entry, name) for entry in entries):
            columns.insert(columns.index(before) + 1, name)
    return tuple(columns)


def _says(entry: Entry, column: str) -> bool:
    return column in entry.stages or bool(getattr(entry, column, None))


def labels_of(card: Scorecard, scheme: Scheme) -> dict[str, str]:
    """What stands above the table; the first three always, and an empty unit is still to be typed."""
    found = {"unit": card.unit, "year": str(card.year), "scheme": scheme.id}
    if card.period is not None:
        days = (card.period.start.isoformat(), card.period.end.isoformat())
        found["period"] = " – ".join(days)
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
    """The rows from number `first` on; `of` some leaves only, with what stands above them."""
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
