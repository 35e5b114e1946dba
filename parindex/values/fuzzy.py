"""Accent-insensitive name keys and spelling suggestions."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from parindex.values.normal import normalized

_AS_D: Final = str.maketrans("ĐđÐðƉɖ", "DdDdDd")
_NO_LETTERS: Final = ("Mn", "Mc", "Me", "Cf")
_MOST: Final = 500
"""Names that are compared at the most: one comparison takes some 20 µs."""


def fold_name(name: str) -> str:
    """What a name is looked up by: `Hoà Bình`, `Hòa Bình` and `hoa binh` are the same.

    Letters lose their marks and their case; what is between words counts
    as a hyphen.
    """
    letters = fold_marks(name)
    return re.sub(r"[^0-9a-z]+", "-", letters.lower()).strip("-")


def fold_marks(name: str) -> str:
    """The letters without marks, and without those that nobody sees; `Ð` is typed for `Đ`."""
    if name.isascii():
        return name
    bare = normalized("NFD", name.translate(_AS_D))
    return "".join(letter for letter in bare if unicodedata.category(letter) not in _NO_LETTERS)


def fold_whole(name: str) -> str:
    """What a whole name is compared by: as `fold_name`, but a sign that makes it another one stays.

    Full stops, commas and dashes between words count as a hyphen; `A+` and `A-`
    are not `A`.

    >>> fold_whole("Hòa Bình"), fold_whole("TP. hoa-binh"), fold_whole("A+"), fold_whole(" A -")
    ('hoa-binh', 'tp-hoa-binh', 'a+', 'a-')
    """
    letters = fold_marks(name)
    words = re.sub(r"(?<=[0-9a-z])[^0-9a-z+*#&/()<>=%!?]+(?=[0-9a-z])", "-", letters.lower())
    return re.sub(r"\s+", "", words).strip(".,;:'\"“”’_")


def find_named(name: str, names: Iterable[str]) -> str | None:
    """Which of some names is meant: the same one, or the first that is `fold_whole` alike."""
    known = list(names)
    alike = (each for each in known if fold_whole(each) == fold_whole(name))
    return name if name in known else next(alike, None)


def suggest(word: str, words: Iterable[str]) -> str:
    """Up to three names like `word`, the most similar first, or an empty text."""
    from difflib import get_close_matches
    from itertools import islice

    alike = (name for name in words if abs(len(name) - len(word)) <= max(2, len(word) // 4))
    return ", ".join(get_close_matches(word, list(islice(alike, _MOST)), cutoff=7 / 10))
