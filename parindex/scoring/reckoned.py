"""Scores that were read, and added up, by columns."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Stage
from parindex.scoring.outcome import Outcome


class Taken(NamedTuple):
    """Points that do not count, because a guard got nothing."""

    code: str
    points: Fraction
    guard: str


class Reckoned(Mapping[str, Entry]):
    """The scores of a unit for leaves and items of a scheme, of which the outcomes are known.

    The entries are made where somebody asks for them; none has a stage. `scheme` and `year` are
    those for which the outcomes hold.
    """

    scheme: Scheme
    year: int

    def is_under(self, scheme: Scheme, year: int, stage: Stage | None) -> bool:
        """Whether the outcomes hold under a scheme, in a year, and for this stage."""
        return stage is None and self.scheme is scheme and self.year == year

    @property
    @abstractmethod
    def is_plain(self) -> bool:
        """Whether every leaf has points that count, and no item is reported."""

    @abstractmethod
    def outcome(self) -> Outcome:
        """That of the whole."""

    @abstractmethod
    def sums(self) -> Mapping[str, Outcome]:
        """Those of areas and guards by code."""

    @abstractmethod
    def detail(self) -> Mapping[str, Outcome]:
        """Those of all criteria and items by code."""

    @abstractmethod
    def parts(self) -> Mapping[str, Outcome]:
        """Those of the parts of the partition `origin`, where all leaves have one."""

    @abstractmethod
    def taken(self) -> Iterator[Taken]:
        """The points that do not count, in the order in which the tree meets them."""

    def __reduce__(self) -> tuple[Any, ...]:
        """The entries: whoever gets them adds up anew."""
        return dict, (dict(self),)
