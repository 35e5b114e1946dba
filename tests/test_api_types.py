"""The types of the Python interface know the choices; mypy proves it with this file.

Each `type: ignore` must be needed, which `warn_unused_ignores` sees to: if a
choice became any text, mypy would fail here.
"""

import io
from collections.abc import Mapping
from typing import Any, assert_type

import polars

import parindex
from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.published_figures.bounds import BoundedRow
from parindex.published_figures.summary import YearKnown
from parindex.values.as_data import Several
from parindex.values.finding import Severity


def wrong(card: parindex.Scorecard, result: parindex.Result) -> None:
    """Is not called: mypy reads it."""
    parindex.losses(result, by="xx")  # type: ignore[arg-type]
    parindex.rank([result], ties="foo")  # type: ignore[arg-type]
    parindex.score(card, stage="foo")  # type: ignore[call-overload]
    parindex.published(kind="foo")  # type: ignore[call-overload]
    parindex.data_list(kind="foo")  # type: ignore[call-overload]
    parindex.published(level="foo")  # type: ignore[call-overload]
    parindex.read_scorecards("-", decimal="foo")  # type: ignore[arg-type]
    parindex.score(result)  # type: ignore[call-overload]
    parindex.score("a.yaml")  # type: ignore[arg-type]
    parindex.target(result, index=0.5)  # type: ignore[arg-type]


def right(card: parindex.Scorecard) -> None:
    """What comes out has its own type, and not `object`."""
    result = assert_type(parindex.score(card, stage="self"), parindex.Result)
    assert_type(parindex.losses(result, by="lead"), Losses)
    assert_type(parindex.target(result, band="A"), Target)
    assert_type(parindex.rank(each for each in [result]), Several[Ranking])
    assert_type(parindex.compare(result, result), Comparison)
    assert_type(parindex.published(2023, bounds=True), Several[BoundedRow])
    assert_type(parindex.data_list(summary=True), Several[YearKnown])
    assert_type(parindex.data_list().to_json(), str)
    assert_type(parindex.published(kind="area", level="province"), Several[PublishedRow])
    ranked: list[Ranking] = parindex.rank([result])
    assert_type(ranked[0].to_json(), str)
    assert_type(parindex.simulate(result, {"1": "1"}), Simulation)


def program(body: dict[str, object], data: bytes, rows: list[dict[str, object]]) -> None:
    """What a service, a notebook and a script write; mypy reads it strictly."""
    assert_type(parindex.load_scheme(body), parindex.Scheme)
    for given in (body, data, rows, [body], io.BytesIO(data), io.StringIO("unit: A")):
        cards = assert_type(parindex.read_scorecards(given, kind="yaml"), list[parindex.Scorecard])
    parindex.read_scorecards(polars.DataFrame(rows))
    findings = assert_type(parindex.check(body), Several[parindex.Finding])
    assert_type(findings[0].message("vi"), str)
    assert_type(findings[0].severity, Severity)
    results = assert_type(parindex.score(cards), Several[parindex.Result])
    assert_type(parindex.to_json(results), str)
    assert_type(results[0].to_dict(depth=2), dict[str, Any])
    assert_type(parindex.to_rows(results, numbers="float"), list[dict[str, Any]])
    assert_type(parindex.explain(results[0], "1"), parindex.Explanation)
    assert_type(parindex.report(results, "ranking", "docx"), bytes)
    assert_type(parindex.report(results[0], "plan", lang="vi"), str)
    assert_type(parindex.chart(results[0]).svg(), str)
    scheme = results[0].scheme
    assert_type(parindex.template(scheme, kind="xlsx"), bytes)
    assert_type(parindex.template(scheme, "A", 2024, "csv"), str)
    assert_type(parindex.trend("Sóc Trăng").to_json(), str)
    assert_type(parindex.stability(results, draws=100, leave_out="area"), Several[Stability])
    assert_type(parindex.split(cards[0]), Mapping[str, parindex.Scorecard])
    assert_type(parindex.merge(parindex.split(cards[0])).card, parindex.Scorecard | None)
    assert_type(parindex.schema("result"), dict[str, Any])
    assert_type(parindex.schemes(), Several[parindex.Scheme])
    assert_type(parindex.import_scheme("annex.docx").text("vi"), str)
    assert_type(
        parindex.facts(polars.DataFrame(rows), "map.yaml").scorecards,
        tuple[parindex.Scorecard, ...],
    )
    assert_type(parindex.write_scorecard(cards), str)
    try:
        parindex.read_scorecards(body, decimal="comma")
    except parindex.InputError as error:
        assert_type(error.findings, tuple[parindex.Finding, ...])
        assert_type(error.to_json("vi"), str)


def wrong_program(result: parindex.Result) -> None:
    """Is not called, as `wrong`."""
    parindex.read_scorecards(5)  # type: ignore[arg-type]
    parindex.read_scorecards(b"", kind="pdf")  # type: ignore[arg-type]
    parindex.to_frame(result, "excel")  # type: ignore[arg-type]
    parindex.to_rows(result, numbers="text")  # type: ignore[arg-type]
    parindex.report(result, "poem")  # type: ignore[call-overload]
    parindex.template(result.scheme, kind="pdf")  # type: ignore[call-overload]
    parindex.schema("nothing")  # type: ignore[arg-type]
    parindex.stability([result], leave_out="unit")  # type: ignore[arg-type]
    parindex.explain(result, 6)  # type: ignore[arg-type]
    result.scorecard.doubts[0].message("fr")  # type: ignore[arg-type]


class TestTypes:
    """Types are read by mypy; that a run passes them through is the rest."""

    def test_right(self) -> None:
        [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml", decimal="point")
        right(card)
