"""Standards, which are met or not and give no points: counted, and listed by their codes."""

from typing import Final

from msgspec import Struct

from parindex.rules.base import RefusedError
from parindex.scheme.scheme import Criterion
from parindex.scoring.result import Node, Result
from parindex.values.facts import State

_APART: Final = "not_applicable"


class Standards(Struct, frozen=True):
    """The codes of the standards that apply: those met, not met, and not yet known."""

    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many apply."""
        return len(self.met) + len(self.not_met) + len(self.unknown)


def is_standard(node: Node) -> bool:
    """Whether it is met or not, in place of points."""
    return node.criterion is not None and node.criterion.scored_by.has_standard


def standards_alone(criterion: Criterion) -> bool:
    """Whether all that is below a criterion is met or not, in place of points."""
    return all(leaf.scored_by.has_standard for leaf in criterion.leaves())


def is_met(result: Result, node: Node) -> bool | None:
    """Whether a standard is met; None where that is not known, or where it does not apply.

    What has no evidence is not met.
    """
    if node.criterion is None or node.state == _APART:
        return None
    if node.state == "no_evidence":
        return False
    if node.entry is None or isinstance(node.entry.fact, State):
        return None
    try:
        return result.rules.of(node.criterion).met(node.entry.fact)
    except RefusedError:  # it may not be told under this rule, and a finding says why
        return None


def standards_of(result: Result, code: str = "") -> Standards | None:
    """The standards below a criterion, or with an empty code of the whole; None without any.

    Those that do not apply count neither way.
    """
    scheme = result.scheme
    areas = (scheme.by_code[code],) if code else scheme.criteria
    leaves = [leaf.code for area in areas for leaf in area.leaves() if leaf.scored_by.has_standard]
    if not leaves:
        return None
    nodes = [node for node in map(result.node, leaves) if node.state != _APART]
    by = {None: "unknown", True: "met", False: "not_met"}
    found: dict[str, list[str]] = {name: [] for name in by.values()}
    for node in nodes:
        found[by[is_met(result, node)]].append(node.code)
    return Standards(**{name: tuple(codes) for name, codes in found.items()})
