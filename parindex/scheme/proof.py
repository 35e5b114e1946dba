"""The proof of a scheme: what pydantic cannot see, because it spans several criteria."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from parindex.scheme.band import BandSet
from parindex.scheme.proof_links import blocks, links
from parindex.scheme.scheme import Criterion, Part, Scheme
from parindex.values.codes import (
    BANDS_OUT_OF_ORDER,
    BANDS_YEAR_TWICE,
    CIRCULAR_REFERENCE,
    DUPLICATE_CODE,
    MAXIMA_DO_NOT_ADD_UP,
    MAXIMA_EXCEED_PARENT,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    PARAMETERS_EXCLUDE,
    RULE_NOT_ON_LEAF,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_REFERENCE,
)
from parindex.values.exact import add, plain
from parindex.values.finding import Finding, Path


def prove(scheme: Scheme) -> list[Finding]:
    """Every fault of a scheme: codes, sums, rules and bands; empty where it is sound."""
    return [
        *_years(scheme),
        *_codes(scheme),
        *_sums("", scheme.maximum, scheme.criteria, ("max",), complete=scheme.complete),
        *(
            finding
            for number, area in enumerate(scheme.criteria)
            for finding in _criterion(area, ("criteria", number))
        ),
        *_bands(scheme),
        *_partitions(scheme),
        *blocks(scheme),
        *(
            finding
            for number, block in enumerate(scheme.adjustments)
            for place, item in enumerate(block.items)
            for finding in _criterion(item, ("adjustments", number, "items", place))
        ),
        *links(scheme, list(_paths(scheme.criteria, ("criteria",)))),
    ]


def _years(scheme: Scheme) -> Iterator[Finding]:
    if not scheme.years:
        yield Finding(MISSING_FIELD, "", {"expected": "years"}, ("years",))
    for year, count in Counter(scheme.years).items():
        if count > 1:
            yield Finding(DUPLICATE_CODE, str(year), path=("years",))


def _codes(scheme: Scheme) -> Iterator[Finding]:
    seen: set[str] = set()
    placed = list(_paths(scheme.criteria, ("criteria",)))
    for number, block in enumerate(scheme.adjustments):
        placed += _paths(block.items, ("adjustments", number, "items"))
    for path, criterion in placed:
        if criterion.code in seen:
            yield Finding(DUPLICATE_CODE, criterion.code, path=(*path, "code"))
        seen.add(criterion.code)


def _paths(criteria: Sequence[Criterion], path: Path) -> Iterator[tuple[Path, Criterion]]:
    for number, criterion in enumerate(criteria):
        yield (*path, number), criterion
        yield from _paths(criterion.children, (*path, number, "children"))


def _criterion(criterion: Criterion, path: Path) -> Iterator[Finding]:
    yield from _sums(
        criterion.code,
        criterion.maximum,
        criterion.children,
        (*path, "max"),
        complete=criterion.complete,
    )
    if criterion.max is not None and criterion.max < 0:
        found = {"found": f"{criterion.max:f}"}
        yield Finding(NEGATIVE_NUMBER, criterion.code, found, (*path, "max"))
    if criterion.rule is not None:
        if criterion.children or criterion.maximum is None:
            yield Finding(RULE_NOT_ON_LEAF, criterion.code, path=(*path, "rule"))
        else:
            for refused in criterion.rule.proof(criterion.maximum):
                where = (*path, "rule", *refused.path)
                yield Finding(refused.code, criterion.code, refused.parameters, where)
    for number, child in enumerate(criterion.children):
        yield from _criterion(child, (*path, "children", number))


def _sums(
    code: str,
    maximum: Fraction | None,
    children: Sequence[Criterion],
    path: Path,
    *,
    complete: bool,
) -> Iterator[Finding]:
    if maximum is None or not children:
        return
    known = [child.maximum for child in children if child.maximum is not None]
    total = add(known)
    told = {"found": plain(total), "expected": plain(maximum)}
    if total > maximum:
        yield Finding(
            MAXIMA_EXCEED_PARENT if len(known) < len(children) else MAXIMA_DO_NOT_ADD_UP,
            code,
            told,
            path,
        )
    elif complete and total < maximum and len(known) == len(children):
        yield Finding(MAXIMA_DO_NOT_ADD_UP, code, told, path)


def _bands(scheme: Scheme) -> Iterator[Finding]:
    years = Counter(year for bands in scheme.bands for year in bands.years)
    for number, bands in enumerate(scheme.bands):
        yield from _order(bands, ("bands", number, "steps"))
        wrong = [str(y) for y in bands.years if years[y] > 1 or y not in scheme.years]
        if wrong:
            path = ("bands", number, "years")
            yield Finding(BANDS_YEAR_TWICE, "", {"found": ", ".join(wrong)}, path)


def _order(bands: BandSet, path: Path) -> Iterator[Finding]:
    if not bands.steps:
        yield Finding(MISSING_FIELD, "", {"expected": "steps"}, path)
    names = Counter(step.name for step in bands.steps)
    for number, step in enumerate(bands.steps):
        if names[step.name] > 1:
            yield Finding(DUPLICATE_CODE, step.name, path=(*path, number, "name"))
        if step.edge is not None and not 0 <= step.edge <= (
            100 if bands.by == "percent" else step.edge
        ):
            yield Finding(
                THRESHOLD_OUT_OF_RANGE, step.name, {"found": f"{step.edge:f}"}, (*path, number)
            )
        if step.from_ is not None and step.above is not None:
            told = {"found": "from, above", "expected": "from / above"}
            yield Finding(PARAMETERS_EXCLUDE, step.name, told, (*path, number))
    known = [(number, step) for number, step in enumerate(bands.steps) if step.edge is not None]
    for (_, higher), (number, lower) in pairwise(known):
        if lower.order >= higher.order:
            yield Finding(
                BANDS_OUT_OF_ORDER, lower.name, {"found": f"{lower.edge:f}"}, (*path, number)
            )


def _partitions(scheme: Scheme) -> Iterator[Finding]:
    for name, parts in scheme.partitions.items():
        path: Path = ("partitions", name)
        ids = Counter(part.id for part in parts)
        around = {part.id: part.within for part in parts}
        for number, part in enumerate(parts):
            if ids[part.id] > 1:
                yield Finding(DUPLICATE_CODE, part.id, path=(*path, number, "id"))
            if part.within is not None and part.within not in ids:
                told = {"found": part.within, "expected": ", ".join(ids)}
                yield Finding(UNKNOWN_REFERENCE, part.id, told, (*path, number, "within"))
            if _circular(part.id, around):
                yield Finding(CIRCULAR_REFERENCE, part.id, path=(*path, number, "within"))
        for whole, maximum in [("", scheme.maximum), *((p.id, p.maximum) for p in parts)]:
            inner = [part for part in parts if (part.within or "") == whole]
            yield from _split(whole or name, maximum, inner, path)


def _circular(start: str, around: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = around.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = around.get(at)
    return False


def _split(
    name: str, maximum: Fraction | None, parts: Sequence[Part], path: Path
) -> Iterator[Finding]:
    """Parts add up to what they split; where some maxima are unknown, they do not exceed it."""
    known = [part.maximum for part in parts if part.maximum is not None]
    if maximum is None or not known:
        return
    total = add(known)
    if total > maximum or (total < maximum and len(known) == len(parts)):
        told = {"found": plain(total), "expected": plain(maximum)}
        yield Finding(
            MAXIMA_DO_NOT_ADD_UP if len(known) == len(parts) else MAXIMA_EXCEED_PARENT,
            name,
            told,
            path,
        )
