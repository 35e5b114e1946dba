"""A standard to meet: passed or failed, counted and listed, and never added."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Final, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import Example, RefusedError, Rule, called
from parindex.rules.expression_tree import Tree
from parindex.rules.formula import of_number, of_option, of_rate
from parindex.rules.input import NUMBER, OPTION, PERCENT, Input
from parindex.rules.options import option_of
from parindex.rules.rate import HUNDRED, Figures, figure_of, figure_text
from parindex.values.codes import (
    MAXIMUM_OUT_OF_REACH,
    PARAMETERS_EXCLUDE,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_OPTION,
    WRONG_INPUT_FOR_RULE,
)
from parindex.values.exact import ZERO, to_text
from parindex.values.facts import Answer, Count, Fact, Ratio, Value
from parindex.values.fields import Amount, AmountField, Name
from parindex.values.language import Language

STANDARD: Final = "standard"
MET: Final = "met"
NOT_MET: Final = "not_met"
NAMES: Final = {MET: Name(vi="đạt", en="met"), NOT_MET: Name(vi="không đạt", en="not met")}
_ALSO: Final = {
    f"{MET}|1": Name(vi="đạt chuẩn", en="pass"),
    f"{MET}|2": Name(vi="có", en="true"),
    f"{NOT_MET}|1": Name(vi="chưa đạt", en="fail"),
    f"{NOT_MET}|2": Name(vi="không", en="false"),
    f"{NOT_MET}|3": Name(vi="chưa đạt chuẩn", en="not passed"),
    f"{NOT_MET}|4": Name(vi="không đạt chuẩn", en="failed"),
}
"""What else people write for them."""
_SAID: Final = {**NAMES, **_ALSO}
_EXPECTED: Final = "answer: đạt | không đạt"


class StandardRule(Rule):
    """`{kind: standard, from: 80%}`: met by at least so much, or not met; no points, the maximum is 0.

    `to` is the most that still meets it. Without both somebody answers whether it is
    met; of every standard that may be answered in place of a figure.
    """

    example: ClassVar = Example(
        "{kind: standard, from: 80%}", 0, ("ratio: [41, 50]", "value: 79.9%", "answer: đạt")
    )
    is_added: ClassVar = False
    has_standard: ClassVar = True

    kind: Literal["standard"]
    from_: AmountField | None = Field(
        default=None,
        alias="from",
        description="the least that meets it: a percentage with its sign, or a number",
    )
    to: AmountField | None = Field(
        default=None, description="the most that meets it, of the same kind"
    )

    @property
    def _figures(self) -> Figures | None:
        """Whether it is measured in percent or by a number; None where somebody answers."""
        edge = self.from_ or self.to
        return None if edge is None else "percent" if edge.is_share else "value"

    @property
    def takes(self) -> Input:
        """A rate or a number; without an edge whether it is met."""
        return {"percent": PERCENT, "value": NUMBER, None: OPTION}[self._figures]

    def named(self, say: Language) -> Mapping[str, str]:
        """Met and not met."""
        return {id_: called(id_, NAMES, say) for id_ in NAMES}

    def worths(self, maximum: Fraction) -> Mapping[str, Decimal]:
        """No points either way."""
        return dict.fromkeys(NAMES, Decimal(0))

    def formula(self, maximum: Fraction) -> str:
        """0 of what is possible."""
        if self._figures is None:
            return of_option()
        return of_rate("0") if self._figures == "percent" else of_number("0")

    def expression(self, maximum: Fraction) -> Tree:
        """No points."""
        return arithmetic.number(0)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """The maximum is 0; edges are possible, of one kind and in order."""
        if maximum != 0:
            yield RefusedError(MAXIMUM_OUT_OF_REACH, found="0", expected=to_text(maximum))
        for name, edge in (("from", self.from_), ("to", self.to)):
            if edge and (edge.value < 0 or (edge.is_share and edge.value > HUNDRED)):
                told = f"{edge.value:f}{'%' * edge.is_share}"
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, (name,), found=told)
        if self.from_ and self.to and self.from_.is_share != self.to.is_share:
            told = f"{self.from_.value:f}{'%' * self.from_.is_share}"
            both = f"{self.to.value:f}{'%' * self.to.is_share}"
            yield RefusedError(PARAMETERS_EXCLUDE, ("to",), found=both, expected=f"from: {told}")
        elif self.from_ and self.to and self.from_.value > self.to.value:
            expected = f"≥ {self.from_.value:f}"
            yield RefusedError(
                THRESHOLD_OUT_OF_RANGE, ("to",), found=f"{self.to.value:f}", expected=expected
            )

    def meant(self, fact: Fact) -> Fact:
        """Met or not met, of any words for them."""
        if not isinstance(fact, Answer):
            return fact
        found = option_of(fact.answer, _SAID, _SAID)
        return Answer(found.partition("|")[0]) if found else fact

    def met(self, fact: Fact) -> bool:
        """Whether the fact meets the standard.

        Raises:
            RefusedError: the fact is of a kind or size that the standard cannot take.
        """
        if isinstance(fact, Answer):
            if fact.answer not in NAMES:
                told = ", ".join(f"{id_} ({name.vi})" for id_, name in NAMES.items())
                raise RefusedError(UNKNOWN_OPTION, found=fact.answer, expected=told)
            return fact.answer == MET
        figure = self._figure(fact)
        least = Fraction(self.from_.value) if self.from_ else figure
        most = Fraction(self.to.value) if self.to else figure
        return least <= figure <= most

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """None, whether it is met or not; the fact must be possible."""
        self.met(fact)
        return ZERO

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figure beside the edge, and whether it is met."""
        outcome = called(MET if self.met(fact) else NOT_MET, NAMES, say)
        if isinstance(fact, Answer):
            return say("as answered: {outcome}", outcome=outcome)
        figure = self._figure(fact)
        edge, sign = self._edge(figure)
        shown = Value(Decimal(fact.count)) if isinstance(fact, Count) else fact
        told = f"{figure_text(shown, say)} {sign} {_edge_text(edge, say)} → {outcome}"
        if isinstance(fact, Ratio) and not self.met(fact) and fact.whole == int(fact.whole):
            exact = Fraction(edge.value) * int(fact.whole) / 100
            count = f"≥ {ceil(exact)}" if sign == "<" else f"≤ {floor(exact)}"
            needed = say("needed: {count}", count=f"{count}/{fact.whole:f}")
            return f"{told} ({needed})"
        return told

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """What meets it, and that nothing is added."""
        if self.from_ and self.to:
            least, most = _edge_text(self.from_, say), _edge_text(self.to, say)
            met = say("Met from {least} to {most}.", least=least, most=most)
        elif self.from_:
            met = say("Met from {least}.", least=_edge_text(self.from_, say))
        elif self.to:
            met = say("Met up to {most}.", most=_edge_text(self.to, say))
        else:
            met = say("Met or not met.")
        none = say("No points.")
        return f"{met} {none}"

    def _figure(self, fact: Fact) -> Fraction:
        """The figure that is held against the edges."""
        if self._figures is None:
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=_EXPECTED)
        if isinstance(fact, Count) and self._figures == "value":
            fact = Value(Decimal(fact.count))
        return figure_of(fact, self._figures)

    def _edge(self, figure: Fraction) -> tuple[Amount, str]:
        """The edge that decides, and how the figure stands to it."""
        if self.from_ and (self.to is None or figure < self.from_.value):
            return self.from_, "<" if figure < self.from_.value else "≥"
        to = self.to or Amount(Decimal(0), is_share=False)
        return to, ">" if figure > to.value else "≤"


def _edge_text(edge: Amount, say: Language) -> str:
    return say.percent(edge.value) if edge.is_share else say.number(edge.value)
