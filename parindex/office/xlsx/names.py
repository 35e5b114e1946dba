"""Whether the name beside a code is that of its criterion, in other words, or that of another one.

Names are compared without marks, capitals and what stands in nearly every name
(`cải cách`, `công tác`); abbreviations are written out. `Thể chế` and `văn bản
quy phạm pháp luật` are one subject: the frames of different years call it so.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from parindex.office.xlsx.cells import cell_names
from parindex.office.xlsx.headings import WORDS
from parindex.office.xlsx.rows import Row, Table
from parindex.reading.codes import unseen_removed
from parindex.scheme.scheme import Criterion, Scheme
from parindex.values.codes import NAME_OF_OTHER_CRITERION, NAMES_WORDED_OTHERWISE
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.fuzzy import key

Likeness = Literal["same", "reworded", "other"]
_WRITTEN_OUT: Final[dict[str, str]] = WORDS["abbreviations"]
_SUBJECTS: Final[dict[str, list[str]]] = WORDS["subjects"]
_IDLE: Final = frozenset(WORDS["idle"].split())
_EMPTY_WORDS: Final = re.compile(rf"(?<![^ ])(?:{'|'.join(WORDS['empty'])})(?![^ ])")
_ANY_SUBJECT: Final = "|".join(
    f"(?P<{name.replace('-', '_')}>{'|'.join(words)})" for name, words in _SUBJECTS.items()
)
_SUBJECT: Final = re.compile(rf"(?<![^ ])(?:{_ANY_SUBJECT})(?![^ ])")
_NUMBERED: Final = re.compile(r"^(?:[0-9]+|[ivx]+)(?: [0-9]+)* (?=\D)| (?:[0-9]+|[ivx]+)$")
_OFFICE: Final = re.compile(
    r"((?i:Sở|Chi cục|Huyện|Thị xã|Thị trấn|Phường))\s+(?=[0-9A-ZÀ-ÝĐĂĨŨƠƯẠ-Ỹ])"
)
"""How the name of an office begins, where a capital follows."""
_ALIKE: Final = 17 / 20
_HARDLY: Final = Fraction(1, 5)
"""A share of common words that chance explains."""
_LONGEST: Final = 400
"""Letters of a name that are compared."""
_ENOUGH: Final = 2
"""Words of which a name has to consist before it is said to be another one."""


def names_checked(table: Table) -> Iterator[Finding]:
    """Compare the names beside the codes: a fault for each other one, and one doubt about wording."""
    reworded: list[tuple[Row, str, Criterion]] = []
    for row in table.rows:
        criterion, cell = table.scheme.by_code.get(row.code), row.cells.get("name")
        if criterion is None or cell is None or cell.formula or row.item:
            continue
        found = likeness(cell.text, criterion, table.scheme)
        if found == "other":
            told = {"found": short(cell.text), "expected": short(criterion.name.vi)}
            table.wrong(row, "name", NAME_OF_OTHER_CRITERION, **told)
        elif found == "reworded":
            reworded.append((row, cell.text, criterion))
    if reworded:
        row, text, criterion = reworded[0]
        column = table.columns["name"]
        told = {
            "count": str(len(reworded)),
            "cells": cell_names([(each.number, column) for each, _, _ in reworded]),
            "found": short(text),
            "expected": short(criterion.name.vi),
        }
        place = table.sheet.place(row.number, column)
        yield Finding(NAMES_WORDED_OTHERWISE, "", told, place=place)


def likeness(name: str, criterion: Criterion, scheme: Scheme) -> Likeness:
    """How the name that stands beside a code goes with that of its criterion.

    `other` only where it is exactly the name of another criterion, or that of an
    office, or has no word in common with its own; a name that says nothing is
    never another one.
    """
    own = [_words(each) for each in _names(criterion)]
    given = _words(name[:_LONGEST])
    office = _OFFICE.match(name)
    if office and office[1].casefold() not in criterion.name.vi.casefold():
        return "other"
    if not given.plain or any(_is_same(given, each) for each in own):
        return "same"
    if not any(each.plain for each in own):
        return "same"
    common = max(_common(given.subjects, each.subjects) for each in own)
    if given.plain in _known(_ById(scheme)) and common < 1:
        return "other"
    enough = given.size >= _ENOUGH or bool(given.subjects & _SUBJECTS.keys())
    return "other" if common <= _HARDLY and enough else "reworded"


class _Words:
    """A name as words: `plain` are those that say something, `subjects` has one for each subject; `size` is their number."""

    __slots__ = ("plain", "size", "subjects", "text")

    def __init__(self, text: str) -> None:
        words = " ".join(_WRITTEN_OUT.get(word, word) for word in text.split())
        self.text = _NUMBERED.sub("", words)
        said = _SUBJECT.sub(lambda found: f"<{found.lastgroup}>", self.text)
        said = _EMPTY_WORDS.sub("", said)
        self.size = len(re.findall("[a-z]+", said))
        self.subjects = frozenset(
            word.strip("<>").replace("_", "-") if word[0] == "<" else word
            for word in said.split()
            if word not in _IDLE and not word.isdecimal()
        )
        plain = _EMPTY_WORDS.sub("", self.text).split()
        self.plain = frozenset(w for w in plain if w not in _IDLE and not w.isdecimal())


@lru_cache(maxsize=8192)
def _words(name: str) -> _Words:
    return _Words(key(unseen_removed(name)).replace("-", " "))


def _names(criterion: Criterion) -> Iterator[str]:
    yield criterion.name.vi
    if criterion.name.en:
        yield criterion.name.en


def _is_same(given: _Words, own: _Words) -> bool:
    """Whether one is a part of the other, or they differ by a slip of the pen."""
    if given.plain <= own.plain or (own.plain and own.plain <= given.plain):
        return True
    return SequenceMatcher(None, given.text, own.text).ratio() >= _ALIKE


def _common(given: frozenset[str], own: frozenset[str]) -> Fraction:
    least = min(len(given), len(own))
    return Fraction(len(given & own), least) if least else Fraction(1)


class _ById:
    """A scheme as a key of a cache: the object itself, because comparing schemes takes long."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.scheme is self.scheme

    def __hash__(self) -> int:
        return id(self.scheme)


@lru_cache(maxsize=64)
def _known(scheme: _ById) -> frozenset[frozenset[str]]:
    """The names of a scheme's criteria, as sets of words."""
    found = (
        _words(name).plain
        for criterion in scheme.scheme.by_code.values()
        for name in _names(criterion)
    )
    return frozenset(words for words in found if words)
