"""A result: what a scorecard gives under a scheme, with everything that led to it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, overload

from msgspec import Struct
from msgspec.structs import asdict

from parindex.rules.setting import Best
from parindex.scheme.band import BandSet, BandStep
from parindex.scheme.scheme import ORIGIN, Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring.outcome import NodeState, Outcome
from parindex.scoring.reckoned import Reckoned
from parindex.scoring.unit_rules import UnitRules
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import (
    POINTS_DIGITS,
    ZERO,
    add,
    minus,
    percent,
    rounded,
    rounded_ratio,
    to_text,
)
from parindex.values.facts import Fact
from parindex.values.fields import Name
from parindex.values.finding import Finding

Basis = Literal["scores", "parts", "total"]
"""What the total follows from: the criteria, the parts of a partition, or a total that was given."""


class Range(NamedTuple):
    """Points of which only the bounds are known; both are the same where all is known."""

    low: Fraction
    high: Fraction


NOTHING: Final = Range(ZERO, ZERO)


class Node(Struct, frozen=True):
    """One criterion of a result, or with an empty code the whole: points and how they came.

    All figures are exact; points in points, percentages in percent. Bonus
    and penalty are `added` to the whole only: they count in `final` points and
    percentages, and not in `points` and `lost`. With `clamp`, which is the whole's
    only, those stay within 0…maximum.
    """

    code: str
    name: Name
    max: Fraction | None
    outcome: Outcome
    criterion: Criterion | None = None
    card: Scorecard | None = None
    stage: Stage | None = None
    added: Range | None = None
    clamp: bool = False

    @property
    def entry(self) -> Entry | None:
        """What the scorecard says of it, at the stage that was asked for."""
        return None if self.card is None else self.card.entry(self.code, self.stage)

    @property
    def fact(self) -> Fact | None:
        """What was reported for it."""
        entry = self.entry
        return entry.fact if entry else None

    @property
    def state(self) -> NodeState:
        """Whether it is scored, zero, not applicable, without evidence, unknown or in part so."""
        return self.outcome.state

    @property
    def complete(self) -> bool:
        """Whether nothing that applies is left unknown."""
        if self.added is not None and self.added.low != self.added.high:
            return False
        unassessed = self.outcome.unassessed
        known = unassessed is ZERO or unassessed == 0  # mostly the very object, which is faster
        return known and self.state not in ("unknown", "partial", "included")

    @property
    def points(self) -> Fraction | None:
        """The points known so far; None where nothing is known or nothing applies."""
        return self.outcome.points

    @property
    def applicable_max(self) -> Fraction | None:
        """The maximum of what applies to the unit."""
        excluded = self.outcome.excluded
        if self.max is None or excluded is None:
            return None
        return self.max if excluded is ZERO or not excluded else self.max - excluded

    @property
    def assessed_max(self) -> Fraction | None:
        """The maximum of what applies and is known: what `points` stands for."""
        applicable, unassessed = self.applicable_max, self.outcome.unassessed
        if applicable is None or unassessed is None:
            return None
        return applicable if unassessed is ZERO or not unassessed else applicable - unassessed

    @property
    def final(self) -> Fraction | None:
        """The points with bonus and penalty: at least, where a part is unknown."""
        points = self.outcome.points
        return None if points is None else self._with(points, (self.added or NOTHING).low)

    @property
    def least(self) -> Fraction:
        """The fewest points possible, with bonus and penalty."""
        points, below = self.points or ZERO, self.outcome.below
        return self._with(points - below if below else points, (self.added or NOTHING).low)

    @property
    def most(self) -> Fraction | None:
        """The most points possible, with bonus and penalty; None where that is not known."""
        unassessed = self.outcome.unassessed
        if unassessed is None:
            return None
        points = (self.points or ZERO) + unassessed
        return self._with(points, (self.added or NOTHING).high)

    def _with(self, points: Fraction, added: Fraction) -> Fraction:
        """Points with what is added or taken off, within 0…maximum if the scheme says so."""
        if not self.clamp or not added:
            points = points + added if added else points
            return ZERO if self.clamp and points < 0 else points
        whole = self.applicable_max
        return max(ZERO, points + added if whole is None else min(points + added, whole))

    @property
    def lost(self) -> Fraction | None:
        """Assessed maximum − points: what is not yet known is neither reached nor lost."""
        assessed, points = self.assessed_max, self.points
        return None if assessed is None or points is None else minus(assessed, points)

    @property
    def percent(self) -> Fraction | None:
        """Points ÷ applicable maximum × 100; None where a part is unknown or nothing applies."""
        return self.low if self.complete else None

    @property
    def low(self) -> Fraction | None:
        """The lowest possible percentage: what is unknown counts 0, or the fewest points."""
        applicable = self.applicable_max
        if not applicable or self.state == "included":
            return None
        return percent(self.least, applicable)

    @property
    def high(self) -> Fraction | None:
        """The highest possible percentage: what is unknown counts its maximum."""
        applicable, most = self.applicable_max, self.most
        if most is None or not applicable or self.state == "included":
            return None
        return percent(most, applicable)

    def __repr__(self) -> str:
        return brief(self, self.code or None, self.said)

    @property
    def said(self) -> str:
        """Its points in a few words, as `repr` shows them."""
        if self.final is None:
            return self.state
        whole = "" if self.applicable_max is None else f" of {to_text(self.applicable_max)}"
        return f"{to_text(self.final)}{whole} points"


class Kept(Struct, frozen=True):
    """What was worked out, for those who ask as if it were still to be done."""

    outcomes: Mapping[str, Outcome]

    def __call__(self) -> Mapping[str, Outcome]:
        """The outcomes."""
        return self.outcomes


class Result(AsData, Struct, frozen=True, dict=True, eq=False):
    """The score of one unit in one year, with its scheme, its inputs and every point's origin.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> result.index, result.band, result.node("6").lost
    (Decimal('78.35'), 'B', Fraction(121, 25))

    `known` are outcomes of criteria by code, at least those of the areas, and
    `detail` makes all of them when they are asked for. `given_parts` are those
    of the parts that the scorecard gives, by partition and id, and `by_origin`
    adds up the partition `origin` from the leaves. `blocks` is what each bonus
    and penalty adds, where the scorecard says anything of them. `best` are the
    best figures of the unit's group by code, as far as they were given, and `stage_best`
    those of single stages.
    """

    scheme: Scheme
    scorecard: Scorecard
    outcome: Outcome
    known: Mapping[str, Outcome]
    detail: Callable[[], Mapping[str, Outcome]]
    given_parts: Mapping[str, Mapping[str, Outcome]] = {}
    basis: Basis = "scores"
    asked_stage: Stage | None = None
    findings: tuple[Finding, ...] = ()
    blocks: Mapping[str, Range] = {}
    by_origin: Callable[[], Mapping[str, Outcome]] | None = None
    best: Mapping[str, Best] = {}
    stage_best: Mapping[Stage, Mapping[str, Best]] = {}

    def __reduce__(self) -> tuple[type["Result"], tuple[Any, ...]]:
        """Itself with all that it would have worked out when asked, for `pickle` and `copy`."""
        fields = asdict(self) | {"known": self.outcomes, "detail": Kept(self.outcomes)}
        fields |= {"given_parts": self.parts, "by_origin": None}
        return Result, tuple(fields[name] for name in self.__struct_fields__)

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same; how its figures are worked out does not count."""
        if not isinstance(other, Result):
            return NotImplemented
        return self is other or self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash((self.scorecard.unit, self.scorecard.year, self.outcome))

    def __repr__(self) -> str:
        return brief(self, *self.said)

    @property
    def said(self) -> tuple[str | None, ...]:
        """Unit, year, index or points, and band, as `repr` shows them."""
        figure = self.total.said if self.index is None else f"{self.index} %"
        return self.scorecard.unit, str(self.scorecard.year), figure, self.band

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What scoring found out about each criterion, by code."""
        return self.detail()

    @cached_property
    def total(self) -> Node:
        """The whole scheme as one node, with an empty code."""
        added = None
        if self.blocks:
            lows, highs = zip(*self.blocks.values(), strict=True)
            added = Range(add(lows), add(highs))
        scheme = self.scheme
        return Node("", scheme.title, scheme.maximum, self.outcome, added=added, clamp=scheme.clamp)

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, Outcome]]:
        """The parts by partition and id: given, or those of `origin` added up from the leaves."""
        if self.by_origin is None or not self.scheme.origins or ORIGIN in self.given_parts:
            return self.given_parts
        sums = self.by_origin()
        if all(outcome.points is None for outcome in sums.values()):
            return self.given_parts
        return {**self.given_parts, ORIGIN: sums}

    def at_stage(self, stage: Stage) -> Mapping[str, Best]:
        """The best figures of the unit's group at a stage; those that count where none is known."""
        return self.stage_best.get(stage, self.best)

    @cached_property
    def rules(self) -> UnitRules:
        """The rules of the scheme as they stand for the unit."""
        return UnitRules(self.scorecard, self.scheme, self.asked_stage, self.best)

    def node(self, code: str) -> Node:
        """One criterion of the result, or with an empty code the whole.

        Raises:
            KeyError: the scheme has no such code.
        """
        if not code:
            return self.total
        criterion = self.scheme.by_code[code]
        outcome = self.known.get(code) or self.outcomes[code]
        card, stage = self.scorecard, self.asked_stage
        return Node(code, criterion.name, criterion.maximum, outcome, criterion, card, stage)

    def walk(self, depth: int = 1) -> Iterator[tuple[int, Node]]:
        """The nodes down to a depth (1 = areas) in the scheme's order, each with its depth."""
        for level, criterion in self.scheme.walk(depth):
            yield level, self.node(criterion.code)

    def part_nodes(self, partition: str) -> Iterator[Node]:
        """The parts of a partition whose points were given, in the scheme's order."""
        for part in self.scheme.partitions[partition]:
            name = part.name or Name(vi=part.id)
            yield Node(part.id, name, part.maximum, self.parts[partition][part.id])

    @overload
    def printed(self, value: Fraction) -> Decimal: ...
    @overload
    def printed(self, value: Fraction | None) -> Decimal | None: ...
    def printed(self, value: Fraction | None) -> Decimal | None:
        """A percentage, or points, with the digits of the scheme's index; None stays None."""
        if value is None:
            return None
        return rounded(value, self.scheme.rounding.index, self.scheme.rounding.mode)

    def printed_percent(self, node: Node) -> Decimal | None:
        """A node's percentage as the scheme prints it; None where there is none."""
        whole, points = node.applicable_max, node.final
        if not whole or points is None or not node.complete:
            return self.printed(node.percent)
        above, below = points.as_integer_ratio()
        whole_above, whole_below = whole.as_integer_ratio()
        rounding = self.scheme.rounding
        numerator, denominator = above * whole_below * 100, below * whole_above
        return rounded_ratio(numerator, denominator, rounding.index, rounding.mode)

    def printed_bounds(self, node: Node) -> tuple[Decimal | None, Decimal | None]:
        """A node's lowest and highest possible percentage as printed; the same where all is known."""
        if node.complete:
            known = self.printed_percent(node)
            return known, known
        return self.printed(node.low), self.printed(node.high)

    @cached_property
    def index(self) -> Decimal | None:
        """The index as printed, in percent; None where a part is unknown, and then it is `low` to `high`."""
        return self.printed_percent(self.total)

    @property
    def low(self) -> Decimal | None:
        """The lowest possible index as printed, in percent; what is unknown counts 0, or the fewest points."""
        return self.printed_bounds(self.total)[0]

    @property
    def high(self) -> Decimal | None:
        """The highest possible index as printed, in percent; what is unknown counts its maximum."""
        return self.printed_bounds(self.total)[1]

    @cached_property
    def stages(self) -> Mapping[Stage, int]:
        """How many of the scores that count are of each stage."""
        if self.asked_stage is not None:
            return {self.asked_stage: len(self.scorecard.scores)}
        if isinstance(self.scorecard.scores, Reckoned):
            return {}
        return Counter(entry.stage for entry in self.scorecard.scores.values() if entry.stage)

    @property
    def stage(self) -> Stage | Literal["mixed"] | None:
        """The stage of the scores: one, `mixed` where they differ, None where none is named."""
        if len(self.stages) > 1:
            return "mixed"
        return next(iter(self.stages), None)

    @cached_property
    def band_set(self) -> BandSet | None:
        """The bands of the scorecard's year, or None where they are not known."""
        return self.scheme.bands_of(self.scorecard.year)

    @cached_property
    def bands(self) -> tuple[str | None, ...]:
        """Every band that the printed figure can reach; None means one that is not known."""
        bands = self.band_set
        if bands is None:
            return ()
        if self.index is not None and bands.by == "percent" and not bands.worst_of:
            return bands.of(self.index, self._holds)
        codes = [code for code in bands.worst_of or ("",) if self._applies(code)]
        lows, highs = [], []
        for code in codes:
            low, high = self._printed_range(code, bands.by)
            if low is None:
                return ()
            lows.append(low)
            highs += [] if high is None else [high]
        return bands.between(min(lows), min(highs), self._holds) if highs else ()

    def _applies(self, code: str) -> bool:
        node = self.node(code)
        return node.applicable_max != 0 and (not code or node.state != "not_applicable")

    def _printed_range(
        self, code: str, by: Literal["percent", "points"]
    ) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and highest percentage or points of a criterion, or the whole, as printed."""
        node, digits, mode = self.node(code), self.scheme.rounding.index, self.scheme.rounding.mode
        if by == "percent" and node.complete:
            known = self.printed_percent(node)
            return known, known
        low, high, whole = node.least, node.most, node.applicable_max
        high = whole if node.state == "included" else high
        if by == "points":
            digits = max(digits, POINTS_DIGITS)
            return rounded(low, digits, mode), None if high is None else rounded(high, digits, mode)
        if not whole:
            return None, None
        return self.printed(percent(low, whole)), self.printed(high and percent(high, whole))

    def _holds(self, step: BandStep) -> bool | None:
        """Whether criteria have what a band asks of them; what does not apply is not asked."""
        found: bool | None = True
        for code, least in step.where.items():
            if not self._applies(code):
                continue
            low, high = self._printed_range(code, "percent" if least.is_share else "points")
            if high is not None and high < least.value:
                return False
            if low is None or low < least.value:
                found = None
        return found

    @property
    def band(self) -> str | None:
        """The band, where exactly one is possible."""
        return self.bands[0] if len(self.bands) == 1 else None
