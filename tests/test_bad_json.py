"""Bad JSON: every fault at its place, all at once.

One small file a fault, below `bad/json`. In an expected line `*` stands for any text.
"""

from pathlib import Path

import pytest

from parindex.findings import InputError
from parindex.reading.read_json import read_json
from tests.bad.check import BAD, told
from tests.support import call

JSON = {
    "a-number": [
        "/: P110 the value is not of the kind expected (found: 2018; expected: key: value)",
    ],
    "a-text": [
        "/: P110 the value is not of the kind expected (found: X; expected: key: value)",
    ],
    "above-maximum": [
        "/scores/1: P202 1: the points are above the maximum (found: 9.01; expected: 0…9)",
    ],
    "another-level": [
        "/level: P216 vn-province-2018: the scheme is for another level of unit (found: ministry; expected: province)",
    ],
    "applicable-above": [
        "/applicable_max: P202 applicable_max: the points are above the maximum (found: 100.5; expected: 0…100)",
    ],
    "applicable-disagrees": [
        "/applicable_max: P204 applicable_max: the points disagree with the maximum of what applies by the scores (found: 90; expected: ≤ 77)",
    ],
    "bare-hexadecimal": [
        "4:20: P104 the file breaks the rules of its format (found: x1F}; expected: , : ] })",
    ],
    "bare-other-digits": [
        '4:19: P104 the file breaks the rules of its format (found: ٧}; expected: a value, or "key": value)',
    ],
    "bare-sexagesimal": [
        "4:20: P104 the file breaks the rules of its format (found: :30}; expected: , ] })",
    ],
    "binary": [
        "2:118: P103 the text is not UTF-8 (found: 0x80)",
    ],
    "blank": [
        "P113 there is nothing in it",
    ],
    "booleans": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/2/points: P110 scores.2.points: the value is not of the kind expected (found: false; expected: 12.5 / 12,5)",
        "/scores/3/value: P110 scores.3.value: the value is not of the kind expected (found: true; expected: 97.2% / 12.5)",
        "/scores/4/count: P110 scores.4.count: the value is not of the kind expected (found: false; expected: 1, 2, 3, …)",
    ],
    "children-disagree": [
        "/scores/1.1: P204 1.1: the points disagree with those of the criteria below (found: 4; expected: 2)",
    ],
    "comment": [
        '1:1: P104 the file breaks the rules of its format (found: // a comment; expected: a value, or "key": value)',
    ],
    "count": [
        "/scores/1/count: P110 scores.1.count: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "/scores/2/count: P203 scores.2.count: the number is negative (found: -1)",
    ],
    "dates": [
        "/scores/1/date: P110 scores.1.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/2/date: P110 scores.2.date: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/3/date: P110 scores.3.date: the value is not of the kind expected (found: 2018-02-30; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/4/date: P110 scores.4.date: the value is not of the kind expected (found: 20180101; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "duplicate-key": [
        "/year: P107 year: this key stands twice (found: year)",
        "/scores/1: P107 1: this key stands twice (found: 1)",
        "/scores/2/points: P107 points: this key stands twice (found: points)",
    ],
    "empty": [
        "P113 there is nothing in it",
    ],
    "empty-list": [
        "P113 there is nothing in it",
    ],
    "escaped-pointer": [
        "/scores/a~1b: P201 a/b: the scheme vn-province-2018 has no criterion of this code (found: a/b; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "/scores/c~0d: P201 c~d: the scheme vn-province-2018 has no criterion of this code (found: c~d; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "/scores/e f: P201 e f: the scheme vn-province-2018 has no criterion of this code (found: e f; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "form-of-parts": [
        "/parts/b: P214 b: the scheme vn-province-2018 has no partition or part of this name (found: b)",
        "/parts/b/survey: P110 parts.b.survey: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/parts/origin: P110 parts.origin: the value is not of the kind expected (found: […]; expected: key: value)",
    ],
    "latin-1": [
        "2:15: P103 the text is not UTF-8 (found: 0xe9)",
    ],
    "list-in-a-list": [
        "/0: P110 the value is not of the kind expected (found: […]; expected: key: value)",
    ],
    "many-digits": [
        "/scores/1: P111 scores.1.points: the number or text is too long (found: 1.000000000000000000… (45); expected: ≤ 40)",
    ],
    "missing-comma": [
        '3:3: P104 the file breaks the rules of its format (found: "year": 2018; expected: , : ] })',
    ],
    "missing-fields": [
        "/: P109 a field is missing (expected: unit)",
        "/: P109 a field is missing (expected: year)",
    ],
    "more-behind": [
        "2:1: P104 the file breaks the rules of its format (found: })",
    ],
    "negative": [
        "/scores/1: P203 1: the number is negative (found: -1)",
        "/scores/2: P203 2: the number is negative (found: -0.5)",
    ],
    "nested": [
        "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
    ],
    "no-scheme": [
        "/year: P210 no scheme of this level and year is known (found: province, 1999; expected: province 2012–2024)",
    ],
    "no-scores": [
        "/: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "no-year": [
        "/0/year: P110 year: the value is not of the kind expected (found: 18; expected: a year of four digits)",
        "/1/year: P110 year: the value is not of the kind expected (found: 2018.0; expected: a year of four digits)",
        "/2/year: P110 year: the value is not of the kind expected (found: true; expected: a year of four digits)",
        "/3/year: P110 year: the value is not of the kind expected (found: 2018-12; expected: a year of four digits)",
        "/4/year: P110 year: the value is not of the kind expected (found: […]; expected: a year of four digits)",
    ],
    "not-a-number": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: seven; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/2: P110 scores.2.points: the value is not of the kind expected (found: NaN; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/3: P110 scores.3.points: the value is not of the kind expected (found: Infinity; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/4: P110 scores.4.points: the value is not of the kind expected (found: 1e400; expected: 12.5 / 12,5)",
        "/scores/5: P110 scores.5.points: the value is not of the kind expected (found: 1e-999999999; expected: 12.5 / 12,5)",
        "/scores/6: P110 scores.6.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/7: P110 scores.7.points: the value is not of the kind expected (found: 0x1F; expected: 12.5 / 12,5)",
        "/scores/8: P110 scores.8.points: the value is not of the kind expected (found: 1:30; expected: 12.5 / 12,5)",
    ],
    "not-ranked": [
        "/ranked: P109 ranked: a field is missing (expected: reason)",
    ],
    "nul": [
        "2:13: P104 the file breaks the rules of its format (found: U+0000)",
    ],
    "null": [
        "/: P113 there is nothing in it",
    ],
    "other-digits": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: ٧; expected: 12.5 / 12,5)",
        "/scores/2: P110 scores.2.points: the value is not of the kind expected (found: ७; expected: 12.5 / 12,5)",
        "/scores/3: P110 scores.3.points: the value is not of the kind expected (found: ７; expected: 12.5 / 12,5)",
        "/scores/4: P110 scores.4.points: the value is not of the kind expected (found: Ⅶ; expected: 12.5 / 12,5)",
        "/scores/5: P110 scores.5.points: the value is not of the kind expected (found: ½; expected: 12.5 / 12,5)",
    ],
    "parts-disagree": [
        "/parts/origin: P204 origin: the points disagree with those of the criteria (found: 70; expected: 100)",
    ],
    "parts-within-disagree": [
        "/parts/origin/survey: P204 survey: the points disagree with those of the parts within it (found: 10; expected: 17)",
    ],
    "period": [
        "/period: P207 period: the value lies outside what is possible (found: 2018-01-01; expected: ≥ 2018-12-31)",
    ],
    "period-without-dates": [
        "/period/from: P110 period.from: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/period/to: P110 period.to: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "published": [
        "/published/band: P110 published.band: the value is not of the kind expected (expected: text)",
        "/published/index: P207 published.index: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
        "/published/of: P110 published.of: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "/published/points/1: P110 published.points.1: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/published/rank: P110 published.rank: the value is not of the kind expected (found: first; expected: 1, 2, 3, …)",
        "/published/ranks/1: P110 published.ranks.1: the value is not of the kind expected (found: -1; expected: 1, 2, 3, …)",
    ],
    "ratio": [
        "/scores/1/ratio: P110 scores.1.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "/scores/2/ratio: P110 scores.2.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "/scores/3/ratio: P110 scores.3.ratio: the value is not of the kind expected (found: 5; expected: [234, 543] / 234/543)",
        "/scores/4/ratio: P203 scores.4.ratio: the number is negative (found: -1/2)",
        "/scores/5/ratio: P110 scores.5.ratio: the value is not of the kind expected (found: a; expected: [234, 543] / 234/543)",
    ],
    "scheme-is-a-path": [
        "/scheme: P110 scheme: the value is not of the kind expected (found: ../../etc/passwd; expected: an id, like vn-province-2018, or a file beside this one, like scheme.yaml)",
    ],
    "stages": [
        "/scores/1/appraised: P110 scores.1.appraised: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
        "/scores/1/final/points: P110 scores.1.final.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/scores/2/self/pts: P108 this field does not belong here (found: pts)",
        "/scores/3/finl: P108 this field does not belong here (found: finl)",
        "/scores/4/points: P108 this field does not belong here (found: points)",
        "/scores/5/evidence/0: P109 a field is missing (expected: number)",
        "/scores/5/evidence/0/date: P110 scores.5.evidence.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "states": [
        "/scores/1/state: P110 scores.1.state: the value is not of the kind expected (found: absent; expected: not_applicable | no_evidence | unknown)",
        "/scores/2: P110 scores.2: the value is not of the kind expected (found: points, state; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
    ],
    "total-disagrees": [
        "/total: P204 total: the points disagree with those of the criteria (found: 99.5; expected: 100)",
    ],
    "two-faults": [
        "/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/scores/9: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "/scores/x/points: P110 scores.x.points: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
    ],
    "two-kinds": [
        "/scores/1: P110 scores.1: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
        "/scores/2: P110 scores.2: the value is not of the kind expected (found: —; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
    ],
    "two-objects": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/scores/2: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
    ],
    "two-readings": [
        "/scores/1: P112 scores.1.points: the number can be read in two ways, as a decimal or with thousands (found: 1,250; expected: 1,2500 / 1250)",
    ],
    "two-schemes": [
        "/year: P234 the schemes of this level and year belong to a province or a district that is not named (found: department, 2021; expected: vn-hcmc-departments-2021 (province: Thành phố Hồ Chí Minh) | vn-hue-departments-2021 (province: Thừa Thiên Huế) | vn-khanh-hoa-departments-2021 (province: Khánh Hòa))",
    ],
    "two-units": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/2/scores/2: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/2/scores/77: P201 77: the scheme vn-province-2018 has no criterion of this code (found: 77; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "unclosed": [
        "3:1: P104 the file breaks the rules of its format (found: the end of the text; expected: every quote and bracket closed)",
    ],
    "unclosed-quote": [
        "2:14: P104 the file breaks the rules of its format (found: U+000A)",
    ],
    "unknown-code": [
        "/scores/9: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "unknown-field": [
        "/scores/1/point: P108 this field does not belong here (found: point; did you mean: points)",
        "/yaer: P108 this field does not belong here (found: yaer; did you mean: year)",
    ],
    "unknown-level": [
        "/level: P110 level: the value is not of the kind expected (found: provinc; expected: province | ministry | department | central-agency | district | commune)",
    ],
    "unknown-part": [
        "/parts/orgin: P214 orgin: the scheme vn-province-2018 has no partition or part of this name (found: orgin; did you mean: origin)",
        "/parts/origin/apraised: P214 apraised: the scheme vn-province-2018 has no partition or part of this name (found: apraised; did you mean: appraised)",
        "/parts/origin/sipas: P203 sipas: the number is negative (found: -1; expected: 0…12)",
        "/parts/origin/survey: P202 survey: the points are above the maximum (found: 36; expected: 0…35.5)",
    ],
    "unknown-profile": [
        "/profile: P213 no-procedures: the scheme vn-province-2018 has no profile of this name (found: no-procedures)",
    ],
    "unknown-scheme": [
        "/scheme: P208 no scheme of this id is known (found: vn-provnce-2018; did you mean: vn-province-2018, vn-province-2019, vn-province-2017)",
    ],
    "utf-16": [
        "1:1: P103 the text is not UTF-8 (found: UTF-16)",
    ],
    "yaml": [
        '1:1: P104 the file breaks the rules of its format (found: unit: X; expected: a value, or "key": value)',
    ],
    "year-outside": [
        "/year: P209 vn-province-2018: the scheme does not hold for this year (found: 2019; expected: 2018)",
    ],
    "escaped-nul": [
        "/unit: P104 the file breaks the rules of its format (found: U+0000)",
        "/scores: P104 the file breaks the rules of its format (found: U+001B)",
        "/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/scores/2\\x1b: P201 2\\x1b: the scheme vn-province-2018 has no criterion of this code (found: 2\\x1b; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "/scores/3/note: P104 the file breaks the rules of its format (found: U+D800)",
    ],
    "unit-twice": [
        "/2/unit: P120 a second scorecard of this unit, year, scheme and period; another is at /1/unit (found: Y)",
    ],
    "documents-go-on": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/unit: P107 unit: this key stands twice (found: unit)",
        "/1/scores/1: P203 1: the number is negative (found: -1)",
        "/2/x/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
        "/3: P110 the value is not of the kind expected (found: text; expected: key: value)",
        "/4: P113 there is nothing in it",
        "/5/scores/1: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
    ],
    "broken-after-faults": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/scores/1: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
        '3:15: P104 the file breaks the rules of its format (found: "year": 2018}]; expected: , : ] })',
    ],
    "in-the-order-of-the-file": [
        "/0/scores/2: P202 2: the points are above the maximum (found: 77; expected: 0…10)",
        "/0/scores/10: P201 10: the scheme vn-province-2018 has no criterion of this code (found: 10; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "/0/scores/1: P202 1: the points are above the maximum (found: 77; expected: 0…9)",
        "/0/level: P110 level: the value is not of the kind expected (found: x; expected: province | ministry | department | central-agency | district | commune)",
        "/0/applicable_max: P110 applicable_max: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
        "/1: P110 the value is not of the kind expected (found: 2; expected: key: value)",
        "/2: P110 the value is not of the kind expected (found: 3; expected: key: value)",
        "/3: P110 the value is not of the kind expected (found: 4; expected: key: value)",
        "/4: P110 the value is not of the kind expected (found: 5; expected: key: value)",
        "/5: P110 the value is not of the kind expected (found: 6; expected: key: value)",
        "/6: P110 the value is not of the kind expected (found: 7; expected: key: value)",
        "/7: P110 the value is not of the kind expected (found: 8; expected: key: value)",
        "/8: P110 the value is not of the kind expected (found: 9; expected: key: value)",
        "/9: P110 the value is not of the kind expected (found: 10; expected: key: value)",
        "/10: P110 the value is not of the kind expected (found: 11; expected: key: value)",
    ],
}

CARD = '{"unit": "X", "year": 2018, "scores": {"1": 10}}'


class TestJson:
    """A place is a JSON pointer; of text that is no JSON it is line and column."""

    @pytest.mark.parametrize(("name", "lines"), JSON.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        assert told(BAD / "json" / f"{name}.json", lines) == lines

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "json").iterdir()} == set(JSON)

    def test_a_byte_order_mark_does_no_harm(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        file.write_text(CARD.replace("10", "5"), encoding="utf-8-sig")
        assert call("score", str(file)).code == 0


class TestMany:
    """A file may hold as many documents as there are units, and no more."""

    @pytest.mark.parametrize(
        ("start", "between", "end"), [("", "\n", ""), ("[", ",", "]"), ("[", "]\n[", "]")]
    )
    def test_as_many_as_there_may_be(
        self, monkeypatch: pytest.MonkeyPatch, start: str, between: str, end: str
    ) -> None:
        def read(number: int) -> int:
            return sum(1 for _ in read_json(f"{start}{between.join(['{}'] * number)}{end}", "a"))

        monkeypatch.setattr("parindex.reading.read_json.MAX_DOCUMENTS", 100)
        assert read(100) == 100
        with pytest.raises(InputError):
            read(102)
