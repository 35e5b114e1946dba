"""Published results: the tables that come with the project, and a user's own beside them."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, get_args

from msgspec.structs import replace

from parindex.analysis.published_row import PublishedRow, Trust
from parindex.findings import InputError
from parindex.published_figures.choose import size_of
from parindex.published_figures.consistency import Clash, check_rows
from parindex.published_figures.group_figures import check_groups
from parindex.published_figures.sums import check_maxima, check_sums
from parindex.published_figures.units import FOLDER
from parindex.scheme.band import BandSet
from parindex.scheme.catalog import find_scheme
from parindex.scheme.scheme import Scheme
from parindex.values.exact import decimals
from parindex.values.groups import grouped

TABLES: Final = ("results", "areas", "parts", "sipas", "band-counts", "figures")


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


def known(rows: Iterable[PublishedRow]) -> list[PublishedRow]:
    """What is known of each unit in each year: one row of all that sources print of it.

    Each figure is that of the first row that has it: a user's own rows before
    those of the project, read ones before those worked out and these before weak
    ones, more digits before fewer.
    Misprints are left out; `source` names every source that gave a figure, and
    `origin` the user's table if one did. It is as sure as the least sure of them:
    `confidence`, `doubt` and `note` are of all rows that gave a figure.
    The order is that of the first rows of each.
    """
    sound = (row for row in rows if row.doubt != "misprint")
    found = grouped(sound, lambda row: row.subject)
    return [_together(sorted(each, key=_standing)) for each in found.values()]


def in_order(row: PublishedRow) -> tuple[Any, ...]:
    """Sorts rows as tables print them: by group of units and year, then by rank, the unranked last."""
    return (
        row.kind != "result",
        row.kind,
        *(row.level or "", row.province or "", row.group or "", row.year, row.code or ""),
        *(row.rank is None, row.rank or 0),
    )


_TRUST: Final = get_args(Trust)


def _standing(row: PublishedRow) -> tuple[bool, int, bool, int]:
    return (
        not row.origin,
        _TRUST.index(row.confidence),
        row.doubt is not None,
        -decimals(row.index) if row.index is not None else 0,
    )


_FIGURES: Final = (
    ("index",),
    ("points", "max"),
    ("rank", "of"),
    ("band",),
    ("change",),
    ("move",),
    ("count",),
    ("value",),
)
"""Figures of a row; those that mean something only together are taken together."""


def _together(rows: Sequence[PublishedRow]) -> PublishedRow:
    """One row of the figures of several, the first of which counts most."""
    if len(rows) == 1:
        return rows[0]
    fields: dict[str, Any] = {}
    used: list[PublishedRow] = []
    for names in _FIGURES:
        row = next((row for row in rows if getattr(row, names[0]) is not None), None)
        if row is not None:
            fields |= {name: getattr(row, name) for name in names}
            used += [row] if row not in used else []
    if fields.get("of") is None:
        fields["of"] = next((row.of for row in rows if row.of is not None), None)
    if not used:
        return rows[0]
    return replace(
        used[0],
        **fields,
        source=" | ".join(dict.fromkeys(row.source for row in used)),
        origin=next((row.origin for row in used if row.origin), ""),
        confidence=max((row.confidence for row in used), key=_TRUST.index),
        doubt=next((row.doubt for row in used if row.doubt), None),
        note="; ".join(dict.fromkeys(row.note for row in used if row.note)) or None,
    )


def clashes(rows: Sequence[PublishedRow]) -> list[Clash]:
    """Everything in published rows that does not fit together.

    See `check_rows`, `check_sums`, `check_maxima` and `check_groups`.
    """
    return [
        *check_rows(rows, bands_of),
        *check_sums(rows, scheme_of),
        *check_maxima(rows, scheme_of),
        *check_groups(rows, _size_of),
    ]


def _size_of(row: PublishedRow) -> int | None:
    """How many provinces there are in the year of a row, or in its region where it is of one."""
    region = row.region if row.unit is None else None
    return size_of(region)(row)


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
