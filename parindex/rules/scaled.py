"""A rule at another maximum than its own: a leaf that received the maximum of one that does not apply."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import PrivateAttr

from parindex.rules.base import Gain, Ladder, RefusedError, Rule, result_text
from parindex.rules.input import Input
from parindex.values.facts import Fact
from parindex.values.language import Language


class ScaledRule(Rule):
    """What another rule gives at its own maximum, in proportion to the maximum that is asked for."""

    if TYPE_CHECKING:
        kind: str = ""  # of which files know nothing
    _rule: Rule = PrivateAttr()
    _own: Fraction = PrivateAttr()

    @classmethod
    def of(cls, rule: Rule, own: Fraction) -> "ScaledRule":
        """A rule whose points are those for a maximum of `own`."""
        made = cls()
        made._rule, made._own = rule, own
        return made

    @property
    def takes(self) -> Input:
        """As the rule."""
        return self._rule.takes

    @property
    def any_points(self) -> bool:
        """As the rule."""
        return self._rule.any_points

    def named(self, say: Language) -> Mapping[str, str]:
        """As the rule."""
        return self._rule.named(say)

    def worths(self, maximum: Fraction) -> Mapping[str, Decimal]:
        """As the rule, at its own maximum."""
        return self._rule.worths(self._own)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """As the rule at its own maximum."""
        return self._rule.proof(self._own)

    def fewest(self, maximum: Fraction) -> Fraction:
        """As the rule, in proportion."""
        return self._rule.fewest(self._own) * maximum / self._own

    def meant(self, fact: Fact) -> Fact:
        """As the rule."""
        return self._rule.meant(fact)

    @property
    def is_relative(self) -> bool:
        """As the rule."""
        return self._rule.is_relative

    def compared(self, fact: Fact) -> Fraction | None:
        """As the rule."""
        return self._rule.compared(fact)

    def best_of(self, figures: Iterable[Fraction]) -> Fraction:
        """As the rule."""
        return self._rule.best_of(figures)

    def rate(self, fact: Fact) -> Fraction | None:
        """As the rule."""
        return self._rule.rate(fact)

    def remarks(self, fact: Fact, maximum: Fraction) -> Iterator[RefusedError]:
        """As the rule at its own maximum."""
        return self._rule.remarks(fact, self._own)

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The points of the rule, in proportion."""
        return self._rule.points(fact, self._own) * maximum / self._own

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The working of the rule, and how its points grow."""
        told = self._rule.working(fact, self._own, say)
        grown = f"× {say.number(maximum)} ÷ {say.number(self._own)}"
        return f"{told}; {grown} {result_text(self.points(fact, maximum), say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """As the rule at its own maximum."""
        return self._rule.in_words(self._own, say)

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """Those of the rule, in proportion."""
        for gain in self._rule.gains(now * self._own / maximum, self._own, fact):
            yield gain._replace(points=gain.points * maximum / self._own)

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Those of the rule, in proportion."""
        shrunk, grown = self._own / maximum, maximum / self._own
        for each in self._rule.ladders(now * shrunk, self._own, fact, least * shrunk, digits):
            yield Ladder(each.start * grown, each.step * grown, each.count, each.whole)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """That of the rule, in proportion."""
        gain = self._rule.reaching(points * self._own / maximum, self._own, fact)
        return None if gain is None else gain._replace(points=gain.points * maximum / self._own)
