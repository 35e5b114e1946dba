"""The provinces of a year: any spelling of a name leads to one unit of the list then in force."""

import csv
import os
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final

from msgspec import Struct

from parindex.analysis.ranking import Group
from parindex.analysis.unit_figures import Identified, Who, who
from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.codes import PROVINCE_MISSPELT, UNIT_MERGED, UNKNOWN_UNIT
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_whole, suggest

FOLDER: Final = os.path.dirname(__file__)  # noqa: PTH120
_NEAR: Final = 17 / 20
"""How alike a name is that is misspelt: one letter or two."""
_KIND: Final = re.compile(r"^(tinh|thanh-pho|tp)-(?=.)|-(province|city)$")
"""What may come before or after a province's name: Tỉnh, Thành phố, TP, province, city."""
_WORDS: Final = "tinh|thanh-pho|tp|province|city"
_ANY_SIDE: Final = re.compile(rf"^({_WORDS})-(?=.)|(?<=.)-({_WORDS})$")


class Unit(Struct, frozen=True):
    """A province of one of the lists that were in force one after another.

    A code, and a name, means something only within its list: seven codes of the
    63 are those of other provinces among the 34, and a merged province that
    kept a name is another unit. `region` is the id of a region of the same
    list, and `merged_into` the name of the unit that its territory belongs to
    since the list ended (empty for those in force).
    """

    list: str
    code: str
    name: str
    name_en: str
    region: str
    last_year: int | None
    other_names: tuple[str, ...] = ()
    merged_into: str = ""


class Region(Struct, frozen=True):
    """A region of one list of units; the same name may hold other units in another list."""

    list: str
    id: str
    name: str
    name_en: str


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table that comes with the project."""
    path = os.path.join(FOLDER, f"{name}.csv")  # noqa: PTH118
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123
        return list(csv.DictReader(stream))


@cache
def units() -> tuple[Unit, ...]:
    """All units of all lists, the oldest list first."""
    return tuple(
        Unit(
            list=row["list"],
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            region=row["region"],
            last_year=_last_whole_year(row["valid_to"]),
            other_names=tuple(filter(None, row["other_names"].split("|"))),
            merged_into=row["merged_into"],
        )
        for row in table("units")
    )


def _last_whole_year(until: str) -> int | None:
    """The last year whose end the list saw: an index of a year is of the units at its end."""
    if not until:
        return None
    year = int(until[:4])
    return year if until.endswith("-12-31") else year - 1


@cache
def regions() -> tuple[Region, ...]:
    """The regions of all lists."""
    return tuple(Region(r["list"], r["id"], r["name"], r["name_en"]) for r in table("regions"))


@cache
def units_of(year: int) -> tuple[Unit, ...]:
    """The units that have an index for a year: 63 until 2024, 34 from 2025 on."""
    old = tuple(unit for unit in units() if unit.last_year is not None and year <= unit.last_year)
    return old or tuple(unit for unit in units() if unit.last_year is None)


def units_named(name: str) -> tuple[Unit, ...]:
    """The unit of a name in each list that has one; any spelling, with or without marks."""
    found = _by_name().get(_bare(name), ())
    return found or _by_name().get(fold_whole(name), ())


def unit_of(name: str, year: int) -> Unit | None:
    """The unit of a name in a year; None where none had it."""
    return next((unit for unit in units_named(name) if unit in units_of(year)), None)


def find_unit(name: str, year: int) -> Unit:
    """The unit of a name in a year.

    Args:
        name: Vietnamese or English, old or new, with or without marks, `Tỉnh` or `TP`.
        year: the year of the index; the units of its end are meant.

    Raises:
        InputError: P131 no unit has such a name, P132 none had it in that year.
    """
    if unit := unit_of(name, year):
        return unit
    named = units_named(name)
    if not named:
        bare = {fold_whole(each.name): each.name for each in units_of(year)}
        wanted = without_kind(name)
        near = wanted if wanted in bare else suggest(wanted, bare)
        alike = ", ".join(bare[each] for each in near.split(", ") if each)
        raise InputError([Finding(UNKNOWN_UNIT, "", {"found": name, "near": alike}, ("unit",))])
    values = {"unit": named[0].name, "year": str(year), "other": named[0].merged_into}
    raise InputError([Finding(UNIT_MERGED, "", values, ("unit",))])


def misspelt(card: Scorecard, scheme: Scheme) -> Iterator[Finding]:
    """P610: a unit under a scheme of provinces that has no province's name, but nearly that of one.

    A name that is near none is let be: a scheme is tried out with units of other kinds, too.
    """
    is_other = scheme.level != "province" or card.level not in (None, "province")
    if is_other or card.province or card.parent or units_named(card.unit):
        return
    known = {fold_whole(unit.name): unit.name for unit in units_of(card.year)}
    near = [known[each] for each in get_close_matches(_bare(card.unit), known, 1, _NEAR)]
    if near:
        place = card.places.locate(("unit",)) if card.places else None
        told = {"found": card.unit, "near": near[0]}
        yield Finding(PROVINCE_MISSPELT, "", told, ("unit",), place)


def parts_of(unit: Unit) -> tuple[Unit, ...]:
    """The units of the list before whose territory a unit of the present list has."""
    return tuple(each for each in units() if each.last_year and each.merged_into == unit.name)


def lasting(unit: Unit) -> tuple[str | None, str]:
    """Who a unit is in every list: the same if its territory stayed, whatever its code and name."""
    now = unit.merged_into or unit.name
    parts = [each for each in units() if each.merged_into == now]
    return (unit.list, unit.name) if len(parts) > 1 else (None, now)


def region_ids(name: str) -> frozenset[tuple[str, str]]:
    """The lists and ids of the regions of that name or id; none where it is unknown."""
    wanted = fold_whole(name)
    return frozenset((region.list, region.id) for spelt, region in _spelt() if wanted in spelt)


@cache
def _spelt() -> tuple[tuple[frozenset[str], Region], ...]:
    """The regions, each with its id and names as names are compared."""
    return tuple(
        (frozenset(map(fold_whole, (region.id, region.name, region.name_en))), region)
        for region in regions()
    )


def list_of(year: int) -> str:
    """The name of the list of units that a year's index goes by."""
    return units_of(year)[0].list


def identity(unit: Identified) -> Who:
    """Who a unit is in any year: a province in any spelling, but no merged one of before."""
    province = unit_of(unit.unit or "", unit.year) if unit.level == "province" else None
    return lasting(province) if province else who(unit)


def missing_units(group: Group, names: Sequence[str]) -> Sequence[str] | None:
    """The provinces of a year that are not among the names; None for levels that have no list."""
    if group.level != "province":
        return None
    met = {unit for name in names for unit in units_named(name)}
    return [unit.name for unit in units_of(group.year) if unit not in met]


@cache
def _by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in units():
        names = (unit.name, unit.name_en, *unit.other_names)
        for spelling in {_bare(each) for each in names} | {fold_whole(each) for each in names}:
            found[spelling] = (*found.get(spelling, ()), unit)
    return found


def _bare(name: str) -> str:
    """What a name is looked up by, without the word for its kind."""
    return _KIND.sub("", fold_whole(name))


def without_kind(name: str) -> str:
    """What a name that nobody has is compared by: a word for the kind goes, on whichever side it stands."""
    return _ANY_SIDE.sub("", fold_whole(name))
