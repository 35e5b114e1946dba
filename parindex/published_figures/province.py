"""Provinces and centrally run cities: the units of a year, each of one list."""

from msgspec import Struct


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
