"""The schemes that come with the project: one YAML file each, named by its id.

National schemes are called `vn-<level>-<first year>`, so that the one of a
level and year is found without opening the others.
"""

import os
from functools import cache
from typing import Final

from parindex.findings import InputError
from parindex.model.finding import Finding
from parindex.model.scheme import Scheme
from parindex.near import near

_SCHEMES: Final = os.path.join(os.path.dirname(__file__), "schemes")  # noqa: PTH118, PTH120


def scheme_ids() -> list[str]:
    """The ids of all schemes of the catalog, sorted."""
    return sorted(name[:-5] for name in os.listdir(_SCHEMES) if name.endswith(".yaml"))  # noqa: PTH208


@cache
def load_scheme(id_or_file: str) -> Scheme:
    """A scheme of the catalog by its id, or one of the user's own from a file.

    A name with a slash, a backslash or the ending `.yaml` or `.yml` is a file.

    Raises:
        InputError: P208 no such id; or every fault of the file.
    """
    from parindex.formats.scheme_file import read_scheme

    if id_or_file.endswith((".yaml", ".yml")) or "/" in id_or_file or "\\" in id_or_file:
        return read_scheme(id_or_file)
    ids = scheme_ids()
    if id_or_file not in ids:
        told = {"found": id_or_file, "near": near(id_or_file, ids)}
        raise InputError([Finding("P208", "", told, ("scheme",))])
    return read_scheme(os.path.join(_SCHEMES, f"{id_or_file}.yaml"))  # noqa: PTH118


def find_scheme(id_: str | None, level: str, year: int) -> Scheme:
    """The scheme of an id, or the national one of a level that holds for a year.

    Raises:
        InputError: P208 no such id, P210 none holds for the year.
    """
    if id_ is not None:
        return load_scheme(id_)
    prefix = f"vn-{level}-"
    starts = [id_[len(prefix) :] for id_ in scheme_ids() if id_.startswith(prefix)]
    before = [start for start in starts if start.isdigit() and int(start) <= year]
    if before:
        scheme = load_scheme(prefix + max(before))
        if year in scheme.years:
            return scheme
    raise InputError([Finding("P210", "", {"found": f"{level}, {year}"}, ("year",))])
