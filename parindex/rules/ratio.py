"""A share of the maximum in proportion to a rate, with a floor or a target."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from parindex.language import Language
from parindex.model.facts import Fact
from parindex.model.fields import Share
from parindex.rules.base import RefusedError, Rule, share_of, share_text


class RatioRule(Rule):
    """`{kind: ratio}`: rate × maximum.

    `floor: 80%` gives 0 below the floor and the full proportion from it on, a
    jump and not a ramp. `target: 90%` gives rate ÷ target of the maximum, and
    the maximum from the target on.
    """

    kind: Literal["ratio"]
    floor: Share | None = None
    target: Share | None = None

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """A floor and a target lie over 0 and not over 100 %; not both are given."""
        if self.floor is not None and self.target is not None:
            yield RefusedError(
                "P310", ("target",), found="floor, target", expected="floor / target"
            )
        for field, share in (("floor", self.floor), ("target", self.target)):
            if share is not None and not 0 < share <= 100:  # noqa: PLR2004
                yield RefusedError("P309", (field,), found=f"{share:f}%")

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """Rate × maximum, by floor or target."""
        share = share_of(fact)
        if self.floor is not None and share * 100 < self.floor:
            return Fraction(0)
        if self.target is not None:
            return min(Fraction(1), share * 100 / Fraction(self.target)) * maximum
        return share * maximum

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The rate, and what it is multiplied with or measured against."""
        rate = share_text(fact, say)
        if self.floor is not None and share_of(fact) * 100 < self.floor:
            return f"{rate} < {say.number(self.floor)} %"
        most = say.number(maximum)
        if self.target is None:
            return f"{rate} × {most}"
        if share_of(fact) * 100 >= self.target:
            return f"{rate} ≥ {say.number(self.target)} %"
        return f"{rate} ÷ {say.number(self.target)} % × {most}"
