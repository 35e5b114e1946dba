"""Spark counts and scores as the embedded engine does, to the last digit and place."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import parindex
from parindex.scale.api import Facts
from parindex.scale.mapping import map_given
from parindex.scheme.scheme import Scheme
from tests.columns_support import exactly, rows_of, schemes, shown, told, units
from tests.columns_support import frame as frame_of_units
from tests.processes import start_anew
from tests.spark_support import (
    COLUMNS,
    HAS_SPARK,
    INTERPRETED,
    MAP,
    QUICK,
    STARTED,
    WHY,
    dossiers,
    frame,
    server_command,
    write_files,
)

pytestmark = [
    pytest.mark.skipif(not HAS_SPARK, reason=WHY),
    pytest.mark.filterwarnings("ignore"),  # Spark warns of versions and of sockets
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests."""
    from parindex.scale.spark import session

    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUICK.items():
            patch.setenv(name, value)
        with session("local[2]") as found:
            for name, value in INTERPRETED.items():
                found.conf.set(name, value)
            yield found


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of Spark Connect."""
    with subprocess.Popen(
        server_command(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **QUICK},
        text=True,
    ) as running:
        assert running.stderr is not None
        told_ = (STARTED.search(line) for line in running.stderr)
        port = next(each[1] for each in told_ if each)
        threading.Thread(target=running.stderr.read, daemon=True).start()
        yield f"spark://localhost:{port}"
        running.terminate()


def without_places(found: Facts) -> Any:
    """What was counted and what was not: a frame of Spark does not number its rows."""
    rejects = sorted((each.kind, each.found, each.rows) for each in found.rejects)
    return found.scorecards, rejects, found.read, found.counted


class TestFacts:
    """The counts of messy dossiers are those of the embedded engine, and the rows not counted, too."""

    def test_files(self, spark: Any, tmp_path: Path) -> None:
        from parindex.scale.reading import facts_of_files
        from parindex.scale.spark import facts_by

        write_files(tmp_path, 16)
        embedded = facts_of_files([str(tmp_path)], map_given(MAP))
        found = facts_by(spark, [str(tmp_path)], map_given(MAP))
        assert len(embedded.rejects) > 10
        assert embedded.counted > 50
        assert found == embedded

    def test_frame(self, spark: Any) -> None:
        table = frame(dossiers(300, 61))
        fields = ", ".join(f"{name} string" for name in COLUMNS)
        found = parindex.facts(spark.createDataFrame(table.rows(), fields), MAP)
        assert without_places(found) == without_places(parindex.facts(table, MAP))

    def test_time_limits(self, spark: Any) -> None:
        rows = [
            (f"{day:02}/03/2025", limit, f"{day + 9:02}/03/2025", "05/03/2025", until, procedure)
            for day in range(1, 20)
            for limit in ("5", "6 ngày làm việc", "", "?")
            for until in ("", "07/03/2025")
            for procedure in ("1.1", "1.2'")
        ]
        names = ("received", "limit", "returned", "suspended_from", "suspended_to", "procedure")
        given = {
            "columns": {each: each for each in names},
            "period": MAP["period"],
            "unit": "A",
            "time_limit": {"procedures": {"1.2'": 4}},
            "suspension": {"calendar": "working"},
        }
        table = polars.DataFrame(rows, schema=[*names], orient="row")
        fields = ", ".join(f"{name} string" for name in names)
        found = parindex.facts(spark.createDataFrame(rows, fields), given)
        assert without_places(found) == without_places(parindex.facts(table, given))
        assert found.counted > 100

    def test_lines_that_cannot_be_told_apart(self, spark: Any, tmp_path: Path) -> None:
        from parindex.scale.spark import facts_by

        file = tmp_path / "rows.csv"
        file.write_text('received,unit\n01/03/2025,A\n02/03/2025,"A\nB"\n', encoding="utf-8")
        names = {"columns": {"received": "received", "unit": "unit"}, "period": MAP["period"]}
        with pytest.raises(parindex.InputError, match=r"rows\.csv:3:1: P104"):
            facts_by(spark, [str(file)], map_given(names))


EDGES = {
    "id": "edges",
    "title": {"vi": "Sát mép"},
    "years": ["2024"],
    "max": "7",
    "rounding": {"index": "2", "mode": "half-up"},
    "bands": [{"steps": [{"name": "A", "from": "80"}, {"name": "B", "from": "0"}]}],
    "criteria": [
        {
            "code": "1",
            "name": {"vi": "1"},
            "max": "7",
            "children": [
                {"code": "1.1", "name": {"vi": "1.1"}, "max": "5"},
                {
                    "code": "1.2",
                    "name": {"vi": "1.2"},
                    "max": "2",
                    "rule": {"kind": "ratio"},
                },
            ],
        }
    ],
}


class TestScores:
    """Points, index, band of units are those of the row engine: random, and made to sit on an edge."""

    def test_random(self, spark: Any) -> None:
        @settings(
            max_examples=3,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def checked(data: Any) -> None:
            scheme = data.draw(schemes())
            drawn = [data.draw(units(scheme)) for _ in range(8)]
            results = exactly(drawn, scheme)
            kept = [(each, one) for each, one in zip(drawn, results, strict=True) if each and one]
            if kept:
                rows = rows_of([each for each, _ in kept], scheme)
                table = frame_of_units(rows, binary=data.draw(st.booleans()))
                self.check(spark, table, scheme, [shown(one) for _, one in kept])

        checked()

    def test_edges(self, spark: Any) -> None:
        """Ties of the last printed digit, and the edge of a band: 5.6 points of 7 are 80 %."""
        scheme = Scheme.model_validate(EDGES)
        whole = 20_000
        units_ = [
            {
                "unit": f"{points}, {part}",
                "1.1": points / 1000,
                "1.2.part": part,
                "1.2.whole": whole,
            }
            for points in (3600, 3601, 3599, 4900, 1)
            for part in (whole, whole - 1, 7, 105, 3500, 3505, 0)
        ]
        table = polars.DataFrame(units_)
        embedded = parindex.score_frame(table, scheme)
        expected = [told(row) for row in embedded.rows(named=True)]
        self.check(spark, table, scheme, expected)

    def check(self, spark: Any, table: Any, scheme: Scheme, expected: list[Any]) -> None:
        given_ = spark.createDataFrame(table.to_arrow())
        found = {
            row["unit"]: row.asDict() for row in parindex.score_frame(given_, scheme).collect()
        }
        assert [told(found[unit]) for unit in table["unit"]] == expected


class TestCommand:
    """By a server of Spark Connect the command writes what it writes without: all but the time it takes."""

    def test_same_output(self, tmp_path: Path, server: str) -> None:
        report = tmp_path / "report.csv"
        run = ["facts", "examples/dossiers/rows.csv", "--map", "examples/dossiers/map.yaml"]
        run += ["--report", str(report)]
        without = (start_anew(*run), report.read_bytes())
        done = (start_anew(*run, "--engine", server), report.read_bytes())
        assert without[0].code == 0
        assert done == without
