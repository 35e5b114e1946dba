"""Stages side by side: `parindex score --stages`."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from parindex.analysis.stages import Staged, by_stage, stage_means
from parindex.office.xlsx.headings import COLUMNS
from parindex.scorecard.entry_file import StagedForm
from parindex.scorecard.scorecard import Entry, Stage
from parindex.scoring import score
from parindex.values.facts import Points, State
from parindex.values.language import language
from parindex.values.stages import STAGE_WORDS, STAGES
from tests.support import area, call, card, scheme

TREE = scheme(
    criteria=[
        area("1", "4", area("1.1", "1"), area("1.2", "3")),
        area("2", "6", area("2.1", "2"), area("2.2", "4")),
    ],
    adjustments=[{"id": "bonus", "kind": "bonus", "items": [area("T", "1")]}],
)


def staged(text: str) -> Entry:
    """An entry from its stages as text: `self 1, appraised 0.5 because late`."""
    stages: dict[Stage, Entry] = {}
    for part in text.split(", "):
        score_, _, reason = part.partition(" because ")
        stage, _, points = score_.partition(" ")
        fact = State("unknown") if points == "unknown" else Points(Decimal(points))
        stages[stage] = Entry(fact, reason=reason or None, stage=stage)  # type: ignore[index,arg-type]
    last = list(stages)[-1]
    return Entry(stages[last].fact, stage=last, stages=stages)


WHOLE = {
    "1.1": staged("self 1, appraised 0.5 because late"),
    "1.2": staged("self 3, appraised 3"),
    "2.1": staged("self 2, appraised 1"),
    "2.2": staged("self 4, appraised 3 because no paper"),
}


def unit(name: str = "A", **changes: str) -> Staged:
    entries = {code.replace("_", ".").strip("."): staged(text) for code, text in changes.items()}
    return by_stage(score(card({**WHOLE, **entries}, unit=name), TREE))


class TestDifferences:
    """The last stage less the first, at every leaf, area and the whole; with the reason."""

    def test_every_level(self) -> None:
        one = unit()
        told = {code: one.difference(code) for code in ("1.1", "1.2", "1", "2", "")}
        half = Fraction(1, 2)
        assert told == {"1.1": -half, "1.2": 0, "1": -half, "2": -2, "": -5 * half}
        assert one.index_difference() == -25
        assert [one.reason(code) for code in ("1.1", "1.2", "2.2")] == ["late", None, "no paper"]

    def test_unknown_stays_unknown(self) -> None:
        one = unit(_2_2="appraised 3")
        assert one.nodes("2.2")["self"].state == "unknown"
        assert one.difference("2.2") is None
        assert (one.difference("2"), one.index_difference()) == (-1, None)
        assert one.nodes("2")["self"].complete is False

    def test_a_stage_that_says_unknown(self) -> None:
        assert unit(_2_2="self unknown, appraised 3").difference("2.2") is None

    def test_the_latest_reason_counts(self) -> None:
        one = unit(
            _1_1="self 1, appraised 0 because none, reappraised 0.5 because found, final 0.5"
        )
        assert (list(one.stages), one.reason("1.1")) == (
            ["self", "appraised", "reappraised", "final"],
            "found",
        )

    def test_bonus_counts_in_the_whole(self) -> None:
        one = unit(T="self 1, appraised 0.5")  # of itself 10 + 1, which stays at 10
        assert (one.difference("T"), one.difference("")) == (Fraction(-1, 2), -2)
        part = unit(_2_2="appraised 3", T="self 1, appraised 0.5")
        assert part.difference("") == -2

    def test_what_differs_is_shown_below_the_depth(self) -> None:
        assert [c.code for _, c in unit().shown(1)] == ["1", "1.1", "2", "2.1", "2.2"]


class TestMeans:
    """Means are of the units that are known at every stage, and say of how many."""

    def test_of_two(self) -> None:
        [means] = stage_means([unit("A"), unit("B", _1_1="self 1, appraised 1")], 1)
        assert means.points["1"] == (4, Fraction(15, 4))
        assert means.percents == (100, Fraction(155, 2))
        assert means.units[""] == 2

    def test_who_is_unknown_somewhere_is_left_out_there(self) -> None:
        [means] = stage_means([unit("A"), unit("B", _2_2="appraised 3")], 1)
        assert (means.units["1"], means.units["2"], means.units[""]) == (2, 1, 1)
        assert means.points["2"] == (6, 4)

    def test_nobody_is_known(self) -> None:
        [means] = stage_means([unit("A", _2_2="appraised 3"), unit("B", _2_2="self 3")], 1)
        assert (means.points["2"], means.units["2"], means.percents) == ((), 0, ())

    def test_one_unit_has_no_mean(self) -> None:
        assert list(stage_means([unit()], 1)) == []


CARDS = """\
unit: A
year: 2018
scores:
  1: {self: 9, appraised: {points: 8.5, reason: no paper}}
  2: {self: 10, appraised: 9}
---
unit: B
year: 2018
scores:
  1: {self: 8, appraised: 8}
  2: {appraised: 9.5}
"""


class TestCommand:
    """`--stages` shows it as a table, JSON and CSV."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> str:
        made = tmp_path / "two.yaml"
        made.write_text(CARDS, encoding="utf-8")
        return str(made)

    def test_table(self, file: str) -> None:
        lines = [line.split() for line in call("score", file, "--stages").out.splitlines()]
        assert lines[2][-6:] == ["9.00", "9.00", "8.50", "-0.50", "no", "paper"]
        assert any(line[:1] == ["Means"] for line in lines)
        assert any(line[-6:] == ["9.00", "8.50", "8.25", "-0.25", "units:", "2"] for line in lines)

    def test_json(self, file: str) -> None:
        found = json.loads(call("score", file, "--stages", "--format", "json").out)
        one, two, means = found["results"]
        assert found["format"] == "parindex-stages/1"
        assert one["criteria"][0]["points"] == {"self": 9, "appraised": 8.5}
        assert two["criteria"][1]["state"] == {"self": "unknown", "appraised": "scored"}
        assert two["criteria"][1]["points"] == {"self": None, "appraised": 9.5}
        assert (means["unit"], means["criteria"][0]["units"]) == (None, 2)

    def test_csv(self, file: str) -> None:
        lines = call("score", file, "--stages", "--format", "csv").out.splitlines()
        assert lines[1].startswith(",A,,2018,vn-province-2018,1,")
        assert lines[1].endswith(",9,9,8.5,,,-0.5,no paper")
        assert any(line.startswith(",,2,2018,vn-province-2018,1,") for line in lines)

    def test_without_stages(self, tmp_path: Path) -> None:
        plain = tmp_path / "plain.yaml"
        plain.write_text("unit: A\nyear: 2018\nscores: {1: 9}\n", encoding="utf-8")
        assert "names no stages" in call("score", str(plain), "--stages").out

    def test_not_with_one_stage(self, file: str) -> None:
        assert call("score", file, "--stages", "--stage", "self").code == 2


class TestOneList:
    """A stage is listed once; what has words or a place for each of them lacks none."""

    def test_every_stage_has_its_words_and_places(self) -> None:
        assert [*STAGE_WORDS] == [*STAGES]
        assert COLUMNS.keys() >= {*STAGES}
        fields = {field.alias or name for name, field in StagedForm.model_fields.items()}
        assert fields >= {*STAGES}
        for stage, words in STAGE_WORDS.items():
            heading = [language("vi")(words.points), words.points]
            assert [*COLUMNS[stage][:2]] == heading
