"""What looks wrong in a scorecard: raw counts, rates, dates and stages, as laws and edges."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.lint import lint
from parindex.analysis.lint.context import LintContext
from parindex.analysis.lint.counts import contradictions, printed_rate
from parindex.api import read_scorecards, score, write_scorecard
from parindex.findings import InputError
from parindex.scorecard.scorecard import Entry
from parindex.values.counts import About, Counts, Tally
from parindex.values.exact import percent, rounded
from parindex.values.facts import Points, Ratio
from tests.support import area, card, scheme

ABOUT: list[About] = ["", "over", "nearly"]
numbers = st.integers(0, 1000)
tallies = st.builds(Tally, numbers, st.sampled_from(ABOUT))
SCHEME = scheme(criteria=[area("1", "4"), area("2", "6", rule={"kind": "ratio"})])


def codes(counts: Counts) -> list[str]:
    """The findings of counts of a whole scorecard."""
    look = LintContext(card({"1": "4"}, counts=counts), None, None, ())
    return [finding.code for finding in contradictions(look)]


def of(**counts: Any) -> Counts:
    """Counts from numbers and tallies."""
    return {name: Tally(n) if isinstance(n, int) else n for name, n in counts.items()}


class TestCounts:
    """Counts are at fault only if no figures that they can mean hold together."""

    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            (of(received=100, settled=100), []),
            (of(received=100, settled=101), ["P605"]),
            (of(received=100, carried_over=0, settled=101), ["P608"]),
            (of(received=100, carried_over=1, settled=101), []),
            (of(received=Tally(100, "over"), settled=999), []),
            (of(received=Tally(100, "nearly"), settled=101), ["P605"]),
            (of(received=100, settled=Tally(100, "over")), ["P605"]),
            (of(settled=100, on_time=98, late=2), []),
            (of(settled=100, on_time=98, late=1), ["P608"]),
            (of(settled=100, on_time=98, late=3), ["P608"]),
            (of(settled=100, early=90, on_time=8, late=2), []),
            (of(settled=100, early=90, late=2), []),
            (of(settled=0, late=1), ["P608"]),
            (of(on_time=98, late=1), []),
            (of(all=10, new=11), ["P608"]),
            ({"procedures": of(all=10, new=6, amended=5)}, ["P608"]),
            ({"procedures": of(all=10, new=6, amended=3)}, []),
            ({"here": of(received=1, settled=2), "there": of(received=2, settled=1)}, ["P605"]),
            (of(services=543, used=600), []),  # nothing is known of how these two stand
        ],
    )
    def test_edges(self, counts: Counts, expected: list[str]) -> None:
        assert codes(counts) == expected

    @given(st.dictionaries(st.sampled_from("abc"), tallies), tallies)
    def test_parts_fit_or_do_not(self, parts: dict[str, Tally], whole: Tally) -> None:
        """A group has a finding just if the fewest that its parts can be are more than the most of all."""
        fewest = sum(part.least for part in parts.values())
        fits = whole.most is None or fewest <= whole.most
        assert codes({"group": {"all": whole, **parts}}) == ([] if fits else ["P608"])

    @given(numbers, numbers, numbers)
    def test_counts_that_were_counted_have_no_finding(
        self, early: int, on_time: int, late: int
    ) -> None:
        settled = early + on_time + late
        told = of(early=early, on_time=on_time, late=late, settled=settled, received=settled)
        assert codes(told) == []


class TestRates:
    """A printed rate is that of its counts if it is their quotient rounded, or cut off, to its digits."""

    @given(st.integers(1, 1000), st.integers(0, 1000), st.integers(0, 4))
    def test_a_rounded_rate_is_right_and_one_beside_it_wrong(
        self, whole: int, part: int, digits: int
    ) -> None:
        ratio = Ratio(Decimal(min(part, whole)), Decimal(whole))
        rate = percent(Fraction(ratio.part), Fraction(ratio.whole))
        for mode in ("half-up", "down"):
            assert wrong(ratio, rounded(rate, digits, mode)) == []
        step = Decimal(1).scaleb(-digits)
        assert wrong(ratio, rounded(rate, digits) + 2 * step) == ["P604"]

    def test_nothing_is_said_of_a_whole_of_0(self) -> None:
        assert wrong(Ratio(Decimal(0), Decimal(0)), Decimal(100)) == []


def wrong(ratio: Ratio, published: Decimal) -> list[str]:
    """The findings of a rate beside a ratio."""
    entry = Entry(ratio, published=published)
    look = LintContext(card({"2": entry}), SCHEME.by_code["2"], entry, ("scores", "2"))
    return [finding.code for finding in printed_rate(look)]


class TestScorecard:
    """A scorecard is looked at whole; codes that the scheme lacks, or that were not read, are passed over."""

    def test_passed_over(self) -> None:
        late = of(settled=1, late=2)
        entry = Entry(Points(Decimal(1)), counts=late)
        sheet = card({"9": entry, "1": entry, "2": entry})
        found = [(finding.code, finding.where) for finding in lint(sheet, SCHEME, None)]
        assert found == [("P608", "1"), ("P608", "2")]
        assert [f.where for f in lint(sheet, SCHEME, None, frozenset("1"))] == ["2"]

    def test_a_leaf_whose_code_is_misspelt_is_not_left_out(self) -> None:
        assert list(lint(card({"1": "4", "2.9": "3"}), SCHEME, None)) == []
        assert [f.where for f in lint(card({"8": "4"}), SCHEME, None)] == ["1", "2"]

    def test_left_out_only_where_leaves_are_scored(self) -> None:
        assert [f.where for f in lint(card({"1": "4"}), SCHEME, None)] == ["2"]
        assert [f.code for f in lint(card({}), SCHEME, None)] == ["P609"]
        assert list(lint(card({"1": "4"}, total=Decimal(9)), SCHEME, None)) == []


class TestForm:
    """Counts are read as whole numbers of 0 or more, with the source's word, and written back so."""

    TEXT = (
        "unit: X\nyear: 2024\nscores:\n"
        "  1: {points: 4, counts: {settled: 694611, about: over 33300}}\n"
        "  2: {ratio: [1, 3], published: 33.3%}\n"
        "counts: {drafts: nearly 30, procedures: {all: 1.234.567, new: over 370}}\n"
    )

    def test_round_trip(self, tmp_path: Path) -> None:
        file, again = tmp_path / "a.yaml", tmp_path / "b.yaml"
        file.write_text(self.TEXT, encoding="utf-8")
        [one] = read_scorecards(file, SCHEME)
        again.write_text(write_scorecard([one]), encoding="utf-8")
        [other] = read_scorecards(again, SCHEME)
        assert (
            one.counts
            == other.counts
            == {
                "drafts": Tally(30, "nearly"),
                "procedures": {"all": Tally(1234567), "new": Tally(370, "over")},
            }
        )
        assert one.scores == other.scores
        assert one.scores["2"].published == Decimal("33.3")

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("[1, 2]", "P110"),
            ("{a: [1]}", "P110"),
            ("{a: many}", "P110"),
            ("{a: over}", "P110"),
            ("{a: about 3}", "P110"),
            ("{a: 1.5}", "P110"),
            ("{a: }", "P110"),
            ("{a: {b: {c: 1}}}", "P110"),
            ("{a: -1}", "P203"),
            ("{a: 694.611}", "P112"),
            (f"{{a: {'1' * 50}}}", "P111"),
        ],
    )
    def test_refused(self, tmp_path: Path, text: str, code: str) -> None:
        file = tmp_path / "a.yaml"
        for place in (
            f"scores: {{1: 4}}\ncounts: {text}",
            f"scores: {{1: {{points: 4, counts: {text}}}}}",
        ):
            file.write_text(f"unit: X\nyear: 2024\n{place}\n", encoding="utf-8")
            with pytest.raises(InputError) as caught:
                read_scorecards(file, SCHEME)
            assert [finding.code for finding in caught.value.findings] == [code]


class TestSumsOfWhatIsKnown:
    """A sum that would make what is not yet known 0 is told; one that says more, or of all, is not."""

    SCHEME = scheme(criteria=[area("1", "4", area("1.1", "1"), area("1.2", "3")), area("2", "6")])

    @pytest.mark.parametrize(
        ("scores", "total", "where"),
        [
            ({"1": "0.5", "1.1": "0.5", "1.2": "unknown", "2": "4"}, None, ["1"]),
            ({"1": "0.5", "1.1": "0.5", "2": "4"}, None, ["1"]),
            ({"1": "1.5", "1.1": "0.5", "2": "4"}, None, []),
            ({"1": "0.5", "2": "4"}, None, []),
            ({"1.1": "0.5", "1.2": "0", "1": "0.5", "2": "4"}, None, []),
            ({"1.1": "0.5", "2": "4"}, "4.5", [""]),
            ({"1.1": "0.5", "2": "4"}, "5", []),
            ({"1.1": "0.5", "1.2": "0", "2": "4"}, "4.5", []),
            ({}, "4.5", []),
        ],
    )
    def test_told(self, scores: dict[str, str], total: str | None, where: list[str]) -> None:
        given = card(scores, total=None if total is None else Decimal(total))
        found = lint(given, self.SCHEME, score(given, self.SCHEME))
        assert [each.where for each in found if each.code == "P615"] == where
