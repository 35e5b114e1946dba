"""The way of the data: which floor may import which, and that no float comes near a score."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "parindex"
EVERY = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    *("version", "values", "findings", "reading", "rules", "scheme", "scorecard", "scoring"),
    *("analysis", "files", "published_figures", "tables", "render", "api", "cli", "office"),
    "scale",
)
"""Each floor imports only those before it; the wings, `office` and `scale`, are imported by none."""
PURE = ("values", "rules", "scoring", "analysis")


class Said(NamedTuple):
    """What a file says, as far as the rules of the house are about it; lines where a line is named."""

    imports: frozenset[str]
    """The modules that it imports when it runs, anywhere in it."""
    asks_language: list[int]
    floats: list[int]


@cache
def said_in(file: Path) -> Said:
    """What a file says; its tree is not kept, for all of them together are half a million objects."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [*ast.walk(tree)]
    return Said(
        frozenset(module for node in running(tree) for module in imported(node)),
        [
            node.lineno
            for node in nodes
            if isinstance(node, ast.Compare)
            and any(
                isinstance(at, ast.Constant) and at.value in {"vi", "en"} for at in ast.walk(node)
            )
        ],
        [
            node.lineno
            for node in nodes
            if (isinstance(node, ast.Name) and node.id == "float")
            or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        ],
    )


def imported(node: ast.AST) -> set[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        parts = {f"{node.module}.{alias.name}" for alias in node.names}
        return {each if path_of(each).exists() else node.module for each in parts}
    return set()


def running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are not for type checkers only."""
    for child in ast.iter_child_nodes(node):
        only_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if not only_types:
            yield child
            yield from running(child)


def path_of(module: str) -> Path:
    """The file of a module, or of a package's own module."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


class TestLanguages:
    """What differs between languages is data of `values/language.py`; nothing else asks which it is."""

    def test_nothing_asks_for_one_of_them(self) -> None:
        found = [f"{file}:{line}" for file in EVERY for line in said_in(file).asks_language]
        assert found == []


class TestFloors:
    """No arrow runs back up between folders or files, and none runs in a circle."""

    @pytest.mark.parametrize("floor", FLOORS)
    def test_only_what_stands_above(self, floor: str) -> None:
        files = [PACKAGE / f"{floor}.py", *(PACKAGE / floor).rglob("*.py")]
        met = {name.split(".")[1] for file in files if file.exists() for name in said_in(file).imports
               if name.startswith("parindex.")}  # fmt: skip
        assert met <= set(FLOORS[: FLOORS.index(floor) + 1])

    def test_every_folder_is_a_floor(self) -> None:
        assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= set(FLOORS)

    def test_no_circle(self) -> None:
        graph = {
            file: {path_of(name) for name in said_in(file).imports if name.startswith("parindex.")}
            - {file}
            for file in EVERY
        }
        assert [*TopologicalSorter(graph).static_order()]

    def test_the_main_house_stands_alone(self) -> None:
        """It imports, and scores, where the wing was taken away."""
        program = (
            "import sys, pkgutil, importlib, parindex\n"
            "sys.modules['parindex.office'] = sys.modules['parindex.scale'] = None\n"
            "for each in pkgutil.walk_packages(parindex.__path__, 'parindex.'):\n"
            "    if not {'office', 'scale', '__main__'} & set(each.name.split('.')):\n"
            "        importlib.import_module(each.name)\n"
            "[card] = parindex.read_scorecards('examples/soc-trang-2018.yaml')\n"
            "print(parindex.score(card).index)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], check=False, cwd=ROOT, capture_output=True, text=True
        )
        assert (ran.stdout, ran.stderr) == ("78.35\n", "")


class TestImports:
    """The inner floors know no file, terminal or format; only the command line knows Typer."""

    def test_pure(self) -> None:
        outside = {"typer", "rich", "yaml", "pathlib", "csv", "json", "sys"}
        found = {
            str(file): outside & {name.split(".")[0] for name in said_in(file).imports}
            for floor in PURE
            for file in (PACKAGE / floor).rglob("*.py")
        }
        assert len(found) > 40
        assert {file: names for file, names in found.items() if names} == {}

    def test_only_the_command_line_knows_typer(self) -> None:
        assert {file.parent.name for file in EVERY if "typer" in said_in(file).imports} == {"cli"}

    def test_only_commands_know_the_command_line(self) -> None:
        """It knows the language of a run and what talks to people, which a library must not."""
        known = {
            file
            for file in EVERY
            if any(name.startswith("parindex.cli") for name in said_in(file).imports)
        }
        assert {file for file in known if "cli" not in file.parts} == {PACKAGE / "__main__.py"}


BINARY = {PACKAGE / "scale" / "columns", PACKAGE / "scale" / "stability"}
"""Here binary numbers are worked with: each with the bound of its error (`docs/explanation/columns.md`), or drawn."""


class TestFloats:
    """There is no binary float but where columns are scored and ranks drawn: no literal, no call, no annotation."""

    def test_none(self) -> None:
        found = [
            f"{file}:{line}"
            for file in EVERY
            if not BINARY & {*file.parents}
            for line in said_in(file).floats
        ]
        assert found == []


class TestContributing:
    """The page for contributors names files that are there, and every floor."""

    TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    def test_files(self) -> None:
        named = re.findall(r"`((?:parindex|tests|tools|docs)/[^`<]*)`", self.TEXT)
        assert named
        assert [name for name in named if not (ROOT / name).exists()] == []

    def test_floors(self) -> None:
        rows = "".join(re.findall(r"^\| (`.*?) \|", self.TEXT, flags=re.MULTILINE))
        named = re.findall("`([a-z_]+)`", rows)
        assert named == [floor for floor in FLOORS if floor != "version"]
