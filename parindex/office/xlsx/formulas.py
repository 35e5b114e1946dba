"""The points of a row as a live formula, for the rules that a spreadsheet can follow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.exact import ZERO
from parindex.values.language import Language

_MOST_TERMS: Final = 250
_SOME_YEAR: Final = 2000
"""Whether a rule has a formula does not hang on the year."""

CELLS: Final = ("maximum", "result", "whole", "state")
"""The columns that a formula looks at, in the order of the first fields of `Cells`."""


class Cells(Struct, frozen=True):
    """The cells of a row by what they hold.

    `items` are the cells of its list, `names` and
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
    items: Sequence[str] = ()


def live_codes(scheme: Scheme) -> frozenset[str]:
    """The leaves whose points a spreadsheet can work out; none where points are rounded on the way."""
    if scheme.rounding.points is not None:
        return frozenset()
    return frozenset(leaf.code for leaf in scheme.leaves if _formula(leaf, _SOME_YEAR))


def _formula(leaf: Criterion, year: int) -> str:
    return leaf.scored_by.of_year(year).formula(leaf.maximum or ZERO)


def points_formula(
    criterion: Criterion, at: Cells, say: Language, year: int, *, full_points: bool
) -> str:
    """The formula of a live leaf; empty while nothing is filled in, or nothing that is possible.

    States are in words of the language; with `full_points`
    a leaf that does not apply gets its maximum.
    """
    none, apart = say.pick(STATES["no_evidence"]), say.pick(STATES["not_applicable"])
    cells = at.items or (at.result, at.whole)
    empty = _all(f'{cell}=""' for cell in cells)
    known = {"result": at.result, "whole": at.whole, "max": at.maximum}
    points = _formula(criterion, year).format(*at.items, **known, names=at.names, worths=at.worths)
    unknown = '""'
    if at.guard:
        points = f'IF({at.guard}<0,0,IF({at.guard}>0,{points},IF({points}=0,0,"")))'
        unknown = f'IF({at.guard}<0,0,"")'
    full = at.maximum if full_points else '""'
    return (
        f'=IF({at.state}="",{points},IF(NOT({empty}),"",'
        f'IF({at.state}="{none}",0,IF({at.state}="{apart}",{full},{unknown}))))'
    )


def _all(conditions: Iterable[str]) -> str:
    return f"AND({','.join(conditions)})"


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
