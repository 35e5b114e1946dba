"""`template --units`: an empty workbook for each unit of a list, filled in and taken back."""

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from parindex.cli.unit_templates import _names
from parindex.scorecard.scorecard import Scorecard
from tests.support import call
from tests.xlsx_support import HEAD, book, table

SCHEME = "vn-province-2018"
LIST = """unit,unit_id,group,province
"Sở Lao động, TB",H1,Khối sở,Huế
Sở Nội vụ,H2,Khối sở,Huế
so noi vu.,H3,Khối khác,Huế
CON,,,
../../x,,,
"""
FILES = ["con-1", "so-lao-dong-tb", "so-noi-vu", "so-noi-vu-2", "x"]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A list of units."""
    file = tmp_path / "units.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def made(units: Path, folder: Path) -> list[str]:
    """The names of the files without their ending, after the command has written them."""
    ran = call("template", SCHEME, "--units", str(units), "-o", str(folder))
    assert (ran.code, ran.err) == (0, ""), ran.err
    return sorted(file.stem for file in folder.iterdir())


class TestFilledIn:
    """Workbooks made of a list are ranked and merged once they are filled in."""

    def test_rank_and_merge(self, units: Path, tmp_path: Path) -> None:
        folder = tmp_path / "cards"
        assert made(units, folder) == FILES
        for number, name in enumerate(FILES):
            book = load_workbook(folder / f"{name}.xlsx")
            sheet = book.worksheets[0]
            rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
            heading = next(row for row in rows if row[0] == "No.")
            first, column = rows.index(heading) + 2, 1 + heading.index("Self-assessed points")
            for row in range(first, first + 8):
                sheet.cell(row, column, 5 + number / 10)
            book.save(folder / f"{name}.xlsx")
        ran = call("rank", str(folder), "-f", "csv")
        assert ran.code == 0, ran.err
        for said in ("Sở Lao động, TB", "H3", "Khối khác", "../../x"):
            assert said in ran.out
        ran = call("merge", str(folder / "so-noi-vu.xlsx"), "-o", str(tmp_path / "whole.yaml"))
        assert ran.code == 0, ran.err
        assert "group: Khối sở" in (tmp_path / "whole.yaml").read_text(encoding="utf-8")


class TestBlank:
    """A template that nobody has filled in is like the same form in YAML: told, and never counted as 0."""

    @pytest.fixture
    def forms(self, tmp_path: Path) -> Path:
        (tmp_path / "cards").mkdir()
        for unit, ending in (("Hòa Bình", "xlsx"), ("Sơn La", "yaml")):
            file = str(tmp_path / "cards" / f"{unit}.{ending}")
            assert call("template", SCHEME, "--unit", unit, "-o", file).code == 0
        return tmp_path / "cards"

    def test_rank(self, forms: Path) -> None:
        ran = call("rank", str(forms))
        assert (ran.code, ran.err) == (0, "")
        blank = "Hòa Bình (0.00–100.00 %), Sơn La (0.00–100.00 %)"
        assert f"Not known in full, so not ranked: {blank}." in ran.out

    @pytest.mark.parametrize("form", ["Hòa Bình.xlsx", "Sơn La.yaml"])
    def test_score_losses_and_check(self, form: str, forms: Path) -> None:
        file = str(forms / form)
        assert "\nNo score has been filled in yet, of 100 points" in call("score", file).out
        assert "\nNo score has been filled in yet, so it cannot" in call("losses", file).out
        ran = call("check", file)
        assert (ran.code, ran.out.count("P609 info nothing has been filled in yet")) == (0, 1)
        assert "files checked: 1; notes: 1" in ran.out

    def test_compare(self, forms: Path) -> None:
        ran = call("compare", str(forms / "Hòa Bình.xlsx"), str(forms / "Hòa Bình.xlsx"))
        assert (ran.code, ran.err) == (0, "")

    def test_a_workbook_of_others_without_scores_is_a_fault(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(points=[None] * 8))
        ran = call("check", str(file))
        assert "Sheet1!D9: P109 error a field is missing (expected: a score in" in ran.out
        assert "Fill in the column of cell D9; " in ran.out


class TestLists:
    """A list is a table with headings or plain names, in a text or a workbook."""

    @pytest.mark.parametrize(
        "text",
        ["Sở A, B\nSở C\n", "Đơn vị\nSở A, B\nSở C\n", "Tên đơn vị;Khối\nSở A, B;x\nSở C;y\n"],
    )
    @pytest.mark.parametrize("ending", ["txt", "csv"])
    def test_texts(self, text: str, ending: str, tmp_path: Path) -> None:
        file = tmp_path / f"a.{ending}"
        file.write_text(text, encoding="utf-8-sig")
        assert made(file, tmp_path / "cards") == ["so-a-b", "so-c"]

    def test_workbook(self, tmp_path: Path) -> None:
        book = Workbook()
        for row in (["TT", "Đơn vị"], [1, "Sở A"], [2, "Sở B"]):
            book.worksheets[0].append(row)
        book.save(tmp_path / "a.xlsx")
        assert made(tmp_path / "a.xlsx", tmp_path / "cards") == ["so-a", "so-b"]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("unit,group\nA,x\n,y\n", "P109"),
            ("A\nA\n", "P120"),
            ("unit\n", "P113"),
            ("", "P113"),
            ("unit,group\nA,x\na,x\n", "P120"),
        ],
    )
    def test_wrong(self, text: str, code: str, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(text, encoding="utf-8")
        ran = call("template", SCHEME, "--units", str(file), "-o", str(tmp_path / "cards"))
        assert (ran.code, code in ran.err, (tmp_path / "cards").exists()) == (2, True, False)

    @pytest.mark.parametrize(
        "more",
        [
            ["-o", "a.xlsx"],
            [],
            ["-o", "x", "--unit", "A"],
            ["-o", "x", "-f", "yaml"],
        ],
    )
    def test_usage(self, more: list[str], units: Path) -> None:
        assert call("template", SCHEME, "--units", str(units), *more).code == 2


class TestWhatIsThere:
    """A file that is there and is another is not written over: then none is written."""

    def test_all_are_told(self, units: Path, tmp_path: Path) -> None:
        folder = tmp_path / "cards"
        folder.mkdir()
        for name in ("con-1", "x"):
            (folder / f"{name}.xlsx").write_bytes(b"mine")
        ran = call("template", SCHEME, "--units", str(units), "-o", str(folder))
        assert (ran.code, ran.err.count("P704")) == (2, 2), ran.err
        assert len([*folder.iterdir()]) == 2

    def test_the_same_ones_stay(self, units: Path, tmp_path: Path) -> None:
        folder = tmp_path / "cards"
        made(units, folder)
        (folder / "x.xlsx").unlink()
        before = (folder / "con-1.xlsx").read_bytes()
        assert made(units, folder) == FILES
        assert (folder / "con-1.xlsx").read_bytes() == before


class TestNames:
    """Whatever a unit is called, its file can be kept on every system, and is its own."""

    @given(
        st.lists(st.text(min_size=1) | st.sampled_from(["con", "Con 1", "NUL", "com1", "A", "a"]))
    )
    def test_law(self, units: list[str]) -> None:
        names = [*_names([Scorecard(unit, 2024) for unit in units])]
        assert len({normalize("NFC", name).casefold() for name in names}) == len(units)
        for name in names:
            assert re.fullmatch(r"[a-z0-9-]{1,70}\.xlsx", name)
            assert name.removesuffix(".xlsx") not in ("con", "nul", "com1", "prn", "aux")
