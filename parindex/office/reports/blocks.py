"""What a report is made of; each renderer draws these and nothing else.

All text is plain and comes in part from inputs: a renderer shows it letter by
letter. Numbers are exact and already rounded as they are to be printed.
"""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import Field

from parindex.office.charts.chart import Chart
from parindex.tables.table import Table
from parindex.values.fields import DateField, Frozen, Text
from parindex.values.language import LanguageCode

_MOST_RECIPIENTS: Final = 50


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


class Traces(Struct, frozen=True):
    """How each leaf came to its points: folded away on a page, an annex on paper.

    `notes` stand above all of them.
    """

    title: str
    sheets: tuple[Table, ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Bullets | TableBlock | Chart | Traces


class Letterhead(Frozen):
    """A letterhead as it stands in a file; what is left out is filled in by hand.

    `superior` is the body above the `issuer`. `number` is the number with its
    signs, as 12/BC-SNV. `authority` is for whom is signed (TM., KT., TL.) and
    `signer_title` the office that the `signer` holds.
    """

    superior: Text | None = None
    issuer: Text | None = None
    number: Text | None = None
    place: Text | None = None
    date: DateField | None = None
    authority: Text | None = None
    signer_title: Text | None = None
    signer: Text | None = None
    recipients: Annotated[tuple[Text, ...], Field(max_length=_MOST_RECIPIENTS)] = ()


class Report(Struct, frozen=True):
    """A whole document: `name` is its kind in capitals (BÁO CÁO, KẾ HOẠCH), `title` its subject.

    `lang` is the language of every text in it, and of how its numbers are written.
    `names` are units that running text names, each of which stays in one line.
    """

    lang: LanguageCode
    name: str
    title: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead = Letterhead()
    names: tuple[str, ...] = ()


def with_text(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without empty text, and without headings under which nothing stands."""
    kept: list[Block] = []
    for block in reversed(list(blocks)):
        after = kept[-1] if kept else None
        match block, after:
            case (Paragraph(""), _) | (Bullets(()), _) | (Heading(), None | Traces()):
                continue
            case Heading(_, level), Heading(_, lower) if lower <= level:
                continue
            case _:
                kept.append(block)
    return tuple(reversed(kept))


def without_traces(report: Report) -> Report:
    """The same document without how each leaf came to its points: dozens of pages on paper."""
    kept = tuple(block for block in report.blocks if not isinstance(block, Traces))
    return replace(report, blocks=kept)
