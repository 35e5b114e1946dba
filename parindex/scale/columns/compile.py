"""A scheme as expressions over columns: the points of each leaf, and which rows columns can score.

    compiled = compile_scheme(scheme, Setting(2024, "province"), dtypes)
    compiled.points_by_leaf(frame)   a column of points for each leaf, and `exact`

A row is one unit. Columns score it where every leaf is reported in one way and fits its rule, no
guard got nothing, and nothing else is said of the unit; all other rows are flagged, and are for
the row engine.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

import narwhals as nw
from msgspec import Struct

from parindex.rules import arithmetic as names
from parindex.rules.base import Rule
from parindex.rules.expression_tree import Condition, Named, Tree
from parindex.rules.expression_tree import names as names_in
from parindex.rules.input import PERCENT
from parindex.rules.setting import Setting
from parindex.scale.columns.arithmetic import Arithmetic, Bounds, either
from parindex.scale.columns.inputs import Form, column_of, forms, own_columns
from parindex.scale.columns.terms import (
    Constant,
    Exact,
    Near,
    NoColumnsError,
    Term,
    near,
    pair,
    within,
)
from parindex.scheme.scheme import Criterion, Scheme

EXACT: Final = "exact"
"""The column that says whether columns scored a row; where it is false the row engine must."""
_MOST_BITS: Final = 1000
_BITS: Final = 60
"""Of one figure: below 10⁹ with four decimals, and a percentage more."""


class Leaf(Struct, frozen=True):
    """A leaf by columns: its points, the columns they come from, and where they are not known."""

    criterion: Criterion
    points: Term
    columns: tuple[str, ...]
    flag: Any


class Compiled(Struct, frozen=True):
    """A scheme by columns, for the rows of one setting.

    `leaves` are those that count, in the scheme's order; `flag` says of which rows columns do not
    know the points, and `used` are all columns that were looked at.
    """

    scheme: Scheme
    setting: Setting
    leaves: tuple[Leaf, ...]
    flag: Any
    used: tuple[str, ...]

    @property
    def errors(self) -> Mapping[str, Fraction]:
        """By how much the points of a leaf may be off at the most, by code."""
        return {leaf.criterion.code: near(leaf.points).error for leaf in self.leaves}

    def points_by_leaf(self, frame: Any) -> Any:
        """The points of every leaf that counts, as binary numbers up to `errors`.

        Args:
            frame: a frame that Narwhals takes, with the columns of `scale/columns/inputs.py`.

        Returns:
            A frame of the same kind and order: a column by the code of each leaf, and `exact`,
            which is false where only the row engine can score; there the points mean nothing.
        """
        points = (
            _column(near(leaf.points).expr).alias(leaf.criterion.code) for leaf in self.leaves
        )
        return nw.from_native(frame).select(*points, self.is_exact.alias(EXACT)).to_native()

    @property
    def is_exact(self) -> Any:
        """Whether columns know the points of all leaves of a row."""
        return nw.lit(value=True) if self.flag is None else ~self.flag


def compile_scheme(scheme: Scheme, setting: Setting, dtypes: Mapping[str, Any]) -> Compiled:
    """A scheme for the rows of one setting: the same year, level, group, profile and months.

    What is only watched, or met or not, counts nothing; rows that report it are for the row
    engine, which looks whether it can be.

    Args:
        scheme: the scheme.
        setting: for which its rules hold.
        dtypes: the Narwhals types of the frame's columns by name.

    Raises:
        NoColumnsError: no row can be scored by columns under this scheme.
    """
    _check(scheme, setting)
    rules = {leaf.code: leaf.scored_by.for_unit(setting) for leaf in scheme.leaves}
    leaves, flags = [], []
    for criterion in scheme.by_code.values():
        said = own_columns(criterion, dtypes)
        if criterion.children or criterion.code in scheme.items:
            flags += [~column_of(column).is_null() for column in said]
            continue
        leaf = _leaf(criterion, rules, dtypes) if criterion.maximum else None
        if leaf is not None:
            leaves.append(leaf)
            said -= set(leaf.columns)
            flags.append(leaf.flag)
        flags += [~column_of(column).is_null() for column in sorted(said)]
    flags += [_shut(scheme, guard, leaves) for guard in scheme.guards]
    used = tuple(dict.fromkeys(column for leaf in leaves for column in leaf.columns))
    return Compiled(scheme, setting, tuple(leaves), either(*flags), used)


def _check(scheme: Scheme, setting: Setting) -> None:
    """Refuse what columns do not know: open ends, rounding on the way, profiles, and areas without points."""
    whole = scheme.complete and bool(scheme.criteria) and bool(scheme.maximum)
    whole &= all(each.complete and each.max is not None for _, each in scheme.walk())
    whole &= all(area.maximum != 0 for area in scheme.criteria)
    whole &= all(each.maximum != 0 for _, each in scheme.walk() if each.children)
    whole &= setting.profile is None
    if not whole or scheme.rounding.points is not None:
        raise NoColumnsError


def _leaf(leaf: Criterion, rules: Mapping[str, Rule], dtypes: Mapping[str, Any]) -> Leaf:
    """A leaf by columns, in whichever way it is reported."""
    rule, maximum = rules[leaf.code], leaf.maximum or Fraction(0)
    found = list(forms(leaf, rule, dtypes))
    if not found:
        raise NoColumnsError
    ways = [_way(form, rule, maximum, rules, dtypes) for form in found]
    columns = tuple(column for form in found for column in form.columns)
    if len(ways) == 1:
        return Leaf(leaf, ways[0][0], columns, ways[0][1])
    return _one_of(leaf, found, ways, columns)


def _way(
    form: Form,
    rule: Rule,
    maximum: Fraction,
    rules: Mapping[str, Rule],
    dtypes: Mapping[str, Any],
) -> tuple[Term, Any]:
    """The points of one way of reporting, and where they are not known."""
    flags = [column_of(column).is_null() for column in form.columns]
    flags += [~fit for fit in form.fits]
    if form.is_points:
        [term] = form.terms.values()
        if not isinstance(term, Exact):
            raise NoColumnsError
        return within(term, rule.lowest, maximum), either(*flags)
    tree, fits = rule.expression(maximum), rule.fits(maximum)
    terms = dict(form.terms)
    if form.is_figure and rule.takes.field == "figures":
        tree, fits = _of_the_rate(rule, maximum)
    if tree is None or not _is_small(tree):
        raise NoColumnsError
    for name in names_in(tree):
        if name.startswith(names.RATE_OF):
            terms[name], flag = _rate(name[1:], rules, dtypes)
            flags.append(flag)
    known: dict[Tree, tuple[Fraction | None, Fraction | None]] = {tree: (rule.lowest, maximum)}
    if fits is not None:
        holds, flag = Arithmetic(terms).condition(fits)
        flags += [flag, None if holds is True else nw.lit(value=True) if holds is False else ~holds]
        known = dict(_told_by(fits)) | known
    term, flag = Arithmetic(terms, known).term(tree)
    if form.no_cases is not None:
        full = maximum if getattr(rule, "no_cases", None) == "full-points" else Fraction(0)
        term = _where(form.no_cases, Constant(full), term)
    return term, either(*flags, flag)


def _of_the_rate(rule: Rule, maximum: Fraction) -> tuple[Tree | None, Condition | None]:
    """The expression of a rate that is reported itself, where the rule could work it out."""
    return rule.model_copy(update={"part": None}).expression(maximum), None


def _is_small(tree: Tree) -> bool:
    """Whether no exact value can have so many digits that the row engine refuses it."""
    from parindex.rules.expression_tree import Number, walk

    bits = 0
    for each in walk(tree):
        if isinstance(each, Named):
            bits += _BITS
        elif isinstance(each, Number):
            bits += each.value.numerator.bit_length() + each.value.denominator.bit_length()
    return bits < _MOST_BITS or not names_in(tree)


def _rate(code: str, rules: Mapping[str, Rule], dtypes: Mapping[str, Any]) -> tuple[Term, Any]:
    """The rate of another leaf, where it is reported in one way as a percentage or ratio."""
    from parindex.scale.columns.inputs import _Columns, _figures_of

    rule = rules[code]
    if rule.takes is not PERCENT or rule.needs:
        raise NoColumnsError
    found = [*_figures_of(code, rule, _Columns(dtypes))]
    if len(found) != 1 or found[0].no_cases is not None:
        raise NoColumnsError
    [term] = found[0].terms.values()
    if not isinstance(term, Exact | Near) and not hasattr(term, "above"):
        raise NoColumnsError
    flags = [column_of(column).is_null() for column in found[0].columns]
    return term, either(*flags, *(~fit for fit in found[0].fits))


def _told_by(fits: Condition) -> Bounds:
    """From which to which figures parts of an expression lie where a condition holds."""
    from parindex.rules.expression_tree import Compare, Logic, Number

    conditions = fits.of if isinstance(fits, Logic) and fits.word == "and" else (fits,)
    found: dict[Tree, tuple[Fraction | None, Fraction | None]] = {}
    for each in conditions:
        if isinstance(each, Logic) and each.word == "and":
            found |= _told_by(each)
        if not isinstance(each, Compare) or not isinstance(each.right, Number):
            continue
        low, high = found.get(each.left, (None, None))
        if each.sign == "≥":
            low = each.right.value
        elif each.sign == "≤":
            high = each.right.value
        found[each.left] = (low, high)
    return found


def _where(holds: Any, then: Term, other: Term) -> Term:
    """One term where a condition holds, else the other."""
    low, high = min(then.low, other.low), max(then.high, other.high)
    found = pair(then, other)
    if found is not None:
        one, two, unit = found
        return Exact(nw.when(holds).then(_column(one)).otherwise(_column(two)), unit, low, high)
    first, second = near(then), near(other)
    told = nw.when(holds).then(_column(first.expr)).otherwise(_column(second.expr))
    return Near(told, max(first.error, second.error), low, high)


def _column(value: Any) -> Any:
    return value if isinstance(value, nw.Expr) else nw.lit(float(value))


def _one_of(
    leaf: Criterion,
    found: list[Form],
    ways: list[tuple[Term, Any]],
    columns: tuple[str, ...],
) -> Leaf:
    """A leaf that is reported in one of several ways; in none or in two is for the row engine."""
    given = [~column_of(form.first).is_null() for form in found]
    number = nw.sum_horizontal(*(each.cast(nw.Int64) for each in given))
    flags = [number != 1]
    term, flag = ways[-1]
    flags += [] if flag is None else [given[-1] & flag]
    for is_given, (way, flag) in zip(given[:-1], ways[:-1], strict=True):
        term = _where(is_given, way, term)
        flags += [] if flag is None else [is_given & flag]
    others = [
        is_given & ~column_of(column).is_null()
        for is_given, form in zip(given, found, strict=True)
        for column in columns
        if column not in form.columns
    ]
    return Leaf(leaf, term, columns, either(*flags, *others))


def _shut(scheme: Scheme, guard: str, leaves: Iterable[Leaf]) -> Any:
    """Where a guard got no points, or nobody can tell: what stands behind it gets none."""
    codes = {leaf.code for leaf in scheme.by_code[guard].leaves()}
    points = [leaf.points for leaf in leaves if leaf.criterion.code in codes]
    if not points or any(each.low < 0 for each in points):
        raise NoColumnsError
    flags = []
    for each in points:
        told = near(each)
        flags.append(_column(told.expr) > float(2 * told.error))
    return ~nw.any_horizontal(*flags, ignore_nulls=True)
