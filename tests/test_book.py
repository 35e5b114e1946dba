"""Workbooks out: `-o result.xlsx`, the same values as on the screen, whole or not at all."""

import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from parindex.findings.wing import install_command
from tests.book_support import DEPARTMENT, INPUTS, SMALL, leaves, table, written
from tests.support import EXAMPLE, ROOT, call, run

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of bars
GUIDE = "".join(
    each.read_text(encoding="utf-8") for each in sorted((ROOT / "docs" / "guide").glob("*.md"))
)
COMMANDS = [
    each
    for each in re.findall(r"^parindex (?:score|rank|losses) .*-o \S+\.xlsx$", GUIDE, re.MULTILINE)
    if (ROOT / each.split()[2]).exists()  # others go on with what the reader has made
]


class TestValues:
    """What stands in the table of a unit is what `score --format json` says."""

    @pytest.mark.parametrize("name", INPUTS)
    def test_every_criterion(self, name: str, tmp_path: Path) -> None:
        book = written(tmp_path / "a.xlsx", "score", *INPUTS[name])
        rows = table(book.worksheets[0], "No.")
        out = call("score", *INPUTS[name], "-f", "json", "--depth", "9").out
        [told] = json.loads(out, parse_float=Decimal)["results"]
        points = next(key for key in ("Points", "Appraised points") if key in rows["1"])
        criteria = leaves(told["criteria"])
        assert set(rows) - {"T1", "P1"} == set(criteria)
        for code, each in criteria.items():
            exact = each.get("points_exact") or each["points"]
            cell, share = rows[code][points], rows[code]["%"]
            assert (cell is None) == (exact is None), code
            if exact is not None:
                assert abs(Fraction(str(exact)) - Fraction(cell)) < Fraction(1, 10**12), code
            expected = each["percent"]
            assert (None if share is None else Decimal(str(share))) == expected, code

    def test_total_and_index(self, tmp_path: Path) -> None:
        sheet = written(tmp_path / "a.xlsx", "score", EXAMPLE).worksheets[0]
        total = table(sheet, "Area/Criterion/Sub-criterion")["Total"]
        assert (total["Points"], total["Maximum points"], total["%"]) == (78.35, 100, 78.35)

    def test_partial_is_marked_and_has_no_percentage(self, tmp_path: Path) -> None:
        sheet = written(tmp_path / "a.xlsx", "score", *SMALL).worksheets[0]
        total = table(sheet, "Area/Criterion/Sub-criterion")["Total"]
        assert total["%"] is None
        assert table(sheet, "No.")["2.1"]["Points"] is None

    def test_layouts(self, tmp_path: Path) -> None:
        book = written(tmp_path / "a.xlsx", "score", *DEPARTMENT)
        assert book.sheetnames[:6] == [
            "Summary",
            "List of criteria that lost poin",
            "Results by area",
            "Results by origin of points",
            "Explanation sheet",
            "Lost points by office",
        ]
        assert "Văn phòng Sở" in book.sheetnames
        assert book.sheetnames[-1] == "Charts"
        reasons = table(book["Explanation sheet"], "Code")["1.1.1"]
        assert reasons["Reason for taking points off"].startswith("Kế hoạch ban hành")
        shares = [row["Running %"] for row in table(book.worksheets[1], "Code").values()]
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(100)

    def test_published_figures_stand_beside(self, tmp_path: Path) -> None:
        book = written(tmp_path / "a.xlsx", "score", EXAMPLE)
        areas = book["Results by area"]
        assert table(areas, "Area")["Total"]["Rank, as published"] == 24
        told = " ".join(str(cell) for row in areas.iter_rows(values_only=True) for cell in row)
        assert (
            "Known of the whole alone: Rank in 2017, as published: 46; +/- places: +22; "
            "Mean of all units, as published (%): 76.92." in told
        )
        others = table(book["Comparison with others"], "Unit")
        assert others["Quảng Ninh"]["Index, %"] == 89.06
        assert others["Quảng Ninh"]["From Sóc Trăng"] == pytest.approx(10.71)
        assert others["Mean of the nation"]["Index, %"] == 76.92

    def test_ranks_of_areas(self, tmp_path: Path) -> None:
        """Printed ranks of areas stand beside them; columns that no area fills are left out."""
        card = tmp_path / "card.yaml"
        card.write_text(
            "{unit: Hòa Bình, year: 2018, level: province, scheme: vn-province-2018, "
            'scores: {"1": 8.12, "7": unknown}}',
            encoding="utf-8",
        )
        rows = table(written(tmp_path / "a.xlsx", "score", str(card))["Results by area"], "Area")
        assert [*rows["Total"]][-1] == "Rank, as published"
        assert rows["Modernisation of the administration"]["Rank, as published"] == 48
        assert rows["Total"]["Rank, as published"] == 46

    def test_made_up_units_are_compared_with_nobody(self, tmp_path: Path) -> None:
        book = written(tmp_path / "a.xlsx", "score", *DEPARTMENT)
        assert "Comparison with others" not in book.sheetnames


class TestOneStage:
    """A workbook of one stage has no other stage to be compared with."""

    def test_points_of_the_stage(self, tmp_path: Path) -> None:
        asked = ("score", *DEPARTMENT, "--stage", "appraised")
        sheet = written(tmp_path / "a.xlsx", *asked).worksheets[0]
        [told] = json.loads(call(*asked, "-f", "json").out)["results"]
        points = told["criteria"][0]["points"]
        assert table(sheet, "No.")["1"]["Appraised points"] == pytest.approx(points)


class TestEveryCommand:
    """Whatever a command shows as tables, it writes as a workbook, a sheet for each."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("losses", *DEPARTMENT, "--by", "lead"),
            ("score", *DEPARTMENT, "--stages"),
            ("compare", "2017", "2018"),
            ("check", *DEPARTMENT),
            ("data", "show", "--year", "2018"),
            ("schemes", "list"),
            ("target", *DEPARTMENT, "--band", "Tốt"),
            ("explain", DEPARTMENT[0], "1.1.1", *DEPARTMENT[1:]),
        ],
        ids=lambda each: each[0],
    )
    def test_same_cells_as_the_table(self, arguments: tuple[str, ...], tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        ran = call(*arguments, "-o", str(file))
        assert ran.code in (0, 1), ran.err
        book = openpyxl.load_workbook(file)
        text = call(*arguments, "-f", "markdown").out
        titles = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
        assert len(book.worksheets) == len(titles)


class TestDifferences:
    """What went up or down is a number in a workbook, shown with its sign; nothing else changes."""

    @pytest.mark.parametrize("lang", ["en", "vi"])
    def test_numbers(self, lang: str, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        assert run("compare", "2023", "2024", "--lang", lang, "-o", str(file)).code == 0
        sheet = openpyxl.load_workbook(file).worksheets[0]
        found = {row[0].value: [*row[1:]] for row in sheet.iter_rows(min_row=4)}
        cells = found["Hải Phòng"]
        assert [cell.value for cell in cells[:6]] == [91.87, 96.17, 4.30, 2, 1, 1]
        assert cells[2].number_format == "+0.00;-0.00;0.00"
        assert cells[5].number_format == "+0;-0;0"
        assert [cell.value for cell in found["Quảng Ninh"][:6]][2] == pytest.approx(-0.69)

    def test_texts_stay_texts(self, tmp_path: Path) -> None:
        """A code that looks like a number, and a name that looks like a change."""
        file = tmp_path / "a.xlsx"
        assert call("losses", EXAMPLE, "-o", str(file)).code == 0
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert isinstance(sheet["A4"].value, str)


class TestOutput:
    """Bytes go to a file, whole or not at all, or to a pipe; never to a terminal."""

    def test_pipe(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "parindex", "score", EXAMPLE, "--format", "xlsx"],
            capture_output=True,
            cwd=ROOT,
            check=True,
            timeout=200,
        )
        assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames[-1] in (
            "Charts",
            "Biểu đồ",
        )

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
    def test_terminal(self) -> None:
        master, slave = os.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "parindex", "score", EXAMPLE, "--format", "xlsx"],
            stdout=slave,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
            timeout=200,
        )
        os.close(slave)
        os.close(master)
        assert done.returncode == 2
        assert b"name a file for the workbook" in done.stderr

    def test_what_fails_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "a.xlsx"
        file.write_bytes(b"old")

        def fail(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("parindex.office.xlsx.write.add_charts", fail)
        with pytest.raises(RuntimeError):
            call("score", EXAMPLE, "-o", str(file))
        assert file.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [file]

    def test_both_languages_give_the_same_numbers(self, tmp_path: Path) -> None:
        books = []
        for lang in ("vi", "en"):
            file = tmp_path / f"{lang}.xlsx"
            assert run("score", EXAMPLE, "-o", str(file), "--lang", lang).code == 0
            books.append(openpyxl.load_workbook(file, data_only=True))
        vi, en = ([c.value for s in book.worksheets for r in s for c in r] for book in books)
        numbers = [[each for each in found if isinstance(each, int | float)] for found in (vi, en)]
        assert numbers[0] == numbers[1]
        assert books[0].worksheets[0]["B3"].value == "Lĩnh vực/Tiêu chí/TCTP"

    @pytest.mark.parametrize("command", COMMANDS)
    def test_readme(self, command: str, tmp_path: Path) -> None:
        words = command.split()[1:]
        file = tmp_path / words.pop()
        assert run(*words, str(file)).code == 0
        assert file.read_bytes()[:2] == b"PK"

    def test_without_the_library(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
        ran = call("score", EXAMPLE, "-o", str(tmp_path / "a.xlsx"))
        assert ran.code == 2
        assert install_command("office") in ran.err
