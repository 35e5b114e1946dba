"""Addresses of pages: made of what a page is about, so that a link lasts (`docs/data/site.md`)."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Final

from parindex.values.collation import same_unit
from parindex.values.fuzzy import fold_name
from parindex.values.normal import normalized

_LONGEST: Final = 60
"""Letters of a name in an address: with the folders around it a path must stay usable."""
_RESERVED: Final = re.compile("con|prn|aux|nul|(com|lpt)[0-9]|index")
"""Names that Windows keeps for devices, and that of the first page of a folder."""


def slug(name: str, *, marked: bool = False) -> str:
    """A name as part of an address: small letters without marks, with hyphens between words.

    Where that is not enough to tell the name again, eight digits of its SHA-256
    follow: it has no such letters, is too long, or is one that systems reserve.

    Args:
        name: any text.
        marked: put the digits there anyway.

    >>> slug("Bà Rịa - Vũng Tàu"), slug("../<b>"), slug("部")
    ('ba-ria-vung-tau', 'b', '1e15ef45')
    """
    folded = fold_name(name)
    bare = folded[:_LONGEST].strip("-")
    if not marked and bare == folded != "" and not _RESERVED.fullmatch(bare):
        return bare
    whole = normalized("NFC", name).casefold().encode("utf-8", "backslashreplace")
    return "-".join(filter(None, (bare, hashlib.sha256(whole).hexdigest()[:8])))


def slugs(names: Iterable[str]) -> Mapping[object, str]:
    """The slug of each name, by `same_unit`; names that differ in marks or signs alone keep apart."""
    first = {same_unit(name): name for name in sorted(names, reverse=True)}
    taken: dict[str, list[object]] = {}
    for key, name in first.items():
        taken.setdefault(slug(name), []).append(key)
    return {key: slug(name, marked=len(taken[slug(name)]) > 1) for key, name in first.items()}


def province(list_: str, name: str) -> str:
    """The address of a province of a list, without language and ending."""
    return f"province/{list_}-{slug(name)}"


def folder_of(level: str, list_: str | None, province_: str | None) -> str:
    """Where the pages of other units are."""
    if province_ is None:
        return level
    return f"{level}/{'-'.join(filter(None, (list_, slug(province_))))}"


def year(number: int) -> str:
    """The address of a year."""
    return f"year/{number}"


def region(list_: str, id_: str) -> str:
    """The address of a region of a list."""
    return f"region/{list_}-{id_.lower().replace('_', '-')}"


def way(page: str, to: str) -> str:
    """The link from one file of the site to another.

    >>> way("vi/year/2018.html", "vi/province/63-soc-trang.html")
    '../province/63-soc-trang.html'
    """
    return posixpath.relpath(to, posixpath.dirname(page) or ".")
