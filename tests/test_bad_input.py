"""Bad input: exit code 2, no traceback, every fault with its place. One small file a fault."""

from pathlib import Path

import pytest

from parindex.rules import KINDS
from tests.support import ROOT, call, run

BAD = ROOT / "tests" / "bad"

SCORECARDS = {
    "unknown-code": [
        "3:18: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)"
    ],
    "above-maximum": ["4:8: P202 1: the points are above the maximum (found: 9.01; expected: 0…9)"],
    "negative": ["3:15: P203 1: the number is negative (found: -1)"],
    "not-a-number": [
        "3:15: P110 scores.1.points: the value is not of the kind expected (found: seven; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "3:27: P110 scores.2.points: the value is not of the kind expected (found: NaN; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "3:37: P110 scores.3.points: the value is not of the kind expected (found: Infinity; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "3:52: P110 scores.4.points: the value is not of the kind expected (found: 1e400; expected: 12.5 / 12,5)",
        "3:64: P110 scores.5.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "3:75: P110 scores.6.points: the value is not of the kind expected (found: 0x1F; expected: 12.5 / 12,5)",
        "3:86: P110 scores.7.points: the value is not of the kind expected (found: 1:30; expected: 12.5 / 12,5)",
        "3:99: P110 scores.8.points: the value is not of the kind expected (found: ٧; expected: 12.5 / 12,5)",
    ],
    "many-digits": [
        "3:15: P111 scores.1.points: the number or text is too long (found: 1.000000000000000000… (45); expected: ≤ 40)"
    ],
    "two-readings": [
        "2:7: P210 no scheme of this level and year is known (found: department, 2018; expected: department 2011–2013, 2015, 2017, 2019–2021, 2023, 2025 | 2018: ministry, province)",
    ],
    "duplicate-key": ["5:3: P107 1: this key stands twice (found: 1)"],
    "unknown-field": [
        "2:1: P108 this field does not belong here (found: yaer; did you mean: year)",
        "4:16: P108 this field does not belong here (found: point; did you mean: points)",
    ],
    "missing-fields": [
        "1:1: P109 a field is missing (expected: unit)",
        "1:1: P109 a field is missing (expected: year)",
    ],
    "no-scores": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "two-kinds": [
        "3:15: P110 scores.1: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)"
    ],
    "anchor": [
        "1:7: P105 YAML tags, anchors and aliases are not read",
        "3:9: P105 YAML tags, anchors and aliases are not read",
    ],
    "tag": ["1:7: P105 YAML tags, anchors and aliases are not read"],
    "broken": [
        "3:1: P104 the file breaks the rules of its format (found: the end of the text; expected: every quote and bracket closed)"
    ],
    "a-list": [
        "1:1: P110 the value is not of the kind expected (found: […]; expected: key: value)"
    ],
    "unknown-scheme": [
        "3:9: P208 no scheme of this id is known (found: vn-provnce-2018; did you mean: vn-province-2018, vn-province-2019, vn-province-2017)"
    ],
    "scheme-is-a-path": [
        "3:9: P110 scheme: the value is not of the kind expected (found: ../../etc/passwd; expected: an id, like vn-province-2018, or a file beside this one, like scheme.yaml)"
    ],
    "year-outside": [
        "2:7: P209 vn-province-2018: the scheme does not hold for this year (found: 2019; expected: 2018)"
    ],
    "no-scheme": [
        "2:7: P210 no scheme of this level and year is known (found: province, 1999; expected: province 2012–2024)"
    ],
    "disagree": [
        "3:45: P205 2: the criterion's rule takes another kind of input (expected: points: 0.5, percent: 80%)",
        "4:28: P207 published.percent.1: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
    ],
    "latin-1": ["3:8: P103 the text is not UTF-8 (found: 0xe9)"],
    "utf-16": ["1:1: P103 the text is not UTF-8 (found: UTF-16)"],
    "nul": ["1:9: P104 the file breaks the rules of its format (found: U+0000)"],
    "comma-in-braces": [
        '3:26: P108 this field does not belong here (found: 5; expected: inside {…} a comma ends an entry: write 0.5 or "0,5" in quotes, 97.2% or "97,2%")'
    ],
    "mixed-faults": [
        "2:1: P108 this field does not belong here (found: yaer; did you mean: year)",
        "4:10: P201 99: the scheme vn-province-2018 has no criterion of this code (found: 99; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "4:24: P203 1: the number is negative (found: -1)",
        "4:34: P108 this field does not belong here (found: point; did you mean: points)",
    ],
    "no-document": ["2:1: P113 there is nothing in it"],
    "empty": [": P113 there is nothing in it"],
    "comment": [": P113 there is nothing in it"],
}


class TestScorecards:
    """Each file has one kind of fault; the text is what its user must see."""

    @pytest.mark.parametrize(("name", "lines"), SCORECARDS.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        file = f"tests/bad/{name}.yaml"
        ran = call("score", str(ROOT / file))
        assert ran.code == 2
        assert ran.out == ""
        told = [line.removeprefix(str(ROOT / file)).removeprefix(":") for line in ran.faults]
        assert told == [line.removeprefix(":") for line in lines]

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in BAD.glob("*.yaml")} == set(SCORECARDS)


class TestSchemes:
    """A scheme is proved when it is loaded, and every fault has its line."""

    def test_sums_rules_and_bands(self) -> None:
        ran = call("schemes", "show", "tests/bad/schemes/sums.yaml")
        assert ran.code == 2
        assert [line.split(":", 1)[1] for line in ran.faults] == [
            "6:6: P302 the maxima below do not add up to the maximum (found: 9; expected: 10)",
            "8:13: P312 the bands of a year stand twice, or for a year that is not the scheme's (found: 2024)",
            "8:50: P311 B: the bands do not fall from one to the next (found: 80)",
            "9:13: P312 the bands of a year stand twice, or for a year that is not the scheme's (found: 2024, 2030)",
            "9:34: P109 a field is missing (expected: steps)",
            "13:10: P302 1: the maxima below do not add up to the maximum (found: 5; expected: 4)",
            "16:16: P301 1.1: this code stands twice",
            "20:56: P307 2: the steps overlap: this edge is not below the one before (found: 95)",
            "20:56: P308 2: the steps leave a gap at the bottom (found: 95)",
            "20:75: P306 2: the rule gives points outside 0…maximum (found: 6; expected: 0…5)",
        ]

    def test_form(self) -> None:
        ran = call("schemes", "show", "tests/bad/schemes/form.yaml")
        assert ran.code == 2
        assert [line.split(" ", 1)[1] for line in ran.faults] == [
            "P110 id: the value is not of the kind expected (found: Example Bad; expected: an id, like vn-province-2018)",
            "P108 this field does not belong here (found: fr)",
            "P110 status: the value is not of the kind expected (found: draft; expected: official | provincial | example | fragment | own)",
            "P108 this field does not belong here (found: levle; did you mean: level)",
            "P110 years: the value is not of the kind expected (found: 24; expected: a year of four digits)",
            "P110 max: the value is not of the kind expected (found: 1,000; expected: a number with a decimal point, like 12.5)",
            "P110 criteria.code: the value is not of the kind expected (found: a b; expected: a code, like 3.2.1)",
            f"P110 criteria.rule: the value is not of the kind expected (found: stepz; expected: {' | '.join(KINDS)})",
            "P108 this field does not belong here (found: flor; did you mean: floor)",
            "P110 criteria.rule.ratio.target: the value is not of the kind expected (found: 90; expected: a percentage, like 80%)",
        ]


class TestLimits:
    """Sizes and depths are bounded, and so are messages."""

    def test_nesting(self) -> None:
        ran = call("score", "-", given="[" * 100_000)
        assert (ran.code, "\n".join(ran.faults)) == (
            2,
            "<stdin>:1:41: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
        )

    def test_a_long_text(self) -> None:
        ran = call("score", "-", given=f"unit: {'x' * 5_000_000}\n")
        assert ran.code == 2
        assert all(len(line) < 200 for line in ran.err.splitlines())

    def test_many_faults(self) -> None:
        scores = "\n".join(f'  "x{number}": 1' for number in range(10_000))
        ran = call("score", "-", given=f"unit: X\nyear: 2018\nscores:\n{scores}\n")
        lines = ran.err.splitlines()
        assert (ran.code, len(lines), lines[-1]) == (2, 51, "… and 9950 more faults")

    @pytest.mark.parametrize("file", ["no-such-file.yaml", "parindex/locale", "/dev/null"])
    def test_what_is_no_file(self, file: str) -> None:
        ran = call("score", file)
        assert ran.code == 2
        assert ran.err.startswith(f"{file}: P1")

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        text = Path(ROOT / "examples" / "soc-trang-2018.yaml").read_text(encoding="utf-8")
        assert call("score", "-", given=b"\xef\xbb\xbf" + text.encode()).code == 0

    def test_bad_usage(self) -> None:
        assert run("score").code == 2
        assert run("scroe").code == 2
        assert run("score", "x.yaml", "--format", "pdf").code == 2
