"""A sheet that is written plainly is read fast, and as the XML parser would read it."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.office.xlsx import book as module
from parindex.office.xlsx.cells import Cell
from parindex.office.xlsx.plain import take_plain
from parindex.office.xlsx.sheet import Cells, Known, Sheet

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="m">'
SHARED = "<sst><si><t>một &amp; hai</t></si><si><t/></si></sst>"
STYLES = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'


BOOK = '<workbook><sheet name="a" r:id="worksheet"/></workbook>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(folder: str, *kinds: str) -> str:
    """The relations of a part to others, each named like its kind."""
    said = (
        f'<Relationship Id="{kind}" Type="{KIND}/{kind}" Target="{folder}{kind}.xml"/>'
        for kind in kinds
    )
    return f"<Relationships>{''.join(said)}</Relationships>"


def packed(xml: str) -> bytes:
    """A workbook with this sheet."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("_rels/.rels", relations("xl/", "officeDocument"))
        package.writestr("xl/officeDocument.xml", BOOK)
        package.writestr(
            "xl/_rels/officeDocument.xml.rels",
            relations("", "worksheet", "sharedStrings", "styles"),
        )
        package.writestr("xl/sharedStrings.xml", SHARED)
        package.writestr("xl/styles.xml", STYLES)
        package.writestr("xl/worksheet.xml", xml)
    return stream.getvalue()


def sheet(rows: str, after: str = "") -> str:
    """A sheet with these rows."""
    return f"{HEAD}<sheetData>{rows}</sheetData>{after}</worksheet>"


def read(xml: str, *, fast: bool) -> Any:
    """What is read of a sheet, the fast way if it can be, or by the XML parser alone."""
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setattr(module, "take_plain", lambda _, __: None)
        try:
            [found] = module.sheets_of(packed(xml), "a.xlsx")
        except InputError as error:
            return error.findings
    return found.rows, found.merged, found.faults


def is_taken(xml: str) -> bool:
    """Whether the fast way reads a sheet."""
    cells = Cells(Sheet("a", "b", 0, False), Known({}, {}, False), (10**6, 10**6), AssertionError)
    return take_plain(xml.encode(), cells) is not None


TEXT = st.text(st.sampled_from("ab1.,-+% <>&\"'\n_x000D_ệ😀"), max_size=12).map(
    lambda said: said.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
)
VALUE = st.one_of(TEXT, st.decimals(-1000, 1000, places=3).map(str), st.sampled_from("012"))


@st.composite
def cell(draw: st.DrawFn, row: int) -> str:
    """A cell as spreadsheet programs write it."""
    at = draw(st.sampled_from(["A", "B", "C", "Z", "AA", "XF"]))
    style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="7"']))
    kind = draw(st.sampled_from(["", ' t="s"', ' t="n"', ' t="str"', ' t="b"', ' t="e"']))
    formula = draw(st.sampled_from(["", "<f/>", '<f t="shared" si="0"/>', "<f>A1&lt;2</f>"]))
    value = draw(st.sampled_from(["", "<v/>", f"<v>{draw(VALUE)}</v>"]))
    inner = formula + value
    start = f'<c r="{at}{row}"{style}{kind}'
    return f"{start}>{inner}</c>" if inner else f"{start}/>"


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Rows in any order, with cells of them; now and then a place stands twice."""
    numbers = draw(st.lists(st.integers(1, 30), max_size=4))
    return "".join(
        f'<row r="{number}" spans="1:3" ht="15.5">{"".join(draw(st.lists(cell(number))))}</row>'
        for number in numbers
    )


class TestSame:
    """Both ways give the same cells, in the same places, with the same faults."""

    @given(rows())
    def test_any(self, xml: str) -> None:
        after = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
        assert is_taken(sheet(xml, after))
        assert read(sheet(xml, after), fast=True) == read(sheet(xml, after), fast=False)

    def test_an_example(self) -> None:
        xml = '<row r="3"><c r="B3" s="1"><f>1/4&gt;0</f><v>0.25</v></c><c r="C3" t="s"><v>0</v></c></row>'
        cells = {3: {2: Cell("25%", "percent", "=1/4>0"), 3: Cell("một & hai")}}
        assert read(sheet(xml), fast=True) == (cells, [], [])


NOT_PLAIN = {
    "a comment": sheet('<row r="1"><c r="A1"><v>1</v></c></row><!-- -->'),
    "a part that is quoted": sheet('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'),
    "a place that is not said": sheet('<row r="1"><c><v>1</v></c></row>'),
    "a row that is not said": sheet('<row><c r="A1"><v>1</v></c></row>'),
    "a row that is said twice": sheet('<row r="1" r="2"><c r="A1"><v>1</v></c></row>'),
    "a text of its own": sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'),
    "letters by number": sheet('<row r="1"><c r="A1" t="str"><v>&#65;</v></c></row>'),
    "an entity that is none": sheet('<row r="1"><c r="A1" t="str"><v>&none;</v></c></row>'),
    "a control character": sheet('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'),
    "the end of a line": sheet('<row r="1"><c r="A1" t="str"><v>a\rb</v></c></row>'),
    "an element that is not closed": sheet('<row r="1"><c r="A1"><v>1</v></row>'),
    "spaces between": sheet('<row r="1"> <c r="A1"><v>1</v></c></row>'),
    "a place beyond all": sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "a long text": sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 30_000}</v></c></row>'),
    "text between": sheet('<row r="1">5<c r="A1"><v>1</v></c></row>'),
    "another encoding": sheet("<row r='1'/>").replace("UTF-8", "latin-1"),
    "two lists of rows": sheet("<row r='1'/></sheetData><sheetData>"),
    "names with a prefix": sheet("").replace("<worksheet", "<x:worksheet", 1),
}


class TestLeft:
    """What is written in any other way is left to the parser, which reads or refuses it."""

    @pytest.mark.parametrize("what", NOT_PLAIN)
    def test_left(self, what: str) -> None:
        xml = NOT_PLAIN[what]
        assert not is_taken(xml)
        assert read(xml, fast=True) == read(xml, fast=False)
