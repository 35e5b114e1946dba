"""The columns of a leaf, as terms: which there may be, and which rows they can be taken from.

| column | what it holds |
|---|---|
| `1.1`, `1.1.points` | points as given |
| `1.1.percent` | the same as a share of the maximum, in hundredths |
| `1.1.value` | a percentage in hundredths (97.2), or a plain number, as the rule takes it |
| `1.1.part`, `1.1.whole` | a ratio as two counts |
| `1.1.answer` | the id of an option |
| `1.1.count` | how many |
| `1.1.date` | a day |
| `1.1.items.<id>` | whether an item is met: true or false, or 1 and 0 |
| `1.1.answers.<id>` | how many gave an answer |
| `1.1.figures.<name>` | a figure by name, or `.part` and `.whole` of it |

A number in binary counts as the nearest decimal of 15 digits: 0.1 is one tenth, and so is what a
sum of binary numbers gives for it. A column is multiplied with a power of ten and rounded to
whole numbers; where it is not as near to them as such decimals are, the row is left to the row
engine.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, NamedTuple

import narwhals as nw

from parindex.rules import arithmetic as names
from parindex.rules.base import Rule
from parindex.rules.figures import FigureKind
from parindex.rules.input import NUMBER, PERCENT
from parindex.scale.columns.terms import Day, Exact, NoColumnsError, Quotient, Term
from parindex.scheme.scheme import Criterion, Scheme
from parindex.values.language import language

DIGITS: Final = 4
"""Decimals of points, percentages and numbers that are taken by columns."""
MOST_COUNTED: Final = 2**31 - 1
"""Counts and numbers over it, which a column of 32 bits cannot hold, are left to the row engine."""
ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
_ALL: Final = "*"
_FIELDS: Final = ("points", "percent", "value", "part", "whole", "answer", "count", "date")
_STEMS: Final = ("items", "answers", "figures")
_SHORT: Final = (nw.Int8, nw.Int16, nw.Int32, nw.UInt8, nw.UInt16)
_SAME: Final = 2.5 * 2.0**-53
"""The most by which a scaled column is off in proportion, where it means the whole number."""


DOT: Final[ContextVar[str]] = ContextVar("DOT", default=".")
"""What stands for a dot in the names of columns, while expressions of Spark are made."""


def column_of(name: str) -> Any:
    """A column by its name; Spark takes a name with dots for a way into a column."""
    return nw.col(name.replace(".", DOT.get()))


def columns_of(scheme: Scheme, names: Mapping[str, Any]) -> set[str]:
    """The columns of a frame that hold what is scored."""
    found: set[str] = set()
    for criterion in scheme.by_code.values():
        found |= own_columns(criterion, names)
    return found


def ids_of(rule: Rule) -> list[str]:
    """The options, items, answers or figures that a rule knows, by id."""
    return [*rule.named(language("en"))]


def own_columns(criterion: Criterion, names: Mapping[str, Any]) -> set[str]:
    """The columns of one criterion."""
    code = criterion.code
    single = {code, *(f"{code}.{field}" for field in _FIELDS)}
    ids = ids_of(criterion.scored_by) if not criterion.children else []
    several = {f"{code}.{stem}.{each}" for stem in _STEMS for each in ids}
    several |= {f"{code}.figures.{each}.{side}" for each in ids for side in ("part", "whole")}
    return {name for name in (*single, *several) if name in names}


class Form(NamedTuple):
    """One way in which a leaf can be reported: its columns, their terms, and where these hold.

    `first` is null in the rows that do not report the leaf in this way. `fits` are conditions for
    the row. `is_points` where the points themselves are given, `is_figure` where the figure is
    that the rule goes by, and `no_cases` says in which rows no case arose.
    """

    first: str
    columns: tuple[str, ...]
    terms: Mapping[str, Term | Day]
    fits: tuple[Any, ...]
    is_points: bool = False
    is_figure: bool = False
    no_cases: Any = None


def forms(leaf: Criterion, rule: Rule, dtypes: Mapping[str, Any]) -> Iterator[Form]:
    """The ways of reporting a leaf for which a frame has columns.

    Raises:
        NoColumnsError: it has columns that only the row engine can take.
    """
    code, columns = leaf.code, Columns(dtypes)
    if leaf.maximum is not None and not rule.has_standard:
        yield from _points(code, rule.lowest, leaf.maximum, columns)
    match rule.takes.field:
        case "value":
            yield from figure_forms(code, rule, columns)
        case "answer" if f"{code}.answer" in dtypes:
            yield _answer(f"{code}.answer", rule)
        case "count" if f"{code}.count" in dtypes:
            name = f"{code}.count"
            term, *fits = columns.count(name)
            yield Form(name, (name,), {names.COUNT: term}, tuple(fits))
        case "date" if f"{code}.date" in dtypes:
            name = f"{code}.date"
            yield Form(name, (name,), {names.DAY: Day(column_of(name))}, ())
        case "items" | "answers" as field:
            yield from _several(f"{code}.{field}.", rule, columns, is_met=field == "items")
        case "figures":
            yield from _named(f"{code}.figures.", rule, columns)
            if isinstance(getattr(rule, "part", None), str):
                yield from figure_forms(code, rule, columns)


def _points(code: str, lowest: Fraction, maximum: Fraction, columns: "Columns") -> Iterator[Form]:
    """Points as given, and as a share of the maximum."""
    for name in (code, f"{code}.points"):
        if name in columns.dtypes:
            term, *fits = columns.whole(name, lowest, maximum, DIGITS)
            yield Form(name, (name,), {_ALL: term}, tuple(fits), is_points=True)
    name = f"{code}.percent"
    if name in columns.dtypes:
        term, *fits = columns.whole(name, ZERO, Fraction(100), DIGITS)
        share = Exact(term.expr, term.unit * maximum / 100, ZERO, maximum)
        yield Form(name, (name,), {_ALL: share}, tuple(fits), is_points=True)


class Columns:
    """Numbers of columns as whole numbers."""

    def __init__(self, dtypes: Mapping[str, Any]) -> None:
        self.dtypes = dtypes

    def whole(
        self, name: str, low: Fraction, high: Fraction, digits: int, ends: str = "low high"
    ) -> tuple[Any, ...]:
        """A column times ten to the power of its digits, and where it can be taken so, as far as `ends` says.

        Where x is the binary number next to n ÷ 10^d, it is off by ε at the most, and x × 10^d,
        rounded once more, by less than 2.1 ε from n. Where x × 10^d is within 2.5 ε of n, x is
        within 3.6 ε of n ÷ 10^d; decimals of 15 digits are 9 ε apart at the least, so that n ÷ 10^d,
        which has fewer digits, is the nearest of them.
        """
        dtype = self.dtypes[name]
        if not dtype.is_numeric():
            raise NoColumnsError
        column = column_of(name)
        if dtype.is_integer():
            return self._counted(column, dtype, (low, high), ends)
        expr, fits = self._decimal(column, dtype, digits)
        unit = Fraction(1, 10**digits)
        if "low" in ends and (low or not fits):
            fits.append(expr >= float(ceil(low / unit)))
        if "high" in ends:
            fits.append(expr <= float(floor(high / unit)))
        return (Exact(expr, unit, low, high), *fits)

    def _counted(
        self, column: Any, dtype: Any, bounds: tuple[Fraction, Fraction], ends: str
    ) -> tuple[Any, ...]:
        """Whole numbers, which are compared before they become binary."""
        fits, (low, high) = [], bounds
        if "low" in ends and (low or not dtype.is_unsigned_integer()):
            fits.append(column >= ceil(low))
        if "high" in ends and (high < MOST_COUNTED or dtype not in _SHORT):
            fits.append(column <= floor(high))
        return (Exact(column.cast(nw.Float64), ONE, low, high), *fits)

    def _decimal(self, column: Any, dtype: Any, digits: int) -> tuple[Any, list[Any]]:
        """The scaled column, and where it is what it means; that holds for nothing below 0.

        A decimal of at most four digits that is another one than n ÷ 10^d is 10⁻⁴ away from it, which is
        more than nearness allows of figures up to `MOST_COUNTED`.
        """
        scale = getattr(dtype, "scale", None)
        if scale is not None and scale > DIGITS:
            raise NoColumnsError
        binary = column if dtype == nw.Float64 else column.cast(nw.Float64)
        scaled = binary * float(10**digits) if digits else binary
        expr = scaled.round(0)
        if scale is not None and scale <= digits:
            return expr, []
        return expr, [(scaled - expr).abs() <= expr * _SAME]

    def count(self, name: str, ends: str = "low high") -> tuple[Any, ...]:
        """A column of whole numbers."""
        return self.whole(name, ZERO, Fraction(MOST_COUNTED), 0, ends)

    def ratio(self, stem: str) -> tuple[Quotient, list[Any]]:
        """A part of a whole, from 0 to 1."""
        part, *fits = self.count(f"{stem}.part", "low")
        whole, *more = self.count(f"{stem}.whole", "high")
        return Quotient(part, whole, ZERO, ONE), [
            *(*fits, *more),
            self._compared(f"{stem}.whole", whole) > 0,
            self._compared(f"{stem}.part", part) <= self._compared(f"{stem}.whole", whole),
        ]

    def _compared(self, name: str, term: Exact) -> Any:
        """A column of whole numbers as it is compared fastest."""
        return column_of(name) if self.dtypes[name].is_integer() else term.expr

    def percent(self, name: str) -> tuple[Exact, list[Any]]:
        """A percentage from 0 to 1."""
        term, *fits = self.whole(name, ZERO, Fraction(100), DIGITS)
        return Exact(term.expr, term.unit / 100, ZERO, ONE), fits

    def number(self, name: str) -> tuple[Exact, list[Any]]:
        """A number of 0 or more."""
        term, *fits = self.whole(name, ZERO, Fraction(MOST_COUNTED), DIGITS)
        return term, fits


def figure_forms(code: str, rule: Rule, columns: Columns) -> Iterator[Form]:
    """A percentage or ratio, or a plain number."""
    value, part, whole = (f"{code}.{field}" for field in ("value", "part", "whole"))
    takes_number = rule.takes is NUMBER or getattr(rule, "figures", "percent") == "value"
    if value in columns.dtypes:
        if takes_number:
            term, fits = columns.number(value)
            yield Form(value, (value,), {names.VALUE: term}, tuple(fits), is_figure=True)
        elif rule.takes is PERCENT or rule.takes.field == "figures":
            term, fits = columns.percent(value)
            yield Form(value, (value,), {names.RATE: term}, tuple(fits), is_figure=True)
        else:
            raise NoColumnsError  # a figure to watch may be either
    if part in columns.dtypes and whole in columns.dtypes and not takes_number:
        quotient, fits = columns.ratio(code)
        empty = None
        if getattr(rule, "no_cases", None) is not None and not rule.needs:
            empty = quotient.below.expr == 0
            fits = [(each | empty) if i == len(fits) - 2 else each for i, each in enumerate(fits)]
        yield Form(
            part, (part, whole), {names.RATE: quotient}, tuple(fits), is_figure=True, no_cases=empty
        )


def _answer(name: str, rule: Rule) -> Form:
    """One of the options by its id."""
    options = ids_of(rule)
    column = column_of(name)
    terms: dict[str, Term | Day] = {
        f"{names.OPTION}{each}": Exact((column == each).cast(nw.Float64), ONE, ZERO, ONE)
        for each in options
    }
    return Form(name, (name,), terms, (column.is_in(options),))


def _several(stem: str, rule: Rule, columns: Columns, *, is_met: bool) -> Iterator[Form]:
    """Items that are met or not, or how many gave each answer; all of them have a column."""
    ids = ids_of(rule)
    if not any(f"{stem}{each}" in columns.dtypes for each in ids):
        return
    terms: dict[str, Term | Day] = {}
    found: list[Any] = []
    for each in ids:
        name = f"{stem}{each}"
        if name not in columns.dtypes:
            raise NoColumnsError
        if is_met and columns.dtypes[name] == nw.Boolean:
            terms[f"{names.ITEM}{each}"] = Exact(column_of(name).cast(nw.Float64), ONE, ZERO, ONE)
            continue
        term, *fits = columns.whole(name, ZERO, ONE if is_met else Fraction(MOST_COUNTED), 0)
        terms[f"{names.ITEM if is_met else names.ANSWER}{each}"] = term
        found += fits
    all_ = tuple(f"{stem}{each}" for each in ids)
    yield Form(all_[0], all_, terms, tuple(found))


def _named(stem: str, rule: Rule, columns: Columns) -> Iterator[Form]:
    """Figures by name, all of which have columns."""
    kinds = kinds_of(rule)
    if not any(each.startswith(stem) for each in columns.dtypes):
        return
    terms: dict[str, Term | Day] = {}
    found: list[Any] = []
    used: list[str] = []
    for name, kind in kinds.items():
        column = f"{stem}{name}"
        if kind == "percent" and f"{column}.part" in columns.dtypes:
            terms[name], fits = columns.ratio(column)
            used += [f"{column}.part", f"{column}.whole"]
        elif column not in columns.dtypes:
            raise NoColumnsError
        else:
            used.append(column)
            if kind == "percent":
                terms[name], fits = columns.percent(column)
            elif kind == "count":
                terms[name], *fits = columns.count(column)
            else:
                terms[name], fits = columns.number(column)
        found += fits
    yield Form(used[0], tuple(used), terms, tuple(found))


def kinds_of(rule: Rule) -> Mapping[str, FigureKind]:
    """Of which kind the figures of a rule are.

    Raises:
        NoColumnsError: some are days or words.
    """
    worked = getattr(rule, "_worked_out", None)
    if worked is not None:
        found: Mapping[str, FigureKind] = worked.kinds
        return found
    kinds: dict[str, FigureKind] = dict(getattr(rule, "inputs", None) or {})
    for name, inner in getattr(rule, "inner", {}).items():
        if inner.takes.field == "figures":
            kinds |= kinds_of(inner)
        elif name not in kinds or inner.takes.field not in ("value", "count"):
            raise NoColumnsError
    if set(kinds) != set(ids_of(rule)):
        raise NoColumnsError
    return kinds
