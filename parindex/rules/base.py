"""What every rule kind has: its parameters, a proof, the points, and how to say, read and write it."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, NamedTuple, get_args

from msgspec import Struct
from pydantic import PrivateAttr

from parindex.rules.expression_tree import Condition, Tree
from parindex.rules.input import Input
from parindex.rules.options import meant_figures
from parindex.rules.said_by_unit import SaidByUnit
from parindex.rules.setting import Setting
from parindex.values.codes import (
    MAXIMUM_OUT_OF_REACH,
    NEGATIVE_NUMBER,
    OUT_OF_RANGE,
    POINTS_OUTSIDE_MAXIMUM,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_OPTION,
    UNKNOWN_REFERENCE,
    WRONG_INPUT_FOR_RULE,
)
from parindex.values.exact import ZERO, rounded, to_decimal_or_none, to_text
from parindex.values.facts import Count, Fact, Figures, Ratio
from parindex.values.fields import Frozen, Name
from parindex.values.finding import Path
from parindex.values.fuzzy import suggest
from parindex.values.language import N_, Language, language

Need = Literal["from", "above", "to", "below", "is"]
"""How a figure must stand to another: ≥, >, ≤, <, or be the same."""
NAMES: Final = "what the options or items are called, `{vi: …, en: …}`"
_DIGITS = 4
_PART_ABOVE: Final = N_("the part is more than the whole")
_MOST_STEPS = 100_000
"""Equal steps in which a rule may go from 0 to the maximum; more is a slip of the comma."""


class RefusedError(ValueError):
    """A rule cannot give points for a fact, or a scheme's rule is not sound; says which finding."""

    def __init__(self, code: str, path: Path = (), **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.parameters: Mapping[str, str] = parameters


def outside_share(found: str, figure: object) -> RefusedError:
    """The fault P207 of a share that is not from 0 to 100 %; of a ratio with what is wrong in it."""
    told = {"found": found, "expected": "0–100 %"}
    if isinstance(figure, Ratio):
        told["cause"] = _PART_ABOVE
    return RefusedError(OUT_OF_RANGE, (), **told)


class UndecidedError(RefusedError):
    """The points cannot be told, and the finding says why; the fact is right, the leaf unknown."""


class Gain(NamedTuple):
    """More points that a rule can give, and the least that must be reported for them.

    `need` says how what is reported must stand to `fact`: `above` 90 %, `to` (at
    most) 2 cases, `to` (not later than) a day.
    """

    points: Fraction
    fact: Fact
    need: Need = "is"


class Ladder(Struct, frozen=True):
    """Points that a rule can give, evenly apart: `count` of them from `start`, each `step` more.

    `whole` is False where the rule gives others too, too many to be listed.
    """

    start: Fraction
    step: Fraction = Fraction(1)
    count: int = 1
    whole: bool = True

    @property
    def most(self) -> Fraction:
        """The largest of them."""
        return self.start + self.step * (self.count - 1)

    def least_from(self, points: Fraction) -> Fraction:
        """The smallest that is at least so much, which must not be more than the largest."""
        return self.start + self.step * max(0, ceil((points - self.start) / self.step))


class Example(NamedTuple):
    """An example for the page of rules: the rule as YAML, a maximum, and scores as YAML."""

    rule: str
    maximum: int
    scores: tuple[str, ...]


KINDS: Final[dict[str, type["Rule"]]] = {}
"""The kinds of rules by their names; each class with a `kind` puts itself in."""


class Rule(SaidByUnit, Frozen):
    """Base of all rule kinds; a subclass adds `kind`, its parameters, and what it takes.

    What a kind says of itself is all that readers, tables, templates, workbooks and
    pages know of it.
    """

    if TYPE_CHECKING:
        kind: str
    example: ClassVar[Example]
    is_added: ClassVar[bool] = True
    """Whether its points count; else the figure is only shown."""
    _lowest: Fraction = PrivateAttr(ZERO)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        if "kind" in cls.model_fields:
            [name] = get_args(cls.model_fields["kind"].annotation)
            KINDS[name] = cls

    @property
    @abstractmethod
    def takes(self) -> Input:
        """What must be reported."""

    @property
    def has_standard(self) -> bool:
        """Whether it gives no points and says instead whether a standard is met."""
        return False

    def named(self, say: Language) -> Mapping[str, str]:
        """Its options, items or answers by id, with what they are called."""
        return {}

    def of_figure(self, name: str) -> "Rule | None":
        """The rule inside this one that takes a figure; None where none does so alone."""
        return None

    def worths(self, maximum: Fraction) -> Mapping[str, Decimal]:
        """The points of each of its options, where a formula looks them up."""
        return {}

    def formula(self, maximum: Fraction) -> str:
        """The points as a formula with cells in braces (`rules/formula.py`).

        Empty where there is none, or none of a length that every program takes: then a
        workbook says that parindex computes the points.
        """
        return ""

    def expression(self, maximum: Fraction) -> Tree | None:
        """The points as arithmetic, in the names of `rules/arithmetic.py`; None where they are not.

        It is that of the rule as it stands for a unit, and gives the points of every fact
        that the rule takes, as far as `fits` holds for it; a fact that is refused, or of
        which points are not told, may give anything.
        """
        return None

    def fits(self, maximum: Fraction) -> Condition | None:
        """What must hold beside each figure being possible by itself, for `expression` to give the points.

        Where it holds there is also nothing to be told beside the points (`remarks`).
        """
        return None

    def days(self) -> tuple[date, date] | None:
        """The first and last day that it provides for; None where it sets no day."""
        return None

    @abstractmethod
    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Why the rule cannot reach exactly `maximum`, or leaves 0…maximum; empty if sound."""

    def meant(self, fact: Fact) -> Fact:
        """The fact with ids of options or figures where it has their names; what is none stays as it is."""
        if not isinstance(fact, Figures):
            return fact
        return meant_figures(fact, self.named(language("en")), getattr(self, "names", {}))

    @abstractmethod
    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The exact points for a fact, from 0 to `maximum`.

        Raises:
            RefusedError: the fact is of a kind or size that the rule cannot take.
        """

    @abstractmethod
    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """How the points come about, in one line that ends with them."""

    @abstractmethod
    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The rule in a sentence or two."""

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """What gives more points than `now`, the fewest points first; steps are taken whole.

        Nothing where it is not the unit's to report, as what people answer.

        Args:
            now: the present points, however they came about; 0 where they are not known.
            maximum: the most points.
            fact: what was reported, where the rule takes it. A need is told in
                its form: counts stay counts of the same whole.
        """
        yield from ()

    def next_step(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Gain | None:
        """The least that gives more points than `now`; None where nothing is known to."""
        return next(self.gains(now, maximum, fact), None)

    @property
    def any_points(self) -> bool:
        """Whether all points between the first gain and the maximum can be reached, not steps."""
        return False

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """All points over `now` that something reported can give; never listed one by one.

        Args:
            now: the present points.
            maximum: the most points.
            fact: what was reported, where the rule takes it.
            least: the least rise that counts where any points can be given.
            digits: decimals of points that are given as they are.
        """
        yield from (Ladder(gain.points) for gain in self.gains(now, maximum, fact))

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The least to report for `points` or more, which are over 0; None where nothing is known to."""
        gains = self.gains(Fraction(0), maximum, fact)
        return next((gain for gain in gains if gain.points >= points), None)

    def for_unit(self, setting: Setting) -> "Rule":
        """The rule as it stands in a year, for a unit and beside other figures."""
        return self

    @property
    def is_plain(self) -> bool:
        """Whether the points follow from the fact and the year alone, and nothing is to be told."""
        return True

    @property
    def needs(self) -> tuple[str, ...]:
        """The codes of other leaves whose rates the points depend on."""
        return ()

    def met(self, fact: Fact) -> bool | None:
        """Whether the fact meets the standard; None where the rule sets none."""
        return None

    @property
    def units(self) -> tuple[str, ...]:
        """The levels, groups and profiles of units by which the rule differs."""
        return ()

    @property
    def gives_rate(self) -> bool:
        """Whether it goes by a rate, which another leaf may take."""
        return False

    def rate(self, fact: Fact) -> Fraction | None:
        """The rate by which the rule goes, in hundredths; None where it goes by none."""
        return None

    @property
    def is_relative(self) -> bool:
        """Whether the points depend on the best figure of the unit's group."""
        return False

    def compared(self, fact: Fact) -> Fraction | None:
        """The figure that is compared within the group; None where no case arose, or none is."""
        return None

    def best_of(self, figures: Iterable[Fraction]) -> Fraction:
        """The best of such figures, at least one."""
        return max(figures)

    def remarks(self, fact: Fact, maximum: Fraction) -> Iterator[RefusedError]:
        """What is to be told beside the points of a fact, though it is no fault."""
        yield from ()

    def fewest(self, maximum: Fraction) -> Fraction:
        """The fewest points that the rule itself can give; a leaf with a `min` must reach that."""
        return ZERO

    @property
    def lowest(self) -> Fraction:
        """The fewest points that the leaf allows; 0 unless the scheme says otherwise."""
        return self._lowest

    def with_lowest(self, lowest: Fraction) -> "Rule":
        """The rule of a leaf whose points may go down to `lowest`."""
        copy = self.model_copy()
        copy._lowest = lowest  # noqa: SLF001
        return copy


def result_text(points: Fraction, say: Language) -> str:
    """The outcome of a computation: `= 0.5`, or `≈ 0.6667` where the decimals do not end."""
    if to_decimal_or_none(points) is None:
        return f"≈ {say.number(rounded(points, _DIGITS))}"
    return f"= {say.number(points)}"


def arrow_text(points: Fraction, say: Language) -> str:
    """The outcome of looking something up: `→ 0.5`."""
    return f"→ {say.number(points)}"


def called(id_: str, names: Mapping[str, Name], say: Language) -> str:
    """What an option or item is called: its name, else its id."""
    return say.name(names[id_]) if id_ in names else id_


def unknown_option(
    found: str, options: Iterable[str], names: Mapping[str, Name] | None = None
) -> RefusedError:
    """The fault of an option or item that a rule does not have, or of which it has several."""
    known = list(options)
    names = names or {}
    told = [f"{each} ({names[each].vi})" if each in names else each for each in known]
    words = [*known, *(name.vi for name in names.values())]
    return RefusedError(
        UNKNOWN_OPTION, found=found, expected=", ".join(told), near=suggest(found, words)
    )


def names_proof(names: Mapping[str, Name], options: Iterable[str]) -> Iterator[RefusedError]:
    """Every name is that of an option or item there is."""
    known = list(options)
    for id_ in names:
        if id_ not in known:
            told = {"found": id_, "expected": ", ".join(known)}
            yield RefusedError(UNKNOWN_REFERENCE, ("names", id_), **told)


def bounds_proof(
    points: Fraction, maximum: Fraction, path: Path, lowest: Fraction = ZERO
) -> Iterator[RefusedError]:
    """Points lie between the lowest, mostly 0, and the maximum."""
    if not lowest <= points <= maximum:
        told = {"found": to_text(points), "expected": f"{to_text(lowest)}…{to_text(maximum)}"}
        yield RefusedError(POINTS_OUTSIDE_MAXIMUM, path, **told)


def reach_proof(most: Fraction, maximum: Fraction, path: Path) -> Iterator[RefusedError]:
    """The most that a rule gives is the maximum."""
    if most < maximum:
        yield RefusedError(
            MAXIMUM_OUT_OF_REACH, path, found=to_text(most), expected=to_text(maximum)
        )


def fineness_proof(step: Fraction, maximum: Fraction, path: Path) -> Iterator[RefusedError]:
    """A step is not so fine that nobody could go through all of them."""
    least = maximum / _MOST_STEPS
    if 0 < step < least:
        yield RefusedError(
            THRESHOLD_OUT_OF_RANGE, path, found=to_text(step), expected=f"≥ {to_text(least)}"
        )


def count_of(fact: Fact) -> int:
    """How many there were.

    Raises:
        RefusedError: P205 another kind of input, P203 a number below 0.
    """
    if not isinstance(fact, Count):
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected="count: 3")
    if fact.count < 0:
        raise RefusedError(NEGATIVE_NUMBER, found=str(fact.count))
    return fact.count
