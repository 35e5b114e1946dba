"""Points by arithmetic over several figures, for what nothing else says."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import ClassVar, Final, Literal

from pydantic import Field, PrivateAttr

from parindex.rules import arithmetic
from parindex.rules.base import (
    Example,
    Gain,
    Ladder,
    RefusedError,
    Rule,
    arrow_text,
    called,
    names_proof,
    reach_proof,
    result_text,
)
from parindex.rules.expression import (
    RESERVED,
    Tree,
    ZeroDivisorError,
    evaluate,
    names,
    parse,
    words,
)
from parindex.rules.expression_tree import Condition, Named, Product, walk
from parindex.rules.figures import FigureKind, FigureName, exact_figures, figures_of
from parindex.rules.input import FIGURES, Input
from parindex.rules.intervals import Interval, between, bounds, slope, zero_divisors
from parindex.rules.one_figure import OneFigure, scale_of
from parindex.rules.rate import figure_text
from parindex.rules.setting import Setting
from parindex.values.codes import (
    DIVISION_BY_ZERO,
    MISSING_FIELD,
    POINTS_CLAMPED,
    UNKNOWN_REFERENCE,
    WRONG_INPUT_FOR_RULE,
    WRONG_TYPE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import ZERO, to_text
from parindex.values.facts import Fact, Figure, Figures, Ratio, Value
from parindex.values.fields import Name, Text
from parindex.values.fuzzy import suggest
from parindex.values.language import N_, Language, language

NO_CASES: Final = (
    "what division by 0 gives, `full-points` or `zero`; without it such figures are refused"
)
INPUTS: Final = (
    "the figures by their names: `percent` (a percentage or a part of a whole), "
    "`count` (a whole number), `number` (any of 0 or more)"
)
CALLED: Final = "what the figures are called, `{vi: …, en: …}`"
USED: Final = N_("a figure that the rule uses")
MOST_INPUTS: Final = 20
BUILT_IN: Final = ("maximum", "minimum", "months")
_MOST_TRIED: Final = 1500
"""Sets of figures that are looked at for one leaf, to find what would give more."""
_MOST_LISTED: Final = 500
_DOMAINS: Final[Mapping[FigureKind, Interval]] = {
    "percent": between(0, 1),
    "count": between(0, None),
    "number": between(0, None),
}


class FormulaRule(Rule):
    """`{kind: formula, inputs: {on_time: count, received: count}, points: "maximum * on_time / received"}`.

    `points` is arithmetic over the figures: numbers, percentages (`90%`), `+ - * /`,
    `min(a, b)`, `max(a, b)`, `if(condition, a, b)` with `< <= > >= = !=`, `and`, `or`, `not`. Also
    `maximum`, `minimum` (the fewest points of the leaf) and `months` (of the period) have a
    value. A percentage counts as a number, 97.2 % as 0.972. What lies outside
    minimum…maximum counts as the nearer of the two, and is told.
    """

    takes: ClassVar[Input] = FIGURES
    example: ClassVar = Example(
        "{kind: formula, inputs: {on_time: count, received: count}, "
        'points: "maximum * min(1, on_time / received / 90%)", no_cases: zero}',
        2,
        ("figures: {on_time: 720, received: 1000}", "figures: {on_time: 982, received: 1000}"),
    )

    kind: Literal["formula"]
    inputs: dict[FigureName, FigureKind] = Field(description=INPUTS)
    formula_: Text = Field(alias="points", description="the arithmetic that gives the points")
    names: dict[FigureName, Name] = Field(default_factory=dict, description=CALLED)
    no_cases: Literal["full-points", "zero"] | None = Field(default=None, description=NO_CASES)
    _months: int | None = PrivateAttr(12)

    def named(self, say: Language) -> Mapping[str, str]:
        """The figures."""
        return {name: called(name, self.names, say) for name in self.inputs}

    def for_unit(self, setting: Setting) -> "FormulaRule":
        """With the months of the unit's period, where it asks for them."""
        if "months" not in self._used:
            return self
        copy = self.model_copy()
        copy._months = setting.months  # noqa: SLF001
        return copy

    @property
    def is_plain(self) -> bool:
        """Not so: it may have to tell that points were kept within their bounds."""
        return False

    @cached_property
    def _tree(self) -> Tree:
        return parse(self.formula_, ("points",))

    @cached_property
    def _used(self) -> tuple[str, ...]:
        return names(self._tree)

    def expression(self, maximum: Fraction) -> Tree | None:
        """The arithmetic; none where it asks for months that are not known."""
        if "months" in self._used and self._months is None:
            return None
        months = Fraction(self._months or 1)
        given = {"maximum": maximum, "minimum": self.lowest, "months": months}
        return arithmetic.replaced(self._tree, {n: arithmetic.number(x) for n, x in given.items()})

    def fits(self, maximum: Fraction) -> Condition | None:
        """It stays within its bounds, as far as that is not so for all figures."""
        tree = self.expression(maximum)
        if tree is None:
            return None
        ends = bounds(tree, {name: _DOMAINS[kind] for name, kind in self.inputs.items()})
        found = []
        if ends.least is None or ends.least < self.lowest:
            found.append(arithmetic.compare(tree, "≥", self.lowest))
        if ends.most is None or ends.most > maximum:
            found.append(arithmetic.compare(tree, "≤", maximum))
        return arithmetic.both(*found) if found else None

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """It can be read, names its inputs and no others, divides by no constant 0, and may reach the maximum."""
        yield from inputs_proof(self.inputs, self.names, (*RESERVED, *BUILT_IN))
        try:
            used = self._used
        except RefusedError as refused:
            yield refused
            return
        known = (*self.inputs, *BUILT_IN)
        unknown = [name for name in used if name not in known]
        for name in unknown:
            told = {"found": name, "expected": ", ".join(known), "near": suggest(name, known)}
            yield RefusedError(UNKNOWN_REFERENCE, ("points",), **told)
        if unknown:
            return
        for name in self.inputs:
            if name not in used:
                yield RefusedError(UNKNOWN_REFERENCE, ("inputs", name), found=name, expected=USED)
        yield from self._bounds_proof(maximum)

    def _bounds_proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        figures = {
            **{name: _DOMAINS[kind] for name, kind in self.inputs.items()},
            "maximum": between(maximum, maximum),
            "minimum": between(self.lowest, self.lowest),
            "months": between(1, None),
        }
        for divisor in zero_divisors(self._tree, figures):
            told = words(divisor, None, language("en"))
            yield RefusedError(DIVISION_BY_ZERO, ("points",), found=told)
        most = bounds(self._tree, figures).most
        if most is not None:
            yield from reach_proof(most, maximum, ("points",))

    def fewest(self, maximum: Fraction) -> Fraction:
        """What the leaf allows: a formula that gives less is kept there."""
        return self.lowest

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The value, kept within lowest…maximum."""
        value = self._value(fact, maximum)
        if value is None:
            return maximum if self.no_cases == "full-points" else max(ZERO, self.lowest)
        return self._kept(value, maximum)

    def _kept(self, value: Fraction, maximum: Fraction) -> Fraction:
        return max(self.lowest, min(maximum, value))

    def _value(self, fact: Fact, maximum: Fraction) -> Fraction | None:
        """What the arithmetic gives; None where something is divided by 0 and the rule says what that gives."""
        if self.no_cases is not None and has_no_cases(fact, self.inputs):
            return None
        return self._computed(exact_figures(fact, self.inputs), maximum)

    def _computed(self, figures: Mapping[str, Fraction], maximum: Fraction) -> Fraction | None:
        given = {**figures, "maximum": maximum, "minimum": self.lowest}
        if "months" in self._used:
            if self._months is None:
                raise RefusedError(WRONG_INPUT_FOR_RULE, expected=N_("a period of whole months"))
            given["months"] = Fraction(self._months)
        try:
            return evaluate(self._tree, given)
        except ZeroDivisorError as zero:
            if self.no_cases is not None:
                return None
            divisor = words(zero.divisor, None, language("en"))
            raise RefusedError(ZERO_DENOMINATOR, found=f"{divisor} = 0") from None

    def remarks(self, fact: Fact, maximum: Fraction) -> Iterator[RefusedError]:
        """That the arithmetic gives more than the maximum, or less than the least."""
        value = self._value(fact, maximum)
        if value is not None and value != self._kept(value, maximum):
            kept = to_text(self._kept(value, maximum))
            yield RefusedError(POINTS_CLAMPED, value=to_text(value), points=kept)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The arithmetic with the figures in it, and where it leaves the bounds the bound."""
        value, points = self._value(fact, maximum), self.points(fact, maximum)
        told = words(self._tree, self._texts(fact, maximum, say), say)
        if value is None:
            none = say("no case arose")
            return f"{told} → {none} {arrow_text(points, say)}"
        told = f"{told} {result_text(value, say)}"
        if value == points:
            return told
        sign = ">" if value > points else "<"
        return f"{told} {sign} {say.number(points)} {arrow_text(points, say)}"

    def _texts(self, fact: Fact, maximum: Fraction, say: Language) -> dict[str, str]:
        """What stands in place of each name."""
        texts = {name: _text(each, say) for name, each in figures_of(fact, self.inputs).items()}
        lowest = say.number(self.lowest)
        texts["maximum"] = say.number(maximum)
        texts["minimum"] = f"({lowest})" if self.lowest < 0 else lowest
        if self._months is not None:
            texts["months"] = str(self._months)
        return texts

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The arithmetic with what the figures are called."""
        texts = {**self.named(say), "maximum": say.number(maximum)}
        texts |= {"minimum": say.number(self.lowest), "months": say("months of the period")}
        told = words(self._tree, texts, say)
        text = say(
            "{formula}, from {minimum} to {maximum}.",
            formula=told,
            minimum=texts["minimum"],
            maximum=texts["maximum"],
        )
        return f"{text} {no_cases_words(self.no_cases, maximum, say)}".rstrip()

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """Of each figure alone the least change that gives more, and that which gives the maximum.

        A figure that only divides, as the number of all cases, is changed only for what no
        other can give.
        """
        reached = now
        for ways in self._ways(fact, maximum):
            found: dict[Fraction, Gain] = {}
            for one in ways:
                for least in (one.nearest_above(reached), one.nearest_from(maximum)):
                    if least is not None and least[0] > reached:
                        found.setdefault(least[0], _gain(fact, one, least))
            yield from (found[points] for points in sorted(found))
            reached = max((reached, *(one.most for one in ways)))

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """The points that one figure alone can give; some of them, where there are too many."""
        points: set[Fraction] = set()
        groups = self._ways(fact, maximum)
        for ways in groups:
            reached = max(points, default=now)
            points |= {each for one in ways for each in one.listed() if each > reached}
        points |= {gain.points for gain in self.gains(now, maximum, fact)}
        step = -(-len(points) // _MOST_LISTED) or 1
        kept = sorted(points, reverse=True)[::step]
        whole = step == 1 == len(self.inputs) and all(
            one.is_listed for ways in groups for one in ways
        )
        yield from (Ladder(each, whole=whole) for each in reversed(kept))

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The figure whose change gives so many points, and the fewest over them."""
        for ways in self._ways(fact, maximum):
            found = [(one.fewest_from(points), one) for one in ways]
            enough = [(least, one) for least, one in found if least is not None]
            if enough:
                least, one = min(enough, key=lambda each: each[0][0])
                return _gain(fact, one, least)
        return None

    @cached_property
    def _wholes(self) -> frozenset[str]:
        """The figures that stand only in what is divided by."""
        divisors = [
            each
            for part in walk(self._tree)
            if isinstance(part, Product)
            for sign, each in part.rest
            if sign == "÷"
        ]
        below = Counter(name for each in divisors for name in _uses(each))
        return frozenset(
            name for name, count in Counter(_uses(self._tree)).items() if below[name] >= count
        )

    def _ways(self, fact: Fact | None, maximum: Fraction) -> tuple[list[OneFigure], ...]:
        """Each figure with what it alone could give, those that only divide behind all others.

        None where no figures were reported.
        """
        if not isinstance(fact, Figures):
            return ()
        try:
            figures = exact_figures(fact, self.inputs)
        except RefusedError:
            return ()
        amounts = [figures[name] for name, kind in self.inputs.items() if kind != "percent"]
        largest = max(amounts, default=ZERO)
        ways = [self._way(name, fact, figures, largest, maximum) for name in self.inputs]
        return (
            [one for one in ways if one.name not in self._wholes],
            [one for one in ways if one.name in self._wholes],
        )

    def _way(
        self,
        name: str,
        fact: Figures,
        figures: Mapping[str, Fraction],
        largest: Fraction,
        maximum: Fraction,
    ) -> OneFigure:
        kind = self.inputs[name]
        scale = scale_of(kind, fact.figures[name])
        last = floor((Fraction(1) if kind == "percent" else largest) / scale.unit)
        given = {**figures, "maximum": maximum, "minimum": self.lowest}
        given["months"] = Fraction(self._months or 1)
        exact = {other: between(value, value) for other, value in given.items()}

        def points(value: Fraction) -> Fraction | None:
            try:
                found = self._computed({**figures, name: value}, maximum)
            except RefusedError:
                return None
            return None if found is None else self._kept(found, maximum)

        def way(first: int) -> int | None:
            among = between(first * scale.unit, last * scale.unit)
            return slope(self._tree, name, {**exact, name: among}) if first <= last else None

        tries = _MOST_TRIED // len(self.inputs)
        return OneFigure(name, scale, figures[name], last, points, way, tries)


def _gain(fact: Fact | None, one: OneFigure, found: tuple[Fraction, int]) -> Gain:
    """What is reported now with one figure changed."""
    figures = fact.figures if isinstance(fact, Figures) else {}
    return Gain(found[0], Figures({**figures, one.name: one.figure(found[1])}))


def _uses(tree: Tree) -> Iterator[str]:
    """The names of figures in an expression, as often as they stand there."""
    return (each.name for each in walk(tree) if isinstance(each, Named))


def _text(figure: Figure, say: Language) -> str:
    """A figure as it stands in arithmetic."""
    if isinstance(figure, Ratio):
        return f"({say.number(figure.part)}/{say.number(figure.whole)})"
    return figure_text(figure, say)


def has_no_cases(fact: Fact, kinds: Mapping[str, FigureKind]) -> bool:
    """Whether a percentage among the figures is 0 of 0; all of them are of their kinds.

    Raises:
        RefusedError: as `exact_figures`.
    """
    figures = figures_of(fact, kinds)
    empty = [name for name, kind in kinds.items() if kind == "percent" and _is_empty(figures[name])]
    if empty:
        some = Value(Decimal(100), is_percent=True)
        exact_figures(Figures({**figures, **dict.fromkeys(empty, some)}), kinds)
    return bool(empty)


def _is_empty(figure: Figure) -> bool:
    return isinstance(figure, Ratio) and figure.part == 0 == figure.whole


def no_cases_words(
    no_cases: Literal["full-points", "zero"] | None, maximum: Fraction, say: Language
) -> str:
    """What division by 0 gives, in a sentence; empty where it is refused."""
    if no_cases is None:
        return ""
    points = maximum if no_cases == "full-points" else ZERO
    return say("{points} where no case arose.", points=say.number(points))


def inputs_proof(
    inputs: Mapping[str, FigureKind], named: Mapping[str, Name], taken: tuple[str, ...] = ()
) -> Iterator[RefusedError]:
    """There are inputs and not too many, none of a name that is `taken`, and every name is one's."""
    if not inputs:
        yield RefusedError(MISSING_FIELD, ("inputs",), expected="inputs")
    if len(inputs) > MOST_INPUTS:
        told = {"found": str(len(inputs)), "expected": f"≤ {MOST_INPUTS}"}
        yield RefusedError(WRONG_TYPE, ("inputs",), **told)
    for name in inputs:
        if name in taken:
            expected = N_("a name that means nothing else in a formula")
            yield RefusedError(WRONG_TYPE, ("inputs", name), found=name, expected=expected)
    yield from names_proof(named, inputs)
