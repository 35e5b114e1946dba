"""The gate against an earlier result: neither the index nor an area may have fallen."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from parindex.scoring.result import Node, Result
from parindex.values.codes import (
    BASELINE_EMPTY,
    BASELINE_OF_OTHER_SCHEME,
    BELOW_BASELINE,
    GATE_UNCONFIRMED,
    UNIT_NOT_IN_BASELINE,
)
from parindex.values.collation import same_name
from parindex.values.finding import Finding


class Earlier(Struct, frozen=True):
    """What counts of an earlier result: percentages as printed, of the whole and of its areas.

    Where a part was unknown the index is the lowest possible one; an area has
    None there.
    """

    unit: str
    unit_id: str | None
    year: int
    sha256: str
    index: Decimal | None
    areas: Mapping[str, Decimal | None] = {}


class Baseline:
    """Earlier results, to which results are compared one by one; `met` counts those found."""

    def __init__(self, results: Sequence[Earlier]) -> None:
        self.results = results
        self.met = 0

    def check(self, result: Result) -> Iterator[Finding]:
        """P503 for what surely fell, P502 where it may have; P504 and P505 where it cannot be told."""
        earlier = self._of(result)
        where = f"{result.scorecard.unit} {result.scorecard.year}"
        if earlier is None:
            yield Finding(UNIT_NOT_IN_BASELINE, where)
            return
        self.met += 1
        if earlier.sha256 != result.scheme.sha256:
            yield Finding(BASELINE_OF_OTHER_SCHEME, where)
        yield from _fallen(result, result.total, earlier.index, where)
        areas = {area.code for area in result.scheme.criteria}
        for code, percent in earlier.areas.items():
            if code in areas:
                yield from _fallen(result, result.node(code), percent, f"{where} {code}")

    def end(self) -> Iterator[Finding]:
        """P506 where no unit had an earlier result: then nothing was checked at all."""
        if not self.met:
            yield Finding(BASELINE_EMPTY)

    def _of(self, result: Result) -> Earlier | None:
        """The earlier result of the unit: of the same year, or else its only one."""
        card = result.scorecard
        named = [each for each in self.results if _same(each, card.unit, card.unit_id)]
        found = [each for each in named if each.year == card.year] or named
        return found[0] if len(found) == 1 else None


def _same(earlier: Earlier, unit: str, unit_id: str | None) -> bool:
    if earlier.unit_id is not None and unit_id is not None:
        return earlier.unit_id == unit_id
    return same_name(earlier.unit) == same_name(unit)


def _fallen(result: Result, node: Node, before: Decimal | None, where: str) -> Iterator[Finding]:
    if before is None or node.state in ("not_applicable", "included"):
        return
    low = None if node.low is None else result.printed(node.low)
    high = None if node.high is None else result.printed(node.high)
    if node.complete:
        low = high = result.printed_percent(node)
    if low is not None and low >= before:
        return
    if high is not None and high < before:
        yield Finding(BELOW_BASELINE, where, {"figure": _told(high), "least": _told(before)})
    else:
        yield Finding(
            GATE_UNCONFIRMED,
            where,
            {"low": _told(low), "high": _told(high), "least": _told(before)},
        )


def _told(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:f} %"
