"""The live formulas of the template in LibreOffice: what it shows is what parindex prints."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from parindex.api import load_scheme, read_scorecards, score
from parindex.findings import InputError
from parindex.office.xlsx.formulas import live_codes
from parindex.office.xlsx.layout import ORDER
from parindex.office.xlsx.template import write_template
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.language import LanguageCode, language
from tests.programs import convert, convert_all, needs_soffice
from tests.test_workbook_template import EXAMPLE, SCHEME, filled

AT = {name: column for column, name in enumerate(ORDER)}
Shown = dict[str, str]


def rows_of(file: Path, *, lists: bool = False) -> dict[str, int]:
    """The row of each code, and of the total as the empty code; with `lists` of their things too."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = {str(sheet.cell(row, AT["key"] + 1).value): row for row in range(8, sheet.max_row - 1)}
    own = {code: row for code, row in rows.items() if lists or "|" not in code}
    return own | {"": sheet.max_row - 1}


def shown(files: Sequence[Path], folder: Path) -> list[dict[str, Shown]]:
    """The points that LibreOffice shows, worked out anew, by stage and code; of the whole by ``."""
    found = []
    shown = convert_all(files, "csv:Text - txt - csv (StarCalc):44,34,76", folder)
    for file, table in zip(files, shown, strict=True):
        with table.open() as stream:
            cells = list(csv.reader(stream))
        rows = rows_of(file).items()
        found.append(
            {
                stage: {code: cells[row - 1][AT[stage]] for code, row in rows}
                for stage in ("self", "appraised")
            }
        )
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
    "rising": "{kind: linear, of: percent, zero_at: 50, full_at: 90}",
    "falling": "{kind: linear, zero_at: 30, full_at: 5}",
    "deduct": "{kind: deduct, step: 0.7}",
    "share": "{kind: deduct, step: 12.5%}",
    "count": "{kind: count, each: 0.35, above: 2}",
    "day": "{kind: deadline, due: 02-28, late: [{days: 15, points: 1.5}, {days: 30, points: 0.1}]}",
    "list": "{kind: checklist, items: {a: 1.1, b: 1.2, c: 0.7}}",
    "all": "{kind: checklist, all: true, items: [a, b, c]}",
    "survey": "{kind: survey, weights: {A: 100%, B: 60%, C: 0%}, left_out: [E]}",
    "watch": "{kind: watch}",
    "choice": (
        "{kind: choice, options: {any: 1, one: 2, star: 3, tilde: 0.5}, names: {any: {vi: 'Đạt ???'},"
        " one: {vi: 'Đạt đủ?'}, star: {vi: 'Đạt *'}, tilde: {vi: 'Đạt ~1'}}}"
    ),
}
PERCENTS = ("open", "cases", "plain", "floor", "target", "inverted", "rising")
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
    ("rising", {"result": 0.5}),
    ("rising", {"result": 0.9}),
    ("rising", {"result": 0.95}),
    ("rising", {"result": 0.4}),
    ("rising", {"result": 2, "whole": 3}),
    ("falling", {"result": 30}),
    ("falling", {"result": 5}),
    ("falling", {"result": 12.4}),
    ("falling", {"result": 0}),
    ("falling", {"result": 99}),
    ("deduct", {"result": 0}),
    ("deduct", {"result": 4}),
    ("deduct", {"result": 5}),
    ("deduct", {}),
    ("share", {"result": 3}),
    ("share", {"result": 8}),
    ("count", {"result": 0}),
    ("count", {"result": 2}),
    ("count", {"result": 3}),
    ("count", {"result": 11}),
    ("count", {"result": 10}),
    ("day", {"result": date(2024, 2, 28)}),
    ("day", {"result": date(2024, 2, 29)}),
    ("day", {"result": date(2024, 3, 14)}),
    ("day", {"result": date(2024, 3, 15)}),
    ("day", {"result": date(2024, 3, 29)}),
    ("day", {"result": date(2024, 3, 30)}),
    ("day", {"result": date(2023, 1, 1)}),
    ("day", {"result": date(2025, 12, 31)}),
    ("day", {"state": "không có tài liệu kiểm chứng"}),
    ("list", {"a": "có", "b": "không", "c": "x"}),
    ("list", {"a": "no", "b": "Yes", "c": " có "}),
    ("list", {"a": "không", "b": "không", "c": "không"}),
    ("list", {}),
    ("list", {"state": "không áp dụng"}),
    ("all", {"a": "có", "b": "có", "c": "có"}),
    ("all", {"a": "có", "b": "có", "c": "không"}),
    ("survey", {"A": 1, "B": 1, "C": 1, "E": 7}),
    ("survey", {"A": 0, "B": 0, "C": 3, "E": 0}),
    ("survey", {"A": 120, "B": 31, "C": 6, "E": 0}),
    ("survey", {}),
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
    ("value", {"result": 5, "state": "không có tài liệu kiểm chứng"}),
    ("rising", {"result": 1.2}),
    ("falling", {"result": -1}),
    ("deduct", {"result": 1.5}),
    ("deduct", {"result": "x"}),
    ("count", {"result": -1}),
    ("day", {"result": date(2022, 12, 31)}),
    ("day", {"result": date(2026, 1, 1)}),
    ("day", {"result": "x"}),
    ("list", {"a": "có", "b": "có lẽ", "c": "không"}),
    ("all", {"a": "có", "b": "có"}),
    ("survey", {"A": 1, "B": 1, "C": 1}),
    ("survey", {"A": 1, "B": -1, "C": 1, "E": 0}),
    ("survey", {"A": 0, "B": 0, "C": 0, "E": 2}),
    ("survey", {"A": 0.5, "B": 0, "C": 1, "E": 2}),
    ("list", {"a": "có", "b": "có", "c": "có", "state": "không áp dụng"}),
)
WATCHED: tuple[Mapping[str, Any], ...] = (
    {"result": 12.5},
    {"result": 3, "whole": 4},
    {},
    {"state": "không áp dụng"},
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
    book = openpyxl.load_workbook(made)
    rows = rows_of(made, lists=True)
    for number, (rule, cells) in enumerate(cases, start=1):
        for column, value in cells.items():
            key = str(number) if column in AT else f"{number}|{column}"
            cell = book.worksheets[0].cell(rows[key], AT.get(column, AT["result"]) + 1, value)
            if column == "result" and rule in PERCENTS and "whole" not in cells:
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


GUARDED = """criteria:
  - code: "1"
    name: {vi: a}
    max: 6
    children:
      - {code: "1.1", name: {vi: a}, max: 1}
      - {code: "1.2", name: {vi: a}, max: 1, requires: "1.1"}
      - {code: "1.3", name: {vi: a}, max: 2, requires: "1.2", rule: {kind: count, each: 1}}
      - {code: "1.4", name: {vi: a}, max: 2, requires: "2", rule: {kind: ratio}}
  - code: "2"
    name: {vi: a}
    max: 4
    requires: "1.1"
    children:
      - {code: "2.1", name: {vi: a}, max: 2}
      - {code: "2.2", name: {vi: a}, max: 2, rule: {kind: deduct, step: 1}}
"""
APART, NO_PROOF = "không áp dụng", "không có tài liệu kiểm chứng"
BEHIND: tuple[tuple[Mapping[tuple[str, str], Any], Mapping[str, str]], ...] = (
    # All open.
    (
        {("1.1", "self"): 1, ("1.2", "self"): 0.5, ("1.3", "result"): 1, ("1.4", "result"): "50%"}
        | {("2.1", "self"): 1.5, ("2.2", "result"): 1},
        {"1": "3.50", "1.3": "1.00", "1.4": "1.00", "2": "2.50", "": "6.00"},
    ),
    # Shut: points typed behind it do not count, and behind what it shuts nothing does.
    (
        {("1.1", "self"): 0, ("1.2", "self"): 0.5, ("1.3", "result"): 1, ("1.4", "result"): "50%"}
        | {("2.1", "self"): 1.5},
        {"1": "0.00", "1.3": "0.00", "1.4": "0.00", "2": "0.00", "2.2": "0.00", "": "0.00"},
    ),
    ({("1.1", "state"): NO_PROOF, ("1.2", "self"): 1}, {"1": "0.00", "": "0.00"}),
    # Not yet known: neither are points behind it.
    ({("1.2", "self"): 0.5, ("2.1", "self"): 1}, {"1": "", "2": "", "": ""}),
    ({("1.2", "self"): 0, ("2.2", "result"): 2}, {"1": "0.00", "1.3": "0.00", "2.2": "0.00"}),
    # A guard that does not apply lets everything through; so does one whose parts do not.
    (
        {("1.1", "state"): APART, ("1.2", "self"): 0.5, ("2.1", "self"): 1},
        {"1": "0.50", "2": "1.00", "": "1.50"},
    ),
    (
        {("1.1", "self"): 1, ("2.1", "state"): APART, ("2.2", "state"): APART}
        | {("1.4", "result"): "100%"},
        {"1": "3.00", "1.4": "2.00"},
    ),
    # A guard with parts: some points are enough, and nothing only where all of it is known.
    ({("1.1", "self"): 1, ("2.1", "self"): 1, ("1.4", "result"): "100%"}, {"1.4": "2.00"}),
    ({("1.1", "self"): 1, ("2.1", "self"): 0, ("1.4", "result"): "100%"}, {"1.4": "", "1": "1.00"}),
    (
        {("1.1", "self"): 1, ("2.1", "self"): 0, ("2.2", "result"): 2, ("1.4", "result"): "100%"},
        {"1.4": "0.00", "1": "1.00", "2": "0.00"},
    ),
    # What does not apply is the same behind a shut guard.
    ({("1.1", "self"): 0, ("1.3", "state"): APART}, {"1.3": "", "1": "0.00"}),
)
APPRAISED: tuple[tuple[Mapping[tuple[str, str], Any], Mapping[str, str]], ...] = (
    ({("1.1", "self"): 1, ("2.1", "self"): 1}, {"1": "", "2": "", "": ""}),
    ({("1.1", "self"): 1, ("1.1", "appraised"): 0.5}, {"1": "0.50", "2": "", "": "0.50"}),
    (
        {("1.1", "appraised"): 1, ("1.2", "appraised"): 1, ("1.3", "appraised"): 1.25},
        {"1": "3.25", "": "3.25"},
    ),
    (
        {("1.1", "self"): 1, ("1.1", "appraised"): 0, ("2.1", "appraised"): 2},
        {"1": "0.00", "2": "0.00", "": "0.00"},
    ),
    ({("1.1", "appraised"): APART, ("2.1", "appraised"): 2}, {"1": "", "2": "2.00", "": "2.00"}),
)


SIGNED = """\
criteria:
  - {code: "1", name: {vi: a}, max: 2, min: -1, rule: {kind: deduct, step: 1}}
  - {code: "2", name: {vi: b}, max: 3, min: -0.5, requires: "1"}
  - {code: "3", name: {vi: c}, max: 5, min: -2, rule: {kind: choice, options: {a: 5, b: -2}}}
"""
BELOW: tuple[tuple[Mapping[tuple[str, str], Any], Mapping[str, str]], ...] = (
    # Points below 0 add up; the whole is not below it.
    ({("1", "result"): 9, ("3", "result"): "a"}, {"1": "-1.00", "3": "5.00", "": "4.00"}),
    ({("1", "result"): 1, ("3", "result"): "b"}, {"1": "1.00", "3": "-2.00", "": "0.00"}),
    # Behind a shut guard points below 0 stay, and others do not count; a guard below 0 is shut.
    ({("1", "result"): 2, ("2", "self"): 3, ("3", "result"): "a"}, {"": "5.00"}),
    ({("1", "result"): 3, ("2", "self"): -0.5, ("3", "result"): "a"}, {"": "3.50"}),
)


def behind(made: Path, cells: Mapping[tuple[str, str], Any], tree: str = "") -> Scheme:
    """A scheme with guards; its template is made with these cells."""
    head = "id: guards\ntitle: {vi: a}\nstatus: example\nlevel: commune\nyears: [2024]\nmax: 10\n"
    scheme = template_of(head + (tree or GUARDED), made)
    book, rows = openpyxl.load_workbook(made), rows_of(made)
    for (code, column), value in cells.items():
        cell = book.worksheets[0].cell(rows[code], AT[column] + 1, value)
        if isinstance(value, str) and value.endswith("%"):
            cell.value, cell.number_format = float(value[:-1]) / 100, "0%"
    book.save(made)
    return scheme


FULL_POINTS = "not_applicable: full-points\n"
SHEETS: dict[str, Callable[[Path], Scheme]] = {
    "example-vi": lambda file: example(file, "vi"),
    "example-en": lambda file: example(file, "en"),
    "edges": lambda file: edges(file, EDGES),
    "edges-full-points": lambda file: edges(file, EDGES, FULL_POINTS),
    "refused": lambda file: edges(file, REFUSED),
    **{f"behind-{at}": partial(behind, cells=cells) for at, (cells, _) in enumerate(BEHIND)},
    **{
        f"below-{at}": partial(behind, cells=cells, tree=SIGNED)
        for at, (cells, _) in enumerate(BELOW)
    },
    **{f"appraised-{at}": partial(behind, cells=cells) for at, (cells, _) in enumerate(APPRAISED)},
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
    stages: dict[str, Shown]

    @property
    def shown(self) -> Shown:
        """What the unit's own points add up to."""
        return self.stages["self"]

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
        live = live_codes(SCHEME) - {"3.4.2"}  # watched: there is nothing to get
        assert {code: told[code] for code in live} == printed(card, SCHEME, set(live))
        assert live == {leaf.code for leaf in SCHEME.leaves if leaf.rule and leaf.code != "3.4.2"}

        sums = {code for code, each in SCHEME.by_code.items() if each.children} | {""}
        expected = printed(card, SCHEME, sums)
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
        scheme, file, shown = (
            sheets["refused"].scheme,
            sheets["refused"].file,
            sheets["refused"].shown,
        )
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


@needs_soffice
class TestGuards:
    """What stands behind a guard counts in the sheet as it does in parindex, typed or worked out."""

    @pytest.mark.parametrize(("at", "points"), [*enumerate(points for _, points in BEHIND)])
    def test_own_points(self, at: int, points: Shown, sheets: dict[str, Sheet]) -> None:
        sheet = sheets[f"behind-{at}"]
        assert {code: sheet.shown[code] for code in points} == points
        codes = {code for code in points if code}
        result = score(sheet.read(), sheet.scheme)
        for code in codes:
            node = result.node(code)
            known = None if node.state == "not_applicable" else node.points
            assert points[code] == ("" if known is None else f"{result.printed(known):f}")

    @pytest.mark.parametrize(("at", "points"), [*enumerate(points for _, points in BELOW)])
    def test_points_below_zero(self, at: int, points: Shown, sheets: dict[str, Sheet]) -> None:
        sheet = sheets[f"below-{at}"]
        assert {code: sheet.shown[code] for code in points} == points
        assert printed(sheet.read(), sheet.scheme, {*points}) == points

    @pytest.mark.parametrize(("at", "points"), [*enumerate(points for _, points in APPRAISED)])
    def test_appraised_points(self, at: int, points: Shown, sheets: dict[str, Sheet]) -> None:
        told = sheets[f"appraised-{at}"].stages["appraised"]
        assert {code: told[code] for code in points} == points


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
