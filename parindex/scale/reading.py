"""Facts of files: scanned, counted by the embedded engine, and what it refuses told with its place."""

from collections.abc import Sequence

import polars

from parindex.findings import InputError
from parindex.scale.api import Facts, facts_of
from parindex.scale.mapping import Map
from parindex.scale.sources import broken, broken_texts, scanned

_BROKEN = (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError)


def facts_of_files(given: Sequence[str], read: Map, scheme: str | None = None) -> Facts:
    """The scorecards of files, folders and patterns.

    Args:
        given: their names.
        read: the map.
        scheme: the scheme of the scorecards, where not that of the map.

    Raises:
        InputError: P101 and others: a file cannot be read, or lacks a mapped column; P104 one
            breaks the rules of its format.
    """
    scan = scanned(given, read.columns)
    try:
        found = facts_of(scan.frames, read, scan.files, scheme)
    except _BROKEN as error:  # what an engine says of a file repeats its cells
        raise broken(scan) from error
    # Line ends may stand within quotes; where a quote was not closed, they swallow rows.
    faults = broken_texts(scan) if scan.hides_lines(found.read) else []
    if faults:
        raise InputError(faults)
    return found
