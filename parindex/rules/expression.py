"""Arithmetic over named figures, as schemes write it: `maximum * min(1, on_time / received / 90%)`.

    tree = parse(text, path)             a number; P321 says at which column it cannot be read
    evaluate(tree, {"on_time": …})       exact; ZeroDivisorError where it divides by 0
    names(tree)                          the figures that it needs, in the order of the text
    words(tree, {"on_time": "982"}, say) as people read it: `2 × min(1; 982 ÷ 1000 ÷ 90 %)`

There are numbers with a decimal point, percentages (`90%` is 0.9), names, `+ - * /`
(also `− × ÷`), parentheses, `min(…)`, `max(…)` and `if(condition, a, b)`; in conditions
`< <= > >= = !=` (also `== ≤ ≥ <> ≠`), `and`, `or` and `not`. A condition is no number, and
`if` works out only the side that counts. Bounds of what it can give are in `intervals`.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

from parindex.rules.base import RefusedError
from parindex.rules.expression_parser import Parser
from parindex.rules.expression_tree import (
    COMPARISONS,
    Compare,
    Condition,
    Extreme,
    If,
    Logic,
    Named,
    Negative,
    Not,
    Number,
    Product,
    Sum,
    Tree,
    names,
)
from parindex.values.codes import OUT_OF_RANGE
from parindex.values.finding import Path
from parindex.values.language import N_, Language
from parindex.values.normal import normalized

RESERVED: Final = ("and", "or", "not", "min", "max", "if")
"""Names that figures cannot have."""
MAX_BITS: Final = 1000
"""Of a result above and below its fraction: 300 digits."""


class ZeroDivisorError(ArithmeticError):
    """Something is divided by 0: by `divisor`."""

    def __init__(self, divisor: Tree) -> None:
        super().__init__()
        self.divisor = divisor


def parse(text: str, path: Path = ()) -> Tree:
    """The expression that a text is.

    Raises:
        RefusedError: P321 with `path`, and with the column from 1 at which it cannot be read.
    """
    try:
        return _parsed(text)
    except RefusedError as refused:
        raise RefusedError(refused.code, path, **refused.parameters) from None


@lru_cache(maxsize=256)
def _parsed(text: str) -> Tree:
    return Parser(normalized("NFC", text)).whole()


def evaluate(tree: Tree, figures: Mapping[str, Fraction]) -> Fraction:
    """The value of an expression where figures are as given; all of its names must be among them.

    Raises:
        ZeroDivisorError: it divides by 0.
        RefusedError: P207 the exact result has more digits than anyone could check.
    """
    value = _value(tree, figures)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise RefusedError(OUT_OF_RANGE, expected=N_("figures of fewer digits"))
    return value


def _value(tree: Tree, figures: Mapping[str, Fraction]) -> Fraction:  # noqa: PLR0911
    match tree:
        case Number(value):
            return value
        case Named(name):
            return figures[name]
        case Negative(of):
            return -_value(of, figures)
        case Sum(first, rest):
            value = _value(first, figures)
            for sign, each in rest:
                more = _value(each, figures)
                value = value + more if sign == "+" else value - more
            return value
        case Product(first, rest):
            return _product(_value(first, figures), rest, figures)
        case Extreme(function, of):
            values = [_value(each, figures) for each in of]
            return min(values) if function == "min" else max(values)
        case If(condition, then, other):
            return _value(then if holds(condition, figures) else other, figures)


def _product(
    value: Fraction, rest: tuple[tuple[str, Tree], ...], figures: Mapping[str, Fraction]
) -> Fraction:
    for sign, each in rest:
        by = _value(each, figures)
        if sign == "×":
            value *= by
        elif by:
            value /= by
        else:
            raise ZeroDivisorError(each)
    return value


def holds(condition: Condition, figures: Mapping[str, Fraction]) -> bool:
    """Whether a condition holds; of `and` and `or` only as much is worked out as decides."""
    match condition:
        case Compare(left, sign, right):
            return COMPARISONS[sign](_value(left, figures), _value(right, figures))
        case Logic(word, of):
            each = (holds(one, figures) for one in of)
            return all(each) if word == "and" else any(each)
        case Not(of):
            return not holds(of, figures)


_STRENGTHS: Final[Mapping[type, int]] = {Compare: 4, Not: 3, Sum: 5, Product: 6, Negative: 7}
_STRONGEST: Final = 8


def words(tree: Tree | Condition, figures: Mapping[str, str] | None, say: Language) -> str:
    """An expression as people read it, with what is given in place of names.

    Args:
        tree: the expression.
        figures: what stands for a name: a figure as it was reported, or what it is called.
        say: the language, whose decimal mark numbers have.
    """
    return _Words(figures or {}, say).of(tree)


class _Words:
    def __init__(self, figures: Mapping[str, str], say: Language) -> None:
        self.figures = figures
        self.say = say

    def of(self, tree: Tree | Condition) -> str:  # noqa: PLR0911
        """The text of an expression."""
        say = self.say
        match tree:
            case Number(value, is_percent):
                return say.percent(value * 100) if is_percent else say.number(value)
            case Named(name):
                return self.figures.get(name, name)
            case Negative(of):
                return f"−{self.within(of, _STRONGEST)}"
            case Sum(first, rest) | Product(first, rest):
                return self.chain(first, rest, _STRENGTHS[type(tree)])
            case Extreme(function, of):
                return f"{function}({'; '.join(map(self.of, of))})"
            case If(condition, then, other):
                each = "; ".join(map(self.of, (condition, then, other)))
                return say("if({each})", each=each)
            case Compare(left, sign, right):
                return f"{self.within(left, 5)} {sign} {self.within(right, 5)}"
            case Logic(word, of):
                strength, joined = _strength(tree) + 1, say(word)
                return f" {joined} ".join(self.within(each, strength) for each in of)
            case Not(of):
                return say("not ({condition})", condition=self.of(of))

    def chain(self, first: Tree, rest: tuple[tuple[str, Tree], ...], strength: int) -> str:
        """What is added or multiplied, with the signs between."""
        told = self.within(first, strength + 1)
        for sign, each in rest:
            enough = _STRONGEST if isinstance(each, Negative) else strength + 1
            told += f" {sign} {self.within(each, enough)}"
        return told

    def within(self, tree: Tree | Condition, strength: int) -> str:
        """The text of a part, in parentheses where it would be read otherwise without them."""
        told = self.of(tree)
        return f"({told})" if _strength(tree) < strength else told


def _strength(tree: Tree | Condition) -> int:
    """How strongly the parts of an expression hold together."""
    if isinstance(tree, Logic):
        return 2 if tree.word == "and" else 1
    return _STRENGTHS.get(type(tree), _STRONGEST)


_JOINING: Final = (N_("and"), N_("or"))
"""Said of `Logic.word`."""


__all__ = ["RESERVED", "Tree", "ZeroDivisorError", "evaluate", "holds", "names", "parse", "words"]
