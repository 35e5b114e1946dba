"""What a rule may go by beside what was reported: the year, the unit, and figures from elsewhere."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

Best = Fraction | str
"""The best figure of a group in the unit of the rule, hundredths for percent; or of whom it lacks one."""


class Setting(Struct, frozen=True):
    """The year and the unit that are scored, and what the rule of one leaf takes from others.

    `level`, `group` and `profile` are those of the unit, `months` how many months
    its period has (None where it is no whole months). `rates` are those of
    other leaves by code, in hundredths, as far as they are known, and `best` the best
    figure of the unit's group; None where no other unit was scored with it.
    """

    year: int
    level: str | None = None
    group: str | None = None
    profile: str | None = None
    months: int | None = 12
    rates: Mapping[str, Fraction] = {}
    best: Best | None = None
