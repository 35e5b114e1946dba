"""The mean of what dossiers, or other cases, are worth: the plain name of what a survey computes."""

from fractions import Fraction
from typing import ClassVar, Literal

from parindex.rules.base import Example
from parindex.rules.survey import MeanRule
from parindex.values.language import Language


class MixRule(MeanRule):
    """`{kind: mix, weights: {shorter: 2, equal: 1, longer: 0}}`: the mean of dossiers, Σ points × count ÷ count.

    What each kind of dossier is worth is told in points or as shares of the maximum,
    such as `equal: 50%`, so "(b/a) × 1 + (c/a) × 0.5" is a mix too. It computes what
    `survey` computes, and takes the same parameters and answers.
    """

    example: ClassVar = Example(
        "{kind: mix, weights: {shorter: 2, equal: 1, longer: 0}}",
        2,
        ("answers: {shorter: 12, equal: 7, longer: 1}",),
    )

    kind: Literal["mix"]

    def mean_words(self, weights: str, maximum: Fraction, say: Language) -> str:
        """The mean of cases, of the maximum where they are worth shares of it."""
        if not self._in_shares:
            return say("Mean worth of all cases, in points: {weights}.", weights=weights)
        most = say.number(maximum)
        return say("Mean worth of all cases × {maximum}: {weights}.", maximum=most, weights=weights)
