"""Data as JSON, with decimals as numbers of exactly their digits.

msgspec writes `Decimal` as a JSON number, which the standard library cannot,
and is several times faster than the other libraries that can.
"""

import re
from decimal import Decimal
from typing import Any, Final, TextIO

import msgspec

from parindex.render.formats import Shapes
from parindex.values.escaping import json_escaped, without_halves
from parindex.values.language import Language

_EXPONENT: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|(-?[0-9.]+E[+-][0-9]+)')
"""Texts, which are passed over, and numbers as `1E-7`."""
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def write(shapes: Shapes, stream: TextIO, _say: Language, _dialect: str) -> None:
    """Write one object: its format, what holds for all items, and the items."""
    head = {"format": shapes.format, **shapes.head}
    stream.write(render_json({**head, shapes.key: list(shapes.items)}))


def write_lines(shapes: Shapes, stream: TextIO, _say: Language, _dialect: str) -> None:
    """Write an item on each line, as it comes."""
    stream.writelines(render_line({**shapes.head, **item}) for item in shapes.items)


def render_json(data: Any) -> str:
    """Indented JSON with a line break at the end."""
    return json_escaped(msgspec.json.format(_encoded(data), indent=2).decode()) + "\n"


def render_line(data: Any) -> str:
    """JSON on one line, for NDJSON."""
    return json_escaped(_encoded(data).decode()) + "\n"


def _encoded(data: Any) -> bytes:
    try:
        text = _ENCODER.encode(data)
    except UnicodeEncodeError:  # the name of a file whose bytes are no letters
        text = _ENCODER.encode(_writable(data))
    return _EXPONENT.sub(_in_full, text) if b"E-" in text or b"E+" in text else text


def _in_full(found: "re.Match[bytes]") -> bytes:
    """A number without an exponent, which nobody types and our readers refuse; texts as they are."""
    return f"{Decimal(found[1].decode()):f}".encode() if found[1] else found[0]


def _writable(data: Any) -> Any:
    """The data with texts that can be written."""
    if isinstance(data, str):
        return without_halves(data)
    if isinstance(data, dict):
        return {_writable(name): _writable(value) for name, value in data.items()}
    return [_writable(each) for each in data] if isinstance(data, list | tuple) else data
