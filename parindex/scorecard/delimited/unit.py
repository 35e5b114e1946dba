"""One unit of a CSV: what its rows say about it, its scores row by row, and where they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.entry_file import latest_of
from parindex.scorecard.scorecard import Entry, Stage
from parindex.scorecard.scorecard_file import HeadForm, scorecard_from
from parindex.values.facts import UNKNOWN, form_of
from parindex.values.finding import Finding, Path, Place


class CsvPlaces(Struct):
    """Where the scores of one unit stand: the line of each code; columns count cells."""

    file: str
    at: Mapping[str, int]
    first: int
    lines: dict[str, int] = {}  # each has one of its own
    entries: dict[str, Entry] = {}

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The cell of a score, of a column about the unit, or of the unit's first row."""
        steps = [str(step) for step in path]
        if steps[:1] == ["scores"]:
            line = self.lines.get(steps[1], self.first)
            own = (step for step in steps[2:] if step in self.at)
            return self.cell(line, "code" if key else next(own, self._kind(steps[1])))
        if steps[:1] == ["parts"]:
            part = "/".join(steps[1:])
            named = [line for name, line in self.lines.items() if f"{name}/".startswith(f"{part}/")]
            return self.cell(min(named, default=self.first), "part" if key else "points")
        if steps == ["total"]:
            return self.cell(self.lines.get("", self.first), "points")
        return self.cell(self.first, steps[0] if steps else "unit")

    def cell(self, line: int, column: str) -> Place:
        """The cell of a column in a line, or that of the code where it has none."""
        return Place(self.file, line, self.at.get(column, self.at["code"]) + 1)

    def _kind(self, code: str) -> str:
        """The column in which the score of a code stands."""
        entry = self.entries.get(code)
        return "points" if entry is None else next(iter(form_of(entry.fact)))


class CsvRow:
    """The places of one row, whatever code stands in it."""

    def __init__(self, places: CsvPlaces, line: int) -> None:
        self.places = places
        self.line = line

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The cell of the row that a path of a score leads to."""
        return self.places.cell(self.line, str(path[2]) if len(path) > 2 else "code")  # noqa: PLR2004


class Unit:
    """The rows of one unit, as far as they have been read, and the faults met in them."""

    def __init__(self, head: HeadForm | None, scheme: Scheme | None, places: CsvPlaces) -> None:
        self.head = head
        self.scheme = scheme
        self.places = places
        self.entries = places.entries
        self.staged: dict[str, dict[Stage, Entry]] = {}
        self.parts: dict[str, dict[str, Decimal | Fraction]] = {}
        self.total: Decimal | Fraction | None = None
        self.findings: list[Finding] = []
        self.is_said = False

    def without_sums(self) -> None:
        """Where a scheme rounds on the way, keep what was summed up, or else the sum of it."""
        scheme = self.scheme
        if scheme is None or scheme.rounding.points is None:
            return
        entries = dict(self.entries)

        def are_there(children: Sequence[Criterion]) -> bool:
            facts = [
                entries[each.code].fact if each.code in entries else UNKNOWN for each in children
            ]
            return bool(facts) and UNKNOWN not in facts

        sums = [code for code in entries if are_there(_below(scheme, code))]
        if are_there(scheme.criteria):
            self.total = None
            self.parts = {}
        elif self.total is not None:
            self.parts = {}
        self.entries = {code: entries[code] for code in entries if code not in sums}

    def finished(self) -> Read:
        """The scorecard, or None where its head could not be read; its scheme and faults."""
        if self.head is None or self.scheme is None:
            return None, None, self.findings
        for code, stages in self.staged.items():
            entry = latest_of(stages)
            self.entries[code] = replace(entry, note=stages[entry.stage or "self"].note)
        card = scorecard_from(
            self.head, self.scheme, self.places, self.entries, parts=self.parts, total=self.total
        )
        return card, self.scheme, self.findings


def _below(scheme: Scheme, code: str) -> Sequence[Criterion]:
    criterion = scheme.by_code.get(code)
    return criterion.children if criterion else ()
