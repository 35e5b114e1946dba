"""Templates, letterheads and reports that would act, fill the machine or lose a clause."""

import re
from itertools import product
from pathlib import Path

import pytest

from parindex.findings import InputError
from parindex.office.documents.docx import render_docx
from parindex.office.documents.html import render_html
from parindex.office.documents.markdown import render_report_markdown
from parindex.office.documents.pdf import render_pdf
from parindex.office.reports.blocks import Letterhead, Paragraph, Report, TableBlock
from parindex.render.markdown import render_markdown
from parindex.tables.table import Column, Table
from parindex.values.language import language
from tests.docx_support import packed, paragraphs, parts
from tests.processes import start
from tests.programs import convert, needs_soffice
from tests.support import ROOT, call

OWN = (ROOT / "parindex/office/documents/templates/report.docx").read_bytes()
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x="http://example.invalid/x"'
)
PROVINCE = str(ROOT / "examples" / "soc-trang-2018.yaml")
DEPARTMENT = (
    str(ROOT / "examples" / "departments-2024.yaml"),
    *("--scheme", str(ROOT / "examples" / "schemes" / "departments-2024.yaml")),
)
DDE = 'DDEAUTO cmd "/k calc"'


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def field(code: str) -> str:
    """A field in pieces, as Word writes it, without a result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"<w:p>{mark('begin')}<w:r>{code}</w:r>{mark('end')}</w:p>"


def code(text: str) -> str:
    return f"<w:instrText>{text}</w:instrText>"


def letter(inside: str, more: dict[str, tuple[str, str, str]] | None = None) -> bytes:
    """A template of this text; `more` are parts by name, with relation, content type and content."""
    text = (
        f"<w:body>{paragraph('{{ issuer }}')}{inside}{paragraph('{{p body }}')}<w:sectPr/></w:body>"
    )
    found = {"word/document.xml": f"<w:document {SPACES}>{text}</w:document>".encode()}
    types = relations = ""
    for number, (name, (kind, content_type, content)) in enumerate((more or {}).items()):
        types += f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        relations += f'<Relationship Id="m{number}" Type="{kind}" Target="/{name}"/>'
        found[name] = content.encode()
    found["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'.encode()
    )
    found["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'.encode()
    )
    found["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>{types}</Types>'
    ).encode()
    return packed(found)


def report(letterhead: Letterhead | None = None) -> Report:
    return Report("vi", "BÁO CÁO", "Thử", (Paragraph("Một."),), letterhead or Letterhead())


def told(template: bytes, folder: Path, letterhead: Letterhead | None = None) -> list[str]:
    """The codes of what is wrong with a template; none where it is filled in."""
    file = folder / "a.docx"
    file.write_bytes(template)
    try:
        render_docx(report(letterhead), file)
    except InputError as error:
        return sorted({each.code for each in error.findings})
    return []


def part(name: str, inside: str) -> dict[str, tuple[str, str, str]]:
    """A part beside the text with something in it."""
    root = {"header": "hdr", "footer": "ftr"}.get(name, name)
    held = inside
    if name in ("footnotes", "endnotes", "comments"):
        held = f'<w:{name[:-1]} w:id="0">{inside}</w:{name[:-1]}>'
    xml = f"<w:{root} {SPACES}>{held}</w:{root}>"
    return {f"word/{name}.xml": (f"{OFFICE}/{name}", f"{KIND}.{name}+xml", xml)}


FIELDS = {
    "a comment in its code": field(code(f"DD{{# x #}}{DDE[2:]}")),
    "a condition in its code": field(code("DD{% if issuer %}EAUTO{% endif %} cmd")),
    "a placeholder as its code": field(code("{{ issuer }}")),
    "a simple field": f'<w:p><w:fldSimple w:instr="{DDE.replace(chr(34), "&quot;")}"/></w:p>',
    "its code as text": field(f"<w:t>{DDE}</w:t>"),
    "its code in pieces": field(code("DDE") + "</w:r><w:r>" + code("AUTO cmd")),
    "its code as symbols": field('<w:sym w:char="0044"/>' + code(" PAGE ")),
    "a field in a field": field("</w:r>" + field(code(DDE))[5:-6] + "<w:r>" + code(" PAGE ")),
    "a code that goes on": field(code(" PAGE "))[:-6] + f"<w:r>{code(DDE)}</w:r></w:p>",
    "no end": f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{code(DDE)}</w:r></w:p>',
    "other files": field(code(r"RD \\example.invalid\x.docx")),
    "a link to a program": field(code('HYPERLINK "file://example.invalid/x.exe"')),
    "a deleted code": field(f"<w:delInstrText>{DDE}</w:delInstrText>"),
    "a form with a macro": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="x"/></w:ffData>'
        f'</w:fldChar>{code("PAGE")}<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
}
PARTS = ("header", "footer", "footnotes", "endnotes", "comments")
OBJECTS = {
    "an object": "<w:p><w:r><w:object><o:OLEObject Type='Embed' ProgID='Package' r:id='m0'/></w:object></w:r></w:p>",
    "a control": '<w:p><w:r><w:control r:id="m0"/></w:r></w:p>',
    "another document": '<w:altChunk r:id="m0"/>',
    "a part of a master": '<w:p><w:subDoc r:id="m0"/></w:p>',
    "a picture from the web": (
        '<w:p><w:r><w:pict><v:shape><v:imagedata src="https://example.invalid/x.png"/></v:shape></w:pict></w:r></w:p>'
    ),
    "a link of a shape": '<w:p><w:r><w:pict><v:rect href="https://example.invalid"/></w:pict></w:r></w:p>',
    "a link of a picture": '<w:p><w:r><w:drawing><a:hlinkClick r:id="m0"/></w:drawing></w:r></w:p>',
    "bound data": '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/"/></w:sdtPr><w:sdtContent/></w:sdt>',
    "another namespace": "<x:y/>",
    "an attribute of another namespace": '<w:p x:y="1"><w:r/></w:p>',
    "an older form of it": (
        "<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:p><w:r><w:object/></w:r></w:p>"
        "</mc:Fallback></mc:AlternateContent>"
    ),
}
RELATED = {
    "a package": (f"{OFFICE}/package", "word/embeddings/x.bin", "application/octet-stream"),
    "a program as a picture": (f"{OFFICE}/image", "word/media/x.bin", "application/x-msdownload"),
    "task panes": (
        f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
        *("word/webextensions/taskpanes.xml", "application/xml"),
    ),
    "a ribbon": (
        f"{MICROSOFT}/2006/relationships/ui/extensibility",
        *("customUI/customUI.xml", "application/xml"),
    ),
    "keys": (
        f"{MICROSOFT}/2006/relationships/keyMapCustomizations",
        *("word/customizations.xml", "application/vnd.ms-word.keyMapCustomizations+xml"),
    ),
    "another kind of styles": (f"{OFFICE}/styles", "word/x.xml", f"{KIND}.settings+xml"),
}
MERGE = '<w:mailMerge><w:connectString w:val="Provider=x"/></w:mailMerge>'


class TestActs:
    """What is not on the list of what is allowed is refused, wherever it stands and however it came."""

    @pytest.mark.parametrize("name", FIELDS)
    def test_fields(self, name: str, tmp_path: Path) -> None:
        head = Letterhead(issuer=DDE)
        assert told(letter(FIELDS[name]), tmp_path, head) == ["P143"]

    @pytest.mark.parametrize(
        ("where", "name"), [*product(PARTS, ("other files", "a simple field"))]
    )
    def test_fields_of_other_parts(self, where: str, name: str, tmp_path: Path) -> None:
        assert told(letter("", part(where, FIELDS[name])), tmp_path) == ["P143"]

    @pytest.mark.parametrize("name", OBJECTS)
    def test_objects(self, name: str, tmp_path: Path) -> None:
        assert told(letter(OBJECTS[name]), tmp_path) == ["P143"]

    @pytest.mark.parametrize("name", RELATED)
    def test_parts(self, name: str, tmp_path: Path) -> None:
        kind, place, content_type = RELATED[name]
        more = {place: (kind, content_type, f"<w:settings {SPACES}/>")}
        found = told(letter("", more), tmp_path)
        assert found == (["P141"] if kind.endswith("/styles") else ["P143"])

    def test_settings(self, tmp_path: Path) -> None:
        assert told(letter("", part("settings", MERGE)), tmp_path) == ["P143"]

    def test_page_numbers(self, tmp_path: Path) -> None:
        for each in ("PAGE", r" PAGE   \* MERGEFORMAT ", "NUMPAGES", r" SECTIONPAGES \* Arabic "):
            assert told(letter(field(code(each))), tmp_path) == [], each

    def test_two_parts_of_one_name(self, tmp_path: Path) -> None:
        """A relation of another type to the styles: python-docx would add its own beside them."""
        held = parts(OWN)
        name = "word/_rels/document.xml.rels"
        held[name] = held[name].replace(f"{OFFICE}/styles".encode(), b"x")
        assert told(packed(held), tmp_path) == ["P141"]


class TestLeftOut:
    """What a letter does without is not handed on; what it is written with stays."""

    def test_parts(self, tmp_path: Path) -> None:
        hidden = f"<w:glossaryDocument {SPACES}>{field(code(DDE))}</w:glossaryDocument>"
        more = {
            "word/glossary/document.xml": (
                f"{OFFICE}/glossaryDocument",
                f"{KIND}.document.glossary+xml",
                hidden,
            ),
            "word/fontTable.xml": (
                f"{OFFICE}/fontTable",
                f"{KIND}.fontTable+xml",
                f"<w:fonts {SPACES}/>",
            ),
            "customXml/item1.xml": (f"{OFFICE}/customXml", "application/xml", "<secret/>"),
        }
        file = tmp_path / "a.docx"
        file.write_bytes(letter("", more))
        assert not set(more) & set(parts(render_docx(report(), file)))

    def test_what_may_be_ignored(self, tmp_path: Path) -> None:
        held = parts(
            letter('<w:p x:id="1"><x:y/><!-- {{ nobody }} --><w:r><w:t>bleibt</w:t></w:r></w:p>')
        )
        text = held["word/document.xml"].decode()
        held["word/document.xml"] = text.replace(
            "<w:document", '<w:document mc:Ignorable="x"'
        ).encode()
        file = tmp_path / "a.docx"
        file.write_bytes(packed(held))
        made = render_docx(report(), file)
        assert "bleibt" in paragraphs(made)
        assert b"nobody" not in parts(made)["word/document.xml"]
        assert b"x:y" not in parts(made)["word/document.xml"]


class TestClauses:
    """No paragraph goes without a word: braces that do not go in pairs are told, or stay."""

    @pytest.mark.parametrize("pair", ["}}{{", "#}{#", "%}{%"])
    @pytest.mark.parametrize("around", ["", " x "])
    def test_out_of_order(self, pair: str, around: str, tmp_path: Path) -> None:
        line = paragraph(f"{around}{pair}{around}")
        assert told(letter(line + paragraph("Điều khoản") + line), tmp_path) == ["P142"]

    @pytest.mark.parametrize(
        "lines",
        [
            ("a {", "Điều khoản", "{ b }}"),
            ("a {", "# Điều khoản #", "} b"),
            ("{ a", "Điều khoản", "}"),
        ],
    )
    def test_lone_braces_stay(self, lines: tuple[str, ...], tmp_path: Path) -> None:
        file = tmp_path / "a.docx"
        template = letter("".join(map(paragraph, lines)))
        if told(template, tmp_path) != ["P142"]:
            found = paragraphs(render_docx(report(), file))
            assert [text for text in found if text in lines] == list(lines)

    def test_braces_of_attributes(self, tmp_path: Path) -> None:
        mark = (
            '<w:p><w:bookmarkStart w:id="{}" w:name="{}"/><w:bookmarkEnd w:id="{}"/></w:p>'.format
        )
        inside = mark(1, "{#", 1) + paragraph("Điều khoản") + mark(2, "#}", 2)
        file = tmp_path / "a.docx"
        file.write_bytes(letter(inside))
        assert "Điều khoản" in paragraphs(render_docx(report(), file))

    def test_a_box_between(self, tmp_path: Path) -> None:
        box = f"<w:r><w:pict><v:rect><v:textbox><w:txbxContent>{paragraph('Điều khoản')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
        inside = f"<w:p><w:r><w:t>{{{{ iss</w:t></w:r>{box}<w:r><w:t>uer }}}}</w:t></w:r></w:p>"
        assert told(letter(inside), tmp_path) == ["P142"]


class TestBounds:
    """What a template, a letterhead or a report would come to is counted before it is made."""

    def test_as_many_recipients_as_a_letterhead_takes(self) -> None:
        names = tuple(f"Sở {number}" for number in range(50))
        found = paragraphs(render_docx(report(Letterhead(recipients=names))))
        assert found.count("- Sở 49.") == 1

    def test_loops(self, tmp_path: Path) -> None:
        loop = "{%p for r in recipients %}", "{{ issuer }}" * 900, "{%p endfor %}"
        head = Letterhead(issuer="&" * 20_000, recipients=("r",) * 50)
        assert told(letter("".join(map(paragraph, loop))), tmp_path, head) == ["P106"]

    def test_loops_of_elements(self, tmp_path: Path) -> None:
        inside = (
            paragraph("{%p for r in recipients %}") + "<w:p/>" * 9_000 + paragraph("{%p endfor %}")
        )
        assert told(letter(inside), tmp_path, Letterhead(recipients=("r",) * 50)) == ["P106"]

    def test_values_of_loops(self, tmp_path: Path) -> None:
        loop = "{%p for r in recipients %}", "{{ r }}" * 200, "{%p endfor %}"
        head = Letterhead(recipients=("x" * 20_000,) * 50)
        assert told(letter("".join(map(paragraph, loop))), tmp_path, head) == ["P106"]

    @pytest.mark.parametrize(
        "inside",
        [
            *("<w:p/>" * 60_000, "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" * 101),
            paragraph("x" * 2_100_000),
        ],
        ids=["elements", "sections", "letters"],
    )
    def test_large_templates(self, inside: str, tmp_path: Path) -> None:
        assert told(letter(inside), tmp_path) == ["P106"]

    def test_many_parts(self, tmp_path: Path) -> None:
        more = {
            f"word/h{at}.xml": (f"{OFFICE}/header", "application/xml", "<a/>") for at in range(250)
        }
        assert told(letter("", more), tmp_path) == ["P106"]

    @pytest.mark.parametrize(
        "inside",
        [
            "".join(f'<w:p w:rsidR="{at}"/>' for at in range(15_000)),
            f"<w:p><w:r>{'<w:t/>' * 40_000}</w:r></w:p>",
        ],
        ids=["paragraphs", "texts"],
    )
    def test_no_text_is_looked_through_for_each_element(self, inside: str, tmp_path: Path) -> None:
        """What was quadratic took minutes; the limit of the suite would tell."""
        assert told(letter(inside), tmp_path) == []

    def test_reports(self) -> None:
        def of(cells: int) -> Report:
            row = (("x",) * 10,)
            table = Table("T", tuple(Column(str(at), "x") for at in range(10)), row * (cells // 10))
            return Report("vi", "A", "B", (TableBlock(table),))

        for render, cells, wanted in (
            (render_pdf, 16_000, "P145"),
            (render_docx, 40_000, "P106"),
            (render_html, 200_000, "P106"),
            (render_report_markdown, 400_000, "P106"),
        ):
            with pytest.raises(InputError, match=wanted):
                render(of(cells))

    def test_notes(self) -> None:
        """Notes of 3 MB are refused before Typst is asked."""
        with pytest.raises(InputError, match="P145"):
            render_pdf(Report("vi", "A", "B", (Paragraph("ภาษาไทย" * 500_000),)))

    def test_the_command(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = (
            f"Xã {unit},2018,province,{at},{unit % 9}"
            for unit in range(1_500)
            for at in range(1, 9)
        )
        file.write_text("unit,year,level,code,points\n" + "\n".join(rows), encoding="utf-8")
        out = tmp_path / "a.pdf"
        done = call(
            "report", str(file), "--scheme", "vn-province-2018", "--kind", "ranking", "-o", str(out)
        )
        assert done.code == 2
        assert done.err.startswith("P145 ")
        assert not out.exists()


class Panic(BaseException):
    """As pyo3_runtime.PanicException, which no module has."""


class TestPanic:
    """A panic of the compiler, which is no Exception, is told as what could not be drawn."""

    def test_told(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        def fail(*_: object, **__: object) -> bytes:
            raise Panic

        monkeypatch.setattr("typst.compile", fail)
        done = call("report", PROVINCE, "--kind", "self-assessment", "-o", str(tmp_path / "a.pdf"))
        assert done.code == 2
        [told] = done.faults
        assert re.fullmatch(r"P145 .*\(found: Panic\)", told)

    def test_an_interruption_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> bytes:
            raise KeyboardInterrupt

        monkeypatch.setattr("typst.compile", fail)
        with pytest.raises(KeyboardInterrupt):
            render_pdf(report())

    def test_letters_of_many_marks(self, tmp_path: Path) -> None:
        """Exit 0 or 2, in every form, and no word of Rust."""
        name = "\\u0644" + "\\u0301" * 21 + "\\u0f72x"
        scheme, card = tmp_path / "s.json", tmp_path / "c.json"
        scheme.write_text(
            '{"id": "g", "title": {"vi": "x"}, "status": "example", "level": "department", "years": [2024], '
            f'"max": 1, "criteria": [{{"code": "1", "name": {{"vi": "{name}"}}, "max": 1}}]}}'
        )
        card.write_text(
            '{"unit": "X", "year": 2024, "level": "department", "scores": {"1": "0.5"}}'
        )
        for ending in ("pdf", "docx", "html", "md"):
            asked = ("report", str(card), "--scheme", str(scheme), "--kind", "self-assessment")
            done = start(*asked, "-o", str(tmp_path / f"a.{ending}"))
            assert done.code in ((0, 2) if ending == "pdf" else (0,))
            assert "panic" not in done.err.lower().replace("panicexception", "")


class TestMarkdown:
    """Notes are paragraphs, whatever sign they begin with, and no text becomes a link or a call."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("- một mục", r"\- một mục"),
            ("1. một", r"1\. một"),
            ("---", r"\---"),
            ("    mã", "mã"),
            ("xem https://example.invalid/a", r"xem https\://example.invalid/a"),
            ("www.example.invalid", r"www\.example.invalid"),
            ("cc @ai và $x$", r"cc @&#8203;ai và \$x\$"),
        ],
    )
    def test_notes_of_a_table(self, text: str, line: str) -> None:
        table = Table("A", (Column("a", "A"),), (("1",),), notes=(text,))
        assert line in render_markdown(table, language("en")).splitlines()

    def test_notes_of_a_scheme(self, tmp_path: Path) -> None:
        given = (ROOT / "examples" / "small-scheme.yaml").read_text(encoding="utf-8")
        file = tmp_path / "s.yaml"
        note = 'note: "cc @ai, www.example.invalid"'
        file.write_text(
            re.sub("(?m)^(note|source):.*$", "", given) + f"\n{note}\n", encoding="utf-8"
        )
        done = call("schemes", "show", str(file), "-f", "markdown")
        assert done.code == 0
        told = r"Note of the scheme: cc @&#8203;ai, www\.example.invalid"
        assert told in done.out.splitlines()


class TestTerminal:
    """Names of units move no cursor and set no clipboard, in messages of the command line too."""

    def test_names(self, tmp_path: Path) -> None:
        acting = "A\x1b]52;c;ZXZpbA==\x07\x1b[31mX", "B\x9b31m\u202eabc"
        file = tmp_path / "a.csv"
        rows = (f'"{name}",2018,{at},1' for name in acting for at in range(1, 9))
        file.write_text("unit,year,code,points\n" + "\n".join(rows), encoding="utf-8")
        for command in (
            ("split", str(file)),
            ("merge", str(file)),
            ("report", str(file), "--kind", "self-assessment"),
        ):
            done = call(*command)
            assert not re.search("[\x1b\x9b\x07\u202e]", done.out + done.err), command
            if command[0] != "merge":
                assert done.code == 2


LINE = """<w:p w14:paraId="1"><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
layoutInCell="1" allowOverlap="1" wp14:anchorId="2"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">
<wp:posOffset>9</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>9</wp:posOffset>
</wp:positionV><wp:extent cx="9" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="1" name="Line 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:cNvCnPr/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>
<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:extLst><a:ext uri="y"/></a:extLst></a:ln>
</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>
<w:pict><v:line id="Line 1" o:spid="_x0000_s1026" style="position:absolute;z-index:1" from="0,0" to="9,0"
o:gfxdata="UEsDB" strokeweight=".75pt"><w10:wrap anchorx="margin"/></v:line></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""
GALLERY = (
    '<w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Page Numbers (Top of Page)"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
    f"{field(code(' PAGE   ' + chr(92) + '* MERGEFORMAT '))}</w:sdtContent></w:sdt>"
)


class TestTaken:
    """What programs of offices write into a letterhead is taken: lines as shapes, page numbers, extensions."""

    def test_a_letterhead_of_word(self, tmp_path: Path) -> None:
        wp, word = "http://schemas.openxmlformats.org/drawingml/2006", f"{MICROSOFT}/word/2010"
        spaces = (
            f'xmlns:wp="{wp}/wordprocessingDrawing" xmlns:wps="{word}/wordprocessingShape" '
            f'xmlns:w14="{word}/wordml" xmlns:wp14="{word}/wordprocessingDrawing" '
            'xmlns:w10="urn:schemas-microsoft-com:office:word" mc:Ignorable="w14 wp14"'
        )
        held = parts(letter(LINE + GALLERY))
        text = held["word/document.xml"].decode()
        held["word/document.xml"] = text.replace("<w:document", f"<w:document {spaces}").encode()
        assert told(packed(held), tmp_path) == []

    @needs_soffice
    def test_a_letterhead_of_libreoffice(self, tmp_path: Path) -> None:
        file = tmp_path / "mau.docx"
        file.write_bytes(OWN)
        (tmp_path / "out").mkdir()
        saved = convert(file, "docx", tmp_path / "out")
        assert told(saved.read_bytes(), tmp_path) == []
