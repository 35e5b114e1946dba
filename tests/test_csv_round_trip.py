"""CSV that `score` writes reads back as the same result, whatever the depth."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.cli.options import Dialect
from parindex.findings import InputError
from parindex.reading.source import Lines
from parindex.render.csv_table import write_csv
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.read import read_csv
from parindex.scorecard.scorecard import STAGES, Entry, Scorecard, Stage
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.tables.figures import rows_of
from parindex.tables.score_rows import COLUMNS, score_records
from parindex.values.facts import Count, Fact, Percent, Points, Ratio, State
from tests.support import ROOT, call

_STATES = ("not_applicable", "no_evidence", "unknown")
_FACTS = st.one_of(
    st.sampled_from(_STATES).map(State),  # type: ignore[arg-type]
    st.decimals(0, 3, places=2).map(Points),
    st.tuples(st.integers(0, 9), st.integers(1, 9))
    .filter(lambda pair: pair[0] <= pair[1])
    .map(lambda pair: Ratio(Decimal(pair[0]), Decimal(pair[1]))),
)
_PARENT_FACTS = st.one_of(
    st.sampled_from(_STATES).map(State),  # type: ignore[arg-type]
    st.decimals(0, 9, places=2).map(Points),
    st.decimals(0, 100, places=1).map(Percent),
)


@st.composite
def _criteria(draw: st.DrawFn, code: str, depth: int) -> dict[str, Any]:
    """A criterion with what is below it: leaves of 3 points."""
    count = draw(st.integers(1, 3)) if depth else 0
    children = [draw(_criteria(f"{code}.{n}", depth - 1)) for n in range(1, count + 1)]
    form: dict[str, Any] = {"code": code, "name": {"vi": f"Tên {code}"}}
    if draw(st.integers(0, 5)) == 0:
        form["not_applicable"] = draw(st.sampled_from(["full-points", "reduce-maximum"]))
    if children:
        return form | {"max": sum(each["max"] for each in children), "children": children}
    origin = draw(st.sampled_from(["appraised", "survey"]))
    return form | {"max": 3, "rule": {"kind": "ratio"}, "origin": origin}


def _leaves(form: dict[str, Any]) -> list[dict[str, Any]]:
    below = [leaf for child in form.get("children", ()) for leaf in _leaves(child)]
    return below or [form]


def _all(form: dict[str, Any]) -> list[dict[str, Any]]:
    return [form, *(each for child in form.get("children", ()) for each in _all(child))]


@st.composite
def _schemes(draw: st.DrawFn) -> Scheme:
    depths = draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))
    areas = [draw(_criteria(str(n), depth)) for n, depth in enumerate(depths, start=1)]
    nodes = [each for area in areas for each in _all(area)]
    leaves = [leaf for area in areas for leaf in _leaves(area)]
    if len(leaves) > 2 and draw(st.booleans()):
        guard, behind = draw(st.lists(st.sampled_from(range(len(leaves))), min_size=2, max_size=2))
        if guard != behind:
            leaves[behind]["requires"] = leaves[guard]["code"]
    maximum = sum(area["max"] for area in areas)
    parts = [
        {"id": id_, "max": sum(leaf["max"] for leaf in leaves if leaf["origin"] == id_)}
        for id_ in dict.fromkeys(leaf["origin"] for leaf in leaves)
    ]
    rounding: dict[str, Any] = {"index": draw(st.integers(0, 3))}
    rounding["mode"] = draw(st.sampled_from(["half-up", "half-even", "down"]))
    if draw(st.booleans()):
        at = draw(st.sampled_from(["leaf", "area", "total"]))
        rounding["points"] = {"digits": draw(st.integers(0, 2)), "at": at}
    form = {
        "id": "example-random",
        "title": {"vi": "Thử"},
        "status": "example",
        "level": "department",
        "years": [2024],
        "max": maximum,
        "not_applicable": draw(st.sampled_from(["full-points", "reduce-maximum"])),
        "rounding": rounding,
        "bands": [
            {
                "years": [2024],
                "by": "percent",
                "steps": [
                    {"name": "A", "from": 80},
                    {"name": "B", "from": 50},
                    {"name": "C", "from": 0},
                ],
            }
        ],
        "partitions": {"origin": parts},
        "profiles": {"some": [draw(st.sampled_from(nodes))["code"]]},
        "adjustments": [
            {
                "id": "plus",
                "kind": "bonus",
                "cap": 2,
                "items": [
                    {
                        "code": "B1",
                        "name": {"vi": "Thưởng"},
                        "max": 2,
                        "rule": {"kind": "count", "each": "0.5"},
                    }
                ],
            }
        ],
        "criteria": areas,
    }
    return Scheme.model_validate(form)


@st.composite
def _cards(draw: st.DrawFn, scheme: Scheme) -> Scorecard:
    scores: dict[str, Entry] = {}
    for _, criterion in scheme.walk():
        facts: st.SearchStrategy[Fact] = _PARENT_FACTS if criterion.children else _FACTS
        if draw(st.integers(0, 9)) < (2 if criterion.children else 8):
            fact: Fact = draw(facts)
            if draw(st.integers(0, 9)) == 0:
                stages = {STAGES[0]: Entry(draw(facts), stage=STAGES[0])}
                stages[STAGES[1]] = Entry(fact, stage=STAGES[1])
                scores[criterion.code] = Entry(fact, stage=STAGES[1], stages=stages)
            else:
                scores[criterion.code] = Entry(fact)
    if draw(st.booleans()):
        facts_: list[Fact] = [Count(1), Count(7), State("unknown"), State("no_evidence")]
        scores["B1"] = Entry(draw(st.sampled_from(facts_)))
    profile = draw(st.sampled_from([None, None, "some"]))
    total = draw(st.one_of(st.none(), st.none(), st.decimals(0, 9, places=2)))
    return Scorecard("Sở A", 2024, scores, scheme=scheme.id, profile=profile, total=total)


def _read_back(result: Result, depth: int, dialect: Dialect = "standard") -> Result:
    text = io.StringIO()
    write_csv(text, COLUMNS, rows_of(score_records(result, depth), COLUMNS), dialect)
    stream = Lines(io.BytesIO(text.getvalue().encode()), "a.csv")
    [(card, scheme, faults)] = read_csv(stream, "a.csv", lambda _: result.scheme, None)
    assert card is not None, text.getvalue()
    assert scheme is result.scheme
    assert faults == [], text.getvalue()
    try:
        return score(card, result.scheme)
    except InputError as error:
        raise AssertionError(f"{error}\n{text.getvalue()}") from error


def _same(one: Result, other: Result, depth: int) -> None:
    first, second = one.total, other.total
    assert second.points == first.points
    assert second.applicable_max == first.applicable_max
    assert (second.low, second.high, second.percent) == (first.low, first.high, first.percent)
    assert second.complete == first.complete
    assert other.band == one.band
    for _, node in one.walk(depth):
        again = other.node(node.code)
        assert again.points == node.points, node.code
        if node.points or node.state != "scored":  # what was rounded to 0 is 0
            assert again.state == node.state, node.code
        assert again.applicable_max == node.applicable_max, node.code


class TestRandom:
    """Random cards under random schemes: index, band, states and what applies are the same."""

    @given(st.data())
    def test_same(self, data: st.DataObject) -> None:
        scheme = data.draw(_schemes())
        card = data.draw(_cards(scheme))
        stages: list[Stage | None] = [None, "self", "appraised"]
        stage = data.draw(st.sampled_from(stages))
        try:
            result = score(card, scheme, stage)
        except InputError:
            return  # what is refused is not written
        depth = data.draw(st.integers(0, 4))
        dialect = data.draw(st.sampled_from(get_args(Dialect)))
        _same(result, _read_back(result, depth, dialect), depth)


_Q = ROOT / "tests" / "given" / "csv-round-trip"


class TestGiven:
    """Cards that came back otherwise: what does not apply, thirds, parts and rounded areas."""

    @pytest.mark.parametrize("depth", ["0", "1", "9"])
    @pytest.mark.parametrize(
        ("name", "index", "band"),
        [
            ("not-applicable", "44.44", None),
            ("no-evidence-beside-unknown", None, None),
            ("thirds-cut-off", "80.00", "A"),
            ("rounded-areas", "35.00", None),
            ("part-that-does-not-apply", "50.00", None),
            ("bonus", "60.00", "B"),
        ],
    )
    def test_same(self, name: str, index: str | None, band: str | None, depth: str) -> None:
        scheme = str(_Q / f"{name}-scheme.yaml")
        written = ("--scheme", scheme, "--format", "csv", "--depth", depth)
        ran = call("score", str(_Q / f"{name}.yaml"), *written)
        assert ran.code == 0, ran.err
        again = call("score", "-", *written, given=ran.out)
        assert (again.code, again.err) == (0, "")
        for one in (ran, again):
            *_, total = csv.DictReader(io.StringIO(one.out))
            assert (total["index"], total["band"]) == (index or "", band or "")
        assert again.out.splitlines()[-1] == ran.out.splitlines()[-1]
        if depth == "9":
            assert again.out == ran.out

    def test_thirds_are_quotients(self) -> None:
        scheme = str(_Q / "thirds-cut-off-scheme.yaml")
        card = str(_Q / "thirds-cut-off.yaml")
        out = call("score", card, "--scheme", scheme, "--format", "csv", "--depth", "9").out
        assert [row["points"] for row in csv.DictReader(io.StringIO(out))][:2] == ["2", "2/3"]

    def test_a_quotient_that_somebody_typed_is_none(self, tmp_path: Path) -> None:
        """7/9 may be 7 of 9: only what `score` wrote of a score is a quotient."""
        file = tmp_path / "a.csv"
        file.write_text("unit,year,code,points\nX,2018,1,7/9\n", encoding="utf-8")
        ran = call("score", str(file))
        assert (ran.code, "P110" in ran.err) == (2, True)

    def test_read_back_in_every_form(self) -> None:
        """A quotient that was read back is told in every form, as figures that are read go."""
        scheme = ("--scheme", str(_Q / "thirds-cut-off-scheme.yaml"))
        card = str(_Q / "thirds-cut-off.yaml")
        text = call("score", card, *scheme, "--format", "csv", "--depth", "9").out
        for form in ("table", "json", "ndjson", "markdown"):
            ran = call("score", "-", *scheme, "--format", form, "--depth", "9", given=text)
            assert ran.code == 0, ran.err
        assert "2/3" in call("explain", "-", "1.1", *scheme, given=text).out
        assert call("check", "-", *scheme, given=text).code == 0
