"""Expressions put together by the kinds of rules, whose points are arithmetic (`Rule.expression`).

The names in them are those of what the rule takes, the same for every engine:

| takes | names |
|---|---|
| value | `rate` from 0 to 1 of a percentage or a ratio, or `value` of a plain number |
| answer | `=id` for each option: 1 where it is the answer, else 0 |
| items | `+id` for each item: 1 where it is met, else 0 |
| count | `count` |
| date | `day`: the day as proleptic ordinal |
| answers | `#id`: how many gave the answer |
| figures | the figures' own names |
| the rate of another leaf | `@code` from 0 to 1 |
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.rules.expression_tree import (
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
)

RATE: Final = "rate"
VALUE: Final = "value"
COUNT: Final = "count"
DAY: Final = "day"
OPTION: Final = "="
ITEM: Final = "+"
ANSWER: Final = "#"
RATE_OF: Final = "@"
Exact = Fraction | Decimal | int


def number(value: Exact) -> Number:
    """A constant."""
    return Number(Fraction(value))


def total(trees: Iterable[Tree]) -> Tree:
    """What is added up; 0 of nothing."""
    found = tuple(trees)
    if not found:
        return number(0)
    first, *rest = found
    return Sum(first, tuple(("+", each) for each in rest)) if rest else first


def less(tree: Tree, other: Tree) -> Tree:
    """One less the other."""
    return Sum(tree, (("−", other),))


def times(tree: Tree, factor: Exact) -> Tree:
    """So many times the tree."""
    return tree if factor == 1 else Product(tree, (("×", number(factor)),))


def product(tree: Tree, other: Tree) -> Tree:
    """One times the other."""
    return Product(tree, (("×", other),))


def over(tree: Tree, divisor: Tree) -> Tree:
    """One divided by the other."""
    return Product(tree, (("÷", divisor),))


def at_most(tree: Tree, most: Exact) -> Tree:
    """The tree, or the most where it is over that."""
    return Extreme("min", (tree, number(most)))


def at_least(tree: Tree, least: Exact) -> Tree:
    """The tree, or the least where it is below that."""
    return Extreme("max", (tree, number(least)))


def compare(tree: Tree, sign: str, edge: Exact) -> Condition:
    """How the tree stands to a number."""
    return Compare(tree, sign, number(edge))


def both(*conditions: Condition) -> Condition:
    """All of the conditions."""
    return conditions[0] if len(conditions) == 1 else Logic("and", conditions)


def any_of(*conditions: Condition) -> Condition:
    """One of the conditions at least."""
    return conditions[0] if len(conditions) == 1 else Logic("or", conditions)


def first_of(cases: Iterable[tuple[Condition, Tree]], other: Tree) -> Tree:
    """What the first condition that holds gives, else the other."""
    tree = other
    for condition, then in reversed(list(cases)):
        tree = If(condition, then, tree)
    return tree


def renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """The tree with other names in it."""
    return replaced(tree, {old: Named(new) for old, new in names.items()})


def renamed_in(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The condition with other names in it."""
    return _condition(condition, lambda name: Named(names.get(name, name)))


def replaced(tree: Tree, by: Mapping[str, Tree]) -> Tree:
    """The tree with other trees in place of names."""
    return _tree(tree, lambda name: by.get(name, Named(name)))


def _tree(tree: Tree, of: Callable[[str], Tree]) -> Tree:  # noqa: PLR0911
    match tree:
        case Named(name):
            return of(name)
        case Negative(inner):
            return Negative(_tree(inner, of))
        case Sum(first, rest):
            return Sum(_tree(first, of), tuple((sign, _tree(each, of)) for sign, each in rest))
        case Product(first, rest):
            return Product(_tree(first, of), tuple((sign, _tree(each, of)) for sign, each in rest))
        case Extreme(function, inner):
            return Extreme(function, tuple(_tree(each, of) for each in inner))
        case If(condition, then, other):
            return If(_condition(condition, of), _tree(then, of), _tree(other, of))
        case Number():
            return tree


def _condition(condition: Condition, of: Callable[[str], Tree]) -> Condition:
    match condition:
        case Compare(left, sign, right):
            return Compare(_tree(left, of), sign, _tree(right, of))
        case Logic(word, inner):
            return Logic(word, tuple(_condition(each, of) for each in inner))
        case Not(inner):
            return Not(_condition(inner, of))
