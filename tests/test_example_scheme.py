"""The example scheme with every kind of rule, and the service index of decision 766."""

from decimal import Decimal
from fractions import Fraction

import pytest

from parindex.api import load_scheme, read_scorecards, score
from parindex.findings import InputError
from parindex.rules import KINDS
from parindex.scheme.catalog import find_scheme, index
from parindex.scorecard.scorecard import Entry
from parindex.scoring.result import Result
from parindex.values.facts import Answers, Ratio, State, Value
from tests.support import ROOT, card

SCHEME = load_scheme(ROOT / "examples" / "schemes" / "departments-2024.yaml")
[CARD] = read_scorecards(ROOT / "examples" / "departments-2024.yaml", SCHEME)
LEAVES = [criterion for _, criterion in SCHEME.walk() if not criterion.children]


@pytest.fixture(scope="module")
def result() -> Result:
    return score(CARD, SCHEME)


class TestExample:
    """A complete scheme in the size and shape of real ones, which says that it is none."""

    def test_size(self) -> None:
        depths = [depth for depth, _ in SCHEME.walk()]
        assert [depths.count(depth) for depth in (1, 2, 3)] == [8, 37, len(LEAVES)]
        assert len(LEAVES) >= 88
        assert all(criterion.name.en for _, criterion in SCHEME.walk())

    def test_every_kind_of_rule_is_used(self) -> None:
        items = [item for block in SCHEME.adjustments for item in block.items]
        used = {leaf.rule.kind if leaf.rule else "points" for leaf in [*LEAVES, *items]}
        others = load_scheme(ROOT / "examples" / "schemes" / "printed-rules-2026.yaml").leaves
        assert used | {leaf.scored_by.kind for leaf in others} == KINDS.keys()

    def test_every_leaf_has_an_origin_and_every_area_an_office(self) -> None:
        assert len(SCHEME.origins) == len(LEAVES)
        assert all(area.lead for area in SCHEME.criteria)
        assert [leaf.code for leaf in LEAVES if leaf.requires and leaf.evidence]

    def test_it_is_no_official_scheme(self) -> None:
        assert SCHEME.status == "example"
        assert "không phải phụ lục của quyết định nào" in (SCHEME.note or "")
        assert SCHEME.id not in [listed.id for listed in index()]

    @pytest.mark.parametrize(
        ("code", "points"),
        [
            ("1.1.1", "1/2"),
            ("1.1.3", "3/4"),
            ("1.2.1", "3/4"),
            ("1.3.1", "1"),
            ("1.3.2", "1/2"),
            ("1.4.2", "1/2"),
            ("1.5.1", "119/75"),
            ("2.1.1", "9/5"),
            ("2.3.1", "1/4"),
            ("3.3.3", "3/4"),
            ("4.1.2", "6/5"),
            ("8.2.1", "1"),
            ("8.4.1", "39/32"),
        ],
    )
    def test_points_by_hand(self, result: Result, code: str, points: str) -> None:
        assert result.node(code).points == Fraction(points)

    def test_the_whole(self, result: Result) -> None:
        assert (result.index, result.band) == (Decimal("81.61"), "Tốt")
        assert result.total.applicable_max == 99
        assert result.node("3.4.3").state == "no_evidence"
        assert result.node("6.3.2").state == "not_applicable"
        assert result.node("3.4.2").state == "scored"

    @pytest.mark.parametrize(("profile", "maximum"), [("no-procedures", 81), ("no-survey", 70)])
    def test_profiles(self, profile: str, maximum: int) -> None:
        off = card({}, profile=profile)
        assert score(off, SCHEME).total.applicable_max == maximum

    def test_unknown_survey_leaves_a_range(self) -> None:
        known = {
            code: entry
            for code, entry in CARD.scores.items()
            if not isinstance(entry.fact, Answers)
        }
        total = score(card(known), SCHEME).total
        assert (total.percent, total.outcome.unassessed) == (None, 20)


class TestServiceIndex:
    """Items with a target give rate ÷ target of their points; nothing unknown is filled in."""

    SCHEME = load_scheme("vn-766-service-index")

    def points(self, code: str, entry: Entry) -> Fraction | None:
        return score(card({code: entry}, year=2026), self.SCHEME).node(code).points

    @pytest.mark.parametrize(
        ("code", "rate", "points"),
        [
            ("3.5", "40", "1"),
            ("3.5", "80", "2"),
            ("4.2", "79", "3.95"),
            ("5.4", "10", "6"),
            ("5.4", "55", "3"),
        ],
    )
    def test_targets(self, code: str, rate: str, points: str) -> None:
        fact = Value(Decimal(rate), is_percent=True)
        assert self.points(code, Entry(fact)) == Fraction(points)

    def test_what_is_only_watched_leaves_nothing_unknown(self) -> None:
        result = score(card({"2.1": "20"}, year=2026), self.SCHEME)
        assert (result.node("progress").state, result.node("2.2").state) == ("scored", "unknown")

    def test_no_target_is_made_up(self) -> None:
        without = [c.code for _, c in self.SCHEME.walk() if not c.children and c.rule is None]
        assert without == [
            "1.1",
            "1.2",
            "1.3",
            "1.4",
            "2.1",
            "full",
            "3.1",
            "3.3",
            "3.5b",
            "3.6",
            "4.1",
            "certified_copy",
            "4.4",
            "4.5b",
            "4.5a",
            "5.2",
            "5.3",
        ]
        with pytest.raises(InputError):
            self.points("3.6", Entry(Ratio(Decimal(1), Decimal(2))))

    def test_no_level_and_year_lead_to_it(self) -> None:
        with pytest.raises(InputError) as caught:
            find_scheme(None, "department", 2026, "Đắk Lắk")
        assert caught.value.findings[0].code == "P210"


class TestStatesAreKeptApart:
    """Each of the five states of a leaf is told as itself, in the same sheet."""

    def test_five_states(self) -> None:
        states = {
            "1.1.1": Entry(State("unknown")),
            "2.2.1": Entry(State("no_evidence")),
            "2.3.2": Entry(State("not_applicable")),
            "2.4.1": "0",
            "3.1.1": "0.5",
        }
        found = score(card(states), SCHEME)
        told = [found.node(code).state for code in states]
        assert told == ["unknown", "no_evidence", "not_applicable", "zero", "scored"]
