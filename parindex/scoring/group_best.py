"""The best figures of groups of units, for rules that go by them: worked out before any unit is scored.

Units are of one group that have one scheme, year, period, level, province and group.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.rules.base import RefusedError
from parindex.rules.setting import Best
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Period, Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.scoring.unit_rules import UnitRules
from parindex.values.facts import Percent, Points, State
from parindex.values.finding import Finding
from parindex.values.groups import grouped

Member = tuple[Scorecard, Scheme]


class _Group(NamedTuple):
    scheme: str
    year: int
    days: Period | None
    level: str
    province: str | None
    group: str | None


class Together:
    """Units that are scored together, each against the best of its group."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._groups = grouped(members, lambda member: _group(*member))
        self._known: dict[tuple[_Group, Stage | None], Mapping[str, Best]] = {}

    def score(self, card: Scorecard, scheme: Scheme, stage: Stage | None = None) -> Result:
        """The result of one of them; errors as `score`."""
        group = _group(card, scheme)
        result = score(card, scheme, stage, self._best(group, stage))
        if not scheme.relative:
            return result
        named = {each for entry in card.scores.values() for each in entry.stages}
        return replace(result, stage_best={each: self._best(group, each) for each in named})

    def _best(self, group: _Group, stage: Stage | None) -> Mapping[str, Best]:
        """The best figures of a group by code; nothing of a unit alone."""
        if (group, stage) not in self._known:
            members = self._groups.get(group, [])
            leaves = members[0][1].relative if len(members) > 1 else ()
            rules = [UnitRules(*member, stage) for member in members] if leaves else []
            found = {leaf.code: _best_of(leaf, rules) for leaf in leaves}
            known = {code: best for code, best in found.items() if best is not None}
            self._known[group, stage] = known
        return self._known[group, stage]


def together(results: Iterable[Result]) -> list[Result]:
    """The results, scored again where the best of their group was not known and now is.

    Raises:
        InputError: a scorecard does not fit its scheme once the best is known.
    """
    results = list(results)
    if not any(_lacks(each) for each in results):
        return results
    stages = {each.asked_stage for each in results}
    of = {
        stage: Together((r.scorecard, r.scheme) for r in results if r.asked_stage == stage)
        for stage in stages
    }
    return [
        of[each.asked_stage].score(each.scorecard, each.scheme, each.asked_stage)
        if _lacks(each)
        else each
        for each in results
    ]


def score_all(members: Sequence[Member], stage: Stage | None = None) -> list[Result]:
    """The results of several units, each against the best of its group.

    Raises:
        InputError: scorecards do not fit their schemes; holds every fault.
    """
    of = Together(members)
    results: list[Result] = []
    findings: list[Finding] = []
    for card, scheme in members:
        try:
            results.append(of.score(card, scheme, stage))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return results


def _group(card: Scorecard, scheme: Scheme) -> _Group:
    level = card.level or scheme.level or ""
    province = None if level == "province" else card.province
    return _Group(scheme.id, card.year, card.days, level, province, card.group)


def _lacks(result: Result) -> bool:
    best = result.best
    return any(not isinstance(best.get(leaf.code), Fraction) for leaf in result.scheme.relative)


def _best_of(leaf: Criterion, units: Sequence[UnitRules]) -> Best | None:
    """The best figure of a leaf, or the first unit of which it is not known; None where nobody has one."""
    figures: list[Fraction] = []
    for unit in units:
        if _has_none(unit, leaf.code):
            continue
        entry = unit.scorecard.entry(leaf.code, unit.stage)
        if entry is None or isinstance(entry.fact, State | Points | Percent):
            return unit.scorecard.unit
        try:
            figure = unit.of(leaf).compared(entry.fact)
        except RefusedError:
            return unit.scorecard.unit
        figures += [] if figure is None else [figure]
    return units[0].of(leaf).best_of(figures) if figures else None


def _has_none(unit: UnitRules, code: str) -> bool:
    """Whether a leaf does not apply to a unit, or has no evidence: then no figure is awaited."""
    card = unit.scorecard
    off = unit.scheme.profiles.get(card.profile or "", ())
    for each in unit.scheme.lineage(code):
        entry = card.entry(each.code, unit.stage)
        is_said = entry is not None and entry.fact in (
            State("not_applicable"),
            State("no_evidence"),
        )
        if is_said or each.code in off:
            return True
    return False
