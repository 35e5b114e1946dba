"""The points of a row as a live formula, for the rules that a spreadsheet can follow."""

from collections.abc import Mapping, Sequence
from typing import Final

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.exact import ZERO
from parindex.values.language import Language

_MOST_TERMS: Final = 250
_SOME_YEAR: Final = 2000
"""Whether a rule has a formula does not hang on the year."""


def live_codes(scheme: Scheme) -> frozenset[str]:
    """The leaves whose points a spreadsheet can work out; none where points are rounded on the way."""
    if scheme.rounding.points is not None:
        return frozenset()
    return frozenset(leaf.code for leaf in scheme.leaves if _formula(leaf, _SOME_YEAR))


def _formula(leaf: Criterion, year: int) -> str:
    return leaf.scored_by.of_year(year).formula(leaf.maximum or ZERO)


def points_formula(
    criterion: Criterion,
    at: Mapping[str, str],
    items: Sequence[str],
    say: Language,
    year: int,
    *,
    full_points: bool,
) -> str:
    """The formula of a live leaf; empty while nothing is filled in, or nothing that is possible.

    Args:
        criterion: the leaf.
        at: the cells of its row, `maximum`, `result`, `whole` and `state`; of its `guard`,
            empty where it has none; and the ranges of its choices, `names`, and of their
            points, `worths`.
        items: the cells of its list.
        say: the language of the words of states.
        year: the year, for days.
        full_points: whether a leaf that does not apply gets its maximum.
    """
    none, apart = say.pick(STATES["no_evidence"]), say.pick(STATES["not_applicable"])
    empty = ",".join(f'{cell}=""' for cell in items or (at["result"], at["whole"]))
    points = _formula(criterion, year).format(*items, max=at["maximum"], **at)
    state, guard, unknown = at["state"], at["guard"], '""'
    if guard:
        points = f'IF({guard}<0,0,IF({guard}>0,{points},IF({points}=0,0,"")))'
        unknown = f'IF({guard}<0,0,"")'
    full = at["maximum"] if full_points else '""'
    return (
        f'=IF({state}="",{points},IF(NOT(AND({empty})),"",'
        f'IF({state}="{none}",0,IF({state}="{apart}",{full},{unknown}))))'
    )


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
