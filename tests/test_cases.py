"""`parindex test`: the project's own cases, what differs, and bad files of cases."""

import json
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

from parindex.analysis.cases import check_case
from parindex.files.case_file import read_cases
from parindex.rules import KINDS
from parindex.scoring.outcome import NodeState
from tests.processes import Ran
from tests.support import ROOT, call
from tests.test_schemas import documents

CASES = ROOT / "tests" / "cases"
BAD = ROOT / "tests" / "bad" / "cases"


class TestOwn:
    """The project's own cases pass, through the command that officials use."""

    def test_all_pass(self) -> None:
        ran = call("test", str(CASES))
        assert (ran.code, ran.err, " 0 failed." in ran.out) == (0, "", True)

    def test_every_state_rule_and_adjustment_occurs(self) -> None:
        cases = read_cases([str(CASES)])
        states = {state for case in cases for state in case.expected.states.values()}
        assert states == set(get_args(NodeState))
        schemes = {case.scheme.id: case.scheme for case in cases if case.scheme}.values()
        kinds = {c.rule.kind for s in schemes for c in s.by_code.values() if c.rule}
        assert kinds == KINDS.keys()
        blocks = {(block.kind, block.cap is None) for s in schemes for block in s.adjustments}
        assert blocks >= {("bonus", False), ("penalty", True)}
        assert {s.clamp for s in schemes if s.adjustments} == {True, False}
        assert {s.not_applicable for s in schemes} == {"reduce-maximum", "full-points"}

    @pytest.mark.parametrize("file", sorted(CASES.glob("*.yaml")), ids=lambda file: file.stem)
    def test_they_fit_the_schema_that_they_name(self, file: Path) -> None:
        schema = json.loads((ROOT / "schemas" / "case.json").read_text("utf-8"))
        modeline = file.read_text("utf-8").splitlines()[0]
        assert modeline == "# yaml-language-server: $schema=../../schemas/case.json"
        for document in documents(file):
            errors = list(Draft202012Validator(schema).iter_errors(document))
            assert not errors or "P108" in document["expected"].get("faults", ())


def run_case(tmp_path: Path, text: str, *options: str) -> Ran:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return call("test", str(file), *options)


START = (
    "name: Ca\nscheme: vn-province-2018\ninput: {year: 2018, scores: {1: 5, 2: 9.5}}\nexpected: "
)


class TestDifferences:
    """What differs is told cell by cell, with no margin; only what is expected is compared."""

    @pytest.mark.parametrize(
        ("expected", "differs"),
        [
            ("{points: 14.5, low: 14.50, states: {1: scored}, bands: [A, B, C, D]}", []),
            ("{points: 29/2, high: '95.5%', complete: false, findings: []}", []),
            ("{points: 14.501}", [("points", "14.501", "14.5")]),
            ("{points: 43/3}", [("points", "43/3", "14.5")]),
            ("{index: 14.5, band: A}", [("index", "14.5", ""), ("band", "A", "")]),
            ("{bands: [A, unknown]}", [("bands", "A | unknown", "A | B | C | D")]),
            ("{complete: true}", [("complete", "true", "false")]),
            ("{states: {1: zero, 3: unknown}}", [("states.1", "zero", "scored")]),
            (
                "{criteria: {2: 9.05, 3: 0}}",
                [("criteria.2", "9.05", "9.5"), ("criteria.3", "0", "")],
            ),
            ("{parts: {origin: {survey: 30}}}", [("parts.origin.survey", "30", "")]),
            ("{findings: [P401]}", [("findings", "P401", "")]),
            ("{faults: [P202, P202]}", [("faults", "P202, P202", "")]),
        ],
    )
    def test_cells(
        self, tmp_path: Path, expected: str, differs: list[tuple[str, str, str]]
    ) -> None:
        ran = run_case(tmp_path, START + expected, "-f", "csv")
        rows = [tuple(line.rsplit(",", 3)[1:]) for line in ran.out.splitlines()[1:]]
        if expected.startswith("{faults"):
            rows = [("faults", "P202, P202", "") for _ in rows]
        assert rows == (differs or [("", "", "")])
        assert (ran.code, ran.err) == (1 if differs else 0, "")

    def test_a_third_is_exact(self, tmp_path: Path) -> None:
        text = START.replace("{1: 5, 2: 9.5}", '{"1": {percent: 33.33%}}')
        file = tmp_path / "case.yaml"
        file.write_text(text + "{points: 2.9997}", encoding="utf-8")
        [case] = read_cases([str(file)])
        assert check_case(case).passed
        assert case.expected.figures == {"points": Fraction(29997, 10000)}

    def test_an_unexpected_fault_fails_the_case_and_is_told(self, tmp_path: Path) -> None:
        ran = run_case(tmp_path, START.replace("1: 5", "1: 50") + "{points: 5}")
        assert ran.code == 1
        assert "case.yaml:3:33: P202 1: the points are above the maximum" in ran.out

    def test_table(self, tmp_path: Path) -> None:
        ran = run_case(tmp_path, f"{START}{{points: 14.5}}\n---\n{START}{{points: 1}}")
        lines = [line.split() for line in ran.out.splitlines()]
        assert [line[0] for line in lines[2:4]] == ["passed", "FAILED"]
        assert ran.out.splitlines()[4] == "1 passed, 1 failed."
        assert lines[-1] == ["points", "1", "14.5"]

    def test_json(self, tmp_path: Path) -> None:
        ran = run_case(tmp_path, START + "{points: 43/3, index: 5}", "-f", "json")
        [case] = json.loads(ran.out)["cases"]
        assert (case["passed"], case["line"], case["scheme"]) == (False, 1, "vn-province-2018")
        assert case["differences"] == [
            {"what": "points", "expected": "43/3", "found": 14.5},
            {"what": "index", "expected": 5, "found": None},
        ]

    def test_text_of_a_case_is_made_harmless(self, tmp_path: Path) -> None:
        text = START.replace("name: Ca", 'name: "=1+1\\u202E"')
        assert "\u202e" not in run_case(tmp_path, text + "{points: 1}").out
        assert ",'=1+1" in run_case(tmp_path, text + "{points: 1}", "-f", "csv").out


class TestFolders:
    """Of a folder all YAML files are cases but those that a case names as its scheme."""

    def test_a_scheme_that_no_case_names_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("id: x\n", encoding="utf-8")
        (tmp_path / "b.yaml").write_text(START + "{points: 14.5}", encoding="utf-8")
        ran = call("test", str(tmp_path))
        assert (ran.code, ran.out, "a.yaml:1:1: P108" in ran.err) == (2, "", True)

    def test_a_scheme_is_found_from_the_file_that_names_it(self, tmp_path: Path) -> None:
        below = tmp_path / "below"
        below.mkdir()
        source = CASES / "schemes" / "two-areas.yaml"
        (tmp_path / "s.yaml").write_text(source.read_text("utf-8"), encoding="utf-8")
        text = "name: Ca\nscheme: ../s.yaml\ninput: {year: 2024, total: 5}\nexpected: {points: 5}\n"
        (below / "c.yaml").write_text(text, encoding="utf-8")
        assert call("test", str(tmp_path)).code == 0

    def test_a_folder_without_cases(self, tmp_path: Path) -> None:
        assert "P118" in call("test", str(tmp_path)).err


FAULTS = {
    "unknown-field": [
        "1:1: P109 a field is missing (expected: name)",
        "1:1: P108 this field does not belong here (found: nmae; did you mean: name)",
        "3:12: P108 this field does not belong here (found: indx; did you mean: index)",
    ],
    "input-field": [
        "3:8: P109 a field is missing (expected: year)",
        "3:9: P108 this field does not belong here (found: yaer; did you mean: year)",
    ],
    "nothing-expected": [
        "4:11: P109 expected: a field is missing (expected: points | index | band | states | faults | …)",
    ],
    "values": [
        "4:19: P110 expected.index: the value is not of the kind expected (found: about 5; expected: 12.5 / 12,5)",
        "4:42: P110 expected.states.1: the value is not of the kind expected (found: scord; expected: scored | zero | partial | not_applicable | no_evidence | unknown | included)",
        "4:66: P207 expected.criteria.1: the value lies outside what is possible (found: 1/0; expected: 1/3)",
        "4:76: P110 expected.criteria.2: the value is not of the kind expected (found: […]; expected: 12.5 / 1/3)",
        "4:93: P110 expected.findings: the value is not of the kind expected (found: P40; expected: P202; did you mean: P408, P407, P406)",
    ],
    "faults-and-more": [
        "4:11: P310 expected: these two parameters exclude each other (found: index, faults)"
    ],
    "unknown-names": [
        "4:21: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "4:46: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9; expected: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8)",
        "4:72: P214 sip: the scheme vn-province-2018 has no partition or part of this name (found: sip; did you mean: sipas)",
        "4:81: P214 orign: the scheme vn-province-2018 has no partition or part of this name (found: orign; did you mean: origin)",
        "4:107: P313 bonus: this refers to a code or part that the scheme does not have (found: bonus)",
    ],
    "a-list": [
        "1:1: P110 the value is not of the kind expected (found: […]; expected: key: value)"
    ],
    "no-such-scheme": [
        "2:9: P208 no scheme of this id is known (found: vn-province-2081; did you mean: vn-province-2019, vn-province-2018, vn-province-2017)"
    ],
}


class TestBad:
    """A bad file of cases ends with code 2, and every fault with its place."""

    @pytest.mark.parametrize("name", FAULTS)
    def test_told(self, name: str) -> None:
        file = BAD / f"{name}.yaml"
        ran = call("test", str(file))
        lines = [line.removeprefix(f"{file}:") for line in ran.faults]
        assert (ran.code, ran.out, lines) == (2, "", FAULTS[name])

    def test_a_scheme_file_that_is_not_there_is_a_fault_of_the_case(self, tmp_path: Path) -> None:
        ran = run_case(tmp_path, START.replace("vn-province-2018", "none.yaml") + "{points: 1}")
        told = f"case.yaml:2:9: P101 {tmp_path / 'none.yaml'}: the file cannot be read"
        assert (ran.code, ran.out, told in ran.err) == (2, "", True)

    def test_a_faulty_scheme_is_told_once_for_all_its_cases(self, tmp_path: Path) -> None:
        scheme = "requires-itself.yaml"
        (tmp_path / scheme).write_bytes((ROOT / "tests/bad/schemes" / scheme).read_bytes())
        text = START.replace("vn-province-2018", scheme) + "{points: 1}"
        lines = run_case(tmp_path, f"{text}\n---\n{text}\n").err.splitlines()
        assert (len(lines), f"{scheme}:" in lines[0], "P314" in lines[0]) == (1, True, True)

    def test_there_is_a_test_for_every_file(self) -> None:
        assert {file.stem for file in BAD.glob("*.yaml")} == FAULTS.keys()
