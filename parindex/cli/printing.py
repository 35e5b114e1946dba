"""What a command prints, in each form that it can be asked for."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer

from parindex.cli.options import Output
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.pictures import ENDINGS, picture_of, write_picture, write_spec
from parindex.cli.words import _, current
from parindex.render.formats import Format, Shapes, render

_BY_SUFFIX: Final = {ending: form for form in Format for ending in form.endings}
_TABLES: Final = (*(form.endings[0] for form in reversed(Format) if form.endings), ".txt")


def format_of(out: Output, usual: Format = Format.TABLE, *, pictures: Sequence[str] = ()) -> Format:
    """The format that was asked for: without one, that of the file's name, or the usual one.

    `pictures` are the endings of the pictures that the command draws.
    """
    if out.form is None:
        check_name(out.output, (*_TABLES, *pictures))
    by_name = _BY_SUFFIX.get(Path(out.output or "").suffix.lower(), usual)
    if (out.form or by_name) is Format.XLSX:
        check_office("xlsxwriter", "--format xlsx")
        if out.output in (None, "-") and sys.stdout is not None:
            bytes_of(sys.stdout)  # a terminal is refused before anything is read
    return out.form or by_name


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
    if suffix in ENDINGS and suffix not in endings:
        told = _(
            "this command draws no picture; pictures come from `parindex score`, `losses`, `rank`, "
            "`compare`, `trend`, `stability` and `data show`"
        )
        raise typer.BadParameter(told, param_hint=option)
    if suffix and suffix not in (*endings, others):
        told = _(
            "this command does not write {suffix}, but {endings}; "
            "documents such as .docx and .pdf come from `parindex report`",
            suffix=Path(file or "").suffix,
            endings=", ".join(endings),
        )
        raise typer.BadParameter(told, param_hint=option)


def write(
    shapes: Shapes, out: Output, inputs: Sequence[str] = (), usual: Format = Format.TABLE
) -> None:
    """Write the shape that was asked for, to where it was asked for.

    Args:
        shapes: what is written.
        out: where to and how.
        inputs: files that must not be written over.
        usual: the format where neither an option nor the name of the file tells one.

    Raises:
        InputError: as `destination`, and what making the shape raises.
    """
    draws = shapes.charts is not None
    form = format_of(out, usual, pictures=ENDINGS if draws else ())
    suffix = picture_of(out) if draws else ""
    if out.spec is not None:
        write_spec(shapes, out, inputs)
    if suffix:
        write_picture(shapes, suffix, out, inputs)
        return
    with destination(out.output, inputs) as stream:
        if form is Format.XLSX:
            bytes_of(stream)
        render(shapes, form, stream, current(), out.csv_dialect)
