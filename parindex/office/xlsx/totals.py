"""Rows below a table that say its sum, index, band or rank: no scores, but figures to check."""

import re
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from parindex.office.xlsx.cells import Cell
from parindex.office.xlsx.headings import WORDS
from parindex.reading.codes import unseen_removed
from parindex.values.fuzzy import key

Kind = Literal["total", "index", "rank", "band"]
_KINDS: Final[dict[Kind, tuple[re.Pattern[str], frozenset[str]]]] = {
    kind: (
        re.compile(rf"(?:{'|'.join(told['begins'])})(?![^ ])"),
        frozenset(" ".join((told["others"], *told["begins"])).split()),
    )
    for kind, told in WORDS["totals"].items()
}
"""How each row begins, and the words of which it may consist."""
_LONGEST: Final = 200


class Total(Struct, frozen=True):
    """A row below a table: what it says, where it stands, and its cells by column."""

    kind: Kind
    row: int
    cells: dict[str, Cell]


def total_kind(text: str) -> Kind | None:
    """What a row with this name sums up; None where it is a row like another."""
    if len(text) > _LONGEST:
        return None
    bare = re.sub(r"\([^()]*\)|[0-9.,%:*/]+", " ", unseen_removed(text))
    words = key(bare).replace("-", " ")
    for kind, (begins, known) in _KINDS.items():
        if begins.match(words) and known.issuperset(words.split()):
            return kind
    return None


def rank_of(cell: Cell) -> tuple[int, int | None] | None:
    """The place that a cell names, and of how many: `24`, `24/63`, `thứ 24`."""
    match = re.fullmatch(
        r"\D{0,10}?([0-9]{1,4})(?:\s*(?:/|trên|of)\s*([0-9]{1,4}))?", cell.text, re.IGNORECASE
    )
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def band_of(cell: Cell) -> str:
    """The label of a band without the word before it: `Nhóm B` is `B`."""
    return re.sub(r"^(?:xếp\s+)?(?:loại|nhóm|hạng|mức)\s+", "", cell.text, flags=re.IGNORECASE)


def percent_of(cell: Cell) -> Decimal | None:
    """The percentage that a cell prints, with or without its sign."""
    match = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*%?", cell.text)
    return Decimal(match[1].replace(",", ".")) if match else None
