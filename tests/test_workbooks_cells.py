"""What stands in a cell: texts with marks, values twice, times of day, formulas that give 0."""

import html
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.support import ROOT, call
from tests.xlsx_support import HEAD, SCORES, book, parts, table

GIVEN = ROOT / "tests" / "given" / "xlsx"
STRINGS = "xl/sharedStrings.xml"
RAISED = '<r><rPr><vertAlign val="{}"/></rPr><t>{}</t></r>'


def index(file: Path, *options: str) -> float:
    """The index that a workbook gives."""
    ran = call("score", str(file), "--format", "json", *options)
    assert ran.code == 0, ran.err
    found: float = json.loads(ran.out)["results"][0]["percent"]
    return found


def refused(file: Path) -> str:
    """What is said of a workbook that is refused."""
    ran = call("score", str(file))
    assert (ran.code, ran.out) == (2, ""), ran.out
    return ran.err


def with_cell(folder: Path, xml: str, *, styles: str = "") -> Path:
    """The workbook of Sóc Trăng 2018 with other XML in the place of cell D16, the last score."""
    file = book(folder / "a.xlsx", HEAD | table())
    with zipfile.ZipFile(file) as held:
        sheet = held.read("xl/worksheets/sheet1.xml").decode()
        look = held.read("xl/styles.xml").decode()
    start = sheet.index('<c r="D16"')
    end = sheet.index("</c>", start) + len("</c>")
    changes = {"sheet1": sheet[:start] + xml + sheet[end:]}
    if styles:
        code = html.escape(styles)
        formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
        number = styles if styles.isdecimal() else "170"
        look = look.replace("<fonts", f"{formats}<fonts", 1) if number == "170" else look
        look = look.replace("</cellXfs>", f'<xf numFmtId="{number}"/></cellXfs>')
        changes["styles"] = look
    return parts(file, **changes)


def runs(*pieces: str) -> str:
    """Cell D16 with a text of these runs."""
    return f'<c r="D16" t="inlineStr"><is>{"".join(pieces)}</is></c>'


class TestFootnotes:
    """A mark of a footnote never joins a number: the number is read, or the cell is refused."""

    def test_given(self) -> None:
        assert index(GIVEN / "superscript-footnote-in-points.xlsx") == 65.65

    @pytest.mark.parametrize("mark", ["2", "(1)", "*", "a", "1, 2"])
    @pytest.mark.parametrize("look", ["superscript", "subscript"])
    def test_runs(self, look: str, mark: str, tmp_path: Path) -> None:
        file = with_cell(tmp_path, runs("<r><t>13.7</t></r>", RAISED.format(look, mark)))
        assert index(file) == 78.35

    @pytest.mark.parametrize(
        "said", ["13.7²", "13,7 ⁽¹⁾", "13.7₃", "13.7¹,²", "13.7*", "13.7 (**)"]
    )
    def test_letters(self, said: str, tmp_path: Path) -> None:
        assert index(book(tmp_path / "a.xlsx", HEAD | table(points=(*SCORES[:7], said)))) == 78.35

    def test_shared_texts(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(file) as made:
            raised = made.add_format({"font_script": 1})
            sheet = made.add_worksheet()
            for place, value in (HEAD | table()).items():
                sheet.write(place, value)
            sheet.write_rich_string("D9", "7.93", raised, "1", " ")
            sheet.write_rich_string("A16", "8", raised, "2", " ")
            sheet.write_rich_string("A5", "Đơn vị: Sóc Trăng", raised, "3", " ")
        assert index(file) == 78.35
        assert '"unit": "Sóc Trăng"' in call("score", str(file), "--format", "json").out

    @pytest.mark.parametrize(
        "pieces",
        [
            ("<r><t>1</t></r>", RAISED.format("superscript", "3"), "<r><t>7</t></r>"),
            (RAISED.format("superscript", "2"),),
            ("<r><t>10</t></r>", RAISED.format("superscript", "2")),
        ],
        ids=["within the number", "nothing but a mark", "a power of ten"],
    )
    def test_ambiguous(self, pieces: tuple[str, ...], tmp_path: Path) -> None:
        assert "Sheet1!D16: P110" in refused(with_cell(tmp_path, runs(*pieces)))

    def test_how_it_is_pronounced_is_no_part(self, tmp_path: Path) -> None:
        spoken = '<t>13.7</t><rPh sb="0" eb="1"><t>99</t></rPh>'
        assert index(with_cell(tmp_path, runs(spoken))) == 78.35

    def test_what_is_raised_behind_a_measure_stays(self, tmp_path: Path) -> None:
        cells = {"E8": "Ghi chú", "E9": "12 km²", "E10": "theo báo cáo²"}
        file = book(tmp_path / "a.xlsx", HEAD | table() | cells)
        ran = call("score", str(file), "--format", "json")
        [result] = json.loads(ran.out)["results"]
        assert result["percent"] == 78.35


class TestTwoValues:
    """Of two values in a cell none is chosen: they agree, or the cell is refused."""

    def test_given(self) -> None:
        assert index(GIVEN / "inline-string-with-value-too.xlsx") == 65.65

    @pytest.mark.parametrize(
        "xml",
        [
            '<c r="D16" t="str"><v>13.7</v><is><t>13.7</t></is></c>',
            '<c r="D16" t="inlineStr"><is><t>13.7</t></is><v> 13.7 </v></c>',
            '<c r="D16"><v>13.7</v><v>13.7</v></c>',
            '<c r="D16" t="n"><is><t>13.7</t></is></c>',
            '<c r="D16"><v>1.37E1</v></c>',
            '<c r="D16"><v>137e-1</v></c>',
            '<c r="D16"><v>+13.70</v></c>',
        ],
    )
    def test_read(self, xml: str, tmp_path: Path) -> None:
        assert index(with_cell(tmp_path, xml)) == 78.35

    @pytest.mark.parametrize(
        ("xml", "found"),
        [
            ('<c r="D16" t="inlineStr"><v>1</v><is><t>13.7</t></is></c>', "1 | 13.7"),
            ('<c r="D16"><v>13.7</v><v>2</v></c>', "13.7 | 2"),
            ('<c r="D16" t="s"><v>4711</v></c>', "#4711"),
            ('<c r="D16" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
            ('<c r="D16" t="b"><v>1</v></c>', "TRUE"),
            ('<c r="D16" t="d"><v>2018-01-13</v></c>', "2018-01-13"),
            ('<c r="D16" t="d"><v>2018-01-13T07:30:00</v></c>', "2018-01-13T07:30:00"),
        ],
    )
    def test_refused(self, xml: str, found: str, tmp_path: Path) -> None:
        said = refused(with_cell(tmp_path, xml))
        assert ("Sheet1!D16: P110" in said, found in said) == (True, True), said


class TestFormats:
    """A day or a time is no number, whatever is stored; percent, money and fractions are."""

    def test_given(self) -> None:
        assert "Sheet1!D7: P110 1:" in refused(GIVEN / "time-of-day-as-points.xlsx")

    @pytest.mark.parametrize(
        "code",
        [
            *("h:mm", "[h]:mm", "mm:ss", "[mm]:ss.0", "[s]", "h:mm AM/PM", "[$-42A]h:mm;@"),
            *("[$-F400]h:mm:ss", "d/m/yyyy", "[$-42A]dd mmmm", "mmm", "m", "yyyy"),
            *("14", "17", "18", "20", "22", "27", "36", "45", "46", "47", "50", "58"),
        ],
    )
    def test_days_and_times(self, code: str, tmp_path: Path) -> None:
        xml = '<c r="D16" s="1"><v>13.7</v></c>'
        assert "Sheet1!D16: P110 8:" in refused(with_cell(tmp_path, xml, styles=code))

    @pytest.mark.parametrize(
        "code",
        [
            "# ?/?",
            "12",
            "General",
            "0.00",
            "[Red]0.0",
            '#,##0.00 "đồng"',
            "#,##0.00\\ [$₫-42A]",
            '_-* #,##0.00 "d"_-;[Red]-0.00',
            "0.00E+00",
            "44",
            "@",
            "[<20]0.0;[>=20]0",
            '0.0" ngày"',
            "0\\d",
        ],
    )
    def test_numbers(self, code: str, tmp_path: Path) -> None:
        xml = '<c r="D16" s="1"><v>13.7</v></c>'
        assert index(with_cell(tmp_path, xml, styles=code)) == 78.35


class TestFormulas:
    """A formula counts by what a spreadsheet program stored; a library's stand-in is refused."""

    def test_given(self) -> None:
        assert index(GIVEN / "formula-gives-zero-saved-by-libreoffice.xlsx") == 70.42

    @pytest.mark.parametrize("value", ["<v>0</v>", "<v>0.0</v>"])
    def test_a_stored_zero(self, value: str, tmp_path: Path) -> None:
        file = with_cell(tmp_path, f'<c r="D16"><f>1-1</f>{value}</c>')
        assert index(saved(file)) == 64.65

    @pytest.mark.parametrize("value", ["<v></v>", "<v/>"])
    def test_a_stored_empty_text_is_an_empty_cell(self, value: str, tmp_path: Path) -> None:
        file = saved(with_cell(tmp_path, f'<c r="D16" t="str"><f>""</f>{value}</c>'))
        [result] = json.loads(call("score", str(file), "--format", "json").out)["results"]
        assert [area["state"] for area in result["criteria"]][-1] == "unknown"

    @pytest.mark.parametrize("value", ["", "<v>0</v>", "<v></v>"])
    def test_a_stand_in_of_a_library(self, value: str, tmp_path: Path) -> None:
        file = with_cell(tmp_path, f'<c r="D16"><f>1-1</f>{value}</c>')
        said = refused(file)
        assert ("Sheet1!D16: P110 8:" in said, "Ctrl+Shift+F9" in said) == (True, True)

    def test_no_value_even_where_nothing_is_worked_out_anew(self, tmp_path: Path) -> None:
        file = saved(with_cell(tmp_path, '<c r="D16"><f>1-1</f></c>'))
        assert "Sheet1!D16: P110 8:" in refused(file)

    def test_what_xlsxwriter_writes(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
            sheet = made.add_worksheet()
            for place, value in (HEAD | table()).items():
                sheet.write(place, value)
            sheet.write_formula("D16", "=10+3.7")
        assert "found: =10+3.7;" in refused(tmp_path / "a.xlsx")


def saved(file: Path) -> Path:
    """The workbook as programs write it that work out formulas themselves."""
    with zipfile.ZipFile(file) as held:
        workbook = held.read("xl/workbook.xml").decode()
    return parts(file, workbook=workbook.replace(' fullCalcOnLoad="1"', ""))
