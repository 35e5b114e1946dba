"""What several tests use: the command line in this process, and small schemes and scorecards."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import Points, State
from tests.processes import Ran, start

ROOT = Path(__file__).parent.parent
EXAMPLE = str(ROOT / "examples" / "soc-trang-2018.yaml")


def run(*arguments: str, given: str | bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Run `parindex` as its users do, in a process of its own, in English unless told."""
    data = given.encode() if isinstance(given, str) else given
    return start(*arguments, given=data, environment={"LC_ALL": "C.UTF-8", **(env or {})})


def scheme(**fields: Any) -> Scheme:
    """A small scheme of two areas of 4 and 6 points, with what a test changes."""
    return Scheme.model_validate(
        {
            "id": "example-test",
            "title": {"vi": "Thử"},
            "status": "example",
            "level": "department",
            "years": [2024],
            "max": "10",
            "criteria": [area("1", "4"), area("2", "6")],
            **fields,
        }
    )


def area(
    code: str, maximum: str | None, *children: dict[str, Any], **fields: Any
) -> dict[str, Any]:
    """A criterion as it stands in a file."""
    name = {"vi": f"Tiêu chí {code}"}
    return {"code": code, "name": name, "max": maximum, "children": children, **fields}


def card(scores: dict[str, Any], **fields: Any) -> Scorecard:
    """A scorecard whose scores are points as text, states, or entries."""
    entries = {code: _entry(value) for code, value in scores.items()}
    return Scorecard(**{"unit": "Thử", "year": 2024, "scores": entries, **fields})


def _entry(value: Any) -> Entry:
    if isinstance(value, Entry):
        return value
    if value in ("unknown", "not_applicable", "no_evidence"):
        return Entry(State(value))
    return Entry(Points(Decimal(value)))


def call(*arguments: str, given: str | bytes | None = None) -> Ran:
    """Run `parindex` in this process, which is faster; always in English."""
    from typer.testing import CliRunner

    from parindex.cli.app import app

    done = CliRunner().invoke(app, list(arguments), input=given)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def same_as_golden(name: str, text: str) -> bool:
    """Whether a text is what `tests/golden` holds; with UPDATE_GOLDEN set it becomes so."""
    file = ROOT / "tests" / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
    return file.read_text(encoding="utf-8") == text
