"""An empty scorecard as a workbook: the official table, with rules as lists, limits and formulas.

What an official fills in is unlocked and coloured; each row says beside it how.
A list of things (a checklist, a questionnaire) has a row for each of them. A
hidden sheet keeps the scheme's id and hash, and a hidden column what each row is.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from msgspec import Struct
from msgspec.structs import replace

from parindex.formats.xlsx_cells import column_letters
from parindex.formats.xlsx_formulas import (
    CELLS,
    Cells,
    applicable_formula,
    live_codes,
    points_formula,
    sum_formula,
    total_formula,
)
from parindex.formats.xlsx_hidden import Hidden
from parindex.formats.xlsx_inputs import Input, input_of, items_of
from parindex.formats.xlsx_layout import HEADING, ORDER, set_up
from parindex.formats.xlsx_styles import Styles
from parindex.formats.xlsx_words import COLUMNS, COMPUTED, LABELS, STATES
from parindex.language import Language
from parindex.model.scheme import Criterion, Scheme
from parindex.rules.choice import ChoiceRule

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_AREA: Final = 2


class _Line(Struct):
    """A row of the template: a criterion, a thing in its list, or the heading of a block."""

    number: int
    criterion: Criterion
    depth: int
    item: str = ""
    called: str = ""


def write_template(scheme: Scheme, unit: str, year: int, say: Language, stream: BinaryIO) -> None:
    """Write the workbook.

    Args:
        scheme: what is to be filled in; one without criteria gives the total alone.
        unit: the name of the unit, or an empty text where it is still to be typed.
        year: the year that is scored.
        say: the language of the sheet; it reads back the same in both.
        stream: where the bytes go.
    """
    from xlsxwriter.workbook import Workbook

    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    _Writer(book, scheme, year, say).write(unit)
    book.close()
    stream.write(made.getvalue())


class _Writer:
    def __init__(self, book: "Workbook", scheme: Scheme, year: int, say: Language) -> None:
        self._scheme = scheme
        self._year = year
        self.say = say
        self._words = 0 if say.code == "vi" else 1
        self._sheet: Worksheet = book.add_worksheet(say("Scorecard"))
        self._hidden = Hidden(book, scheme, say)
        self._style = Styles(book)
        self._live = live_codes(scheme)
        self._rows: dict[str, int] = {}

    def write(self, unit: str) -> None:
        """Everything: the head, the rows, and the hidden sheet."""
        self._head(unit)
        lines = [*self._lines()]
        for line in lines:
            if not line.item:
                self._rows[line.criterion.code] = line.number
        for line in lines:
            self._line(line)
        last = lines[-1].number if lines else HEADING
        self._total(last + 1)
        set_up(self._sheet, last + 1)

    def _head(self, unit: str) -> None:
        sheet, style = self._sheet, self._style
        sheet.write_string(0, 0, self.say.name(self._scheme.title), style.title)
        sheet.write_string(
            1,
            0,
            self.say("Self-assessment and appraisal, year {year}", year=self._year),
            style.plain,
        )
        for row, (name, value) in enumerate(
            (("unit", unit), ("year", str(self._year)), ("scheme", self._scheme.id)), start=2
        ):
            sheet.write_string(row, 1, f"{LABELS[name][self._words]}:", style.bold)
            look = style.text if name == "unit" else style.plain
            sheet.write_string(row, 2, value, look) if value else sheet.write_blank(
                row, 2, None, look
            )
        for column, name in enumerate(ORDER):
            words = COLUMNS[name]
            sheet.write_string(
                HEADING - 1, column, words[min(self._words, len(words) - 1)], style.heading
            )

    def _lines(self) -> Iterator[_Line]:
        number = HEADING
        items = ((_AREA + 1, item) for block in self._scheme.adjustments for item in block.items)
        for depth, criterion in (*self._scheme.walk(), *items):
            number += 1
            yield _Line(number, criterion, depth)
            for item, called in items_of(criterion.rule, self.say):
                number += 1
                yield _Line(number, criterion, depth, item, called)

    def _line(self, line: _Line) -> None:
        criterion, row, style = line.criterion, line.number - 1, self._style
        is_area = line.depth < _AREA
        look = style.area if is_area else style.bold if criterion.children else style.plain
        name = self.say.name(criterion.name)
        key = f"{criterion.code}|{line.item}" if line.item else criterion.code
        self._sheet.write_string(row, self._at("key"), key, style.plain)
        self._sheet.write_string(row, self._at("code"), "" if line.item else criterion.code, look)
        called = f"– {line.called}" if line.item else name.upper() if is_area else name
        self._sheet.write_string(row, self._at("name"), called, style.wrapped(look))
        self._sheet.set_row(row, None, None, {"level": min(line.depth - 1 + bool(line.item), 7)})
        for column in (
            "maximum",
            "result",
            "whole",
            "state",
            "self",
            "appraised",
            "difference",
            "evidence",
            "note",
            "how",
        ):
            self._sheet.write_blank(row, self._at(column), None, look)
        if criterion.max is not None and not line.item:
            self._sheet.write_number(row, self._at("maximum"), criterion.max, style.figure(look))
        if criterion.children:
            self._sums(line, look)
        elif line.item:
            self._input(line, "result", input_of(criterion.rule, self._year, self.say, listed=True))
        else:
            self._leaf(line, look)

    def _sums(self, line: _Line, look: Any) -> None:
        below = [self._rows[child.code] for child in line.criterion.children]
        for column in ("self", "appraised"):
            letter = self._letter(column)
            formula = sum_formula([f"{letter}{number}" for number in below])
            self._sum(line.number, column, formula, look)
        self._difference(line.number, look)

    def _sum(self, number: int, column: str, formula: str, look: Any) -> None:
        """A live sum, or where points are rounded on the way that parindex computes it."""
        row, at = number - 1, self._at(column)
        if self._scheme.rounding.points is None:
            self._sheet.write_formula(row, at, formula, self._printed(look), "")
        else:
            self._sheet.write_string(row, at, COMPUTED[self._words], look)

    def _leaf(self, line: _Line, look: Any) -> None:
        criterion, number = line.criterion, line.number
        given = input_of(criterion.rule, self._year, self.say)
        choices: tuple[str, ...] = ()
        if isinstance(criterion.rule, ChoiceRule):
            choices = self._hidden.choices(criterion.rule)
            given = replace(given, limits={**given.limits, "source": f"={choices[0]}"})
        self._sheet.write_string(number - 1, self._at("how"), given.how, self._style.wrapped(look))
        self._state(number)
        points = Input(
            {"validate": "decimal", "criteria": ">=", "value": 0}
            if criterion.max is None
            else {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": criterion.max,
            },
            self.say("Points from 0 to the maximum."),
            "figure_input",
        )
        self._input(line, "appraised", points)
        for column in ("evidence", "note"):
            self._sheet.write_blank(number - 1, self._at(column), None, self._style.text)
        if given.is_points:
            self._input(line, "self", points)
        else:
            if not given.is_listed:
                self._input(line, "result", given)
            if given.whole:
                self._input(line, "whole", Input(given.whole, given.how, "figure_input"))
            self._points(line, look, choices)
        self._difference(number, look)

    def _points(self, line: _Line, look: Any, choices: tuple[str, ...]) -> None:
        """The points of a rule: a live formula, or that parindex computes them."""
        row, column = line.number - 1, self._at("self")
        if line.criterion.code not in self._live:
            words = COMPUTED[self._words]
            self._sheet.write_string(row, column, words, look)
            return
        cells = (f"{self._letter(name)}{line.number}" for name in CELLS)
        at = Cells(*cells, *choices)
        formula = points_formula(
            line.criterion,
            at,
            self._words,
            full_points=(line.criterion.not_applicable or self._scheme.not_applicable)
            == "full-points",
        )
        self._sheet.write_formula(row, column, formula, self._printed(look), "")

    def _input(self, line: _Line, column: str, given: Input) -> None:
        row, at = line.number - 1, self._at(column)
        look = getattr(self._style, given.style)
        self._sheet.write_blank(row, at, None, look)
        limits = given.limits
        if limits:
            title = line.criterion.code[:30]
            words = {"input_title": title, "input_message": given.how[:250], "ignore_blank": True}
            self._sheet.data_validation(row, at, row, at, {**limits, **words})

    def _state(self, number: int) -> None:
        row, at = number - 1, self._at("state")
        self._sheet.write_blank(row, at, None, self._style.text)
        source = f"={self._hidden.states}"
        self._sheet.data_validation(row, at, row, at, {"validate": "list", "source": source})

    def _difference(self, number: int, look: Any) -> None:
        mine, theirs = f"{self._letter('self')}{number}", f"{self._letter('appraised')}{number}"
        formula = f'=IF(AND(ISNUMBER({mine}),ISNUMBER({theirs})),{theirs}-{mine},"")'
        self._sheet.write_formula(
            number - 1, self._at("difference"), formula, self._printed(look), ""
        )

    def _total(self, number: int) -> None:
        look, scheme = self._style.area, self._scheme
        self._sheet.write_string(number - 1, self._at("name"), self.say("Total points"), look)
        if scheme.max is not None:
            at = self._at("maximum")
            self._sheet.write_number(number - 1, at, scheme.max, self._style.figure(look))
        most = self._applicable(number)
        for column in ("self", "appraised"):
            letter = self._letter(column)
            areas = [f"{letter}{self._rows[area.code]}" for area in scheme.criteria]
            blocks = {
                block.id: [f"{letter}{self._rows[item.code]}" for item in block.items]
                for block in scheme.adjustments
            }
            if areas:
                self._sum(number, column, total_formula(scheme, areas, blocks, most), look)
        told = self.say("The sums leave out rows that parindex computes, and those still empty.")
        self._sheet.write_string(number, self._at("name"), told, self._style.plain)

    def _applicable(self, total: int) -> str:
        """The maximum of what applies, for the limits of the total."""
        most = f"{self._letter('maximum')}{total}"
        if self._scheme.not_applicable == "full-points":
            return most
        items = [item.code for block in self._scheme.adjustments for item in block.items]
        last = min((self._rows[code] for code in items), default=total) - 1
        maxima, states = (
            f"{letter}{HEADING + 1}:{letter}{last}"
            for letter in (self._letter("maximum"), self._letter("state"))
        )
        return applicable_formula(most, maxima, states, STATES["not_applicable"][self._words])

    def _printed(self, look: Any) -> Any:
        """How the scheme prints points."""
        return self._style.printed(look, self._scheme.rounding.index)

    def _at(self, column: str) -> int:
        return ORDER.index(column)

    def _letter(self, column: str) -> str:
        return column_letters(self._at(column) + 1)
