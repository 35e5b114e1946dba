"""What if: a scorecard with some scores changed, scored anew, and what moved by it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.raisable import holds
from parindex.analysis.rank_among import Peers
from parindex.findings import InputError
from parindex.rules.base import RefusedError, UndecidedError
from parindex.scheme.scheme import Criterion
from parindex.scheme.unknown_code import told_of
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.reported import points_of
from parindex.scoring.result import Node, Result
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    INCLUDED_IN_PARENT,
    NEGATIVE_NUMBER,
    NOT_A_DECIMAL,
    UNKNOWN_CODE,
)
from parindex.values.exact import difference, to_decimal_or_none, to_text
from parindex.values.facts import Fact, Figures, Points, State
from parindex.values.finding import Finding


class Shift(Struct, frozen=True):
    """More or fewer points than now, whatever the rule."""

    points: Decimal


Change = Fact | Shift
"""What a scenario reports for a criterion instead, or by how many points it changes it."""


class Move(Struct, frozen=True):
    """A criterion that is not as before, or with an empty code the whole.

    `why`: its own score was `set`; the `guard` that it requires opened or shut;
    or only something `below` it moved.
    """

    before: Node
    after: Node
    why: Literal["set", "guard", "below"]
    guard: str = ""

    @property
    def change(self) -> Fraction | None:
        """By how many points; None where they are not known before or after."""
        return difference(self.after.final, self.before.final)

    def __repr__(self) -> str:
        return brief(
            self, self.after.code or None, self.why, f"{self.before.said} → {self.after.said}"
        )


class Simulation(AsData, Struct, frozen=True):
    """A scenario: the result before and after, and every move, in the scheme's order.

    The last move is that of the whole, which is there even where it did not move. `peers` are
    the units among which its place is told, and `name` is that of the scenario.
    """

    before: Result
    after: Result
    changes: Mapping[str, Change]
    moves: tuple[Move, ...]
    peers: Peers = Peers()
    name: str | None = None

    def __repr__(self) -> str:
        return brief(
            self, *self.before.said, f"{len(self.changes)} changes", f"→ {self.after.index} %"
        )


def simulate(result: Result, changes: Mapping[str, Change]) -> Simulation:
    """Score a scorecard anew with some scores changed.

    A total that was given, parts, and points of criteria above a change are left
    out where they follow from the scores below; published figures too.

    Args:
        result: the present result.
        changes: by code a fact as the criterion's rule takes it, a state, or a shift; of
            figures by name those that it does not name stay as they are.

    Raises:
        InputError: P201 no such code, P202 or P203 a shift beyond 0…maximum, P221
            the criterion is part of points that were given above it, P222 a shift of
            points that are not known; or what scoring finds.
    """
    changes = {code: _whole(result, code, change) for code, change in changes.items()}
    faults = [fault for code in changes for fault in _faults(result, code, changes[code])]
    if faults:
        raise InputError(faults)
    after = score(_changed(result, changes), result.scheme, result.asked_stage, result.best)
    moved = tuple(_moves(result, after, changes))
    return Simulation(result, after, dict(changes), moved)


def _whole(result: Result, code: str, change: Change) -> Change:
    """A change of some figures with the others as they were reported."""
    entry = result.scorecard.entry(code, result.asked_stage)
    if isinstance(change, Figures) and entry is not None and isinstance(entry.fact, Figures):
        return Figures({**entry.fact.figures, **change.figures})
    return change


def _faults(result: Result, code: str, change: Change) -> Iterator[Finding]:
    scheme = result.scheme
    if code not in scheme.by_code:
        yield Finding(UNKNOWN_CODE, code, told_of(scheme, code))
        return
    for above in scheme.lineage(code)[1:]:
        if holds(result, above) or _says_more(result, above):
            yield Finding(INCLUDED_IN_PARENT, code, {"other": above.code})
            return
    if not isinstance(change, Shift):
        yield from _refused(result, code, change)
        return
    node = result.node(code)
    present = None if node.points is None or not node.complete else to_decimal_or_none(node.points)
    if present is None:
        yield Finding(
            NOT_A_DECIMAL, code, {} if node.points is None else {"found": to_text(node.points)}
        )
        return
    lowest, most = result.rules.limits(scheme.by_code[code])
    told = {"found": f"{present:f} {change.points:+f}"}
    if most is not None and (lowest or present + change.points > most):
        told["expected"] = f"{to_text(lowest)}…{to_text(most)}"
    if present + change.points < lowest:
        yield Finding(NEGATIVE_NUMBER, code, told)
    elif most is not None and present + change.points > most:
        yield Finding(ABOVE_MAXIMUM, code, told)


def _refused(result: Result, code: str, fact: Fact) -> Iterator[Finding]:
    criterion = result.scheme.by_code[code]
    if isinstance(fact, State) or any(code in each.moves_to for each in result.scheme.moving):
        return  # what it may have hangs on the others, and is told when all is scored anew
    try:
        points_of(criterion, result.rules.of(criterion), fact)
    except UndecidedError:
        return
    except RefusedError as refused:
        yield Finding(refused.code, code, refused.parameters)


def _says_more(result: Result, criterion: Criterion) -> bool:
    """Whether a state is also that of criteria below which the scheme does not list."""
    fact = result.node(criterion.code).fact
    if not isinstance(fact, State) or fact.state == "unknown":
        return False
    return not all(each.complete for _, each in criterion.walk() if each.children)


def _changed(result: Result, changes: Mapping[str, Change]) -> Scorecard:
    """The scorecard with the changes, and without sums that they make untrue.

    A state of a criterion above becomes that of the others below it.
    """
    card, stage = result.scorecard, result.asked_stage
    scores = dict(card.scores)
    above = {each.code for code in changes for each in result.scheme.lineage(code)[1:]}
    for _, criterion in result.scheme.walk():
        fact = result.node(criterion.code).fact
        if not criterion.children or fact is None or criterion.code in changes:
            continue
        if not isinstance(fact, State):
            if not holds(result, criterion):
                del scores[criterion.code]
        elif criterion.code in above:
            del scores[criterion.code]
            states = _spread(result, criterion, fact, changes)
            scores |= {code: _entry(fact, stage) for code in states if fact.state != "unknown"}
    for code, change in changes.items():
        scores[code] = _entry(_fact(result, code, change), stage)
    card = replace(card, scores=scores, published=None, places=None)
    return replace(card, total=None, parts={}) if result.basis == "scores" else card


def _spread(
    result: Result, criterion: Criterion, fact: State, changes: Mapping[str, Change]
) -> Iterator[str]:
    """The leaves that have a state from above only, without those below a change."""
    for child in criterion.children:
        node = result.node(child.code)
        off = node.state == "not_applicable" and fact.state != "not_applicable"
        if child.code in changes or node.entry is not None or off:
            continue
        if child.children:
            yield from _spread(result, child, fact, changes)
        else:
            yield child.code


def _entry(fact: Fact, stage: Stage | None) -> Entry:
    entry = Entry(fact, stage=stage)
    return replace(entry, stages={stage: entry}) if stage else entry


def _fact(result: Result, code: str, change: Change) -> Fact:
    if not isinstance(change, Shift):
        return change
    present = to_decimal_or_none(result.node(code).points or Fraction(0)) or Decimal(0)
    return Points(present + change.points)


def _moves(before: Result, after: Result, changes: Mapping[str, Change]) -> Iterator[Move]:
    items = (item for block in before.scheme.adjustments for item in block.items)
    criteria = (criterion for _, criterion in before.scheme.walk())
    moved: dict[str, tuple[Node, Node]] = {}
    for criterion in (*criteria, *items):
        one, other = before.node(criterion.code), after.node(criterion.code)
        if one.outcome != other.outcome or criterion.code in changes:
            moved[criterion.code] = one, other
    for code, (one, other) in moved.items():
        if code in changes:
            yield Move(one, other, "set")
            continue
        guards = (each.requires for each in before.scheme.lineage(code))
        guard = next((each for each in guards if each in moved), None) or ""
        below = before.scheme.by_code[code].children
        leaf = not any(each.code in moved for child in below for _, each in child.walk())
        yield Move(one, other, "guard" if guard and leaf else "below", guard if leaf else "")
    yield Move(before.total, after.total, "below")
