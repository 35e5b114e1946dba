"""What columns must know of a scheme to add it up: which leaves are in which sum, and what they stand behind."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

import numpy as np

from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scoring.sums import leaves_by_origin
from parindex.values.exact import ZERO, add


class Plan:
    """The leaves of a scheme, then its items, by their numbers; sums are lists of such numbers.

    What has the maximum 0 is only watched, and is in no sum. `most` are the maxima of leaves as
    whole numbers of `unit`, and `is_full` whether one that does not apply has full points.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.leaves = scheme.leaves
        self.at = {leaf.code: number for number, leaf in enumerate(self.leaves)}
        self.count = len(self.leaves) - len(scheme.items)
        guards = scheme.guards
        self.areas = [area.code for area in scheme.criteria]
        self.whole = self.counted(self.leaves[: self.count])
        self.sums = {area.code: self.counted(area.leaves()) for area in scheme.criteria}
        self.guards = {code: [*scheme.by_code[code].leaves()] for code in guards}
        self.sums |= {code: self.counted(leaves) for code, leaves in self.guards.items()}
        origins = dict(leaves_by_origin(scheme))
        self.parts = {
            part: self.counted(scheme.by_code[code] for code in codes)
            for part, codes in origins.items()
        }
        self.standing = {
            leaf.code: [
                each.requires for each in scheme.lineage(leaf.code) if each.requires in guards
            ]
            for leaf in self.leaves[: self.count]
        }
        self.is_full = np.array([self._full_points(leaf) for leaf in self.leaves], bool)
        maxima = [leaf.maximum or ZERO for leaf in self.leaves]
        self.unit = Fraction(1, lcm(*(each.denominator for each in maxima)))
        is_small = add(maxima) / self.unit < 2**62
        self.most = np.array(
            [int(each / self.unit) if is_small else 0 for each in maxima], np.int64
        )
        self.is_possible = (
            is_small
            and self.count > 0
            and scheme.complete
            and scheme.rounding.points is None
            and _adds_up(scheme.maximum, scheme.criteria)
            and all(self.sums.values())
            and all(self.parts[part] or not codes for part, codes in origins.items())
            and not scheme.rated
            and not scheme.relative
        )

    def counted(self, leaves: Iterable[Criterion]) -> list[int]:
        """The numbers of those leaves that count in sums."""
        return [self.at[leaf.code] for leaf in leaves if leaf.maximum != 0]

    def _full_points(self, leaf: Criterion) -> bool:
        if leaf.code in self.scheme.items:
            return False
        own = (each.not_applicable for each in self.scheme.lineage(leaf.code))
        found = next((each for each in own if each is not None), self.scheme.not_applicable)
        return found == "full-points"

    def is_plain(self, setting: Setting) -> bool:
        """Whether the points of every leaf follow from what is reported for it, in a setting."""
        return all(leaf.scored_by.for_unit(setting).is_plain for leaf in self.leaves)

    def off(self, profile: str | None) -> list[int]:
        """The leaves that a profile leaves out."""
        codes = self.scheme.profiles.get(profile or "", ())
        return [
            number
            for number, leaf in enumerate(self.leaves)
            if any(each.code in codes for each in self.scheme.lineage(leaf.code))
        ]


def _adds_up(maximum: Fraction | None, criteria: tuple[Criterion, ...]) -> bool:
    """Whether all is listed, and has maxima of which each is the sum of those below."""
    maxima = [each.maximum for each in criteria]
    return (
        maximum is not None
        and sum(each or ZERO for each in maxima) == maximum
        and all(
            each.maximum is not None
            and (not each.children or (each.complete and _adds_up(each.maximum, each.children)))
            for each in criteria
        )
    )
