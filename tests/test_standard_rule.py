"""Standards: met or not, counted and listed, and never points."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.losses import losses
from parindex.api import load_scheme, read_scorecards
from parindex.office.xlsx.template import filled_workbook
from parindex.rules.base import RefusedError
from parindex.rules.standard import StandardRule
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.standards import Standards, standards_of
from parindex.values.facts import Answer, Count, Date, Fact, Points, Ratio, Value
from parindex.values.language import language
from tests.support import ROOT, area, call, card, scheme

LAW = str(ROOT / "tests" / "cases" / "schemes" / "access-to-law.yaml")
NONE = Fraction(0)
EN = language("en")


def rule(**fields: Any) -> StandardRule:
    """A standard with what a test sets."""
    return StandardRule.model_validate({"kind": "standard", **fields})


def percent(figure: str) -> Value:
    """A percentage."""
    return Value(Decimal(figure), is_percent=True)


def ratio(part: int, whole: int) -> Ratio:
    """A part of a whole."""
    return Ratio(Decimal(part), Decimal(whole))


def judged(**scores: Any) -> Scheme:
    """A scheme with an area of 10 points and standards, as leaves beside it."""
    leaves = [area(code, None, rule={"kind": "standard", **each}) for code, each in scores.items()]
    whole = area("1", "10", area("1.1", "10"), *leaves)
    return scheme(criteria=[whole])


class TestEdges:
    """At least `from`, at most `to`; both edges meet it themselves."""

    @pytest.mark.parametrize(
        ("fields", "fact", "met"),
        [
            ({"from": "80%"}, percent("80"), True),
            ({"from": "80%"}, percent("79.99"), False),
            ({"from": "80%"}, ratio(4, 5), True),
            ({"from": "80%"}, ratio(399, 500), False),
            ({"from": "100%"}, ratio(3, 3), True),
            ({"from": "100%"}, ratio(999999, 1000000), False),
            ({"from": "0%"}, ratio(0, 3), True),
            ({"from": "1"}, Count(0), False),
            ({"from": "1"}, Count(1), True),
            ({"from": "1"}, Value(Decimal("0.99")), False),
            ({"to": "0"}, Value(Decimal(0)), True),
            ({"to": "0"}, Count(1), False),
            ({"to": "5%"}, percent("5"), True),
            ({"to": "5%"}, ratio(6, 100), False),
            ({"from": "2", "to": "4"}, Count(1), False),
            ({"from": "2", "to": "4"}, Count(2), True),
            ({"from": "2", "to": "4"}, Count(4), True),
            ({"from": "2", "to": "4"}, Count(5), False),
            ({}, Answer("met"), True),
            ({}, Answer("not_met"), False),
            ({"from": "80%"}, Answer("met"), True),
        ],
    )
    def test_met(self, fields: dict[str, str], fact: Fact, met: bool) -> None:
        standard = rule(**fields)
        assert standard.met(fact) is met
        assert standard.points(fact, NONE) == 0
        said = standard.working(fact, NONE, EN)
        assert ("not met" in said) is not met

    @pytest.mark.parametrize(
        ("fields", "fact", "code"),
        [
            ({"from": "80%"}, Value(Decimal(80)), "P205"),
            ({"from": "80%"}, Count(3), "P205"),
            ({"from": "80%"}, ratio(0, 0), "P206"),
            ({"from": "80%"}, ratio(6, 5), "P207"),
            ({"from": "80%"}, percent("101"), "P207"),
            ({"from": "1"}, percent("50"), "P205"),
            ({"from": "1"}, Value(Decimal(-1)), "P207"),
            ({}, percent("50"), "P205"),
            ({}, Count(1), "P205"),
            ({}, Answer("maybe"), "P217"),
            ({"to": "1"}, Answer("maybe"), "P217"),
            ({}, Points(Decimal(0)), "P205"),
            ({"from": "1"}, Points(Decimal(0)), "P205"),
        ],
    )
    def test_what_it_refuses(self, fields: dict[str, str], fact: Fact, code: str) -> None:
        with pytest.raises(RefusedError) as told:
            rule(**fields).points(fact, NONE)
        assert told.value.code == code

    @pytest.mark.parametrize(
        ("word", "id_"),
        [
            *(
                (word, "met")
                for word in ("đạt", "Đạt", "dat", "có", "Yes", "x", "true", "đạt chuẩn", "met")
            ),
            *((word, "not_met") for word in ("không đạt", "Chưa đạt", "khong dat", "không", "no")),
            *((word, "not_met") for word in ("not met", "not_met", "false", "fail")),
            ("có lẽ", "có lẽ"),
        ],
    )
    def test_words(self, word: str, id_: str) -> None:
        assert rule().meant(Answer(word)) == Answer(id_)

    @pytest.mark.parametrize(
        ("fields", "maximum", "codes"),
        [
            ({"from": "80%"}, 0, []),
            ({}, 0, []),
            ({"from": "2", "to": "2"}, 0, []),
            ({}, 1, ["P305"]),
            ({"from": "101%"}, 0, ["P309"]),
            ({"to": "-1"}, 0, ["P309"]),
            ({"from": "3", "to": "2"}, 0, ["P309"]),
            ({"from": "3", "to": "20%"}, 0, ["P310"]),
        ],
    )
    def test_proof(self, fields: dict[str, str], maximum: int, codes: list[str]) -> None:
        assert [each.code for each in rule(**fields).proof(Fraction(maximum))] == codes

    def test_how_much_is_needed(self) -> None:
        """Of a ratio, the least part of the same whole."""
        told = rule(**{"from": "80%"}).working(ratio(234, 543), NONE, EN)
        assert told == "234/543 = 43.09 % < 80 % → not met (needed: ≥ 435/543)"
        told = rule(to="5%").working(ratio(6, 99), NONE, EN)
        assert told == "6/99 = 6.06 % > 5 % → not met (needed: ≤ 4/99)"

    FACTS = st.one_of(
        st.builds(Value, st.decimals(-5, 200, places=2)),
        st.builds(lambda x: Value(x, is_percent=True), st.decimals(-5, 105, places=2)),
        st.builds(ratio, st.integers(0, 30), st.integers(0, 30)),
        st.builds(Count, st.integers(0, 9)),
        st.builds(Answer, st.sampled_from(["met", "not_met", "?"])),
        st.builds(Date, st.dates()),
    )

    @given(
        st.sampled_from(
            [{}, {"from": "80%"}, {"from": "2"}, {"to": "3"}, {"from": "1%", "to": "9%"}]
        ),
        FACTS,
    )
    def test_law(self, fields: dict[str, str], fact: Fact) -> None:
        """Every fact is refused with a code, or met or not; then each language says its working."""
        standard = rule(**fields)
        try:
            met = standard.met(fact)
        except RefusedError:
            return
        assert standard.points(fact, NONE) == 0
        assert "không đạt" in standard.working(fact, NONE, language("vi")) or met
        assert [*standard.gains(NONE, NONE, fact)] == []


class TestScheme:
    """What is made of standards alone has the maximum 0, whether it is said or not."""

    def test_maximum_left_out(self) -> None:
        law = load_scheme(LAW)
        assert {each.max for each in law.by_code.values()} | {law.max} == {Decimal(0)}
        assert prove(law) == []

    def test_said_it_is_the_same(self) -> None:
        """So has the scheme's hash."""
        leaf = {"rule": {"kind": "standard"}}
        left_out = scheme(max=None, criteria=[area("1", None, area("1.1", None, **leaf))])
        said = scheme(max="0", criteria=[area("1", "0", area("1.1", "0", **leaf))])
        assert left_out.sha256 == said.sha256

    def test_beside_points_it_is_not(self) -> None:
        """An area that also has points still needs its maximum."""
        found = scheme(
            criteria=[
                area("1", None, area("1.1", "4"), area("1.2", None, rule={"kind": "standard"}))
            ]
        )
        assert (found.by_code["1"].max, found.by_code["1.2"].max) == (None, Decimal(0))


class TestCounts:
    """Counted are those that apply: met, not met, not yet known."""

    def test_beside_points(self) -> None:
        under = judged(a={}, b={"from": "80%"}, c={"to": "0"}, d={})
        given = card(
            {"1.1": "7", "a": Entry(Answer("met")), "b": Entry(percent("3")), "d": "not_applicable"}
        )
        result = score(given, under)
        assert standards_of(result) == Standards(("a",), ("b",), ("c",))
        assert (result.index, result.total.complete) == (Decimal("70.00"), True)
        assert [each.key for each in losses(result).lines if each.lost] == ["1.1"]

    def test_without_any(self) -> None:
        assert standards_of(score(card({"1": "3"}), scheme())) is None

    def test_of_an_area(self) -> None:
        law = load_scheme(LAW)
        scores = {"CT1.1": Entry(percent("100")), "CT3.2.2": Entry(percent("1"))}
        result = score(Scorecard("A", 2025, scores=scores), law)
        assert standards_of(result, "TC01") == Standards(("CT1.1",), (), ("CT1.2", "CT1.3"))
        assert standards_of(result, "TC03") == Standards((), ("CT3.2.2",))

    def test_at_a_stage(self) -> None:
        """The stage that counts decides."""
        under = judged(a={"from": "80%"})
        stages: dict[Stage, Entry] = {
            "self": Entry(percent("90"), stage="self"),
            "appraised": Entry(Answer("not_met"), stage="appraised"),
        }
        given = card({"1.1": "7", "a": Entry(Answer("not_met"), stage="appraised", stages=stages)})
        assert standards_of(score(given, under)) == Standards((), ("a",))
        assert standards_of(score(given, under, "self")) == Standards(("a",))


CARD = """\
unit: Xã A
year: 2025
scheme: access-to-law.yaml
scores:
  CT1.1: {ratio: [12, 12]}
  CT1.2: {ratio: [11, 12]}
  CT1.3: {value: 100%}
  CT2.1: {answer: có}
  CT2.2: {count: 1}
  CT2.3: {value: 0}
"""


class TestCommands:
    """What commands print of standards."""

    @pytest.fixture
    def given(self, tmp_path: Path) -> str:
        file = tmp_path / "card.yaml"
        file.write_text(CARD, encoding="utf-8")
        return str(file)

    @staticmethod
    def counts(*files: str) -> dict[str, int]:
        """The counts of a file of one unit."""
        ran = call("score", *files, "--scheme", LAW, "-f", "json", "--depth", "9")
        assert ran.code == 0, ran.err
        [result] = json.loads(ran.out)["results"]
        counts: dict[str, int] = result["standards"]
        return counts

    COUNTS: ClassVar = {"met": 5, "not_met": 1, "unknown": 1}

    def test_score(self, given: str) -> None:
        out = call("score", given, "--scheme", LAW, "--depth", "3").out
        assert "5 of 7 standards met.\nNot met: CT1.2\nNot yet known whether met: CT3.2.2\n" in out
        assert "Index" not in out
        assert "Partial" not in out

    def test_json(self, given: str) -> None:
        assert self.counts(given) == self.COUNTS
        ran = call("score", given, "--scheme", LAW, "-f", "json", "--depth", "9")
        [result] = json.loads(ran.out)["results"]
        leaves = [leaf for each in result["criteria"] for leaf in each["children"]]
        told = {leaf["code"]: leaf["met"] for leaf in leaves}
        assert (told["CT1.1"], told["CT1.2"], told["CT3.2.2"]) == (True, False, None)
        assert "met" not in result["criteria"][0]
        assert (result["percent"], result["complete"]) == (None, False)

    @pytest.mark.parametrize("form", ["json", "csv"])
    def test_results_read_back(self, tmp_path: Path, given: str, form: str) -> None:
        ran = call("score", given, "--scheme", LAW, "-f", form, "--depth", "9")
        file = tmp_path / f"result.{form}"
        file.write_text(ran.out, encoding="utf-8")
        assert self.counts(str(file)) == self.COUNTS

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_results_read_back_from_a_workbook(self, tmp_path: Path, lang: str) -> None:
        """The words of the column for states say whether each is met."""
        under, given = str(tmp_path / "scheme.json"), str(tmp_path / "card.json")
        fields = judged(a={"from": "80%"}, b={}).model_dump(mode="json", by_alias=True)
        Path(under).write_text(json.dumps(fields), encoding="utf-8")
        scores = {"1.1": {"points": 7}, "a": {"value": "79%"}, "b": {"answer": "met"}}
        told = {"unit": "A", "year": 2024, "level": "department", "scores": scores}
        Path(given).write_text(json.dumps(told), encoding="utf-8")
        file = str(tmp_path / "result.xlsx")
        form = ["--depth", "9", "-o", file, "--lang", lang]
        assert call("score", given, "--scheme", under, *form).code == 0
        ran = call("score", file, "--scheme", under, "--depth", "0")
        assert (ran.code, ran.err) == (0, "")
        assert "1 of 2 standards met.\nNot met: a\n" in ran.out

    def test_csv(self, tmp_path: Path, given: str) -> None:
        """The state says whether it is met, also in a table of one's own and in Vietnamese."""
        out = call("score", given, "--scheme", LAW, "-f", "csv", "--depth", "9").out
        assert ",CT1.2,,,,not_met," in out
        file = tmp_path / "own.csv"
        text = "Đơn vị,Năm,Mã,Tình trạng,Giá trị\nXã A,2025,CT1.1,Đạt,\nXã A,2025,CT2.1,Chưa đạt,\nXã A,2025,CT3.2.2,,85%\n"
        file.write_text(text, encoding="utf-8")
        assert self.counts(str(file)) == {"met": 2, "not_met": 1, "unknown": 4}

    @pytest.mark.parametrize(
        ("said", "told"),
        [("đạt", "met"), ("khong dat", "not met"), ("not met", "not met"), ("95%", "met")],
    )
    def test_simulate_says_it_in_words(self, given: str, said: str, told: str) -> None:
        """A standard with an edge is answered too, as it is printed."""
        ran = call("simulate", given, "--scheme", LAW, "--set", f"CT3.2.2={said}")
        assert ran.code == 0, ran.err
        [line] = [each for each in ran.out.splitlines() if each.startswith("CT3.2.2")]
        assert line.endswith(f" {told}")
        assert ("not met" in line) == (told == "not met")

    def test_explain(self, given: str) -> None:
        out = call("explain", given, "CT1.2", "--scheme", LAW).out
        assert re.search("^State +not met$", out, re.MULTILINE)
        assert "Met from 100 %. No points." in out
        assert "11/12 = 91.67 % < 100 % → not met (needed: ≥ 12/12)" in out
        assert "0 of 0" not in call("explain", given, "TC01", "--scheme", LAW).out

    def test_template(self) -> None:
        out = call("template", LAW).out
        assert "# Report: value: 97.2%, ratio: [234, 543]\n" in out
        assert "# Report: answer: đạt | không đạt\n" in out

    def test_schemes_show(self) -> None:
        out = call("schemes", "show", LAW).out
        assert "Standards, met or not and without points: 7" in out

    def test_simulate(self, given: str) -> None:
        said = ("--set", "CT3.2.2=85%", "--set", "CT2.1=không đạt", "--set", "CT2.2=5")
        out = call("simulate", given, "--scheme", LAW, *said).out
        assert "85 % ≥ 80 % → met" in out
        assert "as answered: not met" in out
        assert "5 of 7 standards met → 5 of 7 standards met" in out
        assert "Index" not in out

    @pytest.mark.parametrize(
        "command", [("losses",), ("rank",), ("compare",), ("check",), ("target", "--index", "90")]
    )
    def test_others(self, given: str, command: tuple[str, ...]) -> None:
        """Commands that go by points say so, or say nothing; none of them breaks."""
        name, *options = command
        files = (given, given) if name == "compare" else (given,)
        ran = call(name, *files, *options, "--scheme", LAW)
        assert ran.code in (0, 1, 2)

    @pytest.mark.parametrize("ending", ["md", "html", "docx"])
    def test_report(self, tmp_path: Path, given: str, ending: str) -> None:
        file = tmp_path / f"report.{ending}"
        ran = call("report", given, "--kind", "self-assessment", "--scheme", LAW, "-o", str(file))
        assert ran.code == 0, ran.err
        if ending == "md":
            text = file.read_text(encoding="utf-8")
            assert "5 of 7 standards met.\n\nNot met: CT1.2\n" in text
            assert "0.00 points of" not in text

    def test_result_workbook(self, tmp_path: Path, given: str) -> None:
        file = tmp_path / "result.xlsx"
        ran = call("score", given, "--scheme", LAW, "--depth", "9", "-o", str(file))
        assert ran.code == 0, ran.err
        cells = {
            str(cell.value)
            for sheet in openpyxl.load_workbook(file).worksheets
            for row in sheet.iter_rows()
            for cell in row
        }
        assert {"met", "not met", "5 of 7 standards met."} <= cells


class TestWorkbook:
    """A workbook to fill in takes figures and words, at every stage."""

    def test_filled_and_back(self, tmp_path: Path) -> None:
        law = load_scheme(LAW)
        file = tmp_path / "card.yaml"
        text = CARD + "  CT3.2.2: {self: {ratio: [41, 50]}, appraised: {answer: chưa đạt}}\n"
        file.write_text(text, encoding="utf-8")
        [given] = read_scorecards(str(file), law)
        book = tmp_path / "filled.xlsx"
        book.write_bytes(filled_workbook(given, law, language("vi")))
        assert TestCommands.counts(str(book)) == {"met": 5, "not_met": 2, "unknown": 0}
        assert TestCommands.counts(str(book), "--stage", "self")["met"] == 6

    def test_words_in_a_column_of_points(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in (
            ("Đơn vị:", "Xã A"),
            ("Năm:", 2025),
            ("Mã", "Tiêu chí", "Điểm tự chấm"),
            ("CT1.1", "", "Đạt"),
            ("CT1.2", "", "Không đạt"),
            ("CT3.2.2", "", "Chưa đạt"),
        ):
            sheet.append(row)
        file = tmp_path / "own.xlsx"
        book.save(file)
        assert TestCommands.counts(str(file)) == {"met": 1, "not_met": 2, "unknown": 4}


class TestByUnit:
    """An edge may be said by level, group or profile of the unit."""

    def test_levels(self) -> None:
        under = scheme(
            level=None,
            criteria=[
                area("1", "10"),
                area(
                    "2",
                    None,
                    rule={"kind": "standard", "from": {"commune": "100%", "others": "80%"}},
                ),
            ],
        )
        assert prove(under) == []
        for level, found in (("commune", Standards((), ("2",))), ("department", Standards(("2",)))):
            given = card({"1": "7", "2": Entry(percent("90"))}, level=level)
            assert standards_of(score(given, under)) == found
