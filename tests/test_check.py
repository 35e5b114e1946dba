"""`parindex check`: every mistake with its place, code, severity and how to mend it."""

import csv
import io
import json
from pathlib import Path
from typing import get_args

import pytest

import parindex
from parindex.findings import kinds
from parindex.values.exact import RoundingMode
from tests.processes import Ran
from tests.support import EXAMPLE, ROOT, call, run

BAD = ROOT / "tests" / "bad" / "check"
SCHEME = str(BAD / "scheme.yaml")
FILES = {
    "all-at-once.yaml": [
        "6:10: P202 error 1.2: the points are above the maximum (found: 3.5; expected: 0…3)",
        "7:41: P207 error scores.2.1.published: the value lies outside what is possible (found: 430%; expected: 0–100 %)",
        "8:3: P201 error 2.4: the scheme example-check has no criterion of this code (found: 2.4; expected: 2.1 | 2.2 | 2.3)",
        "5:10: P602 warning 1.1: points are claimed that need evidence, and there is neither evidence nor explanation (found: 1)",
        "5:17: P606 warning 1.1: the date lies outside the period (found: 2023-01-15; expected: 2024-01-01…2024-12-31)",
        "6:35: P603 warning 1.2: the evidence names neither section nor page (found: 1/BC-UBND)",
    ],
    "behind-a-guard.yaml": [],
    "clean.yaml": [],
    "counts.yaml": [
        "8:12: P608 error counts.settled: the counts cannot all be right (found: 111; expected: ≤ received + carried_over: 100 + 10)",
        "8:12: P608 error counts.settled: the counts cannot all be right (found: 111; expected: = on_time + late: 100 + 10)",
        "11:21: P608 error counts.procedures.all: the counts cannot all be right (found: nearly 600; expected: ≥ new + amended: over 500 + 100)",
        "12:23: P608 error counts.communes.settled: the counts cannot all be right (found: 50; expected: ≥ on_time: 51)",
    ],
    "date-outside.yaml": [
        "5:17: P606 warning 1.1: the date lies outside the period (found: 2023-12-31; expected: 2024-01-01…2024-06-30)",
        "5:67: P606 warning 1.1: the date lies outside the period (found: 2025-01-15; expected: 2024-01-01…2024-06-30)",
        "6:59: P606 warning 1.2: the date lies outside the period (found: 2024-07-01; expected: 2024-01-01…2024-06-30)",
    ],
    "left-out.yaml": [
        "4:1: P607 warning 1.2: nothing is said of this criterion, so it counts as not yet known (called: Nhiệm vụ)"
    ],
    "no-evidence.yaml": [
        "5:10: P602 warning 1.1: points are claimed that need evidence, and there is neither evidence nor explanation (found: 1)"
    ],
    "not-utf-8.yaml": ["1:1: P103 error the text is not UTF-8 (found: 0xff)"],
    "rate-and-counts.yaml": [
        "6:40: P604 error 2.1: the rate printed is 90.0 %, what stands beside it gives 90.50 %",
        "6:55: P604 error 2.1: the rate printed is 90.00 %, what stands beside it gives 90.50 %",
        "7:36: P604 error 2.2: the rate printed is 34.1 %, what stands beside it gives 43.10 %",
    ],
    "rates.yaml": [
        "6:18: P604 error 2.1: the rate printed is 98.32 %, what stands beside it gives 98.23 %",
        "7:41: P604 error 2.2: the rate printed is 43.90 %, what stands beside it gives 43.09 %",
    ],
    "rows.csv": [
        "5:7: P202 error 2.2: the points are above the maximum (found: 3.5; expected: 0…3)",
        "4:7: P601 warning 2.1: the points differ from those of the stage before, and no reason is given (found: 2.5; expected: 2.91)",
    ],
    "scheme-gap.yaml": [
        "12:56: P308 error 1: the steps leave a gap at the bottom (found: 50)",
    ],
    "scheme.yaml": [],
    "settled-more.yaml": [
        "6:36: P605 warning counts.settled: more dossiers are settled than were received (found: 14342; expected: ≤ received: 13181)"
    ],
    "stage-without-reason.yaml": [
        "8:16: P601 warning 2.1: the points differ from those of the stage before, and no reason is given (found: 2.5; expected: 2.91)",
        "11:41: P601 warning 2.2: the points differ from those of the stage before, and no reason is given (found: 2; expected: 3)",
    ],
    "vague-evidence.yaml": [
        "5:33: P603 warning 1.1: the evidence names neither section nor page (found: 12/KH-UBND)"
    ],
}


def check(*arguments: str, given: str | None = None) -> Ran:
    return call("check", "--scheme", SCHEME, *arguments, given=given)


def told(file: Path | str, ran: Ran) -> list[str]:
    """The findings of a file, without its name and without how to mend them."""
    lines = ran.out.splitlines()[:-1]
    assert all(f" → {kinds()[code].mend}" in line for line in lines for code in [code_of(line)])
    return [line.removeprefix(f"{file}:").partition(" → ")[0] for line in lines]


def code_of(line: str) -> str:
    return next(word for word in line.split() if word in kinds())


class TestFindings:
    """Each mistake is told at its place, errors first; exit 1 where one is an error, 2 where a file cannot be read."""

    @pytest.mark.parametrize(("name", "lines"), FILES.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        ran = check(str(BAD / name))
        assert told(BAD / name, ran) == lines
        unread = "P103" in "".join(lines)
        assert ran.code == (2 if unread else int(any(" error " in line for line in lines)))
        assert ran.err == ""

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.name for file in BAD.iterdir()} == set(FILES)

    @pytest.mark.parametrize(
        "file", [EXAMPLE, "seeds/dien-bien-2017.yaml", "seeds/lang-son-2016.yaml"]
    )
    def test_what_is_right_has_no_finding(self, file: str) -> None:
        assert call("check", file) == (0, "files checked: 1; nothing found\n", "")

    def test_counts_of_the_dak_lak_article(self) -> None:
        schemes = ("--scheme", "seeds/schemes/dak-lak-monitoring-2023.yaml")
        ran = call("check", "seeds/dak-lak-2023.yaml", *schemes)
        assert ran == (0, "files checked: 1; nothing found\n", "")

    def test_every_scheme_of_the_catalog_is_sound(self) -> None:
        ran = call("check", "parindex/scheme/catalog/schemes")
        assert (ran.code, ran.out.count("\n")) == (0, 1)

    def test_doubts_of_published_figures(self) -> None:
        ran = call("check", "seeds/published/components.yaml", "--select", "P4")
        assert (ran.code, ran.out.splitlines()[-1]) == (
            1,
            "files checked: 1; errors: 1, notes: 5",
        )

    def test_a_folder_and_a_file_that_is_not_there(self) -> None:
        ran = check(str(BAD), "nowhere.yaml", "--ignore", "P6,P2,P3")
        assert ran.code == 2
        assert [code_of(line) for line in ran.out.splitlines()[:-1]] == ["P103", "P101"]
        assert ran.out.splitlines()[-1] == f"files checked: {len(FILES) + 1}; errors: 2"

    def test_standard_input(self) -> None:
        yaml = (BAD / "rates.yaml").read_text("utf-8")
        assert told("<stdin>", check("-", given=yaml)) == FILES["rates.yaml"]
        rows = (BAD / "rows.csv").read_text("utf-8")
        assert told("<stdin>", check("-", given=rows)) == FILES["rows.csv"]

    def test_a_fault_of_form_hides_nothing_and_is_told_once(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(
            "unit: X\nyear: 2024\nscores: {1: x, 2: 5}\ncounts: {a: -1, b: 1.5, c: {d: about 3}}\n",
            encoding="utf-8",
        )
        counts = "1234 / over 1200 / nearly 30"
        assert [
            line.split(": ", 2)[2].split(" (")[-1] for line in told(file, check(str(file)))
        ] == [
            "found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
            "found: -1)",
            f"found: 1.5; expected: {counts})",
            f"found: about 3; expected: {counts})",
        ]

    def test_a_second_scorecard_of_a_unit(self, tmp_path: Path) -> None:
        text = (BAD / "clean.yaml").read_text("utf-8")
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text(text, encoding="utf-8")
        ran = check(str(tmp_path))
        assert (ran.code, [code_of(line) for line in ran.out.splitlines()[:-1]]) == (1, ["P120"])


ROUNDED = (
    '"1.1": 0.15, "1.2": 0.10, "2": 0.44',
    '"1.1": 0.149, "1.2": 0.06, "2": 0.249',
    '"1": not_applicable, "2": 0.251',
    '"1.1": 0.04, "1.2": unknown, "2": 0.5',
)


class TestResults:
    """A result of `score --format json` that was changed by hand no longer follows from itself."""

    @pytest.fixture
    def result(self) -> str:
        return call("score", EXAMPLE, "--format", "json").out

    @pytest.mark.parametrize(
        ("field", "old", "new", "lines"),
        [
            ("points", "7.93", "7.94", ["P611 error", "P612 error 1:", "P613 error 1:"]),
            (
                "points",
                "10.49",
                "13.49",
                ["P611 error", "P202 error 3:", "P612 error 3:", "P613 error 3:"],
            ),
            ("percent", "78.35", "78.53", ["P612 error"]),
            ("percent", "90.9", "90.09", ["P612 error 2:"]),
            ("lost", "2.51", "2.52", ["P613 error 3:"]),
            ("lost", "21.65", "0.65", ["P613 error"]),
            ("points", "13.7", '"?"', ["P110 error"]),
        ],
    )
    def test_figure(
        self, result: str, tmp_path: Path, field: str, old: str, new: str, lines: list[str]
    ) -> None:
        text = result.replace(f'"{field}": {old}', f'"{field}": {new}', 1)
        assert text != result
        file = tmp_path / "result.json"
        file.write_text(text, encoding="utf-8")
        ran = call("check", str(file))
        assert ran.code == 1
        found = [line.partition(": ")[2] for line in told(file, ran)]
        assert [line[: len(start)] for line, start in zip(found, lines, strict=True)] == lines

    def test_another_version_of_the_scheme(self, result: str) -> None:
        data = json.loads(result)
        data["results"][0]["scheme"]["sha256"] = "0" * 64
        ran = call("check", "-", given=json.dumps(data))
        assert (ran.code, [code_of(line) for line in told("", ran)]) == (0, ["P614"])

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            ('"vn-province-2018"', f'"{EXAMPLE}"', "results.scheme.id"),  # names no file
            ('"parindex-result/1"', '"parindex-result/2"', ""),
            ('"complete": true', '"complete": 1.5', "results.complete"),
            ('"points": 78.35', '"points": 78.35, "points_exact": "1/0"', "results.points_exact"),
        ],
    )
    def test_form(self, result: str, old: str, new: str, line: str) -> None:
        ran = call("check", "-", given=result.replace(old, new, 1))
        assert (ran.code, ran.out.count("\n")) == (1, 2)
        where = f"{line}: " if line else ""
        assert f" P110 error {where}the value is not of the kind expected" in ran.out

    @pytest.mark.parametrize("form", ["json", "ndjson"])
    @pytest.mark.parametrize("file", ["examples/small-2024.yaml", "seeds/published"])
    def test_what_score_writes_is_right(self, tmp_path: Path, file: str, form: str) -> None:
        schemes = ["--scheme", "examples/small-scheme.yaml"] if "small" in file else []
        out = tmp_path / f"out.{form}"
        assert call("score", file, *schemes, "--depth", "9", "-f", form, "-o", str(out)).code == 0
        assert call("check", str(out), *schemes).out == "files checked: 1; nothing found\n"

    @pytest.mark.parametrize("scores", ROUNDED)
    @pytest.mark.parametrize("mode", get_args(RoundingMode))
    @pytest.mark.parametrize("at", ["leaf", "area", "total"])
    def test_what_a_scheme_rounds_on_the_way_is_right(
        self, tmp_path: Path, at: str, mode: str, scores: str
    ) -> None:
        scheme, out = tmp_path / "scheme.yaml", tmp_path / "out.json"
        text = (ROOT / "tests" / "cases" / "schemes" / f"rounded-{at}.yaml").read_text("utf-8")
        scheme.write_text(text.replace("half-up", mode), "utf-8")
        card = f"unit: A\nyear: 2024\nscores: {{{scores}}}\n"
        ran = call(
            *("score", "-", "--scheme", str(scheme), "--depth", "9", "-f", "json", "-o", str(out)),
            given=card,
        )
        assert ran.code == 0
        for known in ([], ["--scheme", str(scheme)]):
            assert call("check", str(out), *known).out == "files checked: 1; nothing found\n"
        lost = call("losses", "-", "--scheme", str(scheme), "-f", "json", given=card)
        lines = json.loads(lost.out)["results"][0]["lines"]
        assert all(line["max"] >= 0 and line["lost"] >= 0 for line in lines)

    def test_full_points_of_an_area_that_does_not_apply(self) -> None:
        scheme = str(ROOT / "tests" / "cases" / "schemes" / "profile-full.yaml")
        card = "unit: A\nyear: 2024\nscores: {'1': not_applicable, '2': 3}\n"
        ran = call("score", "-", "--scheme", scheme, "--depth", "9", "-f", "json", given=card)
        checked = call("check", "-", "--scheme", scheme, given=ran.out)
        assert checked.out == "files checked: 1; nothing found\n"


class TestProvinces:
    """A unit under a scheme of provinces whose name is nearly that of one is misspelt; others are let be."""

    @pytest.mark.parametrize(
        ("unit", "near"),
        [
            ("Tỉnh Hoà Bnh", "Hòa Bình"),
            ("Soc Trag", "Sóc Trăng"),
            ("Tỉnh Hoà Bình", ""),
            ("TP. Hồ Chí Minh", ""),
            ("Sở Nội vụ", ""),
            ("Tỉnh A", ""),
            ("Hà Lam", ""),
        ],
    )
    def test_names(self, unit: str, near: str) -> None:
        data = {"unit": unit, "year": 2018, "scheme": "vn-province-2018", "total": 80}
        found = [each for each in parindex.check(data) if each.code == "P610"]
        assert [each.parameters["near"] for each in found] == ([near] if near else [])

    def test_of_another_level(self) -> None:
        level = {"level": "district", "scheme": "vn-province-2018"}
        found = parindex.check({"unit": "Soc Trag", "year": 2018, "total": 80} | level)
        assert "P610" not in [each.code for each in found]

    def test_its_place(self, tmp_path: Path) -> None:
        text = "unit: Soc Trag\nyear: 2018\nlevel: province\ntotal: 80\n"
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        ran = call("check", str(tmp_path / "a.yaml"))
        assert (ran.code, ":1:7: P610 warning " in ran.out) == (0, True)
        assert "(found: Soc Trag; did you mean: Sóc Trăng)" in ran.out


class TestChoice:
    """`--select` and `--ignore` take codes and how codes begin, and refuse others."""

    FILE = str(BAD / "all-at-once.yaml")

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            (["--select", "P6"], ["P602", "P606", "P603"]),
            (["--select", "p602,P2", "--ignore", "P201,P207"], ["P202", "P602"]),
            (["--select", "P602", "--select", "P603"], ["P602", "P603"]),
            (["--ignore", "P2", "--ignore", "P60"], []),
        ],
    )
    def test_codes(self, options: list[str], codes: list[str]) -> None:
        ran = check(self.FILE, *options)
        assert [code_of(line) for line in ran.out.splitlines()[:-1]] == codes
        assert ran.code == int("P202" in codes)

    @pytest.mark.parametrize(("code", "near"), [("P6O1", "did you mean"), ("P999", ""), ("", "")])
    def test_unknown(self, code: str, near: str) -> None:
        ran = check(self.FILE, "--select", code)
        assert (ran.code, ran.out) == (2, "")
        assert f"no finding has the code {code or '—'}" in ran.err
        assert near in ran.err

    def test_a_file_that_cannot_be_read_is_always_told(self) -> None:
        ran = check(str(BAD / "not-utf-8.yaml"), "--select", "P6")
        assert (ran.code, code_of(ran.out)) == (2, "P103")


class TestFormats:
    """The same findings for programs, and the same exit code."""

    FILE = str(BAD / "rates.yaml")

    @pytest.mark.parametrize("form", ["json", "ndjson", "csv", "markdown"])
    def test_exit_code(self, form: str) -> None:
        assert check(self.FILE, "--format", form).code == 1

    def test_json(self) -> None:
        data = json.loads(check(self.FILE, "--format", "json").out)
        assert data["format"] == "parindex-check/1"
        assert data["findings"][0] == {
            "file": self.FILE,
            "line": 6,
            "column": 18,
            "pointer": None,
            "cell": None,
            "path": ["scores", "2.1", "value"],
            "code": "P604",
            "severity": "error",
            "where": "2.1",
            "found": "98.32",
            "expected": "98.23",
            "message": "the rate printed is 98.32 %, what stands beside it gives 98.23 %",
            "mend": "Look for the misprint: in the rate, or in one of the counts.",
            "parameters": {"published": "98.32", "computed": "98.23"},
        }

    def test_csv(self) -> None:
        first = next(csv.DictReader(io.StringIO(check(self.FILE, "--format", "csv").out)))
        assert (first["file"], first["line"], first["column"]) == (self.FILE, "6", "18")
        assert (first["code"], first["severity"]) == ("P604", "error")
        assert (first["found"], first["expected"]) == ("98.32", "98.23")

    def test_markdown(self) -> None:
        out = check(self.FILE, "--format", "markdown").out
        assert [out.count("| P604 | error |"), out.count("errors: 2")] == [2, 1]

    def test_fifty_lines_and_how_many_more(self, tmp_path: Path) -> None:
        file = tmp_path / "many.csv"
        rows = "".join(f"U{number},2024,example-check,9,1\n" for number in range(60))
        file.write_text(f"unit,year,scheme,code,points\n{rows}", encoding="utf-8")
        lines = check(str(file), "--select", "P201").out.splitlines()
        assert (len(lines), lines[-2]) == (52, "… and 10 more findings in this file")
        assert lines[-1] == "files checked: 1; errors: 60"
        told = json.loads(check(str(file), "--select", "P201", "-f", "json").out)["findings"]
        assert len(told) == 60

    def test_text_of_a_file_cannot_move_the_cursor(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(
            "unit,year,scheme,code,points\nX,2024,example-check,\x1b[2J,1\n", encoding="utf-8"
        )
        assert "\x1b" not in check(str(file)).out

    def test_vietnamese(self) -> None:
        ran = run("check", self.FILE, "--scheme", SCHEME, "--lang", "vi")
        assert "P604 lỗi 2.1: tỷ lệ in là 98,32%" in ran.out
        assert ran.code == 1
