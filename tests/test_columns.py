"""Scoring by columns gives the digits of the row engine, ties included."""

from typing import Any

import pytest

pl = pytest.importorskip("polars")
nw = pytest.importorskip("narwhals")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from parindex.scale.columns.frame import score_frame  # noqa: E402
from tests.columns_support import exactly, frame, rows_of, schemes, shown, told, units  # noqa: E402


class TestLikeTheRowEngine:
    """Points, index and band of random units under random schemes are those of the row engine."""

    @settings(
        deadline=None,
        max_examples=60,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(data=st.data(), binary=st.booleans())
    def test_random(self, data: Any, binary: bool) -> None:
        scheme = data.draw(schemes())
        found = [data.draw(units(scheme)) for _ in range(8)]
        results = exactly(found, scheme)
        kept = [(each, result) for each, result in zip(found, results, strict=True) if result]
        if not kept or not any(each for each, _ in kept):
            return
        table = frame(rows_of([each for each, _ in kept], scheme), binary=binary)
        scored = score_frame(table, scheme)
        for row, (_, result) in zip(scored.rows(named=True), kept, strict=True):
            assert told(row) == shown(result)
