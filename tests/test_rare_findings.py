"""Findings that are seldom met, each of a real file, with its place and what was found."""

from pathlib import Path

import pytest

from tests.support import EXAMPLE, call

SMALL = "examples/small-scheme.yaml"
HEAD = "id: a\ntitle: {vi: a}\nstatus: example\nlevel: commune\nyears: [2024]\nmax: 10\n"


def told(*args: str) -> list[str]:
    """Every finding of `check`, without the folder of its file and how to mend it."""
    lines = call("check", *args).out.splitlines()[:-1]
    return [line.partition(" → ")[0].rpartition("/")[2] for line in lines]


class TestUnitThatDiffers:
    """P117: rows of one unit and year that say different things about it; the later row is told."""

    @pytest.mark.parametrize(
        ("column", "rows", "line"),
        [
            ("applicable_max", ["X,2018,100,1,7", "X,2018,90,2,9"], 3),
            ("group", ["X,2018,Nhóm 1,1,7", "Y,2018,Nhóm 1,1,7", "X,2018,Nhóm 2,2,9"], 4),
            ("profile", ["X,2018,,1,7", "X,2018,no-survey,2,9"], 3),
        ],
    )
    def test_told(self, column: str, rows: list[str], line: int, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        head = f"unit,year,{column},code,points\n"
        file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        under = ("--scheme", "vn-province-2018", "--select", "P117")
        assert told(str(file), *under) == [
            f"a.csv:{line}:1: P117 error the rows of this unit say different things about it (found: X)"
        ]

    def test_rows_that_agree_apart_from_each_other(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = "".join(f"{unit},2018,1,{code},7\n" for unit, code in ("X1", "Y1", "X2"))
        file.write_text(f"unit,year,group,code,points\n{rows}", encoding="utf-8")
        assert told(str(file), "--scheme", "vn-province-2018", "--select", "P117") == []


class TestUnitThatIsNotThere:
    """P119: a unit that was asked for is in no file; a name that is near is told."""

    def test_score(self) -> None:
        ran = call("score", EXAMPLE, "--unit", "Soc Trag")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "P119 no scorecard of this unit was found (found: Soc Trag; did you mean: Sóc Trăng) → "
            "Check the spelling of the name.\n"
        )

    def test_two_of_which_one_is_there(self) -> None:
        ran = call("score", EXAMPLE, "--unit", "Soc Trang", "--unit", "Huế", "--format", "json")
        assert ran.code == 2
        assert ran.faults[-1] == "P119 no scorecard of this unit was found (found: Huế)"

    def test_split(self, tmp_path: Path) -> None:
        ran = call(
            *("split", "examples/departments-2024.yaml", "--unit", "Sở Không có"),
            *("--scheme", "examples/schemes/departments-2024.yaml", "-o", str(tmp_path / "parts")),
        )
        assert ran.code == 2
        assert ran.faults == ["P119 no scorecard of this unit was found (found: Sở Không có)"]


class TestKnownCriteriaExceed:
    """P303: some criteria have no maximum, and the others pass that of the whole."""

    @pytest.mark.parametrize(
        ("criteria", "found"),
        [
            (
                (
                    '  - {code: "1", name: {vi: a}, max: 6}\n'
                    '  - {code: "2", name: {vi: b}, max: 5}\n  - {code: "3", name: {vi: c}}\n'
                ),
                "6:6: P303 error",
            ),
            (
                (
                    '  - code: "1"\n    name: {vi: a}\n    max: 10\n    children:\n'
                    '      - {code: "1.1", name: {vi: b}, max: 11}\n'
                    '      - {code: "1.2", name: {vi: c}}\n'
                ),
                "10:10: P303 error 1",
            ),
        ],
    )
    def test_told(self, criteria: str, found: str, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        file.write_text(f"{HEAD}criteria:\n{criteria}", encoding="utf-8")
        [line] = told(str(file))
        assert line.startswith(f"s.yaml:{found}")
        assert line.endswith("(found: 11; expected: 10)")

    def test_parts(self, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        parts = "partitions:\n  origin: [{id: one, max: 12}, {id: other}]\n"
        leaf = 'criteria:\n  - {code: "1", name: {vi: a}, max: 10}\n'
        file.write_text(HEAD + parts + leaf, encoding="utf-8")
        [line] = told(str(file))
        assert "P303 error" in line
        assert line.endswith("(found: 12; expected: 10)")

    def test_exactly_the_maximum(self, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        criteria = '  - {code: "1", name: {vi: a}, max: 10}\n  - {code: "2", name: {vi: b}}\n'
        file.write_text(f"{HEAD}complete: false\ncriteria:\n{criteria}", encoding="utf-8")
        assert told(str(file)) == []


class TestRuleWithoutItsPlace:
    """P304: a rule on a criterion with others below it, or on one of an unknown maximum."""

    @pytest.mark.parametrize(
        "criterion",
        [
            '{code: "1", name: {vi: a}, max: 10, rule: {kind: ratio}, children: [{code: "1.1", name: {vi: b}, max: 10}]}',
            '{code: "1", name: {vi: a}, rule: {kind: ratio}}',
        ],
    )
    def test_told(self, criterion: str, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        file.write_text(f"{HEAD}criteria:\n  - {criterion}\n", encoding="utf-8")
        [line] = told(str(file))
        column = criterion.index("rule") + len("  - rule: ") + 1
        assert line.startswith(f"s.yaml:8:{column}: P304 error 1: ")


class TestPartOfAnotherTime:
    """P701: a part without a period is told with its year beside the period of the others."""

    def test_told(self, tmp_path: Path) -> None:
        period = "period: {from: 2024-01-01, to: 2024-09-30}\n"
        for name, said, code in (("a", period, "1.1"), ("b", period, "1.2"), ("c", "", "2.2")):
            score = f'unit: Sở A\nyear: 2024\n{said}scores: {{"{code}": 1}}\n'
            (tmp_path / f"{name}.yaml").write_text(score, encoding="utf-8")
        ran = call("merge", str(tmp_path), "--scheme", SMALL, "-o", str(tmp_path / "out.yaml"))
        [line] = [line for line in ran.err.splitlines() if "P701" in line]
        assert "found: 2024; expected: 2024-01-01 – 2024-09-30" in line
