"""Raw counts: figures that a source prints beside a score, and that nothing is scored from."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

About = Literal["", "over", "nearly"]
WHOLE: Final = "all"
"""The name of the count of which the others beside it are parts."""


class Tally(Struct, frozen=True):
    """How many there were: exactly, `over` a number, or `nearly` one, as the source words it."""

    number: int
    about: About = ""

    @property
    def least(self) -> int:
        """The fewest that it can mean."""
        return {"": self.number, "over": self.number + 1, "nearly": 0}[self.about]

    @property
    def most(self) -> int | None:
        """The most that it can mean; None where there is no limit."""
        return {"": self.number, "over": None, "nearly": self.number}[self.about]

    def __str__(self) -> str:
        return f"{self.about} {self.number}".strip()


Group = Mapping[str, Tally]
Counts = Mapping[str, Tally | Group]
"""Counts by name, and groups of counts by theirs.

Names are free. Those of dossiers have a meaning that `parindex check` goes by:
`received` in the period, `carried_over` from before it, `settled`, and of these
`early`, `on_time` (with the early ones where these are not named) and `late`.
Where there is `all`, the others beside it are parts of that, of which
nothing is in two: `{all: 600, new: 370}`.
"""


def groups_of(counts: Counts) -> list[tuple[tuple[str, ...], Group]]:
    """The counts side by side, each group with the names that lead to it."""
    alone = {name: each for name, each in counts.items() if isinstance(each, Tally)}
    inner = [((name,), each) for name, each in counts.items() if not isinstance(each, Tally)]
    return [((), alone), *inner]
