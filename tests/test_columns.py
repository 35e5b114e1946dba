"""Scoring by columns gives the digits of the row engine, ties included."""

import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parindex as api
from parindex.findings import InputError
from parindex.rules.setting import Setting
from parindex.scale.columns.compile import EXACT, compile_scheme
from parindex.scale.columns.frame import score_frame
from parindex.scale.columns.ranks import places
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.facts import Percent, Points, State
from tests.columns_support import (
    BANDS,
    Form,
    cells,
    exactly,
    frame,
    rows_of,
    schemes,
    shown,
    told,
    units,
)
from tests.support import ROOT

EXAMPLES = int(os.environ.get("PARINDEX_CARDS", "400")) // 25
"""How many random schemes are compared."""


def scheme_of(*leaves: Form, **more: Any) -> Scheme:
    """A scheme of leaves that are areas of their own."""
    most = sum(Fraction(str(each["max"])) for each in leaves)
    criteria = [{"name": {"vi": each["code"]}} | each for each in leaves]
    form = {"id": "drawn", "title": {"vi": "Thử"}, "years": ["2024"], "bands": [BANDS],
            "max": str(Decimal(most.numerator) / most.denominator), "criteria": criteria}  # fmt: skip
    return Scheme.model_validate(form | more)


RATIO = {"kind": "ratio"}
POINTS = {"code": "1", "max": "8"}


class TestLikeTheRowEngine:
    """Points, index and band of random units under random schemes are those of the row engine."""

    @settings(
        deadline=None,
        max_examples=EXAMPLES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(data=st.data(), binary=st.booleans())
    def test_random(self, data: Any, binary: bool) -> None:
        scheme = data.draw(schemes())
        found = [data.draw(units(scheme)) for _ in range(8)]
        results = exactly(found, scheme)
        kept = [(each, result) for each, result in zip(found, results, strict=True) if result]
        if not kept or not any(each for each, _ in kept):
            return
        table = frame(rows_of([each for each, _ in kept], scheme), binary=binary)
        scored = score_frame(table, scheme)
        for row, (_, result) in zip(scored.rows(named=True), kept, strict=True):
            assert told(row) == shown(result)


class TestEdges:
    """Figures made to sit on an edge are those of exact arithmetic, by columns where these can tell."""

    @pytest.mark.parametrize(
        ("mode", "printed"), [("half-up", "0.13"), ("half-even", "0.12"), ("down", "0.12")]
    )
    def test_ties_of_exact_sums(self, mode: str, printed: str) -> None:
        """0.01 of 8 points are 0.125 % of them."""
        scheme = scheme_of(POINTS, rounding={"mode": mode})
        scored = score_frame(pl.DataFrame({"1": [0.01, 0.03]}), scheme)
        assert scored["index"].to_list()[0] == Decimal(printed)
        assert scored["by_rows"].sum() == 0

    def test_ties_of_quotients_are_for_the_row_engine(self) -> None:
        """1/800 of the maximum is 0.125 %, which a binary quotient cannot tell from a bit less."""
        table = pl.DataFrame({"1.part": [1, 1, 3], "1.whole": [800, 801, 800]})
        scored = score_frame(table, scheme_of({"code": "1", "max": "3", "rule": RATIO}))
        assert scored["index"].to_list() == [Decimal("0.13"), Decimal("0.12"), Decimal("0.38")]
        assert scored["by_rows"].to_list() == [True, False, True]

    @pytest.mark.parametrize(("floor", "part"), [("70%", 7), ("90%", 9), ("30%", 3), ("60%", 6)])
    def test_a_rate_exactly_at_a_threshold(self, floor: str, part: int) -> None:
        """Cross products are exact, where 7 / 10 >= 0.7 in binary would be luck."""
        rule = {
            "kind": "steps",
            "steps": [{"from": floor[:-1], "points": "1"}, {"from": "0", "points": "0"}],
        }
        wholes = [10, 30, 70, 1_000_000_010]
        table = pl.DataFrame({"1.part": [n // 10 * part for n in wholes], "1.whole": wholes})
        scored = score_frame(table, scheme_of({"code": "1", "max": "1", "rule": rule}))
        assert scored["index"].to_list() == [100, 100, 100, 100]
        less = table.with_columns(pl.col("1.part") - 1)
        assert (
            score_frame(less, scheme_of({"code": "1", "max": "1", "rule": rule}))["index"].to_list()
            == [0] * 4
        )

    def test_a_percentage_at_a_threshold(self) -> None:
        rule = {
            "kind": "steps",
            "steps": [{"above": "70", "points": "1"}, {"from": "0", "points": "0"}],
        }
        table = pl.DataFrame({"1.value": [70.0, 70.0001, 69.9999]})
        scored = score_frame(table, scheme_of({"code": "1", "max": "1", "rule": rule}))
        assert scored["index"].to_list() == [0, 100, 0]
        assert scored["by_rows"].sum() == 0

    def test_thirds(self) -> None:
        """1/3 + 1/3 + 1/3 is 1, just at the edge of a band that begins there."""
        leaves = [{"code": str(n), "max": "1", "rule": RATIO} for n in (1, 2, 3)]
        table = pl.DataFrame(
            {f"{n}.{x}": [v] for n in (1, 2, 3) for x, v in (("part", 1), ("whole", 3))}
        )
        bands = [{"steps": [{"name": "A", "from": "33.3333"}, {"name": "B", "from": "0"}]}]
        scheme = scheme_of(*leaves, rounding={"index": "4"}, bands=bands)
        row = score_frame(table, scheme).rows(named=True)[0]
        assert told(row) == (Decimal("1.0000"), Decimal("33.3333"), "A")

    def test_bands_by_points_at_their_edge(self) -> None:
        bands = [
            {"by": "points", "steps": [{"name": "A", "above": "6.50"}, {"name": "B", "from": "0"}]}
        ]
        scored = score_frame(
            pl.DataFrame({"1": [6.5, 6.504, 6.505]}), scheme_of(POINTS, bands=bands)
        )
        assert scored["band"].to_list() == ["B", "B", "A"]

    def test_binary_numbers_count_as_decimals(self) -> None:
        """0.1 + 0.2 means 0.3; what has more digits than columns take goes to the row engine."""
        table = pl.DataFrame({"1": [0.1 + 0.2, 0.30001, 0.3, 1e-300]})
        scored = score_frame(table, scheme_of(POINTS, rounding={"index": "4"}))
        assert scored["index"].to_list() == [
            Decimal("3.7500"),
            Decimal("3.7501"),
            Decimal("3.7500"),
            0,
        ]
        assert scored["by_rows"].to_list() == [False, True, False, True]

    def test_binary_numbers_of_32_bits_are_what_they_print(self) -> None:
        """7.93 of 32 bits is 7.9299998 in 64, which would miss a band from 7.93."""
        bands = [{"by": "points", "steps": [{"name": "A", "from": "7.93"}, {"name": "B", "from": "0"}]}]  # fmt: skip
        scheme = scheme_of(POINTS, bands=bands)
        table = pl.DataFrame({"1": pl.Series([7.93, 7.92], dtype=pl.Float32)})
        scored = score_frame(table, scheme)
        assert (scored["band"].to_list(), scored["by_rows"].any()) == (["A", "B"], False)

    def test_whole_numbers_beyond_binary(self) -> None:
        """Counts that 53 bits cannot hold, multiplied, go to the row engine and are exact there."""
        formula = {"kind": "formula", "inputs": {"a": "count", "b": "count"},
                   "points": "min(maximum, a * a * a / (b * b * b))"}  # fmt: skip
        table = pl.DataFrame({"1.figures.a": [200_001, 2], "1.figures.b": [200_002, 2]})
        scored = score_frame(table, scheme_of({"code": "1", "max": "1", "rule": formula}))
        exact = Fraction(200_001**3, 200_002**3) * 100
        assert scored["index"].to_list() == [
            round(Decimal(exact.numerator) / exact.denominator, 2),
            100,
        ]


class TestRowsThatFallBack:
    """What columns do not know goes to the row engine, or is refused with its place."""

    scheme = scheme_of(POINTS, {"code": "2", "max": "2", "rule": RATIO, "requires": "1"})

    def scored(self, **columns: list[Any]) -> list[dict[str, Any]]:
        names = {"points_": "1", "part": "2.part", "whole": "2.whole"}
        table = pl.DataFrame({names.get(name, name): each for name, each in columns.items()})
        rows: list[dict[str, Any]] = score_frame(table, self.scheme).rows(named=True)
        return rows

    def test_unknown(self) -> None:
        full, less = self.scored(points_=[8.0, None], part=[1, 1], whole=[2, 2])
        assert (full["index"], full["by_rows"]) == (90, False)
        assert (less["index"], less["by_rows"]) == (None, True)

    def test_a_guard_that_got_nothing(self) -> None:
        [row] = self.scored(points_=[0.0], part=[1], whole=[1])
        assert (row["index"], row["by_rows"]) == (0, True)

    @pytest.mark.parametrize(("part", "whole"), [(3, 2), (1, 0), (0, 0), (-1, 2)])
    def test_what_is_refused_names_the_leaf(self, part: int, whole: int) -> None:
        with pytest.raises(InputError) as refused:
            self.scored(points_=[8.0], part=[part], whole=[whole])
        assert [each.where for each in refused.value.findings] == ["2"]

    @pytest.mark.parametrize(
        ("columns", "told_"),
        [
            ({"points_": [8.0], "1.points": [8.0]}, "1, 1.points: reported in two ways"),
            ({"points_": ["viii"]}, "1: expected a number; found 'viii'"),
            ({"points_": [8.0], "part": [1]}, "2.part: expected a part and a whole"),
        ],
    )
    def test_cells_that_are_no_fact_name_their_columns(
        self, columns: dict[str, list[Any]], told_: str
    ) -> None:
        with pytest.raises(ValueError, match=f"^Xã A: {told_}$"):
            self.scored(unit=["Xã A"], **columns)

    def test_a_profile(self) -> None:
        scheme = scheme_of(POINTS, {"code": "2", "max": "2"}, profiles={"small": ["2"]})
        table = pl.DataFrame({"1": [4.0, 4.0], "2": [None, 1.0], "profile": ["small", None]})
        scored = score_frame(table, scheme)
        assert scored["index"].to_list() == [50, 50]
        assert scored["by_rows"].to_list() == [True, False]

    def test_a_column_that_no_leaf_can_have(self) -> None:
        with pytest.raises(ValueError, match=r"1\.valu"):
            self.scored(points_=[8.0], **{"1.valu": [1]})

    @pytest.mark.parametrize(
        ("columns", "told"),
        [
            ({"9": [1]}, "column '9': .* no criterion of this code"),
            ({" 1 ": [1]}, "column ' 1 ': .* no criterion"),
            ({"1.9.1.percent": [1]}, "not one that 1 can have"),
            ({"9.1.percent": [1]}, r"column '9\.1\.percent': .* no criterion"),
            ({"1": [True]}, "expected a number; found True"),
        ],
        ids=str,
    )
    def test_no_points_are_lost_or_made(self, columns: dict[str, Any], told: str) -> None:
        frame = pl.DataFrame({**{str(area): [1] for area in range(2, 9)}, **columns})
        with pytest.raises(ValueError, match=told):
            score_frame(frame, api.load_scheme("vn-province-2018"))

    @pytest.mark.parametrize("code", [1, 1.1, ("1", "x")], ids=str)
    def test_names_that_are_no_texts(self, code: Any) -> None:
        import pandas

        frame = pandas.DataFrame([[1]], columns=pandas.Index([code], dtype=object))
        with pytest.raises(ValueError, match=r"expected its name as text"):
            score_frame(frame, api.load_scheme("vn-province-2018"))

    def test_nothing_to_be_scored(self) -> None:
        frame = pl.DataFrame({"unit": ["A"], "code": ["1"]})
        with pytest.raises(ValueError, match="no column has the code of a criterion"):
            score_frame(frame, api.load_scheme("vn-province-2018"))
        with pytest.raises(TypeError, match="expected a frame of Polars"):
            score_frame("units.csv", api.load_scheme("vn-province-2018"))

    def test_order_and_other_columns_stay(self) -> None:
        rows = self.scored(
            unit=list("abcd"), points_=[8.0, None, 4.0, 0.0], part=[1] * 4, whole=[2] * 4
        )
        assert [row["unit"] for row in rows] == list("abcd")
        assert [row["by_rows"] for row in rows] == [False, True, False, True]

    def test_units_of_several_levels(self) -> None:
        rule = {"kind": "ratio", "target": {"province": "20%", "others": "50%"}}
        scheme = scheme_of({"code": "1", "max": "1", "rule": rule})
        table = pl.DataFrame(
            {"level": ["province", "commune", None], "1.value": [10.0, 10.0, 10.0]}
        )
        scored = score_frame(table, scheme)
        assert scored["index"].to_list() == [50, 20, 20]
        assert scored["by_rows"].sum() == 0


class TestPointsByLeaf:
    """The points of leaves are near the exact ones, within `errors`."""

    def test_errors(self) -> None:
        scheme = scheme_of(POINTS, {"code": "2", "max": "2", "rule": RATIO})
        table = pl.DataFrame({"1": [0.1, 9.0], "2.part": [1, 1], "2.whole": [3, 3]})
        compiled = compile_scheme(scheme, Setting(2024), dict(nw.from_native(table).schema))
        found = compiled.points_by_leaf(table)
        assert found[EXACT].to_list() == [True, False]
        for code, exact in (("1", Fraction(1, 10)), ("2", Fraction(2, 3))):
            assert (
                abs(Fraction(found[code][0]) - exact) <= compiled.errors[code] < Fraction(1, 10**14)
            )


class TestPlaces:
    """Equal sums share a place, however they came about, and near ones are told apart exactly."""

    def test_equal_by_different_ways(self) -> None:
        exact = [
            Fraction(1),
            Fraction(3, 10),
            Fraction(3, 10),
            Fraction(3, 10) - Fraction(1, 10**20),
        ]
        sums = np.array([1.0, 0.1 + 0.2, 0.3, 0.3])
        found, asked = places(sums, Fraction(1, 10**15), lambda unit: exact[unit])
        assert (found.tolist(), asked) == ([1, 2, 2, 4], 3)

    def test_exact_sums_need_nobody(self) -> None:
        found, asked = places(np.array([3.0, 5.0, 3.0, 4.0]), Fraction(0), lambda _: Fraction(0))
        assert (found.tolist(), asked) == ([3, 1, 3, 2], 0)


FILES = [
    *(path for path in sorted((ROOT / "seeds").rglob("*.yaml")) if "schemes" not in path.parts),
    *(ROOT / "examples" / f"{name}" for name in ("provinces-2018.csv", "departments-2024.yaml",
                                                 "service-index-2026.yaml", "tt01-2018.yaml")),
]  # fmt: skip


def is_a_row(card: Scorecard) -> bool:
    """Whether a frame can hold all that a scorecard says."""
    facts = [entry.fact for entry in card.scores.values()]
    plain = not any(isinstance(fact, State | Percent) for fact in facts)
    staged = any(entry.stages or entry.stage for entry in card.scores.values())
    return plain and not staged and bool(facts) and not (card.parts or card.total)


class TestPublishedTables:
    """Published tables, and all files of the project, give by columns what they give by rows."""

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
    def test_files(self, file: Path) -> None:
        for card in filter(is_a_row, api.read_scorecards(file)):
            result = api.score(card)
            row: Form = {"level": card.level, "group": card.group, "profile": card.profile}
            for code, entry in card.scores.items():
                row |= cells(code, entry.fact, result.scheme)
            if card.applicable_max is None and card.days is None:
                [scored] = score_frame(frame([row], binary=False), result.scheme, card.year).rows(
                    named=True
                )
                assert told(scored) == shown(result)

    def test_published_points_of_the_whole(self) -> None:
        """Of each maximum one scheme of one leaf, whose units are those of all tables."""
        rows = [row for row in api.published(kind="result") if row.points is not None and row.max]
        assert len(rows) > 50
        for most in {row.max for row in rows}:
            scheme = scheme_of({"code": "1", "max": str(most)})
            units_ = [{"1": Points(row.points or Decimal(0))} for row in rows if row.max == most]
            table = frame(rows_of(units_, scheme), binary=True)
            for row, result in zip(
                score_frame(table, scheme).rows(named=True), exactly(units_, scheme), strict=True
            ):
                assert result is not None
                assert told(row) == shown(result)
                assert not row["by_rows"]


def a_table() -> tuple[Scheme, Any]:
    """A scheme and units that columns, and some that only rows can score."""
    rule = {
        "kind": "steps",
        "of": "percent",
        "steps": [{"from": "90", "points": "2"}, {"from": "0", "points": "0"}],
    }
    scheme = scheme_of(
        POINTS,
        {"code": "2", "max": "2", "rule": rule},
        {"code": "3", "max": "3", "rule": RATIO},
        {"code": "4", "max": "1", "rule": {"kind": "choice", "options": {"yes": "1", "no": "0"}}},
    )
    n = 60
    table = pl.DataFrame(
        {
            "unit": [f"Xã {i}" for i in range(n)],
            "1": [None if i % 13 == 5 else i % 9 / 8 for i in range(n)],
            "2.value": [i * 1.5 + 8.25 for i in range(n)],
            "3.part": [i % 4 for i in range(n)],
            "3.whole": [i % 5 + 4 for i in range(n)],
            "4.answer": [("yes", "no")[i % 2] for i in range(n)],
        }
    )
    return scheme, table


class TestEngines:
    """Every engine gives the same figures."""

    def expected(self) -> tuple[Scheme, Any, list[tuple[Any, ...]]]:
        scheme, table = a_table()
        return scheme, table, sorted(score_frame(table, scheme).rows())

    def test_lazy_polars(self) -> None:
        scheme, table, rows = self.expected()
        assert sorted(score_frame(table.lazy(), scheme).collect().rows()) == rows

    def test_pandas(self) -> None:
        scheme, table, rows = self.expected()
        found = score_frame(table.to_pandas(), scheme)
        again = pl.from_pandas(found).select(pl.all()).rows()
        assert sorted(again) == rows

    def test_pyarrow(self) -> None:
        scheme, table, rows = self.expected()
        assert sorted(pl.DataFrame(score_frame(table.to_arrow(), scheme)).rows()) == rows

    def test_duckdb(self) -> None:
        import duckdb

        scheme, table, rows = self.expected()
        connection = duckdb.connect()
        relation = connection.from_arrow(table.to_arrow())
        assert sorted(score_frame(relation, scheme).fetchall()) == rows
