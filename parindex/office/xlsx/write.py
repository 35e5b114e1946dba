"""Pages as a workbook of Excel: typed cells, live formulas, bars, native charts, ready to print.

Text is written as text: nothing in it is a formula or a link. Every formula is
stored with its exact value, for programs that do not work it out.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from parindex.office.pages.page import Book
from parindex.office.xlsx.charts import add_charts
from parindex.office.xlsx.output import AREA_COLOUR, MOST_LEVELS, Output, print_whole, put
from parindex.tables.table import At, Cell, Span, Table
from parindex.values.escaping import cell_text
from parindex.values.exact import rounded
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_STRONG: Final = {"bold": True, "bg_color": AREA_COLOUR}
_BARS: Final = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#9BC2E6",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 100,
}
_CHANGE: Final = re.compile(r"[+-][0-9]+([.,][0-9]+)?|0([.,]0+)?")
_STORED: Final = 13
"""Decimals of a stored number: a double has 15 to 17 digits."""
_WIDEST: Final = 46
_WIDE: Final = 30
_TO_FILL_IN: Final = 14
_LINE: Final = 17
"""Height of a line of text, in points."""
_TALLEST: Final = 400
_WITHIN: Final = 2
_MOST_FROZEN: Final = 3
"""Columns that may stay in sight: of more nothing else would be seen."""


def write_book(book: Book, say: Language, stream: BinaryIO) -> None:
    """Write the workbook to a stream of bytes."""
    output = Output()
    names: dict[int, tuple[str, int]] = {}
    for page in book.pages:
        tab = output.tab(cell_text(page.name))
        writer = _Writer(output, tab, page)
        writer.write()
        names[id(page)] = (tab, writer.first)
    if book.charts:
        add_charts(output, say("Charts"), book.charts, names)
    if not book.pages:
        output.file.add_worksheet(output.tab(""))
    stream.write(output.data())


class _Writer:
    """Writes one page; `first` is the row of the sheet under its headings."""

    def __init__(self, output: Output, tab: str, page: Table) -> None:
        self._sheet = output.file.add_worksheet(tab)
        self._output = output
        self._page = page
        self._texts = [at for at, each in enumerate(page.columns) if each.kind == "text"]
        self._widths = [self._width(at) for at in range(len(page.columns))]
        self.first = 4 if page.over else 3

    def write(self) -> None:
        """Everything, from the title to the print set-up."""
        page = self._page
        self._across(0, page.title, bold=True, font_size=14)
        self._headings()
        for number, cells in enumerate(page.rows):
            level = min(page.depths.get(number, 1) - 1, MOST_LEVELS)
            # Not every program works out itself how high the longest text makes a row.
            texts = zip(cells, self._widths, strict=True)
            lines = [_lines(text, width) for text, width in texts if isinstance(text, str)]
            height = _height(max(lines, default=1))
            self._sheet.set_row(self.first + number, height, None, {"level": level})
            for at, value in enumerate(cells):
                self._cell(At(number, at), value)
        last = self.first + len(page.rows) - 1
        for at, column in enumerate(page.columns):
            if column.kind == "bar" and page.rows:  # without a heading it shows nothing else
                bars = {**_BARS, "bar_only": not column.title}
                self._sheet.conditional_format(self.first, at, last, at, bars)
        for number, note in enumerate(page.notes, start=last + 2):
            self._across(number, note, italic=True)
        self._set_up()

    def _look(self, **says: Any) -> "Format":
        return self._output.look(valign="vcenter", **says)

    def _across(self, row: int, text: str, **says: Any) -> None:
        """A text over the whole width, in as many lines as it needs."""
        look, told = self._look(text_wrap=True, **says), cell_text(text)
        self._merged(row, row, (0, len(self._widths) - 1), told, look)
        lines = _lines(told, max(20, sum(self._widths) * 4 // 5))
        self._sheet.set_row(row, min(_TALLEST, lines * (_LINE + 3 * bool(look.bold))))

    def _merged(
        self, row: int, last: int, columns: tuple[int, int], text: str, look: "Format"
    ) -> None:
        """A text in a cell, or in several that are merged."""
        if last > row or columns[1] > columns[0]:
            self._sheet.merge_range(row, columns[0], last, columns[1], "", look)
        self._sheet.write_string(row, columns[0], cell_text(text), look)

    def _headings(self) -> None:
        """One row as high as the highest heading, or two where headings stand over others."""
        look = self._look(bold=True, border=1, text_wrap=True, align="center")
        row, page = self.first - 1, self._page
        under = {at for over in page.over for at in range(over.first, over.last + 1)}
        tall: list[int] = []
        for at, column in enumerate(page.columns):
            is_tall = bool(page.over) and at not in under
            self._merged(row - is_tall, row, (at, at), column.title, look)
            tall.append(_lines(column.title, self._widths[at] - 2))
        wide = [(o.title, sum(self._widths[o.first : o.last + 1])) for o in page.over]
        above = max((_lines(title, width - 2) for title, width in wide), default=0)
        for over in page.over:
            self._merged(row - 1, row - 1, (over.first, over.last), over.title, look)
        below = max((tall[at] for at in under), default=0)
        if above:
            self._sheet.set_row(row - 1, _height(above))
        self._sheet.set_row(row, _height(max(below, max(tall, default=1) - above)))

    def _cell(self, at: At, value: Cell) -> None:
        row, page, exact = self.first + at.row, self._page, self._page.exact.get(at, value)
        if at in page.formulas and not isinstance(value, str):
            formula = f"={''.join(map(self._term, page.formulas[at]))}"
            self._sheet.write_formula(row, at.column, formula, self._of(at, value), _stored(exact))
        elif (change := self._change(at, value)) is not None:
            digits = f"{0:.{_digits(change)}f}"
            look = self._look(**self._frame(at), num_format=f"+{digits};-{digits};{digits}")
            self._sheet.write_number(row, at.column, change, look)
        elif isinstance(value, str | None):
            look = self._of(at, value)
            coded = any(column.kind == "code" for column in page.columns)
            if value and not at.column and not coded and page.depths.get(at.row, 1) >= _WITHIN:
                look = self._look(border=1, text_wrap=True, indent=1)  # where no code tells so
            put(self._sheet, row, at.column, cell_text(value) if value else None, look)
        else:
            # A spreadsheet shows halves rounded up: where the scheme does otherwise, all digits.
            is_plain = not isinstance(exact, Fraction) or _shown(exact, value) == value
            look = self._of(at, value, all_digits=not is_plain)
            self._sheet.write_number(row, at.column, _stored(exact), look)

    def _change(self, at: At, value: Cell) -> Decimal | None:
        """A difference, which people read with its sign: in a workbook it is a number like others."""
        is_number = self._page.columns[at.column].kind == "number"
        if not is_number or not isinstance(value, str) or not _CHANGE.fullmatch(value):
            return None
        return Decimal(value.replace(",", "."))

    def _frame(self, at: At) -> dict[str, Any]:
        """The border of a cell, and its weight."""
        return {"border": 1, **(_STRONG if at.row in self._page.strong else {})}

    def _of(self, at: At, value: Cell, *, all_digits: bool = False) -> "Format":
        """The format of a cell: its border, its weight, and the digits of its number."""
        says = self._frame(at)
        if isinstance(value, int):
            return self._look(**says, num_format="0", align="center")
        if isinstance(value, Decimal):  # a lower bound stays a number
            bound = '"≥ "' if at in self._page.at_least else ""
            digits = f"{bound}{0:.{_digits(value)}f}{'#' * 8 * all_digits}"
            return self._look(**says, num_format=digits)
        kind = self._page.columns[at.column].kind
        if kind == "text":
            return self._look(**says, text_wrap=True)
        return self._look(**says, num_format="@", align="left" if kind == "code" else "center")

    def _term(self, part: str | At | Span) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        if isinstance(part, str):
            return part
        if isinstance(part, Span):
            return f"{self._term(part.first)}:{self._term(part.last)}"
        return str(xl_rowcol_to_cell(self.first + part.row, part.column))

    def _set_up(self) -> None:
        sheet, rows = self._sheet, len(self._page.rows)
        for at, width in enumerate(self._widths):
            sheet.set_column(at, at, width)
        name = next(iter(self._texts), 0)
        sheet.freeze_panes(self.first, name + 1 if name < _MOST_FROZEN else 0)
        sheet.set_margins("0.4", "0.4", "0.6", "0.6")
        print_whole(sheet, self.first - (2 if self._page.over else 1), self.first - 1)
        if rows and self._widths:
            from xlsxwriter.utility import xl_range

            cells = xl_range(self.first, 0, self.first + rows - 1, len(self._widths) - 1)
            sheet.ignore_errors({"number_stored_as_text": cells, "formula_differs": cells})

    def _width(self, at: int) -> int:
        """How wide a column is, in letters: texts wrap, numbers and codes do not.

        The first column of texts names what a row is about; of three or more, the others
        get less room.
        """
        column, cells = self._page.columns[at], [row[at] for row in self._page.rows]
        lines = [line for cell in cells if cell is not None for line in str(cell).split("\n")]
        longest = max(map(len, lines), default=0)
        words = max(map(len, column.title.split()), default=0) + 2
        if column.kind == "code":
            return max(7, min(16, longest + 2))
        if column.kind != "text":
            return max(9, min(14, words), min(24, longest + 2))
        if not longest:
            return max(words, _TO_FILL_IN)
        widest = _WIDE if at in self._texts[1:] and len(self._texts) > 2 else _WIDEST  # noqa: PLR2004
        return min(widest, max(words, min(longest + 2, max(_TO_FILL_IN, longest * 3 // 5))))


def _shown(exact: Fraction, printed: Cell) -> Decimal | None:
    """What a spreadsheet makes of a number with the digits of what is printed."""
    return rounded(exact, _digits(printed)) if isinstance(printed, Decimal) else None


def _digits(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _stored(value: Fraction | Cell) -> Any:
    """A number as a double can hold it; empty where it is not known."""
    if value is None:
        return ""
    return rounded(value, _STORED) if isinstance(value, Fraction) else value


def _height(lines: int) -> int:
    return min(_TALLEST, lines * _LINE)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; capitals are wider than other letters."""
    width = max(1, width * 4 // 5 if text.isupper() else width * 6 // 5)
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
