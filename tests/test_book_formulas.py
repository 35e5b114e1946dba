"""Live totals of workbooks: LibreOffice works out what parindex prints."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from parindex.analysis.ranking import rank
from parindex.analysis.unit_figures import rank_input_of
from parindex.office.pages.page import Book
from parindex.office.pages.results import unit_book, units_book
from parindex.office.pages.units import rankings_book
from parindex.office.xlsx.write import write_book
from parindex.scorecard.scorecard import Entry
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.tables.table import Table
from parindex.values.exact import rounded
from parindex.values.facts import State
from tests.book_support import BLOCKED, BLOCKS, FULL, ROUNDINGS, SAY, SCORES, STAGED, TREE, made
from tests.programs import convert_all, needs_soffice
from tests.support import card, scheme

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of bars


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
    whole = made(book, file.with_suffix(".whole"))
    with ZipFile(whole) as given, ZipFile(file, "w") as bare:
        for part in given.namelist():
            bare.writestr(part, re.sub(b"</f><v>[^<]*</v>", b"</f>", given.read(part)))
    return file


def groups_book(results: list[Result]) -> Book:
    """The rankings of the units of each scheme."""
    pages: list[Table] = []
    for at in range(len(ROUNDINGS)):
        group = [each for each in results if each.scheme.id == f"example-{at}"]
        used = {f"example-{at}": group[0].scheme}
        pages += rankings_book(
            rank([rank_input_of(each, sums=True) for each in group]), used, SAY
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
            expected = page.rows[at.row][at.column]
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


def test_states_are_told() -> None:
    """A leaf without points says why, and its cell is empty."""
    result = score(card({**FULL, "1.2": Entry(State("not_applicable"))}), scheme(criteria=TREE))
    page = unit_book(result, None, SAY).pages[0]
    keys = [column.key for column in page.columns]
    row = page.rows[2]
    assert (row[keys.index("points")], row[keys.index("state")]) == (None, "does not apply")
