"""Guards in a workbook: whether each is open, and what counts of points that are typed behind one.

A cell of points that somebody types cannot hold a formula as well. So the hidden
sheet has, in the row of each such leaf, what counts of it, and the sums take that.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from parindex.office.xlsx.cached_values import COUNTED, GUARD, STATUS, guards_of, is_full_points
from parindex.office.xlsx.metadata_sheet import Hidden
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import STATES
from parindex.values.facts import StateName
from parindex.values.language import Language

_MOST_LEAVES: Final = 200
"""A function takes 255 arguments."""
OPEN, SHUT, UNKNOWN = "1", "-1", "0"
_KINDS: Final = (STATUS, GUARD, COUNTED)


class Row(Struct, frozen=True):
    """The cells of a leaf at one stage: its points as typed, as they count, and its state."""

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


def status_formula(counted: str, rows: Sequence[Row]) -> str:
    """Whether a guard is open (it has points, or does not apply), shut (0), or not yet known.

    Args:
        counted: the cell in which its points stand as they count.
        rows: the rows of its leaves.
    """
    apart = f"AND({','.join(row.is_apart for row in rows)})"
    known = ",".join(row.is_known for row in rows)
    return f"=IF(N({counted})>0,{OPEN},IF({apart},{OPEN},IF(AND({known}),{SHUT},{UNKNOWN})))"


def combined_formula(statuses: Sequence[str]) -> str:
    """Shut where one guard is, open where all are."""
    shut, is_open = (",".join(_compared(statuses, sign)) for sign in ("<0", ">0"))
    return f"=IF(OR({shut}),{SHUT},IF(AND({is_open}),{OPEN},{UNKNOWN}))"


def _compared(cells: Sequence[str], sign: str) -> Iterator[str]:
    return (f"{cell}{sign}" for cell in cells)


def counted_formula(row: Row, status: str, full: str) -> str:
    """What counts of points that were typed: nothing behind a shut guard, else as far as is known.

    Args:
        row: its cells.
        status: the cell of the guard; empty where it stands behind none.
        full: what it gets where it does not apply.
    """
    typed = f"ISNUMBER({row.typed})"
    told = f'IF({typed},{row.typed},"")'
    if status:
        known = f'IF({typed},IF(OR({status}>0,{row.typed}=0),{row.typed},""),"")'
        told = f"IF({status}<0,0,{known})"
    return f'=IF({row.says_apart},{full},IF({row.is_apart},"",{told}))'


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
        """Whether the guards of a leaf stand in this workbook too, so that a formula can follow them."""
        return all(
            len(self._leaves(guard)) <= _MOST_LEAVES
            and all(leaf.code in self._rows for leaf in self._leaves(guard))
            for guard in self._guards.get(code, ())
        )

    def guard(self, stage: str, code: str) -> str:
        """The cell that says whether what a leaf stands behind is open; empty behind nothing."""
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
        leaves = [leaf for leaf in self._scheme.leaves if leaf.code in self._rows]
        known = [leaf for leaf in leaves if leaf.code in self._guards and self.is_known(leaf.code)]
        guards = dict.fromkeys(guard for leaf in known for guard in self._guards[leaf.code])
        for number, stage in enumerate(stages):
            typed = [
                leaf
                for leaf in leaves
                if not (stage == "self" and leaf.code in self._live)
                if leaf.code in self._guards or is_full_points(self._scheme, leaf)
            ]
            for kind, codes in (
                (STATUS, guards),
                (GUARD, [leaf.code for leaf in known]),
                (COUNTED, [leaf.code for leaf in typed]),
            ):
                column = _KINDS.index(kind) + number * len(_KINDS)
                for code in codes:
                    self._at[kind, stage, code] = hidden.cell(self._rows[code], column)
            for (kind, of, code), cell in self._at.items():
                if of == stage:
                    default: Decimal | str = "" if kind == COUNTED else Decimal(0)
                    value = values.get((f"{kind}{stage}", code), default)
                    hidden.formula(cell, self._formula(kind, stage, code), value)

    def _formula(self, kind: str, stage: str, code: str) -> str:
        if kind == STATUS:
            rows = [self._row(stage, leaf.code) for leaf in self._leaves(code)]
            return status_formula(self._seen(stage, code), rows)
        if kind == GUARD:
            return combined_formula([self._at[STATUS, stage, g] for g in self._guards[code]])
        full = f"{self._sheet}{self._letter('maximum')}{self._rows[code]}"
        is_full = is_full_points(self._scheme, self._scheme.by_code[code])
        guard = self.guard(stage, code) or (UNKNOWN if code in self._guards else "")
        return counted_formula(self._row(stage, code), guard, full if is_full else '""')

    def _row(self, stage: str, code: str) -> Row:
        number = self._rows[code]
        return Row(
            f"{self._sheet}{self._letter(stage)}{number}",
            self._seen(stage, code),
            f"{self._sheet}{self._letter('state')}{number}",
            self._say,
            stage == "self",
        )

    def _seen(self, stage: str, code: str) -> str:
        """The cell of `counted`, from the hidden sheet."""
        cell = self.counted(stage, code)
        return cell if "!" in cell else f"{self._sheet}{cell}"

    def _leaves(self, code: str) -> list[Criterion]:
        criterion = self._scheme.by_code[code]
        return [each for _, each in criterion.walk() if not each.children]
