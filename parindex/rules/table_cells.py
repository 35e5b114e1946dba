"""The cells of a decision table: `>= 90%`, `0`, `>= 70% and < 90%`."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Annotated, Any, Final

from msgspec import Struct
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from parindex.rules.expression_parser import SPELLINGS
from parindex.rules.expression_tree import COMPARISONS
from parindex.rules.figures import FigureKind
from parindex.rules.one_figure import Scale
from parindex.rules.said_by_unit import or_by_unit
from parindex.values.codes import TOO_LONG, WRONG_TYPE
from parindex.values.exact import to_text
from parindex.values.fields import MAX_DIGITS, fault, short
from parindex.values.language import N_, Language

_MOST: Final = 200
_ONE: Final = re.compile(r"(<=|>=|==|!=|<>|[<>=≤≥≠])?\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(%)?", re.ASCII)
_EXPECTED: Final = N_("a figure or a condition, like 0, >= 90% or >= 70% and < 90%")


class Condition(Struct, frozen=True):
    """How a figure must stand to a number; 90 % is 0.9. The sign is one of COMPARISONS."""

    sign: str
    value: Fraction
    is_percent: bool

    def holds(self, figure: Fraction) -> bool:
        """Whether it holds for a figure."""
        return COMPARISONS[self.sign](figure, self.value)

    def text(self, say: Language) -> str:
        """As people read it: `≥ 90 %`."""
        number = say.percent(self.value * 100) if self.is_percent else say.number(self.value)
        return f"{self.sign} {number}"


class Cell(Struct, frozen=True):
    """Conditions for one figure, all of which must hold."""

    conditions: tuple[Condition, ...]

    def holds(self, figure: Fraction) -> bool:
        """Whether all hold for a figure."""
        return all(each.holds(figure) for each in self.conditions)

    @property
    def exact(self) -> bool:
        """Whether it names one figure."""
        return len(self.conditions) == 1 and self.conditions[0].sign == "="

    def text(self, say: Language) -> str:
        """As people read it: `≥ 70 % and < 90 %`."""
        joined = say("and")
        return f" {joined} ".join(each.text(say) for each in self.conditions)


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    text = str(value).strip() if isinstance(value, str | int) else ""
    if len(text) > _MOST:
        raise fault(TOO_LONG, found=short(text), expected=str(_MOST))
    found = [_ONE.fullmatch(each.strip()) for each in re.split(r"\band\b", text)]
    if isinstance(value, bool) or not all(found):
        raise fault(WRONG_TYPE, found=short(value), expected=_EXPECTED)
    return Cell(tuple(_condition(each, text) for each in found if each))


def _condition(found: "re.Match[str]", text: str) -> Condition:
    sign, number, percent = found.groups()
    if len(number) > MAX_DIGITS:
        raise fault(TOO_LONG, found=short(text), expected=str(MAX_DIGITS))
    sign = sign or "="
    value = Fraction(number)
    return Condition(SPELLINGS.get(sign, sign), value / 100 if percent else value, bool(percent))


def _cell_text(cell: Cell) -> str:
    return " and ".join(map(_condition_text, cell.conditions))


def _condition_text(each: Condition) -> str:
    """A condition as a file writes it, always in the same way."""
    number = f"{to_text(each.value * 100)}%" if each.is_percent else to_text(each.value)
    sign = {"≤": "<=", "≥": ">=", "≠": "!=", "=": ""}.get(each.sign, each.sign)
    return f"{sign} {number}".strip()


CellField = Annotated[
    Cell,
    PlainValidator(_cell),
    PlainSerializer(_cell_text),
    WithJsonSchema(or_by_unit({"type": ["number", "string"]})),
]
"""A figure (`0`, `90%`), or comparisons joined by `and`."""


def samples(kind: FigureKind, edges: set[Fraction]) -> list[Fraction]:
    """Figures of a kind that stand for all others: on every edge, and between each two of them."""
    if kind == "count":
        near = {n + d for edge in edges for n in (floor(edge), ceil(edge)) for d in (-1, 0, 1)}
        return [Fraction(each) for each in sorted({0, *near}) if each >= 0]
    top = [Fraction(1)] if kind == "percent" else []
    inside = {each for each in edges if each >= 0 and (not top or each <= 1)}
    marks = sorted({Fraction(0), *inside, *top})
    between = [(one + other) / 2 for one, other in pairwise(marks)]
    return sorted({*marks, *between, *([] if top else [marks[-1] + 1])})


def near(edges: set[Fraction], scale: Scale) -> Iterator[Fraction]:
    """The values of a scale on edges, and the next ones on both sides, from 0 to 100 % or without end."""
    for edge in edges:
        low = floor(edge / scale.unit)
        values = [number * scale.unit for number in range(low - 1, low + 3)]
        if scale.kind != "count" and scale.whole is None:
            values.append(edge)
        yield from (each for each in values if each >= 0 and (scale.kind != "percent" or each <= 1))


def shown(value: Fraction, kind: FigureKind) -> str:
    """A figure as a file writes it."""
    return f"{to_text(value * 100)}%" if kind == "percent" else to_text(value)
