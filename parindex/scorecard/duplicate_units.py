"""One scorecard for each unit and year: a second one is a fault, whatever file it stands in."""

from collections.abc import Iterable, Iterator
from typing import Final

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.codes import DUPLICATE_SCORECARD
from parindex.values.collation import same_unit
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import without_kind
from parindex.values.language import N_

_SHEET: Final = N_("--sheet with the name of the sheet that counts")
Read = tuple[Scorecard | None, Scheme | None, list[Finding]]
"""A scorecard as far as it could be read, its scheme, and the faults of its form."""


class DuplicateUnits:
    """The units that were met in a file or folder, and where; `parts` of one are no second ones."""

    def __init__(self, *, parts: bool = False) -> None:
        self._parts = parts
        self._met: dict[tuple[object, ...], Place] = {}

    def checked(self, read: Iterable[Read], *, is_table: bool = False) -> Iterator[Read]:
        """The same scorecards; one that was met before has a fault and goes no further.

        The reader of a table compares its own rows, so that is left to it.
        """
        for scorecard, scheme, faults in read:
            fault = self._again(scorecard, is_table=is_table) if scorecard is not None else None
            if fault is None:
                yield scorecard, scheme, faults
            else:
                yield None, None, [*faults, fault]

    def _again(self, card: Scorecard, *, is_table: bool) -> Finding | None:
        """The fault of a scorecard whose unit, year, scheme and period were met before."""
        if self._parts:
            return None
        place = card.places.locate(("unit",)) if card.places else Place("")
        first = self._met.setdefault(_which(card), place)
        if first is place or (is_table and first.file == place.file):
            return None
        other = str(first).removeprefix(f"{place.file}:")
        told = {"found": card.unit, "other": other}
        if first.file == place.file and "!" in place.pointer:
            told["expected"] = _SHEET
        return Finding(DUPLICATE_SCORECARD, "", told, ("unit",), place)


def _which(card: Scorecard) -> tuple[object, ...]:
    names = (card.province, card.parent, card.unit)
    who = card.unit_id or tuple(name and same_unit(without_kind(name)) for name in names)
    return who, card.year, card.scheme, card.days
