"""What every rule kind has: its parameters, a proof, the points, and the working."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from parindex.exact import percent, rounded
from parindex.language import Language
from parindex.model.facts import Fact, Ratio, Value
from parindex.model.fields import Frozen
from parindex.model.finding import Path


class RefusedError(ValueError):
    """A rule cannot give points for a fact, or a scheme's rule is not sound; says which finding."""

    def __init__(self, code: str, path: Path = (), **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.parameters: Mapping[str, str] = parameters


class Rule(Frozen):
    """Base of all rule kinds; a subclass adds `kind` and its parameters."""

    @abstractmethod
    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Why the rule cannot reach exactly `maximum`, or leaves 0…maximum; empty if sound."""

    @abstractmethod
    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The exact points for a fact, from 0 to `maximum`.

        Raises:
            RefusedError: the fact is of a kind or size that the rule cannot take.
        """

    @abstractmethod
    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """How the points come about, in one line, without the points themselves."""


def share_of(fact: Fact) -> Fraction:
    """A percentage or a ratio as an exact share from 0 to 1.

    Raises:
        RefusedError: P205 another kind of input, P206 a whole of 0, P207 outside 0–100 %.
    """
    if isinstance(fact, Ratio):
        if fact.whole == 0:
            raise RefusedError("P206", found=f"{fact.part:f}/{fact.whole:f}")
        share = fact.share()
        found = f"{fact.part:f}/{fact.whole:f}"
    elif isinstance(fact, Value) and fact.is_percent:
        share = Fraction(fact.value) / 100
        found = f"{fact.value:f}%"
    else:
        raise RefusedError("P205", expected="value: 97.2%, ratio: [234, 543]")
    if not 0 <= share <= 1:
        raise RefusedError("P207", found=found, expected="0–100 %")
    return share


def share_text(fact: Fact, say: Language, digits: int = 2) -> str:
    """A percentage as typed, or a ratio with its quotient: `234/543 = 43.09 %`."""
    if isinstance(fact, Ratio):
        quotient = rounded(percent(Fraction(fact.part), Fraction(fact.whole)), digits)
        return f"{say.number(fact.part)}/{say.number(fact.whole)} = {say.number(quotient)} %"
    value = fact.value if isinstance(fact, Value) else Decimal(0)
    return f"{say.number(value)} %"
