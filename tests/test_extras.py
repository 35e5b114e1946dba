"""Without the libraries of an extra: one line says what to install, in both languages, and the rest works."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, ClassVar

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


PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OF_FRAMES = {"pyarrow"}
"""What a frame that is handed over came with; where it did not, its own name is told."""
NOT_HERE = {"pyspark": "pyspark", "grpc": "pyspark"}
"""Libraries that the tests' own environment lacks, with what brings them."""


class TestExtras:
    """Whatever a wing imports is in the extra that is told where it is missing; what is in none is told by its name."""

    def brought(self, extra: str) -> set[str]:
        """The distributions that an extra and the program itself need, with those they need, by their plain names."""
        own = PROJECT["optional-dependencies"]
        pending = [*own[extra], *PROJECT["dependencies"]]
        found: set[str] = set()
        while pending:
            told = re.match("[A-Za-z0-9._-]+", pending.pop())
            assert told
            name = told[0].lower().replace("_", "-")
            if name == "parindex":
                pending += own["scale"]
            elif name not in found:
                found.add(name)
                try:
                    needs = metadata.requires(name) or []
                except metadata.PackageNotFoundError:
                    continue
                pending += [each for each in needs if "extra ==" not in each]
        return found

    def imported(self, file: Path) -> Iterator[str]:
        """The libraries that a module imports."""
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]

    @pytest.mark.parametrize("extra", ["office", "scale"])
    def test_brought(self, extra: str) -> None:
        own, packages = {*sys.stdlib_module_names, "parindex"}, metadata.packages_distributions()
        brought = self.brought(extra)
        for file in (ROOT / "parindex" / extra).rglob("*.py"):
            known = brought | self.brought("spark") if file.name.startswith("spark") else brought
            for library in {*self.imported(file)} - own - OF_FRAMES:
                names = packages.get(library) or [NOT_HERE.get(library, library)]
                assert {name.lower().replace("_", "-") for name in names} & known, (file, library)

    def test_told_by_name(self) -> None:
        told = re.compile(r'missing\(\s*"(\w+)"(?:, "(\w+)")?')
        files = (ROOT / "parindex").rglob("*.py")
        found = {pair for file in files for pair in told.findall(file.read_text("utf-8"))}
        assert found == {("pyspark", "spark"), ("grpc", "spark"), ("pyarrow", "")}
        assert {"pandas", "pyarrow"}.isdisjoint(self.brought("scale") | self.brought("office"))


class TestFrames:
    """Pandas comes with no extra, so its own name is told, and Polars only where it is there; none stands in for another."""

    @pytest.mark.parametrize(
        ("gone", "library", "told"),
        [
            (("pandas",), "pandas", 'pip install pandas, or library="polars", which is installed'),
            (("pandas", "polars"), "pandas", "pip install pandas"),
            (("pandas", "polars"), "polars", install_command("scale")),
        ],
    )
    def test_told(self, gone: tuple[str, ...], library: str, told: str) -> None:
        program = (
            "import parindex\n"
            f"try: parindex.to_frame(parindex.published(2018), {library!r})\n"
            "except parindex.InputError as error: print(error.findings[0].parameters['expected'])\n"
        )
        assert without(gone, program) == (0, f"{told}\n", "")

    def test_duckdb_without_arrow(self) -> None:
        program = (
            "import duckdb, parindex\n"
            "frame = duckdb.connect().query('select 8.5 as \"1\"')\n"
            "try: parindex.score_frame(frame, parindex.load_scheme('vn-province-2018'))\n"
            "except parindex.InputError as error: print(error)\n"
        )
        code, out, err = without(("pyarrow",), program)
        assert (code, err) == (0, "")
        assert "(found: pyarrow; expected: pip install pyarrow)" in out
