"""What was promised is still there: names, options, schemas, and files of the first version."""

import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
import yaml

import parindex
from parindex.cli.app import app
from parindex.render.json_schemas import SchemaName
from tests.support import EXAMPLE, ROOT, call

FOLDER = ROOT / "tests" / "promises"
NAMES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (FOLDER / "names-0.1.yaml").read_text(encoding="utf-8")
)
RESULT = FOLDER / "result-1.json"


def options(name: str) -> set[str]:
    command: Any = typer.main.get_command(app)
    for each in name.split():
        command = command.get_command(None, each)
    return {option for param in command.params for option in param.opts}


class TestNames:
    """No name that was promised is gone; new ones may come, at the end of parameters."""

    @pytest.mark.parametrize("name", NAMES["commands"])
    def test_commands(self, name: str) -> None:
        assert {*NAMES["commands"][name]} <= options(name)

    @pytest.mark.parametrize("name", NAMES["python"])
    def test_python(self, name: str) -> None:
        assert name in parindex.__all__
        thing = getattr(parindex, name)
        promised = NAMES["python"][name]
        if not inspect.isclass(thing):
            assert [*inspect.signature(thing).parameters][: len(promised)] == promised

    def test_all_of_today_are_promised(self) -> None:
        """Whoever adds a name adds it to the file, too."""
        assert {*NAMES["python"]} == {*parindex.__all__} - {"__version__"}


class TestFiles:
    """A result, a scheme and a scorecard of the first version are read as they were meant."""

    def test_a_result(self, tmp_path: Path) -> None:
        stored = json.loads(RESULT.read_text(encoding="utf-8"))
        assert stored["format"] == "parindex-result/1"
        [card] = parindex.read_scorecards(RESULT)
        [percent] = [each["percent"] for each in stored["results"]]
        assert str(parindex.score(card).index) == str(percent)
        assert parindex.check(RESULT) == []
        result = parindex.score(parindex.read_scorecards(EXAMPLE))
        [verified] = parindex.verify(RESULT, result)
        assert (verified.missing, [each.path for each in verified.differences if each.path == "index"]) == (False, [])  # fmt: skip
        assert call("score", EXAMPLE, "--baseline", str(RESULT)).code == 0
        grown = {**stored, "new": 1, "results": [{**stored["results"][0], "new": {"more": []}}]}
        later = tmp_path / "later.json"
        later.write_text(json.dumps(grown), encoding="utf-8")
        assert parindex.score(parindex.read_scorecards(later))[0].total.points == parindex.score(card).total.points  # fmt: skip

    def test_a_result_of_today_has_all_of_its_fields(self) -> None:
        def fields(data: Any, at: str = "") -> set[str]:
            if isinstance(data, list):
                return {each for item in data for each in fields(item, f"{at}[]")}
            if not isinstance(data, dict):
                return set()
            return {f"{at}.{key}" for key in data} | {
                each for key, value in data.items() for each in fields(value, f"{at}.{key}")
            }

        stored = json.loads(RESULT.read_text(encoding="utf-8"))
        today = parindex.to_dict(parindex.score(parindex.read_scorecards(EXAMPLE)), depth=3)
        assert fields(stored) <= fields(today)

    def test_a_scheme_and_a_scorecard(self) -> None:
        scheme = parindex.load_scheme(FOLDER / "scheme-0.1.yaml")
        assert scheme == parindex.load_scheme(ROOT / "examples" / "small-scheme.yaml")
        [card] = parindex.read_scorecards(FOLDER / "scorecard-0.1.yaml")
        assert str(parindex.score(card).index) == "78.35"


class TestSchemas:
    """Each schema has a name of its own, and is in the package that is installed."""

    def test_ids(self) -> None:
        ids = {name: parindex.schema(name)["$id"] for name in get_args(SchemaName)}
        assert ids == {name: f"urn:parindex:{name}:1" for name in ids}

    def test_shipped(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        targets = project["tool"]["hatch"]["build"]["targets"]
        assert targets["wheel"]["force-include"] == {"schemas": "parindex/schemas"}
        assert "schemas" in targets["sdist"]["include"]


class TestPages:
    """Both pages name the same things."""

    def test_same_names(self) -> None:
        pages = [(ROOT / "docs" / name).read_text("utf-8") for name in ("reference/promises.md", "vi/reference/promises.md")]  # fmt: skip
        english, vietnamese = ({*re.findall("`([^`]+)`", page)} for page in pages)
        assert english - vietnamese <= {"parindex schema NAME", "parindex.schema(NAME)", "parindex.something"}  # fmt: skip
        assert pages[0].count("\n|") == pages[1].count("\n|")
