"""What the formulas of a filled-in workbook give, for programs that show what is stored in it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.rules.input import POINTS
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring.result import Node, Result
from parindex.values.exact import add, shortened, terminating
from parindex.values.facts import Fact, Points, State

TOTAL = ""
"""The code under which the total stands."""


STATUS, GUARD, COUNTED = "status ", "guard ", "counted "
"""Before a stage: whether a criterion lets through what stands behind it (1, -1 for no, 0 for not
known), whether all guards of a leaf do, and what counts of points that are typed."""


def values_of(
    card: Scorecard, scheme: Scheme, live: Iterable[str], stages: Iterable[Stage]
) -> Mapping[tuple[str, str], Decimal]:
    """The points that stand in each column and row, by stage and code, as the formulas add them up.

    Rows that parindex computes count for nothing there, as they do in the formulas.
    """
    if not card.scores or scheme.rounding.points is not None:
        return {}
    found: dict[tuple[str, str], Decimal] = {}
    for stage in stages:
        shown = _typed(card, stage)
        points = {code: value for code, value in shown.items() if _is_sum(scheme, code)}
        result = _scored(card, scheme, stage)
        if result is not None:
            found |= _guards(scheme, result, stage)
            for leaf in scheme.leaves:
                counts = _counted(scheme, result, leaf, live, stage, shown)
                if counts is not None:
                    points[leaf.code] = counts
                    found[f"{COUNTED}{stage}", leaf.code] = _decimal(counts)
        else:
            points = dict(shown)
        for area in scheme.criteria:
            _add_up(area, points)
        total = _total(scheme, points, _applicable(card, scheme))
        if total is not None:
            points[TOTAL] = total
        is_live = {*live} if stage == "self" else set()
        sums = {code: value for code, value in points.items() if _is_sum(scheme, code)}
        own = {code: value for code, value in points.items() if code in is_live}
        found |= {(stage, code): _decimal(value) for code, value in (sums | own | shown).items()}
    for code in scheme.by_code:
        mine, theirs = found.get(("self", code)), found.get(("appraised", code))
        if mine is not None and theirs is not None:
            found["difference", code] = theirs - mine
    return found


def _is_sum(scheme: Scheme, code: str) -> bool:
    return code == TOTAL or (code in scheme.by_code and bool(scheme.by_code[code].children))


def _typed(card: Scorecard, stage: Stage) -> dict[str, Fraction]:
    """The points that are typed at a stage."""
    facts = {code: _of_stage(entry, stage) for code, entry in card.scores.items()}
    return {code: Fraction(fact.points) for code, fact in facts.items() if isinstance(fact, Points)}


def _counted(
    scheme: Scheme,
    result: Result,
    leaf: Criterion,
    live: Iterable[str],
    stage: Stage,
    shown: Mapping[str, Fraction],
) -> Fraction | None:
    """What a leaf adds to the sums of a stage."""
    node = result.node(leaf.code)
    is_computed = leaf.scored_by.takes is not POINTS and leaf.code not in shown
    if stage == "self" and is_computed and leaf.code not in live:
        return None
    if node.state == "not_applicable":
        said = result.scorecard.scores.get(leaf.code)
        is_full = said is not None and is_full_points(scheme, leaf)
        return leaf.maximum if is_full else None
    if leaf.code in scheme.items and leaf.code not in result.scorecard.scores:
        return None
    return node.points


def is_full_points(scheme: Scheme, leaf: Criterion) -> bool:
    """Whether a leaf that does not apply gets its maximum."""
    return (leaf.not_applicable or scheme.not_applicable) == "full-points"


def _guards(scheme: Scheme, result: Result, stage: Stage) -> dict[tuple[str, str], Decimal]:
    """Which guards are open at a stage, and what that makes of the leaves behind them."""
    found: dict[tuple[str, str], Decimal] = {}
    for code, guards in guards_of(scheme).items():
        each = [_status(result.node(guard)) for guard in guards]
        found |= {(f"{STATUS}{stage}", g): Decimal(s) for g, s in zip(guards, each, strict=True)}
        found[f"{GUARD}{stage}", code] = Decimal(min(each))
    return found


def _status(guard: Node) -> int:
    if guard.state == "not_applicable" or guard.points:
        return 1
    return -1 if guard.points == 0 and guard.complete else 0


def guards_of(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """The guards behind which each leaf stands, its own and those of what is above it, by code."""
    found: dict[str, tuple[str, ...]] = {}
    for _, criterion in scheme.walk():
        above = scheme.above.get(criterion.code)
        inherited = found[above.code] if above else ()
        own = (criterion.requires,) if criterion.requires else ()
        found[criterion.code] = tuple(dict.fromkeys((*inherited, *own)))
    leaves = {code for code in found if not scheme.by_code[code].children}
    return {code: guards for code, guards in found.items() if guards and code in leaves}


def _decimal(value: Fraction) -> Decimal:
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def _of_stage(entry: Entry, stage: Stage) -> object:
    if not entry.stages:
        return entry.fact if stage == "self" else None
    return entry.stages[stage].fact if stage in entry.stages else None


def _scored(card: Scorecard, scheme: Scheme, stage: Stage) -> Result | None:
    """The result of what is typed at a stage; None where that does not fit the scheme."""
    from parindex.scoring import score

    facts = {code: _of_stage(entry, stage) for code, entry in card.scores.items()}
    own = {code: Entry(fact) for code, fact in facts.items() if isinstance(fact, Fact)}
    try:
        return score(replace(card, scores=own, total=None, parts={}, published=None), scheme)
    except InputError:
        return None


def _add_up(criterion: Criterion, points: dict[str, Fraction]) -> Fraction | None:
    """The points of a criterion, put beside those below it; None where there are none."""
    below = [each for child in criterion.children if (each := _add_up(child, points)) is not None]
    if below and criterion.code not in points:
        points[criterion.code] = add(below)
    return points.get(criterion.code)


def _applicable(card: Scorecard, scheme: Scheme) -> Fraction | None:
    """The maximum without the rows that do not apply."""
    if scheme.maximum is None or scheme.not_applicable == "full-points":
        return scheme.maximum
    apart = (
        criterion.maximum or Fraction(0)
        for code, entry in card.scores.items()
        if _of_stage(entry, "self") == State("not_applicable")
        if (criterion := scheme.by_code.get(code)) is not None and code not in scheme.items
    )
    return scheme.maximum - add(apart)


def _total(
    scheme: Scheme, points: Mapping[str, Fraction], most: Fraction | None
) -> Fraction | None:
    areas = [points[area.code] for area in scheme.criteria if area.code in points]
    if not areas:
        return None
    total = add(areas)
    for block in scheme.adjustments:
        of_block = add(points[item.code] for item in block.items if item.code in points)
        capped = of_block if block.cap is None else min(Fraction(block.cap), of_block)
        total += capped if block.kind == "bonus" else -capped
    if not scheme.adjustments or not scheme.clamp or most is None:
        return total
    return max(Fraction(0), min(most, total))
