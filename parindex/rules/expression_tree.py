"""The parts of which an expression is made (`expression`): each knows what is below it."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Final, Literal

from msgspec import Struct

COMPARISONS: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": lt,
    "≤": le,
    ">": gt,
    "≥": ge,
    "=": eq,
    "≠": ne,
}


class Number(Struct, frozen=True):
    """A number as written; 0.9 of `90%`."""

    value: Fraction
    is_percent: bool = False


class Named(Struct, frozen=True):
    """A figure by its name."""

    name: str


class Negative(Struct, frozen=True):
    """0 less something."""

    of: "Tree"


class Sum(Struct, frozen=True):
    """What is added up or, with the sign −, taken off."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


class Product(Struct, frozen=True):
    """What is multiplied or, with the sign ÷, divided by, from left to right."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


class Extreme(Struct, frozen=True):
    """The least or the most of several."""

    function: Literal["min", "max"]
    of: tuple["Tree", ...]


class If(Struct, frozen=True):
    """One of two, by a condition."""

    condition: "Condition"
    then: "Tree"
    other: "Tree"


class Compare(Struct, frozen=True):
    """Whether two numbers stand so to each other; the sign is one of COMPARISONS."""

    left: "Tree"
    sign: str
    right: "Tree"


class Logic(Struct, frozen=True):
    """Whether all of several conditions hold, or with `or` any."""

    word: Literal["and", "or"]
    of: tuple["Condition", ...]


class Not(Struct, frozen=True):
    """Whether a condition does not hold."""

    of: "Condition"


Tree = Number | Named | Negative | Sum | Product | Extreme | If
Condition = Compare | Logic | Not
CONDITIONS: Final = (Compare, Logic, Not)


def names(tree: Tree | Condition) -> tuple[str, ...]:
    """The names of figures in an expression, each once, in the order of the text."""
    return tuple(dict.fromkeys(each.name for each in walk(tree) if isinstance(each, Named)))


def walk(tree: Tree | Condition) -> Iterator[Tree | Condition]:
    """All parts of an expression, itself first."""
    yield tree
    for part in parts(tree):
        yield from walk(part)


def parts(tree: Tree | Condition) -> tuple[Tree | Condition, ...]:
    """What an expression is made of, from left to right."""
    match tree:
        case Sum(first, rest) | Product(first, rest):
            return (first, *(each for _, each in rest))
        case Extreme(_, of) | Logic(_, of):
            return of
        case Negative(of) | Not(of):
            return (of,)
        case If(condition, then, other):
            return (condition, then, other)
        case Compare(left, _, right):
            return (left, right)
        case _:
            return ()
