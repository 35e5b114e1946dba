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
from parindex.reading.document import MAX_DEPTH, MAX_DOCUMENTS, MAX_VALUES, Document, fault
from parindex.reading.tree_builder import GIVEN_UP, TreeBuilder
from parindex.values.codes import EMPTY_FILE, NESTED_TOO_DEEP, SYNTAX_BROKEN
from parindex.values.finding import Path, Place

_END: Final = object()
"""What stands for the end of an array."""


class _Stop(NamedTuple):
    """Where there begins to be too much, where nothing more is read, and how much there may be."""

    start: int
    end: int
    most: int


class _Pairs(list[tuple[str, Any]]):
    """An object before its keys are compared."""


_SPACE: Final = re.compile(r"\s*")
_TOKENS: Final = re.compile(r'[\[\]{},]|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1, ",": 0}
_MUCH: Final = 2 * MAX_VALUES
"""Values of a document from which on nothing more of a file is read."""
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
    number = -1
    for number, (value, start) in enumerate(_values(text, file)):
        if number >= MAX_DOCUMENTS:
            place = Place(file, pointer=pointer(start))
            raise fault(NESTED_TOO_DEEP, place, expected=f"≤ {MAX_DOCUMENTS}")
        yield _document(value, file, start)
    if number < 0:
        raise fault(EMPTY_FILE, Place(file))


def _values(text: str, file: str) -> Iterator[tuple[Any, Path]]:
    """The values that stand one after another, or in arrays, each with the way to it.

    They are decoded one by one, and counted before, so that little is held at once.
    """
    stop, is_alone = _counted(text)
    if stop and stop.most == MAX_DOCUMENTS:
        raise _too_much(stop, text, file)
    text = text[: stop.end] if stop else text  # how deep a decoder goes is another's business
    at = _after_space(text, 0)
    number = 0
    try:
        while at < len(text) or stop:
            start = () if is_alone else (number,)
            if text[at : at + 1] == "[":
                for position, (value, behind) in enumerate(_items(text, at)):
                    at = behind
                    if value is not _END:
                        yield value, (*start, position)
            else:
                value, at = _DECODER.raw_decode(text, at)
                yield value, start
            at, number = _after_space(text, at), number + 1
    except json.JSONDecodeError as error:
        raise _broken(error, text, file, stop) from error


def _items(text: str, at: int) -> Iterator[tuple[Any, int]]:
    """The items of an array, each with where it ends, and at last its own end.

    Raises:
        JSONDecodeError: it is broken, after the items before that.
    """
    at = _after_space(text, at + 1)
    while text[at : at + 1] != "]":
        value, at = _DECODER.raw_decode(text, at)
        yield value, at
        at = _after_space(text, at)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
            if text[at : at + 1] != "]":
                continue
        elif text[at : at + 1] == "]":
            break
        raise json.JSONDecodeError("", text, at)
    yield _END, at + 1


def _after_space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches anything


def _broken(error: json.JSONDecodeError, text: str, file: str, stop: _Stop | None) -> InputError:
    at = error.pos
    if stop and at == stop.end:
        return _too_much(stop, text, file)
    if text[at : at + 1] == ",":  # newer decoders name the comma before a bracket
        behind = _after_space(text, at + 1)
        at = behind if text[behind : behind + 1] in ("]", "}") else at
    return fault(SYNTAX_BROKEN, Place(file, *place_of(text, at)), **broken_json(text, at))


def _too_much(stop: _Stop, text: str, file: str) -> InputError:
    place = Place(file, *place_of(text, stop.start))
    return fault(NESTED_TOO_DEEP, place, expected=f"≤ {stop.most}")


def _counted(text: str) -> tuple[_Stop | None, bool]:
    """Where there is so much, or it goes so deep, that nothing behind it is read.

    The second is whether the first value is the only one.
    """
    outer = 1 if text.lstrip()[:1] == "[" else 0
    depth = deep = count = documents = first = 0
    for found in _TOKENS.finditer(text):
        step = _STEPS.get(found[0])
        if step is None:
            continue
        depth += step
        count += step >= 0
        if depth == MAX_DEPTH + 1 and step > 0:
            deep = found.start()
        if depth <= outer:  # behind a document, or before one
            count = 0
            documents += step < 0 if depth < 1 else not step
            first = first or (found.end() if depth < 1 else 0)
        if depth > GIVEN_UP:
            return _Stop(deep, found.start(), MAX_DEPTH), not first
        if documents > MAX_DOCUMENTS or count > _MUCH:
            most = MAX_VALUES if count else MAX_DOCUMENTS
            return _Stop(found.start(), found.start(), most), not first
    return None, not first or _after_space(text, first) == len(text)


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
