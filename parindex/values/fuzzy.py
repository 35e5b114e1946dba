"""Accent-insensitive name keys and spelling suggestions."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from parindex.values.normal import normalized

_AS_D: Final = str.maketrans("ĐđÐðƉɖ", "DdDdDd")
_NO_LETTERS: Final = ("Mn", "Mc", "Me", "Cf")
_KIND: Final = re.compile(r"\s*tỉnh\s+(?=\w)", re.IGNORECASE)
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


def without_kind(name: str) -> str:
    """The name of a unit without the word `Tỉnh` before it: `Tỉnh Hòa Bình` and `Hòa Bình` are one."""
    return _KIND.sub("", normalized("NFC", name), count=1)


def is_unit(name: str, wanted: str) -> bool:
    """Whether a unit is the one that is asked for, with or without marks, capitals and `Tỉnh`.

    >>> is_unit("Tỉnh Hòa Bình", "hoa binh"), is_unit("Hòa Bình", "Tỉnh Hoà Bình"), is_unit("Tịnh Biên", "Biên")
    (True, True, False)
    """
    return not _spellings(name).isdisjoint(_spellings(wanted))


def _spellings(name: str) -> set[str]:
    return {fold_whole(name), fold_whole(without_kind(name))}


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
