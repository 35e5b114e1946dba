"""The Python interface: what it refuses, and what its results are good for elsewhere."""

import copy
import io
import multiprocessing
import pickle
import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from msgspec.structs import replace

import parindex
from parindex.analysis.losses import LossesBy
from parindex.analysis.published_row import RowKind
from parindex.analysis.scenario import Shift
from parindex.analysis.unit_figures import Ties
from parindex.reading.numerals import DecimalMark
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.values.facts import Points
from parindex.values.levels import LevelCode
from tests.support import EXAMPLE, ROOT

[CARD] = parindex.read_scorecards(EXAMPLE)
RESULT = parindex.score(CARD)
SMALL = parindex.load_scheme(ROOT / "examples/small-scheme.yaml")
STAGED = parindex.score(
    parindex.read_scorecards(ROOT / "examples/small-2024.yaml", SMALL)[0], SMALL
)
WRONG: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "int": lambda: 1,
    "bool": lambda: True,
    "bytes": lambda: b"x.yaml",
    "file": lambda: io.StringIO("a line"),
    "generator": lambda: (each for each in ["no"]),
    "object": object,
}


def things() -> dict[str, Any]:
    """One of everything that the interface gives, fresh, so that nothing of it is worked out yet."""
    result = parindex.score(CARD)
    [row, *_] = parindex.published(2024)
    [sheet] = parindex.read_scorecards(ROOT / "examples/soc-trang-2018.xlsx")
    [table, *_] = parindex.read_scorecards(ROOT / "examples/provinces-2018.csv")
    staged = parindex.score(STAGED.scorecard, SMALL)
    error = error_of(lambda: parindex.load_scheme("nothing"))
    return {
        "card": CARD,
        "card of a workbook": sheet,
        "card of a table": table,
        "scheme": result.scheme,
        "result": result,
        "staged": staged,
        "node": staged.node(staged.scheme.criteria[0].code),
        "ranking": parindex.rank([result])[0],
        "comparison of results": parindex.compare(result, result),
        "comparison of rows": parindex.compare(parindex.published(2023), parindex.published(2024)),
        "losses": parindex.losses(result),
        "stability": parindex.stability([result], draws=20)[0],
        "simulation": parindex.simulate(staged, {staged.scheme.leaves[0].code: "unknown"}),
        "target": parindex.target(result, band="A"),
        "trend": parindex.trend("quang ninh"),
        "line": parindex.trend("quang ninh").lines[0],
        "row": row,
        "explanation": parindex.explain(result, "6"),
        "picture": parindex.chart(result),
        "card of a dict": parindex.read_scorecards(
            {"unit": "A", "year": 2018, "scores": {"1": 8.5}}
        )[0],
        "card of rows": parindex.read_scorecards(
            [{"unit": "A", "year": 2018, "code": "1", "points": 8.5}]
        )[0],
        "merged": parindex.merge({"a": CARD}),
        "finding": error.findings[0],
    }


def given(value: Any) -> Any:
    """A value of a type that mypy would not let through."""
    return value


def error_of(act: Callable[[], object]) -> parindex.InputError:
    with pytest.raises(parindex.InputError) as caught:
        act()
    return caught.value


class TestChoices:
    """A word that is none of a closed set is refused as ValueError, and all choices are named."""

    CALLS: dict[str, tuple[Callable[[Any], object], Any]] = {  # noqa: RUF012
        "by": (lambda it: parindex.losses(RESULT, by=it), LossesBy),
        "leave_out": (
            lambda it: parindex.stability([RESULT], leave_out=it, draws=2),
            Literal["area"],
        ),
        "ties": (lambda it: parindex.rank([RESULT], ties=it), Ties),
        "stage": (lambda it: parindex.score(CARD, stage=it), Stage),
        "kind": (lambda it: parindex.published(kind=it), RowKind),
        "level": (lambda it: parindex.published(level=it), LevelCode),
        "decimal": (lambda it: parindex.read_scorecards(EXAMPLE, decimal=it), DecimalMark),
    }

    @pytest.mark.parametrize("name", CALLS)
    @pytest.mark.parametrize("word", ["foo", "", "Leaf", 1, [], b"leaf"])
    def test_refused(self, name: str, word: Any) -> None:
        call, choices = self.CALLS[name]
        with pytest.raises(ValueError, match=f"^{name}: expected one of ") as caught:
            call(word)
        assert all(repr(each) in str(caught.value) for each in get_args(choices))

    @pytest.mark.parametrize("name", CALLS)
    def test_taken(self, name: str) -> None:
        call, choices = self.CALLS[name]
        for choice in get_args(choices):
            with suppress(parindex.InputError):  # no file is written with both decimal marks
                call(choice)


class TestTypes:
    """What is of another type is refused as TypeError or ValueError that names the argument."""

    CALLS: dict[str, Callable[..., object]] = {  # noqa: RUF012
        "id_or_file": parindex.load_scheme,
        "file": parindex.read_scorecards,
        "scorecard": parindex.score,
        "scheme": lambda it: parindex.score(CARD, given(it or 0)),
        "results": parindex.rank,
        "units": parindex.stability,
        "draws": lambda it: parindex.stability([RESULT], draws=given(0.5 if it == 1 else it)),
        "previous": lambda it: parindex.rank([RESULT], previous=it),
        "before": lambda it: parindex.compare(it, RESULT),
        "after": lambda it: parindex.compare(RESULT, it),
        "result": parindex.losses,
        "changes": lambda it: parindex.simulate(RESULT, it),
        "changes['1']": lambda it: parindex.simulate(RESULT, {"1": it}),
        "among": lambda it: parindex.target(RESULT, rank=1, among=it),
        "index": lambda it: parindex.target(RESULT, index=given(0.5 if it in (None, 1) else it)),
        "items": parindex.to_rows,
        "kind": lambda it: parindex.trend("Hà Nội", it or given(0)),
        "first": lambda it: parindex.trend(first=given(0.5 if it in (None, 1) else it)),
        "scorecards": parindex.write_scorecard,
        "parts": parindex.merge,
        "parts['a']": lambda it: parindex.merge({"a": it}),
    }

    @pytest.mark.parametrize("name", CALLS)
    @pytest.mark.parametrize("value", WRONG)
    def test_refused(self, name: str, value: str) -> None:
        if name == "file" and value in ("bytes", "file", "generator"):
            pytest.skip("scorecards may be in them: tests/test_in_memory.py")
        with pytest.raises(TypeError, match=rf"^{re.escape(name)}(\[0\])?: expected .*; found "):
            self.CALLS[name](WRONG[value]())

    @pytest.mark.parametrize("name", ["results", "units", "before", "items", "scorecards", "among"])
    def test_every_item_is_looked_at(self, name: str) -> None:
        good = CARD if name == "scorecards" else RESULT
        with pytest.raises(TypeError, match=rf"^{name}\[1\]: expected "):
            self.CALLS[name]([good, "no"])

    def test_one_thing_is_no_list(self) -> None:
        with pytest.raises(TypeError, match="a list or generator, each a Result"):
            parindex.rank(RESULT)  # type: ignore[arg-type]

    def test_a_side_is_of_one_kind(self) -> None:
        with pytest.raises(TypeError, match=r"before\[1\]: expected a Result, as the first is"):
            parindex.compare([RESULT, parindex.published(2018)[0]], RESULT)

    @pytest.mark.parametrize("index", ["NaN", "Infinity", "-Infinity", "sNaN"])
    def test_an_index_is_a_number(self, index: str) -> None:
        with pytest.raises(ValueError, match="index: expected a number"):
            parindex.target(RESULT, index=Decimal(index))

    def test_an_unknown_stage_of_a_long_name_is_cut(self) -> None:
        with pytest.raises(ValueError, match="stage") as caught:
            parindex.score(CARD, stage="\x1b]52;" * 1_000)  # type: ignore[call-overload]
        assert "\x1b" not in str(caught.value)
        assert len(str(caught.value)) < 300

    def test_paths_and_generators_are_taken(self) -> None:
        cards = (each for each in parindex.read_scorecards(Path(EXAMPLE)))
        [ranking] = parindex.rank(parindex.score(each) for each in cards)
        assert len(parindex.to_rows(each for each in [ranking])) == 63
        assert parindex.target(RESULT, index=80, among=iter([RESULT])).missing is not None
        assert parindex.load_scheme(ROOT / "examples/small-scheme.yaml") == SMALL

    def test_facts_and_shifts_are_taken(self) -> None:
        code = RESULT.scheme.leaves[0].code
        for change in (Points(Decimal(1)), Shift(Decimal("-0.1")), "1"):
            assert parindex.simulate(RESULT, {code: change}).moves


class TestCopies:
    """Whatever the interface gives can be pickled, copied and sent to another process."""

    @pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.deepcopy, copy.copy])  # noqa: S301  # fmt: skip
    def test_equal(self, again: Callable[[Any], Any]) -> None:
        for name, before in things().items():
            after = again(before)
            assert after == before, name
            assert type(after) is type(before), name
            assert repr(after) == repr(before), name

    @pytest.mark.parametrize("result", [RESULT, STAGED], ids=["plain", "staged"])
    def test_results_keep_what_was_not_yet_worked_out(self, result: parindex.Result) -> None:
        fresh = parindex.score(result.scorecard, result.scheme)
        after = pickle.loads(pickle.dumps(fresh))  # noqa: S301
        assert after.outcomes == result.outcomes
        assert after.parts == result.parts
        assert [*parindex.to_rows(after)] == [*parindex.to_rows(result)]
        assert parindex.losses(after).lines == parindex.losses(result).lines

    def test_errors(self) -> None:
        error = error_of(lambda: parindex.load_scheme("nothing"))
        for after in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):  # noqa: S301
            assert (after.findings, str(after)) == (error.findings, str(error))

    def test_results_that_differ_are_not_equal(self) -> None:
        other = parindex.simulate(RESULT, {"1": "1"}).after
        assert other != RESULT
        assert len({RESULT, parindex.score(CARD), other}) == 2

    def test_another_process(self) -> None:
        """As `multiprocessing` starts them on Windows and macOS: with nothing."""
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            [result] = pool.map(parindex.score, [CARD])
            [losses] = pool.map(parindex.losses, [result])
        assert result == RESULT
        assert losses == parindex.losses(RESULT)


class TestShown:
    """`repr` is one short line without a letter that acts on a terminal, however large the thing."""

    def test_one_line(self) -> None:
        for shown in map(repr, things().values()):
            assert len(shown) < 160
            assert shown.isprintable()

    def test_says_who(self) -> None:
        assert repr(RESULT) == "<Result: Sóc Trăng, 2018, 78.35 %, B>"
        assert repr(CARD) == "<Scorecard: Sóc Trăng, 2018, vn-province-2018, 8 scores>"

    def test_many_and_hostile(self) -> None:
        long = parindex.rank(
            replace(RESULT, scorecard=Scorecard(f"Xã \x1b[31m{number}\u202e", 2018, CARD.scores))
            for number in range(5_000)
        )[0]
        assert repr(long) == "<Ranking: 2018, province, 5000 places by percent>"
        assert repr(long.places[0]).isprintable()
        assert len(repr(long.places[0])) < 160
        half = Scorecard("\ud800" * 1_000, 2018)
        assert repr(half).encode()
        assert len(repr(half)) < 600

    def test_errors(self) -> None:
        error = error_of(lambda: parindex.load_scheme("\x1b[31m" + "x" * 10_000))
        assert repr(error).isprintable()
        assert len(repr(error)) < 200

    def test_a_fraction_without_end(self) -> None:
        [third] = parindex.rank([parindex.simulate(RESULT, {"1": Points(Fraction(1, 3))}).after])
        assert repr(third.places[0]) == "<Ranked: 1, <RankInput: Sóc Trăng, 2018, 70.75 %>>"
