"""Formulas of a table: sums, shares and differences that a spreadsheet works out again."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.scheme.scheme import Rounding
from parindex.tables.table import At, Cell, Column, Formula, Span
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import ZERO, RoundingMode, add, rounded

_MOST_TERMS = 250
"""A spreadsheet's function takes 255 arguments."""


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


class FormulaTable(TableBuilder):
    """A table in the making that keeps the exact figures of its cells, so that sums can be live.

    What is not known is an empty cell: a sum leaves it out until somebody fills it in.

    Spreadsheets show halves rounded up. Where a scheme rounds otherwise, every
    sum is made of leaves, and rounded as the scheme does where it is shown.
    """

    def __init__(self, columns: Iterable[Column], rounding: Rounding) -> None:
        self._digits, self._mode = rounding.index, rounding.mode
        super().__init__(columns, lambda value: rounded(value, self._digits, self._mode))
        self._figures: dict[At, Fraction | None] = {}
        self._inside: dict[At, Formula] = {}

    def put(
        self, row: int, key: str, value: Cell | Fraction, formula: Formula | None = None
    ) -> None:
        """Set what a cell holds; an exact figure is there for others to follow from."""
        super().put(row, key, value, formula)
        if value is None or isinstance(value, Fraction):
            self._figures[self.at(row, key)] = value

    def live(self, row: int, key: str, value: Fraction | None, told: Formula) -> None:
        """Set a figure, and the expression that it follows from, of what `of` gives for others."""
        if value is None or self._mode == "half-up":
            self.put(row, key, value, None if value is None else told)
            return
        shown = rounded(value, self._digits, self._mode)
        super().put(row, key, shown, rounded_to(told, self._digits, self._mode))
        self._figures[self.at(row, key)] = value
        self._inside[self.at(row, key)] = ("(", *told, ")")

    def less(self, row: int, key: str, value: Fraction | None, one: str, other: str) -> None:
        """Set what stands in a row under one column less what stands under another."""
        first, second = self.of(row, one), self.of(row, other)
        if first and second:
            self.live(row, key, value, (*first, "-", *second))
        else:
            self.put(row, key, value)

    def sum(
        self,
        row: int,
        key: str,
        value: Fraction | None,
        parts: Iterable[int | str],
        to: int | None = None,
        within: str | None = None,
    ) -> None:
        """Set a sum of others; not live where it is not just that.

        Args:
            row: the number of the row.
            key: the column.
            value: the exact value.
            parts: what is added: rows under the same column, or columns of the same row.
            to: to how many digits the sum is rounded.
            within: the column of a maximum that the sum, never below 0, does not exceed.
        """
        cells = [self.at(row, e) if isinstance(e, str) else self.at(e, key) for e in parts]
        held = [at for at in cells if at in self._figures]
        sum_ = add(self._figures[at] or ZERO for at in held)
        if to is not None:
            sum_ = Fraction(rounded(sum_, to, self._mode))
        most = self.figure(row, within) if within else None
        if most is not None:
            sum_ = max(ZERO, min(sum_, most))
        if not held or sum_ != value:
            self.put(row, key, value)
            return
        told = total_of([self._inside.get(at, (at,)) for at in held])
        if to is not None:
            told = rounded_to(told, to, self._mode)
        if within and most is not None:
            told = ("MAX(0,MIN(", *(self.of(row, within) or ()), ",", *told, "))")
        self.live(row, key, value, told)

    def of(self, row: int, key: str) -> Formula | None:
        """The expression of a figure that was put; None where there is none."""
        at = self.at(row, key)
        return self._inside.get(at, (at,)) if at in self._figures else None

    def figure(self, row: int, key: str) -> Fraction | None:
        """The exact value of a figure that was put."""
        return self._figures.get(self.at(row, key))

    def share(
        self,
        row: int,
        key: str,
        part: str,
        whole: str,
        value: Decimal | None,
        of: int | None = None,
    ) -> None:
        """Set the percentage of what stands under two columns, of the same row or another."""
        at = row if of is None else of
        one, other = self.of(at, part), self.of(at, whole)
        most, points = self.figure(at, whole), self.figure(at, part)
        told = None
        if one and other and value is not None:
            told = share_of(one, other, self._digits, self._mode)
            if most and points is not None:
                expected = rounded(points * 100 / most, self._digits, self._mode)
                told = told if expected == value else None
        self.put(row, key, value, told)
