"""Scorecards and schemes of a program's own data: read as files are, with the same findings."""

import copy
import io
import json
import pickle
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import parindex
from parindex.findings.wing import wing
from parindex.reading.plain_data import text_of_value
from parindex.scorecard.scorecard import Entry
from parindex.values.facts import UNKNOWN, Percent, Points
from parindex.values.language import language
from tests.support import ROOT

BODY: dict[str, Any] = {
    "unit": "Sóc Trăng",
    "year": 2018,
    "level": "province",
    "scores": {"1": 8.5, "2": {"points": Decimal("7.25")}, "3": "not_applicable"},
}
TEXT = json.dumps(BODY, default=str, ensure_ascii=False)
ROWS: list[dict[str, Any]] = [
    {"unit": "Sóc Trăng", "year": 2018, "code": "1", "points": 8.5},
    {"unit": "Sóc Trăng", "year": 2018, "code": "2", "points": 7.25},
    {"unit": "Sóc Trăng", "year": 2018, "code": "3", "points": None},
]
LISTS = [[*ROWS[0]], *([*row.values()] for row in ROWS)]
SCHEME: dict[str, Any] = {
    "id": "own-2024",
    "title": {"vi": "Bộ tiêu chí thử"},
    "status": "example",
    "level": "department",
    "years": [2024],
    "max": 10,
    "criteria": [{"code": "1", "name": {"vi": "Một"}, "max": 10}],
}


def findings(act: Callable[[], object]) -> tuple[parindex.Finding, ...]:
    with pytest.raises(parindex.InputError) as caught:
        act()
    return caught.value.findings


def places(act: Callable[[], object]) -> list[str]:
    return [str(each.place) for each in findings(act)]


class TestForms:
    """However a scorecard is held in memory, it is the one that its file gives."""

    @pytest.mark.parametrize(
        "given",
        [
            BODY,
            [BODY],
            deque([BODY]),
            {"a": BODY}.values(),
            TEXT.encode(),
            bytearray(TEXT.encode()),
            memoryview(TEXT.encode()),
        ],
        ids=["dict", "list", "deque", "values", "bytes", "bytearray", "memoryview"],
    )
    def test_whole(self, given: Any) -> None:
        [card] = parindex.read_scorecards(given)
        assert parindex.score(card).total.points == Fraction(63, 4)
        assert [*card.scores] == ["1", "2", "3"]

    @pytest.mark.parametrize("stream", [io.StringIO, lambda text: io.BytesIO(text.encode())])
    @pytest.mark.parametrize("kind", [None, "json", "yaml"])
    def test_streams(self, stream: Callable[[str], Any], kind: Any) -> None:
        [card] = parindex.read_scorecards(stream(TEXT), kind=kind)
        assert parindex.score(card).total.points == Fraction(63, 4)

    def test_a_stream_is_read_from_where_it_stands(self) -> None:
        stream = io.BytesIO(b"passed over" + TEXT.encode())
        stream.seek(len(b"passed over"))
        assert len(parindex.read_scorecards(stream)) == 1

    @pytest.mark.parametrize(
        "name", ["soc-trang-2018.yaml", "soc-trang-2018.xlsx", "provinces-2018.csv"]
    )
    def test_files_as_bytes(self, name: str) -> None:
        file = ROOT / "examples" / name
        before = parindex.score(parindex.read_scorecards(file))
        with file.open("rb") as stream:
            of_stream = parindex.score(parindex.read_scorecards(stream))
        of_bytes = parindex.score(parindex.read_scorecards(file.read_bytes()))
        for after in (of_stream, of_bytes):
            assert [each.total.points for each in after] == [each.total.points for each in before]

    @pytest.mark.parametrize(
        "given",
        [
            lambda: ROWS,
            lambda: LISTS,
            lambda: iter(ROWS),
            lambda: pd.DataFrame(ROWS),
            lambda: pd.DataFrame(ROWS).set_index(["unit", "year"]),
            lambda: pl.DataFrame(ROWS),
            lambda: nw.from_native(pl.DataFrame(ROWS)),
            lambda: pl.DataFrame(ROWS).to_arrow(),
        ],
        ids=["dicts", "lists", "iterator", "pandas", "index", "polars", "narwhals", "pyarrow"],
    )
    def test_tables(self, given: Callable[[], Any]) -> None:
        [card] = parindex.read_scorecards(given())
        assert parindex.score(card).total.points == Fraction(63, 4)
        assert card.scores["3"].fact == UNKNOWN

    def test_vietnamese_headings_and_units_side_by_side(self) -> None:
        rows = [{"Đơn vị": "Sở A", "Năm": 2018.0, "Mã": "1", "Điểm": "8,5"}]
        assert parindex.read_scorecards(rows)[0].scores["1"].fact == Points(Decimal("8.5"))
        wide = [{"unit": "A", "Năm": 2018, "1": 8.5, "2": 7}, {"unit": "B", "Năm": 2018, "1": 8, "2": 7}]  # fmt: skip
        assert [each.unit for each in parindex.read_scorecards(wide)] == ["A", "B"]

    def test_one_and_one_as_text_head_one_column(self) -> None:
        wide: list[Any] = [{"unit": "A", "year": 2018, 1: 8.5, 2: 7}, {"unit": "B", "year": 2018, "1": 8, "2": 6}]  # fmt: skip
        before, after = parindex.read_scorecards(wide)
        assert before.scores["1"].fact == Points(Decimal("8.5"))
        assert after.scores["2"].fact == Points(Decimal(6))
        [found] = findings(lambda: parindex.read_scorecards([wide[0] | {"1": 3}]))
        assert found.code == "P107"

    @pytest.mark.parametrize(
        "made",
        [
            lambda: pa.Table.from_arrays(
                [*map(pa.array, (["A"], ["B"], [2018], ["1"], [8]))],
                names=["unit", "unit", "year", "code", "points"],
            ),
            lambda: pd.DataFrame(ROWS).set_index("unit", drop=False),
        ],
        ids=["pyarrow", "index"],
    )
    def test_a_column_twice(self, made: Callable[[], Any]) -> None:
        [found] = findings(lambda: parindex.read_scorecards(made()))
        assert (found.code, str(found.place)) == ("P107", "/0/unit")

    def test_parquet_as_bytes(self) -> None:
        stream = io.BytesIO()
        pl.DataFrame(ROWS).write_parquet(stream)
        [card] = parindex.read_scorecards(stream.getvalue(), kind="parquet")
        assert parindex.score(card).total.points == Fraction(63, 4)

    def test_results_are_read_back(self) -> None:
        result = parindex.score(parindex.read_scorecards(BODY))[0]
        rows = parindex.to_rows(result)
        [again] = parindex.read_scorecards(pl.DataFrame(rows, infer_schema_length=None))
        assert parindex.score(again).total.points == result.total.points

    def test_empty_cells_of_frames(self) -> None:
        frame = pd.DataFrame(
            {"unit": ["A"], "year": [2018], "code": ["1"], "points": [pd.NA], "date": [pd.NaT]}
        )
        assert not parindex.score(parindex.read_scorecards(frame))[0].total.points


class TestNumbers:
    """A number counts with its digits: a binary one as it prints, whatever mark texts have."""

    @pytest.mark.parametrize("decimal", [None, "comma", "point"])
    @pytest.mark.parametrize("number", [1.125, Decimal("1.125")], ids=str)
    def test_no_mark_changes_it(self, decimal: Any, number: Any) -> None:
        for given in ({**BODY, "scores": {"1": number}}, [{**ROWS[0], "points": number}]):
            [card] = parindex.read_scorecards(given, decimal=decimal)
            assert card.scores["1"].fact == Points(Decimal("1.125"))

    @pytest.mark.parametrize("number", ["NaN", "inf", "-inf"])
    def test_none_is_refused(self, number: str) -> None:
        body = {**BODY, "scores": {"1": float(number)}}
        assert places(lambda: parindex.read_scorecards(body)) == ["/scores/1"]

    @pytest.mark.parametrize("number", [10**5000, Decimal("1E+99999999")], ids=["whole", "power"])
    def test_without_end_is_refused(self, number: Any) -> None:
        body = {**BODY, "scores": {"1": number}}
        assert set(places(lambda: parindex.read_scorecards(body))) == {"/scores/1"}


class TestNumbersOf32Bits:
    """They are what they print: 0.1 of 32 bits is 0.10000000149 in 64, which nobody wrote."""

    @pytest.mark.parametrize("number", [7.93, 0.1, 1e-7, 16777216.0, 1 / 3])
    def test_every_form(self, number: float) -> None:
        rows = [{**ROWS[0], "points": number}]
        short = pl.DataFrame(rows).with_columns(pl.col("points").cast(pl.Float32))
        expected = Points(Decimal(str(short["points"].cast(pl.String).item())))
        tall = pd.DataFrame(rows).astype({"points": "float32"})
        scalar = [{**ROWS[0], "points": tall["points"].to_numpy()[0]}]
        for given in (short, tall, short.to_arrow(), scalar):
            assert parindex.read_scorecards(given)[0].scores["1"].fact == expected


class TestNumbersOfNumPy:
    """They count as those of Python: of another size than 64 bits as they print, and days as days."""

    @pytest.mark.parametrize(
        "number",
        [np.float16(8.1), np.float32(8.1), np.float64(8.1), np.longdouble("8.1")],
        ids=repr,
    )
    def test_binary(self, number: Any) -> None:
        rows = [{**ROWS[0], "points": number}]
        for given in ({**BODY, "scores": {"1": number}}, rows, pd.DataFrame(rows, dtype=object)):
            assert parindex.read_scorecards(given)[0].scores["1"].fact == Points(Decimal("8.1"))

    @pytest.mark.parametrize(
        "dtype", ["float16", "float[pyarrow]", "halffloat[pyarrow]", "Float32"]
    )
    def test_columns(self, dtype: str) -> None:
        frame = pd.DataFrame(ROWS[:1])
        frame["points"] = pd.Series(np.array([8.1], "float16"), dtype=dtype)
        [card] = parindex.read_scorecards(frame)
        expected = "8.1" if "16" in dtype or "half" in dtype else "8.1015625"
        assert card.scores["1"].fact == Points(Decimal(expected))

    @pytest.mark.parametrize("unit", ["D", "s", "ns"])
    def test_days(self, unit: Any) -> None:
        day = np.datetime64("2018-03-01", unit)
        assert text_of_value(day) == "2018-03-01"

    @pytest.mark.parametrize(
        "value",
        [np.datetime64("NaT", "ns"), np.timedelta64(1, "ns"), np.array([1, 2]), pd.NaT, pd.NA, 1j],
    )
    def test_none(self, value: Any) -> None:
        body = {**BODY, "scores": {"1": value}}
        assert places(lambda: parindex.read_scorecards(body)) == ["/scores/1"]


class TestCodesAsNumbers:
    """As a number 1.10 would be 1.1, and its points those of another criterion: it is refused."""

    @pytest.mark.parametrize(
        ("given", "place"),
        [
            (lambda: [{**ROWS[0], "code": 1.1}], "/0/code"),
            (lambda: [ROWS[0], {**ROWS[1], "code": Decimal("1.10")}], "/1/code"),
            (lambda: [[*ROWS[0]], ["A", 2018, 1.1, 8]], "/0/code"),
            (lambda: pd.DataFrame([{**ROWS[0], "code": 1.1}]), "/0/code"),
            (lambda: pl.DataFrame([{**ROWS[0], "code": 1.1}]), "/0/code"),
            (lambda: pl.DataFrame([{**ROWS[0], "code": 1.1}]).to_arrow(), "/0/code"),
            (lambda: [{**ROWS[0], "code": np.float32(1.1)}], "/0/code"),
            (lambda: pd.DataFrame([{"unit": "A", "year": 2018, 1.1: 8, 1.2: 7}]), "/0/1.1"),
            (lambda: {**BODY, "scores": {1.1: 8}}, "/scores/1.1"),
        ],
    )
    def test_refused(self, given: Callable[[], Any], place: str) -> None:
        found = findings(lambda: parindex.read_scorecards(given()))[0]
        assert (found.code, str(found.place)) == ("P110", place)
        assert "1.10" in found.message("en")
        assert "1.10" in found.message("vi")

    @pytest.mark.parametrize(
        "code", [1, 1.0, np.int64(1), np.float64(1), Decimal("1.00")], ids=repr
    )
    def test_whole_numbers_are_taken(self, code: Any) -> None:
        for given in ([{**ROWS[0], "code": code}], {**BODY, "scores": {int(code): 8.5}}):
            [card] = parindex.read_scorecards(given)
            assert card.scores["1"].fact == Points(Decimal("8.5"))


class TestFindings:
    """Faults are those of files; their places are pointers, of tables with row and column."""

    def test_same_as_of_the_file(self, tmp_path: Path) -> None:
        body = {**BODY, "scores": {"1": "8,x", "99": "1"}, "leval": "province"}
        file = tmp_path / "card.json"
        file.write_text(json.dumps(body), encoding="utf-8")
        of_file = findings(lambda: parindex.read_scorecards(file))
        in_memory = findings(lambda: parindex.read_scorecards(body))
        assert [(x.code, x.where, x.parameters) for x in of_file] == [
            (x.code, x.where, x.parameters) for x in in_memory
        ]
        assert [x.place and x.place.pointer for x in of_file] == [
            x.place and x.place.pointer for x in in_memory
        ]
        assert "/scores/99" in {str(x.place) for x in in_memory}

    def test_rows(self) -> None:
        rows = [{**ROWS[0], "unit": "một\nhai"}, {**ROWS[1], "points": "7x"}]
        [found] = findings(lambda: parindex.read_scorecards(rows))
        assert found.place is not None
        assert (found.place.line, found.place.column) == (2, 4)
        assert str(found.place) == "/1/points"
        assert findings(lambda: parindex.read_scorecards(pd.DataFrame(rows))) == (found,)

    def test_what_only_scoring_finds(self) -> None:
        [card] = parindex.read_scorecards([ROWS[0], {**ROWS[1], "points": 99}])
        [found] = findings(lambda: parindex.score(card))
        assert str(found.place) == "/1/points"
        assert pickle.loads(pickle.dumps(card)) == copy.deepcopy(card) == card  # noqa: S301

    def test_a_heading(self) -> None:
        [found] = findings(lambda: parindex.read_scorecards([{**ROWS[0], "pionts": 1}]))
        assert found.place is not None
        assert (found.place.line, found.place.column) == (0, 5)

    @pytest.mark.parametrize(
        "given", [{}, [], [{}], [[]], ["no"], [None], [BODY, 5], b"", b"\0\xff", {"unit": object()}]
    )
    def test_whatever_is_given(self, given: Any) -> None:
        assert findings(lambda: parindex.read_scorecards(given))

    @pytest.mark.parametrize("given", [TEXT + "\n", "unit: A\nyear: 2018\n"])
    def test_text_is_no_name_of_a_file(self, given: str) -> None:
        with pytest.raises(ValueError, match=r"io\.StringIO"):
            parindex.read_scorecards(given)

    @pytest.mark.parametrize("given", [None, 5, {1, 2}, pl.DataFrame(ROWS).lazy()])
    def test_what_is_none_of_them(self, given: Any) -> None:
        with pytest.raises(TypeError, match=r"a stream .* or a frame"):
            parindex.read_scorecards(given)

    def test_half_a_letter(self) -> None:
        half = {"unit": "A\ud800", "year": 2018}
        assert places(lambda: parindex.read_scorecards([{**ROWS[0], **half}])) == ["/0/unit"]
        assert places(lambda: parindex.read_scorecards({**BODY, **half})) == ["/unit"]

    def test_a_circle_and_what_no_file_can_hold(self) -> None:
        circle: dict[str, Any] = {**BODY}
        circle["scores"] = circle
        assert "P106" in {each.code for each in findings(lambda: parindex.read_scorecards(circle))}
        body = {**BODY, "scores": {"1": object(), 2.5: "1"}}
        assert {*places(lambda: parindex.read_scorecards(body))} >= {"/scores/1", "/scores/2.5"}

    def test_a_unit_twice(self) -> None:
        [found] = findings(lambda: parindex.read_scorecards([BODY, BODY]))
        assert (found.code, str(found.place)) == ("P120", "/1/unit")

    @pytest.mark.parametrize("name", ["x.yaml", "../x.yaml", "/etc/x.yaml", "schemes\\x.yaml"])
    def test_no_file_is_opened_that_data_names(self, name: str) -> None:
        for given in ({**BODY, "scheme": name}, TEXT.replace('"level"', f'"scheme": {json.dumps(name)}, "level"').encode()):  # fmt: skip
            [found] = findings(lambda it=given: parindex.read_scorecards(it))  # type: ignore[misc]
            assert (found.code, found.where) == ("P101", "")

    def test_nor_that_a_workbook_names(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        scheme = parindex.load_scheme(ROOT / "examples" / "small-scheme.yaml")
        file = tmp_path / "card.xlsx"
        filled = parindex.read_scorecards(ROOT / "examples" / "small-2024-whole.yaml", scheme)[0]
        data = wing("xlsx.template").filled_workbook(filled, scheme, language("vi"))
        file.write_bytes(data)
        monkeypatch.chdir(ROOT / "examples")
        assert parindex.read_scorecards(file)
        assert [each.code for each in findings(lambda: parindex.read_scorecards(data))] == ["P208"]
        assert parindex.read_scorecards(data, scheme)


class TestSchemes:
    """A scheme of plain data is proved as one of a file; scorecards read by it keep it."""

    def test_read(self) -> None:
        scheme = parindex.load_scheme(SCHEME)
        [card] = parindex.read_scorecards(
            {"unit": "Sở A", "year": 2024, "scores": {"1": 8}}, scheme
        )
        assert parindex.score(card).index == Decimal("80.00")

    def test_refused(self) -> None:
        broken = {**SCHEME, "max": 11, "titel": "x"}
        assert {*places(lambda: parindex.load_scheme(broken))} >= {"/titel"}


class TestMadeByHand:
    """`Scorecard` and `Entry` take what they say, and refuse plain data with findings."""

    def test_a_body(self) -> None:
        found = findings(lambda: parindex.Scorecard(**{**BODY, "year": "2018"}))
        assert [each.where for each in found] == ["year", "scores.1", "scores.2", "scores.3"]
        assert {each.code for each in found} == {"P110"}

    @pytest.mark.parametrize(
        "fact", [8.5, "8.5", None, lambda: 0], ids=["number", "text", "None", "function"]
    )
    def test_an_entry(self, fact: Any) -> None:
        assert [each.where for each in findings(lambda: Entry(fact))] == ["fact"]
        assert [each.where for each in findings(lambda: Entry(Points(fact)))] == ["points"]

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"scores": MappingProxyType({"1": 8.5})}, "scores.1"),
            ({"parts": {"origin": {"a": 1.5}}}, "parts.origin.a"),
            ({"parts": {"origin": 3}}, "parts.origin"),
            ({"counts": {"settled": 3}}, "counts.settled"),
            ({"total": Decimal("NaN")}, "total"),
        ],
        ids=str,
    )
    def test_whatever_stands_within(self, fields: Any, where: str) -> None:
        [found] = findings(lambda: parindex.Scorecard("A", 2018, **fields))
        assert (found.code, found.where) == ("P110", where)

    @pytest.mark.parametrize("points", [Fraction(157, 2), Fraction(0)])
    def test_quotients_are_written_as_decimals(self, points: Fraction) -> None:
        card = parindex.Scorecard("A", 2018, {"1": Entry(Points(points))}, total=points)
        [again] = parindex.read_scorecards(parindex.write_scorecard([card]).encode())
        assert again.total == points
        assert again.scores["1"].fact == Points(Decimal(points.numerator) / points.denominator)
        assert findings(lambda: Entry(Percent(points)))  # type: ignore[arg-type]

    def test_a_table_of_indexes_is_written(self) -> None:
        table = b"unit,year,index\nA,2018,78.35\nB,2018,81.5\n"
        scheme = parindex.load_scheme("vn-province-2018")
        cards = parindex.read_scorecards(table, scheme)
        again = parindex.read_scorecards(parindex.write_scorecard(cards).encode(), scheme)
        assert [each.total for each in again] == [each.total for each in cards]

    def test_several_are_checked(self) -> None:
        cards = parindex.read_scorecards([BODY, {**BODY, "unit": "B", "scores": {"1": 99}}])
        found = parindex.check(cards)
        assert found == [each for card in cards for each in parindex.check(card)]
        assert "P202" in {each.code for each in found}

    def test_no_number(self) -> None:
        assert findings(lambda: Entry(Points(Decimal("Infinity"))))

    def test_taken(self) -> None:
        card = parindex.Scorecard("Sóc Trăng", 2018, {"1": Entry(Points(Decimal("8.5")))})
        assert parindex.score(card).total.points == Fraction(17, 2)
