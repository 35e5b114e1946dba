"""Documents of a real, half-filled scorecard: what stands in them can be sent out as it is."""

from pathlib import Path

import pytest

from parindex.office.reports.blocks import Bullets, Heading, Paragraph, Traces, with_text
from parindex.tables.sources import address_notes, publisher
from tests.processes import Ran
from tests.support import call, run

CARD = """unit: Hòa Bình
year: 2018
level: province
scheme: vn-province-2018
scores: {"1": 8.12, "2": 8.75, "3": 11.2, "4": 9.9, "5": 10.75, "6": 8.3, "7": unknown, "8": 13.05}
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("card") / "card.yaml"
    file.write_text(CARD, encoding="utf-8")
    return str(file)


def report(kind: str, *arguments: str) -> Ran:
    return call("report", "--kind", kind, *arguments)


class TestSources:
    """A document names the decision; the newspaper that its maxima were read in stands in one note."""

    @pytest.mark.parametrize("kind", ["self-assessment", "analysis"])
    def test_said_once(self, card: str, kind: str) -> None:
        told = report(kind, card).out
        assert "(decision 2636/QĐ-BNV of 2018-12-10)" in told
        assert told.count("Báo Sóc Trăng") == 1
        assert (
            "The maxima are as printed in Báo Sóc Trăng (baosoctrang.org.vn), 24/6/2019; not "
            "checked against decision 2636/QĐ-BNV of 2018-12-10 itself." in told
        )

    @pytest.mark.parametrize("form", ["html", "markdown"])
    def test_vietnamese(self, card: str, form: str) -> None:
        done = run("report", "--kind", "self-assessment", card, "--lang", "vi", "--format", form)
        told = "chưa đối chiếu với văn bản gốc của Quyết định số 2636/QĐ-BNV ngày 10/12/2018."
        assert done.out.count(told) == 1

    def test_explain_says_what_its_source_is(self, card: str) -> None:
        told = call("explain", card, "1").out
        assert "24/6/2019 (not checked against the decision itself)" in told

    def test_the_text_of_the_decision_needs_no_check(self) -> None:
        """Its address has the number of the decision in it."""
        told = call("explain", "1", "--scheme", "vn-ca-mau-departments-2013").out
        assert "Quyet-dinh-1880-QD-UBND" in told
        assert "not checked" not in told

    def test_several_sources_stand_in_one_sentence(self, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        text = CARD.replace("2018", "2024").partition("scores:")[0]
        file.write_text(text + 'scores: {"1": 9, "2": 8, "5": 10}\n', encoding="utf-8")
        told = report("self-assessment", str(file)).out
        assert told.count("The maxima are as printed in") == 1
        assert told.count("snv.kontum.gov.vn (https") == 1

    def test_publisher(self) -> None:
        address = "https://www.mekongsean.vn/a.html"
        assert [publisher(each) for each in (address, "http://[", "Báo A, 1/2/2019")] == [
            "mekongsean.vn",
            "http://[",
            "Báo A, 1/2/2019",
        ]
        assert [*address_notes([address, None, "Báo A", address])] == [f"mekongsean.vn: {address}"]


KINDS = ("self-assessment", "analysis", "plan", "ranking")
CARDS = {
    "partial": CARD,
    "nothing": CARD.partition("scores:")[0] + 'scores: {"1": unknown}\n',
    "one": CARD.partition("scores:")[0] + 'scores: {"1": 8}\n',
    "parts": CARD.partition("scores:")[0] + "parts: {origin: {appraised: 50, survey: 25}}\n",
}


class TestSections:
    """No heading stands without text under it, whatever is known of a unit."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_none_is_empty(self, kind: str, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        for text in CARDS.values():
            file.write_text(text, encoding="utf-8")
            told = report(kind, str(file)).out
            assert told
            lines = [line for line in told.splitlines() if line]
            levels = [len(line.split(" ")[0]) if line.startswith("#") else 9 for line in lines]
            empty = [
                line
                for line, level, after in zip(lines, levels, [*levels[1:], 0], strict=True)
                if 1 < level < 9 and after <= level
            ]
            assert empty == []

    def test_with_text(self) -> None:
        """Headings go from the end on, and with them those above them; an annex is not their text."""
        text = Paragraph("x")
        kept = (Heading("a"), text, Heading("c"), Heading("d", 2), text)
        blocks = (*kept[:2], Heading("b"), Heading("b 1", 2), *kept[2:], Heading("e"), Bullets(()))
        assert with_text((*blocks, Paragraph(""))) == kept
        annex = Traces("t", ())
        assert with_text((Heading("e"), annex)) == (annex,)

    def test_why_there_is_no_comparison(self, card: str) -> None:
        told = report("analysis", card).out
        sentence = "The index is not known in full yet, so that it stands beside no other."
        assert f"## IV. Comparison with other units\n\n{sentence}\n" in told


class TestWords:
    """Figures and sources stand as a document has them."""

    def test_a_part_is_not_known(self, card: str) -> None:
        told = report("analysis", card).out
        assert "| **Total** | **100.00** | **70.07 (incomplete)** |" in told
        assert "The band is not known yet (it may be A, B or C). Thresholds: A ≥ 80 %;" in told

    def test_vietnamese(self, card: str) -> None:
        told = run("report", "--kind", "analysis", card, "--lang", "vi").out
        assert "**70,07 (chưa đủ số liệu)**" in told
        assert "chưa xác định được (có thể là A, B hoặc C)." in told

    def test_years(self, card: str) -> None:
        """A source is its publisher, its address stands below; without a rank nothing is said of how many."""
        told = report("analysis", card).out
        assert "| 2016 | 72.12 |  |  | en.baohoabinh.com.vn |" in told
        assert "| 2018 |  | 46 | 63 | mekongsean.vn |" in told
        assert told.count("mekongsean.vn/hoa-binh-tang") == 1

    def test_names_stay_in_one_line(self, card: str) -> None:
        told = report("analysis", card, "--format", "html").out
        assert "in 2018 of Hòa\u00a0Bình" in told
        assert "A\u00a0≥\u00a080\u00a0%" in told
