"""What the site has pages of: the units, years and regions, each with the rows about it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.office.site import addresses
from parindex.published_figures.consistency import Clash
from parindex.published_figures.published_tables import clashes, known
from parindex.published_figures.units import Region, Unit, regions, units
from parindex.values.collation import name_key, same_unit
from parindex.values.groups import grouped

PROVINCE: Final = "province"
_LEVELS: Final = (PROVINCE, "ministry", "department", "central-agency", "district", "commune")

Key = tuple[object, ...]


class UnitPage(Struct, frozen=True):
    """One unit with its rows; `unit` is the province, None for units of other levels.

    `below` are rows about units of this province, `groups` those about groups of them.
    """

    address: str
    level: str
    name: str
    list: str | None
    province: str | None
    unit: Unit | None
    rows: tuple[PublishedRow, ...]
    groups: tuple[PublishedRow, ...] = ()

    @property
    def group(self) -> str:
        """The groups that it was ranked in."""
        return ", ".join(dict.fromkeys(row.group for row in self.rows if row.group))


class Contents:
    """Everything that the site is made of, from the rows of the tables and a user's own."""

    def __init__(self, rows: Sequence[PublishedRow]) -> None:
        self.rows = tuple(rows)
        self.units = tuple(_unit_pages(rows))
        self._address = {key: page.address for page in self.units for key in _keys(page)}

    @cached_property
    def known(self) -> tuple[PublishedRow, ...]:
        """One row of all that sources print of each subject."""
        return tuple(known(self.rows))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What does not fit together."""
        return tuple(clashes(self.rows))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which anything is known, the latest first."""
        return tuple(sorted({row.year for row in self.rows}, reverse=True))

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions of all lists."""
        return regions()

    @cached_property
    def provinces_below(self) -> dict[str, list[UnitPage]]:
        """The pages of units below provinces, by the address of the province."""
        below = [page for page in self.units if page.province is not None]
        return grouped(
            below, lambda page: addresses.province(page.list or "", page.province or "")
        )

    def address_of(self, row: PublishedRow) -> str | None:
        """The address of the page of the unit that a row is about."""
        return self._address.get(_key(row)) if row.unit is not None else None

    def of_year(self, number: int) -> list[PublishedRow]:
        """What is known of a year."""
        return [row for row in self.known if row.year == number]

    def means(self, kind: str = "average_index", level: str = PROVINCE) -> dict[int, PublishedRow]:
        """The printed national figures of that code, by year."""
        return {
            row.year: row
            for row in self.known
            if (row.kind, row.code, row.level) == ("figure", kind, level)
            and row.unit is None
            and row.region is None
            and row.group is None
        }

    def region_means(self, region: Region) -> dict[int, PublishedRow]:
        """The printed means of the index of a region, by year."""
        return {
            row.year: row
            for row in self.known
            if (row.kind, row.code, row.region) == ("figure", "average_index", region.id)
            and row.unit is None
            and row.list in (None, region.list)
        }


def _key(row: PublishedRow) -> Key:
    own = same_unit(row.unit or "")
    if row.level == PROVINCE:
        return (PROVINCE, row.list, None, own)
    return (row.level, row.list if row.province else None, row.province, own)


def _keys(page: UnitPage) -> Iterable[Key]:
    yield (
        page.level,
        page.list if page.province or page.level == PROVINCE else None,
        page.province,
        same_unit(page.name),
    )


def _unit_pages(rows: Sequence[PublishedRow]) -> Iterable[UnitPage]:
    """Every province of every list, known or not, then the other units that have rows."""
    found = grouped((row for row in rows if row.unit is not None), _key)
    groups = grouped(
        (row for row in rows if row.unit is None and row.province is not None),
        lambda row: (row.list, row.province),
    )
    for unit in units():
        key = (PROVINCE, unit.list, None, same_unit(unit.name))
        yield UnitPage(
            addresses.province(unit.list, unit.name),
            PROVINCE,
            unit.name,
            unit.list,
            None,
            unit,
            tuple(found.pop(key, ())),
            tuple(groups.get((unit.list, unit.name), ())),
        )
    folders = grouped(found, _folder)
    named = {
        folder: addresses.slugs(found[key][-1].unit or "" for key in keys)
        for folder, keys in folders.items()
    }
    for key in sorted(found, key=_order):
        level, list_, province, own = key
        last = max(found[key], key=lambda row: row.year)
        yield UnitPage(
            f"{_folder(key)}/{named[_folder(key)][own]}",
            str(level or ""),
            last.unit or "",
            list_ if isinstance(list_, str) else None,
            province if isinstance(province, str) else None,
            None,
            tuple(found[key]),
        )


def _folder(key: Key) -> str:
    level, list_, province, _own = key
    return addresses.folder_of(
        str(level or "unit"),
        None if list_ is None else str(list_),
        None if province is None else str(province),
    )


def _order(key: Key) -> tuple[object, ...]:
    level, list_, province, own = key
    at = _LEVELS.index(str(level)) if level in _LEVELS else len(_LEVELS)
    return at, str(list_ or ""), name_key(str(province or "")), own
