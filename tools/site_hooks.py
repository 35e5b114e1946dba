"""What MkDocs does not do by itself for the site of the documentation.

It takes navigation from the folders, leads links out of a language's folder, from each page to the
same page in the other language, and lets the search find words without their marks.
"""

import logging
import os
import posixpath
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
_COPIES: Final = DOCS / "files"
"""Where the site has files from elsewhere in the checkout; `docs` itself has no such folder."""
_NAMES: Final = {"en": "English", "vi": "Tiếng Việt"}
_SEARCH: Final = {"en": "Search", "vi": "Tìm kiếm"}
_KEYS: Final = {"a": "href", "img": "src"}
_SETTLED: Final = "settled:"
"""Begins an address that MkDocs shall leave alone; taken away when it has looked at the page."""
_log: Final = logging.getLogger("mkdocs.parindex")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look at links with our own eyes, too; leave out pages that need to know where the site is."""
    extensions: Any = config.markdown_extensions  # of names, but Markdown takes both
    extensions.append(_LINKS)
    config.theme.static_templates.clear()
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Make the navigation of the folders."""
    pages = [each.src_uri for each in files.documentation_pages()]
    config.nav = navigation(pages, config.extra["sections"], config.extra["first"])


def navigation(
    pages: Iterable[str], sections: dict[str, str], first: list[str]
) -> list[str | dict[str, list[str]]]:
    """The front page, then each folder by its title with its pages."""
    order = {name: place for place, name in enumerate(first)}
    ordered = sorted(pages, key=lambda each: (order.get(each, len(order)), each))
    inside = {
        title: [each for each in ordered if each.startswith(f"{folder}/")]
        for folder, title in sections.items()
    }
    return ["index.md", *({title: found} for title, found in inside.items() if found)]


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Begin a page with its title, which MkDocs does not see behind a comment."""
    _LINKS.begin(page.file.src_uri, config)
    return re.sub(r"\A<!--.*?-->\s*", "", markdown)


def on_page_context(context: Any, *, page: Page, config: MkDocsConfig, **_: Any) -> Any:
    """Lead from each page to the same in the other language: a test holds that it is there."""
    [other] = _NAMES.keys() - {config.theme["language"]}
    name = page.file.src_uri
    link = _relative(_folder(other) / name, Path(config.docs_dir) / name)
    config.extra["alternate"] = [{"lang": other, "name": _NAMES[other], "link": link}]
    return context


def on_post_page(output: str, *, config: MkDocsConfig, **_: Any) -> str:
    """Name the theme's dialog of the search.

    The head's link to the other language goes, too: for each the theme would fetch a list of pages.
    """
    output = re.sub(r'<link rel="alternate"[^>]*>', "", output)
    named = f'role="dialog" aria-label="{_SEARCH[config.theme["language"]]}"'
    return output.replace('role="dialog"', named)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what links lead to, and let the search do without marks."""
    site = Path(config.site_dir)
    root = site.parent if Path(config.docs_dir) != DOCS else site
    for source in _LINKS.copied:
        target = root / _COPIES.name / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (site / "sitemap.xml").unlink(missing_ok=True)  # it would be empty
    [worker] = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    own = Path(__file__).with_name("site_search.js").read_text(encoding="utf-8")
    worker.write_text(f"{own}{worker.read_text(encoding='utf-8')}", encoding="utf-8")


def _folder(code: str) -> Path:
    """The folder of a language's pages."""
    return DOCS if code == "en" else DOCS / code


def _language(path: Path) -> str | None:
    """Whose folder something lies in."""
    if not path.is_relative_to(DOCS):
        return None
    return next((code for code in _NAMES if code in path.relative_to(DOCS).parts[:1]), "en")


def _relative(target: Path, page: Path) -> str:
    """How a page is left for a target below `docs`: the site has the same folders."""
    address = target.relative_to(DOCS).as_posix()
    if not target.is_relative_to(_COPIES):
        address = re.sub(r"\.md$", ".html", address)
    return posixpath.relpath(address, page.parent.relative_to(DOCS).as_posix())


class _Links(Extension):
    """Settles links out of the folder of a page's language; MkDocs settles those inside."""

    def __init__(self) -> None:
        super().__init__()
        self.copied: set[Path] = set()
        self._page, self._repository = DOCS, ""

    def begin(self, name: str, config: MkDocsConfig) -> None:
        """Begin a page, named as below its language's folder."""
        self._page = Path(config.docs_dir) / name
        self._repository = config.extra["repository"].rstrip("/")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Work before and after MkDocs, which comes at 0."""
        md.treeprocessors.register(_Each(self.settle), "parindex_settle", 1)
        md.treeprocessors.register(_Each(_free), "parindex_free", -1)

    def settle(self, element: Element, key: str) -> None:
        """Give a link that leaves the folder its address."""
        parts = urlsplit(element.get(key, ""))
        if parts.scheme or parts.netloc or not parts.path or "\x02" in parts.path:
            return
        target = Path(os.path.normpath(self._page.parent / unquote(parts.path)))
        if _language(target) == _language(self._page):
            return
        if not target.exists():
            _log.warning("%s: nothing is at %s", self._page.relative_to(ROOT), element.get(key))
        elif address := self._address(target):
            element.set(key, _SETTLED + urlunsplit(parts._replace(path=address)))
        else:
            element.tag = "span"
            del element.attrib[key]

    def _address(self, target: Path) -> str:
        """Where a target outside is read; empty for a folder that nobody can look into."""
        if target.is_relative_to(DOCS):
            return _relative(target, self._page)
        name = target.relative_to(ROOT)
        if self._repository:
            kind = "tree" if target.is_dir() else "blob"
            return f"{self._repository}/{kind}/main/{name.as_posix()}"
        if target.is_dir():
            return ""
        self.copied.add(target)
        return _relative(_COPIES / name, self._page)


def _free(element: Element, key: str) -> None:
    """Take the mark of a settled address away."""
    element.set(key, element.get(key, "").removeprefix(_SETTLED))


class _Each(Treeprocessor):
    """Does something with each link and picture of a page."""

    def __init__(self, work: Any) -> None:
        super().__init__()
        self._work = work

    def run(self, root: Element) -> None:
        """Go through the page."""
        for element in root.iter():
            if key := _KEYS.get(element.tag):
                self._work(element, key)


_LINKS: Final = _Links()
