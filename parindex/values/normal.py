"""Letters in a normal form of Unicode, in time that grows only with their number; and those without a shape."""

import re
import unicodedata
from typing import Final, Literal

_MOST: Final = 30
"""Marks of one letter that are kept: Unicode's own bound of text that is safe to stream (UAX #15)."""
_RUN: Final = re.compile(f"[\u0300-\U0010ffff]{{{_MOST + 1},}}")

_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]+"
)
"""Letters without a shape: of formats, of directions, and where a word may be parted."""


def normalized(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    """The text in a normal form; marks of one letter beyond the thirtieth are left out.

    To put marks in order takes time by the square of how many one letter has.
    """
    return unicodedata.normalize(form, _RUN.sub(_bounded, text))


def _bounded(found: "re.Match[str]") -> str:
    kept: list[str] = []
    marks = 0
    for letter in found[0]:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST:
            kept.append(letter)
    return "".join(kept)


def unseen_removed(text: str) -> str:
    """The text without the letters that nobody sees, such as U+200B, U+FEFF and U+00AD."""
    return text if text.isascii() else _UNSEEN.sub("", text)
