"""A page in the making: rows by the keys of columns, and the formulas of their cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.office.pages.page import At, Formula, Over, Page, Span
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.exact import ZERO, RoundingMode, add, rounded

_MOST_TERMS = 250
"""A spreadsheet's function takes 255 arguments."""


class Draft:
    """Collects rows; a column that says nothing is left out of the page in the end."""

    def __init__(self, columns: Iterable[Column], printed: Callable[[Fraction], Decimal]) -> None:
        self._columns = tuple(columns)
        self._places = {column.key: at for at, column in enumerate(self._columns)}
        self._printed = printed
        self._rows: list[list[Cell]] = []
        self._strong: set[int] = set()
        self._depths: dict[int, int] = {}
        self._exact: dict[At, Fraction] = {}
        self._formulas: dict[At, Formula] = {}
        self._at_least: set[At] = set()

    @property
    def next(self) -> int:
        """The row that is added next."""
        return len(self._rows)

    def add(
        self, cells: Mapping[str, Cell | Fraction], *, depth: int = 0, strong: bool = False
    ) -> int:
        """A row; exact figures are printed, and kept behind what is printed."""
        row = len(self._rows)
        self._rows.append([None] * len(self._columns))
        for key, value in cells.items():
            self.put(row, key, value)
        if strong:
            self._strong.add(row)
        if depth:
            self._depths[row] = depth
        return row

    def put(
        self, row: int, key: str, value: Cell | Fraction, formula: Formula | None = None
    ) -> None:
        """What a cell holds, and how it follows from others."""
        at = self.at(row, key)
        if isinstance(value, Fraction):
            printed = self._printed(value)
            if printed != value:
                self._exact[at] = value
            value = printed
        self._rows[row][at.column] = value
        if formula is not None:
            self._formulas[at] = formula

    def at_least(self, row: int, key: str) -> None:
        """Say that a figure is a lower bound: a part of it is not yet known."""
        self._at_least.add(self.at(row, key))

    def at(self, row: int, key: str) -> At:
        """The cell of a row under a column."""
        return At(row, self._places[key])

    def page(
        self,
        name: str,
        title: str,
        notes: Iterable[str] = (),
        *,
        keep: Sequence[str] = (),
        over: Iterable[tuple[str, str, str]] = (),
    ) -> Page:
        """The page with the columns that say something, and those to `keep` to be filled in.

        `over` are headings over columns, by the keys of the first and the last.
        """
        said = {at for row in self._rows for at, cell in enumerate(row) if cell not in (None, "")}
        kept = [at for at, column in enumerate(self._columns) if at in said or column.key in keep]
        place = {old: new for new, old in enumerate(kept)}

        def moved(at: At) -> At:
            return At(at.row, place[at.column])

        def term(part: str | At | Span) -> str | At | Span:
            if isinstance(part, Span):
                return Span(moved(part.first), moved(part.last))
            return moved(part) if isinstance(part, At) else part

        sheet = Sheet(
            title,
            tuple(self._columns[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self._rows),
            frozenset(self._strong),
            tuple(notes),
        )
        return Page(
            name,
            sheet,
            {moved(at): value for at, value in self._exact.items()},
            {moved(at): tuple(map(term, told)) for at, told in self._formulas.items()},
            self._depths,
            tuple(
                Over(place[self._places[first]], place[self._places[last]], words)
                for first, last, words in over
            ),
            frozenset(moved(at) for at in self._at_least if at.column in place),
        )


def total_of(terms: Sequence[Formula]) -> Formula:
    """The sum of expressions; cells below one another are named as a range."""
    parts: list[Formula] = []
    for told in terms:
        only, before = told[0], parts[-1][0] if parts else ""
        if isinstance(only, At) and len(told) == 1 and isinstance(before, At | Span):
            first, last = (before, before) if isinstance(before, At) else before
            if only == (last.row + 1, last.column):
                parts[-1] = (Span(first, only),)
                continue
        parts.append(told)
    blocks = [parts[at : at + _MOST_TERMS] for at in range(0, len(parts), _MOST_TERMS)]
    sums = [("SUM(", *_listed(block), ")") for block in blocks]
    return sums[0] if len(sums) == 1 else total_of(sums)


def _listed(parts: Sequence[Formula]) -> Formula:
    told: Formula = ()
    for part in parts:
        told = (*told, ",", *part) if told else part
    return told


def rounded_to(told: Formula, digits: int, mode: RoundingMode) -> Formula:
    """An expression rounded as `exact.rounded` does; noise of binary floats is taken off first."""
    clean: Formula = ("ROUND(", *told, f",{digits + 7})")
    match mode:
        case "half-up":
            return ("ROUND(", *clean, f",{digits})")
        case "down":
            return ("ROUNDDOWN(", *clean, f",{digits})")
        case "half-even":
            tie: Formula = ("ROUND(MOD(ABS(", *clean, f")*1{'0' * digits},2),5)=0.5")
            down: Formula = ("ROUNDDOWN(", *clean, f",{digits})")
            return ("IF(", *tie, ",", *down, ",ROUND(", *clean, f",{digits}))")


def share_of(part: Formula, whole: Formula, digits: int, mode: RoundingMode) -> Formula:
    """How many hundredths of the whole is a part, rounded; empty where the whole is nothing."""
    share = rounded_to((*part, "/", *whole, "*100"), digits, mode)
    return ("IF(", *whole, '=0,"",', *share, ")")


class Ledger:
    """Points in the columns of a draft, each with its exact value, so that sums can be live.

    What is not known is an empty cell: a sum leaves it out until somebody fills it in.

    Spreadsheets show halves rounded up. Where a scheme rounds otherwise, every
    sum is made of leaves, and rounded as the scheme does where it is shown.
    """

    def __init__(self, draft: Draft, digits: int, mode: RoundingMode) -> None:
        self._draft = draft
        self.digits = digits
        self.mode = mode
        self._held: dict[tuple[str, str], tuple[Formula, Fraction | None]] = {}

    def put(self, key: str, id_: str, row: int, value: Fraction | None) -> None:
        """A figure that follows from no other of the page."""
        self._draft.put(row, key, value)
        self._held[key, id_] = ((self._draft.at(row, key),), value)

    def live(self, key: str, id_: str, row: int, value: Fraction | None, told: Formula) -> None:
        """A figure, and the expression that it follows from, of what `of` gives for others."""
        if value is None or self.mode == "half-up":
            self._draft.put(row, key, value, None if value is None else told)
            self._held[key, id_] = ((self._draft.at(row, key),), value)
        else:
            printed = rounded(value, self.digits, self.mode)
            self._draft.put(row, key, printed, rounded_to(told, self.digits, self.mode))
            self._held[key, id_] = (("(", *told, ")"), value)

    def sum(
        self,
        key: str,
        id_: str,
        row: int,
        value: Fraction | None,
        parts: Iterable[str],
        to: int | None = None,
    ) -> None:
        """A sum of others, rounded `to` so many digits; not live where it is not just that."""
        held = [self._held[key, part] for part in parts if (key, part) in self._held]
        sum_ = add(each or ZERO for _, each in held)
        if to is not None:
            sum_ = Fraction(rounded(sum_, to, self.mode))
        if not held or sum_ != value:
            self.put(key, id_, row, value)
            return
        told = total_of([told for told, _ in held])
        if to is not None:
            told = rounded_to(told, to, self.mode)
        self.live(key, id_, row, value, told)

    def of(self, key: str, id_: str) -> Formula | None:
        """The expression of a figure that was put; None where there is none."""
        held = self._held.get((key, id_))
        return held[0] if held else None

    def value(self, key: str, id_: str) -> Fraction | None:
        """The exact value of a figure that was put."""
        held = self._held.get((key, id_))
        return held[1] if held else None

    def share(
        self, row: int, key: str, part: str, whole: str, id_: str, value: Decimal | None
    ) -> None:
        """The percentage of what stands under two columns; empty where it is not known."""
        one, other = self.of(part, id_), self.of(whole, id_)
        told = share_of(one, other, self.digits, self.mode) if one and other else None
        most, points = self.value(whole, id_), self.value(part, id_)
        if told and most and points is not None and value is not None:
            expected = rounded(points * 100 / most, self.digits, self.mode)
            told = told if expected == value else None
        self._draft.put(row, key, value, told if value is not None else None)
