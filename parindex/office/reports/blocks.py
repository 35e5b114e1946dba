"""What a report is made of; each renderer draws these and nothing else.

All text is plain and comes in part from inputs: a renderer shows it letter by
letter. Numbers are exact and already rounded as they are to be printed.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from parindex.tables.table import Table
from parindex.values.language import LanguageCode

ChartKind = Literal["radar", "bars", "ranks"]
"""`radar`: percentages of areas, 0 to 100. `bars`: points lost, the largest first.
`ranks`: places over years, the first place on top."""


class Heading(Struct, frozen=True):
    """A numbered heading of a section (1) or of a part of it (2)."""

    text: str
    level: Literal[1, 2] = 1


class Paragraph(Struct, frozen=True):
    """One paragraph of running text."""

    text: str


class Bullets(Struct, frozen=True):
    """Short points below one another."""

    items: tuple[str, ...]


class TableBlock(Struct, frozen=True):
    """A sheet with its title as the caption; `wide` ones need a page across (landscape)."""

    sheet: Table
    wide: bool = False


class Series(Struct, frozen=True):
    """One line, outline or row of bars: a value for each label; None is not known, never zero."""

    name: str
    values: tuple[Decimal | None, ...]


class Chart(Struct, frozen=True):
    """A picture of figures that also stand in a table."""

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Traces(Struct, frozen=True):
    """How each leaf came to its points: folded away on a page, an annex on paper."""

    title: str
    sheets: tuple[Table, ...]


Block = Heading | Paragraph | Bullets | TableBlock | Chart | Traces


class Letterhead(Struct, frozen=True):
    """The text block of Decree 30/2020; what is None is left blank, to be filled in by hand."""

    superior: str | None = None
    issuer: str | None = None
    number: str | None = None
    place: str | None = None
    date: str | None = None
    authority: str | None = None
    signer_title: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """A whole document: `name` is its kind in capitals (BÁO CÁO, KẾ HOẠCH), `title` its subject.

    `lang` is the language of every text in it, and of how its numbers are written.
    """

    lang: LanguageCode
    name: str
    title: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead = Letterhead()


def without_traces(report: Report) -> Report:
    """The same document without how each leaf came to its points: dozens of pages on paper."""
    kept = tuple(block for block in report.blocks if not isinstance(block, Traces))
    return replace(report, blocks=kept)
