"""Verifying results that somebody handed on: every cell against one that was computed anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from re import compile as pattern
from typing import Any, Final

from msgspec import UNSET, Struct, UnsetType

from parindex.scoring.result import Result
from parindex.values.as_data import AsData
from parindex.values.exact import to_text
from parindex.values.fields import short

Read = str | None | list["Read"] | dict[str, "Read"]
"""A value as it was handed on: numbers are the text of the file."""

_NUMBER: Final = pattern(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
_WORDS: Final = frozenset(("working", "message"))
"""Fields that say figures again in words, which another version may choose differently."""
_LATER: Final = frozenset(("index",))
"""Fields of a result that the format had not from its beginning: an earlier one may lack them."""
_KEYS: Final = ("code", "id")
"""What identifies the items of a list, where they have it."""
HASH: Final = "scheme.sha256"
"""The path of the scheme's hash, which says whether it is the same scheme."""
_LONGEST: Final = 200
"""Letters of a path or text that are printed."""

Cell = tuple[str, Read | UnsetType, Any, bool]
"""The path of a value, the value handed on and recomputed, and whether only the first is there."""


class Difference(Struct, frozen=True):
    """One cell that is not as it was handed on: `–` where there is none, `null` where nothing is in it.

    An `extra` field is one that results do not have: nothing is computed to
    compare it with, so it is reported and does not count as a difference.
    """

    path: str
    handed_on: str
    recomputed: str
    extra: bool = False


class Verified(AsData, Struct, frozen=True):
    """What came of one result that was handed on.

    `cells` is how many values were compared. A result without a scorecard has
    `cells` 0 and `missing`.
    """

    unit: str
    year: str
    scheme: str
    version: str | None
    cells: int
    differences: tuple[Difference, ...]
    missing: bool = False

    @property
    def agrees(self) -> bool:
        """Whether there was something to compare with, and every cell is the same."""
        return not self.missing and all(each.extra for each in self.differences)


def recomputed_for(
    handed_on: Sequence[Mapping[str, Read]], results: Iterable[Result]
) -> list[Result | None]:
    """For each result that was handed on the one of the same unit, year and days; None without one.

    Of several, such as under two schemes, the one of the same scheme.
    """
    waiting: dict[tuple[Read, ...], list[Result]] = {}
    for result in results:
        card = result.scorecard
        period = card.period and (card.period.start.isoformat(), card.period.end.isoformat())
        who = (card.unit, card.unit_id, str(card.year), *(period or (None, None)))
        waiting.setdefault(who, []).append(result)
    found: list[Result | None] = []
    for each in handed_on:
        candidates = waiting.get(_who(each), [])
        scheme = _within(each, "scheme", "id")
        candidates.sort(key=lambda result: result.scheme.id != scheme)
        found.append(candidates.pop(0) if candidates else None)
    return found


def _who(handed_on: Mapping[str, Read]) -> tuple[Read, ...]:
    days = (_within(handed_on, "period", "from"), _within(handed_on, "period", "to"))
    return (*(_text(handed_on.get(key)) for key in ("unit", "unit_id", "year")), *days)


def _within(handed_on: Mapping[str, Read], outer: str, inner: str) -> str | None:
    value = handed_on.get(outer)
    return _text(value.get(inner)) if isinstance(value, dict) else None


def _text(value: Read) -> str | None:
    return value if isinstance(value, str) else None


def depth_of(handed_on: Mapping[str, Read]) -> int:
    """How many levels of criteria a result shows."""
    depth, level = 0, handed_on.get("criteria")
    while isinstance(level, list) and level:
        depth += 1
        below: list[Read] = []
        for criterion in level:
            children = criterion.get("children") if isinstance(criterion, dict) else None
            below += children if isinstance(children, list) else []
        level = below
    return depth


def compare(
    handed_on: dict[str, Read], recomputed: Mapping[str, Any], *, same_version: bool
) -> tuple[int, tuple[Difference, ...]]:
    """How many cells were compared, and those that differ.

    Args:
        handed_on: the result as it was read.
        recomputed: the data of the same result, computed now, to the same depth.
        same_version: whether both are of the same version of the tool; else
            words are not compared.
    """
    pairs = list(_cells((), handed_on, recomputed, words=same_version))
    differences = (
        Difference(short(path, _LONGEST), _shown(one), _shown(other), extra)
        for path, one, other, extra in pairs
        if extra or not _same(one, other)
    )
    return sum(not extra for *_, extra in pairs), tuple(differences)


def _cells(
    path: tuple[str, ...], one: Read | UnsetType, other: Any, *, words: bool
) -> Iterator[Cell]:
    """Every single value of both, with its path; the last field says if only `one` has it."""
    if isinstance(other, Mapping) and isinstance(one, dict):
        for key, value in other.items():
            if not path and key in _LATER and key not in one:
                continue
            if words or key not in _WORDS:
                yield from _cells((*path, key), one.get(key, UNSET), value, words=words)
        for key, extra in one.items():
            if key not in other:
                yield ".".join((*path, key)), extra, UNSET, True
    elif isinstance(other, Sequence) and not isinstance(other, str) and isinstance(one, list):
        yield from _items(path, one, other, words=words)
    else:
        yield ".".join(path), one, other, False


def _items(
    path: tuple[str, ...], one: list[Read], other: Sequence[Any], *, words: bool
) -> Iterator[Cell]:
    """The items of two lists: those with a code or id by that, others by their places."""
    handed_on = dict(_named(one))
    recomputed = dict(_named(other))
    for name, value in recomputed.items():
        yield from _cells((*path, name), handed_on.get(name, UNSET), value, words=words)
    for name, value in handed_on.items():
        if name not in recomputed:
            yield ".".join((*path, name)), value, UNSET, False


def _named(items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        name = str(number)
        if isinstance(item, Mapping):
            name = next((item[key] for key in _KEYS if isinstance(item.get(key), str)), name)
        if name in seen:  # a second one of the same code is compared with nothing
            name = f"{name} ({number})"
        seen.add(name)
        yield name, item


def _same(one: Read | UnsetType, other: Any) -> bool:
    """Whether a value that was read is the computed one; numbers by value, whatever their digits."""
    if one is UNSET or other is UNSET:
        return False
    if isinstance(other, bool):
        return one == ("true" if other else "false")
    if isinstance(other, Decimal | int):
        return isinstance(one, str) and bool(_NUMBER.fullmatch(one)) and Decimal(one) == other
    if isinstance(other, Mapping | list | tuple) or isinstance(one, dict | list):
        return False
    return bool(one == other)


def _shown(value: Any) -> str:
    if value is UNSET:
        return "–"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return to_text(value) if isinstance(value, Decimal) else short(value, _LONGEST)
