"""Published results: the tables that come with the project, and a user's own beside them."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.published_figures.published_rows import Clash, check_rows
from parindex.published_figures.published_sums import check_sums
from parindex.published_figures.units import FOLDER, table
from parindex.scheme.band import BandSet
from parindex.scheme.catalog import find_scheme
from parindex.scheme.scheme import Scheme

TABLES: Final = ("results", "areas", "parts", "sipas", "band-counts", "figures")


class Exempt(Struct, frozen=True):
    """An inconsistency that stands in the sources: what `check_rows` says there, and why.

    `subject` is the unit, for a figure of a region its id, and else its code.
    """

    finding: str
    kind: str
    year: int
    level: str
    subject: str
    reason: str


def load_published(own: str | None = None) -> list[PublishedRow]:
    """Every published row: those of a user's own table first, because they win.

    Args:
        own: a CSV file of the user, or a folder of them.

    Raises:
        InputError: every fault of the user's tables.
    """
    from parindex.published_figures.published_file import read_published

    return [*(read_published(own) if own else ()), *_shipped()]


@cache
def _shipped() -> tuple[PublishedRow, ...]:
    from parindex.published_figures.published_file import read_published

    files = (f"{FOLDER}/{name}.csv" for name in TABLES)
    return tuple(row for file in files for row in read_published(file, origin=""))


def exempt() -> list[Exempt]:
    """The inconsistencies of the tables that come with the project, one by one."""
    return [
        Exempt(
            row["finding"],
            row["kind"],
            int(row["year"]),
            row["level"],
            row["subject"],
            row["reason"],
        )
        for row in table("exceptions")
    ]


def clashes(rows: Sequence[PublishedRow]) -> list[Clash]:
    """Everything in published rows that does not fit together; see `check_rows`, `check_sums`."""
    return [*check_rows(rows, bands_of), *check_sums(rows, scheme_of)]


@cache
def _scheme(level: str, year: int, province: str | None, group: str | None) -> Scheme | None:
    try:
        return find_scheme(None, level, year, province, group)
    except InputError:
        return None  # no scheme of theirs is known, or several


def scheme_of(row: PublishedRow) -> Scheme | None:
    """The only scheme that is known for a row; None without one."""
    return _scheme(row.level, row.year, row.province, row.group) if row.level else None


def bands_of(row: PublishedRow) -> BandSet | None:
    """The bands that hold for a row, of the only scheme that is known for it; None without one."""
    scheme = scheme_of(row)
    return scheme.bands_of(row.year) if scheme else None
