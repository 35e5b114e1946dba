"""What is in the cells of a workbook: text, exact numbers, percentages, days, formulas; no marks of footnotes."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from parindex.reading.document import normal
from parindex.reading.numerals import DecimalMark
from parindex.values.exact import rounded, to_text
from parindex.values.finding import Place

MAX_COLUMN: Final = 16_384
MAX_ROW: Final = 1_048_576
_DIGITS: Final = 15
"""Digits of a number that a spreadsheet shows; the others are those of binary floats."""
_FLOAT: Final = re.compile(
    r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?"
)
_LARGEST: Final = 30
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SPACE: Final = re.compile("_x(000[9AaDd]|005[Ff])_")
"""Ends of lines, tabs and the underscore as Excel writes some of them."""
_QUIET: Final = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|[_*].|General', re.IGNORECASE)
_DATES: Final = re.compile(r"[dy]|e(?![-+])|m{3}", re.IGNORECASE)
_TIMES: Final = re.compile(r"[hs]|\[m+\]", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"(?:\[[^\]]*\]|[\s;])*;(?:\[[^\]]*\]|[\s;@])*")
"""Formats that show nothing of a number."""
_SAID: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\[\]]*\]')
_PLACES: Final = re.compile(r"[0#?]|General|[dymhseg]", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_CONDITION: Final = re.compile(r"\[[<>=]")
_DAYS: Final = frozenset((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)))
_CLOCKS: Final = frozenset((18, 19, 20, 21, 45, 46, 47))
_PERCENTS: Final = frozenset((9, 10))
_FEBRUARY: Final = 61
"""The first day by 1900 that does not depend on the day that was none."""
_NEW_YEAR: Final = datetime.date(1899, 12, 31)

_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_LOWERED: Final = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"
AS_RAISED: Final = str.maketrans("0123456789+-()abcdefghijklmnoprstuvwxyz", _RAISED)
_MARKS: Final = frozenset(_RAISED + _LOWERED)
_MEASURE: Final = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]?m|CO)|(?:^|[\s/×x*^])10)$")
"""Behind these a raised figure says something else: an area, a power of ten."""
_STARRED: Final = re.compile(
    r"([-+]?[0-9][0-9.,]*(?: ?%)?)\s*(?:\*{1,5}|\(\*{1,5}\)|[†‡]+|\[[0-9]{1,2}\]|\[\*+\])"
)
"""A figure or a code, and a mark of a footnote that nobody takes for a part of it."""
_BEHIND: Final = re.compile(r"(?<=\S)\s{0,9}(?:\*{1,5}|\(\*{1,5}\)|[†‡]{1,5}|\[[0-9*]{1,2}\])$")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*%?")

Kind = Literal["text", "number", "percent", "date", "time", "truth", "error", "unsaved"]
Shown = Literal["number", "percent", "date", "time"]
"""What the format of a number makes of it."""


class Style(NamedTuple):
    """What the style of a cell makes of a number, whether it hides it, has a font of TCVN3 or VNI, is bold."""

    shown: Shown = "number"
    is_unseen: bool = False
    is_in_old_font: bool = False
    is_bold: bool = False


class Cell(Struct, frozen=True):
    """A cell that holds something.

    `text` is what it says: a number with a decimal point and at most 15 digits,
    a percentage with its sign, a day as year-month-day, a time as hours, minutes
    and seconds. `formula` begins with
    `=`; its kind is `unsaved`, and its `text` empty, where no program stored what it gives.
    """

    text: str
    kind: Kind = "text"
    formula: str = ""


def shown_by(number: int, code: str) -> Shown:
    """What a number format makes of a number, by its number or its code."""
    if number in _DAYS:
        return "date"
    letters = _QUIET.sub("", code)
    if _DATES.search(letters):
        return "date"
    if number in _CLOCKS or _TIMES.search(letters):
        return "time"
    if "m" in letters.casefold():
        return "date"  # the number of the month
    return "percent" if number in _PERCENTS or "%" in letters else "number"


@lru_cache(maxsize=4096)
def number_cell(stored: str, shown: Shown, formula: str, *, since_1904: bool = False) -> Cell:
    """The cell of a number as the file stores it: the shortest form of at most 15 digits."""
    number = _decimal(stored)
    if number is None:
        return Cell(stored[:40], "error", formula)
    if shown == "percent":
        return Cell(f"{_plain(number * 100)}%", "percent", formula)
    if shown == "date":
        first = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
        if (since_1904 or number >= _FEBRUARY) and number < (datetime.date.max - first).days:
            day = first + datetime.timedelta(days=int(number))
            return Cell(day.isoformat(), "date", formula)
        if 0 <= number < _FEBRUARY:
            text = f"{_NEW_YEAR + datetime.timedelta(days=int(number))} {_clock(number % 1)}"
            return Cell(text, "time", formula)
    if shown in ("date", "time"):
        return Cell(_clock(number), "time", formula)
    return Cell(_plain(number), "number", formula)


def _clock(days: Decimal) -> str:
    """So many days as hours, minutes and seconds; so it is no number, wherever one is expected."""
    seconds = int(rounded(abs(days) * 86_400, 0))
    sign = "-" if days < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def hides_numbers(code: str) -> bool:
    """Whether a number format shows nothing of a number, as `;;;`, or always the same, as `"Đạt"`."""
    if _UNSEEN.fullmatch(code) or not code:
        return bool(code)
    sections = _SAID.sub(" ", code).split(";")
    shown = [bool(_PLACES.search(section)) for section in sections[:3]]
    if _CLOCK.search(code) or (len(sections) == 1 and "@" in sections[0]):
        return False
    is_conditional = bool(_CONDITION.search(code))
    return not (any(shown) if is_conditional else shown[0])


def text_cell(text: str, formula: str = "") -> Cell | None:
    """The cell of a text, composed and without spaces around it; None where nothing is left."""
    if "_x" in text:
        text = _SPACE.sub(lambda found: chr(int(found[1], 16)), text)
    said = without_marks(normal(text.replace("\xa0", " ")).strip())
    return Cell(said, "text", formula) if said or formula else None


def without_marks(text: str) -> str:
    """A text without the marks of footnotes behind it, where they are raised or it is a figure.

    A mark in the middle stays: then the text is no number, and the cell is refused.
    """
    if not text.isascii():
        said = text.rstrip(_RAISED + _LOWERED + " ,;*†‡")
        if said and not _MARKS.isdisjoint(text[len(said) :]) and not _MEASURE.search(said[-4:]):
            text = said
    starred = _STARRED.fullmatch(text) if text.endswith(("*", "]", ")", "†", "‡")) else None
    return starred[1] if starred else text


def name_without_marks(name: str) -> str:
    """A name without stars, signs and numbers in square brackets behind it."""
    return _BEHIND.sub("", name) or name


def _decimal(stored: str) -> Decimal | None:
    stored = stored.strip()
    if not _FLOAT.fullmatch(stored):
        return None
    number = Decimal(stored)
    if not number:
        return Decimal(0)
    if abs(number.adjusted()) > _LARGEST:
        return None
    digits = _DIGITS - 1 - number.adjusted()
    return rounded(number, digits) if digits > 0 else number


def _plain(number: Decimal) -> str:
    text = to_text(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or a text that begins as one does."""
    return cell.kind != "text" or bool(re.match(r"[-+]?[.,]?[0-9]", cell.text))


def mark_of(cell: Cell, mark: DecimalMark | None) -> DecimalMark | None:
    """The decimal mark of a cell: that of texts, where the user said so; a number has no two readings."""
    return mark if cell.kind == "text" else "point"


def number_in(cell: Cell | None) -> Decimal | None:
    """The number that a cell holds, also as text; None where it is none."""
    if cell is None or not re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)?", cell.text):
        return None
    return Decimal(cell.text.replace(",", "."))


def percent_in(cell: Cell) -> Decimal | None:
    """The percentage that a cell prints, with or without its sign."""
    match = _PERCENT.fullmatch(cell.text)
    return Decimal(match[1].replace(",", ".")) if match else None


@lru_cache(maxsize=8192)
def position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of `D17`; None where it is no cell."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """`D17`; of row 0, and above a table of Word, the letters of the column alone."""
    return f"{column_letters(column)}{row if row > 0 else ''}"


def cell_names(cells: Sequence[tuple[int, int]], most: int = 5) -> str:
    """The first cells by name, `C9, C10, …`."""
    return ", ".join([cell_name(*at) for at in cells[:most]] + ["…"] * (len(cells) > most))


def cell_place(file: str, sheet: str, order: int, row: int = 0, column: int = 0) -> Place:
    """The place of a cell as spreadsheets write it (`Sheet1!D17`), or of the whole sheet."""
    name = sheet if re.fullmatch(r"\w+", sheet) else f"'{sheet}'"
    where = f"{name}!{cell_name(row, column)}" if row > 0 else name  # above a table of Word
    return Place(file, steps=(order, row, column), pointer=where)
