"""`parindex template`: an empty scorecard that reads back, whatever the scheme's names hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.api import load_scheme, read_scorecards, score
from parindex.scheme.catalog import scheme_ids
from parindex.scheme.scheme import Scheme
from parindex.tables.template import write_template
from parindex.values.language import language
from tests.support import ROOT, area, call, scheme

FILES = [ROOT / "examples" / "small-scheme.yaml", *sorted(ROOT.glob("examples/schemes/*.yaml"))]
SCHEMES = [*scheme_ids(), *map(str, FILES)]


def read_back(text: str, under: Scheme, file: Path) -> dict[str, str]:
    """The states of the leaves of a filled-in text that reads without faults."""
    file.write_text(text, encoding="utf-8")
    [card] = read_scorecards(file, under)
    result = score(card, under)
    assert (result.total.points, result.total.complete) == (None, False)
    return {leaf.code: result.node(leaf.code).state for leaf in under.leaves}


class TestReadsBack:
    """Every leaf stands in it and nothing is known, in YAML and in CSV, for every scheme."""

    @pytest.mark.parametrize("name", SCHEMES)
    def test_yaml_and_csv(self, name: str, tmp_path: Path) -> None:
        under = load_scheme(name)
        unknown = {leaf.code: "unknown" for leaf in under.leaves}
        year = ("--year", str(under.years[-1]), "--unit", "X")
        table = call("template", name, *year, "-f", "csv", "--csv-dialect", "excel-vi").out
        assert read_back(table, under, tmp_path / "a.csv") == unknown
        if under.criteria:
            text = call("template", name, *year).out
            assert read_back(text, under, tmp_path / "a.yaml") == unknown

    @pytest.mark.parametrize(
        ("name", "start"), [("a.yaml", b"# vn-"), ("a.csv", b"unit_id,"), ("a.xlsx", b"PK")]
    )
    def test_the_name_tells_the_form(self, name: str, start: bytes, tmp_path: Path) -> None:
        file = tmp_path / name
        assert call("template", "vn-province-2018", "-o", str(file)).code == 0
        assert file.read_bytes().startswith(start)

    def test_a_name_that_promises_a_document(self, tmp_path: Path) -> None:
        ran = call("template", "vn-province-2018", "-o", str(tmp_path / "a.docx"))
        assert (ran.code, list(tmp_path.iterdir())) == (2, [])

    def test_where_only_a_total_is_known_it_asks_for_that(self, tmp_path: Path) -> None:
        text = call("template", "vn-tay-ninh-departments-2023", "--unit", "X").out
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        assert "P109" in call("score", str(file)).err
        file.write_text(text.replace("total:", "total: 69.25"), encoding="utf-8")
        assert "69.25" in call("score", str(file)).out

    @pytest.mark.parametrize("form", ["yaml", "csv"])
    def test_a_unit_that_nobody_named(self, form: str, tmp_path: Path) -> None:
        """It is refused until somebody writes its name: no unit is called as the hint."""
        file = tmp_path / f"a.{form}"
        assert call("template", "vn-province-2018", "-o", str(file)).code == 0
        ran = call("score", str(file))
        assert (ran.code, "P109 a field is missing (expected: unit)" in ran.err) == (2, True)

    def test_the_head(self) -> None:
        """The hint about a form stands only where a rule takes one; the editor's line is last."""
        lines = call("template", "vn-province-2018").out.splitlines()
        assert lines[1] == "# Write for `unknown` points, like 7.93."
        assert lines[4:6] == [
            "# yaml-language-server: $schema=scorecard.schema.json",
            "unit: # name of the unit",
        ]
        text = call("template", "examples/small-scheme.yaml").out
        assert 'or one form after “Report”: {value: "97.2%"}.' in text

    def test_parts_read_when_they_are_filled_in(self, tmp_path: Path) -> None:
        text = call("template", "vn-province-2018", "--unit", "X").out
        text = text.replace("# parts:", "parts:").replace("#   origin:", "  origin:")
        text = text.replace("#     survey:", "    survey: 30.5")
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        [card] = read_scorecards(file)
        assert {part: str(points) for part, points in card.parts["origin"].items()} == {
            "survey": "30.5"
        }


class TestComments:
    """What there is to know stands above each score, and never gets out of its comment."""

    def test_name_maximum_rule_and_form(self) -> None:
        text = call("template", str(FILES[0]), "--unit", "Sở Ví dụ").out
        assert "unit: Sở Ví dụ\n" in text
        above = text.split('  "1.2": unknown')[0].splitlines()[-3:]
        assert above == [
            "  # 1.2 Share of the tasks carried out: maximum 3",
            "  # Points of the step in which the figure lies: > 90 %: 3; 70–90 %: 1.5; < 70 %: 0.",
            "  # Report: value: 97.2%, ratio: [234, 543]",
        ]

    def test_the_fewest_points_and_days_by_name(self) -> None:
        """A leaf that goes below 0 says so, and dates are asked for as dates."""
        reports = {"kind": "deduct", "step": "1"}
        days = {"kind": "deadline", "start": "decided", "done": "sent", "within": 5}
        leaves = area("1", "4", rule=reports, min="-2"), area("2", "6", rule=days)
        text = write_template(scheme(criteria=[*leaves]), "A", 2024, language("en"))
        assert "not below -2." in text
        assert "Report: figures: {decided: 31/12/2025, sent: 31/12/2025}" in text

    def test_guards_offices_documents_caps_and_profiles(self) -> None:
        under = scheme(
            profiles={"small": ["2"]},
            criteria=[
                area("1", "4", lead="Sở Nội vụ", evidence="required"),
                area("2", "6", requires="1"),
            ],
            adjustments=[{"id": "more", "kind": "bonus", "cap": "2", "items": [area("T1", "3")]}],
        )
        text = write_template(under, "X", 2024, language("en"))
        for line in (
            "# With `profile: small` these do not apply: 2",
            "  # Lead office: Sở Nội vụ",
            "  # Points need documents: `evidence`.",
            "  # Counts only where 1 got points.",
            "  # Bonus: together at most 2 points more.",
            '  "T1": unknown',
        ):
            assert line in text.splitlines()

    @pytest.mark.parametrize(
        "name",
        ["a\nunit: Y", "a\r\nscores: {}", "a # b: c", "a\u2028b: c", "a\x85b: c", "- {[&*!|"],
    )
    def test_a_name_stays_in_its_comment(self, name: str, tmp_path: Path) -> None:
        evil = {"vi": name}
        under = scheme(
            title=evil,
            group=name,
            criteria=[{**area("1", "4"), "name": evil, "lead": name}, area("2", "6")],
            partitions={"origin": [{"id": "survey", "name": evil}]},
        )
        text = write_template(under, name, 2024, language("vi"))
        assert read_back(text, under, tmp_path / "a.yaml") == {"1": "unknown", "2": "unknown"}
        [card] = read_scorecards(tmp_path / "a.yaml", under)
        assert (card.unit, card.group) == (name, name)

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
    def test_any_name_stays_in_its_comment(self, name: str) -> None:
        criteria = [{**area("1", "4"), "name": {"vi": name}, "lead": name}, area("2", "6")]
        lines = write_template(scheme(criteria=criteria), "X", 2024, language("vi")).split("\n")
        outside = [line for line in lines if not line.lstrip().startswith("#")]
        about = ["unit: X", "year: 2024", "level: department", "scheme: example-test"]
        assert outside == [*about, "scores:", '  "1": unknown', '  "2": unknown', ""]
        assert all(line.splitlines() == [line] for line in lines if line)

    def test_in_vietnamese(self) -> None:
        text = write_template(load_scheme("vn-province-2018"), "X", 2018, language("vi"))
        assert "# 6 Cải cách tài chính công: tối đa 12,5" in text


class TestYear:
    """A scheme of several years asks which."""

    @pytest.mark.parametrize("year", [(), ("--year", "2021")])
    def test_a_year_must_be_named(self, year: tuple[str, ...]) -> None:
        ran = call("template", "vn-province-2022", *year)
        assert (ran.code, ran.out, "2022, 2023" in ran.err) == (2, "", True)

    def test_it_is_written(self) -> None:
        assert "year: 2023\n" in call("template", "vn-province-2022", "--year", "2023").out

    def test_a_faulty_scheme_is_told(self, tmp_path: Path) -> None:
        file = tmp_path / "scheme.json"
        file.write_text(json.dumps({"id": "x"}), encoding="utf-8")
        ran = call("template", str(file))
        assert (ran.code, ran.out, "P109" in ran.err) == (2, "", True)
