"""The site in a browser: still, whole and readable on every screen, by keyboard and by ear, and on paper."""

import json
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from parindex.values.language import LANGUAGES
from tests.programs import needs_chromium
from tests.site_support import own_rows, write

if TYPE_CHECKING:
    from tests.browser import Page

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(os.name == "nt", reason="the pipes to the browser are those of Unix"),
]

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
PAGES = (
    "index",
    "about",
    "province/63-soc-trang",
    "province/34-ca-mau",
    "year/2018",
    "region/63-dbscl",
    "ministry/bo-noi-vu",
)
SHOWN = [
    (
        (*LANGUAGES, *LANGUAGES)[(at + side) % 2],
        name,
        width,
        SCHEMES[(at // 2 + side) % 2],
    )
    for at, name in enumerate(PAGES)
    for side, width in enumerate(WIDTHS)
]
"""Each page in both widths, languages and grounds, of which each meets each on some page."""
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38}
_FOCUSED = (
    "[document.activeElement.tagName, document.activeElement.textContent.trim().slice(0, 40)]"
)
_SMALL = """
[...document.querySelectorAll("a, button, input, summary")].filter(each => {
  const box = each.getBoundingClientRect();
  return each.checkVisibility() && !each.closest(".skip, p, .sources")
    && (box.height < 24 || box.width < 24);
}).map(each => each.outerHTML)
"""
"""What a finger cannot hit: WCAG 2.2, 2.5.8, which lets links in a running text be."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Page"]:
    from tests.browser import browser

    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    own = own_rows(tmp_path_factory.mktemp("own"))
    drawn = frozenset(f"{code}/{each}.html" for code in LANGUAGES for each in PAGES)
    with pytest.MonkeyPatch.context() as patch:
        write(folder, own, drawn, patch)
    return folder


class Shown(NamedTuple):
    """A page that is open."""

    page: "Page"
    file: Path
    width: int
    scheme: str


@pytest.fixture(
    scope="module",
    params=SHOWN,
    ids=lambda each: "-".join(map(str, each)),
)
def shown(page: "Page", site: Path, request: pytest.FixtureRequest) -> Shown:
    code, name, width, scheme = request.param
    file = site / code / f"{name}.html"
    page.open(file, width, scheme)
    return Shown(page, file, width, scheme)


class TestScreens:
    """On a phone and on a desk, in the light and in the dark, in each language: every two together."""

    def test_still(self, shown: Shown, site: Path) -> None:
        """Nothing is said on the console, nothing is asked of a network, and no text has acted."""
        assert shown.page.said == []
        own = {site / "site.css", site / "search.js", shown.file}
        asked = [each for each in shown.page.asked if each != "data:,"]
        assert sorted(asked) == sorted(each.as_uri() for each in own)

    def test_no_wider_than_the_screen(self, shown: Shown) -> None:
        wide = shown.page.ask("[document.documentElement.scrollWidth, innerWidth]")
        assert wide == [shown.width, shown.width]

    def test_style(self, shown: Shown) -> None:
        ground = shown.page.ask("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (shown.scheme == "light")

    def test_accessible(self, shown: Shown) -> None:
        """What axe-core finds of WCAG 2.1 AA and of good practice: nothing."""
        assert violations(shown.page) == []

    def test_targets(self, shown: Shown) -> None:
        assert shown.page.ask(_SMALL) == []


class TestKeyboard:
    """Everything can be reached and used without a mouse."""

    def test_skip_link_comes_first(self, page: "Page", site: Path) -> None:
        page.open(site / "en/year/2018.html", 1280)
        press(page, "Tab")
        assert page.ask(_FOCUSED) == ["A", "Skip to the content"]
        assert page.ask("document.activeElement.getBoundingClientRect().left >= 0")
        press(page, "Enter")
        assert page.ask("[location.hash, document.activeElement.id]") == ["#main", "main"]

    def test_order(self, page: "Page", site: Path) -> None:
        """Name, languages, search, then the content from its top to its end."""
        page.open(site / "en/province/63-soc-trang.html", 1280)
        met = []
        for _ in range(6):
            press(page, "Tab")
            met.append(page.ask(_FOCUSED)[1] or page.ask("document.activeElement.id"))
        top = ["Skip to the content", "PAR INDEX", "Tiếng Việt", "English", "query"]
        assert met == [*top, "Mekong Delta"]
        places = page.ask(
            "[...document.querySelectorAll('a, input, summary, [tabindex=\"0\"]')]"
            ".every(each => each.tabIndex === 0)"
        )
        assert places is True

    def test_focus_is_seen(self, page: "Page", site: Path) -> None:
        page.open(site / "vi/index.html", 390, "dark")
        press(page, "Tab")
        press(page, "Tab")
        style = "getComputedStyle(document.activeElement)"
        assert page.ask(f"[{style}.outlineStyle, {style}.outlineWidth]") == ["solid", "3px"]


class TestSearch:
    """The search needs no marks, no mouse and no network."""

    @pytest.mark.parametrize(
        ("code", "typed", "first", "address"),
        [
            ("vi", "soc trang", "Sóc Trăng", "province/63-soc-trang"),
            ("en", "SÓC TRĂNG", "Sóc Trăng", "province/63-soc-trang"),
            ("vi", "dak lak", "Đắk Lắk", "province/63-dak-lak"),
            ("en", "saigon", "Hồ Chí Minh", "province/63-ho-chi-minh"),
            ("vi", "bo noi", "Bộ Nội vụ", "ministry/bo-noi-vu"),
            ("en", "2018", "2018", "year/2018"),
            ("en", "mekong", "", "region/63-dbscl"),
            ("vi", "mekong", "", "region/63-dbscl"),
        ],
    )
    def test_found(
        self, page: "Page", site: Path, code: str, typed: str, first: str, address: str
    ) -> None:
        page.open(site / code / "year/2018.html", 390)
        search(page, typed)
        name, link = page.ask(
            "(([each]) => [each.firstChild.data.trim(), each.href])(document.querySelectorAll('#results a'))"
        )
        assert link == (site / code / f"{address}.html").as_uri()
        assert name == first or not first

    def test_what_is_not_there(self, page: "Page", site: Path) -> None:
        page.open(site / "en/index.html", 1280)
        search(page, "qqqq")
        assert page.ask("document.getElementById('count').textContent") == "Nothing found"
        assert page.ask("document.querySelectorAll('#results a').length") == 0

    def test_hostile_names_are_letters(self, page: "Page", site: Path) -> None:
        page.open(site / "en/index.html", 1280)
        search(page, "script alert")
        assert "<script>alert(1)</script>" in page.ask(
            "document.querySelector('#results').textContent"
        )
        assert page.said == []

    def test_by_keyboard(self, page: "Page", site: Path) -> None:
        page.open(site / "en/index.html", 1280)
        search(page, "tho")
        press(page, "ArrowDown")
        first = page.ask("document.activeElement.href")
        press(page, "ArrowDown")
        assert page.ask("document.activeElement.href") != first
        press(page, "ArrowUp")
        assert page.ask("document.activeElement.href") == first
        press(page, "ArrowUp")
        assert page.ask("document.activeElement.id") == "query"
        press(page, "Escape")
        assert page.ask("document.querySelectorAll('#results a').length") == 0

    def test_accessible_with_results(self, page: "Page", site: Path) -> None:
        page.open(site / "vi/index.html", 390, "dark")
        search(page, "an")
        assert violations(page) == []
        assert page.ask("document.documentElement.scrollWidth") == 390


class TestPaper:
    """Printed it is dark on white, without what paper cannot do."""

    def test_white(self, page: "Page", site: Path) -> None:
        page.open(site / "vi/province/63-soc-trang.html", 1280, "dark", "print")
        style = "getComputedStyle(document.body)"
        assert page.ask(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
        gone = "getComputedStyle(document.querySelector({!r})).display"
        assert [page.ask(gone.format(each)) for each in ("form", "footer")] == ["none", "none"]

    def test_folded_tables_are_there(self, page: "Page", site: Path) -> None:
        seen = "document.querySelector('details table').checkVisibility()"
        page.open(site / "vi/year/2018.html", 1280, media="print")
        assert page.ask(seen) is True


def search(page: "Page", typed: str) -> None:
    """Type into the search, and wait until its index is there."""
    page.ask("document.getElementById('query').focus()")
    page.call(
        "Runtime.evaluate",
        expression="new Promise(done => { const wait = () => window.parindexPages ? done() : setTimeout(wait, 5); wait(); })",
        awaitPromise=True,
    )
    page.call("Input.insertText", text=typed)


def press(page: "Page", key: str) -> None:
    """Press a key and let it go."""
    told: dict[str, Any] = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
    if key == "Enter":
        told["text"] = "\r"
    page.call("Input.dispatchKeyEvent", type="keyDown", **told)
    page.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)


def axe() -> str:
    """The program of axe-core: that of PARINDEX_AXE, else that which its package brings."""
    own = os.environ.get("PARINDEX_AXE")
    where = Path(own) if own else files("axe_core_python").joinpath("axe.min.js")
    return where.read_text(encoding="utf-8")


def violations(page: "Page") -> list[str]:
    """The rules of axe-core that the page breaks, each with where."""
    page.call("Runtime.evaluate", expression=axe())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = json.dumps({"runOnly": tags, "resultTypes": ["violations"]})
    found = page.call(
        "Runtime.evaluate",
        expression=f"axe.run({options}).then(found => JSON.stringify(found.violations.map("
        "each => [each.id, each.nodes.map(node => node.html.slice(0, 200))])))",
        awaitPromise=True,
        returnByValue=True,
    )
    return [str(each) for each in json.loads(found["result"]["value"])]
