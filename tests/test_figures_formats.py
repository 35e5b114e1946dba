"""Figures by name, from every file that holds them and back again, with a kind of rule that takes them."""
# ruff: noqa: ARG002

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar, Literal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from parindex.api import load_scheme, read_scorecards
from parindex.office.xlsx.template import filled_workbook
from parindex.rules import KINDS, Rule
from parindex.rules.base import Example, RefusedError, called, result_text
from parindex.rules.figures import FigureKind, exact_figures, figures_of
from parindex.rules.input import FIGURES, Input
from parindex.scheme.scheme import Adjustment, Criterion, Scheme
from parindex.scorecard.delimited.cells import value_of
from parindex.scorecard.entry_file import read_figure
from parindex.scorecard.write_yaml import write_yaml
from parindex.tables.facts import fact_text
from parindex.values.codes import FIGURE_MISSING, WRONG_INPUT_FOR_RULE
from parindex.values.facts import Answer, Date, Fact, Figure, Figures, Ratio, Value, cell_form
from parindex.values.fields import Name
from parindex.values.language import Language, language
from tests.support import call

SCHEME = """\
id: example-figures
title: {vi: Thử}
status: example
level: department
years: [2024]
max: 10
criteria:
  - code: "1"
    name: {vi: Hồ sơ đúng hạn}
    max: 4
    rule:
      kind: share-of
      names:
        on_time: {vi: Số đúng hạn, en: On time}
        received: {vi: Số tiếp nhận, en: Received}
        rate: {vi: Tỷ lệ trực tuyến, en: Online rate}
  - {code: "2", name: {vi: Khác}, max: 6}
"""
GOOD = "on_time: 75, received: 100, rate: 50%, closed: 31/12/2024"
"""75 of 100, times 50 %, of 4 points: 1.5."""


@pytest.fixture(autouse=True)
def share_of() -> Iterator[None]:
    """A kind that takes counts, a percentage, a day and, where it is there, last year's count."""

    class ShareOfRule(Rule):
        """`{kind: share-of}`: on time ÷ received × rate × maximum."""

        takes: ClassVar[Input] = FIGURES
        example: ClassVar = Example(
            "{kind: share-of}", 4, (f"figures: {{{GOOD.replace('31/12/2024', '2024-12-31')}}}",)
        )

        kind: Literal["share-of"]
        inputs: dict[str, FigureKind] = Field(
            default={"on_time": "count", "received": "count", "rate": "percent"},
            description="the figures",
        )
        names: dict[str, Name] = Field(default_factory=dict, description="their names")

        def named(self, say: Language) -> Mapping[str, str]:
            ids = (*self.inputs, "closed", "last_year")
            return {id_: called(id_, self.names, say) for id_ in ids}

        def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
            yield from ()

        def points(self, fact: Fact, maximum: Fraction) -> Fraction:
            told = fact.figures if isinstance(fact, Figures) else {}
            needed = [id_ for id_ in self.named(language("vi")) if id_ != "last_year"]
            figures = figures_of(fact, (*needed, *({"last_year"} & {*told})))
            if not isinstance(figures["closed"], Date):
                raise RefusedError(WRONG_INPUT_FOR_RULE, expected="closed: 31/12/2024")
            own = Figures({name: figures[name] for name in self.inputs})
            exact = exact_figures(own, self.inputs)
            return exact["on_time"] / exact["received"] * exact["rate"] * maximum

        def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
            return f"on_time ÷ received × rate {result_text(self.points(fact, maximum), say)}"

        def in_words(self, maximum: Fraction, say: Language) -> str:
            return "On time of those received, times the rate."

    rebuild()
    yield
    del KINDS["share-of"]
    rebuild()


def rebuild() -> None:
    """Let the fields that hold rules know the kinds that there are now."""
    for model in (Criterion, Adjustment, Scheme):
        model.model_rebuild(force=True)


@pytest.fixture
def scheme(tmp_path: Path) -> str:
    return written(tmp_path, "scheme.yaml", SCHEME)


def written(folder: Path, name: str, text: str) -> str:
    """A file with a text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def card(folder: Path, figures: str = GOOD) -> str:
    """A scorecard with such figures."""
    head = "unit: Sở A\nyear: 2024\nscheme: example-figures\n"
    return written(
        folder, "card.yaml", f'{head}scores:\n  "1": {{figures: {{{figures}}}}}\n  "2": 6\n'
    )


def facts(file: str, scheme: str, **said: Any) -> Fact:
    """What a file reports of the criterion 1."""
    [read] = read_scorecards(file, load_scheme(scheme), **said)
    return read.scores["1"].fact


def reported(**others: Figure) -> Figures:
    """The figures of `GOOD`."""
    figures: dict[str, Figure] = {
        "on_time": Value(Decimal(75)),
        "received": Value(Decimal(100)),
        "rate": Value(Decimal(50), is_percent=True),
        "closed": Date(date(2024, 12, 31)),
    }
    return Figures(figures | others)


def rule_of(scheme: str) -> Rule:
    """The rule of the criterion 1."""
    return load_scheme(scheme).by_code["1"].scored_by


def scored(*arguments: str) -> list[str]:
    """The points of both criteria, as `score` gives them."""
    ran = call("score", *arguments, "-f", "json")
    assert ran.code == 0, ran.err
    [result] = json.loads(ran.out)["results"]
    return [str(each["points"]) for each in result["criteria"]]


AMOUNT = st.decimals(0, 10**6, places=2)
FIGURE: st.SearchStrategy[Figure] = st.one_of(
    st.builds(Value, AMOUNT, st.booleans()),
    st.builds(Ratio, AMOUNT, AMOUNT),
    st.builds(Date, st.dates(date(1000, 1, 1), date(2999, 12, 31))),
    st.builds(Answer, st.from_regex(r"[a-zđ][a-zđ ,.-]{0,9}[a-z]", fullmatch=True)),
)


class TestForms:
    """A figure is a number, a percentage with its sign, a part of a whole, a day, or else a word."""

    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("1000", Value(Decimal(1000))),
            ("12,5", Value(Decimal("12.5"))),
            ("1.234.567", Value(Decimal(1234567))),
            ("97,2%", Value(Decimal("97.2"), is_percent=True)),
            ("'97.2 %'", Value(Decimal("97.2"), is_percent=True)),
            ("234/543", Ratio(Decimal(234), Decimal(543))),
            ("234 trên 543", Ratio(Decimal(234), Decimal(543))),
            ("[234, 543]", Ratio(Decimal(234), Decimal(543))),
            ("31/12/2025", Date(date(2025, 12, 31))),
            ("2025-12-31", Date(date(2025, 12, 31))),
            ("ngày 31 tháng 12 năm 2025", Date(date(2025, 12, 31))),
        ],
    )
    def test_of_text(self, tmp_path: Path, scheme: str, text: str, figure: Figure) -> None:
        text = text if text[0] in "['" else f'"{text}"'
        assert facts(card(tmp_path, f"{GOOD}, last_year: {text}"), scheme) == reported(
            last_year=figure
        )

    def test_a_point_before_three_digits(self, tmp_path: Path, scheme: str) -> None:
        """`1.234` has two readings, unless the user says which mark is the decimal one."""
        file = card(tmp_path, f'{GOOD}, last_year: "1.234"')
        ran = call("score", file, "--scheme", scheme)
        assert "P112" in ran.err
        assert "last_year" in ran.err
        told = facts(file, scheme, decimal="comma")
        assert told == reported(last_year=Value(Decimal(1234)))

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("31/13/2025", "P110"),
            ("12 hồ sơ", "P110"),
            ("", "P110"),
            ("{a: 1}", "P110"),
            ("[1, 2, 3]", "P110"),
            ("-1/5", "P203"),
            ("9" * 41, "P111"),
            ('"a|b"', "P110"),
        ],
    )
    def test_what_is_none(self, tmp_path: Path, scheme: str, text: str, code: str) -> None:
        """The fault names the figure and its line."""
        file = card(tmp_path, f"{GOOD}, last_year: {text}")
        ran = call("score", file, "--scheme", scheme)
        assert ran.code == 2
        assert code in ran.err
        assert "last_year" in ran.err
        assert "card.yaml:5:" in ran.err

    @pytest.mark.parametrize(
        "names",
        [
            ("Số đúng hạn", "Số tiếp nhận", "Tỷ lệ trực tuyến"),
            ("so dung han", "SO TIEP NHAN", "ty le truc tuyen"),
            ("On time", "received", "Online rate"),
        ],
    )
    def test_labels(self, tmp_path: Path, scheme: str, names: tuple[str, str, str]) -> None:
        """A figure goes by its id or its label, in either language, with or without marks."""
        one, other, rate = names
        file = card(tmp_path, f"{one}: 75, {other}: 100, {rate}: 50%, closed: 31/12/2024")
        assert facts(file, scheme) == reported()

    def test_names_that_are_wrong(self, tmp_path: Path, scheme: str) -> None:
        ran = call("score", card(tmp_path, f"{GOOD}, ontime: 3"), "--scheme", scheme)
        assert ("P217" in ran.err, "on_time" in ran.err) == (True, True)
        ran = call("score", card(tmp_path, f"{GOOD}, Số đúng hạn: 3"), "--scheme", scheme)
        assert "P217" in ran.err
        ran = call("score", card(tmp_path, "on_time: 75, rate: 50%"), "--scheme", scheme)
        assert ("P224" in ran.err, "received, closed" in ran.err) == (True, True)


class TestYaml:
    """What is written reads back the same; plain numbers are numbers."""

    def test_and_back(self, tmp_path: Path, scheme: str) -> None:
        [read] = read_scorecards(card(tmp_path, f"{GOOD}, last_year: 234/543"), load_scheme(scheme))
        text = write_yaml([read])
        assert "on_time: 75\n" in text
        again = written(tmp_path, "again.yaml", text)
        assert facts(again, scheme) == read.scores["1"].fact

    def test_json_result_and_back(self, tmp_path: Path, scheme: str) -> None:
        ran = call("score", card(tmp_path), "--scheme", scheme, "-f", "json")
        [result] = json.loads(ran.out)["results"]
        told = {"on_time": 75, "received": 100, "rate": "50%", "closed": "2024-12-31"}
        assert result["criteria"][0]["input"] == {"figures": told}
        file = written(tmp_path, "result.json", ran.out)
        assert facts(file, scheme) == reported()
        assert scored(file, "--scheme", scheme) == ["1.5", "6"]

    def test_as_rows(self, tmp_path: Path, scheme: str) -> None:
        from parindex.api import score
        from parindex.tables.rows import to_rows

        under = load_scheme(scheme)
        rows = to_rows(score(read_scorecards(card(tmp_path), under)[0], under))
        assert [str(row["points"]) for row in rows][:1] == ["1.5"]


class TestCsv:
    """A column `figures`, or `Số liệu`, holds them as `on_time=982|received=1000`."""

    HEAD = "unit,year,scheme,code,points,figures\n"

    @pytest.mark.parametrize(
        "cell",
        [
            "on_time=75|received=100|rate=50%|closed=2024-12-31",
            "on_time: 75; received: 100; rate: 50%; closed: 31/12/2024",
            "on_time=75; received=100; rate=50,0%; closed=31-12-2024",
            "on_time: 75, received: 100, rate: 50,0%, closed: 31/12/2024",
            "{on_time: 75, received: 100, rate: 50%, closed: 31/12/2024}",
            "on_time=75|received=100|rate=50 %|closed=ngày 31 tháng 12 năm 2024",
            "Số đúng hạn: 75; Số tiếp nhận: 100; Tỷ lệ trực tuyến: 50 %; closed: 31/12/2024;",
        ],
    )
    def test_cells(self, tmp_path: Path, scheme: str, cell: str) -> None:
        for heading in ("figures", "Các số liệu", "Số liệu"):
            head = self.HEAD.replace("figures", heading)
            text = f'{head}A,2024,example-figures,1,,"{cell}"\nA,2024,example-figures,2,6,\n'
            file = written(tmp_path, "card.csv", text)
            told = facts(file, scheme)
            assert isinstance(told, Figures)
            assert told == reported(), heading
            assert scored(file, "--scheme", scheme) == ["1.5", "6"]

    @pytest.mark.parametrize(
        ("cell", "code", "told"),
        [
            ("on_time=75|on_time=76", "P107", "on_time"),
            ("on_time|received=3", "P110", "on_time"),
            ("on_time=|received=3", "P110", "on_time"),
            ("on_time=x2y=3", "P110", "on_time"),
            ("on_time=75|received=100", "P224", "rate, closed"),
        ],
    )
    def test_faults(self, tmp_path: Path, scheme: str, cell: str, code: str, told: str) -> None:
        file = written(tmp_path, "card.csv", f'{self.HEAD}A,2024,example-figures,1,,"{cell}"\n')
        ran = call("score", file, "--scheme", scheme)
        assert ran.code == 2
        assert (code in ran.err, told in ran.err) == (True, True), ran.err
        assert "card.csv:2:6" in ran.err

    def test_a_cell_reads_back(self, tmp_path: Path, scheme: str) -> None:
        cell = cell_form(reported(last_year=Ratio(Decimal(1), Decimal(3))))
        assert cell == "on_time=75|received=100|rate=50%|closed=2024-12-31|last_year=1/3"
        file = written(tmp_path, "card.csv", f"{self.HEAD}A,2024,example-figures,1,,{cell}\n")
        assert facts(file, scheme) == reported(last_year=Ratio(Decimal(1), Decimal(3)))

    def test_names_with_signs(self) -> None:
        """Commas and colons of a name are its own."""
        told = value_of("figures", "Đúng hạn, trước hạn: 5, tiếp nhận (gồm: cả cũ)=6; x: 1,5")
        assert told == {
            "Đúng hạn, trước hạn": "5",
            "tiếp nhận (gồm: cả cũ)": "6",
            "x": "1,5",
        }

    @given(st.dictionaries(st.from_regex(r"[a-z_]{1,5}", fullmatch=True), FIGURE, min_size=1))
    def test_law(self, figures: dict[str, Figure]) -> None:
        """Whatever figures there are, their cell reads back as they are."""
        said = value_of("figures", cell_form(Figures(figures)))
        assert {name: read_figure(text, "point") for name, text in said.items()} == figures

    def test_template(self, scheme: str) -> None:
        assert ",figures," in call("template", scheme, "-f", "csv").out.splitlines()[0]

    def test_stages(self, tmp_path: Path, scheme: str) -> None:
        """A row of a stage may report figures too."""
        head = "unit,year,scheme,code,stage,points,figures\n"
        good = "on_time=75|received=100|rate=50%|closed=2024-12-31"
        text = (
            f"{head}A,2024,example-figures,1,self,,{good}\n"
            f"A,2024,example-figures,1,appraised,1,\nA,2024,example-figures,2,,6,\n"
        )
        assert scored(written(tmp_path, "card.csv", text), "--scheme", scheme) == ["1", "6"]


class TestWorkbook:
    """A row for each figure below the leaf; a percent cell is a percentage."""

    @pytest.fixture
    def book(self, tmp_path: Path, scheme: str) -> Path:
        file = tmp_path / "a.xlsx"
        assert call("template", scheme, "--unit", "Sở A", "-o", str(file)).code == 0
        return file

    @staticmethod
    def fill(
        file: Path, values: Mapping[str, Any], formats: Mapping[str, str] | None = None
    ) -> None:
        """Put values into the rows of figures, and 6 points into the other leaf."""
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        [head] = [row for row in sheet.iter_rows() if row[0].value == "No."]
        at = {str(cell.value): number for number, cell in enumerate(head, start=1)}
        rows = {
            str(cell.value): cell.row
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        }
        for name, value in values.items():
            cell = sheet.cell(rows[f"1|{name}"], at["Result"], value)
            cell.number_format = (formats or {}).get(name, cell.number_format)
        sheet.cell(rows["2"], at["Self-assessed points"], 6)
        book.save(file)

    FULL: ClassVar = {
        "on_time": 75,
        "received": 100,
        "rate": 0.5,
        "closed": date(2024, 12, 31),
    }
    FORMATS: ClassVar = {"rate": "0.0%", "closed": "dd/mm/yyyy"}

    def test_rows(self, book: Path) -> None:
        sheet = openpyxl.load_workbook(book).worksheets[0]
        names = [str(row[1].value) for row in sheet.iter_rows()]
        assert "– On time" in names
        assert names.index("– On time") + 1 == names.index("– Received")
        kinds = {(each.type, str(each.sqref)) for each in sheet.data_validations.dataValidation}
        whole = [cells for kind, cells in kinds if kind == "whole"]
        assert len(whole) == 2  # the counts

    def test_cells(self, book: Path, scheme: str) -> None:
        self.fill(book, self.FULL, self.FORMATS)
        assert facts(str(book), scheme) == reported()
        assert scored(str(book), "--scheme", scheme) == ["1.5", "6"]

    def test_texts(self, book: Path, scheme: str) -> None:
        """Typed as texts they are the same, and a part of a whole is one."""
        typed = {"on_time": "75", "rate": "234/543", "closed": "31/12/2024"}
        self.fill(book, {**self.FULL, **typed})
        assert facts(str(book), scheme) == reported(rate=Ratio(Decimal(234), Decimal(543)))

    def test_a_share_without_its_sign(self, book: Path, scheme: str) -> None:
        """0.5 in a cell that shows no percentage is not 50 %."""
        self.fill(book, self.FULL)
        ran = call("score", str(book), "--scheme", scheme)
        assert ("P205" in ran.err, "rate: 97.2%" in ran.err) == (True, True)

    def test_all_blank(self, book: Path, scheme: str) -> None:
        self.fill(book, {})
        [read] = read_scorecards(str(book), load_scheme(scheme))
        assert "1" not in read.scores

    def test_some_blank(self, book: Path, scheme: str) -> None:
        """The cells of those that the rule needs are named; last year's count may stay empty."""
        self.fill(book, {"on_time": 75, "rate": 0.5}, self.FORMATS)
        ran = call("score", str(book), "--scheme", scheme)
        assert ran.code == 2
        assert ran.err.count("P224") == 2
        sheet = openpyxl.load_workbook(book).worksheets[0]
        rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row}
        for name in ("received", "closed"):
            assert f"D{rows[f'1|{name}']}" in ran.err

    @pytest.mark.parametrize("value", ["=1/0", True, "x|y"])
    def test_what_is_no_figure(self, book: Path, scheme: str, value: object) -> None:
        self.fill(book, {**self.FULL, "on_time": value}, self.FORMATS)
        ran = call("score", str(book), "--scheme", scheme)
        assert (ran.code, "P110" in ran.err) == (2, True)

    def test_filled_and_back(self, tmp_path: Path, scheme: str) -> None:
        under = load_scheme(scheme)
        for more in ("", ", last_year: 12.5", ", last_year: 234/543", ", last_year: late"):
            [read] = read_scorecards(card(tmp_path, GOOD + more), under)
            file = tmp_path / "filled.xlsx"
            file.write_bytes(filled_workbook(read, under, language("vi")))
            assert facts(str(file), scheme) == read.scores["1"].fact

    def test_one_cell(self, tmp_path: Path, scheme: str) -> None:
        """In a table of one's own they stand in the one cell of the result."""
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in (
            ("Đơn vị:", "Sở A"),
            ("Năm:", 2024),
            ("Mã", "Tiêu chí", "Số liệu", "Điểm tự chấm"),
            ("1", "Hồ sơ", "on_time: 75; received: 100; rate: 50%; closed: 31/12/2024", None),
            ("2", "Khác", None, 6),
        ):
            sheet.append(row)
        file = tmp_path / "own.xlsx"
        book.save(file)
        ran = call("score", str(file), "--scheme", scheme, "-f", "json")
        assert ran.code == 0, ran.err
        assert facts(str(file), scheme) == reported()


class TestCommands:
    """Templates, `--set`, scenarios, explanations and reports know them."""

    def test_template(self, scheme: str, tmp_path: Path) -> None:
        text = call("template", scheme).out
        assert "# Report: figures: {on_time: 10, received: 10, rate: 10, closed: 10}\n" in text

    def test_templates_of_units(self, scheme: str, tmp_path: Path) -> None:
        units = written(tmp_path, "units.csv", "unit\nSở A\nSở B\n")
        ran = call("template", scheme, "--units", units, "-f", "csv")
        if ran.code:
            ran = call("template", scheme, "--units", units, "-o", str(tmp_path / "out"))
        assert ran.code == 0, ran.err

    @pytest.mark.parametrize(
        ("said", "points"),
        [
            ("1=on_time: 90; received: 100; rate: 50%; closed: 31/12/2024", "1.8"),
            ("1=figures:on_time=90|received=100|rate=50%|closed=31/12/2024", "1.8"),
            ("1=figures: {on_time: 90, rate: 100%}", "3.6"),
            ("1=Số đúng hạn: 90", "1.8"),
            ("1=points:2", "2"),
            ("1=không áp dụng", "None"),
        ],
    )
    def test_set(self, tmp_path: Path, scheme: str, said: str, points: str) -> None:
        """Figures that are not named stay as they were reported."""
        ran = call(*("simulate", card(tmp_path), "--scheme", scheme, "--set", said, "-f", "json"))
        assert ran.code == 0, ran.err
        [found] = json.loads(ran.out)["results"]
        moved = {move["code"]: move for move in found["moves"]}
        assert str(moved["1"]["after"]) == points

    def test_set_is_wrong(self, tmp_path: Path, scheme: str) -> None:
        ran = call("simulate", card(tmp_path), "--scheme", scheme, "--set", "1=0.5")
        assert (ran.code, "P205" in ran.err, "figures: {on_time" in ran.err) == (2, True, True)

    def test_scenario_file(self, tmp_path: Path, scheme: str) -> None:
        scenario = (
            "format: parindex-scenario/1\nbase: card.yaml\nscheme: scheme.yaml\n"
            'set: {"1": {figures: {on_time: 90}}}\n'
        )
        card(tmp_path)
        file = written(tmp_path, "scenario.yaml", scenario)
        ran = call("simulate", "--scenario", file)
        assert ran.code == 0, ran.err
        assert "1.8" in ran.out

    def test_explain(self, tmp_path: Path, scheme: str) -> None:
        text = " ".join(call("explain", card(tmp_path), "1", "--scheme", scheme).out.split())
        assert "On time: 75; Received: 100; Online rate: 50 %; closed: 2024-12-31" in text
        [told] = {fact_text(reported(), rule_of(scheme), language("vi"))}
        assert told.startswith("Số đúng hạn: 75; Số tiếp nhận: 100; Tỷ lệ trực tuyến: 50%")

    def test_merge(self, tmp_path: Path, scheme: str) -> None:
        """Two offices that report other figures of one leaf are told, with both."""
        one = card(tmp_path)
        other = written(
            tmp_path,
            "other.yaml",
            Path(one).read_text(encoding="utf-8").replace("on_time: 75", "on_time: 76"),
        )
        ran = call("merge", one, other, "--scheme", scheme)
        assert ran.code == 1
        told = " ".join((ran.out + ran.err).split())
        assert ("75" in told, "76" in told) == (True, True), told
        same = written(
            tmp_path,
            "same.yaml",
            Path(one).read_text(encoding="utf-8").replace("on_time: 75", "Số đúng hạn: 75.0"),
        )
        merged = tmp_path / "whole.yaml"
        ran = call("merge", one, same, "--scheme", scheme, "-o", str(merged))
        assert ran.code == 0, ran.err
        assert facts(str(merged), scheme) == reported()

    @pytest.mark.parametrize("ending", ["docx", "html", "md"])
    def test_report(self, tmp_path: Path, scheme: str, ending: str) -> None:
        file = tmp_path / f"report.{ending}"
        ran = call(
            *(
                "report",
                card(tmp_path),
                "--kind",
                "self-assessment",
                "--scheme",
                scheme,
                "-o",
                str(file),
            )
        )
        assert ran.code == 0, ran.err
        assert file.stat().st_size > 0

    def test_check(self, tmp_path: Path, scheme: str) -> None:
        ran = call("check", card(tmp_path), "--scheme", scheme)
        assert ran.code == 0, ran.out + ran.err
        ran = call("check", card(tmp_path, "on_time: 75"), "--scheme", scheme)
        assert (ran.code, FIGURE_MISSING in ran.out + ran.err) == (1, True)
