"""Scorecards to files, in the format that the ending of the name tells."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import typer

from parindex.cli.output import check_office, destination, same_file
from parindex.cli.words import _, current
from parindex.findings import InputError
from parindex.findings.system import cause
from parindex.findings.wing import wing
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.codes import FILE_EXISTS, NOT_WRITABLE
from parindex.values.finding import Finding, Place

_SUFFIXES: Final = (".yaml", ".yml", ".json", ".xlsx")


def check_suffix(output: str | None) -> None:
    """Refuse a file whose ending names no format that a whole scorecard can be written in."""
    if output is not None and Path(output).suffix.lower() not in _SUFFIXES:
        raise typer.BadParameter(
            _("name a file that ends in .yaml, .json or .xlsx"), param_hint="-o"
        )
    if output is not None and output.lower().endswith(".xlsx"):
        check_office("xlsxwriter", "-o")


def write_scorecard(card: Scorecard, scheme: Scheme, output: str, inputs: Sequence[str]) -> None:
    """Write a scorecard, never over one that somebody may have filled in.

    Raises:
        InputError: P114, P115 the file cannot be written, P704 it is there already; P703 a workbook cannot hold it.
    """
    write_text(as_file(card, scheme, output), output, inputs, keeps=True)


def write_text(
    content: str | bytes,
    output: str,
    inputs: Sequence[str],
    *,
    keeps: bool = False,
    is_one_of_many: bool = False,
) -> None:
    """Write a whole file; what the last two mean is said at `destination`."""
    with destination(output, inputs, keeps=keeps, is_one_of_many=is_one_of_many) as stream:
        if isinstance(content, str):
            stream.write(content)
        else:
            stream.buffer.write(content)


def write_all(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, which is made where there is none: all of them or none.

    People fill these files in: one that is there already stays as it is.

    Raises:
        InputError: P704 for each that is there with other content; P114, P115 one of them
            cannot be written.
    """
    there = [path for path in contents if os.path.lexists(path)]
    findings = [
        Finding(FILE_EXISTS, "", place=Place(path))
        for path in there
        if not same_file(Path(path), _as_bytes(contents[path]))
    ]
    if findings:
        raise InputError(findings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = cause(error)
        raise InputError([Finding(NOT_WRITABLE, "", told, place=Place(str(folder)))]) from error
    written: list[str] = []
    try:
        for path in [path for path in contents if path not in there]:
            write_text(contents[path], path, [], is_one_of_many=True)
            written.append(path)
    except BaseException:
        for path in written:
            Path(path).unlink(missing_ok=True)
        raise


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def as_file(
    card: Scorecard, scheme: Scheme, output: str, of: Collection[str] | None = None
) -> str | bytes:
    """What stands in a file; `of` are the leaves of one part, there whether filled in or not.

    Raises:
        InputError: P703 for everything that a workbook cannot hold.
    """
    suffix = Path(output).suffix.lower()
    if suffix == ".xlsx":
        book: bytes = wing("xlsx.scorecard").workbook_of(card, scheme, current(), of)
        return book
    if suffix == ".json":
        from parindex.render.json_data import render_json
        from parindex.scorecard.write_yaml import form_of_card

        return render_json(form_of_card(card))
    if of is None:
        from parindex.scorecard.write_yaml import write_yaml

        return write_yaml([card])
    from parindex.tables.template import write_part

    return write_part(card, scheme, of, current())
