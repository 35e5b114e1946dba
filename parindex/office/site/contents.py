"""What the site has pages of: the units, years and regions, each with the rows about it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

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


class Who(NamedTuple):
    """Whose page it is: units of one level, list, province and name."""

    level: str
    list: str | None
    province: str | None
    own: object

    @property
    def folder(self) -> str:
        """Where its page is."""
        return addresses.folder_of(self.level, self.list, self.province)


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
        self._address = {
            _who(page.level, page.list, page.province, page.name): page.address
            for page in self.units
        }

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
        return grouped(below, lambda page: addresses.province(page.list or "", page.province or ""))

    def address_of(self, row: PublishedRow) -> str | None:
        """The address of the page of the unit that a row is about."""
        return self._address.get(_who_of(row)) if row.unit is not None else None

    @cached_property
    def doubted(self) -> dict[str | None, list[Clash]]:
        """What does not fit together, by the address of the unit that it is about."""
        return grouped(self.clashes, lambda clash: self.address_of(clash.row))

    @cached_property
    def by_year(self) -> dict[int, list[PublishedRow]]:
        """What is known, by year."""
        return grouped(self.known, lambda row: row.year)

    @cached_property
    def result_years(self) -> dict[tuple[str | None, str | None], list[int]]:
        """The years of which the index of any unit of a level and a province is known."""
        results = [row for row in self.known if row.kind == "result"]
        found = grouped(results, lambda row: (row.level, row.province))
        return {key: sorted({row.year for row in rows}) for key, rows in found.items()}

    @cached_property
    def _figures(self) -> dict[tuple[str | None, str | None], list[PublishedRow]]:
        """The figures that are of no unit or group, by code and level."""
        found = (
            row
            for row in self.known
            if row.kind == "figure" and row.unit is None and row.group is None
        )
        return grouped(found, lambda row: (row.code, row.level))

    def means(self, code: str = "average_index", level: str = PROVINCE) -> dict[int, PublishedRow]:
        """The printed national figures of that code, by year."""
        rows = self._figures.get((code, level), ())
        return {row.year: row for row in rows if row.region is None}

    def region_means(self, region: Region) -> dict[int, PublishedRow]:
        """The printed means of the index of a region, by year."""
        return {
            row.year: row
            for row in self._figures.get(("average_index", PROVINCE), ())
            if row.region == region.id and row.list in (None, region.list)
        }


def _who(level: str | None, list_: str | None, province: str | None, name: str) -> Who:
    kept = list_ if province or level == PROVINCE else None
    return Who(level or "unit", kept, province, same_unit(name))


def _who_of(row: PublishedRow) -> Who:
    own = None if row.level == PROVINCE else row.province
    return _who(row.level, row.list, own, row.unit or "")


def _unit_pages(rows: Sequence[PublishedRow]) -> Iterable[UnitPage]:
    """Every province of every list, known or not, then the other units that have rows."""
    found = grouped((row for row in rows if row.unit is not None), _who_of)
    groups = grouped(
        (row for row in rows if row.unit is None and row.province is not None),
        lambda row: (row.list, row.province),
    )
    for unit in units():
        yield UnitPage(
            addresses.province(unit.list, unit.name),
            PROVINCE,
            unit.name,
            unit.list,
            None,
            unit,
            tuple(found.pop(_who(PROVINCE, unit.list, None, unit.name), ())),
            tuple(groups.get((unit.list, unit.name), ())),
        )
    folders = grouped(found, lambda key: key.folder)
    named = {
        folder: addresses.slugs(row.unit or "" for key in keys for row in found[key])
        for folder, keys in folders.items()
    }
    for key in sorted(found, key=_order):
        last = max(found[key], key=lambda row: row.year)
        yield UnitPage(
            f"{key.folder}/{named[key.folder][key.own]}",
            key.level,
            last.unit or "",
            key.list,
            key.province,
            None,
            tuple(found[key]),
        )


def _order(key: Who) -> tuple[object, ...]:
    at = _LEVELS.index(key.level) if key.level in _LEVELS else len(_LEVELS)
    return at, key.list or "", name_key(key.province or ""), key.own
