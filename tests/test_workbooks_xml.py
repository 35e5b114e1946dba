"""The XML of a sheet, as programs write it and as they do not, is read or refused."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.office.xlsx.book import sheets_of
from parindex.office.xlsx.cells import Cell
from parindex.values.codes import DUPLICATE_KEY, SYNTAX_BROKEN, TOO_LONG

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


def read(xml: str) -> Any:
    """The cells, merged cells and faults of a sheet, or the codes of what is refused."""
    try:
        [found] = sheets_of(packed(xml), "a.xlsx")
    except InputError as error:
        return [finding.code for finding in error.findings]
    return found.rows, found.merged, [fault.code for fault in found.faults]


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


class TestRows:
    """Whatever the rows hold, the cells are read, and places that are there twice are faults."""

    @given(rows())
    def test_any(self, xml: str) -> None:
        after = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
        cells, merged, faults = read(sheet(xml, after))
        assert merged == [(1, 1, 2, 2)]
        assert all(each.text or each.formula for row in cells.values() for each in row.values())
        assert set(faults) <= {DUPLICATE_KEY}

    def test_an_example(self) -> None:
        xml = '<row r="3"><c r="B3" s="1"><f>1/4&gt;0</f><v>0.25</v></c><c r="C3" t="s"><v>0</v></c></row>'
        cells = {3: {2: Cell("25%", "percent", "=1/4>0"), 3: Cell("một & hai")}}
        assert read(sheet(xml)) == (cells, [], [])


ONE: Any = ({1: {1: Cell("1", "number")}}, [], [])
REFUSED = [SYNTAX_BROKEN]
UNUSUAL = {
    "a comment": (sheet('<row r="1"><c r="A1"><v>1</v></c></row><!-- -->'), ONE),
    "a part that is quoted": (sheet('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'), ONE),
    "a place that is not said": (sheet('<row r="1"><c><v>1</v></c></row>'), ONE),
    "a row that is not said": (sheet('<row><c r="A1"><v>1</v></c></row>'), ONE),
    "a row that is said twice": (sheet('<row r="1" r="2"><c r="A1"><v>1</v></c></row>'), REFUSED),
    "a text of its own": (
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'),
        ({1: {1: Cell("x")}}, [], []),
    ),
    "letters by number": (
        sheet('<row r="1"><c r="A1" t="str"><v>&#65;</v></c></row>'),
        ({1: {1: Cell("A")}}, [], []),
    ),
    "an entity that is none": (
        sheet('<row r="1"><c r="A1" t="str"><v>&none;</v></c></row>'),
        REFUSED,
    ),
    "a control character": (sheet('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'), REFUSED),
    "the end of a line": (
        sheet('<row r="1"><c r="A1" t="str"><v>a\rb</v></c></row>'),
        ({1: {1: Cell("a\nb")}}, [], []),
    ),
    "an element that is not closed": (sheet('<row r="1"><c r="A1"><v>1</v></row>'), REFUSED),
    "spaces between": (sheet('<row r="1"> <c r="A1"><v>1</v></c></row>'), ONE),
    "a place beyond all": (
        sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        ({}, [], [SYNTAX_BROKEN]),
    ),
    "a long text": (
        sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 30_000}</v></c></row>'),
        ({}, [], [TOO_LONG]),
    ),
    "text between": (sheet('<row r="1">5<c r="A1"><v>1</v></c></row>'), ONE),
    "another encoding": (sheet("<row r='1'/>").replace("UTF-8", "latin-1"), ({}, [], [])),
    "two lists of rows": (sheet("<row r='1'/></sheetData><sheetData>"), ({}, [], [])),
    "names with a prefix": (sheet("").replace("<worksheet", "<x:worksheet", 1), REFUSED),
}


class TestUnusual:
    """XML as no spreadsheet program writes it is read where it is XML, and else refused."""

    @pytest.mark.parametrize("what", UNUSUAL)
    def test_read(self, what: str) -> None:
        xml, found = UNUSUAL[what]
        assert read(xml) == found
