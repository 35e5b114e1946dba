"""One run prints the same figures in every form: the workbook, Word, PDF, a page of HTML, and Markdown."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from parindex.office.charts.drawing import png, svg
from parindex.values.exact import rounded
from tests import pdf_support
from tests.chart_support import CHARTS
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
QUICK = ("html", "md")
ENDINGS = ("docx", *QUICK, "pdf")
Table = list[list[str]]
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture(scope="module", autouse=True)
def one_picture() -> Iterator[None]:
    """Tables are compared, so the same picture stands wherever a chart would be drawn."""
    picture, paper = png(CHARTS["bars"], "en"), svg(CHARTS["bars"], "en", paper=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("parindex.office.documents.docx.png", lambda *_: picture)
        for module in ("charts.drawing", "documents.pdf"):
            patch.setattr(f"parindex.office.{module}.svg", lambda *_, **__: paper)
        yield


@cache
def workbook_of(args: tuple[str, ...], command: str) -> openpyxl.Workbook:
    """The workbook of a command, made once."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.xlsx"
        assert call(command, *args, "-o", str(file)).code == 0
        return openpyxl.load_workbook(file, data_only=True)


def of_workbook(args: tuple[str, ...], page: int | str, command: str = "score") -> Table:
    """A page of the workbook by its place or name, each cell as a spreadsheet shows it."""
    book = workbook_of(args, command)
    sheet = book[page] if isinstance(page, str) else book.worksheets[page]
    rows = [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
    if any((each.min_row, each.max_row) == (3, 4) for each in sheet.merged_cells.ranges):
        return [joined(rows[0], rows[1]), *rows[2:]]
    return rows


def joined(above: list[str], below: list[str]) -> list[str]:
    """Headings, those that are under another one after it."""
    found, last = [], ""
    for over, under in zip(above, below, strict=True):
        last = over or last
        found.append(f"{last}: {under}" if under else over)
    return found


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
                unescape(re.sub("<[^>]*>", "", cell)).strip()
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


@cache
def of_reports(kind: str, args: tuple[str, ...]) -> dict[str, list[Table]]:
    """The tables of a report in each form; made once, for several layouts stand in one report."""
    with TemporaryDirectory() as folder:
        return {
            ending: of_report(kind, args, Path(folder), ending) for ending in endings(kind, args)
        }


def endings(kind: str, args: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a report: all of one run of each kind and of what is unknown; else the quick ones."""
    of_layouts = kind == "ranking" or any(each[:2] == (kind, args) for each in LAYOUTS.values())
    return ENDINGS if of_layouts or (kind, args) == ("self-assessment", SMALL) else QUICK


def of_report(kind: str, args: tuple[str, ...], folder: Path, ending: str) -> list[Table]:
    """The tables of a report in one form."""
    file = folder / f"a.{ending}"
    assert call("report", *args, "--kind", kind, "-o", str(file)).code == 0
    if ending == "docx":
        return _spaced(of_word(file.read_bytes()))
    if ending == "pdf":
        return _spaced(pdf_support.tables(file))
    read = of_html if ending == "html" else of_markdown
    return _spaced(read(file.read_text(encoding="utf-8")))


def _spaced(tables: list[Table]) -> list[Table]:
    """Tables whose spaces at which no line may end are any others."""
    return [[[cell.replace("\u00a0", " ") for cell in row] for row in table] for table in tables]


def headed(tables: list[Table], *headings: str) -> Table:
    """The table with these headings."""
    return next(table for table in tables if set(headings) <= set(table[0]))


def known(cell: str) -> str:
    """A cell as a workbook shows it: empty where paper may have a dash, `≥` where text says incomplete."""
    return "" if cell == "–" else re.sub(r"^(\S+) \(incomplete\)$", r"≥ \1", cell)


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
    def test_points(self, run: str) -> None:
        book = of_workbook(RUNS[run], 0)
        for ending, tables in of_reports("self-assessment", RUNS[run]).items():
            table = headed(tables, "No.", "Area/Criterion/Sub-criterion")
            points = [
                each for each in table[0] if each.endswith("points") and "Maximum" not in each
            ]
            here = ["Points" if each not in book[0] else each for each in points]
            report = figures(table, "No.", ["Maximum points", *points])
            workbook = figures(book, "No.", ["Maximum points", *here])
            assert {code: workbook[code] for code in report} == report, ending
            assert len(report) > 5

    def test_a_lower_bound(self) -> None:
        book = of_workbook(SMALL, 0)
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
    def test_lines_and_total(self, run: str) -> None:
        book = of_workbook(RUNS[run], 1)
        columns = [*self.COLUMNS, "Cause"]
        workbook = figures(book, "Code", columns)
        for ending, tables in of_reports("plan", RUNS[run]).items():
            whole = headed(tables, "Code", *columns)  # those of an office may stand before it
            assert figures(whole, "Code", columns) == workbook, ending

    def test_the_total_is_of_the_whole(self) -> None:
        whole = figures(of_workbook(WHOLE, 1), "Code", list(self.COLUMNS))
        part = figures(of_workbook(SMALL, 1), "Code", list(self.COLUMNS))
        assert whole["total"][:3] == ("10.00", "8.59", "1.41")
        assert part["total"][:3] == ("7.00", "5.65", "1.35")


def keyed(row: list[str], headings: list[str], key: tuple[str, ...]) -> tuple[str, ...]:
    """What tells a row apart."""
    return tuple(known(row[headings.index(each)]) for each in key)


def same(report: Table, book: Table, key: tuple[str, ...]) -> int:
    """Assert that every row of a report is in the workbook with the same cells; how many those are.

    An area is headed by its code alone where its name is too long for a page.
    """
    short = [re.sub(r"^([0-9]+)\. [^:]*", r"\1", heading) for heading in book[0]]
    places = {each: at for headings in (short, book[0]) for at, each in enumerate(headings)}
    rows = {tuple(row[places[each]] for each in key): row for row in book}
    compared = 0
    for row in report[1:]:
        if len(row) != len(report[0]) or (row[0] and set(row[0]) <= {"-", ":"}):
            continue
        other = rows[keyed(row, report[0], key)]
        for cell, heading in zip(row, report[0], strict=True):
            if heading in places or known(cell):
                told = known(cell).removeprefix("+")
                assert told == other[places[heading]].replace("\n", "; "), heading
                compared += 1
    return compared


PROVINCE = (str(ROOT / "examples" / "soc-trang-2018.yaml"),)
LINES = ("Item", "Code", "Content")
LAYOUTS: dict[str, tuple[str, tuple[str, ...], str, int | str, tuple[str, ...]]] = {
    "L1": (
        *("self-assessment", DEPARTMENT, "score", "Summary"),
        ("No.", "Area/Criterion/Sub-criterion"),
    ),
    "L2": ("plan", DEPARTMENT, "score", 1, LINES),
    "L3": ("self-assessment", DEPARTMENT, "score", "Results by area", ("Area",)),
    "L3 with others": ("analysis", PROVINCE, "score", "Results by area", ("Area",)),
    "L4": ("analysis", DEPARTMENT, "score", "Results by origin of points", ("Origin of points",)),
    "L5": ("analysis", PROVINCE, "score", "Comparison with others", ("Unit",)),
    "L6": ("ranking", (), "rank", "Ranking", ("Unit",)),
    "L6 by area": ("ranking", (), "rank", "Areas", ("Area",)),
    "L7": ("plan", DEPARTMENT, "score", "Lost points by office", ("Lead office",)),
    "L7 of an office": ("plan", DEPARTMENT, "score", "Phòng Pháp chế", LINES),
    "L8": ("self-assessment", DEPARTMENT, "score", "Explanation sheet", ("Code", "Content")),
}
"""By layout: the report, its run, the command and page of its workbook, and what tells rows apart."""


@pytest.fixture(scope="module")
def two_units(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file of two units of one scheme."""
    folder = tmp_path_factory.mktemp("two")
    one = Path(DEPARTMENT[0]).read_text(encoding="utf-8")
    file = folder / "two.yaml"
    other = one.replace("unit: Sở Ví dụ", "unit: Sở Khác").replace("86.2%", "60%")
    file.write_text(f"{one}\n---\n{other}", encoding="utf-8")
    return str(file)


class TestEveryLayout:
    """L1 to L8: every cell of the document is that of the workbook, in each form."""

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_cell(self, layout: str, two_units: str) -> None:
        kind, run, command, page, key = LAYOUTS[layout]
        run = run or (two_units, *DEPARTMENT[1:])
        book = of_workbook(run, page, command)
        keys = {keyed(row, book[0], key) for row in book[1:]}
        for ending, tables in of_reports(kind, run).items():
            of_page = [
                table
                for table in tables
                if set(key) <= set(table[0])
                and all(keyed(row, table[0], key) in keys for row in table[2:])
            ]
            assert of_page, ending
            assert same(of_page[0], book, key) > 5, ending


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
        areas = of_workbook(args, 2)
        at = next((at for at, each in enumerate(areas[0]) if each.startswith("Rank, as")), None)
        [total] = [row for row in areas if row[1] == "Total"]
        assert ("" if at is None else total[at]) == rank
        others = of_workbook(args, 3)
        [own] = [row for row in others if row[1] == "Sóc Trăng"]
        assert own[0] == rank
        for tables in of_reports("analysis", args).values():
            around = headed(tables, "Unit", "Rank")
            [row] = [row for row in around if "Sóc Trăng" in row]
            assert known(row[around[0].index("Rank")]) == rank
