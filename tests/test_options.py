"""What people write for an option, and what is printed of a score: `--set`, files and cells take it."""

import json
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

from parindex.files.scenario_file import read_changes
from parindex.rules.options import option_of, options_of
from parindex.rules.setting import Setting
from parindex.scheme.catalog import load_scheme
from parindex.tables.facts import fact_text, need_text
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Fact,
    Items,
    Percent,
    Points,
    Ratio,
    State,
    Value,
)
from parindex.values.fields import Name
from parindex.values.language import LanguageCode, language
from tests.support import ROOT, area, call, scheme

_NAMES = {
    "on_time": Name(vi="Đúng hạn", en="in time"),
    "late": Name(vi="chậm hạn", en="late"),
    "none": Name(vi="không ban hành", en="not issued"),
}
_CARD = ROOT / "examples" / "departments-2024.yaml"
_SCHEME = ROOT / "examples" / "schemes" / "departments-2024.yaml"


class TestOption:
    """An option goes by its id and its names; capitals, spaces and marks need not be right."""

    @pytest.mark.parametrize(
        ("text", "id_"),
        [
            ("on_time", "on_time"),
            ("ON TIME", "on_time"),
            ("on-time", "on_time"),
            ("đúng hạn", "on_time"),
            (" ĐÚNG  HẠN ", "on_time"),
            ("dung han", "on_time"),
            ("In time", "on_time"),
            ("Chậm hạn", "late"),
            ("khong ban hanh", "none"),
            ("đúng", None),
            ("", None),
            ("có", None),
            ("đúng hạn, chậm hạn", None),
        ],
    )
    def test_names(self, text: str, id_: str | None) -> None:
        for form in ("NFC", "NFD"):
            assert option_of(unicodedata.normalize(form, text), _NAMES, _NAMES) == id_

    @pytest.mark.parametrize(
        ("text", "id_"),
        [
            ("có", "done"),
            ("Yes", "done"),
            ("co", "done"),
            ("KHÔNG", "not_done"),
            ("no", "not_done"),
        ],
    )
    def test_yes_and_no(self, text: str, id_: str) -> None:
        by_name = {"done": Name(vi="có", en="done"), "not_done": Name(vi="không", en="not done")}
        assert option_of(text, by_name, by_name) == id_
        by_id = {"done": "yes", "not_done": "no"}[id_]
        assert option_of(text, ("yes", "no"), {}) == by_id

    def test_options_that_differ_by_marks(self) -> None:
        assert option_of("bán", ("bán", "bàn"), {}) == "bán"
        assert option_of("ban", ("bán", "bàn"), {}) is None
        assert option_of("A", ("a", "A"), {}) == "A"

    def test_signs_tell_options_apart(self) -> None:
        assert option_of("< 80%", ("≥ 80%", "other"), {}) is None
        assert option_of("A", ("A+", "B"), {}) is None
        assert option_of("1", ("-1", "B"), {}) is None

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("Đúng hạn; chậm hạn", ("on_time", "late")),
            ("late|on_time", ("late", "on_time")),
            ("late,on_time\nnone", ("late", "on_time", "none")),
            ("", ()),
            ("không có mục nào", ()),
            ("none of the items", ()),
            ("late; sớm", None),
        ],
    )
    def test_lists(self, text: str, ids: tuple[str, ...] | None) -> None:
        assert options_of(text, _NAMES, _NAMES) == ids

    def test_names_with_the_signs_of_lists(self) -> None:
        names = {"a": Name(vi="Kế hoạch; kinh phí"), "b": Name(vi="báo cáo, sơ kết")}
        assert options_of("kế hoạch; kinh phí; báo cáo, sơ kết", names, names) == ("a", "b")
        both = names | {"c": Name(vi="kế hoạch"), "d": Name(vi="kinh phí")}
        assert options_of("báo cáo, sơ kết; kế hoạch; kinh phí", both, both) is None


class TestInputs:
    """Every kind of input takes the names; what is no option is refused with all of them."""

    @pytest.mark.parametrize("answer", ["Đúng hạn", "in time", "dung  han", "on_time"])
    def test_files(self, answer: str, tmp_path: Path) -> None:
        items = "Nhiệm vụ; kinh phí"
        scores = {
            "1.1.1": {"answer": answer},
            "1.1.2": {"items": [items]},
            "2.2.1": "Không áp dụng",
        }
        files = {
            "a.json": json.dumps({"unit": "X", "year": 2024, "scores": scores}),
            "a.yaml": (
                f"unit: X\nyear: 2024\nscores:\n  1.1.1: {{answer: {answer}}}\n"
                "  1.1.2: {items: [nhiem vu, Money]}\n  2.2.1: {state: không áp dụng}\n"
            ),
            "a.csv": (
                "unit,year,code,answer,items,state\n"
                f"X,2024,1.1.1,{answer},,\nX,2024,1.1.2,,{items},\nX,2024,2.2.1,,,KHÔNG ÁP DỤNG\n"
            ),
        }
        for name, content in files.items():
            file = tmp_path / name
            file.write_text(content, encoding="utf-8")
            ran = call(
                "score", str(file), "--scheme", str(_SCHEME), "--format", "json", "--depth", "9"
            )
            assert ran.code == 0, ran.err
            found = json.loads(ran.out)["results"][0]
            leaves = found["criteria"][0]["children"][0]["children"]
            assert [leaf["points"] for leaf in leaves[:2]] == [1, 1]
            assert leaves[0]["input"] == {"answer": "on_time"}
            assert leaves[1]["input"] == {"items": ["tasks", "budget"]}

    def test_refused_with_the_options(self) -> None:
        ran = call("simulate", str(_CARD), "--scheme", str(_SCHEME), "--set", "1.1.1=sớm")
        assert ran.code == 2
        assert "P217" in ran.err
        assert "on_time (đúng hạn), late (chậm hạn), none (không ban hành)" in ran.err

    def test_staged(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        text = "unit: X\nyear: 2024\nscores:\n  1.1.1: {self: {answer: đúng hạn}, appraised: {answer: Chậm hạn}}\n"
        file.write_text(text, encoding="utf-8")
        for stage, points in (("self", "1.00"), ("appraised", "0.50")):
            ran = call("explain", str(file), "1.1.1", "--scheme", str(_SCHEME), "--stage", stage)
            assert f"{points} of" in ran.out or f"{float(points):g} of" in ran.out


RULES: list[tuple[str, dict[str, object], list[Fact]]] = [
    (
        "choice",
        {"options": {"on_time": "2", "late": "1"}, "names": {"late": {"vi": "Chậm", "en": "Late"}}},
        [Answer("on_time"), Answer("late")],
    ),
    (
        "checklist",
        {
            "items": {"a": "1", "b": "1"},
            "names": {"a": {"vi": "Kế hoạch, báo cáo", "en": "Plan; report"}},
        },
        [Items(()), Items(("a",)), Items(("b", "a"))],
    ),
    (
        "survey",
        {"weights": {"Rất hài lòng": "100%", "Bình thường": "50%", "Không": "0%"}},
        [Answers({"Rất hài lòng": 120, "Bình thường": 30, "Không": 0})],
    ),
    (
        "ratio",
        {},
        [
            Ratio(Decimal(234), Decimal(543)),
            Ratio(Decimal(694611), Decimal(700000)),
            Value(Decimal("97.125"), is_percent=True),
            Value(Decimal("43.09"), is_percent=True),
            Points(Decimal("1.75")),
            Percent(Decimal("80.69")),
        ],
    ),
    ("count", {"each": "0.5"}, [Count(0), Count(3)]),
    (
        "points",
        {},
        [Points(Decimal("0.125")), Percent(Decimal("12.5")), State("unknown")],
    ),
]
_STATES = [State("not_applicable"), State("no_evidence"), State("unknown")]


class TestPrinted:
    """What is printed of a score is taken where one is said, in both languages."""

    @pytest.mark.parametrize(("kind", "more", "facts"), RULES)
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_facts(
        self, kind: str, more: dict[str, object], facts: list[Fact], lang: LanguageCode
    ) -> None:
        one = scheme(criteria=[area("1", "2", rule={"kind": kind, **more})], max="2")
        rule = one.by_code["1"].rule
        for fact in [*facts, *_STATES]:
            text = fact_text(fact, rule, language(lang))
            for said in (text, text.upper(), unicodedata.normalize("NFD", text)):
                changes, faults = read_changes({"1": said}, one)
                assert (changes, faults) == ({"1": fact}, []), said

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_needs(self, lang: LanguageCode) -> None:
        departments = load_scheme(str(_SCHEME))
        taken = 0
        for criterion in departments.leaves:
            rule = criterion.rule
            if rule is None or criterion.maximum is None:
                continue
            dated = rule.for_unit(Setting(2024))
            for gain in dated.gains(criterion.maximum * 0, criterion.maximum):
                text = need_text(gain, rule, language(lang))
                changes, faults = read_changes({criterion.code: text}, departments)
                if gain.need in ("above", "below"):
                    assert faults, text  # what is only neared is no score
                    continue
                assert (changes, faults) == ({criterion.code: gain.fact}, []), text
                taken += 1
        assert taken > 50

    def test_simulated(self) -> None:
        whole = ("--scheme", str(_SCHEME), "--format", "json")
        points = []
        for said in ("đúng hạn", "1.1.1=on_time"):
            option = f"1.1.1={said}" if "=" not in said else said
            ran = call("simulate", str(_CARD), "--set", option, *whole)
            assert ran.code == 0, ran.err
            points.append(json.loads(ran.out)["results"][0])
        assert points[0] == points[1]
