"""One of several options: the points of the one that holds."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    NAMES,
    Example,
    Gain,
    RefusedError,
    Rule,
    arrow_text,
    bounds_proof,
    called,
    names_proof,
    reach_proof,
    unknown_option,
)
from parindex.rules.expression_tree import Named, Tree
from parindex.rules.formula import of_option
from parindex.rules.input import OPTION, Input
from parindex.rules.options import option_of
from parindex.values.codes import MISSING_FIELD, WRONG_INPUT_FOR_RULE
from parindex.values.exact import ZERO
from parindex.values.facts import Answer, Fact
from parindex.values.fields import Name, Option, Worth
from parindex.values.language import Language


class ChoiceRule(Rule):
    """`{kind: choice, options: {on_time: 1, late: 0.5, none: 0}}`: points of the option.

    With a sign, `late: 50%`, they are that share of the maximum. `names` may say what
    the options are called; those words are taken for them too.
    """

    takes: ClassVar[Input] = OPTION
    example: ClassVar = Example(
        "{kind: choice, options: {on_time: 1, late: 0.5, none: 0}}",
        1,
        ("answer: on_time", "answer: late"),
    )

    kind: Literal["choice"]
    options: dict[Option, Worth] = Field(
        description="points of each option by its name, or shares of the maximum (`50%`); the most is the maximum"
    )
    names: dict[Option, Name] = Field(default_factory=dict, description=NAMES)

    def named(self, say: Language) -> Mapping[str, str]:
        """The options."""
        return {option: called(option, self.names, say) for option in self.options}

    def worths(self, maximum: Fraction) -> Mapping[str, Decimal]:
        """As the scheme gives them; shares of the maximum as points."""
        return {option: worth.decimal(maximum) for option, worth in self.options.items()}

    def formula(self, maximum: Fraction) -> str:
        """The points beside the option."""
        return of_option()

    def expression(self, maximum: Fraction) -> Tree:
        """What each option is worth, of which one is 1."""
        return arithmetic.total(
            arithmetic.times(Named(arithmetic.OPTION + option), worth.of(maximum))
            for option, worth in self.options.items()
        )

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """The points of options stay in 0, or the `min`, …max, and the most is the maximum."""
        if not self.options:
            yield RefusedError(MISSING_FIELD, ("options",), expected="options")
            return
        worths = {option: worth.of(maximum) for option, worth in self.options.items()}
        for option, points in worths.items():
            yield from bounds_proof(points, maximum, ("options", option), self.lowest)
        yield from reach_proof(max(worths.values()), maximum, ("options",))
        yield from names_proof(self.names, self.options)

    def fewest(self, maximum: Fraction) -> Fraction:
        """Those of the worst option."""
        return min((worth.of(maximum) for worth in self.options.values()), default=ZERO)

    def meant(self, fact: Fact) -> Fact:
        """The option by its id."""
        if not isinstance(fact, Answer):
            return fact
        return Answer(option_of(fact.answer, self.options, self.names) or fact.answer)

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The points of the option."""
        return self.options[self._option(fact)].of(maximum)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The option."""
        option = called(self._option(fact), self.names, say)
        return f"{option} {arrow_text(self.points(fact, maximum), say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Every option with its points."""
        told = (
            f"{name}: {self.options[option].told(maximum, say)}"
            for option, name in self.named(say).items()
        )
        return say("Points of the option that holds: {options}.", options="; ".join(told))

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The options with more points; of several with the same points the first."""
        reached = now
        for option, points in sorted(self.worths(maximum).items(), key=lambda pair: pair[1]):
            if points > reached:
                reached = Fraction(points)
                yield Gain(reached, Answer(option))

    def _option(self, fact: Fact) -> str:
        if not isinstance(fact, Answer):
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"answer: {' | '.join(self.options)}")
        if fact.answer not in self.options:
            raise unknown_option(fact.answer, self.options, self.names)
        return fact.answer
