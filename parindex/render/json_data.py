"""Data as JSON, with decimals as numbers of exactly their digits.

msgspec writes `Decimal` as a JSON number, which the standard library cannot,
and is several times faster than the other libraries that can.
"""

from typing import Any

import msgspec

from parindex.values.escaping import json_escaped

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def render_json(data: Any) -> str:
    """Indented JSON with a line break at the end."""
    return json_escaped(msgspec.json.format(_ENCODER.encode(data), indent=2).decode()) + "\n"


def render_line(data: Any) -> str:
    """JSON on one line, for NDJSON."""
    return json_escaped(_ENCODER.encode(data).decode()) + "\n"
