"""What the formulas of a filled-in workbook give, for programs that show what is stored in it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from parindex.exact import add, shortened, terminating
from parindex.findings import InputError
from parindex.model.facts import Points, State
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Entry, Scorecard, Stage

TOTAL = ""
"""The code under which the total stands."""


def values_of(
    card: Scorecard, scheme: Scheme, live: Iterable[str], stages: Iterable[Stage]
) -> Mapping[tuple[str, str], Decimal]:
    """The points that stand in each column and row, by stage and code, as the formulas add them up.

    Rows that parindex computes count for nothing there, as they do in the formulas.
    """
    if not card.scores or scheme.rounding.points is not None:
        return {}
    own = _scored(card, scheme)
    found: dict[tuple[str, str], Decimal] = {}
    for stage in stages:
        points = {code: own[code] for code in live if code in own} if stage == "self" else {}
        for code, entry in card.scores.items():
            fact = _of_stage(entry, stage)
            if isinstance(fact, Points):
                points[code] = Fraction(fact.points)
        for area in scheme.criteria:
            _add_up(area, points)
        total = _total(scheme, points, _applicable(card, scheme))
        if total is not None:
            points[TOTAL] = total
        found |= {(stage, code): _decimal(value) for code, value in points.items()}
    for code in scheme.by_code:
        mine, theirs = found.get(("self", code)), found.get(("appraised", code))
        if mine is not None and theirs is not None:
            found["difference", code] = theirs - mine
    return found


def _decimal(value: Fraction) -> Decimal:
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def _of_stage(entry: Entry, stage: Stage) -> object:
    if not entry.stages:
        return entry.fact if stage == "self" else None
    return entry.stages[stage].fact if stage in entry.stages else None


def _scored(card: Scorecard, scheme: Scheme) -> dict[str, Fraction]:
    """The points of what the unit itself reports; none where that does not fit the scheme."""
    from parindex.scoring import score

    entries = {code: entry.stages.get("self", entry) for code, entry in card.scores.items()}
    own = {code: Entry(each.fact) for code, each in entries.items() if each.stage in ("self", None)}
    try:
        result = score(replace(card, scores=own, total=None, parts={}, published=None), scheme)
    except InputError:
        return {}
    nodes = {code: result.node(code) for code in own if code in scheme.by_code}
    found = {code: node.points for code, node in nodes.items() if node.state != "not_applicable"}
    for code in nodes.keys() - found.keys():
        criterion = scheme.by_code[code]
        if (criterion.not_applicable or scheme.not_applicable) == "full-points":
            found[code] = criterion.maximum
    return {code: points for code, points in found.items() if points is not None}


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
