"""How wide a text is about, and its lines: an SVG breaks none by itself."""

import unicodedata
from typing import Final

FONT: Final = 14
"""Size of the letters of a chart, in its own units."""
LINE: Final = 18
"""From one line of text to the next."""

_NARROW: Final = frozenset("iljtfrIìíỉĩị.,:;'|!()[]·- ")
_WIDE: Final = frozenset("mwMWƯƠ@%&")


def width(text: str) -> int:
    """Units that a text needs at most in the usual typefaces, whichever the reader has."""
    return sum(map(_hundredths, text)) * FONT // 100 + 1


def _hundredths(letter: str) -> int:
    """The width of a letter in hundredths of its height."""
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 105
    if letter in _NARROW:
        return 36
    if letter in _WIDE:
        return 90
    return 76 if letter.isupper() else 57 if letter.isdigit() else 60


def wrapped(text: str, room: int, most: int) -> tuple[str, ...]:
    """The text in at most so many lines, each within `room`; what is left out is "…"."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        head = _head(rest, room)
        rest = rest[len(head) :].lstrip()
        lines.append(head.rstrip())
    if rest and lines:
        lines[-1] = f"{_head(f'{lines[-1]} {rest}', room - width('…')).rstrip()}…"
    return tuple(lines)


def _head(text: str, room: int) -> str:
    """As many words as fit; of a word that does not fit alone, as many letters."""
    fits = _fitting(text, room)
    if len(fits) == len(text) or text[len(fits)] == " ":
        return fits
    before = fits.rpartition(" ")[0]
    return before or fits


def _fitting(text: str, room: int) -> str:
    """The longest beginning within `room`, of one letter at least."""
    used = 0
    for position, letter in enumerate(text):
        used += _hundredths(letter) * FONT
        if used > room * 100 and position:
            return text[:position]
    return text
