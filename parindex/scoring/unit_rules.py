"""The rules of a scheme as they stand for one unit: its year and kind, and the rates of other leaves."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from parindex.rules.base import RefusedError, Rule
from parindex.rules.input import POINTS
from parindex.rules.scaled import ScaledRule
from parindex.rules.setting import Best, Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Period, Scorecard, Stage
from parindex.values.exact import ZERO, add
from parindex.values.facts import NOT_APPLICABLE, State

_MONTHS = 12


class Limits(NamedTuple):
    """The fewest and the most points of a criterion; `most` is None where it is not known."""

    lowest: Fraction
    most: Fraction | None


class UnitRules:
    """The rules of leaves for one scorecard; each is worked out once.

    `best` are the best figures of the unit's group by code, as far as they are known: those
    that the scorecard gives, or else those of the units that it is scored with.
    """

    def __init__(
        self,
        scorecard: Scorecard,
        scheme: Scheme,
        stage: Stage | None = None,
        best: Mapping[str, Best] | None = None,
    ) -> None:
        self.scorecard = scorecard
        self.scheme = scheme
        self.stage = stage
        self._rules: dict[str, Rule] = {}
        self._setting = Setting(
            year=scorecard.year,
            level=scorecard.level or scheme.level,
            group=scorecard.group,
            profile=scorecard.profile,
            months=months(scorecard.days),
        )
        self.best = {**(best or {}), **self._references()} if scheme.relative else {}

    def of(self, leaf: Criterion) -> Rule:
        """The rule of a leaf; points as given where the scheme states none."""
        found = self._rules.get(leaf.code)
        if found is None:
            found = self._rules[leaf.code] = self._of(leaf)
        return found

    @cached_property
    def moved(self) -> Mapping[str, Mapping[str, Fraction]]:
        """What leaves receive, in points, of the maxima of leaves that do not apply, by their codes."""
        moved: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
        for leaf in self.scheme.moving:
            if not self._applies(leaf.code):
                held = [code for code in leaf.moves_to if self._applies(code)]
                for code in held:
                    moved[code][leaf.code] = (leaf.maximum or ZERO) / len(held)
        return moved

    def _applies(self, code: str) -> bool:
        """Whether neither the profile nor a score says that a criterion, or one above, does not apply."""
        off = self.scheme.profiles.get(self.scorecard.profile or "", ())
        for each in self.scheme.lineage(code):
            entry = self.scorecard.entry(each.code, self.stage)
            if each.code in off or (entry is not None and entry.fact == NOT_APPLICABLE):
                return False
        return True

    def received(self, criterion: Criterion) -> Fraction:
        """How many points of other maxima a leaf has beside its own."""
        return add(self.moved[criterion.code].values()) if criterion.code in self.moved else ZERO

    def limits(self, criterion: Criterion) -> Limits:
        """The fewest and the most points of a leaf, with what it receives."""
        own, received = criterion.maximum, self.received(criterion)
        if not own or not received:
            return Limits(criterion.lowest, own)
        return Limits(criterion.lowest * (own + received) / own, own + received)

    def _of(self, leaf: Criterion) -> Rule:
        rule = self._at_own_maximum(leaf)
        if leaf.maximum and self.received(leaf) and rule.takes is not POINTS:
            return ScaledRule.of(rule, leaf.maximum)
        return rule

    def _at_own_maximum(self, leaf: Criterion) -> Rule:
        rule = leaf.scored_by
        if rule.is_plain:
            return rule.for_unit(self._setting)
        rates = {code: self._rate(code) for code in rule.needs}
        known = {code: rate for code, rate in rates.items() if rate is not None}
        setting = replace(self._setting, rates=known, best=self.best.get(leaf.code))
        return rule.for_unit(setting)

    def _references(self) -> dict[str, Fraction]:
        """The best figures that the scorecard gives; one that is wrong is told of the leaf itself."""
        found: dict[str, Fraction] = {}
        for leaf in self.scheme.relative:
            reference = self.scorecard.reference(leaf.code, self.stage)
            if reference is not None:
                with suppress(RefusedError):
                    best = leaf.scored_by.for_unit(self._setting).compared(reference)
                    found |= {} if best is None else {leaf.code: best}
        return found

    def _rate(self, code: str) -> Fraction | None:
        """The rate of another leaf, 0 without evidence; None where none was reported."""
        entry = self.scorecard.entry(code, self.stage)
        if entry is None or isinstance(entry.fact, State):
            return ZERO if entry is not None and entry.fact == State("no_evidence") else None
        try:
            return self.of(self.scheme.by_code[code]).rate(entry.fact)
        except RefusedError:
            return None  # told of the leaf itself


def months(period: Period | None) -> int | None:
    """How many months a period has, the whole year without one; None where it is no whole months.

    >>> import datetime
    >>> months(Period(datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)))
    3
    """
    if period is None:
        return _MONTHS
    start, after = period.start, period.end.toordinal() + 1
    next_ = period.end.fromordinal(after) if after <= period.end.max.toordinal() else None
    if start.day != 1 or next_ is None or next_.day != 1:
        return None
    return (next_.year - start.year) * _MONTHS + next_.month - start.month
