"""Lost points: where they were lost, in groupings that all add up to the same sum.

The whole is taken apart into pieces that do not overlap: the deepest criteria
(or parts of a partition) of which the points are known, and for each one above
them what it lost beyond them. Every grouping puts the same kind of pieces
together, so its sum is the assessed maximum − points of the whole.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from parindex.scheme.scheme import MAX_DEPTH, ORIGIN
from parindex.scoring.result import Node, Result
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import ZERO, add, percent, to_text
from parindex.values.fields import Name
from parindex.values.groups import grouped

LossesBy = Literal["leaf", "criterion", "area", "origin", "lead"]
_DEPTHS: Final = {"leaf": None, "criterion": 2, "area": 1}


class Loss(Struct, frozen=True):
    """One line: exact points lost, and of which assessed maximum.

    `key` is a criterion's code, a part's id or an office; empty for what cannot
    be separated. `rest` says that lines below it are listed on their own, and this
    is what is left. `index` is lost ÷ the applicable maximum of the whole, in
    percent: so many points of the index. `running` is the share of all lost
    points down to this line, in percent. `pieces` are the deepest lines in it.
    """

    key: str
    name: Name | None
    max: Fraction
    lost: Fraction
    rest: bool = False
    index: Fraction | None = None
    running: Fraction | None = None
    pieces: tuple["Loss", ...] = ()

    @property
    def points(self) -> Fraction:
        """What was reached of the maximum."""
        return self.max - self.lost

    def __repr__(self) -> str:
        return brief(self, self.key or None, f"{to_text(self.lost)} of {to_text(self.max)} points")


class Losses(AsData, Struct, frozen=True):
    """All lines of one grouping, the largest loss first; `lost` is their sum.

    `unknown` is the part of the applicable maximum that is not yet known, which
    is neither reached nor lost. All are None where the maximum is not known.
    """

    result: Result
    by: LossesBy
    lines: tuple[Loss, ...]
    max: Fraction | None
    lost: Fraction | None
    unknown: Fraction | None

    @property
    def total(self) -> Loss:
        """All lines together, also those that lost nothing: what is known of the whole.

        `max` is the applicable maximum less what is not yet known, `lost` is that less the points.
        """
        most, lost = (add(getattr(line, key) for line in self.lines) for key in ("max", "lost"))
        return Loss("", None, most, lost, index=self.index)

    @property
    def index(self) -> Fraction | None:
        """What is lost of the index, in percent: 100 − the index before bonus and penalty."""
        return None if self.lost is None or not self.max else percent(self.lost, self.max)

    def __repr__(self) -> str:
        lost = None if self.lost is None else f"{to_text(self.lost)} points lost"
        return brief(self, *self.result.said, f"by {self.by}", f"{len(self.lines)} lines", lost)


class Pool(Struct, frozen=True):
    """Criteria without a maximum of their own: what they have together, and lost there, in points."""

    codes: tuple[str, ...]
    max: Fraction
    lost: Fraction


def pools(result: Result) -> Iterator[Pool]:
    """Criteria without a maximum beside others that have one, where all of them are known."""
    areas = (result.total, _areas(result))
    walked = ((node, _children(result, node)) for _, node in result.walk(MAX_DEPTH))
    for node, children in (areas, *walked):
        codes = tuple(child.code for child in children if child.max is None)
        if not codes or len(codes) == len(children) or not node.complete:
            continue
        if node.lost is None or node.applicable_max is None:
            continue
        most = node.applicable_max - add(child.applicable_max or ZERO for child in children)
        lost = node.lost - add(child.lost or ZERO for child in children)
        if most > 0:
            yield Pool(codes, most, lost)


def losses(result: Result, by: LossesBy = "leaf") -> Losses:
    """Where a unit lost its points, the largest loss first.

    As `parindex.losses`, which checks what it is given.
    """
    total = result.total
    whole = total.applicable_max
    if total.lost is None or whole is None:
        return Losses(result, by, (), None, None, None)
    if by == "origin" and ORIGIN in result.parts:
        lines = _pieces(total, _parts(result, None), lambda node: _parts(result, node.code))
    else:
        pieces = _pieces(total, _areas(result), lambda node: _children(result, node))
        lines = _grouped(result, by, pieces)
    lines = sorted(lines, key=lambda line: (line.lost <= 0, -line.lost))
    ordered = _with_shares(lines, whole, total.lost)
    return Losses(result, by, ordered, whole, total.lost, total.outcome.unassessed)


def _areas(result: Result) -> list[Node]:
    return [result.node(area.code) for area in result.scheme.criteria]


def _children(result: Result, node: Node) -> list[Node]:
    children = node.criterion.children if node.criterion else ()
    return [result.node(child.code) for child in children]


def _parts(result: Result, within: str | None) -> list[Node]:
    """The parts directly within another one, or within none."""
    inside = {part.id for part in result.scheme.partitions[ORIGIN] if part.within == within}
    return [node for node in result.part_nodes(ORIGIN) if node.code in inside]


def _pieces(
    node: Node, children: Iterable[Node], below: Callable[[Node], Sequence[Node]]
) -> list[Loss]:
    """The pieces of what a node lost: those of its children, and what is left of its own.

    Where the children's maxima are more than what applies, because a source
    states only that of the whole, nothing can be separated. Where rounding on
    the way has given points back, so much less is lost below, the most first.
    """
    pieces = [piece for child in children for piece in _pieces(child, below(child), below)]
    lost, maximum = node.lost, node.assessed_max
    if lost is None or maximum is None:
        return pieces
    if pieces:
        whole = Loss(node.code, node.name, maximum, lost)
        lost -= add(piece.lost for piece in pieces)
        maximum -= add(piece.max for piece in pieces)
        if maximum < 0:
            return [whole]
    if lost < 0:
        pieces, lost = _given_back(pieces, -lost), ZERO
    if lost or maximum:
        pieces.append(Loss(node.code, node.name, maximum, lost, rest=bool(pieces)))
    return pieces


def _given_back(pieces: Sequence[Loss], points: Fraction) -> list[Loss]:
    """The pieces with so many points less lost, the largest loss first and none below 0."""
    found = list(pieces)
    for number in sorted(range(len(found)), key=lambda number: -found[number].lost):
        less = min(points, found[number].lost)
        found[number] = replace(found[number], lost=found[number].lost - less)
        points -= less
    return found


def _grouped(result: Result, by: LossesBy, pieces: Sequence[Loss]) -> list[Loss]:
    """The pieces put together under what they belong to, in the scheme's order."""
    if by == "leaf":
        return list(pieces)
    groups = grouped(pieces, lambda piece: _key(result, by, piece))
    return [_together(result, by, key, group) for key, group in groups.items()]


def _together(result: Result, by: LossesBy, key: str, group: Sequence[Loss]) -> Loss:
    by_code = result.scheme.by_code
    name = by_code[key].name if by in _DEPTHS and key else None
    if by == "origin":
        parts = result.scheme.partitions.get(ORIGIN, ())
        name = next((part.name for part in parts if part.id == key), None)
    lost, most = add(piece.lost for piece in group), add(piece.max for piece in group)
    rest = by in _DEPTHS and any(piece.rest and piece.key == key for piece in group)
    whole = rest and bool(key) and result.node(key).lost == lost
    pieces = tuple(sorted(group, key=lambda piece: -piece.lost))
    return Loss(key, name, most, lost, rest=rest and not whole, pieces=pieces)


def _key(result: Result, by: LossesBy, piece: Loss) -> str:
    """The code, part or office that a piece is counted under; empty where there is none."""
    if not piece.key:
        return ""
    if by in _DEPTHS:
        return result.scheme.lineage(piece.key)[::-1][: _DEPTHS[by]][-1].code
    return result.scheme.inherited(piece.key, "origin" if by == "origin" else "lead") or ""


def _with_shares(lines: Iterable[Loss], whole: Fraction, lost: Fraction) -> tuple[Loss, ...]:
    found: list[Loss] = []
    running = ZERO
    for line in lines:
        running += line.lost
        share = percent(running, lost) if lost else None
        pieces = tuple(_shared(piece, whole) for piece in line.pieces)
        found.append(replace(_shared(line, whole), running=share, pieces=pieces))
    return tuple(found)


def _shared(line: Loss, whole: Fraction) -> Loss:
    return replace(line, index=percent(line.lost, whole) if whole else None)
