"""The proof of a scheme: what pydantic cannot see, because it spans several criteria."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, pairwise
from typing import get_args

from msgspec.structs import replace

from parindex.scheme.band import BandSet, BandStep
from parindex.scheme.dependencies import in_order
from parindex.scheme.scheme import ORIGIN, Criterion, MoveTo, Part, Scheme
from parindex.values.codes import (
    BANDS_OUT_OF_ORDER,
    BANDS_YEAR_TWICE,
    CIRCULAR_REFERENCE,
    DUPLICATE_CODE,
    MAXIMA_DO_NOT_ADD_UP,
    MAXIMA_EXCEED_PARENT,
    MINIMUM_OUT_OF_REACH,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    NO_RATE,
    PARAMETERS_EXCLUDE,
    RULE_NOT_ON_LEAF,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_FIELD,
    UNKNOWN_REFERENCE,
)
from parindex.values.exact import add, to_text
from parindex.values.finding import Finding, Path
from parindex.values.fuzzy import suggest
from parindex.values.levels import LevelCode

_HUNDRED = 100
_MOST = 100
"""Names that a message offers, and messages that offer some: a suggestion takes milliseconds."""
Placed = list[tuple[Path, Criterion]]


def prove(scheme: Scheme) -> list[Finding]:
    """Every fault of a scheme: codes, sums, rules and bands; empty where it is sound."""
    criteria = list(_paths(scheme.criteria, ("criteria",)))
    items: Placed = []
    for number, block in enumerate(scheme.adjustments):
        items += _paths(block.items, ("adjustments", number, "items"))
    return [
        *_years(scheme),
        *_codes([*criteria, *items]),
        *_sums("", scheme.maximum, scheme.criteria, ("max",), complete=scheme.complete),
        *chain.from_iterable(_criterion(each, path) for path, each in criteria),
        *_bands(scheme),
        *_partitions(scheme),
        *_blocks(scheme),
        *chain.from_iterable(_criterion(each, path) for path, each in items),
        *links(scheme, criteria),
    ]


def _years(scheme: Scheme) -> Iterator[Finding]:
    if not scheme.years:
        yield Finding(MISSING_FIELD, "", {"expected": "years"}, ("years",))
    for year, count in Counter(scheme.years).items():
        if count > 1:
            yield Finding(DUPLICATE_CODE, str(year), path=("years",))


def _codes(placed: Placed) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, criterion in placed:
        if criterion.code in seen:
            yield Finding(DUPLICATE_CODE, criterion.code, path=(*path, "code"))
        seen.add(criterion.code)


def _paths(criteria: Sequence[Criterion], path: Path) -> Iterator[tuple[Path, Criterion]]:
    for number, criterion in enumerate(criteria):
        yield (*path, number), criterion
        yield from _paths(criterion.children, (*path, number, "children"))


def _criterion(criterion: Criterion, path: Path) -> Iterator[Finding]:
    code, maximum, where = criterion.code, criterion.maximum, (*path, "max")
    yield from _sums(code, maximum, criterion.children, where, complete=criterion.complete)
    if criterion.max is not None and criterion.max < 0:
        yield Finding(NEGATIVE_NUMBER, code, {"found": f"{criterion.max:f}"}, where)
    yield from _minimum(criterion, (*path, "min"))
    if criterion.rule is None:
        return
    if criterion.children or maximum is None:
        yield Finding(RULE_NOT_ON_LEAF, code, path=(*path, "rule"))
        return
    for refused in criterion.scored_by.proof(maximum):
        yield Finding(refused.code, code, refused.parameters, (*path, "rule", *refused.path))
    fewest = criterion.scored_by.fewest(maximum)
    if criterion.lowest < 0 and fewest > criterion.lowest:
        told = {"found": to_text(fewest), "expected": to_text(criterion.lowest)}
        yield Finding(MINIMUM_OUT_OF_REACH, code, told, (*path, "rule"))


def _minimum(criterion: Criterion, path: Path) -> Iterator[Finding]:
    """The fewest points are those of a leaf with a maximum, and not above 0."""
    if criterion.min is None:
        return
    if criterion.children:
        yield Finding(UNKNOWN_FIELD, criterion.code, {"found": "min"}, path)
    elif criterion.max is None:
        yield Finding(MISSING_FIELD, criterion.code, {"expected": "max"}, path)
    if criterion.min > 0:
        told = {"found": f"{criterion.min:f}", "expected": "≤ 0"}
        yield Finding(THRESHOLD_OUT_OF_RANGE, criterion.code, told, path)


def _sums(
    where: str,
    maximum: Fraction | None,
    inner: Sequence[Criterion] | Sequence[Part],
    path: Path,
    *,
    complete: bool,
) -> Iterator[Finding]:
    """What is inside adds up to the maximum; where some of it is unknown, it does not exceed it."""
    known = [each.maximum for each in inner if each.maximum is not None]
    if maximum is None or not inner:
        return
    total, whole = add(known), len(known) == len(inner)
    told = {"found": to_text(total), "expected": to_text(maximum)}
    if total > maximum or (complete and whole and total < maximum):
        code = MAXIMA_DO_NOT_ADD_UP if whole else MAXIMA_EXCEED_PARENT
        yield Finding(code, where, told, path)


def _bands(scheme: Scheme) -> Iterator[Finding]:
    years = Counter(year for bands in scheme.bands for year in bands.years or scheme.years)
    for number, bands in enumerate(scheme.bands):
        yield from _order(bands, ("bands", number, "steps"))
        wrong = [
            str(y) for y in bands.years or scheme.years if years[y] > 1 or y not in scheme.years
        ]
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
        yield from _upper(step, bands, (*path, number))
    known = [(number, step) for number, step in enumerate(bands.steps) if step.edge is not None]
    for (_, higher), (number, lower) in pairwise(known):
        if lower.upper is not None and lower.upper > higher.order:
            told = {"found": f"{lower.upper[0]:f}"}
            yield Finding(BANDS_OUT_OF_ORDER, lower.name, told, (*path, number))
        if lower.order >= higher.order:
            yield Finding(
                BANDS_OUT_OF_ORDER, lower.name, {"found": f"{lower.edge:f}"}, (*path, number)
            )


def _upper(step: BandStep, bands: BandSet, path: Path) -> Iterator[Finding]:
    """An upper edge is one, possible, and over the lower one."""
    if step.upper is None:
        return
    if step.to is not None and step.below is not None:
        told = {"found": "to, below", "expected": "to / below"}
        yield Finding(PARAMETERS_EXCLUDE, step.name, told, path)
    upper = step.upper[0]
    if upper < 0 or (bands.by == "percent" and upper > _HUNDRED):
        yield Finding(THRESHOLD_OUT_OF_RANGE, step.name, {"found": f"{upper:f}"}, path)
    elif step.edge is not None and step.upper <= step.order:
        yield Finding(BANDS_OUT_OF_ORDER, step.name, {"found": f"{upper:f}"}, path)


def _asked(scheme: Scheme, bands: BandSet, path: Path) -> Iterator[Finding]:
    """Figures that bands go by beside the whole are those of criteria with maxima, and can be reached."""
    seen: set[str] = set()
    for number, code in enumerate(bands.worst_of):
        where: Path = (*path, "worst_of", number)
        yield from _with_maximum(scheme, code, "worst_of", where)
        if code in seen:
            yield Finding(DUPLICATE_CODE, code, path=where)
        seen.add(code)
    for number, step in enumerate(bands.steps):
        for code, least in step.where.items():
            where = (*path, "steps", number, "where", code)
            yield from _with_maximum(scheme, code, step.name, where)
            known = scheme.by_code.get(code)
            most = known.maximum if known else None
            most = Fraction(_HUNDRED) if least.is_share else most
            if least.value < 0 or (most is not None and least.value > most):
                sign = "%" if least.is_share else ""
                told = {"found": f"{least.value:f}{sign}"}
                if most is not None:
                    told["expected"] = f"0…{to_text(most)}{sign}"
                yield Finding(THRESHOLD_OUT_OF_RANGE, step.name, told, where)


def _with_maximum(scheme: Scheme, code: str, where: str, path: Path) -> Iterator[Finding]:
    """A criterion that is there, and has a maximum above 0."""
    criterion = scheme.by_code.get(code)
    if criterion is None or code in scheme.items:
        yield _unknown(where, code, path)
    elif not criterion.maximum:
        yield Finding(MISSING_FIELD, code, {"expected": "max"}, path)


def _partitions(scheme: Scheme) -> Iterator[Finding]:
    for name, parts in scheme.partitions.items():
        path: Path = ("partitions", name)
        ids = Counter(part.id for part in parts)
        around = {part.id: [part.within or ""] if part.within in ids else [] for part in parts}
        expected = ", ".join(islice(ids, _MOST))
        circles = {id_ for group in in_order(around) if len(group) > 1 for id_ in group}
        for number, part in enumerate(parts):
            if ids[part.id] > 1:
                yield Finding(DUPLICATE_CODE, part.id, path=(*path, number, "id"))
            if part.within is not None and part.within not in ids:
                told = {"found": part.within, "expected": expected}
                yield Finding(UNKNOWN_REFERENCE, part.id, told, (*path, number, "within"))
            if part.within == part.id or part.id in circles:
                yield Finding(CIRCULAR_REFERENCE, part.id, path=(*path, number, "within"))
        inside = parts_inside(parts)
        for whole, maximum in [("", scheme.maximum), *((p.id, p.maximum) for p in parts)]:
            yield from _sums(whole or name, maximum, inside[whole], path, complete=True)


def links(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    """Every reference that leads nowhere or in a circle; `placed` are all criteria.

    The first of those that lead nowhere are told with what may be meant.
    """
    left = _MOST
    for finding in _links(scheme, placed):
        found = finding.parameters.get("found", "")
        if finding.code == UNKNOWN_REFERENCE and "expected" not in finding.parameters and left:
            left -= 1
            told = {"found": found, "near": suggest(found, scheme.by_code)}
            yield replace(finding, parameters=told)
        else:
            yield finding


def _links(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    for profile, codes in scheme.profiles.items():
        for number, code in enumerate(codes):
            if code not in scheme.by_code:
                yield _unknown(profile, code, ("profiles", profile, number))
    for number, code in enumerate(scheme.ranking.keys):
        if code not in scheme.by_code:
            yield _unknown("ranking", code, ("ranking", "keys", number))
    for number, bands in enumerate(scheme.bands):
        yield from _asked(scheme, bands, ("bands", number))
    yield from _rules(scheme, placed)
    yield from _guards(scheme, placed)
    yield from _moves(scheme, placed)
    yield from _origins(scheme, placed)


def _rules(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    """A rule that takes the rate of a leaf that is none, or of itself; a unit that is misspelt."""
    leaves = {leaf.code: leaf for leaf in scheme.leaves}
    needs = {
        code: [each for each in leaf.scored_by.needs if each in leaves]
        for code, leaf in leaves.items()
    }
    circles = {code for group in in_order(needs) if len(group) > 1 for code in group}
    units = (*get_args(LevelCode), *scheme.profiles)
    for path, leaf in placed:
        if leaf.children or leaf.rule is None:
            continue
        where = (*path, "rule")
        for code in leaf.rule.needs:
            if code not in leaves:
                yield _unknown(leaf.code, code, where)
            elif code == leaf.code or (code in circles and leaf.code in circles):
                yield Finding(CIRCULAR_REFERENCE, leaf.code, {"found": code}, where)
            elif not leaves[code].scored_by.gives_rate:
                yield Finding(NO_RATE, leaf.code, {"found": code}, where)
        for unit in leaf.rule.units:
            near = "" if unit in units else suggest(unit, units)
            if near:
                told = {"found": unit, "near": near, "expected": ", ".join(units)}
                yield Finding(UNKNOWN_REFERENCE, leaf.code, told, where)


def _unknown(where: str, code: str, path: Path) -> Finding:
    return Finding(UNKNOWN_REFERENCE, where, {"found": code}, path)


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
            yield _unknown(criterion.code, guard, where)
        elif group.get(guard) == group.get(f"^{criterion.code}"):
            yield Finding(CIRCULAR_REFERENCE, criterion.code, {"found": guard}, where)


def _moves(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    """A maximum that cannot go where it should: to other leaves right beside, with maxima."""
    leaves: dict[str, dict[str, None]] = {}
    left = _MOST
    for path, criterion in placed:
        where = (*path, "not_applicable", "move_to")
        if not isinstance(criterion.not_applicable, MoveTo):
            continue
        if criterion.children:
            yield Finding(UNKNOWN_FIELD, criterion.code, {"found": "move_to"}, where)
            continue
        if not criterion.moves_to:
            yield Finding(MISSING_FIELD, criterion.code, {"expected": "move_to: [5.2]"}, where)
        if criterion.max is None:
            yield Finding(MISSING_FIELD, criterion.code, {"expected": "max"}, path)
        above = scheme.above.get(criterion.code)
        parent = above.code if above else ""
        if parent not in leaves:
            beside = above.children if above else scheme.criteria
            leaves[parent] = {e.code: None for e in beside if not e.children and e.maximum}
        for finding in _receivers(criterion, leaves[parent], where):
            told = dict(finding.parameters)
            if finding.code == UNKNOWN_REFERENCE and left:
                left -= 1
                told["near"] = suggest(told["found"], leaves[parent])
            yield replace(finding, parameters=told)


def _receivers(criterion: Criterion, leaves: Mapping[str, None], where: Path) -> Iterator[Finding]:
    """Siblings that receive are other leaves with a maximum, each named once."""
    seen: set[str] = set()
    for number, code in enumerate(criterion.moves_to):
        at = (*where, number)
        if code == criterion.code:
            yield Finding(CIRCULAR_REFERENCE, code, {"found": code}, at)
        elif code not in leaves:
            others = (each for each in leaves if each != criterion.code)
            told = {"found": code, "expected": ", ".join(islice(others, _MOST)) or "—"}
            yield Finding(UNKNOWN_REFERENCE, criterion.code, told, at)
        elif code in seen:
            yield Finding(DUPLICATE_CODE, code, path=at)
        seen.add(code)


def _origins(scheme: Scheme, placed: Placed) -> Iterator[Finding]:
    parts = {part.id: part for part in scheme.partitions.get(ORIGIN, ())}
    for path, criterion in placed:
        if criterion.origin is not None and criterion.origin not in parts:
            told = {"found": criterion.origin, "expected": ", ".join(islice(parts, _MOST))}
            yield Finding(UNKNOWN_REFERENCE, criterion.code, told, (*path, "origin"))
    if not scheme.origins or not set(scheme.origins.values()) <= set(parts):
        return
    maxima = {code: scheme.by_code[code].maximum for code in scheme.origins}
    if None in maxima.values():
        return
    own: dict[str, Fraction] = defaultdict(Fraction)
    for code, origin in scheme.origins.items():
        own[origin] += maxima[code] or 0
    inner = parts_inside(scheme.partitions[ORIGIN])
    for number, part in enumerate(scheme.partitions[ORIGIN]):
        sum_ = add(own[id_] for id_ in within(inner, part.id))
        if part.maximum is not None and sum_ != part.maximum:
            told = {"found": to_text(sum_), "expected": to_text(part.maximum)}
            yield Finding(
                MAXIMA_DO_NOT_ADD_UP, part.id, told, ("partitions", ORIGIN, number, "max")
            )


def parts_inside(parts: tuple[Part, ...]) -> Mapping[str, list[Part]]:
    """The parts right inside each part, and under an empty id those inside none."""
    inside: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        inside[part.within or ""].append(part)
    return inside


def within(inside: Mapping[str, Sequence[Part]], id_: str) -> set[str]:
    """A part and all parts inside it, however deep."""
    found, left = {id_}, [id_]
    while left:
        inner = {part.id for part in inside[left.pop()]} - found
        found |= inner
        left += inner
    return found


def _blocks(scheme: Scheme) -> Iterator[Finding]:
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
            for field in ("children", "requires", "origin", "min"):
                if getattr(item, field):
                    yield Finding(UNKNOWN_FIELD, item.code, {"found": field}, (*where, field))
            if item.moves_to:
                told, field = {"found": "move_to"}, "not_applicable"
                yield Finding(UNKNOWN_FIELD, item.code, told, (*where, field))
