"""Where points come from: the partition `origin`, added up from the leaves."""

from fractions import Fraction
from typing import Any

import pytest

from parindex.findings import InputError
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.scoring import score
from tests.support import area, card, scheme

PARTS = [
    {"id": "appraised", "max": "6"},
    {"id": "survey", "max": "4"},
    {"id": "sipas", "max": "3", "within": "survey"},
    {"id": "leaders_survey", "max": "1", "within": "survey"},
]


def split(**fields: Any) -> Scheme:
    """Area 1 is appraised but for 1.2; of area 2 all but 2.1 is the citizens' index."""
    return scheme(
        partitions={"origin": PARTS},
        criteria=[
            area(
                "1",
                "4",
                area("1.1", "3"),
                area("1.2", "1", origin="leaders_survey"),
                origin="appraised",
            ),
            area("2", "6", area("2.1", "3", origin="appraised"), area("2.2", "3", origin="sipas")),
        ],
        **fields,
    )


LEAVES = {"1.1": "3", "1.2": "0.5", "2.1": "2", "2.2": "2.5"}


def parts(scores: dict[str, str], **fields: Any) -> dict[str, Fraction | None]:
    found = score(card(scores, **fields), split()).parts.get("origin", {})
    return {id_: outcome.points for id_, outcome in found.items()}


class TestSums:
    """A part is the sum of the leaves that come from it or from a part within it."""

    def test_from_leaves(self) -> None:
        assert parts(LEAVES) == {
            "appraised": 5,
            "survey": 3,
            "sipas": Fraction(5, 2),
            "leaders_survey": Fraction(1, 2),
        }

    def test_unknown_leaves_a_part_partial(self) -> None:
        result = score(card({**LEAVES, "2.2": "unknown"}), split())
        told = {id_: outcome.state for id_, outcome in result.parts["origin"].items()}
        assert told == {
            "appraised": "scored",
            "survey": "partial",
            "sipas": "unknown",
            "leaders_survey": "scored",
        }

    def test_areas_only_say_nothing_of_origins(self) -> None:
        assert parts({"1": "3", "2": "5"}) == {}

    def test_given_parts_that_agree(self) -> None:
        given = {"origin": {"appraised": "5", "survey": "3"}}
        assert parts(LEAVES, parts=numbers(given)) == parts(LEAVES)

    def test_given_parts_that_disagree(self) -> None:
        given = numbers({"origin": {"appraised": "4", "survey": "4"}})
        with pytest.raises(InputError) as caught:
            score(card(LEAVES, parts=given), split())
        told = [(finding.code, finding.where) for finding in caught.value.findings]
        assert told == [("P204", "appraised"), ("P204", "survey")]

    def test_given_parts_hold_where_leaves_are_unknown(self) -> None:
        given = numbers(
            {"origin": {"appraised": "5", "survey": "3", "sipas": "2.5", "leaders_survey": "0.5"}}
        )
        assert parts({"1": "3.5", "2": "4.5"}, parts=given)["sipas"] == Fraction(5, 2)


def numbers(given: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    from decimal import Decimal

    return {name: {id_: Decimal(p) for id_, p in each.items()} for name, each in given.items()}


class TestProof:
    """The leaves of a part add up to its maximum."""

    def test_sound(self) -> None:
        assert prove(split()) == []

    def test_sums(self) -> None:
        other = [
            {**PARTS[0], "max": "5"},
            {**PARTS[1], "max": "5"},
            PARTS[2],
            {**PARTS[3], "max": "2"},
        ]
        tree = {**split().model_dump(by_alias=True), "partitions": {"origin": other}}
        told = [(finding.code, finding.where) for finding in prove(Scheme.model_validate(tree))]
        assert told == [("P302", id_) for id_ in ("appraised", "survey", "leaders_survey")]
