"""The counts of random rows are those of a plain loop, on each engine that is installed."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pandas
import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parindex
from parindex.scale import batches, marks
from parindex.scale.mapping import map_given
from parindex.scale.reading import facts_of_files
from tests.facts_support import Plain, Row, frame, mapped

START, END = datetime.date(2025, 3, 1), datetime.date(2025, 3, 31)
DAYS = st.dates(datetime.date(2024, 12, 15), datetime.date(2025, 5, 15))


@st.composite
def dossiers(draw: st.DrawFn) -> Row:
    """A row that can be counted: received, then due, and returned or not."""
    received = draw(DAYS)
    later = st.integers(0, 60).map(lambda days: received + datetime.timedelta(days))
    returned = draw(st.none() | later)
    return {
        "received": _text(received),
        "due": _text(draw(later)),
        "returned": _text(returned) if returned else draw(st.sampled_from(["", None])),
        "channel": draw(st.sampled_from(["Trực tuyến", "Trực tiếp"])),
        "unit": draw(st.sampled_from(["Sở A", "Sở B", "Xã C"])),
        "procedure": draw(st.sampled_from(["1.1", "1.2", "1.3"])),
        "times_returned": draw(st.sampled_from(["", "0", "1", "2"])),
    }


def _text(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def lazy(rows: list[Row]) -> Any:
    return frame(rows).lazy()


def as_duckdb(rows: list[Row]) -> Any:
    table = frame(rows).to_arrow()
    return duckdb.connect().from_arrow(table)


def as_pandas(rows: list[Row]) -> Any:
    return pandas.DataFrame([dict(row) for row in rows])


def as_arrow(rows: list[Row]) -> Any:
    return frame(rows).to_arrow()


def with_days(rows: list[Row]) -> Any:
    """The same with days as days, as Parquet has them."""
    names = ("received", "due", "returned")
    return frame(rows).with_columns(polars.col(names).str.to_date("%d/%m/%Y", strict=False))


ENGINES: list[tuple[Callable[[list[Row]], Any], int]] = [
    *((frame, 8), (lazy, 3), (with_days, 3), (as_pandas, 2), (as_arrow, 2), (as_duckdb, 2)),
]


class TestWholeNumbersWithEmptyCells:
    """A program holds them as binary numbers; they count as those of texts, and an empty cell as none."""

    @pytest.mark.parametrize("empty", [None, float("nan")], ids=["null", "nan"])
    @pytest.mark.parametrize(
        "made",
        [
            lambda it: it,
            lambda it: it.lazy(),
            lambda it: it.to_pandas(),
            lambda it: it.to_pandas(use_pyarrow_extension_array=True),
            lambda it: it.to_pandas().astype(object),
            lambda it: it.to_arrow(),
            lambda it: duckdb.connect().from_arrow(it.to_arrow()),
        ],
        ids=["polars", "lazy", "pandas", "pandas-arrow", "pandas-object", "pyarrow", "duckdb"],
    )
    def test_same(self, made: Callable[[Any], Any], empty: float | None) -> None:
        map_file = "examples/dossiers/map.yaml"
        rows = polars.read_csv("examples/dossiers/rows.csv", skip_rows=1, infer_schema=False)
        times = polars.col("Số lần bổ sung").cast(polars.Float64)
        times = times if empty is None else times.fill_null(empty)
        found = parindex.facts(made(rows.with_columns(times)), map_file)
        expected = parindex.facts(rows, map_file)
        assert found.scorecards == expected.scorecards
        assert found.counted == expected.counted

    @pytest.mark.parametrize("given", ["rows.csv", [{"a": 1}], None])
    def test_no_frame(self, given: Any) -> None:
        with pytest.raises(TypeError, match="expected a frame of Polars"):
            parindex.facts(given, "examples/dossiers/map.yaml")


class TestPlainLoop:
    """What an engine counts is what a loop over the rows counts, and every row is in one or the other."""

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize(("made", "examples"), ENGINES)
    def test_same(self, made: Callable[[list[Row]], Any], examples: int) -> None:
        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(dossiers(), min_size=1, max_size=30))
        def checked(rows: list[Row]) -> None:
            found = parindex.facts(made(rows), mapped([*rows[0]]))
            plain: dict[str, Plain] = {}
            outside = 0
            for row in rows:
                each = Plain(START, END)
                each.take(row)
                if any(each.all().values()):
                    plain.setdefault(str(row["unit"]), Plain(START, END)).take(row)
                else:
                    outside += 1
            got = {
                card.unit: {name: tally.number for name, tally in card.counts.items()}  # type: ignore[union-attr]  # no groups
                for card in found.scorecards
            }
            assert got == {unit: each.all() for unit, each in plain.items()}
            assert found.read == len(rows) == found.counted + sum(e.rows for e in found.rejects)
            assert sum(each.rows for each in found.rejects) == outside

        checked()


class TestEngines:
    """Rows that are not counted are the same on every engine, for the same reasons."""

    ROWS: ClassVar[list[Row]] = [
        {"id": "a", "received": "01/03/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "a", "received": "01/03/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "b", "received": "01/03/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "b", "received": "01/03/2025", "due": "09/03/2025", "returned": "05/03/2025", "unit": "X"},
        {"id": "c", "received": "31/02/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "d", "received": "1/3/2025", "due": "9/3/2025", "returned": " 5/3/2025 ", "unit": "X"},
        {"id": "e", "received": "", "due": "", "returned": "", "unit": "X"},
        {"id": "", "received": "01/03/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "", "received": "01/03/2025", "due": "09/03/2025", "returned": "", "unit": "X"},
        {"id": "f", "received": "04/03/2025", "due": "09/03/2025", "returned": "03/03/2025", "unit": "X"},
        {"id": "g", "received": "04/03/2025", "due": "09/03/2025", "returned": "", "unit": ""},
    ]  # fmt: skip

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("made", [frame, lazy, as_pandas, as_arrow, as_duckdb])
    def test_rejects(self, made: Callable[[list[Row]], Any]) -> None:
        found = parindex.facts(made(self.ROWS), mapped([*self.ROWS[0]]))
        assert {each.kind: each.rows for each in found.rejects} == {
            "no_received_day": 1,
            "unreadable_received": 1,
            "returned_before_received": 1,
            "no_unit": 1,
            "same_id_alike": 1,
            "same_id_differs": 2,
        }
        assert (found.read, found.counted) == (11, 4)
        [card] = found.scorecards
        assert str(card.counts["received"]) == "4"


class TestManyTexts:
    """However many texts of a column differ, and ids are repeated, the counts and places stay the same."""

    @pytest.mark.parametrize(
        "spelling", ["%d/%m/%Y", "%d/%m/%Y %H:%M:%S", "%H:%M:%S %d/%m/%Y", "%Y-%m-%dT%H:%M:%S"]
    )
    def test_same(self, spelling: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        start = datetime.datetime(2025, 2, 20)  # noqa: DTZ001 - an hour of nowhere
        times = [start + datetime.timedelta(minutes=291 * at) for at in range(300)]
        rows: list[Row] = [
            {
                "id": f"H{at % 290}",
                "received": f"{time:%d/%m/%Y}",
                "due": "30/04/2025",
                "unit": f"Sở {at % 7}",
                "procedure": f"1.{at % 280}",
            }
            for at, time in enumerate(times)
        ]
        expected = parindex.facts(frame(rows), mapped([*rows[0]]))
        assert {each.kind for each in expected.rejects} == {"same_id_differs", "outside_period"}
        for module, name, most in [
            *((batches, "_MANY", 20), (batches, "_MOST", 100), (batches, "_AT_ONCE", 10)),
            *((batches, "_BATCH", 150), (marks, "_PART", 50)),
        ]:
            monkeypatch.setattr(module, name, most)
        timed: list[Row] = [
            {**row, "received": f"{time:{spelling}}"} for row, time in zip(rows, times, strict=True)
        ]
        for made in (frame, as_pandas):
            assert parindex.facts(made(timed), mapped([*rows[0]])) == expected
        file = tmp_path / "rows.csv"
        for quotes in ("necessary", "always"):
            frame(timed).write_csv(file, quote_style=quotes)
            found = facts_of_files([str(file)], map_given(mapped([*rows[0]])))
            assert (found.scorecards, found.counted) == (expected.scorecards, expected.counted)


class TestFrames:
    """A frame that lacks a mapped column, or has a heading twice, is refused with its name."""

    def test_missing(self) -> None:
        with pytest.raises(parindex.InputError, match="P109"):
            parindex.facts(frame([{"received": "01/03/2025"}]), mapped(["received", "due"]))

    def test_without_marks(self) -> None:
        table = frame([{"Ngày tiếp nhận": "01/03/2025"}])
        given = {
            "columns": {"received": "ngay tiep nhan"},
            "unit": "A",
            "period": {"from": "2025-03-01", "to": "2025-03-31"},
        }
        assert parindex.facts(table, given).counted == 1


class TestMostUnits:
    """A column with more names than there are numbers for units is refused, never counted wrongly."""

    def test_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batches, "_MOST_NAMES", {"unit": 3, "procedure": 3})
        rows: list[Row] = [{"received": "03/03/2025", "unit": name} for name in "ABC"]
        with pytest.raises(parindex.InputError, match=r"P106"):
            parindex.facts(frame(rows), mapped(("received", "unit")))
        found = parindex.facts(frame(rows[:2]), mapped(("received", "unit")))
        assert found.counted == 2


class TestNamesThatNobodySees:
    """A unit of characters that cannot be seen is none, and told so."""

    def test_reported(self) -> None:
        names = ("A", "\u200b", "\u200b \u200b", "\u2060", "\u200e", "")
        rows: list[Row] = [{"received": "03/03/2025", "unit": name} for name in names]
        found = parindex.facts(frame(rows), mapped(("received", "unit")))
        assert found.counted == 1
        assert {each.kind: each.rows for each in found.rejects} == {"no_unit": 5}
