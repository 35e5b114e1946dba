"""The text of a cell whose letters do not all look alike: raised marks are no part of what is said."""

import re
from collections.abc import Callable, Mapping
from typing import Final

_PLAIN: Final = "0123456789+-()abcdefghijklmnoprstuvwxyz"
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_LOWERED: Final = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"
_AS_RAISED: Final = str.maketrans(_PLAIN, _RAISED)
_LOOKS: Final = ("superscript", "subscript")
_FALSE: Final = ("0", "false", "off")
_STRUCK: Final = re.compile(r"\S")
_MARKS: Final = frozenset(_RAISED + _LOWERED)
_BESIDE: Final = " ,;*†‡"
_MEASURE: Final = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]?m|CO)|(?:^|[\s/×x*^])10)$")
"""Behind these a raised figure says something else: an area, a power of ten."""
_STARRED: Final = re.compile(
    r"([-+]?[0-9][0-9.,]*(?: ?%)?)\s*(?:\*{1,5}|\(\*{1,5}\)|[†‡]+|\[[0-9]{1,2}\]|\[\*+\])"
)
"""A figure or a code, and a mark of a footnote that nobody takes for a part of it."""
_BEHIND: Final = re.compile(r"(?<=\S)\s{0,9}(?:\*{1,5}|\(\*{1,5}\)|[†‡]{1,5}|\[[0-9*]{1,2}\])$")
_ENDS: Final = frozenset("*])†‡")


def without_marks(text: str) -> str:
    """A text without the marks of footnotes behind it, where they are raised or it is a figure.

    A mark in the middle stays: then the text is no number, and the cell is refused.
    """
    if not text.isascii():
        said = text.rstrip(_RAISED + _LOWERED + _BESIDE)
        if said and not _MARKS.isdisjoint(text[len(said) :]) and not _MEASURE.search(said[-4:]):
            text = said
    starred = _STARRED.fullmatch(text) if text[-1:] in _ENDS else None
    return starred[1] if starred else text


def name_without_marks(name: str) -> str:
    """A name without stars, signs and numbers in square brackets behind it."""
    return _BEHIND.sub("", name) or name


class RichText:
    """Puts together a text from its runs; how a word is pronounced is no part of it.

    `is_counted` counts letters, and says whether they are kept. What is raised or
    lowered is told in raised letters, so that it never joins what stands beside it;
    letters that are struck out stay so, and make no number.
    """

    def __init__(self, is_counted: Callable[[int], bool]) -> None:
        self._is_counted = is_counted
        self._pieces: list[str] = []
        self._is_text = self._is_spoken = self._is_raised = self._is_struck = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "t":
            self._is_text = not self._is_spoken
        elif name == "r":
            self._is_raised = self._is_struck = False
        elif name == "strike":
            self._is_struck = said.get("val", "1") not in _FALSE
        elif name == "vertAlign":
            self._is_raised = said.get("val") in _LOOKS
        elif name == "rPh":
            self._is_spoken = True

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._is_text and self._is_counted(len(said)):
            said = said.translate(_AS_RAISED) if self._is_raised else said
            self._pieces.append(_STRUCK.sub("\\g<0>\u0336", said) if self._is_struck else said)

    def end(self, name: str) -> None:
        """An element ends."""
        self._is_text = False
        if name == "r":
            self._is_raised = self._is_struck = False
        elif name == "rPh":
            self._is_spoken = False

    def take(self) -> str:
        """What was said since it was last taken."""
        said = "".join(self._pieces)
        self._pieces.clear()
        self._is_raised = self._is_spoken = self._is_struck = False
        return said
