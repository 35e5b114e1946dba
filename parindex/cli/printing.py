"""What a command prints, in each form that it can be asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final, NamedTuple, TextIO

import typer

from parindex.cli.options import Dialect, Format
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.words import current, say
from parindex.tables.sheet import Cell, Sheet
from parindex.values.wing import wing

_BY_SUFFIX: Final = {
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.NDJSON,
    ".md": Format.MARKDOWN,
    ".ndjson": Format.NDJSON,
    ".xlsx": Format.XLSX,
}
_TABLES: Final = (".xlsx", ".csv", ".json", ".ndjson", ".md", ".txt")


class Output(NamedTuple):
    """Where to write and how; `inputs` are files that must not be written over."""

    file: str | None
    form: Format
    dialect: Dialect
    inputs: Sequence[str]


def output_of(
    file: str | None,
    form: Format | None,
    dialect: Dialect,
    inputs: Sequence[str] = (),
    usual: Format = Format.TABLE,
) -> Output:
    """The output as it was asked for: without a form, that of the file's name, or the usual one."""
    if form is None:
        check_name(file)
    by_name = _BY_SUFFIX.get(Path(file).suffix.lower(), usual) if file else usual
    if (form or by_name) is Format.XLSX:
        check_office("xlsxwriter", "--format xlsx")
        if file in (None, "-") and sys.stdout is not None:
            bytes_of(sys.stdout)  # a terminal is refused before anything is read
    return Output(file, form or by_name, dialect, inputs)


def check_name(
    file: str | None,
    endings: Sequence[str] = _TABLES,
    option: str = "-o",
    *,
    others: str = ".jsonl",
) -> None:
    """Refuse a name that promises another form than is written; one without an ending promises none.

    Args:
        file: the name.
        endings: those that are written, which a message names.
        option: the option that names the file.
        others: one more ending, which no message needs to name.
    """
    suffix = Path(file or "").suffix.lower()
    if suffix and suffix not in (*endings, others):
        told = say(
            "this command does not write {suffix}, but {endings}; "
            "documents such as .docx and .pdf come from `parindex report`",
            suffix=Path(file or "").suffix,
            endings=", ".join(endings),
        )
        raise typer.BadParameter(told, param_hint=option)


class Shapes(NamedTuple):
    """The same in each shape, made only where it is taken.

    `sheets` are for people, `rows` under `columns` for spreadsheets, and `items`
    for programs: they stand under `key` in a JSON object of this `format`.
    `head` is what is said once of all items, and on each line. `book` makes a
    workbook that says more than the sheets, where there is one.
    """

    sheets: Iterable[Sheet]
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    format: str
    items: Iterable[Any]
    key: str
    head: Mapping[str, Any] = MappingProxyType({})
    book: Callable[[], Any] | None = None


def write(shapes: Shapes, output: Output) -> None:
    """The shape that was asked for, to where it was asked for.

    Raises:
        InputError: as `destination`, and what making the shape raises.
    """
    with destination(output.file, output.inputs) as stream:
        match output.form:
            case Format.TABLE | Format.MARKDOWN:
                write_sheets(list(shapes.sheets), output.form, stream)
            case Format.CSV:
                write_rows(shapes.columns, shapes.rows, output.dialect, stream)
            case Format.JSON | Format.NDJSON:
                _write_data(shapes, output.form, stream)
            case Format.XLSX:
                _write_workbook(shapes, bytes_of(stream))


def write_sheets(sheets: Sequence[Sheet], form: Format, stream: TextIO) -> None:
    """Sheets for people: Markdown, a table on a terminal, or plain text elsewhere."""
    if form is Format.MARKDOWN:
        from parindex.render.markdown import render_markdown

        stream.write("\n".join(render_markdown(sheet, current()) for sheet in sheets))
    elif stream.isatty():
        _draw(sheets, stream)
    else:
        from parindex.render.plain_text import render_text

        stream.write("\n".join(render_text(sheet, current()) for sheet in sheets))


def _draw(sheets: Sequence[Sheet], stream: TextIO) -> None:
    from rich.console import Console

    from parindex.render.rich_table import render_table

    plain = "NO_COLOR" in os.environ
    screen = Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if plain else "auto",
    )
    for number, sheet in enumerate(sheets):
        if number:
            screen.print()
        render_table(sheet, screen, current())


def write_rows(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    dialect: Dialect,
    stream: TextIO,
) -> None:
    """Rows for programs and spreadsheets, as CSV."""
    from parindex.render.csv_table import write_csv

    write_csv(stream, header, rows, dialect.value)


def _write_workbook(shapes: Shapes, stream: BinaryIO) -> None:
    book = shapes.book() if shapes.book else wing("pages.page").book_of(list(shapes.sheets))
    wing("xlsx.write").write_book(book, current(), stream)


def _write_data(shapes: Shapes, form: Format, stream: TextIO) -> None:
    from parindex.render.json_data import render_json, render_line

    if form is Format.NDJSON:
        stream.writelines(render_line({**shapes.head, **item}) for item in shapes.items)
    else:
        head = {"format": shapes.format, **shapes.head}
        stream.write(render_json({**head, shapes.key: list(shapes.items)}))
