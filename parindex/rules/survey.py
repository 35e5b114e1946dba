"""A questionnaire: the mean of what the answers are worth."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Final, Literal

from pydantic import Field

from parindex.rules.base import Example, RefusedError, Rule, result_text, unknown_option
from parindex.rules.formula import MAX, share
from parindex.rules.input import ANSWERS, Input
from parindex.rules.options import option_of
from parindex.rules.rate import HUNDRED
from parindex.values.codes import (
    MAXIMUM_OUT_OF_REACH,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    PARAMETERS_EXCLUDE,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_INPUT_FOR_RULE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import add
from parindex.values.facts import Answers, Fact
from parindex.values.fields import Option, Share
from parindex.values.language import Language

_MOST_ANSWERS: Final = 50
"""Answers of which a formula adds up the worth."""


class SurveyRule(Rule):
    """`{kind: survey, weights: {A: 100%, B: 60%, C: 20%, D: 0%}}`: Σ weight × share × maximum.

    Shares are of all answers that have a weight; those `left_out`, such as an
    open answer, may be reported and do not count. An answer that counts as
    nothing has the weight 0%.
    """

    takes: ClassVar[Input] = ANSWERS
    example: ClassVar = Example(
        "{kind: survey, weights: {A: 100%, B: 60%, C: 20%, D: 0%}}",
        2,
        ("answers: {A: 120, B: 30, C: 6, D: 1}",),
    )

    kind: Literal["survey"]
    weights: dict[Option, Share] = Field(
        description="what each answer is worth, in percent; the best is 100 %"
    )
    left_out: tuple[Option, ...] = Field(
        default=(), description="answers that may be reported and do not count"
    )

    def named(self, say: Language) -> Mapping[str, str]:
        """The answers, those that do not count last."""
        return {answer: answer for answer in (*self.weights, *self.left_out)}

    def formula(self, maximum: Fraction) -> str:
        """The mean weight of the answers that count, where every row has a count."""
        rows = [f"{{{row}}}" for row in range(len(self.weights) + len(self.left_out))]
        if len(rows) > _MOST_ANSWERS:
            return ""
        counted = rows[: len(self.weights)]
        numbers = ",".join(f"ISNUMBER({row})" for row in rows)
        whole = ",".join(f"{row}>=0,INT({row})={row}" for row in rows)
        sum_ = "+".join(counted)
        worth = "+".join(
            f"{row}*{share(weight)}"
            for row, weight in zip(counted, self.weights.values(), strict=True)
        )
        points = f'IF({sum_}=0,"",({worth})/({sum_})*{MAX})'
        return f'IF(AND({numbers}),IF(AND({whole}),{points},""),"")'

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Weights lie between 0 and 100 %, and the best is 100 %; none is left out."""
        if not self.weights:
            yield RefusedError(MISSING_FIELD, ("weights",), expected="weights")
            return
        for answer, weight in self.weights.items():
            if not 0 <= weight <= HUNDRED:
                yield RefusedError(
                    THRESHOLD_OUT_OF_RANGE, ("weights", answer), found=f"{weight:f}%"
                )
        best = max(self.weights.values())
        if best < HUNDRED:
            yield RefusedError(
                MAXIMUM_OUT_OF_REACH, ("weights",), found=f"{best:f}%", expected="100%"
            )
        for number, answer in enumerate(self.left_out):
            if answer in self.weights:
                told = {"found": answer, "expected": "weights / left_out"}
                yield RefusedError(PARAMETERS_EXCLUDE, ("left_out", number), **told)

    def meant(self, fact: Fact) -> Fact:
        """The answers as the questionnaire has them, unless two would be the same."""
        if not isinstance(fact, Answers):
            return fact
        known = (*self.weights, *self.left_out)
        found = {option_of(each, known, {}) or each: n for each, n in fact.answers.items()}
        return Answers(found) if len(found) == len(fact.answers) else fact

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The mean weight of the answers, of the maximum."""
        answers = self._answers(fact)
        worth = add(Fraction(self.weights[name]) * count for name, count in answers.items())
        return worth / sum(answers.values()) * maximum / 100

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The sum of weighted answers over their number."""
        answers = self._answers(fact)
        told = " + ".join(
            f"{count} × {say.percent(self.weights[name])}" for name, count in answers.items()
        )
        points = result_text(self.points(fact, maximum), say)
        return f"({told}) ÷ {sum(answers.values())} × {say.number(maximum)} {points}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """What the answers are worth."""
        told = [f"{name} {say.percent(weight)}" for name, weight in self.weights.items()]
        words = say(
            "Mean worth of the answers × {maximum}: {weights}.",
            maximum=say.number(maximum),
            weights="; ".join(told),
        )
        if self.left_out:
            left = say("Not counted: {answers}.", answers="; ".join(self.left_out))
            return f"{words} {left}"
        return words

    def _answers(self, fact: Fact) -> dict[str, int]:
        """How many gave each answer that counts."""
        if not isinstance(fact, Answers):
            told = ", ".join(f"{name}: 10" for name in self.weights)
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"answers: {{{told}}}")
        for name, count in fact.answers.items():
            if name not in self.weights and name not in self.left_out:
                raise unknown_option(name, self.weights)
            if count < 0:
                raise RefusedError(NEGATIVE_NUMBER, found=f"{name}: {count}")
        counted = {name: fact.answers[name] for name in self.weights if name in fact.answers}
        if not sum(counted.values()):
            raise RefusedError(ZERO_DENOMINATOR, found="0/0")
        return counted
