"""The mean of what cases are worth: of the answers to a questionnaire, or of dossiers."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Final, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    NAMES,
    Example,
    RefusedError,
    Rule,
    bounds_proof,
    called,
    names_proof,
    result_text,
    unknown_option,
)
from parindex.rules.expression_tree import Named, Tree
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
from parindex.values.exact import add, to_text
from parindex.values.facts import Answers, Fact
from parindex.values.fields import AmountField, Name, Option
from parindex.values.language import Language

_MOST_ANSWERS: Final = 50
"""Answers of which a formula adds up the worth."""


class MeanRule(Rule):
    """Base of `survey` and `mix`: Σ worth × count ÷ count of all that have a worth.

    A worth is a share of the maximum, or points.
    """

    takes: ClassVar[Input] = ANSWERS

    weights: dict[Option, AmountField] = Field(
        description="what each answer is worth, as a share of the maximum (`60%`) or in points; the best is the maximum"
    )
    left_out: tuple[Option, ...] = Field(
        default=(), description="answers that may be reported and do not count"
    )
    names: dict[Option, Name] = Field(default_factory=dict, description=NAMES)

    def named(self, say: Language) -> Mapping[str, str]:
        """The answers, those that do not count last."""
        return {each: called(each, self.names, say) for each in (*self.weights, *self.left_out)}

    def formula(self, maximum: Fraction) -> str:
        """The mean weight of the answers that count, where every row has a count."""
        rows = [f"{{{row}}}" for row in range(len(self.weights) + len(self.left_out))]
        if len(rows) > _MOST_ANSWERS:
            return ""
        counted = rows[: len(self.weights)]
        numbers = ",".join(f"ISNUMBER({row})" for row in rows)
        whole = ",".join(f"{row}>=0,INT({row})={row}" for row in rows)
        sum_ = "+".join(counted)
        worths = (
            share(weight.value) if self._in_shares else to_text(weight.of(maximum))
            for weight in self.weights.values()
        )
        worth = "+".join(f"{row}*{each}" for row, each in zip(counted, worths, strict=True))
        times = f"*{MAX}" if self._in_shares else ""
        points = f'IF({sum_}=0,"",({worth})/({sum_}){times})'
        return f'IF(AND({numbers}),IF(AND({whole}),{points},""),"")'

    def expression(self, maximum: Fraction) -> Tree:
        """The mean worth of the answers that count."""
        counts = {each: Named(arithmetic.ANSWER + each) for each in self.weights}
        worths = (
            arithmetic.times(counts[each], weight.of(maximum))
            for each, weight in self.weights.items()
        )
        return arithmetic.over(arithmetic.total(worths), arithmetic.total(counts.values()))

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Worths lie between 0 and the maximum, which the best is; none is left out."""
        if not self.weights:
            yield RefusedError(MISSING_FIELD, ("weights",), expected="weights")
            return
        for answer, weight in self.weights.items():
            path = ("weights", answer)
            if not weight.is_share:
                yield from bounds_proof(weight.of(maximum), maximum, path)
            elif not 0 <= weight.value <= HUNDRED:
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, path, found=f"{weight.value:f}%")
        yield from self._reach(maximum)
        yield from names_proof(self.names, (*self.weights, *self.left_out))
        for number, answer in enumerate(self.left_out):
            if answer in self.weights:
                told = {"found": answer, "expected": "weights / left_out"}
                yield RefusedError(PARAMETERS_EXCLUDE, ("left_out", number), **told)

    def _reach(self, maximum: Fraction) -> Iterator[RefusedError]:
        best = max(weight.of(maximum) for weight in self.weights.values())
        if best < maximum:
            found, expected = to_text(best), to_text(maximum)
            if self._in_shares:
                most = max(weight.value for weight in self.weights.values())
                found, expected = f"{most:f}%", "100%"
            yield RefusedError(MAXIMUM_OUT_OF_REACH, ("weights",), found=found, expected=expected)

    def meant(self, fact: Fact) -> Fact:
        """The answers by their ids, unless two would be the same."""
        if not isinstance(fact, Answers):
            return fact
        known = (*self.weights, *self.left_out)
        found = {option_of(each, known, self.names) or each: n for each, n in fact.answers.items()}
        return Answers(found) if len(found) == len(fact.answers) else fact

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The mean worth of the answers."""
        answers = self._answers(fact)
        worth = add(self.weights[name].of(maximum) * count for name, count in answers.items())
        return worth / sum(answers.values())

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The sum of weighted answers over their number."""
        answers = self._answers(fact)
        told = " + ".join(
            f"{count} × {self._worth(name, maximum, say)}" for name, count in answers.items()
        )
        points = result_text(self.points(fact, maximum), say)
        times = f" × {say.number(maximum)}" if self._in_shares else ""
        return f"({told}) ÷ {sum(answers.values())}{times} {points}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """What the answers are worth."""
        names = self.named(say)
        told = [f"{names[each]} {self._worth(each, maximum, say)}" for each in self.weights]
        words = self.mean_words("; ".join(told), maximum, say)
        if self.left_out:
            answers = "; ".join(names[each] for each in self.left_out)
            left = say("Not counted: {answers}.", answers=answers)
            return f"{words} {left}"
        return words

    @abstractmethod
    def mean_words(self, weights: str, maximum: Fraction, say: Language) -> str:
        """A sentence of whose mean it is, with the worths as they are told."""

    @property
    def _in_shares(self) -> bool:
        """Whether all worths are shares, so that the maximum is multiplied in at the end."""
        return all(weight.is_share for weight in self.weights.values())

    def _worth(self, answer: str, maximum: Fraction, say: Language) -> str:
        weight = self.weights[answer]
        return say.percent(weight.value) if self._in_shares else weight.told(maximum, say)

    def _answers(self, fact: Fact) -> dict[str, int]:
        """How many gave each answer that counts."""
        if not isinstance(fact, Answers):
            told = ", ".join(f"{name}: 10" for name in self.weights)
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"answers: {{{told}}}")
        for name, count in fact.answers.items():
            if name not in self.weights and name not in self.left_out:
                raise unknown_option(name, self.weights, self.names)
            if count < 0:
                raise RefusedError(NEGATIVE_NUMBER, found=f"{name}: {count}")
        counted = {name: fact.answers[name] for name in self.weights if name in fact.answers}
        if not sum(counted.values()):
            raise RefusedError(ZERO_DENOMINATOR, found="0/0")
        return counted


class SurveyRule(MeanRule):
    """`{kind: survey, weights: {A: 100%, B: 60%, C: 20%, D: 0%}}`: Σ weight × share × maximum.

    Shares are of all answers that have a weight; those `left_out`, such as an
    open answer, may be reported and do not count. An answer that counts as
    nothing has the weight 0%. `names` may say what the answers are called. `mix` is the
    same for the mean of dossiers.
    """

    example: ClassVar = Example(
        "{kind: survey, weights: {A: 100%, B: 60%, C: 20%, D: 0%}}",
        2,
        ("answers: {A: 120, B: 30, C: 6, D: 1}",),
    )

    kind: Literal["survey"]

    def mean_words(self, weights: str, maximum: Fraction, say: Language) -> str:
        """The mean of answers, of the maximum where they are worth shares of it."""
        if not self._in_shares:
            return say("Mean worth of the answers, in points: {weights}.", weights=weights)
        most = say.number(maximum)
        return say(
            "Mean worth of the answers × {maximum}: {weights}.", maximum=most, weights=weights
        )
