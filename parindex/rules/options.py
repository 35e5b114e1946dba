"""What people write for an option: its id or one of its names, in either language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from parindex.values.facts import Figures
from parindex.values.fields import Name
from parindex.values.normal import normalized

YES_NO: Final = (("có", "yes", "x"), ("không", "no"))
"""What cells of a list say, first in Vietnamese and English."""
_YES: Final = frozenset((*YES_NO[0], "co"))
_NO: Final = frozenset((*YES_NO[1], "khong"))
_NONE: Final = frozenset((*_NO, "none", "khong co muc nao", "none of the items"))
_AS_D: Final = str.maketrans("ÐðƉɖ", "ĐđĐđ")
"""Letters that look like đ and are typed for it."""
_BETWEEN: Final = re.compile(r"(\s*[;|,\n]\s*)")
_MOST: Final = 100
"""Pieces of a list that are put together to names."""


@lru_cache(4096)
def _folded(text: str) -> str:
    """Without capitals, letters that nobody sees, and the full stop behind; what parts two words is one space."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    said = normalized("NFC", seen.translate(_AS_D).strip()).casefold()
    said = re.sub(r"\s*([;,])\s*", r"\1 ", " ".join(said.replace("_", " ").split()))
    return re.sub(r"(?<=\w)[ -]+(?=\w)", " ", said).strip().rstrip(".")


@lru_cache(4096)
def _bare(text: str) -> str:
    """The same without marks: `dung han`."""
    letters = normalized("NFD", _folded(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def yes_or_no(text: str) -> bool | None:
    """Whether a text says yes or no, in either language; None where it says neither."""
    said = _bare(text)
    return True if said in _YES else False if said in _NO else None


def option_of(text: str, ids: Iterable[str], names: Mapping[str, Name]) -> str | None:
    """The id of the option that a text means; None where it is none, or may be several.

    It is the id, or a name in one of the languages; capitals, spaces and marks
    need not be as they are there, unless options differ by them alone. Yes and
    no mean the options that are called so in any of the words for them.
    """
    known = {each: (each, *_names(names.get(each))) for each in ids}
    if text in known:
        return text
    for fold in (_folded, _bare):
        said = fold(text)
        found = [each for each, words in known.items() if said in map(fold, words)]
        if found:
            return found[0] if len(found) == 1 else None
    answer = yes_or_no(text)
    if answer is None:
        return None
    found = [
        each for each, words in known.items() if any(yes_or_no(word) is answer for word in words)
    ]
    return found[0] if len(found) == 1 else None


def options_of(text: str, ids: Iterable[str], names: Mapping[str, Name]) -> tuple[str, ...] | None:
    """The ids of all options that a text lists, between `;`, `|`, commas or lines.

    A name may itself have these signs in it. None where a piece is no option, or
    where the text can be read in two ways; empty where it says that there is none.
    """
    known = tuple(ids)
    whole = option_of(text, known, names)
    if whole is not None:
        return (whole,)
    if not text.strip() or _bare(text) in _NONE:
        return ()
    pieces = _BETWEEN.split(text.strip())
    if len(pieces) > _MOST:
        return None
    ways: list[list[tuple[str, ...]]] = [[()]]  # of the pieces before each place
    for end in range(1, len(pieces) + 1, 2):
        found: list[tuple[str, ...]] = []
        for start in range(0, end, 2):
            id_ = option_of("".join(pieces[start:end]), known, names)
            if id_ is not None:
                found += [(*before, id_) for before in ways[start // 2]]
        ways.append(found[:2])
    return ways[-1][0] if len(ways[-1]) == 1 else None


def meant_figures(fact: Figures, names: Iterable[str], called: Mapping[str, Name]) -> Figures:
    """Figures by the ids that a rule has for them, where it has labels of them in either language.

    A figure that is none of them stays as it is, and so do all where two would be one.
    """
    known = list(names)
    found = {option_of(each, known, called) or each: x for each, x in fact.figures.items()}
    return Figures(found) if len(found) == len(fact.figures) else fact


def _names(name: Name | None) -> tuple[str, ...]:
    return () if name is None else tuple(filter(None, (name.vi, name.en)))
