"""`parindex data export`: every row as a table, as a Data Package or as a database."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from parindex.analysis.published_row import PublishedRow
from parindex.cli.options import Output
from parindex.cli.output import bytes_of, destination
from parindex.cli.talk import say_written
from parindex.cli.words import _, current
from parindex.findings import InputError
from parindex.findings.system import unwritable
from parindex.findings.wing import wing
from parindex.values.codes import FILE_EXISTS
from parindex.values.finding import Finding, Place

_DATABASES: Final = (".sqlite", ".sqlite3", ".db")
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE_OR_FOLDER/",
        help=_(
            "Write to this file; x.sqlite is a database with views, a name that ends in / the folder of a Data Package."
        ),
    ),
]


def is_data_set(out: Output) -> bool:
    """Whether a database or a Data Package is asked for, and no table of rows."""
    return out.form is None and (_is_database(out.output) or _is_folder(out.output))


def write_data_set(rows: list[PublishedRow], out: Output, inputs: list[str]) -> None:
    """Write the whole set, or nothing of it.

    Raises:
        InputError: P114 it cannot be written, P115 it would replace what was read, P704 the
            folder holds something else.
    """
    output = out.output or ""
    if _is_database(output):
        content: bytes = wing("published.sqlite_file").sqlite_file(rows, current())
        with destination(output, inputs) as stream:
            bytes_of(stream).write(content)
    else:
        _write_folder(output, wing("published.data_package").data_package(rows, current()))
        say_written(_("Wrote {file}", file=output))


def _is_database(output: str | None) -> bool:
    return Path(output or "").suffix.lower() in _DATABASES


def _is_folder(output: str | None) -> bool:
    ends = tuple(filter(None, (os.sep, os.altsep, "/")))
    return output is not None and (output.endswith(ends) or Path(output).is_dir())


def _write_folder(output: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that appears whole; one that holds just these stays as it is."""
    folder = Path(output)
    if folder.is_dir() and any(folder.iterdir()):
        there = sorted(path.name for path in folder.iterdir())
        if there != sorted(files) or any((folder / n).read_bytes() != c for n, c in files.items()):
            raise InputError([Finding(FILE_EXISTS, "", place=Place(output))])
        return
    try:
        _write_new(folder, files)
    except OSError as error:
        raise unwritable(output, error) from error


def _write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    import shutil
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, content in files.items():
            (made / name).write_bytes(content)
        if folder.is_dir():
            folder.rmdir()
        made.chmod(0o777 & ~_mask())
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
