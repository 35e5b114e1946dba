"""Decision tables: cells, proof without gap or overlap, points, and the nearest figures that give more."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parindex.rules import Rule
from parindex.rules.base import RefusedError, UndecidedError
from parindex.rules.table_cells import _cell, _cell_text
from parindex.values.facts import Count, Fact, Figures, Ratio, Value
from tests.rule_support import EN, TWO, VI, fact, rule

BOTH = {"rate": "percent", "lasting": "count"}
Rows = list[dict[str, Any]]


def table(rows: Rows, inputs: dict[str, str] | None = None, **fields: Any) -> Rule:
    return rule(kind="table", inputs=inputs or BOTH, rows=rows, **fields)


def row(points: str, **when: str) -> dict[str, Any]:
    return {"points": points, "when": when} if when else {"points": points}


PETITIONS = table(
    [
        row("2", rate="100%", lasting="0"),
        row("1", rate=">= 90% and < 100%", lasting="0"),
        row("0"),
    ],
    no_cases="full-points",
)
"""Index 8 of circular 01/2018: answered in time, and none that drags on."""
HEADS = table(
    [row("2", not_ensured="<= 20%"), row("1", not_ensured="> 50%")],
    {"not_ensured": "percent"},
    open="true",
)


def figures(**each: str) -> Figures:
    """Figures in the short form of files: `97%`, `234/543`, `12`."""
    return Figures({name: fact(text) for name, text in each.items()})  # type: ignore[misc]


def points(rule_: Rule, **each: str) -> Fraction:
    return rule_.points(figures(**each), TWO)


def faults(rule_: Rule, maximum: Fraction = TWO) -> list[tuple[str, str]]:
    """Code and place of every fault."""
    return [(each.code, ".".join(map(str, each.path))) for each in rule_.proof(maximum)]


class TestCells:
    """A cell is a figure, or comparisons joined by `and`; it is written again in one way."""

    @pytest.mark.parametrize(
        ("text", "written", "holds", "fails"),
        [
            ("0", "0", ["0"], ["1"]),
            ("=0", "0", ["0"], ["1"]),
            ("== 5", "5", ["5"], ["4"]),
            ("90 %", "90%", ["9/10"], ["90"]),
            (">= 90%", ">= 90%", ["9/10", "1"], ["0.8999"]),
            ("≥90.50%", ">= 90.5%", ["0.905"], ["0.9"]),
            ("<>3", "!= 3", ["2", "4"], ["3"]),
            (">= 70% and < 90%", ">= 70% and < 90%", ["0.7", "0.8999"], ["0.9", "0.6"]),
            ("> 1 and ≤ 5 and != 3", "> 1 and <= 5 and != 3", ["2", "5"], ["1", "3", "6"]),
        ],
    )
    def test_read(self, text: str, written: str, holds: list[str], fails: list[str]) -> None:
        cell = _cell(text)
        assert _cell_text(cell) == written
        assert _cell(written) == cell == _cell(cell)
        assert all(cell.holds(Fraction(each)) for each in holds)
        assert not any(cell.holds(Fraction(each)) for each in fails)

    @pytest.mark.parametrize(
        "text",
        ["", "any", ">= ", ">= 90,5%", "=> 3", "1 or 2", "90% <", "1..5", "> 1 and", "and", "1e3"],
    )
    def test_refused(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            table([row("2", rate=text), row("0")])
        assert "P110" in str(caught.value)

    @pytest.mark.parametrize("text", ["9" * 41, " and ".join([">= 1"] * 40), "1" * 10_000])
    def test_too_long(self, text: str) -> None:
        with pytest.raises(ValidationError) as caught:
            table([row("2", rate=text), row("0")])
        assert "P111" in str(caught.value)

    @pytest.mark.parametrize("value", [True, 1.5, None, [1]])
    def test_what_is_no_text(self, value: Any) -> None:
        with pytest.raises(ValidationError):
            table([{"when": {"lasting": value}, "points": "2"}, row("0")])


class TestPoints:
    """The row holds whose conditions all do; *and* and a veto are rows."""

    @pytest.mark.parametrize(
        ("rate", "lasting", "expected"),
        [
            ("100%", "0", "2"),
            ("100%", "1", "0"),
            ("99.99%", "0", "1"),
            ("90%", "0", "1"),
            ("90%", "3", "0"),
            ("89.99%", "0", "0"),
            ("9/10", "0", "1"),
            ("12/12", "0", "2"),
            ("0/0", "0", "2"),
        ],
    )
    def test_petitions(self, rate: str, lasting: str, expected: str) -> None:
        assert points(PETITIONS, rate=rate, lasting=lasting) == Fraction(expected)

    @pytest.mark.parametrize(("rate", "expected"), [("0%", 2), ("20%", 2), ("50.01%", 1)])
    def test_a_printed_gap_beside_what_is_printed(self, rate: str, expected: int) -> None:
        assert points(HEADS, not_ensured=rate) == expected

    @pytest.mark.parametrize("rate", ["20.01%", "35%", "50%"])
    def test_a_printed_gap(self, rate: str) -> None:
        with pytest.raises(UndecidedError) as caught:
            points(HEADS, not_ensured=rate)
        assert caught.value.code == "P423"
        assert caught.value.parameters["found"] == f"not_ensured: {rate}"

    @pytest.mark.parametrize(
        ("reported", "code"),
        [
            (figures(rate="90%"), "P224"),
            (figures(rate="90%", lasting="0", late="1"), "P217"),
            (figures(rate="90", lasting="0"), "P205"),
            (figures(rate="101%", lasting="0"), "P207"),
            (figures(rate="90%", lasting="0.5"), "P207"),
            (figures(rate="5/0", lasting="0"), "P206"),
            (figures(rate="0/0", lasting="0.5"), "P207"),
            (Count(3), "P205"),
        ],
    )
    def test_refused(self, reported: Fact, code: str) -> None:
        with pytest.raises(RefusedError) as caught:
            PETITIONS.points(reported, TWO)
        assert caught.value.code == code

    def test_shares_of_the_maximum(self) -> None:
        shares = table([row("100%", lasting="0"), row("25%")], {"lasting": "count"})
        assert not faults(shares, Fraction(10))
        assert shares.points(figures(lasting="1"), Fraction(10)) == Fraction(5, 2)


class TestProof:
    """Every possible set of figures has exactly one number of points, or the table is refused."""

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([row("2", lasting="0"), row("0", lasting="> 0")], []),
            ([row("2", lasting="0"), row("0", lasting=">= 1")], []),
            ([row("2", lasting="< 3"), row("0", lasting="> 2")], []),
            ([row("2", lasting="< 2.5"), row("0", lasting="> 2.5")], []),
            ([row("2", lasting="0"), row("0", lasting="> 1")], [("P318", "rows")]),
            ([row("2", lasting="<= 3"), row("0", lasting=">= 3")], [("P317", "rows.1")]),
            ([row("2", lasting="<= 3"), row("2", lasting=">= 3")], []),
            ([row("2", lasting="0"), row("2", lasting="<= 1"), row("0")], []),
            ([row("0"), row("2", lasting="0")], [("P317", "rows.1"), ("P318", "rows")][:1]),
            ([row("1", lasting="0"), row("0")], [("P305", "rows")]),
            ([row("3", lasting="0"), row("2")], [("P306", "rows.0.points")]),
            ([row("-1", lasting="0"), row("2")], [("P306", "rows.0.points")]),
            ([row("150%", lasting="0"), row("2")], [("P306", "rows.0.points")]),
            ([row("2", lastign="0"), row("0", lasting="1")], [("P313", "rows.0.when.lastign")]),
            ([row("2", lasting="0%"), row("0")], [("P110", "rows.0.when.lasting")]),
            ([row("2", lasting="-1"), row("0")], [("P309", "rows.0.when.lasting")]),
            ([row("2", lasting="0.5"), row("0")], [("P309", "rows.0.when.lasting")]),
            ([row("2", lasting="> 1 and < 2"), row("0")], [("P309", "rows.0.when.lasting")]),
            ([row("2", lasting="> 3 and < 1"), row("0")], [("P309", "rows.0.when.lasting")]),
            (
                [row("2", lasting="0"), row("1", lasting="< 2"), row("0", lastign="1")],
                [("P313", "rows.2.when.lastign"), ("P317", "rows.1")],
            ),
            ([row("2")], [("P313", "inputs.lasting")]),
            ([], [("P109", "rows"), ("P313", "inputs.lasting")]),
        ],
    )
    def test_counts(self, rows: Rows, expected: list[tuple[str, str]]) -> None:
        assert faults(table(rows, {"lasting": "count"})) == expected

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([row("2", rate=">= 90%"), row("0", rate="< 90%")], []),
            ([row("2", rate="> 90%"), row("0", rate="< 90%")], [("P318", "rows")]),
            ([row("2", rate=">= 90%"), row("0", rate="<= 90%")], [("P317", "rows.1")]),
            ([row("2", rate="100%"), row("0", rate="< 100%")], []),
            ([row("2", rate="> 100%"), row("0")], [("P309", "rows.0.when.rate")]),
            ([row("2", rate="<= 120%"), row("0")], [("P309", "rows.0.when.rate")]),
            ([row("2", rate="90"), row("0")], [("P110", "rows.0.when.rate")]),
            ([row("2", rate="!= 50%"), row("0", rate="50%")], []),
        ],
    )
    def test_percentages(self, rows: Rows, expected: list[tuple[str, str]]) -> None:
        assert faults(table(rows, {"rate": "percent"})) == expected

    def test_an_example_of_both(self) -> None:
        rows = [
            row("2", rate=">= 80%", lasting="0"),
            row("1", rate="> 60%"),
            row("0", rate="<= 20%"),
        ]
        found = {each.code: dict(each.parameters) for each in table(rows).proof(TWO)}
        assert found["P317"] == {"row": "1", "found": "rate: 80%; lasting: 0"}
        assert found["P318"] == {"found": "rate: 40%; lasting: 0"}

    def test_numbers_have_no_end(self) -> None:
        inputs = {"spent": "number"}
        assert not faults(table([row("2", spent="<= 1.5"), row("0", spent="> 1.5")], inputs))
        assert faults(table([row("2", spent="<= 1.5"), row("0", spent="> 1.5 and < 9")], inputs))

    def test_a_gap_that_is_printed(self) -> None:
        assert not faults(HEADS)
        assert faults(HEADS.model_copy(update={"open_": False})) == [("P318", "rows")]

    def test_bounds(self) -> None:
        inputs = {f"n{n}": "count" for n in range(10)}
        many = [row("2", **dict.fromkeys(inputs, f">= {n}")) for n in range(1, 9)]
        assert faults(table([*many, row("0")], inputs)) == [("P110", "rows")]
        assert (
            faults(table([row("2", lasting=str(n)) for n in range(101)], {"lasting": "count"}))
            == [
                ("P110", "rows"),
                ("P318", "rows"),
            ][:1]
        )
        too_many = {f"n{n}": "count" for n in range(21)}
        assert ("P110", "inputs") in faults(table([row("2")], too_many))


class TestTelling:
    """The working names what was met; the words list the rows."""

    @pytest.mark.parametrize(
        ("rate", "lasting", "en", "vi"),
        [
            (
                "92%",
                "0",
                "rate: 92 % ≥ 90 % and < 100 %, lasting: 0 → 1",
                "rate: 92% ≥ 90% và < 100%, lasting: 0 → 1",
            ),
            (
                "92%",
                "2",
                "rate: 92 %, lasting: 2 → everything else → 0",
                "rate: 92%, lasting: 2 → các trường hợp còn lại → 0",
            ),
            (
                "12/12",
                "0",
                "rate: 12/12 = 100.00 % = 100 %, lasting: 0 → 2",
                "rate: 12/12 = 100,00% = 100%, lasting: 0 → 2",
            ),
            (
                "0/0",
                "0",
                "rate: 0/0, lasting: 0 → no case arose → 2",
                "rate: 0/0, lasting: 0 → không phát sinh → 2",
            ),
        ],
    )
    def test_working(self, rate: str, lasting: str, en: str, vi: str) -> None:
        reported = figures(rate=rate, lasting=lasting)
        assert PETITIONS.working(reported, TWO, EN) == en
        assert PETITIONS.working(reported, TWO, VI) == vi

    def test_words(self) -> None:
        named = HEADS.model_copy(update={})
        assert named.in_words(TWO, EN) == (
            "Points of the row that holds: not_ensured ≤ 20 %: 2; not_ensured > 50 %: 1. "
            "What no row holds for, the scheme does not say."
        )
        names = {"lasting": {"vi": "số vụ kéo dài", "en": "cases that drag on"}}
        told = table([row("2", lasting="0"), row("0")], {"lasting": "count"}, names=names)
        assert told.in_words(TWO, VI) == (
            "Điểm theo dòng có điều kiện đúng: số vụ kéo dài = 0: 2; các trường hợp còn lại: 0."
        )
        assert told.working(figures(lasting="0"), TWO, EN) == "cases that drag on: 0 → 2"


def texts(rule_: Rule, reported: Fact | None, now: Fraction) -> list[str]:
    """Gains as `points: figures`."""
    found = []
    for gain in rule_.gains(now, TWO, reported):
        assert isinstance(gain.fact, Figures)
        told = ", ".join(f"{name}={plain(each)}" for name, each in gain.fact.figures.items())
        found.append(f"{gain.points}: {told}")
    return found


def plain(figure: Any) -> str:
    if isinstance(figure, Ratio):
        return f"{figure.part:f}/{figure.whole:f}"
    return f"{figure.value:f}{'%' if figure.is_percent else ''}"


class TestGains:
    """For more points as few figures as can be are changed, and those as little as can be."""

    @pytest.mark.parametrize(
        ("reported", "expected"),
        [
            (
                figures(rate="92%", lasting="1"),
                ["1: rate=92%, lasting=0", "2: rate=100%, lasting=0"],
            ),
            (
                figures(rate="85%", lasting="0"),
                ["1: rate=90%, lasting=0", "2: rate=100%, lasting=0"],
            ),
            (figures(rate="92%", lasting="0"), ["2: rate=100%, lasting=0"]),
            (
                figures(rate="9/12", lasting="2"),
                ["1: rate=11/12, lasting=0", "2: rate=12/12, lasting=0"],
            ),
            (figures(rate="2/3", lasting="0"), ["2: rate=3/3, lasting=0"]),
            (figures(rate="100%", lasting="0"), []),
            (figures(rate="0/0", lasting="0"), []),
            (None, ["1: rate=90%, lasting=0", "2: rate=100%, lasting=0"]),
        ],
    )
    def test_gains(self, reported: Figures | None, expected: list[str]) -> None:
        now = Fraction(0) if reported is None else PETITIONS.points(reported, TWO)
        assert texts(PETITIONS, reported, now) == expected

    def test_an_open_edge(self) -> None:
        above = table([row("2", rate="> 90%"), row("0")], {"rate": "percent"})
        assert texts(above, figures(rate="10%"), Fraction(0)) == ["2: rate=90.01%"]

    def test_a_veto(self) -> None:
        """What everything else gives may be the better."""
        veto = table([row("0", lasting="> 0"), row("2")], {"lasting": "count"})
        assert texts(veto, figures(lasting="4"), Fraction(0)) == ["2: lasting=0"]

    @given(st.integers(0, 5), st.integers(0, 5), st.data())
    def test_against_trying_everything(self, a: int, b: int, data: st.DataObject) -> None:
        made = data.draw(tables())
        reported = figures(a=str(a), b=str(b))
        try:
            now = made.points(reported, TWO)
        except UndecidedError:
            now = Fraction(0)
        best: dict[Fraction, int] = {}
        for one, other in product(range(6), repeat=2):
            try:
                got = made.points(figures(a=str(one), b=str(other)), TWO)
            except UndecidedError:
                continue
            changed = (one != a) + (other != b)
            best[got] = min(best.get(got, 2), changed)
        found = list(made.gains(now, TWO, reported))
        assert [gain.points for gain in found] == sorted(each for each in best if each > now)
        for gain in found:
            assert isinstance(gain.fact, Figures)
            assert made.points(gain.fact, TWO) == gain.points
            values = [each != reported.figures[name] for name, each in gain.fact.figures.items()]
            assert sum(values) == best[gain.points]
            reached = made.reaching(gain.points, TWO, reported)
            assert reached is not None
            assert reached.points == gain.points


@st.composite
def tables(draw: st.DrawFn, *, sound: bool = True) -> Rule:
    """A random table over two counts; with `sound` one that its own proof lets pass."""
    cells = st.sampled_from(["0", "> 0", ">= 2", "< 2", "3", "!= 3", ">= 1 and <= 4", "> 4", ""])
    worth = st.sampled_from(["0", "0.5", "1", "2"])
    rows = [row("2", a="0", b="0")]
    for _ in range(draw(st.integers(0, 4))):
        when = {name: cell for name in "ab" if (cell := draw(cells))}
        rows.append(row(draw(worth), **when))
        if sound and list(_made(rows, is_open=True).proof(TWO)):
            rows.pop()
    is_open = draw(st.booleans())
    if not is_open and rows[-1].get("when"):
        rows.append(row(draw(worth)))
    return _made(rows, is_open=is_open)


def _made(rows: Rows, *, is_open: bool) -> Rule:
    return table(rows, {"a": "count", "b": "count"}, open=str(is_open).lower())


class TestRandom:
    """The proof is right: a table that passes gives every set of figures one number of points."""

    @given(tables(sound=False))
    def test_proof(self, made: Rule) -> None:
        codes = {each.code for each in made.proof(TWO)}
        gap = overlap = False
        rows = made.model_dump()["rows"]
        others = rows if rows[-1]["when"] else rows[:-1]
        for a, b in product(range(6), repeat=2):
            held = {each["points"] for each in others if _holds(each["when"], a, b)}
            gap |= not held and bool(rows[-1]["when"])
            overlap |= len(held) > 1
        assert ("P317" in codes) == overlap
        assert ("P318" in codes) == (gap and not made.model_dump()["open_"])

    @given(tables(), st.integers(0, 9), st.integers(0, 9))
    def test_a_plain_search(self, made: Rule, a: int, b: int) -> None:
        assert not list(made.proof(TWO))
        rows = made.model_dump()["rows"]
        held = [Fraction(each["points"]) for each in rows if _holds(each["when"], a, b)]
        reported = Figures({"a": Value(Decimal(a)), "b": Value(Decimal(b))})
        if not held:
            with pytest.raises(UndecidedError):
                made.points(reported, TWO)
            return
        assert made.points(reported, TWO) == held[0]
        assert made.working(reported, TWO, EN).endswith(f"→ {plain_number(held[0])}")


def plain_number(number: Fraction) -> str:
    return EN.number(number)


def _holds(when: dict[str, str], a: int, b: int) -> bool:
    """Whether a row holds, by reading its cells anew."""
    given_ = {"a": a, "b": b}
    for name, text in when.items():
        for each in text.split(" and "):
            sign, _, number = each.rpartition(" ")
            is_so = {
                "": given_[name] == int(number),
                ">": given_[name] > int(number),
                ">=": given_[name] >= int(number),
                "<": given_[name] < int(number),
                "<=": given_[name] <= int(number),
                "!=": given_[name] != int(number),
            }
            if not is_so[sign]:
                return False
    return True
