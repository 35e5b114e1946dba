"""Scores that were read, and added up, by columns."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry


class Reckoned(Mapping[str, Entry]):
    """The scores of a unit, one for each leaf of a scheme and nothing else, whose sums are known.

    The entries are made where somebody asks for them. None has a state or a stage. `scheme` and
    `year` are those for which the sums hold.
    """

    scheme: Scheme
    year: int

    @abstractmethod
    def sums(self) -> Mapping[str, Fraction]:
        """The exact points of the areas and guards by code, and of the whole under an empty one."""

    @abstractmethod
    def points(self) -> Sequence[tuple[int, int]]:
        """The exact points of each leaf in the scheme's order, as numerator and denominator."""

    @abstractmethod
    def parts(self) -> Mapping[str, Fraction]:
        """The exact points of the parts of the partition `origin`, where the scheme has it."""

    def __reduce__(self) -> tuple[Any, ...]:
        """The entries: whoever gets them adds up anew."""
        return dict, (dict(self),)
