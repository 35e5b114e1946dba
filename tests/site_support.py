"""A site for tests: every page of what is shipped with a user's hostile rows, few of them drawn."""

import os
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from parindex.office.charts.drawing import svg
from parindex.office.site import pages
from parindex.published_figures.published_tables import load_published

EVIL = "<script>alert(1)</script>"
OWN = [
    "kind,year,level,province,group,unit,code,index,points,max,rank,of,band,count,value,doubt,source,confidence,note",
    f"result,2018,ministry,,,{EVIL},,80,,,1,9,,,,,javascript:alert(2),read,=HYPERLINK(1)",
    'result,2018,ministry,,,../../../etc/passwd,,70,,,2,9,,,,,https://example.org/"onmouseover="x,read,',
    "result,2018,ministry,,,\"=cmd|' /C calc'!A0\",,60,,,3,9,,,,,https://example.org/a,weak,",
    f"result,2018,district,Sóc Trăng,{EVIL},CON,,50,,,1,2,,,,,{EVIL},read,{EVIL}",
    "result,2018,district,Sóc Trăng,nhóm,Tân Hòa,,50,,,1,2,,,,,https://example.org/a | x,read,",
    "result,2019,district,Sóc Trăng,nhóm,Tân Hoà,,52,,,1,2,,,,,https://example.org/a | x,read,",
    "result,2018,district,Sóc Trăng,nhóm,Tân Hóa,,40,,,2,2,,,,,https://example.org/a,read,",
    f"result,2018,commune,,,{'Rất dài ' * 30},,40,,,2,2,,,,,https://example.org/a,read,",
    "result,2018,commune,,,部\u202eабв,,41,,,1,2,,,,,https://example.org/\u202egpj.exe,read,",
    f"figure,2018,province,,,,{EVIL},,,,,,,,7,,https://example.org/a,read,{EVIL}",
    f"band-count,2018,district,Sóc Trăng,{EVIL},,,,,,,2,{EVIL},1,,,https://example.org/a,read,",
    "result,2016,province,,,Sóc Trăng,,91.5,,,7,63,,,,contradicted,nguồn thứ nhất,read,ghi chú",
    "result,2016,province,,,Sóc Trăng,,91.7,,,8,63,,,,contradicted,nguồn thứ hai,read,",
]
"""Rows in which every text is hostile, or only hard: signs, marks, lengths, letters."""
PLAIN = '<svg viewBox="0 0 1 1" id="{name}" role="img" aria-label="chart"></svg>'


def own_rows(folder: Path) -> Path:
    """A folder of the user's own with these rows."""
    folder.mkdir(exist_ok=True)
    (folder / "own.csv").write_text("\n".join(OWN) + "\n", encoding="utf-8")
    return folder


def write(folder: Path, own: Path | None, drawn: frozenset[str], patch: pytest.MonkeyPatch) -> None:
    """All files of the site; charts of other pages than those `drawn` are left out, to be quick."""

    def plain(*_: Any, name: str, **__: Any) -> str:
        return PLAIN.format(name=name)

    for each in pages.files(load_published(str(own) if own else None)):
        file = folder / each.path
        file.parent.mkdir(parents=True, exist_ok=True)
        patch.setattr("parindex.office.site.pages.svg", svg if each.path in drawn else plain)
        file.write_text(each.made(), encoding="utf-8", newline="\n")


class Parsed(HTMLParser):
    """What a page has: links, ids, languages, its title and description, and its elements."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._title = False
        self.title = ""
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        self.links += [found[name] for name in ("href", "src") if name in found]
        self.ids += [found["id"]] if "id" in found else []
        self._title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._title:
            self.title, self._title = data, False

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of the elements of a name."""
        return [found for name, found in self.tags if name == tag]

    @property
    def text(self) -> str:
        """All words of the page."""
        return re.sub(r"\s+", " ", " ".join(self.words))


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file and the part of it that a link of a page leads to."""
    path, fragment = _target(page.parent, link)
    return path or page, fragment


@cache
def _target(folder: Path, link: str) -> tuple[Path | None, str]:
    """The same for all pages of a folder; no file where the link leads to a part of its own page."""
    parts = urlsplit(link)
    path = Path(os.path.normpath(folder / unquote(parts.path))) if parts.path else None  # no links
    return path, parts.fragment
