"""Why the system does not hand out a file, in our words: its own differ and are English only."""

import errno
import os
import re
from typing import Final

from parindex.findings import InputError
from parindex.values.codes import NOT_WRITABLE
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_whole, suggest
from parindex.values.language import N_

_WORDS: Final = {
    errno.ENOENT: N_("no file or folder of this name"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("no permission"),
    errno.EISDIR: N_("a folder"),
    errno.ENOTDIR: N_("a file where a folder is named"),
    errno.EEXIST: N_("a file where a folder is named"),
    errno.ELOOP: N_("links that lead to each other"),
    errno.ENAMETOOLONG: N_("a name that no file can have"),
    errno.EINVAL: N_("a name that no file can have"),
    errno.ENOSPC: N_("no room left"),
    errno.EDQUOT: N_("no room left"),
    errno.ENXIO: N_("a pipe from which nobody reads"),
}


NOTHING: Final = {"cause": _WORDS[errno.ENOENT]}
"""The same of an empty name."""
_MOST_NEAR: Final = 3
_YEAR: Final = re.compile("[12][0-9]{3}")
_PUBLISHED: Final = N_(
    "a file of scorecards; what was published of a year, ranks too, is shown by `parindex data show --year YEAR`"
)


def cause(error: OSError | ValueError) -> dict[str, str]:
    """Why a file could not be read or written, as parameters of a finding."""
    if not isinstance(error, OSError):  # a NUL in the name
        return {"cause": _WORDS[errno.EINVAL]}
    if error.errno == errno.ENOENT and _YEAR.fullmatch(str(error.filename)):
        return {**NOTHING, "expected": _PUBLISHED}
    if error.errno in _WORDS:
        return {"cause": _WORDS[error.errno]}
    return {"found": error.strerror or type(error).__name__}


def unread(error: OSError | ValueError) -> dict[str, str]:
    """The same of what was to be read; of a name that is not there with those nearly like it beside it."""
    known = cause(error)
    name = getattr(error, "filename", None)
    if getattr(error, "errno", None) != errno.ENOENT or not isinstance(name, str):
        return known
    near = "" if "expected" in known else _beside(name)
    return {**known, "near": near} if near else known


def _beside(name: str) -> str:
    """The files and folders of a folder that are named as one that is not there, or nearly so."""
    folder, wanted = os.path.split(name.rstrip("/\\"))
    try:
        there = sorted(each for each in os.listdir(folder or ".") if not each.startswith("."))  # noqa: PTH208
    except (OSError, ValueError):
        return ""
    stems: dict[str, list[str]] = {}
    for each in there:
        stems.setdefault(_stem(each), []).append(os.path.join(folder, each))  # noqa: PTH118
    wanted = _stem(wanted)
    near = [wanted] if wanted in stems else suggest(wanted, stems).split(", ")
    found = [name for stem in near for name in stems.get(stem, ())]
    return ", ".join(found[:_MOST_NEAR]) if wanted else ""


def _stem(name: str) -> str:
    """What a name is compared by: without its ending, which is alike of many files, and without marks."""
    return fold_whole(os.path.splitext(name)[0])  # noqa: PTH122


def unwritable(output: str, error: OSError) -> InputError:
    """The fault P114 of what could not be written, and why."""
    return InputError([Finding(NOT_WRITABLE, "", cause(error), place=Place(output))])
