"""Why the system does not hand out a file, in our words: its own differ and are English only."""

import errno
from typing import Final

from parindex.values.language import mark

_WORDS: Final = {
    errno.ENOENT: mark("no file or folder of this name"),
    errno.EACCES: mark("no permission"),
    errno.EPERM: mark("no permission"),
    errno.EROFS: mark("no permission"),
    errno.EISDIR: mark("a folder"),
    errno.ENOTDIR: mark("a file where a folder is named"),
    errno.EEXIST: mark("a file where a folder is named"),
    errno.ELOOP: mark("links that lead to each other"),
    errno.ENAMETOOLONG: mark("a name that no file can have"),
    errno.EINVAL: mark("a name that no file can have"),
    errno.ENOSPC: mark("no room left"),
    errno.EDQUOT: mark("no room left"),
}


def cause(error: OSError | ValueError) -> dict[str, str]:
    """Why a file could not be read or written, as parameters of a finding."""
    if not isinstance(error, OSError):  # a NUL in the name
        return {"cause": _WORDS[errno.EINVAL]}
    if error.errno in _WORDS:
        return {"cause": _WORDS[error.errno]}
    return {"found": error.strerror or type(error).__name__}


NOTHING: Final = {"cause": _WORDS[errno.ENOENT]}
"""The same of an empty name."""
