"""Without the libraries of an extra: one line says what to install, in both languages, and the rest works."""

import subprocess
import sys

import pytest

from tests.support import ROOT

LIBRARIES = ("narwhals", "numpy", "polars")
ROWS = ("facts", "examples/dossiers/rows.csv")
CARDS = "examples/provinces-2018.csv"
IN_WORDS = {"en": "expected: pip install", "vi": "cần ghi: pip install"}


def without(libraries: tuple[str, ...], program: str, *arguments: str) -> tuple[int, str, str]:
    """What a program prints in a Python in which some libraries are not installed."""
    taken = f"import sys\nsys.modules.update(dict.fromkeys({libraries}))\n"
    ran = subprocess.run(
        [sys.executable, "-c", taken + program, *arguments],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    return ran.returncode, ran.stdout, ran.stderr


class TestCommands:
    """A command that needs the extra ends with 2 and one line with P158; others do not ask for it."""

    @pytest.mark.parametrize(
        "arguments",
        [
            (*ROWS, "--map", "examples/dossiers/map.yaml"),
            (*ROWS, "--new"),
            ("stability", CARDS),
            ("score", CARDS, "--engine", "columns"),
            ("rank", CARDS, "--engine", "columns"),
            ("losses", CARDS, "--engine", "columns"),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("lang", IN_WORDS)
    def test_told(self, arguments: tuple[str, ...], lang: str) -> None:
        program = "from parindex.cli import main; main()"
        code, out, err = without(LIBRARIES, program, *arguments, "--lang", lang)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert err.startswith("P158 ")
        assert f"{IN_WORDS[lang]} 'parindex[scale]'" in err

    @pytest.mark.parametrize(
        "arguments", [("score", CARDS), ("rank", CARDS), ("schema", "facts-map"), ("check", CARDS)]
    )
    def test_not_asked(self, arguments: tuple[str, ...]) -> None:
        program = "from parindex.cli import main; main()"
        code, out, err = without(LIBRARIES, program, *arguments)
        assert (code in (0, 1), bool(out), "P158" in err) == (True, True, False)


class TestPython:
    """The same as an InputError when a function is called; to look at the package asks for nothing."""

    @pytest.mark.parametrize("library", LIBRARIES)
    @pytest.mark.parametrize(
        "call",
        [
            "parindex.score_frame(None, parindex.load_scheme('vn-province-2018'))",
            "parindex.facts(None, {})",
            "parindex.stability([])",
        ],
    )
    def test_told(self, call: str, library: str) -> None:
        program = (
            "import parindex\n"
            f"try: {call}\n"
            "except parindex.InputError as error: print(error)\n"
            "except Exception as error: print(type(error).__name__)"
        )
        code, out, err = without((library,), program)
        needed = {"score_frame": "narwhals", "facts": "narwhals polars numpy", "stability": "numpy"}
        name = call.partition("(")[0].removeprefix("parindex.")
        assert (code, err) == (0, "")
        is_needed = library in needed[name].split()
        assert (
            out.startswith(f"P158 this needs a library that is not installed (found: {library};")
            is is_needed
        )

    def test_looked_at(self) -> None:
        program = "from parindex import *\nimport parindex\nprint(callable(parindex.score_frame))"
        assert without(LIBRARIES, program) == (0, "True\n", "")
