"""Help pages: one layout in both languages, no word of the library, examples that work."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from parindex.cli.app import app
from parindex.office.site import pages
from parindex.values.language import LANGUAGES, LanguageCode, language
from tests.processes import Ran
from tests.support import ROOT, call, run

_ENGLISH = re.compile(
    r"\b(Usage|Options?|Arguments?|Commands?|required|default|environment|Show|Example|bool|"
    r"[A-Z_|]*(FILE|FOLDER|NAME|TEXT|CODES?|TABLE|YEAR|RESULT|LIST|POINTS|ANNEX|ROWS|PART|UNIT))\b"
)
_INTACT = ("PARINDEX_ERRORS", "PARINDEX_LANG", "PARINDEX_DATA")
TABLE = "TT;Tỉnh, thành phố;Chỉ số (%);Xếp hạng\n1;An Giang;88,40;1/63\n2;Bắc Giang;87,78;2/63\n"


def every_page() -> Iterator[tuple[str, ...]]:
    """The words of the program itself, of every group and every command."""
    root = typer.main.get_command(app)
    context = root.make_context("parindex", ["schema"], resilient_parsing=True)
    yield ()
    for name in root.list_commands(context):  # type: ignore[attr-defined]
        yield (name,)
        command = root.get_command(context, name)  # type: ignore[attr-defined]
        yield from ((name, each) for each in getattr(command, "commands", ()))


PAGES = [*every_page()]
COMMANDS = [page for page in PAGES if page not in ((), ("data",), ("schemes",))]


def example(page: str) -> list[str]:
    """The words of the example at the end of a page, behind the name of the program."""
    return shlex.split(page.rstrip().splitlines()[-1].partition(": parindex ")[2])


@cache
def shown(page: tuple[str, ...], lang: LanguageCode) -> Ran:
    """A page of help in a language; in English by the short option."""
    return call(*page, "-h") if lang == "en" else run(*page, "--lang", lang, "--help")


class TestPages:
    """Every page is in the language asked for, wherever that is asked, and fits a terminal."""

    @pytest.mark.parametrize("page", PAGES, ids=" ".join)
    def test_vietnamese(self, page: tuple[str, ...]) -> None:
        ran = shown(page, "vi")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Cách dùng: ")
        text = ran.out.rpartition("Ví dụ: ")[0] or ran.out
        for word in _INTACT:
            text = text.replace(word, "")
        assert _ENGLISH.findall(text) == []

    @pytest.mark.parametrize("page", PAGES, ids=" ".join)
    def test_english(self, page: tuple[str, ...]) -> None:
        out = shown(page, "en").out
        assert out.startswith("Usage: ")
        for option in ("--lang vi|en", "--errors text|json", "--quiet", "--verbose", "-h, --help"):
            assert out.count(f"\n  {option} ") == 1
        lines = [each for each in out.splitlines() if "Example: " not in each]
        assert max(len(line) for line in lines if line.count("|") < 6) <= 100
        assert "<" not in out

    def test_wherever_it_is_asked(self) -> None:
        asked = [
            run("data", "--lang", "vi", "--help"),
            run("--lang", "vi", "data", "--help"),
            run("data", "--help", env={"PARINDEX_LANG": "vi"}),
        ]
        assert [each.out for each in asked] == [asked[0].out] * 3
        assert "Các lệnh:" in asked[0].out

    def test_without_a_word(self) -> None:
        for words in ((), ("data",), ("schemes",)):
            ran = call(*words)
            assert (ran.code, ran.out) == (2, "")
            assert "Commands:" in ran.err

    @pytest.mark.skipif(os.name == "nt", reason="it would change the profile of PowerShell")
    def test_completion_is_told_in_our_words(self, tmp_path: Path) -> None:
        env = {"HOME": str(tmp_path), "PARINDEX_LANG": "vi"}
        ran = run("--install-completion", env=env)
        if ran.code == 0:  # where the shell that runs this is one that is known
            assert ran.out == "Đã cài tự điền lệnh; có hiệu lực khi mở cửa sổ dòng lệnh mới.\n"

    @pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
    def test_an_unknown_shell(self, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shellingham.detect_shell", lambda: ("nu", "/bin/nu"))
        ran = call(option)
        assert (ran.code, ran.out) == (2, "")
        assert f"{option}: this shell is not supported" in ran.err
        words = "this shell is not supported; supported shells are: {shells}"
        assert "không nhận ra" in language("vi")(words, shells="bash")

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ("parindex sc", "schemes"),
            ("parindex data ex", "export"),
            ("parindex score --form", "--format"),
            ("parindex rank --ties ", "dense"),
            ("parindex data show --kind ", "sipas"),
        ],
    )
    def test_completion(self, typed: str, word: str) -> None:
        """Commands, options and choices are completed."""
        at = len(typed.split()) - (not typed.endswith(" "))
        env = {"_PARINDEX_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(at)}
        assert word in run(env=env).out.split()

    def test_brackets_are_kept(self) -> None:
        assert "parindex[scale]" in call("score", "--help").out

    def test_what_holds_without_an_option(self) -> None:
        out = call("score", "--help").out
        assert "(default: 1)" in out
        assert "(required)" in out
        assert "--depth 0…40" in out
        assert "(environment: PARINDEX_DATA)" in " ".join(call("target", "--help").out.split())


class TestExamples:
    """Each command and group has an example, and all of them work, one after another in a new folder."""

    def test_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = [shown(page, lang).out for page in PAGES for lang in LANGUAGES]
        for folder in ("examples", "seeds", "tests/cases"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        for name in ("table.csv", "bang.csv"):  # what an analyst copied from a decision
            (tmp_path / name).write_text(TABLE, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        files = pages.files
        monkeypatch.setattr(pages, "files", lambda rows: files(rows)[:5])  # of hundreds
        examples = {" ".join(words): words for words in map(example, texts)}
        assert all(examples)
        later = sorted(examples, key=lambda words: words.startswith("data check"))
        told = {words: call(*examples[words]) for words in later}
        assert {words: ran.err for words, ran in told.items() if ran.code} == {}
