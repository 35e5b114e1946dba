"""What tests of rules use: rules and facts in the short form in which files write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from parindex.rules import AnyRule, Gain
from parindex.rules.base import RefusedError, Rule
from parindex.values.facts import Answer, Answers, Count, Date, Fact, Items, Ratio, Value
from parindex.values.language import language

ADAPTER: TypeAdapter[Rule] = TypeAdapter(AnyRule)
EN, VI = language("en"), language("vi")
TWO = Fraction(2)


def rule(**fields: Any) -> Rule:
    return ADAPTER.validate_python(fields)


def fact(text: str) -> Fact:
    """A fact as CSV writes it: `97%`, `2.5`, `234/543`, `n=3`, `2024-01-15`, `+a|b`, `:option`."""
    if text[0] in ":+":
        names = tuple(filter(None, text[1:].split("|")))
        return Items(names) if text[0] == "+" else Answer(text[1:])
    if text.startswith("n="):
        return Count(int(text[2:]))
    if "=" in text:
        pairs = (pair.split("=") for pair in text.split("|"))
        return Answers({name: int(count) for name, count in pairs})
    if "/" in text:
        part, whole = text.split("/")
        return Ratio(Decimal(part), Decimal(whole))
    if text.count("-") == 2:
        return Date(date.fromisoformat(text))
    return Value(Decimal(text.removesuffix("%")), is_percent=text.endswith("%"))


def points(rule_: Rule, text: str, maximum: Fraction = TWO) -> Fraction:
    return rule_.points(fact(text), maximum)


def refused(rule_: Rule, text: str, maximum: Fraction = TWO) -> str:
    with pytest.raises(RefusedError) as caught:
        rule_.points(fact(text), maximum)
    return caught.value.code


def faults(rule_: Rule, maximum: Fraction = TWO) -> list[str]:
    return [fault.code for fault in rule_.proof(maximum)]


def working(rule_: Rule, text: str, maximum: Fraction = TWO) -> str:
    return rule_.working(fact(text), maximum, EN)


def gains(
    rule_: Rule, now: str = "0", text: str | None = None, maximum: Fraction = TWO
) -> list[Gain]:
    reported = None if text is None else fact(text)
    return list(rule_.gains(Fraction(now), maximum, reported))


def gain(points_: str, text: str, need: str = "is") -> Gain:
    return Gain(Fraction(points_), fact(text), need)  # type: ignore[arg-type]
