"""Reports as Word documents: all that is in them, as Word's own, and nothing that acts."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from parindex.office.documents import docx_template
from parindex.office.documents.docx import render_docx
from parindex.office.documents.docx_package import check_bounds
from parindex.office.documents.paper import PaperTable, paper
from parindex.office.reports.blocks import Letterhead, Paragraph, Report
from parindex.values.escaping import xml_text
from parindex.values.language import LanguageCode
from tests.docx_support import WORD, body, paragraphs, parts
from tests.programs import PDFTOTEXT, convert, needs_pdftotext, needs_soffice
from tests.report_support import AREAS, EVERY_LETTER, HOSTILE, drawn_once, sample
from tests.support import ROOT
from tools import report_template

ODD = (
    "W" * 1000,
    "ấ" * 10_000,
    "x\ud800y\x00z\ufffe",
    "a\n\tb\fc\x07d {_{ {{p body }}",
    "中文 𠀀 👩‍👧",
)


@pytest.fixture(scope="module", autouse=True)
def once() -> Iterator[None]:
    """The template of the package, always the same bytes, is checked once, and a chart drawn once."""
    with pytest.MonkeyPatch.context() as patch, drawn_once():
        patch.setattr(docx_template, "check_bounds", cache(check_bounds))
        yield


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """A document full of text that would like to act."""
    return render_docx(sample(texts=HOSTILE))


def tables(report: Report) -> list[PaperTable]:
    """The tables as they are laid out."""
    laid_out = paper(report)
    return [
        block
        for run in (*laid_out.body, *laid_out.annex)
        for block in run.blocks
        if isinstance(block, PaperTable)
    ]


class TestTexts:
    """Every text is there letter by letter, whatever it looks like."""

    @pytest.mark.parametrize("texts", [AREAS, HOSTILE, ODD], ids=["plain", "hostile", "odd"])
    def test_all(self, texts: tuple[str, ...]) -> None:
        found = paragraphs(render_docx(sample(texts=texts)))
        for text in texts:
            shown = xml_text(text)
            assert f"- {shown}" in found
            assert found.count(shown) >= 3  # two tables, and one in the annex
        assert any(EVERY_LETTER in each for each in found)

    @given(st.text(max_size=200))
    def test_any(self, text: str) -> None:
        report = Report(
            "vi", text, text, (Paragraph(text),), Letterhead.model_construct(issuer=text or None)
        )
        found = paragraphs(render_docx(report))
        assert found.count(xml_text(text)) >= (3 if text.strip("… ") else 2)

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_the_text_block(self, lang: LanguageCode) -> None:
        found = paragraphs(render_docx(sample(lang)))
        words = {
            "vi": (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Nơi nhận:",
            ),
            "en": (
                "THE SOCIALIST REPUBLIC OF VIET NAM",
                "Independence - Freedom - Happiness",
                "Copies to:",
            ),
        }
        for text in (*words[lang], "SỞ NỘI VỤ", "BÁO CÁO", "CHỦ TỊCH", "- Bộ Nội vụ;"):
            assert found.count(text) == 1

    def test_what_is_not_known_is_left_to_fill_in(self) -> None:
        found = paragraphs(render_docx(Report("vi", "KẾ HOẠCH", "Nâng hạng", ())))
        assert "………………, ngày … tháng … năm …" in found
        assert any(re.fullmatch(r"Số:\s+/KH-…", each) for each in found)
        assert not any("None" in each for each in found)

    @pytest.mark.parametrize(
        ("lang", "day", "shown"),
        [
            ("vi", "2025-02-05", "Ví Dụ, ngày 05 tháng 02 năm 2025"),
            ("vi", "2025-04-28", "Ví Dụ, ngày 28 tháng 4 năm 2025"),
            ("en", "2025-04-28", "Ví Dụ, 2025-4-28"),
        ],
    )
    def test_dates(self, lang: LanguageCode, day: str, shown: str) -> None:
        """The decree writes a nought before days below ten, and before January and February."""
        report = Report(lang, "A", "B", (), Letterhead(place="Ví Dụ", date=day))
        assert shown in paragraphs(render_docx(report))


class TestWord:
    """Headings, tables, pictures and sections are Word's own; nothing in them acts."""

    def test_no_field_but_the_page_number(self, hostile: bytes) -> None:
        codes = re.findall(rb"<w:instrText[^>]*>([^<]*)<", b"".join(parts(hostile).values()))
        assert codes == [b"PAGE"]
        assert b"fldSimple" not in parts(hostile)["word/document.xml"]

    def test_nothing_outside(self, hostile: bytes) -> None:
        relations = [data for name, data in parts(hostile).items() if name.endswith(".rels")]
        assert relations
        assert not any(b'TargetMode="External"' in data for data in relations)

    def test_headings(self, hostile: bytes) -> None:
        styles = [each.get(f"{WORD}val") for each in body(hostile).iter(f"{WORD}pStyle")]
        assert styles.count("Heading1") == 2  # one section and the annex
        assert styles.count("Heading2") == 1

    def test_tables(self) -> None:
        report = sample()
        drawn = list(body(render_docx(report)).iter(f"{WORD}tbl"))[1:]
        del drawn[2]  # the signature, which comes before the annex
        for table, element in zip(tables(report), drawn, strict=True):
            rows = [
                tuple(
                    "".join(text.text or "" for text in cell.iter(f"{WORD}t"))
                    for cell in row.iter(f"{WORD}tc")
                )
                for row in element.iter(f"{WORD}tr")
            ]
            assert rows == [table.header, *table.rows]
            first = next(element.iter(f"{WORD}tr"))
            assert first.find(f"{WORD}trPr/{WORD}tblHeader") is not None

    def test_pictures_are_told_in_words(self, hostile: bytes) -> None:
        names = [each.get("descr") for each in body(hostile).iter() if each.tag.endswith("}docPr")]
        assert len(names) == 3
        assert all(name and xml_text(HOSTILE[0]) in name for name in names)
        pictures = [name for name in parts(hostile) if name.startswith("word/media/")]
        assert len(pictures) == 3

    def test_no_empty_page_between_sections(self) -> None:
        """What ends a section has text, or is as low as a line can be: else it could take a page."""
        report = _table_of(tuple(f"{'x' * 9} {number}" for number in range(12)), wide=True)
        told = replace(report, blocks=(Paragraph("above"), *report.blocks, Paragraph("below")))
        elements = list(body(render_docx(told)).iterfind(f"{WORD}body/*"))
        ends = [each for each in elements if each.find(f"{WORD}pPr/{WORD}sectPr") is not None]
        assert len(ends) == 1
        for end in ends:
            spacing = end.find(f"{WORD}pPr/{WORD}spacing")
            assert spacing is not None
            assert (spacing.get(f"{WORD}line"), "".join(end.itertext())) == ("20", "")
        texts = ["".join(each.itertext()) for each in elements]
        assert texts.index("above") < texts.index("below") < elements.index(ends[0])
        heading, caption = texts[elements.index(ends[0]) + 1 :][:2]
        assert heading == "Phụ lục. Bảng số liệu"
        assert caption.startswith("Bảng 1")

    def test_wide_tables_lie_across(self) -> None:
        """They stand after the signature, and the last page of all is theirs."""
        columns = tuple(f"{'x' * 9} {number}" for number in range(12))
        report = _table_of(columns, wide=True)
        sizes = [each.attrib for each in body(render_docx(report)).iter(f"{WORD}pgSz")]
        assert [size.get(f"{WORD}orient") for size in sizes] == [None, "landscape"]
        narrow = render_docx(_table_of(columns[:3], wide=True))
        assert len(list(body(narrow).iter(f"{WORD}pgSz"))) == 1

    def test_paper(self, hostile: bytes) -> None:
        """A4; 20 mm above and below, 30 left, 15 right, in twentieths of a point."""
        section = list(body(hostile).iter(f"{WORD}sectPr"))[-1]
        size, edges = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
        assert size is not None
        assert edges is not None
        assert [size.get(f"{WORD}{side}") for side in "wh"] == ["11906", "16838"]
        sides = ("top", "bottom", "left", "right")
        found = [int(edges.get(f"{WORD}{side}") or 0) for side in sides]
        assert found == [1134, 1134, 1701, 850]

    def test_the_same_bytes(self) -> None:
        assert render_docx(sample()) == render_docx(sample())

    def test_the_template_is_what_the_tool_makes(self) -> None:
        stored = (ROOT / "parindex/office/documents/templates/report.docx").read_bytes()
        assert parts(report_template.build()) == parts(stored)


def _table_of(titles: tuple[str, ...], *, wide: bool) -> Report:
    from parindex.office.reports.blocks import TableBlock
    from parindex.tables.table import Column, Table

    columns = tuple(Column(title, title) for title in titles)
    row = tuple("Chỉ đạo, điều hành cải cách hành chính" for _ in titles)
    return Report("vi", "A", "B", (TableBlock(Table("T", columns, (row,)), wide=wide),))


class TestOffice:
    """LibreOffice opens it, and its pages show every letter and every row."""

    @needs_soffice
    @needs_pdftotext
    def test_pages(self, tmp_path: Path) -> None:
        report = sample(texts=HOSTILE[:5])
        file = tmp_path / "report.docx"
        file.write_bytes(render_docx(report))
        shown = pdf_text(convert(file, "pdf", tmp_path))
        for letter in EVERY_LETTER:
            assert letter in shown
        for table in tables(report):
            for row in table.rows:
                for cell in row:
                    assert "".join(cell.split()) in "".join(shown.split())


def pdf_text(file: Path) -> str:
    """What is read on the pages."""
    command = [str(PDFTOTEXT), "-layout", str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
