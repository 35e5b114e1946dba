"""Several scorecards in a file or folder: each unit once; and files that only look odd."""

from pathlib import Path

import pytest

from tests.bad.check import told
from tests.support import call


class TestOnce:
    """A unit stands once for a year, scheme and period, in whatever files of a folder."""

    CSV = "unit,year,code,points\nX,2018,1,5\n"
    YAML = "unit: X\nyear: 2018\nscores: {1: 5}\n"

    def test_another_file_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(self.CSV, encoding="utf-8")
        (tmp_path / "b.csv").write_text(self.CSV, encoding="utf-8")
        (tmp_path / "c.yaml").write_text(self.YAML, encoding="utf-8")
        words = "P120 a second scorecard of this unit, year, scheme and period; another is at"
        assert told(tmp_path, []) == [
            f"{tmp_path / 'b.csv'}:2:1: {words} {tmp_path / 'a.csv'}:2:1 (found: X)",
            f"{tmp_path / 'c.yaml'}:1:7: {words} {tmp_path / 'a.csv'}:2:1 (found: X)",
        ]

    def test_a_table_compares_its_own_rows(self, tmp_path: Path) -> None:
        again = self.CSV + "Y,2018,1,5\nX,2018,1,5\n"
        (tmp_path / "a.csv").write_text(again, encoding="utf-8")
        (tmp_path / "b.yaml").write_text(self.YAML.replace("X", "Z"), encoding="utf-8")
        assert not [line for line in told(tmp_path, []) if "P120" in line]

    @pytest.mark.parametrize(
        "more",
        [
            "unit: Z\nyear: 2018",
            "unit: X!\nyear: 2018",
            "unit: X\nyear: 2017",
            "unit: X\nyear: 2018\nprovince: Y",
            "unit: X\nyear: 2018\nparent: Y",
            'unit: X\nyear: 2018\nunit_id: "1"',
            "unit: X\nyear: 2018\nperiod: {from: 2018-01-01, to: 2018-06-30}",
        ],
    )
    def test_what_tells_scorecards_apart(self, tmp_path: Path, more: str) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(f"{self.YAML}---\n{more}\nscores: {{1: 5}}\n", encoding="utf-8")
        assert call("score", str(file)).err == ""

    def test_files_that_are_named_may_be_variants_of_each_other(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(self.YAML, encoding="utf-8")
        assert call("score", str(file), str(file), "-f", "ndjson").out.count("\n") == 2


class TestFine:
    """What looks odd and is not wrong."""

    @pytest.mark.parametrize(
        "text",
        [
            "unit: X\nyear: 2018\nscores: {1: 5}\n---\n",
            "---\n---\nunit: X\nyear: 2018\nscores: {1: 5}\n---\n# the end\n---\n...\n",
            "unit: X\nyear: 2018\nscores: {}\ntotal: 70\n",
            "unit: X\nyear: 2018\nscores: {}\nparts: {origin: {survey: 30}}\n",
            "unit: X\nyear: 2018\npublished: {rank: 24, of: 63}\n",
            "unit: X\nyear: 2018\nscores: {1: 5}\nperiod: {from: 2017-12-15, to: 2018-12-14}\n",
            'unit: X\nyear: 2018\nscores: {1: {points: 5, note: "two\\nlines\\tor more"}}\n',
        ],
    )
    def test_yaml(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        ran = call("score", str(file), "-f", "ndjson")
        assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
