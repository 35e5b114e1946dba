"""A row of published figures: what one source prints of one unit in one year."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from msgspec import Struct

from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import percent
from parindex.values.finding import Place

RowKind = Literal["result", "area", "part", "sipas", "band-count", "figure"]
"""`result`: a unit's index, points, rank or band. `area`, `part`: the same of an
area, or of a part of the 100 by origin, named by `code`. `sipas`: the
satisfaction index. `band-count`: how many units of a group are in a band.
`figure`: any other figure of a year, named by `code`."""
Doubt = Literal["contradicted", "misprint"]
"""`contradicted`: another row says otherwise, and which is right is not known.
`misprint`: the note says why the figure cannot be right."""
Trust = Literal["read", "derived", "weak"]
"""`read` in the source that is named; `derived`: worked out from figures printed there, by the
arithmetic in the note; `weak`: in a copy elsewhere, or read once and not found again."""


class PublishedRow(AsData, Struct, frozen=True):
    """Figures of one unit in one year, with their digits as printed; None is not known.

    `index` is in percent, `points` and `max` in points, `rank` a place among
    `of` units, `change` the printed difference of the index from the year
    before, in points, and `move` that of the rank, in places, up is positive.
    `value` is a figure that is none of these. `list` says which list of
    provinces the unit, or its province, is of: a name means something only within it.
    `origin` is the file of a user's own table, and empty for the figures that
    come with the project; its rows know their `line` and the `heading` they stand under.
    """

    kind: RowKind
    year: int
    source: str
    unit: str | None = None
    level: str | None = None
    province: str | None = None
    region: str | None = None
    group: str | None = None
    code: str | None = None
    index: Decimal | None = None
    points: Decimal | None = None
    max: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    band: str | None = None
    change: Decimal | None = None
    move: int | None = None
    count: int | None = None
    value: Decimal | None = None
    doubt: Doubt | None = None
    confidence: Trust = "read"
    note: str | None = None
    list: str | None = None
    origin: str = ""
    line: int = 0
    heading: tuple[str, ...] = ()
    unit_id: ClassVar[None] = None
    parent: ClassVar[None] = None

    @property
    def race(self) -> tuple[str | int | None, ...]:
        """What its rank is a rank in: the units of this kind, year, level, province and group."""
        return (*self.series, self.year)

    @property
    def series(self) -> tuple[str | int | None, ...]:
        """The same for every year."""
        return (self.kind, self.code, self.level, self.list, self.province, self.group)

    @property
    def subject(self) -> tuple[str | int | None, ...]:
        """What its figures are about: rows of the same subject should agree."""
        values = self.band if self.kind == "band-count" else None
        region = self.region if self.unit is None else None
        return (*self.race, self.unit, region, values)

    @property
    def figure(self) -> Fraction | None:
        """The index in percent: as printed, or exactly points ÷ maximum; None without both."""
        if self.index is not None:
            return Fraction(self.index)
        if self.points is None or not self.max:
            return None
        return percent(Fraction(self.points), Fraction(self.max))

    def place(self, column: str) -> Place | None:
        """The cell of a column in a user's own table; None for the project's own rows.

        Where nothing is known under that column it is the cell of the first figure that is.
        """
        if not self.origin:
            return None
        names = (column, "index", "points", "rank", "value")
        known = (name for name in names if name and getattr(self, name) is not None)
        name = next((each for each in known if each in self.heading), None)
        return Place(self.origin, self.line, self.heading.index(name) + 1 if name else 1)

    def __repr__(self) -> str:
        figure = self.points if self.index is None else f"{self.index} %"
        return brief(self, self.kind, self.unit, self.year, self.code, figure)
