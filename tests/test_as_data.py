"""What the library gives as data is what the command line prints as JSON."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import parindex
from parindex.values.finding import Finding
from tests.support import EXAMPLE, ROOT, call

EXAMPLES = ROOT / "examples"
PROVINCES = str(EXAMPLES / "provinces-2018.csv")
AREAS = str(EXAMPLES / "departments-areas-2024.csv")
AREAS_SCHEME = str(EXAMPLES / "schemes" / "departments-2024.yaml")
RESULT = parindex.score(parindex.read_scorecards(EXAMPLE))[0]


def results(file: str, scheme: str | None = None) -> list[parindex.Result]:
    of = None if scheme is None else parindex.load_scheme(scheme)
    return parindex.score(parindex.read_scorecards(file, of))


SAME: dict[str, tuple[list[str], Callable[[], Any]]] = {
    "score": (["score", EXAMPLE], lambda: RESULT),
    "score of several": (["score", PROVINCES], lambda: results(PROVINCES)),
    "rank": (["rank", PROVINCES], lambda: parindex.rank(results(PROVINCES))),
    "stability": (
        ["stability", AREAS, "--scheme", AREAS_SCHEME, "--draws", "50"],
        lambda: parindex.stability(results(AREAS, AREAS_SCHEME), draws=50),
    ),
    "compare years": (
        ["compare", "2017", "2018", "--level", "province"],
        lambda: parindex.compare(
            parindex.published(2017, level="province"),
            parindex.published(2018, level="province"),
            criteria=False,
            names=("2017", "2018"),
        ),
    ),
    "compare files": (
        ["compare", EXAMPLE, EXAMPLE],
        lambda: parindex.compare(RESULT, RESULT, names=(EXAMPLE, EXAMPLE)),
    ),
    "compare many": (
        ["compare", PROVINCES, PROVINCES],
        lambda: parindex.compare(
            *[results(PROVINCES)] * 2, criteria=False, names=(PROVINCES, PROVINCES)
        ),
    ),
    "losses": (["losses", EXAMPLE, "--by", "area"], lambda: parindex.losses(RESULT, "area")),
    "losses by leaf": (["losses", EXAMPLE], lambda: parindex.losses(RESULT)),
    "simulate": (
        ["simulate", EXAMPLE, "--set", "6=+1.65"],
        lambda: parindex.simulate(RESULT, {"6": "+1.65"}),
    ),
    "target": (["target", EXAMPLE, "--band", "A"], lambda: parindex.target(RESULT, band="A")),
    "trend": (["trend", "Sóc Trăng", "Hà Nội"], lambda: parindex.trend(["Sóc Trăng", "Hà Nội"])),
    "explain": (["explain", EXAMPLE, "6"], lambda: parindex.explain(RESULT, "6")),
    "explain a rule": (
        ["explain", "--scheme", "vn-province-2018", "1"],
        lambda: parindex.explain(parindex.load_scheme("vn-province-2018"), "1"),
    ),
    "data": (
        ["data", "show", "--year", "2018", "--level", "province", "--kind", "result"],
        lambda: parindex.published(2018, level="province", kind="result"),
    ),
    "schemes": (
        ["schemes", "show", "vn-province-2018"],
        lambda: parindex.load_scheme("vn-province-2018"),
    ),
}


class TestSame:
    """`to_json` is the text of `--format json` letter by letter, and `to_dict` what is in it."""

    @pytest.mark.parametrize("name", SAME)
    def test_text(self, name: str) -> None:
        arguments, give = SAME[name]
        printed = call(*arguments, "--format", "json").out
        assert parindex.to_json(give()) == printed

    @pytest.mark.parametrize("name", SAME)
    def test_data(self, name: str) -> None:
        given = SAME[name][1]()
        data = parindex.to_dict(given)
        assert data == json.loads(parindex.to_json(given), parse_float=Decimal)
        if not isinstance(given, list | parindex.Scheme):
            assert given.to_dict() == data
            assert given.to_json() == parindex.to_json(given)

    def test_depth(self) -> None:
        printed = call("score", EXAMPLE, "--depth", "2", "--format", "json").out
        assert RESULT.to_json(depth=2) == printed

    @pytest.mark.parametrize("wrong", [None, 1, "a", object(), {}, [1], [RESULT, "a"]])
    def test_what_is_refused(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="items"):
            parindex.to_dict(wrong)
        with pytest.raises((TypeError, ValueError), match="items"):
            parindex.to_json([])


class TestFindings:
    """All faults are data: code, place, how grave, and words in either language."""

    BODY: dict[str, Any] = {"unit": "A", "year": 2018, "leval": 1, "scores": {"99": "1"}}  # noqa: RUF012

    def error(self) -> parindex.InputError:
        with pytest.raises(parindex.InputError) as caught:
            parindex.read_scorecards(self.BODY)
        return caught.value

    def test_one(self) -> None:
        finding = self.error().findings[0]
        data = finding.to_dict("vi")
        assert (data["code"], data["pointer"], data["severity"]) == ("P108", "/leval", "error")
        assert data["message"] == finding.message("vi") != finding.message()
        assert "không có mục" in data["message"]
        assert data["mend"]

    def test_all(self) -> None:
        data = json.loads(self.error().to_json())
        assert data["format"] == "parindex-check/1"
        assert [each["code"] for each in data["findings"]] == ["P108", "P201"]
        assert parindex.to_dict(self.error().findings)["findings"] == data["findings"]

    def test_as_check_prints_them(self) -> None:
        broken = str(ROOT / "tests" / "bad" / "json" / "x.json")
        printed = json.loads(call("check", broken, "--format", "json").out)
        with pytest.raises(parindex.InputError) as caught:
            parindex.read_scorecards(broken)
        assert caught.value.to_dict()["findings"] == printed["findings"]

    def test_every_code_has_words(self) -> None:
        for lang in ("vi", "en"):
            assert Finding("P101", "", {"found": "\x1b[31m<b>"}).message(lang).isprintable()


def everything() -> dict[str, Any]:
    """One of each class that has rows."""
    return {
        "result": RESULT,
        "ranking": parindex.rank([RESULT])[0],
        "comparison": parindex.compare(RESULT, RESULT),
        "losses": parindex.losses(RESULT),
        "simulation": parindex.simulate(RESULT, {"6": "+1.65"}),
        "target": parindex.target(RESULT, band="A"),
        "stability": parindex.stability([RESULT], draws=20)[0],
        "trend": parindex.trend("Sóc Trăng"),
        "row": parindex.published(2018)[0],
    }


class TestFrames:
    """Frames of both libraries, with floats or decimals, and no column that hides their own."""

    @pytest.mark.parametrize("name", everything())
    @pytest.mark.parametrize("library", ["pandas", "polars"])
    @pytest.mark.parametrize("numbers", ["float", "decimal"])
    def test_each(self, name: str, library: Any, numbers: Any) -> None:
        thing = everything()[name]
        frame = parindex.to_frame(thing, library, numbers=numbers)
        rows = parindex.to_rows(thing)
        assert len(frame) == len(rows) > 0
        assert [each.rstrip("_") for each in frame.columns] == [*rows[0]]
        assert not [each for each in frame.columns if hasattr(type(frame), each)]

    def test_numbers(self) -> None:
        frame = parindex.to_frame(parindex.rank([RESULT]))
        assert frame["index_"][0] == pytest.approx(78.35)
        assert parindex.to_frame(RESULT, numbers="decimal")["points"][0] == Decimal("7.93")
        assert {type(each) for row in parindex.to_rows(RESULT, numbers="float") for each in row.values()}.isdisjoint({Decimal})  # fmt: skip

    def test_choices(self) -> None:
        with pytest.raises(ValueError, match="library: expected one of 'pandas', 'polars'"):
            parindex.to_frame(RESULT, "excel")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="numbers: expected one of 'decimal', 'float'"):
            parindex.to_rows(RESULT, numbers="text")  # type: ignore[arg-type]
