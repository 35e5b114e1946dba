"""The table builder, the vocabulary of columns, and the list of formats."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from parindex.render.formats import Format
from parindex.tables.columns import VOCABULARY, columns
from parindex.tables.figures import exact_number, put, rows_of, signed
from parindex.tables.table import At, Span
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import language
from tests.support import ROOT

SAY = language("en")


def builder(keys: str) -> TableBuilder:
    return TableBuilder(columns(SAY, keys), lambda value: rounded(value, 2))


class TestColumns:
    """Columns of the vocabulary by their keys; titles and kinds may be others."""

    def test_vocabulary(self) -> None:
        found = columns(SAY, "code name:code share:bar", name="Area")
        assert [(each.key, each.title, each.kind) for each in found] == [
            ("code", "Code", "code"),
            ("name", "Area", "code"),
            ("share", "% of what was lost", "bar"),
        ]

    def test_of_no_vocabulary(self) -> None:
        [column] = columns(SAY, "gap:number", gap="From A")
        assert (column.title, column.kind) == ("From A", "number")
        with pytest.raises(KeyError):
            columns(SAY, "gap:number")

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_titles(self, lang: Any) -> None:
        """All but the column that is nothing but bars have a title."""
        titles = {each.key: each.title for each in columns(language(lang), " ".join(VOCABULARY))}
        assert [key for key, title in titles.items() if not title] == ["bar"]


class TestBuilder:
    """Columns that say nothing are left out; exact values stay behind what is printed."""

    def test_columns_that_say_nothing(self) -> None:
        made = builder("code name note")
        made.add(code="1", name="", note=None)
        assert made.table("T").keys == ("code",)
        assert made.table("T", keep=("note",)).keys == ("code", "note")
        assert made.table("T", keep=None).keys == ("code", "name", "note")

    def test_columns_that_do_not_vary(self) -> None:
        made = builder("code kind")
        made.add(code="1", kind="a")
        made.add(code="2", kind="a")
        assert made.table("T", varied=("kind",)).keys == ("code",)
        made.add(code="3", kind="b")
        assert made.table("T", varied=("kind",)).keys == ("code", "kind")

    def test_exact_values_move_with_their_columns(self) -> None:
        made = builder("note code points lost")
        row = made.add({"code": "1"}, points=Fraction(1, 3), strong=True, depth=2)
        made.put(row, "lost", Fraction(1, 2), (made.at(row, "points"), "-", made.at(row, "code")))
        table = made.table("T", ["a note"])
        assert table.rows == (("1", Decimal("0.33"), Decimal("0.50")),)
        assert table.exact == {At(0, 1): Fraction(1, 3)}
        assert table.formulas == {At(0, 2): (At(0, 1), "-", At(0, 0))}
        assert (table.strong, table.depths, table.notes) == ({0}, {0: 2}, ("a note",))
        assert table.span("lost", 1) == Span(At(0, 2), At(0, 2))

    def test_a_formula_of_a_column_that_is_left_out_leaves_the_figure(self) -> None:
        made = builder("code points lost")
        row = made.add({"code": "1"})
        made.put(row, "lost", Fraction(1, 2), (made.at(row, "points"), "-", made.at(row, "code")))
        table = made.table("T")
        assert table.rows == (("1", Decimal("0.50")),)
        assert table.formulas == {}

    def test_numbers_need_digits(self) -> None:
        with pytest.raises(TypeError):
            TableBuilder(columns(SAY, "points")).add(points=Fraction(1))


class TestFigures:
    """Numbers for programs have all their decimals, or twelve digits and the quotient."""

    def test_exact(self) -> None:
        figures: dict[str, Any] = {}
        for key, value in (("a", Fraction(1, 3)), ("b", Fraction(1, 8)), ("c", None)):
            put(figures, key, value)
        third = Decimal("0.333333333333")
        assert figures == {"a": third, "a_exact": "1/3", "b": Decimal("0.125"), "c": None}
        assert exact_number(Fraction(1, 3)) == third

    def test_signed(self) -> None:
        changes = (Decimal("0.50"), Decimal("-0.50"), Decimal("0.00"), None)
        assert [signed(each, SAY) for each in changes] == ["+0.50", "-0.50", "0.00", None]

    def test_rows(self) -> None:
        assert [*rows_of([{"b": True, "a": 1}, {}], ("a", "b"))] == [(1, "true"), (None, None)]


class TestFormats:
    """Each format names a function of its own module."""

    @pytest.mark.parametrize("form", list(Format))
    def test_module(self, form: Format) -> None:
        module, _, name = form.writer.partition(":")
        file = Path(ROOT, "parindex", "render", f"{module}.py")
        assert f"\ndef {name}(" in file.read_text(encoding="utf-8")
