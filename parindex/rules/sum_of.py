"""The sum of several rules, each with a maximum of its own."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import ClassVar, Final, Literal, NamedTuple, Self

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.any_rule import AnyRule
from parindex.rules.base import Example, Gain, Ladder, RefusedError, Rule, result_text
from parindex.rules.composite import CompositeRule, Faults, Found, Part, placed, points_text
from parindex.rules.expression_tree import Tree
from parindex.rules.figures import FigureName
from parindex.rules.said_by_unit import SaidByUnit
from parindex.values.codes import FIGURE_MISSING, RULES_DO_NOT_COMBINE
from parindex.values.exact import add, to_text
from parindex.values.facts import Fact
from parindex.values.fields import Frozen, Number
from parindex.values.language import Language

_MOST_GAINS: Final = 50
_MOST_SUMS: Final = 400
_MOST_TRIED: Final = 8000
"""Sums of the points of a part with those of others that are looked at."""


class PartForm(SaidByUnit, Frozen):
    """One part: its maximum in points, and its rule."""

    max: Number
    rule: AnyRule


class _Raised(NamedTuple):
    """A part with its present points, and all others that it can have."""

    part: Part
    fact: Fact | None
    own: Fraction
    ladders: tuple[Ladder, ...]
    is_undecided: bool
    """Whether it must change, because it cannot tell its present points."""

    @property
    def size(self) -> int:
        """How many points it can have."""
        return sum(each.count for each in self.ladders)

    @property
    def least(self) -> Fraction:
        """The fewest of them."""
        return min((each.start for each in self.ladders), default=self.part.maximum)

    def gain(self, points: Fraction) -> Gain | None:
        """What must be reported for so many points or more."""
        if points > self.part.maximum:
            return None
        return self.part.rule.reaching(points, self.part.maximum, self.fact)


class _Sums(NamedTuple):
    """The parts, of which one can have many points, and the sums of the others with their points.

    `whole` is False where some sums are left out.
    """

    many: _Raised
    others: tuple[_Raised, ...]
    sums: Mapping[Fraction, tuple[Fraction, ...]]
    whole: bool


class SumOfRule(CompositeRule):
    """`{kind: sum-of, parts: {fees: {max: 2, rule: {kind: ratio, target: 80%}}, dossiers: {max: 6, rule: {kind: ratio}}}}`: Σ points of parts.

    The maxima of the parts add up to that of the criterion. A part whose rule takes one figure
    has it under its own name, `figures: {fees: 8/10, dossiers: 300/1000}`; one that takes
    figures by name has those. Figures of all parts are reported. Rules that take lists of items
    or answers cannot stand here.
    """

    field: ClassVar = "parts"
    example: ClassVar = Example(
        "{kind: sum-of, parts: {fees: {max: 2, rule: {kind: ratio, target: 80%}}, dossiers: {max: 6, rule: {kind: ratio}}}}",
        8,
        ("figures: {fees: 8/10, dossiers: 300/1000}",),
    )

    kind: Literal["sum-of"]
    parts_: dict[FigureName, PartForm] = Field(
        alias="parts", description="the parts by name, each with its `max` in points and its `rule`"
    )

    @property
    def inner(self) -> Mapping[str, Rule]:
        """The rules of the parts."""
        return {name: part.rule for name, part in self.parts_.items()}

    def parts(self, maximum: Fraction) -> tuple[Part, ...]:
        """Each has a maximum of its own."""
        return tuple(
            Part(name, part.rule, Fraction(part.max), ("parts", name, "rule"))
            for name, part in self.parts_.items()
        )

    def changed(self, change: Callable[[Rule], Rule]) -> Self:
        """The same of changed rules."""
        parts = {
            name: part.model_copy(update={"rule": change(part.rule)})
            for name, part in self.parts_.items()
        }
        return self.model_copy(update={"parts_": parts})

    def expression(self, maximum: Fraction) -> Tree | None:
        """The sum of all rules, not below the least that the leaf allows."""
        found = self.expressions(maximum)
        return arithmetic.at_least(arithmetic.total(found), self.lowest) if found else None

    def combined(self, maximum: Fraction, faults: Faults) -> Iterator[RefusedError]:
        """The maxima add up."""
        for part, found in faults:
            yield from (placed(part, refused) for refused in found)
        sum_ = add(part.maximum for part, _ in faults)
        if sum_ != maximum:
            told = {"found": to_text(sum_), "expected": to_text(maximum)}
            yield RefusedError(RULES_DO_NOT_COMBINE, ("parts",), **told)

    @property
    def gives_rate(self) -> bool:
        """Whether just one part goes by a rate: of several nobody could tell which is meant."""
        return sum(rule.gives_rate for rule in self.inner.values()) == 1

    def fewest(self, maximum: Fraction) -> Fraction:
        """The fewest of all together, not below what the leaf allows."""
        sum_ = add(part.rule.fewest(part.maximum) for part in self.parts(maximum))
        return max(self.lowest, sum_)

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The sum, not below the fewest that the leaf allows."""
        return max(self.lowest, self._sum(fact, maximum))

    def _sum(self, fact: Fact, maximum: Fraction) -> Fraction:
        figures = self.figures(fact, maximum)
        found: list[Fraction] = []
        missing: list[str] = []
        for part in self.parts(maximum):
            try:
                found.append(part.points(figures))
            except RefusedError as refused:
                if refused.code != FIGURE_MISSING:
                    raise
                missing.append(refused.parameters.get("found", part.name))
        if missing:
            raise RefusedError(FIGURE_MISSING, found=", ".join(missing))
        return add(found)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The points of each part with their working, and the sum."""
        figures, sum_ = self.figures(fact, maximum), self._sum(fact, maximum)
        told = " + ".join(
            f"{points_text(part.points(figures), say)}"
            f" ({self.label(part.name, say)}: {part.working(figures, say)})"
            for part in self.parts(maximum)
        )
        if sum_ < self.lowest:
            return f"{told} < {say.number(self.lowest)} → {say.number(self.lowest)}"
        return f"{told} {result_text(sum_, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Every part in words."""
        return say("Sum of these parts: {parts}.", parts=self.parts_in_words(maximum, say))

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """What gives more by one part, the others as they are; at last all of them in full."""
        figures = self.figures_if(fact, maximum)
        parts = [self._raised(part, figures) for part in self.parts(maximum)]
        base = add(each.own for each in parts)
        found: list[Gain | None] = []
        for each in parts:
            gains = each.part.rule.gains(each.own, each.part.maximum, each.fact)
            for gain in islice(gains, _MOST_GAINS):
                points = base - each.own + gain.points
                found.append(self.gain_of([(each.part, gain)], points, figures, maximum))
        full = [(x.part, x.gain(x.part.maximum)) for x in parts if x.own < x.part.maximum]
        if all(gain for _, gain in full):
            raised = [(part, gain) for part, gain in full if gain]
            found.append(self.gain_of(raised, maximum, figures, maximum))
        reached = now
        for gain in sorted(filter(None, found), key=lambda gain: gain.points):
            if gain.points > reached:
                reached = gain.points
                yield gain

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """What parts can have together: each sum of the others with all points of one."""
        found = self._sums(fact, maximum, least, digits)
        points: set[Fraction] = set()
        for sum_ in found.sums:
            if not found.many.is_undecided:
                points.add(sum_ + found.many.own)
            for each in found.many.ladders:
                start = sum_ + each.start
                skip = max(0, (now - start) // each.step + 1)
                if each.count - skip > 1:
                    start, count = start + skip * each.step, each.count - skip
                    yield Ladder(start, each.step, count, each.whole and found.whole)
                elif skip < each.count:
                    points.add(start + skip * each.step)
        right = sorted(each for each in points if each > now)
        jump = -(-len(right) // _MOST_SUMS) or 1
        whole = found.whole and jump == 1
        kept = dict.fromkeys([*right[::jump], *right[-1:]])
        yield from (Ladder(each, whole=whole) for each in kept)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The parts to raise for the least points that are enough, as few parts as possible."""
        figures = self.figures_if(fact, maximum)
        found = self._sums(fact, maximum, Fraction(1, 100), 4)
        many = found.many
        best: tuple[Fraction, int, list[tuple[Part, Gain]]] | None = None
        for sum_, each in found.sums.items():
            raised = [
                (other, own)
                for other, own in zip(found.others, each, strict=True)
                if own != other.own or other.is_undecided
            ]
            gain = None
            if sum_ + many.own < points or many.is_undecided:
                gain = many.gain(max(points - sum_, many.least))
                if gain is None:
                    continue
            total = sum_ + (gain.points if gain else many.own)
            if best is not None and (total, len(raised) + bool(gain)) >= best[:2]:
                continue
            gains = [(other.part, other.gain(own)) for other, own in raised]
            if gain:
                gains.append((many.part, gain))
            best = (total, len(gains), [(part, x) for part, x in gains if x])
        return None if best is None else self.gain_of(best[2], best[0], figures, maximum)

    def _raised(
        self, part: Part, figures: Found, least: Fraction | None = None, digits: int = 0
    ) -> _Raised:
        fact, own = part.fact_if(figures), part.now(figures)
        ladders: tuple[Ladder, ...] = ()
        if least is not None:
            ladders = tuple(part.rule.ladders(own, part.maximum, fact, least, digits))
        return _Raised(part, fact, own, ladders, part.is_undecided(figures))

    def _sums(self, fact: Fact | None, maximum: Fraction, least: Fraction, digits: int) -> _Sums:
        """All sums of parts but the one with the most points, as far as these are not too many."""
        figures = self.figures_if(fact, maximum)
        parts = [self._raised(part, figures, least, digits) for part in self.parts(maximum)]
        many = max(parts, key=lambda each: each.size)
        others = tuple(each for each in parts if each is not many)
        sums: dict[Fraction, tuple[Fraction, ...]] = {Fraction(0): ()}
        whole = True
        for each in others:
            listed, all_ = _listed(each, max(2, _MOST_TRIED // len(sums)))
            found: dict[Fraction, tuple[Fraction, ...]] = {}
            for sum_, way in sums.items():
                for points in listed:
                    found.setdefault(sum_ + points, (*way, points))
            kept = sorted(found)
            if len(kept) > _MOST_SUMS:
                jump = -(-len(kept) // _MOST_SUMS)
                kept, all_ = [*kept[::jump], kept[-1]], False
            sums, whole = {sum_: found[sum_] for sum_ in kept}, whole and all_
        return _Sums(many, others, sums, whole)


def _listed(raised: _Raised, most: int) -> tuple[list[Fraction], bool]:
    """The present points of a part and those it can have, about so many; whether these are all."""
    jump = -(-raised.size // most) or 1
    found = [] if raised.is_undecided else [raised.own]
    for each in raised.ladders:
        found += [each.start + each.step * n for n in range(0, each.count, jump)]
        found.append(each.most)
    whole = jump == 1 and all(each.whole for each in raised.ladders)
    return list(dict.fromkeys(found)), whole
