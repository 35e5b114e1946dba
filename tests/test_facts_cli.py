"""`parindex facts` as its users run it: formats that read back, the report, exit codes, faults."""

import csv
import json
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT, call

ROWS = "examples/dossiers/rows.csv"
MAP = "examples/dossiers/map.yaml"
SCHEME = """\
id: example-facts
title: Bộ tiêu chí ví dụ
status: example
level: department
years: [2025]
max: 10
criteria:
  - code: "2"
    name: Thủ tục hành chính
    max: 10
    children:
      - {code: "2.1", name: Đúng hạn, max: 6, rule: {kind: ratio}}
      - {code: "2.2", name: Dịch vụ công trực tuyến, max: 4, rule: {kind: ratio, target: 60%}}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> str:
    file = tmp_path / "scheme.yaml"
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


class TestFormats:
    """What is written reads back: YAML, JSON, CSV and workbooks give the same points."""

    def points(self, *files: str, scheme: str) -> dict[str, str]:
        ran = call("score", *files, "--scheme", scheme, "--format", "json")
        assert ran.code == 0, ran.err
        return {each["unit"]: each["percent"] for each in json.loads(ran.out)["results"]}

    def test_same(self, tmp_path: Path, scheme: str) -> None:
        found = []
        for ending in ("yaml", "json", "csv"):
            file = str(tmp_path / f"cards.{ending}")
            ran = call("facts", ROWS, "--map", MAP, "--scheme", scheme, "-o", file)
            assert (ran.code, ran.out) == (0, "")
            found.append(self.points(file, scheme=scheme))
            assert call("check", file, "--scheme", scheme).code == 0
            assert call("rank", file, "--scheme", scheme).code == 0
        folder = tmp_path / "books"
        ran = call("facts", ROWS, "--map", MAP, "--scheme", scheme, "-f", "xlsx", "-o", str(folder))
        assert ran.code == 0, ran.err
        found.append(self.points(str(folder), scheme=scheme))
        assert len(found[0]) == 3
        assert all(each == found[0] for each in found)

    def test_several_periods_need_yaml(self, tmp_path: Path) -> None:
        file = tmp_path / "map.yaml"
        text = (
            (ROOT / MAP).read_text("utf-8").replace("to: 2025-03-31}", "to: 2025-04-30, by: month}")
        )
        file.write_text(text, encoding="utf-8")
        ran = call("facts", ROWS, "--map", str(file), "-f", "csv")
        assert (ran.code, "period" in ran.err) == (2, True)
        documents = list(yaml.safe_load_all(call("facts", ROWS, "--map", str(file)).out))
        assert [each["period"]["from"] for each in documents[:2]] == ["2025-03-01", "2025-04-01"]

    def test_workbooks_of_dossiers(self, tmp_path: Path, scheme: str) -> None:
        """All workbooks of facts stay where one was filled in, and none is taken away."""
        folder = tmp_path / "cards"
        command = ("facts", ROWS, "--map", MAP, "--scheme", scheme, "-f", "xlsx", "-o", str(folder))
        assert call(*command).code == 0
        files = sorted(folder.iterdir())
        assert files
        files[-1].write_bytes(b"filled in")
        before = {file: file.read_bytes() for file in files}
        ran = call(*command)
        assert (ran.code, ran.err.count("P704")) == (2, 1), ran.err
        assert {file: file.read_bytes() for file in sorted(folder.iterdir())} == before

    def test_a_workbook_needs_a_scheme_and_is_of_one_unit(
        self, tmp_path: Path, scheme: str
    ) -> None:
        file = str(tmp_path / "x.xlsx")
        assert call("facts", ROWS, "--map", MAP, "-o", file).code == 2
        assert call("facts", ROWS, "--map", MAP, "--scheme", scheme, "-o", file).code == 2


class TestReport:
    """What is not counted is told on stderr, in a report, and by the exit code under --strict."""

    def test_table(self) -> None:
        ran = call("facts", ROWS, "--map", MAP)
        assert (ran.code, ran.err.splitlines()[0]) == (0, "43 rows read: 38 counted, 5 not")
        assert f"{ROWS}:44" in ran.err
        assert "VD.250" not in ran.err + ran.out
        assert "Người nộp" not in ran.err + ran.out

    def test_files(self, tmp_path: Path) -> None:
        one, other = tmp_path / "r.json", tmp_path / "r.csv"
        for file in (one, other):
            call("facts", ROWS, "--map", MAP, "--report", str(file))
        told = json.loads(one.read_text("utf-8"))
        assert told["counted"] + sum(each["rows"] for each in told["rows"]) == told["read"] == 43
        rows = list(csv.DictReader(other.read_text("utf-8").splitlines()))
        assert [each["kind"] for each in rows] == [each["kind"] for each in told["rows"]]

    def test_strict(self, tmp_path: Path) -> None:
        assert call("facts", ROWS, "--map", MAP, "--strict").code == 1
        lines = (ROOT / ROWS).read_text("utf-8").splitlines()[:-3]
        file = tmp_path / "rows.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        assert call("facts", str(file), "--map", MAP, "--strict").code == 0


class TestFaults:
    """A fault of the input or the command line ends with 2 and one line for each."""

    @pytest.mark.parametrize(
        "words",
        [
            (ROWS,),
            (ROWS, "--map", MAP, "--new"),
            ("none.csv", "--map", MAP),
            (ROWS, "--map", "none.yaml"),
            (MAP, "--map", MAP),
            (ROWS, "--map", MAP, "--scheme", "none-2025"),
            (ROWS, "--map", MAP, "--scheme", "vn-province-2018"),
            (ROWS, "--map", MAP, "-o", "x.docx"),
            (ROWS, "--map", MAP, "--report", "x.docx"),
            (ROWS, "--map", MAP, "-o", ROWS),
        ],
    )
    def test_told(self, words: tuple[str, ...]) -> None:
        ran = call("facts", *words)
        assert ran.code == 2
        assert "Traceback" not in ran.err
        assert ran.err
