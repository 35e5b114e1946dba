"""Lost points: every grouping adds up, and nothing unknown is called lost."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given

import parindex
from parindex.analysis.losses import Loss, LossesBy, losses
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from tests.plan_support import cases
from tests.support import EXAMPLE, ROOT, area, call, card, run, scheme

GROUPINGS: tuple[LossesBy, ...] = get_args(LossesBy)
FORMATS = ("table", "json", "ndjson", "csv", "markdown")
WHOLE = (
    str(ROOT / "examples" / "departments-2024.yaml"),
    "--scheme",
    str(ROOT / "examples" / "schemes" / "departments-2024.yaml"),
)


def told(result: Any, by: LossesBy) -> dict[str, str]:
    """Each line as `lost of maximum`, in their order; what is left of a code ends with `*`."""
    lines = losses(result, by).lines
    return {f"{each.key}{'*' * each.rest}": f"{each.lost} of {each.max}" for each in lines}


class TestSums:
    """The lines of every grouping add up exactly to assessed maximum − points."""

    @given(cases())
    def test_any_scheme(self, case: tuple[Scheme, Scorecard]) -> None:
        result = score(case[1], case[0])
        total = result.total
        for by in GROUPINGS:
            found = losses(result, by)
            if total.lost is None:
                assert (found.lines, found.lost) == ((), None)
                continue
            assert sum(line.lost for line in found.lines) == total.lost == found.lost
            assert sum(line.max for line in found.lines) == total.assessed_max
            assert all(line.lost >= 0 and line.max >= 0 for line in found.lines)
            for line in found.lines:
                assert not line.pieces or sum(p.lost for p in line.pieces) == line.lost
            if total.lost:
                assert found.lines[-1].running == 100
            if total.complete and total.applicable_max:
                index = sum(line.index or 0 for line in found.lines)
                assert index == found.index == 100 - (total.percent or 0)

    @pytest.mark.parametrize("by", GROUPINGS)
    def test_a_stated_maximum_is_not_told_apart(self, by: LossesBy) -> None:
        areas = [area("1", "4", area("1.1", "4")), area("2", "6", area("2.1", "6"))]
        said = card({"1": "3", "2": "4"}, applicable_max=Decimal(8))
        found = losses(score(said, scheme(criteria=areas)), by)
        assert [(line.key, line.max, line.lost) for line in found.lines] == [("", 8, 1)]

    @pytest.mark.parametrize("mode", ["half-up", "down"])
    def test_what_rounding_gives_back_is_lost_nowhere(self, mode: str) -> None:
        tree = scheme(
            criteria=[area("1", "4", area("1.1", "1"), area("1.2", "3")), area("2", "6")],
            rounding={"index": 2, "mode": mode, "points": {"digits": 0, "at": "area"}},
        )
        result = score(card({"1.1": "0.9", "1.2": "2.7", "2": "6"}), tree)
        lines = losses(result, "leaf").lines
        assert all(line.lost >= 0 and line.max >= 0 for line in lines)
        assert sum(line.lost for line in lines) == (0 if mode == "half-up" else 1)

    @pytest.mark.parametrize("by", GROUPINGS)
    def test_the_whole_example(self, by: LossesBy) -> None:
        card_file, _, scheme_file = WHOLE
        used = parindex.load_scheme(scheme_file)
        [given_] = parindex.read_scorecards(card_file, used)
        result = parindex.score(given_, used)
        found = parindex.losses(result, by)
        assert sum(line.lost for line in found.lines) == result.total.lost
        assert sum(line.index or 0 for line in found.lines) == found.index


class TestLines:
    """The deepest criteria that are known, and what is left of those above them."""

    TREE = (
        area("1", "4", area("1.1", "3"), area("1.2", "1")),
        area("2", "6", area("2.1", "4", area("2.1.1", "1"), area("2.1.2", "3")), area("2.2", "2")),
    )

    @pytest.mark.parametrize(
        ("scores", "leaf", "area_"),
        [
            (
                {"1.1": "1", "1.2": "1", "2.1.1": "1", "2.1.2": "0", "2.2": "1.5"},
                {"2.1.2": "3 of 3", "1.1": "2 of 3", "2.2": "1/2 of 2"},
                {"2": "7/2 of 6", "1": "2 of 4"},
            ),
            (  # points of an area of which only one leaf is known
                {"1": "2.5", "1.1": "2", "2": "6"},
                {"1.1": "1 of 3", "1*": "1/2 of 1"},
                {"1": "3/2 of 4"},
            ),
            (  # unknown is neither reached nor lost
                {"1.1": "1", "2.1": "3"},
                {"1.1": "2 of 3", "2.1": "1 of 4"},
                {"1": "2 of 3", "2": "1 of 4"},
            ),
            (
                {"1": "not_applicable", "2": "5"},
                {"2": "1 of 6"},
                {"2": "1 of 6"},
            ),
        ],
    )
    def test_depth(
        self, scores: dict[str, str], leaf: dict[str, str], area_: dict[str, str]
    ) -> None:
        result = score(card(scores), scheme(criteria=self.TREE))
        lost = {
            by: {key: text for key, text in told(result, by).items() if text[0] != "0"}
            for by in ("leaf", "area")
        }
        assert lost == {"leaf": leaf, "area": area_}

    def test_only_the_total_is_known(self) -> None:
        result = score(card({}, total=Fraction(7)), scheme())
        assert told(result, "leaf") == told(result, "lead") == {"": "3 of 10"}

    def test_an_unknown_maximum_is_told_by_nobody(self) -> None:
        open_ = scheme(max=None, criteria=[area("1", "4"), area("2", None)])
        found = losses(score(card({"1": "1", "2": "3"}), open_))
        assert (found.lines, found.lost, found.index) == ((), None, None)

    def test_areas_without_a_maximum_are_not_told_apart(self) -> None:
        open_ = scheme(criteria=[area("1", "4"), area("2", None)])
        assert told(score(card({"1": "1", "2": "4"}), open_), "area") == {
            "1": "3 of 4",
            "*": "2 of 6",
        }

    def test_an_office_answers_for_what_is_below(self) -> None:
        tree = [
            area("1", "4", area("1.1", "3"), area("1.2", "1", lead="B"), lead="A"),
            area("2", "6"),
        ]
        result = score(card({"1.1": "1", "1.2": "0", "2": "6"}), scheme(criteria=tree))
        assert told(result, "lead") == {"A": "2 of 3", "B": "1 of 1", "": "0 of 6"}

    def test_parts_that_were_given(self) -> None:
        [cards] = [
            each
            for each in parindex.read_scorecards(ROOT / "seeds/published/components.yaml")
            if each.unit == "Hòa Bình"
        ]
        found: list[Loss] = list(parindex.losses(parindex.score(cards), "origin").lines)
        assert [(line.key, str(line.lost)) for line in found] == [
            ("appraised", "223/50"),
            ("leaders_survey", "183/50"),
            ("socio_economic", "109/50"),
            ("sipas", "181/100"),
        ]


class TestPools:
    """Criteria without a maximum of their own are told together, so that what was lost adds up."""

    CARD = """
unit: Huế
year: 2024
level: province
scores: {"1": 9, "2": 9, "3": 12, "4": 9, "5": 14, "6": 11, "7": 12.4, "8": 9}
"""

    def test_score(self) -> None:
        out = call("score", "-", given=self.CARD).out
        assert "6, 7: no own maximum, 25.5 in all, of which 2.10 points were lost." in out

    def test_losses_call_them_the_same(self) -> None:
        assert "6, 7: no own maximum  " in call("losses", "-", given=self.CARD).out

    def test_nothing_is_said_of_what_is_not_known(self) -> None:
        given = self.CARD.replace("12.4", "unknown")
        assert "no own maximum" not in call("score", "-", given=given).out

    def test_nothing_is_said_where_no_criterion_has_one(self) -> None:
        scores = ", ".join(f'"{code}": 9' for code in range(1, 9))
        card = f"unit: Huế\nyear: 2019\nlevel: province\nscores: {{{scores}}}\n"
        assert "no own maximum" not in call("score", "-", given=card).out


class TestCommand:
    """`parindex losses`: every format, the lists of offices, and what stands beside the losses."""

    @pytest.mark.parametrize("form", FORMATS)
    def test_formats(self, form: str) -> None:
        ran = call("losses", *WHOLE, "--by", "lead", "-f", form)
        assert (ran.code, ran.err) == (0, "")
        assert "Văn phòng Sở" in ran.out

    def test_data_holds_exact_sums(self) -> None:
        out = call("losses", EXAMPLE, "--by", "area", "-f", "json").out
        data = json.loads(out)
        [result] = data["results"]
        assert (data["format"], result["lost"], result["index"]) == (
            "parindex-losses/1",
            21.65,
            21.65,
        )
        assert [line["key"] for line in result["lines"]][:2] == ["6", "7"]

    def test_csv_names_the_office_of_each_leaf(self) -> None:
        out = call("losses", *WHOLE, "--by", "lead", "-f", "csv").out
        rows = list(csv.DictReader(io.StringIO(out)))
        assert {row["group"] for row in rows if row["code"].startswith("2")} == {
            "Phòng Pháp chế",
        }

    def test_bonus_and_unknown_stand_beside(self) -> None:
        assert "Bonus: 1.00 points, beside what was lost." in call("losses", *WHOLE).out
        small = (
            str(ROOT / "examples" / "small-2024.yaml"),
            "--scheme",
            str(ROOT / "examples" / "small-scheme.yaml"),
        )
        told_ = call("losses", *small).out
        assert "Not yet known, and neither reached nor lost: 3.00 points (2 Administrative" in told_

    def test_vietnamese(self) -> None:
        out = run("losses", EXAMPLE, "--lang", "vi").out
        assert "Điểm mất" in out
        assert "21,65" in out
