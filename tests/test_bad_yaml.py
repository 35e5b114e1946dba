"""Bad YAML: every fault at its place, all at once.

One small file a fault, below `bad/yaml`. In an expected line `*` stands for any text.
"""

from typing import Final

import pytest

from tests.bad.check import BAD, told
from tests.support import call

YAML = {
    "alias": [
        "4:9: P105 YAML tags, anchors and aliases are not read",
    ],
    "aliases-that-explode": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "3:1: P108 this field does not belong here (found: a)",
        "3:4: P105 YAML tags, anchors and aliases are not read",
        "4:1: P108 this field does not belong here (found: b)",
        "4:4: P105 YAML tags, anchors and aliases are not read",
        "4:8: P105 YAML tags, anchors and aliases are not read",
        "4:12: P105 YAML tags, anchors and aliases are not read",
        "4:16: P105 YAML tags, anchors and aliases are not read",
        "4:20: P105 YAML tags, anchors and aliases are not read",
        "5:1: P108 this field does not belong here (found: c)",
        "5:4: P105 YAML tags, anchors and aliases are not read",
        "5:8: P105 YAML tags, anchors and aliases are not read",
        "5:12: P105 YAML tags, anchors and aliases are not read",
        "5:16: P105 YAML tags, anchors and aliases are not read",
        "5:20: P105 YAML tags, anchors and aliases are not read",
        "6:1: P108 this field does not belong here (found: d)",
        "6:4: P105 YAML tags, anchors and aliases are not read",
        "6:8: P105 YAML tags, anchors and aliases are not read",
        "6:12: P105 YAML tags, anchors and aliases are not read",
        "6:16: P105 YAML tags, anchors and aliases are not read",
        "6:20: P105 YAML tags, anchors and aliases are not read",
    ],
    "another-level": [
        "4:8: P216 vn-province-2018: the scheme is for another level of unit (found: ministry; expected: province)",
    ],
    "applicable-above": [
        "3:17: P202 applicable_max: the points are above the maximum (found: 100.5; expected: 0…100)",
    ],
    "applicable-below-points": [
        "3:17: P202 total: the points are above the maximum (found: 5; expected: 0…4)",
    ],
    "applicable-disagrees": [
        "3:17: P204 applicable_max: the points disagree with the maximum of what applies by the scores (found: 90; expected: ≤ 77)",
    ],
    "binary": [
        "2:118: P103 the text is not UTF-8 (found: 0x80)",
    ],
    "children-disagree": [
        "4:15: P204 1.1: the points disagree with those of the criteria below (found: 4; expected: 2)",
    ],
    "count": [
        "4:16: P110 scores.1.count: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "5:16: P203 scores.2.count: the number is negative (found: -1)",
    ],
    "cycle": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "3:9: P105 YAML tags, anchors and aliases are not read",
        "4:6: P105 YAML tags, anchors and aliases are not read",
    ],
    "dates": [
        "4:15: P110 scores.1.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "5:15: P110 scores.2.date: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "6:15: P110 scores.3.date: the value is not of the kind expected (found: 2018-02-30; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "7:15: P110 scores.4.date: the value is not of the kind expected (found: 2018-1-5; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "8:15: P110 scores.5.date: the value is not of the kind expected (found: 2018-01-15T10:00:00; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "form-of-parts": [
        "4:11: P110 parts.origin: the value is not of the kind expected (found: […]; expected: key: value)",
        "5:3: P214 b: the scheme vn-province-2018 has no partition or part of this name (found: b)",
        "5:15: P110 parts.b.survey: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
    ],
    "list-as-a-key": [
        "3:3: P104 the file breaks the rules of its format (found: {…}; expected: key: value)",
    ],
    "merge-key": [
        "3:1: P108 this field does not belong here (found: <<)",
    ],
    "not-a-number": [
        "4:8: P110 scores.1.points: the value is not of the kind expected (found: yes; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "5:8: P110 scores.2.points: the value is not of the kind expected (found: 0o17; expected: 12.5 / 12,5)",
        "6:8: P110 scores.3.points: the value is not of the kind expected (found: 1_000; expected: 12.5 / 12,5)",
        "7:8: P110 scores.4.points: the value is not of the kind expected (found: .inf; expected: 12.5 / 12,5)",
        "8:8: P110 scores.5.points: the value is not of the kind expected (found: +5; expected: 12.5 / 12,5)",
        "9:8: P110 scores.6.points: the value is not of the kind expected (found: .5; expected: 12.5 / 12,5)",
        "10:8: P110 scores.7.points: the value is not of the kind expected (found: 1e-999999999; expected: 12.5 / 12,5)",
        "11:8: P110 scores.8.points: the value is not of the kind expected (found: 7 %; expected: 12.5 / 12,5)",
    ],
    "not-ranked": [
        "3:9: P109 ranked: a field is missing (expected: reason)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "4:19: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "parts-disagree": [
        "4:17: P204 origin: the points disagree with those of the criteria (found: 70; expected: 100)",
    ],
    "parts-within-disagree": [
        "3:26: P204 survey: the points disagree with those of the parts within it (found: 10; expected: 17)",
    ],
    "perhaps-ranked": [
        "3:9: P110 ranked: the value is not of the kind expected (found: perhaps; expected: true / false)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "period": [
        "3:9: P207 period: the value lies outside what is possible (found: 2018-01-01; expected: ≥ 2018-12-31)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "period-half": [
        "3:9: P109 a field is missing (expected: to)",
    ],
    "period-without-dates": [
        "3:16: P110 period.from: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "3:32: P110 period.to: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "published": [
        "3:20: P207 published.index: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
        "3:31: P110 published.rank: the value is not of the kind expected (found: first; expected: 1, 2, 3, …)",
        "3:42: P110 published.of: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "3:61: P110 published.points.1: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "3:65: P108 this field does not belong here (found: indx; did you mean: index)",
    ],
    "ratio": [
        "4:16: P110 scores.1.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "5:16: P110 scores.2.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "6:16: P110 scores.3.ratio: the value is not of the kind expected (found: 5; expected: [234, 543] / 234/543)",
        "7:16: P203 scores.4.ratio: the number is negative (found: -1/2)",
        "8:16: P110 scores.5.ratio: the value is not of the kind expected (found: a; expected: [234, 543] / 234/543)",
    ],
    "score-outside-the-profile": [
        "5:15: P212 3: the unit's profile leaves this criterion out, and yet it has a score (found: no-procedures)",
    ],
    "stages": [
        "5:20: P110 scores.1.self.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "6:16: P110 scores.1.appraised: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
        "7:13: P108 this field does not belong here (found: pts)",
        "8:9: P108 this field does not belong here (found: finl)",
        "11:5: P108 this field does not belong here (found: points)",
        "14:16: P109 a field is missing (expected: number)",
        "14:23: P110 scores.4.evidence.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "total-and-parts-disagree": [
        "4:8: P204 total: the points disagree with those of the parts (found: 60; expected: 70)",
    ],
    "total-disagrees": [
        "4:8: P204 total: the points disagree with those of the criteria (found: 99.5; expected: 100)",
    ],
    "total-out-of-reach": [
        "4:8: P204 total: the points disagree with those of the criteria (found: 99; expected: 1…92)",
    ],
    "two-documents": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "7:15: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
    ],
    "two-schemes": [
        "2:7: P234 the schemes of this level and year belong to a province or a district that is not named (found: department, 2021; expected: vn-hcmc-departments-2021 (province: Thành phố Hồ Chí Minh) | vn-hue-departments-2021 (province: Thừa Thiên Huế) | vn-khanh-hoa-departments-2021 (province: Khánh Hòa))",
    ],
    "unknown-part": [
        "4:3: P214 orgin: the scheme vn-province-2018 has no partition or part of this name (found: orgin; did you mean: origin)",
        "5:12: P214 apraised: the scheme vn-province-2018 has no partition or part of this name (found: apraised; did you mean: appraised)",
        "5:32: P203 sipas: the number is negative (found: -1; expected: 0…12)",
        "5:44: P202 survey: the points are above the maximum (found: 36; expected: 0…35.5)",
    ],
    "unknown-profile": [
        "4:10: P213 no-procedure: the scheme vn-ha-nam-departments-2023 has no profile of this name (found: no-procedure; did you mean: no-procedures)",
    ],
    "stage-that-does-not-count": [
        "4:15: P202 1.self: the points are above the maximum (found: 10; expected: 0…9)",
        "5:15: P203 2.self: the number is negative (found: -1)",
        "6:15: P205 3.self: the criterion's rule takes another kind of input (expected: points: 0.5, percent: 80%)",
    ],
    "stages-with-two-kinds-of-faults": [
        "4:15: P110 scores.1.self.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "4:29: P202 1.appraised: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "escaped-nul": [
        "1:7: P104 the file breaks the rules of its format (found: U+0000)",
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "3:19: P104 the file breaks the rules of its format (found: U+001B)",
        "3:19: P201 2\\x1b: the scheme vn-province-2018 has no criterion of this code (found: 2\\x1b; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "3:52: P104 the file breaks the rules of its format (found: U+007F)",
    ],
    "blank-unit": [
        "1:7: P110 unit: the value is not of the kind expected (found: ␣; expected: text)",
    ],
    "python-names": [
        "3:9: P109 a field is missing (expected: from)",
        "3:10: P108 this field does not belong here (found: from_; did you mean: from)",
        "4:16: P108 this field does not belong here (found: self_)",
    ],
    "parts-without-points": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "published-without-figures": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "rank-zero": [
        "4:19: P110 published.rank: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
        "4:26: P110 published.of: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
        "4:42: P110 published.ranks.1: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
    ],
    "unit-twice": [
        "5:7: P120 a second scorecard of this unit, year, scheme and period; another is at 1:7 (found: X)",
    ],
    "documents-go-on": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "6:1: P107 unit: this key stands twice (found: unit)",
        "8:15: P203 1: the number is negative (found: -1)",
        "10:43: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
        "12:1: P110 the value is not of the kind expected (found: just text; expected: key: value)",
        "14:1: P113 there is nothing in it",
        "16:1: P109 a field is missing (expected: unit)",
        "16:1: P109 a field is missing (expected: year)",
        "16:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "16:3: P104 the file breaks the rules of its format (found: {…}; expected: key: value)",
        "21:15: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
    ],
    "broken-after-faults": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "6:1: P107 unit: this key stands twice (found: unit)",
        "8:1: P104 the file breaks the rules of its format (found: the end of the text; expected: every quote and bracket closed)",
    ],
    "period-of-another-year": [
        "3:9: P207 period: the value lies outside what is possible (found: 2016-12-01 – 2017-12-31; expected: 2018-01-01 – 2018-12-31)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "misspelt-states": [
        "3:15: P110 scores.1.points: the value is not of the kind expected (found: unknwon; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: unknown)",
        "3:29: P110 scores.2.points: the value is not of the kind expected (found: not_aplicable; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: not_applicable)",
        "3:57: P110 scores.3.final.points: the value is not of the kind expected (found: noevidence; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: no_evidence)",
    ],
    "two-signs": [
        "3:23: P110 scores.1.value: the value is not of the kind expected (found: 5%%; expected: 97.2% / 12.5)",
        "3:44: P110 scores.2.percent: the value is not of the kind expected (found: 5%%; expected: 80.69%)",
        "3:63: P110 scores.3.count: the value is not of the kind expected (found: many; expected: 1, 2, 3, …)",
        "3:83: P110 scores.4.count: the value is not of the kind expected (found: 5%; expected: 1, 2, 3, …)",
        "3:101: P110 scores.5.ratio: the value is not of the kind expected (found: 5%; expected: [234, 543] / 234/543)",
        "3:124: P110 scores.6.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
    ],
    "scores-are-a-list": [
        "3:9: P110 scores: the value is not of the kind expected (found: […]; expected: scores: {code: points})",
    ],
    "scores-are-empty": [
        "3:9: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "applicable-zero": [
        "3:17: P207 applicable_max: the value lies outside what is possible (found: 0; expected: > 0, ≤ 100)",
    ],
    "applicable-negative": [
        "3:17: P203 applicable_max: the number is negative (found: -1; expected: 0…100)",
    ],
    "total-negative": [
        "4:8: P203 total: the number is negative (found: -1; expected: 0…100)",
    ],
    "total-above": [
        "4:8: P202 total: the points are above the maximum (found: 101; expected: 0…100)",
    ],
    "area-outside": [
        "4:71: P202 8: the points are above the maximum (found: 17; expected: 0…16.5)",
        "5:29: P202 appraised: the points are above the maximum (found: 70; expected: 0…64.5)",
        "5:41: P203 survey: the number is negative (found: -2; expected: 0…35.5)",
    ],
    "only-empty-documents": [
        "3:1: P113 there is nothing in it",
    ],
}


class TestYaml:
    """A place is line and column, of the value or of a key that does not belong."""

    @pytest.mark.parametrize(("name", "lines"), YAML.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        assert told(BAD / "yaml" / f"{name}.yaml", lines) == lines

    def test_a_letter_before_the_end_that_no_file_may_hold(self) -> None:
        ran = call("score", "-", given='r":"UBND TỈNH VÍ DPK\x03\x04')
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("<stdin>:1:")

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "yaml").iterdir()} == set(YAML)


HEAD: Final = "unit: Huế\nyear: 2018\nlevel: province\n"
SLIPS: Final = {
    "no colon": ("unit: Huế\nyear: 2018\nlevel province\nscores: {1: 7}\n", "3:1: P104 ", "found: level province; expected: a colon"),
    "no colon behind a code": (f'{HEAD}scores:\n  "1" 7\n', "5:7: P104 ", "expected: a colon"),
    "no space": ("unit: Huế\nyear:2018\nscores: {1: 7}\n", "2:1: P104 ", "found: year:2018; expected: a space"),
    "no space behind a code": (f'{HEAD}scores:\n  "1":7\n', "5:6: P104 ", "expected: a space"),
    "no space behind any code": (f"{HEAD}scores:\n  1:7\n  2:8\n", "5:3: P110 ", "expected: a space behind each"),
    "a quote left open": (f'{HEAD}scores:\n  "1: 7\n  "2": 8\n', "5:3: P104 ", "every quote"),
    "a tab": (f'{HEAD}scores:\n\t"1": 7\n', "5:1: P104 ", "spaces instead of the tab"),
    "deeper than the line above": (f"{HEAD}scores:\n  1: 7\n   2: 8\n", "6:5: P104 ", "as many spaces"),
    "no indentation": (f'{HEAD}scores:\n"1": 7\n"2": 8\n', "5:1: P110 ", "the codes below `scores:`"),
    "one without indentation": (f'{HEAD}scores:\n  "1": 7\n"2": 8\n', "6:1: P110 ", "the codes below `scores:`"),
    "dashes": (f'{HEAD}scores:\n  - "1": 7\n  - "2": 8\n', "5:3: P110 ", "without a dash"),
}  # fmt: skip
"""A scorecard with a slip of the hand, the place and code of what is told, and what is said of it."""


class TestSlips:
    """What is easily mistyped is told once, in the line where it is, with what belongs there."""

    @pytest.mark.parametrize("slip", SLIPS)
    def test_told(self, slip: str) -> None:
        text, place, said = SLIPS[slip]
        ran = call("score", "-", given=text)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
        assert place in ran.err
        assert said in ran.err

    @pytest.mark.parametrize("slip", ["no indentation", "dashes", "no space behind any code"])
    def test_what_was_given_is_not_called_left_out(self, slip: str) -> None:
        out = call("check", "-", given=SLIPS[slip][0]).out
        assert ("1 (" not in out, "Remove it" not in out) == (True, True)
