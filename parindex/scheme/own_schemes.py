"""Schemes of a user's own, found in folders by their id: where they are looked for, and which they are.

In this order: `schemes/` beside the file that is read, `schemes/` in the working folder, the
folders of `PARINDEX_SCHEMES`, and the user's own folder. No file is opened before a scheme is
asked for that the catalog does not have.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from parindex.findings import InputError
from parindex.reading.folder import walk
from parindex.scheme.scheme import Scheme
from parindex.values.codes import OWN_SCHEME_BROKEN, OWN_SCHEME_TWICE
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_whole
from parindex.values.language import N_

VARIABLE: Final = "PARINDEX_SCHEMES"
_FOLDER: Final = "schemes"
_ENDINGS: Final = (".yaml", ".yml")
_CATALOG: Final = N_("the catalog of parindex")
_START: Final = 65_536
_ID: Final = re.compile(rb"^id\s*:\s*[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_OF_SCHEME: Final = re.compile(rb"^(?:title|criteria|years)\s*:", re.MULTILINE)
_OF_SCORECARD: Final = re.compile(rb"^(?:unit|scores|input)\s*:", re.MULTILINE)


class OwnScheme(Struct, frozen=True):
    """A file that says it is a scheme, and its id; empty where it does not say one."""

    id: str
    file: str


def load_file(file: str) -> Scheme:
    """The scheme of a file, which knows where it is from; errors as `read_scheme`."""
    return _loaded(file, os.path.abspath(file), _stamp(file))  # noqa: PTH100


@cache
def _loaded(file: str, _path: str, _stamp: tuple[int, int]) -> Scheme:
    from parindex.scheme.scheme_file import read_scheme

    scheme = read_scheme(file)
    scheme.__dict__["file"] = file
    return scheme


def _stamp(file: str) -> tuple[int, int]:
    """What of a file or folder changes when it is changed; a pipe can be read only once."""
    try:
        told = os.stat(file)  # noqa: PTH116
    except (OSError, ValueError):
        return 0, 0
    return (0, 0) if stat.S_ISFIFO(told.st_mode) else (told.st_mtime_ns, told.st_size)


def user_folder() -> str:
    """The folder where a user may keep schemes for good, as the system has it."""
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("parindex", appauthor=False), _FOLDER)  # noqa: PTH118


def own_schemes(file: str = "") -> Iterator[OwnScheme]:
    """The schemes of the user's own, nearest first, each file once.

    Args:
        file: the file that is read, beside which there may be some.
    """
    met: set[str] = set()
    for folder in _folders(file):
        for each in _found(os.path.abspath(folder), _stamp(folder)):  # noqa: PTH100
            real = os.path.realpath(each.file)
            if real not in met:
                met.add(real)
                shown = os.path.join(folder, Path(each.file).name)  # noqa: PTH118
                yield OwnScheme(each.id, shown)


def own_scheme(id_: str, catalog: Collection[str], file: str = "") -> Scheme | None:
    """The scheme of the user's own with an id; None where there is none.

    Raises:
        InputError: P218 two files have the id; every fault of the file.
    """
    wanted = fold_whole(id_)
    found = [each for each in own_schemes(file) if each.id == wanted]
    if not found:
        return None
    _refuse_others(found, catalog)
    return load_file(found[0].file)


def own_schemes_of(
    level: str,
    year: int,
    unit: tuple[str | None, str | None, str | None],
    *,
    catalog: Collection[str],
    file: str,
) -> tuple[list[Scheme], list[Scheme]]:
    """The schemes of the user's own that fit what is known of a unit, and others of its level and year.

    What is known is its province, group and parent.

    One that cannot be read fits nothing: it may be of another level or year.

    Raises:
        InputError: P218 one that fits has the id of a scheme of the catalog.
    """
    found: dict[str, Scheme] = {}
    others: list[Scheme] = []
    for each in own_schemes(file):
        try:
            scheme = load_file(each.file)
        except InputError:
            continue
        if scheme.level == level and year in scheme.years and not scheme.only_by_id:
            is_of = level == "province" or fits(scheme, *unit)
            is_of = is_of and is_named(scheme.group, unit[1], unknown=True)
            if not is_of:
                others.append(scheme)
            elif not any(_is_like(one, scheme) for one in found.values()):
                _refuse_others([each], catalog)
                found[each.file] = scheme
    return [*found.values()], others


def listed(catalog: Collection[str]) -> tuple[list[Scheme], list[Finding]]:
    """Every scheme of the user's own, and for each file that is none yet why not: P218, P219.

    Args:
        catalog: the ids of the catalog, which no scheme of one's own may have.
    """
    schemes: list[Scheme] = []
    findings: list[Finding] = []
    every = [*own_schemes()]
    for each in every:
        try:
            same = [other for other in every if other.id == each.id] if each.id else [each]
            if same[0] is each or each.id in catalog:
                _refuse_others([each, *(one for one in same if one is not each)], catalog)
                schemes.append(load_file(each.file))
        except InputError as error:
            told = {"found": each.id or "—", "expected": f"parindex check {each.file}"}
            twice = [one for one in error.findings if one.code == OWN_SCHEME_TWICE]
            broken = Finding(OWN_SCHEME_BROKEN, "", told, place=Place(each.file))
            findings += twice or [broken]
    return schemes, findings


def file_named(name: str, id_: str, file: str) -> Scheme | None:
    """The scheme of the file from which a template was made; None where it is not found.

    It is looked for beside the template, in the working folder, and where schemes are.

    Args:
        name: the name of the file, without its folder.
        id_: the id of its scheme.
        file: the template.

    Raises:
        InputError: every fault of the file, where it says that it has this id.
    """
    name = re.split(r"[\\/]", name)[-1]
    beside = os.path.dirname(file)  # noqa: PTH120
    for folder in (beside, "", *_folders(file)):
        path = os.path.join(folder, name)  # noqa: PTH118
        if name.endswith(_ENDINGS) and _peeked(path) == id_:
            return load_file(path)
    return None


def is_scheme(file: str) -> bool:
    """Whether a YAML file among scorecards is a scheme, by the first fields that it has."""
    return file.lower().endswith(_ENDINGS) and _peeked(file) is not None


def _folders(file: str) -> Iterator[str]:
    """Where schemes are looked for, nearest first; those that are not there are left out."""
    beside = os.path.join(os.path.dirname(file), _FOLDER)  # noqa: PTH118, PTH120
    told = os.environ.get(VARIABLE, "").split(os.pathsep)
    for each in dict.fromkeys((beside, _FOLDER, *filter(None, told))):
        if os.path.isdir(each):  # noqa: PTH112
            yield each
    mine = user_folder()
    if os.path.isdir(mine):  # noqa: PTH112
        yield mine


@cache
def _found(folder: str, _stamp: tuple[int, int]) -> tuple[OwnScheme, ...]:
    """The files of a folder that may be schemes, by their names."""
    try:
        files = walk(folder, _ENDINGS, deep=False).files
    except InputError:
        return ()  # it may not be read: nothing there is known
    return tuple(OwnScheme(_peeked(each) or "", each) for each in files)


def _peeked(file: str) -> str | None:
    """The id that a scheme's file says; empty for one without, and None for what is no scheme."""
    if not os.path.isfile(file):  # noqa: PTH113
        return None
    try:
        with open(file, "rb") as stream:  # noqa: PTH123
            start = stream.read(_START)
    except OSError:
        return None
    if _OF_SCORECARD.search(start) or not _OF_SCHEME.search(start):
        return None
    said = _ID.search(start)
    return said[1].decode() if said else ""


def _refuse_others(found: list[OwnScheme], catalog: Collection[str]) -> None:
    """Refuse an id that the catalog has, or that two files of other content have."""
    first, *others = found
    other = _CATALOG if first.id in catalog else ""
    if not other and others:
        one = load_file(first.file)
        other = next((each.file for each in others if not _is_same_scheme(each.file, one)), "")
    if other:
        told = {"found": first.id, "other": other}
        raise InputError([Finding(OWN_SCHEME_TWICE, "", told, place=Place(first.file))])


class OfUnits(Protocol):
    """What says whose a scheme is: of a province, and of the units of a group or below a parent."""

    @property
    def province(self) -> str | None:
        """The province whose own scheme it is; empty for a national one."""

    @property
    def group(self) -> str | None:
        """The group of units that it is for."""

    @property
    def parent(self) -> str | None:
        """The unit above all of them, such as a district."""


def fits(scheme: OfUnits, province: str | None, group: str | None, parent: str | None) -> bool:
    """Whether a scheme is of a unit: one of a province or a district never by chance."""
    if not scheme.province:
        return True
    if not is_named(scheme.province, province):
        return False
    return (
        not scheme.parent
        or is_named(scheme.parent, parent)
        or bool(scheme.group and is_named(scheme.group, group))
    )


def is_named(name: str | None, said: str | None, *, unknown: bool = False) -> bool:
    """Whether two names are alike; where one is not known, as `unknown` says."""
    return unknown if not name or not said else fold_whole(name) == fold_whole(said)


def _is_like(one: Scheme, other: Scheme) -> bool:
    return one.id == other.id and one.sha256 == other.sha256


def _is_same_scheme(file: str, scheme: Scheme) -> bool:
    try:
        return _is_like(load_file(file), scheme)
    except InputError:
        return False
