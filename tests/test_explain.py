"""`parindex explain`: every point can be told by its rule, input, working and source."""

import json
from pathlib import Path

import pytest

from parindex.analysis.explanation import next_step
from parindex.api import load_scheme, read_scorecards, score
from parindex.scoring.reported import points_of
from parindex.tables.explain import explanation_table
from parindex.values.language import LanguageCode, language
from tests.support import call, run

FILE = "examples/schemes/departments-2024.yaml"
EXAMPLE = ("examples/departments-2024.yaml", "--scheme", FILE)
SCHEME = load_scheme(FILE)
[CARD] = read_scorecards(EXAMPLE[0], SCHEME)
RESULT = score(CARD, SCHEME)

STEP = """\
Sở Ví dụ · 2024 · 1.1.3 Share of the plan carried out
What              Explanation
Points            0.75 of 1.5 (50.00 %)
Rule              Points of the step in which the figure lies: > 90 %: 1.5; 70–90 %: 0.75; < 70 %: 0.
Requires          1.1.1 Plan issued: if it gets nothing, this is 0
Input             45/50
Working           45/50 = 90.00 % → step 70–90 % → 0.75
Next higher step  at least 46/50 → 1.5, 0.75 more
"""
SUM = """\
Points       2.25 of 3.5 (64.29 %)
Rule         Sum of the criteria below.
  1.1.1      0.5 of 1 (50.00 %) · Plan issued
  1.1.2      1 of 1 (100.00 %) · Plan names all tasks and money
  1.1.3      0.75 of 1.5 (50.00 %) · Share of the plan carried out
"""


class TestWords:
    """A criterion is explained by its points, rule, input, working, need, office and source."""

    def test_a_leaf(self) -> None:
        assert STEP in call("explain", *EXAMPLE[:1], "1.1.3", *EXAMPLE[1:]).out

    def test_a_sum(self) -> None:
        assert SUM in call("explain", *EXAMPLE[:1], "1.1", *EXAMPLE[1:]).out

    def test_vietnamese(self) -> None:
        out = run("explain", "examples/soc-trang-2018.yaml", "6", "--lang", "vi").out
        assert "Điểm                   7,66/12,5 điểm (61,28%)" in out
        assert "Bậc cao hơn kế tiếp" not in out, "points that somebody gave have no steps"
        assert "Quyết định             2636/QĐ-BNV" in out

    def test_the_source_is_that_of_the_maximum(self) -> None:
        out = call("explain", "examples/soc-trang-2018.yaml", "6").out
        assert "Source of the maximum  Báo Sóc Trăng" in out
        assert "Source of the scheme" in call("explain", "6", "--scheme", "vn-province-2024").out

    def test_an_exact_quotient(self) -> None:
        out = call("explain", *EXAMPLE[:1], "1.5.1", *EXAMPLE[1:]).out
        assert "≈ 1.5867 of 2 points, exactly 119/75 (79.33 %)" in out

    def test_what_is_not_known(self) -> None:
        out = call(
            "explain", "examples/small-2024.yaml", "2.1", "--scheme", "examples/small-scheme.yaml"
        ).out
        assert "Points            – of 3\nState             not yet known\n" in out

    def test_what_a_guard_shuts(self, tmp_path: Path) -> None:
        """No figure of its own helps: the guard must get points first."""
        file = tmp_path / "a.yaml"
        scores = '{"2.2.1": {answer: not_done}, "2.2.2": {ratio: [24, 26]}}'
        file.write_text(f"unit: X\nyear: 2024\nlevel: department\nscores: {scores}\n", "utf-8")
        ran = call("explain", str(file), "2.2.2", *EXAMPLE[1:], "--format", "csv")
        assert "Next higher step,first 2.2.1 Review plan issued must get points" in ran.out
        assert "at least" not in ran.out
        ran = call("explain", str(file), "2.2.2", *EXAMPLE[1:], "--format", "json")
        assert json.loads(ran.out)["explanations"][0]["next_step"] is None

    def test_a_rule_without_a_score(self) -> None:
        out = call("explain", "1.1.1", "--scheme", FILE).out
        assert out.startswith("example-departments-2024 · 1.1.1 Plan issued\n")
        assert "in time: 1; late: 0.5; not issued: 0." in out
        assert "Points" not in out.splitlines()[2][:8]

    @pytest.mark.parametrize("code", ["vi", "en"])
    def test_every_criterion(self, code: LanguageCode) -> None:
        say = language(code)
        for criterion in SCHEME.by_code:
            for subject in (RESULT, SCHEME):
                items = [row[0] for row in explanation_table(subject, criterion, say).rows]
                assert say("Rule") in items


class TestFormats:
    """The same in every format; data do not depend on the language."""

    def test_json(self) -> None:
        ran = call("explain", *EXAMPLE[:1], "1.1.3", *EXAMPLE[1:], "-f", "json", "--lang", "vi")
        [told] = json.loads(ran.out)["explanations"]
        assert told["working"] == "45/50 = 90.00 % → step 70–90 % → 0.75"
        assert told["next_step"]["need"] == {"vi": "ít nhất 46/50", "en": "at least 46/50"}
        assert (told["next_step"]["points"], told["next_step"]["more"]) == (1.5, 0.75)

    def test_csv(self) -> None:
        out = call("explain", *EXAMPLE[:1], "1.1.3", *EXAMPLE[1:], "-f", "csv", "--lang", "vi").out
        assert out.splitlines()[:2] == [
            "unit,year,code,item,text",
            "Sở Ví dụ,2024,1.1.3,Points,0.75 of 1.5 (50.00 %)",
        ]

    def test_markdown(self) -> None:
        out = call("explain", *EXAMPLE[:1], "1.1.3", *EXAMPLE[1:], "-f", "markdown").out
        assert "| Input | 45/50 |" in out


class TestFinding:
    """A finding is explained by its code: what it says, why, how to mend it, an example."""

    def test_table(self) -> None:
        out = call("explain", "--finding", "p202").out
        assert out.startswith("P202 · error")
        assert "the points are above the maximum" in out
        assert "How to mend" in out

    def test_json(self) -> None:
        [told] = json.loads(call("explain", "--finding", "P101", "-f", "json").out)["findings"]
        assert (told["code"], told["severity"]) == ("P101", "error")
        assert told["mend"] == "Check the name and the permissions."

    def test_csv(self) -> None:
        out = call("explain", "--finding", "P101", "-f", "csv").out
        assert out.splitlines()[1] == "P101,What it says,the file cannot be read"

    def test_unknown(self) -> None:
        ran = call("explain", "--finding", "P1010")
        assert (ran.code, ran.out) == (2, "")
        assert "P101" in ran.err


class TestFaults:
    """What cannot be explained is told with a way out."""

    def test_unknown_code(self) -> None:
        ran = call("explain", "examples/soc-trang-2018.yaml", "9")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("P201 9: the scheme vn-province-2018 has no criterion")

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("1.l", "did you mean: 1.1)"),
            ("1,1", "did you mean: 1.1)"),
            ("9", "expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)"),
            ("2.77777", "expected: 2.1 | 2.2"),
        ],
    )
    def test_codes_that_there_are(self, code: str, said: str) -> None:
        assert said in call("explain", *EXAMPLE[:1], code, *EXAMPLE[1:]).err

    @pytest.mark.parametrize("words", [[], ["6"], ["a", "b", "6"], ["a.xlsx", "--scheme", FILE]])
    def test_neither_scorecard_nor_scheme(self, words: list[str]) -> None:
        ran = call("explain", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "explain: CODE: " in ran.err

    def test_the_file_comes_first(self) -> None:
        ran = call("explain", "3", "card.yaml")
        assert (ran.code, ran.out) == (2, "")
        assert "the file comes first: parindex explain card.yaml 3" in ran.err

    @pytest.mark.parametrize("command", ["rank", "score", "losses"])
    def test_a_year_is_no_file(self, command: str) -> None:
        assert "`parindex data show --year YEAR`" in call(command, "2018").err


class TestNextStep:
    """What the next higher step needs gives exactly the points that are promised, if reported."""

    def test_every_leaf(self) -> None:
        promised = 0
        for _, criterion in SCHEME.walk():
            gain = next_step(RESULT, RESULT.node(criterion.code))
            if gain is not None and gain.need != "above":
                rule = RESULT.rules.of(criterion)
                assert points_of(criterion, rule, gain.fact) == gain.points, criterion.code
                promised += 1
        assert promised > 20
