"""Bands: by printed figures, with closed, open and unknown edges."""

from decimal import Decimal
from typing import Any

import pytest

from parindex.scheme.band import BandSet


def bands(*steps: dict[str, Any]) -> BandSet:
    return BandSet.model_validate({"years": [2018], "steps": steps})


NATIONAL = bands(
    {"name": "A", "from": "80"},
    {"name": "B", "from": "75"},
    {"name": "C", "from": "70"},
    {"name": "D", "from": "0"},
)
UNKNOWN = bands(
    {"name": "Tốt", "from": "80"}, {"name": "Khá"}, {"name": "Trung bình"}, {"name": "Kém"}
)
BETWEEN = bands(
    {"name": "Tốt", "above": "80"},
    {"name": "Khá"},
    {"name": "Trung bình", "from": "60"},
    {"name": "Kém", "from": "0"},
)
OPEN = bands({"name": "A", "above": "90"}, {"name": "B", "from": "70"})


class TestOne:
    """A figure is in the first band whose lower edge it reaches."""

    @pytest.mark.parametrize(
        ("band_set", "figure", "names"),
        [
            (NATIONAL, "80.00", ("A",)),
            (NATIONAL, "79.99", ("B",)),
            (NATIONAL, "70", ("C",)),
            (NATIONAL, "0", ("D",)),
            (OPEN, "90", ("B",)),
            (OPEN, "90.01", ("A",)),
            (OPEN, "69.99", (None,)),
            (UNKNOWN, "80", ("Tốt",)),
            (UNKNOWN, "78.49", ("Khá", "Trung bình", "Kém", None)),
            (BETWEEN, "78.49", ("Khá", "Trung bình")),
            (BETWEEN, "49.07", ("Kém",)),
        ],
    )
    def test_of(self, band_set: BandSet, figure: str, names: tuple[str | None, ...]) -> None:
        assert band_set.of(Decimal(figure)) == names


class TestRange:
    """A range reaches every band from its highest to its lowest figure."""

    @pytest.mark.parametrize(
        ("low", "high", "names"),
        [
            ("76", "79", ("B",)),
            ("69", "81", ("A", "B", "C", "D")),
            ("74", "75", ("B", "C")),
        ],
    )
    def test_between(self, low: str, high: str, names: tuple[str, ...]) -> None:
        assert NATIONAL.between(Decimal(low), Decimal(high)) == names

    def test_below_all_known_edges_there_may_be_another(self) -> None:
        assert OPEN.between(Decimal(60), Decimal(95)) == ("A", "B", None)
