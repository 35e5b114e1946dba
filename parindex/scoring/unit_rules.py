"""The rules of a scheme as they stand for one unit: its year and kind, and the rates of other leaves."""

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction

from msgspec.structs import replace

from parindex.rules.base import RefusedError, Rule
from parindex.rules.setting import Best, Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Period, Scorecard, Stage
from parindex.values.exact import ZERO
from parindex.values.facts import State

_MONTHS = 12


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

    def _of(self, leaf: Criterion) -> Rule:
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
