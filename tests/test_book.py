"""Workbooks out: `-o result.xlsx`, the layouts of an office with live totals."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from parindex.analysis.entrant import entrant_of
from parindex.analysis.ranking import rank
from parindex.exact import rounded
from parindex.formats.xlsx.write import write_book
from parindex.language import language
from parindex.model.facts import Points, State
from parindex.model.result import Result
from parindex.model.scorecard import Entry, Stage
from parindex.scoring import score
from parindex.views.workbook.page import Book, Page
from parindex.views.workbook.results import unit_book, units_book
from parindex.views.workbook.units import rankings_book
from tests.programs import convert_all, needs_soffice
from tests.support import EXAMPLE, ROOT, area, call, card, run, scheme

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl, of bars
SAY = language("en")
DEPARTMENT = (
    str(ROOT / "examples" / "departments-2024.yaml"),
    "--scheme",
    str(ROOT / "examples" / "schemes" / "departments-2024.yaml"),
)
SMALL = (
    str(ROOT / "examples" / "small-2024.yaml"),
    "--scheme",
    str(ROOT / "examples" / "small-scheme.yaml"),
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^parindex (?:score|rank|losses) .*-o \S+\.xlsx$", README, re.MULTILINE)
INPUTS = {"areas": (EXAMPLE,), "stages": DEPARTMENT, "partial": SMALL}


def made(book: Book, file: Path) -> Path:
    """The workbook in a file."""
    with file.open("wb") as stream:
        write_book(book, SAY, stream)
    return file


def written(file: Path, *arguments: str) -> Any:
    """The workbook that a command writes, with the values stored in it."""
    ran = call(*arguments, "-o", str(file))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return openpyxl.load_workbook(file, data_only=True)


def table(sheet: Any, key: str) -> dict[str, dict[str, Any]]:
    """The rows under the headings of a sheet, by what stands under one of them."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(at for at, row in enumerate(rows) if key in row)
    found = {}
    for row in rows[at + 1 :]:
        if not any(row):
            break  # notes follow
        told = dict(zip(rows[at], row, strict=True))
        if told[key] is not None:
            found[str(told[key])] = told
    return found


def leaves(criteria: list[Any]) -> dict[str, Any]:
    """The criteria of JSON at any depth, by code."""
    found = {}
    for each in criteria:
        found[each["code"]] = each
        found |= leaves(each.get("children", []))
    return found


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
        total = table(sheet, "Area/Criterion/Sub-criterion")["TOTAL POINTS"]
        assert (total["Points"], total["Maximum points"], total["%"]) == (78.35, 100, 78.35)

    def test_partial_is_marked_and_has_no_percentage(self, tmp_path: Path) -> None:
        sheet = written(tmp_path / "a.xlsx", "score", *SMALL).worksheets[0]
        total = table(sheet, "Area/Criterion/Sub-criterion")["TOTAL POINTS (IN PART UNKNOWN)"]
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
        whole = table(book["Results by area"], "Area")["Total"]
        assert (whole["Rank in 2017"], whole["Rank"], whole["+/- places"]) == (46, 24, "+22")
        others = table(book["Comparison with others"], "Unit")
        assert others["Quảng Ninh"]["Index"] == 89.06
        assert others["Quảng Ninh"]["Sóc Trăng less this one"] == pytest.approx(-10.71)
        assert others["Mean of the nation"]["Index"] == 76.92

    def test_made_up_units_are_compared_with_nobody(self, tmp_path: Path) -> None:
        book = written(tmp_path / "a.xlsx", "score", *DEPARTMENT)
        assert "Comparison with others" not in book.sheetnames


TREE = [
    area("1", "4", area("1.1", "1"), area("1.2", "3")),
    area("2", "6", area("2.1", "2"), area("2.2", "4", area("2.2.1", "1"), area("2.2.2", "3"))),
]
BLOCKS = [
    {"id": "bonus", "kind": "bonus", "cap": "2", "items": [area("T1", "1.5"), area("T2", "1")]},
    {"id": "penalty", "kind": "penalty", "items": [area("P1", "3")]},
]
FULL = {"1.1": "0.335", "1.2": "2.115", "2.1": "1.005", "2.2.1": "0.445", "2.2.2": "2.215"}
ROUNDINGS = [
    {},
    {"mode": "down"},
    {"mode": "half-even"},
    {"index": 1},
    *({"points": {"digits": 1, "at": at}} for at in ("leaf", "area", "total")),
    {"mode": "down", "points": {"digits": 1, "at": "area"}},
    {"mode": "half-even", "points": {"digits": 1, "at": "total"}},
]
SCORES: list[dict[str, Any]] = [
    FULL,
    {**FULL, "1.2": "unknown"},
    {**FULL, "1.2": "not_applicable"},
    {**FULL, "2.2.2": "no_evidence"},
    dict.fromkeys(FULL, "unknown"),
    dict.fromkeys(FULL, "not_applicable"),
    {**FULL, "T1": "1.5", "T2": "1", "P1": "0.255"},
    {**FULL, "T1": "unknown", "P1": "3"},
    {"1.1": "1", "1.2": "3", "2": "6", "T1": "1.5"},
    {"1": "3.5", "2": "5.115"},
]
FIRST: dict[Stage, Entry] = {"self": Entry(Points(Decimal(1)), stage="self")}


def staged(points: str) -> Entry:
    """Points of the appraiser where the unit gave itself one."""
    last = Entry(Points(Decimal(points)), reason="<late>", stage="appraised")
    return replace(last, stages={**FIRST, "appraised": last})


STAGED = {code: staged(points) for code, points in FULL.items()}
BLOCKED = SCORES[6]


def cases() -> list[Result]:
    """Every rounding with bonus and penalty, and stages; the modes with every state too."""
    found = []
    for number, rounding in enumerate(ROUNDINGS):
        used = scheme(id=f"example-{number}", criteria=TREE, adjustments=BLOCKS, rounding=rounding)
        told = SCORES if number in (0, 1, 2) else [BLOCKED]
        for at, scores in enumerate([*told, STAGED]):
            found.append(score(card(scores, unit=f"{number}-{at}"), used))
    return found


def without_values(book: Book, file: Path) -> Path:
    """The workbook in a file that stores no values of its formulas."""
    openpyxl.load_workbook(made(book, file)).save(file)
    return file


def groups_book(results: list[Result]) -> Book:
    """The rankings of the units of each scheme."""
    pages: list[Page] = []
    for at in range(len(ROUNDINGS)):
        group = [each for each in results if each.scheme.id == f"example-{at}"]
        used = {f"example-{at}": group[0].scheme}
        pages += rankings_book(
            rank([entrant_of(each, sums=True) for each in group]), used, SAY
        ).pages
    return Book(tuple(pages))


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book, Path]]:
    """Workbooks, and each as LibreOffice works it out, all in one run."""
    folder, results = tmp_path_factory.mktemp("recalculated"), cases()
    books = {
        "units": units_book(results, SAY),
        "unit": unit_book(results[-1], None, SAY),
        "ranking": groups_book(results),
    }
    files = [without_values(book, folder / f"{name}.xlsx") for name, book in books.items()]
    shown = convert_all(files, "xlsx:Calc MS Excel 2007 XML", folder / "out")
    return dict(zip(books, zip(books.values(), shown, strict=True), strict=True))


def differing(book: Book, file: Path) -> tuple[int, list[tuple[Any, ...]]]:
    """How many formulas there are, and those that give another printed figure than the page."""
    shown = openpyxl.load_workbook(file, data_only=True)
    count, wrong = 0, []
    for page, sheet in zip(book.pages, shown.worksheets, strict=False):
        first = 5 if page.over else 4
        for at in page.formulas:
            expected = page.sheet.rows[at.row][at.column]
            if expected is None:
                continue
            count += 1
            found = sheet.cell(first + at.row, at.column + 1).value
            assert isinstance(expected, Decimal)
            digits = -int(expected.as_tuple().exponent)
            if (
                not isinstance(found, int | float)
                or rounded(Decimal(f"{found:.10f}"), digits) != expected
            ):
                wrong.append((page.name, at, page.formulas[at], expected, found))
    return count, wrong


@needs_soffice
class TestRecalculated:
    """LibreOffice, working every formula out anew, shows what parindex prints."""

    @pytest.mark.parametrize(("name", "least"), [("units", 400), ("unit", 20), ("ranking", 60)])
    def test_every_formula(
        self, name: str, least: int, recalculated: dict[str, tuple[Book, Path]]
    ) -> None:
        """Of units in every rounding and state, of all layouts of one, of rankings by scheme."""
        count, wrong = differing(*recalculated[name])
        assert (wrong, count > least) == ([], True)


class TestLive:
    """Sums are formulas wherever they are sums; a changed leaf changes all above it."""

    def formulas(self, result: Result) -> set[str]:
        file = io.BytesIO()
        write_book(unit_book(result, None, SAY), SAY, file)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        cells = (cell for row in sheet.iter_rows() for cell in row)
        return {str(cell.value) for cell in cells if cell.data_type == "f"}

    def test_sums(self) -> None:
        told = self.formulas(score(card(FULL), scheme(criteria=TREE)))
        assert "=SUM(D5:D6)" in told
        assert "=SUM(D4,D7)" in told

    def test_what_is_not_the_sum_is_no_formula(self) -> None:
        used = scheme(criteria=TREE)
        told = self.formulas(score(card({**FULL, "1": "2.45"}), used))
        assert "=SUM(D5:D6)" in told
        told = self.formulas(score(card({"1": "2.45", "2": "3"}), used))
        assert "=SUM(D5:D6)" not in told


HOSTILE = (
    '=HYPERLINK("http://example.invalid","x")',
    "+1+1",
    "@SUM(A1)",
    "http://example.invalid/",
    "\x1b[31mred\x00\u202eevil",
    "<script>&amp;]]></script>",
    "[a]:*?/\\b",
    "'quoted'",
    "History",
    "x" * 1000,
    "😀" * 40,
    "lone \ud800 half",
)


class TestHostile:
    """Text acts nowhere: it is text in cells, and a harmless name of a sheet."""

    def test_units(self, tmp_path: Path) -> None:
        results = [score(card(STAGED, unit=name), scheme(criteria=TREE)) for name in HOSTILE]
        file = made(units_book(results, SAY), tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(file)
        names = book.sheetnames
        assert len(names) == len(HOSTILE) + 1
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
            assert not set(name) & set("[]:*?/\\\x1b\u202e")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        formulas = {str(cell.value) for cell in cells if cell.data_type == "f"}
        assert all(
            re.fullmatch(r"=[-A-Z0-9(),:*/+]+[A-Z0-9\"<>=,:*/+()-]*", each) for each in formulas
        )
        assert not any(cell.hyperlink for cell in cells)
        with zipfile.ZipFile(file) as parts:
            texts = b"".join(map(parts.read, parts.namelist()))
        assert b"<f>HYPERLINK" not in texts
        assert b"\x1b" not in texts

    @pytest.mark.parametrize("name", HOSTILE)
    def test_one_unit(self, name: str, tmp_path: Path) -> None:
        used = scheme(criteria=[*TREE, area("3", "1", lead=name.replace("\ud800", ""))], max="11")
        result = score(card({**FULL, "3": "0.5"}, unit=name), used)
        book = openpyxl.load_workbook(made(unit_book(result, None, SAY), tmp_path / "a.xlsx"))
        assert len(book.sheetnames) >= 5

    def test_same_name_twice(self, tmp_path: Path) -> None:
        used = scheme(criteria=TREE)
        results = [score(card(FULL, unit="A", parent=each), used) for each in ("X", "Y")]
        book = openpyxl.load_workbook(made(units_book(results, SAY), tmp_path / "a.xlsx"))
        assert book.sheetnames == ["All units", "A", "A (2)"]


class TestRanking:
    """One group on a page: places, then whoever is not ranked in a block of their own."""

    def test_groups(self, tmp_path: Path) -> None:
        file = str(ROOT / "seeds" / "published" / "tay-ninh-2023.yaml")
        book = written(tmp_path / "a.xlsx", "rank", file)
        told = json.loads(call("rank", file, "-f", "json").out)["groups"]
        for group, sheet in zip(told, book.worksheets, strict=False):
            rows = table(sheet, "Unit")
            assert [rows[each["unit"]]["Rank"] for each in group["ranked"]] == [
                each["rank"] for each in group["ranked"]
            ]
            assert [rows[each["unit"]]["Index, %"] for each in group["ranked"]] == [
                each["index"] for each in group["ranked"]
            ]

    def test_apart(self) -> None:
        used = scheme(criteria=TREE)
        results = [
            score(card(FULL, unit="A"), used),
            score(card({**FULL, "1.1": "unknown"}, unit="B"), used),
            score(card(FULL, unit="C", ranked=False, unranked_reason="new"), used),
        ]
        entrants = [entrant_of(each, sums=True) for each in results]
        page = rankings_book(rank(entrants), {used.id: used}, SAY).pages[0]
        at = [column.key for column in page.sheet.columns].index("unit")
        assert [row[at] for row in page.sheet.rows] == [
            "A",
            "Assessed but not ranked",
            "C",
            "Not known in full, so not ranked",
            "B",
        ]
        assert page.sheet.rows[-1][-1] == "57.80–67.80 %"

    def test_stages_side_by_side(self) -> None:
        used = scheme(criteria=TREE)
        entrants = [entrant_of(score(card(STAGED), used), sums=True)]
        page: Page = rankings_book(rank(entrants), {used.id: used}, SAY).pages[0]
        assert [over.title for over in page.over] == ["1. Tiêu chí 1", "2. Tiêu chí 2"]
        assert page.sheet.rows[0][2] == Decimal("2.00")

    def test_many_units_get_no_page_each(self) -> None:
        used = scheme(criteria=TREE)
        results = [score(card(FULL, unit=f"A{number}"), used) for number in range(160)]
        book = units_book(results, SAY)
        assert len(book.pages) == 151
        assert len(book.pages[0].sheet.rows) == 160
        assert "150" in book.pages[0].sheet.notes[0]


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

        monkeypatch.setattr("parindex.formats.xlsx.write.add_charts", fail)
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
        assert "pip install 'parindex[office]'" in ran.err


def test_states_are_told() -> None:
    """A leaf without points says why, and its cell is empty."""
    result = score(card({**FULL, "1.2": Entry(State("not_applicable"))}), scheme(criteria=TREE))
    page = unit_book(result, None, SAY).pages[0]
    keys = [column.key for column in page.sheet.columns]
    row = page.sheet.rows[2]
    assert (row[keys.index("points")], row[keys.index("state")]) == (None, "does not apply")
