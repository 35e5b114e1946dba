"""Guards in a workbook: whether each is open, and what counts of points that are typed behind one.

A cell of points that somebody types cannot hold a formula as well. So the hidden
sheet has, in the row of each such leaf, what counts of it, and the sums take that.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from parindex.office.xlsx.cached_values import COUNTED, GUARD, STATUS, guards_of, is_full_points
from parindex.office.xlsx.layout import Hidden
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.facts import StateName
from parindex.values.language import Language

_MOST_LEAVES: Final = 200
"""A function takes 255 arguments."""
_OPEN, _SHUT, _UNKNOWN = "1", "-1", "0"
_KINDS: Final = (STATUS, GUARD, COUNTED)


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

    def count(self, guard: str, full: str) -> str:
        """What counts of typed points: nothing behind a shut `guard`, `full` where it does not apply."""
        typed = f"ISNUMBER({self.typed})"
        points = f'IF({typed},{self.typed},"")'
        if guard:
            known = f'IF({typed},IF(OR({guard}>0,{self.typed}=0),{self.typed},""),"")'
            points = f"IF({guard}<0,0,{known})"
        return f'=IF({self.says_apart},{full},IF({self.is_apart},"",{points}))'


class Guards:
    """Writes what counts behind guards, and where nothing is typed but full points are given.

    Args:
        scheme: the scheme; one that rounds on the way has no formulas, and so no guards here.
        rows: the number of the row of each criterion in the workbook.
        letter: the column of a stage, or of the state.
        live: the leaves whose own points are a formula.
        say: the language of the words of states.
        sheet: the name of the sheet of the table, to which the hidden sheet refers.
    """

    def __init__(
        self,
        scheme: Scheme,
        rows: Mapping[str, int],
        letter: Callable[[str], str],
        live: Collection[str],
        say: Language,
        sheet: str,
    ) -> None:
        self._scheme = scheme
        self._rows = rows
        self._letter = letter
        self._live = live
        self._say = say
        self._guards = {} if scheme.rounding.points is not None else guards_of(scheme)
        self._sheet = "'" + sheet.replace("'", "''") + "'!"
        self._at: dict[tuple[str, str, str], str] = {}

    def is_known(self, code: str) -> bool:
        """Whether the guards of a leaf are in this workbook too, so that a formula can follow them."""
        below = [self._leaves(guard) for guard in self._guards.get(code, ())]
        return all(
            len(leaves) <= _MOST_LEAVES and all(leaf.code in self._rows for leaf in leaves)
            for leaves in below
        )

    def guard(self, stage: str, code: str) -> str:
        """The cell that says whether all guards of a leaf are open; empty behind nothing."""
        return self._at.get((GUARD, stage, code), "")

    def counted(self, stage: str, code: str) -> str:
        """The cell of the points of a criterion as they count."""
        own = f"{self._letter(stage)}{self._rows[code]}"
        return self._at.get((COUNTED, stage, code), own)

    def write(
        self, hidden: Hidden, stages: Sequence[str], values: Mapping[tuple[str, str], Decimal]
    ) -> None:
        """Every formula on the hidden sheet, with what it gives now."""
        if self._scheme.rounding.points is not None:
            return
        leaves = [leaf.code for leaf in self._scheme.leaves if leaf.code in self._rows]
        known = [code for code in leaves if code in self._guards and self.is_known(code)]
        guards = dict.fromkeys(guard for code in known for guard in self._guards[code])
        for number, stage in enumerate(stages):
            typed = [
                code
                for code in leaves
                if not (stage == "self" and code in self._live)
                if code in self._guards or self._is_full(code)
            ]
            for column, codes in enumerate((guards, known, typed), start=number * len(_KINDS)):
                kind = _KINDS[column % len(_KINDS)]
                for code in codes:
                    self._at[kind, stage, code] = hidden.cell(self._rows[code], column)
        for (kind, stage, code), cell in self._at.items():
            default: Decimal | str = "" if kind == COUNTED else Decimal(0)
            value = values.get((f"{kind}{stage}", code), default)
            hidden.formula(cell, self._formula(kind, stage, code), value)

    def _formula(self, kind: str, stage: str, code: str) -> str:
        if kind == STATUS:
            # Open with points, or where it does not apply; shut with 0, or while not yet known.
            row, rows = (
                self._row(stage, code),
                [self._row(stage, x.code) for x in self._leaves(code)],
            )
            apart, known = (
                ",".join(each)
                for each in zip(*((r.is_apart, r.is_known) for r in rows), strict=True)
            )
            unknown = f"IF(AND({known}),{_SHUT},{_UNKNOWN})"
            return f"=IF(N({row.counted})>0,{_OPEN},IF(AND({apart}),{_OPEN},{unknown}))"
        if kind == GUARD:  # shut where one guard is, open where all are
            cells = [self._at[STATUS, stage, guard] for guard in self._guards[code]]
            shut, is_open = (",".join(f"{cell}{sign}" for cell in cells) for sign in ("<0", ">0"))
            return f"=IF(OR({shut}),{_SHUT},IF(AND({is_open}),{_OPEN},{_UNKNOWN}))"
        full = f"{self._sheet}{self._letter('maximum')}{self._rows[code]}"
        guard = self.guard(stage, code) or (_UNKNOWN if code in self._guards else "")
        return self._row(stage, code).count(guard, full if self._is_full(code) else '""')

    def _is_full(self, code: str) -> bool:
        return is_full_points(self._scheme, self._scheme.by_code[code])

    def _row(self, stage: str, code: str) -> _Row:
        number, counted = self._rows[code], self.counted(stage, code)
        typed, state = (f"{self._sheet}{self._letter(each)}{number}" for each in (stage, "state"))
        counted = counted if "!" in counted else f"{self._sheet}{counted}"
        return _Row(typed, counted, state, self._say, stage == "self")

    def _leaves(self, code: str) -> list[Criterion]:
        return [each for _, each in self._scheme.by_code[code].walk() if not each.children]
