"""Parts of a scorecard: put together they are the whole, and nothing is decided for the offices."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.office.merge.merge_tables import conflict_findings
from parindex.office.merge.merging import Merged, Part, merge
from parindex.office.merge.splitting import part_by_lead
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Evidence, Published, Scorecard, Stage
from parindex.values.counts import Tally
from parindex.values.facts import UNKNOWN, Answers, Items, Points, Ratio
from parindex.values.language import language
from tests.merge_support import bare, headed, part
from tests.support import area, scheme

TREE = scheme(
    criteria=[
        area("1", "4", area("1.1", "2"), area("1.2", "2"), lead="Văn phòng"),
        area("2", "6", area("2.1", "3", lead="Tư pháp"), area("2.2", "3")),
    ],
    adjustments=[{"id": "bonus", "kind": "bonus", "items": [area("T1", "1", lead="Tư pháp")]}],
    profiles={"small": ["2.2"]},
)


def told(merged: Merged) -> list[tuple[str, str, str]]:
    """Each conflict as where, what the first part gives, and what another one does."""
    found = conflict_findings(merged, language("en"))
    return [(f.where, f.parameters["expected"], f.parameters["found"]) for f in found]


def points(text: str, stage: Stage | None = None, **said: Any) -> Entry:
    return Entry(Points(Decimal(text)), stage=stage, **said)


def staged(stage: Stage, text: str, reason: str | None = None, **said: Any) -> Entry:
    inner = points(text, stage, reason=reason)
    return Entry(inner.fact, stage=stage, stages={stage: inner}, reason=reason, **said)


class TestWhole:
    """Merged, the parts of a scorecard are that scorecard again, whatever it holds and in any order."""

    @given(headed(), st.randoms(use_true_random=False))
    def test_merge_of_split(self, case: tuple[Scheme, Scorecard], random: Any) -> None:
        under, card = case
        parts = [Part(lead, each, lead or None) for lead, each in part_by_lead(card, under).items()]
        random.shuffle(parts)
        merged = merge(parts, under)
        assert merged.card is not None
        assert bare(merged.card) == bare(card)

    @given(headed())
    def test_a_part_given_twice_changes_nothing(self, case: tuple[Scheme, Scorecard]) -> None:
        under, card = case
        merged = merge([Part("a", card), Part("b", card)], under)
        assert merged.card is not None
        again = merge([Part("c", merged.card), Part("a", card)], under)
        assert again.card is not None
        assert bare(again.card) == bare(merged.card)
        assert merged.card.scores == card.scores

    @given(headed())
    def test_each_row_has_one_office(self, case: tuple[Scheme, Scorecard]) -> None:
        under, card = case
        parts = part_by_lead(card, under)
        codes = [code for each in parts.values() for code in each.scores]
        assert sorted(codes) == sorted(card.scores)
        assert {leaf.lead or "" for leaf in under.leaves} <= parts.keys()


class TestEntries:
    """What parts say of one row goes together, unless they report different scores."""

    @pytest.mark.parametrize(
        ("one", "other", "whole"),
        [
            ("1.5", "1.50", "1.5"),
            ("unknown", "1.5", "1.5"),
            (points("1", note="x"), Entry(UNKNOWN, note="y"), points("1", note="x\ny")),
            (points("1", note="x\ny"), points("1", note="y"), points("1", note="x\ny")),
            (
                points("1", evidence=(Evidence("1"), Evidence("2"))),
                points("1", evidence=(Evidence("2"), Evidence("3"))),
                points("1", evidence=(Evidence("1"), Evidence("2"), Evidence("3"))),
            ),
            (
                points("1", counts={"a": Tally(1)}),
                points("1", counts={"b": Tally(2)}),
                points("1", counts={"a": Tally(1), "b": Tally(2)}),
            ),
            (
                points("1", reason="r"),
                staged("appraised", "0.5", "s"),
                Entry(
                    Points(Decimal("0.5")),
                    stage="appraised",
                    reason="s",
                    stages={
                        "self": points("1", "self", reason="r"),
                        "appraised": points("0.5", "appraised", reason="s"),
                    },
                ),
            ),
            (
                staged("self", "1", note="n"),
                Entry(UNKNOWN, stage="appraised", stages={"appraised": Entry(UNKNOWN)}, note="m"),
                staged("self", "1", note="n\nm"),
            ),
        ],
    )
    def test_together(self, one: Any, other: Any, whole: Any) -> None:
        merged = merge([part("a", {"1.1": one}), part("b", {"1.1": other})], TREE)
        assert merged.card is not None
        assert merged.card.scores == part("", {"1.1": whole}).card.scores

    @pytest.mark.parametrize(
        ("one", "other", "differ"),
        [
            ("1", "1.5", ("1.1", "1 points", "1.5 points")),
            ("1", "no_evidence", ("1.1", "1 points", "no evidence")),
            ("1", staged("self", "2"), ("1.1", "1 points", "2 points")),
            (staged("final", "1"), staged("final", "2"), ("1.1", "1 points", "2 points")),
            (Entry(Ratio(Decimal(1), Decimal(2))), "1", ("1.1", "1/2", "1 points")),
            (
                points("1", counts={"a": Tally(1)}),
                points("1", counts={"a": Tally(2)}),
                ("1.1", "1", "2"),
            ),
            (
                points("1", published=Decimal(50)),
                points("1", published=Decimal(51)),
                ("1.1", "50", "51"),
            ),
        ],
    )
    def test_in_conflict(self, one: Any, other: Any, differ: tuple[str, str, str]) -> None:
        for first, second in permutations([(one, 1), (other, 2)]):
            parts = [part("a", {"1.1": first[0]}), part("b", {"1.1": second[0]})]
            merged = merge(parts, TREE)
            where, given_, found = differ
            expected = (where, given_, found) if first[1] == 1 else (where, found, given_)
            assert (merged.card, told(merged)) == (None, [expected])

    def test_the_order_of_items_and_answers_that_nobody_gave_say_nothing(self) -> None:
        for one, other in (
            (Items(("a", "b")), Items(("b", "a"))),
            (Answers({"A": 1, "B": 0}), Answers({"A": 1})),
        ):
            merged = merge([part("a", {"1.1": Entry(one)}), part("b", {"1.1": Entry(other)})], TREE)
            assert merged.conflicts == ()

    def test_each_other_part_is_told(self) -> None:
        parts = [part(name, {"1.1": text}) for name, text in zip("abcd", "1212", strict=True)]
        merged = merge(parts, TREE)
        assert told(merged) == [("1.1", "1 points", "2 points")] * 2

    def test_what_belongs_to_no_row(self) -> None:
        one = {"total": Decimal(5), "profile": "small", "published": Published(index=Decimal(50))}
        merged = merge([part("a", {}, **one), part("b", {}, published=Published(rank=3))], TREE)
        assert merged.card is not None
        assert merged.card.published == Published(index=Decimal(50), rank=3)
        assert (merged.card.total, merged.card.profile) == (5, "small")
        merged = merge([part("a", {}, **one), part("b", {}, total=Decimal(6))], TREE)
        assert told(merged) == [("total", "5", "6")]


class TestPlaces:
    """A value of the whole stands where the part that gave it has it."""

    def test_of_the_part_that_says_it(self) -> None:
        parts = [
            part("a", {"1.1": staged("self", "1")}),
            part("b", {"1.1": staged("appraised", "2"), "1.2": "1"}),
            part("c", {"1.1": "unknown"}),
        ]
        whole = merge(parts, TREE).card
        assert whole is not None
        assert whole.places is not None
        paths = [("scores", "1.1"), ("scores", "1.1", "self"), ("scores", "1.2"), ("unit",)]
        assert [str(whole.places.locate(path)) for path in paths] == ["b", "a", "b", "a"]


class TestStrangers:
    """A part of another unit, year, scheme or period is refused; the one that differs from most is named."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [("unit", "Sở B"), ("year", 2023), ("scheme", "other"), ("unit_id", "X"), ("group", "g")],
    )
    def test_named(self, field: str, value: Any) -> None:
        usual = {"unit_id": "U", "group": "h"}
        parts = [Part(name, part(name, {}, **usual).card) for name in "bc"]
        odd = {"scores": {}, "unit": "Thử", "year": 2024, "scheme": "example-test", **usual}
        for order in permutations([*parts, Part("a", Scorecard(**{**odd, field: value}))]):
            with pytest.raises(InputError) as caught:
                merge(order, TREE)
            [finding] = caught.value.findings
            assert (finding.code, finding.where, str(finding.place)) == ("P701", field, "a")

    def test_spelling_and_what_is_left_out(self) -> None:
        parts = [
            part("a", {}, unit="Sở Hoà  Bình", unit_id="U"),
            part("b", {}, unit="sở Hòa Bình", level="department"),
        ]
        merged = merge(parts, TREE)
        assert merged.card is not None
        assert (merged.card.unit_id, merged.card.level) == ("U", "department")


class TestDeliveries:
    """Who gave each leaf: alone or with what stands above it; an appraiser is no other office."""

    @staticmethod
    def by(parts: list[Part]) -> dict[str, str]:
        found = {}
        for each in merge(parts, TREE).deliveries:
            names = "".join(part.name for part in each.by) or ("-" if each.is_missing else "")
            others = "".join(part.name for part in each.others)
            found[each.criterion.code] = names + (f" not {each.lead}: {others}" if others else "")
        return found

    def test_by_whom(self) -> None:
        parts = [
            part("a", {"1": "3", "2.1": "2"}, office="Văn phòng"),
            part("b", {"2.1": staged("appraised", "1"), "2.2": "unknown"}, office="Nội vụ"),
        ]
        assert self.by(parts) == {
            "1.1": "a",
            "1.2": "a",
            "2.1": "ab not Tư pháp: a",
            "2.2": "-",
            "T1": "",
        }

    def test_what_a_profile_leaves_out_is_not_missing(self) -> None:
        assert self.by([part("a", {}, profile="small")]) == {
            "1.1": "-",
            "1.2": "-",
            "2.1": "-",
            "T1": "",
        }

    def test_twice_the_same(self) -> None:
        parts = [part("a", {"1.1": "1"}), part("b", {"1.1": "1", "1.2": "1"})]
        twice = [each.criterion.code for each in merge(parts, TREE).deliveries if each.is_twice]
        assert twice == ["1.1"]
