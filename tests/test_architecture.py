"""The way of the data: what may import what, and that no float comes near a score."""

import ast
from pathlib import Path

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "parindex"
PURE = [
    *(
        file
        for folder in ("model", "rules", "scoring", "analysis")
        for file in PACKAGE.glob(f"{folder}/**/*.py")
    ),
    PACKAGE / "exact.py",
]
EVERY = list(PACKAGE.rglob("*.py"))


def imports(file: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


class TestImports:
    """Model, rules, scoring and analysis know no file, terminal or format."""

    @pytest.mark.parametrize("file", PURE, ids=str)
    def test_pure(self, file: Path) -> None:
        tops = {name.split(".")[0] for name in imports(file)}
        assert not tops & {"typer", "rich", "yaml", "pathlib", "csv", "json", "sys"}
        inner = {name.split(".")[1] for name in imports(file) if name.startswith("parindex.")}
        assert not inner & {"cli", "formats", "catalog", "data", "views", "api"}

    def test_only_the_command_line_knows_typer(self) -> None:
        users = {file.parent.name for file in EVERY if "typer" in imports(file)}
        assert users == {"cli"}


class TestFloats:
    """There is no binary float: no literal, no call, no annotation."""

    @pytest.mark.parametrize("file", EVERY, ids=str)
    def test_none(self, file: Path) -> None:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), (
                node.lineno
            )
