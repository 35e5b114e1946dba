"""Where the heading of a table of dossiers stands, and which of its columns a map means."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.values.codes import DUPLICATE_KEY, MISSING_FIELD
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_name, suggest

DELIMITERS: Final = (",", ";", "\t", "|")
FIRST_ROWS: Final = 30
"""Rows among which the heading is looked for; titles may stand above it."""


class Heading(NamedTuple):
    """A heading: its row from 1, its cells, and the delimiter of a text."""

    row: int
    cells: Sequence[str]
    delimiter: str = ","


def columns_in(wanted: Mapping[str, str], cells: Sequence[str]) -> dict[str, list[int]]:
    """The positions at which each wanted heading stands: as it is spelt, or else without marks."""
    stripped = [cell.strip() for cell in cells]
    folded: list[str] | None = None
    found: dict[str, list[int]] = {}
    for name, heading in wanted.items():
        found[name] = [at for at, cell in enumerate(stripped) if cell == heading.strip()]
        if not found[name]:
            folded = [fold_name(cell) for cell in stripped] if folded is None else folded
            key = fold_name(heading)
            found[name] = [at for at, cell in enumerate(folded) if key and cell == key]
    return found


def chosen(wanted: Mapping[str, str], cells: Sequence[str], file: str) -> dict[str, int]:
    """The position of each wanted heading.

    Raises:
        InputError: P109 one is not there, P107 one stands twice.
    """
    found = columns_in(wanted, cells)
    findings = []
    for name, places in found.items():
        if not places:
            told = {"expected": wanted[name], "near": suggest(wanted[name], map(short, cells))}
            findings.append(Finding(MISSING_FIELD, f"columns.{name}", told, place=Place(file)))
        elif len(places) > 1:
            told = {"found": wanted[name]}
            findings.append(Finding(DUPLICATE_KEY, f"columns.{name}", told, place=Place(file)))
    if findings:
        raise InputError(findings)
    return {name: places[0] for name, places in found.items()}


def heading_among(rows: Iterable[tuple[int, Sequence[str]]], wanted: Mapping[str, str]) -> Heading:
    """Of the first rows of a table that in which most of the wanted headings stand.

    Headings may stand in two rows, the upper of which holds what the lower leaves empty.
    """
    best, most = Heading(1, ()), -1
    before: Sequence[str] = ()
    for number, cells in rows:
        for each in (cells, both_rows(before, cells)) if before else (cells,):
            known = sum(bool(found) for found in columns_in(wanted, each).values())
            if known > most:
                best, most = Heading(number, each), known
        if most == len(wanted):
            break
        before = cells
    return best


def both_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one."""
    pairs = zip_longest(upper, lower, fillvalue="")
    return [below if below.strip() else above for above, below in pairs]


def heading_of_text(start: str, wanted: Mapping[str, str]) -> Heading:
    """The heading of a text and its delimiter: the pair that gives most of the wanted headings."""
    best, most = Heading(1, ()), -1
    for delimiter in DELIMITERS:
        found = heading_among(first_rows(start, delimiter), wanted)
        known = sum(bool(each) for each in columns_in(wanted, found.cells).values())
        if known > most or (known == most and len(found.cells) > len(best.cells)):
            best, most = found._replace(delimiter=delimiter), known
        if most == len(wanted) > 1:
            break
    return best


def first_rows(start: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows of a text, each with the number of its last line."""
    reader = csv.reader(start.lstrip("\ufeff").splitlines(keepends=True), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            rows.append((reader.line_num, cells))
            if len(rows) >= FIRST_ROWS:
                break
    except csv.Error:
        return rows
    return rows
