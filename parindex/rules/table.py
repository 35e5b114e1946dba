"""A decision table: the points of the row whose conditions hold for several figures together."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import ClassVar, Final, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    Example,
    Gain,
    RefusedError,
    Rule,
    UndecidedError,
    arrow_text,
    bounds_proof,
    called,
    reach_proof,
)
from parindex.rules.expression_tree import Condition, Named, Tree
from parindex.rules.figures import FigureKind, FigureName, exact_figures, figures_of
from parindex.rules.formula_rule import (
    CALLED,
    INPUTS,
    USED,
    has_no_cases,
    inputs_proof,
    no_cases_words,
)
from parindex.rules.input import FIGURES, Input
from parindex.rules.one_figure import Scale, scale_of
from parindex.rules.rate import figure_text
from parindex.rules.said_by_unit import SaidByUnit
from parindex.rules.table_cells import Cell, CellField, near, samples, shown
from parindex.values.codes import (
    MISSING_FIELD,
    NOT_SAID_BY_SCHEME,
    TABLE_GAP,
    TABLE_OVERLAP,
    THRESHOLD_OUT_OF_RANGE,
    UNKNOWN_REFERENCE,
    WRONG_TYPE,
)
from parindex.values.exact import ZERO
from parindex.values.facts import Fact, Figure, Figures, figure_form
from parindex.values.fields import AmountField, Frozen, Name
from parindex.values.finding import Path
from parindex.values.fuzzy import suggest
from parindex.values.language import N_, Language, language

MOST_ROWS: Final = 100
MOST_SETS: Final = 20_000
"""Sets of figures that are looked at to prove a table: one for each way in which its edges part them."""
_NO_CASES: Final = "what 0 of 0 gives, `full-points` or `zero`; without it such a figure is refused"
Class = tuple[Fraction, int]
"""Figures of one input for which the same rows may hold: one of them, and these rows as bits."""


class Row(SaidByUnit, Frozen):
    """One row: what must hold for the figures, all of it together, and the points then."""

    when: dict[FigureName, CellField] = Field(default_factory=dict)
    points: AmountField


class TableRule(Rule):
    """`{kind: table, inputs: {rate: percent, lasting: count}, rows: [{when: {rate: ">= 90%", lasting: 0}, points: 1}, {points: 0}]}`.

    A row holds where all of its conditions do: a figure (`0`, `90%`), or `< <= > >= = !=`, several
    joined by `and`. A figure that it does not name may be any. The last row may have no
    conditions, and is for everything else. Rows that hold for the same figures give the
    same points. With `open: true` figures may be left for which no row holds, as they are left
    in print: then the points are not known. Points may be a share of the maximum (`50%`).
    A table has at most 100 rows and 20,000 sets of figures that differ in the rows that hold.
    """

    takes: ClassVar[Input] = FIGURES
    example: ClassVar = Example(
        "{kind: table, inputs: {rate: percent, lasting: count}, "
        'rows: [{when: {rate: 100%, lasting: 0}, points: 2}, {when: {rate: ">= 90% and < 100%", lasting: 0}, points: 1}, '
        "{points: 0}], no_cases: full-points}",
        2,
        ("figures: {rate: 92%, lasting: 0}", "figures: {rate: 92%, lasting: 1}"),
    )

    kind: Literal["table"]
    inputs: dict[FigureName, FigureKind] = Field(description=INPUTS)
    rows: tuple[Row, ...] = Field(description="`when` (conditions by figure) and `points`")
    names: dict[FigureName, Name] = Field(default_factory=dict, description=CALLED)
    open_: bool = Field(
        default=False,
        alias="open",
        description="figures without a row are kept as the decision leaves them: not known",
    )
    no_cases: Literal["full-points", "zero"] | None = Field(default=None, description=_NO_CASES)

    def named(self, say: Language) -> Mapping[str, str]:
        """The figures."""
        return {name: called(name, self.names, say) for name in self.inputs}

    def expression(self, maximum: Fraction) -> Tree:
        """The points of the first row that holds, as far as one does."""
        points = [arithmetic.number(row.points.of(maximum)) for row in self.rows]
        cases = zip(map(_row_condition, self.rows), points, strict=True)
        return arithmetic.first_of(
            ((held, worth) for held, worth in cases if held is not None), points[-1]
        )

    def fits(self, maximum: Fraction) -> Condition | None:
        """A row holds."""
        held = [_row_condition(row) for row in self.rows] if self.open_ else [None]
        known = [each for each in held if each is not None]
        return arithmetic.any_of(*known) if len(known) == len(held) else None

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Rows name inputs, can hold, meet without gap or contradiction, stay in bounds and reach the maximum."""
        inputs = [*inputs_proof(self.inputs, self.names), *self._size_proof()]
        rows = [[*self._row_proof(number)] for number in range(len(self.rows))]
        yield from inputs
        for faults in rows:
            yield from faults
        for number, row in enumerate(self.rows):
            path = ("rows", number, "points")
            yield from bounds_proof(row.points.of(maximum), maximum, path, self.lowest)
        if not inputs:
            wrong = sum(1 << number for number, faults in enumerate(rows) if faults)
            yield from self._sets_proof(maximum, wrong)

    def _size_proof(self) -> Iterator[RefusedError]:
        """There are rows and not too many, and they ask for every input."""
        if not self.rows:
            yield RefusedError(MISSING_FIELD, ("rows",), expected="rows")
        if len(self.rows) > MOST_ROWS:
            told = {"found": str(len(self.rows)), "expected": f"≤ {MOST_ROWS}"}
            yield RefusedError(WRONG_TYPE, ("rows",), **told)
        asked = {name for row in self.rows for name in row.when}
        if asked <= set(self.inputs):
            for name in self.inputs:
                if name not in asked:
                    yield RefusedError(
                        UNKNOWN_REFERENCE, ("inputs", name), found=name, expected=USED
                    )

    def _row_proof(self, number: int) -> Iterator[RefusedError]:
        for name, cell in self.rows[number].when.items():
            path = ("rows", number, "when", name)
            if name not in self.inputs:
                near_ = suggest(name, self.inputs)
                told = {"found": name, "expected": ", ".join(self.inputs), "near": near_}
                yield RefusedError(UNKNOWN_REFERENCE, path, **told)
            else:
                yield from _cell_proof(cell, self.inputs[name], path)

    def _sets_proof(self, maximum: Fraction, wrong: int) -> Iterator[RefusedError]:
        """Every set of figures that the edges part from others has one row, or rows of the same points.

        Where some rows are `wrong`, only the others are held against each other.
        """
        if self._count > MOST_SETS:
            told = {"found": str(self._count), "expected": N_("at most 20,000 sets of figures")}
            yield RefusedError(WRONG_TYPE, ("rows",), **told)
            return
        worths = [row.points.of(maximum) for row in self.rows]
        overlaps: dict[tuple[int, int], str] = {}
        gap, reached = "", set[Fraction]()
        for figures, rows in self._sets(wrong):
            held = [number for number in range(len(worths)) if rows >> number & 1]
            reached |= {worths[number] for number in held}
            if not held and not gap:
                gap = self._example(figures)
            for number in held[1:]:
                if worths[number] != worths[held[0]] and (held[0], number) not in overlaps:
                    overlaps[held[0], number] = self._example(figures)
        for (one, other), found in overlaps.items():
            told = {"row": str(one + 1), "found": found}
            yield RefusedError(TABLE_OVERLAP, ("rows", other), **told)
        if wrong:
            return
        if gap and not self.open_:
            yield RefusedError(TABLE_GAP, ("rows",), found=gap)
        yield from reach_proof(max(reached, default=ZERO), maximum, ("rows",))

    def _example(self, figures: Mapping[str, Fraction]) -> str:
        return "; ".join(
            f"{name}: {shown(figures[name], kind)}" for name, kind in self.inputs.items()
        )

    @cached_property
    def _last(self) -> int:
        """The row for everything else as a bit; 0 where there is none."""
        return 0 if self.rows[-1].when else 1 << len(self.rows) - 1

    def _held(self, name: str, figure: Fraction) -> int:
        """The rows that may hold as far as one figure goes, as bits."""
        held = 0
        for number, row in enumerate(self.rows):
            cell = row.when.get(name)
            if cell is None or cell.holds(figure):
                held |= 1 << number
        return held

    def _edges(self, name: str) -> set[Fraction]:
        cells = (row.when.get(name) for row in self.rows)
        return {each.value for cell in cells if cell for each in cell.conditions}

    @cached_property
    def _classes(self) -> Mapping[str, list[Class]]:
        """The figures of each input, parted by the rows for which they stand."""
        found: dict[str, list[Class]] = {}
        for name, kind in self.inputs.items():
            classes: dict[int, Fraction] = {}
            for figure in samples(kind, self._edges(name)):
                classes.setdefault(self._held(name, figure), figure)
            found[name] = [(figure, held) for held, figure in classes.items()]
        return found

    @property
    def _count(self) -> int:
        return prod(len(classes) for classes in self._classes.values())

    def _sets(self, wrong: int) -> Iterator[tuple[Mapping[str, Fraction], int]]:
        """One set of figures for each way in which the edges part them, and the rows that hold."""
        for each in product(*self._classes.values()):
            figures = dict(zip(self.inputs, (figure for figure, _ in each), strict=True))
            yield figures, self._holding(held & ~wrong for _, held in each)

    def _holding(self, by_input: Iterator[int]) -> int:
        """The rows that hold for all figures; the one for everything else only where no other does."""
        held = (1 << len(self.rows)) - 1
        for each in by_input:
            held &= each
        others = held & ~self._last
        return others or held

    def _row(self, figures: Mapping[str, Fraction]) -> int | None:
        """The first row that holds; None where none does."""
        for number, row in enumerate(self.rows):
            if all(cell.holds(figures[name]) for name, cell in row.when.items()):
                return number
        return None

    def _found(self, fact: Fact) -> int | None:
        """The row that holds for what was reported; None for 0 of 0 where the rule says what that gives.

        Raises:
            UndecidedError: P423 no row holds.
            RefusedError: as `exact_figures`.
        """
        if self.no_cases is not None and has_no_cases(fact, self.inputs):
            return None
        number = self._row(exact_figures(fact, self.inputs))
        if number is None:
            figures = figures_of(fact, self.inputs)
            told = "; ".join(f"{name}: {figure_form(figures[name])}" for name in self.inputs)
            raise UndecidedError(NOT_SAID_BY_SCHEME, found=told)
        return number

    def fewest(self, maximum: Fraction) -> Fraction:
        """Those of the worst row."""
        return min((row.points.of(maximum) for row in self.rows), default=ZERO)

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The points of the row that holds."""
        number = self._found(fact)
        if number is None:
            return maximum if self.no_cases == "full-points" else ZERO
        return self.rows[number].points.of(maximum)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figures with the conditions that they meet."""
        number, points = self._found(fact), arrow_text(self.points(fact, maximum), say)
        figures, names = figures_of(fact, self.inputs), self.named(say)
        cells = self.rows[number].when if number is not None else {}
        told = ", ".join(
            f"{names[name]}: {_met(figures[name], cells.get(name), say)}"
            for name in cells or self.inputs
        )
        if cells:
            return f"{told} {points}"
        why = say("no case arose") if number is None else say("everything else")
        return f"{told} → {why} {points}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Every row with its points."""
        rows = "; ".join(self._row_words(row, maximum, say) for row in self.rows)
        told = [say("Points of the row that holds: {rows}.", rows=rows)]
        if self.open_:
            told.append(say("What no row holds for, the scheme does not say."))
        return " ".join(filter(None, (*told, no_cases_words(self.no_cases, maximum, say))))

    def _row_words(self, row: Row, maximum: Fraction, say: Language) -> str:
        names = self.named(say)
        told = ", ".join(f"{names[name]} {cell.text(say)}" for name, cell in row.when.items())
        told = told or say("everything else")
        return f"{told}: {say.number(row.points.of(maximum))}"

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """For all points over `now` the figures nearest to those reported that give them.

        As few figures as can be are changed, and then as little as can be.
        """
        reported, figures = self._reported(fact)
        best: dict[Fraction, tuple[tuple[int, Fraction], dict[str, Fraction]]] = {}
        choices = [self._choices(name, figures[name], reported) for name in self.inputs]
        for each in product(*choices):
            held = self._holding(held for _, held in each)
            if not held:
                continue
            points = self.rows[(held & -held).bit_length() - 1].points.of(maximum)
            if points > now:
                values = dict(zip(self.inputs, (value for value, _ in each), strict=True))
                cost = _cost(figures, values, self.inputs)
                best[points] = min(
                    best.get(points, (cost, values)), (cost, values), key=lambda x: x[0]
                )
        for points in sorted(best):
            yield Gain(points, self._fact(best[points][1], figures, reported))

    def _reported(self, fact: Fact | None) -> tuple[Mapping[str, Figure], Mapping[str, Fraction]]:
        """The figures that were reported, as they are and exact; 0 where there are none."""
        try:
            if isinstance(fact, Figures):
                return fact.figures, exact_figures(fact, self.inputs)
        except RefusedError:
            pass
        return {}, dict.fromkeys(self.inputs, ZERO)

    def _scale(self, name: str, reported: Mapping[str, Figure]) -> Scale:
        return scale_of(self.inputs[name], reported.get(name))

    def _choices(self, name: str, figure: Fraction, reported: Mapping[str, Figure]) -> list[Class]:
        """The figure, and of figures for which other rows stand the one nearest to it."""
        found = {self._held(name, figure): figure}
        values = {*near(self._edges(name), self._scale(name, reported))}
        for value in sorted(values, key=lambda each: (abs(each - figure), each)):
            found.setdefault(self._held(name, value), value)
        return [(value, held) for held, value in found.items()]

    def _fact(
        self,
        values: Mapping[str, Fraction],
        figures: Mapping[str, Fraction],
        reported: Mapping[str, Figure],
    ) -> Figures:
        """Figures as they would be reported; what is unchanged stays as it was."""
        return Figures(
            {
                name: reported[name]
                if name in reported and value == figures[name]
                else self._scale(name, reported).figure(value)
                for name, value in values.items()
            }
        )


def _row_condition(row: Row) -> Condition | None:
    """What must hold for the figures of a row; None where nothing must."""
    found = [
        arithmetic.compare(Named(name), each.sign, each.value)
        for name, cell in row.when.items()
        for each in cell.conditions
    ]
    return arithmetic.both(*found) if found else None


def _cell_proof(cell: Cell, kind: FigureKind, path: Path) -> Iterator[RefusedError]:
    """Percentages have their sign, and some figure meets the conditions; none lies outside what is possible."""
    told = cell.text(language("en"))
    if any(each.is_percent != (kind == "percent") for each in cell.conditions):
        expected = (
            N_("a percentage with its sign, like 90%")
            if kind == "percent"
            else N_("a plain number")
        )
        yield RefusedError(WRONG_TYPE, path, found=told, expected=expected)
        return
    values = {each.value for each in cell.conditions}
    outside = any(each < 0 or (kind == "percent" and each > 1) for each in values)
    if outside or not any(cell.holds(figure) for figure in samples(kind, values)):
        yield RefusedError(THRESHOLD_OUT_OF_RANGE, path, found=told)


def _cost(
    figures: Mapping[str, Fraction], values: Mapping[str, Fraction], kinds: Mapping[str, FigureKind]
) -> tuple[int, Fraction]:
    """How many figures are others, and how much they differ together: of percentages by how many hundreds."""
    apart = {name: abs(values[name] - figures[name]) for name in kinds}
    one = Fraction(1)
    whole = {n: one if kinds[n] == "percent" else max(figures[n], one) for n in kinds}
    changed = sum(1 for each in apart.values() if each)
    return changed, sum((each / whole[name] for name, each in apart.items()), ZERO)


def _met(figure: Figure, cell: Cell | None, say: Language) -> str:
    """A figure as it was reported, and the conditions that it meets; 0/0 has no quotient."""
    form = figure_form(figure)
    told = form if form == "0/0" else figure_text(figure, say)
    if cell is None or (cell.exact and " = " not in told):
        return told
    return f"{told} {cell.text(say)}"
