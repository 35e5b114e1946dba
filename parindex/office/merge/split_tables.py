"""The files that a scorecard was split into, as a sheet."""

from collections.abc import Sequence

from msgspec import Struct

from parindex.office.merge.merging import is_bare
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.tables.table import Column, Table
from parindex.values.language import Language


class PartFile(Struct, frozen=True):
    """The part of an office, empty for none: its file, and the leaves that are to be filled in."""

    path: str
    office: str
    card: Scorecard
    codes: tuple[str, ...]


def parts_sheet(files: Sequence[PartFile], card: Scorecard, scheme: Scheme, say: Language) -> Table:
    """A row for each file: how many rows it has, and how many of them are filled in already."""
    columns = (
        Column("office", say("Office")),
        Column("rows", say("Rows"), "number"),
        Column("filled", say("Filled in"), "number"),
        Column("file", say("File")),
    )
    counts = [(len(each.codes), _filled(each)) for each in files]
    rows = [
        (each.office or say("no office named"), *count, each.path)
        for each, count in zip(files, counts, strict=True)
    ]
    rows.append((say("Total"), sum(c[0] for c in counts), sum(c[1] for c in counts), ""))
    title = f"{card.unit} · {card.year} · {say.name(scheme.title)}"
    return Table(title, columns, tuple(rows), frozenset({len(rows) - 1}))


def _filled(file: PartFile) -> int:
    return sum(not is_bare(entry) for entry in file.card.scores.values())
