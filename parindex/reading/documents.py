"""The formats of files that are read, each registered on one line; the documents of YAML and JSON."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import Any, Final, Self

from parindex.findings import InputError
from parindex.reading.document import Document, fault, mapping, read_text
from parindex.reading.source import shown
from parindex.reading.validate import Model, read_as
from parindex.values.codes import SYNTAX_BROKEN
from parindex.values.finding import in_file
from parindex.values.fuzzy import fold_name


class Kind(StrEnum):
    """A format: the name, the function that reads it, the endings of its files.

    One in `reading` makes documents of a text and the name of its file; any other makes
    scorecards of a `Source`, by a `parindex.files.open_scorecards.Reading`.
    """

    YAML = "yaml", "reading.read_yaml:read_yaml", ".yaml", ".yml"
    JSON = "json", "reading.read_json:read_json", ".json", ".ndjson", ".jsonl"
    CSV = "csv", "files.open_scorecards:from_csv", ".csv", ".tsv"
    PARQUET = "parquet", "files.open_scorecards:from_parquet", ".parquet"
    XLSX = "xlsx", "files.open_scorecards:from_sheets", ".xlsx", ".xlsm"
    XLS = "xls", "files.open_scorecards:from_sheets", ".xls"
    ODS = "ods", "files.open_scorecards:from_sheets", ".ods"
    DOCX = "docx", "files.open_scorecards:from_sheets", ".docx"

    reader: str
    endings: tuple[str, ...]

    def __new__(cls, name: str, reader: str, *endings: str) -> Self:
        """A format by its name."""
        made = str.__new__(cls, name)
        made._value_ = name
        made.reader, made.endings = reader, endings
        return made

    @property
    def is_of_documents(self) -> bool:
        """Whether its files hold documents."""
        return self.reader.startswith("reading.")

    @property
    def is_streamed(self) -> bool:
        """Whether its files hold tables whose units are taken as they come."""
        return self in (Kind.CSV, Kind.PARQUET)

    def read(self) -> Callable[..., Any]:
        """The function that reads it; only its module is imported."""
        module, _, name = self.reader.partition(":")
        read: Callable[..., Any] = getattr(import_module(f"parindex.{module}"), name)
        return read


ENDINGS: Final = {ending: kind for kind in Kind for ending in kind.endings}

_UNITS: Final = frozenset(("unit", "unit-id", "don-vi", "ten-don-vi", "ma-don-vi"))
_EMPTY_CELLS: Final = re.compile(r";;;|,,,|\t\t\t")
"""How a title above a table goes on, where a sheet was saved as CSV."""
_PACKED: Final = ("PK\x03\x04", "\ufffd\ufffd\x11\u0871", "\t\x08")
"""How workbooks and Word documents begin, where they are taken for text."""
_PARQUET: Final = re.compile(r"PAR1[^\s -~]")


def kind_of(file: str, start: str = "") -> Kind:
    """The format of a file, by its ending, or where that tells nothing by how its text starts."""
    is_packed = start.startswith(_PACKED)
    for ending, kind in ENDINGS.items():
        is_meant = is_packed or not start or kind is not Kind.XLS  # some call a text so
        if file.lower().endswith(ending) and is_meant:
            return kind
    if _PARQUET.match(start):
        return Kind.PARQUET
    if is_packed:
        return Kind.XLSX
    if re.match(r'\s*(\{\s*["}]|\[\s*[\[{\]])', start):
        return Kind.JSON
    first = start.lstrip("\ufeff").split("\n", 1)[0]
    cells = {fold_name(cell) for cell in re.split("[,;\t]", first)}
    is_table = bool(cells & _UNITS) and ":" not in first
    return Kind.CSV if is_table or _EMPTY_CELLS.search(first) else Kind.YAML


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


def read_whole(model: type[Model], document: Document) -> Model:
    """A document as a model.

    Raises:
        InputError: every fault of it, in its order.
    """
    read, faults = read_as(model, mapping(document), document)
    findings = document.and_more(faults)
    if read is None or findings:
        raise InputError(sorted(findings, key=in_file))
    return read


def documents_of(text: str, file: str, kind: Kind | None = None) -> Iterator[Document]:
    """The documents of a text that was read from a file, of a kind that is known or told by it."""
    kind = kind or kind_of(file, text[:1000])
    yield from (kind if kind.is_of_documents else Kind.YAML).read()(text, shown(file))
