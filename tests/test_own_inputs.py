"""Files that a command reads are never written over by it, however they were named."""

import shutil
from pathlib import Path

import pytest

from tests.support import EXAMPLE, ROOT, call

PUBLISHED = "year,unit,index\n2018,Sóc Trăng,78.35\n"


class TestFolders:
    """A file that is read because its folder was named is an input like one named itself."""

    @pytest.mark.parametrize("command", ["score", "rank", "losses", "check"])
    def test_not_over_a_file_of_the_folder(self, command: str, tmp_path: Path) -> None:
        read = tmp_path / "units" / "a.xlsx"
        read.parent.mkdir()
        shutil.copy(ROOT / "examples" / "soc-trang-2018.xlsx", read)
        before = read.read_bytes()
        ran = call(command, str(read.parent), "-o", str(read))
        assert (ran.code, "P115" in ran.err) == (2, True)
        assert read.read_bytes() == before

    def test_beside_them_is_free(self, tmp_path: Path) -> None:
        shutil.copy(EXAMPLE, tmp_path / "a.yaml")
        page = tmp_path / "report.md"
        for _ in range(2):
            ran = call("report", str(tmp_path), "--kind", "analysis", "-o", str(page))
            assert (ran.code, ran.err) == (0, "")


class TestFilesOfOptions:
    """Published figures that an option names are read, and stay."""

    @pytest.mark.parametrize(
        "arguments",
        [("target", EXAMPLE, "--band", "A"), ("simulate", EXAMPLE, "--set", "1=9")],
    )
    def test_data(self, arguments: tuple[str, ...], tmp_path: Path) -> None:
        data = tmp_path / "published.csv"
        data.write_text(PUBLISHED, encoding="utf-8")
        ran = call(*arguments, "--data", str(data), "-o", str(data))
        assert (ran.code, "P115" in ran.err) == (2, True)
        assert data.read_text(encoding="utf-8") == PUBLISHED

    def test_two_outputs_of_one_name(self, tmp_path: Path) -> None:
        file = tmp_path / "both.yaml"
        file.write_text("old", encoding="utf-8")
        ran = call("simulate", EXAMPLE, "--set", "1=9", "--save", str(file), "-o", str(file))
        assert (ran.code, "--save" in ran.err) == (2, True)
        assert file.read_text(encoding="utf-8") == "old"
