"""Rows of a table into the units that they belong to."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.reading.document import Tree, normal
from parindex.reading.numerals import DecimalMark
from parindex.reading.validate import read_as
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.cells import SIMPLE, is_named, value_of
from parindex.scorecard.delimited.columns import COMPUTED, MOST_FAULTS
from parindex.scorecard.delimited.table import Table
from parindex.scorecard.delimited.unit import CsvPlaces, CsvRow, Unit
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.entry_file import KINDS, FactForm
from parindex.scorecard.scorecard import STAGES, Entry, Stage
from parindex.scorecard.scorecard_file import HeadForm, is_a_guess, read_head
from parindex.values.codes import (
    CELLS_NOT_AS_HEADING,
    DUPLICATE_KEY,
    SYNTAX_BROKEN,
    UNIT_ROWS_DIFFER,
    WRONG_TYPE,
)
from parindex.values.collation import same_unit
from parindex.values.escaping import csv_text
from parindex.values.facts import Answer, Points, State, form_of
from parindex.values.finding import Finding, Place
from parindex.values.language import N_, language

_WHO: Final = ("province", "parent", "unit")
_COMPUTED: Final = frozenset(("scored", "zero"))
_FOLLOWING: Final = frozenset(("unknown", "not_applicable", "no_evidence"))
"""States that `score` writes of sums, and of parts."""
_QUOTIENT: Final = re.compile("-?[0-9]{1,200}/[1-9][0-9]{0,199}")
"""Points whose decimals do not end, as `score` writes them."""
_KINDS: Final = frozenset(KINDS)


class UnitReader:
    """Makes units of rows; `findings` are the faults of rows that belong to none."""

    def __init__(
        self, table: Table, scheme_of: Callable[[HeadForm], Scheme], decimal: DecimalMark | None
    ) -> None:
        self.file = table.file
        self.findings: list[Finding] = []
        self._told = 0
        self._at = table.columns.at
        self._is_written = {*COMPUTED} <= {*self._at}
        self._unit = table.columns.unit
        self._score = table.columns.score
        self._scheme_of = scheme_of
        self._mark = decimal
        self._seen: set[tuple[Any, ...]] = set()
        self._heads: dict[tuple[str, ...], tuple[HeadForm, Scheme]] = {}

    def begin(self, cells: Sequence[str], line: int) -> Unit:
        """A new unit, from the cells about it in its first row.

        Mostly only the names differ from a unit before: then the rest, and the
        scheme, are known.
        """
        places = CsvPlaces(self.file, self._at, line)
        said: dict[str, str] = dict(zip(self._unit, cells, strict=True))
        again = self._is_known(said)
        name, id_ = said.pop("unit", ""), said.pop("unit_id", "")
        rest = tuple(said.values())
        if rest in self._heads and name and "\0" not in name + id_:
            head, scheme = self._heads[rest]
            who = {"unit": csv_text(name), "unit_id": csv_text(id_) or None}
            unit = Unit(head.model_copy(update=who), scheme, places)
        else:
            unit = self._first(cells, places, line)
            if unit.head is not None and unit.scheme is not None:
                self._heads[rest] = (unit.head, unit.scheme)
        if again:
            self._note(unit, UNIT_ROWS_DIFFER, Place(self.file, line, 1), found=id_ or name)
        return unit

    def _first(self, cells: Sequence[str], places: CsvPlaces, line: int) -> Unit:
        """A unit of whose cells all are read and checked."""
        tree: dict[str, Tree] = {
            name: csv_text(cell) for name, cell in zip(self._unit, cells, strict=True) if cell
        }
        head, scheme, faults = read_head(tree, places, self._scheme_of, self._mark)
        unit = Unit(head, scheme, places)
        self._add(unit.findings, *faults)
        self._no_nul(unit, cells, line)
        return unit

    def score(self, unit: Unit, cells: Sequence[str], line: int) -> None:
        """One row's score, put where it belongs; its faults are noted.

        Args:
            unit: that of the row.
            cells: the code, and those of the score.
            line: the number of the row's line.
        """
        unit.is_said = True
        self._no_nul(unit, cells, line)
        said: dict[str, str] = {
            name: cell for name, cell in zip(self._score, cells[1:], strict=True) if cell
        }
        code, part, stage = normal(cells[0].strip()), said.pop("part", ""), said.pop("stage", "")
        state = said.get("state")
        if not self._is_sound(unit, code, part, stage, line):
            return
        if state == "partial" or (state == "included" and said.keys() & _KINDS == {"state"}):
            return  # as `score` wrote it: the points are those of what stands below
        if self._is_written and self._follows(unit, code, state):
            return  # it follows from what stands below
        quotient = None
        if state is not None and (met := self._met(unit, code, state)):
            said = {name: cell for name, cell in said.items() if name != "state"} | {"answer": met}
        if state in _COMPUTED:
            del said["state"]
            quotient = _QUOTIENT.fullmatch(csv_text(said.get("points", "")))
            if quotient:
                said["points"] = "0"
        entry = self.entry(unit, code or part, said, line)
        if entry is None:
            return
        if quotient:
            entry = replace(entry, fact=Points(Fraction(quotient[0])))
        if code:
            self._keep(unit, code, stage, entry, line)
        else:
            self._whole(unit, part, entry, line)

    @staticmethod
    def _met(unit: Unit, code: str, state: str) -> str | None:
        """The answer of a standard whose state says that it is met or not met."""
        criterion = unit.scheme.by_code.get(code) if unit.scheme else None
        if criterion is None or not criterion.scored_by.has_standard:
            return None
        rule = criterion.scored_by
        meant = rule.meant(Answer(state))
        known = rule.named(language("vi"))
        return meant.answer if isinstance(meant, Answer) and meant.answer in known else None

    @staticmethod
    def _follows(unit: Unit, code: str, state: str | None) -> bool:
        """Whether a state that `score` wrote only follows: that of a part, or unknown of a sum."""
        if not code:
            return state in _FOLLOWING
        criterion = unit.scheme.by_code.get(code) if unit.scheme else None
        return state == "unknown" and criterion is not None and bool(criterion.children)

    def finished(self, unit: Unit) -> Read:
        """A unit of which all rows were read, as a scorecard."""
        if self._is_written:
            unit.without_sums()
        return unit.finished()

    def _is_known(self, said: Mapping[str, str]) -> bool:
        """Whether this unit came before, with other cells about it."""
        who = said.get("unit_id") or tuple([same_unit(said.get(name, "")) for name in _WHO])
        which = (who, said.get("year"), said.get("scheme"), said.get("level"))
        known = which in self._seen
        self._seen.add(which)
        return known

    def _no_nul(self, unit: Unit, cells: Sequence[str], line: int) -> None:
        if "\0" in "".join(cells):
            self._note(unit, SYNTAX_BROKEN, Place(self.file, line, 1), found="U+0000")

    def _is_sound(self, unit: Unit, code: str, part: str, stage: str, line: int) -> bool:
        """Whether the cells that say which score it is go together."""
        if stage and stage not in STAGES:
            column, told = "stage", {"found": stage, "expected": ", ".join(STAGES)}
        elif code and part:
            column = "part"
            told = {"found": f"{code}, {part}", "expected": N_("a code or a part")}
        elif stage and not code:
            column, told = "stage", {"found": stage, "expected": N_("a code")}
        else:
            return True
        self._note(unit, WRONG_TYPE, unit.places.cell(line, column), column, **told)
        return False

    def _keep(self, unit: Unit, code: str, stage: str, entry: Entry, line: int) -> None:
        is_again = stage in unit.staged.get(code, ()) if stage else code in unit.staged
        if is_again or code in unit.entries:
            self._twice(unit, code, line)
            return
        unit.places.lines[code] = line
        if stage:
            name = cast("Stage", stage)
            unit.staged.setdefault(code, {})[name] = replace(entry, stage=name)
        else:
            unit.entries[code] = entry

    def _twice(self, unit: Unit, code: str, line: int, column: str = "code") -> None:
        self._note(unit, DUPLICATE_KEY, unit.places.cell(line, column), code, found=code)

    def ragged(self, line: int, found: int, expected: int) -> None:
        """The fault of a row that is shorter or longer than the heading."""
        place, told = Place(self.file, line, 1), {"found": str(found), "expected": str(expected)}
        self._note(None, CELLS_NOT_AS_HEADING, place, **told)

    def broken(self, line: int, told: Mapping[str, str]) -> None:
        """The fault of a line that is no row, with what is told of it."""
        self._note(None, SYNTAX_BROKEN, Place(self.file, line, 1), **told)

    def _most(self, unit: Unit, code: str) -> Decimal | None:
        """The largest possible number of points for a code."""
        if unit.scheme is None:
            return None
        criterion = unit.scheme.by_code.get(code)
        return criterion.max if criterion else unit.scheme.max

    def entry(self, unit: Unit, code: str, said: dict[str, str], line: int) -> Entry | None:
        """What the cells of a score say; None, and its faults noted, where that cannot be read."""
        most = self._most(unit, code)
        [kind, *others] = said or [""]
        if kind in SIMPLE and not others:
            with suppress(PydanticCustomError):  # the form says what is wrong with it
                return Entry(SIMPLE[kind](said[kind], self._mark, most))
        places = CsvRow(unit.places, line)
        column = ""
        form: dict[str, Any] = {}
        try:
            for column, cell in said.items():
                # "Số liệu" is one figure, or several of them by their names.
                name = "figures" if column == "value" and is_named(cell) else column
                form[name] = value_of(name, cell)
        except PydanticCustomError as error:
            place = unit.places.cell(line, column)
            told = {k: str(v) for k, v in (error.context or {}).items() if k != "code"}
            self._note(unit, error.type, place, code, **told)
            return None
        if not form.keys() & _KINDS:
            form["state"] = "unknown"  # an empty row is not yet known
        path = ("scores", code)
        made, faults = read_as(FactForm, form, places, path, mark=self._mark, most=most)
        is_told = unit.scheme is None and unit.findings  # why no maximum is known
        self._add(unit.findings, *(each for each in faults if not is_told or not is_a_guess(each)))
        if made is None or faults:
            return None
        criterion = unit.scheme.by_code.get(code) if unit.scheme else None
        return made.entry(criterion.rule if criterion else None)

    def _whole(self, unit: Unit, part: str, entry: Entry, line: int) -> None:
        """A row without a code: points of a part, or of the whole.

        The state of the whole is not read: it follows from the scores.
        """
        fact = entry.fact
        if not isinstance(fact, Points):
            if not isinstance(fact, State) or (part and fact.state != "unknown"):
                kind = next(iter(form_of(fact)))
                place = unit.places.cell(line, kind)
                self._note(unit, WRONG_TYPE, place, part, found=kind, expected="points")
            return
        partition, _, id_ = part.rpartition("/")
        name = f"{partition or 'origin'}/{id_}" if part else ""
        if name in unit.places.lines:
            self._twice(unit, part or "total", line, "part" if part else "code")
        unit.places.lines[name] = line
        if part:
            unit.parts.setdefault(partition or "origin", {})[id_] = fact.points
        else:
            unit.total = fact.points

    def _note(
        self, unit: Unit | None, code: str, place: Place, where: str = "", **told: str
    ) -> None:
        """Note a fault of a unit's rows, or of a row that belongs to none."""
        findings = self.findings if unit is None else unit.findings
        self._add(findings, Finding(code, where, told, place=place))

    def _add(self, where: list[Finding], *findings: Finding) -> None:
        """Note faults, as long as there are not too many of them."""
        self._told += len(findings)
        if self._told <= MOST_FAULTS:
            where += findings
