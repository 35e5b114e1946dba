"""Workbooks as programs save them: LibreOffice, XlsxWriter, Excel's own ways of writing cells."""

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from parindex.api import read_scorecards, score
from tests.programs import convert_all, needs_soffice
from tests.support import call
from tests.test_workbooks import UNTIDY
from tests.xlsx_support import HEAD, book, parts, table

NUMBERS = UNTIDY["numbers as binary floats"]
FIRST = '<c r="D9" t="n"><v>7.93</v></c>'


def index(file: Path) -> str:
    """The index of the only unit, which must be the example's."""
    [card] = read_scorecards(file)
    assert (card.unit, card.year) == ("Sóc Trăng", 2018)
    return str(score(card).index)


FORMULAS = HEAD | table() | {"D9": "=7.9+0.03", "D10": "=1/0", "D11": "=TRUE()"}
SAVED = {
    "text numbers with commas and non-breaking spaces": "Calc MS Excel 2007 XML",
    "numbers with the noise of sums": "Calc MS Excel 2007 XML",
    "numbers as binary floats": "Calc Office Open XML",
    "whole codes as numbers, with a dot or spaces": "Calc MS Excel 2007 XML",
    "formulas": "Calc MS Excel 2007 XML",
}
"""Workbooks, and the form in which LibreOffice saves them."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbooks as LibreOffice saved them, in one run for each form."""
    folder = tmp_path_factory.mktemp("saved")
    sheets = {**UNTIDY, "formulas": FORMULAS}
    found: dict[str, Path] = {}
    for form in {*SAVED.values()}:
        names = [how for how in SAVED if SAVED[how] == form]
        files = [book(folder / f"{at}.xlsx", sheets[how]) for at, how in enumerate(names)]
        found |= dict(zip(names, convert_all(files, f"xlsx:{form}", folder / form), strict=True))
    return found


@needs_soffice
class TestLibreOffice:
    """A workbook that LibreOffice saved says what it said before."""

    @pytest.mark.parametrize("how", [how for how in SAVED if how != "formulas"])
    def test_saved(self, how: str, saved: dict[str, Path]) -> None:
        assert index(saved[how]) == "78.35"

    def test_formulas_have_values_and_errors_are_refused(self, saved: dict[str, Path]) -> None:
        ran = call("score", str(saved["formulas"]))
        assert [line.split(":")[1] for line in ran.err.splitlines()] == ["Sheet1!D10", "Sheet1!D11"]
        assert "#DIV/0!" in ran.err


def written(file: Path, write: Callable[[Any, Any], object], **options: Any) -> Path:
    """The example as XlsxWriter writes it, with what is written over it."""
    made = xlsxwriter.Workbook(str(file), options)
    sheet = made.add_worksheet("Sheet1")
    for cell, value in (HEAD | table()).items():
        sheet.write(cell, value)
    write(made, sheet)
    made.close()
    return file


class TestXlsxWriter:
    """Texts in several fonts, formulas with and without a value, days by two calendars."""

    def test_read(self, tmp_path: Path) -> None:
        def write(made: Any, sheet: Any) -> None:
            bold = made.add_format({"bold": True})
            sheet.write_rich_string("A5", "Đơn vị: ", bold, "Sóc", " Trăng")
            sheet.write_rich_string("D9", bold, "7", ",93")
            sheet.write_formula("D10", "=9+0.09", None, 9.09)
            sheet.write_array_formula("D11:D11", "{=SUM(F1:F2)}", None, 10.49)
            sheet.write_url("E9", "https://example.org", string="17/BC")

        assert index(written(tmp_path / "a.xlsx", write)) == "78.35"

    @pytest.mark.parametrize(
        ("write", "found"),
        [
            (lambda _, sheet: sheet.write_boolean("D9", True), "TRUE"),
            (lambda _, sheet: sheet.write_formula("D9", "=1/0", None, "#DIV/0!"), "#DIV/0!"),
            (lambda _, sheet: sheet.write_formula("D9", "=7.9+0.03"), "=7.9+0.03"),
        ],
    )
    def test_refused(self, write: Callable[[Any, Any], object], found: str, tmp_path: Path) -> None:
        ran = call("score", str(written(tmp_path / "a.xlsx", write)))
        assert ran.code == 2
        assert (
            f"Sheet1!D9: P110 1: the value is not of the kind expected (found: {found};" in ran.err
        )

    @pytest.mark.parametrize("since_1904", [False, True])
    def test_days(self, since_1904: bool, tmp_path: Path) -> None:
        def write(made: Any, sheet: Any) -> None:
            look = made.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_datetime("D9", datetime.date(2018, 12, 13), look)

        file = written(tmp_path / "a.xlsx", write, date_1904=since_1904)
        assert "found: 2018-12-13;" in call("score", str(file)).err


def inside(file: Path) -> str:
    """The XML of the first sheet."""
    with zipfile.ZipFile(file) as held:
        return held.read("xl/worksheets/sheet1.xml").decode()


def cell(said: str) -> Callable[[str], str]:
    """The sheet with another first score."""
    return lambda sheet: sheet.replace(FIRST, said)


READ: dict[str, Callable[[str], str]] = {
    "a text in the cell": cell(
        '<c r="D9" t="inlineStr"><is><r><t>7</t></r><r><t>,93 </t></r>'
        '<rPh sb="0" eb="1"><t>bảy</t></rPh></is></c>'
    ),
    "a formula that cells share": cell('<c r="D9"><f t="shared" si="0"/><v>7.93</v></c>'),
    "seventeen digits": cell('<c r="D9"><v>7.9299999999999997</v></c>'),
    "an exponent": cell('<c r="D9"><v>793E-2</v></c>'),
    "an end of line of Windows": cell('<c r="D9" t="str"><v>7,93_x000D_</v></c>'),
    "no places": lambda sheet: re.sub(r'<c r="[A-Z]+[0-9]+"', "<c", sheet),
    "elements with a prefix": lambda sheet: re.sub(
        r"<(/?)(?=[a-z])", r"<\1x:", sheet.replace("xmlns=", "xmlns:x=")
    ),
    "the strict form": lambda sheet: sheet.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006",
        "http://purl.oclc.org/ooxml/spreadsheetml",
    ),
}
REFUSED = {
    "a formula that cells share without a value": (
        '<c r="D9"><f t="shared" si="0"/></c>',
        "found: =…;",
    ),
    "the same with 0": ('<c r="D9"><f t="shared" si="0"/><v>0</v></c>', "found: =…;"),
    "a day as the strict form writes it": (
        '<c r="D9" t="d"><v>2018-12-13T00:00:00</v></c>',
        "found: 2018-12-13;",
    ),
    "a comma in a number": ('<c r="D9"><v>7,93</v></c>', "found: 7,93;"),
    "a text that is not there": ('<c r="D9" t="s"><v>9999</v></c>', "found: #9999;"),
}


class TestForms:
    """All ways of the format to write a cell mean the same, or are refused with the cell."""

    @pytest.mark.parametrize("how", READ)
    def test_read(self, how: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NUMBERS)
        before = inside(file)
        after = READ[how](before)
        assert after != before
        assert index(parts(file, sheet1=after)) == "78.35"

    @pytest.mark.parametrize("how", REFUSED)
    def test_refused(self, how: str, tmp_path: Path) -> None:
        said, found = REFUSED[how]
        file = book(tmp_path / "a.xlsx", NUMBERS)
        before = inside(file)
        ran = call("score", str(parts(file, sheet1=before.replace(FIRST, said))))
        assert (ran.code, "Sheet1!D9: P110 1:" in ran.err, found in ran.err) == (2, True, True)

    def test_a_place_that_is_none(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NUMBERS)
        before = inside(file)
        ran = call("score", str(parts(file, sheet1=before.replace('r="D9"', 'r="D-9"'))))
        assert (ran.code, "P104" in ran.err, "found: D-9" in ran.err) == (2, True, True)
