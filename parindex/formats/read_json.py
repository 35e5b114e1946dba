"""JSON as documents: every number as the text that stands in the file, duplicate keys refused.

The standard library's decoder tells of each number its text, which faster ones
do not; places are JSON pointers (RFC 6901).
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from parindex.findings import InputError
from parindex.formats.document import MAX_DEPTH, MAX_TEXT, Document, Tree, fault, normal
from parindex.model.fields import short
from parindex.model.finding import Finding, Path, Place


class _Pairs(list[tuple[str, Any]]):
    """An object before its keys are compared."""


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPACE: Final = re.compile(r"\s*")
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
)


def read_json(text: str, file: str) -> Iterator[Document]:
    """The documents of a JSON text: an object, each of an array, or each of several in a row.

    Raises:
        InputError: P104 broken JSON, P106 too deep, P107 duplicate keys (all of
            a document), P111 a text too long, P113 nothing in it.
    """
    found = False
    for number, (value, alone) in enumerate(_values(text, file)):
        many = not isinstance(value, _Pairs) and isinstance(value, list)
        for position, item in enumerate(value if many else [value]):
            found = True
            start = () if alone else (number,)
            yield _Builder(file, (*start, position) if many else start).document(item)
    if not found:
        raise fault("P113", Place(file))


def _values(text: str, file: str) -> Iterator[tuple[Any, bool]]:
    """The values that stand one after another, and whether there is only one."""
    first = at = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches anything
    while at < len(text):
        start = at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise fault("P104", Place(file, error.lineno, error.colno), found=error.msg) from error
        except RecursionError as error:
            raise fault("P106", _deepest(text, file), expected=f"≤ {MAX_DEPTH}") from error
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        yield value, at == len(text) and start == first


def _deepest(text: str, file: str) -> Place:
    """Where the nesting goes too deep; brackets in strings may make it a little early."""
    depth = 0
    for position, letter in enumerate(text):
        depth += (letter in "[{") - (letter in "]}")
        if depth > MAX_DEPTH:
            before = text[:position]
            return Place(file, before.count("\n") + 1, position - before.rfind("\n"))
    return Place(file)


class _Builder:
    """Turns decoded values into a tree with places."""

    def __init__(self, file: str, start: Path) -> None:
        self.file = file
        self.start = start
        self.faults: list[Finding] = []

    def document(self, value: Any) -> Document:
        """The document of one value; raises if keys stood twice."""
        tree = self._tree(value, (), MAX_DEPTH)
        if self.faults:
            raise InputError(self.faults)
        return JsonDocument(self.file, tree, start=self.start)

    def _tree(self, value: Any, path: Path, depth: int) -> Tree:
        if depth == 0:
            raise fault("P106", self._place(path), expected=f"≤ {MAX_DEPTH}")
        if isinstance(value, _Pairs):
            return self._object(value, path, depth)
        if isinstance(value, list):
            return [self._tree(item, (*path, i), depth - 1) for i, item in enumerate(value)]
        if isinstance(value, bool):
            return "true" if value else "false"
        if value is None:
            return None
        if len(value) > MAX_TEXT:
            told = {"found": short(value, 20), "expected": f"≤ {MAX_TEXT}"}
            raise fault("P111", self._place(path), **told)
        if _SURROGATE.search(value):
            raise fault("P104", self._place(path), found=short(ascii(value)))
        return normal(value)

    def _object(self, pairs: _Pairs, path: Path, depth: int) -> Tree:
        tree: dict[str, Tree] = {}
        for name, value in pairs:
            if len(name) > MAX_TEXT:
                told = {"found": short(name, 20), "expected": f"≤ {MAX_TEXT}"}
                raise fault("P111", self._place(path), **told)
            if _SURROGATE.search(name):
                raise fault("P104", self._place(path), found=short(ascii(name)))
            key = normal(name)
            if key in tree:
                place = self._place((*path, key))
                self.faults.append(Finding("P107", key, {"found": short(key)}, place=place))
            tree[key] = self._tree(value, (*path, key), depth - 1)
        return tree

    def _place(self, path: Path) -> Place:
        return Place(self.file, pointer=pointer((*self.start, *path)))


class JsonDocument(Document, frozen=True):
    """A document of a JSON file; `start` is the way to it within the file."""

    start: Path = ()

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The pointer to a value; steps that the tree lacks are passed over."""
        at: Any = self.tree
        found: Path = self.start
        for step in path:
            inside = isinstance(at, dict) and step in at
            if inside or (isinstance(at, list) and isinstance(step, int) and step < len(at)):
                at = at[step]
                found = (*found, step)
        return Place(self.file, pointer=pointer(found))


def pointer(path: Path) -> str:
    """A path as a JSON pointer; the whole document is `/`, so that a place is always told."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "/" + "/".join(steps)
