"""Rows that cannot be counted: why, how many, and where the first of them are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from msgspec import Struct

from parindex.tables.rejects import COLUMNS, FORMAT, rejects_table
from parindex.tables.written import Written, each_of_them
from parindex.values.language import N_

KINDS: Final = {
    "wide_row": N_("more cells than headings: a separator stands inside a cell"),
    "broken_line": N_("a line that is no whole object of JSON"),
    "empty_row": N_("nothing in the columns that are mapped"),
    "no_received_day": N_("no day on which it was received"),
    "unreadable_received": N_("the day on which it was received is no day"),
    "unreadable_due": N_("the due day is no day"),
    "unreadable_returned": N_("the day on which it was returned is no day"),
    "unreadable_suspended": N_("a day of its suspension is no day"),
    "unreadable_number": N_("times sent back, or days of suspension, are no whole number"),
    "returned_before_received": N_("returned before it was received"),
    "due_before_received": N_("due before it was received"),
    "unreadable_limit": N_("the time limit is no whole number of working days"),
    "unknown_calendar": N_("the public holidays of a year that its due day needs are not known"),
    "no_due_day": N_("no due day, so that nobody can say whether it is late"),
    "suspended_backwards": N_("its suspension ends before it begins, or has no beginning"),
    "unknown_word": N_("a word that no list of the map has"),
    "no_unit": N_("no unit"),
    "unknown_unit": N_("a unit that the map, or the list of provinces, does not have"),
    "same_id_alike": N_("the same dossier once more, alike in all that is counted"),
    "same_id_differs": N_("the same id as another row that says something else; none is counted"),
    "outside_period": N_("received after the period, or returned before it"),
}
"""Why a row is not counted, the first reason that holds."""
NUMBERS: Final = {name: number for number, name in enumerate(KINDS, start=1)}
NAMES: Final = {number: name for name, number in NUMBERS.items()}
EXPECTED: Final = frozenset(("outside_period",))
"""Kinds that are as they should be: an export of a year has rows that no quarter counts."""
PLACES: Final = 5
"""How many places are told of each kind."""
FILE: Final = 1 << 40
"""The number of a row is that of its file times this, and its own in the file."""


class RowPlace(NamedTuple):
    """A row, by its file and its number there, from 1; the heading is a row."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


class Reject(Struct, frozen=True):
    """Rows that were not counted for one reason: how many, and where the first of them are.

    `found` is the name of an unknown unit; no other cell is repeated.
    """

    kind: str
    rows: int
    places: tuple[RowPlace, ...] = ()
    found: str = ""


class Rejects:
    """Collects rows that are not counted, by kind."""

    def __init__(self, files: Iterable[str] = ()) -> None:
        self._files = list(files)
        self._rows: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[int]] = {}

    def add(self, kind: str, rows: int, first: Iterable[int], found: str = "") -> None:
        """Note rows of one kind, and the numbers of the first of them where they are known."""
        self._rows[kind, found] += rows
        if rows:
            self._first.setdefault((kind, found), []).extend(first)

    def all(self) -> list[Reject]:
        """What was collected, in the order of the kinds, the most rows first."""
        order = list(KINDS)
        found = sorted(self._rows.items(), key=lambda each: (order.index(each[0][0]), -each[1]))
        return [
            Reject(kind, rows, tuple(self._places(kind, name)), name)
            for (kind, name), rows in found
            if rows
        ]

    def _places(self, kind: str, name: str) -> Iterator[RowPlace]:
        for number in sorted(self._first.get((kind, name), ()))[:PLACES]:
            file = number // FILE
            yield RowPlace(self._files[file] if file < len(self._files) else "", number % FILE)


def record_of(reject: Reject) -> dict[str, Any]:
    """A kind of rows as programs read it."""
    return {
        "kind": reject.kind,
        "rows": reject.rows,
        "found": reject.found,
        "places": [str(each) for each in reject.places],
    }


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    records = map(record_of, found.rejects)
    return ({**each, "places": " ".join(each["places"])} for each in records)


WRITTEN: Final = Written(
    FORMAT,
    "rows",
    lambda found, _depth: map(record_of, found.rejects),
    lambda found: {"read": found.read, "counted": found.counted},
    COLUMNS,
    _rows,
    each_of_them(
        lambda it, say: [rejects_table(map(record_of, it.rejects), KINDS, it.read, it.counted, say)]
    ),
)
"""How the `Facts` of rows are written: what was counted, and what was not."""
