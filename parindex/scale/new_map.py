"""A map written from the headings that rows of dossiers have, for people to look through."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import polars
import yaml

from parindex.scale.definitions import definitions, headings
from parindex.scale.sources import (
    each_file,
    keys_of_lines,
    rows_of_sheet,
    sheets_of,
    start_of,
)
from parindex.scale.tables import DELIMITERS, FIRST_ROWS, first_rows
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
_FACTS: Final = N_("Which counts make which code's fact, with + and - only. The counts:")


def new_map(given: Sequence[str], say: Language) -> str:
    """The text of a map of the first of some files.

    Raises:
        InputError: it cannot be read.
    """
    cells = _cells_of(each_file(given)[0])
    found = recognised(cells)
    others = [cell.strip() for cell in cells if cell.strip() and cell not in found.values()]
    lines = [_MODELINE, f"# {say(_HEAD)}", "columns:"]
    lines += [f"  {name}: {_yaml(found[name].strip())}" for name in headings() if name in found]
    lines += _comments(say(_NOT_KNOWN), others)
    lines += _comments(say(_MISSING), [name for name in headings() if name not in found])
    if "unit" not in found:
        lines += [f"# {say(_UNIT)}", 'unit: "…"']
    year = datetime.datetime.now(tz=datetime.UTC).year
    lines += [f"# {say(_PERIOD)}", f"period: {{from: {year}-01-01, to: {year}-12-31}}"]
    lines += [f"# {say(_FACTS)}"]
    for name, each in definitions().items():
        if set(each.needs) <= found.keys():
            lines.append(f"#   {name}: {say.name(each.name)}")
    if {"returned", "due"} <= found.keys():
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
    known = {fold_name(each): name for name, listed in headings().items() for each in listed}
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


def _nearly(key: str, known: Mapping[str, str]) -> str:
    """What a misspelt heading is; empty where two things would be as near, or none is."""
    from difflib import get_close_matches

    names = {known[each] for each in get_close_matches(key, known, 3, _ALIKE / 100)}
    return names.pop() if len(names) == 1 else ""


def _cells_of(file: str) -> Sequence[str]:
    """The row of a file that has most headings that are known."""
    ending = Path(file).suffix.lower()
    if ending == ".parquet":
        return polars.scan_parquet(file, glob=False).collect_schema().names()
    if ending in (".jsonl", ".ndjson"):
        return keys_of_lines(file)
    if ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        tables = [islice(rows_of_sheet(each), FIRST_ROWS) for each in sheets_of(file)]
        rows = [cells for table in tables for _, cells in table]
    else:
        start = start_of(file)
        rows = [cells for each in DELIMITERS for _, cells in first_rows(start, each)]
    return max(rows, key=lambda cells: (len(recognised(cells)), len(cells)), default=())
