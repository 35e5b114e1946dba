"""A figure to watch: shown beside the others, and never added."""

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from parindex.rules import arithmetic
from parindex.rules.base import Example, RefusedError, Rule
from parindex.rules.expression_tree import Tree
from parindex.rules.formula import RESULT, WHOLE, of_rate
from parindex.rules.input import FIGURE, Input
from parindex.rules.rate import figure_of, figure_text
from parindex.values.codes import MAXIMUM_OUT_OF_REACH
from parindex.values.exact import ZERO, to_text
from parindex.values.facts import Fact, Ratio, Value
from parindex.values.language import Language


class WatchRule(Rule):
    """`{kind: watch}`: any figure, no points; the maximum is 0."""

    takes: ClassVar[Input] = FIGURE
    example: ClassVar = Example("{kind: watch}", 0, ("value: 97.2%",))
    is_added: ClassVar = False

    kind: Literal["watch"]

    def formula(self, maximum: Fraction) -> str:
        """0 of any figure that is possible."""
        return f'IF(ISNUMBER({RESULT}),IF({WHOLE}="",0,{of_rate("0")}),"")'

    def expression(self, maximum: Fraction) -> Tree:
        """No points."""
        return arithmetic.number(0)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """The maximum is 0."""
        if maximum != 0:
            yield RefusedError(MAXIMUM_OUT_OF_REACH, found="0", expected=to_text(maximum))

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """None, whatever the figure; a rate must still be possible."""
        if isinstance(fact, Ratio) or (isinstance(fact, Value) and fact.is_percent):
            figure_of(fact, "percent")
        return ZERO

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figure."""
        shown = say("shown, not added")
        figure = figure_text(fact, say)
        return f"{figure}: {shown}" if figure else shown

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """That nothing is added."""
        return say("Shown, and never added.")
