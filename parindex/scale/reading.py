"""Facts of files: scanned, counted by the embedded engine, and what it refuses told with its place."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars

from parindex.findings import InputError
from parindex.scale.api import Facts, facts_of
from parindex.scale.copies import called, read_once
from parindex.scale.mapping import Map
from parindex.scale.sources import broken, broken_texts, refuse_other_letters, scanned

_LOST: Final = "\ufffd"
"""What an engine puts in the place of a byte that is no UTF-8."""
_BROKEN = (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError)


def facts_of_files(given: Sequence[str], read: Map, scheme: str | None = None) -> Facts:
    """The scorecards of files, folders and patterns.

    Args:
        given: their names, and `-` for standard input.
        read: the map.
        scheme: the scheme of the scorecards, where not that of the map.

    Raises:
        InputError: P101 and others: a file cannot be read, or lacks a mapped column; P104 one
            breaks the rules of its format; P103 a unit's name is not UTF-8.
    """
    return read_once(given, lambda files, names: _facts_of(files, names, read, scheme))


def _facts_of(
    given: Sequence[str], names: Mapping[str, str], read: Map, scheme: str | None
) -> Facts:
    scan = scanned(given, read.columns)
    files = [called(each, names) for each in scan.files]
    try:
        typed = None if scan.others else scan.frames
        found = facts_of(scan.frames(), read, files, scheme, typed)
    except _BROKEN as error:  # what an engine says of a file repeats its cells
        raise broken(scan) from error
    if any(_LOST in each.unit for each in found.scorecards) or any(
        _LOST in each.found for each in found.rejects
    ):
        refuse_other_letters(scan)
    # Line ends may stand within quotes; where a quote was not closed, they swallow rows.
    faults = broken_texts(scan) if scan.hides_lines(found.read) else []
    if faults:
        raise InputError(faults)
    return found
