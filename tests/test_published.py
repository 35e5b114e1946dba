"""Published figures: reproduced from published parts, and doubted where they disagree."""

from decimal import Decimal

import pytest

from parindex.api import read_scorecards, score
from parindex.scorecard.scorecard import Published
from parindex.scoring import score as score_under
from tests.support import EXAMPLE, ROOT, area, card, scheme


class TestSocTrang2018:
    """Sóc Trăng 2018: eight areas and the index as the Ministry published them."""

    def test_total_and_band(self) -> None:
        [scorecard] = read_scorecards(EXAMPLE)
        result = score(scorecard)
        assert (result.total.points, result.index, result.band) == (
            Decimal("78.35"),
            Decimal("78.35"),
            "B",
        )
        assert result.findings == ()

    def test_every_area(self) -> None:
        [scorecard] = read_scorecards(ROOT / "seeds" / "soc-trang-2018.yaml")
        result = score(scorecard)
        shares = [result.printed(node.percent) for _, node in result.walk() if node.percent]
        printed = "88.11 90.90 80.69 78.58 77.78 61.28 70.74 83.03"
        assert " ".join(map(str, shares)) == printed
        assert scorecard.published is not None
        assert [str(v) for v in scorecard.published.percent.values()] == printed.split()
        assert result.findings == ()


class TestBound:
    """With n rounded parts a printed total may differ by (n + 1) half units, and no more."""

    TWO = scheme(max="100", criteria=[area("1", "40"), area("2", "60")])

    @pytest.mark.parametrize(
        ("published", "codes"),
        [
            ("88.64", []),
            ("88.65", ["P402"]),
            ("88.63", ["P402"]),
            ("88.655", ["P402"]),
            ("88.66", ["P401"]),
            ("87.64", ["P401"]),
        ],
    )
    def test_index(self, published: str, codes: list[str]) -> None:
        scorecard = card(
            {"1": "30.14", "2": "58.50"}, published=Published(index=Decimal(published))
        )
        result = score_under(scorecard, self.TWO)
        assert [finding.code for finding in result.findings] == codes

    def test_an_area_counts_its_own_part_only(self) -> None:
        figures = Published(percent={"1": Decimal("75.36"), "2": Decimal("97.52")})
        result = score_under(card({"1": "30.14", "2": "58.50"}, published=figures), self.TWO)
        assert [(f.code, f.where) for f in result.findings] == [("P402", "1"), ("P401", "2")]

    def test_total_points_and_band(self) -> None:
        bands = [
            {"years": [2024], "steps": [{"name": "A", "from": "80"}, {"name": "B", "from": "0"}]}
        ]
        banded = scheme(max="100", criteria=[area("1", "40"), area("2", "60")], bands=bands)
        wrong = Published(total=Decimal(88), band="B", points={"1": Decimal("30.1")})
        result = score_under(card({"1": "30.14", "2": "58.50"}, published=wrong), banded)
        assert [f.code for f in result.findings] == ["P401", "P401", "P403"]

    def test_what_cannot_be_computed_is_said(self) -> None:
        figures = Published(index=Decimal(80), points={"7": Decimal(1)}, band="A")
        result = score_under(card({"1": "30.14"}, published=figures), self.TWO)
        assert [f.code for f in result.findings] == ["P404", "P201", "P404"]
