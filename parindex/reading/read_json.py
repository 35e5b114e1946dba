"""JSON as documents: every number as the text that stands in the file, duplicate keys refused.

The standard library's decoder tells of each number its text, which faster ones
do not; places are JSON pointers (RFC 6901).
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple

from parindex.findings import InputError
from parindex.reading.broken import broken_json, place_of
from parindex.reading.document import MAX_DEPTH, Document, fault
from parindex.reading.tree_builder import GIVEN_UP, TreeBuilder
from parindex.values.codes import EMPTY_FILE, NESTED_TOO_DEEP, SYNTAX_BROKEN
from parindex.values.finding import Path, Place


class _Deep(NamedTuple):
    """Where the nesting begins to be too deep, and where nothing more is read."""

    start: int
    end: int


class _Pairs(list[tuple[str, Any]]):
    """An object before its keys are compared."""


_SPACE: Final = re.compile(r"\s*")
_NESTING: Final = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
)


def read_json(text: str, file: str) -> Iterator[Document]:
    """The documents of a JSON text: an object, each of an array, or each of several in a row.

    A document holds its own faults, which are those of `TreeBuilder`.

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
            yield _document(item, file, (*start, position) if many else start)
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
        if depth > GIVEN_UP:
            return _Deep(start, found.start())
    return None


def _document(value: Any, file: str, start: Path) -> Document:
    """One decoded value as a document; `start` is the way to it within the file."""
    builder = TreeBuilder(file)
    steps = tuple(step for step in start if isinstance(step, int))
    with suppress(InputError):  # too much: the document says so, and what follows is read
        _build(builder, value, start, steps)
    return builder.document()


def _build(builder: TreeBuilder, value: Any, path: Path, steps: tuple[int, ...]) -> None:
    """Hand on a value and all in it; it was seen before that it is not too deep for this."""
    place = Place(builder.file, steps=steps, pointer=pointer(path))
    if isinstance(value, _Pairs):
        builder.value({}, place)
        order: dict[str, int] = {}
        for name, inner in value:
            key = builder.sound(name, place)
            below, number = (*path, key), order.setdefault(key, len(order))
            at = Place(builder.file, steps=(*steps, number), pointer=pointer(below))
            builder.key(key, at)
            _build(builder, inner, below, at.steps)
        builder.close()
    elif isinstance(value, list):
        builder.value([], place)
        for number, inner in enumerate(value):
            _build(builder, inner, (*path, number), (*steps, number))
        builder.close()
    elif value is None:
        builder.value(None, place)
    else:
        text = value if isinstance(value, str) else "true" if value else "false"
        builder.value(builder.sound(text, place), place)


def pointer(path: Path) -> str:
    """A path as a JSON pointer; the whole document is `/`, so that a place is always told."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "/" + "/".join(steps)
