"""The live formulas of the template in LibreOffice: what it shows is what parindex prints."""

import csv
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from msgspec.structs import replace

from parindex.api import load_scheme, read_scorecards, score
from parindex.findings import InputError
from parindex.formats.xlsx.formulas import live_codes
from parindex.formats.xlsx.layout import ORDER
from parindex.formats.xlsx.template import write_template
from parindex.language import LanguageCode, language
from parindex.model.facts import Points, State
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard
from tests.programs import convert, convert_all, needs_soffice
from tests.test_workbook_template import EXAMPLE, SCHEME, filled, reported

AT = {name: column for column, name in enumerate(ORDER)}
Shown = dict[str, str]


def rows_of(file: Path) -> dict[str, int]:
    """The row of each code, and of the total as the empty code."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = {str(sheet.cell(row, AT["key"] + 1).value): row for row in range(8, sheet.max_row - 1)}
    return {code: row for code, row in rows.items() if "|" not in code} | {"": sheet.max_row - 1}


def shown(files: Sequence[Path], folder: Path) -> list[Shown]:
    """The points that LibreOffice shows, worked out anew, by code; those of the whole by ``."""
    found = []
    shown = convert_all(files, "csv:Text - txt - csv (StarCalc):44,34,76", folder)
    for file, table in zip(files, shown, strict=True):
        with table.open() as stream:
            cells = list(csv.reader(stream))
        rows = rows_of(file).items()
        found.append({code: cells[row - 1][AT["self"]] for code, row in rows})
    return found


def printed(card: Scorecard, scheme: Scheme, codes: set[str]) -> Shown:
    """The points of these criteria as parindex prints them."""
    result = score(card, scheme)
    nodes = {code: result.node(code) if code else result.total for code in codes}
    return {
        code: "" if node.final is None else f"{result.printed(node.final):f}"
        for code, node in nodes.items()
    }


MANY = ", ".join(f"{{from: {number}, points: {number / 16:g}}}" for number in range(48, -1, -1))
LEAVES: dict[str, str] = {
    "open": "{kind: steps, steps: [{above: 90, points: 3}, {from: 70, points: 1.5}, {from: 0, points: 0}]}",
    "cases": "{kind: steps, no_cases: full-points, steps: [{from: 50, points: 3}, {from: 0, points: 1}]}",
    "value": "{kind: steps, of: value, steps: [{from: 10, points: 3}, {above: 2.5, points: 2}, {from: 0, points: 1}]}",
    "down": "{kind: steps, of: value, steps: [{above: 3, points: 0}, {from: 0, points: 3}]}",
    "many": f"{{kind: steps, of: value, steps: [{MANY}]}}",
    "plain": "{kind: ratio}",
    "floor": "{kind: ratio, floor: 80%}",
    "target": "{kind: ratio, target: 90%, no_cases: zero}",
    "inverted": "{kind: ratio, inverted: true, floor: 80%}",
    "choice": (
        "{kind: choice, options: {any: 1, one: 2, star: 3, tilde: 0.5}, names: {any: {vi: 'Đạt ???'},"
        " one: {vi: 'Đạt đủ?'}, star: {vi: 'Đạt *'}, tilde: {vi: 'Đạt ~1'}}}"
    ),
}
EDGES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("open", {"result": 0.9}),
    ("open", {"result": 0.900001}),
    ("open", {"result": 0.7}),
    ("open", {"result": 0.6999}),
    ("open", {"result": 1}),
    ("open", {"result": 0}),
    ("open", {"result": 7, "whole": 10}),
    ("open", {"result": 9, "whole": 10}),
    ("open", {"result": 0.3, "whole": 0.3}),
    ("open", {"result": 69999999, "whole": 100000000}),
    ("cases", {"result": 0, "whole": 0}),
    ("cases", {"result": 0, "whole": 7}),
    ("cases", {"result": 1, "whole": 3}),
    ("value", {"result": 10}),
    ("value", {"result": 2.5}),
    ("value", {"result": 2.51}),
    ("value", {"result": 0}),
    ("value", {"result": 1e9}),
    ("value", {"state": "không có tài liệu kiểm chứng"}),
    ("value", {"state": "không áp dụng"}),
    ("value", {"state": "chưa có số liệu"}),
    ("value", {}),
    ("down", {"result": 3}),
    ("down", {"result": 3.0001}),
    ("many", {"result": 0}),
    ("many", {"result": 1}),
    ("many", {"result": 48}),
    ("plain", {"result": 1, "whole": 3}),
    ("plain", {"result": 2, "whole": 3}),
    ("plain", {"result": 0.335}),  # 1.005, which binary floats print as 1.00
    ("plain", {"result": 67, "whole": 200}),
    ("floor", {"result": 0.8}),
    ("floor", {"result": 4, "whole": 5}),
    ("floor", {"result": 0.79999}),
    ("target", {"result": 0.9}),
    ("target", {"result": 0.45}),
    ("target", {"result": 1}),
    ("target", {"result": 0, "whole": 0}),
    ("inverted", {"result": 0.2}),
    ("inverted", {"result": 0.2001}),
    ("inverted", {"result": 1, "whole": 6}),
    ("choice", {"result": "Đạt ???"}),
    ("choice", {"result": "Đạt đủ?"}),
    ("choice", {"result": "Đạt *"}),
    ("choice", {"result": "Đạt ~1"}),
)
REFUSED: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("open", {"result": "x"}),
    ("open", {"result": 1.01}),
    ("open", {"result": -0.1}),
    ("open", {"result": 0, "whole": 0}),
    ("open", {"result": 8, "whole": 7}),
    ("cases", {"result": 1, "whole": 0}),
    ("value", {"result": "x"}),
    ("value", {"result": -1}),
    ("plain", {"result": 1, "whole": -1}),
    ("choice", {"result": "Đạt đ"}),
    ("value", {"result": 5, "state": "chưa có số liệu"}),
    ("value", {"result": 5, "state": "không áp dụng"}),
)


def template_of(text: str, made: Path) -> Scheme:
    """The scheme that a text gives, whose template is made."""
    file = made.with_suffix(".yaml")
    file.write_text(text, encoding="utf-8")
    scheme = load_scheme(str(file))
    with made.open("wb") as stream:
        write_template(scheme, "Xã", 2024, language("vi"), stream)
    return scheme


def edges(made: Path, cases: Any, extra: str = "") -> Scheme:
    """A scheme with a leaf for each case; its template is made with all of them filled in."""
    leaves = "".join(
        f'  - {{code: "{number}", name: {{vi: a}}, max: 3, rule: {LEAVES[rule]}}}\n'
        for number, (rule, _) in enumerate(cases, start=1)
    )
    head = "id: edges\ntitle: {vi: Mép}\nstatus: example\nlevel: commune\nyears: [2024]\n"
    scheme = template_of(f"{head}max: {3 * len(cases)}\n{extra}criteria:\n{leaves}", made)
    book, rows = openpyxl.load_workbook(made), rows_of(made)
    for number, (rule, cells) in enumerate(cases, start=1):
        for column, value in cells.items():
            cell = book.worksheets[0].cell(rows[str(number)], AT[column] + 1, value)
            if (
                column == "result"
                and rule not in ("value", "many", "down")
                and "whole" not in cells
            ):
                cell.number_format = "0.00%"
    book.save(made)
    return scheme


BLOCKS = """adjustments:
  - {id: bonus, kind: bonus, name: {vi: Thưởng}, cap: 2, items: [{code: T1, name: {vi: a}, max: 2}, {code: T2, name: {vi: b}, max: 2}]}
  - {id: minus, kind: penalty, name: {vi: Phạt}, items: [{code: P1, name: {vi: c}, max: 9}]}
"""
TOTALS: tuple[tuple[Mapping[str, Any], str], ...] = (
    ({"1": 1, "2": 2}, "3.00"),
    ({"1": 1, "2": 2, "T1": 1.5, "T2": 1.5}, "5.00"),
    ({"1": 3, "2": 2, "T1": 1.5}, "6.00"),
    ({"1": 1, "P1": 5}, "0.00"),
    ({"1": 2.5, "2": "không áp dụng", "T1": 2}, "3.00"),
)


def total_of(made: Path, cells: Mapping[str, Any]) -> Scheme:
    """A scheme with bonus and penalty; its template is made with these points or states."""
    head = "id: total\ntitle: {vi: Tổng}\nstatus: example\nlevel: commune\nyears: [2024]\nmax: 6\n"
    areas = "criteria:\n" + "".join(
        f'  - {{code: "{code}", name: {{vi: a}}, max: 3}}\n' for code in (1, 2)
    )
    scheme = template_of(head + BLOCKS + areas, made)
    book, rows = openpyxl.load_workbook(made), rows_of(made)
    for code, value in cells.items():
        column = "state" if isinstance(value, str) else "self"
        book.worksheets[0].cell(rows[code], AT[column] + 1, value)
    book.save(made)
    return scheme


FULL_POINTS = "not_applicable: full-points\n"
SHEETS: dict[str, Callable[[Path], Scheme]] = {
    "example-vi": lambda file: example(file, "vi"),
    "example-en": lambda file: example(file, "en"),
    "edges": lambda file: edges(file, EDGES),
    "edges-full-points": lambda file: edges(file, EDGES, FULL_POINTS),
    "refused": lambda file: edges(file, REFUSED),
    **{f"total-{at}": partial(total_of, cells=cells) for at, (cells, _) in enumerate(TOTALS)},
}
"""Workbooks by name: each is made in a file, and its scheme given."""


def example(file: Path, lang: LanguageCode) -> Scheme:
    """The scheme of the example of all rules; its template is filled in."""
    filled(file, lang).read()
    return SCHEME


class Sheet(NamedTuple):
    """A workbook that is filled in, its scheme, and what LibreOffice shows in it."""

    scheme: Scheme
    file: Path
    shown: Shown

    def read(self) -> Scorecard:
        """The scorecard in it."""
        [card] = read_scorecards(self.file, self.scheme)
        return card


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """Every workbook, as one run of LibreOffice shows them."""
    folder = tmp_path_factory.mktemp("sheets")
    files = [folder / f"{name}.xlsx" for name in SHEETS]
    schemes = [make(file) for make, file in zip(SHEETS.values(), files, strict=True)]
    told = shown(files, folder / "out")
    return dict(zip(SHEETS, map(Sheet, schemes, files, told), strict=True))


@needs_soffice
class TestExample:
    """Every live formula and every sum of the example of all rules shows what parindex prints."""

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_points_and_sums(self, lang: LanguageCode, sheets: dict[str, Sheet]) -> None:
        card, told = sheets[f"example-{lang}"].read(), sheets[f"example-{lang}"].shown
        live = live_codes(SCHEME)
        assert {code: told[code] for code in live} == printed(card, SCHEME, set(live))
        assert len(live) > 20

        # Sums hold what the sheet has points for: what parindex computes is not yet known there.
        def is_known(code: str) -> bool:
            return code in live or isinstance(reported()[code], Points | State)

        known = {code: entry for code, entry in card.scores.items() if is_known(code)}
        sums = {code for code, each in SCHEME.by_code.items() if each.children} | {""}
        expected = printed(replace(card, scores=known), SCHEME, sums)
        assert {code: told[code] for code in sums} == expected

    def test_what_is_filled_in_reads_back_from_what_libreoffice_saved(self, tmp_path: Path) -> None:
        book = filled(tmp_path / "a.xlsx")
        before = score(book.read(), SCHEME)
        saved = convert(book.file, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
        [card] = read_scorecards(saved, SCHEME)
        after = score(card, SCHEME)
        assert {c: after.node(c).points for c in SCHEME.by_code} == {
            c: before.node(c).points for c in SCHEME.by_code
        }
        assert EXAMPLE.unit == card.unit


@needs_soffice
class TestEdges:
    """At the edges of steps, floors and targets the sheet decides as parindex does."""

    @pytest.mark.parametrize("name", ["edges", "edges-full-points"])
    def test_points(self, name: str, sheets: dict[str, Sheet]) -> None:
        sheet = sheets[name]
        expected = printed(sheet.read(), sheet.scheme, {*sheet.scheme.by_code, ""})
        assert sheet.shown == expected
        assert [expected[code] for code in ("1", "2", "3")] == ["1.50", "3.00", "1.50"]

    def test_what_parindex_refuses_has_no_points(self, sheets: dict[str, Sheet]) -> None:
        scheme, file, shown = sheets["refused"]
        assert {*shown.values()} == {""}
        with pytest.raises(InputError) as caught:
            [score(card, scheme) for card in read_scorecards(file, scheme)]
        assert len(str(caught.value).splitlines()) == len(REFUSED)


@needs_soffice
class TestTotal:
    """The total has bonus and penalty within their limits, and what does not apply leaves it."""

    @pytest.mark.parametrize(("at", "total"), [*enumerate(total for _, total in TOTALS)])
    def test_shown(self, at: int, total: str, sheets: dict[str, Sheet]) -> None:
        sheet = sheets[f"total-{at}"]
        assert sheet.shown[""] == total
        assert printed(sheet.read(), sheet.scheme, {""})[""] == total


class TestRounded:
    """Where a scheme rounds points on the way, no formula pretends to know the figures."""

    def test_no_live_formulas(self, tmp_path: Path) -> None:
        extra = "rounding: {index: 2, points: {digits: 1, at: leaf}}\n"
        file = tmp_path / "a.xlsx"
        scheme = edges(file, EDGES[:3], extra)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        told = {sheet.cell(row, AT["self"] + 1).value for row in rows_of(file).values()}
        assert told == {"parindex tính"}
        [card] = read_scorecards(file, scheme)
        assert score(card, scheme).total.points == Fraction(Decimal(6))
