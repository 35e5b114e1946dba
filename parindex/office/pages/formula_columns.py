"""Formulas of a table: sums, shares and differences that a spreadsheet works out again."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.tables.table import At, Formula, Span
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


class FormulaColumns:
    """Points in the columns of a table, each with its exact value, so that sums can be live.

    What is not known is an empty cell: a sum leaves it out until somebody fills it in.

    Spreadsheets show halves rounded up. Where a scheme rounds otherwise, every
    sum is made of leaves, and rounded as the scheme does where it is shown.
    """

    def __init__(self, builder: TableBuilder, digits: int, mode: RoundingMode) -> None:
        self._builder = builder
        self.digits = digits
        self.mode = mode
        self._held: dict[tuple[str, str], tuple[Formula, Fraction | None]] = {}

    def put(self, key: str, id_: str, row: int, value: Fraction | None) -> None:
        """A figure that follows from no other of the page."""
        self._builder.put(row, key, value)
        self._held[key, id_] = ((self._builder.at(row, key),), value)

    def live(self, key: str, id_: str, row: int, value: Fraction | None, told: Formula) -> None:
        """A figure, and the expression that it follows from, of what `of` gives for others."""
        if value is None or self.mode == "half-up":
            self._builder.put(row, key, value, None if value is None else told)
            self._held[key, id_] = ((self._builder.at(row, key),), value)
        else:
            printed = rounded(value, self.digits, self.mode)
            self._builder.put(row, key, printed, rounded_to(told, self.digits, self.mode))
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
        self._builder.put(row, key, value, told if value is not None else None)
