"""Counts as scorecards: the facts that a map makes of them, and the counts themselves."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from parindex.scale.counting import Counts
from parindex.scale.definitions import definitions
from parindex.scale.mapping import FactMap, Map, Terms, UnitMap
from parindex.scorecard.scorecard import Entry, Period, Scorecard
from parindex.values.counts import Tally
from parindex.values.facts import UNKNOWN, Count, Fact, Figure, Figures, Ratio, Value

Numbers = Mapping[str, int | None]
"""The counts of one unit in one period; None is not known."""


def cards_of(
    read: Map, units: Sequence[UnitMap], counts: Mapping[int, Counts], scheme: str | None
) -> Iterator[Scorecard]:
    """The scorecards of all units that have a dossier, period by period.

    Args:
        read: the map.
        units: the units by their numbers.
        counts: the counts of each, by number.
        scheme: the id or file of the scheme, where not that of the map.
    """
    for number, unit in enumerate(units):
        if number in counts:
            for at, period in enumerate(read.form.period.periods()):
                yield _card(read, unit, period, numbers_of(read, unit, counts[number], at), scheme)


def numbers_of(read: Map, unit: UnitMap, counts: Counts, at: int) -> dict[str, int | None]:
    """What is known of a unit in a period, by the names of counts."""
    found: dict[str, int | None] = {}
    for name in read.known():
        each = definitions()[name]
        if each.parts:
            found[name] = sum(counts[part][at] for part in each.parts)
        elif each.given:
            found[name] = unit.services if unit.services is not None else read.form.services
        else:
            found[name] = counts[name][at]
    return found


def _card(
    read: Map, unit: UnitMap, period: Period, numbers: Numbers, scheme: str | None
) -> Scorecard:
    form = read.form
    told = {
        name: Tally(number)
        for name, number in numbers.items()
        if number is not None and not definitions()[name].parts
    }
    return Scorecard(
        unit=unit.unit,
        year=period.end.year,
        level=form.level,
        scheme=scheme or form.scheme,
        unit_id=unit.unit_id,
        province=unit.province or form.province,
        parent=unit.parent,
        group=unit.group or form.group,
        profile=unit.profile,
        period=period,
        scores={code: Entry(_fact(fact, numbers)) for code, fact in form.facts.items()},
        counts=told,
        source=form.source,
    )


def _fact(fact: FactMap, numbers: Numbers) -> Fact:
    """The fact that a code has; not known where one of its counts is not, or one is below 0."""
    sums = [_sum(terms, numbers) for _, terms in fact.sums()]
    if any(each is None or each < 0 for each in sums):
        return UNKNOWN
    if fact.ratio:
        part, whole = (_whole(terms, numbers) for terms in fact.ratio)
        return Ratio(part, whole)
    if fact.figures:
        return Figures({name: _figure(pair, numbers) for name, pair in fact.figures.items()})
    if fact.count:
        return Count(int(_whole(fact.count, numbers)))
    return Value(_whole(fact.value, numbers))


def _figure(pair: tuple[Terms, ...], numbers: Numbers) -> Figure:
    found = [_whole(terms, numbers) for terms in pair]
    return Ratio(*found) if len(found) > 1 else Value(found[0])


def _whole(terms: Any, numbers: Numbers) -> Decimal:
    return Decimal(_sum(terms, numbers) or 0)


def _sum(terms: Terms, numbers: Numbers) -> int | None:
    found = 0
    for sign, name in terms:
        number = numbers[name]
        if number is None:
            return None
        found += sign * number
    return found
