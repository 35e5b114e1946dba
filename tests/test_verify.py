"""`parindex verify`: every cell of a result that was handed on, against its scorecard."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex import __version__
from parindex.analysis.verification import compare
from tests.processes import Ran
from tests.support import EXAMPLE, ROOT, call

SMALL = ("examples/small-2024.yaml", "--scheme", "examples/small-scheme.yaml")
BAD = ROOT / "tests" / "bad" / "results"


@pytest.fixture
def small() -> dict[str, Any]:
    """A result that is known in part, with quotients whose decimals do not end."""
    found: dict[str, Any] = json.loads(call("score", *SMALL, "--depth", "3", "-f", "json").out)
    return found


@pytest.fixture
def verify(tmp_path: Path) -> Callable[..., Ran]:
    def run(data: Any, *options: str) -> Ran:
        file = tmp_path / "result.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return call("verify", str(file), *SMALL, *options)

    return run


class TestAgrees:
    """What `score` writes agrees with its scorecard, to any depth and in both forms of JSON."""

    @pytest.mark.parametrize(
        ("arguments", "count"),
        [
            ((EXAMPLE,), 1),
            (("seeds/published",), 62),
            (SMALL, 1),
            (("tests/bad/fine/total-and-areas.csv",), 2),
        ],
    )
    @pytest.mark.parametrize(("depth", "form"), [("0", "json"), ("4", "ndjson")])
    def test_untouched(
        self, arguments: tuple[str, ...], count: int, depth: str, form: str, tmp_path: Path
    ) -> None:
        file = str(tmp_path / "result.json")
        call("score", *arguments, "--depth", depth, "-f", form, "-o", file)
        ran = call("verify", file, *arguments)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines()[-3:] == [
            f"{count} of {count} results agree.",
            "The hash of the scheme agrees.",
            "Handed on by the same version.",
        ]

    def test_a_stage_that_was_asked_for(self, tmp_path: Path) -> None:
        card = tmp_path / "card.yaml"
        card.write_text(
            "unit: X\nyear: 2018\nscores: {1: {self: {points: 9}, appraised: {points: 8}}}\n",
            encoding="utf-8",
        )
        file = str(tmp_path / "result.json")
        call("score", str(card), "--stage", "self", "-f", "json", "-o", file)
        assert call("verify", file, str(card), "--stage", "self").code == 0
        assert call("verify", file, str(card)).code == 1

    def test_other_digits_of_the_same_number(
        self, small: dict[str, Any], verify: Callable[..., Ran]
    ) -> None:
        [result] = small["results"]
        result["max"] = 10.0
        result["criteria"][0]["percent"] = 87.5
        assert verify(small).code == 0

    def test_an_index_that_came_later(
        self, small: dict[str, Any], verify: Callable[..., Ran]
    ) -> None:
        """Results of the format's first days have no `index`; one that is there must be right."""
        [result] = small["results"]
        del result["index"]
        assert verify(small).code == 0
        result["index"] = 80
        assert (verify(small).code, "index" in verify(small).out) == (1, True)

    def test_what_score_writes_says_its_version(self, small: dict[str, Any]) -> None:
        tool = {"name": "parindex", "version": __version__}
        assert small["tool"] == tool
        [line] = call("score", *SMALL, "-f", "ndjson").out.splitlines()
        assert json.loads(line)["tool"] == tool


class TestDiffers:
    """Every cell that is not as it comes out now is told, with both values; the exit code is 1."""

    @pytest.mark.parametrize(
        ("path", "value", "told"),
        [
            (("points",), 5.7, "points,5.7,5.65469613260"),
            (("points_exact",), "2048/362", "points_exact,2048/362,2047/362"),
            (("band",), "Tốt", "band,Tốt,null"),
            (("high",), 86.551, "high,86.551,86.55"),
            (("low",), True, "low,true,56.55"),
            (("max",), "1e9999", "max,1e9999,10"),
            (("lost",), None, "lost,null,1.34530386740"),
            (("complete",), True, "complete,true,false"),
            (("stage",), "", "stage,,null"),
            (("scheme", "sha256"), "0" * 64, f"scheme.sha256,{'0' * 64},"),
            (("scheme",), {}, "scheme.id,–,example-small-2024"),
            (("criteria", 0, "children", 1, "points"), 2, "criteria.1.children.1.2.points,2,3"),
            (("criteria", 0, "children", 0, "code"), "1.10", "criteria.1.children.1.1,–,{…}"),
            (("criteria", 0, "name", "vi"), "Khác", "criteria.1.name.vi,Khác,"),
            (("criteria", 1, "children"), [], "criteria.2.children.2.1,–,{…}"),
            (("criteria", 1), 5, "criteria.2,5,{…}"),
            (("criteria",), {}, "criteria,{…},[…]"),
            (("bands",), ["Tốt"], "bands.2,–,Khá"),
        ],
    )
    def test_a_changed_cell(
        self,
        path: tuple[str | int, ...],
        value: Any,
        told: str,
        small: dict[str, Any],
        verify: Callable[..., Ran],
    ) -> None:
        at: Any = small["results"][0]
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        ran = verify(small, "-f", "csv")
        assert (ran.code, ran.err) == (1, "")
        assert f",false,{told}" in ran.out

    def test_another_scheme(self, small: dict[str, Any], tmp_path: Path) -> None:
        text = (ROOT / "examples" / "small-scheme.yaml").read_text("utf-8")
        other = tmp_path / "scheme.yaml"
        other.write_text(text.replace("floor: 80%", "floor: 70%"), encoding="utf-8")
        file = tmp_path / "result.json"
        file.write_text(json.dumps(small), encoding="utf-8")
        ran = call("verify", str(file), SMALL[0], "--scheme", str(other), "-f", "json")
        [result] = json.loads(ran.out)["results"]
        paths = {each["path"] for each in result["differences"]}
        assert paths == {"scheme.sha256", "criteria.2.children.2.1.rule.floor"}
        assert (ran.code, result["agrees"], result["has_scorecard"]) == (1, False, True)
        told = call("verify", str(file), SMALL[0], "--scheme", str(other)).out
        assert "The scheme is not the same any more: its hash differs." in told

    def test_a_unit_without_a_scorecard(
        self, small: dict[str, Any], verify: Callable[..., Ran]
    ) -> None:
        small["results"][0]["unit"] = "Sở Khác"
        ran = verify(small)
        assert ran.code == 1
        assert "NO SCORECARD  Sở Khác" in ran.out
        assert "1 scorecards have no result in the file." in ran.out

    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            ({"a": "1.10"}, {"a": Decimal("1.1")}, []),
            ({"a": "1.10"}, {"a": "1.1"}, ["a"]),
            ({"a": "–"}, {"a": "–"}, []),
            ({}, {"a": "–"}, ["a"]),
            ({}, {"a": None}, ["a"]),
            ({"a": None}, {"a": None}, []),
            ({"a": [{"code": "1"}, {"code": "1"}]}, {"a": [{"code": "1"}]}, ["a.1 (2)"]),
            ({"a": [{"code": "2"}, {"code": "1"}]}, {"a": [{"code": "1"}, {"code": "2"}]}, []),
            ({"a": ["2", "1"]}, {"a": [1, 2]}, ["a.1", "a.2"]),
            ({"b": "x" * 500}, {}, ["b"]),
        ],
    )
    def test_cells(self, one: Any, other: Any, told: list[str]) -> None:
        _, differences = compare(one, other, same_version=True)
        assert [each.path for each in differences] == told
        assert all(len(each.handed_on) < 300 for each in differences)

    @given(st.recursive(st.none() | st.text() | st.just("1"), st.lists, max_leaves=5))
    def test_whatever_was_handed_on_can_be_compared(self, value: Any) -> None:
        cells, differences = compare({"a": value}, {"a": 1, "b": [True]}, same_version=True)
        assert cells == 2
        assert len(differences) == (1 if value == "1" else 2)


class TestTold:
    """Another version and unknown fields are told, and are no failure."""

    def test_another_version_may_use_other_words(
        self, small: dict[str, Any], verify: Callable[..., Ran]
    ) -> None:
        small["results"][0]["criteria"][0]["working"] = "added up"
        assert verify(small).code == 1
        small["tool"]["version"] = "0.0.9"
        ran = verify(small)
        assert ran.code == 0
        assert "Handed on by version 0.0.9: words were not compared." in ran.out
        del small["tool"]
        assert "do not say by which version" in verify(small).out

    def test_an_unknown_field(self, small: dict[str, Any], verify: Callable[..., Ran]) -> None:
        small["results"][0]["remark"] = "\u202e=1+1"
        ran = verify(small)
        assert (ran.code, "\u202e" in ran.out) == (0, False)
        assert "remark" in ran.out
        assert "What results do not have is not compared." in ran.out


FAULTS = {
    "another-format": [
        "/format: P110 the value is not of the kind expected (found: parindex-result/2; expected: parindex-result/1)"
    ],
    "no-results": [
        "/: P110 the value is not of the kind expected (found: –; expected: […])",
    ],
    "no-result": [" P113 there is nothing in it"],
    "not-a-result": [
        "/results/0: P110 the value is not of the kind expected (found: 5; expected: key: value)",
    ],
    "key-twice": ["/unit: P107 unit: this key stands twice (found: unit)"],
    "broken": [
        "2:1: P104 the file breaks the rules of its format (found: the end of the text; expected: every quote and bracket closed)"
    ],
    "a-list": ["/0: P110 the value is not of the kind expected (found: […]; expected: key: value)"],
}


class TestBad:
    """What is no result ends with code 2, and a line with the place."""

    @pytest.mark.parametrize("name", FAULTS)
    def test_told(self, name: str) -> None:
        file = BAD / f"{name}.json"
        ran = call("verify", str(file), EXAMPLE)
        lines = [line.removeprefix(f"{file}:") for line in ran.faults]
        assert (ran.code, ran.out, lines) == (2, "", FAULTS[name])

    def test_there_is_a_test_for_every_file(self) -> None:
        assert {file.stem for file in BAD.glob("*.json")} == FAULTS.keys()

    def test_a_scorecard_with_faults(self, small: dict[str, Any], tmp_path: Path) -> None:
        file = tmp_path / "result.json"
        file.write_text(json.dumps(small), encoding="utf-8")
        ran = call("verify", str(file), "tests/bad/above-maximum.yaml")
        assert (ran.code, ran.out, "P202" in ran.err) == (2, "", True)

    def test_the_result_is_not_written_over(self, small: dict[str, Any], tmp_path: Path) -> None:
        file = tmp_path / "result.json"
        file.write_text(json.dumps(small), encoding="utf-8")
        assert "P115" in call("verify", str(file), *SMALL, "-o", str(file)).err
