"""`score_frame`: units of a frame scored by columns, and what columns cannot tell by the row engine."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, Final

import narwhals as nw
from msgspec import Struct
from narwhals import selectors

from parindex.findings import InputError
from parindex.findings.wing import missing
from parindex.rules.composite import CompositeRule
from parindex.rules.setting import Setting
from parindex.scale.columns.cards import is_empty, scorecard
from parindex.scale.columns.compile import compile_scheme
from parindex.scale.columns.inputs import DOT, columns_of
from parindex.scale.columns.sums import FLAG, figures_of
from parindex.scale.columns.terms import NoColumnsError
from parindex.scale.native import native
from parindex.scheme.scheme import Scheme
from parindex.scoring.group_best import score_all
from parindex.scoring.result import Result
from parindex.values.arguments import expect
from parindex.values.exact import POINTS_DIGITS, rounded
from parindex.values.finding import Finding

UNIT: Final = ("unit", "unit_id", "province", "parent", "level", "group", "year", "profile")
"""Columns that say which unit a row is of, and what is to be known of it."""
FIGURES: Final = ("points", "index", "band", "by_rows")
MOST_ROWS: Final = 200_000
"""Units that the row engine scores of one setting, where a frame is not at hand."""
_CODE: Final = re.compile(r"\s*[0-9]{1,3}(?:\.[0-9]{1,3})*(?:\.[a-z_]+(?:\..*)?)?\s*")
"""A column that is meant to be one of a criterion."""
_NO_DOT: Final = "\ue000"
_ROW: Final = "parindex row"


class _Frame(Struct, frozen=True):
    """A frame with what is known of its columns."""

    frame: Any
    dtypes: Mapping[str, Any]
    scheme: Scheme
    year: int

    @property
    def kept(self) -> list[str]:
        """The columns that hold nothing to be scored."""
        taken = columns_of(self.scheme, self.dtypes)
        return [each for each in self.dtypes if each not in taken and each != _ROW]


def score_frame(frame: Any, scheme: Scheme, year: int | None = None) -> Any:
    """The points, index and band of many units, with the digits of `parindex.score`.

    >>> import polars
    >>> scheme = parindex.load_scheme("vn-province-2018")
    >>> frame = polars.DataFrame({str(area): [1.5, 2] for area in range(1, 9)})
    >>> parindex.score_frame(frame, scheme)["points"].to_list()
    [Decimal('12.00'), Decimal('16.00')]

    Whole columns are scored at once, and the rows of which columns cannot tell a figure for
    sure are scored by the row engine: those that say something else than one fact for each leaf,
    and those with a figure so near to an edge that binary numbers cannot tell its side.

    Args:
        frame: one row for each unit, of Polars (lazy or not), DuckDB, pandas, PyArrow, Spark or
            whatever else Narwhals takes, with the columns of a leaf by its code: `1.1` (points),
            `1.1.percent` (a share of the maximum), `1.1.value` (in hundredths where the rule takes a
            percentage), `1.1.part` and `1.1.whole`, `1.1.answer`, `1.1.count`, `1.1.date`,
            `1.1.items.<id>`, `1.1.answers.<id>`, `1.1.figures.<name>`. An empty cell says nothing. A
            binary number counts as the nearest decimal of 15 digits, one of 32 bits as it prints.
            `level`, `group`, `profile` and `year` say of which unit a row is.
        scheme: the scheme of all units.
        year: the year where there is no column of it; without it the last of the scheme.

    Returns:
        A frame of the same kind, and in the order of frames that have one: the columns that hold
        nothing to be scored, `points`, `index` and `band` as printed (empty where something is
        unknown), and `by_rows`, whether the row engine scored the unit.

    Raises:
        InputError: every fault of a row that does not fit the scheme; P158 the extra `scale` is
            not installed, or PyArrow, which frames of DuckDB are handed over by.
        TypeError: `frame` is no frame.
        ValueError: a column has a code that the scheme lacks, is none that a leaf can have, or is
            of another type; or no column is of a criterion.
    """
    expect("scheme", scheme, Scheme, "a Scheme (of load_scheme)")
    told = native(frame)
    if told.implementation.is_duckdb() and find_spec("pyarrow") is None:
        raise missing("pyarrow")
    if not told.implementation.is_spark_like():
        return _scored_frame(told, scheme, year)
    plain = nw.from_native(frame.toDF(*(each.replace(".", _NO_DOT) for each in frame.columns)))
    outer = DOT.set(_NO_DOT)
    try:
        found = _scored_frame(plain, scheme, year)
    finally:
        DOT.reset(outer)
    return found.toDF(*(each.replace(_NO_DOT, ".") for each in found.columns))


def _scored_frame(told: Any, scheme: Scheme, year: int | None) -> Any:
    is_eager = isinstance(told, nw.DataFrame)
    if is_eager:
        told = told.with_row_index(_ROW)
    singles = selectors.by_dtype(nw.Float32).cast(nw.String).cast(nw.Float64)
    told = told.with_columns(singles)  # 32 bits print fewer digits than they have in 64
    dtypes = {_said(name): dtype for name, dtype in told.collect_schema().items()}
    given = _Frame(told, dtypes, scheme, year or max(scheme.years))
    _refuse(given)
    found = [_of_setting(given, told, setting) for setting in _settings(given)]
    known = nw.concat([each for each, _ in found], how="vertical")
    rows = [row for _, rest in found for row in rest]
    whole = _with_rows(given, known, rows)
    if not is_eager:
        return whole.to_native()
    return whole.sort(_ROW).drop(_ROW).to_native()


def _refuse(given: _Frame) -> None:
    """Refuse columns that look like a leaf's and are none, and figures that are there already."""
    codes = given.scheme.by_code
    if not columns_of(given.scheme, given.dtypes):
        raise ValueError(f"no column has the code of a criterion of {given.scheme.id}, such as '1'")
    for name in given.kept:
        stem = name
        while stem and stem not in codes:
            stem = stem.rpartition(".")[0]
        if stem:
            raise ValueError(f"column {name!r}: not one that {stem} can have")
        if _CODE.fullmatch(name):
            raise ValueError(f"column {name!r}: {given.scheme.id} has no criterion of this code")
        if name in FIGURES:
            raise ValueError(f"column {name!r}: score_frame adds one of this name")


def _settings(given: _Frame) -> list[tuple[Mapping[str, Any], Setting]]:
    """The years of the units, and levels and groups where rules differ by them, with the setting of each."""
    scheme = given.scheme
    rules = [leaf.scored_by for leaf in scheme.leaves]
    is_by_unit = any(rule.units or isinstance(rule, CompositeRule) for rule in rules)
    by = [each for each in ("year", *(("level", "group") * is_by_unit)) if each in given.dtypes]
    if not by:
        return [({}, Setting(given.year, scheme.level))]
    distinct = given.frame.select(*by).unique()
    if isinstance(distinct, nw.LazyFrame):
        distinct = distinct.collect()
    found: list[tuple[Mapping[str, Any], Setting]] = []
    for row in distinct.rows(named=True):
        told = {name: _plain(row[name]) for name in by}
        year = int(told["year"]) if told.get("year") is not None else given.year
        level = told.get("level") or scheme.level
        found.append((told, Setting(year, level, told.get("group"))))
    return found


def _plain(value: Any) -> Any:
    return None if is_empty(value) else value


def _of_setting(
    given: _Frame, frame: Any, wanted: tuple[Mapping[str, Any], Setting]
) -> tuple[Any, list[Mapping[str, Any]]]:
    """The figures of the rows of one setting, and the rows that the row engine must score."""
    told, setting = wanted
    for name, value in told.items():
        column = nw.col(name)
        frame = frame.filter(column.is_null() if value is None else column == value)
    kept = [each.replace(".", DOT.get()) for each in given.kept]
    kept += [_ROW] if _ROW in given.dtypes else []
    digits = given.scheme.rounding.index
    try:
        compiled = compile_scheme(given.scheme, setting, given.dtypes)
        figures = figures_of(compiled)
    except NoColumnsError:
        nothing = frame.head(0).select(
            *kept,
            nw.lit(0.0).cast(nw.Decimal(38, max(digits, POINTS_DIGITS))).alias("points"),
            nw.lit(0.0).cast(nw.Decimal(38, digits)).alias("index"),
            nw.lit(None, dtype=nw.String).alias("band"),
            nw.lit(value=False).alias("by_rows"),
        )
        return nothing, _rows(frame)
    flag = nw.lit(value=False) if figures.flag is None else figures.flag
    if "profile" in given.dtypes:
        flag |= ~nw.col("profile").is_null()
    marked = frame.with_columns(**figures.sums).with_columns(flag.alias(FLAG))
    good = marked.filter(~nw.col(FLAG)).select(
        *kept,
        figures.points.decimal.alias("points"),
        figures.index.decimal.alias("index"),
        figures.band.alias("band"),
        nw.lit(value=False).alias("by_rows"),
    )
    return good, _rows(marked.filter(nw.col(FLAG)).drop(*dict.fromkeys((*figures.sums, FLAG))))


def _rows(frame: Any) -> list[Mapping[str, Any]]:
    """The rows that columns cannot score; of a frame that lies elsewhere only so many are fetched."""
    if isinstance(frame, nw.LazyFrame):
        frame = frame.head(MOST_ROWS + 1).collect()
        if len(frame) > MOST_ROWS:
            raise ValueError(
                f"more than {MOST_ROWS} units need the row engine: score them in parts, or report "
                "each leaf in one way that its rule takes"
            )
    return [{_said(name): cell for name, cell in row.items()} for row in frame.rows(named=True)]


def _said(name: str) -> str:
    """A column as it was named."""
    return name.replace(DOT.get(), ".")


def _with_rows(given: _Frame, known: Any, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The figures of columns, and those of rows that the row engine scores, in one frame."""
    if not rows:
        return known
    cards = [scorecard(row, given.scheme, given.year, given.dtypes) for row in rows]
    results = _scored(cards, given.scheme)
    kept = [each for each in known.collect_schema().names() if each not in FIGURES]
    told: dict[str, list[Any]] = {name: [row[_said(name)] for row in rows] for name in kept}
    told |= {name: [] for name in FIGURES}
    for result in results:
        for name, value in zip(FIGURES, figures_of_result(result), strict=True):
            told[name].append(value)
    return joined(known, told)


def figures_of_result(result: Result) -> tuple[Decimal | None, Decimal | None, str | None, bool]:
    """The figures of a row that the row engine scored."""
    total, rounding = result.total, result.scheme.rounding
    points = total.final if total.complete else None
    digits = max(rounding.index, POINTS_DIGITS)
    return (
        None if points is None else rounded(points, digits, rounding.mode),
        result.index,
        result.band,
        True,
    )


def _scored(cards: Iterable[Any], scheme: Scheme) -> list[Result]:
    """The results of the row engine; all faults of all rows together."""
    if scheme.relative:
        return [*score_all([(card, scheme) for card in cards])]
    from parindex.scoring import score

    results: list[Result] = []
    faults: list[Finding] = []
    for card in cards:
        try:
            results.append(score(card, scheme))
        except InputError as error:
            faults += error.findings
    if faults:
        raise InputError(faults)
    return results


def joined(known: Any, told: Mapping[str, list[Any]]) -> Any:
    """A frame with more rows of the same columns, as the frame's own engine holds them."""
    schema = known.collect_schema()
    if known.implementation.is_pyarrow():
        import pyarrow as pa

        more = pa.table(dict(told), schema=known.to_native().schema)
        return nw.from_native(pa.concat_tables([known.to_native(), more]))
    if isinstance(known, nw.DataFrame):
        more = nw.from_dict(told, schema=schema, backend=known.implementation)
        return nw.concat([known, more], how="vertical")
    native = known.to_native()
    if known.implementation.is_duckdb():
        import pyarrow as pa

        more = pa.table(dict(told), schema=_arrow(schema))  # DuckDB finds it by its name
        return nw.from_native(native.query("known", "SELECT * FROM known UNION ALL FROM more"))
    if known.implementation.is_polars():
        import polars as pl

        frame = pl.DataFrame(dict(told), schema=native.collect_schema())
        return nw.from_native(pl.concat([native, frame.lazy()]))
    session = native.sparkSession
    rows = [*zip(*told.values(), strict=True)]
    return nw.from_native(native.union(session.createDataFrame(rows, native.schema)))


def _arrow(schema: Mapping[str, Any]) -> Any:
    """The schema as Arrow writes it."""
    empty = nw.from_dict({name: [] for name in schema}, schema=dict(schema), backend="pyarrow")
    return empty.to_native().schema
