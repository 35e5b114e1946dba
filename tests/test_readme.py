"""The README and the guides tell the truth: their examples are run and compared."""

import doctest
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.processes import start
from tests.support import ROOT
from tools.readme import EXAMPLE, PAGES, parsed, printed
from tools.walks import WALKS, walked

TEXTS = [page.read_text(encoding="utf-8") for page in PAGES]
README = TEXTS[0]
EXAMPLES = [each[1:3] for text in TEXTS for each in EXAMPLE.findall(text)]


def said(command: str, folder: Path = ROOT) -> str:
    """What a command prints to a reader in a folder."""
    arguments, given = parsed(command)
    ran = start(*arguments, given=given, environment={"LC_ALL": "C.UTF-8"}, folder=folder)
    return ran.out + ran.err


class TestReadme:
    """What a reader copies from the README works, and prints what stands there."""

    @pytest.mark.parametrize(("command", "expected"), EXAMPLES)
    def test_console_examples(self, command: str, expected: str) -> None:
        assert said(command) == expected

    @pytest.mark.parametrize(("command", "expected"), EXAMPLES[::30])
    def test_what_the_tool_writes(self, command: str, expected: str) -> None:
        """And some of them as users run them, in a process of its own."""
        assert printed(command) == expected

    def test_there_are_examples(self) -> None:
        assert len(EXAMPLES) >= 5

    @pytest.mark.parametrize("page", [page for page in TEXTS if "| python3 -c" in page])
    def test_pipes(self, page: str) -> None:
        form = r"```sh\n(parindex .*?) \| python3 -c '\n(.*?)'\n```\n\n```text\n(.*?)```"
        [(command, code, expected)] = re.findall(form, page, flags=re.DOTALL)
        ran = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            input=said(command),
            encoding="utf-8",
            stdout=subprocess.PIPE,
            check=True,
        )
        assert ran.stdout == expected

    def test_short_enough_to_be_read(self) -> None:
        assert len(README.splitlines()) <= 180

    def test_python_examples(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        code = "\n".join(re.findall(r"```python\n(.*?)```", "".join(TEXTS), flags=re.DOTALL))
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
        runner.run(parser.get_doctest(code, {}, "README", "README.md", 0))
        assert (runner.tries > 0, runner.failures) == (True, 0)

    def test_the_first_two_commands_install(self) -> None:
        commands = re.findall(r"```sh\n(.*?)\n```", README)
        assert ["parindex score" in commands[0], "pytest" in commands[1]] == [True, True]
        assert all("pip install" in command for command in commands[:2])

    def test_every_relative_link_leads_somewhere(self) -> None:
        for page in (*PAGES, *WALKS):
            text = page.read_text(encoding="utf-8")
            links = re.findall(r"\]\(([^)#:]+)\)", text)
            assert [link for link in links if not (page.parent / link).exists()] == []


class TestWalks:
    """A reader who follows a page from its first command to the last sees what stands there."""

    @pytest.mark.parametrize("page", WALKS, ids=lambda page: page.name)
    def test_walk(self, page: Path, tmp_path: Path) -> None:
        told = walked(page, tmp_path, partial(said, folder=tmp_path))
        assert told == page.read_text(encoding="utf-8")
