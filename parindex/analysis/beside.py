"""What is published beside one result: the year before, means, other units of the year."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from parindex.analysis.comparison import Pair
from parindex.analysis.means import Mean
from parindex.analysis.standing import Standing
from parindex.model.fields import Name


class Beside(Struct, frozen=True):
    """What is known beside one result.

    `pair` is the unit the year before and now, with its areas. `means` are
    printed ones of the nation and regions, `areas` those of the nation by the
    code of an area, in percent. `table` is where the units of the year stand, by
    rank; the one at `own` is the unit itself, as it was scored. `regions` are
    the names of regions by id.
    """

    pair: Pair
    means: tuple[Mean, ...]
    areas: dict[str, Fraction]
    table: tuple[Standing, ...]
    own: int
    regions: Mapping[str, Name]
