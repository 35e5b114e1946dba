"""Whether the name beside a code is that of its criterion, in other words, or that of another one.

Names are compared without marks, capitals and what stands in nearly every name
(`cải cách`, `công tác`); abbreviations are written out. `Thể chế` and `văn bản
quy phạm pháp luật` are one subject: the frames of different years call it so.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from parindex.office.xlsx.cells import Cell, cell_names
from parindex.office.xlsx.headings import WORDS
from parindex.office.xlsx.rows import Row, Table
from parindex.scheme.scheme import Criterion, Scheme
from parindex.values.codes import NAME_OF_OTHER_CRITERION, NAMES_WORDED_OTHERWISE
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_name
from parindex.values.normal import unseen_removed

Likeness = Literal["same", "reworded", "other"]
_WRITTEN_OUT: Final[dict[str, str]] = WORDS["abbreviations"]
_SUBJECTS: Final[dict[str, list[str]]] = WORDS["subjects"]
_IDLE: Final = frozenset(WORDS["idle"].split())
_EMPTY_WORDS: Final = re.compile(rf"(?<![^ ])(?:{'|'.join(WORDS['empty'])})(?![^ ])")
_ANY_SUBJECT: Final = "|".join(
    f"(?P<{name}>{'|'.join(words)})" for name, words in _SUBJECTS.items()
)
_SUBJECT: Final = re.compile(rf"(?<![^ ])(?:{_ANY_SUBJECT})(?![^ ])")
_NUMBERED: Final = re.compile(r"^(?:[0-9]+|[ivx]+)(?: [0-9]+)* (?=\D)| (?:[0-9]+|[ivx]+)$")
_OFFICE: Final = re.compile(
    r"((?i:Sở|Chi cục|Huyện|Thị xã|Thị trấn|Phường))\s+(?=[0-9A-ZÀ-ÝĐĂĨŨƠƯẠ-Ỹ])"
)
"""How the name of an office begins, where a capital follows."""
_LEADS: Final = re.compile(r"chủ trì|phụ trách|thực hiện|phối hợp|theo dõi|\blead", re.IGNORECASE)
"""A column that names the office of each criterion is no column of names."""
_ALIKE: Final = 17 / 20
_HARDLY: Final = Fraction(1, 5)
"""A share of common words that chance explains."""
_LONGEST: Final = 400
"""Letters of a name that are compared."""
_ENOUGH: Final = 2
"""Words of which a name has to consist before it is said to be another one."""


def names_checked(table: Table) -> Iterator[Finding]:
    """Compare the names beside the codes: a fault for each other one, and one doubt about wording."""
    reworded: list[tuple[tuple[int, int], dict[str, str]]] = []
    others, known = _other_columns(table), known_names(table.scheme)
    for row in table.rows:
        criterion, (column, cell) = row.criterion, _name_of(row, table, others)
        if criterion is None or cell is None or cell.formula or row.item:
            continue
        at, found = (row.number, column), likeness(cell.text, criterion, known)
        told = {"found": short(cell.text), "expected": short(criterion.name.vi)}
        if found == "other":
            table.add(table.sheet.finding(NAME_OF_OTHER_CRITERION, row.code, at, **told))
        elif found == "reworded":
            reworded.append((at, told))
    if reworded:
        told = {"count": str(len(reworded)), "cells": cell_names([at for at, _ in reworded])}
        at, first = reworded[0]
        yield table.sheet.finding(NAMES_WORDED_OTHERWISE, "", at, **told, **first)


def _other_columns(table: Table) -> list[int]:
    """The columns between codes and points whose headings say nothing, where none is that of names.

    A list of offices has such headings: `Tên đơn vị`, `Sở, ngành`.
    """
    columns = table.columns
    if "name" in columns:
        return []
    first = min(columns[name] for name in table.heading.inputs)
    between = set(range(columns["code"] + 1, first)) - set(columns.values())
    lines = range(table.heading.first, table.heading.last + 1)
    headings = [table.sheet.rows.get(row, {}) for row in lines]
    leads = {at for cells in headings for at, cell in cells.items() if _LEADS.search(cell.text)}
    return sorted(between - leads)


def _name_of(row: Row, table: Table, others: Sequence[int]) -> tuple[int, Cell | None]:
    """The column and the cell of a row's name; without a column of names the first text behind its code."""
    if "name" in row.cells:
        return table.columns["name"], row.cells["name"]
    cells = table.sheet.rows.get(row.number, {})
    for column in others:
        cell = cells.get(column)
        if cell is not None and cell.kind == "text" and re.search(r"[^\W\d_]{2}", cell.text):
            return column, cell
    return 0, None


def likeness(name: str, criterion: Criterion, known: Collection[frozenset[str]]) -> Likeness:
    """How the name that stands beside a code goes with that of its criterion.

    `other` only where it is exactly the name of another criterion, one of the
    `known_names`, or that of an office, or has no word in common with its own; a name
    that says nothing is never another one.
    """
    own = [_words(each) for each in _names(criterion)]
    given = _words(name[:_LONGEST])
    office = _OFFICE.match(name)
    if office and office[1].casefold() not in criterion.name.vi.casefold():
        return "other"
    is_idle = not given.plain or not any(each.plain for each in own)
    if is_idle or any(_is_same(given, each) for each in own):
        return "same"
    common = max(_common(given.subjects, each.subjects) for each in own)
    if given.plain in known and common < 1:
        return "other"
    enough = given.size >= _ENOUGH or bool(given.subjects & _SUBJECTS.keys())
    return "other" if common <= _HARDLY and enough else "reworded"


class _Words(NamedTuple):
    """A name as words: `plain` are those that say something, `subjects` has one for each subject; `size` is their number."""

    text: str
    size: int
    subjects: frozenset[str]
    plain: frozenset[str]


@lru_cache(maxsize=8192)
def _words(name: str) -> _Words:
    bare = fold_name(unseen_removed(name)).replace("-", " ")
    text = _NUMBERED.sub("", " ".join(_WRITTEN_OUT.get(word, word) for word in bare.split()))
    said = _EMPTY_WORDS.sub("", _SUBJECT.sub(lambda found: f"<{found.lastgroup}>", text))
    size = len(re.findall("[a-z]+", said))
    subjects = _telling(w.strip("<>") for w in said.split())
    return _Words(text, size, subjects, _telling(_EMPTY_WORDS.sub("", text).split()))


def _telling(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word not in _IDLE and not word.isdecimal())


def _names(criterion: Criterion) -> Iterator[str]:
    return filter(None, (criterion.name.vi, criterion.name.en))


def _is_same(given: _Words, own: _Words) -> bool:
    """Whether one is a part of the other, or they differ by a slip of the pen."""
    if given.plain <= own.plain or (own.plain and own.plain <= given.plain):
        return True
    return SequenceMatcher(None, given.text, own.text).ratio() >= _ALIKE


def _common(given: frozenset[str], own: frozenset[str]) -> Fraction:
    least = min(len(given), len(own))
    return Fraction(len(given & own), least) if least else Fraction(1)


def known_names(scheme: Scheme) -> Collection[frozenset[str]]:
    """The names of a scheme's criteria, as sets of words."""
    names = (name for criterion in scheme.by_code.values() for name in _names(criterion))
    return {_words(name).plain for name in names} - {frozenset()}
