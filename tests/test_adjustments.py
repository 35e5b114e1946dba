"""Bonus and penalty: blocks beside the criteria, with caps of their own."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Published
from parindex.scoring import score
from parindex.scoring.result import Range, Result
from parindex.values.facts import Count
from tests.support import ROOT, area, call, card, scheme

BLOCKS = [
    {
        "id": "bonus",
        "kind": "bonus",
        "cap": "2",
        "items": [area("T1", "1.5"), area("T2", "1", rule={"kind": "count", "each": "0.5"})],
    },
    {"id": "penalty", "kind": "penalty", "items": [area("P1", "3")]},
]
BANDS = [
    {
        "years": [2024],
        "by": "points",
        "steps": [{"name": "A", "from": "9"}, {"name": "B", "from": "0"}],
    }
]


def adjusted(**fields: Any) -> Scheme:
    return scheme(adjustments=BLOCKS, bands=BANDS, **fields)


def scored(**changes: Any) -> Result:
    return score(card({"1": "3", "2": "5", **changes}), adjusted())


class TestBlocks:
    """A bonus is added, a penalty taken off, each up to its cap; lost points are those before."""

    @pytest.mark.parametrize(
        ("changes", "index"),
        [
            ({}, "80"),
            ({"T1": "1"}, "90"),
            ({"T1": "1.5", "T2": "1"}, "100"),
            ({"P1": "0.5"}, "75"),
            ({"P1": "3", "T1": "1"}, "60"),
            ({"P1": "0"}, "80"),
            ({"T1": "not_applicable"}, "80"),
            ({"T1": "no_evidence"}, "80"),
        ],
    )
    def test_index(self, changes: dict[str, str], index: str) -> None:
        result = scored(**changes)
        assert result.index == Decimal(index)
        assert (result.total.points, result.total.lost) == (8, 2)

    def test_items_have_rules(self) -> None:
        result = scored(T2=Entry(Count(1)))
        assert (result.index, result.node("T2").points) == (85, Fraction(1, 2))

    @pytest.mark.parametrize(
        ("clamp", "areas", "changes", "index"),
        [
            (True, ("4", "6"), {"T1": "1"}, 100),
            (False, ("4", "6"), {"T1": "1"}, 110),
            (True, ("0", "1"), {"P1": "3"}, 0),
            (False, ("0", "1"), {"P1": "3"}, -20),
        ],
    )
    def test_the_total_stays_within_the_maximum_unless_the_scheme_says_otherwise(
        self, clamp: bool, areas: tuple[str, str], changes: dict[str, str], index: int
    ) -> None:
        under = adjusted(clamp=clamp)
        result = score(card({"1": areas[0], "2": areas[1], **changes}), under)
        assert result.index == index

    def test_the_clamp_is_at_the_maximum_that_applies(self) -> None:
        result = score(card({"1": "4", "2": "not_applicable", "T1": "1"}), adjusted())
        assert (result.index, result.total.final) == (100, 4)

    def test_unknown_is_a_range(self) -> None:
        result = scored(T1="unknown", P1="1")
        assert result.blocks == {"bonus": Range(Fraction(0), Fraction(3, 2)), "penalty": (-1, -1)}
        assert (result.index, result.total.low, result.total.high) == (None, 70, 85)

    def test_the_cap_holds_for_what_is_unknown_too(self) -> None:
        assert scored(T1="unknown", T2="1").total.high == 100

    def test_bands_by_points_and_published_totals_count_them(self) -> None:
        assert (scored().band, scored(T1="1").band) == ("B", "A")
        published = Published(total=Decimal(9), index=Decimal(90))
        result = score(card({"1": "3", "2": "5", "T1": "1"}, published=published), adjusted())
        assert result.findings == ()

    @given(*[st.integers(0, 6).map(lambda halves: Fraction(halves, 2))] * 3)
    def test_an_independent_computation(self, t: Fraction, more: Fraction, p: Fraction) -> None:
        one, two = min(t, Fraction(3, 2)), min(more, Fraction(1))
        changes = {"T1": str(Decimal(one.numerator) / one.denominator)}
        changes |= {"T2": str(Decimal(two.numerator) / two.denominator)}
        changes |= {"P1": str(Decimal(p.numerator) / p.denominator)}
        expected = min(Fraction(10), max(Fraction(0), 8 + min(Fraction(2), one + two) - p))
        assert scored(**changes).total.percent == expected * 10


class TestViews:
    """Every view shows them in their place."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[str, ...]:
        under = tmp_path / "scheme.json"
        tree = adjusted().model_dump(by_alias=True, exclude_none=True, mode="json")
        under.write_text(json.dumps(tree), encoding="utf-8")
        unit = tmp_path / "unit.yaml"
        unit.write_text(
            "unit: X\nyear: 2024\nlevel: department\nscores: {1: 3, 2: 5, T2: {count: 1}, P1: 1}\n",
            encoding="utf-8",
        )
        return ("score", str(unit), "--scheme", str(under))

    def test_table(self, files: tuple[str, ...]) -> None:
        lines = [line.split() for line in call(*files, "--depth", "2").out.splitlines()]
        assert [line[:3] for line in lines[4:5]] == [["Before", "bonus", "and"]]
        assert ["bonus", "Bonus", "0.50", "2.00", "–", "–"] in lines
        assert ["T2", "Tiêu", "chí", "T2", "0.50", "1.00", "–", "–"] in lines
        assert ["penalty", "Penalty", "-1.00", "–", "–", "–"] in lines
        assert ["Total", "7.50", "10.00", "75.00", "########..", "2.00"] in lines

    def test_json(self, files: tuple[str, ...]) -> None:
        [result] = json.loads(call(*files, "--format", "json").out)["results"]
        bonus, penalty = result["adjustments"]
        assert (bonus["points"], penalty["points"], penalty["kind"]) == (0.5, -1, "penalty")
        assert bonus["items"][0]["working"] == "1 × 0.5 = 0.5"
        assert (result["points"], result["percent"], result["lost"]) == (8, 75, 2)

    def test_json_fits_its_schema(self, files: tuple[str, ...]) -> None:
        from jsonschema import Draft202012Validator

        found = json.loads(call(*files, "--format", "json").out)
        schema = json.loads((ROOT / "schemas" / "result.json").read_text("utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(found)) == []

    def test_csv_reads_back(self, files: tuple[str, ...], tmp_path: Path) -> None:
        table = tmp_path / "table.csv"
        table.write_text(call(*files, "--format", "csv").out, encoding="utf-8")
        again = call("score", str(table), *files[2:], "--format", "ndjson")
        [one] = [json.loads(line) for line in again.out.splitlines()]
        assert (again.err, one["points"], one["percent"]) == ("", 8, 75)


class TestBar:
    """A bar has from none to ten letters, whatever a bonus or penalty makes of a percentage."""

    @pytest.mark.parametrize(("kind", "letters"), [("bonus", "#" * 10), ("penalty", "." * 10)])
    def test_without_bound(self, kind: str, letters: str, tmp_path: Path) -> None:
        made, file = tmp_path / "scheme.yaml", tmp_path / "card.yaml"
        head = "id: g\ntitle: {vi: x}\nstatus: example\nlevel: department\nyears: [2024]\nmax: 1\n"
        item = "{code: T, name: {vi: b}, max: 100000000000}"
        made.write_text(
            f"{head}clamp: false\ncriteria: [{{code: '1', name: {{vi: a}}, max: 1}}]\n"
            f"adjustments: [{{id: b, kind: {kind}, items: [{item}]}}]\n",
            encoding="utf-8",
        )
        file.write_text(
            "unit: X\nyear: 2024\nscores: {'1': 1, T: 100000000000}\n", encoding="utf-8"
        )
        ran = call("score", str(file), "--scheme", str(made))
        assert ran.code == 0
        [total] = [line for line in ran.out.splitlines() if "Total" in line]
        assert total.split()[-2] == letters
        assert call("rank", str(file), "--scheme", str(made)).code == 0
