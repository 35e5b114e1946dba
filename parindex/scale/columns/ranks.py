"""Places among many units whose sums are near: equal ones share a place, and no two are swapped."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from parindex.scale.columns.arithmetic import above


def places(
    sums: NDArray[np.float64], error: Fraction, exactly: Callable[[int], Fraction]
) -> tuple[NDArray[np.int64], int]:
    """The place of each unit, the highest sum first; equal sums share the first place of them.

    Args:
        sums: of each unit, off by at most `error`.
        error: 0 where the sums are exact, in whole numbers.
        exactly: the exact sum of a unit by its number, asked only where others are too close.

    Returns:
        The places, and how many units were asked for exactly.
    """
    order = np.argsort(-sums, kind="stable")
    ordered = sums[order]
    is_first = np.ones(len(sums), dtype=bool)
    asked = 0
    if not error:
        is_first[1:] = ordered[1:] != ordered[:-1]
    else:
        close = ordered[:-1] - ordered[1:] <= above(2 * error)
        for start, end in _runs(close):
            values = {int(unit): exactly(int(unit)) for unit in order[start:end]}
            asked += len(values)
            in_order = sorted(values, key=lambda unit: (-values[unit], unit))
            order[start:end] = in_order
            for at, (one, other) in enumerate(pairwise(in_order), start + 1):
                is_first[at] = values[one] != values[other]
    numbers = np.arange(1, len(sums) + 1)
    found = np.empty(len(sums), dtype=np.int64)
    found[order] = np.maximum.accumulate(np.where(is_first, numbers, 0))
    return found, asked


def _runs(close: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From where to where units follow each other closely."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], close, [False])).astype(np.int8)))
    return [(int(start), int(end) + 1) for start, end in zip(edges[::2], edges[1::2], strict=True)]
