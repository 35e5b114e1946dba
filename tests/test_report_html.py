"""The page of a report: whole, still, and unmoved by what stands in the inputs."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from parindex.office.documents.html import render_html
from parindex.office.reports.blocks import Heading, Paragraph, Report, TableBlock, Traces
from parindex.office.reports.numbering import roman
from parindex.values.escaping import xml_text
from parindex.values.language import LanguageCode
from tests.report_support import AREAS, HOSTILE, sample, sheet
from tests.support import same_as_golden

EMPTY = {"meta", "br"}


class Element(NamedTuple):
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str]


class Reader(HTMLParser):
    """What a browser finds: the elements, whether they are closed in order, and the texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def count(self, tag: str) -> int:
        """How many elements of that name there are."""
        return sum(each.tag == tag for each in self.elements)


class TestGolden:
    """The whole page, as it was looked at, but for what the library draws inside charts."""

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_sample(self, lang: LanguageCode) -> None:
        page = re.sub(
            r"(<svg[^>]*>).*?(</svg>)", r"\1\2", render_html(sample(lang)), flags=re.DOTALL
        )
        assert same_as_golden(f"report-{lang}.html", page)


@pytest.fixture(scope="module")
def hostile() -> str:
    return render_html(sample("en", HOSTILE))


class TestHostile:
    """Text from inputs is shown letter by letter and is never anything else."""

    def test_no_element_of_its_own(self, hostile: str) -> None:
        ours = Reader(render_html(sample("en", AREAS)))
        theirs = Reader(hostile)
        assert {each.tag for each in theirs.elements} == {each.tag for each in ours.elements}
        assert not {"script", "img", "a", "link", "iframe", "base"} & {
            each.tag for each in theirs.elements
        }

    def test_no_attribute_that_acts(self, hostile: str) -> None:
        names = {name for each in Reader(hostile).elements for name in each.attributes}
        assert not {name for name in names if name.startswith("on") or name in ("href", "src")}
        styles = [
            each.attributes["style"]
            for each in Reader(hostile).elements
            if "style" in each.attributes
        ]
        assert styles
        assert all(re.fullmatch(r"width:[0-9.]+%", style) for style in styles)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_letter_by_letter(self, hostile: str, text: str) -> None:
        assert xml_text(text) in Reader(hostile).texts

    def test_no_control_character(self, hostile: str) -> None:
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", hostile)

    @pytest.mark.parametrize("text", ["\ud800", "\uffff", "\x00"])
    def test_what_no_file_can_hold(self, text: str) -> None:
        assert render_html(sample("vi", (text,))).encode()


@pytest.fixture(scope="module")
def plain() -> str:
    return render_html(sample())


class TestAlone:
    """One file: nothing is fetched, nothing runs, and the browser is told so."""

    def test_policy(self, plain: str) -> None:
        policy = next(
            each.attributes["content"]
            for each in Reader(plain).elements
            if each.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")

    def test_no_address(self, plain: str) -> None:
        addresses = set(re.findall(r"[a-z]+://[^\"'< ]*", plain))
        assert addresses == {"http://www.w3.org/2000/svg"}
        assert "url(" not in plain
        assert "@import" not in plain

    def test_the_same_every_time(self, plain: str) -> None:
        assert render_html(sample()) == plain

    def test_ids(self, plain: str) -> None:
        ids = [each.attributes["id"] for each in Reader(plain).elements if "id" in each.attributes]
        assert len(ids) == len(set(ids))


class TestTables:
    """Tables are whole, named and can be read aloud; what is not known is no zero."""

    @pytest.mark.parametrize(("lang", "figure"), [("vi", "7,25"), ("en", "7.25")])
    def test_decimal_mark(self, lang: LanguageCode, figure: str) -> None:
        page = Reader(render_html(sample(lang)))
        assert page.texts.count(figure) == 3 * len(AREAS) + 1

    def test_named(self) -> None:
        page = Reader(render_html(sample()))
        assert page.count("table") == 4
        assert page.count("caption") == 2
        assert page.count("details") == 2
        headers = [each.attributes["scope"] for each in page.elements if each.tag == "th"]
        assert headers.count("col") == 4 * 5
        assert headers.count("row") == 3 * (len(AREAS) + 1) + 2

    def test_unknown(self) -> None:
        """The maximum of the total is a dash, and it has no bar."""
        page = Reader(render_html(sample()))
        assert page.texts.count("–") == 4
        assert sum(each.tag == "i" and "style" in each.attributes for each in page.elements) == 13

    def test_bars_say_their_figure(self) -> None:
        labels = [
            each.attributes.get("aria-label") for each in Reader(render_html(sample())).elements
        ]
        assert labels.count("72,50%") == 13

    def test_wide_ones_lie_across_with_their_heading(self) -> None:
        blocks = (
            Heading("Một"),
            Paragraph("a"),
            Heading("Hai"),
            TableBlock(sheet("x"), wide=True),
            Paragraph("b"),
        )
        page = render_html(Report("vi", "BÁO CÁO", "t", blocks))
        order = re.findall(r'class="(wide|upright)"|>(I\. Một|II\. Hai|a|b)<', page)
        assert ["".join(each) for each in order] == [
            "upright", "I. Một", "a", "wide", "II. Hai", "upright", "b",
        ]  # fmt: skip


class TestNumbers:
    """Sections, tables and charts are counted as offices do; many sections have a list of them."""

    def test_contents(self) -> None:
        blocks = tuple(Heading(f"Mục {at}", 2 if at % 2 else 1) for at in range(4))
        page = Reader(render_html(Report("vi", "BÁO CÁO", "t", blocks)))
        titles = ["I. Mục 0", "1. Mục 1", "II. Mục 2", "1. Mục 3"]
        assert [text for text in page.texts if text in titles] == titles * 2
        ids = {each.attributes.get("id") for each in page.elements}
        links = [each.attributes["href"] for each in page.elements if each.tag == "a"]
        assert {link.removeprefix("#") for link in links} <= ids
        assert len(links) == 4

    def test_few_headings_have_none(self) -> None:
        assert "<nav" not in render_html(sample())

    def test_roman(self) -> None:
        assert [roman(each) for each in (1, 4, 9, 14, 29)] == ["I", "IV", "IX", "XIV", "XXIX"]

    def test_empty(self) -> None:
        assert Reader(render_html(Report("vi", "BÁO CÁO", "t", ()))).count("h1") == 1

    def test_annexes_follow_the_signature(self) -> None:
        report = sample()
        first = replace(report, blocks=(Traces("Cách tính", (sheet("x"),)), *report.blocks))
        page = render_html(first)
        assert page.index("<footer>") < page.index("Cách tính")
