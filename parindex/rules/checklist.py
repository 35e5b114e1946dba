"""A list of things to be met: each has its points, or all of them together have them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, gcd, lcm
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Struct
from pydantic import BeforeValidator, Field, WithJsonSchema

from parindex.rules import arithmetic
from parindex.rules.base import (
    NAMES,
    Example,
    Gain,
    Ladder,
    RefusedError,
    Rule,
    arrow_text,
    bounds_proof,
    called,
    fineness_proof,
    names_proof,
    reach_proof,
    result_text,
    unknown_option,
)
from parindex.rules.expression_tree import Named, Tree
from parindex.rules.formula import MAX, if_yes, worth
from parindex.rules.input import ITEMS, Input
from parindex.rules.options import options_of
from parindex.values.codes import (
    DUPLICATE_KEY,
    MISSING_FIELD,
    PARAMETERS_EXCLUDE,
    POINTS_OUTSIDE_MAXIMUM,
    WRONG_INPUT_FOR_RULE,
    WRONG_TYPE,
)
from parindex.values.exact import ZERO, add, to_text
from parindex.values.facts import Fact, Items
from parindex.values.fields import Name, Option, Worth, fault
from parindex.values.language import Language

MOST_ITEMS: Final = 20
MOST_SUMS: Final = 500
"""Sums of items that are listed for a plan; 20 items can have a million."""
_MOST_FINE: Final = 16
"""So many items may have points of any fineness: they have no more than 65,536 sums."""


def _items(value: Any) -> Any:
    """A list of names as a mapping of names without points."""
    if not isinstance(value, dict | list):
        return value
    if len(value) > MOST_ITEMS:
        raise fault(WRONG_TYPE, found=str(len(value)), expected=f"≤ {MOST_ITEMS}")
    if isinstance(value, dict):
        return value
    if not all(isinstance(name, str) for name in value):
        raise fault(WRONG_TYPE, found="[…]", expected="[tasks, budget]")
    twice = [name for name, count in Counter(value).items() if count > 1]
    if twice:
        raise fault(DUPLICATE_KEY, found=", ".join(twice))
    return dict.fromkeys(value)


_POINTS_OR_NAMES = WithJsonSchema(
    {
        "anyOf": [
            {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
            {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        ]
    }
)


class _Units(Struct, frozen=True):
    """The points of items as whole numbers over one denominator."""

    denominator: int
    worths: Mapping[str, int]

    def of(self, items: Iterable[str]) -> int:
        """Those of items together."""
        return sum(self.worths[item] for item in items)

    def sums(self, items: Iterable[str]) -> Mapping[int, tuple[str, ...]]:
        """What some of the items give, or spare, together, each sum with the first items that do."""
        sums: dict[int, tuple[str, ...]] = {0: ()}
        for item in items:
            worth_ = abs(self.worths[item])
            sums = {sum_ + worth_: (*got, item) for sum_, got in sums.items()} | sums
        return sums  # what was found first stays


@lru_cache(256)
def _units_of(worths: tuple[tuple[str, Fraction], ...]) -> _Units:
    common = lcm(*(worth_.denominator for _, worth_ in worths))
    return _Units(common, {item: int(worth_ * common) for item, worth_ in worths})


class ChecklistRule(Rule):
    """`{kind: checklist, items: {tasks: 0.5, budget: 0.5}}`: points of the items that are met.

    `{kind: checklist, all: true, items: [tasks, budget]}` gives the maximum
    where all are met, else 0. Points with a sign, `tasks: 50%`, are that share of the
    maximum. `names` may say what the items are called; those words are taken for
    them too.
    """

    takes: ClassVar[Input] = ITEMS
    example: ClassVar = Example(
        "{kind: checklist, items: {tasks: 0.5, budget: 0.5}}",
        1,
        ("items: [tasks]", "items: [tasks, budget]"),
    )

    kind: Literal["checklist"]
    items: Annotated[dict[Option, Worth | None], BeforeValidator(_items), _POINTS_OR_NAMES] = Field(
        description="points of each item by its name, or shares of the maximum (`50%`); with `all` a list of names"
    )
    all_: bool = Field(
        default=False, alias="all", description="all items together give the maximum, else 0"
    )
    names: dict[Option, Name] = Field(default_factory=dict, description=NAMES)

    def named(self, say: Language) -> Mapping[str, str]:
        """The items."""
        return {item: called(item, self.names, say) for item in self.items}

    def formula(self, maximum: Fraction) -> str:
        """Every row says yes or no, or there are no points."""
        told = "+".join(
            if_yes(row, "1" if self.all_ or points is None else worth(points))
            for row, points in enumerate(self.items.values())
        )
        if self.all_:
            told = f"IF({told}={len(self.items)},{MAX},0)"
        return f'IFERROR({told},"")'

    def expression(self, maximum: Fraction) -> Tree:
        """What each item is worth, or the maximum where all are met."""
        met = {item: Named(arithmetic.ITEM + item) for item in self.items}
        if self.all_:
            all_ = arithmetic.compare(arithmetic.total(met.values()), "=", len(met))
            return arithmetic.first_of([(all_, arithmetic.number(maximum))], arithmetic.number(0))
        return arithmetic.total(
            arithmetic.times(each, self._worth(item, maximum)) for item, each in met.items()
        )

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Items have points that add up to the maximum; with `all` they have none.

        Points of more than 16 items are multiples of a hundred-thousandth of the maximum.
        """
        if not self.items:
            yield RefusedError(MISSING_FIELD, ("items",), expected="items")
            return
        yield from names_proof(self.names, self.items)
        inside = all(self.lowest <= self._worth(item, maximum) <= maximum for item in self.items)
        for item, points in self.items.items():
            if self.all_ and points is not None:
                found = f"all, {item}: {to_text(points.value)}{'%' * points.is_share}"
                yield RefusedError(
                    PARAMETERS_EXCLUDE, ("items", item), found=found, expected="all / points"
                )
            elif not self.all_ and points is None:
                yield RefusedError(MISSING_FIELD, ("items", item), expected="points")
            elif points is not None:
                yield from bounds_proof(points.of(maximum), maximum, ("items", item), self.lowest)
        if not self.all_ and None not in self.items.values():
            most = add(max(ZERO, self._worth(item, maximum)) for item in self.items)
            yield from reach_proof(most, maximum, ("items",))
            for sum_, end in ((most, maximum), (self.fewest(maximum), self.lowest)):
                if inside and not self.lowest <= sum_ <= maximum:
                    told = {"found": to_text(sum_), "expected": to_text(end)}
                    yield RefusedError(POINTS_OUTSIDE_MAXIMUM, ("items",), **told)
            if len(self.items) > _MOST_FINE:
                yield from fineness_proof(self._unit(maximum), maximum, ("items",))

    def fewest(self, maximum: Fraction) -> Fraction:
        """Those of all items that take points away."""
        return add(min(ZERO, self._worth(item, maximum)) for item in self.items)

    def meant(self, fact: Fact) -> Fact:
        """The items by their ids; one text may list several."""
        if not isinstance(fact, Items):
            return fact
        met: list[str] = []
        for each in fact.items:
            found = options_of(each, self.items, self.names)
            met += (each,) if found is None else found
        return Items(tuple(met))

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The sum of the items met, or all or nothing."""
        met = self._met(fact)
        if self.all_:
            return maximum if len(met) == len(self.items) else ZERO
        return add(self._worth(item, maximum) for item in met)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The items met with their points, or how many of all."""
        met, points = self._met(fact), self.points(fact, maximum)
        if self.all_:
            told = say("{met} of {all} items met", met=len(met), all=len(self.items))
            return f"{told} {arrow_text(points, say)}"
        if not met:
            none = say("no item met")
            return f"{none} {arrow_text(points, say)}"
        told = " + ".join(
            f"{say.number(self._worth(item, maximum))} ({called(item, self.names, say)})"
            for item in met
        )
        return f"{told} {result_text(points, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Every item with its points."""
        names = self.named(say)
        if self.all_:
            return say(
                "{maximum} where all of these are met, else 0: {items}.",
                maximum=say.number(maximum),
                items="; ".join(names.values()),
            )
        told = (f"{name}: {say.number(self._worth(item, maximum))}" for item, name in names.items())
        return say("Points of each item that is met, added up: {items}.", items="; ".join(told))

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """Every sum of items over `now` that keeps those which are met, found one after the other."""
        gain = self._least(now, maximum, fact, above=True)
        while gain is not None:
            yield gain
            gain = self._least(gain.points, maximum, fact, above=True)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The items with the least sum that is enough."""
        return self._least(points, maximum, fact, above=False)

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """All sums, or where there are too many some of them and the maximum."""
        if self.all_:
            yield from super().ladders(now, maximum, fact, least, digits)
            return
        met, units = self._kept(fact), self._units(maximum)
        unit, whole = units.denominator, True
        sums = {units.of(met)}
        for item in self.items:
            if self._can_gain(item, met, maximum):
                sums |= {sum_ + abs(units.of((item,))) for sum_ in sums}
                if len(sums) > MOST_SUMS:
                    kept = sorted(sums)
                    sums, whole = {*kept[::3], kept[-1]}, False
        rising = (Fraction(sum_, unit) for sum_ in sorted(sums))
        yield from (Ladder(points, whole=whole) for points in rising if points > now)

    def _least(
        self, bound: Fraction, maximum: Fraction, fact: Fact | None, *, above: bool
    ) -> Gain | None:
        """The least sum of items that is the bound or more, or `above` it, with those met."""
        if self.all_:
            right = bound < maximum if above else bound <= maximum
            return Gain(maximum, Items(tuple(self.items))) if right else None
        met, units = self._kept(fact), self._units(maximum)
        left = [item for item in self.items if self._can_gain(item, met, maximum)]
        half = len(left) // 2
        one, other = units.sums(left[:half]), units.sums(left[half:])
        scaled = bound * units.denominator
        enough = floor(scaled) + 1 if above else ceil(scaled)
        missing, sums = enough - units.of(met), sorted(other)
        pairs = ((first, bisect_left(sums, missing - first)) for first in one)
        found = min(
            ((f + sums[at], -f, sums[at]) for f, at in pairs if at < len(sums)), default=None
        )
        if found is None:
            return None
        changed = (*one[-found[1]], *other[found[2]])
        items = tuple(item for item in (*met, *changed) if item not in met or item not in changed)
        return Gain(add(self._worth(item, maximum) for item in items), Items(items))

    def _units(self, maximum: Fraction) -> "_Units":
        """The points of all items as whole numbers."""
        return _units_of(tuple((item, self._worth(item, maximum)) for item in self.items))

    def _can_gain(self, item: str, met: tuple[str, ...], maximum: Fraction) -> bool:
        """Whether an item gives points once it is met, or takes none off once it is not."""
        return (self._worth(item, maximum) < 0) == (item in met)

    def _kept(self, fact: Fact | None) -> tuple[str, ...]:
        """The items that were met."""
        met = fact.items if isinstance(fact, Items) else ()
        return tuple(item for item in self.items if item in met)

    def _unit(self, maximum: Fraction) -> Fraction:
        """The most points of which those of all items are multiples; 1 where none has any."""
        units = self._units(maximum)
        return Fraction(gcd(*units.worths.values()) or units.denominator, units.denominator)

    def _worth(self, item: str, maximum: Fraction) -> Fraction:
        worth_ = self.items[item]
        return ZERO if worth_ is None else worth_.of(maximum)

    def _met(self, fact: Fact) -> tuple[str, ...]:
        if not isinstance(fact, Items):
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"items: [{', '.join(self.items)}]")
        for item, count in Counter(fact.items).items():
            if item not in self.items:
                raise unknown_option(item, self.items, self.names)
            if count > 1:
                raise RefusedError(DUPLICATE_KEY, found=item)
        return fact.items
