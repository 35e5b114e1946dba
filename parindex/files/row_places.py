"""The places of what was read of a text that stands for a table without lines: a frame, or a Parquet file."""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.reading.plain_data import RowPlaces, Rows
from parindex.scorecard.duplicate_units import Read
from parindex.values.finding import Finding, Place


def read_of_rows(read: Callable[[], Iterable[Read]], rows: Rows) -> Iterator[Read]:
    """What is read of the text of a table, with the places of its rows where they come from."""

    def placed(findings: Iterable[Finding]) -> list[Finding]:
        return [replace(each, place=rows.placed(each.place or Place(""))) for each in findings]

    try:
        for card, scheme, faults in read():
            if card is not None and card.places is not None:
                places, doubts = RowPlaces(card.places, rows), tuple(placed(card.doubts))
                card = replace(card, places=places, doubts=doubts)  # noqa: PLW2901
            yield card, scheme, placed(faults)
    except InputError as error:
        raise InputError(placed(error.findings)) from error
