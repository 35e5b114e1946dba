"""Data as JSON, with decimals as numbers of exactly their digits.

msgspec writes `Decimal` as a JSON number, which the standard library cannot,
and is several times faster than the other libraries that can.
"""

from typing import Any, TextIO

import msgspec

from parindex.render.formats import Shapes
from parindex.values.escaping import json_escaped
from parindex.values.language import Language

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
    return json_escaped(msgspec.json.format(_ENCODER.encode(data), indent=2).decode()) + "\n"


def render_line(data: Any) -> str:
    """JSON on one line, for NDJSON."""
    return json_escaped(_ENCODER.encode(data).decode()) + "\n"
