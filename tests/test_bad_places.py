"""What is no file: missing ones, links, folders, and files that are no text."""

import os
from pathlib import Path

import pytest

from tests.bad.check import told
from tests.support import call

CARD = '{"unit": "X", "year": 2018, "scores": {"1": 10}}'


class TestWhatIsNoFile:
    """A file or folder that holds nothing to read is told by its name."""

    @pytest.mark.parametrize("name", ["none.json", "none.yaml", "none.csv", "none"])
    def test_missing(self, tmp_path: Path, name: str) -> None:
        [line] = told(tmp_path / name, [])
        assert line.startswith("P101 the file cannot be read (found: ")

    @pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
    @pytest.mark.parametrize("ending", ["json", "yaml", "csv"])
    def test_a_loop_of_links(self, tmp_path: Path, ending: str) -> None:
        one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
        one.symlink_to(other)
        other.symlink_to(one)
        [line] = told(one, [])
        assert line.startswith("P101 the file cannot be read (found: ")

    def test_a_folder_without_scorecards(self, tmp_path: Path) -> None:
        (tmp_path / "below").mkdir()
        (tmp_path / "notes.txt").write_text("unit: X", encoding="utf-8")
        assert told(tmp_path, []) == ["P118 no scorecards were found here"]

    @pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
    def test_a_folder_with_a_link_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a.json").write_text(CARD, encoding="utf-8")
        ran = call("score", str(tmp_path))
        assert (ran.code, ran.out) == (2, "")
        assert ran.faults == [
            f"{tmp_path / 'a.json'}:/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)"
        ]

    def test_points_in_each_file_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text(CARD, encoding="utf-8")
        (tmp_path / "b.csv").write_text("unit,year,code,points\nY,2018,1,10\n", encoding="utf-8")
        (tmp_path / "c.yaml").write_text("unit: Z\nyear: 2018\nscores: {1: 10}", encoding="utf-8")
        ran = call("score", str(tmp_path))
        assert (ran.code, ran.out, ran.err.count("P202")) == (2, "", 3)

    def test_the_faults_of_form_of_each_file_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{", encoding="utf-8")
        (tmp_path / "b.csv").write_text("unit,year,code,points\nY,2018,1,x\n", encoding="utf-8")
        (tmp_path / "c.yaml").write_text("unit: }", encoding="utf-8")
        (tmp_path / "d.json").write_text(CARD, encoding="utf-8")
        lines = [line.removeprefix(f"{tmp_path}{os.sep}") for line in told(tmp_path, [])]
        assert [line.split(" ")[:2] for line in lines] == [
            ["a.json:1:2:", "P104"],
            ["b.csv:2:4:", "P110"],
            ["c.yaml:1:7:", "P104"],
            ["d.json:/scores/1:", "P202"],
        ]

    def test_no_name_is_not_this_folder(self) -> None:
        ran = call("score", "")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith('"": P101 the file cannot be read (found: ')

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
    @pytest.mark.parametrize("name", ["a.json", "a.yaml"])
    def test_other_encodings_without_a_mark(self, tmp_path: Path, name: str, encoding: str) -> None:
        file = tmp_path / name
        file.write_text(CARD, encoding=encoding)
        column = 1 if encoding == "utf-16-be" else 2
        line = f"1:{column}: P103 the text is not UTF-8 (found: 0x00)"
        assert told(file, [line]) == [line]
