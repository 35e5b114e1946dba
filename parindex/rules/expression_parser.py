"""Reads the text of an expression, by recursive descent and within bounds."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal, NoReturn

from msgspec import Struct

from parindex.rules.base import RefusedError
from parindex.rules.expression_tree import (
    COMPARISONS,
    CONDITIONS,
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
from parindex.values.codes import FORMULA_BROKEN
from parindex.values.fields import MAX_DIGITS, short
from parindex.values.language import N_

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 30
MAX_NODES: Final = 200
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


class _Token(Struct, frozen=True):
    """A number, name or sign; signs are all in one spelling, beside that of the text."""

    kind: str
    text: str
    typed: str
    column: int


class Parser:
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
        tree = self._number()
        if self._next.kind != "end":
            self._fail(_MORE)
        return tree

    @property
    def _next(self) -> _Token:
        return self.tokens[self.at]

    def _fail(self, expected: str, token: _Token | None = None) -> NoReturn:
        token = token or self._next
        _broken(token.column, token.typed, expected)

    def _take(self, *texts: str) -> str:
        """The next sign or word if it is one of these; else nothing."""
        token = self._next
        if token.kind in ("number", "end") or token.text not in texts:
            return ""
        self.at += 1
        return token.text

    def _need(self, text: str, expected: str) -> None:
        if not self._take(text):
            self._fail(expected)

    def _count(self) -> None:
        """Bound the size of what is read."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            _broken(self._next.column, str(self.nodes), N_("at most 200 figures and signs"))

    def _number(self) -> Tree:
        """What is a number and no condition."""
        start = self._next
        tree = self._any()
        if isinstance(tree, CONDITIONS):
            self._fail(_NO_CONDITION, start)
        return tree

    def _condition(self) -> Condition:
        start = self._next
        return self._as_condition(self._any(), start)

    def _as_condition(self, tree: Tree | Condition, start: _Token) -> Condition:
        if not isinstance(tree, CONDITIONS):
            self._fail(_A_CONDITION, start)
        return tree

    def _as_number(self, tree: Tree | Condition, start: _Token) -> Tree:
        if isinstance(tree, CONDITIONS):
            self._fail(_NO_CONDITION, start)
        return tree

    def _any(self) -> Tree | Condition:
        """Conditions joined by `or`, or what is stronger."""
        return self._joined("or", self._all)

    def _all(self) -> Tree | Condition:
        """Conditions joined by `and`, or what is stronger."""
        return self._joined("and", self._not)

    def _joined(
        self, word: Literal["and", "or"], inner: Callable[[], Tree | Condition]
    ) -> Tree | Condition:
        start = self._next
        first = inner()
        if self._next.text != word:
            return first
        found = [self._as_condition(first, start)]
        while self._take(word):
            self._count()
            start = self._next
            found.append(self._as_condition(inner(), start))
        return Logic(word, tuple(found))

    def _not(self) -> Tree | Condition:
        """A condition that must not hold, or what is stronger."""
        if not self._take("not"):
            return self._comparison()
        self._deeper()
        start = self._next
        inner = self._as_condition(self._not(), start)
        self.depth -= 1
        return Not(inner)

    def _comparison(self) -> Tree | Condition:
        """Two numbers compared, or a number; a condition cannot be compared once more."""
        start = self._next
        left = self._sum()
        sign = self._take(*COMPARISONS)
        if not sign:
            return left
        self._count()
        left, start = self._as_number(left, start), self._next
        right = self._as_number(self._sum(), start)
        if self._take(*COMPARISONS):
            self.at -= 1
            self._fail(N_("and between two conditions: a < b and b < c"))
        return Compare(left, sign, right)

    def _sum(self) -> Tree | Condition:
        """What is added and taken off."""
        start = self._next
        first = self._product()
        rest = self._rest("+", "−", self._product, first, start)
        return Sum(self._as_number(first, start), rest) if rest else first

    def _product(self) -> Tree | Condition:
        """What is multiplied and divided by."""
        start = self._next
        first = self._signed()
        rest = self._rest("×", "÷", self._signed, first, start)
        return Product(self._as_number(first, start), rest) if rest else first

    def _rest(
        self,
        one: str,
        other: str,
        inner: Callable[[], Tree | Condition],
        first: Tree | Condition,
        start: _Token,
    ) -> tuple[tuple[str, Tree], ...]:
        found: list[tuple[str, Tree]] = []
        while sign := self._take(one, other):
            self._as_number(first, start)
            self._count()
            at = self._next
            found.append((sign, self._as_number(inner(), at)))
        return tuple(found)

    def _signed(self) -> Tree | Condition:
        """A number with a minus before it, or without."""
        if not self._take("−"):
            return self._operand()
        self._deeper()
        start = self._next
        inner = self._as_number(self._signed(), start)
        self.depth -= 1
        return Negative(inner)

    def _deeper(self) -> None:
        """Go one level down, and bound how deep that goes."""
        self._count()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            _broken(self._next.column, str(self.depth), N_("at most 30 levels"))

    def _operand(self) -> Tree | Condition:
        """A number, a figure, a function, or something in parentheses."""
        token = self._next
        self._count()
        if token.kind == "number":
            self.at += 1
            is_percent = bool(self._take("%"))
            value = Fraction(token.text)
            return Number(value / 100 if is_percent else value, is_percent)
        if self._take("("):
            return self._inside(self._any)
        if token.kind != "name" or token.text in ("and", "or", "not"):
            self._fail(_A_NUMBER)
        self.at += 1
        if token.text in ("min", "max", "if"):
            self._need("(", f"{token.text}(")
            return self._inside(self._function_of(token.text))
        if self._next.text == "(":
            self._fail("min(, max(, if(", token)
        return Named(token.text)

    def _inside(self, inner: Callable[[], Tree | Condition]) -> Tree | Condition:
        """What stands between parentheses, of which the first was taken."""
        self._deeper()
        tree = inner()
        self._need(")", N_(") after what stands in parentheses"))
        self.depth -= 1
        return tree

    def _function_of(self, name: str) -> Callable[[], Tree]:
        """Reads what stands between the parentheses of a function."""
        return (
            self._if if name == "if" else lambda: self._extreme("min" if name == "min" else "max")
        )

    def _extreme(self, function: Literal["min", "max"]) -> Tree:
        found = [self._number()]
        while self._take(","):
            found.append(self._number())
        return Extreme(function, tuple(found))

    def _if(self) -> Tree:
        condition = self._condition()
        self._need(",", "if(condition, a, b)")
        then = self._number()
        self._need(",", "if(condition, a, b)")
        return If(condition, then, self._number())


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
        yield _Token(kind, SPELLINGS.get(word, word), word, at + 1)
        at = found.end()
    yield _Token("end", "", "", len(text) + 1)


def _broken(column: int, found: str, expected: str) -> NoReturn:
    if not found:
        cause = N_("the end of the text")
        raise RefusedError(FORMULA_BROKEN, column=str(column), cause=cause, expected=expected)
    raise RefusedError(FORMULA_BROKEN, column=str(column), found=short(found), expected=expected)
