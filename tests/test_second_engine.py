"""Random scorecards under random schemes: the package and the plain engine agree in every figure."""

import os
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import yaml

from parindex import api
from parindex.analysis.gates import Gate, check_gates
from parindex.findings import InputError
from parindex.formats.scheme_file import read_scheme
from parindex.model.result import Result
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard, Stage
from tests import plain_engine as plain
from tests.random_cards import random_card, random_scheme, some
from tests.support import ROOT, call

CARDS = int(os.environ.get("PARINDEX_CARDS", "600"))
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
    except plain.Refused:
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

    def ignore_aliases(self, data: object) -> bool:
        """Nothing is written as an alias of something else."""
        return True


def as_yaml(tree: Tree) -> str:
    """A part of a file as text."""
    style = {"allow_unicode": True, "sort_keys": False, "default_flow_style": None}
    return yaml.dump(tree, Dumper=Plainly, width=100, **style)


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
