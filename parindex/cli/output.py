"""Where output goes: data to stdout or a file, talk to stderr."""

import contextlib
import errno
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TextIO

import typer

from parindex.cli.streams import special_file
from parindex.cli.talk import say_more, say_written
from parindex.cli.words import _
from parindex.findings import InputError
from parindex.findings.system import unwritable
from parindex.findings.wing import install_command
from parindex.values.codes import FILE_EXISTS, NOT_WRITABLE, OUTPUT_IS_INPUT
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_ZIP: Final = b"PK"
_OF_NOW: Final = "docProps/"
"""The part of a workbook that says when it was made."""


@contextlib.contextmanager
def destination(
    output: str | None,
    inputs: Sequence[str] = (),
    *,
    keeps: bool = False,
    is_one_of_many: bool = False,
) -> Iterator[TextIO]:
    """Standard output (None or `-`), or a file that appears whole or not at all.

    Links are followed; what is no plain file, such as a pipe or a device, is
    written to and never replaced.

    Args:
        output: the name of the file, `-` or None.
        inputs: the files that are read, which are not written over.
        keeps: whether the file is one that people fill in or correct by hand, so that one
            that is there already, with other content, stays.
        is_one_of_many: whether the file is one of a folder that is told as a whole.

    Raises:
        InputError: P114 it cannot be written, P115 it is one of the `inputs`, or a file of a
            folder among them, P704 it is there already and stays.
    """
    if output in (None, "-"):
        yield from _screen()
        return
    target = Path(os.path.realpath(output or ""))
    if any(name != "-" and _is_read(target, Path(os.path.realpath(name))) for name in inputs):
        raise InputError([Finding(OUTPUT_IS_INPUT, "", {}, place=Place(output or ""))])
    try:
        if output and Path(output).exists() and not target.is_file() and not target.is_dir():
            yield from special_file(output)  # the target of /dev/stdout may be a name of no file
        else:
            yield from _whole_file(output or "", target, keeps=keeps)
    except OSError as error:
        raise unwritable(output or "", error) from error
    (say_more if is_one_of_many else say_written)(_("Wrote {file}", file=output))


def same_file(file: Path, content: bytes) -> bool:
    """Whether a file holds just this; of workbooks the time does not matter when they were made."""
    try:
        there = file.read_bytes()
    except OSError:
        return False
    if there == content or not content.startswith(_ZIP):
        return there == content
    parts = _parts(there)
    return parts is not None and parts == _parts(content)


def check_office(
    module: str, option: str, told: str = N_("workbooks need a library: {command}")
) -> None:
    """Refuse an option whose library, of the extra `office`, is not installed."""
    if importlib.util.find_spec(module) is None:
        words = _(told, command=install_command("office"))
        raise typer.BadParameter(words, param_hint=option)


def bytes_of(stream: TextIO) -> BinaryIO:
    """Where the bytes of a workbook go; a terminal is refused."""
    if stream.isatty():
        raise typer.BadParameter(_("name a file for the workbook"), param_hint="-o")
    return stream.buffer


def _parts(package: bytes) -> dict[str, tuple[int, int]] | None:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(package)) as read:
            return {
                info.filename: (info.CRC, info.file_size)
                for info in read.infolist()
                if not info.filename.startswith(_OF_NOW)
            }
    except (OSError, zipfile.BadZipFile, ValueError):
        return None


def _screen() -> Iterator[TextIO]:
    if sys.stdout is None:
        raise InputError([Finding(NOT_WRITABLE, "", {"found": _("no standard output")})])
    yield sys.stdout
    sys.stdout.flush()


def _is_read(target: Path, given: Path) -> bool:
    """Whether a file is the input that was given, or one that is read with its folder."""
    if not os.path.exists(target) or not os.path.exists(given):  # noqa: PTH110 - of any name
        return target == given
    if given not in target.parents:
        return target.samefile(given)  # also by another name: a hard link, or other capitals
    from parindex.reading.documents import ENDINGS

    return target.suffix.lower() in ENDINGS


def _whole_file(output: str, target: Path, *, keeps: bool) -> Iterator[TextIO]:
    """A file written beside the target and put in its place at the end, unless that stays."""
    import tempfile

    if not output:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(  # noqa: PTH123
            handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n"
        ) as stream:
            yield stream
        if keeps:
            _check_kept(output, target, Path(name).read_bytes())
        _share_mode(name, target)
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check_kept(output: str, target: Path, content: bytes) -> None:
    if target.is_file() and not same_file(target, content):
        raise InputError([Finding(FILE_EXISTS, "", place=Place(output))])


def _share_mode(name: str, target: Path) -> None:
    """Give the new file the rights of the old one, or those that new files get."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(name).chmod(mode)
