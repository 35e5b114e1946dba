"""Points as shares of the maximum, in every rule that says what something is worth."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.api import load_scheme
from parindex.office.annexes.layout import guidance_cell
from parindex.office.annexes.rule_words import form_of, parted
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion
from parindex.values.facts import Answer, Answers, Count, Date, Fact, Items, Value
from parindex.values.fields import Name
from parindex.values.language import LANGUAGES, language
from tests.rule_support import EN, TWO, faults, gains, points, rule, working
from tests.support import ROOT, call

STEPS = [{"from": "80", "points": "{2}"}, {"from": "50", "points": "{1}"}]
FORMS: dict[str, tuple[dict[str, Any], list[Fact]]] = {
    "choice": (
        {"kind": "choice", "options": {"full": "{2}", "half": "{1}", "none": "{0}"}},
        [Answer("full"), Answer("half"), Answer("none")],
    ),
    "checklist": (
        {"kind": "checklist", "items": {"a": "{1}", "b": "{1}"}},
        [Items(()), Items(("a",)), Items(("b", "a"))],
    ),
    "steps": (
        {"kind": "steps", "steps": [*STEPS, {"from": "0", "points": "{0}"}]},
        [Value(Decimal(each), is_percent=True) for each in ("80", "79.99", "50", "0")],
    ),
    "rising steps": (
        {
            "kind": "steps",
            "of": "value",
            "steps": [{"above": "9", "points": "{0}"}, {"from": "0", "points": "{2}"}],
        },
        [Value(Decimal(each)) for each in ("9", "9.1")],
    ),
    "deadline": (
        {"kind": "deadline", "due": "12-31", "late": [{"days": "15", "points": "{1}"}]},
        [Date(date(2024, 12, 31)), Date(date(2025, 1, 15)), Date(date(2025, 1, 16))],
    ),
    "count": ({"kind": "count", "each": "{1}"}, [Count(n) for n in range(4)]),
    "deduct": ({"kind": "deduct", "step": "{1}"}, [Count(n) for n in range(4)]),
    "survey": (
        {"kind": "survey", "weights": {"good": "{2}", "fair": "{1}", "bad": "{0}"}},
        [Answers({"good": 3, "fair": 1, "bad": 2})],
    ),
}
"""Rules of a leaf of 2 points with their worths in braces, and what is reported for them."""


def formed(form: Any, *, shares: bool) -> Any:
    """The form with points, or the same as shares of a maximum of 2."""
    if isinstance(form, dict):
        return {key: formed(each, shares=shares) for key, each in form.items()}
    if isinstance(form, list):
        return [formed(each, shares=shares) for each in form]
    if form[:1] != "{":
        return form
    return f"{int(form[1]) * 50}%" if shares else form[1]


class TestShares:
    """A share of the maximum is worth as much as the points that it is, everywhere."""

    @pytest.mark.parametrize("name", FORMS)
    def test_as_the_points(self, name: str) -> None:
        form, facts = FORMS[name]
        one, other = (
            rule(**formed(form, shares=each)).for_unit(Setting(2024)) for each in (True, False)
        )
        assert faults(one) == faults(other) == []
        assert list(one.gains(Fraction(0), TWO)) == list(other.gains(Fraction(0), TWO))
        assert one.next_step(Fraction(1), TWO) == other.next_step(Fraction(1), TWO)
        for fact in facts:
            assert one.points(fact, TWO) == other.points(fact, TWO)
            if name != "survey":  # its shares are told as such
                assert one.in_words(TWO, EN) == other.in_words(TWO, EN)
                assert one.working(fact, TWO, EN) == other.working(fact, TWO, EN)

    @pytest.mark.parametrize("name", FORMS)
    @given(st.fractions("0.1", 50, max_denominator=20), st.data())
    def test_of_any_maximum(self, name: str, maximum: Fraction, data: st.DataObject) -> None:
        form, facts = FORMS[name]
        one = rule(**formed(form, shares=True)).for_unit(Setting(2024))
        fact = data.draw(st.sampled_from(facts))
        assert list(one.proof(maximum)) == []
        assert one.points(fact, maximum) / maximum == one.points(fact, TWO) / TWO

    @pytest.mark.parametrize(
        ("form", "codes"),
        [
            ({"kind": "choice", "options": {"a": "101%"}}, ["P306"]),
            ({"kind": "choice", "options": {"a": "99.9%"}}, ["P305"]),
            ({"kind": "choice", "options": {"a": "2", "b": "50%"}}, []),
            ({"kind": "checklist", "items": {"a": "50%", "b": "1"}}, []),
            ({"kind": "checklist", "items": {"a": "50%", "b": "1.5"}}, ["P306"]),
            ({"kind": "checklist", "all": True, "items": {"a": "50%"}}, ["P310"]),
            ({"kind": "count", "each": "0%"}, ["P306"]),
            ({"kind": "count", "each": "0.0009%"}, ["P309"]),
            ({"kind": "deadline", "due": "12-31", "late": [{"days": "1", "points": "101%"}]}, ["P306"]),
            (
                {"kind": "steps", "steps": [{"above": "9", "points": "50%"}, {"from": "0", "points": "1.5"}]},
                ["P305"],
            ),
        ],
    )  # fmt: skip
    def test_proof(self, form: dict[str, Any], codes: list[str]) -> None:
        assert faults(rule(**form)) == codes

    def test_telling(self) -> None:
        choice = rule(kind="choice", options={"full": "100%", "half": "50%", "none": "0"})
        assert choice.in_words(TWO, EN) == (
            "Points of the option that holds: full: 2; half: 1; none: 0."
        )
        assert (working(choice, ":half"), points(choice, ":half", Fraction(3))) == (
            "half → 1",
            Fraction(3, 2),
        )
        assert [each.points for each in gains(choice)] == [1, 2]


SCHEME = """\
id: try-shares
title: {vi: Thử}
status: example
level: department
years: [2024]
max: 4
criteria:
  - code: "1"
    name: {vi: Kế hoạch}
    max: 2
    rule:
      kind: choice
      options: {full: 100%, half: 50%, none: 0}
      names: {full: {vi: Đầy đủ, en: Complete}, half: {vi: Một phần, en: In part}, none: {vi: Không, en: None}}
  - code: "2"
    name: {vi: Danh mục}
    max: 2
    rule:
      kind: checklist
      items: {web: 50%, wall: 1}
      names: {web: {vi: Công khai trên mạng, en: Published}, wall: {vi: Niêm yết, en: Posted}}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> str:
    file = tmp_path / "scheme.yaml"
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


class TestFiles:
    """Shares and words of options, in either language, are taken wherever a score is written."""

    @pytest.mark.parametrize(
        ("answer", "items"),
        [("half", "[web]"), ("Một phần", "[Niêm yết]"), ("in part", "[Posted]")],
    )
    def test_yaml(self, answer: str, items: str, scheme: str, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        scores = f'scores: {{"1": {{answer: {answer}}}, "2": {{items: {items}}}}}\n'
        file.write_text(f"unit: A\nyear: 2024\nscheme: try-shares\n{scores}", encoding="utf-8")
        assert '"points": 2,' in call("score", str(file), "--scheme", scheme, "-f", "json").out

    @pytest.mark.parametrize(("answer", "items"), [("Một phần", "Niêm yết"), ("In part", "Posted")])
    def test_csv_and_set(self, answer: str, items: str, scheme: str, tmp_path: Path) -> None:
        file = tmp_path / "card.csv"
        rows = f"A,2024,1,{answer},\nA,2024,2,,{items}\n"
        file.write_text(f"unit,year,code,answer,items\n{rows}", encoding="utf-8")
        assert '"points": 2,' in call("score", str(file), "--scheme", scheme, "-f", "json").out
        changes = ("--set", "1=Đầy đủ", "--set", "2=Published; Niêm yết")
        told = call("simulate", str(file), "--scheme", scheme, *changes).out
        assert "Complete → 2" in told
        assert "= 2" in told

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_workbook(self, lang: str, scheme: str, tmp_path: Path) -> None:
        """The hidden sheet has the points of options, formulas those of items, and cells take names."""
        file = tmp_path / "card.xlsx"
        made = ("template", scheme, "--unit", "A", "-o", str(file))
        assert call("--lang", lang, *made).code == 0
        book = openpyxl.load_workbook(file)
        hidden = {cell.value for row in book.worksheets[-1].iter_rows() for cell in row}
        assert {2, 1, 0} <= hidden
        sheet = book.worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        heads = {str(cell.value): cell.column for cell in cells}
        result = heads.get("Result") or heads["Kết quả thực hiện"]
        keys = {str(cell.value): cell.row for cell in cells if cell.column == heads["2|web"]}
        sheet.cell(keys["1"], result).value = "Một phần"
        sheet.cell(keys["2|web"], result).value = "có"
        sheet.cell(keys["2|wall"], result).value = "no"
        book.save(file)
        assert '"points": 2,' in call("score", str(file), "--scheme", scheme, "-f", "json").out

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", FORMS)
    def test_an_annex(self, name: str, lang: str) -> None:
        """What an annex says of shares is read as it is meant."""
        wanted = rule(**formed(FORMS[name][0], shares=True))
        leaf = Criterion(code="1", name=Name(vi="Thử"), max=Decimal(2), rule=wanted)
        _, words = parted(guidance_cell(leaf, language("vi" if lang == "vi" else "en")))
        assert words is not None
        assert rule(**(form_of(words) or {})) == wanted

    def test_what_is_written_for_programs(self, scheme: str) -> None:
        """A share has its sign, and points stay numbers."""
        [told] = json.loads(call("explain", "1", "--scheme", scheme, "-f", "json").out)[
            "explanations"
        ]
        assert told["rule"]["options"] == {"full": "100%", "half": "50%", "none": 0}

    def test_the_hash_of_schemes_without_shares(self) -> None:
        """What a scheme means has not changed, so its hash has not."""
        small = load_scheme(ROOT / "examples" / "small-scheme.yaml")
        assert small.sha256.startswith("8d79f631484bb5d93ba15aad1a50ebc6")
