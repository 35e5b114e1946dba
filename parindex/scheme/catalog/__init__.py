"""The schemes that come with the project: one YAML file each, named by its id.

`index.csv` says of each what it is for, so that the scheme of a level and year
is found without opening the others; `tools/catalog.py` writes it.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.scheme.own_schemes import (
    fits,
    is_named,
    load_file,
    own_scheme,
    own_schemes,
    own_schemes_of,
)
from parindex.scheme.scheme import Scheme
from parindex.values.codes import (
    FILE_UNREADABLE,
    NO_SCHEME_FITS,
    SCHEME_OF_NAMED_UNITS,
    SEVERAL_SCHEMES_FIT,
    UNKNOWN_SCHEME,
)
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_whole, suggest
from parindex.values.years import spans

FOLDER: Final = os.path.dirname(__file__)  # noqa: PTH120
_SCHEMES: Final = os.path.join(FOLDER, "schemes")  # noqa: PTH118


class Listed(NamedTuple):
    """What the index says of a scheme; `province`, `group` and `parent` are empty for national ones.

    One without a `level` is found by its id only.
    """

    id: str
    level: str
    years: tuple[int, ...]
    province: str
    group: str
    parent: str


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
            row["parent"],
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


def load_scheme(id_or_file: str, file: str = "") -> Scheme:
    """A scheme of the catalog by its id, or one of the user's own by its id or from a file.

    A name with a slash, a backslash or the ending `.yaml`, `.yml` or `.json` is
    a file. An id may be typed with marks or capitals.

    Args:
        id_or_file: the id, or the name of the file.
        file: the file that is read, beside which there may be schemes.

    Raises:
        InputError: P208 no such id; or every fault of the file.
    """
    if is_file(id_or_file):
        return load_file(id_or_file)
    ids = scheme_ids()
    wanted = id_or_file if id_or_file in ids else fold_whole(id_or_file)
    if wanted in ids:
        return _of_catalog(wanted)
    own = own_scheme(wanted, ids, file)
    if own is None:
        near = suggest(wanted, [*ids, *(each.id for each in own_schemes(file))])
        told = {"found": id_or_file, "near": near}
        raise InputError([Finding(UNKNOWN_SCHEME, "", told, ("scheme",))])
    return own


@cache
def _of_catalog(id_: str) -> Scheme:
    from parindex.scheme.scheme_file import read_scheme

    return read_scheme(os.path.join(_SCHEMES, f"{id_}.yaml"))  # noqa: PTH118


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
    parent: str | None = None,
    *,
    file: str = "",
) -> Scheme:
    """The scheme of a unit, of those that the user gave where there are any.

    Of several given the one counts that the unit names; a single one counts for
    all units. The other arguments and errors are those of `find_scheme`.
    """
    if not given:
        return find_scheme(id_, level, year, province, group, parent, file=file)
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
    parent: str | None = None,
    *,
    file: str | None = None,
) -> Scheme:
    """The scheme of an id, or the only one that fits what is known of a unit.

    Args:
        id_: the id, if it is known.
        level: the level of the unit; without it a province is meant.
        year: the year that is scored.
        province: the province whose own scheme it is; without it only national ones fit.
        group: the group of units, where a province has several.
        parent: the unit above, such as a district, which may have a scheme for those below it.
        file: the scorecard's file, which may name another beside it as its scheme; where the
            catalog has no answer, the user's own schemes count too. Without it they do not.

    Raises:
        InputError: P208 no such id, P210 no scheme fits, P215 several fit, P234 those that there
            are belong to units that are not named, P101 the file that is named is not beside the other.
    """
    if id_ is not None:
        return _named(id_, file or "")
    level = level or "province"
    fitting = _fitting(level, year, province, group, parent)
    of_others: list[Listed | Scheme] = [
        listed for listed in index() if listed.level == level and year in listed.years
    ]
    if len(fitting) == 1:
        return load_scheme(fitting[0].id)
    own: list[Scheme] = []
    if not fitting and file is not None:
        ids = scheme_ids()
        unit = (province, group, parent)
        own, others = own_schemes_of(level, year, unit, catalog=ids, file=file)
        of_others += others
    if len(own) == 1:
        return own[0]
    told = {"found": ", ".join(filter(None, (level, str(year), province, group)))}
    found = [listed.id for listed in fitting] or [scheme.id for scheme in own]
    if not found:
        raise InputError([_none_fits(of_others, told, province, (level, year))])
    told["expected"] = " | ".join(found)
    raise InputError([Finding(SEVERAL_SCHEMES_FIT, "", told, ("year",))])


def _none_fits(
    of_others: Sequence[Listed | Scheme],
    told: dict[str, str],
    province: str | None,
    asked: tuple[str, int],
) -> Finding:
    """No scheme is known; or those that are belong to provinces or districts that the unit does not name."""
    near = [
        each
        for each in of_others
        if each.province and is_named(each.province, province, unknown=True)
    ]
    if not near:
        known = " | ".join(_known(*asked))
        return Finding(NO_SCHEME_FITS, "", {**told, "expected": known}, ("year",))
    whose = (
        f"{each.id} (province: {each.province}"
        + (f", parent: {each.parent}" if each.parent else "")
        + ")"
        for each in near
    )
    told["expected"] = " | ".join(whose)
    return Finding(SCHEME_OF_NAMED_UNITS, "", told, ("year",))


def _known(level: str, year: int) -> Iterator[str]:
    """Of which years the level has schemes in the catalog, and of which levels the year has."""
    if years := [each for listed in index() if listed.level == level for each in listed.years]:
        yield f"{level} {spans(years)}"
    if levels := {listed.level for listed in index() if listed.level and year in listed.years}:
        yield f"{year}: {', '.join(sorted(levels))}"


def scheme_id(
    level: str | None,
    year: int,
    province: str | None = None,
    group: str | None = None,
    parent: str | None = None,
) -> str | None:
    """The id of the only scheme of the catalog that fits a unit and year; None without one.

    The arguments are those of `find_scheme`. No scheme is opened.
    """
    fitting = _fitting(level or "province", year, province, group, parent)
    return fitting[0].id if len(fitting) == 1 else None


def _fitting(
    level: str, year: int, province: str | None, group: str | None, parent: str | None
) -> list[Listed]:
    """The schemes of the catalog that fit what is known of a unit."""
    fitting = [listed for listed in index() if listed.level == level and year in listed.years]
    if level == "province":
        return fitting
    fitting = [each for each in fitting if bool(each.province) is (province is not None)]
    fitting = [each for each in fitting if fits(each, province, group, parent)]
    if group is not None and len(fitting) > 1:
        return [each for each in fitting if fold_whole(each.group) == fold_whole(group)]
    return fitting


def _named(id_or_file: str, file: str) -> Scheme:
    """The scheme that a scorecard names, by its id or by a file beside the scorecard's."""
    if not is_file(id_or_file):
        return load_scheme(id_or_file, file)
    from parindex.reading.folder import beside

    here = Place("")  # the reader of the scorecard knows where it is named
    try:
        return load_file(beside(file, id_or_file, here))
    except InputError as error:
        findings = [
            Finding(each.code, "", each.parameters, ("scheme",))
            if each.code == FILE_UNREADABLE
            else each
            for each in error.findings
        ]
        raise InputError(findings) from error
