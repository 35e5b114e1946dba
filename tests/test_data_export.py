"""`parindex data export`: the whole set as a Data Package and as a database, whole or not at all."""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from parindex.office.published.data_set import ABOUT, data_set
from parindex.published_figures.published_tables import load_published
from parindex.tables.data import COLUMNS
from parindex.values.language import language
from tests.support import ROOT, call, run

ROWS = load_published()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "par-index"
    assert call("data", "export", "-o", f"{folder}/").code == 0
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("data") / "par-index.sqlite"
    assert call("data", "export", "-o", str(file)).code == 0
    with closing(sqlite3.connect(file)) as opened:
        yield opened


def descriptor(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return read


class TestPackage:
    """It is what the standard asks for, and holds every row with the digits of its source."""

    def test_valid(self, package: Path) -> None:
        report = Package(str(package / "datapackage.json")).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]

    def test_a_fault_would_be_found(self, package: Path, tmp_path: Path) -> None:
        for file in package.iterdir():
            text = file.read_text("utf-8")
            (tmp_path / file.name).write_text(text.replace(",63-92,", ",63-xx,"), encoding="utf-8")
        assert not Package(str(tmp_path / "datapackage.json")).validate().valid

    def test_every_row_and_digit(self, package: Path) -> None:
        with (package / "published.csv").open(encoding="utf-8", newline="") as stream:
            rows = [*csv.DictReader(stream)]
        assert len(rows) == len(ROWS)
        digits = sorted(str(row.index) for row in ROWS if row.index is not None)
        assert sorted(row["index"] for row in rows if row["index"]) == digits

    def test_it_says_types_units_licence_and_sources(self, package: Path) -> None:
        told = descriptor(package)
        fields = {each["name"]: each for each in told["resources"][3]["schema"]["fields"]}
        assert (fields["index"]["type"], fields["index"]["unit"]) == ("number", "percent")
        assert all(each["description"] for each in fields.values())
        assert [each["name"] for each in told["licenses"]] == ["MIT"]
        assert {each["title"] for each in told["sources"]} == {row.source for row in ROWS}

    def test_sums_of_files(self, package: Path) -> None:
        for each in descriptor(package)["resources"]:
            content = (package / each["path"]).read_bytes()
            assert each["bytes"] == len(content)
            assert each["hash"] == f"sha256:{sha256(content).hexdigest()}"

    def test_its_rows_are_read_by_data(self, package: Path) -> None:
        file = str(package / "published.csv")
        assert call("data", "list", "--data", file, "--year", "2018").code == 0

    def test_vietnamese(self, tmp_path: Path) -> None:
        run("data", "export", "-o", f"{tmp_path}/x/", "--lang", "vi")
        assert descriptor(tmp_path / "x")["title"].startswith("Số liệu đã công bố")

    @pytest.mark.parametrize("lang", ["en", "vi"])
    def test_every_column_is_described(self, lang: str) -> None:
        assert {*COLUMNS} <= {*ABOUT}
        for table in data_set([], language("vi" if lang == "vi" else "en")):
            assert table.about
            assert all(column.about for column in table.columns)


class TestBase:
    """Keys hold, figures are numbers, and their digits stand beside them."""

    def test_keys(self, base: sqlite3.Connection) -> None:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        [keys] = base.execute(
            "SELECT count(*) FROM pragma_foreign_key_list('published')"
        ).fetchone()
        assert keys == 3

    def test_rows_and_digits(self, base: sqlite3.Connection) -> None:
        [count] = base.execute("SELECT count(*) FROM published").fetchone()
        assert count == len(ROWS)
        query = """SELECT "index", typeof("index"), index_printed FROM known
                   WHERE unit = 'Bình Dương' AND year = 2019 AND kind = 'result'"""
        assert base.execute(query).fetchall() == [(82.3, "real", "82.30")]

    def test_a_province_is_once_in_a_year(self, base: sqlite3.Connection) -> None:
        query = "SELECT year, unit FROM provinces GROUP BY year, unit HAVING count(*) > 1"
        assert base.execute(query).fetchall() == []
        query = (
            "SELECT par_index, rank, mean, above_mean FROM provinces WHERE unit = ? AND year = ?"
        )
        assert base.execute(query, ("Sóc Trăng", 2018)).fetchall() == [(78.35, 24, 76.92, 1.43)]

    def test_every_view_answers(self, base: sqlite3.Connection) -> None:
        views = base.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        assert len(views) >= 5
        for (name,) in views:
            assert base.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - its own names

    def test_what_is_free_and_who_is_named(self, base: sqlite3.Connection) -> None:
        told = dict(base.execute("SELECT item, text FROM about").fetchall())
        assert {"title", "free", "named", "licence"} <= told.keys()

    @pytest.mark.parametrize("page", ["data/tables.md", "vi/data/tables.md"])
    def test_the_queries_of_the_page(self, page: str, base: sqlite3.Connection) -> None:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        queries = re.findall(r"```sql\n(.*?)```", text, flags=re.DOTALL)
        assert len(queries) == 3
        for query in queries:
            assert base.execute(query).fetchall(), query

    def test_the_most_places(self, base: sqlite3.Connection) -> None:
        text = (ROOT / "docs" / "data" / "tables.md").read_text(encoding="utf-8")
        _, query, _ = re.findall(r"```sql\n(.*?)```", text, flags=re.DOTALL)
        assert ("Sóc Trăng", 46, 24, 22) in base.execute(query).fetchall()


class TestOwn:
    """A user's own rows are among them; of their file only the name is told."""

    def test_own(self, tmp_path: Path) -> None:
        own = tmp_path / "secret" / "own.csv"
        own.parent.mkdir()
        own.write_text("year,unit,index,source\n2011,Huế,70.10,=x [y](z)\n", encoding="utf-8")
        for output in ("x.sqlite", "x/"):
            assert (
                call("data", "export", "--data", str(own), "-o", f"{tmp_path}/{output}").code == 0
            )
        with closing(sqlite3.connect(tmp_path / "x.sqlite")) as base:
            query = 'SELECT unit, index_printed, source, "table" FROM published WHERE year = 2011'
            assert base.execute(query).fetchall() == [
                ("Thừa Thiên Huế", "70.10", "=x [y](z)", "own.csv")
            ]
        assert Package(str(tmp_path / "x" / "datapackage.json")).validate().valid
        for file in (*(tmp_path / "x").iterdir(), tmp_path / "x.sqlite"):
            assert b"secret" not in file.read_bytes()

    def test_only_what_is_asked_for(self, tmp_path: Path) -> None:
        call("data", "export", "--year", "2018", "-o", f"{tmp_path}/x.db")
        with closing(sqlite3.connect(tmp_path / "x.db")) as base:
            assert base.execute("SELECT DISTINCT year FROM published").fetchall() == [(2018,)]

    def test_nothing(self, tmp_path: Path) -> None:
        assert call("data", "export", "--year", "1999", "-o", f"{tmp_path}/x/").code == 0
        assert Package(str(tmp_path / "x" / "datapackage.json")).validate().valid


class TestWhole:
    """Written whole or not at all, the same for the same figures, and never over something else."""

    def test_the_same_bytes(self, tmp_path: Path, package: Path) -> None:
        for number in (1, 2):
            run("data", "export", "-o", f"{tmp_path}/{number}/")
            run("data", "export", "-o", f"{tmp_path}/{number}.sqlite")
        assert (tmp_path / "1.sqlite").read_bytes() == (tmp_path / "2.sqlite").read_bytes()
        for file in package.iterdir():
            assert (tmp_path / "1" / file.name).read_bytes() == file.read_bytes()
            assert (tmp_path / "2" / file.name).read_bytes() == file.read_bytes()

    def test_a_folder_that_is_there(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert call("data", "export", "-o", str(tmp_path / "empty")).code == 0
        assert call("data", "export", "-o", str(tmp_path / "empty")).code == 0
        ran = call("data", "export", "--year", "2018", "-o", str(tmp_path / "empty"))
        assert (ran.code, "P704" in ran.err) == (2, True)
        assert len(descriptor(tmp_path / "empty")["sources"]) > 20
        assert [path.name for path in tmp_path.iterdir()] == ["empty"]

    def test_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        for output in ("file/x/", "file/x.sqlite"):
            ran = call("data", "export", "-o", str(tmp_path / output) + output[-1:].strip("e"))
            assert (ran.code, "P114" in ran.err) == (2, True)
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

    def test_a_format_that_is_told_is_a_table(self, tmp_path: Path) -> None:
        file = tmp_path / "x.sqlite"
        assert call("data", "export", "-f", "csv", "-o", str(file)).code == 0
        assert file.read_text("utf-8").startswith("kind,year")


class TestJson:
    """JSON says what is free and who is named; lines and CSV are rows alone."""

    def test_about(self) -> None:
        data = json.loads(call("data", "export", "-f", "json").out)
        assert len(data["rows"]) == len(ROWS)
        assert data["about"]["licenses"][0]["name"] == "MIT"
        assert {each["title"] for each in data["about"]["sources"]} == {row.source for row in ROWS}

    def test_lines(self) -> None:
        first = call("data", "export", "-f", "ndjson").out.splitlines()[0]
        assert "about" not in json.loads(first)
