"""The points of a row as a live formula, for the rules that a spreadsheet can follow."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from parindex.formats.xlsx.words import STATES
from parindex.model.scheme import Criterion, Scheme
from parindex.rules.choice import ChoiceRule
from parindex.rules.ratio import RatioRule
from parindex.rules.steps import StepsRule

_MOST_STEPS: Final = 50
"""A spreadsheet nests 64 functions."""
_MOST_TERMS: Final = 250
_EXACT: Final = 12
"""Decimals at which a rate is compared, so that binary floats do not decide."""


CELLS: Final = ("maximum", "result", "whole", "state")
"""The columns that a formula looks at, in the order of the first fields of `Cells`."""


class Cells(Struct, frozen=True):
    """The cells of a row by what they hold, and the range of its choices and of their points."""

    maximum: str
    result: str
    whole: str
    state: str
    names: str = ""
    worths: str = ""


def live_codes(scheme: Scheme) -> frozenset[str]:
    """The leaves whose points a spreadsheet can work out.

    Those behind guards are not, nor any where points are rounded on the way.
    """
    if scheme.rounding.points is not None:
        return frozenset()
    found = {item.code for block in scheme.adjustments for item in block.items if _is_live(item)}
    for _, criterion in scheme.walk():
        above = scheme.above.get(criterion.code)
        shut = criterion.requires is not None
        while above is not None:
            shut = shut or above.requires is not None
            above = scheme.above.get(above.code)
        if not criterion.children and not shut and _is_live(criterion):
            found.add(criterion.code)
    return frozenset(found)


def _is_live(leaf: Criterion) -> bool:
    rule = leaf.rule
    return isinstance(rule, ChoiceRule | RatioRule) or (
        isinstance(rule, StepsRule) and len(rule.steps) <= _MOST_STEPS
    )


def points_formula(criterion: Criterion, at: Cells, words: int, *, full_points: bool) -> str:
    """The formula of a live leaf; empty while nothing is filled in, or nothing that is possible.

    `words` is the place of the language in the words of states; with `full_points`
    a leaf that does not apply gets its maximum.
    """
    none, apart = STATES["no_evidence"][words], STATES["not_applicable"][words]
    told = f'IF({at.state}<>"","",{_inner(criterion, at)})'
    if full_points:
        told = f'IF({at.state}="{apart}",{at.maximum},{told})'
    return f'=IF({at.state}="{none}",0,{told})'


def _inner(criterion: Criterion, at: Cells) -> str:
    match criterion.rule:
        case ChoiceRule():
            found = f"INDEX({at.worths},MATCH({_literal(at.result)},{at.names},0))"
            return f'IF({at.result}="","",IFERROR({found},""))'
        case RatioRule() as rule:
            return _of_rate(at, rule.no_cases, _ratio(rule, at))
        case StepsRule() as rule if rule.figures == "percent":
            return _of_rate(at, rule.no_cases, _steps(rule, _rate(at), Decimal(100)))
        case StepsRule() as rule:
            return f'IF(ISNUMBER({at.result}),{_steps(rule, at.result, Decimal(1))},"")'
        case _:
            return '""'


def _literal(cell: str) -> str:
    """A text to look for in which no letter stands for others."""
    told = cell
    for letter in "~*?":
        told = f'SUBSTITUTE({told},"{letter}","~{letter}")'
    return told


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
        told += f"IF({figure}{sign}{edge / whole:f},{step.points:f},"
    return f'{told}""{")" * len(rule.steps)}'


def _share(percent: Decimal) -> str:
    return f"{percent / 100:f}"


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
