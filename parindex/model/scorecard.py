"""A scorecard: what one unit reports for one year."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from parindex.model.facts import Fact
from parindex.model.finding import Places


class Entry(Struct, frozen=True):
    """One reported fact, with what was said about it."""

    fact: Fact
    note: str | None = None
    reason: str | None = None


class Published(Struct, frozen=True):
    """Figures that a source printed, kept to be checked against what is computed.

    `index` and `percent` are in hundredths, `total` and `points` in points;
    `percent`, `points` and `ranks` are keyed by code. `rank` is a place among
    `of` units. `figures` are others of the same source, by name, as printed;
    nothing is computed from them.
    """

    index: Decimal | None = None
    total: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    band: str | None = None
    points: Mapping[str, Decimal] = {}
    percent: Mapping[str, Decimal] = {}
    ranks: Mapping[str, int] = {}
    figures: Mapping[str, str] = {}


class Scorecard(Struct, frozen=True):
    """The scores of one unit in one year, as reported and not yet computed.

    `scores` maps a criterion's code, at any depth, to its entry; a code that is
    left out is not yet known. `scheme` is the id of a scheme, or None where
    level and year name exactly one.
    """

    unit: str
    year: int
    scores: Mapping[str, Entry]
    scheme: str | None = None
    level: str = "province"
    unit_id: str | None = None
    published: Published | None = None
    source: str | None = None
    places: Places | None = None
