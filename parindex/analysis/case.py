"""A case: an input, and what must come of it. Compared without any margin."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.result import NodeState
from parindex.values.finding import Finding, Place


class Expected(Struct, frozen=True):
    """What a case says of its result; what it leaves out is None or empty and not compared.

    `figures` are those of the whole, by the name that the JSON result has for
    them; `final` is the points with bonus and penalty. `states` and `criteria`
    (points) are by code, `parts` by partition and part, `adjustments` by block.
    In `bands` None stands for one that is not known. `findings` and `faults`
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
