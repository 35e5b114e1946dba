"""One scorecard of the parts that several offices filled in, and who delivered what.

Nothing is decided for the offices: what two of them fill in differently stays a
conflict. What is not yet known is no delivery, so it gives way to whatever
another part says. Texts and documents that several parts give are all kept.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from parindex.findings import InputError
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Published, Scorecard, Stage
from parindex.values.brief import brief
from parindex.values.codes import PART_OF_OTHER_SCORECARD
from parindex.values.collation import same_name
from parindex.values.facts import UNKNOWN, Answers, Items
from parindex.values.finding import Finding, Path, Place

_WHO: Final = (
    "unit",
    "year",
    "scheme",
    "period",
    "level",
    "unit_id",
    "province",
    "parent",
    "group",
)
"""What says which scorecard it is; parts may leave the last five of them out."""
_FREE: Final = _WHO[4:]


class Part(Struct, frozen=True):
    """What one office delivered: the name of its file, its scorecard, and the office where known."""

    name: str
    card: Scorecard
    office: str | None = None

    def __repr__(self) -> str:
        return brief(self, self.name, self.card)


class Given(Struct, frozen=True):
    """What one part says: a value, and the way to it in the part."""

    part: Part
    value: Any
    path: Path


class Conflict(Struct, frozen=True):
    """What parts say differently: `code` is empty for the head, `field` for the score itself."""

    code: str
    field: str
    stage: Stage | None
    given: tuple[Given, ...]


class Delivery(Struct, frozen=True):
    """A leaf, or an item of bonus or penalty: the parts that gave its score, and those beside its lead.

    `others` are parts of another office than the `lead` that reported the score
    itself; an appraisal by another office is as it should be. `is_twice` says that
    several parts gave the same score.
    """

    criterion: Criterion
    lead: str
    by: tuple[Part, ...]
    others: tuple[Part, ...]
    in_conflict: bool
    is_twice: bool = False
    is_item: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether it is still to come; nobody need report a bonus or penalty that there is not."""
        return not self.by and not self.is_item

    def __repr__(self) -> str:
        return brief(self, self.criterion.code, self.lead or None, f"{len(self.by)} parts")


class Merged(Struct, frozen=True):
    """The whole, or None where parts conflict; who delivered each row, in the order of the scheme."""

    scheme: Scheme
    parts: tuple[Part, ...]
    card: Scorecard | None
    deliveries: tuple[Delivery, ...]
    conflicts: tuple[Conflict, ...]

    def __repr__(self) -> str:
        return brief(
            self, self.scheme.id, f"{len(self.parts)} parts", f"{len(self.conflicts)} conflicts"
        )


def with_missing(merged: Merged, card: Scorecard) -> Scorecard:
    """The whole in which every leaf that is missing is said to be not yet known."""
    missing = {each.criterion.code: Entry(UNKNOWN) for each in merged.deliveries if each.is_missing}
    scores = {**missing, **card.scores}
    order = [criterion.code for _, criterion in merged.scheme.walk()]
    ordered = {code: scores[code] for code in (*order, *scores) if code in scores}
    return replace(card, scores=ordered)


_TEXTS: Final = frozenset(("note", "reason", "explanation", "source", "unranked_reason"))
"""Fields of which all that is said is kept, each line once."""


class Joined:
    """Joins values; `conflicts` are those that differ, `twice` the codes with a score given again."""

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []
        self.twice: set[str] = set()

    def entry(self, code: str, stage: Stage | None, given: Sequence[Given]) -> Entry:
        """The entry of one code and stage."""
        facts = [replace(each, value=each.value.fact) for each in given]
        known = [each for each in facts if each.value != UNKNOWN]
        fact = self.value(code, "", stage, known) if known else UNKNOWN
        return replace(self.said(code, stage, given), fact=fact)

    def said(self, code: str, stage: Stage | None, given: Sequence[Given]) -> Entry:
        """What is said beside the score, which itself is left unknown."""
        apart = ("fact", "stage", "stages")
        return Entry(UNKNOWN, **self.fields(Entry, code, stage, given, apart))

    def fields(
        self,
        kind: type[Entry | Scorecard],
        code: str,
        stage: Stage | None,
        given: Sequence[Given],
        apart: Collection[str],
    ) -> dict[str, Any]:
        """Every field that any part fills in but those `apart`, each joined by its kind."""
        found: dict[str, Any] = {}
        for field in kind.__struct_fields__:
            values = [
                Given(each.part, value, (*each.path, field))
                for each in given
                if field not in apart and (value := getattr(each.value, field)) not in _NOTHING
            ]
            if values:
                found[field] = self.value(code, field, stage, values)
        return found

    def value(self, code: str, field: str, stage: Stage | None, given: Sequence[Given]) -> Any:
        """The value that all give; what has fields or keys is joined by each of them."""
        first = given[0].value
        if field in _TEXTS:
            return _lines([each.value for each in given])
        if field == "evidence":
            return tuple(dict.fromkeys(document for each in given for document in each.value))
        if isinstance(first, Published):
            shown = [replace(each, value=asdict(each.value)) for each in given]
            return Published(**self._keys(code, field, stage, shown))
        if all(isinstance(each.value, Mapping) for each in given):
            return self._keys(code, field, stage, given)
        if any(not is_same(each.value, first) for each in given):
            self.conflicts.append(Conflict(code, field, stage, tuple(given)))
        elif code and not field and len(given) > 1:
            self.twice.add(code)
        return first

    def _keys(
        self, code: str, field: str, stage: Stage | None, given: Sequence[Given]
    ) -> dict[str, Any]:
        keys: dict[str, list[Given]] = {}
        for each in given:
            for key, value in each.value.items():
                if value not in _NOTHING:
                    keys.setdefault(key, []).append(Given(each.part, value, (*each.path, key)))
        return {
            key: self.value(code, f"{field}.{key}", stage, found) for key, found in keys.items()
        }


_NOTHING: Final[tuple[Any, ...]] = (None, {}, ())


def _lines(texts: Sequence[str]) -> str:
    """All that is said, each line once."""
    told = [*dict.fromkeys(texts)]
    if len(told) == 1:
        return told[0]
    return "\n".join(dict.fromkeys(line for text in told for line in text.splitlines()))


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same; the order of items, and answers that nobody gave, say nothing."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    match value:
        case Items(items):
            return Items(tuple(sorted(set(items))))
        case Answers(answers):
            return Answers({answer: count for answer, count in answers.items() if count})
        case _:
            return value


class _Places(Struct, frozen=True):
    """Where the values of the whole stand: in the part that gave them."""

    parts: tuple[Part, ...]

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place in the last part that says something of the code and stage, else in the first."""
        holders = [part for part in self.parts if _says(part, path)]
        part = holders[-1] if holders else self.parts[0]
        return part.card.places.locate(path, key=key) if part.card.places else Place(part.name)


def _says(part: Part, path: Path) -> bool:
    if path[:1] != ("scores",) or len(path) == 1:
        return False
    entry = part.card.scores.get(str(path[1]))
    stages = [step for step in path[2:3] if step in STAGES]
    return entry is not None and not is_bare(entry) and all(step in entry.stages for step in stages)


def merge(parts: Sequence[Part], scheme: Scheme) -> Merged:
    """The parts put together.

    Args:
        parts: one or more, each of the same unit, year, scheme and period.
        scheme: their scheme.

    Raises:
        InputError: P701 a part is of another unit, year, scheme or period.
    """
    faults = [*_strangers(parts)]
    if faults:
        raise InputError(faults)
    joined = Joined()
    order = [criterion.code for _, criterion in scheme.walk()]
    order += [code for part in parts for code in part.card.scores]
    scores: dict[str, Entry] = {}
    for code in dict.fromkeys(order):
        given = [(part, part.card.scores[code]) for part in parts if code in part.card.scores]
        if given:
            scores[code] = _entry(joined, code, given)
    card = _head(joined, parts, scores)
    found = tuple(joined.conflicts)
    deliveries = tuple(_deliveries(parts, scheme, card, joined))
    return Merged(scheme, tuple(parts), None if found else card, deliveries, found)


def _strangers(parts: Sequence[Part]) -> Iterator[Finding]:
    """What is said otherwise of the scorecard than most parts say, the first where as many say so."""
    for field in _WHO:
        said = [(part, _who(part.card, field)) for part in parts]
        told = [(part, who) for part, who in said if who is not None or field not in _FREE]
        if not told:
            continue
        [(usual, _)] = Counter(who for _, who in told).most_common(1)
        first = next(part for part, who in told if who == usual)
        expected = _told(first.card, field)
        for part, who in told:
            if who != usual:
                words = {"found": _told(part.card, field), "expected": expected}
                place = _place(part, (field,))
                yield Finding(
                    PART_OF_OTHER_SCORECARD, field, {**words, "other": first.name}, (field,), place
                )


def _who(card: Scorecard, field: str) -> Any:
    if field == "period":
        return card.days
    value = getattr(card, field)
    return (
        same_name(value) if value is not None and field in ("unit", "province", "parent") else value
    )


def _told(card: Scorecard, field: str) -> str:
    if field == "period" and card.period is not None:
        return f"{card.period.start.isoformat()} – {card.period.end.isoformat()}"
    return str(card.year if field == "period" else getattr(card, field))


def _place(part: Part, path: Path) -> Place:
    return part.card.places.locate(path) if part.card.places else Place(part.name)


def _entry(joined: Joined, code: str, given: list[tuple[Part, Entry]]) -> Entry:
    """The entry of a code: whatever is said in one part alone is taken as it is."""
    said = [(part, entry) for part, entry in given if not is_bare(entry)]
    if len(said) < 2:  # noqa: PLR2004
        return (said or given)[0][1]
    path: Path = ("scores", code)
    if not any(entry.stages for _, entry in said):
        return joined.entry(code, None, [Given(part, entry, path) for part, entry in said])
    stages: dict[Stage, Entry] = {}
    for stage in STAGES:
        of = [each for part, entry in said for each in _of_stage(part, entry, stage, path)]
        if of:
            stages[stage] = replace(joined.entry(code, stage, of), stage=stage)
    known = {stage: entry for stage, entry in stages.items() if not is_bare(entry)}
    whole = joined.said(code, None, [Given(part, _beside(entry), path) for part, entry in said])
    latest = (known or stages)[max(known or stages, key=STAGES.index)]
    reason = latest.reason or whole.reason
    return replace(
        whole, fact=latest.fact, stage=latest.stage, stages=known or stages, reason=reason
    )


def _of_stage(part: Part, entry: Entry, stage: Stage, path: Path) -> Iterator[Given]:
    """What a part says for a stage; a score without stages is what the unit itself reports."""
    if stage in entry.stages:
        yield Given(part, entry.stages[stage], (*path, stage))
    elif stage == "self" and not entry.stages and entry.fact != UNKNOWN:
        yield Given(part, Entry(entry.fact, reason=entry.reason, stage="self"), path)


def _beside(entry: Entry) -> Entry:
    """What an entry says beside its stages; their latest reason is said in its stage."""
    latest = entry.stages[entry.stage].reason if entry.stages and entry.stage else entry.reason
    return replace(entry, reason=None if entry.reason == latest else entry.reason)


def is_bare(entry: Entry) -> bool:
    """Whether nothing is known and nothing said: the same as if the code were left out."""
    return entry == Entry(UNKNOWN, stage=entry.stage)


def _head(joined: Joined, parts: Sequence[Part], scores: dict[str, Entry]) -> Scorecard:
    """Everything of the whole but its scores, which are put in."""
    first = parts[0].card
    apart = {*_WHO, "scores", "office", "ranked", "doubts", "places"} - {*_FREE}
    return Scorecard(
        first.unit,
        first.year,
        scores,
        first.scheme,
        period=next((part.card.period for part in parts if part.card.period), None),
        ranked=all(part.card.ranked for part in parts),
        places=_Places(tuple(parts)),
        **joined.fields(Scorecard, "", None, [Given(p, p.card, ()) for p in parts], apart),
    )


def _deliveries(
    parts: Sequence[Part], scheme: Scheme, card: Scorecard, joined: Joined
) -> Iterator[Delivery]:
    """Who gave each leaf, alone or with what stands above it; what a profile leaves out is not asked."""
    left_out = not_asked(card, scheme)
    at_odds = {conflict.code for conflict in joined.conflicts}
    for leaf in scheme.leaves:
        if leaf.code in left_out:
            continue
        path = _path(scheme, leaf.code)
        lead = scheme.leads[leaf.code]
        by = tuple(part for part in parts if any(_gave(part, code) for code in path))
        others = tuple(
            part
            for part in by
            if lead and part.office is not None and same_name(part.office) != same_name(lead)
            if any(_reported(part, code) for code in path)
        )
        odd, twice = not at_odds.isdisjoint(path), not joined.twice.isdisjoint(path)
        yield Delivery(leaf, lead, by, others, odd, twice, leaf.code in scheme.items)


def not_asked(card: Scorecard, scheme: Scheme) -> set[str]:
    """The codes that the profile of a unit leaves out."""
    codes = scheme.profiles.get(card.profile or "", ())
    return {each.code for code in codes for _, each in scheme.by_code[code].walk()}


def _path(scheme: Scheme, code: str) -> list[str]:
    """A code and those above it."""
    return [each.code for each in scheme.lineage(code)]


def _gave(part: Part, code: str) -> bool:
    entry = part.card.scores.get(code)
    if entry is None:
        return False
    return any(each.fact != UNKNOWN for each in (entry, *entry.stages.values()))


def _reported(part: Part, code: str) -> bool:
    """Whether a part gave the score itself, and not only what an appraiser said of it."""
    entry = part.card.scores.get(code)
    if entry is None:
        return False
    own = entry.stages.get("self") if entry.stages else entry
    return own is not None and own.fact != UNKNOWN
