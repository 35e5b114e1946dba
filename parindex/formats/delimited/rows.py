"""Rows of a table into the units that they belong to."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from parindex.collation import same_unit
from parindex.findings import InputError
from parindex.formats.delimited.cells import SIMPLE, value_of
from parindex.formats.delimited.columns import COMPUTED
from parindex.formats.delimited.places import CsvPlaces, CsvRow
from parindex.formats.delimited.table import MOST_FAULTS, Table
from parindex.formats.delimited.unit import Unit
from parindex.formats.document import Tree, normal
from parindex.formats.entry_file import KINDS, FactForm
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm
from parindex.formats.validate import read_as, validated
from parindex.language import mark
from parindex.model.facts import Points, State, form_of
from parindex.model.finding import Finding, Place
from parindex.model.scheme import Scheme
from parindex.model.scorecard import STAGES, Entry, Stage
from parindex.safe import csv_text

_MOST_ENTRIES: Final = 20_000
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
        self._schemes: dict[tuple[Any, ...], Scheme] = {}
        self._entries: dict[tuple[str, str], Entry] = {}
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
        known = self._heads.get(rest) if name and "\0" not in name + id_ else None
        if known is None:
            unit = self._first(cells, places, line)
            if unit.head is not None and unit.scheme is not None:
                self._heads[rest] = (unit.head, unit.scheme)
        else:
            unit = Unit(*known, places)
            unit.name, unit.id = csv_text(name), csv_text(id_) or None
        if again:
            place = Place(self.file, line, 1)
            self._add(unit.findings, Finding("P117", "", {"found": id_ or name}, place=place))
        return unit

    def _first(self, cells: Sequence[str], places: CsvPlaces, line: int) -> Unit:
        """A unit of whose cells all are read and checked."""
        tree: dict[str, Tree] = {
            name: csv_text(cell) for name, cell in zip(self._unit, cells, strict=True) if cell
        }
        head, faults = read_as(HeadForm, tree, places, mark=self._mark)
        scheme = None
        if head is not None:
            wanted = (head.scheme, head.level, head.year, head.province, head.group)
            try:
                scheme = self._schemes.get(wanted) or self._scheme_of(head)
                self._schemes[wanted] = scheme
                head, faults = read_as(HeadForm, tree, places, mark=self._mark, most=scheme.max)
            except InputError as error:
                for finding in error.findings:
                    place = finding.place or places.locate(finding.path)
                    faults.append(
                        Finding(finding.code, finding.where, finding.parameters, place=place)
                    )
        unit = Unit(head, scheme, places)
        self._add(unit.findings, *faults)
        self._no_nul(unit, cells, line)
        return unit

    def simple(self, unit: Unit, code: str, cells: Sequence[str]) -> Entry | None:
        """The entry of a row with a code and one sound figure, and nothing else."""
        said = [
            (kind, cell)
            for kind, cell in zip(self._score, cells, strict=True)
            if cell and cell not in _COMPUTED
        ]
        if len(said) != 1 or not code:
            return None
        [(kind, cell)] = said
        parse = SIMPLE.get(kind)
        if parse is None:
            return None
        same = "," not in cell  # then it means the same for every criterion
        entry = self._entries.get((kind, cell)) if same else None
        if entry is None:
            try:
                entry = Entry(parse(cell, self._mark, self._most(unit, code)))
            except PydanticCustomError:
                return None
            if same and len(self._entries) < _MOST_ENTRIES:
                self._entries[kind, cell] = entry
        return entry

    def score(self, unit: Unit, code: str, cells: Sequence[str], line: int) -> None:
        """One row's score, put where it belongs; its faults are noted."""
        unit.is_said = True
        self._no_nul(unit, (code, *cells), line)
        said: dict[str, str] = {
            name: cell for name, cell in zip(self._score, cells, strict=True) if cell
        }
        code, part, stage = normal(code.strip()), said.pop("part", ""), said.pop("stage", "")
        state = said.get("state")
        if not self._is_sound(unit, code, part, stage, line):
            return
        if state == "partial" or (state == "included" and said.keys() & _KINDS == {"state"}):
            return  # as `score` wrote it: the points are those of what stands below
        if self._is_written and self._follows(unit, code, state):
            return  # it follows from what stands below
        quotient = None
        if state in _COMPUTED:
            del said["state"]
            quotient = _QUOTIENT.fullmatch(said.get("points", ""))
            if quotient:
                said["points"] = "0"
        entry = self._entry(unit, code or part, said, line)
        if entry is not None and quotient:
            entry = replace(entry, fact=Points(Fraction(quotient[0])))
        if entry is not None and code:
            self._keep(unit, code, stage, entry, line)
        elif entry is not None:
            self._whole(unit, part, entry, line)

    @staticmethod
    def _follows(unit: Unit, code: str, state: str | None) -> bool:
        """Whether a state that `score` wrote only follows: that of a part, or unknown of a sum."""
        if not code:
            return state in _FOLLOWING
        criterion = unit.scheme.by_code.get(code) if unit.scheme else None
        return state == "unknown" and criterion is not None and bool(criterion.children)

    def finish(self, unit: Unit) -> Unit:
        """A unit of which all rows were read."""
        if self._is_written:
            unit.without_sums()
        return unit

    def _is_known(self, said: Mapping[str, str]) -> bool:
        """Whether this unit came before, with other cells about it."""
        who = said.get("unit_id") or tuple([same_unit(said.get(name, "")) for name in _WHO])
        which = (who, said.get("year"), said.get("scheme"), said.get("level"))
        known = which in self._seen
        self._seen.add(which)
        return known

    def _no_nul(self, unit: Unit, cells: Sequence[str], line: int) -> None:
        if "\0" in "".join(cells):
            told = {"found": "U+0000"}
            self._add(unit.findings, Finding("P104", "", told, place=Place(self.file, line, 1)))

    def _is_sound(self, unit: Unit, code: str, part: str, stage: str, line: int) -> bool:
        """Whether the cells that say which score it is go together."""
        places = unit.places
        if stage and stage not in STAGES:
            told = {"found": stage, "expected": ", ".join(STAGES)}
            fault = Finding("P110", "stage", told, place=places.cell(line, "stage"))
        elif code and part:
            told = {"found": f"{code}, {part}", "expected": mark("a code or a part")}
            fault = Finding("P110", "part", told, place=places.cell(line, "part"))
        elif stage and not code:
            told = {"found": stage, "expected": mark("a code")}
            fault = Finding("P110", "stage", told, place=places.cell(line, "stage"))
        else:
            return True
        self._add(unit.findings, fault)
        return False

    def _keep(self, unit: Unit, code: str, stage: str, entry: Entry, line: int) -> None:
        stages = unit.staged.get(code, {})
        if code in unit.entries or stage in stages or (stages and not stage):
            self._twice(unit, code, line)
            return
        unit.places.lines[code] = line
        if stage:
            unit.staged.setdefault(code, {})[cast("Stage", stage)] = entry
        else:
            unit.entries[code] = entry

    def _twice(self, unit: Unit, code: str, line: int, column: str = "code") -> None:
        place = unit.places.cell(line, column)
        self._add(unit.findings, Finding("P107", code, {"found": code}, place=place))

    def ragged(self, line: int, found: int, expected: int) -> None:
        """The fault of a row that is shorter or longer than the heading."""
        told = {"found": str(found), "expected": str(expected)}
        self._add(self.findings, Finding("P116", "", told, place=Place(self.file, line, 1)))

    def broken(self, line: int, told: Mapping[str, str]) -> None:
        """The fault of a line that is no row, with what is told of it."""
        place = Place(self.file, line, 1)
        self._add(self.findings, Finding("P104", "", told, place=place))

    def _most(self, unit: Unit, code: str) -> Decimal | None:
        """The largest possible number of points for a code."""
        if unit.scheme is None:
            return None
        criterion = unit.scheme.by_code.get(code)
        return criterion.max if criterion else unit.scheme.max

    def _entry(self, unit: Unit, code: str, said: dict[str, str], line: int) -> Entry | None:
        most = self._most(unit, code)
        places = CsvRow(unit.places, line)
        try:
            form: dict[str, Any] = {name: value_of(name, cell) for name, cell in said.items()}
        except PydanticCustomError as error:
            place = places.locate(("scores", code, "answers"))
            told = {"found": str((error.context or {})["found"])}
            self._add(unit.findings, Finding(error.type, code, told, place=place))
            return None
        if not form.keys() & _KINDS:
            form["state"] = "unknown"  # an empty row is not yet known
        try:
            made = validated(FactForm, form, places, ("scores", code), mark=self._mark, most=most)
        except InputError as error:
            self._add(unit.findings, *error.findings)
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
                told = {"found": next(iter(form_of(fact))), "expected": "points"}
                place = unit.places.cell(line, told["found"])
                self._add(unit.findings, Finding("P110", part, told, place=place))
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

    def _add(self, where: list[Finding], *findings: Finding) -> None:
        """Note faults, as long as there are not too many of them."""
        self._told += len(findings)
        if self._told <= MOST_FAULTS:
            where += findings
