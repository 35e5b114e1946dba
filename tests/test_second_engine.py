"""Random scorecards under random schemes: the package and the plain engine agree in every figure."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import yaml

import parindex as api
from parindex.analysis.gates import Gate, check_gates
from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import read_scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.result import Result
from tests import plain_engine as plain
from tests.random_cards import random_card, random_scheme, some
from tests.support import ROOT, call

CARDS = int(os.environ.get("PARINDEX_CARDS", "400"))
"""How many scorecards are compared."""
FIRST = int(os.environ.get("PARINDEX_SEED", "0"))
"""The seed of the first scheme; each scheme has a seed of its own."""
CARDS_OF_A_SCHEME = 4

Tree = dict[str, Any]


class Drawn(NamedTuple):
    """One scheme with its scorecards, as they stand in files, and the stage that is asked for."""

    seed: int
    scheme: Tree
    cards: list[Tree]
    stage: Stage | None


def drawn(seed: int) -> Drawn:
    """The scheme and the scorecards of a seed."""
    rng = Random(seed)
    scheme = random_scheme(rng)
    cards = [random_card(rng, scheme, unit) for unit in "ABCD"[:CARDS_OF_A_SCHEME]]
    stages: list[Stage] = ["self", "appraised", "reappraised", "final"]
    return Drawn(seed, scheme, cards, rng.choice(stages) if some(rng, 0.15) else None)


def expected(scheme: Tree, card: Tree, stage: Stage | None) -> Tree | None:
    """What the plain engine says; None where it refuses."""
    try:
        return plain.evaluate(scheme, card, stage)
    except plain.RefusedError:
        return None


def found(card: Scorecard, scheme: Scheme, stage: Stage | None) -> Result | None:
    """What the package says; None where it refuses."""
    try:
        return api.score(card, scheme, stage)
    except InputError:
        return None


def differences(wanted: Tree | None, result: Result | None) -> Iterator[str]:
    """Every figure that is not the same, with both."""
    if wanted is None or result is None:
        if wanted is not None or result is not None:
            yield f"refused: plain {wanted is None}, parindex {result is None}"
        return
    for name, one, other in compared(wanted, result):
        if one != other:
            yield f"{name}: plain {one}, parindex {other}"


def compared(wanted: Tree, result: Result) -> Iterator[tuple[str, object, object]]:
    """Every figure by name, as the plain engine and as the package have it."""
    total = result.total
    for name in ("points", "lost", "applicable_max", "complete"):
        yield name, wanted[name], getattr(total, name)
    if wanted["complete"]:
        yield "final", wanted["final"] if wanted["points"] is not None else None, total.final
    yield "percent", wanted["percent"], result.index
    for name in ("low", "high"):
        bound = getattr(total, name)
        yield name, wanted[name], None if bound is None else result.printed(bound)
    yield "bands", tuple(wanted["bands"]), result.bands
    for code, told in wanted["codes"].items():
        node = result.node(code)
        for name in ("state", "points", "applicable_max", "lost"):
            yield f"{code} {name}", told[name], getattr(node, name)
        yield f"{code} percent", told["percent"], result.printed_percent(node)
    parts = result.by_origin() if result.by_origin else {}
    for part, told in wanted["parts"].items():
        for name in ("state", "points", "excluded", "unassessed"):
            yield f"{part} {name}", told[name], getattr(parts[part], name)


class Plainly(yaml.SafeDumper):
    """YAML without anchors, which are not read."""

    def ignore_aliases(self, _data: object) -> bool:
        """Nothing is written as an alias of something else."""
        return True


def as_yaml(tree: Tree) -> str:
    """A part of a file as text."""
    return str(yaml.dump(tree, Dumper=Plainly, width=100, allow_unicode=True, sort_keys=False))


def load_scheme(folder: Path, given: Drawn) -> Scheme:
    """The scheme as the package reads it."""
    file = folder / "scheme.json"
    file.write_text(json.dumps(given.scheme), encoding="utf-8")
    return read_scheme(str(file))


def load_cards(folder: Path, given: Drawn, scheme: Scheme) -> list[Scorecard | None]:
    """The scorecards as the package reads them; None for one that it refuses to read."""
    try:
        return list(read(folder, given.cards, scheme))
    except InputError:
        return [one for card in given.cards for one in read_one(folder, card, scheme)]


def read(folder: Path, cards: list[Tree], scheme: Scheme) -> list[Scorecard]:
    """Scorecards of one file."""
    file = folder / "cards.json"
    file.write_text(json.dumps(cards), encoding="utf-8")
    return api.read_scorecards(file, scheme)


def read_one(folder: Path, card: Tree, scheme: Scheme) -> list[Scorecard | None]:
    """A scorecard of a file of its own."""
    try:
        return [*read(folder, [card], scheme)]
    except InputError:
        return [None]


def replayable(given: Drawn, card: Tree) -> str:
    """Seed, stage, scheme and scorecard as text, from which a difference can be seen again."""
    head = f"seed {given.seed}, stage {given.stage}"
    return f"{head}\n# scheme.yaml\n{as_yaml(given.scheme)}\n# card.yaml\n{as_yaml(card)}"


def group_differences(wanted: list[Tree], results: list[Result], scheme: Tree) -> Iterator[str]:
    """What differs of several units of one scheme: ranks, losses, changes, gates."""
    ranking = scheme.get("ranking", {})
    ties = ranking.get("ties", "competition")
    keys = ranking.get("keys", [])
    ranks = plain.ranks(wanted, ranking.get("by", "percent"), ties, keys)
    places = {each.entrant.unit: each.rank for group in api.rank(results) for each in group.places}
    for one, result, rank in zip(wanted, results, ranks, strict=True):
        unit = result.scorecard.unit
        if places.get(unit) != rank:
            yield f"rank of {unit}: plain {rank}, parindex {places.get(unit)}"
        lost = {line.key: line.lost for line in api.losses(result).lines if line.lost}
        if lost != plain.losses(one):
            yield f"losses of {unit}: plain {plain.losses(one)}, parindex {lost}"
        for code in ["", *one["codes"]]:
            told = one["codes"][code] if code else one
            for least in (Decimal(50), Decimal("66.67"), Decimal(100)):
                passed = not list(check_gates(result, [Gate(code, least)]))
                if passed != plain.passes_gate(told, Fraction(least)):
                    yield f"gate {code} {least} of {unit}: parindex {passed}"
    for first, second in zip(range(len(results)), range(1, len(results)), strict=False):
        yield from change_differences(
            wanted[first], wanted[second], results[first], results[second]
        )


def change_differences(one: Tree, other: Tree, before: Result, after: Result) -> Iterator[str]:
    """What differs of the changes from one result to the next one."""
    [pair] = api.compare(before, after).pairs
    exact = plain.percent_change(one, other)
    if pair.change != exact:
        yield f"change: plain {exact}, parindex {pair.change}"
    for each in pair.criteria:
        code = each.either.code
        points = plain.change(one["codes"][code], other["codes"][code])
        if each.points != points:
            yield f"change of {code}: plain {points}, parindex {each.points}"


def first_differences(given: Drawn, folder: Path) -> Iterator[str]:
    """Everything that differs for a seed, each with what replays it."""
    scheme = load_scheme(folder, given)
    pairs: list[tuple[Tree, Result]] = []
    for tree, card in zip(given.cards, load_cards(folder, given, scheme), strict=True):
        wanted = expected(given.scheme, tree, given.stage)
        result = None if card is None else found(card, scheme, given.stage)
        told = list(differences(wanted, result))
        if told:
            yield "\n".join([*told, replayable(given, tree)])
        elif wanted is not None and result is not None:
            pairs.append((wanted, result))
    if pairs and given.seed % 4 == 0:
        wanted_, results = [one for one, _ in pairs], [other for _, other in pairs]
        told = list(group_differences(wanted_, results, given.scheme))
        if told:
            yield "\n".join([*told, *(replayable(given, tree) for tree in given.cards)])


SEEDS = range(FIRST, FIRST + max(1, CARDS // CARDS_OF_A_SCHEME))
BLOCK = 25


class TestRandomCards:
    """Both engines refuse the same scorecards, and have the same figures for all others."""

    @pytest.mark.parametrize("start", SEEDS[::BLOCK])
    def test_they_agree(self, start: int, tmp_path: Path) -> None:
        for seed in SEEDS[start - FIRST : start - FIRST + BLOCK]:
            told = next(first_differences(drawn(seed), tmp_path), "")
            assert not told, told

    def test_a_seed_gives_the_same_again(self) -> None:
        assert drawn(7) == drawn(7) != drawn(8)

    def test_most_are_valid_and_all_that_a_scorecard_can_say_occurs(self) -> None:
        valid, met = Counter[bool](), set[str]()
        for seed in range(60):
            given = drawn(seed)
            met |= set(words_of(given.scheme)) | set(words_of(given.cards))
            for card in given.cards:
                valid[expected(given.scheme, card, given.stage) is not None] += 1
        assert valid[True] > 2 * valid[False] > 0
        kinds = {
            *[
                "choice",
                "checklist",
                "steps",
                "ratio",
                "linear",
                "deduct",
                "count",
                "deadline",
                "survey",
                "watch",
            ]
        }
        said = {*plain.INPUTS, *plain.STATES, *plain.STAGES, "profile", "total", "parts"}
        rest = {"requires", "complete", "clamp", "cap", "keys", "inverted", "no_cases", "above"}
        rest |= {"min", "move_to", "where", "worst_of", "below", "to"}
        assert not (kinds | said | rest | {"applicable_max", "leaf", "area", "full-points"}) - met


def words_of(tree: Any) -> Iterator[str]:
    """Every key and text of a part of a file."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from words_of(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from words_of(value)
    else:
        yield str(tree)


GIVEN = list(
    yaml.load_all((ROOT / "tests/given/two_engines.yaml").read_text("utf-8"), yaml.BaseLoader)
)


@pytest.mark.parametrize("case", GIVEN, ids=lambda case: case["name"])
class TestGiven:
    """What two engines once scored differently has the right value in both."""

    def test_plain(self, case: Tree) -> None:
        wanted = case["expected"]
        results = [expected(case["scheme"], card, None) for card in case["cards"]]
        if "refused" in wanted:
            assert results == [None]
            return
        known = [result for result in results if result is not None]
        assert len(known) == len(results)
        for name in ("points", "lost", "low", "high", "percent", "applicable_max"):
            if name in wanted:
                assert known[0][name] == Fraction(wanted[name])
        for name, figure in (("criteria", "points"), ("applicable", "applicable_max")):
            for code, value in wanted.get(name, {}).items():
                assert known[0]["codes"][code][figure] == Fraction(value)
        for code, state in wanted.get("states", {}).items():
            assert known[0]["codes"][code]["state"] == state
        for part, value in wanted.get("parts", {}).items():
            assert known[0]["parts"][part]["points"] == Fraction(value)
        if "ranks" in wanted:
            ranking = case["scheme"]["ranking"]
            ranks = plain.ranks(known, ranking["by"], ranking["ties"], [])
            assert ranks == [int(rank) for rank in wanted["ranks"]]

    def test_parindex(self, case: Tree, tmp_path: Path) -> None:
        given = Drawn(0, case["scheme"], case["cards"], None)
        assert not list(first_differences(given, tmp_path))


CASES = [
    case
    for file in sorted((ROOT / "tests/cases").glob("*.yaml"))
    for case in yaml.load_all(file.read_text("utf-8"), yaml.BaseLoader)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_cases_of_officials_hold_for_the_plain_engine_too(case: Tree) -> None:
    """What `tests/cases` says must come of a scorecard comes of it by the rules alone."""
    file = ROOT / "tests/cases" / case.get("scheme", "none")
    if not file.is_file() or "P108" in case["expected"].get("faults", ()):
        pytest.skip("of the catalog, or about the form of a file")
    [scheme] = yaml.load_all(file.read_text("utf-8"), yaml.BaseLoader)
    wanted, card = case["expected"], {"unit": "A", **case["input"]}
    if not all(map(plain.knows, plain.walk(scheme.get("criteria") or []))):
        pytest.skip("of a rule that the plain engine does not know")
    told = expected(scheme, card, case.get("stage"))
    assert (told is None) == bool(wanted.get("faults"))
    if told is None:
        return
    names = {"index": "percent"}
    for name in ("points", "final", "lost", "applicable_max", "index", "low", "high"):
        if name in wanted:
            assert told[names.get(name, name)] == Fraction(wanted[name])
    if "band" in wanted or "bands" in wanted:
        names_ = wanted.get("bands", [wanted.get("band")])
        assert told["bands"] == [None if name == "unknown" else name for name in names_]
    if "complete" in wanted:
        assert told["complete"] == (wanted["complete"] == "true")
    codes = told["codes"]
    for code, state in wanted.get("states", {}).items():
        assert code not in codes or codes[code]["state"] == state
    for code, points in wanted.get("criteria", {}).items():
        assert code not in codes or codes[code]["points"] == Fraction(points)


class TestFormats:
    """What the command line writes as JSON, NDJSON and CSV has the figures of the plain engine."""

    @pytest.mark.parametrize("seed", range(3000, 3008))
    def test_json(self, seed: int, tmp_path: Path) -> None:
        given = drawn(seed)
        stage = ["--stage", given.stage] if given.stage else []
        file = str(tmp_path / "cards.json")
        for card in given.cards:
            wanted = expected(given.scheme, card, given.stage)
            if wanted is None:
                continue
            load_scheme(tmp_path, given)
            Path(file).write_text(json.dumps([card]), encoding="utf-8")
            options = [file, "--scheme", str(tmp_path / "scheme.json"), *stage]
            ran = call("score", *options, "--format", "json", "--depth", "9")
            [told] = json.loads(ran.out, parse_float=Decimal)["results"]
            line = call("score", *options, "--format", "ndjson", "--depth", "9").out
            for result in (told, json.loads(line, parse_float=Decimal)):
                assert not list(unlike(wanted, result)), replayable(given, card)

    @pytest.mark.parametrize("seed", range(4000, 4010))
    def test_csv_reads_back_the_same(self, seed: int, tmp_path: Path) -> None:
        given = drawn(seed)
        for card in given.cards:
            wanted = expected(given.scheme, card, given.stage)
            if wanted is None or given.stage:
                continue
            load_scheme(tmp_path, given)
            (tmp_path / "cards.json").write_text(json.dumps([card]), encoding="utf-8")
            options = ["--scheme", str(tmp_path / "scheme.json"), "--format", "csv", "--depth", "9"]
            once = call("score", str(tmp_path / "cards.json"), *options)
            again = call("score", "-", *options, given=once.out)
            assert rows_of(again.out) == rows_of(once.out), replayable(given, card)


def rows_of(text: str) -> list[list[str]]:
    """The rows of the whole and of its criteria, but for figures that are cut off, and stages."""
    names = ("code", "applicable", "index", "band", "low", "high", "state", "complete")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if not row["part"]]
    return [[row[name] for name in names] for row in rows]


def unlike(wanted: Tree, told: Tree) -> Iterator[str]:
    """What differs between a result as JSON and the plain engine."""
    for name in ("points", "lost", "applicable_max"):
        if not same(wanted[name], told, name):
            yield name
    for name in ("percent", "low", "high"):
        if wanted[name] != (None if told[name] is None else Fraction(told[name])):
            yield name
    if wanted["bands"] != told["bands"] or wanted["complete"] != told["complete"]:
        yield "bands"
    for node in nodes_of(told["criteria"]):
        mine = wanted["codes"][node["code"]]
        if mine["state"] != node["state"]:
            yield node["code"]
        for name in ("points", "lost", "applicable_max"):
            if not same(mine[name], node, name):
                yield f"{node['code']} {name}"


def nodes_of(criteria: list[Tree]) -> Iterator[Tree]:
    """All criteria of a result as JSON."""
    for node in criteria:
        yield node
        yield from nodes_of(node["children"])


def same(figure: Fraction | None, told: Tree, name: str) -> bool:
    """Whether a figure in JSON is the exact one."""
    exact = told.get(f"{name}_exact", told[name])
    return figure == (None if exact is None else Fraction(exact))
