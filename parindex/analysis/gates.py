"""Gates: thresholds that a result must reach. Judged on the full result, before any rendering."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from parindex.findings import InputError
from parindex.scoring.result import Result
from parindex.values.codes import GATE_FAILED, GATE_UNCONFIRMED, UNKNOWN_CODE
from parindex.values.finding import Finding


class Gate(Struct, frozen=True):
    """A criterion, or with an empty code the whole, must reach `least` percent as printed."""

    code: str
    least: Decimal


def check_gates(result: Result, gates: Sequence[Gate]) -> Iterator[Finding]:
    """A finding for each gate that the result does not surely pass.

    Where a part is unknown, only the lowest possible percentage counts: what
    cannot be confirmed has not passed. What does not apply cannot fail.

    Raises:
        InputError: P201 a gate names a code that the scheme does not have.
    """
    for gate in gates:
        if gate.code and gate.code not in result.scheme.by_code:
            told = {"scheme": result.scheme.id, "found": gate.code}
            raise InputError([Finding(UNKNOWN_CODE, gate.code, told)])
        node = result.node(gate.code) if gate.code else result.total
        low = None if node.low is None else result.printed(node.low)
        high = None if node.high is None else result.printed(node.high)
        where = f"{result.scorecard.unit} {result.scorecard.year} {gate.code}".strip()
        if node.state == "not_applicable" or (low is not None and low >= gate.least):
            continue
        if node.complete or (high is not None and high < gate.least):
            told = {"figure": _percent(high), "least": _percent(gate.least)}
            yield Finding(GATE_FAILED, where, told)
        else:
            told = {"low": _percent(low), "high": _percent(high), "least": _percent(gate.least)}
            yield Finding(GATE_UNCONFIRMED, where, told)


def _percent(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:f} %"
