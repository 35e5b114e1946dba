"""The names of the Python interface are those of the command line, and each has an example that runs."""

import doctest
import inspect
import os
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import typer

import parindex
from parindex.cli.app import COMMANDS, app
from tests.support import ROOT
from tools.names import ONLY_PYTHON, OTHERWISE

PUBLIC = sorted(set(parindex.__all__) - {"__version__"})
FUNCTIONS = {name for name in PUBLIC if not inspect.isclass(getattr(parindex, name))}


def commands() -> Iterator[str]:
    group = typer.main.get_command(app)
    for name in COMMANDS:
        command: Any = group.get_command(None, name)  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        yield from (f"{name} {each}" for each in inner) if inner else [name]


class TestNames:
    """Neither side has a name that the other lacks, but for those with a reason."""

    def test_same(self) -> None:
        there = {OTHERWISE.get(each, each) for each in commands()}
        assert there == FUNCTIONS - {*ONLY_PYTHON}

    def test_exceptions_are_there(self) -> None:
        assert {*OTHERWISE} <= {*commands()}
        assert {*ONLY_PYTHON} <= FUNCTIONS

    def test_every_name_is_documented_and_typed(self) -> None:
        for name in FUNCTIONS:
            function = getattr(parindex, name)
            assert inspect.getdoc(function)
            hints = inspect.signature(function)
            assert hints.return_annotation is not inspect.Signature.empty
            assert all(each.annotation is not inspect.Parameter.empty for each in hints.parameters.values())  # fmt: skip


class TestExamples:
    """Every public name has an example, and it runs as it stands."""

    @pytest.mark.parametrize("name", PUBLIC)
    def test_runs(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        given = {"parindex": parindex, "Decimal": Decimal, "Fraction": Fraction, "Path": Path, "tempfile": tempfile}  # fmt: skip
        text = inspect.getdoc(getattr(parindex, name)) or ""
        test = doctest.DocTestParser().get_doctest(text, given, name, None, 0)
        assert test.examples
        said: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=said.append)
        assert not said, "".join(said)
        assert os.getcwd() == str(ROOT)  # noqa: PTH109
