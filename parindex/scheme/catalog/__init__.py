"""The schemes that come with the project: one YAML file each, named by its id.

`index.csv` says of each what it is for, so that the scheme of a level and year
is found without opening the others; `tools/catalog.py` writes it.
"""

import csv
import os
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.values.codes import NO_SCHEME_FITS, SEVERAL_SCHEMES_FIT, UNKNOWN_SCHEME
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_whole, suggest

FOLDER: Final = os.path.dirname(__file__)  # noqa: PTH120
_SCHEMES: Final = os.path.join(FOLDER, "schemes")  # noqa: PTH118


class Listed(NamedTuple):
    """What the index says of a scheme; `province` and `group` are empty for national ones.

    One without a `level` is found by its id only.
    """

    id: str
    level: str
    years: tuple[int, ...]
    province: str
    group: str


@cache
def index() -> tuple[Listed, ...]:
    """The schemes of the catalog, by id."""
    path = os.path.join(FOLDER, "index.csv")  # noqa: PTH118
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123
        rows = list(csv.DictReader(stream))
    return tuple(
        Listed(
            row["id"],
            row["level"],
            tuple(map(int, row["years"].split())),
            row["province"],
            row["group"],
        )
        for row in rows
    )


def scheme_ids() -> list[str]:
    """The ids of all schemes of the catalog, sorted."""
    return [listed.id for listed in index()]


def is_file(id_or_file: str) -> bool:
    """Whether a scheme is named by a file, and not by its id."""
    named = id_or_file.endswith((".yaml", ".yml", ".json"))
    return named or "/" in id_or_file or "\\" in id_or_file


@cache
def load_scheme(id_or_file: str) -> Scheme:
    """A scheme of the catalog by its id, or one of the user's own from a file.

    A name with a slash, a backslash or the ending `.yaml`, `.yml` or `.json` is
    a file. An id may be typed with marks or capitals.

    Raises:
        InputError: P208 no such id; or every fault of the file.
    """
    from parindex.scheme.scheme_file import read_scheme

    if is_file(id_or_file):
        return read_scheme(id_or_file)
    ids = scheme_ids()
    wanted = id_or_file if id_or_file in ids else fold_whole(id_or_file)
    if wanted not in ids:
        told = {"found": id_or_file, "near": suggest(wanted, ids)}
        raise InputError([Finding(UNKNOWN_SCHEME, "", told, ("scheme",))])
    return read_scheme(os.path.join(_SCHEMES, f"{wanted}.yaml"))  # noqa: PTH118


def load_schemes(names: Sequence[str]) -> list[Scheme]:
    """The schemes of several names: ids, files, and folders of YAML files.

    Raises:
        InputError: every fault of every scheme; P113 a folder has no YAML file.
    """
    schemes: list[Scheme] = []
    findings: list[Finding] = []
    for file in (each for name in names for each in _files(name)):
        try:
            schemes.append(load_scheme(file))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return schemes


def _files(name: str) -> list[str]:
    """The files of a folder; else the name itself. A folder may be named like an id."""
    if name in scheme_ids() or not os.path.isdir(name):  # noqa: PTH112
        return [name]
    from parindex.reading.folder import files_of

    return files_of(name, (".yaml", ".yml"), deep=False, expected="*.yaml")


def choose_scheme(
    given: Sequence[Scheme],
    id_: str | None,
    level: str | None,
    year: int,
    province: str | None = None,
    group: str | None = None,
) -> Scheme:
    """The scheme of a unit, of those that the user gave where there are any.

    Of several given the one counts that the unit names; a single one counts for
    all units. The other arguments and errors are those of `find_scheme`.
    """
    if not given:
        return find_scheme(id_, level, year, province, group)
    named = [scheme for scheme in given if scheme.id == id_]
    if named:
        return named[0]
    if len(given) == 1:
        return given[0]
    ids = [scheme.id for scheme in given]
    told = {"found": id_ or "—", "expected": " | ".join(ids), "near": suggest(id_ or "", ids)}
    raise InputError([Finding(UNKNOWN_SCHEME, "", told, ("scheme",))])


def find_scheme(
    id_: str | None,
    level: str | None,
    year: int,
    province: str | None = None,
    group: str | None = None,
) -> Scheme:
    """The scheme of an id, or the only one that fits what is known of a unit.

    Args:
        id_: the id, if it is known.
        level: the level of the unit; without it a province is meant.
        year: the year that is scored.
        province: the province whose own scheme it is; without it national ones come first.
        group: the group of units, where a province has several.

    Raises:
        InputError: P208 no such id, P210 no scheme fits, P215 several fit.
    """
    if id_ is not None:
        return load_scheme(id_)
    level = level or "province"
    fitting = [listed for listed in index() if listed.level == level and year in listed.years]
    if province is not None and level != "province":
        fitting = [
            listed for listed in fitting if fold_whole(listed.province) == fold_whole(province)
        ]
        if group is not None and len(fitting) > 1:
            fitting = [
                listed for listed in fitting if fold_whole(listed.group) == fold_whole(group)
            ]
    else:
        fitting = [listed for listed in fitting if not listed.province] or fitting
    if len(fitting) == 1:
        return load_scheme(fitting[0].id)
    told = {"found": ", ".join(filter(None, (level, str(year), province, group)))}
    if not fitting:
        raise InputError([Finding(NO_SCHEME_FITS, "", told, ("year",))])
    told["expected"] = " | ".join(listed.id for listed in fitting)
    raise InputError([Finding(SEVERAL_SCHEMES_FIT, "", told, ("year",))])
