"""JSON Schemas: current, and true of what is written and read."""

import datetime
import json
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from parindex.render.json_schemas import SchemaName
from tests.support import EXAMPLE, ROOT, call

CATALOG = sorted((ROOT / "parindex" / "scheme" / "catalog" / "schemes").glob("*.yaml"))
EXAMPLES = [
    ROOT / "examples" / "small-scheme.yaml",
    *sorted((ROOT / "examples" / "schemes").glob("*.yaml")),
]
SCORECARDS = sorted((ROOT / "examples").glob("*-20*.yaml")) + sorted(
    (ROOT / "seeds").glob("*.yaml")
)


SMALL = "examples/small-scheme.yaml"


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.json").read_text("utf-8"))
    return found


def documents(file: Path) -> list[Any]:
    """The documents of a YAML file as an editor sees them, dates as text."""
    return [_plain(each) for each in yaml.safe_load_all(file.read_text("utf-8"))]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


class TestCurrent:
    """The files in `schemas` are what `parindex schema` prints, and are JSON Schemas."""

    @pytest.mark.parametrize("name", get_args(SchemaName))
    def test_file(self, name: str) -> None:
        text = (ROOT / "schemas" / f"{name}.json").read_text("utf-8")
        assert call("schema", name).out == text
        Draft202012Validator.check_schema(json.loads(text))


class TestTrue:
    """Every scheme, scorecard and result that is right fits its schema."""

    @pytest.mark.parametrize("file", [*CATALOG, *EXAMPLES], ids=str)
    def test_schemes(self, file: Path) -> None:
        [document] = documents(file)
        assert list(Draft202012Validator(schema("scheme")).iter_errors(document)) == []

    @pytest.mark.parametrize("file", SCORECARDS, ids=str)
    def test_scorecards(self, file: Path) -> None:
        for document in documents(file):
            assert list(Draft202012Validator(schema("scorecard")).iter_errors(document)) == []

    def test_letterheads(self) -> None:
        [document] = documents(ROOT / "examples" / "letterhead.yaml")
        assert list(Draft202012Validator(schema("letterhead")).iter_errors(document)) == []

    @pytest.mark.parametrize(
        "arguments",
        [
            (EXAMPLE,),
            ("seeds/published",),
            ("examples/small-2024.yaml", "--scheme", "examples/small-scheme.yaml", "--depth", "3"),
            (
                "examples/departments-2024.yaml",
                "--scheme",
                "examples/schemes/departments-2024.yaml",
                "--depth",
                "3",
            ),
        ],
    )
    def test_results(self, arguments: tuple[str, ...]) -> None:
        document = json.loads(call("score", *arguments, "--format", "json").out)
        assert list(Draft202012Validator(schema("result")).iter_errors(document)) == []

    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("ranking", ("rank", "examples/provinces-2018.csv", "--previous", EXAMPLE)),
            ("ranking", ("rank", "examples/small-2024.yaml", "--scheme", SMALL)),
            ("comparison", ("compare", "2023", "2024")),
            ("comparison", ("compare", "2017", "2018", "--unit", "soc trang")),
            ("comparison", ("compare", EXAMPLE, "seeds/lang-son-2016.yaml")),
            ("stability", ("stability", "examples/provinces-2018.csv", "--rounding")),
            ("stability", ("stability", EXAMPLE, "--leave-out", "area", "--draws", "50")),
            ("trend", ("trend", "quang ninh", "mean")),
            ("trend", ("trend", "--kind", "area:3")),
            ("trend", ("trend", "lai chau", "--kind", "area:7")),
            ("published", ("data", "export")),
            ("published", ("data", "show", "--year", "2018")),
        ],
    )
    def test_tables(self, name: str, arguments: tuple[str, ...]) -> None:
        document = json.loads(call(*arguments, "--format", "json").out)
        assert list(Draft202012Validator(schema(name)).iter_errors(document)) == []
        assert document["format"] == f"parindex-{name}/1"

    @pytest.mark.parametrize("text", ["unit: X\nyaer: 2018", "unit: X\nyear: 2018\nscores: 5"])
    def test_what_is_wrong_does_not_fit(self, text: str) -> None:
        document = yaml.safe_load(text)
        assert list(Draft202012Validator(schema("scorecard")).iter_errors(document))


class TestModelines:
    """Every example tells an editor its schema."""

    @pytest.mark.parametrize("file", sorted((ROOT / "examples").rglob("*.yaml")), ids=str)
    def test_first_line(self, file: Path) -> None:
        first = file.read_text("utf-8").splitlines()[0]
        target = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / target).resolve().is_file()
