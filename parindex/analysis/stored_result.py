"""A result as a file tells it: figures that follow from each other, or were changed since."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from parindex.values.finding import Path


class ToldNode(Struct, frozen=True):
    """The figures of one criterion, or with an empty code of the whole; None where not told.

    Points, maxima and `lost` are exact and in points, `percent` as printed and
    in hundredths. `is_known` says that nothing in it is unknown. `adjusted`
    figures hold bonus or penalty, and so do not follow from the criteria alone.
    """

    code: str
    path: Path
    points: Fraction | None = None
    maximum: Fraction | None = None
    applicable: Fraction | None = None
    percent: Decimal | None = None
    lost: Fraction | None = None
    is_known: bool = False
    adjusted: bool = False
    children: tuple["ToldNode", ...] = ()


class ToldResult(Struct, frozen=True):
    """A result with the id and the hash of the scheme by which it was computed."""

    scheme: str
    sha256: str
    whole: ToldNode
    path: Path
