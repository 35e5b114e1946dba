"""Gates: thresholds and earlier results that a result must reach.

Judged on the full result, before any rendering.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from parindex.analysis.explanation import criterion_of
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Node, Result
from parindex.values.codes import (
    BASELINE_EMPTY,
    BASELINE_OF_OTHER_SCHEME,
    BASELINE_WITHOUT_FIGURE,
    BELOW_BASELINE,
    GATE_FAILED,
    GATE_UNCONFIRMED,
    UNIT_NOT_IN_BASELINE,
)
from parindex.values.collation import same_name
from parindex.values.finding import Finding


class Gate(Struct, frozen=True):
    """A criterion, or with an empty code the whole, must reach `least` percent as printed."""

    code: str
    least: Decimal


def check_gates(result: Result, gates: Sequence[Gate]) -> Iterator[Finding]:
    """A finding for each gate that the result does not surely pass: P501, or P502 if it may.

    Raises:
        InputError: P201 a gate names a code that the scheme does not have.
    """
    for gate in gates:
        if gate.code:
            criterion_of(result.scheme, gate.code)
        node = result.node(gate.code)
        where = f"{result.scorecard.unit} {result.scorecard.year} {gate.code}".strip()
        yield from _below(result, node, gate.least, GATE_FAILED, where)


def _below(
    result: Result, node: Node, least: Decimal, failed: str, where: str
) -> Iterator[Finding]:
    """A finding where a percentage as printed is not surely at least so much.

    Where a part is unknown, only the lowest possible percentage counts: what
    cannot be confirmed has not passed. What does not apply cannot fail.
    """
    low, high = result.printed(node.low), result.printed(node.high)
    if node.complete:
        low = high = result.printed_percent(node)
    if node.state == "not_applicable" or (low is not None and low >= least):
        return
    if high is not None and high < least:
        values = {"figure": _percent(high), "least": _percent(least)}
        yield Finding(failed, where, values)
    else:
        values = {"low": _percent(low), "high": _percent(high), "least": _percent(least)}
        yield Finding(GATE_UNCONFIRMED, where, values)


def _percent(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:f} %"


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
    blank: tuple[str, ...] = ()
    """Areas that were known and have no percentage all the same."""

    def known_index(self, scheme: Scheme) -> Decimal | None:
        """The index, if it is one that the scheme can give: none below 0 where it clamps."""
        possible = self.index is not None and (self.index >= 0 or not scheme.clamp)
        return self.index if possible else None


class Baseline:
    """Earlier results, to which results are compared one by one; `met` counts those found."""

    def __init__(self, results: Sequence[Earlier]) -> None:
        self.results = results
        self.met = 0

    def check(self, result: Result) -> Iterator[Finding]:
        """P503 for what surely fell, P502 where it may have; P504, P505, P507 where it cannot be told."""
        earlier = self._of(result)
        where = f"{result.scorecard.unit} {result.scorecard.year}"
        if earlier is None:
            yield Finding(UNIT_NOT_IN_BASELINE, where)
            return
        if earlier.sha256 != result.scheme.sha256:
            yield Finding(BASELINE_OF_OTHER_SCHEME, where)
        for blank in earlier.blank:
            yield Finding(BASELINE_WITHOUT_FIGURE, f"{where} {blank}")
        index = earlier.known_index(result.scheme)
        if index is None:
            yield Finding(BASELINE_WITHOUT_FIGURE, where)
        else:
            self.met += 1
            yield from _below(result, result.total, index, BELOW_BASELINE, where)
        areas = {area.code for area in result.scheme.criteria}
        for code, percent in earlier.areas.items():
            if code in areas and percent is not None and result.node(code).state != "included":
                yield from _below(
                    result, result.node(code), percent, BELOW_BASELINE, f"{where} {code}"
                )

    def end(self) -> Iterator[Finding]:
        """P506 where no unit had an earlier index: then nothing was checked at all."""
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
