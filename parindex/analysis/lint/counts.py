"""Raw counts against each other, and against the rate printed beside them."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.analysis.lint.context import LintContext
from parindex.values.codes import (
    COUNTS_CONTRADICT,
    RATE_DIFFERS_FROM_COUNTS,
    SETTLED_ABOVE_RECEIVED,
)
from parindex.values.counts import WHOLE, Group, Tally, groups_of
from parindex.values.exact import decimals, percent, rounded, to_text
from parindex.values.facts import Ratio, Value
from parindex.values.finding import Finding

_SETTLED: Final = ("early", "on_time", "late")
_NONE: Final = Tally(0)
_DIGITS: Final = 2


def printed_rate(look: LintContext) -> Iterator[Finding]:
    """P604: the rate beside a ratio or beside counts of dossiers is not theirs.

    Rests on division: part ÷ whole of the `ratio`, and of counts (early +
    on_time) ÷ settled, the formula by which the rate of dossiers settled in
    time is reported. A printed rate has the digits that it has, rounded or
    cut off, for both are found in sources.
    """
    for each in look.each():
        if each.entry is None:
            continue
        fact = each.entry.fact
        said = fact.value if isinstance(fact, Value) and fact.is_percent else None
        rates = [rate for rate in (_of_ratio(fact), _of_counts(each)) if rate is not None]
        beside = rates if rates or said is None else [Fraction(said)]
        pairs = (("published", each.entry.published, beside), ("value", said, rates))
        for path, figure, given in pairs:
            for rate in given:
                if figure is not None and not _prints(rate, figure):
                    yield each.finding(RATE_DIFFERS_FROM_COUNTS, path, **_told(figure, rate))
                    break
        if len(set(rates)) > 1:
            yield each.finding(
                RATE_DIFFERS_FROM_COUNTS, "counts", **_told(rounded(rates[0], _DIGITS), rates[1])
            )


def _of_ratio(fact: object) -> Fraction | None:
    if not isinstance(fact, Ratio) or not fact.whole:
        return None
    return percent(Fraction(fact.part), Fraction(fact.whole))


def _of_counts(look: LintContext) -> Fraction | None:
    """The rate in time, where the counts that it is made of are exact."""
    alone = dict(groups_of(look.counts))[()]
    settled, on_time = alone.get("settled"), alone.get("on_time")
    early = alone.get("early", _NONE)
    if settled is None or on_time is None or not settled.number:
        return None
    if any(tally.about for tally in (settled, on_time, early)):
        return None
    return percent(Fraction(early.number + on_time.number), Fraction(settled.number))


def _prints(rate: Fraction, figure: Decimal) -> bool:
    """Whether a rate is printed as a figure, by as many digits as that has."""
    digits = decimals(figure)
    return any(rounded(rate, digits, mode) == figure for mode in ("half-up", "down"))


def _told(figure: Decimal, rate: Fraction) -> dict[str, str]:
    digits = max(_DIGITS, decimals(figure))
    return {"published": to_text(figure), "computed": to_text(rounded(rate, digits))}


def contradictions(look: LintContext) -> Iterator[Finding]:
    """P605 and P608: counts that cannot all be right, however `over` and `nearly` are read.

    Rests on what the names mean, and on nothing else: what is settled was
    received in the period or carried over from before it; each settled dossier
    is settled early, on time or late; what is beside `all` is a part of
    it, and parts are not more than all. Other counts have no known relation and are only kept.
    """
    for each in look.each():
        for path, group in groups_of(each.counts):
            yield from _settled(each, path, group)
            yield from _parts(each, path, group)
            if WHOLE in group:
                parts = {name: tally for name, tally in group.items() if name != WHOLE}
                yield from _within(each, (*path, WHOLE), parts, group[WHOLE])


def _settled(look: LintContext, path: tuple[str, ...], group: Group) -> Iterator[Finding]:
    settled, received = group.get("settled"), group.get("received")
    if settled is None or received is None or received.most is None:
        return
    before = group.get("carried_over")
    if before is None:
        if settled.least > received.most:
            values = {"found": str(settled), "expected": f"≤ received: {received}"}
            yield look.finding(SETTLED_ABOVE_RECEIVED, "counts", *path, "settled", **values)
    elif before.most is not None and settled.least > received.most + before.most:
        values = {
            "found": str(settled),
            "expected": f"≤ received + carried_over: {received} + {before}",
        }
        yield look.finding(COUNTS_CONTRADICT, "counts", *path, "settled", **values)


def _parts(look: LintContext, path: tuple[str, ...], group: Group) -> Iterator[Finding]:
    """Early, on time and late are of the settled; with on time and late they are all of them."""
    settled = group.get("settled")
    parts = {name: group[name] for name in _SETTLED if name in group}
    if settled is None or not parts:
        return
    yield from _within(look, (*path, "settled"), parts, settled)
    most = [tally.most for tally in parts.values()]
    whole = {"on_time", "late"} <= parts.keys()
    if whole and None not in most and sum(each or 0 for each in most) < settled.least:
        yield _wrong(look, (*path, "settled"), parts, settled, "=")


def _within(
    look: LintContext, path: tuple[str, ...], parts: Group, whole: Tally
) -> Iterator[Finding]:
    if whole.most is not None and sum(part.least for part in parts.values()) > whole.most:
        yield _wrong(look, path, parts, whole, "≥")


def _wrong(
    look: LintContext, path: tuple[str, ...], parts: Group, whole: Tally, sign: str
) -> Finding:
    names, tallies = " + ".join(parts), " + ".join(map(str, parts.values()))
    values = {"found": str(whole), "expected": f"{sign} {names}: {tallies}"}
    return look.finding(COUNTS_CONTRADICT, "counts", *path, **values)
