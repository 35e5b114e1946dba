"""How the cells of a template look: what is filled in is coloured and unlocked."""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_BASE: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_BOX: Final = {**_BASE, "border": 1}
_INPUT: Final = {**_BOX, "locked": False, "bg_color": "#FFF9E5"}


class Styles:
    """The formats of one workbook."""

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

    def printed(self, look: "Format", digits: int) -> "Format":
        """The same with so many decimals."""
        return self._format({**self._of[id(look)], "num_format": f"{0:.{digits}f}"})

    def figure(self, look: "Format") -> "Format":
        """The same with two to four decimals."""
        return self._format({**self._of[id(look)], "num_format": "0.00##"})

    def wrapped(self, look: "Format") -> "Format":
        """The same with lines that wrap."""
        return self._format({**self._of[id(look)], "text_wrap": True})

    def _format(self, says: dict[str, Any]) -> "Format":
        key = tuple(sorted(says.items()))
        if key not in self._made:
            made = self._book.add_format(says)
            self._made[key] = made
            self._of[id(made)] = says
        return self._made[key]
