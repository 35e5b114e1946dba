"""Bonus and penalty of a result, for each of its views."""

from collections.abc import Iterator

from parindex.scheme.scheme import Adjustment
from parindex.scoring.result import Node, Range, Result
from parindex.values.language import N_, Language

_KINDS = {"bonus": N_("Bonus"), "penalty": N_("Penalty")}
BEFORE = N_("Before bonus and penalty")


def reported(result: Result) -> Iterator[tuple[Adjustment, Range, list[Node]]]:
    """The blocks of which the scorecard says something, and the items that it names."""
    for block in result.scheme.adjustments:
        codes = [item.code for item in block.items if item.code in result.scorecard.scores]
        if codes and block.id in result.blocks:
            yield block, result.blocks[block.id], [result.node(code) for code in codes]


def called(block: Adjustment, say: Language) -> str:
    """The name of a block, else what kind it is."""
    return say(_KINDS[block.kind]) if block.name is None else say.name(block.name)
