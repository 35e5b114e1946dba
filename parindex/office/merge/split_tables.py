"""The files that a scorecard was split into, as a table."""

from collections.abc import Sequence

from msgspec import Struct

from parindex.office.merge.merging import is_bare
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language


class PartFile(Struct, frozen=True):
    """The part of an office, empty for none: its file, and the leaves that are to be filled in."""

    path: str
    office: str
    card: Scorecard
    codes: tuple[str, ...]


def parts_sheet(files: Sequence[PartFile], card: Scorecard, scheme: Scheme, say: Language) -> Table:
    """A row for each file: how many rows it has, and how many of them are filled in already."""
    keys = "office rows filled:number file"
    builder = TableBuilder(columns(say, keys, filled=say("Filled in")))
    for each in files:
        office = each.office or say("no office named")
        builder.add(office=office, rows=len(each.codes), filled=_filled(each), file=each.path)
    rows, filled = sum(len(each.codes) for each in files), sum(map(_filled, files))
    builder.add(office=say("Total"), rows=rows, filled=filled, strong=True)
    title = f"{card.unit} · {card.year} · {say.name(scheme.title)}"
    return builder.table(title, keep=None)


def _filled(file: PartFile) -> int:
    return sum(not is_bare(entry) for entry in file.card.scores.values())
