"""YAML and JSON: trees with keys and values dropped, doubled, swapped, nested, retyped or put in other words."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain
from random import Random
from typing import Any, Final, TypeVar

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from tests.fuzzing.texts import changes, lines_changed, nasty, token_changed

Item = TypeVar("Item")
Slot = tuple[Node, int]
"""A collection and a position in it."""
_TEXT: Final = "tag:yaml.org,2002:str"
_TAGS: Final = (
    "!x",
    "tag:yaml.org,2002:python/object/apply:os.system",
    "tag:yaml.org,2002:binary",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:set",
)
_OFTEN: Final = "drop double swap add another-value another-value another-value another-value"
_SELDOM: Final = "drop double swap add add add key nest tag"
_WAYS: Final = (*(_OFTEN.split() * 3), *_SELDOM.split(), "another key")
_TOLD: Final = (
    "note reason explanation source unit name title group parent province label text office"
)
_KEYS: Final = _TOLD.split()
_DEPTHS: Final = (1, 2, 38, 41, 150)
_MOST: Final = 20_000
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Final[Any] = yaml.SafeLoader("")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: Final = frozenset(("true", "false", "null"))


def tree_changed(random: Random, data: bytes) -> str:
    """The documents of a file with a few changes, as YAML or JSON."""
    return _text_of(random, _changed_roots(random, data))


def _changed_roots(random: Random, data: bytes) -> list[Node]:
    roots = _composed(data)
    if len(roots) > 2:
        start = random.randrange(len(roots) - 1)
        roots = roots[start : start + 2]
    for _ in range(changes(random)):
        slots = [slot for root in roots for slot in _slots(root)]
        if slots:
            _change(random, slots, random.choice(slots))
    return roots


def tree_as_json(random: Random, data: bytes) -> str:
    """The documents of a YAML file with a few changes, as JSON."""
    return _json(random, _changed_roots(random, data)[0])


def json_changed(random: Random, data: bytes) -> str:
    """The values of JSON or NDJSON with a few changes, as JSON."""
    roots = [*chain.from_iterable(map(_composed, _values(data.decode())))]
    for _ in range(changes(random)):
        slots = [slot for root in roots for slot in _slots(root)]
        if slots:
            _change(random, slots, random.choice(slots))
    text = "\n".join(_json(random, root) for root in roots)
    return text if random.randrange(12) else _words_changed(random, text)


def _composed(text: str | bytes) -> list[Node]:
    return [*yaml.compose_all(text, Loader=_LOADER)]


def _values(text: str) -> list[str]:
    lines = text.splitlines()
    return lines if len(lines) > 1 and all(line.startswith("{") for line in lines) else [text]


def _text_of(random: Random, roots: list[Node]) -> str:
    if not random.randrange(4):
        return "\n".join(_json(random, root) for root in roots)
    text: str = yaml.serialize_all(roots, allow_unicode=bool(random.randrange(2)), width=10_000)
    return text if random.randrange(12) else _words_changed(random, text)


def _words_changed(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 3)):
        text = random.choice((token_changed, lines_changed))(random, text)
    return text


def _slots(root: Node) -> Iterator[Slot]:
    """Every place in a tree, each collection once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting and len(seen) < _MOST:
        node = waiting.pop()
        if id(node) in seen or isinstance(node, ScalarNode):
            continue
        seen.add(id(node))
        for number, item in enumerate(node.value):
            yield node, number
            waiting += item if isinstance(item, tuple) else [item]


def _change(random: Random, slots: list[Slot], slot: Slot) -> None:
    node, number = slot
    items = node.value
    if number >= len(items):
        return
    match random.choice(_WAYS):
        case "drop":
            del items[number]
        case "double":
            times = random.choice((1, 1, 1, 3, 30))
            items[number:number] = [_copied(random, items[number]) for _ in range(times)]
        case "swap":
            other, place = random.choice(slots)
            if place < len(other.value):
                _put(other, place, _copied(random, _held(node, number)))
        case "add" | "key" | "another key" as way if isinstance(node, MappingNode):
            _change_key(random, node, number, random.choice(slots), way)
        case "nest":
            _put(node, number, _nested(random, _held(node, number)))
        case "tag":
            _held(node, number).tag = random.choice(_TAGS)
        case _:
            _put(node, number, _scalar(nasty(random)))


def _change_key(random: Random, node: MappingNode, number: int, slot: Slot, way: str) -> None:
    """Add a key that many mappings may have, or call one as nothing is called, or as another is."""
    if way == "add":
        node.value.append((_scalar(random.choice(_KEYS)), _scalar(nasty(random))))
        return
    key: Node = _scalar(nasty(random))
    other, place = slot
    if way == "another key" and other.value:
        held = other.value[place % len(other.value)]
        key = _copied(random, held[0] if isinstance(held, tuple) else held)
    node.value[number] = (key, node.value[number][1])


def _copied(random: Random, item: Item) -> Item:
    """A copy; now and then, and where it is too deep, the very same node: YAML writes an alias."""
    try:
        return deepcopy(item) if random.randrange(20) else item
    except RecursionError:
        return item


def _held(node: Node, number: int) -> Node:
    item = node.value[number]
    held: Node = item[1] if isinstance(item, tuple) else item
    return held


def _put(node: Node, number: int, held: Node) -> None:
    item = node.value[number]
    node.value[number] = (item[0], held) if isinstance(item, tuple) else held


def _nested(random: Random, node: Node) -> Node:
    is_list = random.randrange(2)
    for _ in range(random.choice(_DEPTHS)):
        if is_list:
            node = SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
        else:
            node = MappingNode("tag:yaml.org,2002:map", [(_scalar("a"), node)], flow_style=True)
    return node


def _scalar(text: str) -> ScalarNode:
    tag = _RESOLVER.resolve(ScalarNode, text, (True, False))
    return ScalarNode(tag, text)


def _json(random: Random, root: Node) -> str:
    """A tree as JSON, cut off where it runs in a circle."""
    left = [_MOST]
    ascii_ = bool(random.randrange(2))

    def text(node: Node, depth: int) -> str:
        left[0] -= 1
        if depth > 200 or left[0] < 0:
            return "0"
        if isinstance(node, ScalarNode):
            is_plain = node.tag != _TEXT and (node.value in _WORDS or _NUMBER.fullmatch(node.value))
            return node.value if is_plain else json.dumps(node.value, ensure_ascii=ascii_)
        if isinstance(node, SequenceNode):
            return f"[{','.join(text(each, depth + 1) for each in node.value)}]"
        pairs = (
            f"{json.dumps(str(key.value)[:400_000], ensure_ascii=ascii_)}:{text(value, depth + 1)}"
            for key, value in node.value
        )
        return "{" + ",".join(pairs) + "}"

    return text(root, 0)
