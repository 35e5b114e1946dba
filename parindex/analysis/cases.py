"""Cases: an input and the expected result, compared without any margin."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.outcome import NodeState
from parindex.scoring.result import NOTHING, Result
from parindex.scoring.standards import standards_of
from parindex.values.as_data import AsData
from parindex.values.finding import Finding, Place


class Expected(Struct, frozen=True):
    """What a case says of its result; what it leaves out is None or empty and not compared.

    `figures` are those of the whole, by the name that the JSON result has for
    them; `final` is the points with bonus and penalty. `states` and `criteria`
    (points) are by code, `parts` by partition and part, `adjustments` by block. `standards`
    are how many are met, not met and unknown.
    In `bands` None means one that is not known. `findings` and `faults`
    are codes, each as often as it occurs.
    """

    figures: Mapping[str, Fraction] = {}
    band: str | None = None
    bands: tuple[str | None, ...] | None = None
    complete: bool | None = None
    states: Mapping[str, NodeState] = {}
    criteria: Mapping[str, Fraction] = {}
    parts: Mapping[str, Mapping[str, Fraction]] = {}
    adjustments: Mapping[str, Fraction] = {}
    standards: Mapping[str, Fraction] = {}
    findings: tuple[str, ...] | None = None
    faults: tuple[str, ...] = ()


class Case(Struct, frozen=True):
    """One case as it was read, with the faults of its input's form.

    `scorecard` or `scheme` is None where these faults leave none.
    """

    name: str
    place: Place
    expected: Expected
    scorecard: Scorecard | None
    scheme: Scheme | None
    stage: Stage | None = None
    faults: tuple[Finding, ...] = ()


Told = Fraction | str | None
"""A figure or a word; None where there is none."""


class Difference(Struct, frozen=True):
    """One thing that is not as expected; `what` is its name, with codes after a point."""

    what: str
    expected: Told
    found: Told


class Checked(AsData, Struct, frozen=True):
    """What came of a case; it passed where nothing differs. `faults` are those of its input."""

    case: Case
    differences: tuple[Difference, ...]
    faults: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.differences


def check_case(case: Case) -> Checked:
    """Score the input of a case and compare what is expected, exactly."""
    faults, result = list(case.faults), None
    if case.scorecard is not None and case.scheme is not None:
        try:
            result = score(case.scorecard, case.scheme, case.stage)
        except InputError as error:
            faults += error.findings
    found = _codes(finding.code for finding in faults)
    if faults or case.expected.faults:
        expected = _codes(case.expected.faults)
        same = found == expected
        differences = () if same else (Difference("faults", expected, found),)
        return Checked(case, differences, tuple(faults))
    values = () if result is None else tuple(_differences(case.expected, result))
    return Checked(case, values)


def _differences(expected: Expected, result: Result) -> Iterator[Difference]:
    for what, wanted, found in _compared(expected, result):
        if wanted != found:
            yield Difference(what, wanted, found)


def _compared(expected: Expected, result: Result) -> Iterator[tuple[str, Told, Told]]:
    """Everything that the case names: what it is, what is expected, and what was found."""
    for name, figure in expected.figures.items():
        yield name, figure, _figure(result, name)
    if expected.band is not None:
        yield "band", expected.band, result.band
    if expected.bands is not None:
        yield "bands", _bands(expected.bands), _bands(result.bands)
    if expected.complete is not None:
        yield "complete", _truth(expected.complete), _truth(result.total.complete)
    for code, state in expected.states.items():
        yield f"states.{code}", state, result.node(code).state
    yield from _points(expected, result)
    yield from _standards(expected, result)
    if expected.findings is not None:
        found = _codes(finding.code for finding in result.findings)
        yield "findings", _codes(expected.findings), found


def _points(expected: Expected, result: Result) -> Iterator[tuple[str, Told, Told]]:
    """The points of criteria, of parts, and of bonus and penalty."""
    for code, points in expected.criteria.items():
        yield f"criteria.{code}", points, result.node(code).points
    for partition, parts in expected.parts.items():
        outcomes = result.parts.get(partition, {})
        for part, points in parts.items():
            outcome = outcomes.get(part)
            yield f"parts.{partition}.{part}", points, outcome.points if outcome else None
    for block, points in expected.adjustments.items():
        low, high = result.blocks.get(block, NOTHING)
        yield f"adjustments.{block}", points, low if low == high else None


def _standards(expected: Expected, result: Result) -> Iterator[tuple[str, Told, Told]]:
    """How many standards are met, not met and not yet known."""
    found = standards_of(result)
    for name, count in expected.standards.items():
        told = None if found is None else Fraction(len(getattr(found, name)))
        yield f"standards.{name}", count, told


def _figure(result: Result, name: str) -> Fraction | None:
    """A figure of the whole; percentages as the scheme prints them."""
    total = result.total
    if name == "index":
        return _exact(result.index)
    if name in ("low", "high"):
        return _exact(result.printed(getattr(total, name)))
    figure: Fraction | None = getattr(total, name)
    return figure


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _codes(codes: Iterator[str] | Sequence[str]) -> str | None:
    return ", ".join(sorted(codes)) or None


def _bands(bands: Sequence[str | None]) -> str | None:
    return " | ".join(band or "unknown" for band in bands) or None


def _truth(value: bool) -> str:
    return "true" if value else "false"
