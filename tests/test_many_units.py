"""A CSV read and added up by columns gives what rows give: bytes, findings and exit codes."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest

pytest.importorskip("polars")
np = pytest.importorskip("numpy")


from tests import plain_engine as plain  # noqa: E402
from tests.random_cards import leaf_score, random_card, random_scheme, some  # noqa: E402
from tests.support import call  # noqa: E402
from tests.test_second_engine import as_yaml  # noqa: E402

HEAD = ["unit_id", "province", "unit", "level", "group", "year", "scheme", "profile"]
KINDS = ["points", "percent", "value", "ratio", "answer", "count", "date", "items", "answers"]
COLUMNS = [*HEAD, "code", "part", "stage", *KINDS, "state", "reason", "note"]
COMMANDS = (
    ("score", "-f", "csv"),
    ("score", "-f", "csv", "--csv-dialect", "excel-vi", "--depth", "3"),
    ("score", "-f", "ndjson", "--depth", "2"),
    ("rank", "-f", "csv"),
    ("rank", "-f", "json"),
    ("losses", "-f", "csv"),
    ("losses", "-f", "csv", "--by", "origin"),
)
Row = dict[str, str]
Quoting = Literal[0, 1]
QUOTING: tuple[Quoting, ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)


def cells(entry: Any) -> Row:
    """What a score in a file is in the cells of a row."""
    if not isinstance(entry, dict):
        is_state = isinstance(entry, str) and entry[:1].isalpha()
        return {"state" if is_state else "points": str(entry)}
    row: Row = {}
    for name, value in entry.items():
        if name not in COLUMNS:
            continue
        if isinstance(value, dict):
            row[name] = "|".join(f"{key}={each}" for key, each in value.items())
        elif isinstance(value, list):
            row[name] = ("/" if name == "ratio" else "|").join(map(str, value))
        else:
            row[name] = str(value)
    return row


def rows_of(card: dict[str, Any], number: int) -> Iterator[Row]:
    """The rows of a scorecard."""
    head = {name: str(card.get(name, "")) for name in HEAD}
    head |= {"unit": f"Đơn vị {number}", "unit_id": f"{number:03}", "level": "department"}
    for code, entry in card["scores"].items():
        yield {**head, "code": code, **cells(entry)}


def table(rng: Random, scheme: dict[str, Any], units: int) -> list[Row]:
    """Scorecards as rows, now and then with something that nobody would write."""
    rows = [row for at in range(units) for row in rows_of(random_card(rng, scheme, str(at)), at)]
    if some(rng, 0.3):
        for row in rng.sample(rows, min(len(rows), 3)):
            name = rng.choice(COLUMNS)
            row[name] = rng.choice(
                ("", " 1", "1,5", "1.250", "x", "-1", "1e3", '"', "100%", "0/0", "7/3")
            )
    if some(rng, 0.2):
        rng.shuffle(rows)
    return rows


def written(rows: list[Row], delimiter: str = ",", quoting: Quoting = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        COLUMNS,
        restval="",
        delimiter=delimiter,
        quoting=quoting,
        lineterminator="\n",
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def same(command: tuple[str, ...], *arguments: str) -> None:
    """Both engines print the same, find the same, and end the same way."""
    rows = call(*command, *arguments, "--engine", "rows")
    assert call(*command, *arguments, "--engine", "columns") == rows


def whole_table(rng: Random, scheme: dict[str, Any], units: int) -> list[Row]:
    """Units that report every leaf, of which columns take most."""
    leaves = [node for node in plain.walk(scheme["criteria"]) if not node.get("children")]
    chance = rng.choice((0.0, 0.01, 0.05))
    rows: list[Row] = []
    for number in range(units):
        scores = {leaf["code"]: leaf_score(rng, leaf, chance) for leaf in leaves}
        scores = {code: entry for code, entry in scores.items() if entry is not None}
        rows += rows_of({"year": "2024", "scheme": scheme["id"], "scores": scores}, number)
    return rows


class TestLikeRows:
    """Columns give the bytes, findings and exit codes of rows, whatever the table holds."""

    @pytest.mark.parametrize("seed", range(60))
    def test_random(self, tmp_path: Path, seed: int) -> None:
        rng = Random(seed)  # noqa: S311 no secret hangs on it
        scheme = random_scheme(rng)
        (tmp_path / "scheme.yaml").write_text(as_yaml(scheme), encoding="utf-8")
        delimiter, quoting = rng.choice(",;\t"), rng.choice(QUOTING)
        made = rng.choice((table, whole_table, whole_table))
        text = written(made(rng, scheme, 8), delimiter, quoting)
        (tmp_path / "units.csv").write_text(text, encoding="utf-8", newline="")
        given = (str(tmp_path / "units.csv"), "--scheme", str(tmp_path / "scheme.yaml"))
        for command in rng.sample(COMMANDS, 3):
            same(command, *given)
