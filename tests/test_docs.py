"""The pages made from the code: whole, current, and true."""

import re
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

import parindex
from parindex.analysis import lint
from parindex.findings import Kind, kinds
from parindex.render.json_schemas import SchemaName, json_schema
from parindex.rules import KINDS, AnyRule, Rule
from parindex.scheme.catalog import scheme_ids
from parindex.tables import findings as finding_pages
from parindex.tables.findings import page_rows, page_table
from parindex.values import codes
from parindex.values.language import LanguageCode, language
from tests.support import ROOT, call
from tools import docs, glossary
from tools.api_page import GROUPS, WHY_VI, tasks
from tools.commands_page import every_command, exits
from tools.fields_table import fields, meaning
from tools.files_page import KINDS as FILE_KINDS
from tools.files_page import OF_RULES
from tools.json_page import ELSEWHERE, FORMATS
from tools.names import ONLY_PYTHON
from tools.readme import EXAMPLE
from tools.walks import WALKS

ENGLISH = ROOT / "docs"
VIETNAMESE = ENGLISH / "vi"
LINK = re.compile(r"\]\(([^)#:]+)")


def _below(folder: Path, page: Path) -> str:
    """The path of a page below a folder."""
    return page.relative_to(folder).as_posix()


def pages(folder: Path) -> set[str]:
    """The paths of the pages of one language, below its folder."""
    found = {_below(folder, page) for page in folder.rglob("*.md")}
    return {page for page in found if not page.startswith("vi/")}


class TestLanguages:
    """Every page is there in both languages: at one path, with the same parts and commands."""

    def test_the_same_pages(self) -> None:
        assert pages(ENGLISH) == pages(VIETNAMESE)

    @pytest.mark.parametrize("page", sorted(pages(ENGLISH) & pages(VIETNAMESE)))
    def test_the_same_parts_and_commands(self, page: str) -> None:
        english, vietnamese = (
            (folder / page).read_text(encoding="utf-8") for folder in (ENGLISH, VIETNAMESE)
        )
        assert _levels(english) == _levels(vietnamese)
        if ENGLISH / page not in WALKS:  # these name files and sources in their own language
            assert _commands(english) == _commands(vietnamese)

    @pytest.mark.parametrize("folder", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
    def test_every_page_is_reached_from_the_first(self, folder: Path) -> None:
        there = pages(folder)
        reached, left = set[str](), ["index.md"]
        while left:
            page = left.pop()
            reached.add(page)
            links = LINK.findall((folder / page).read_text(encoding="utf-8"))
            ends = [((folder / page).parent / each).resolve() for each in links]
            names = [_below(folder, end) for end in ends if folder in end.parents]
            left += [name for name in names if name in there - reached]
        assert there - reached == set()

    def test_a_vietnamese_page_leads_to_vietnamese_pages(self) -> None:
        there = pages(VIETNAMESE)
        for page in sorted(VIETNAMESE.rglob("*.md")):
            text = page.read_text(encoding="utf-8")
            links = [(page.parent / each).resolve() for each in LINK.findall(text)]
            english = [each for each in links if ENGLISH in each.parents]
            assert [each for each in english if _below(ENGLISH, each) in there] == [], page


class TestLegalBasis:
    """The pages name for each national scheme the decision that the scheme itself names."""

    @pytest.mark.parametrize("folder", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
    def test_decisions(self, folder: Path) -> None:
        page = (folder / "guide" / "schemes.md").read_text(encoding="utf-8")
        told = {
            name: tuple(cells)
            for *cells, names in re.findall(
                r"^\| [-–0-9]+ \| (.*) \| (.*) \| (.*) \|$", page, re.MULTILINE
            )
            for name in re.findall("`(vn-[a-z0-9-]+)`", names)
        }
        assert set(told) == {
            each for each in scheme_ids() if re.fullmatch("vn-(province|ministry)-[0-9]+", each)
        }
        for name, (number, day) in told.items():
            decision = parindex.load_scheme(name).decision
            known = decision is not None and decision.date is not None
            assert known == (number not in ("not known", "chưa biết")), name
            if decision is not None and decision.date is not None:
                date = decision.date
                assert (number, day) == (decision.number, f"{date.day}/{date.month}/{date.year}")


def _levels(text: str) -> list[str]:
    """How deep each heading stands."""
    return re.findall("^#+(?= )", re.sub("```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)


def _commands(text: str) -> list[str]:
    """The commands whose output stands in a page, but for the language."""
    return [found[2].replace(" --lang vi", "") for found in EXAMPLE.finditer(text)]


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


class TestExits:
    """Exit codes are told in one way: the guide for programs has the lines of the page of commands."""

    @pytest.mark.parametrize("code", ["en", "vi"])
    def test_same(self, code: LanguageCode) -> None:
        folder = {"en": ENGLISH, "vi": VIETNAMESE}[code]
        told = exits(language(code))
        for page in ("guide/pipe.md", "reference/commands.md"):
            assert f"|---|---|\n{told}\n" in (folder / page).read_text("utf-8"), page

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("check", "tests/bad/above-maximum.yaml"), 1),
            (("score", "tests/bad/above-maximum.yaml"), 2),
            (("check", "nowhere.yaml"), 2),
            (("score", "nowhere.yaml"), 2),
        ],
    )
    def test_true(self, arguments: tuple[str, ...], code: int) -> None:
        assert call(*arguments).code == code


class TestFields:
    """Every field of a file and of JSON has its meaning in both languages, and every format its place."""

    @pytest.mark.parametrize("name", get_args(SchemaName))
    def test_meaning(self, name: SchemaName) -> None:
        schema = json_schema(name)
        forms = {name: schema, **schema.get("$defs", {})}
        missing = [
            f"{form}: {field.path} ({lang})"
            for form, told in forms.items()
            if not (form.endswith("Rule") or form in OF_RULES)
            for field in fields(name, form, told, nested=True)
            for lang in get_args(LanguageCode)
            if not meaning(field, language(lang))
        ]
        assert missing == []

    def test_every_format(self) -> None:
        """What the code calls `parindex-…/1` is on the page, and every schema on one of the two."""
        code = "".join(
            file.read_text(encoding="utf-8") for file in (ROOT / "parindex").rglob("*.py")
        )
        assert {*re.findall('"parindex-([a-z-]+)/1"', code)} == {*FORMATS, *ELSEWHERE}
        told = {each.schema for each in FORMATS.values()} | {each.schema for each in FILE_KINDS}
        assert {*get_args(SchemaName)} <= told

    def test_examples_are_of_their_format(self) -> None:
        """Below each heading of the page, which holds what the commands print today."""
        page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
        for name in FORMATS:
            section = page.partition(f"\n## parindex-{name}/1\n")[2].partition("\n## ")[0]
            assert f'"format": "parindex-{name}/1"' in section


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
        said = " ".join(check.__doc__ or "" for check in (*lint.CHECKS, lint.left_out, lint.blank))
        assert set(re.findall("P60[0-9]", said)) == {
            code for code in kinds() if "P600" < code < "P610"
        }
        assert said.count("Rests on") == len(lint.CHECKS) + 2


class TestNames:
    """Commands and functions are each on their page, and lead to each other."""

    @pytest.mark.parametrize("folder", ["reference", "vi/reference"])
    def test_both_pages(self, folder: str) -> None:
        pages = {
            name: (ROOT / "docs" / folder / f"{name}.md").read_text(encoding="utf-8")
            for name in ("commands", "api")
        }
        heads = {
            name: re.findall("^##+ (.*)$", text, flags=re.MULTILINE) for name, text in pages.items()
        }
        assert {f"parindex {name}" for name, *_ in every_command()} <= {*heads["commands"]}
        assert {each for each in parindex.__all__ if each[0] != "_"} <= {*heads["api"]}
        anchors = {
            name: [head.lower().replace(" ", "-") for head in found]
            for name, found in heads.items()
        }
        for name, text in pages.items():
            assert len(anchors[name]) == len({*anchors[name]})
            for target, mark in re.findall(r"\]\((commands|api|)(?:\.md)?#([^)]*)\)", text):
                assert mark in anchors[target or name]

    @pytest.mark.parametrize("folder", ["reference", "vi/reference"])
    def test_every_parameter_has_its_meaning(self, folder: str) -> None:
        for page in (ROOT / "docs" / folder).glob("*.md"):
            text = page.read_text(encoding="utf-8")
            assert re.findall(r"^\|.*\|  \|$", text, flags=re.MULTILINE) == []

    def test_a_task_has_every_name(self) -> None:
        assert {*GROUPS} == {*tasks()}
        assert {*WHY_VI} == {*ONLY_PYTHON}
