"""Letterheads in YAML: the text block of Decree 30/2020 that an office puts on its documents."""

from parindex.office.reports.blocks import Letterhead
from parindex.reading.documents import documents, only, read_whole


def read_letterhead(file: str) -> Letterhead:
    """The letterhead of a file in YAML or JSON.

    Raises:
        InputError: every fault of its form.
    """
    return read_whole(Letterhead, only(documents(file)))
