"""A scheme (bộ tiêu chí): criteria, maximum points, rules, rounding and bands as data."""

import datetime
import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from parindex.exact import RoundingMode
from parindex.model.band import BandSet
from parindex.model.fields import Code, Frozen, Id, Name, Number, Text, Year
from parindex.rules import AnyRule

Level = Literal["province", "ministry", "department", "central-agency", "district", "commune"]
Status = Literal["official", "provincial", "example", "fragment"]
Confidence = Literal["certain", "likely", "weak"]


class Decision(Frozen):
    """The legal document that issued a scheme, and how sure its identity is."""

    number: Text
    date: datetime.date | None = None
    url: Text | None = None
    confidence: Confidence | None = None


class Rounding(Frozen):
    """How the index and percentages are printed: number of decimals and rounding mode."""

    index: Annotated[int, Field(ge=0, le=12)] = 2
    mode: RoundingMode = "half-up"


class Criterion(Frozen):
    """An area, criterion or sub-criterion; one without children is a leaf and scores by its rule.

    `max` is in points and left out where no source gives it. `complete: false`
    means that some of the children are not known.
    """

    code: Code
    name: Name
    max: Number | None = None
    source: Text | None = None
    complete: bool = True
    rule: AnyRule | None = None
    children: tuple["Criterion", ...] = ()

    @cached_property
    def maximum(self) -> Fraction | None:
        """The maximum points as an exact rational, or None where unknown."""
        return None if self.max is None else Fraction(self.max)

    def walk(self, depth: int = 1) -> Iterator[tuple[int, "Criterion"]]:
        """The criterion and all below it in the order of the file, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class Scheme(Frozen):
    """The criteria, maxima, rules and bands of one decision, for one level and some years."""

    id: Id
    title: Name
    status: Status
    level: Level
    years: tuple[Year, ...]
    decision: Decision | None = None
    max: Number | None = None
    rounding: Rounding = Rounding()
    not_applicable: Literal["reduce-maximum", "full-points"] = "reduce-maximum"
    bands: tuple[BandSet, ...] = ()
    complete: bool = True
    criteria: tuple[Criterion, ...] = ()
    source: Text | None = None
    note: Text | None = None

    @cached_property
    def maximum(self) -> Fraction | None:
        """The maximum of the whole scheme in points, or None where unknown."""
        return None if self.max is None else Fraction(self.max)

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """Every criterion at any depth by its code."""
        return {criterion.code: criterion for _, criterion in self.walk()}

    @cached_property
    def sha256(self) -> str:
        """Hash of the scheme's meaning: the same for any spelling, order or comment of the file."""
        canonical = self.model_dump_json(by_alias=True, exclude_defaults=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def walk(self) -> Iterator[tuple[int, Criterion]]:
        """Every criterion in the order of the file, with its depth (areas are at 1)."""
        for area in self.criteria:
            yield from area.walk()

    def bands_of(self, year: int) -> BandSet | None:
        """The bands that hold for a year, or None where they are not known."""
        return next((bands for bands in self.bands if year in bands.years), None)
