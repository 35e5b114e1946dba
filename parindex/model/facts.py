"""What a unit reports for a criterion: one kind of input each, exact and immutable."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

StateName = Literal["not_applicable", "no_evidence", "unknown"]


class Points(Struct, frozen=True):
    """Points as somebody gave them, with the digits as typed."""

    points: Decimal


class Percent(Struct, frozen=True):
    """Points as a share of the maximum, in hundredths: where a source prints only that."""

    percent: Decimal


class Value(Struct, frozen=True):
    """A measured figure from which a rule gives points; `is_percent` if written with `%`."""

    value: Decimal
    is_percent: bool = False


class Ratio(Struct, frozen=True):
    """A part of a whole as two counts, such as 234 of 543 services."""

    part: Decimal
    whole: Decimal

    def share(self) -> Fraction:
        """Part over whole, exact; `whole` must not be 0."""
        return Fraction(self.part) / Fraction(self.whole)


class State(Struct, frozen=True):
    """No figure, and why: does not apply, no evidence (zero points), or not yet known."""

    state: StateName


Fact = Points | Percent | Value | Ratio | State

UNKNOWN = State("unknown")


def form_of(fact: Fact) -> dict[str, Any]:
    """The fact as it stands in a scorecard file, numbers with the digits they had."""
    match fact:
        case Points(points):
            return {"points": points}
        case Percent(share):
            return {"percent": f"{share:f}%"}
        case Value(value, is_percent):
            return {"value": f"{value:f}%" if is_percent else value}
        case Ratio(part, whole):
            return {"ratio": [part, whole]}
        case State(state):
            return {"state": state}
