"""A map written from the headings that rows of dossiers have, for people to look through."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import polars
import yaml

from parindex.scale.copies import read_once
from parindex.scale.definitions import definitions, headings
from parindex.scale.limits import limits
from parindex.scale.sources import (
    each_file,
    first_objects,
    keys_of_lines,
    rows_of_sheet,
    sheets_of,
    start_of,
)
from parindex.scale.tables import DELIMITERS, FIRST_ROWS, both_rows, first_rows
from parindex.values.fuzzy import fold_name
from parindex.values.language import N_, Language

_ALIKE: Final = 84
"""How alike, in hundredths, a misspelt heading must be to one that is known."""
_MODELINE: Final = "# yaml-language-server: $schema=facts-map.schema.json"
_HEAD: Final = N_(
    "A map of rows of dossiers: which column is what. Look through it, and write period and facts."
)
_NOT_KNOWN: Final = N_("Headings that were not recognised, and are not read:")
_MISSING: Final = N_("Columns that no heading was found for:")
_UNIT: Final = N_("The unit of all rows, because no heading tells one; write its name.")
_PERIOD: Final = N_("The days that count, both included; by: month, quarter or year cuts them.")
_LIMIT: Final = N_(
    "Due days are worked out from the time limit, in working days of Vietnam. The first day:"
)
_IN_DAYS: Final = re.compile(r"[0-9]{1,3}(?:[.,]0+)?(?: *[^\W\d].*)?$")
_FACTS: Final = N_("Which counts make which code's fact, with + and - only. The counts:")


def new_map(given: Sequence[str], say: Language) -> str:
    """The text of a map of the first of some files.

    Raises:
        InputError: it cannot be read.
    """
    cells, below = read_once(each_file(given)[:1], lambda files, _: _rows_of(files[0]))
    found = told_by_cells(recognised(cells), cells, below)
    others = [cell.strip() for cell in cells if cell.strip() and cell not in found.values()]
    lines = [_MODELINE, f"# {say(_HEAD)}", "columns:"]
    lines += [f"  {name}: {_yaml(found[name].strip())}" for name in headings() if name in found]
    lines += _comments(say(_NOT_KNOWN), others)
    lines += _comments(say(_MISSING), [name for name in headings() if name not in found])
    if "unit" not in found:
        lines += [f"# {say(_UNIT)}", "unit:"]
    if "limit" in found:
        lines += _limit_lines(say)
    year = datetime.datetime.now(tz=datetime.UTC).year
    lines += [f"# {say(_PERIOD)}", f"period: {{from: {year}-01-01, to: {year}-12-31}}"]
    lines += [f"# {say(_FACTS)}"]
    for name, each in definitions().items():
        if set(each.needs) <= {*found, *(["due"] if "limit" in found else [])}:
            lines.append(f"#   {name}: {say.name(each.name)}")
    if "returned" in found and {"due", "limit"} & found.keys():
        lines += ["facts: {}", '#  "2.1": {ratio: [early + on_time, received]}']
    return "\n".join([*lines, ""])


def _comments(title: str, names: Sequence[str]) -> list[str]:
    """Names as comments below a title; nothing where there are none."""
    return (
        [f"# {title}", *(f"#   {' '.join(each.split())[:120]}" for each in names)] if names else []
    )


def _yaml(text: str) -> str:
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10_000, default_style=None)
    return dumped.removesuffix("\n").removesuffix("\n...").strip()


def recognised(cells: Iterable[str]) -> Mapping[str, str]:
    """The heading of each column, by what it is: as it is known, or spelt nearly so."""
    known = _known_headings()
    found: dict[str, str] = {}
    left: list[str] = []
    for cell in cells:
        name = known.get(fold_name(cell))
        if name is not None and name not in found:
            found[name] = cell
        elif cell.strip():
            left.append(cell)
    for cell in left:
        name = _nearly(fold_name(cell), known)
        if name and name not in found:
            found[name] = cell
    return found


@cache
def _known_headings() -> Mapping[str, str]:
    """What each heading is that is known, by its key."""
    return {fold_name(each): name for name, listed in headings().items() for each in listed}


def _nearly(key: str, known: Mapping[str, str]) -> str:
    """What a misspelt heading is; empty where two things would be as near, or none is."""
    from difflib import get_close_matches

    names = {known[each] for each in get_close_matches(key, known, 3, _ALIKE / 100)}
    return names.pop() if len(names) == 1 else ""


def told_by_cells(
    found: Mapping[str, str], cells: Sequence[str], below: Sequence[Sequence[str]]
) -> Mapping[str, str]:
    """The headings, with that of a due day as a time limit where numbers stand below it.

    Args:
        found: the heading of each column, by what it is.
        cells: the row of headings.
        below: the rows below it.
    """
    if "due" not in found or "limit" in found:
        return found
    at = cells.index(found["due"])
    told = [row[at].strip() for row in below if len(row) > at and row[at].strip()]
    if not told or not all(_IN_DAYS.match(each) for each in told):
        return found
    return {"limit" if name == "due" else name: cell for name, cell in found.items()}


def _limit_lines(say: Language) -> list[str]:
    """How a time limit is counted, as a setting that is seen."""
    ways = limits().first_day
    lines = [f"# {say(_LIMIT)}", "time_limit: {first_day: next}"]
    return [
        *lines,
        *(f"#   first_day: {name}: {say.name(each.name)}" for name, each in ways.items()),
    ]


def _rows_of(file: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The row of a file that has most headings that are known, and some rows below it."""
    ending = Path(file).suffix.lower()
    if ending == ".parquet":
        frame = polars.scan_parquet(file, glob=False)
        names = frame.collect_schema().names()
        rows = frame.head(FIRST_ROWS).collect().rows()
        return names, [["" if each is None else str(each) for each in row] for row in rows]
    if ending in (".jsonl", ".ndjson"):
        keys = keys_of_lines(file)
        return keys, [[str(each.get(key) or "") for key in keys] for each in first_objects(file)]
    if ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        tables = [[*islice(rows_of_sheet(each), FIRST_ROWS)] for each in sheets_of(file)]
    else:
        start = start_of(file)
        tables = [first_rows(start, each) for each in DELIMITERS]
    found = [
        (cells, table[at + 1 :])
        for table in tables
        for at, (_, row) in enumerate(table)
        for cells in (row, both_rows(table[at - 1][1], row) if at else row)
    ]
    cells, below = max(found, key=lambda each: _known(each[0]), default=((), []))
    return cells, [row for _, row in below]


def _known(cells: Sequence[str]) -> tuple[int, int]:
    return len(recognised(cells)), len(cells)
