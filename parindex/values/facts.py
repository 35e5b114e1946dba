"""What a unit reports for a criterion: one kind of input each, exact and immutable."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, get_args

from msgspec import Struct

StateName = Literal["not_applicable", "no_evidence", "unknown"]


class Points(Struct, frozen=True):
    """Points as somebody gave them, with the digits as typed; a quotient where a result was read back."""

    points: Decimal | Fraction


class Percent(Struct, frozen=True):
    """Points as a share of the maximum, in percent: where a source prints only that."""

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


class Answer(Struct, frozen=True):
    """The option that holds, by its name in the scheme."""

    answer: str


class Count(Struct, frozen=True):
    """How many there were."""

    count: int


class Date(Struct, frozen=True):
    """The day on which something was done."""

    date: datetime.date


class Items(Struct, frozen=True):
    """Which items of a list are met, by their names in the scheme."""

    items: tuple[str, ...]


class Answers(Struct, frozen=True):
    """How many people gave each answer of a questionnaire."""

    answers: Mapping[str, int]


Figure = Value | Ratio | Date | Answer
"""One of several figures: a number or percentage, a part of a whole, a day, or a word."""


class Figures(Struct, frozen=True):
    """Several figures from which one rule gives points, by the names that it has for them."""

    figures: Mapping[str, Figure]


class State(Struct, frozen=True):
    """No figure, and why: does not apply, no evidence (zero points), or not yet known."""

    state: StateName


Fact = Points | Percent | Value | Ratio | Answer | Count | Date | Items | Answers | Figures | State
FIELDS: Final[dict[str, type[Any]]] = {each.__name__.lower(): each for each in get_args(Fact)}
"""The kinds of facts by the fields that hold them in a file."""

UNKNOWN = State("unknown")
NOT_APPLICABLE = State("not_applicable")


def form_of(fact: Fact) -> dict[str, Any]:  # noqa: PLR0911
    """The fact as a scorecard file writes it, numbers with the digits they had."""
    match fact:
        case Ratio(part, whole):
            return {"ratio": [part, whole]}
        case Percent(share):
            return {"percent": f"{share:f}%"}
        case Value(value, True):
            return {"value": f"{value:f}%"}
        case Date(date):
            return {"date": date.isoformat()}
        case Figures(figures):
            return {"figures": {name: _figure(each) for name, each in figures.items()}}
        case Points(Fraction() as quotient):
            return {"points": str(quotient)}
        case _:  # the other kinds have one field, which the file calls the same
            field = fact.__struct_fields__[0]
            value = getattr(fact, field)
            return {field: list(value) if isinstance(value, tuple) else value}


def _figure(figure: Figure) -> Decimal | str:
    """One of several figures as a mapping holds it: a plain number, or a text."""
    if isinstance(figure, Value) and not figure.is_percent:
        return figure.value
    return figure_form(figure)


def figure_form(figure: Figure) -> str:
    """One of several figures as a file writes it: `982`, `97.2%`, `234/543`, `2018-12-31`, `late`."""
    match figure:
        case Ratio(part, whole):
            return f"{part:f}/{whole:f}"
        case Value(value, is_percent):
            return f"{value:f}{'%' if is_percent else ''}"
        case Date(date):
            return date.isoformat()
        case Answer(answer):
            return answer


def cell_form(fact: Fact) -> str:
    """The fact as one cell of a table holds it: `97.2%`, `234/543`, `A=120|B=30`, `tasks|budget`."""
    match fact:
        case Figures(figures):
            return "|".join(f"{name}={figure_form(each)}" for name, each in figures.items())
        case Answers(answers):
            return "|".join(f"{name}={count}" for name, count in answers.items())
        case Items(items):
            return "|".join(items)
        case Ratio():
            return figure_form(fact)
        case _:
            [told] = form_of(fact).values()
            return f"{told:f}" if isinstance(told, Decimal) else str(told)
