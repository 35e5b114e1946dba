"""A scorecard as a workbook: the official table, with rules as lists, limits and formulas.

What an official fills in is unlocked and coloured; each row says beside it how.
A list of things (a checklist, a questionnaire) has a row for each of them. A
hidden sheet keeps the scheme's id and hash, and a hidden column what each row is.
"""

import datetime
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, BinaryIO, Final

from parindex.office.xlsx.cached_values import TOTAL, is_full_points, values_of
from parindex.office.xlsx.formulas import (
    Guards,
    live_codes,
    points_formula,
    sum_formula,
    total_formula,
)
from parindex.office.xlsx.headings import COLUMNS, COMPUTED, LABELS, TEXTS
from parindex.office.xlsx.layout import (
    AREA,
    STYLES,
    WIDTHS,
    Grid,
    Hidden,
    Input,
    Line,
    Percent,
    Typed,
    columns_of,
    filled,
    height_of,
    input_of,
    labels_of,
    lines_of,
    points_limits,
    rule_text,
)
from parindex.office.xlsx.output import MOST_LEVELS, Output, print_whole, put
from parindex.rules.input import OPTION, POINTS
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import STAGES, Scorecard
from parindex.scorecard.words import STATES
from parindex.values.exact import ZERO
from parindex.values.language import Language

_FIRST_YEAR: Final = 1900
"""A day of that year or before has another number in some programs."""
_LONGEST_HINT: Final = 250
"""Letters that a spreadsheet shows beside a cell."""
_MAXIMUM: Final = {"num_format": "0.00##"}


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
    output = Output()
    _Writer(output, scheme, card, say).write(of)
    return output.data()


class _Writer:
    def __init__(self, output: Output, scheme: Scheme, card: Scorecard, say: Language) -> None:
        self._output = output
        self._scheme = scheme
        self._card = card
        self._year = card.year
        self.say = say
        self._grid = Grid(columns_of(card), say("Scorecard"))
        self._columns = self._grid.columns
        self._stages = [name for name in STAGES if name in self._columns]
        self._labels = labels_of(card, scheme)
        self._heading = 4 + len(self._labels)
        self._sheet = output.file.add_worksheet(self._grid.sheet)
        self._hidden = Hidden(output, scheme, say)
        self._live = live_codes(scheme)
        self._values: Mapping[tuple[str, str], Decimal] = {}
        self._typed: dict[str, dict[str, Typed]] = {}
        self._guards = Guards(scheme, self._grid, self._live, say)

    def write(self, of: Collection[str] | None) -> None:
        """Everything: the head, the rows, and the hidden sheet."""
        self._head()
        lines = [*lines_of(self._scheme, self._heading + 1, self.say, of)]
        self._grid.rows |= {line.key: line.number for line in lines}
        live = [code for code in self._live if self._guards.is_known(code)]
        self._values = values_of(self._card, self._scheme, live, self._stages)
        self._guards.write(self._hidden, self._stages, self._values)
        for code, entry in self._card.scores.items():
            criterion, is_item = self._scheme.by_code.get(code), code in self._scheme.items
            for column, value, item in (
                filled(criterion, entry, self.say, is_item=is_item) if criterion else ()
            ):
                self._typed.setdefault(f"{code}|{item}" if item else code, {})[column] = value
        for line in lines:
            self._line(line)
        last = lines[-1].number if lines else self._heading
        if of is None:
            self._total(last := last + 1)
        self._set_up(last)

    def _head(self) -> None:
        self._put(1, "code", self.say.name(self._scheme.title), "title")
        told = self.say("Self-assessment and appraisal, year {year}", year=self._year)
        self._put(2, "code", told)
        for row, (name, value) in enumerate(self._labels.items(), start=3):
            self._put(row, "name", f"{self.say.pick(LABELS[name])}:", "bold")
            self._put(row, "maximum", value or None, "text" if name == "unit" else "plain")
        for name in self._columns:
            self._put(self._heading, name, self.say.pick(COLUMNS[name]), "heading")

    def _line(self, line: Line) -> None:
        criterion, number, is_area = line.criterion, line.number, line.depth < AREA
        look = "area" if is_area else "bold" if criterion.children else "plain"
        name = self.say.name(criterion.name)
        texts = {"name": f"– {line.called}" if line.item else name.upper() if is_area else name}
        if not line.item:
            texts["rule"] = rule_text(self._scheme, criterion, self._year, self.say)
        if not line.item and not criterion.children:
            texts["how"] = self.say(criterion.scored_by.takes.how)
        typed = self._typed.get(line.key, {})
        shown = {name: text for name, text in typed.items() if isinstance(text, str)}
        level = min(line.depth - 1 + bool(line.item), MOST_LEVELS)
        self._sheet.set_row(number - 1, height_of(texts | shown), None, {"level": level})
        for column in self._columns:
            self._put(number, column, None, look)
        self._put(number, "key", line.key)
        self._put(number, "code", "" if line.item else criterion.code, look)
        for column, text in texts.items():
            if text:
                self._put(
                    number, column, text, "plain" if column == "rule" else look, text_wrap=True
                )
        if not line.item:
            self._put(number, "maximum", criterion.max, look, **_MAXIMUM)
        if criterion.children:
            self._sums(line, look)
        elif line.item:
            given = input_of(criterion.scored_by, self._year, self.say, line.item)
            self._input(line, "result", given)
        else:
            self._leaf(line, look)
        for column, value in typed.items():
            self._type(number, column, value)

    def _sums(self, line: Line, look: str) -> None:
        if not all(child.code in self._grid.rows for child in line.criterion.children):
            return  # some rows are those of other offices
        for column in self._stages:
            below = [self._guards.counted(column, each.code) for each in line.criterion.children]
            self._sum(line.number, column, sum_formula(below), look, line.criterion.code)
        self._difference(line, look)

    def _leaf(self, line: Line, look: str) -> None:
        takes = line.criterion.scored_by.takes
        given = input_of(line.criterion.scored_by, self._year, self.say)
        names = worths = ""
        if takes is OPTION:
            names, worths = self._hidden.choices(
                line.criterion.scored_by, line.criterion.maximum or ZERO
            )
            given.limits["source"] = f"={names}"
        states = {"validate": "list", "source": f"={self._hidden.states}"}
        self._input(line, "state", Input(states, "", "text"))
        hint = self.say("Points from 0 to the maximum.")
        if line.criterion.scored_by.has_standard:
            hint = self.say("Met or not met.")
        elif line.criterion.lowest:
            least = self.say.number(line.criterion.lowest)
            hint = self.say("Points from {lowest} to the maximum.", lowest=least)
        points = Input(points_limits(self._scheme, line.criterion, self.say), hint)
        for column in self._stages[1:]:
            self._input(line, column, points)
        for name in {*TEXTS} & {*self._columns}:
            self._put(line.number, name, None, "text")
        if takes is POINTS:
            self._input(line, "self", points)
        else:
            if not takes.row:
                self._input(line, "result", given)
            if takes.has_whole:
                self._input(line, "whole", given)
            self._points(line, look, {"names": names, "worths": worths})
        self._difference(line, look)

    def _points(self, line: Line, look: str, choices: Mapping[str, str]) -> None:
        """The points of a rule: a live formula, or that parindex computes them."""
        code = line.criterion.code
        if code not in self._live or not self._guards.is_known(code):
            self._put(line.number, "self", self.say.pick(COMPUTED), look)
            return
        cells = ("maximum", "result", "whole", "state")
        at = {name: self._grid.cell(name, code) for name in cells}
        at |= {"guard": self._guards.guard("self", code), **choices}
        keys = [f"{code}|{item}" for item in line.criterion.scored_by.named(self.say)]
        items = [self._grid.cell("result", key) for key in keys if key in self._grid.rows]
        full = is_full_points(self._scheme, line.criterion)
        formula = points_formula(line.criterion, at, items, self.say, self._year, full_points=full)
        self._formula(line.number, "self", formula, look, code)

    def _sum(self, number: int, column: str, formula: str, look: str, code: str) -> None:
        """A live sum, or where points are rounded on the way that parindex computes it."""
        if self._scheme.rounding.points is None:
            self._formula(number, column, formula, look, code)
        else:
            self._put(number, column, self.say.pick(COMPUTED), look)

    def _formula(self, number: int, column: str, formula: str, look: str, code: str) -> None:
        """A formula with what it gives now, for programs that do not work it out."""
        printed = self._look(look, num_format=f"{0:.{self._scheme.rounding.index}f}")
        value = self._values.get((column, code), "")
        self._sheet.write_formula(number - 1, self._at(column), formula, printed, value)

    def _input(self, line: Line, column: str, given: Input) -> None:
        """A cell to fill in, with its limits and, but for states, a hint: how, and how it is scored."""
        row, at = line.number - 1, self._at(column)
        self._put(line.number, column, None, given.style)
        limits = {**given.limits}
        if limits and given.how:
            rule = rule_text(self._scheme, line.criterion, self._year, self.say)
            hint = f"{given.how}\n{rule * (not line.item)}".strip()
            cut = f"{hint[: _LONGEST_HINT - 1]}…"
            limits["input_title"] = line.criterion.code[:30]
            limits["input_message"] = hint if len(hint) <= _LONGEST_HINT else cut
        if limits:
            self._sheet.data_validation(row, at, row, at, limits)

    def _difference(self, line: Line, look: str) -> None:
        mine, theirs = (self._grid.cell(name, line.number) for name in ("self", "appraised"))
        formula = f'=IF(AND(ISNUMBER({mine}),ISNUMBER({theirs})),{theirs}-{mine},"")'
        self._formula(line.number, "difference", formula, look, line.criterion.code)

    def _total(self, number: int) -> None:
        scheme = self._scheme
        self._put(number, "name", self.say("Total points"), "area")
        if scheme.max is not None:
            self._put(number, "maximum", scheme.max, "area", **_MAXIMUM)
        most = self._grid.cell("maximum", number)
        if scheme.not_applicable != "full-points":  # without the rows that do not apply
            last = min((self._grid.rows[code] for code in scheme.items), default=number) - 1
            maxima, states = (
                f"{self._grid.cell(name, self._heading + 1)}:{self._grid.cell(name, last)}"
                for name in ("maximum", "state")
            )
            apart = self.say.pick(STATES["not_applicable"])
            most += f'-SUMIF({states},"{apart}",{maxima})'
        for column in self._stages if scheme.criteria else ():
            areas = [self._guards.counted(column, area.code) for area in scheme.criteria]
            blocks = {
                block.id: [self._guards.counted(column, item.code) for item in block.items]
                for block in scheme.adjustments
            }
            if scheme.moving and scheme.adjustments and scheme.clamp:
                self._put(number, column, self.say.pick(COMPUTED), "area")
                continue
            self._sum(number, column, total_formula(scheme, areas, blocks, most), "area", TOTAL)
        told = self.say("The sums leave out rows that parindex computes, and those still empty.")
        self._put(number + 1, "name", told)

    def _set_up(self, last: int) -> None:
        """Widths, print set-up down to a row, and the lock on all but what is to be filled in."""
        sheet = self._sheet
        for column, name in enumerate(self._columns):
            hidden = {"hidden": True} if name == "key" else {}
            sheet.set_column(column, column, WIDTHS[name], None, hidden)
        sheet.set_row(self._heading - 1, height_of({"code": "TT\n"}))
        sheet.freeze_panes(self._heading, 2)
        print_whole(sheet, self._heading - 1, self._heading - 1)
        sheet.print_area(0, 0, last, self._at("rule") - 1)  # how to fill it in is for the screen
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})

    def _look(self, style: str, **says: Any) -> Any:
        return self._output.look(**{**STYLES[style], **says})

    def _put(
        self,
        number: int,
        column: str,
        value: str | Decimal | int | None,
        style: str = "plain",
        **says: Any,
    ) -> None:
        put(self._sheet, number - 1, self._at(column), value, self._look(style, **says))

    def _type(self, number: int, column: str, value: Typed) -> None:
        """Write what a cell to fill in holds; a day that programs count differently is left out."""
        match value:
            case datetime.date():
                if value.year > _FIRST_YEAR:
                    at, look = self._at(column), self._look("day")
                    self._sheet.write_datetime(number - 1, at, value, look)
            case Percent(percent):
                self._put(number, column, percent / 100, "percent")
            case _:
                self._put(number, column, value, "text" if isinstance(value, str) else "figure")

    def _at(self, column: str) -> int:
        return self._columns.index(column)
