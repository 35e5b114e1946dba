"""What a picture shows, before anything of how it looks is chosen.

All text is plain and comes in part from inputs: it is drawn letter by letter.
Numbers are exact and already rounded as they are to be printed.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

ChartKind = Literal[
    "radar", "bars", "ranks", "ranges", "shares", "bands", "dumbbells", "slopes", "lines"
]
"""How values are shown.

- `radar`: percentages of areas, 0 to 100, an outline for each series.
- `bars`: a bar for each label; of several series one below another.
- `shares`: percentages as bars of the first series before a pale bar of the whole of 100. Further
  series are points on it.
- `bands`: bars in order, each of the colour of its group; the groups are named beside.
- `dumbbells`: from the first series to the second, up or down.
- `slopes`: a line for each series from the first label to the second, named at both ends.
- `lines`: a line for each series over the labels, which are years; broken where one is not known.
- `ranks`: the same for places, the first place on top.
- `ranges`: a place of each unit, another that is marked, and the lowest and the highest, as series
  in this order.
"""


class Series(Struct, frozen=True):
    """One line, outline or row of bars: a value for each label; None is not known, never zero."""

    name: str
    values: tuple[Decimal | None, ...]


class Mark(Struct, frozen=True):
    """What changed on the way: from the label at this position on, another scheme holds."""

    at: int
    text: str


class Chart(Struct, frozen=True):
    """A picture of figures that also stand in a table.

    Attributes:
        kind: how values are shown.
        title: what the picture is about; alone it says all that a reader needs.
        labels: what each value is of: units, areas, years.
        series: the values.
        unit: what the values are, such as `Index, %`.
        texts: what is printed for each label instead of the figure of the first series.
        groups: the group of each label, such as its band; empty where it has none.
        marks: changes between labels, for lines.
        places: values are places, of which 1 is the best.
        column: what stands above `beside`.
        beside: of `bars` a second text for each label, in a column at the right.
        source: where the figures come from.
        notes: what a reader must know, above all what is not known.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    texts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    places: bool = False
    column: str = ""
    beside: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is any figure to draw."""
        return any(value is not None for each in self.series for value in each.values)
