"""The points of a row as a live formula, for the rules that a spreadsheet can follow."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from parindex.office.xlsx.headings import YES_NO
from parindex.rules import AnyRule
from parindex.rules.checklist import ChecklistRule
from parindex.rules.choice import ChoiceRule
from parindex.rules.count import CountRule
from parindex.rules.deadline import DeadlineRule
from parindex.rules.deduct import DeductRule
from parindex.rules.linear import LinearRule
from parindex.rules.points import PointsRule
from parindex.rules.rate import RateRule
from parindex.rules.ratio import RatioRule
from parindex.rules.steps import StepsRule
from parindex.rules.survey import SurveyRule
from parindex.rules.watch import WatchRule
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.exact import ZERO, plain

_MOST_LEVELS: Final = 50
"""A spreadsheet nests 64 functions."""
_MOST_ANSWERS: Final = 50
_MOST_TERMS: Final = 250
_EXACT: Final = 12
"""Decimals at which a rate is compared, so that binary floats do not decide."""
_FIRST_YEAR: Final = 1901
"""Days of the year before are the first that every program counts alike."""

CELLS: Final = ("maximum", "result", "whole", "state")
"""The columns that a formula looks at, in the order of the first fields of `Cells`."""


class Cells(Struct, frozen=True):
    """The cells of a row by what they hold.

    `items` are the cells of its list by the id of each thing, `names` and
    `worths` the ranges of its choices and of their points. `guard` is the cell that says
    whether what it stands behind is open; empty where it stands behind nothing.
    """

    maximum: str
    result: str
    whole: str
    state: str
    guard: str = ""
    names: str = ""
    worths: str = ""
    items: Mapping[str, str] = {}


def live_codes(scheme: Scheme) -> frozenset[str]:
    """The leaves whose points a spreadsheet can work out; none where points are rounded on the way."""
    if scheme.rounding.points is not None:
        return frozenset()
    return frozenset(leaf.code for leaf in scheme.leaves if _is_live(leaf.rule))


def _is_live(rule: AnyRule | None) -> bool:
    """Whether a formula of a length that every program takes gives the points."""
    match rule:
        case None | PointsRule():
            return False
        case StepsRule():
            return len(rule.steps) <= _MOST_LEVELS
        case DeadlineRule():
            return len(rule.late) <= _MOST_LEVELS
        case SurveyRule():
            return len(rule.weights) + len(rule.left_out) <= _MOST_ANSWERS
        case _:
            return True


def points_formula(
    criterion: Criterion, at: Cells, words: int, year: int, *, full_points: bool
) -> str:
    """The formula of a live leaf; empty while nothing is filled in, or nothing that is possible.

    `words` is the place of the language in the words of states; with `full_points`
    a leaf that does not apply gets its maximum.
    """
    none, apart = STATES["no_evidence"][words], STATES["not_applicable"][words]
    cells = (*at.items.values(),) or (at.result, at.whole)
    empty = _all(f'{cell}=""' for cell in cells)
    points, unknown = _inner(criterion, at, year), '""'
    if at.guard:
        points = f'IF({at.guard}<0,0,IF({at.guard}>0,{points},IF({points}=0,0,"")))'
        unknown = f'IF({at.guard}<0,0,"")'
    full = at.maximum if full_points else '""'
    return (
        f'=IF({at.state}="",{points},IF(NOT({empty}),"",'
        f'IF({at.state}="{none}",0,IF({at.state}="{apart}",{full},{unknown}))))'
    )


def _inner(criterion: Criterion, at: Cells, year: int) -> str:  # noqa: PLR0911
    match criterion.rule:
        case ChoiceRule():
            found = f"INDEX({at.worths},MATCH({_literal(at.result)},{at.names},0))"
            return f'IF({at.result}="","",IFERROR({found},""))'
        case ChecklistRule() as rule:
            return _checklist(rule, at)
        case SurveyRule() as rule:
            return _survey(rule, at)
        case DeadlineRule() as rule:
            return _deadline(rule, at, year)
        case CountRule() as rule:
            over = f"MAX(0,{at.result}-{plain(rule.above)})*{plain(rule.each)}"
            return _of_count(at, f"MIN({at.maximum},{over})")
        case DeductRule() as rule:
            step = plain(rule.step.of(criterion.maximum or ZERO))
            return _of_count(at, f"MAX(0,{at.maximum}-{at.result}*{step})")
        case RateRule() as rule:
            return _of_figure(rule, at)
        case WatchRule():
            ratio = _of_rate(at, None, "0")
            return f'IF(ISNUMBER({at.result}),IF({at.whole}="",0,{ratio}),"")'
        case _:
            return '""'


def _all(conditions: Iterable[str]) -> str:
    return f"AND({','.join(conditions)})"


def _literal(cell: str) -> str:
    """A text to look for in which no letter stands for others."""
    told = cell
    for letter in "~*?":
        told = f'SUBSTITUTE({told},"{letter}","~{letter}")'
    return told


def _checklist(rule: ChecklistRule, at: Cells) -> str:
    """Every row says yes or no, or there are no points."""
    met = [
        _yes(cell, "1" if rule.all_ else plain(rule.items[item] or ZERO))
        for item, cell in at.items.items()
    ]
    told = "+".join(met)
    if rule.all_:
        told = f"IF({told}={len(met)},{at.maximum},0)"
    return f'IFERROR({told},"")'


def _yes(cell: str, worth: str) -> str:
    """The worth where a cell says yes, 0 where it says no; an error where it says neither."""
    yes, no = (",".join(_same(cell, word) for word in words) for words in YES_NO)
    return f"IF(OR({yes}),{worth},IF(OR({no}),0,NA()))"


def _same(cell: str, word: str) -> str:
    return f'TRIM({cell})="{word}"'


def _survey(rule: SurveyRule, at: Cells) -> str:
    """The mean weight of the answers that count, where every row has a count."""
    counted = [(at.items[answer], weight) for answer, weight in rule.weights.items()]
    numbers = _all(f"ISNUMBER({cell})" for cell in at.items.values())
    whole = _all(f"{cell}>=0,INT({cell})={cell}" for cell in at.items.values())
    sum_ = "+".join(cell for cell, _ in counted)
    worth = "+".join(f"{cell}*{_share(weight)}" for cell, weight in counted)
    points = f'IF({sum_}=0,"",({worth})/({sum_})*{at.maximum})'
    return f'IF({numbers},IF({whole},{points},""),"")'


def _deadline(rule: DeadlineRule, at: Cells, year: int) -> str:
    """A day of the year of the due day, or of one beside it, by how late it is."""
    due = rule.of_year(year).due
    day = f"DATE({due.year},{due.month},{due.day})"
    told = "0"
    for rung in reversed(rule.late):
        told = f"IF({at.result}<={day}+{plain(rung.days)},{plain(rung.points)},{told})"
    told = f"IF({at.result}<={day},{at.maximum},{told})"
    first = max((due.year or year) - 1, _FIRST_YEAR - 1)
    days = (
        f"{at.result}>=DATE({first},1,1),{at.result}<DATE({(due.year or year) + 2},1,1)"
        f",INT({at.result})={at.result}"
    )
    return f'IF(ISNUMBER({at.result}),IF(AND({days}),{told},""),"")'


def _of_count(at: Cells, points: str) -> str:
    """Points of a whole number of 0 or more."""
    is_count = f"AND({at.result}>=0,INT({at.result})={at.result})"
    return f'IF(ISNUMBER({at.result}),IF({is_count},{points},""),"")'


def _of_figure(rule: RateRule, at: Cells) -> str:
    """Points of a percentage or ratio, or of a plain number of 0 or more."""
    if rule.figures == "percent":
        return _of_rate(at, rule.no_cases, _points_at(rule, at, _rate(at), Decimal(100)))
    points = _points_at(rule, at, at.result, Decimal(1))
    return f'IF(ISNUMBER({at.result}),IF({at.result}>=0,{points},""),"")'


def _points_at(rule: RateRule, at: Cells, figure: str, whole: Decimal) -> str:
    match rule:
        case RatioRule():
            return _ratio(rule, at)
        case StepsRule():
            return _steps(rule, figure, whole)
        case LinearRule():
            zero, full = rule.zero_at / whole, rule.full_at / whole
            way = f"({figure}-{plain(zero)})" if zero < full else f"({plain(zero)}-{figure})"
            return f"MAX(0,MIN(1,{way}/{plain(abs(full - zero))}))*{at.maximum}"
        case _:
            return '""'


def _rate(at: Cells) -> str:
    return f'ROUND(IF({at.whole}="",{at.result},{at.result}/{at.whole}),{_EXACT})'


def _of_rate(at: Cells, no_cases: str | None, points: str) -> str:
    """Points of a rate from 0 to 1: none of 0/0, unless the rule says what that gives."""
    empty = {"full-points": at.maximum, "zero": "0"}.get(no_cases or "", '""')
    rate = _rate(at)
    typed = f'ISNUMBER({at.result}),OR({at.whole}="",ISNUMBER({at.whole}))'
    told = f'IF(AND({typed},{rate}>=0,{rate}<=1),{points},"")'
    no_case = f"AND(ISNUMBER({at.result}),ISNUMBER({at.whole}),{at.result}=0,{at.whole}=0)"
    return f'IFERROR(IF({no_case},{empty},{told}),"")'


def _ratio(rule: RatioRule, at: Cells) -> str:
    rate = _rate(at)
    if rule.inverted:
        rate = f"ROUND(1-{rate},{_EXACT})"
    if rule.floor is not None:
        return f"IF({rate}<{_share(rule.floor)},0,{rate}*{at.maximum})"
    if rule.target is not None:
        return f"MIN(1,{rate}/{_share(rule.target)})*{at.maximum}"
    return f"{rate}*{at.maximum}"


def _steps(rule: StepsRule, figure: str, whole: Decimal) -> str:
    told = ""
    for step in rule.steps:
        edge, is_open = step.order
        sign = ">" if is_open else ">="
        told += f"IF({figure}{sign}{plain(edge / whole)},{plain(step.points)},"
    return f'{told}""{")" * len(rule.steps)}'


def _share(percent: Decimal) -> str:
    return plain(percent / 100)


def sum_formula(cells: list[str]) -> str:
    """The sum of cells, however many; texts count as nothing, and without a number it is empty."""
    return _known(cells, _over(cells, "SUM"))


def _known(cells: list[str], told: str) -> str:
    return f'=IF({_over(cells, "COUNT")}=0,"",{told})'


def _over(cells: list[str], function: str) -> str:
    """A function of cells that can be added up part by part."""
    parts = (cells[at : at + _MOST_TERMS] for at in range(0, len(cells), _MOST_TERMS))
    return "+".join(f"{function}({','.join(part)})" for part in parts)


def total_formula(
    scheme: Scheme, areas: list[str], blocks: Mapping[str, list[str]], most: str
) -> str:
    """The sum of areas with bonus and penalty, each within its cap, and within 0…`most`."""
    told = _over(areas, "SUM")
    for block in scheme.adjustments:
        sign = "+" if block.kind == "bonus" else "-"
        of_block = _over(blocks[block.id], "SUM")
        capped = f"({of_block})" if block.cap is None else f"MIN({block.cap:f},{of_block})"
        told += f"{sign}{capped}"
    if scheme.adjustments and scheme.clamp and scheme.max is not None:
        told = f"MAX(0,MIN({most},{told}))"
    return _known(areas, told)


def applicable_formula(maximum: str, column: str, states: str, word: str) -> str:
    """What is left of the maximum without the rows, of those ranges, that do not apply."""
    return f'{maximum}-SUMIF({states},"{word}",{column})'
