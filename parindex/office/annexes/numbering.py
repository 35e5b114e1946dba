"""Codes out of the numbering that an annex prints: `I / 1 / 1.1`, `A.`, `a)`, `1.1.1`."""

import re
from typing import Final, Literal, NamedTuple

from parindex.values.fuzzy import fold_marks

Style = Literal["letter", "roman", "digits", "small", "capitals"]

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_DIGITS: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}")
_COMMA: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{1,3}){1,5}")
_LEADING: Final = re.compile(
    r"(?:(?i:phần|mục|chương|nhóm|khối|lĩnh vực|tiêu chí|nội dung)\s+"
    r"(?P<told>[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}|[IVXL]{1,6}|[A-Z])\s?[.:)–-]"
    r"|(?P<own>(?:[0-9]{1,3}\.){1,5}[0-9]{1,3}(?:\.|\s?[-–:])?|[0-9]{1,3}[.)]|(?:[IVXL]{1,6}|[A-Z])(?:[.)]|\s?[-–])"
    r"|[a-zđ]\)))(?:\s+|(?<=[0-9][.)])(?=[^\W\d_]))(?=\S)"
)


class Number(NamedTuple):
    """A printed number: its style, the numbers that it is made of, and how it is printed."""

    style: Style
    path: tuple[int, ...]
    label: str


class Numbered(NamedTuple):
    """A criterion's place: its depth from 1, its code, and what is printed for it."""

    depth: int
    code: str
    label: str


def read_number(printed: str) -> Number | None:
    """The number that a cell prints, or None where it prints none.

    >>> read_number("II."), read_number("1.2.10")
    (Number(style='roman', path=(2,), label='II'), Number(style='digits', path=(1, 2, 10), label='1.2.10'))
    """
    label = re.sub(r"\s+", "", printed).strip(".)(-")
    if _COMMA.fullmatch(label):
        label = label.replace(",", ".")
    if _DIGITS.fullmatch(label):
        return Number("digits", tuple(map(int, label.split("."))), label)
    if roman := _of_roman(label):
        return Number("roman", (roman,), label)
    if re.fullmatch("[A-Z]", label):
        return Number("letter", (ord(label) - ord("A") + 1,), label)
    if re.fullmatch("[ivx]{2,5}", label) and (roman := _of_roman(label.upper())):
        return Number("small", (roman,), label)
    if re.fullmatch("[a-zđ]", label):
        return Number("small", (ord(fold_marks(label)) - ord("a") + 1,), label)
    return None


def leading_number(words: str) -> tuple[str, str]:
    """The number at the head of words, and the rest; an empty one where there is none."""
    found = _LEADING.match(words)
    return (found["told"] or found["own"], words[found.end() :]) if found else ("", words)


def _of_roman(label: str) -> int:
    if not label or not re.fullmatch("X{0,3}(?:IX|IV|V?I{0,3})|XL|L", label):
        return 0
    values = [_ROMAN[letter] for letter in label]
    return sum(
        -each if each < after else each
        for each, after in zip(values, [*values[1:], 0], strict=True)
    )


class _Open(NamedTuple):
    number: Number
    code: str


class Numbering:
    """Gives each number of an annex, in its order, its depth and a code of its own.

    A style that was met first is above those met later. A roman number or a
    capital letter above makes digits begin anew below it: the code is that of
    what is above, and the own number.
    """

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._styles: list[Style] = []
        self._capitals = 0

    def add(self, number: Number) -> Numbered:
        """The place of the next number."""
        number = self._as_letter(number)
        if number.style not in self._styles:
            self._styles.append(number.style)
        rank = self._styles.index(number.style)
        while self._open and not self._is_above(self._open[-1].number, number, rank):
            self._open.pop()
        code = self._code(number)
        self._open.append(_Open(number, code))
        return Numbered(len(self._open), code, number.label)

    def add_capitals(self, code: str = "") -> Numbered:
        """The place of an area that is printed in capitals, without a number; `code` where it is told."""
        self._capitals += not code
        code = code or str(self._capitals)
        number = Number("capitals", (self._capitals,), "")
        if "capitals" not in self._styles:
            self._styles.insert(0, "capitals")
        self._open.clear()
        self._open.append(_Open(number, code))
        return Numbered(1, code, "")

    def next_after(self, printed: Number) -> Number:
        """A number that a spreadsheet stores without its last zero: `1.1` after `1.9` is `1.10`."""
        siblings = (each.number for each in self._open if each.number.style == "digits")
        last = next((each.path for each in siblings if len(each.path) == len(printed.path)), ())
        if (
            len(last) > 1
            and last[:-1] == printed.path[:-1]
            and last[-1] + 1 == printed.path[-1] * 10
        ):
            path = (*last[:-1], last[-1] + 1)
            return Number("digits", path, ".".join(map(str, path)))
        return printed

    def _as_letter(self, number: Number) -> Number:
        """`I` behind `H`, or `C` behind `B`, is a letter and no roman number."""
        order = ord(number.label[:1] or " ") - ord("A") + 1
        before = [each.number.path[0] for each in self._open if each.number.style == "letter"]
        is_next = bool(before) and before[-1] + 1 == order
        lone = number.style == "roman" and number.path[0] > 1 and "roman" not in self._styles
        if number.style == "roman" and len(number.label) == 1 and (is_next or lone):
            return Number("letter", (order,), number.label)
        return number

    def _is_above(self, above: Number, number: Number, rank: int) -> bool:
        if above.style == number.style == "digits":
            return (
                len(above.path) < len(number.path) and number.path[: len(above.path)] == above.path
            )
        return self._styles.index(above.style) < rank

    def _code(self, number: Number) -> str:
        parent = self._open[-1] if self._open else None
        own = number.path
        if parent and parent.number.style == number.style == "digits":
            own = own[len(parent.number.path) :]
        elif parent and number.style == "digits" and len(own) > 1 and own[:1] == parent.number.path:
            own = own[1:]
        said = number.label if number.style in ("letter", "small") else ".".join(map(str, own))
        return f"{parent.code}.{said}" if parent else said
