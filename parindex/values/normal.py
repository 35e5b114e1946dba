"""Letters in a normal form of Unicode, in time that grows only with their number."""

import re
import unicodedata
from typing import Final, Literal

_MOST: Final = 30
"""Marks of one letter that are kept: Unicode's own bound of text that is safe to stream (UAX #15)."""
_RUN: Final = re.compile(f"[\u0300-\U0010ffff]{{{_MOST + 1},}}")


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
