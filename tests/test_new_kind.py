"""A kind of rule that is not in the house: one class, and everything knows it."""
# ruff: noqa: ARG002

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Literal

import openpyxl
import pytest
from pydantic import Field

from parindex.api import load_scheme, read_scorecards
from parindex.office.xlsx.template import filled_workbook
from parindex.rules import KINDS, Gain, Rule
from parindex.rules.base import Example, RefusedError, count_of, result_text
from parindex.rules.formula import MAX, RESULT, of_count
from parindex.rules.input import COUNT, Input
from parindex.scheme.scheme import Adjustment, Criterion, Scheme
from parindex.values.facts import Count, Fact
from parindex.values.language import Language, language
from tests.support import call
from tools import docs

SCHEME = """\
id: example-quota
title: {vi: Thử}
status: example
level: department
years: [2024]
max: 10
criteria:
  - {code: "1", name: {vi: Số buổi tập huấn}, max: 4, rule: {kind: quota, of: 8}}
  - {code: "2", name: {vi: Khác}, max: 6}
"""
CARD = 'unit: Sở A\nyear: 2024\nscheme: example-quota\nscores: {"1": {count: 6}, "2": 6}\n'


@pytest.fixture(autouse=True)
def quota() -> Iterator[None]:
    """Such a kind, and afterwards none of it is left."""

    class QuotaRule(Rule):
        """`{kind: quota, of: 8}`: so many eighths of the maximum, at most all."""

        takes: ClassVar[Input] = COUNT
        example: ClassVar = Example("{kind: quota, of: 8}", 4, ("count: 6", "count: 9"))

        kind: Literal["quota"]
        of: int = Field(description="how many give the maximum")

        def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
            """Sound for every number above 0."""
            if self.of <= 0:
                yield RefusedError("P310", ("of",), found=str(self.of))

        def points(self, fact: Fact, maximum: Fraction) -> Fraction:
            return min(Fraction(1), Fraction(count_of(fact), self.of)) * maximum

        def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
            points = result_text(self.points(fact, maximum), say)
            return f"{count_of(fact)} ÷ {self.of} × {say.number(maximum)} {points}"

        def in_words(self, maximum: Fraction, say: Language) -> str:
            return f"Of {self.of} each gives {say.number(maximum / self.of)}."

        def gains(
            self, now: Fraction, maximum: Fraction, fact: Fact | None = None
        ) -> Iterator[Gain]:
            if now < maximum:
                yield Gain(maximum, Count(self.of), "from")

        def formula(self, maximum: Fraction) -> str:
            return of_count(f"MIN(1,{RESULT}/{self.of})*{MAX}")

    rebuild()
    yield
    del KINDS["quota"]
    rebuild()


def rebuild() -> None:
    """Let the fields that hold rules know the kinds that there are now."""
    for model in (Criterion, Adjustment, Scheme):
        model.model_rebuild(force=True)


@pytest.fixture
def scheme(tmp_path: Path) -> str:
    file = tmp_path / "scheme.yaml"
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


@pytest.fixture
def card(tmp_path: Path) -> str:
    file = tmp_path / "card.yaml"
    file.write_text(CARD, encoding="utf-8")
    return str(file)


def points(*arguments: str) -> list[str]:
    """The points of both criteria, as `score` gives them for the result of a command."""
    [result] = json.loads(call("score", *arguments, "-f", "json").out)["results"]
    return [str(each["points"]) for each in result["criteria"]]


class TestNewKind:
    """A new kind of rule is one class; nothing else has to be told of it."""

    def test_yaml(self, card: str, scheme: str) -> None:
        assert points(card, "--scheme", scheme) == ["3", "6"]

    def test_csv(self, tmp_path: Path, scheme: str) -> None:
        file = tmp_path / "card.csv"
        file.write_text("unit,year,code,count,points\nA,2024,1,2,\nA,2024,2,,6\n")
        assert points(str(file), "--scheme", scheme) == ["1", "6"]

    def test_what_it_refuses(self, tmp_path: Path, card: str) -> None:
        file = tmp_path / "bad.yaml"
        file.write_text(SCHEME.replace("of: 8", "off: 8"), encoding="utf-8")
        ran = call("score", card, "--scheme", str(file))
        assert (ran.code, "found: off; did you mean: of" in ran.err) == (2, True)
        file.write_text(SCHEME.replace("of: 8", "of: 0"), encoding="utf-8")
        assert "P310" in call("score", card, "--scheme", str(file)).err

    def test_templates(self, scheme: str) -> None:
        text = call("template", scheme).out
        assert "# Of 8 each gives 0.5.\n  # Report: count: 3\n" in text

    def test_workbook_and_back(self, tmp_path: Path, scheme: str) -> None:
        file = tmp_path / "a.xlsx"
        assert call("template", scheme, "--unit", "Sở A", "-o", str(file)).code == 0
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        [head] = [row for row in sheet.iter_rows() if row[0].value == "No."]
        at = {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in head}
        rows = {str(sheet[f"A{number}"].value): number for number in range(1, sheet.max_row + 1)}
        first, other = rows["1"], rows["2"]
        assert "MIN(1,D" in str(sheet[f"{at['Self-assessed points']}{first}"].value)
        assert str(sheet[f"{at['How to fill in']}{first}"].value).startswith("How many")
        assert sheet[f"{at['How it is scored']}{first}"].value == "Of 8 each gives 0.5."
        sheet[f"{at['Result']}{first}"] = 6
        sheet[f"{at['Self-assessed points']}{other}"] = 6
        book.save(file)
        assert points(str(file), "--scheme", scheme) == ["3", "6"]

    def test_a_workbook_that_was_filled(self, tmp_path: Path, card: str, scheme: str) -> None:
        """What a scorecard reports is in its cell, and the points are beside it."""
        under = load_scheme(scheme)
        [read] = read_scorecards(card, under)
        file = tmp_path / "a.xlsx"
        file.write_bytes(filled_workbook(read, under, language("vi")))
        assert points(str(file), "--scheme", scheme) == ["3", "6"]
        sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
        assert {6, 3} <= {cell.value for row in sheet.iter_rows() for cell in row}

    def test_explain(self, card: str, scheme: str) -> None:
        text = call("explain", card, "1", "--scheme", scheme).out
        for told in ("Of 8 each gives 0.5.", "6 ÷ 8 × 4 = 3", "at least 8 → 4, 1 more"):
            assert told in text
        assert "quota" in call("schemes", "show", scheme).out

    def test_simulate_and_target(self, card: str, scheme: str) -> None:
        ran = call("simulate", card, "--scheme", scheme, "--set", "1=7", "-f", "json")
        assert "7 ÷ 8 × 4 = 3.5" in ran.out
        assert "≥ 8" in call("target", card, "--scheme", scheme, "--index", "95").out

    def test_schema_and_pages(self) -> None:
        schema = json.loads(call("schema", "scheme").out)
        assert schema["$defs"]["QuotaRule"]["properties"]["of"]["description"].startswith(
            "how many"
        )
        page = docs.rules_page(language("en"))
        assert "| `of` | integer | required | how many give the maximum |" in page
        assert "| `count: 9` | 9 ÷ 8 × 4 = 4 |" in page
