"""What a command prints, in each form that it can be asked for."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import typer

from parindex.cli.options import Dialect
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.words import _, current
from parindex.render.formats import Format, Shapes, render

_BY_SUFFIX: Final = {ending: form for form in Format for ending in form.endings}
_TABLES: Final = (*(form.endings[0] for form in reversed(Format) if form.endings), ".txt")


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
        told = _(
            "this command does not write {suffix}, but {endings}; "
            "documents such as .docx and .pdf come from `parindex report`",
            suffix=Path(file or "").suffix,
            endings=", ".join(endings),
        )
        raise typer.BadParameter(told, param_hint=option)


def write(shapes: Shapes, output: Output) -> None:
    """Write the shape that was asked for, to where it was asked for.

    Raises:
        InputError: as `destination`, and what making the shape raises.
    """
    with destination(output.file, output.inputs) as stream:
        if output.form is Format.XLSX:
            bytes_of(stream)
        render(shapes, output.form, stream, current(), output.dialect.value)
