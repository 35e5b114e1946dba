"""YAML as documents: every scalar as text, tags and anchors refused, depth bounded.

PyYAML (its C parser where it is built in) gives events; the tree is built from
them here, without recursion, because a constructed object would have lost the
text of its numbers and the places of its keys.
"""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from parindex.findings import InputError
from parindex.formats.document import MAX_DEPTH, MAX_TEXT, Document, Tree, fault, normal
from parindex.model.fields import short
from parindex.model.finding import Finding, Path, Place

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(text: str, file: str) -> Iterator[Document]:
    """The documents of a YAML text, one for each part between `---`.

    Raises:
        InputError: P104 broken YAML, P105 a tag or an anchor, P106 too deep,
            P107 duplicate keys (all of a document), P111 a text too long.
    """
    builder: _Builder | None = None
    found = False
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                builder = _Builder(file)
            elif isinstance(event, yaml.DocumentEndEvent) and builder is not None:
                found = True
                yield builder.document()
            elif builder is not None and not isinstance(event, yaml.StreamEndEvent):
                builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise fault("P104", place, found=short(error.problem or "")) from error
    except yaml.reader.ReaderError as error:
        place = _place_of(text, error.position, file)
        raise fault("P104", place, found=f"U+{error.character:04X}") from error
    except yaml.YAMLError as error:
        raise fault("P104", Place(file), found=short(str(error).split(" in ")[0])) from error
    if not found:
        raise fault("P113", Place(file))


def _place_of(text: str, position: int, file: str) -> Place:
    """Line and column of a character; the C parser and Python's count characters alike."""
    before = text[:position]
    return Place(file, before.count("\n") + 1, position - before.rfind("\n"))


class _Builder:
    """Puts events together into one document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Finding] = []
        self.root: Tree = None
        self.open: list[tuple[Any, Path]] = []
        self.key: list[str | None] = []

    def take(self, event: Any) -> None:
        """One event: the start or end of a collection, or a scalar."""
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event_is_special(event):
            raise fault("P105", place)
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.key.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        else:
            self._add({} if isinstance(event, yaml.MappingStartEvent) else [], place)

    def document(self) -> Document:
        """The finished document; raises if keys stood twice."""
        if self.faults:
            raise InputError(self.faults)
        return Document(self.file, self.root, self.places, self.keys)

    def _scalar(self, event: Any, place: Place) -> None:
        if len(event.value) > MAX_TEXT:
            raise fault("P111", place, found=short(event.value, 20), expected=f"≤ {MAX_TEXT}")
        plain = event.implicit[0]
        if self.open and isinstance(self.open[-1][0], dict) and self.key[-1] is None:
            self._key(normal(event.value), place)
        else:
            self._add(None if plain and event.value in _EMPTY else normal(event.value), place)

    def _key(self, key: str, place: Place) -> None:
        into, path = self.open[-1]
        if key in into:
            self.faults.append(Finding("P107", key, {"found": short(key)}, place=place))
        self.key[-1] = key
        self.keys.setdefault((*path, key), place)

    def _add(self, value: Tree, place: Place) -> None:
        path: Path = ()
        if not self.open:
            self.root = value
        else:
            into, outer = self.open[-1]
            if isinstance(into, dict):
                key = self.key[-1]
                if key is None:
                    raise fault("P104", place, found="{…}", expected="key: value")
                self.key[-1] = None
                into[key] = value
                path = (*outer, key)
            else:
                into.append(value)
                path = (*outer, len(into) - 1)
        self.places.setdefault(path, place)
        if isinstance(value, dict | list):
            if len(self.open) >= MAX_DEPTH:
                raise fault("P106", place, expected=f"≤ {MAX_DEPTH}")
            self.open.append((value, path))
            self.key.append(None)


def event_is_special(event: Any) -> bool:
    """Whether an event carries a tag or an anchor."""
    return bool(getattr(event, "anchor", None) or getattr(event, "tag", None))
