"""One unit of a CSV: what its rows say about it, and its scores row by row."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.delimited.places import CsvPlaces
from parindex.scorecard.scorecard import STAGES, Entry, Scorecard, Stage
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.facts import UNKNOWN
from parindex.values.finding import Finding


class Unit:
    """The rows of one unit, as far as they have been read, and the faults met in them."""

    __slots__ = (
        "entries",
        "findings",
        "head",
        "id",
        "is_said",
        "name",
        "parts",
        "places",
        "scheme",
        "staged",
        "total",
    )

    def __init__(self, head: HeadForm | None, scheme: Scheme | None, places: CsvPlaces) -> None:
        self.head = head
        self.scheme = scheme
        self.places = places
        self.name = head.unit if head else ""
        self.id = head.unit_id if head else None
        self.entries = places.entries
        self.staged: dict[str, dict[Stage, Entry]] = {}
        self.parts: dict[str, dict[str, Decimal | Fraction]] = {}
        self.total: Decimal | Fraction | None = None
        self.findings: list[Finding] = []
        self.is_said = False

    def follow(self, entries: dict[str, Entry]) -> None:
        """Take entries whose rows follow one another from the unit's first line on."""
        self.entries = entries
        self.places.follow(entries)
        self.is_said = True

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

    def finished(self) -> tuple[Scorecard | None, Scheme | None, list[Finding]]:
        """The scorecard, or None where its head could not be read; and its faults."""
        head, scheme = self.head, self.scheme
        if head is None or scheme is None:
            return None, None, self.findings
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
        return card, scheme, self.findings


def _below(scheme: Scheme, code: str) -> Sequence[Criterion]:
    criterion = scheme.by_code.get(code)
    return criterion.children if criterion else ()


def _staged(stages: dict[Stage, Entry]) -> Entry:
    """The entry of a code that has a row for each of several stages."""
    latest = max(stages, key=STAGES.index)
    entry = stages[latest]
    named = {
        stage: Entry(each.fact, each.note, each.reason, stage=stage)
        for stage, each in stages.items()
    }
    return Entry(entry.fact, entry.note, entry.reason, stage=latest, stages=named)
