"""The order of Vietnamese names: 29 letters, then tones, one syllable after another."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from parindex.values.normal import normalized

_LETTERS: Final = {
    letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)
}
"""The places of the letters; f, j, w and z, which only foreign names have, are where Latin has them."""
_TONES: Final = {
    mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)
}
"""Huyền, hỏi, ngã, sắc, nặng; a syllable without a mark comes before all of them."""
_PARTS: Final = re.compile(r"[0-9]+|[^\W\d_]+")

Key = tuple[tuple[int, tuple[int, ...], int], ...]


@lru_cache(maxsize=65_536)
def name_key(name: str) -> tuple[Key, str]:
    """What names are sorted by: `Hà Nam` before `Hạ Long`, `Bạc Liêu` before `Bắc Giang`.

    Syllables are compared by their letters and, where these are the same, by
    their tones, as dictionaries do; ă, â, đ, ê, ô, ơ and ư are letters of their
    own. Numbers go by their value and come before letters; capitals and what
    is between syllables count only where all else is the same.
    """
    return tuple(map(_part, _PARTS.findall(normalized("NFC", name)))), name


def same_name(name: str) -> Key:
    """What two spellings of one name have in common: `Hoà` and `Hòa`, but not `Hóa` or `Hoa`.

    Names of different units may differ in their marks alone, so marks count.
    """
    return name_key(name)[0]


def same_unit(name: str) -> tuple[Key, str]:
    """What two spellings of one unit have in common: as `same_name`, and the signs in it.

    Names of signs alone are names too.
    """
    return same_name(name), re.sub(r"[\w\s]+", "", normalized("NFC", name))


def _part(part: str) -> tuple[int, tuple[int, ...], int]:
    if part.isdecimal():
        return 0, (len(part.lstrip("0")), *map(int, part.lstrip("0"))), 0
    letters: list[int] = []
    tone = 0
    for character in normalized("NFD", part.lower().replace("ð", "đ").replace("đ", "\ue000")):
        if character in _TONES:
            tone = _TONES[character]
        elif unicodedata.combining(character):
            whole = normalized("NFC", chr(letters[-1]) + character)
            letters[-1] = ord(whole) if len(whole) == 1 else letters[-1]
        else:
            letters.append(ord(character.replace("\ue000", "đ")))
    return 1, tuple(_LETTERS.get(chr(code), code) for code in letters), tone
