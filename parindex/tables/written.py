"""How each thing that the library gives is written: as JSON, as rows of CSV, and as tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple

from parindex.analysis.cases import Checked
from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.analysis.verification import Verified
from parindex.published_figures.bounds import BoundedRow
from parindex.published_figures.choose import Coverage
from parindex.published_figures.summary import YearKnown
from parindex.published_figures.trend import Trend
from parindex.scheme.scheme import MAX_DEPTH, Scheme
from parindex.scoring.result import Result
from parindex.tables import (
    compare,
    data,
    explain,
    findings,
    losses,
    ranking,
    schemes,
    score,
    score_data,
    score_rows,
    simulation,
    stability,
    target,
    trend,
    verdicts,
)
from parindex.tables.explanation import Explanation
from parindex.tables.figures import unnested
from parindex.tables.table import Table
from parindex.values.as_data import AsData, Several
from parindex.values.finding import Finding
from parindex.values.language import Language

LISTED_SCHEMES: Final = "schemes list"
"""The list of schemes, which says less of each than the scheme itself."""
Record = Mapping[str, Any]


class Written(NamedTuple):
    """How things of one class are written.

    `format`, `key` and `head` are of the JSON document; `records` are what it has of one thing, to a
    depth. `columns` and `rows` are those of CSV, where there is one, and `tables` what people see of
    several things.
    """

    format: str
    key: str
    records: Callable[[Any, int], Iterable[Any]]
    head: Callable[[Any], Record] = lambda _: {}
    columns: Sequence[str] = ()
    rows: Callable[[Any], Iterable[Record]] = lambda _: ()
    tables: Callable[[Sequence[Any], Language], Iterable[Table]] = lambda _, _say: ()


def one(record: Callable[[Any], Any]) -> Callable[[Any, int], Iterable[Any]]:
    """The records of a thing that is one record."""
    return lambda it, _depth: [record(it)]


def row(record: Callable[[Any], Record]) -> Callable[[Any], Iterable[Record]]:
    """The rows of a thing that is one row."""
    return lambda it: [record(it)]


def each_of_them(
    tables: Callable[[Any, Language], Iterable[Table]],
) -> Callable[[Sequence[Any], Language], Iterable[Table]]:
    """The tables of several things that have their own each."""
    return lambda things, say: (table for each in things for table in tables(each, say))


def _compared(it: Comparison) -> compare.Compared:
    return compare.Compared(it, it.means, it.of, it.ties, {}, merged=False)


_WRITTEN: Final[dict[type[Any] | str, Written]] = {
    Result: Written(
        score_data.FORMAT,
        "results",
        lambda it, depth: [score_data.score_data(it, depth)],
        lambda _: score_data.TOOL,
        score_rows.COLUMNS,
        lambda it: score_rows.score_records(it, MAX_DEPTH),
        each_of_them(lambda it, say: [score.score_sheet(it, 1, say)]),
    ),
    Ranking: Written(
        ranking.FORMAT,
        "groups",
        one(ranking.ranking_data),
        columns=ranking.COLUMNS,
        rows=ranking.ranking_records,
        tables=each_of_them(lambda it, say: [ranking.ranking_sheet(it, say)]),
    ),
    Stability: Written(
        stability.FORMAT,
        "groups",
        one(stability.stability_data),
        lambda it: stability.stability_head(it.choices),
        stability.COLUMNS,
        stability.stability_records,
        each_of_them(stability.stability_tables),
    ),
    Comparison: Written(
        compare.FORMAT,
        "comparisons",
        one(lambda it: compare.comparison_record(_compared(it))),
        columns=compare.COLUMNS,
        rows=compare.pair_records,
        tables=each_of_them(
            lambda it, say: compare.comparison_tables(_compared(it), say, detail=len(it.pairs) == 1)
        ),
    ),
    Losses: Written(
        losses.FORMAT,
        "results",
        one(losses.losses_data),
        columns=losses.COLUMNS,
        rows=losses.losses_records,
        tables=each_of_them(losses.losses_sheets),
    ),
    Simulation: Written(
        simulation.FORMAT,
        "results",
        one(lambda it: simulation.simulation_data(it, it.name, it.peers)),
        columns=simulation.COLUMNS,
        rows=lambda it: simulation.simulation_records(it, it.name, it.peers),
        tables=each_of_them(
            lambda it, say: [simulation.simulation_sheet(it, it.name, it.peers, say)]
        ),
    ),
    Target: Written(
        target.FORMAT,
        "results",
        one(target.target_data),
        columns=target.COLUMNS,
        rows=target.target_records,
        tables=each_of_them(target.target_sheets),
    ),
    Trend: Written(
        trend.FORMAT,
        "lines",
        lambda it, _: map(trend.line_record, it.lines),
        trend.trend_head,
        trend.COLUMNS,
        trend.trend_records,
        each_of_them(lambda it, say: [trend.trend_table(it, [], say)]),
    ),
    Explanation: Written(
        explain.FORMAT,
        "explanations",
        one(lambda it: explain.explanation_record(it.subject, it.code)),
        columns=explain.COLUMNS,
        rows=lambda it: explain.explanation_rows(it.subject, it.code),
        tables=each_of_them(lambda it, say: [explain.explanation_table(it.subject, it.code, say)]),
    ),
    PublishedRow: Written(
        data.FORMAT,
        "rows",
        one(data.row_record),
        columns=data.COLUMNS,
        rows=row(data.row_record),
        tables=lambda rows, say: [data.rows_table(rows, [], say)],
    ),
    BoundedRow: Written(
        data.BOUNDS_FORMAT,
        "rows",
        one(lambda it: data.bounded_record(it.row, it.bounds)),
        columns=data.BOUNDS_COLUMNS,
        rows=row(lambda it: data.bounded_record(it.row, it.bounds)),
        tables=lambda rows, say: [
            data.rows_table(
                [it.row for it in rows], [], say, [it.bounds for it in rows if it.bounds]
            )
        ],
    ),
    Coverage: Written(
        data.COVERAGE_FORMAT,
        "coverage",
        one(data.coverage_record),
        columns=data.COVERAGE_COLUMNS,
        rows=row(data.coverage_record),
        tables=lambda found, say: [data.coverage_table(found, say)],
    ),
    YearKnown: Written(
        data.SUMMARY_FORMAT,
        "years",
        one(data.summary_record),
        columns=data.SUMMARY_COLUMNS,
        rows=row(data.summary_record),
        tables=lambda found, say: [data.summary_table(found, say)],
    ),
    Scheme: Written(
        schemes.FORMAT,
        "schemes",
        one(schemes.scheme_record),
        columns=schemes.CRITERION_COLUMNS,
        rows=lambda it: schemes.criterion_records(it, MAX_DEPTH),
        tables=each_of_them(lambda it, say: [schemes.scheme_table(it, MAX_DEPTH, say)]),
    ),
    LISTED_SCHEMES: Written(
        schemes.FORMAT,
        "schemes",
        one(schemes.list_record),
        columns=schemes.LIST_COLUMNS,
        rows=row(schemes.list_row),
        tables=lambda found, say: [schemes.list_table(found, say)],
    ),
    Finding: Written(
        findings.FORMAT,
        "findings",
        one(findings.finding_record),
        columns=findings.COLUMNS,
        rows=row(findings.finding_record),
        tables=lambda found, say: [findings.findings_table(found, "", say)],
    ),
    Verified: Written(
        verdicts.VERIFY_FORMAT,
        "results",
        one(verdicts.verify_record),
        lambda _: score_data.TOOL,
        verdicts.VERIFY_COLUMNS,
        lambda it: unnested([verdicts.verify_record(it)], "differences"),
        lambda found, say: verdicts.verify_tables(found, 0, say),
    ),
    Checked: Written(
        verdicts.CASE_FORMAT,
        "cases",
        one(verdicts.case_record),
        columns=verdicts.CASE_COLUMNS,
        rows=lambda it: unnested([verdicts.case_record(it)], "differences"),
        tables=verdicts.case_tables,
    ),
}
THINGS: Final = (AsData, Finding)
"""What all that is written is an instance of."""


def written(kind: type[Any] | str) -> Written | None:
    """How things of a class are written; None where they are not."""
    if kind in _WRITTEN:
        return _WRITTEN[kind]
    writer: str = getattr(kind, "_writer", "")
    found: Written | None = import_module(writer).WRITTEN if writer else None
    return found


def kind_of(thing: Any) -> type[Any] | str:
    """The class of a thing, or that of the items of a list."""
    return thing.kind if isinstance(thing, Several) else type(thing)
