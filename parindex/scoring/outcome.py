"""What scoring finds out about a criterion, a part or the whole: its state, and points."""

from fractions import Fraction
from typing import Literal, NamedTuple

from parindex.values.exact import ZERO

NodeState = Literal[
    "scored", "zero", "partial", "not_applicable", "no_evidence", "unknown", "included"
]
"""`partial`: some of what is below is not yet known. `included`: no score of its
own, but the points are part of those given for a criterion above."""


class Outcome(NamedTuple):
    """What scoring found out about one criterion, in exact points.

    `points` is None where nothing is known. `excluded` is the part of the
    maximum that does not apply, below 0 where that of others moved here, and
    `unassessed` the part not yet known; each is None where its size is not known.
    What is left of the maximum is assessed. `below` is how many points what is not
    known can still take away, where leaves may go below 0.
    """

    state: NodeState
    points: Fraction | None
    excluded: Fraction | None = ZERO
    unassessed: Fraction | None = ZERO
    below: Fraction = ZERO
