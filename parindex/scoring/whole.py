"""The sheet as a whole: parts of another partition, a total, a maximum that a source states."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.exact import ZERO, half_unit, plain, rounded
from parindex.language import mark
from parindex.model.result import Basis, Outcome
from parindex.model.scheme import ORIGIN, Part, Scheme
from parindex.model.scorecard import Scorecard
from parindex.scoring.faults import Faults
from parindex.scoring.sums import reachable, summed, total

_CRITERIA: Final = mark("those of the criteria")
_PARTS: Final = mark("those of the parts")
_WITHIN: Final = mark("those of the parts within it")
_APPLICABLE: Final = mark("the maximum of what applies by the scores")


class Whole:
    """What is said about the sheet beside its criteria; it must agree with them.

    The more detailed source of the total wins: criteria where they are
    complete, else the parts, else a total. `basis` says which it was.
    """

    def __init__(
        self,
        scorecard: Scorecard,
        scheme: Scheme,
        faults: Faults,
        origins: Callable[[], Mapping[str, Outcome]],
    ) -> None:
        self.scorecard = scorecard
        self.scheme = scheme
        self.faults = faults
        self.parts: dict[str, dict[str, Outcome]] = {}
        self._origins = origins
        self._from_leaves: Mapping[str, Outcome] = {}
        self.basis: Basis = "scores"

    def outcome(self, below: Outcome) -> Outcome:
        """The outcome of the scheme, from that of its areas."""
        self._check()
        outcome = below
        for name, given in self.scorecard.parts.items():
            if name in self.scheme.partitions:
                outcome = self._with_parts(name, given, outcome)
            else:
                names = self.scheme.partitions
                self.faults.unknown("P214", name, names, ("parts", name), scheme=self.scheme.id)
        outcome = self._with_total(outcome)
        outcome = self._with_applicable_max(outcome)
        rounding = self.scheme.rounding
        if rounding.points and rounding.points.at == "total" and outcome.points is not None:
            points = rounded(outcome.points, rounding.points.digits, rounding.mode)
            return outcome._replace(points=Fraction(points))
        return outcome

    def _check(self) -> None:
        card, scheme = self.scorecard, self.scheme
        if card.year not in scheme.years:
            years = ", ".join(map(str, scheme.years))
            self.faults.add(
                "P209", scheme.id, ("year",), {"found": str(card.year), "expected": years}
            )
        if card.level is not None and card.level != scheme.level:
            told = {"found": card.level, "expected": scheme.level}
            self.faults.add("P216", scheme.id, ("level",), told)
        if card.profile is not None and card.profile not in scheme.profiles:
            self.faults.unknown(
                "P213", card.profile, scheme.profiles, ("profile",), key=False, scheme=scheme.id
            )
        period = card.period
        if period is not None and not period.start.year <= card.year <= period.end.year:
            found = f"{period.start.isoformat()} – {period.end.isoformat()}"
            told = {"found": found, "expected": f"{card.year}-01-01 – {card.year}-12-31"}
            self.faults.add("P207", "period", ("period",), told)

    def _with_parts(self, name: str, given: Mapping[str, Decimal], outcome: Outcome) -> Outcome:
        parts = self.scheme.partitions[name]
        for id_ in given:
            if id_ not in {part.id for part in parts}:
                ids = [part.id for part in parts]
                self.faults.unknown("P214", id_, ids, ("parts", name, id_), scheme=self.scheme.id)
        self.parts[name] = {}
        self._from_leaves = self._origins() if name == ORIGIN else {}
        sum_ = self._part_sum(name, "", self.scheme.maximum, given)
        return self._agreeing(outcome, sum_, len(given), ("parts", name), "parts", _CRITERIA)

    def _part_sum(
        self, name: str, around: str, maximum: Fraction | None, given: Mapping[str, Decimal]
    ) -> Outcome:
        """The outcome of the parts within another, or of the outermost ones."""
        inner = [part for part in self.scheme.partitions[name] if (part.within or "") == around]
        outcomes = [self._part(name, part, given) for part in inner]
        points = total([o.points for o in outcomes if o.points is not None])
        unassessed = total([o.unassessed for o in outcomes])
        if unassessed is None and maximum is not None:
            unassessed = _remainder(inner, outcomes, maximum)
        return summed(outcomes, points, ZERO, unassessed)

    def _part(self, name: str, part: Part, given: Mapping[str, Decimal]) -> Outcome:
        path = ("parts", name, part.id)
        below = self._part_sum(name, part.id, part.maximum, given)
        outcome = below
        if part.id in given:
            points = Fraction(given[part.id])
            outcome = Outcome("scored" if points else "zero", points)
            if self._is_outside(points, part.maximum, part.id, path):
                outcome = Outcome("unknown", None, unassessed=part.maximum)
            elif below.points is not None:
                outcome = self._agreeing(below, outcome, 1, path, None, _WITHIN)
        elif below.points is None:
            outcome = Outcome("unknown", None, unassessed=part.maximum)
        leaves = self._from_leaves.get(part.id)
        if leaves is not None and leaves.points is not None:
            outcome = self._agreeing(leaves, outcome, 1, path, None, _CRITERIA)
        self.parts[name][part.id] = outcome
        return outcome

    def _with_total(self, outcome: Outcome) -> Outcome:
        if self.scorecard.total is None:
            return outcome
        points = Fraction(self.scorecard.total)
        if self._is_outside(points, self.scheme.maximum, "total", ("total",)):
            return outcome
        given = Outcome("scored" if points else "zero", points, excluded=outcome.excluded)
        other = _PARTS if self.basis == "parts" else _CRITERIA
        return self._agreeing(outcome, given, 1, ("total",), "total", other)

    def _is_outside(
        self, points: Fraction, maximum: Fraction | None, where: str, path: tuple[str, ...]
    ) -> bool:
        """Whether points are below 0 or above a maximum, which is then noted."""
        if points >= 0 and (maximum is None or points <= maximum):
            return False
        told = {"found": plain(points)}
        if maximum is not None:
            told["expected"] = f"0…{plain(maximum)}"
        self.faults.add("P203" if points < 0 else "P202", where, path, told)
        return True

    def _agreeing(
        self,
        known: Outcome,
        given: Outcome,
        count: int,
        path: tuple[str, ...],
        basis: Basis | None,
        other: str,
    ) -> Outcome:
        """The one of two outcomes that says more; both must agree within rounding.

        `other` is what the known outcome is made of, in words.
        """
        if given.points is None:
            return known
        slack = (self._given_parts(known, count) + 1) * half_unit(self.scheme.rounding.index)
        if given.unassessed == 0:
            reach = reachable(known, given.points, slack)
            if reach:
                told = {"found": plain(given.points), "expected": reach, "other": other}
                self.faults.add("P204", path[-1], path, told)
        if known.unassessed == 0 and known.points is not None:
            return known
        if given.unassessed != 0 and known.points is not None:
            return known
        if basis is not None:
            self.basis = basis
        return given

    def _given_parts(self, known: Outcome, count: int) -> int:
        """How many rounded figures stand behind two sums that are compared."""
        areas = len(self.scheme.criteria) if known.points is not None else 0
        return count + areas

    def _with_applicable_max(self, outcome: Outcome) -> Outcome:
        stated, maximum = self.scorecard.applicable_max, self.scheme.maximum
        if stated is None:
            return outcome
        applicable = Fraction(stated)
        path = ("applicable_max",)
        if maximum is None:
            self.faults.add("P220", "applicable_max", path, {"found": plain(applicable)})
            return outcome
        if not 0 < applicable <= maximum:
            if applicable:
                self._is_outside(applicable, maximum, "applicable_max", path)
            else:
                told = {"found": "0", "expected": f"> 0, ≤ {plain(maximum)}"}
                self.faults.add("P207", "applicable_max", path, told)
            return outcome
        excluded = maximum - applicable
        if outcome.excluded and outcome.excluded != excluded:
            told = {"found": plain(applicable), "expected": plain(maximum - outcome.excluded)}
            told["other"] = _APPLICABLE
            self.faults.add("P204", "applicable_max", path, told)
        if outcome.points is not None and outcome.points > applicable:
            told = {"found": plain(outcome.points), "expected": f"0…{plain(applicable)}"}
            self.faults.add("P202", "total", path, told)
        unassessed = outcome.unassessed
        if unassessed:  # what does not apply is among what is not known
            unassessed = max(ZERO, unassessed - (excluded - (outcome.excluded or ZERO)))
        return outcome._replace(excluded=excluded, unassessed=unassessed)


def _remainder(
    parts: Sequence[Part], outcomes: Sequence[Outcome], maximum: Fraction
) -> Fraction | None:
    """What is left of a maximum for one part whose own is unknown, if the others are known."""
    known = [part.maximum for part, o in zip(parts, outcomes, strict=True) if o.unassessed == 0]
    sizes = total(known)
    return None if sizes is None else maximum - sizes
