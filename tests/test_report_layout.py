"""How reports lie on paper: full pages, whole words in headings, a signature that is never alone."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typst

from parindex.office.documents import pdf
from parindex.office.documents.columns import table_columns
from parindex.office.documents.joined import NO_BREAK, joined
from parindex.tables.table import Column
from tests.docx_support import WORD, body
from tests.programs import PDFTOTEXT, needs_pdftotext
from tests.support import EXAMPLE, ROOT, call

SMALL = (
    str(ROOT / "examples/small-2024-whole.yaml"),
    *("--scheme", str(ROOT / "examples/small-scheme.yaml")),
)
DEPARTMENTS = (
    str(ROOT / "examples/departments-areas-2024.csv"),
    *("--scheme", str(ROOT / "examples/schemes/departments-2024.yaml"), "--kind", "ranking"),
)
REPORTS = {
    "analysis": (EXAMPLE, "--kind", "analysis"),
    "self-assessment": (EXAMPLE, "--kind", "self-assessment"),
    "plan": (EXAMPLE, "--kind", "plan", "--target", "index=80"),
    "plan of few": (*SMALL, "--kind", "plan", "--target", "index=90"),
    "ranking": DEPARTMENTS,
    "ranking of six": (str(ROOT / "examples/provinces-2018.csv"), "--kind", "ranking"),
}
_HEADER = 80
"""Points at the top of a page that only its number may stand in."""
_SIGNED = "Copies"
"""The first word beside the signature."""


class Page:
    """A page: how high it is, and its words with their upper and lower edges, from the top down."""

    def __init__(self, height: float, words: list[tuple[float, float, str]]) -> None:
        self.height = height
        self.words = sorted(words)

    @property
    def filled(self) -> float:
        """The share of its height above the lowest word."""
        return max(low for _, low, _ in self.words) / self.height

    def top(self, text: str) -> float | None:
        """Where a word stands; None where it does not."""
        return next((high for high, _, word in self.words if word == text), None)


def pages(arguments: tuple[str, ...], folder: Path) -> list[Page]:
    """The pages of a report that the command writes as PDF."""
    file, words = folder / "a.pdf", folder / "words.html"
    ran = call("report", *arguments, "--no-annex", "-o", str(file))
    assert ran.code == 0, ran.err
    subprocess.run([str(PDFTOTEXT), "-bbox", str(file), str(words)], check=True)
    return [*_pages(words.read_text("utf-8"))]


def _pages(text: str) -> Iterator[Page]:
    word = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<')
    for page in re.findall(r"<page .*?</page>", text, re.DOTALL):
        height = float(re.search(r'height="([\d.]+)"', page)[1])  # type: ignore[index]
        yield Page(height, [(float(h), float(low), told) for h, low, told in word.findall(page)])


@needs_pdftotext
class TestPages:
    """No page of the text is half empty, and the signature stands below a line of it."""

    @pytest.mark.parametrize("name", REPORTS)
    def test_full(self, name: str, tmp_path: Path) -> None:
        found = pages(REPORTS[name], tmp_path)
        signed = next(at for at, page in enumerate(found) if page.top(_SIGNED) is not None)
        assert [page.filled for page in found[:signed] if page.filled < 0.6] == []
        above = [high for high, _, _ in found[signed].words if high > _HEADER / 2]
        at = found[signed].top(_SIGNED)
        assert at is not None
        assert min(above) < at


class TestColumns:
    """A column is as wide as the longest word of its heading in bold letters of Times."""

    WORDS = {"hạng": 2112, "Điểm": 2277, "loại": 1556, "dồn": 1612, "Trọng": 2722}  # noqa: RUF012

    @pytest.mark.parametrize("count", [4, 9, 12])
    def test_no_word_is_broken(self, count: int) -> None:
        titles = [("Thứ hạng", "Điểm đạt", "Xếp loại", "% cộng dồn", "Trọng tổng")[at % 5] for at in range(count)]  # fmt: skip
        columns = [Column(str(at), title, "number") for at, title in enumerate(titles)]
        rows = [[f"{at},50" for at in range(count)]]
        size, widths = table_columns(columns, titles, rows, wide=False)
        for title, width in zip(titles, widths, strict=True):
            for word in title.split():
                assert self.WORDS.get(word, 0) * size / 1000 <= width - 8

    def test_a_heading_of_a_sentence_takes_many_lines(self) -> None:
        title = "5. Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức"
        columns = [Column("unit", "Đơn vị"), *(Column(str(at), title, "number") for at in range(8))]
        titles = ["Đơn vị", *([title] * 8)]
        size, widths = table_columns(columns, titles, [["Sở A", *(["12,50"] * 8)]], wide=False)
        assert size >= 8
        assert sum(widths) == 467


class TestJoined:
    """80 % and ≥ 80 stay in one line; placeholders and other spaces are left as they are."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("80 % of it", "80_% of it"),
            ("Tốt ≥ 80%; < 5", "Tốt_≥_80%; <_5"),
            ("A ≥ 80 %", "A_≥_80_%"),
            ("Chỉ số, %", "Chỉ số,_%"),
            ("{% if 1 %}", "{% if 1 %}"),
            ("a < b", "a < b"),
        ],
    )
    def test_spaces(self, text: str, found: str) -> None:
        assert joined(text) == found.replace("_", NO_BREAK)

    def test_names(self) -> None:
        """A short name stays in one line, a long one may break."""
        long = "xã Phước Hòa (huyện Tân Thành)"
        found = joined(f"Hòa Bình; {long}", ("Hòa Bình", long))
        assert found == f"Hòa{NO_BREAK}Bình; {long}"


class TestFonts:
    """A font of offices counts where it has letters with two marks: old Liberation Serif has none."""

    def test_coverage(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "_OFFICE", ("No such font", "Libertinus Serif"))
        pdf.fonts_of_offices.cache_clear()
        assert pdf.fonts_of_offices() == ("Libertinus Serif",)
        pdf.fonts_of_offices.cache_clear()
        monkeypatch.setattr(typst, "query", lambda *_, **__: '["4pt"]')
        assert pdf.fonts_of_offices() == ()
        pdf.fonts_of_offices.cache_clear()


def _word(folder: Path) -> Any:
    """The text of a report in Word."""
    file = folder / "a.docx"
    assert call("report", *REPORTS["analysis"], "--no-annex", "-o", str(file)).code == 0
    return body(file.read_bytes())


class TestWord:
    """The same in Word: pictures are not too high, and the last lines stay with the signature."""

    def test_pictures(self, tmp_path: Path) -> None:
        text = _word(tmp_path)
        spaces = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
        heights = [int(each.get("cy")) for each in text.iter(f"{spaces}extent")]
        assert heights
        assert max(heights) <= 85 * 36_000

    def test_last_lines(self, tmp_path: Path) -> None:
        text = _word(tmp_path)
        dots = [
            each for each in text.iter(f"{WORD}p") if "".join(each.itertext()).startswith("…" * 31)
        ]
        kept = [each.find(f"{WORD}pPr/{WORD}keepNext") is not None for each in dots[-3:]]
        assert kept == [True] * 3


class TestRanking:
    """A ranking names its areas, and draws who is how far."""

    def test_names_and_bars(self) -> None:
        told = call("report", *DEPARTMENTS).out
        assert re.search(r"\| Unit \| 1\. Steering and direction", told)
        assert "These are the results and the ranking by the PAR INDEX in 2024." in told

    def test_chart(self, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        assert call("report", *DEPARTMENTS, "-o", str(file)).code == 0
        assert f"Chart 1. Index,{NO_BREAK}%" in file.read_text("utf-8")
