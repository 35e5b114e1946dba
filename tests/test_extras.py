"""Without the libraries of an extra: one line says what to install, in both languages, and the rest works."""

import subprocess
import sys
from typing import ClassVar

import pytest

from parindex.findings.wing import install_command
from tests.processes import start
from tests.support import ROOT

LIBRARIES = ("narwhals", "numpy", "polars")
ROWS = ("facts", "examples/dossiers/rows.csv")
CARDS = "examples/provinces-2018.csv"
IN_WORDS = {"en": "expected: pip install", "vi": "cần ghi: pip install"}


def without(libraries: tuple[str, ...], program: str) -> tuple[int, str, str]:
    """What a program prints in a Python in which some libraries are not installed."""
    taken = f"import sys\nsys.modules.update(dict.fromkeys({libraries}))\n"
    ran = subprocess.run(
        [sys.executable, "-c", taken + program],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    return ran.returncode, ran.stdout, ran.stderr


class TestCommands:
    """A command that needs the extra ends with 2 and one line with P158; others do not ask for it."""

    @pytest.mark.parametrize(
        ("lang", "arguments"),
        [
            ("en", (*ROWS, "--map", "examples/dossiers/map.yaml")),
            ("vi", (*ROWS, "--new")),
            ("vi", ("stability", CARDS)),
            ("en", ("score", CARDS, "--engine", "columns")),
            ("vi", ("rank", CARDS, "--engine", "columns")),
            ("en", ("losses", CARDS, "--engine", "columns")),
        ],
    )
    def test_told(self, lang: str, arguments: tuple[str, ...]) -> None:
        code, out, err = start(*arguments, "--lang", lang, missing=LIBRARIES)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert err.startswith("P158 ")
        assert IN_WORDS[lang] in err
        assert install_command("scale") in err

    @pytest.mark.parametrize(
        "arguments", [("score", CARDS), ("rank", CARDS), ("schema", "facts-map"), ("check", CARDS)]
    )
    def test_not_asked(self, arguments: tuple[str, ...]) -> None:
        code, out, err = start(*arguments, missing=LIBRARIES)
        assert (code in (0, 1), bool(out), "P158" in err) == (True, True, False)


class TestPython:
    """The same as an InputError when a function is called; to look at the package asks for nothing."""

    NEEDED: ClassVar = {
        "parindex.score_frame(None, parindex.load_scheme('vn-province-2018'))": ("narwhals",),
        "parindex.facts(None, {})": LIBRARIES,
        "parindex.stability([])": ("numpy",),
    }

    @pytest.mark.parametrize("library", LIBRARIES)
    def test_told(self, library: str) -> None:
        program = "import parindex\n" + "".join(
            f"try: print(type({call}))\n"
            "except parindex.InputError as error: print(error)\n"
            "except Exception as error: print(type(error).__name__)\n"
            for call in self.NEEDED
        )
        code, out, err = without((library,), program)
        assert (code, err) == (0, "")
        told = f"P158 this needs a library that is not installed (found: {library};"
        is_told = [line.startswith(told) for line in out.splitlines()]
        assert is_told == [library in libraries for libraries in self.NEEDED.values()]

    def test_looked_at(self) -> None:
        program = "from parindex import *\nimport parindex\nprint(callable(parindex.score_frame))"
        assert without(LIBRARIES, program) == (0, "True\n", "")
