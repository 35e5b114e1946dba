"""One run prints the same figures in every form: the workbook, Word, a page of HTML, and Markdown."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from parindex.values.exact import rounded
from tests.docx_support import WORD, body
from tests.support import ROOT, call

SMALL = (
    str(ROOT / "examples" / "small-2024.yaml"),
    *("--scheme", str(ROOT / "examples" / "small-scheme.yaml")),
)
WHOLE = (str(ROOT / "examples" / "small-2024-whole.yaml"), *SMALL[1:])
DEPARTMENT = (
    str(ROOT / "examples" / "departments-2024.yaml"),
    *("--scheme", str(ROOT / "examples" / "schemes" / "departments-2024.yaml")),
)
RUNS = {
    "in part unknown": SMALL,
    "whole": WHOLE,
    "appraised": DEPARTMENT,
    "one stage": (*DEPARTMENT, "--stage", "self"),
}
OWN = """unit: Sóc Trăng
year: 2018
scheme: vn-province-2018
scores: {"1": 7, "2": 8, "3": 10, "4": 9, "5": 10, "6": 7, "7": 9, "8": 13.42}
"""
"""A self-assessment of 73.42, where 78.35 was published with the rank 24."""
PRINTED = """unit: Sóc Trăng
year: 2018
scheme: vn-province-2018
scores: {"1": 7.93, "2": 9.09, "3": 10.49, "4": 9.43, "5": 10.50, "6": 7.66, "7": 9.55, "8": 13.70}
"""
Table = list[list[str]]
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def of_workbook(args: tuple[str, ...], folder: Path, page: int) -> Table:
    """A page of the workbook, each cell as a spreadsheet shows it."""
    file = folder / "a.xlsx"
    assert call("score", *args, "-o", str(file)).code == 0
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[page]
    return [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]


def shown(cell: object) -> str:
    """What a cell shows."""
    value, code = getattr(cell, "value", None), getattr(cell, "number_format", "")
    if isinstance(value, int | float):
        bound, digits = ("≥ " if "≥" in code else ""), len(code.partition(".")[2])
        number = rounded(Decimal(repr(value)), digits)
        return f"{bound}{number:f}"
    return str(value or "")


def of_markdown(text: str) -> list[Table]:
    """The tables of a page of Markdown."""
    found: list[Table] = [[]]
    for line in text.replace("**", "").splitlines():
        if line.startswith("|"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def of_html(text: str) -> list[Table]:
    """The tables of a page of HTML."""
    return [
        [
            [
                re.sub("<[^>]*>", "", cell).strip()
                for cell in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall("<tr.*?</tr>", table, re.DOTALL)
        ]
        for table in re.findall("<table.*?</table>", text, re.DOTALL)
    ]


def of_word(data: bytes) -> list[Table]:
    """The tables of a Word document."""

    def text(element: ET.Element) -> str:
        return "".join(each.text or "" for each in element.iter(f"{WORD}t"))

    return [
        [[text(cell) for cell in row.iter(f"{WORD}tc")] for row in table.iter(f"{WORD}tr")]
        for table in body(data).iter(f"{WORD}tbl")
    ]


def of_reports(kind: str, args: tuple[str, ...], folder: Path) -> dict[str, list[Table]]:
    """The tables of a report in each form."""
    found: dict[str, list[Table]] = {}
    for ending in ("docx", "html", "md"):
        file = folder / f"a.{ending}"
        assert call("report", *args, "--kind", kind, "-o", str(file)).code == 0
        if ending == "docx":
            found[ending] = of_word(file.read_bytes())
        else:
            read = of_html if ending == "html" else of_markdown
            found[ending] = read(file.read_text(encoding="utf-8"))
    return found


def headed(tables: list[Table], *headings: str) -> Table:
    """The table with these headings."""
    return next(table for table in tables if set(headings) <= set(table[0]))


def known(cell: str) -> str:
    """A cell; one of what is not known is empty in a workbook, and may have a dash on paper."""
    return "" if cell == "–" else cell


def figures(table: Table, key: str, columns: list[str]) -> dict[str, tuple[str, ...]]:
    """The cells of some columns, by the code of the row; the total has none."""
    at = [table[0].index(column) for column in columns]
    first, name = table[0].index(key), table[0].index(key) + 1
    return {
        row[first] or "total": tuple(known(row[each]) for each in at)
        for row in table[1:]
        if len(row) == len(table[0])
        and (row[first] or row[name].casefold().startswith("total"))
        and set(row[first]) != {"-"}
    }


class TestSelfAssessment:
    """L1: points of every criterion and of the whole; what is not known in full is a lower bound."""

    @pytest.mark.parametrize("run", RUNS)
    def test_points(self, run: str, tmp_path: Path) -> None:
        book = of_workbook(RUNS[run], tmp_path, 0)
        for ending, tables in of_reports("self-assessment", RUNS[run], tmp_path).items():
            table = headed(tables, "No.", "Area/Criterion/Sub-criterion")
            points = [
                each for each in table[0] if each.endswith("points") and "Maximum" not in each
            ]
            here = ["Points" if each not in book[0] else each for each in points]
            report = figures(table, "No.", ["Maximum points", *points])
            workbook = figures(book, "No.", ["Maximum points", *here])
            assert {code: workbook[code] for code in report} == report, ending
            assert len(report) > 5

    def test_a_lower_bound(self, tmp_path: Path) -> None:
        book = of_workbook(SMALL, tmp_path, 0)
        told = figures(book, "No.", ["Points"])
        assert (told["1"], told["2"], told["2.1"], told["total"]) == (
            ("3.50",),
            ("≥ 2.15",),
            ("",),
            ("≥ 5.65",),
        )


class TestLost:
    """L2: what was lost of what is known, the same total and the same causes everywhere."""

    COLUMNS = ("Maximum", "Reached", "Lost", "% of what was lost", "Running %")

    @pytest.mark.parametrize("run", RUNS)
    def test_lines_and_total(self, run: str, tmp_path: Path) -> None:
        book = of_workbook(RUNS[run], tmp_path, 1)
        columns = [*self.COLUMNS, "Cause"]
        workbook = figures(book, "Code", columns)
        for ending, tables in of_reports("plan", RUNS[run], tmp_path).items():
            assert figures(headed(tables, "Code", "Lost"), "Code", columns) == workbook, ending

    def test_the_total_is_of_the_whole(self, tmp_path: Path) -> None:
        whole = figures(of_workbook(WHOLE, tmp_path, 1), "Code", list(self.COLUMNS))
        part = figures(of_workbook(SMALL, tmp_path, 1), "Code", list(self.COLUMNS))
        assert whole["total"][:3] == ("10.00", "8.59", "1.41")
        assert part["total"][:3] == ("7.00", "5.65", "1.35")


class TestPublished:
    """A published rank belongs to the published figure: a self-assessment of another one has none."""

    @pytest.mark.parametrize(
        ("card", "rank"),
        [(OWN, ""), (PRINTED, "24")],
    )
    def test_rank(self, card: str, rank: str, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        file.write_text(card, encoding="utf-8")
        args = (str(file),)
        areas = of_workbook(args, tmp_path, 2)
        at = areas[0].index("Rank") if "Rank" in areas[0] else None
        [total] = [row for row in areas if row[1] == "Total"]
        assert ("" if at is None else total[at]) == rank
        others = of_workbook(args, tmp_path, 3)
        [own] = [row for row in others if row[1] == "Sóc Trăng"]
        assert own[0] == rank
        for tables in of_reports("analysis", args, tmp_path).values():
            around = headed(tables, "Unit", "Rank")
            [row] = [row for row in around if "Sóc Trăng" in row]
            assert known(row[around[0].index("Rank")]) == rank
