"""The proof of what refers to something else in a scheme: guards, origins, profiles, blocks."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from parindex.scheme.scheme import ORIGIN, Criterion, Part, Scheme
from parindex.values.codes import (
    CIRCULAR_REFERENCE,
    DUPLICATE_CODE,
    MAXIMA_DO_NOT_ADD_UP,
    MISSING_FIELD,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_FIELD,
    UNKNOWN_REFERENCE,
)
from parindex.values.exact import add, plain
from parindex.values.finding import Finding, Path
from parindex.values.fuzzy import near

Placed = list[tuple[Path, Criterion]]


def links(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    """Every reference that leads nowhere or in a circle; `placed` are all criteria."""
    for profile, codes in scheme.profiles.items():
        for number, code in enumerate(codes):
            if code not in scheme.by_code:
                yield _unknown(scheme, profile, code, ("profiles", profile, number))
    for number, code in enumerate(scheme.ranking.keys):
        if code not in scheme.by_code:
            yield _unknown(scheme, "ranking", code, ("ranking", "keys", number))
    yield from _guards(scheme, placed)
    yield from _origins(scheme, placed)


def _unknown(scheme: Scheme, where: str, code: str, path: Path) -> Finding:
    return Finding(
        UNKNOWN_REFERENCE, where, {"found": code, "near": near(code, scheme.by_code)}, path
    )


def _guards(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    """A guard that is not there, or that depends on what stands behind it."""
    known = {criterion.code for _, criterion in placed}
    group = {name: at for at, names in enumerate(scheme.dependencies) for name in names}
    for path, criterion in placed:
        guard = criterion.requires
        if guard is None:
            continue
        where = (*path, "requires")
        if guard not in known:
            yield _unknown(scheme, criterion.code, guard, where)
        elif group.get(guard) == group.get(f"^{criterion.code}"):
            yield Finding(CIRCULAR_REFERENCE, criterion.code, {"found": guard}, where)


def _origins(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    parts = {part.id: part for part in scheme.partitions.get(ORIGIN, ())}
    for path, criterion in placed:
        if criterion.origin is not None and criterion.origin not in parts:
            told = {"found": criterion.origin, "expected": ", ".join(parts)}
            yield Finding(UNKNOWN_REFERENCE, criterion.code, told, (*path, "origin"))
    if not scheme.origins or not set(scheme.origins.values()) <= set(parts):
        return
    maxima = {code: scheme.by_code[code].maximum for code in scheme.origins}
    if None in maxima.values():
        return
    for number, part in enumerate(scheme.partitions[ORIGIN]):
        inside = within(scheme.partitions[ORIGIN], part.id)
        sum_ = add(
            maxima[code] or Fraction(0)
            for code, origin in scheme.origins.items()
            if origin in inside
        )
        if part.maximum is not None and sum_ != part.maximum:
            told = {"found": plain(sum_), "expected": plain(part.maximum)}
            yield Finding(
                MAXIMA_DO_NOT_ADD_UP, part.id, told, ("partitions", ORIGIN, number, "max")
            )


def within(parts: tuple[Part, ...], id_: str) -> set[str]:
    """A part and all parts inside it."""
    inside = {id_}
    for _ in parts:
        inside |= {part.id for part in parts if part.within in inside}
    return inside


def blocks(scheme: Scheme) -> Iterator[Finding]:
    """Bonus and penalty: ids are unique, caps above 0, items leaves with a maximum."""
    ids = Counter(block.id for block in scheme.adjustments)
    for number, block in enumerate(scheme.adjustments):
        path: Path = ("adjustments", number)
        if ids[block.id] > 1:
            yield Finding(DUPLICATE_CODE, block.id, path=(*path, "id"))
        if block.cap is not None and block.cap <= 0:
            yield Finding(
                THRESHOLD_OUT_OF_RANGE, block.id, {"found": f"{block.cap:f}"}, (*path, "cap")
            )
        if not block.items:
            yield Finding(MISSING_FIELD, block.id, {"expected": "items"}, path)
        for item_number, item in enumerate(block.items):
            where = (*path, "items", item_number)
            if item.max is None:
                yield Finding(MISSING_FIELD, item.code, {"expected": "max"}, where)
            for field in ("children", "requires", "origin"):
                if getattr(item, field):
                    yield Finding(UNKNOWN_FIELD, item.code, {"found": field}, (*where, field))
