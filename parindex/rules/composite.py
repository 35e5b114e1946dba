"""What rules made of rules have in common: parts by name, each with its own figures among those reported."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final, NamedTuple, Self

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    Gain,
    Need,
    RefusedError,
    Rule,
    UndecidedError,
    called,
    names_proof,
)
from parindex.rules.expression_tree import Condition, Tree, names
from parindex.rules.figures import FigureKind, FigureName, exact_figure
from parindex.rules.input import FIGURES, NUMBER, PERCENT, Input
from parindex.rules.options import meant_figures
from parindex.rules.setting import Setting
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    FIGURE_MISSING,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    RULES_DO_NOT_COMBINE,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_OPTION,
    WRONG_INPUT_FOR_RULE,
)
from parindex.values.exact import rounded, to_decimal_or_none, to_text
from parindex.values.facts import (
    Answer,
    Count,
    Date,
    Fact,
    Figure,
    Figures,
    Points,
    Ratio,
    Value,
    figure_form,
)
from parindex.values.fields import Name
from parindex.values.finding import Path
from parindex.values.fuzzy import suggest
from parindex.values.language import N_, Language, language

MOST_PARTS: Final = 20
_DEEPEST: Final = 3
_DIGITS: Final = 4
_LEAST: Final = Decimal("0.01")
"""The least by which a figure passes an edge, where a plan must name one figure."""
_ONE_FIGURE: Final = N_("a rule that takes one figure, a day or a word, or figures by name")
_DEPTH: Final = N_("rules in rules at most three deep")
_FORMS: Final = {"count": "3", "date": "2018-12-31", "points": "0.5"}
Found = Mapping[str, Figure]


class Part(NamedTuple):
    """One of the rules: its name, its rule, its maximum, and where it stands in the whole."""

    name: str
    rule: Rule
    maximum: Fraction
    path: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that it takes: its own, or one under the name of the part."""
        if self.rule.takes is FIGURES:
            return tuple(self.rule.named(language("en")))
        return (self.name,)

    @property
    def form(self) -> str:
        """What may be reported for it, as a file writes it."""
        if self.rule.takes is FIGURES:
            return ", ".join(f"{name}: 10" for name in self.names)
        if self.rule.takes.field == "answer":
            return f"{self.name}: {next(iter(self.rule.named(language('en'))), '…')}"
        is_rate = self.rule.takes is not NUMBER
        return f"{self.name}: {_FORMS.get(self.rule.takes.field, '97.2%' if is_rate else '12.5')}"

    def is_in(self, figures: Found) -> bool:
        """Whether any of its figures was reported."""
        return any(name in figures for name in self.names)

    def fact(self, figures: Found) -> Fact:
        """What was reported for it, as its rule takes it.

        Raises:
            RefusedError: P224 nothing was, or P205 a figure of another kind.
        """
        if self.rule.takes is FIGURES:
            return self.rule.meant(Figures({x: figures[x] for x in self.names if x in figures}))
        figure = figures.get(self.name)
        if figure is None:
            raise RefusedError(FIGURE_MISSING, found=self.name)
        match self.rule.takes.field, figure:
            case "value", Value() | Ratio():
                return figure
            case "count", Value(_, False):
                return Count(int(exact_figure(self.name, figure, "count")))
            case "date", Date():
                return figure
            case "answer", _:
                return self.rule.meant(Answer(figure_form(figure)))
            case "points", Value(value, False):
                return Points(value)
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected=self.form)

    def expression(self) -> Tree | None:
        """Its points as arithmetic, in the names of the whole."""
        tree = self.rule.expression(self.maximum)
        return None if tree is None else arithmetic.renamed(tree, self._renames(tree))

    def fits(self) -> Condition | None:
        """What must hold for them."""
        held = self.rule.fits(self.maximum)
        return None if held is None else arithmetic.renamed_in(held, self._renames(held))

    def _renames(self, tree: Tree | Condition) -> dict[str, str]:
        """Names of one figure, which stands under the name of the part; `fees=done` of an option."""
        if self.rule.takes is FIGURES:
            return {}
        return {
            name: self.name + (name if name.startswith(arithmetic.OPTION) else "")
            for name in names(tree)
            if not name.startswith(arithmetic.RATE_OF)
        }

    def fact_if(self, figures: Found) -> Fact | None:
        """The same; None where nothing was reported that its rule can take."""
        try:
            return self.fact(figures)
        except RefusedError:
            return None

    def points(self, figures: Found) -> Fraction:
        """Its points; a refusal names the part."""
        try:
            fact = self.fact(figures)
            if isinstance(fact, Points):
                return self._given(Fraction(fact.points))
            return self.rule.points(fact, self.maximum)
        except RefusedError as refused:
            if self.rule.takes is FIGURES or refused.code == FIGURE_MISSING:
                raise
            told = dict(refused.parameters)
            if refused.code == WRONG_INPUT_FOR_RULE:
                told = {"expected": self.form}
            elif "found" in told:
                told["found"] = f"{self.name}: {told['found']}"
            raise type(refused)(refused.code, refused.path, **told) from refused

    def _given(self, points: Fraction) -> Fraction:
        if self.rule.lowest <= points <= self.maximum:
            return points
        code = ABOVE_MAXIMUM if points > self.maximum else NEGATIVE_NUMBER
        expected = f"{to_text(self.rule.lowest)}…{to_text(self.maximum)}"
        raise RefusedError(code, found=to_text(points), expected=expected)

    def is_undecided(self, figures: Found) -> bool:
        """Whether its figures are right, and it cannot tell their points."""
        try:
            self.points(figures)
        except UndecidedError:
            return True
        except RefusedError:
            return False
        return False

    def now(self, figures: Found) -> Fraction:
        """Its present points; the fewest there are where they are not known."""
        try:
            return self.points(figures)
        except RefusedError:
            return min(self.rule.lowest, Fraction(0))

    def working(self, figures: Found, say: Language) -> str:
        """How its points come about, in one line that ends with them."""
        fact = self.fact(figures)
        if isinstance(fact, Points):
            given = say("points as given")
            return f"{given} → {say.number(fact.points)}"
        return self.rule.working(fact, self.maximum, say)

    def figures(self, fact: Fact) -> dict[str, Figure]:
        """What its rule takes, as figures among those of the whole."""
        match fact:
            case Figures(figures):
                return dict(figures)
            case Count(told) | Points(told):
                exact = told if isinstance(told, Decimal) else to_decimal_or_none(Fraction(told))
                return {self.name: Value(exact or Decimal(0))}
            case Value() | Ratio() | Date() | Answer():
                return {self.name: fact}
            case _:
                return {}

    def reached(self, gain: Gain) -> Gain:
        """A gain whose figure is enough by itself, not only neared: 90.01 % for above 90 %."""
        if gain.need not in ("above", "below") or not isinstance(gain.fact, Value):
            return gain
        by = _LEAST if gain.need == "above" else -_LEAST
        fact = Value(gain.fact.value + by, gain.fact.is_percent)
        need: Need = "from" if gain.need == "above" else "to"
        return Gain(self.rule.points(fact, self.maximum), fact, need)


Faults = Sequence[tuple[Part, Sequence[RefusedError]]]
"""The rules, each with its own faults."""


class CompositeRule(Rule):
    """Base of the rules made of rules: what is reported are figures by name.

    A part that takes figures by name itself has its own among them; each other part has one
    figure under its own name.
    """

    takes: ClassVar[Input] = FIGURES
    field: ClassVar[str]
    """The parameter that holds the rules."""

    names: dict[FigureName, Name] = Field(
        default_factory=dict, description="what the rules are called, `{vi: …, en: …}`"
    )

    @property
    @abstractmethod
    def inner(self) -> Mapping[str, Rule]:
        """The rules by name."""

    @abstractmethod
    def parts(self, maximum: Fraction) -> tuple[Part, ...]:
        """The rules with their maxima."""

    @abstractmethod
    def changed(self, change: Callable[[Rule], Rule]) -> Self:
        """The same of changed rules."""

    @abstractmethod
    def combined(self, maximum: Fraction, faults: Faults) -> Iterator[RefusedError]:
        """Why the rules do not go together, with the faults of each that count."""

    def expressions(self, maximum: Fraction) -> tuple[Tree, ...] | None:
        """The points of each rule as arithmetic; None where one has none."""
        found = [part.expression() for part in self.parts(maximum)]
        known = tuple(each for each in found if each is not None)
        return known if len(known) == len(found) else None

    def fits(self, maximum: Fraction) -> Condition | None:
        """What must hold for all of the rules, where all are reported."""
        found = [each for each in (p.fits() for p in self.parts(maximum)) if each is not None]
        return arithmetic.both(*found) if found else None

    def named(self, say: Language) -> Mapping[str, str]:
        """All figures: those that a rule names itself, and one for each other rule."""
        found: dict[str, str] = {}
        for name, rule in self.inner.items():
            told = rule.named(say) if rule.takes is FIGURES else {name: self.label(name, say)}
            found |= {each: words for each, words in told.items() if each not in found}
        return found

    def of_figure(self, name: str) -> Rule | None:
        """One of the rules that takes a single figure, at any depth."""
        own = self.inner.get(name)
        if own is not None and own.takes is not FIGURES:
            return own
        found = (rule.of_figure(name) for rule in self.inner.values())
        return next(filter(None, found), None)

    def parts_in_words(self, maximum: Fraction, say: Language) -> str:
        """Every rule in words, behind its name."""
        return "; ".join(
            f"{self.label(part.name, say)}: {part.rule.in_words(part.maximum, say).rstrip('.')}"
            for part in self.parts(maximum)
        )

    def label(self, name: str, say: Language) -> str:
        """What one of the rules is called."""
        return called(name, self.names, say)

    @property
    def inputs(self) -> Mapping[str, FigureKind]:
        """Of which kind figures are, as far as the rules say it."""
        found: dict[str, FigureKind] = {}
        for name, rule in self.inner.items():
            if rule.takes is FIGURES:
                found |= getattr(rule, "inputs", None) or {}
            elif rule.takes is PERCENT:
                found[name] = "percent"
            elif rule.takes.field in ("count", "points") or rule.takes is NUMBER:
                found[name] = "count" if rule.takes.field == "count" else "number"
        return found

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Each rule is sound for its own maximum, and together they reach that of the whole."""
        yield from self.proof_at(maximum, 1)

    def proof_at(self, maximum: Fraction, level: int) -> Iterator[RefusedError]:
        """The proof of rules that stand so deep in others."""
        if level > _DEEPEST:
            yield RefusedError(RULES_DO_NOT_COMBINE, (), found=str(level), expected=_DEPTH)
            return
        if not self.inner:
            yield RefusedError(MISSING_FIELD, (self.field,), expected=self.field)
            return
        if len(self.inner) > MOST_PARTS:
            told = {"found": str(len(self.inner)), "expected": f"≤ {MOST_PARTS}"}
            yield RefusedError(RULES_DO_NOT_COMBINE, (self.field,), **told)
            return
        yield from names_proof(self.names, self.inner)
        faults = [(part, [*_proof(part, level + 1)]) for part in self.parts(maximum)]
        yield from self.combined(maximum, faults)

    def meant(self, fact: Fact) -> Fact:
        """The figures by their names, words of options by their ids."""
        if not isinstance(fact, Figures):
            return fact
        labels = {x: self.names[x] for x in self.inner if x in self.names}
        found = dict(meant_figures(fact, self.named(language("en")), labels).figures)
        for name, rule in self.inner.items():
            if rule.takes is FIGURES:
                inner = rule.meant(Figures(found))
                found = dict(inner.figures) if isinstance(inner, Figures) else found
            elif rule.takes.field == "answer" and name in found:
                answer = rule.meant(Answer(figure_form(found[name])))
                found[name] = answer if isinstance(answer, Answer) else found[name]
        return Figures(found)

    def figures(self, fact: Fact, maximum: Fraction) -> Found:
        """What was reported, by names that the rules have.

        Raises:
            RefusedError: P205 another kind of input, P208 a figure of another name.
        """
        if not isinstance(fact, Figures):
            form = ", ".join(dict.fromkeys(part.form for part in self.parts(maximum)))
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"figures: {{{form}}}")
        known = [*self.named(language("en"))]
        for name in fact.figures:
            if name not in known:
                near, expected = suggest(name, known), ", ".join(known)
                raise RefusedError(UNKNOWN_OPTION, found=name, expected=expected, near=near)
        return fact.figures

    def figures_if(self, fact: Fact | None, maximum: Fraction) -> Found:
        """The same; none where nothing was reported that the rule can take."""
        try:
            return {} if fact is None else self.figures(fact, maximum)
        except RefusedError:
            return {}

    def for_unit(self, setting: Setting) -> Self:
        """The rule with all its rules as they stand for the unit."""
        return self.changed(lambda rule: rule.for_unit(setting))

    def with_lowest(self, lowest: Fraction) -> Rule:
        """The rule with all its rules of a leaf whose points may go down so far."""
        copy = self.changed(lambda rule: rule.with_lowest(lowest))
        return Rule.with_lowest(copy, lowest)

    @property
    def is_plain(self) -> bool:
        """Whether all rules are."""
        return all(rule.is_plain for rule in self.inner.values())

    @property
    def needs(self) -> tuple[str, ...]:
        """What any of the rules needs."""
        return tuple(dict.fromkeys(code for rule in self.inner.values() for code in rule.needs))

    def days(self) -> tuple[date, date] | None:
        """From the first day of any rule to the last."""
        found = [each for each in (rule.days() for rule in self.inner.values()) if each]
        return (min(a for a, _ in found), max(b for _, b in found)) if found else None

    @property
    def gives_rate(self) -> bool:
        """Whether any of the rules goes by one."""
        return any(rule.gives_rate for rule in self.inner.values())

    def rate(self, fact: Fact) -> Fraction | None:
        """The best rate of those rules that go by one."""
        figures = fact.figures if isinstance(fact, Figures) else {}
        parts = [Part(name, rule, Fraction(1), ()) for name, rule in self.inner.items()]
        facts = [(part.rule, part.fact_if(figures)) for part in parts]
        rates = [rule.rate(each) for rule, each in facts if each is not None]
        return max((rate for rate in rates if rate is not None), default=None)

    def remarks(self, fact: Fact, maximum: Fraction) -> Iterator[RefusedError]:
        """What any of the rules has to tell."""
        figures = self.figures_if(fact, maximum)
        for part in self.parts(maximum):
            told = part.fact_if(figures)
            if told is not None and not isinstance(told, Points) and part.is_in(figures):
                yield from part.rule.remarks(told, part.maximum)

    def gain_of(
        self,
        gains: Iterable[tuple[Part, Gain]],
        points: Fraction,
        figures: Found,
        maximum: Fraction,
    ) -> Gain | None:
        """What must be reported for gains of some rules: all figures, the others as they are.

        None where one of the others cannot tell its points, so that nothing is gained.
        """
        told, needs = dict(figures), set[Need]()
        for part, each in gains:
            gain = part.reached(each)
            told |= part.figures(gain.fact)
            needs.add(gain.need)
        try:
            points = self.points(Figures(told), maximum)
        except UndecidedError:
            return None
        except RefusedError:  # not all figures are known
            pass
        return Gain(points, Figures(told), needs.pop() if len(needs) == 1 else "is")


def _proof(part: Part, level: int) -> Iterator[RefusedError]:
    """The faults of one of the rules."""
    is_alone = part.rule.is_relative  # a leaf has one best figure of its group
    if is_alone or not part.rule.is_added or part.rule.takes.field in ("items", "answers"):
        told = {"found": part.rule.kind, "expected": _ONE_FIGURE}
        yield RefusedError(RULES_DO_NOT_COMBINE, (), **told)
    elif part.maximum <= 0:
        told = {"found": to_text(part.maximum), "expected": "> 0"}
        yield RefusedError(THRESHOLD_OUT_OF_RANGE, (), **told)
    elif isinstance(part.rule, CompositeRule):
        yield from part.rule.proof_at(part.maximum, level)
    else:
        yield from part.rule.proof(part.maximum)


def placed(part: Part, refused: RefusedError) -> RefusedError:
    """A fault of one of the rules, with its place in the whole."""
    return RefusedError(refused.code, (*part.path, *refused.path), **refused.parameters)


def points_text(points: Fraction, say: Language) -> str:
    """Points, or where their decimals do not end some of them."""
    if to_decimal_or_none(points) is None:
        return f"≈ {say.number(rounded(points, _DIGITS))}"
    return say.number(points)
