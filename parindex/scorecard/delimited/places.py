"""Where the scores of a table stand: lines and cells."""

from collections.abc import Iterable, Mapping

from parindex.scorecard.scorecard import Entry
from parindex.values.facts import form_of
from parindex.values.finding import Path, Place


class CsvPlaces:
    """Where the scores of one unit stand: the line of each code; columns count cells."""

    def __init__(self, file: str, at: Mapping[str, int], first: int) -> None:
        self.file = file
        self.at = at
        self.first = first
        self.lines: dict[str, int] = {}
        self.entries: dict[str, Entry] = {}
        self._codes: Iterable[str] = ()

    def follow(self, entries: dict[str, Entry]) -> None:
        """Say that the rows of these entries follow one another from the first line on."""
        self.entries = entries
        self._codes = entries

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The cell of a score, of a column about the unit, or of the unit's first row."""
        steps = [str(step) for step in path]
        if steps[:1] == ["scores"]:
            for line, code in enumerate(self._codes, start=self.first):
                self.lines.setdefault(code, line)
            self._codes = ()
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
