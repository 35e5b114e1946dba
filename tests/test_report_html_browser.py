"""The page of a report in a browser: still, whole and readable on every screen and on paper."""

import itertools
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from parindex.office.charts.chart import Chart, Series
from parindex.office.documents.html import render_html
from parindex.office.reports.blocks import Heading, Report, TableBlock, Traces
from tests.programs import needs_chromium
from tests.report_support import HOSTILE, sample, sheet

if TYPE_CHECKING:
    from tests.browser import Page

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(os.name == "nt", reason="the pipes to the browser are those of Unix"),
]

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
READABLE = 4.5  # contrast of text, WCAG 2.2, 1.4.3
LONG = "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng hạn tại các sở, ban, ngành;" * 3

_CONTRAST = """
(() => {
  const light = text => {
    const [r, g, b] = text.match(/[0-9.]+/g).slice(0, 3).map(each => each / 255)
      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return light(colour);
    }
  };
  const found = [];
  for (const element of document.querySelectorAll("body *:not(style)")) {
    const own = [...element.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    if (!own || ["title", "desc"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const one = light(element.closest("svg") ? style.fill : style.color), other = behind(element);
    found.push((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
  }
  return found;
})()
"""
_BEYOND = """
[...document.querySelectorAll("svg text")].filter(text => {
  const own = text.getBoundingClientRect();
  const all = text.closest("svg").getBoundingClientRect();
  return own.left < all.left - 2 || own.right > all.right + 2 || own.bottom > all.bottom + 2;
}).map(text => text.textContent)
"""


def large() -> Report:
    """As many rows, bars and traces as a report of a department has, with long names."""
    rows = tuple(f"{at}. {LONG if at % 3 else 'Ban hành kế hoạch'}" for at in range(89))
    losses = (Series("Mất", tuple(Decimal(20 - at) / 4 for at in range(20))),)
    return Report(
        "vi",
        "BÁO CÁO",
        LONG,
        (
            *(Heading(f"Mục {at}") for at in range(5)),
            TableBlock(sheet(*rows), wide=True),
            Chart("bars", "Điểm mất", rows[:20], losses),
            Traces("Cách tính", tuple(sheet(row) for row in rows)),
        ),
    )


REPORTS = {"sample": sample(), "hostile": sample("en", HOSTILE), "large": large()}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Page"]:
    from tests.browser import browser

    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    for name, report in REPORTS.items():
        (made / f"{name}.html").write_text(render_html(report), encoding="utf-8")
    return made


class Shown(NamedTuple):
    """A page that is open, and what it was made of."""

    page: "Page"
    report: Report
    file: Path
    width: int
    scheme: str


@pytest.fixture(
    scope="module",
    params=itertools.product(REPORTS, WIDTHS, SCHEMES),
    ids=lambda each: "-".join(map(str, each)),
)
def shown(page: "Page", folder: Path, request: pytest.FixtureRequest) -> Shown:
    name, width, scheme = request.param
    file = folder / f"{name}.html"
    page.open(file, width, scheme)
    return Shown(page, REPORTS[name], file, width, scheme)


class TestScreens:
    """On a phone and on a desk, in the light and in the dark."""

    def test_still(self, shown: Shown) -> None:
        """Nothing is said on the console, nothing is fetched, and no text has acted."""
        assert shown.page.said == []
        assert shown.page.asked == [shown.file.as_uri()]
        title = f"{shown.report.name} – {shown.report.title}"
        assert shown.page.ask("document.title") == title

    def test_no_wider_than_the_screen(self, shown: Shown) -> None:
        wide = shown.page.ask("[document.documentElement.scrollWidth, innerWidth]")
        assert wide == [shown.width, shown.width]

    def test_tables_are_whole(self, shown: Shown) -> None:
        rows = "[...document.querySelectorAll('table')].map(each => each.tBodies[0].rows.length)"
        blocks = shown.report.blocks
        sheets = [block.sheet for block in blocks if isinstance(block, TableBlock)]
        sheets += [each for block in blocks if isinstance(block, Traces) for each in block.sheets]
        assert shown.page.ask(rows) == [len(each.rows) for each in sheets]

    def test_readable(self, shown: Shown) -> None:
        ink, paper = colours(shown.page)
        assert (sum(ink) > sum(paper)) == (shown.scheme == "dark")
        found = shown.page.ask(_CONTRAST)
        assert len(found) > 50
        assert min(found) >= READABLE

    def test_charts_hold_their_texts(self, shown: Shown) -> None:
        assert shown.page.ask("document.querySelectorAll('svg text').length") > 0
        assert shown.page.ask(_BEYOND) == []

    def test_traces_are_folded_away(self, shown: Shown) -> None:
        assert shown.page.ask("document.querySelectorAll('details').length") > 0
        assert shown.page.ask("document.querySelectorAll('details[open]').length") == 0


class TestPaper:
    """Printed, wide tables lie across, and the traces are an annex that is open."""

    def test_pages(self, page: "Page", folder: Path) -> None:
        page.open(folder / "large.html", 1280, "dark")
        sizes = re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", page.printed())
        assert {(b"594", b"841"), (b"841", b"594")} == set(sizes)
        assert len(sizes) > 10

    def test_dark_on_white(self, page: "Page", folder: Path) -> None:
        page.open(folder / "sample.html", 1280, "dark", "print")
        ink, paper = colours(page)
        assert max(ink) < 60
        assert paper == [255, 255, 255]

    def test_traces_are_open(self, page: "Page", folder: Path) -> None:
        seen = "document.querySelector('details table').checkVisibility()"
        page.open(folder / "sample.html", 1280)
        assert page.ask(seen) is False
        page.open(folder / "sample.html", 1280, media="print")
        assert page.ask(seen) is True


def colours(page: "Page") -> list[list[int]]:
    """Red, green and blue of the letters and of the ground of the page."""
    style = "getComputedStyle(document.body)"
    found = page.ask(f"[{style}.color, {style}.backgroundColor]")
    return [[int(part) for part in re.findall(r"\d+", each)] for each in found]
