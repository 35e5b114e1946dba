"""A scorecard as a workbook: the official table, with rules as lists, limits and formulas.

What an official fills in is unlocked and coloured; each row says beside it how.
A list of things (a checklist, a questionnaire) has a row for each of them. A
hidden sheet keeps the scheme's id and hash, and a hidden column what each row is.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec.structs import replace

from parindex.office.xlsx.cached_values import TOTAL, is_full_points, values_of
from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.fact_to_cells import filled, texts_of, type_into
from parindex.office.xlsx.formulas import (
    CELLS,
    Cells,
    applicable_formula,
    live_codes,
    points_formula,
    sum_formula,
    total_formula,
)
from parindex.office.xlsx.guarded import Guards
from parindex.office.xlsx.headings import COLUMNS, COMPUTED, LABELS, STAGED
from parindex.office.xlsx.inputs import Input, hint_of, input_of, points_input, rule_text
from parindex.office.xlsx.layout import (
    AREA,
    TEXTS,
    Line,
    columns_of,
    height_of,
    labels_of,
    lines_of,
    set_up,
)
from parindex.office.xlsx.metadata_sheet import Hidden
from parindex.office.xlsx.styles import Styles
from parindex.rules.input import OPTION, POINTS
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scorecard.words import STATES
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


def write_template(scheme: Scheme, unit: str, year: int, say: Language, stream: BinaryIO) -> None:
    """Write an empty workbook; the `unit` may be an empty text, where it is still to be typed."""
    stream.write(filled_workbook(Scorecard(unit, year), scheme, say))


def filled_workbook(
    card: Scorecard, scheme: Scheme, say: Language, of: Collection[str] | None = None
) -> bytes:
    """The workbook with what a scorecard holds, as far as there is a place for it.

    Args:
        card: what stands in it.
        scheme: its scheme.
        say: the language of the sheet.
        of: the leaves of one part; without it all of them.
    """
    from xlsxwriter.workbook import Workbook

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(made, options)
    _Writer(book, scheme, card, say).write(of)
    book.close()
    return made.getvalue()


class _Writer:
    def __init__(self, book: "Workbook", scheme: Scheme, card: Scorecard, say: Language) -> None:
        self._scheme = scheme
        self._card = card
        self._year = card.year
        self.say = say
        self._columns = columns_of(card)
        self._stages = [name for name in STAGED if name in self._columns]
        self._labels = labels_of(card, scheme)
        self._heading = 4 + len(self._labels)
        self._sheet: Worksheet = book.add_worksheet(say("Scorecard"))
        self._hidden = Hidden(book, scheme, say)
        self._style = Styles(book)
        self._live = live_codes(scheme)
        self._values: Mapping[tuple[str, str], Decimal] = {}
        self._rows: dict[str, int] = {}
        self._guards = Guards(scheme, self._rows, self._letter, self._live, say, say("Scorecard"))

    def write(self, of: Collection[str] | None) -> None:
        """Everything: the head, the rows, and the hidden sheet."""
        self._head()
        lines = [*lines_of(self._scheme, self._heading + 1, self.say, of)]
        self._rows |= {line.key: line.number for line in lines}
        live = [code for code in self._live if self._guards.is_known(code)]
        self._values = values_of(self._card, self._scheme, live, self._stages)
        self._guards.write(self._hidden, self._stages, self._values)
        for line in lines:
            self._line(line)
        last = lines[-1].number if lines else self._heading
        if of is None:
            self._total(last := last + 1)
        for code, entry in self._card.scores.items():
            self._fill(code, entry)
        set_up(self._sheet, self._columns, self._heading, last)

    def _head(self) -> None:
        sheet, style = self._sheet, self._style
        sheet.write_string(0, 0, self.say.name(self._scheme.title), style.title)
        told = self.say("Self-assessment and appraisal, year {year}", year=self._year)
        sheet.write_string(1, 0, told, style.plain)
        for row, (name, value) in enumerate(self._labels.items(), start=2):
            sheet.write_string(row, 1, f"{self.say.pick(LABELS[name])}:", style.bold)
            look = style.text if name == "unit" else style.plain
            if value:
                sheet.write_string(row, 2, value, look)
            else:
                sheet.write_blank(row, 2, None, look)
        for column, name in enumerate(self._columns):
            sheet.write_string(
                self._heading - 1, column, self.say.pick(COLUMNS[name]), style.heading
            )

    def _line(self, line: Line) -> None:
        criterion, row, style = line.criterion, line.number - 1, self._style
        is_area = line.depth < AREA
        look = style.area if is_area else style.bold if criterion.children else style.plain
        name = self.say.name(criterion.name)
        self._sheet.write_string(row, self._at("key"), line.key, style.plain)
        self._sheet.write_string(row, self._at("code"), "" if line.item else criterion.code, look)
        called = f"– {line.called}" if line.item else name.upper() if is_area else name
        self._sheet.write_string(row, self._at("name"), called, style.wrapped(look))
        texts = {"name": called}
        if not line.item:
            texts["rule"] = rule_text(self._scheme, criterion, self._year, self.say)
        if not line.item and not criterion.children:
            texts["how"] = self.say(criterion.scored_by.takes.how)
            texts |= texts_of(criterion, self._card.scores.get(criterion.code), self.say)
        level = min(line.depth - 1 + bool(line.item), 7)
        self._sheet.set_row(row, height_of(texts), None, {"level": level})
        for column in self._columns[2:-1]:
            self._sheet.write_blank(row, self._at(column), None, look)
        if texts.get("rule"):
            at = self._at("rule")
            self._sheet.write_string(row, at, texts["rule"], style.wrapped(style.plain))
        if criterion.max is not None and not line.item:
            self._sheet.write_number(row, self._at("maximum"), criterion.max, style.figure(look))
        if criterion.children:
            self._sums(line, look)
        elif line.item:
            self._input(line, "result", input_of(criterion.scored_by, self._year, self.say))
        else:
            self._leaf(line, look)

    def _sums(self, line: Line, look: Any) -> None:
        if not all(child.code in self._rows for child in line.criterion.children):
            return  # some rows are those of other offices
        for column in self._stages:
            below = [self._guards.counted(column, each.code) for each in line.criterion.children]
            self._sum(line.number, column, sum_formula(below), look, line.criterion.code)
        self._difference(line, look)

    def _leaf(self, line: Line, look: Any) -> None:
        criterion, number = line.criterion, line.number
        rule, takes = criterion.scored_by, criterion.scored_by.takes
        given = input_of(rule, self._year, self.say)
        choices = ("", "")
        if takes is OPTION:
            choices = self._hidden.choices(rule)
            given = replace(given, limits={**given.limits, "source": f"={choices[0]}"})
        self._sheet.write_string(
            number - 1, self._at("how"), self.say(takes.how), self._style.wrapped(look)
        )
        self._state(number)
        points = points_input(criterion, self.say)
        for column in self._stages[1:]:
            self._input(line, column, points)
        for name in TEXTS.intersection(self._columns):
            self._sheet.write_blank(number - 1, self._at(name), None, self._style.text)
        if takes is POINTS:
            self._input(line, "self", points)
        else:
            if not takes.row:
                self._input(line, "result", given)
            if given.whole:
                self._input(line, "whole", Input(given.whole, given.how, "figure_input"))
            self._points(line, look, choices)
        self._difference(line, look)

    def _points(self, line: Line, look: Any, choices: tuple[str, str]) -> None:
        """The points of a rule: a live formula, or that parindex computes them."""
        code = line.criterion.code
        if code not in self._live or not self._guards.is_known(code):
            told = self.say.pick(COMPUTED)
            self._sheet.write_string(line.number - 1, self._at("self"), told, look)
            return
        maximum, result, whole, state = (f"{self._letter(name)}{line.number}" for name in CELLS)
        keys = [f"{code}|{item}" for item in line.criterion.scored_by.named(self.say)]
        items = [f"{self._letter('result')}{self._rows[key]}" for key in keys if key in self._rows]
        at = Cells(maximum, result, whole, state, self._guards.guard("self", code), *choices, items)
        full = is_full_points(self._scheme, line.criterion)
        formula = points_formula(line.criterion, at, self.say, self._year, full_points=full)
        self._formula(line.number, "self", formula, look, code)

    def _sum(self, number: int, column: str, formula: str, look: Any, code: str) -> None:
        """A live sum, or where points are rounded on the way that parindex computes it."""
        if self._scheme.rounding.points is None:
            self._formula(number, column, formula, look, code)
        else:
            at = self._at(column)
            self._sheet.write_string(number - 1, at, self.say.pick(COMPUTED), look)

    def _formula(self, number: int, column: str, formula: str, look: Any, code: str) -> None:
        """A formula with what it gives now, for programs that do not work it out."""
        value, printed = self._values.get((column, code), ""), self._printed(look)
        self._sheet.write_formula(number - 1, self._at(column), formula, printed, value)

    def _input(self, line: Line, column: str, given: Input) -> None:
        row, at = line.number - 1, self._at(column)
        look = getattr(self._style, given.style)
        self._sheet.write_blank(row, at, None, look)
        if given.limits:
            title = line.criterion.code[:30]
            rule = rule_text(self._scheme, line.criterion, self._year, self.say)
            words = {
                "input_title": title,
                "input_message": hint_of(given, rule * (not line.item)),
                "ignore_blank": True,
            }
            self._sheet.data_validation(row, at, row, at, {**given.limits, **words})

    def _state(self, number: int) -> None:
        row, at = number - 1, self._at("state")
        self._sheet.write_blank(row, at, None, self._style.text)
        words = {"validate": "list", "source": f"={self._hidden.states}"}
        self._sheet.data_validation(row, at, row, at, words)

    def _difference(self, line: Line, look: Any) -> None:
        number, code = line.number, line.criterion.code
        mine, theirs = f"{self._letter('self')}{number}", f"{self._letter('appraised')}{number}"
        formula = f'=IF(AND(ISNUMBER({mine}),ISNUMBER({theirs})),{theirs}-{mine},"")'
        self._formula(number, "difference", formula, look, code)

    def _total(self, number: int) -> None:
        look, scheme = self._style.area, self._scheme
        self._sheet.write_string(number - 1, self._at("name"), self.say("Total points"), look)
        if scheme.max is not None:
            at = self._at("maximum")
            self._sheet.write_number(number - 1, at, scheme.max, self._style.figure(look))
        most = self._applicable(number)
        for column in self._stages:
            areas = [self._guards.counted(column, area.code) for area in scheme.criteria]
            blocks = {
                block.id: [self._guards.counted(column, item.code) for item in block.items]
                for block in scheme.adjustments
            }
            if areas:
                self._sum(number, column, total_formula(scheme, areas, blocks, most), look, TOTAL)
        told = self.say("The sums leave out rows that parindex computes, and those still empty.")
        self._sheet.write_string(number, self._at("name"), told, self._style.plain)

    def _applicable(self, total: int) -> str:
        """The maximum of what applies, for the limits of the total."""
        most = f"{self._letter('maximum')}{total}"
        if self._scheme.not_applicable == "full-points":
            return most
        last = min((self._rows[code] for code in self._scheme.items), default=total) - 1
        maxima, states = (
            f"{letter}{self._heading + 1}:{letter}{last}"
            for letter in (self._letter("maximum"), self._letter("state"))
        )
        return applicable_formula(most, maxima, states, self.say.pick(STATES["not_applicable"]))

    def _fill(self, code: str, entry: Entry) -> None:
        """What a score says, over what the row holds before it is filled in."""
        criterion = self._scheme.by_code.get(code)
        is_item = code in self._scheme.items
        for cell in filled(criterion, entry, self.say, is_item=is_item) if criterion else ():
            key = f"{code}|{cell.item}" if cell.item else code
            if key in self._rows:
                row, column = self._rows[key] - 1, self._at(cell.column)
                type_into(self._sheet, self._style, row, column, cell.value)

    def _printed(self, look: Any) -> Any:
        """How the scheme prints points."""
        return self._style.printed(look, self._scheme.rounding.index)

    def _at(self, column: str) -> int:
        return self._columns.index(column)

    def _letter(self, column: str) -> str:
        return column_letters(self._at(column) + 1)
