"""A CSV read and added up by columns gives what rows give: bytes, findings and exit codes."""

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.api import load_scheme
from parindex.files.open_scorecards import Reading, read_scorecards
from parindex.findings import InputError
from parindex.scale.exact.columns import Column, add, compare, multiply
from parindex.scheme.scheme import Scheme
from parindex.scoring import score
from parindex.values.engines import Engine
from tests import plain_engine as plain
from tests.processes import Ran
from tests.random_cards import leaf_score, random_card, random_scheme, some
from tests.support import call
from tests.test_second_engine import as_yaml

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


def same(command: tuple[str, ...], *arguments: str) -> Ran:
    """Both engines print the same, find the same, and end the same way: this run."""
    rows = call(*command, *arguments, "--engine", "rows")
    assert call(*command, *arguments, "--engine", "columns") == rows
    return rows


def whole_table(rng: Random, scheme: dict[str, Any], units: int) -> list[Row]:
    """Units that report most leaves, and items, of which columns take most."""
    leaves = [node for node in plain.walk(scheme["criteria"]) if not node.get("children")]
    leaves += [item for block in scheme.get("adjustments", ()) for item in block["items"]]
    chance = rng.choice((0.0, 0.01, 0.05, 0.3))
    rows: list[Row] = []
    for number in range(units):
        scores = {leaf["code"]: leaf_score(rng, leaf, chance) for leaf in leaves}
        card = {"year": "2024", "scheme": scheme["id"], "group": rng.choice("AB")}
        if "profiles" in scheme and some(rng, 0.3):
            card["profile"] = "small"
            for code in scheme["profiles"]["small"]:
                for each in [each for each in scores if f"{each}.".startswith(f"{code}.")]:
                    scores[each] = rng.choice((None, None, None, "unknown", scores[each]))
        for item in leaves:
            if item["code"][0].isalpha() and some(rng, 0.5):
                scores[item["code"]] = None
        scores = {code: entry for code, entry in scores.items() if entry is not None}
        rows += rows_of({**card, "scores": scores}, number)
    return rows


def closed_scheme(rng: Random) -> dict[str, Any]:
    """A random scheme that columns add up; some of its rules differ by the group of the unit."""
    while True:
        scheme = random_scheme(rng)
        nodes = [scheme, *plain.walk(scheme["criteria"])]
        scheme.get("rounding", {}).pop("points", None)
        if all("max" in node and "complete" not in node for node in nodes):
            break
    for node in nodes[1:]:
        rule = node.get("rule", {})
        if rule.get("kind") == "ratio" and some(rng, 0.5):
            node["rule"] = {"kind": "by-unit", "rules": {"A": rule, "others": {"kind": "ratio"}}}
    return scheme


class TestLikeRows:
    """Columns give the bytes, findings and exit codes of rows, whatever the table holds."""

    @pytest.mark.parametrize("seed", range(12))
    def test_random(self, tmp_path: Path, seed: int) -> None:
        rng = Random(seed)
        scheme = random_scheme(rng)
        (tmp_path / "scheme.yaml").write_text(as_yaml(scheme), encoding="utf-8")
        delimiter, quoting = rng.choice(",;\t"), rng.choice(QUOTING)
        made = rng.choice((table, whole_table, whole_table))
        text = written(made(rng, scheme, 8), delimiter, quoting)
        (tmp_path / "units.csv").write_text(text, encoding="utf-8", newline="")
        given = (str(tmp_path / "units.csv"), "--scheme", str(tmp_path / "scheme.yaml"))
        for command in rng.sample(COMMANDS, 3):
            same(command, *given)


class TestLikeTheTree:
    """What columns find of a unit is what the tree of criteria finds, to the last digit."""

    @staticmethod
    def results(engine: Engine, file: Path, scheme: Scheme) -> list[Any]:
        """What is known of each unit, or its faults."""
        found: list[Any] = []
        try:
            cards = [*read_scorecards(str(file), Reading([scheme], engine=engine))]
        except InputError as error:
            return [error.findings]
        for card in cards:
            try:
                result = score(card, scheme)
            except InputError as error:
                found.append((card.unit, error.findings))
                continue
            known = (result.outcome, result.outcomes, result.parts, result.findings, result.blocks)
            found.append((card.unit, {**card.scores}, result.index, result.bands, *known))
        return found

    @given(st.randoms(use_true_random=False))
    def test_same(self, rng: Random) -> None:
        tree = closed_scheme(rng)
        with TemporaryDirectory() as folder:
            scheme, file = Path(folder) / "scheme.yaml", Path(folder) / "units.csv"
            scheme.write_text(as_yaml(tree), encoding="utf-8")
            file.write_text(written(whole_table(rng, tree, 8)), encoding="utf-8", newline="")
            under = load_scheme(str(scheme))
            assert self.results("columns", file, under) == self.results("rows", file, under)


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


GUARDED = """\
id: guarded
title: {vi: Có điều kiện}
status: example
level: department
years: [2024]
max: 5
profiles: {small: ["2.1"]}
bands: [{steps: [{name: A, from: 80}, {name: B, from: 50}, {name: C}]}]
criteria:
  - code: "1"
    name: {vi: Một}
    max: 2
    children:
      - {code: "1.1", name: {vi: a}, max: 1}
      - {code: "1.2", name: {vi: b}, max: 1, requires: "1.1", rule: {kind: ratio}}
  - code: "2"
    name: {vi: Hai}
    max: 3
    requires: "1"
    children:
      - {code: "2.1", name: {vi: c}, max: 1, not_applicable: full-points}
      - {code: "2.2", name: {vi: d}, max: 2, min: -1, rule: {kind: points}}
adjustments: [{id: bonus, kind: bonus, cap: 1, items: [{code: T, name: {vi: Thưởng}, max: 2}]}]
"""
ROWS = (
    "A,,1.1,0,,,;A,,1.2,,1/3,,;A,,2.1,1,,,;A,,2.2,2,,,",  # two shut guards, one within the other
    "A,,1.1,,,unknown,;A,,1.2,,1/3,,;A,,2.1,1,,,;A,,2.2,-1,,,",  # guards that are not known
    "A,,1.1,0.01,,,;A,,1.2,,0/7,,;A,,2.1,,,không áp dụng,;A,,2.2,,,no_evidence,",
    "A,,1.1,,,not_applicable,Không có;A,,1.2,,,n/a,x;A,,2.1,,,unknown,;A,,2.2,1,,,x",
    "A,,2.2,1,,, x",  # a reason that begins with a space
    "A,,1.1,,,not_applicable,;A,,1.2,,,not_applicable,;A,,2.1,,,not_applicable,;A,,2.2,1,,,",
    "A,small,1.1,1,,,;A,small,1.2,,2/3,,;A,small,2.2,0.5,,,",
    "A,small,1.1,1,,,;A,small,2.1,1,,,",  # points of what the profile leaves out
    "A,large,1.1,1,,,",  # no such profile
    "A,,1.1,,,,;A,,1.2,,,,;A,,2.1,,,,;A,,2.2,-0.5,,,",  # rows that say nothing
    "A,,1.1,1,,,;A,,2.2,1,,,;A,,T,1.5,,,",
    "A,,1.1,1,,,;A,,2.2,1,,,;A,,T,,,not_applicable,",
    "A,,1.1,1,,,;A,,2.2,1,,,;A,,T,,,unknown,",
    "A,,1.1,1,,unknown,",  # two ways
    "A,,1.1,,,scored,;A,,1.2,,,partial,;A,,2.1,,, unknown,;A,,2.2,,,maybe,",
    "A,,1,1.5,,,;A,,2.1,1,,,",  # points of a sum
    "A,,1,,,no_evidence,;A,,1.1,0,,,",
    "A,,1.1,1,,,;A,,1.2,,1/1,,;A,,2.1,1,,,;A,,2.2,-1.01,,,",
)


class TestStates:
    """Guards, states, profiles and items give by columns what they give by rows, wherever they meet."""

    @pytest.mark.parametrize("depth", ["1", "3"])
    def test_same(self, tmp_path: Path, depth: str) -> None:
        (tmp_path / "guarded.yaml").write_text(GUARDED, encoding="utf-8")
        every = range(len(ROWS))
        for number, chosen in enumerate([every, *([at] for at in every)]):
            text = "unit,profile,code,points,ratio,state,reason,year,scheme\n"
            for at in chosen:
                for row in ROWS[at].split(";"):
                    text += f"{row},2024,guarded\n".replace("A,", f"Đơn vị {at},", 1)
            file = tmp_path / f"{number}.csv"
            file.write_text(text, encoding="utf-8")
            scheme = ("--scheme", str(tmp_path / "guarded.yaml"))
            same(("score", "-f", "csv", "--depth", depth), str(file), *scheme)
            same(("losses", "-f", "json"), str(file), *scheme)


class TestVerbose:
    """How many units went which way is told on stderr where that is asked for."""

    def test_both(self, tmp_path: Path) -> None:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        file = tmp_path / "units.csv"
        staged = GOOD.replace("A,1", "B,2").replace("\n", "self\n")
        heading = HEADING.replace("\n", ",stage\n")
        file.write_text(heading + (GOOD + staged).replace("\n", ",\n").replace("self,", ",self"))
        given = ("score", str(file), "--scheme", str(tmp_path / "two.yaml"), "-f", "csv")
        ran = call(*given, "--engine", "columns", "--verbose", "--lang", "en")
        assert ran.err == (
            "By columns: 1 units.\n"
            "By rows: 1 units, rows of stages, parts or sums, or two for one leaf.\n"
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
