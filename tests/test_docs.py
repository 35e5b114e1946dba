"""The pages made from the code: whole, current, and true."""

import re
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from parindex.analysis import lint
from parindex.findings import Kind, kinds
from parindex.rules import KINDS, AnyRule, Rule
from parindex.tables import findings as finding_pages
from parindex.tables.findings import page_rows, page_table
from parindex.values import codes
from parindex.values.language import language
from tests.support import ROOT
from tools import docs, glossary


class TestPages:
    """Every kind of rule and every code is on its page, and the pages are what the code makes today."""

    @pytest.mark.parametrize("name", docs.PAGES)
    def test_current(self, name: str) -> None:
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == docs.PAGES[name]()

    @pytest.mark.parametrize("name", ["reference/findings.md", "vi/reference/findings.md"])
    def test_every_code(self, name: str) -> None:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert re.findall("^### (.*)$", text, flags=re.MULTILINE) == sorted(kinds())

    @pytest.mark.parametrize("name", ["reference/rules.md", "vi/reference/rules.md"])
    def test_every_rule_and_parameter(self, name: str) -> None:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert re.findall("^## (.*)$", text, flags=re.MULTILINE) == list(KINDS)
        for kind, rule_class in KINDS.items():
            section = text.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
            for parameter in docs.parameters_of(rule_class):
                assert f"| `{parameter}` |" in section

    def test_every_rule_and_parameter_is_told_in_vietnamese(self) -> None:
        """What is missing in tools/rules_vi.yaml: a kind, its proof or a parameter."""
        assert docs.untold() == []

    def test_words_of_the_glossary_are_those_of_the_program(self) -> None:
        """What a reader looks up is what messages and schemes print."""
        files = [
            *(ROOT / "parindex").rglob("*.po"),
            *(ROOT / "parindex").rglob("catalog/**/*.yaml"),
        ]
        printed = "".join(each.read_text(encoding="utf-8") for each in files)
        printed = printed.replace('"\n"', "").casefold()
        words = [word.vi.partition(";")[0] for word in glossary.words()]
        assert [word for word in words if word.casefold() not in printed] == []

    def test_a_code_that_is_not_on_the_page_is_noticed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = docs.findings_page(language("en"))
        new = Kind("P699", "NEW", "info", "new", "nothing")
        monkeypatch.setattr(docs, "kinds", lambda: {**kinds(), "P699": new})
        monkeypatch.setattr(finding_pages, "kinds", lambda: {**kinds(), "P699": new})
        assert docs.findings_page(language("en")) != before

    def test_the_examples_of_rules_are_those_of_the_scheme_file(self) -> None:
        any_rule: TypeAdapter[Rule] = TypeAdapter(AnyRule)
        for kind, rule_class in KINDS.items():
            rule = any_rule.validate_python(docs.read(rule_class.example.rule))
            assert rule.kind == kind
            assert not [*rule.proof(Fraction(rule_class.example.maximum))]


class TestNotes:
    """A note is of a code there is, and leads to the message of that code with nothing left open."""

    @pytest.mark.parametrize("code", kinds())
    @pytest.mark.parametrize("lang", ["en", "vi"])
    def test_words(self, code: str, lang: str) -> None:
        say = language("vi" if lang == "vi" else "en")
        told = dict(page_rows(code, say))
        assert {say("What it says"), say("How to mend")} <= told.keys()
        assert "{" not in told.get(say("What is told"), "").replace("{code: points}", "")

    def test_every_code_has_its_name(self) -> None:
        """The catalog names each code, and the constants are just these."""
        named = {name: code for name, code in vars(codes).items() if name.isupper()}
        assert named == {kind.name: code for code, kind in kinds().items()}

    def test_a_sheet(self) -> None:
        sheet = page_table("P202", language("en"))
        assert sheet.title == "P202 · error"
        assert sheet.rows[-1] == (
            "What is told",
            "P202 1: the points are above the maximum (found: 9.01; expected: 0…9)",
        )
        with pytest.raises(KeyError):
            page_table("P999", language("en"))

    def test_what_check_tells_of_scorecards_says_what_it_rests_on(self) -> None:
        """Each such code stands in the docstring of the function that tells it."""
        said = " ".join(check.__doc__ or "" for check in (*lint.CHECKS, lint.left_out))
        assert set(re.findall("P60[0-9]", said)) == {
            code for code in kinds() if "P600" < code < "P610"
        }
        assert said.count("Rests on") == len(lint.CHECKS) + 1
