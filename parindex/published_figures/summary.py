"""How much of each year is known, in a line: provinces, their SIPAS, and ministries."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.published_figures.choose import province_count
from parindex.published_figures.sources import is_copy
from parindex.values.as_data import AsData


class YearKnown(AsData, Struct, frozen=True):
    """Of how many provinces and ministries the figures of a year are known.

    `index` and `rank` count provinces with an index, and with a rank; `any`
    those with one of both, of the `of` that there are. `sipas` and `sipas_rank`
    count the same of SIPAS, `ministries` and `ministries_rank` of the
    `ministries_of` ministries (None where nobody says how many). `derived` is how many
    rows of all these were worked out from others, and `copies` how many nobody
    would cite.
    """

    year: int
    index: int
    rank: int
    any: int
    of: int
    sipas: int
    sipas_rank: int
    ministries: int
    ministries_rank: int
    ministries_of: int | None
    derived: int
    copies: int


def summary(rows: Sequence[PublishedRow], region: str | None = None) -> list[YearKnown]:
    """What is known of each year from the first to the last that has rows, empty ones too.

    Args:
        rows: published rows, as they are in the tables.
        region: the region whose provinces are counted; None for the nation.
    """
    if not rows:
        return []
    years = [row.year for row in rows]
    return [
        _year(year, [row for row in rows if row.year == year], province_count(year, region))
        for year in range(min(years), max(years) + 1)
    ]


def _year(year: int, rows: Sequence[PublishedRow], of: int) -> YearKnown:
    provinces = _of(rows, "result", "province")
    sipas = _of(rows, "sipas", "province")
    ministries = _of(rows, "result", "ministry")
    counted = [*provinces, *sipas, *ministries]
    index, rank = _indexed(provinces), _ranked(provinces)
    return YearKnown(
        year,
        index=len(index),
        rank=len(rank),
        any=len(index | rank),
        of=of,
        sipas=len(_indexed(sipas)),
        sipas_rank=len(_ranked(sipas)),
        ministries=len(_indexed(ministries)),
        ministries_rank=len(_ranked(ministries)),
        ministries_of=max((row.of for row in ministries if row.of is not None), default=None),
        derived=sum(row.confidence == "derived" for row in counted),
        copies=sum(is_copy(row.source) for row in counted),
    )


def _of(rows: Iterable[PublishedRow], kind: RowKind, level: str) -> list[PublishedRow]:
    return [
        row for row in rows if (row.kind, row.level) == (kind, level) and row.doubt != "misprint"
    ]


def _indexed(rows: Iterable[PublishedRow]) -> set[str | None]:
    return {row.unit for row in rows if row.index is not None}


def _ranked(rows: Iterable[PublishedRow]) -> set[str | None]:
    return {row.unit for row in rows if row.rank is not None}
