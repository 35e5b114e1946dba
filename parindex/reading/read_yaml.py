"""YAML as documents: every scalar as text, tags and anchors refused, depth bounded.

PyYAML (its C parser where it is built in) gives events; a constructed object
would have lost the text of its numbers and the places of its keys.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from parindex.findings import InputError
from parindex.reading.broken import broken_yaml, place_of
from parindex.reading.document import MAX_DEPTH, Document, fault
from parindex.reading.tree_builder import TreeBuilder
from parindex.values.codes import EMPTY_FILE, SYNTAX_BROKEN, YAML_TAG_OR_ANCHOR
from parindex.values.finding import Place

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NESTING: Final = re.compile(r"[\s:,?\[{-]*")
_LOOKED_AT: Final = 2000
"""Letters that a parser looks at, at the most, before it tells of the first of them."""


def read_yaml(text: str, file: str) -> Iterator[Document]:
    """The documents of a YAML text, one for each part between `---`.

    A document holds its own faults: those of `TreeBuilder`, and P105 a tag or
    an anchor. Empty documents are passed over.

    Raises:
        InputError: after the documents before it, P104 broken YAML, P106 much
            too deep; P113 nothing in it.
    """
    builder = TreeBuilder(file)
    read = 0
    event: Any
    found = blank = False
    empty = Place(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            read = event.end_mark.index
            if isinstance(event, yaml.DocumentStartEvent):
                builder, blank = TreeBuilder(file), True
            elif isinstance(event, yaml.DocumentEndEvent):
                if blank:
                    empty = empty if empty.line else builder.places[()]
                else:
                    found = True
                    yield builder.document()
                builder = TreeBuilder(file)
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                blank = blank and _is_blank(event)
                _take(event, builder)
    except yaml.YAMLError as error:
        _broken(error, builder, text, read)
        raise InputError(builder.faults) from error
    if not found:
        raise fault(EMPTY_FILE, empty)


def _is_blank(event: Any) -> bool:
    """Whether there is nothing: no letter and no quotes."""
    return isinstance(event, yaml.ScalarEvent) and event.implicit[0] and not event.value


def _take(event: Any, builder: TreeBuilder) -> None:
    """Hand on one event: the start or end of a collection, or a scalar."""
    if isinstance(event, yaml.CollectionEndEvent):
        builder.close()
        return
    place = Place(builder.file, event.start_mark.line + 1, event.start_mark.column + 1)
    if event.anchor or getattr(event, "tag", None):
        builder.note(YAML_TAG_OR_ANCHOR, place)
    if isinstance(event, yaml.AliasEvent):
        builder.text(f"*{event.anchor}", place)
    elif not isinstance(event, yaml.ScalarEvent):
        builder.value({} if isinstance(event, yaml.MappingStartEvent) else [], place)
    elif event.implicit[0] and event.value in _EMPTY and not builder.wants_key:
        builder.value(None, place)
    else:
        builder.text(builder.sound(event.value, place), place)


def _broken(error: yaml.YAMLError, builder: TreeBuilder, text: str, read: int) -> None:
    """Note why the parser, which had read so many letters, goes no further."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = mark.index if mark else getattr(error, "position", len(text))
    line, column = (mark.line + 1, mark.column + 1) if mark else place_of(text, position)
    # The parser may have met its own, larger bound of nesting while it looked ahead.
    deep = max(0, MAX_DEPTH - builder.depth)
    ahead = range(read, min(position, read + _LOOKED_AT, len(text)))
    openers = [at for at in ahead if text[at] in "[{"]
    if len(openers) > deep and _NESTING.fullmatch(text, read, openers[deep]):
        builder.too_deep(Place(builder.file, *place_of(text, openers[deep])))
    else:
        at, told = broken_yaml(text, position)
        line, column = (line, column) if at == position else place_of(text, at)
        builder.note(SYNTAX_BROKEN, Place(builder.file, line, column), **told)
