"""The stages of scores side by side: what each gave, how they differ, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.scoring import score
from parindex.scoring.result import NOTHING, Node, Result
from parindex.values.exact import add, difference
from parindex.values.groups import grouped


class Staged(Struct, frozen=True):
    """One unit under each of its stages; a code that a stage leaves out is unknown there."""

    result: Result
    stages: Mapping[Stage, Result]

    def nodes(self, code: str) -> dict[Stage, Node]:
        """A criterion, or with an empty code the whole, at each stage."""
        return {stage: result.node(code) for stage, result in self.stages.items()}

    def _ends(self, code: str) -> tuple[Node, Node] | None:
        """The same at the first stage and at the last; None without stages."""
        nodes = list(self.nodes(code).values())
        return (nodes[0], nodes[-1]) if nodes else None

    def difference(self, code: str) -> Fraction | None:
        """Points of the last stage less those of the first, of what both know; else None."""
        ends = self._ends(code)
        if ends is None:
            return None
        first, last = ends
        whole = difference(last.final, first.final)
        if whole is not None and first.complete and last.complete:
            return whole
        scheme = self.result.scheme
        below = scheme.by_code[code].children if code else scheme.criteria
        parts = [self.difference(child.code) for child in below]
        added = [node.added or NOTHING for node in ends]
        if not code and all(each.low == each.high for each in added):
            parts.append(added[1].low - added[0].low)
        known = [part for part in parts if part is not None]
        return add(known) if known else None

    def index_difference(self) -> Fraction | None:
        """The same of the percentages, where both stages know all."""
        ends = self._ends("")
        return difference(ends[1].percent, ends[0].percent) if ends else None

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
    stages = {
        stage: score(card, result.scheme, stage, result.at_stage(stage))
        for stage in STAGES
        if stage in named
    }
    return Staged(result, stages)


def stage_means(units: Sequence[Staged], depth: int) -> Iterator[StageMeans]:
    """The means of the units of each scheme and year that has several."""
    groups = grouped(units, lambda unit: (unit.result.scheme.id, unit.result.scorecard.year))
    for (_, year), group in groups.items():
        if len(group) > 1:
            yield _means(group, year, depth)


def _means(group: Sequence[Staged], year: int, depth: int) -> StageMeans:
    scheme = group[0].result.scheme
    stages = tuple(stage for stage in STAGES if any(stage in unit.stages for unit in group))
    points: dict[str, tuple[Fraction, ...]] = {}
    counts: dict[str, int] = {}
    for code in [*(criterion.code for _, criterion in scheme.walk(depth)), ""]:
        known = _known(group, stages, code, lambda node: node.final)
        points[code], counts[code] = _mean(known), len(known)
    percents = _mean(_known(group, stages, "", lambda node: node.percent))
    return StageMeans(scheme, year, stages, points, counts, percents)


def _known(
    group: Sequence[Staged],
    stages: Sequence[Stage],
    code: str,
    figure: Callable[[Node], Fraction | None],
) -> list[list[Fraction]]:
    """The figures of each unit that is known in full at every stage."""
    rows = []
    for unit in group:
        nodes = [node for node in unit.nodes(code).values() if node.complete]
        row = [each for each in map(figure, nodes) if each is not None]
        if len(row) == len(stages):
            rows.append(row)
    return rows


def _mean(rows: Sequence[Sequence[Fraction]]) -> tuple[Fraction, ...]:
    """The mean of each column; empty where there are no rows."""
    return tuple(add(column) / len(rows) for column in zip(*rows, strict=True))
