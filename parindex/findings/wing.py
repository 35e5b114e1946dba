"""The doors to the wings: the main house names what it asks for and imports nothing of them.

The wings (`parindex.office`: workbooks, documents, split and merge; `parindex.scale`: many rows,
by a column engine) are asked for by name and only where a file, a command or an option needs
them; without them everything else works as before.
"""

from importlib import import_module
from typing import Any, Final

from parindex.findings import InputError
from parindex.values.codes import LIBRARY_MISSING
from parindex.values.finding import Finding

_OWN: Final = "parindex"


def wing(module: str) -> Any:
    """A module of the office wing, like `xlsx.read`.

    Raises:
        InputError: P158 a library that the wing needs is not installed.
        ModuleNotFoundError: the wing itself is not there.
    """
    return _behind("office", module)


def scale(module: str) -> Any:
    """A module of the wing of many rows, like `api`; errors as `wing`."""
    return _behind("scale", module)


def missing(library: str, extra: str = "", or_else: str = "") -> InputError:
    """The fault of a library that is not installed, with what brings it.

    Args:
        library: as it is imported, or a module of it.
        extra: the extra of parindex that brings it; without one it is installed by its own name.
        or_else: what to do where that is not all that helps, in words.
    """
    library = library.partition(".")[0]
    told = or_else or (install_command(extra) if extra else f"pip install {library}")
    return InputError([Finding(LIBRARY_MISSING, "", {"found": library, "expected": told})])


def install_command(extra: str) -> str:
    """What brings an extra to the parindex that runs: from the index, or from where it was installed.

    Where parindex runs uninstalled it is what is typed in a checkout. Where it was installed into
    a folder of its own (`--target`), the extra goes there.
    """
    import json
    from importlib import metadata
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        found = metadata.distribution(_OWN)
        told = found.read_text("direct_url.json")
        origin = json.loads(told) if told else None
    except (metadata.PackageNotFoundError, OSError, ValueError):
        return f'pip install ".[{extra}]"'
    pip = f"pip install{_target(str(found.locate_file('')))}"
    if origin is None:
        return f'{pip} "{_OWN}[{extra}]"'
    url = str(origin["url"])
    if "dir_info" in origin:
        editable = "-e " if origin["dir_info"].get("editable") else ""
        return f'{pip} {editable}"{url2pathname(urlsplit(url).path)}[{extra}]"'
    system = f"{origin['vcs_info']['vcs']}+" if "vcs_info" in origin else ""
    return f'{pip} "{_OWN}[{extra}] @ {system}{url}"'


def _target(folder: str) -> str:
    """The options of pip for a folder that is none of this Python's own; nothing for its own."""
    import os
    import site
    import sysconfig

    own = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    known = {*own, *site.getsitepackages(), site.getusersitepackages()}
    where = os.path.realpath(folder)
    is_own = where in {os.path.realpath(each) for each in known}
    return "" if is_own else f' --upgrade --target "{where}"'


def _behind(extra: str, module: str) -> Any:
    try:
        return import_module(f"{_OWN}.{extra}.{module}")
    except ModuleNotFoundError as error:
        name = error.name or ""
        if name.partition(".")[0] in ("", _OWN):
            raise
        raise missing(name, extra) from error
