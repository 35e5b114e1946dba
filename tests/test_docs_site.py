"""The documentation as a site: whole, in both languages, and found without marks."""

import http.server
import logging
import os
import threading
import unicodedata
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from tests.programs import needs_chromium
from tests.support import ROOT
from tests.test_site_browser import violations
from tools.site import build

if TYPE_CHECKING:
    from tests.browser import Page

pytestmark = pytest.mark.skipif(not find_spec("material"), reason="the extra docs is not here")

DOCS = ROOT / "docs"
SHOWN = [
    ("index.html", 1280, "light"),
    ("vi/index.html", 390, "dark"),
    ("guide/score.html", 390, "light"),
    ("vi/guide/score.html", 1280, "dark"),
    ("reference/findings.html", 390, "dark"),
    ("vi/reference/rules.html", 390, "light"),
]

THEIRS = ("landmark-unique", "scrollable-region-focusable")
"""What axe-core finds in the theme itself: buttons that copy, each in a landmark, and what scrolls
in itself without a tabindex, which keys reach in browsers of today all the same."""


class Read(HTMLParser):
    """What a page has for others to lead to, where it leads itself, and what a browser fetches for it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element says."""
        told = {name: value or "" for name, value in attrs}
        self.ids |= {told[each] for each in ("id", "name") if each in told}
        addresses = [told[each] for each in ("href", "src") if each in told]
        self.links += addresses
        self.fetched += addresses if tag != "a" else []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PARINDEX_REPOSITORY", raising=False)
        assert build(folder) == 0
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Read]:
    return {file: Read(file) for file in site.rglob("*.html") if "files" not in file.parts}


class TestBuild:
    """Every page is there, and every link leads somewhere."""

    def test_every_page(self, site: Path) -> None:
        """A page of docs has its page in the site, in the same folder."""
        names = [each.relative_to(DOCS).with_suffix(".html") for each in DOCS.rglob("*.md")]
        assert [str(each) for each in names if not (site / each).is_file()] == []

    def test_every_link(self, site: Path, pages: dict[Path, Read]) -> None:
        """Files are in the site, and sections on their page; other hosts are not asked."""
        lost = []
        for file, read in pages.items():
            for link in read.links:
                parts = urlsplit(urljoin(file.as_uri(), link))
                target = Path(unquote(parts.path))
                if parts.scheme != "file":
                    continue
                section = unquote(parts.fragment)
                known = not section or target not in pages or section in pages[target].ids
                if not (target.is_relative_to(site) and target.is_file() and known):
                    lost.append(f"{file.relative_to(site)}: {link}")
        assert lost == []

    def test_nothing_of_other_hosts(self, pages: dict[Path, Read]) -> None:
        """Neither fonts nor programs nor pictures come from elsewhere."""
        asked = {each for read in pages.values() for each in read.fetched}
        assert [each for each in asked if urlsplit(each).netloc] == []

    def test_titles_are_those_of_the_pages(self, site: Path) -> None:
        """Made pages begin with a comment, and have their title all the same."""
        text = (site / "vi" / "reference" / "rules.html").read_text(encoding="utf-8")
        assert "<title>Quy tắc tính điểm - parindex</title>" in text


class TestNavigation:
    """Folders make it: a new page is in it without a line elsewhere."""

    def test_order(self) -> None:
        from tools.site_hooks import navigation

        found = navigation(
            ["index.md", "guide/b.md", "guide/a.md", "guide/z.md", "data/c.md"],
            {"guide": "Guides", "decisions": "Decisions", "data": "Data"},
            ["guide/z.md", "guide/not-yet.md"],
        )
        guides: dict[str, list[str]] = {"Guides": ["guide/z.md", "guide/a.md", "guide/b.md"]}
        assert found == ["index.md", guides, {"Data": ["data/c.md"]}]


class TestLinksOutside:
    """Links that leave the folder of a language."""

    @pytest.mark.parametrize(
        ("page", "link", "address"),
        [
            ("guide/x.md", "../vi/guide/score.md#a", "../vi/guide/score.html#a"),
            ("vi/guide/x.md", "../../guide/score.md", "../../guide/score.html"),
            ("vi/guide/x.md", "../../pictures/diem.svg", "../../pictures/diem.svg"),
            ("guide/x.md", "score.md", "score.md"),
            ("index.md", "https://example.org/a.md", "https://example.org/a.md"),
            ("guide/x.md", "../../README.md", "../files/README.md"),
            ("vi/guide/x.md", "../../../examples/own-data/table.csv", "../../files/examples/own-data/table.csv"),
        ],
    )  # fmt: skip
    def test_address(self, page: str, link: str, address: str) -> None:
        assert f'href="{address}"' in html_of(page, link)

    @pytest.mark.parametrize(
        ("link", "address"),
        [("README.md", "blob/main/README.md"), ("tests/cases", "tree/main/tests/cases")],
    )
    def test_forge(self, link: str, address: str) -> None:
        """Where the forge is known, the source is read there."""
        told = html_of("guide/x.md", f"../../{link}", "https://example.org/parindex/")
        assert f'href="https://example.org/parindex/{address}"' in told

    def test_a_folder_without_a_forge_is_only_named(self) -> None:
        assert html_of("guide/x.md", "../../tests/cases") == "<p><span>it</span></p>"

    @pytest.mark.parametrize("link", ["../../nowhere.md", "../vi/nowhere.md"])
    def test_nowhere(self, link: str, caplog: pytest.LogCaptureFixture) -> None:
        """It is a warning, which ends a strict build."""
        with caplog.at_level(logging.WARNING, "mkdocs"):
            html_of("guide/x.md", link)
        assert [each.name for each in caplog.records] == ["mkdocs.parindex"]
        assert link in caplog.text


def html_of(page: str, link: str, repository: str = "") -> str:
    """What becomes of a link on a page."""
    from markdown import Markdown

    from tools.site_hooks import _Links

    own = DOCS / "vi" if page.startswith("vi/") else DOCS
    links = _Links()
    config = SimpleNamespace(docs_dir=own, extra={"repository": repository})
    links.begin(page.removeprefix("vi/"), config)
    return str(Markdown(extensions=[links]).convert(f"[it]({link})"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Page"]:
    from tests.browser import browser

    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of files."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=site)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that does not tell what it is asked."""

    def log_message(self, *_told: object) -> None:
        """Tell nothing."""


@needs_chromium
@pytest.mark.skipif(os.name == "nt", reason="the pipes to the browser are those of Unix")
class TestBrowser:
    """On a phone and on a desk, in the light and in the dark."""

    @pytest.mark.parametrize(("name", "width", "scheme"), SHOWN)
    def test_shown(self, page: "Page", served: str, name: str, width: int, scheme: str) -> None:
        """Nothing on the console, nothing asked of others, no wider than the screen, accessible."""
        page.open(served + name, width, scheme)
        until(page, "document.querySelector('html.js')")
        wide = page.ask("[document.documentElement.scrollWidth, innerWidth]")
        assert wide == [width, width]
        ground = page.ask("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        found = [each for each in violations(page) if not any(one in each for one in THEIRS)]
        assert found == []
        assert page.said == []
        assert [each for each in page.asked if not each.startswith((served, "data:"))] == []

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("reference/findings.html", "vi/reference/findings.html"),
            ("vi/guide/score.html", "guide/score.html"),
            ("index.html", "vi/index.html"),
            ("vi/index.html", "index.html"),
        ],
    )
    def test_other_language(self, page: "Page", served: str, name: str, other: str) -> None:
        """The switch leads to the same page."""
        page.open(served + name, 390)
        assert page.ask("document.querySelector('.parindex-language').href") == served + other
        page.open(served + other, 390)
        assert page.ask("document.documentElement.lang") == ("vi" if "vi/" in other else "en")

    @pytest.mark.parametrize(
        ("folder", "typed", "marked"),
        [
            ("vi/", "diem so", "điểm"),
            ("vi/", "ĐIỂM SỐ", "điểm"),
            ("vi/", unicodedata.normalize("NFD", "điểm số"), "điểm"),
            ("", "soc trang", "Sóc"),
            ("", unicodedata.normalize("NFD", "Sóc Trăng"), "Sóc"),
            ("", "P401", "P401"),
            ("", "read_scorecards", "scorecards"),
        ],
    )
    def test_search(self, page: "Page", served: str, folder: str, typed: str, marked: str) -> None:
        """With and without marks, as they are typed on any system; shown is what stands on the page."""
        page.open(f"{served}{folder}index.html?q={quote(typed)}", 1280)
        until(page, "document.querySelector('.md-search-result__link mark')")
        found = page.ask(
            "[...document.querySelectorAll('.md-search-result mark')].map(each => each.textContent)"
        )
        assert marked in found
        assert page.said == []


def until(page: "Page", expression: str) -> None:
    """Wait until something is so on a page, which may change its address meanwhile; not for ever."""
    for _ in range(500):
        if page.ask(f"!!({expression})"):
            return
        page.call(
            "Runtime.evaluate",
            expression="new Promise(done => setTimeout(done, 20))",
            awaitPromise=True,
        )
    pytest.fail(f"never: {expression}")
