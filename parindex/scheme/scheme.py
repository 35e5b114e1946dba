"""A scheme (bộ tiêu chí): criteria, maximum points, rules, rounding and bands as data."""

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from msgspec.json import encode
from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from parindex.rules import AnyRule, PointsRule, Rule
from parindex.rules.standard import STANDARD
from parindex.scheme.band import BandSet
from parindex.scheme.dependencies import in_order
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import ZERO, RoundingMode, add
from parindex.values.fields import (
    Code,
    Confidence,
    DateField,
    Frozen,
    Id,
    Name,
    NameText,
    Number,
    PartId,
    Text,
    Year,
)
from parindex.values.levels import Level

Status = Literal["official", "provincial", "example", "fragment", "own"]
ORIGIN: Final = "origin"
"""The partition to whose parts criteria belong by their `origin`."""
MAX_DEPTH: Final = 40
"""Levels of criteria at the most."""
Label = Annotated[NameText, StringConstraints(max_length=40)]
"""A number as a decision prints it, such as `I` or `a)`."""
Digits = Annotated[int, Field(ge=0, le=12)]
NotApplicable = Literal["reduce-maximum", "full-points"]
_GIVEN: Final = PointsRule()


class Decision(Frozen):
    """The legal document that issued a scheme, and how sure its identity is."""

    number: Text
    date: DateField | None = None
    url: Text | None = None
    confidence: Confidence | None = None


class PointsRounding(Frozen):
    """Points rounded on the way, where a scheme does so: at every leaf, area, or at the total."""

    digits: Digits
    at: Literal["leaf", "area", "total"]


class Rounding(Frozen):
    """How the index and percentages are printed: number of decimals and rounding mode."""

    index: Digits = 2
    mode: RoundingMode = "half-up"
    points: PointsRounding | None = None


class MoveTo(Frozen):
    """The siblings among which the maximum of a leaf goes in equal parts where it does not apply."""

    move_to: tuple[Code, ...]


def _treatment(given: object) -> str:
    return "moved" if isinstance(given, dict | MoveTo) else "setting"


Treatment = Annotated[
    Annotated[NotApplicable, Tag("setting")] | Annotated[MoveTo, Tag("moved")],
    Discriminator(_treatment),
]
"""What becomes of the maximum of what does not apply."""


class Ranking(Frozen):
    """How units are ranked, and what equal ones share.

    `competition` gives 1, 2, 2, 4; `dense` 1, 2, 2, 3; `ordinal` 1, 2, 3, 4 by `keys`.
    """

    by: Literal["percent", "points"] = "percent"
    ties: Literal["competition", "dense", "ordinal"] = "competition"
    keys: tuple[Code, ...] = ()


class Part(Frozen):
    """One part of a partition: `max` in points where known; `within` names the part around it."""

    id: PartId
    name: Name | None = None
    max: Number | None = None
    within: PartId | None = None
    source: Text | None = None
    confidence: Confidence | None = None

    @cached_property
    def maximum(self) -> Fraction | None:
        """The maximum points as an exact rational, or None where unknown."""
        return None if self.max is None else Fraction(self.max)


class Criterion(Frozen):
    """An area, criterion or sub-criterion; one without children is a leaf and scores by its rule.

    `max` is in points and left out where no source gives it; `min` is the fewest
    points of a leaf that may lose more than all. `complete: false`
    means that some of the children are not known. `not_applicable` says
    otherwise than the scheme what becomes of the maximum, which that of a leaf may
    `move_to` siblings. `requires` is the code
    of a guard: where that got nothing, this gets 0, and where it is not known
    this is neither. `origin` is the part of the partition `origin` from which
    the points come, `lead` the office that answers for them; both hold for what
    is below too. `evidence: required` says that points need documents. `label` is
    the number that the decision prints where that is not the code; `guidance` is
    its text on how to score, `documents` what it names as proof.
    """

    code: Code
    label: Label | None = None
    name: Name
    max: Number | None = None
    min: Number | None = None
    guidance: Text | None = None
    documents: Text | None = None
    source: Text | None = None
    confidence: Confidence | None = None
    note: Text | None = None
    complete: bool = True
    not_applicable: Treatment | None = None
    requires: Code | None = None
    origin: PartId | None = None
    lead: Text | None = None
    evidence: Literal["required"] | None = None
    rule: AnyRule | None = None
    children: tuple["Criterion", ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _standards_have_no_points(cls, data: Any) -> Any:
        return without_points(data, "children")

    def __repr__(self) -> str:
        return brief(
            self, self.code, self.name.vi, None if self.max is None else f"{self.max} points"
        )

    __str__ = __repr__

    @cached_property
    def maximum(self) -> Fraction | None:
        """The maximum points as an exact rational, or None where unknown."""
        return None if self.max is None else Fraction(self.max)

    @cached_property
    def lowest(self) -> Fraction:
        """The fewest points: the `min` of a leaf, else the sum of those below; mostly 0."""
        if self.children:
            return add(child.lowest for child in self.children)
        return ZERO if self.min is None else Fraction(self.min)

    @cached_property
    def scored_by(self) -> Rule:
        """The rule of a leaf; points as given where the scheme states none."""
        rule = self.rule or _GIVEN
        return rule.with_lowest(self.lowest) if self.lowest else rule

    @property
    def moves_to(self) -> tuple[str, ...]:
        """The siblings to which the maximum goes where it does not apply; mostly none."""
        return self.not_applicable.move_to if isinstance(self.not_applicable, MoveTo) else ()

    def walk(self, depth: int = 1, deepest: int = MAX_DEPTH) -> Iterator[tuple[int, "Criterion"]]:
        """The criterion and all below it in the order of the file, each with its depth."""
        yield depth, self
        if depth < deepest:
            for child in self.children:
                yield from child.walk(depth + 1, deepest)

    def leaves(self) -> Iterator["Criterion"]:
        """The deepest criteria in it, or itself."""
        return (each for _, each in self.walk() if not each.children)


class Adjustment(Frozen):
    """A block beside the criteria whose points are added as a bonus or taken off as a penalty.

    Items are leaves with a maximum and a rule; in a scorecard their scores stand
    under their codes, and those left out add nothing. `cap` is the most that
    the block adds or takes off, in points, whatever its items give together.
    """

    id: Id
    kind: Literal["bonus", "penalty"]
    name: Name | None = None
    cap: Number | None = None
    source: Text | None = None
    note: Text | None = None
    items: tuple[Criterion, ...]


def without_points(data: Any, below: str) -> Any:
    """What is made of standards only, which are met or not, has the maximum 0, said or not."""
    if isinstance(data, dict) and data.get("max") is None and _only_standards(data, below):
        return {**data, "max": "0"}
    return data


def _only_standards(data: Any, below: str = "children") -> bool:
    if not isinstance(data, dict):
        return False
    inner, rule = data.get(below), data.get("rule")
    if inner and isinstance(inner, list | tuple):
        return data.get("complete") is not False and all(map(_only_standards, inner))
    return _is_standard(rule)


def _is_standard(rule: Any) -> bool:
    if not isinstance(rule, dict):
        return False
    by_unit = rule.get("rules")
    if isinstance(by_unit, dict) and by_unit:
        return all(map(_is_standard, by_unit.values()))
    return rule.get("kind") == STANDARD


class Scheme(AsData, Frozen):
    """The criteria, maxima, rules and bands of one decision, for one level and some years.

    >>> scheme = parindex.load_scheme("vn-province-2018")
    >>> scheme.max, len(scheme.criteria)
    (Decimal('100'), 8)

    A province's own scheme names the `province` and the `group` of units that it
    is for, and where they are those below one unit only, such as a district, that
    `parent`. `complete: false` means that some areas are not known; a scheme of
    which only the total is known has no criteria. `only_by_id` is for an index
    beside the PAR INDEX, which no level and year must lead to. With `adjustments`, or a `min`
    of leaves, the total stays in 0…maximum, unless `clamp: false` lets it pass.
    """

    id: Id
    title: Name
    status: Status = "own"
    level: Level | None = None
    province: Text | None = None
    group: Text | None = None
    parent: Text | None = None
    only_by_id: bool = False
    years: tuple[Year, ...]
    decision: Decision | None = None
    max: Number | None = None
    rounding: Rounding = Rounding()
    not_applicable: NotApplicable = "reduce-maximum"
    ranking: Ranking = Ranking()
    bands: tuple[BandSet, ...] = ()
    partitions: dict[PartId, tuple[Part, ...]] = Field(default_factory=dict)
    profiles: dict[Id, tuple[Code, ...]] = Field(default_factory=dict)
    complete: bool = True
    criteria: tuple[Criterion, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    clamp: bool = True
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _standards_have_no_points(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("adjustments"):
            return data
        return without_points(data, "criteria")

    def __repr__(self) -> str:
        return brief(self, self.id, *self.years, None if self.max is None else f"{self.max} points")

    __str__ = __repr__

    @cached_property
    def file(self) -> str:
        """The file of the user's own that it was read from; empty for one of the catalog."""
        return ""  # `load_file` knows it

    @cached_property
    def maximum(self) -> Fraction | None:
        """The maximum of the whole scheme in points, or None where unknown."""
        return None if self.max is None else Fraction(self.max)

    @cached_property
    def lowest(self) -> Fraction:
        """The fewest points of the whole scheme; mostly 0."""
        return add(area.lowest for area in self.criteria)

    @cached_property
    def moving(self) -> tuple[Criterion, ...]:
        """The leaves whose maxima go to siblings where they do not apply."""
        return tuple(leaf for leaf in self.leaves if leaf.moves_to)

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """Every criterion at any depth, and every item of a bonus or penalty, by its code."""
        return self.items | {criterion.code: criterion for _, criterion in self.walk()}

    @cached_property
    def above(self) -> dict[str, Criterion]:
        """The criterion right above each one that is not an area, by code."""
        return {
            child.code: criterion for _, criterion in self.walk() for child in criterion.children
        }

    def lineage(self, code: str) -> tuple[Criterion, ...]:
        """A criterion and those above it, up to its area."""
        found = [self.by_code[code]]
        while above := self.above.get(found[-1].code):
            found.append(above)
        return tuple(found)

    def inherited(self, code: str, field: Literal["source", "lead", "origin"]) -> str | None:
        """What a criterion says of itself, else the nearest criterion above it."""
        values = (getattr(criterion, field) for criterion in self.lineage(code))
        return next(filter(None, values), None)

    @cached_property
    def guarded(self) -> tuple[Criterion, ...]:
        """The criteria that stand behind another one."""
        return tuple(criterion for _, criterion in self.walk() if criterion.requires)

    @cached_property
    def dependencies(self) -> list[list[str]]:
        """Every criterion after all that its points depend on; a circle of guards is one group.

        A code stands for the points of the criterion, and with `^` before it for
        the guards that it stands behind: its own and those of the criteria above.
        """
        needs: dict[str, list[str]] = {}
        for _, criterion in self.walk():
            code, above = criterion.code, self.above.get(criterion.code)
            needs[code] = [f"^{code}", *(child.code for child in criterion.children)]
            guards = [f"^{above.code}"] if above else []
            if criterion.requires in self.by_code and criterion.requires not in self.items:
                guards.append(criterion.requires or "")
            needs[f"^{code}"] = guards
        return in_order(needs)

    @cached_property
    def guards(self) -> tuple[str, ...]:
        """The codes that others require, each after those that its own points depend on."""
        required = {criterion.requires for criterion in self.guarded}
        return tuple(code for group in self.dependencies for code in group if code in required)

    @cached_property
    def origins(self) -> dict[str, str]:
        """The origin of each leaf by code; empty unless every leaf is known and has one."""
        whole = self.complete and all(criterion.complete for _, criterion in self.walk())
        leaves = [leaf.code for area in self.criteria for leaf in area.leaves()]
        found = {code: self.inherited(code, "origin") or "" for code in leaves}
        return found if whole and all(found.values()) else {}

    @cached_property
    def relative(self) -> tuple[Criterion, ...]:
        """The leaves whose points depend on the best figure of the unit's group."""
        return tuple(leaf for leaf in self.leaves if leaf.scored_by.is_relative)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """What can have a score of its own: leaves, then the items of bonus and penalty."""
        leaves = (leaf for area in self.criteria for leaf in area.leaves())
        return (*leaves, *self.items.values())

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The levels, groups and profiles by which rules differ."""
        return tuple(dict.fromkeys(unit for leaf in self.leaves for unit in leaf.scored_by.units))

    @cached_property
    def rated(self) -> frozenset[str]:
        """The codes of leaves whose rates others take."""
        return frozenset(code for leaf in self.leaves for code in leaf.scored_by.needs)

    @cached_property
    def items(self) -> dict[str, Criterion]:
        """The items of bonus and penalty by code; those that a scorecard leaves out add nothing."""
        return {item.code: item for block in self.adjustments for item in block.items}

    @cached_property
    def leads(self) -> dict[str, str]:
        """The office that answers for each criterion and item, by code; empty where none is named."""
        return {code: self.inherited(code, "lead") or "" for code in self.by_code}

    @cached_property
    def sha256(self) -> str:
        """Hash of the scheme's meaning: the same for any spelling or comment of the file.

        The order of keys changes nothing; that of lists, such as criteria, steps
        and bands, is part of the scheme.
        """
        model = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return hashlib.sha256(encode(model, order="sorted")).hexdigest()

    def walk(self, deepest: int = MAX_DEPTH) -> Iterator[tuple[int, Criterion]]:
        """Every criterion in the order of the file, with its depth (areas are at 1)."""
        if deepest > 0:
            for area in self.criteria:
                yield from area.walk(1, deepest)

    def bands_of(self, year: int) -> BandSet | None:
        """The bands that hold for a year, or None where they are not known."""
        held = (bands for bands in self.bands if year in (bands.years or self.years))
        return next(held, None)
