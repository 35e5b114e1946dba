"""One unit of a CSV: what its rows say about it, and its scores row by row."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

from pydantic_core import PydanticCustomError

from parindex.findings import InputError
from parindex.formats.csv_places import CsvPlaces, CsvRow
from parindex.formats.document import Tree, normal
from parindex.formats.entry_file import (
    FactForm,
    read_percent,
    read_points,
    read_ratio,
    read_value,
)
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm
from parindex.formats.validate import read_as, validated
from parindex.model.facts import Fact, Percent, Points, Ratio, State
from parindex.model.finding import Finding, Place
from parindex.model.scheme import Scheme
from parindex.model.scorecard import STAGES, Entry, Scorecard, Stage
from parindex.safe import csv_text

_MOST_FAULTS: Final = 10_000
_MOST_ENTRIES: Final = 20_000
_WHO: Final = ("province", "parent", "unit")
_COMPUTED: Final = frozenset(("scored", "zero"))
_NOT_ITS_OWN: Final = frozenset(("partial", "included"))


class Unit:
    """The rows of one unit, as far as they have been read."""

    __slots__ = ("entries", "head", "id", "name", "parts", "places", "scheme", "staged", "total")

    def __init__(self, head: HeadForm | None, scheme: Scheme | None, places: CsvPlaces) -> None:
        self.head = head
        self.scheme = scheme
        self.places = places
        self.name = head.unit if head else ""
        self.id = head.unit_id if head else None
        self.entries: dict[str, Entry] = {}
        self.staged: dict[str, dict[Stage, Entry]] = {}
        self.parts: dict[str, dict[str, Decimal]] = {}
        self.total: Decimal | None = None

    def aside(self) -> "Unit":
        """Another unit of the same scheme, to read a row without keeping it."""
        return Unit(self.head, self.scheme, CsvPlaces(self.places.file, self.places.at, 0))

    def finished(self) -> tuple[Scorecard | None, Scheme | None, list[Finding]]:
        """The scorecard, or None where its head could not be read."""
        head, scheme = self.head, self.scheme
        if head is None or scheme is None:
            return None, None, []  # as was told when the unit began
        for code, stages in self.staged.items():
            self.entries[code] = _staged(stages)
        card = Scorecard(
            unit=self.name,
            year=head.year,
            scores=self.entries,
            scheme=scheme.id,
            level=head.level,
            unit_id=self.id,
            province=head.province,
            parent=head.parent,
            group=head.group,
            profile=head.profile,
            applicable_max=head.applicable_max,
            parts=self.parts,
            total=self.total,
            places=self.places,
        )
        return card, scheme, []


class UnitReader:
    """Makes units of rows; `findings` are the faults met on the way."""

    def __init__(
        self,
        file: str,
        at: Mapping[str, int],
        unit: Sequence[str],
        score: Sequence[str],
        scheme_of: Callable[[HeadForm], Scheme],
        mark: DecimalMark | None,
    ) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._at = at
        self._unit = unit
        self._score = score
        self._scheme_of = scheme_of
        self._mark = mark
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
        said = dict(zip(self._unit, map(normal, cells), strict=True))
        self._one_unit(said, line)
        name, id_ = said.pop("unit", ""), said.pop("unit_id", "")
        rest = tuple(said.values())
        known = self._heads.get(rest) if name and "\0" not in name + id_ else None
        if known is None:
            unit = self._first(cells, places, line)
            if unit.head is not None and unit.scheme is not None:
                self._heads[rest] = (unit.head, unit.scheme)
            return unit
        unit = Unit(*known, places)
        unit.name, unit.id = normal(csv_text(name)), normal(csv_text(id_)) or None
        return unit

    def _first(self, cells: Sequence[str], places: CsvPlaces, line: int) -> Unit:
        """A unit of whose cells all are read and checked."""
        self._no_nul(cells, line)
        tree: dict[str, Tree] = {
            name: normal(csv_text(cell))
            for name, cell in zip(self._unit, cells, strict=True)
            if cell
        }
        head, faults = read_as(HeadForm, tree, places, mark=self._mark)
        self._add(*faults)
        scheme = None
        if head is not None:
            wanted = (head.scheme, head.level, head.year, head.province, head.group)
            try:
                scheme = self._schemes.get(wanted) or self._scheme_of(head)
                self._schemes[wanted] = scheme
            except InputError as error:
                for finding in error.findings:
                    place = finding.place or places.locate(finding.path)
                    self._add(Finding(finding.code, finding.where, finding.parameters, place=place))
        return Unit(head, scheme, places)

    def score(self, unit: Unit, code: str, cells: tuple[str, ...], line: int) -> Entry | None:
        """One row's score, put where it belongs; its faults are noted.

        Returns:
            The entry where the row is a score of its own, the same for any unit.
        """
        self._no_nul((code, *cells), line)
        said = {name: cell for name, cell in zip(self._score, cells, strict=True) if cell}
        part, stage = said.pop("part", ""), said.pop("stage", "")
        state = said.get("state")
        if state in _NOT_ITS_OWN or not self._is_stage(unit, stage, line):
            return None
        if state in _COMPUTED:
            del said["state"]
        entry = self._entry(unit, code or part, said, line)
        if entry is None:
            return None
        if not code:
            self._whole(unit, part, entry, line)
            return None
        return entry if self._keep(unit, normal(code), stage, entry, line) else None

    def _one_unit(self, said: Mapping[str, str], line: int) -> None:
        """Note a unit that comes a second time, with other cells about it."""
        who = said.get("unit_id") or tuple(said.get(name) for name in _WHO)
        which = (who, said.get("year"), said.get("scheme"), said.get("level"))
        if which in self._seen:
            told = {"found": said.get("unit_id") or said.get("unit") or ""}
            self._add(Finding("P117", "", told, place=Place(self.file, line, 1)))
        self._seen.add(which)

    def _no_nul(self, cells: Sequence[str], line: int) -> None:
        if any("\0" in cell for cell in cells):
            self._add(Finding("P104", "", {"found": "U+0000"}, place=Place(self.file, line, 1)))

    def _is_stage(self, unit: Unit, stage: str, line: int) -> bool:
        if not stage or stage in STAGES:
            return True
        told = {"found": stage, "expected": ", ".join(STAGES)}
        self._add(Finding("P110", "stage", told, place=unit.places.cell(line, "stage")))
        return False

    def _keep(self, unit: Unit, code: str, stage: str, entry: Entry, line: int) -> bool:
        """Put an entry into its unit; whether it is there without a stage."""
        stages = unit.staged.get(code, {})
        if code in unit.entries or stage in stages or (stages and not stage):
            self.twice(unit, code, line)
            return False
        unit.places.lines[code] = line
        if stage:
            unit.staged.setdefault(code, {})[cast("Stage", stage)] = entry
            return False
        unit.entries[code] = entry
        return True

    def twice(self, unit: Unit, code: str, line: int) -> None:
        """The fault of a code that stands twice for one unit."""
        self._add(Finding("P107", code, {"found": code}, place=unit.places.cell(line, "code")))

    def ragged(self, line: int, found: int, expected: int) -> None:
        """The fault of a row that is shorter or longer than the heading."""
        told = {"found": str(found), "expected": str(expected)}
        self._add(Finding("P116", "", told, place=Place(self.file, line, 1)))

    def _entry(self, unit: Unit, code: str, said: dict[str, str], line: int) -> Entry | None:
        most = None
        if unit.scheme is not None:
            criterion = unit.scheme.by_code.get(code)
            most = criterion.max if criterion else unit.scheme.max
        kind, cell = next(iter(said.items()), ("", ""))
        parse = _SIMPLE.get(kind) if len(said) == 1 else None
        if parse is not None:
            try:
                return self._simple(kind, cell) or Entry(parse(cell, self._mark, most))
            except PydanticCustomError:
                pass  # told by the form below, like every other fault
        form: dict[str, Any] = {name: _value(name, cell) for name, cell in said.items()}
        if not any(name not in ("reason", "note") for name in form):
            form["state"] = "unknown"  # an empty row is not yet known
        places = CsvRow(unit.places, line)
        try:
            made = validated(FactForm, form, places, ("scores", code), mark=self._mark, most=most)
        except InputError as error:
            self._add(*error.findings)
            return None
        return made.entry()

    def _simple(self, kind: str, cell: str) -> Entry | None:
        """The entry of a cell that means the same for every criterion; None for others."""
        if "," in cell:
            return None
        entry = self._entries.get((kind, cell))
        if entry is None and len(self._entries) < _MOST_ENTRIES:
            entry = Entry(_SIMPLE[kind](cell, self._mark, None))
            self._entries[kind, cell] = entry
        return entry

    def _whole(self, unit: Unit, part: str, entry: Entry, line: int) -> None:
        """A row without a code: points of a part, or of the whole."""
        if not isinstance(entry.fact, Points):
            if not isinstance(entry.fact, State):
                told = {"found": part or "—", "expected": "points"}
                self._add(Finding("P110", part, told, place=unit.places.cell(line, "points")))
            return
        partition, _, id_ = part.rpartition("/")
        name = f"{partition or 'origin'}/{id_}" if part else ""
        if name in unit.places.lines:
            self.twice(unit, part or "total", line)
        unit.places.lines[name] = line
        if part:
            unit.parts.setdefault(partition or "origin", {})[id_] = entry.fact.points
        else:
            unit.total = entry.fact.points

    def _add(self, *findings: Finding) -> None:
        if len(self.findings) < _MOST_FAULTS:
            self.findings += findings


def _pair(cell: str, mark: DecimalMark | None, most: Decimal | None) -> Ratio:
    return read_ratio(_value("ratio", cell), mark, most)


_SIMPLE: Final[dict[str, Callable[[str, DecimalMark | None, Decimal | None], Fact]]] = {
    "points": lambda cell, mark, most: Points(read_points(cell, mark, most)),
    "percent": lambda cell, mark, most: Percent(read_percent(cell, mark, most)),
    "value": read_value,
    "ratio": _pair,
}
"""The kinds of input that a row mostly holds alone, read without a form."""


def _value(name: str, cell: str) -> Any:
    """A cell as it would stand in YAML: `234/543`, `tasks|budget` and `A=120|B=30` are lists."""
    if name == "ratio":
        return [each.strip() for each in cell.split("/")]
    if name == "items":
        return [each.strip() for each in cell.split("|")]
    if name == "answers":
        pairs = (pair.partition("=") for pair in cell.split("|"))
        return {name.strip(): number for name, _, number in pairs}
    return csv_text(cell)


def _staged(stages: dict[Stage, Entry]) -> Entry:
    """The entry of a code that has a row for each of several stages."""
    latest = max(stages, key=STAGES.index)
    entry = stages[latest]
    named = {
        stage: Entry(each.fact, each.note, each.reason, stage=stage)
        for stage, each in stages.items()
    }
    return Entry(entry.fact, entry.note, entry.reason, stage=latest, stages=named)
