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

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Final, Literal, NoReturn

from msgspec import Struct

from parindex.rules.base import RefusedError
from parindex.values.codes import FORMULA_BROKEN, OUT_OF_RANGE
from parindex.values.fields import MAX_DIGITS, short
from parindex.values.finding import Path
from parindex.values.language import N_, Language
from parindex.values.normal import normalized

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 30
MAX_NODES: Final = 200
MAX_BITS: Final = 1000
"""Of a result above and below its fraction: 300 digits."""
WORDS: Final = ("and", "or", "not", "min", "max", "if")
"""Names that figures cannot have."""
COMPARISONS: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": lt,
    "≤": le,
    ">": gt,
    "≥": ge,
    "=": eq,
    "≠": ne,
}
SPELLINGS: Final[Mapping[str, str]] = {
    "<=": "≤",
    ">=": "≥",
    "==": "=",
    "!=": "≠",
    "<>": "≠",
    "*": "×",
    "/": "÷",
    "-": "−",
    ";": ",",
}
"""Signs that stand for another one."""
_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign><=|>=|==|!=|<>|[-+*/×÷−<>=≤≥≠(),;%])"
)
_A_NUMBER: Final = N_("a number, the name of a figure, or (")
_A_CONDITION: Final = N_("a condition, like received > 0")
_NO_CONDITION: Final = N_("a number; a condition belongs into if(condition, a, b)")
_MORE: Final = N_("a sign like + or the end; decimals are written with a point")


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
_CONDITIONS: Final = (Compare, Logic, Not)


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
    return _Parser(normalized("NFC", text)).whole()


class _Token(Struct, frozen=True):
    kind: str
    text: str
    column: int


class _Parser:
    """Reads an expression by recursive descent, one method for each strength of signs."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            _broken(MAX_LENGTH + 1, str(len(text)), f"≤ {MAX_LENGTH}")
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.nodes = 0

    def whole(self) -> Tree:
        """All of the text, as a number."""
        tree = self.number()
        if self.next.kind != "end":
            self.fail(_MORE)
        return tree

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def fail(self, expected: str, token: _Token | None = None) -> NoReturn:
        token = token or self.next
        _broken(token.column, token.text, expected)

    def take(self, *texts: str) -> str:
        """The next sign or word if it is one of these; else nothing."""
        token = self.next
        if token.kind in ("number", "end") or token.text not in texts:
            return ""
        self.at += 1
        return token.text

    def need(self, text: str, expected: str) -> None:
        if not self.take(text):
            self.fail(expected)

    def count(self) -> None:
        """Bound the size of what is read."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            _broken(self.next.column, str(self.nodes), N_("at most 200 figures and signs"))

    def number(self) -> Tree:
        """What is a number and no condition."""
        start = self.next
        tree = self.any_()
        if isinstance(tree, _CONDITIONS):
            self.fail(_NO_CONDITION, start)
        return tree

    def condition(self) -> Condition:
        start = self.next
        return self.as_condition(self.any_(), start)

    def as_condition(self, tree: Tree | Condition, start: _Token) -> Condition:
        if not isinstance(tree, _CONDITIONS):
            self.fail(_A_CONDITION, start)
        return tree

    def as_number(self, tree: Tree | Condition, start: _Token) -> Tree:
        if isinstance(tree, _CONDITIONS):
            self.fail(_NO_CONDITION, start)
        return tree

    def any_(self) -> Tree | Condition:
        """Conditions joined by `or`, or what is stronger."""
        return self.joined("or", self.all_)

    def all_(self) -> Tree | Condition:
        """Conditions joined by `and`, or what is stronger."""
        return self.joined("and", self.not_)

    def joined(
        self, word: Literal["and", "or"], inner: Callable[[], Tree | Condition]
    ) -> Tree | Condition:
        start = self.next
        first = inner()
        if self.next.text != word:
            return first
        found = [self.as_condition(first, start)]
        while self.take(word):
            self.count()
            start = self.next
            found.append(self.as_condition(inner(), start))
        return Logic(word, tuple(found))

    def not_(self) -> Tree | Condition:
        """A condition that must not hold, or what is stronger."""
        if not self.take("not"):
            return self.comparison()
        self.deeper()
        start = self.next
        inner = self.as_condition(self.not_(), start)
        self.depth -= 1
        return Not(inner)

    def comparison(self) -> Tree | Condition:
        """Two numbers compared, or a number; a condition cannot be compared once more."""
        start = self.next
        left = self.sum()
        sign = self.take(*COMPARISONS)
        if not sign:
            return left
        self.count()
        left, start = self.as_number(left, start), self.next
        right = self.as_number(self.sum(), start)
        if self.take(*COMPARISONS):
            self.at -= 1
            self.fail(N_("and between two conditions: a < b and b < c"))
        return Compare(left, sign, right)

    def sum(self) -> Tree | Condition:
        """What is added and taken off."""
        start = self.next
        first = self.product()
        rest = self.rest("+", "−", self.product, first, start)
        return Sum(self.as_number(first, start), rest) if rest else first

    def product(self) -> Tree | Condition:
        """What is multiplied and divided by."""
        start = self.next
        first = self.signed()
        rest = self.rest("×", "÷", self.signed, first, start)
        return Product(self.as_number(first, start), rest) if rest else first

    def rest(
        self,
        one: str,
        other: str,
        inner: Callable[[], Tree | Condition],
        first: Tree | Condition,
        start: _Token,
    ) -> tuple[tuple[str, Tree], ...]:
        found: list[tuple[str, Tree]] = []
        while sign := self.take(one, other):
            self.as_number(first, start)
            self.count()
            at = self.next
            found.append((sign, self.as_number(inner(), at)))
        return tuple(found)

    def signed(self) -> Tree | Condition:
        """A number with a minus before it, or without."""
        if not self.take("−"):
            return self.operand()
        self.deeper()
        start = self.next
        inner = self.as_number(self.signed(), start)
        self.depth -= 1
        return Negative(inner)

    def deeper(self) -> None:
        """Go one level down, and bound how deep that goes."""
        self.count()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            _broken(self.next.column, str(self.depth), N_("at most 30 levels"))

    def operand(self) -> Tree | Condition:
        """A number, a figure, a function, or something in parentheses."""
        token = self.next
        self.count()
        if token.kind == "number":
            self.at += 1
            is_percent = bool(self.take("%"))
            value = Fraction(token.text)
            return Number(value / 100 if is_percent else value, is_percent)
        if self.take("("):
            return self.inside(self.any_)
        if token.kind != "name" or token.text in ("and", "or", "not"):
            self.fail(_A_NUMBER)
        self.at += 1
        if token.text in ("min", "max", "if"):
            self.need("(", f"{token.text}(")
            return self.inside(self.function_of(token.text))
        if self.next.text == "(":
            self.fail("min(, max(, if(", token)
        return Named(token.text)

    def inside(self, inner: Callable[[], Tree | Condition]) -> Tree | Condition:
        """What stands between parentheses, of which the first was taken."""
        self.deeper()
        tree = inner()
        self.need(")", N_(") after what stands in parentheses"))
        self.depth -= 1
        return tree

    def function_of(self, name: str) -> Callable[[], Tree]:
        """Reads what stands between the parentheses of a function."""
        return self.if_ if name == "if" else lambda: self.extreme("min" if name == "min" else "max")

    def extreme(self, function: Literal["min", "max"]) -> Tree:
        found = [self.number()]
        while self.take(","):
            found.append(self.number())
        return Extreme(function, tuple(found))

    def if_(self) -> Tree:
        condition = self.condition()
        self.need(",", "if(condition, a, b)")
        then = self.number()
        self.need(",", "if(condition, a, b)")
        return If(condition, then, self.number())


def _tokens(text: str) -> Iterator[_Token]:
    """The numbers, names and signs of a text, each sign in one spelling, and its end."""
    at, separators = 0, ""
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            break
        found = _TOKEN.match(text, at)
        if found is None:
            _broken(at + 1, text[at], _A_NUMBER)
        kind, word = str(found.lastgroup), found[0]
        if kind == "number" and len(word) > MAX_DIGITS:
            _broken(at + 1, short(word), f"≤ {MAX_DIGITS}")
        if word in ",;":
            separators = separators or word
            if word != separators:
                _broken(at + 1, word, N_("only , or only ; and decimals with a point"))
        yield _Token(kind, SPELLINGS.get(word, word), at + 1)
        at = found.end()
    yield _Token("end", "", len(text) + 1)


def _broken(column: int, found: str, expected: str) -> NoReturn:
    told = {"found": short(found)} if found else {"cause": N_("the end of the text")}
    raise RefusedError(FORMULA_BROKEN, column=str(column), **told, expected=expected)


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
                return f"{say('if')}({each})"
            case Compare(left, sign, right):
                return f"{self.within(left, 5)} {sign} {self.within(right, 5)}"
            case Logic(word, of):
                strength = _strength(tree) + 1
                return f" {say(word)} ".join(self.within(each, strength) for each in of)
            case Not(of):
                return f"{say('not')} {self.within(of, _STRENGTHS[Not])}"

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


# Babel finds these here.
_JOINING: Final = (N_("if"), N_("and"), N_("or"), N_("not"))
