"""The formats that a command writes: each is one module, registered here on one line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TextIO

from parindex.tables.table import Table
from parindex.values.language import Language


class Format(StrEnum):
    """How a result is written: the name, the function that writes it, the endings of its files."""

    TABLE = "table", "terminal:write"
    JSON = "json", "json_data:write", ".json"
    NDJSON = "ndjson", "json_data:write_lines", ".ndjson", ".jsonl"
    CSV = "csv", "csv_table:write", ".csv"
    MARKDOWN = "markdown", "markdown:write", ".md"
    XLSX = "xlsx", "workbook:write", ".xlsx"

    writer: str
    endings: tuple[str, ...]

    def __new__(cls, name: str, writer: str, *endings: str) -> Self:
        """A format by its name, as users type it."""
        made = str.__new__(cls, name)
        made._value_ = name
        made.writer = writer
        made.endings = endings
        return made


class Shapes(NamedTuple):
    """What a command answers, in each shape; each is made only where it is taken.

    `tables` are for people, `rows` by the names of `columns` for spreadsheets, and `items`
    for programs: they are under `key` in a JSON object of this `format`.
    `head` is what holds for all items, and is on each line of NDJSON. `book` makes a
    workbook that says more than the tables, where there is one, and `lines` the same CSV as
    `rows` in a dialect, where that is faster. `charts` makes pictures of the same figures, where
    they have a natural form.
    """

    tables: Iterable[Table]
    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any]]
    format: str
    items: Iterable[Any]
    key: str
    head: Mapping[str, Any] = MappingProxyType({})
    book: Callable[[], Any] | None = None
    lines: Callable[[str], Iterable[str]] | None = None
    charts: Callable[[], Iterable[Any]] | None = None


def render(shapes: Shapes, form: Format, stream: TextIO, say: Language, dialect: str) -> None:
    """Write what a command answers in a format.

    Args:
        shapes: the answer.
        form: the format; only its module is imported.
        stream: where to write; a workbook goes to its `buffer`.
        say: the language of what people read.
        dialect: how CSV is written.
    """
    module, _, name = form.writer.partition(":")
    getattr(import_module(f"parindex.render.{module}"), name)(shapes, stream, say, dialect)
