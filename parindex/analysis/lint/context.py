"""What a check looks at: one entry of a scorecard under its criterion, and its place."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from parindex.rules.base import RefusedError
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import STAGES, Entry, Scorecard
from parindex.scoring.reported import points_of
from parindex.values.counts import Counts
from parindex.values.facts import Fact, State
from parindex.values.finding import Finding, Path


class LintContext(Struct, frozen=True):
    """An entry with its scorecard, criterion and path; without an entry the scorecard as a whole."""

    card: Scorecard
    criterion: Criterion | None
    entry: Entry | None
    path: Path

    @property
    def counts(self) -> Counts:
        """The raw counts of the entry, or of the scorecard."""
        return self.card.counts if self.entry is None else self.entry.counts

    def stages(self) -> "Iterator[LintContext]":
        """The entry itself, or where it went through stages each of them in their order."""
        if self.entry is None or not self.entry.stages:
            yield self
            return
        for stage in STAGES:
            if stage in self.entry.stages:
                entry = self.entry.stages[stage]
                yield LintContext(self.card, self.criterion, entry, (*self.path, stage))

    def each(self) -> "Iterator[LintContext]":
        """The entry, and each of its stages."""
        yield self
        if self.entry is not None and self.entry.stages:
            yield from self.stages()

    def points(self, fact: Fact) -> Fraction | None:
        """The points of a fact; None where there are none, or it is at fault."""
        if self.criterion is None or isinstance(fact, State):
            return Fraction(0) if fact == State("no_evidence") else None
        try:
            return points_of(
                self.criterion, self.criterion.scored_by.for_unit(Setting(self.card.year)), fact
            )
        except RefusedError:
            return None

    def finding(self, code: str, *path: str | int, **parameters: str) -> Finding:
        """A finding at a value below the entry, or at the entry itself."""
        whole: Path = (*self.path, *path)
        where = self.criterion.code if self.criterion else ".".join(map(str, path))
        places = self.card.places
        place = places.locate(whole) if places else None
        return Finding(code, where, parameters, whole, place)
