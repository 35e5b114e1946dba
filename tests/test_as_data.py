"""What the library gives as data is what the command line prints as JSON."""

import json
import pickle
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars
import pytest

import parindex
from parindex.values.finding import Finding
from tests.support import EXAMPLE, ROOT, call

EXAMPLES = ROOT / "examples"
PROVINCES = str(EXAMPLES / "provinces-2018.csv")
AREAS = str(EXAMPLES / "departments-areas-2024.csv")
AREAS_SCHEME = str(EXAMPLES / "schemes" / "departments-2024.yaml")
RESULT = parindex.score(parindex.read_scorecards(EXAMPLE))[0]
ANNEX = str(ROOT / "tests" / "annexes" / "merged.docx")
OWN = str(EXAMPLES / "own-data" / "mean.csv")
TABLE = str(EXAMPLES / "own-data" / "table.csv")
PRINTED = str(ROOT / "tests" / "printed" / "ranks.csv")
BAD = str(ROOT / "tests" / "bad" / "above-maximum.yaml")
STORED = str(ROOT / "tests" / "promises" / "result-1.json")
CASES = str(ROOT / "tests" / "cases" / "bounds.yaml")
PARTS = [str(EXAMPLES / "parts" / "phong-phap-che.yaml")]
ROWS = str(EXAMPLES / "dossiers" / "rows.csv")
MAP = str(EXAMPLES / "dossiers" / "map.yaml")
YEARS = (2017, 2018)
UNITS = ("Sóc Trăng", "Hà Nội")


def _options(values: Iterable[object], name: str) -> list[str]:
    return [text for value in values for text in (name, str(value))]


def _facts(**csv: Any) -> Any:
    return parindex.facts(polars.read_csv(ROWS, skip_rows=1, infer_schema=False, **csv), MAP)


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
    "schemes list": (["schemes", "list"], parindex.schemes),
    "schemes import": (["schemes", "import", ANNEX], lambda: parindex.import_scheme(ANNEX)),
    "data of nobody": (
        ["data", "show", "--year", "1999"],
        lambda: parindex.published(1999),
    ),
    "data of several": (
        ["data", "show", *_options(YEARS, "--year"), *_options(UNITS, "--unit")],
        lambda: parindex.published(YEARS, UNITS),
    ),
    "data bounds": (
        ["data", "show", "--year", "2023", "--region", "Đông Nam Bộ", "--bounds"],
        lambda: parindex.published(2023, region="Đông Nam Bộ", bounds=True),
    ),
    "data list": (["data", "list", "--year", "2018"], lambda: parindex.data_list(2018)),
    "data list by year": (
        ["data", "list", "--summary", "--region", "Đông Nam Bộ"],
        lambda: parindex.data_list(region="Đông Nam Bộ", summary=True),
    ),
    "data export": (
        ["data", "export", "--year", "2018", "--level", "ministry"],
        lambda: parindex.data_export(2018, level="ministry"),
    ),
    "data check": (["data", "check", OWN], lambda: parindex.data_check(OWN)),
    "data check of a bad table": (["data", "check", TABLE], lambda: parindex.data_check(TABLE)),
    "data import": (
        ["data", "import", PRINTED, "--year", "2018", "--source", "QĐ 1"],
        lambda: parindex.data_import(PRINTED, 2018, "QĐ 1"),
    ),
    "check": (["check", EXAMPLE], lambda: parindex.check(EXAMPLE)),
    "check of a bad file": (["check", BAD], lambda: parindex.check(BAD)),
    "verify": (
        ["verify", STORED, EXAMPLE],
        lambda: parindex.verify(STORED, [RESULT]),
    ),
    "test": (["test", CASES], lambda: parindex.test(CASES)),
    "merge": (
        ["merge", *PARTS, "--scheme", AREAS_SCHEME],
        lambda: parindex.merge(
            {file: results(file, AREAS_SCHEME)[0].scorecard for file in PARTS},
            parindex.load_scheme(AREAS_SCHEME),
        ),
    ),
    "facts": (
        ["facts", ROWS, "--map", MAP],
        lambda: _facts().scorecards,
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
        if name == "facts":
            data: Any = [*map(parindex.to_dict, given)]
        else:
            data = parindex.to_dict(given)
        assert data == json.loads(parindex.to_json(given), parse_float=Decimal)
        if name != "facts":
            assert given.to_dict() == data
            assert given.to_json() == parindex.to_json(given)

    @pytest.mark.parametrize("name", SAME)
    def test_pickled(self, name: str) -> None:
        given = SAME[name][1]()
        again = pickle.loads(pickle.dumps(given))  # noqa: S301 - our own
        assert parindex.to_json(again) == parindex.to_json(given)

    def test_what_was_not_counted(self, tmp_path: Path) -> None:
        file = tmp_path / "report.json"
        call("facts", ROWS, "--map", MAP, "--report", str(file))
        assert (
            _facts().to_dict()["rows"][0]["rows"] == json.loads(file.read_text())["rows"][0]["rows"]
        )
        assert {*_facts().to_dict()} == {*json.loads(file.read_text())}

    def test_parts(self) -> None:
        """A scorecard is written as its file, and read again."""
        [card] = parindex.read_scorecards(EXAMPLE)
        for part in parindex.split(card).values():
            [again] = parindex.read_scorecards(part.to_dict())
            assert again.scores == part.scores
        assert json.loads(card.to_json()) == json.loads(parindex.to_json([card]))[0]

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


@cache
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
        "rows": parindex.published(2018, level="ministry"),
        "bounds": parindex.published(2023, region="Đông Nam Bộ", bounds=True),
        "known": parindex.data_list(2018),
        "years": parindex.data_list(summary=True),
        "export": parindex.data_export(2018, level="ministry"),
        "import": parindex.data_import(PRINTED, 2018, "QĐ 1"),
        "findings": parindex.check(BAD),
        "verified": parindex.verify(STORED, [RESULT]),
        "cases": parindex.test(CASES),
        "scheme": parindex.load_scheme("vn-province-2018"),
        "schemes": parindex.schemes(),
        "annex": parindex.import_scheme(ANNEX),
        "explanation": parindex.explain(RESULT, "6"),
        "merged": SAME["merge"][1](),
        "facts": _facts(),
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
