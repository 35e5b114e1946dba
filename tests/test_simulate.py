"""Scenarios: what is set, what moves by it, and nothing else."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.analysis.rank_among import Peers
from parindex.analysis.scenario import Shift, simulate
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring import score
from parindex.values.facts import Points, Ratio
from tests.plan_support import RULES, STATES, cases
from tests.support import EXAMPLE, ROOT, area, call, card, run, scheme

CARD = str(ROOT / "examples" / "departments-2024.yaml")
SCHEME = str(ROOT / "examples" / "schemes" / "departments-2024.yaml")
WHOLE = (CARD, "--scheme", SCHEME)
GUARDED = [
    area("1", "4", area("1.1", "1"), area("1.2", "3", requires="1.1")),
    area("2", "6"),
]


def moves(tree: list[dict[str, Any]], scores: dict[str, str], **changes: Any) -> dict[str, str]:
    """What moved by changes (`c1_2=…` is code 1.2): change and why, the total under an empty code."""
    facts = {code[1:].replace("_", "."): change for code, change in changes.items()}
    found = parindex.simulate(score(card(scores), scheme(criteria=tree)), facts)
    return {
        move.after.code: f"{move.change} {move.why} {move.guard}".strip() for move in found.moves
    }


SCORES = {"1.1": "1", "1.2": "2", "2": "5"}


class TestMoves:
    """A change moves the criterion, what stands behind it, and the sums above; nothing else."""

    def test_sums_above(self) -> None:
        assert moves(GUARDED, SCORES, c1_2="2.5") == {
            "1": "1/2 below",
            "1.2": "1/2 set",
            "": "1/2 below",
        }

    def test_a_guard_shuts(self) -> None:
        assert moves(GUARDED, SCORES, c1_1="0") == {
            "1": "-3 below",
            "1.1": "-1 set",
            "1.2": "-2 guard 1.1",
            "": "-3 below",
        }

    def test_a_guard_opens(self) -> None:
        assert moves(GUARDED, {**SCORES, "1.1": "0"}, c1_1="+0.5") == {
            "1": "5/2 below",
            "1.1": "1/2 set",
            "1.2": "2 guard 1.1",
            "": "5/2 below",
        }

    def test_what_leaves_the_maximum_moves_the_index(self) -> None:
        found = parindex.simulate(
            score(card(SCORES), scheme(criteria=GUARDED)), {"2": "not_applicable"}
        )
        assert (found.before.index, found.after.index) == (Decimal("80.00"), Decimal("75.00"))

    def test_sums_that_were_given_do_not_hold_it_back(self) -> None:
        result = score(card({"1": "3", "2": "5"}, total=Decimal(8)), scheme())
        assert parindex.simulate(result, {"1": "+1"}).after.total.points == 9

    @given(cases(), st.data())
    def test_as_if_it_had_been_reported(
        self, case: tuple[Scheme, Scorecard], data: st.DataObject
    ) -> None:
        made, given_ = case
        code = data.draw(st.sampled_from(sorted(given_.scores)))
        facts = RULES[made.by_code[code].rule.kind][1]  # type: ignore[union-attr]
        fact = data.draw(st.sampled_from((*facts, *STATES)))
        other = card({**given_.scores, code: Entry(fact)})
        found = simulate(score(given_, made), {code: fact})
        expected = score(other, made)
        assert found.after.outcomes == expected.outcomes
        moved = {move.after.code for move in found.moves}
        for each in made.by_code:
            same = found.before.node(each).outcome == found.after.node(each).outcome
            assert same or each in moved


class TestRefused:
    """A change that the scheme does not allow is told with its code; all of them at once."""

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"9": "1"}, "P201"),
            ({"2": "+1.5"}, "P202"),
            ({"2": "-5.5"}, "P203"),
            ({"2": "7"}, "P202"),
            ({"2": "x"}, "P110"),
            ({"1.1": "1"}, "P221"),
            ({"3": "+1"}, "P222"),
            ({"2": Shift(Decimal(2))}, "P202"),
            ({"2": Points(Decimal(-1))}, "P203"),
        ],
    )
    def test_code(self, change: dict[str, Any], code: str) -> None:
        tree = [area("1", "2", area("1.1", "1"), area("1.2", "1")), area("2", "6"), area("3", "2")]
        result = score(card({"1": "1.5", "2": "5"}), scheme(criteria=tree))
        with pytest.raises(parindex.InputError) as caught:
            parindex.simulate(result, change)
        assert [each.code for each in caught.value.findings] == [code]

    def test_a_third_of_a_point_is_not_shifted(self) -> None:
        tree = [area("1", "4", rule={"kind": "ratio"}), area("2", "6")]
        thirds = Entry(Ratio(Decimal(2), Decimal(3)))
        result = score(card({"1": thirds, "2": "1"}), scheme(criteria=tree))
        with pytest.raises(parindex.InputError, match=r"P222 1: .*found: 8/3"):
            parindex.simulate(result, {"1": "+0.5"})

    def test_all_at_once_with_their_places(self) -> None:
        options = ("9=3", "1.1.1=on_tine", "1.2.1=+3", "1.3.1=unknwon")
        ran = call("simulate", *WHOLE, *(word for each in options for word in ("--set", each)))
        told = sorted(line.split(": ")[0:2][0] for line in ran.err.splitlines())
        assert (ran.code, ran.out) == (2, "")
        assert told == ["--set 1.1.1", "--set 1.2.1", "--set 1.3.1", "--set 9"]

    @pytest.mark.parametrize(
        "options",
        [(), ("--set", "6"), ("--set", "6=1", "--set", "6=2"), ("--set", "6=1", "--unit", "Huế")],
    )
    def test_bad_usage(self, options: tuple[str, ...]) -> None:
        assert call("simulate", EXAMPLE, *options).code == 2


class TestRank:
    """The place is 1 + the units whose exact index is above; equals share it."""

    PEERS = Peers((Fraction(90), Fraction(80), Fraction(80), Fraction(70)))

    @pytest.mark.parametrize(
        ("index", "place"),
        [("91", 1), ("90", 1), ("89", 2), ("80", 2), ("79.99", 4), ("70", 4), ("1", 5)],
    )
    def test_place(self, index: str, place: int) -> None:
        assert self.PEERS.place(Fraction(index)) == place

    @pytest.mark.parametrize("place", [1, 2, 4, 5])
    def test_the_least_index_of_a_place(self, place: int) -> None:
        least, is_open = self.PEERS.least(place)
        assert not is_open
        assert self.PEERS.place(least) <= place
        assert not least or self.PEERS.place(least - Fraction(1, 1000)) > place

    def test_among_published_results(self) -> None:
        out = call("simulate", EXAMPLE, "--set", "6=+1.65", "--among", "2018", "-f", "json").out
        [result] = json.loads(out)["results"]
        assert result["after"]["band"] == "A"
        assert result["after"]["rank"]["best"] < result["before"]["rank"]["best"]
        assert result["among"]["of"] + result["among"]["unknown"] == 63

    def test_among_the_units_of_a_file(self, tmp_path: Path) -> None:
        one = Path(EXAMPLE).read_text(encoding="utf-8")
        better = one.replace("unit: Sóc Trăng", "unit: Hậu Giang").replace('"1": 7.93', '"1": 8.93')
        file = tmp_path / "two.yaml"
        file.write_text(f"{one}---\n{better}", encoding="utf-8")
        arguments = ("simulate", str(file), "--unit", "soc trang", "--set", "1=9")
        assert "Rank: 2 → 1 of 2" in call(*arguments).out
        assert call("simulate", str(file), "--set", "1=9").code == 2
        alone = ("simulate", EXAMPLE, "--set", "1=9", "--among", str(file))
        assert "Rank: 2 → 1 of 2" in call(*alone).out


def scenario(folder: Path) -> Path:
    """A scenario with its base beside it."""
    (folder / "base.yaml").write_bytes(Path(EXAMPLE).read_bytes())
    text = 'format: parindex-scenario/1\nname: thử\nbase: base.yaml\nset: {"6": 8, "7": 10}\n'
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return folder / "s.yaml"


class TestScenarioFile:
    """A saved scenario replays to the same figures; files that are not beside it are typed again."""

    def test_saved_and_replayed(self, tmp_path: Path) -> None:
        file = str(tmp_path / "scenario.yaml")
        options = ("--set", "1.1.3=48/50", "--set", "2.2.1=not_done", "--set", "1.4.1=+0.5")
        first = call("simulate", *WHOLE, *options, "--save", file, "-f", "json")
        again = call("simulate", *WHOLE, "--scenario", file, "-f", "json")
        assert (first.code, first) == (0, again)

    def test_no_file_elsewhere_is_opened(self, tmp_path: Path) -> None:
        file = str(tmp_path / "scenario.yaml")
        assert call("simulate", *WHOLE, "--set", "2.2.1=not_done", "--save", file).code == 0
        ran = call("simulate", "--scenario", file)
        assert (ran.code, "2:7: P101" in ran.err) == (2, True)

    def test_stage_and_decimal_mark_are_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "scenario.yaml"
        base = tmp_path / "base.csv"
        base.write_text(
            "unit;year;scheme;code;stage;points\n"
            "A;2018;vn-province-2018;1;self;8,125\nA;2018;vn-province-2018;1;final;7,125\n",
            encoding="utf-8",
        )
        options = ("--set", "2=6,125", "--stage", "self", "--decimal", "comma")
        first = call("simulate", str(base), *options, "--save", str(file), "-f", "json")
        again = call("simulate", "--scenario", str(file), "-f", "json")
        assert (first.code, first) == (0, again)
        assert "stage: self\ndecimal: comma\n" in file.read_text(encoding="utf-8")

    def test_what_is_read_and_typed_is_saved(self, tmp_path: Path) -> None:
        read, saved = scenario(tmp_path), tmp_path / "t.yaml"
        typed = ("--set", "6=9", "--save", str(saved))
        first = call("simulate", "--scenario", str(read), *typed, "-f", "json")
        [one] = json.loads(first.out)["results"]
        [other] = json.loads(call("simulate", "--scenario", str(saved), "-f", "json").out)[
            "results"
        ]
        assert one.pop("set").items() == other.pop("set").items()
        assert (first.code, one) == (0, other)

    def test_what_is_typed_wins(self, tmp_path: Path) -> None:
        file = scenario(tmp_path)
        out = call("simulate", "--scenario", str(file), "--set", "6=9", "-f", "json").out
        [result] = json.loads(out)["results"]
        assert result["set"] == {"7": {"points": 10}, "6": {"points": 9}}
        assert (result["name"], result["scenario"]) == ("thử", True)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("format: parindex-scenario/1\nsets: {a: 1}\nset: {a: 1}\n", "2:1: P108"),
            ("format: parindex-scenario/2\nset: {a: 1}\n", "1:9: P110"),
            ("format: parindex-scenario/1\n", "1:1: P109"),
            ("format: parindex-scenario/1\nset: {}\n", "2:6: P110"),
            ("format: parindex-scenario/1\nset: {'6': x}\n", "2:12: P110"),
            ("format: parindex-scenario/1\nset: {'6': {pints: 1}}\n", "2:13: P108"),
            ("format: parindex-scenario/1\nset: {'66': 1}\n", "2:13: P201"),
            ("format: parindex-scenario/1\nset: {'6': '+99'}\n", "2:12: P202"),
        ],
    )
    def test_faults_have_places(self, text: str, line: str, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        file.write_text(text, encoding="utf-8")
        ran = call("simulate", EXAMPLE, "--scenario", str(file))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.removeprefix(f"{file}:").startswith(line)
        assert "did you mean" in ran.err or line[-4:] != "P108"


class TestCommand:
    """`parindex simulate`: every format says that it is a scenario."""

    @pytest.mark.parametrize("form", ["table", "markdown", "json", "ndjson", "csv"])
    def test_formats(self, form: str) -> None:
        ran = call("simulate", *WHOLE, "--set", "2.2.1=not_done", "-f", form)
        assert (ran.code, ran.err) == (0, "")
        assert "cenario" in ran.out

    def test_csv_ends_with_the_whole(self) -> None:
        out = call("simulate", EXAMPLE, "--set", "6=+1.65", "-f", "csv").out
        *_, last = csv.DictReader(io.StringIO(out))
        told = [last[name] for name in ("code", "before", "after", "band_before", "band_after")]
        assert told == ["", "78.35", "80", "B", "A"]

    def test_vietnamese(self) -> None:
        out = run("simulate", EXAMPLE, "--set", "6=+1,65", "--lang", "vi").out
        assert "Đây là kịch bản giả định, không phải kết quả chấm điểm." in out
        assert "Chỉ số: 78,35% → 80,00% (+1,65)" in out
