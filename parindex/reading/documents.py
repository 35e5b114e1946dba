"""The documents of a file by its format: the one place that knows which reader is whose."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from parindex.reading.document import Document, fault, read_text
from parindex.reading.read_yaml import read_yaml
from parindex.reading.source import shown
from parindex.values.codes import SYNTAX_BROKEN
from parindex.values.fuzzy import fold_name

Kind = Literal["yaml", "json", "csv", "xlsx"]
ENDINGS: Final[dict[str, Kind]] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".ndjson": "json",
    ".jsonl": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}

_UNITS: Final = frozenset(("unit", "unit-id", "don-vi", "ten-don-vi", "ma-don-vi"))
_EMPTY_CELLS: Final = re.compile(r";;;|,,,|\t\t\t")
"""How a title above a table goes on, where a sheet was saved as CSV."""
_ZIPPED: Final = "PK\x03\x04"


def kind_of(file: str, start: str = "") -> Kind:
    """The format of a file, by its ending, or where that tells nothing by how its text starts."""
    for ending, kind in ENDINGS.items():
        if file.lower().endswith(ending):
            return kind
    if start.startswith(_ZIPPED):
        return "xlsx"
    if re.match(r'\s*(\{\s*["}]|\[\s*[\[{\]])', start):
        return "json"
    first = start.lstrip("\ufeff").split("\n", 1)[0]
    cells = {fold_name(cell) for cell in re.split("[,;\t]", first)}
    is_table = bool(cells & _UNITS) and ":" not in first
    return "csv" if is_table or _EMPTY_CELLS.search(first) else "yaml"


def documents(file: str) -> Iterator[Document]:
    """The documents of a YAML or JSON file, or of standard input for `-`.

    Raises:
        InputError: the file cannot be read, or breaks the rules of its format.
    """
    yield from documents_of(read_text(file), file)


def only(found: Iterable[Document]) -> Document:
    """The document of a file that must have one.

    Raises:
        InputError: P104 there are more, or what the reading of them raises.
    """
    document, *more = found
    if more:
        raise fault(SYNTAX_BROKEN, more[0].locate(()), found="---")
    return document


def documents_of(text: str, file: str) -> Iterator[Document]:
    """The documents of a text that was read from a file."""
    if kind_of(file, text[:1000]) == "json":
        from parindex.reading.read_json import read_json

        yield from read_json(text, shown(file))
    else:
        yield from read_yaml(text, shown(file))
