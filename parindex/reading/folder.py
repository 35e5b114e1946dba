"""The files of folders, and what in them is passed over, with why: the one place that walks them."""

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.findings.system import unread
from parindex.reading.document import MAX_DEPTH, fault
from parindex.reading.file_kind import MAY_HOLD_SCORES, READ, FileKind, kind_of_bytes
from parindex.reading.source import STDIN
from parindex.values.codes import (
    EMPTY_FILE,
    FILE_UNREADABLE,
    FOLDER_ENTRY_NOT_READ,
    NESTED_TOO_DEEP,
    NO_SCORECARDS,
)
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_LITTER: Final = frozenset(
    ("__macosx", ".git", ".hg", ".svn", ".ds_store", "thumbs.db", "desktop.ini")
)
_LITTER_STARTS: Final = ("._", "~$", ".~lock.")
_OFFICE: Final = frozenset(
    (
        *(".xls", ".xlt", ".xltx", ".xltm", ".xlsb", ".ods", ".ots", ".fods", ".numbers", ".et"),
        *(".doc", ".docx", ".docm", ".odt", ".rtf", ".wps"),
    )
)
_MOST: Final = 50_000
"""Files and folders that are looked at below one; a whole disk has more."""
_START: Final = 4096
_LARGEST: Final = 32 * 1024 * 1024
_PACKED: Final = (b"PK", b"\xd0\xcf\x11\xe0")
_MOVED: Final = N_("put it elsewhere")
_OTHER: Final = FileKind(N_("a file of another kind"), N_("save it as .xlsx, or put it elsewhere"))
_LINK: Final = N_("a link that leads out of the folder")
_NO_FILE: Final = N_("no file, but a pipe or a device")
_TOO_DEEP: Final = N_("a folder in too many others")
_OUTSIDE: Final = N_("outside the folder of the file that names it")
_INSIDE: Final = N_("a file beside it or below; name any other on the command line")
_SHUT: Final = N_("a folder that may not be read")


class Found(NamedTuple):
    """The files of a folder in the order of their names, and a finding P121 for each passed over."""

    files: list[str]
    passed: list[Finding]


def walk(
    folder: str, endings: Collection[str], *, tables: bool = False, deep: bool = True
) -> Found:
    """The files below a folder that end so, and what else may have been meant.

    What systems leave behind (`.DS_Store`, `~$a.xlsx`, `__MACOSX`) is nothing.
    Links are followed to files of the same folder only.

    Args:
        folder: its name.
        endings: how the files end, in small letters with the point.
        tables: whether workbooks, documents and archives that are not read are passed over too.
        deep: whether folders in it are walked.

    Raises:
        InputError: P101 the folder cannot be read, P106 more is in it than anybody means.
    """
    found = Found([], [])
    seen = 0
    root = os.path.realpath(folder)
    waiting = [(str(Path(folder)), 0)]
    while waiting:
        path, depth = waiting.pop()
        try:
            with os.scandir(path) as entries:
                inside = sorted(entries, key=lambda each: each.name)
        except OSError as error:
            if not depth:
                raise fault(FILE_UNREADABLE, Place(path), **unread(error)) from error
            _pass(found, path, _SHUT)
            continue
        seen = _counted(seen + len(inside), folder)
        for entry in inside:
            if _is_litter(entry.name):
                continue
            if not _is(entry.is_dir):
                _file(found, entry, root, endings, tables=tables)
            elif entry.is_symlink() and _leads_out(entry, root):
                _pass(found, entry.path, _LINK)
            elif depth == MAX_DEPTH:
                _pass(found, entry.path, _TOO_DEEP)
            elif deep and not entry.is_symlink():  # what a link leads to is walked where it is
                waiting.append((str(Path(entry.path)), depth + 1))
    return Found(sorted(found.files), sorted(found.passed, key=lambda each: str(each.place)))


def _counted(seen: int, folder: str) -> int:
    if seen > _MOST:
        raise fault(NESTED_TOO_DEEP, Place(folder), expected=f"≤ {_MOST}")
    return seen


def files_of(
    name: str,
    endings: Collection[str],
    passed: list[Finding] | None = None,
    *,
    tables: bool = False,
    deep: bool = True,
    expected: str = "",
) -> list[str]:
    """The file itself, or the files of a folder, in the order of their names.

    Args:
        name: the name of a file or folder, or `-` for standard input.
        endings: as for `walk`, like the next two.
        passed: takes what in the folder is not read; without it that is a fault.
        tables: whether workbooks, documents and archives that are not read are passed over too.
        deep: whether folders in it are walked.
        expected: what a folder should hold, where that is not scorecards.

    Raises:
        InputError: P101 it cannot be read; a folder has none of them, P118 for
            scorecards and P113 for others.
    """
    if name == STDIN or not is_folder(name):
        return [name]
    found = walk(name, endings, tables=tables, deep=deep)
    faults = [] if passed is not None else found.passed
    if not found.files:
        code, told = (EMPTY_FILE, {"expected": expected}) if expected else (NO_SCORECARDS, {})
        faults = [Finding(code, "", told, place=Place(name)), *found.passed]
    if faults:
        raise InputError(faults)
    if passed is not None:
        passed += found.passed
    return found.files


def beside(file: str, name: str, place: Place, root: str = "") -> str:
    """The file that another one names: in the folder of that file, or below it.

    What somebody sent must not open what else there is on a machine, or in its network.

    Args:
        file: the file that names another, or `-`.
        name: the other one, as it is from the first.
        place: where it is named.
        root: a folder that was typed, in all of which the other may be.

    Raises:
        InputError: P101 it is elsewhere, also by a link.
    """
    folder = os.path.dirname(file)  # noqa: PTH120
    path = os.path.join(folder, name)  # noqa: PTH118
    root = root or folder or "."
    for real in (os.path.abspath, os.path.realpath):
        if not Path(real(path)).is_relative_to(real(root)):
            raise fault(FILE_UNREADABLE, place, cause=_OUTSIDE, found=name[:200], expected=_INSIDE)
    return path


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder.

    Raises:
        InputError: P101 no file can have this name.
    """
    try:
        return Path(name).is_dir()
    except (OSError, ValueError) as error:
        raise fault(FILE_UNREADABLE, Place(name), **unread(error)) from error


def _file(
    found: Found, entry: "os.DirEntry[str]", root: str, endings: Collection[str], *, tables: bool
) -> None:
    path = str(Path(entry.path))
    suffix = Path(path).suffix.lower()
    is_file = _is(entry.is_file)
    is_other = suffix in _OFFICE and is_file and _kind(path, suffix) not in READ
    if suffix in endings and not is_other:
        if entry.is_symlink() and _leads_out(entry, root):
            _pass(found, path, _LINK)
        elif is_file:
            found.files.append(path)
        else:
            _pass(found, path, _NO_FILE)
    elif tables and is_file:
        kind = _kind(path, suffix)
        if kind is not None:
            _pass(found, path, kind.name, mend=kind.mend)


def _kind(path: str, suffix: str) -> FileKind | None:
    """What a file is that may hold scores and is not read; None for others."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            start = stream.read(_START)
            if start.startswith(_PACKED):
                start += stream.read(_LARGEST)
    except OSError:
        return _OTHER if suffix in _OFFICE else None
    kind = kind_of_bytes(start)
    if suffix in _OFFICE:
        return kind or _OTHER
    return kind if kind in MAY_HOLD_SCORES else None


def _pass(found: Found, path: str, other: str, said: str = "", mend: str = _MOVED) -> None:
    told = {"other": other, "expected": mend, **({"found": said} if said else {})}
    found.passed.append(Finding(FOLDER_ENTRY_NOT_READ, "", told, place=Place(path)))


def _is(asked: Callable[[], bool]) -> bool:
    """Whether it is so; of a link that leads nowhere, or in a circle, it is not."""
    try:
        return asked()
    except OSError:
        return False


def _is_litter(name: str) -> bool:
    return name.casefold() in _LITTER or name.startswith(_LITTER_STARTS)


def _leads_out(entry: "os.DirEntry[str]", root: str) -> bool:
    real = Path(os.path.realpath(entry.path))
    return Path(root) not in (real, *real.parents)
