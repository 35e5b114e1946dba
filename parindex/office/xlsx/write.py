"""Pages as a workbook of Excel: typed cells, live formulas, bars, native charts, ready to print.

Text is written as text: nothing in it is a formula or a link. Every formula is
stored with its exact value, for programs that do not work it out.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from parindex.office.pages.page import Book
from parindex.office.xlsx.charts import add_charts
from parindex.office.xlsx.tabs import Tabs
from parindex.tables.table import At, Cell, Column, Formula, Span, Table
from parindex.values.escaping import cell_text
from parindex.values.exact import rounded
from parindex.values.language import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_BASE: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_STRONG: Final = {"bold": True, "bg_color": "#DDEBF7"}
_AT_LEAST: Final = '"≥ "'
"""Before the digits of a lower bound: the cell stays a number."""
_BAR: Final = "#9BC2E6"
_STORED: Final = 13
"""Decimals of a stored number: a double has 15 to 17 digits."""
_WIDEST: Final = 46
_WIDE: Final = 30
_TO_FILL_IN: Final = 14
_LINE: Final = 17
"""Height of a line of text, in points."""
_TALLEST: Final = 400
_MOST_LEVELS: Final = 7
_WITHIN: Final = 2


def write_book(book: Book, say: Language, stream: BinaryIO) -> None:
    """Write the workbook to a stream of bytes."""
    from xlsxwriter.workbook import Workbook

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = Workbook(made, options)
    looks, tabs = _Looks(file), Tabs()
    names: dict[int, tuple[str, int]] = {}
    for page in book.pages:
        tab = tabs.name(page.name)
        writer = _Writer(file.add_worksheet(tab), page, looks)
        writer.write()
        names[id(page)] = (tab, writer.first)
    if book.charts:
        add_charts(file, tabs.name(say("Charts")), book.charts, names)
    if not book.pages:
        file.add_worksheet(tabs.name(""))
    file.close()
    stream.write(made.getvalue())


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, file: "Workbook") -> None:
        self._file = file
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **says: Any) -> "Format":
        key = tuple(sorted(says.items()))
        if key not in self._made:
            self._made[key] = self._file.add_format({**_BASE, **says})
        return self._made[key]

    def cell(
        self,
        column: Column,
        value: Cell,
        *,
        strong: bool,
        all_digits: bool = False,
        at_least: bool = False,
    ) -> "Format":
        """A cell of a table: its border, its weight, and the digits of its number."""
        says: dict[str, Any] = {"border": 1, **(_STRONG if strong else {})}
        if isinstance(value, int):
            return self(**says, num_format="0", align="center")
        if isinstance(value, Decimal):
            shown = f"{_AT_LEAST * at_least}{0:.{_digits(value)}f}"
            return self(**says, num_format=f"{shown}########" if all_digits else shown)
        if column.kind == "text":
            return self(**says, text_wrap=True)
        return self(**says, num_format="@", align="left" if column.kind == "code" else "center")


class _Writer:
    """Writes one page; `first` is the row of the sheet under its headings."""

    def __init__(self, to: "Worksheet", page: Table, looks: _Looks) -> None:
        self.to = to
        self.page = page
        self.looks = looks
        texts = [at for at, each in enumerate(self.page.columns) if each.kind == "text"]
        self.widths = [
            _width(column, [row[at] for row in self.page.rows], _widest(at, texts))
            for at, column in enumerate(self.page.columns)
        ]
        self.first = 4 if page.over else 3

    def write(self) -> None:
        """Everything, from the title to the print set-up."""
        self._across(0, self.page.title, self.looks(bold=True, font_size=14, text_wrap=True))
        self._headings()
        for number, cells in enumerate(self.page.rows):
            level = min(self.page.depths.get(number, 1) - 1, _MOST_LEVELS)
            self.to.set_row(self.first + number, self._height(cells), None, {"level": level})
            for at, value in enumerate(cells):
                self._cell(At(number, at), value)
        self._bars()
        last = self.first + len(self.page.rows)
        for number, note in enumerate(self.page.notes):
            self._across(last + 1 + number, note, self.looks(text_wrap=True, italic=True))
        self._set_up()

    def _across(self, row: int, text: str, look: "Format") -> None:
        """A text over the whole width, in as many lines as it needs."""
        told = cell_text(text)
        last = len(self.widths) - 1
        if last > 0:
            self.to.merge_range(row, 0, row, last, "", look)
        self.to.write_string(row, 0, told, look)
        lines = _lines(told, max(20, sum(self.widths) * 4 // 5))
        self.to.set_row(row, min(_TALLEST, lines * (_LINE + 3 * bool(look.bold))))

    def _height(self, cells: Sequence[Cell]) -> int:
        """The height of a row by its longest text: not every program works it out itself."""
        texts = zip(cells, self.widths, strict=True)
        lines = [_lines(text, width) for text, width in texts if isinstance(text, str)]
        return min(_TALLEST, max(lines, default=1) * _LINE)

    def _headings(self) -> None:
        look = self.looks(bold=True, border=1, text_wrap=True, align="center")
        row = self.first - 1
        under = {at for over in self.page.over for at in range(over.first, over.last + 1)}
        for at, column in enumerate(self.page.columns):
            if self.page.over and at not in under:
                self.to.merge_range(row - 1, at, row, at, "", look)
                self.to.write_string(row - 1, at, cell_text(column.title), look)
            else:
                self.to.write_string(row, at, cell_text(column.title), look)
        for over in self.page.over:
            if over.last > over.first:
                self.to.merge_range(row - 1, over.first, row - 1, over.last, "", look)
            self.to.write_string(row - 1, over.first, cell_text(over.title), look)
        self._heading_heights(under)

    def _heading_heights(self, under: set[int]) -> None:
        """One row as high as the highest heading, or two where headings stand over others."""
        titles = [column.title for column in self.page.columns]
        tall = [_lines(title, width - 2) for title, width in zip(titles, self.widths, strict=True)]
        wide = [(o.title, sum(self.widths[o.first : o.last + 1])) for o in self.page.over]
        above = max((_lines(title, width - 2) for title, width in wide), default=0)
        below = max((tall[at] for at in under), default=0)
        below = max(below, max(tall, default=1) - above)
        if above:
            self.to.set_row(self.first - 2, min(_TALLEST, above * _LINE))
        self.to.set_row(self.first - 1, min(_TALLEST, below * _LINE))

    def _cell(self, at: At, value: Cell) -> None:
        column = self.page.columns[at.column]
        strong = at.row in self.page.strong
        bound = at in self.page.at_least
        look = self.looks.cell(column, value, strong=strong, at_least=bound)
        row = self.first + at.row
        if at in self.page.formulas and not isinstance(value, str):
            formula = f"={self._rendered(self.page.formulas[at])}"
            stored = _stored(self.page.exact.get(at, value))
            self.to.write_formula(row, at.column, formula, look, stored)
        elif value is None or value == "":
            self.to.write_blank(row, at.column, None, look)
        elif isinstance(value, str):
            self.to.write_string(row, at.column, cell_text(value), self._indented(at, look))
        else:
            exact = self.page.exact.get(at, value)
            if isinstance(exact, Fraction) and _shown(exact, value) != value:
                # A spreadsheet shows halves rounded up: where the scheme does otherwise, all digits.
                look = self.looks.cell(
                    column, value, strong=strong, all_digits=True, at_least=bound
                )
            self.to.write_number(row, at.column, _stored(exact), look)

    def _indented(self, at: At, look: "Format") -> "Format":
        """What stands within another, a little to the right where no code tells so."""
        coded = any(column.kind == "code" for column in self.page.columns)
        if at.column or coded or self.page.depths.get(at.row, 1) < _WITHIN:
            return look
        return self.looks(border=1, text_wrap=True, indent=1)

    def _rendered(self, told: Formula) -> str:
        return "".join(map(self._term, told))

    def _term(self, part: str | At | Span) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        if isinstance(part, str):
            return part
        if isinstance(part, Span):
            return f"{self._term(part.first)}:{self._term(part.last)}"
        return str(xl_rowcol_to_cell(self.first + part.row, part.column))

    def _bars(self) -> None:
        """Percentages as bars in their cells; a column without a heading shows nothing else."""
        last = self.first + len(self.page.rows) - 1
        for at, column in enumerate(self.page.columns):
            if column.kind == "bar" and last >= self.first:
                told = {
                    "type": "data_bar",
                    "bar_solid": True,
                    "bar_color": _BAR,
                    "min_type": "num",
                    "max_type": "num",
                    "min_value": 0,
                    "max_value": 100,
                    "bar_only": not column.title,
                }
                self.to.conditional_format(self.first, at, last, at, told)

    def _set_up(self) -> None:
        sheet, rows = self.to, len(self.page.rows)
        for at, width in enumerate(self.widths):
            sheet.set_column(at, at, width)
        names = (at for at, each in enumerate(self.page.columns) if each.kind == "text")
        name = next(names, 0)
        sheet.freeze_panes(self.first, name + 1 if name < 3 else 0)  # noqa: PLR2004
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins("0.4", "0.4", "0.6", "0.6")
        sheet.repeat_rows(self.first - (2 if self.page.over else 1), self.first - 1)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")
        if rows and self.widths:
            from xlsxwriter.utility import xl_range

            cells = xl_range(self.first, 0, self.first + rows - 1, len(self.widths) - 1)
            sheet.ignore_errors({"number_stored_as_text": cells, "formula_differs": cells})


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


def _width(column: Column, cells: Sequence[Cell], widest: int) -> int:
    """How wide a column is, in letters: texts wrap, numbers and codes do not."""
    lines = [line for cell in cells if cell is not None for line in str(cell).split("\n")]
    longest = max(map(len, lines), default=0)
    words = max(map(len, column.title.split()), default=0) + 2
    if column.kind == "text" and not longest:
        return max(words, _TO_FILL_IN)
    if column.kind == "text":
        return min(widest, max(words, min(longest + 2, max(_TO_FILL_IN, longest * 3 // 5))))
    if column.kind == "code":
        return max(7, min(16, longest + 2))
    return max(9, min(14, words), min(24, longest + 2))


def _widest(at: int, texts: Sequence[int]) -> int:
    """The first column of texts names what a row is about; beside others it gets more room."""
    return _WIDEST if at in texts[:1] else _WIDE if len(texts) > 2 else _WIDEST  # noqa: PLR2004


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; capitals are wider than other letters."""
    width = max(1, width * 4 // 5 if text.isupper() else width * 6 // 5)
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
