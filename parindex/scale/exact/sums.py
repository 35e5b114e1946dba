"""The outcomes of many units, from the points and states of their leaves: guards are judged, then sums made.

Points, what does not apply and what is not known of a criterion are the sums of those of its
leaves; its state follows from theirs (`scoring/sums.py` adds up one unit after another).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from parindex.scale.exact.columns import Column, reduced, total
from parindex.scale.exact.plan import Plan
from parindex.scale.exact.points import Reported
from parindex.scale.exact.states import NO_EVIDENCE, NOT_APPLICABLE, REPORTED, UNKNOWN, ZERO
from parindex.scheme.scheme import Criterion
from parindex.scoring import sums
from parindex.scoring.outcome import NodeState, Outcome
from parindex.scoring.reckoned import Taken
from parindex.values.exact import ZERO as NOTHING

_UNSURE, _SHUT = 1, 2
"""What guards make of what stands behind them, the stricter one higher."""
_BY_POINTS: Final = 0
_STATES: Final[tuple[NodeState, ...]] = (
    "scored",
    "not_applicable",
    "partial",
    "unknown",
    "no_evidence",
)


class _Sum(NamedTuple):
    """The outcomes of a sum, unit by unit; `states`, `excluded` and `unassessed` where any is odd."""

    above: list[int]
    below: list[int]
    has_points: Any = None
    states: Any = None
    excluded: Any = None
    unassessed: Any = None


class Detail(Mapping[str, Outcome]):
    """The outcomes of one unit by code, each worked out where somebody asks for it."""

    def __init__(self, outcomes: "Outcomes", unit: int, codes: Mapping[str, Criterion]) -> None:
        self._outcomes, self._unit, self._codes = outcomes, unit, codes

    def __getitem__(self, code: str) -> Outcome:
        return self._outcomes.of(code, self._unit)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __reduce__(self) -> tuple[Any, ...]:
        """All of them: whoever gets them has no columns."""
        return dict, (dict(self),)


class Outcomes:
    """The outcomes of all units of a setting, each by its number; `is_plain` as `Reckoned` has it."""

    def __init__(self, plan: Plan, found: Sequence[Reported]) -> None:
        self._plan = plan
        self._points = [each.points for each in found]
        self._states = np.stack([each.states for each in found], axis=1)
        self._reported = list(self._points)
        self._effects: dict[str, Any] = {}
        self._taken: dict[int, Any] = {}
        self._settled: set[int] = set()
        for guard, leaves in plan.guards.items():
            self._settle(leaves)
            self._effects[guard] = self._judged(plan.sums[guard])
        self._settle(plan.leaves)
        columns = {code: self._column(numbers) for code, numbers in plan.sums.items()}
        self._whole = self._sum(plan.whole, self._added(columns[code] for code in plan.areas))
        self._sums = {code: self._sum(plan.sums[code], each) for code, each in columns.items()}
        self._parts = {
            part: self._sum(each, self._column(each)) for part, each in plan.parts.items()
        }
        of_leaves, of_items = np.split(self._states, [plan.count], axis=1)
        self.is_plain: Any = np.isin(of_leaves, (REPORTED, ZERO)).all(axis=1)
        self.is_plain &= (of_items == NOT_APPLICABLE).all(axis=1)

    def _settle(self, leaves: Sequence[Criterion]) -> None:
        """Let guards take what stands behind them, and have no points where none count."""
        for leaf in leaves:
            number = self._plan.at[leaf.code]
            if number in self._settled:
                continue
            self._settled.add(number)
            states = self._states[:, number]
            guards = [self._effects[each] for each in self._plan.standing.get(leaf.code, ())]
            effect = np.maximum.reduce(guards) if guards else np.int8(0)
            if effect.any():
                self._behind(number, states, effect)
            is_odd = states != REPORTED
            if is_odd.any():
                above, below = self._points[number]
                self._points[number] = Column(
                    np.where(is_odd, 0, above), np.where(is_odd, 1, below)
                )
                if self._plan.is_full[number]:
                    self._give(number, states == NOT_APPLICABLE, leaf.maximum or NOTHING)

    def _behind(self, number: int, states: Any, effect: Any) -> None:
        has_points = (states == REPORTED) & (self._points[number].above > 0)
        taken = has_points & (effect == _SHUT)
        if taken.any():
            self._taken[number] = taken
        states[(has_points | (states == UNKNOWN)) & (effect == _SHUT)] = ZERO
        states[has_points & (effect == _UNSURE)] = UNKNOWN

    def _give(self, number: int, units: Any, points: Fraction) -> None:
        above, below = self._points[number]
        top, bottom = points.as_integer_ratio()
        self._points[number] = Column(np.where(units, top, above), np.where(units, bottom, below))

    def _judged(self, numbers: list[int]) -> Any:
        """What a guard makes of what is behind it."""
        states = self._states[:, numbers]
        is_open = self._column(numbers).above > 0
        is_open = is_open | (states == NOT_APPLICABLE).all(axis=1)
        is_unsure = (states == UNKNOWN).any(axis=1)
        return np.where(is_open, 0, np.where(is_unsure, _UNSURE, _SHUT)).astype(np.int8)

    def _column(self, numbers: list[int]) -> Column:
        return self._added(self._points[each] for each in numbers)

    def _added(self, columns: Iterable[Column]) -> Column:
        return reduced(total(columns)).whole(len(self._states))

    def _sum(self, numbers: list[int], column: Column) -> _Sum:
        above, below = column.above.tolist(), column.below.tolist()
        states = self._states[:, numbers]
        is_unknown, is_off = states == UNKNOWN, states == NOT_APPLICABLE
        is_empty = is_off | (states == NO_EVIDENCE)
        if not (is_unknown | is_empty).any():
            return _Sum(above, below)
        most, is_left_out = self._plan.most[numbers], is_off & ~self._plan.is_full[numbers]
        has_points = ~(is_unknown | is_left_out).all(axis=1)
        found = np.full(len(states), _BY_POINTS, np.int8)
        found[is_empty.all(axis=1) & (column.above == 0)] = _STATES.index("no_evidence")
        found[is_unknown.any(axis=1)] = _STATES.index("partial")
        found[is_unknown.any(axis=1) & ~has_points] = _STATES.index("unknown")
        found[is_off.all(axis=1)] = _STATES.index("not_applicable")
        return _Sum(above, below, has_points, found, is_left_out @ most, is_unknown @ most)

    def _of(self, sum_: _Sum, unit: int) -> Outcome:
        points = Fraction(sum_.above[unit], sum_.below[unit])
        state = _STATES[_BY_POINTS if sum_.states is None else sum_.states[unit]]
        state = "zero" if state == "scored" and not points else state
        if sum_.states is None:
            return Outcome(state, points)
        excluded, unassessed = (
            int(each[unit]) * self._plan.unit if each[unit] else NOTHING
            for each in (sum_.excluded, sum_.unassessed)
        )
        return Outcome(state, points if sum_.has_points[unit] else None, excluded, unassessed)

    def whole(self, unit: int) -> Outcome:
        """The outcome of all areas together."""
        return self._of(self._whole, unit)

    def sums(self, unit: int) -> dict[str, Outcome]:
        """Those of areas and guards."""
        return {code: self._of(self._sums[code], unit) for code in self._plan.sums}

    def parts(self, unit: int) -> dict[str, Outcome]:
        """Those of the parts of the partition `origin`."""
        return {part: self._of(each, unit) for part, each in self._parts.items()}

    def leaf(self, code: str, unit: int) -> Outcome:
        """That of a leaf or item."""
        number = self._plan.at[code]
        maximum = self._plan.leaves[number].maximum
        state = self._states[unit, number]
        if state == REPORTED:
            points = self._of_leaf(self._points[number], unit)
            return Outcome("scored" if points or maximum == 0 else "zero", points)
        if state == NOT_APPLICABLE:
            return sums.not_applicable(maximum, full_points=bool(self._plan.is_full[number]))
        if state == UNKNOWN:
            return Outcome("unknown", None, NOTHING, maximum)
        return Outcome("zero" if state == ZERO else "no_evidence", NOTHING)

    def of(self, code: str, unit: int) -> Outcome:
        """That of any criterion or item; a sum that nobody asked for before is made for all units.

        Raises:
            KeyError: the scheme has no such code.
        """
        if code in self._plan.at:
            return self.leaf(code, unit)
        criterion = self._plan.scheme.by_code[code]
        if criterion.maximum == 0:
            below = [(each.maximum, self.of(each.code, unit)) for each in criterion.children]
            return sums.aggregate_children(below, criterion.maximum)
        if code not in self._sums:
            numbers = self._plan.counted(criterion.leaves())
            self._sums[code] = self._sum(numbers, self._column(numbers))
        return self._of(self._sums[code], unit)

    def taken(self, unit: int) -> Iterator[Taken]:
        """The points behind guards that got nothing, in the order in which they are met."""
        for number, units in self._taken.items():
            if units[unit]:
                code = self._plan.leaves[number].code
                guards = self._plan.standing[code]
                guard = next(each for each in guards if self._effects[each][unit] == _SHUT)
                yield Taken(code, self._of_leaf(self._reported[number], unit), guard)

    @staticmethod
    def _of_leaf(column: Column, unit: int) -> Fraction:
        return Fraction(int(column.above[unit]), int(column.below[unit]))
