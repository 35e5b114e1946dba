"""Live formulas: the points of a row by rules that a spreadsheet can follow, sums, and guards."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from parindex.office.xlsx.cached_values import COUNTED, GUARD, STATUS, guards_of, is_full_points
from parindex.office.xlsx.layout import Grid, Hidden
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.exact import ZERO
from parindex.values.facts import StateName
from parindex.values.language import Language

_MOST_TERMS: Final = 250
_MOST_LEAVES: Final = 200
"""A function takes 255 arguments."""
_OPEN, _SHUT, _UNKNOWN = "1", "-1", "0"
_KINDS: Final = (STATUS, GUARD, COUNTED)
_SOME_YEAR: Final = 2000
"""Whether a rule has a formula does not hang on the year."""


def live_codes(scheme: Scheme) -> frozenset[str]:
    """The leaves whose points a spreadsheet can work out; none where points are rounded on the way.

    Not those that may receive a maximum, nor those that keep points below 0 behind a guard.
    """
    if scheme.rounding.points is not None:
        return frozenset()
    guarded = guards_of(scheme) if scheme.lowest else {}
    apart = {code for leaf in scheme.moving for code in leaf.moves_to}
    apart |= {leaf.code for leaf in scheme.leaves if leaf.lowest and leaf.code in guarded}
    live = (leaf for leaf in scheme.leaves if leaf.code not in apart)
    return frozenset(leaf.code for leaf in live if _formula(leaf, _SOME_YEAR))


def _formula(leaf: Criterion, year: int) -> str:
    return leaf.scored_by.for_unit(Setting(year)).formula(leaf.maximum or ZERO)


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
    elif scheme.lowest and scheme.clamp:
        told = f"MAX(0,{told})"
    return _known(areas, told)


class _Row(Struct, frozen=True):
    """The cells of a criterion at one stage: its points as typed, as they count, and its state."""

    typed: str
    counted: str
    state: str
    say: Language
    is_first: bool

    @property
    def says_apart(self) -> str:
        """The condition that the stage itself says that it does not apply."""
        return self._says("not_applicable")

    @property
    def is_apart(self) -> str:
        """The condition that it does not apply: a later stage may leave that as the unit said it."""
        if self.is_first:
            return self.says_apart
        word = self.say.pick(STATES["not_applicable"])
        return f'OR({self.says_apart},AND({self.typed}="",{self.state}="{word}"))'

    @property
    def is_known(self) -> str:
        """The condition that it does not apply, has points, or has none for want of documents."""
        return f"OR(ISNUMBER({self.counted}),{self.is_apart},{self._says('no_evidence')})"

    def _says(self, state: StateName) -> str:
        word = self.say.pick(STATES[state])
        typed = f'{self.typed}="{word}"'
        return f'OR({self.state}="{word}",{typed})' if self.is_first else typed

    def count(self, guard: str, full: str, *, is_signed: bool) -> str:
        """What counts of typed points: nothing behind a shut `guard`, `full` where it does not apply.

        Points below 0, where it `is_signed`, stay.
        """
        typed, sign = f"ISNUMBER({self.typed})", "<=" if is_signed else "="
        points = f'IF({typed},{self.typed},"")'
        if guard:
            known = f'IF({typed},IF(OR({guard}>0,{self.typed}{sign}0),{self.typed},""),"")'
            none = f'IF({typed},MIN(0,{self.typed}),"")' if is_signed else "0"
            points = f"IF({guard}<0,{none},{known})"
        return f'=IF({self.says_apart},{full},IF({self.is_apart},"",{points}))'


class Guards:
    """Writes what counts behind guards, and where nothing is typed but full points are given.

    A cell of points that somebody types cannot hold a formula as well. So the hidden
    sheet has, in the row of each such leaf, what counts of it, and the sums take that.

    Args:
        scheme: the scheme; one that rounds on the way has no formulas, and so no guards here.
        grid: the cells of the table.
        live: the leaves whose own points are a formula.
        say: the language of the words of states.
    """

    def __init__(self, scheme: Scheme, grid: Grid, live: Collection[str], say: Language) -> None:
        self._scheme = scheme
        self._grid = grid
        self._live = live
        self._say = say
        self._guards = {} if scheme.rounding.points is not None else guards_of(scheme)
        self._at: dict[tuple[str, str, str], str] = {}

    def is_known(self, code: str) -> bool:
        """Whether the guards of a leaf are in this workbook too, so that a formula can follow them."""
        below = [self._leaves(guard) for guard in self._guards.get(code, ())]
        listed = [each for leaves in below for each in leaves]
        is_short = all(len(leaves) <= _MOST_LEAVES for leaves in below)
        return is_short and self._grid.rows.keys() >= {*listed}

    def guard(self, stage: str, code: str) -> str:
        """The cell that says whether all guards of a leaf are open; empty behind nothing."""
        return self._at.get((GUARD, stage, code), "")

    def counted(self, stage: str, code: str) -> str:
        """The cell of the points of a criterion as they count."""
        return self._at.get((COUNTED, stage, code)) or self._grid.cell(stage, code)

    def write(
        self, hidden: Hidden, stages: Sequence[str], values: Mapping[tuple[str, str], Decimal]
    ) -> None:
        """Every formula on the hidden sheet, with what it gives now."""
        if self._scheme.rounding.points is not None:
            return
        leaves = [leaf.code for leaf in self._scheme.leaves if leaf.code in self._grid.rows]
        known = [code for code in leaves if code in self._guards and self.is_known(code)]
        guards = dict.fromkeys(guard for code in known for guard in self._guards[code])
        for number, stage in enumerate(stages):
            given = [code for code in leaves if stage != "self" or code not in self._live]
            typed = [code for code in given if code in self._guards or self._is_full(code)]
            for column, codes in enumerate((guards, known, typed), start=number * len(_KINDS)):
                kind = _KINDS[column % len(_KINDS)]
                for code in codes:
                    self._at[kind, stage, code] = hidden.cell(self._grid.rows[code], column)
        for (kind, stage, code), cell in self._at.items():
            default: Decimal | str = "" if kind == COUNTED else Decimal(0)
            value = values.get((f"{kind}{stage}", code), default)
            hidden.formula(cell, self._formula(kind, stage, code), value)

    def _formula(self, kind: str, stage: str, code: str) -> str:
        if kind == STATUS:
            # Open with points, or where it does not apply; shut with 0, or while not yet known.
            row, rows = self._row(stage, code), [self._row(stage, x) for x in self._leaves(code)]
            apart, known = ",".join(r.is_apart for r in rows), ",".join(r.is_known for r in rows)
            unknown = f"IF(AND({known}),{_SHUT},{_UNKNOWN})"
            return f"=IF(N({row.counted})>0,{_OPEN},IF(AND({apart}),{_OPEN},{unknown}))"
        if kind == GUARD:  # shut where one guard is, open where all are
            cells = [self._at[STATUS, stage, guard] for guard in self._guards[code]]
            shut, is_open = (",".join(f"{cell}{sign}" for cell in cells) for sign in ("<0", ">0"))
            return f"=IF(OR({shut}),{_SHUT},IF(AND({is_open}),{_OPEN},{_UNKNOWN}))"
        full = self._grid.abroad("maximum", code)
        guard = self.guard(stage, code) or (_UNKNOWN if code in self._guards else "")
        full = full if self._is_full(code) else '""'
        is_signed = self._scheme.by_code[code].lowest < 0
        return self._row(stage, code).count(guard, full, is_signed=is_signed)

    def _is_full(self, code: str) -> bool:
        return is_full_points(self._scheme, self._scheme.by_code[code])

    def _row(self, stage: str, code: str) -> _Row:
        typed, state = self._grid.abroad(stage, code), self._grid.abroad("state", code)
        counted = self._at.get((COUNTED, stage, code), typed)
        return _Row(typed, counted, state, self._say, stage == "self")

    def _leaves(self, code: str) -> list[str]:
        return [each.code for _, each in self._scheme.by_code[code].walk() if not each.children]
