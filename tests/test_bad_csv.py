"""Bad CSV: every fault at its row and cell, all at once; and tables that only look odd.

One small file a fault, below `bad/csv`; what is fine is below `bad/fine`. The large ones are
made here.
"""

from pathlib import Path

import pytest

from tests.bad.check import BAD, told, told_within_limits
from tests.support import call, run

CSV = {
    "above-maximum": [
        "2:4: P202 1: the points are above the maximum (found: 9.01; expected: 0…9)",
    ],
    "after-quoted-lines": [
        "7:4: P110 scores.3.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
    ],
    "another-level": [
        "2:4: P216 vn-province-2018: the scheme is for another level of unit (found: ministry; expected: province)",
    ],
    "answers": [
        "2:4: P110 scores.1.answers.A: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "2:4: P203 scores.1.answers.B: the number is negative (found: -1)",
        "3:4: P107 2: this key stands twice (found: A)",
    ],
    "applicable-above": [
        "2:3: P202 applicable_max: the points are above the maximum (found: 100.5; expected: 0…100)",
    ],
    "applicable-not-a-number": [
        "2:3: P110 applicable_max: the value is not of the kind expected (found: all; expected: 12.5 / 12,5)",
    ],
    "behind-a-quote": [
        '3:1: P104 the file breaks the rules of its format (found: "6; expected: ,)',
    ],
    "binary": [
        "P150 the file is a picture (expected: a workbook (.xlsx): copy the table into one and save it)",
    ],
    "blank": [
        "P113 there is nothing in it",
    ],
    "broken-after-others": [
        "2:4: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        '3:4: P110 scores.1.points: the value is not of the kind expected (found: 3"; expected: 12.5 / 12,5)',
        '4:1: P104 the file breaks the rules of its format (found: "a; expected: ,)',
    ],
    "broken-in-rows-apart": [
        "2:4: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        '3:1: P104 the file breaks the rules of its format (found: "a; expected: ,)',
    ],
    "children-disagree": [
        "6:5: P204 1.1: the points disagree with those of the criteria below (found: 4; expected: 2)",
    ],
    "code-and-part": [
        "2:4: P110 part: the value is not of the kind expected (found: 1, survey; expected: a code or a part)",
    ],
    "code-twice": [
        "4:3: P107 1: this key stands twice (found: 1)",
    ],
    "code-twice-apart": [
        "4:3: P107 1: this key stands twice (found: 1)",
    ],
    "column-twice": [
        "1:5: P107 points: this key stands twice (found: points)",
    ],
    "count": [
        "2:4: P110 scores.1.count: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "3:4: P203 scores.2.count: the number is negative (found: -1)",
    ],
    "dates": [
        "2:4: P110 scores.1.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "3:4: P110 scores.2.date: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "empty": [
        "P113 there is nothing in it",
    ],
    "empty-column": [
        "2:1: P116 the row does not have the cells of the heading (found: 5; expected: 4)",
    ],
    "form-in-rows-apart": [
        "3:4: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "4:4: P110 scores.3.points: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
    ],
    "form-in-two-units": [
        "2:4: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "4:4: P110 scores.2.points: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
    ],
    "heading-of-two-lines": [
        "1:5: P108 this field does not belong here (found: rea son; did you mean: reason)",
    ],
    "in-quoted-lines": [
        "4:4: P202 2: the points are above the maximum (found: 99; expected: 0…10)",
    ],
    "included-with-points": [
        "2:5: P110 scores.1.state: the value is not of the kind expected (found: included; expected: not_applicable | no_evidence | unknown)",
    ],
    "input-column": [
        "2:4: P205 1: the criterion's rule takes another kind of input (expected: points: 0.5, percent: 80%)",
    ],
    "json": [
        '1:1: P108 this field does not belong here (found: {"unit": "X"})',
        "1:1: P109 a field is missing (expected: unit)",
        "1:1: P109 a field is missing (expected: year)",
        "1:1: P109 a field is missing (expected: code)",
    ],
    "latin-1": [
        "3:1: P103 the text is not UTF-8 (found: 0xe9)",
    ],
    "latin-1-after-others": [
        "3:4: P103 the text is not UTF-8 (found: 0xe9)",
    ],
    "latin-1-heading": [
        "1:1: P103 the text is not UTF-8 (found: 0xe9)",
    ],
    "many-digits": [
        "2:4: P111 scores.1.points: the number or text is too long (found: 1.000000000000000000… (45); expected: ≤ 40)",
    ],
    "missing-columns": [
        "1:1: P109 a field is missing (expected: unit)",
        "1:1: P109 a field is missing (expected: year)",
        "1:1: P109 a field is missing (expected: code)",
    ],
    "missing-fields": [
        "2:1: P109 a field is missing (expected: unit)",
        "2:2: P109 a field is missing (expected: year)",
    ],
    "negative": [
        "2:4: P203 1: the number is negative (found: -1)",
        "3:4: P203 2: the number is negative (found: -0.5)",
    ],
    "no-input-column": [
        "2:3: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "no-scheme": [
        "2:2: P210 no scheme of this level and year is known (found: province, 1999; expected: province 2012–2024)",
        "4:2: P210 no scheme of this level and year is known (found: province, 1998; expected: province 2012–2024)",
    ],
    "no-year": [
        "2:2: P110 year: the value is not of the kind expected (found: 18; expected: a year of four digits)",
        "3:2: P110 year: the value is not of the kind expected (found: 2018.0; expected: a year of four digits)",
    ],
    "not-a-number": [
        "2:4: P110 scores.1.points: the value is not of the kind expected (found: seven; expected: 12.5 / 12,5)",
        "3:4: P110 scores.2.points: the value is not of the kind expected (found: NaN; expected: 12.5 / 12,5)",
        "4:4: P110 scores.3.points: the value is not of the kind expected (found: -Infinity; expected: 12.5 / 12,5)",
        "5:4: P110 scores.4.points: the value is not of the kind expected (found: 1e400; expected: 12.5 / 12,5)",
        "6:4: P110 scores.5.points: the value is not of the kind expected (found: 1e-999999999; expected: 12.5 / 12,5)",
        "7:4: P110 scores.6.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5)",
        "8:4: P110 scores.7.points: the value is not of the kind expected (found: 0x1F; expected: 12.5 / 12,5)",
        "9:4: P110 scores.8.points: the value is not of the kind expected (found: 1:30; expected: 12.5 / 12,5)",
    ],
    "nul": [
        "2:1: P104 the file breaks the rules of its format (found: U+0000)",
    ],
    "old-line-ends": [
        "1:1: P104 the file breaks the rules of its format (found: CR)",
    ],
    "only-header": [
        "P113 there is nothing in it",
    ],
    "only-header-and-lines": [
        "P113 there is nothing in it",
    ],
    "other-digits": [
        "2:4: P110 scores.1.points: the value is not of the kind expected (found: ٧; expected: 12.5 / 12,5)",
        "3:4: P110 scores.2.points: the value is not of the kind expected (found: ७; expected: 12.5 / 12,5)",
        "4:4: P110 scores.3.points: the value is not of the kind expected (found: ７; expected: 12.5 / 12,5)",
        "5:4: P110 scores.4.points: the value is not of the kind expected (found: Ⅶ; expected: 12.5 / 12,5)",
        "6:4: P110 scores.5.points: the value is not of the kind expected (found: ½; expected: 12.5 / 12,5)",
    ],
    "pair-of-three": [
        "2:4: P110 scores.1.ratio: the value is not of the kind expected (found: 1/2/3; expected: [234, 543] / 234/543)",
    ],
    "part-twice": [
        "4:4: P107 origin/survey: this key stands twice (found: origin/survey)",
    ],
    "percent": [
        "2:4: P207 scores.1.percent: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
        "3:4: P207 scores.2.percent: the value lies outside what is possible (found: -1%; expected: 0–100 %)",
        "4:4: P110 scores.3.percent: the value is not of the kind expected (found: x; expected: 80.69%)",
    ],
    "percent-of-the-total": [
        "3:5: P110 the value is not of the kind expected (found: percent; expected: points)",
    ],
    "ragged": [
        "3:1: P116 the row does not have the cells of the heading (found: 3; expected: 4)",
        "4:1: P116 the row does not have the cells of the heading (found: 5; expected: 4)",
    ],
    "ragged-unit": [
        "2:1: P116 the row does not have the cells of the heading (found: 3; expected: 4)",
        "3:4: P202 1: the points are above the maximum (found: 99; expected: 0…9)",
    ],
    "ratio": [
        "2:4: P203 scores.1.ratio: the number is negative (found: -1/2)",
        "3:4: P110 scores.2.ratio: the value is not of the kind expected (found: a; expected: [234, 543] / 234/543)",
    ],
    "scheme-is-a-path": [
        "2:3: P110 scheme: the value is not of the kind expected (found: ../../etc/passwd; expected: an id, like vn-province-2018, or a file beside this one, like scheme.yaml)",
    ],
    "stage-of-the-total": [
        "2:4: P110 stage: the value is not of the kind expected (found: final; expected: a code)",
    ],
    "stage-twice": [
        "4:3: P107 1: this key stands twice (found: 1)",
        "6:3: P107 2: this key stands twice (found: 2)",
    ],
    "stages": [
        "3:4: P110 stage: the value is not of the kind expected (found: finl; expected: self, appraised, reappraised, final)",
        "4:5: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
    ],
    "state-of-a-part": [
        "2:6: P110 survey: the value is not of the kind expected (found: state; expected: points)",
    ],
    "states": [
        "2:5: P110 scores.1.state: the value is not of the kind expected (found: maybe; expected: not_applicable | no_evidence | unknown)",
        "3:3: P110 scores.2: the value is not of the kind expected (found: points, state; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
    ],
    "total-disagrees": [
        "10:4: P204 total: the points disagree with those of the criteria (found: 99.5; expected: 100)",
    ],
    "total-twice": [
        "4:3: P107 total: this key stands twice (found: total)",
    ],
    "two-kinds": [
        "2:3: P110 scores.1: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | figures | state)",
    ],
    "two-readings": [
        "2:4: P112 scores.1.points: the number can be read in two ways, as a decimal or with thousands (found: 1,250; expected: 1,2500 / 1250)",
    ],
    "two-schemes": [
        "2:2: P234 the schemes of this level and year belong to a province or a district that is not named (found: department, 2021; expected: vn-hcmc-departments-2021 (province: Thành phố Hồ Chí Minh) | vn-hue-departments-2021 (province: Thừa Thiên Huế) | vn-khanh-hoa-departments-2021 (province: Khánh Hòa))",
    ],
    "two-units": [
        "2:4: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "5:3: P201 77: the scheme vn-province-2018 has no criterion of this code (found: 77; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "two-units-both-kinds": [
        "2:4: P202 1: the points are above the maximum (found: 99; expected: 0…9)",
        "3:4: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "4:4: P202 2: the points are above the maximum (found: 99; expected: 0…10)",
    ],
    "unclosed-quote": [
        '3:1: P104 the file breaks the rules of its format (found: "a; expected: every quote and bracket closed)',
    ],
    "unknown-code": [
        "3:3: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
    ],
    "unknown-column": [
        "1:2: P108 this field does not belong here (found: yaer; did you mean: year)",
        "1:5: P108 this field does not belong here (found: point; did you mean: points)",
    ],
    "unknown-level": [
        "2:3: P110 level: the value is not of the kind expected (found: provinc; expected: province | ministry | department | central-agency | district | commune)",
    ],
    "unknown-part": [
        "2:4: P214 apraised: the scheme vn-province-2018 has no partition or part of this name (found: apraised; did you mean: appraised)",
        "3:5: P202 survey: the points are above the maximum (found: 36; expected: 0…35.5)",
    ],
    "unknown-profile": [
        "2:3: P213 no-procedures: the scheme vn-province-2018 has no profile of this name (found: no-procedures)",
    ],
    "unknown-scheme": [
        "2:3: P208 no scheme of this id is known (found: vn-provnce-2018; did you mean: vn-province-2018, vn-province-2019, vn-province-2017)",
    ],
    "utf-16": [
        "1:1: P103 the text is not UTF-8 (found: UTF-16)",
    ],
    "utf-16-without-mark": [
        "1:1: P103 the text is not UTF-8 (found: 0x00)",
    ],
    "windows-lines": [
        "3:4: P202 2: the points are above the maximum (found: 99; expected: 0…10)",
    ],
    "year-outside": [
        "2:2: P209 vn-province-2018: the scheme does not hold for this year (found: 2019; expected: 2018)",
    ],
}

HEADING = "unit,year,code,points,note\n"


class TestCsv:
    """A place is the line and the number of the cell in it."""

    @pytest.mark.parametrize(("name", "lines"), CSV.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        assert told(BAD / "csv" / f"{name}.csv", lines) == lines

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "csv").iterdir()} == set(CSV)

    def test_standard_input(self) -> None:
        ran = run("score", "-", given=(BAD / "csv" / "form-in-two-units.csv").read_bytes())
        assert (ran.code, ran.out) == (2, "")
        assert ran.faults == [f"<stdin>:{line}" for line in CSV["form-in-two-units"]]


class TestFine:
    """Two units give the same whatever the separators, the order of rows and the notes."""

    @pytest.mark.parametrize("file", sorted((BAD / "fine").iterdir()), ids=lambda file: file.stem)
    def test_same_as_sorted(self, file: Path) -> None:
        plain, odd = (
            call("score", str(each), "--format", "csv", "--depth", "0")
            for each in (BAD / "fine" / "sorted.csv", file)
        )
        assert (odd.code, odd.err) == (0, "")
        assert odd.out == plain.out
        assert ",Sóc Trăng,province,,2018,vn-province-2018,,,,,,78.35," in plain.out
        assert ",Hậu Giang,province,,2018,vn-province-2018,,,,,,75," in plain.out


LARGE = {
    "unit": ("", "x", 5_000_000, ",2018,1,5,\n"),
    "code": ("X,2018,", "x", 5_000_000, ",5,\n"),
    "points": ("X,2018,1,", "1", 5_000_000, ",\n"),
    "digits": ("X,2018,1,", "1", 200_000, ",\n"),
    "decimals": ("X,2018,1,0.", "1", 200_000, ",\n"),
    "note": ("X,2018,1,5,", "x", 5_000_000, "\n"),
    "quotes": ("X,2018,1,5,", '"', 5_000_000, "\n"),
    "quoted-lines": ('X,2018,1,5,"', "x\n", 2_500_000, '"\n'),
    "unclosed-quote": ('X,2018,1,5,"\n', "X,2018,2,5,\n", 400_000, ""),
}
"""Rows that begin somehow, repeat something so many times, and end."""
MANY = {
    "codes": "X,2018,x#,5,\n",
    "values": "X,2018,x#,y,\n",
    "units": "X#,2018,1,10,\n",
    "values-of-units": "X#,2018,1,y,\n",
    "ragged": "X,2018,#\n",
    "units-without-a-scheme": "X#,1999,1,5,\n",
}
"""A row that stands thousands of times, with a number for `#`."""
FAULTS = 3_000


class TestLimits:
    """However large the fault, it takes little memory and time, and few words."""

    @pytest.mark.parametrize("name", LARGE)
    def test_large(self, tmp_path: Path, name: str) -> None:
        start, piece, times, end = LARGE[name]
        [line] = told_within_limits(tmp_path / "a.csv", f"{HEADING}{start}{piece * times}{end}")
        assert " P1" in line
        assert len(line) < 200

    def test_a_heading_of_many_lines(self, tmp_path: Path) -> None:
        [line] = told_within_limits(tmp_path / "a.csv", 'unit,"year' + "\n" * 300_000)
        assert " P1" in line
        assert len(line) < 200

    @pytest.mark.parametrize("name", MANY)
    def test_thousands_of_faults(self, tmp_path: Path, name: str) -> None:
        rows = (MANY[name].replace("#", str(number)) for number in range(FAULTS))
        lines = told_within_limits(tmp_path / "a.csv", HEADING + "".join(rows))
        assert (len(lines), lines[-1]) == (51, f"… and {FAULTS - 50} more faults")
