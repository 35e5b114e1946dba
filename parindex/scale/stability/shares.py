"""Shares of the sources in a variance: the estimators of Saltelli et al. and of Jansen.

A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto, S. Tarantola: Variance based sensitivity
analysis of model output, Computer Physics Communications 181 (2010), table 2: (b) for the first
order, (f), which is Jansen's (1999), for the total. The OECD/JRC Handbook on Constructing
Composite Indicators (2008), step 7, takes such shares of the mean shift of ranks and of single ranks.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import sqrt
from typing import Any, Final

import numpy as np

from parindex.analysis.stability import Share, Source

_DIGITS: Final = Decimal("0.001")


def shares_of(one: Any, other: Any, mixed: Mapping[Source, Any]) -> dict[Source, list[Share]]:
    """The shares of each source, for each column of outputs.

    Args:
        one: outputs of the first matrix of draws, rows × columns.
        other: outputs of the second.
        mixed: for each source outputs of the first matrix with that source of the second.
    """
    one, other = one.astype(np.float64), other.astype(np.float64)
    mean = (one.mean(axis=0) + other.mean(axis=0)) / 2
    one, other = one - mean, other - mean
    spread = (one**2 + other**2) / 2
    variance = spread.mean(axis=0)
    found = {}
    for source, output in mixed.items():
        changed = output - mean
        first = _ratio(other * (changed - one), spread, variance)
        total = _ratio((one - changed) ** 2 / 2, spread, variance)
        found[source] = [
            Share(*each) if varies else Share()
            for varies, *each in zip(variance > 0, *first, *total, strict=True)
        ]
    return found


def _ratio(terms: Any, spread: Any, variance: Any) -> tuple[list[Decimal], list[Decimal]]:
    """The mean of the terms over the variance, and its standard error."""
    safe = np.where(variance > 0, variance, 1)
    ratio = terms.mean(axis=0) / safe
    error = (terms - ratio * spread).std(axis=0) / safe / sqrt(len(terms))
    return [_told(each) for each in ratio], [_told(each) for each in error]


def _told(value: Any) -> Decimal:
    """Three decimals, which is more than draws can tell; a share of 0 has no sign."""
    return Decimal(repr(float(value))).quantize(_DIGITS) + 0
