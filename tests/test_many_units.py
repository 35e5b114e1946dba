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


from fractions import Fraction  # noqa: E402

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from parindex.scale.exact.columns import Column, add, compare, multiply  # noqa: E402
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

    @pytest.mark.parametrize("seed", range(24))
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


HEADING = "unit,unit_id,level,year,scheme,code,points,value,ratio\n"
SCHEME = """\
id: two
title: {vi: Hai tiêu chí}
status: example
level: department
years: [2024]
max: 3
criteria:
  - {code: "1", name: {vi: Một}, max: 1, rule: {kind: ratio}}
  - {code: "2", name: {vi: Hai}, max: 2}
"""
GOOD = "A,1,department,2024,two,1,,,3/7\nA,1,department,2024,two,2,1.25,,\n"
HOSTILE = {
    "huge cell": GOOD + "B,2,department,2024,two,1,,," + "9" * 30_000 + "/7\n",
    "nul": GOOD + "B,2,department,2024,two,1,,,\0/7\n",
    "bare cr": GOOD + "B,2,department,2024,two,1,,,1/7\rB,2,department,2024,two,2,1,,\n",
    "open quote": GOOD + 'B,2,department,2024,two,1,,,"1/7\n' + GOOD.replace("A,1", "C,3"),
    "quote within": GOOD + 'B"b",2,department,2024,two,1,,,1/7\n',
    "cell of lines": GOOD + '"B\nb",2,department,2024,two,1,,,1/7\n',
    "short and long": GOOD + "B,2,department,2024,two,1,,\nB,2,department,2024,two,2,1,,,\n",
    "empty line": GOOD + "\n" + GOOD.replace("A,1", "B,2"),
    "blanks": GOOD.replace(",1.25", ", 1.25") + " B, 2,department,2024,two,1,,, 1/7\n",
    "twice": GOOD + GOOD,
    "same unit": GOOD + GOOD.replace("A,1", "A ,1"),
    "code twice": GOOD + GOOD.splitlines(keepends=True)[1],
    "unknown code": GOOD + GOOD.replace("A,1", "B,2").replace("two,2", "two,9"),
    "windows": (GOOD + GOOD.replace("A,1", "B,2")).replace("\n", "\r\n"),
    "no end": GOOD + GOOD.replace("A,1", "B,2").rstrip("\n"),
    "many columns": GOOD + "B" + "," * 10_000 + "\n",
    "above maximum": GOOD + GOOD.replace("A,1", "B,2").replace("1.25", "2.01"),
    "nothing of nothing": GOOD + GOOD.replace("A,1", "B,2").replace("3/7", "0/0"),
    "other year": GOOD + GOOD.replace("A,1", "B,2").replace("2024", "1999"),
    "heading": "x",
    "empty": "",
}


class TestHostile:
    """What nobody would write is found by rows, in the words and places of rows."""

    @pytest.mark.parametrize("name", HOSTILE)
    def test_same(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        file = tmp_path / "units.csv"
        heading = HEADING[1:] if name == "heading" else HEADING
        file.write_bytes((heading + HOSTILE[name]).encode())
        for command in COMMANDS[:1], COMMANDS[3:4], COMMANDS[5:6]:
            same(command[0], str(file), "--scheme", str(tmp_path / "two.yaml"))

    def test_no_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        file = tmp_path / "units.csv"
        file.write_bytes((HEADING + GOOD).encode() + b"B\xff,2,department,2024,two,1,,,1/7\n")
        same(COMMANDS[0], str(file), "--scheme", str(tmp_path / "two.yaml"))


class TestVerbose:
    """How many units went which way is told on stderr where that is asked for."""

    def test_both(self, tmp_path: Path) -> None:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        file = tmp_path / "units.csv"
        rest = GOOD.replace("A,1", "B,2").splitlines(keepends=True)[0]
        file.write_text(HEADING + GOOD + rest, encoding="utf-8")
        given = ("score", str(file), "--scheme", str(tmp_path / "two.yaml"), "-f", "csv")
        ran = call(*given, "--engine", "columns", "--verbose", "--lang", "en")
        assert ran.err == (
            "By columns: 1 units.\n"
            "By rows: 1 units, not one row for each leaf, or rows that say more than a score.\n"
        )
        assert call(*given, "--verbose", "--lang", "en").err.startswith("By columns: 0 units.\n")
        assert call(*given, "--engine", "rows", "--verbose").err == ""


class TestFractions:
    """Columns of fractions are as exact as fractions, also where 64 bits do not hold them."""

    @settings(deadline=None)
    @given(
        st.lists(
            st.tuples(*[st.fractions(-(10**6), 10**6, max_denominator=10**12)] * 2), min_size=1
        )
    )
    def test_arithmetic(self, pairs: list[tuple[Fraction, Fraction]]) -> None:
        one, other = (
            Column(*(np.array(each, dtype=np.int64) for each in zip(*parts, strict=True)))
            for parts in zip(*[[x.as_integer_ratio() for x in pair] for pair in pairs], strict=True)
        )
        for function in (add, multiply):
            found = function(function(one, other), function(one, one))
            wanted = [(a + b + a + a) if function is add else (a * b * a * a) for a, b in pairs]
            whole = zip(found.above.tolist(), found.below.tolist(), strict=True)
            assert [Fraction(*each) for each in whole] == wanted
        assert compare(one, "<", other).tolist() == [a < b for a, b in pairs]
