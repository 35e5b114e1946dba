"""What a page shows, before the template writes it: sections of tables, charts and lists.

All text is plain, and comes in part from tables of a user: the template escapes it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, field

from parindex.office.charts.chart import Chart
from parindex.values.escaping import xml_text

_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")
"""What becomes a link; every other source, whatever it looks like, stays text."""


class Cell(Struct, frozen=True):
    """A cell: its text, which may lead to a page, its language, and numbers of sources."""

    text: str = ""
    href: str = ""
    lang: str = ""
    refs: tuple[int, ...] = ()


class Column(Struct, frozen=True):
    """A column: its title, and how its cells look (`text`, `number`, `name`, `long`, `refs`)."""

    title: str
    look: str = "text"


class Grid(Struct, frozen=True):
    """A table under its title."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def named(self) -> int:
        """Which column names the row: the first of names that has no gap, or else the first."""
        whole = (
            at
            for at, column in enumerate(self.columns)
            if column.look == "name" and all(row[at].text for row in self.rows)
        )
        return next(whole, 0)


class Link(Struct, frozen=True):
    """A link of a list, and what is said after it."""

    text: str
    href: str
    lang: str = ""
    after: str = ""


class Group(Struct, frozen=True):
    """Links under a name of their own, which may be a link itself."""

    title: str
    links: tuple[Link, ...]
    href: str = ""


class Section(Struct, frozen=True):
    """A part of a page under a heading."""

    id: str
    title: str
    texts: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    groups: tuple[Group, ...] = ()
    folded: bool = False


class Fact(Struct, frozen=True):
    """A figure that stands out at the top, with what it is."""

    title: str
    text: str
    after: str = ""


class Source(Struct, frozen=True):
    """A source; `href` is empty where it is no address."""

    number: int
    text: str
    href: str


class PageView(Struct, frozen=True):
    """A whole page in one language."""

    address: str
    title: str
    lang: str
    description: str
    kicker: str = ""
    texts: tuple[str, ...] = ()
    links: tuple[Group, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    data: str = ""


class Sources(Struct):
    """The sources of a page, numbered as they are met."""

    _numbers: dict[str, int] = field(default_factory=dict)

    def refs(self, source: str) -> tuple[int, ...]:
        """The numbers of the sources that a row names."""
        names = dict.fromkeys(filter(None, map(str.strip, source.split(" | "))))
        return tuple(self._numbers.setdefault(name, len(self._numbers) + 1) for name in names)

    def listed(self) -> tuple[Source, ...]:
        """All sources in their order."""
        return tuple(
            Source(number, _shown(name), name if is_address(name) else "")
            for name, number in self._numbers.items()
        )


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, in which nothing is hidden."""
    return _ADDRESS.fullmatch(source) is not None and xml_text(source) == source


def _shown(source: str) -> str:
    return re.sub("^https?://(www[.])?", "", source).rstrip("/") if is_address(source) else source


def grid(
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Cell]],
) -> Grid | None:
    """A table without the columns that are empty in every row; None without rows."""
    cells = [tuple(row) for row in rows]
    if not cells:
        return None
    kept = [
        at
        for at in range(len(columns))
        if at == 0 or any(row[at].text or row[at].refs for row in cells)
    ]
    return Grid(
        title,
        tuple(Column(*columns[at]) for at in kept),
        tuple(tuple(row[at] for at in kept) for row in cells),
    )
