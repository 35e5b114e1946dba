"""Builds the tree of one document from its parts in order: bounded, with places and faults.

The readers of YAML and JSON hand on what they meet; nothing here recurses or
knows either format.
"""

from typing import Any, Final

from parindex.findings import InputError
from parindex.reading.document import (
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_TEXT,
    MAX_VALUES,
    Document,
    Tree,
    normal,
    refused,
    without_halves,
)
from parindex.values.codes import DUPLICATE_KEY, NESTED_TOO_DEEP, SYNTAX_BROKEN, TOO_LONG
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place

GIVEN_UP: Final = 10 * MAX_DEPTH
"""The depth from which on nothing more of a file is read: parsers become slow there."""


class TreeBuilder:
    """Takes the keys and values of a document in its order, and notes what is wrong with them.

    The faults are P104 a letter that no file may hold, or a key that is no text,
    P106 too deep or too much, P107 duplicate keys, P111 a text too long.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Finding] = []
        self.depth = 0
        self._root: Tree = None
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._room = MAX_VALUES
        self._too_much = False

    def document(self) -> Document:
        """The finished document, with its faults."""
        tree = None if self._too_much else self._root
        return Document(self.file, tree, self.places, self.keys, tuple(self.faults))

    def note(self, code: str, place: Place, where: str = "", **told: str) -> None:
        """Note a fault, as long as there are not too many of them."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Finding(code, where, told, place=place))

    def too_deep(self, place: Place, most: int = MAX_DEPTH) -> None:
        """Note once that the document is too deep or holds too much."""
        if not self._too_much:
            self.note(NESTED_TOO_DEEP, place, expected=f"≤ {most}")
        self._too_much = True

    @property
    def wants_key(self) -> bool:
        """Whether the next text is a key."""
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key[-1] is None

    def sound(self, text: str, place: Place) -> str:
        """A text as it is kept: composed, without halves of letters, and not too long."""
        if len(text) > MAX_TEXT:
            self.note(TOO_LONG, place, found=short(text, 20), expected=f"≤ {MAX_TEXT}")
            text = short(text, 20)
        letter = refused(text)
        if letter:
            self.note(SYNTAX_BROKEN, place, found=letter)
            text = without_halves(text)
        return normal(text)

    def text(self, text: str, place: Place) -> None:
        """A key or a text, whichever comes next."""
        if self.wants_key:
            self.key(text, place)
        else:
            self.value(text, place)

    def key(self, key: str, place: Place) -> None:
        """The key of the value that follows."""
        into, path = self._open[-1]
        if key in into:
            self.note(DUPLICATE_KEY, place, key, found=short(key))
        self._key[-1] = key
        self.keys.setdefault((*path, key), place)

    def value(self, value: Tree, place: Place) -> None:
        """A text, nothing, or an empty collection that is filled until `close`.

        Raises:
            InputError: it is not worth reading on: there is much too much.
        """
        self._room -= 1
        if self._room < 0:
            self.too_deep(place, MAX_VALUES)
            raise InputError(self.faults)
        path = self._put(value, place)
        if isinstance(value, dict | list):
            if self.depth >= MAX_DEPTH:
                self.too_deep(place)
                if self.depth >= GIVEN_UP:
                    raise InputError(self.faults)
            self._open.append((value, path))
            self._key.append(None)
            self.depth += 1

    def close(self) -> None:
        """The end of a collection."""
        self._open.pop()
        self._key.pop()
        self.depth -= 1

    def _put(self, value: Tree, place: Place) -> Path:
        """Put a value where it belongs; its path."""
        if not self._open:
            self._root = value
            path: Path = ()
        else:
            into, outer = self._open[-1]
            if self.wants_key:  # a collection as a key: what is in it is read and left
                self.note(SYNTAX_BROKEN, place, found="{…}", expected="key: value")
                self.key("{…}", place)
                return (*outer, "{…}")
            if isinstance(into, dict):
                key = self._key[-1] or ""
                self._key[-1] = None
                into[key] = value
                path = (*outer, key)
            else:
                into.append(value)
                path = (*outer, len(into) - 1)
        if not self._too_much:
            self.places.setdefault(path, place)
        return path
