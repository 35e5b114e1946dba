"""What the cells of a score hold, in a table."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from parindex.reading.numerals import DecimalMark
from parindex.scorecard.entry_file import read_percent, read_points, read_ratio, read_value
from parindex.values.codes import DUPLICATE_KEY, WRONG_TYPE
from parindex.values.escaping import csv_text
from parindex.values.facts import Fact, Percent, Points
from parindex.values.fields import fault, short

SIMPLE: Final[dict[str, Callable[[str, DecimalMark | None, Decimal | None], Fact]]] = {
    "points": lambda cell, mark, most: Points(read_points(cell, mark, most)),
    "percent": lambda cell, mark, most: Percent(read_percent(cell, mark, most)),
    "value": read_value,
    "ratio": read_ratio,
}
"""The kinds of input that a row mostly holds alone, read without a form."""
_BETWEEN: Final = re.compile(r"[|;\n]")
_COMMA: Final = re.compile(r",(?=\s+[^\W\d][^|;:=\n]{0,199}[:=])")
_NAMED: Final = re.compile(r"\s*\{?\s*[^\W\d][^|;:=\n]{0,199}[:=]")
_PRINTED: Final = re.compile(r"\s*([^=|]+?)\s*:\s*([0-9]+)\s*(?:[,;|](?=.)|$)")


def value_of(name: str, cell: str) -> Any:
    """A cell as it would stand in YAML: `tasks|budget` and `A=120|B=30` are lists.

    Raises:
        PydanticCustomError: P107 one of the answers or figures stands twice, P110 a figure
            has no name.
    """
    if name == "items":
        return [each.strip() for each in cell.split("|")]
    if name not in ("answers", "figures"):
        return csv_text(cell)
    named: dict[str, str | None] = {}
    for key, number in _figures(cell) if name == "figures" else _pairs(cell):
        if key.strip() in named:
            raise fault(DUPLICATE_KEY, found=key.strip())
        named[key.strip()] = number
    return named


def is_named(cell: str) -> bool:
    """Whether a cell holds figures by their names, which no single figure looks like."""
    return _NAMED.match(cell) is not None


def _figures(cell: str) -> Iterator[tuple[str, str]]:
    """Figures by name: `on_time=982|received=1000`, `on_time: 982; received: 1000`, as YAML has them.

    A comma parts two of them only where a name follows it, and one is before: others are
    decimal marks, or belong to a name.
    """
    text = csv_text(cell).strip()
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    for pair in _pieces(text):
        name, sign, figure = pair.rpartition("=" if "=" in pair else ":")
        if not sign:
            raise fault(WRONG_TYPE, found=short(pair), expected="on_time=982|received=1000")
        yield name, figure.strip()


def _pieces(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(text):
        held = ""
        for piece in _COMMA.split(part):
            held = f"{held},{piece}" if held else piece
            if "=" in held or ":" in held:
                yield held
                held = ""
        if held.strip():
            yield held


def _pairs(cell: str) -> Iterator[tuple[str, str | None]]:
    """Answers with their numbers, of `A=120|B=30`, or as they are printed: `A: 120, B: 30`."""
    printed = [*_PRINTED.finditer(cell)]
    if printed and "".join(each[0] for each in printed) == cell:
        yield from ((each[1], each[2]) for each in printed)
        return
    for pair in cell.split("|"):
        answer, equals, number = pair.partition("=")
        yield answer, number if equals else None
