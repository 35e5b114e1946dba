"""JSON as documents: every number as the text that stands in the file, duplicate keys refused.

The standard library's decoder tells of each number its text, which faster ones
do not; places are JSON pointers (RFC 6901).
"""

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, Final, NamedTuple

from msgspec import field

from parindex.findings import InputError
from parindex.reading.broken import broken_json, place_of
from parindex.reading.document import (
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_TEXT,
    MAX_VALUES,
    Document,
    Tree,
    fault,
    normal,
    refused,
    without_halves,
)
from parindex.values.codes import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    NESTED_TOO_DEEP,
    SYNTAX_BROKEN,
    TOO_LONG,
)
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place


class _Deep(NamedTuple):
    """Where the nesting begins to be too deep, and where nothing more is read."""

    start: int
    end: int


class _Pairs(list[tuple[str, Any]]):
    """An object before its keys are compared."""


_SPACE: Final = re.compile(r"\s*")
_NESTING: Final = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_GIVEN_UP: Final = 10 * MAX_DEPTH
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
)


def read_json(text: str, file: str) -> Iterator[Document]:
    """The documents of a JSON text: an object, each of an array, or each of several in a row.

    A document holds its own faults: P104 a letter that no file may hold, P106
    too deep or too much, P107 duplicate keys, P111 a text too long.

    Raises:
        InputError: after the documents before it, P104 broken JSON, P106 much
            too deep; P113 nothing in it.
    """
    found = False
    for number, (value, alone) in enumerate(_values(text, file)):
        many = not isinstance(value, _Pairs) and isinstance(value, list)
        for position, item in enumerate(value if many else [value]):
            found = True
            start = () if alone else (number,)
            yield _Builder(file, (*start, position) if many else start).document(item)
    if not found:
        raise fault(EMPTY_FILE, Place(file))


def _values(text: str, file: str) -> Iterator[tuple[Any, bool]]:
    """The values that stand one after another, and whether there is only one."""
    deep = _too_deep(text)
    text = text[: deep.end] if deep else text  # how deep a decoder goes is another's business
    first = at = _after_space(text, 0)
    while at < len(text) or deep:
        start = at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield list(_before(text, at)), start == first
            raise _broken(error, text, file, deep) from error
        at = _after_space(text, at)
        yield value, at == len(text) and start == first


def _before(text: str, at: int) -> Iterator[Any]:
    """The values of an array before the one that is broken; of anything else none."""
    mark = "["
    while text[at : at + 1] == mark:
        at = _after_space(text, at + 1)
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError:
            return
        yield value
        at = _after_space(text, at)
        mark = ","


def _after_space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches anything


def _broken(error: json.JSONDecodeError, text: str, file: str, deep: _Deep | None) -> InputError:
    at = error.pos
    if deep and at == deep.end:
        place = Place(file, *place_of(text, deep.start))
        return fault(NESTED_TOO_DEEP, place, expected=f"≤ {MAX_DEPTH}")
    if text[at : at + 1] == ",":  # newer decoders name the comma before a bracket
        behind = _after_space(text, at + 1)
        at = behind if text[behind : behind + 1] in ("]", "}") else at
    return fault(SYNTAX_BROKEN, Place(file, *place_of(text, at)), **broken_json(text, at))


def _too_deep(text: str) -> _Deep | None:
    """Where the nesting goes so deep that nothing behind it is read."""
    depth = start = 0
    for found in _NESTING.finditer(text):
        depth += (found[0] in "[{") - (found[0] in "]}")
        if depth == MAX_DEPTH + 1 and found[0] in "[{":
            start = found.start()
        if depth > _GIVEN_UP:
            return _Deep(start, found.start())
    return None


class _Builder:
    """Turns decoded values into a tree, and notes what is wrong with them."""

    def __init__(self, file: str, start: Path) -> None:
        self.file = file
        self.start = start
        self.noted: list[tuple[str, str, Path, dict[str, str]]] = []
        self.room = MAX_VALUES

    def document(self, value: Any) -> Document:
        """The document of one value, with its faults."""
        tree = self._tree(value, (), MAX_DEPTH)
        whole = JsonDocument(self.file, tree, start=self.start)
        faults = tuple(
            Finding(code, where, told, place=whole.locate(path))
            for code, where, path, told in self.noted
        )
        if any(code == NESTED_TOO_DEEP for code, *_ in self.noted):
            tree = None
        return JsonDocument(self.file, tree, start=self.start, faults=faults)

    def _note(self, code: str, path: Path, where: str = "", **told: str) -> None:
        if len(self.noted) < MAX_FAULTS:
            self.noted.append((code, where, path, told))

    def _tree(self, value: Any, path: Path, depth: int) -> Tree:
        self.room -= 1
        if depth == 0 or self.room < 0:
            most = MAX_VALUES if depth else MAX_DEPTH
            if not any(code == NESTED_TOO_DEEP for code, *_ in self.noted):
                self._note(NESTED_TOO_DEEP, path, expected=f"≤ {most}")
            return None
        if isinstance(value, _Pairs):
            return self._object(value, path, depth)
        if isinstance(value, list):
            inside = takewhile(lambda _: self.room >= 0, enumerate(value))
            return [self._tree(item, (*path, number), depth - 1) for number, item in inside]
        if isinstance(value, bool):
            return "true" if value else "false"
        return None if value is None else self._text(value, path)

    def _text(self, text: str, path: Path) -> str:
        if len(text) > MAX_TEXT:
            self._note(TOO_LONG, path, found=short(text, 20), expected=f"≤ {MAX_TEXT}")
            return short(text, 20)
        letter = refused(text)
        if letter:
            self._note(SYNTAX_BROKEN, path, found=letter)
            text = without_halves(text)
        return normal(text)

    def _object(self, pairs: _Pairs, path: Path, depth: int) -> Tree:
        tree: dict[str, Tree] = {}
        for name, value in takewhile(lambda _: self.room >= 0, pairs):
            key = self._text(name, path)
            if key in tree:
                self._note(DUPLICATE_KEY, (*path, key), key, found=short(key))
            tree[key] = self._tree(value, (*path, key), depth - 1)
        return tree


class JsonDocument(Document, frozen=True):
    """A document of a JSON file; `start` is the way to it within the file."""

    start: Path = ()
    orders: dict[Path, dict[str, int]] = field(default_factory=dict)

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The pointer to a value; steps that the tree lacks are passed over."""
        at: Any = self.tree
        found: Path = self.start
        steps = [step for step in self.start if isinstance(step, int)]
        for step in path:
            if isinstance(at, dict) and step in at:
                steps.append(self._order(found, at)[str(step)])
            elif isinstance(at, list) and isinstance(step, int) and step < len(at):
                steps.append(step)
            else:
                continue
            at = at[step]
            found = (*found, step)
        return Place(self.file, steps=tuple(steps), pointer=pointer(found))

    def _order(self, path: Path, inside: dict[str, Tree]) -> dict[str, int]:
        """The position of each key of an object, found out once."""
        if path not in self.orders:
            self.orders[path] = {key: number for number, key in enumerate(inside)}
        return self.orders[path]


def pointer(path: Path) -> str:
    """A path as a JSON pointer; the whole document is `/`, so that a place is always told."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "/" + "/".join(steps)
