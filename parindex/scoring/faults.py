"""The faults that scoring finds, each with its place where the scorecard knows it."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.outcome import Outcome
from parindex.scoring.sums import agree, range_text
from parindex.values.codes import ABOVE_MAXIMUM, NEGATIVE_NUMBER, POINTS_DISAGREE
from parindex.values.exact import ZERO, add, to_text
from parindex.values.finding import Finding, Path
from parindex.values.fuzzy import suggest

_MOST_SUGGESTIONS: Final = 50
"""Looking for similar names takes time, and nobody reads more of them."""


class Share(NamedTuple):
    """A criterion or part: its id, its maximum (None where unknown) and its points."""

    id: str
    maximum: Fraction | None
    points: Fraction | None


class Faults:
    """Collects the faults of one scorecard, so that all are reported at once."""

    def __init__(self, scorecard: Scorecard) -> None:
        self.findings: list[Finding] = []
        self._places = scorecard.places

    def add(
        self, code: str, where: str, path: Path, values: Mapping[str, str], *, key: bool = False
    ) -> None:
        """One fault; `key` if it is the name at the path that is wrong, not its value."""
        self.findings.append(self.finding(code, where, path, values, key=key))

    def finding(
        self, code: str, where: str, path: Path, values: Mapping[str, str], *, key: bool = False
    ) -> Finding:
        """A finding with its place, which need not be a fault."""
        place = self._places.locate(path, key=key) if self._places else None
        return Finding(code, where, values, path, place)

    @property
    def may_suggest(self) -> bool:
        """Whether names like a wrong one are still looked for, which takes time."""
        return len(self.findings) < _MOST_SUGGESTIONS

    def unknown(
        self,
        code: str,
        name: str,
        names: Iterable[str],
        path: Path,
        *,
        key: bool = True,
        **values: str,
    ) -> None:
        """A name that the scheme does not have, with those most like it; `key` as in `add`."""
        alike = suggest(name, names) if self.may_suggest else ""
        self.add(code, name, path, {**values, "found": name, "near": alike}, key=key)

    def outside(
        self,
        points: Fraction,
        maximum: Fraction | None,
        where: str,
        path: Path,
        lowest: Fraction = ZERO,
    ) -> bool:
        """Whether points are below the lowest, mostly 0, or above a maximum, which is then noted."""
        if points >= lowest and (maximum is None or points <= maximum):
            return False
        values = {"found": to_text(points)}
        if maximum is not None:
            values["expected"] = f"{to_text(lowest)}…{to_text(maximum)}"
        self.add(NEGATIVE_NUMBER if points < lowest else ABOVE_MAXIMUM, where, path, values)
        return True

    def disagree(
        self,
        sure: Outcome,
        printed: Outcome,
        given: Outcome,
        slack: Fraction,
        path: tuple[str, ...],
        other: str,
    ) -> None:
        """Note an outcome that differs by more than rounding from a surer one, as it is or printed.

        `other` is what the surer one is made of, in words.
        """
        if not (agree(sure, given, slack) or agree(printed, given, slack)):
            values = {"found": range_text(given), "expected": range_text(sure), "other": other}
            self.add(POINTS_DISAGREE, path[-1], path, values)

    def room(
        self,
        shares: Sequence[Share],
        maximum: Fraction | None,
        path: tuple[str, ...],
        reported: Iterable[str],
    ) -> None:
        """Note points of shares without a maximum that what is left of the whole cannot hold.

        The place is that of the first of them that is among `reported`.
        """
        if maximum is None:
            return
        left = maximum - add(each.maximum for each in shares if each.maximum is not None)
        open_ = {e.id: e.points for e in shares if e.maximum is None and e.points}
        points = add(each or ZERO for each in open_.values())
        at = [each for each in open_ if each in reported] or list(open_)
        if points > 0:
            self.outside(points, left, " + ".join(open_), (*path, *at[:1]))
