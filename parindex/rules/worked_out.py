"""A figure that is worked out of others by name: `on_time / received`, or a part `of` a whole."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema

from parindex.rules import arithmetic
from parindex.rules.base import RefusedError
from parindex.rules.expression import (
    Tree,
    ZeroDivisorError,
    evaluate,
    names,
    parse,
    words,
)
from parindex.rules.expression_tree import Extreme, Named
from parindex.rules.figures import FigureKind, exact_figure
from parindex.values.codes import (
    FIGURE_MISSING,
    OUT_OF_RANGE,
    UNKNOWN_OPTION,
    UNKNOWN_REFERENCE,
)
from parindex.values.facts import Figures, Ratio, Value
from parindex.values.fields import fault
from parindex.values.fuzzy import suggest
from parindex.values.language import N_, Language

MONTHS: Final = "months"
"""How many months the period has, without being reported."""


def _read(text: str) -> str:
    try:
        parse(text)
    except RefusedError as refused:
        raise fault(refused.code, **refused.parameters) from None
    return text


ExpressionText = Annotated[str, AfterValidator(_read), WithJsonSchema({"type": "string"})]
"""Arithmetic over figures by name, as `rules/expression.py` reads it."""


class WorkedOut:
    """How a figure is worked out: `part`, or `part` of the first of the `wholes` that is not 0.

    `kinds` are those of the figures, a count where nothing is said. A figure that only a
    later whole needs may be left out as long as it is not needed.
    """

    def __init__(
        self, part: str, wholes: Iterable[str], kinds: Mapping[str, FigureKind] | None = None
    ) -> None:
        self.part = parse(part)
        self.wholes = [parse(each) for each in wholes]
        found = [name for tree in (self.part, *self.wholes) for name in names(tree)]
        said = kinds or {}
        self.kinds: dict[str, FigureKind] = {
            name: said.get(name, "count") for name in dict.fromkeys(found) if name != MONTHS
        }

    def proof(self, kinds: Iterable[str]) -> Iterator[RefusedError]:
        """The figures of which a kind is said are used."""
        for name in kinds:
            if name not in self.kinds:
                near = suggest(name, self.kinds)
                yield RefusedError(UNKNOWN_REFERENCE, ("inputs", name), found=name, near=near)

    def value(self, fact: Figures, months: int | None) -> Fraction | None:
        """The figure, 0.97 for 97 %; None where all that it is divided by is 0.

        Raises:
            RefusedError: a figure is missing, unknown or of another kind, or there are no
                months in the period.
        """
        for name in fact.figures:
            if name not in self.kinds:
                expected, near = ", ".join(self.kinds), suggest(name, self.kinds)
                raise RefusedError(UNKNOWN_OPTION, found=name, expected=expected, near=near)
        needed = (name for tree in (self.part, *self.wholes[:1]) for name in names(tree))
        _refuse_missing(needed, fact)
        try:
            part = self._evaluated(self.part, fact, months)
            whole = self.whole(fact, months) if self.wholes else Fraction(1)
        except ZeroDivisorError:
            return None
        return part / whole if whole else None

    def tree(self, months: int | None) -> Tree | None:
        """The figure as arithmetic, where something that it is divided by is not 0.

        None where it needs the months of a period, and they are not known.
        """
        tree = self.part
        if self.wholes:
            *firsts, last = self.wholes
            cases = [(arithmetic.compare(e, "≠", 0), arithmetic.over(tree, e)) for e in firsts]
            tree = arithmetic.first_of(cases, arithmetic.over(tree, last))
        if MONTHS not in names(tree):
            return tree
        return (
            None
            if months is None
            else arithmetic.replaced(tree, {MONTHS: arithmetic.number(months)})
        )

    def whole(self, fact: Figures, months: int | None) -> Fraction | None:
        """The first of the wholes that is not 0; None where there is none."""
        found = (self._evaluated(each, fact, months) for each in self.wholes)
        return next(filter(None, found), None)

    @property
    def counted(self) -> str | None:
        """The figure that is the part, where it is one count of a whole by itself."""
        if not isinstance(self.part, Named) or not self.wholes:
            return None
        name = self.part.name
        alone = all(name not in names(each) for each in self.wholes)
        return name if alone and self.kinds.get(name) == "count" else None

    def words(self, fact: Figures, months: int | None, say: Language) -> str:
        """The calculation with the figures in it: `982 ÷ max(1000; 990)`."""
        told = {name: _spelt(each, say) for name, each in fact.figures.items()}
        told[MONTHS] = str(months)
        part = words(self.part, told, say)
        if not self.wholes:
            return part
        whole = self.wholes[-1]
        for each in self.wholes:
            if self._evaluated(each, fact, months):
                whole = each
                break
        return f"{_closed(self.part, part)} ÷ {_closed(whole, words(whole, told, say))}"

    def in_words(self, called: Mapping[str, str], say: Language) -> str:
        """The calculation with what the figures are called."""
        told = {**called, MONTHS: say("months of the period")}
        part = words(self.part, told, say)
        if not self.wholes:
            return part
        first, *others = (words(each, told, say) for each in self.wholes)
        text = say("{part} of {whole}", part=part, whole=first)
        for other in others:
            text = say("{figure}, or where that is 0 of {whole}", figure=text, whole=other)
        return text

    def _evaluated(self, tree: Tree, fact: Figures, months: int | None) -> Fraction:
        _refuse_missing(names(tree), fact)
        figures = {
            name: exact_figure(name, fact.figures[name], self.kinds[name])
            for name in names(tree)
            if name != MONTHS
        }
        if MONTHS in names(tree):
            if months is None:
                expected = N_("a period of whole months")
                raise RefusedError(OUT_OF_RANGE, found="period", expected=expected)
            figures[MONTHS] = Fraction(months)
        return evaluate(tree, figures)


def _closed(tree: Tree, told: str) -> str:
    """What is divided, or divided by, in parentheses where it has several parts."""
    return told if isinstance(tree, Named | Extreme) else f"({told})"


def _refuse_missing(needed: Iterable[str], fact: Figures) -> None:
    missing = [name for name in dict.fromkeys(needed) if name not in (*fact.figures, MONTHS)]
    if missing:
        raise RefusedError(FIGURE_MISSING, found=", ".join(missing))


def _spelt(figure: object, say: Language) -> str:
    match figure:
        case Ratio(part, whole):
            return f"{say.number(part)}/{say.number(whole)}"
        case Value(value, is_percent):
            return say.percent(value) if is_percent else say.number(value)
        case _:
            return ""
