"""YAML as documents: every scalar as text, tags and anchors refused, depth bounded.

PyYAML (its C parser where it is built in) gives events; the tree is built from
them here, without recursion, because a constructed object would have lost the
text of its numbers and the places of its keys.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from parindex.findings import InputError
from parindex.reading.broken import broken_yaml, place_of
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
)
from parindex.values.codes import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    NESTED_TOO_DEEP,
    SYNTAX_BROKEN,
    TOO_LONG,
    YAML_TAG_OR_ANCHOR,
)
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
_GIVEN_UP: Final = 10 * MAX_DEPTH
"""The depth from which on nothing more of a file is read: the parser becomes slow there."""
_NESTING: Final = re.compile(r"[\s:,?\[{-]*")
_LOOKED_AT: Final = 2000
"""Letters that a parser looks at, at the most, before it tells of the first of them."""


def read_yaml(text: str, file: str) -> Iterator[Document]:
    """The documents of a YAML text, one for each part between `---`.

    A document holds its own faults: P104 a key that is no text, or a letter
    that no file may hold, P105 a tag or an anchor, P106 too deep or too much,
    P107 duplicate keys, P111 a text too long. Empty documents are passed over.

    Raises:
        InputError: after the documents before it, P104 broken YAML, P106 much
            too deep; P113 nothing in it.
    """
    builder: _Builder | None = None
    read = 0
    event: Any
    found = False
    empty = Place(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            read = event.end_mark.index
            if isinstance(event, yaml.DocumentStartEvent):
                builder = _Builder(file)
            elif isinstance(event, yaml.DocumentEndEvent) and builder is not None:
                if builder.blank:
                    empty = empty if empty.line else builder.places[()]
                else:
                    found = True
                    yield builder.document()
                builder = None
            elif builder is not None and not isinstance(event, yaml.StreamEndEvent):
                builder.take(event)
    except yaml.YAMLError as error:
        builder = builder or _Builder(file)
        builder.broken(error, text, read)
        raise InputError(builder.faults) from error
    if not found:
        raise fault(EMPTY_FILE, empty)


class _Builder:
    """Puts events together into one document, and notes what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Finding] = []
        self.root: Tree = None
        self.open: list[tuple[Any, Path]] = []
        self.key: list[str | None] = []
        self.blank = True
        self.room = MAX_VALUES
        self.too_much = False

    def take(self, event: Any) -> None:
        """One event: the start or end of a collection, or a scalar."""
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            self._note(YAML_TAG_OR_ANCHOR, place)
            self._text(f"*{event.anchor}", place)
            return
        if event_is_special(event):
            self._note(YAML_TAG_OR_ANCHOR, place)
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.key.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        else:
            self._add({} if isinstance(event, yaml.MappingStartEvent) else [], place)

    def document(self) -> Document:
        """The finished document, with its faults."""
        tree = None if self.too_much else self.root
        return Document(self.file, tree, self.places, self.keys, tuple(self.faults))

    def broken(self, error: yaml.YAMLError, text: str, read: int) -> None:
        """Note why the parser, which had read so many letters, goes no further."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        position = mark.index if mark else getattr(error, "position", len(text))
        line, column = (mark.line + 1, mark.column + 1) if mark else place_of(text, position)
        if not self._went_deep(text, read, position):
            self._note(SYNTAX_BROKEN, Place(self.file, line, column), **broken_yaml(text, position))

    def _went_deep(self, text: str, start: int, end: int) -> bool:
        """Whether the parser met its own bound of nesting while it looked ahead; it is larger."""
        deep = max(0, MAX_DEPTH - len(self.open))
        openers = [at for at in range(start, min(end, start + _LOOKED_AT)) if text[at] in "[{"]
        if len(openers) <= deep or not _NESTING.fullmatch(text, start, openers[deep]):
            return False
        self._stop(Place(self.file, *place_of(text, openers[deep])), MAX_DEPTH)
        return True

    def _note(self, code: str, place: Place, where: str = "", **told: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Finding(code, where, told, place=place))

    def _scalar(self, event: Any, place: Place) -> None:
        text, plain = event.value, event.implicit[0]
        if plain and text in _EMPTY and not self._is_key():
            self.blank = self.blank and not text
            self._add(None, place)
            return
        if len(text) > MAX_TEXT:
            self._note(TOO_LONG, place, found=short(text, 20), expected=f"≤ {MAX_TEXT}")
            text = short(text, 20)
        letter = refused(text)
        if letter:
            self._note(SYNTAX_BROKEN, place, found=letter)
        self._text(normal(text), place)

    def _is_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], dict) and self.key[-1] is None

    def _text(self, text: str, place: Place) -> None:
        if self._is_key():
            self._key(text, place)
        else:
            self._add(text, place)

    def _key(self, key: str, place: Place) -> None:
        into, path = self.open[-1]
        if key in into:
            self._note(DUPLICATE_KEY, place, key, found=short(key))
        self.key[-1] = key
        self.keys.setdefault((*path, key), place)

    def _add(self, value: Tree, place: Place) -> None:
        self.blank = self.blank and value is None
        self.room -= 1
        if self.room < 0:
            self._stop(place, MAX_VALUES)
            raise InputError(self.faults)
        if self._is_key():  # a collection as a key: what is in it is read and left
            self._note(SYNTAX_BROKEN, place, found="{…}", expected="key: value")
            self._key("{…}", place)
            self._open(value, (*self.open[-1][1], "{…}"), place)
            return
        path: Path = ()
        if not self.open:
            self.root = value
        else:
            into, outer = self.open[-1]
            if isinstance(into, dict):
                key = self.key[-1]
                self.key[-1] = None
                into[key] = value
                path = (*outer, key or "")
            else:
                into.append(value)
                path = (*outer, len(into) - 1)
        if not self.too_much:
            self.places.setdefault(path, place)
        if isinstance(value, dict | list):
            self._open(value, path, place)

    def _open(self, value: Tree, path: Path, place: Place) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(place, MAX_DEPTH)
            if len(self.open) >= _GIVEN_UP:
                raise InputError(self.faults)
        self.open.append((value, path))
        self.key.append(None)

    def _stop(self, place: Place, most: int) -> None:
        """Note once that the document is too deep or holds too much."""
        if not self.too_much:
            self._note(NESTED_TOO_DEEP, place, expected=f"≤ {most}")
        self.too_much = True


def event_is_special(event: Any) -> bool:
    """Whether an event carries a tag or an anchor."""
    return bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
