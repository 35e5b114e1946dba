"""The sheet as a whole: parts of another partition, a total, a maximum that a source states."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.scheme.scheme import ORIGIN, Part, Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.faults import Faults, Share
from parindex.scoring.outcome import Outcome
from parindex.scoring.result import Basis
from parindex.scoring.sums import (
    aggregate_children,
    applicable,
    known,
    leaves_by_origin,
    limited,
    round_outcome,
    tolerance,
    within,
)
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    APPLICABLE_MAX_WITHOUT_MAXIMUM,
    OUT_OF_RANGE,
    POINTS_DISAGREE,
    SCHEME_NOT_OF_YEAR,
    SCHEME_OF_OTHER_LEVEL,
    UNKNOWN_PART,
    UNKNOWN_PROFILE,
)
from parindex.values.exact import ZERO, add, to_text
from parindex.values.language import N_

_CRITERIA: Final = N_("those of the criteria")
_PARTS: Final = N_("those of the parts")
_WITHIN: Final = N_("those of the parts within it")
_APPLICABLE: Final = N_("the maximum of what applies by the scores")


class TotalsCheck:
    """What is said about the sheet beside its criteria; it must agree with them.

    The more detailed source of the total wins: criteria where they are
    complete, else the parts, else a total. `basis` says which it was. What does
    not apply by the criteria is left out of all of them.
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
        self._left_out: Fraction | None = ZERO
        self.basis: Basis = "scores"
        self._by = ""

    def outcome(self, below: Outcome) -> Outcome:
        """The outcome of the scheme, from that of its areas."""
        self._check()
        outcome = below
        for name, given in self.scorecard.parts.items():
            if name in self.scheme.partitions:
                outcome = self._with_parts(name, given, outcome)
            else:
                names = self.scheme.partitions
                self.faults.unknown(
                    UNKNOWN_PART, name, names, ("parts", name), scheme=self.scheme.id
                )
        outcome = self._with_total(outcome)
        outcome = self._with_applicable_max(outcome)
        return self._rounded(outcome)

    def _rounded(self, outcome: Outcome) -> Outcome:
        """The outcome of the scheme, rounded where it says so."""
        points, mode = self.scheme.rounding.points, self.scheme.rounding.mode
        if points is None or points.at != "total":
            return outcome
        return round_outcome(outcome, points.digits, mode, self.scheme.maximum)

    def _check(self) -> None:
        card, scheme = self.scorecard, self.scheme
        if card.year not in scheme.years:
            years = ", ".join(map(str, scheme.years))
            self.faults.add(
                SCHEME_NOT_OF_YEAR,
                scheme.id,
                ("year",),
                {"found": str(card.year), "expected": years},
            )
        if card.level and scheme.level and card.level != scheme.level:
            values = {"found": card.level, "expected": scheme.level}
            self.faults.add(SCHEME_OF_OTHER_LEVEL, scheme.id, ("level",), values)
        if card.profile is not None and card.profile not in scheme.profiles:
            self.faults.unknown(
                UNKNOWN_PROFILE,
                card.profile,
                scheme.profiles,
                ("profile",),
                key=False,
                scheme=scheme.id,
            )
        period = card.period
        if period is not None and not period.start.year <= card.year <= period.end.year:
            found = f"{period.start.isoformat()} – {period.end.isoformat()}"
            values = {"found": found, "expected": f"{card.year}-01-01 – {card.year}-12-31"}
            self.faults.add(OUT_OF_RANGE, "period", ("period",), values)

    def _with_parts(
        self, name: str, given: Mapping[str, Decimal | Fraction], outcome: Outcome
    ) -> Outcome:
        parts = self.scheme.partitions[name]
        for id_ in given:
            if id_ not in {part.id for part in parts}:
                ids = [part.id for part in parts]
                self.faults.unknown(
                    UNKNOWN_PART, id_, ids, ("parts", name, id_), scheme=self.scheme.id
                )
        self.parts[name] = {}
        self._from_leaves = self._origins() if name == ORIGIN else {}
        self._left_out = None if outcome.excluded != 0 else ZERO
        path = ("parts", name)
        sum_ = self._part_sum(path, "", self.scheme.maximum, given)
        below = min(sum_.below, -self.scheme.lowest)
        sum_ = sum_._replace(excluded=outcome.excluded, below=below)
        sum_ = limited(sum_, self.scheme.maximum)
        figures = len(given) + len(self.scheme.criteria) - 1  # both sums are of rounded figures
        return self._agreeing(outcome, sum_, figures, path, "parts", _CRITERIA)

    def _part_sum(
        self,
        path: tuple[str, str],
        around: str,
        maximum: Fraction | None,
        given: Mapping[str, Decimal | Fraction],
    ) -> Outcome:
        """The outcome of the parts within another, or of the outermost ones."""
        parts = self.scheme.partitions[path[1]]
        inner = [part for part in parts if (part.within or "") == around]
        outcomes = [self._part(path, part, given) for part in inner]
        pairs = list(zip(inner, outcomes, strict=True))
        shares = [Share(part.id, part.maximum, each.points) for part, each in pairs]
        self.faults.room(shares, maximum, path, given)
        return aggregate_children([(part.maximum, each) for part, each in pairs], maximum)

    def _part(
        self, path: tuple[str, str], part: Part, given: Mapping[str, Decimal | Fraction]
    ) -> Outcome:
        where = (*path, part.id)
        leaves = self._from_leaves.get(part.id)
        excluded = self._left_out if leaves is None else leaves.excluded
        maximum = part.maximum
        if maximum is not None and excluded is not None:
            maximum -= excluded
        lowest = self._lowest(path[1], part.id)
        nothing = Outcome("unknown", None, excluded, maximum, -lowest)
        below = self._part_sum(path, part.id, part.maximum, given)
        outcome = below if below.points is not None else nothing
        if part.id in given:
            points = Fraction(given[part.id])
            outcome = Outcome("scored" if points else "zero", points, excluded)
            if self.faults.outside(points, maximum, part.id, where, lowest):
                outcome = nothing
            elif below.points is not None:
                inner = sum(each.within == part.id for each in self.scheme.partitions[path[1]])
                outcome = self._agreeing(below, outcome, inner, where, None, _WITHIN)
        if leaves is not None and leaves.state != "unknown":
            areas = len(self.scheme.criteria)
            outcome = self._agreeing(leaves, outcome, areas, where, None, _CRITERIA)
        self.parts[path[1]][part.id] = outcome
        return outcome

    def _lowest(self, partition: str, part: str) -> Fraction:
        """The fewest points of a part: of its leaves where they are known, else of all."""
        if partition == ORIGIN:
            for id_, codes in leaves_by_origin(self.scheme):
                if id_ == part:
                    return add(self.scheme.by_code[code].lowest for code in codes)
        return self.scheme.lowest

    def _with_total(self, outcome: Outcome) -> Outcome:
        if self.scorecard.total is None:
            return outcome
        points = Fraction(self.scorecard.total)
        maximum = applicable(outcome, self.scheme.maximum)
        limit = self.scheme.maximum if maximum is None else maximum
        if self.faults.outside(points, limit, "total", ("total",), self.scheme.lowest):
            return outcome
        given = Outcome("scored" if points else "zero", points, excluded=outcome.excluded)
        other, figures = _CRITERIA, len(self.scheme.criteria)
        if self.basis == "parts":
            other, figures = _PARTS, len(self.scorecard.parts[self._by])
        return self._agreeing(outcome, given, figures, ("total",), "total", other)

    def _agreeing(
        self,
        sure: Outcome,
        given: Outcome,
        figures: int,
        path: tuple[str, ...],
        basis: Basis | None,
        other: str,
    ) -> Outcome:
        """The one of two outcomes that says more; both must agree within rounding.

        `figures` is of how many rounded figures the surer outcome is the sum, and
        `other` what it is made of, in words.
        """
        if given.points is None:
            return sure
        slack = tolerance(figures, self.scheme.rounding.index)
        printed = self._rounded(sure) if basis == "total" else sure
        self.faults.disagree(sure, printed, given, slack, path, other)
        if known(sure) or (not known(given) and sure.points is not None):
            return sure
        if basis is not None:
            self.basis = basis
            self._by = path[-1]
        return given._replace(points=within(sure, given.points)) if known(given) else given

    def _with_applicable_max(self, outcome: Outcome) -> Outcome:
        stated, maximum = self.scorecard.applicable_max, self.scheme.maximum
        if stated is None:
            return outcome
        applies = Fraction(stated)
        path = ("applicable_max",)
        if maximum is None:
            self.faults.add(
                APPLICABLE_MAX_WITHOUT_MAXIMUM, "applicable_max", path, {"found": to_text(applies)}
            )
            return outcome
        if not 0 < applies <= maximum:
            if applies:
                self.faults.outside(applies, maximum, "applicable_max", path)
            else:
                values = {"found": "0", "expected": f"> 0, ≤ {to_text(maximum)}"}
                self.faults.add(OUT_OF_RANGE, "applicable_max", path, values)
            return outcome
        most = applicable(outcome, maximum)
        if most is not None and applies > most:
            values = {
                "found": to_text(applies),
                "expected": f"≤ {to_text(most)}",
                "other": _APPLICABLE,
            }
            self.faults.add(POINTS_DISAGREE, "applicable_max", path, values)
        if outcome.points is not None and outcome.points > applies:
            values = {"found": to_text(outcome.points), "expected": f"0…{to_text(applies)}"}
            self.faults.add(ABOVE_MAXIMUM, "total", path, values)
        return limited(outcome._replace(excluded=maximum - applies), maximum)
