"""A scorecard as a workbook: the official table, with rules as lists, limits and formulas.

What an official fills in is unlocked and coloured; each row says beside it how.
A list of things (a checklist, a questionnaire) has a row for each of them. A
hidden sheet keeps the scheme's id and hash, and a hidden column what each row is.
"""

import datetime
from collections.abc import Collection, Mapping
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from msgspec.structs import replace

from parindex.office.xlsx.cached_values import TOTAL, is_full_points, values_of
from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.formulas import (
    live_codes,
    points_formula,
    sum_formula,
    total_formula,
)
from parindex.office.xlsx.guarded import Guards
from parindex.office.xlsx.headings import COLUMNS, COMPUTED, LABELS
from parindex.office.xlsx.inputs import (
    Input,
    Percent,
    Typed,
    filled,
    input_of,
    points_input,
    rule_text,
)
from parindex.office.xlsx.layout import (
    AREA,
    TEXTS,
    Hidden,
    Line,
    Styles,
    columns_of,
    height_of,
    labels_of,
    lines_of,
    set_up,
)
from parindex.rules.input import OPTION, POINTS
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import STAGES, Scorecard
from parindex.scorecard.words import STATES
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


_FIRST_YEAR: Final = 1900
"""A day of that year or before has another number in some programs."""
_LONGEST_HINT: Final = 250
"""Letters that a spreadsheet shows beside a cell."""


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
        self._stages = [name for name in STAGES if name in self._columns]
        self._labels = labels_of(card, scheme)
        self._heading = 4 + len(self._labels)
        self._sheet: Worksheet = book.add_worksheet(say("Scorecard"))
        self._hidden = Hidden(book, scheme, say)
        self._style = Styles(book)
        self._live = live_codes(scheme)
        self._values: Mapping[tuple[str, str], Decimal] = {}
        self._typed: dict[str, dict[str, Typed]] = {}
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
        for code, entry in self._card.scores.items():
            criterion, is_item = self._scheme.by_code.get(code), code in self._scheme.items
            for cell in filled(criterion, entry, self.say, is_item=is_item) if criterion else ():
                key = f"{code}|{cell.item}" if cell.item else code
                self._typed.setdefault(key, {})[cell.column] = cell.value
        for line in lines:
            self._line(line)
        last = lines[-1].number if lines else self._heading
        if of is None:
            self._total(last := last + 1)
        set_up(self._sheet, self._columns, self._heading, last)

    def _head(self) -> None:
        style = self._style
        self._put(1, "code", self.say.name(self._scheme.title), style.title)
        told = self.say("Self-assessment and appraisal, year {year}", year=self._year)
        self._put(2, "code", told, style.plain)
        for row, (name, value) in enumerate(self._labels.items(), start=3):
            self._put(row, "name", f"{self.say.pick(LABELS[name])}:", style.bold)
            look = style.text if name == "unit" else style.plain
            self._put(row, "maximum", value or None, look)
        for name in self._columns:
            self._put(self._heading, name, self.say.pick(COLUMNS[name]), style.heading)

    def _line(self, line: Line) -> None:
        criterion, number, style = line.criterion, line.number, self._style
        is_area = line.depth < AREA
        look = style.area if is_area else style.bold if criterion.children else style.plain
        name = self.say.name(criterion.name)
        called = f"– {line.called}" if line.item else name.upper() if is_area else name
        texts = {"name": called}
        if not line.item:
            texts["rule"] = rule_text(self._scheme, criterion, self._year, self.say)
        if not line.item and not criterion.children:
            texts["how"] = self.say(criterion.scored_by.takes.how)
        typed = self._typed.get(line.key, {})
        shown = {name: text for name, text in typed.items() if isinstance(text, str)}
        level = min(line.depth - 1 + bool(line.item), 7)
        self._sheet.set_row(number - 1, height_of(texts | shown), None, {"level": level})
        for column in self._columns:
            self._put(number, column, None, look)
        self._put(number, "key", line.key, style.plain)
        self._put(number, "code", "" if line.item else criterion.code, look)
        self._put(number, "name", called, style.wrapped(look))
        if texts.get("rule"):
            self._put(number, "rule", texts["rule"], style.wrapped(style.plain))
        if "how" in texts:
            self._put(number, "how", texts["how"], style.wrapped(look))
        if not line.item:
            self._put(number, "maximum", criterion.max, style.like(look, num_format="0.00##"))
        if criterion.children:
            self._sums(line, look)
        elif line.item:
            self._input(line, "result", input_of(criterion.scored_by, self._year, self.say))
        else:
            self._leaf(line, look)
        for column, value in typed.items():
            self._type(number, column, value)

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
        states = {"validate": "list", "source": f"={self._hidden.states}"}
        self._input(line, "state", Input(states, "", "text"))
        points = points_input(criterion, self.say)
        for column in self._stages[1:]:
            self._input(line, column, points)
        for name in {*TEXTS} & {*self._columns}:
            self._put(number, name, None, self._style.text)
        if takes is POINTS:
            self._input(line, "self", points)
        else:
            if not takes.row:
                self._input(line, "result", given)
            if given.whole:
                self._input(line, "whole", replace(given, limits=given.whole))
            self._points(line, look, choices)
        self._difference(line, look)

    def _points(self, line: Line, look: Any, choices: tuple[str, str]) -> None:
        """The points of a rule: a live formula, or that parindex computes them."""
        code = line.criterion.code
        if code not in self._live or not self._guards.is_known(code):
            self._put(line.number, "self", self.say.pick(COMPUTED), look)
            return
        cells = ("maximum", "result", "whole", "state")
        at = {name: f"{self._letter(name)}{line.number}" for name in cells}
        at |= {"guard": self._guards.guard("self", code), "names": choices[0], "worths": choices[1]}
        keys = [f"{code}|{item}" for item in line.criterion.scored_by.named(self.say)]
        items = [f"{self._letter('result')}{self._rows[key]}" for key in keys if key in self._rows]
        full = is_full_points(self._scheme, line.criterion)
        formula = points_formula(line.criterion, at, items, self.say, self._year, full_points=full)
        self._formula(line.number, "self", formula, look, code)

    def _sum(self, number: int, column: str, formula: str, look: Any, code: str) -> None:
        """A live sum, or where points are rounded on the way that parindex computes it."""
        if self._scheme.rounding.points is None:
            self._formula(number, column, formula, look, code)
        else:
            self._put(number, column, self.say.pick(COMPUTED), look)

    def _formula(self, number: int, column: str, formula: str, look: Any, code: str) -> None:
        """A formula with what it gives now, for programs that do not work it out."""
        printed = self._style.like(look, num_format=f"{0:.{self._scheme.rounding.index}f}")
        value = self._values.get((column, code), "")
        self._sheet.write_formula(number - 1, self._at(column), formula, printed, value)

    def _input(self, line: Line, column: str, given: Input) -> None:
        """A cell to fill in, with its limits and, but for states, a hint: how, and how it is scored."""
        row, at = line.number - 1, self._at(column)
        self._put(line.number, column, None, getattr(self._style, given.style))
        limits = {**given.limits}
        if limits and given.how:
            rule = rule_text(self._scheme, line.criterion, self._year, self.say)
            hint = f"{given.how}\n{rule * (not line.item)}".strip()
            cut = f"{hint[: _LONGEST_HINT - 1]}…"
            limits["input_title"] = line.criterion.code[:30]
            limits["input_message"] = hint if len(hint) <= _LONGEST_HINT else cut
        if limits:
            self._sheet.data_validation(row, at, row, at, limits)

    def _difference(self, line: Line, look: Any) -> None:
        number, code = line.number, line.criterion.code
        mine, theirs = f"{self._letter('self')}{number}", f"{self._letter('appraised')}{number}"
        formula = f'=IF(AND(ISNUMBER({mine}),ISNUMBER({theirs})),{theirs}-{mine},"")'
        self._formula(number, "difference", formula, look, code)

    def _total(self, number: int) -> None:
        look, scheme = self._style.area, self._scheme
        self._put(number, "name", self.say("Total points"), look)
        if scheme.max is not None:
            figure = self._style.like(look, num_format="0.00##")
            self._put(number, "maximum", scheme.max, figure)
        most = f"{self._letter('maximum')}{number}"
        if scheme.not_applicable != "full-points":  # without the rows that do not apply
            last = min((self._rows[code] for code in scheme.items), default=number) - 1
            maxima, states = (
                f"{self._letter(name)}{self._heading + 1}:{self._letter(name)}{last}"
                for name in ("maximum", "state")
            )
            apart = self.say.pick(STATES["not_applicable"])
            most += f'-SUMIF({states},"{apart}",{maxima})'
        for column in self._stages:
            areas = [self._guards.counted(column, area.code) for area in scheme.criteria]
            blocks = {
                block.id: [self._guards.counted(column, item.code) for item in block.items]
                for block in scheme.adjustments
            }
            if areas:
                self._sum(number, column, total_formula(scheme, areas, blocks, most), look, TOTAL)
        told = self.say("The sums leave out rows that parindex computes, and those still empty.")
        self._put(number + 1, "name", told, self._style.plain)

    def _put(self, number: int, column: str, value: str | Decimal | int | None, look: Any) -> None:
        """Write a text as text, a number, or an empty cell."""
        row, at = number - 1, self._at(column)
        if value is None:
            self._sheet.write_blank(row, at, None, look)
        elif isinstance(value, str):
            self._sheet.write_string(row, at, value, look)
        else:
            self._sheet.write_number(row, at, value, look)

    def _type(self, number: int, column: str, value: Typed) -> None:
        """Write what a cell to fill in holds; a day that programs count differently is left out."""
        style = self._style
        match value:
            case datetime.date():
                if value.year > _FIRST_YEAR:
                    self._sheet.write_datetime(number - 1, self._at(column), value, style.day)
            case Percent(percent):
                self._put(number, column, percent / 100, style.percent_input)
            case _:
                look = style.text if isinstance(value, str) else style.figure_input
                self._put(number, column, value, look)

    def _at(self, column: str) -> int:
        return self._columns.index(column)

    def _letter(self, column: str) -> str:
        return column_letters(self._at(column) + 1)
