"""The stages of scores side by side: what each gave, how they differ, and why."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.scoring import score
from parindex.scoring.result import NOTHING, Node, Result
from parindex.values.exact import add


class Staged(Struct, frozen=True):
    """One unit under each of its stages; a code that a stage leaves out is unknown there."""

    result: Result
    stages: Mapping[Stage, Result]

    def nodes(self, code: str) -> dict[Stage, Node]:
        """A criterion, or with an empty code the whole, at each stage."""
        return {
            stage: result.node(code) if code else result.total
            for stage, result in self.stages.items()
        }

    def difference(self, code: str) -> Fraction | None:
        """Points of the last stage less those of the first, of what both know; else None."""
        criteria = self.result.scheme.criteria
        whole = _known_difference(list(self.nodes(code).values()))
        if whole is not None:
            return whole
        below = self.result.scheme.by_code[code].children if code else criteria
        parts = [self.difference(child.code) for child in below]
        if not code:
            parts.append(self._adjusted())
        known = [part for part in parts if part is not None]
        return add(known) if known else None

    def _adjusted(self) -> Fraction | None:
        """How much more bonus and penalty add at the last stage, where both know it."""
        nodes = list(self.nodes("").values())
        added = [node.added or NOTHING for node in (nodes[0], nodes[-1])] if nodes else []
        if not added or any(each.low != each.high for each in added):
            return None
        return added[1].low - added[0].low

    def index_difference(self) -> Fraction | None:
        """The same of the percentages, where both stages know all."""
        nodes = list(self.nodes("").values())
        first, last = (nodes[0].percent, nodes[-1].percent) if nodes else (None, None)
        return None if first is None or last is None else last - first

    def reason(self, code: str) -> str | None:
        """Why the latest stage that gives a reason gave what it did."""
        return reason_of(self.result, code)

    def shown(self, depth: int) -> Iterator[tuple[int, Criterion]]:
        """The criteria down to a depth, below it every leaf that differs, and bonus and penalty."""
        for level, criterion in self.result.scheme.walk():
            differs = not criterion.children and self.difference(criterion.code)
            if level <= depth or differs or (level > depth and self.reason(criterion.code)):
                yield level, criterion
        for block in self.result.scheme.adjustments:
            for item in block.items:
                if item.code in self.result.scorecard.scores:
                    yield 1, item


def reason_of(result: Result, code: str) -> str | None:
    """The reason of the latest stage that gives one; of one stage that was asked for its own."""
    entry = result.scorecard.scores.get(code)
    if entry is None:
        return None
    if result.asked_stage is not None and entry.stages:
        asked = entry.stages.get(result.asked_stage)
        return asked.reason if asked else None
    values = [entry.stages[stage].reason for stage in STAGES if stage in entry.stages]
    return next((reason for reason in reversed(values) if reason), entry.reason)


class StageMeans(Struct, frozen=True):
    """Mean points of the units that are known at every one of the stages, by code and stage.

    `units` counts them by code; `percents` are means of the percentages of the
    whole, in percent.
    """

    scheme: Scheme
    year: int
    stages: tuple[Stage, ...]
    points: Mapping[str, tuple[Fraction, ...]]
    units: Mapping[str, int]
    percents: tuple[Fraction, ...]


def by_stage(result: Result) -> Staged:
    """A unit at each stage that its scorecard names."""
    card = result.scorecard
    named = {stage for entry in card.scores.values() for stage in entry.stages}
    stages = {stage: score(card, result.scheme, stage) for stage in STAGES if stage in named}
    return Staged(result, stages)


def stage_means(units: Sequence[Staged], depth: int) -> Iterator[StageMeans]:
    """The means of the units of each scheme and year that has several."""
    groups: dict[tuple[str, int], list[Staged]] = {}
    for unit in units:
        key = (unit.result.scheme.id, unit.result.scorecard.year)
        groups.setdefault(key, []).append(unit)
    for (_, year), group in groups.items():
        if len(group) > 1:
            yield _means(group, year, depth)


def _means(group: Sequence[Staged], year: int, depth: int) -> StageMeans:
    scheme = group[0].result.scheme
    stages = tuple(stage for stage in STAGES if any(stage in unit.stages for unit in group))
    points: dict[str, tuple[Fraction, ...]] = {}
    counts: dict[str, int] = {}
    for code in [*(criterion.code for _, criterion in scheme.walk(depth)), ""]:
        known = [
            [node.final for node in nodes if node.final is not None]
            for nodes in _complete(group, stages, code)
        ]
        points[code] = _mean([each for each in known if len(each) == len(stages)])
        counts[code] = sum(len(each) == len(stages) for each in known)
    wholes = [
        [node.percent for node in nodes if node.percent is not None]
        for nodes in _complete(group, stages, "")
    ]
    percents = _mean([each for each in wholes if len(each) == len(stages)])
    return StageMeans(scheme, year, stages, points, counts, percents)


def _complete(
    group: Sequence[Staged], stages: Sequence[Stage], code: str
) -> Iterator[Sequence[Node]]:
    """The nodes of each unit that is known at every stage."""
    for unit in group:
        nodes = unit.nodes(code)
        found = [nodes[stage] for stage in stages if stage in nodes]
        if len(found) == len(stages) and all(node.complete for node in found):
            yield found


def _mean(rows: Sequence[Sequence[Fraction]]) -> tuple[Fraction, ...]:
    """The mean of each column; empty where there are no rows."""
    return tuple(add(column) / len(rows) for column in zip(*rows, strict=True))


def _known_difference(nodes: Sequence[Node]) -> Fraction | None:
    if not nodes or not all(node.complete for node in (nodes[0], nodes[-1])):
        return None
    first, last = nodes[0].final, nodes[-1].final
    return None if first is None or last is None else last - first
