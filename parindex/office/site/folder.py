"""The site as a folder of pages, written whole or not at all."""

import errno
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.findings.system import unwritable
from parindex.findings.wing import missing
from parindex.office.site import pages
from parindex.values.codes import FILE_EXISTS, OUTPUT_IS_INPUT
from parindex.values.finding import Finding, Place

MARKER: Final = "parindex-site.json"
"""The file by which a folder is known as a site, with the names of all its files."""
_FORMAT: Final = "parindex-site/1"
_TOLD: Final = 5
"""Files of a folder that is no site that are named: one would be enough to refuse it."""


def write_site(
    rows: Sequence[PublishedRow],
    output: str,
    own: str | None,
    through: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> int:
    """Write the site of published rows, in place of one that was written there before.

    Args:
        rows: published rows, a user's own first.
        output: the folder; one that holds anything else is refused.
        own: the file or folder of the user's own rows, which must not be in it or around it.
        through: what the files go through while they are written, such as a bar that counts them.

    Returns:
        How many files were written.

    Raises:
        InputError: P114 the folder cannot be written, P115 it holds the rows or is among them,
            P158 a library is missing,
            P704 it holds files that are not of a site.
    """
    target = Path(os.path.realpath(output))
    _check(target, output, own)
    try:
        files = pages.files(rows)
        with _whole_folder(target) as folder:
            for each in through(files):
                _write(folder / each.path, each.made())
            names = sorted(each.path for each in files)
            _write(folder / MARKER, json.dumps({"format": _FORMAT, "files": names}, indent=0))
    except ModuleNotFoundError as error:
        raise missing(error.name or "", "office") from error
    except OSError as error:
        raise unwritable(output, error) from error
    return len(files)


def _check(target: Path, output: str, own: str | None) -> None:
    data = Path(os.path.realpath(own)) if own else None
    if data is not None and (target == data or target in data.parents or data in target.parents):
        raise InputError([Finding(OUTPUT_IS_INPUT, "", {}, place=Place(output))])
    strangers = [*islice(_strangers(target), _TOLD)] if target.is_dir() else []
    if strangers:
        raise InputError([Finding(FILE_EXISTS, "", place=Place(name)) for name in strangers])


def _strangers(folder: Path) -> Iterator[str]:
    """The files of a folder that no site put there; links are followed nowhere."""
    names = _names(folder)
    for path, folders, files in os.walk(folder):
        links = [name for name in folders if Path(path, name).is_symlink()]
        for name in sorted([*files, *links]):
            whole = Path(path, name)
            if whole.is_symlink() or whole.relative_to(folder).as_posix() not in names:
                yield str(whole)


def _names(folder: Path) -> set[str]:
    """What the site in a folder says that it wrote; nothing where there is none."""
    try:
        found: Any = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        if found["format"] == _FORMAT:
            return {MARKER, *map(str, found["files"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return set()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place at the end; nothing is left otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as beside:
        made, old = Path(beside, "new"), Path(beside, "old")
        made.mkdir()
        yield made
        _swap(made, target, old)


def _swap(made: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
