"""A workbook as it is written: names that every program takes, each format made once, ready to print."""

import re
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT: Final = "Times New Roman"
AREA_COLOUR: Final = "#DDEBF7"
"""Behind areas and totals."""
MOST_LEVELS: Final = 7
"""Levels to which rows can be folded."""
_A4: Final = 9
_MOST: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]+")
_RESERVED: Final = "history"


class Output:
    """A workbook in memory. Text stays text: nothing in it becomes a formula or a link."""

    def __init__(self) -> None:
        from xlsxwriter.workbook import Workbook

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._made = BytesIO()
        self.file: Workbook = Workbook(self._made, options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._taken = {_RESERVED}

    def data(self) -> bytes:
        """The bytes of the finished workbook."""
        self.file.close()
        return self._made.getvalue()

    def look(self, **says: Any) -> "Format":
        """The format with these properties."""
        key = tuple(sorted(says.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({"font_name": FONT, "font_size": 12, **says})
        return self._formats[key]

    def tab(self, text: str) -> str:
        """The text as the name of a sheet: at most 31 letters, with a number where it is taken.

        Capitals do not tell two names apart.
        """
        bare = _cut(" ".join(_FORBIDDEN.sub(" ", text).split()), _MOST) or "–"
        found, count = bare, 1
        while found.casefold() in self._taken:
            count += 1
            end = f" ({count})"
            found = f"{_cut(bare, _MOST - len(end))}{end}"
        self._taken.add(found.casefold())
        return found


def _cut(text: str, most: int) -> str:
    """The beginning of a text, counted as these programs do: a letter beyond U+FFFF is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip(" '")


def put(
    sheet: "Worksheet", row: int, at: int, value: str | Decimal | int | None, look: Any
) -> None:
    """Write a text as text, a number, or an empty cell."""
    if value is None:
        sheet.write_blank(row, at, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, look)
    else:
        sheet.write_number(row, at, value, look)


def print_whole(sheet: "Worksheet", first: int, last: int) -> None:
    """Print as wide as a page, with its number, and these rows of headings on each."""
    print_wide(sheet)
    sheet.repeat_rows(first, last)
    sheet.set_footer("&R&P / &N")


def print_wide(sheet: "Worksheet") -> None:
    """Print across A4, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
