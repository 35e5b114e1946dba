"""Reports as PDF: every letter, with the fonts of the machine and with none of them."""

import re
import subprocess
from functools import partial
from pathlib import Path

import pytest
import typst

from parindex.findings import InputError
from parindex.office.documents.paper import paper
from parindex.office.documents.pdf import render_pdf
from parindex.office.reports.blocks import Letterhead, Report
from parindex.values.escaping import xml_text
from parindex.values.language import LanguageCode
from tests.programs import PDFTOTEXT, needs_pdftotext
from tests.report_support import AREAS, EVERY_LETTER, HOSTILE, sample
from tests.test_report_docx import ODD, _table_of, pdf_text, tables


def shown(report: Report, folder: Path) -> str:
    """What is read on the pages, without the spaces and the places where long words may break."""
    file = folder / "report.pdf"
    file.write_bytes(render_pdf(report))
    return squeezed(pdf_text(file))


def squeezed(text: str) -> str:
    """The text without spaces, line breaks and zero-width spaces."""
    return re.sub("[\\s\u200b]", "", text)


def fonts_of(file: Path) -> list[str]:
    """The names of the fonts in a file."""
    asked = [str(Path(str(PDFTOTEXT)).with_name("pdffonts")), str(file)]
    told = subprocess.run(asked, check=True, capture_output=True).stdout.decode()
    return [line.split()[0] for line in told.splitlines()[2:]]


@needs_pdftotext
class TestPages:
    """Pages show every text letter by letter, and every cell of every table."""

    @pytest.mark.parametrize("lang", ["vi", "en"])
    @pytest.mark.parametrize("texts", [AREAS, HOSTILE], ids=["plain", "hostile"])
    def test_texts(self, lang: LanguageCode, texts: tuple[str, ...], tmp_path: Path) -> None:
        report = sample(lang, texts)
        found = shown(report, tmp_path)
        for text in texts:
            assert squeezed(f"- {xml_text(text)}") in found
        for table in tables(report):
            for row in (table.header, *table.rows):
                assert all(squeezed(cell) in found for cell in row)
        for run in paper(report).body:
            assert all(squeezed(getattr(block, "text", "")) in found for block in run.blocks)

    @pytest.mark.parametrize("system", [True, False], ids=["fonts", "no fonts"])
    def test_every_letter(
        self, system: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compile_ = partial(typst.compile, ignore_system_fonts=not system)
        monkeypatch.setattr(typst, "compile", compile_)
        found = shown(sample(), tmp_path)
        assert set(EVERY_LETTER.replace(" ", "")) <= set(found)

    def test_bold_capitals_are_whole_without_fonts_of_offices(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The bold of Typst's own font sets the circumflex of Ộ and Ệ far above the letter."""
        compile_ = partial(typst.compile, ignore_system_fonts=True)
        monkeypatch.setattr(typst, "compile", compile_)
        monkeypatch.setattr("parindex.office.documents.pdf.fonts_of_offices", lambda: ())
        file = tmp_path / "a.pdf"
        file.write_bytes(render_pdf(Report("vi", "BÁO CÁO", "Hội", (), Letterhead())))
        assert [name for name in fonts_of(file) if "Bold" in name] == []
        assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in squeezed(pdf_text(file))

    def test_the_bold_of_an_office_font_is_its_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "parindex.office.documents.pdf.fonts_of_offices", lambda: ("Libertinus Serif",)
        )
        file = tmp_path / "a.pdf"
        file.write_bytes(render_pdf(sample()))
        assert any("Bold" in name for name in fonts_of(file))

    def test_long_words_stay_on_the_page(self, tmp_path: Path) -> None:
        found = shown(sample(texts=ODD), tmp_path)
        assert found.count("W") >= 5000
        assert found.count("ấ") >= 30_000

    def test_paper(self, tmp_path: Path) -> None:
        columns = tuple(f"{'x' * 9} {number}" for number in range(12))
        file = tmp_path / "a.pdf"
        file.write_bytes(render_pdf(_table_of(columns, wide=True)))
        info = [str(Path(str(PDFTOTEXT)).with_name("pdfinfo")), "-l", "9", str(file)]
        told = subprocess.run(info, check=True, capture_output=True).stdout.decode()
        sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told)
        upright, across = ("595.276", "841.89"), ("841.89", "595.276")
        assert sizes == [upright, across]


class TestFile:
    """The same bytes each time; a title, a language, bookmarks and pictures told in words."""

    def test_same_bytes(self) -> None:
        assert render_pdf(sample()) == render_pdf(sample())

    def test_parts(self) -> None:
        data = render_pdf(sample())
        assert b"/Lang(vi)" in data
        assert b"/Title" in data
        assert b"/Outlines" in data
        assert b"/JavaScript" not in data
        assert b"/URI" not in data

    def test_what_cannot_be_drawn_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("parindex.office.documents.pdf.svg", lambda *_, **__: "<svg")
        with pytest.raises(InputError, match="P145"):
            render_pdf(sample())
