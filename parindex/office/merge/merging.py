"""One scorecard of the parts that several offices filled in, and who delivered what.

Nothing is decided for the offices: what two of them fill in differently stays a
conflict. What is not yet known is no delivery, so it gives way to whatever
another part says. Texts and documents that several parts give are all kept.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from parindex.findings import InputError
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Entry, Published, Scorecard, Stage
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.codes import PART_OF_OTHER_SCORECARD
from parindex.values.collation import same_name
from parindex.values.facts import UNKNOWN, Answers, Items
from parindex.values.finding import Finding, Path, Place

_FREE: Final = ("level", "unit_id", "province", "parent", "group")
_WHO: Final = ("unit", "year", "scheme", "period", *_FREE)
"""What says which scorecard it is; parts may leave those that are free out."""


class Part(Struct, frozen=True):
    """What one office delivered: the name of its file, its scorecard, and the office where known."""

    name: str
    card: Scorecard
    office: str | None = None

    def __repr__(self) -> str:
        return brief(self, self.name, self.card)

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place of what stands at a path, or of its key, in the file."""
        places = self.card.places
        return places.locate(path, key=key) if places else Place(self.name)


class Given(Struct, frozen=True):
    """What one part says: a value, and the way to it in the part."""

    part: Part
    value: Any
    path: Path

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.part.locate(self.path)

    def at(self, key: str, value: Any) -> "Given":
        """One of the things that the value holds."""
        return Given(self.part, value, (*self.path, key))


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


class Merged(AsData, Struct, frozen=True):
    """The whole, or None where parts conflict; who delivered each row, in the order of the scheme."""

    scheme: Scheme
    parts: tuple[Part, ...]
    card: Scorecard | None
    deliveries: tuple[Delivery, ...]
    conflicts: tuple[Conflict, ...]
    _writer: ClassVar[str] = "parindex.office.merge.merge_tables"

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
_NOTHING: Final[tuple[Any, ...]] = (None, {}, ())


About = tuple[str, Stage | None]


class Joined:
    """Joins values; `conflicts` are those that differ, `twice` the codes with a score given again.

    What a value is `about` is a code, empty for the head, and a stage.
    """

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []
        self.twice: set[str] = set()

    def entry(self, about: About, given: Sequence[Given]) -> Entry:
        """The entry of one code and stage."""
        facts = [replace(each, value=each.value.fact) for each in given]
        known = [each for each in facts if each.value != UNKNOWN]
        fact = self._value(about, "", known) if known else UNKNOWN
        return replace(self.said(about, given), fact=fact)

    def said(self, about: About, given: Sequence[Given]) -> Entry:
        """What is said beside the score, which itself is left unknown."""
        return Entry(UNKNOWN, **self.fields(Entry, about, given, ("fact", "stage", "stages")))

    def fields(
        self,
        kind: type[Entry | Scorecard],
        about: About,
        given: Sequence[Given],
        apart: Collection[str],
    ) -> dict[str, Any]:
        """Every field that any part fills in but those `apart`, each joined by its kind."""
        names = [name for name in kind.__struct_fields__ if name not in apart]
        return self._joined(
            about, "", [(x, each.at(x, getattr(each.value, x))) for x in names for each in given]
        )

    def _value(self, about: About, field: str, given: Sequence[Given]) -> Any:
        """The value that all give; what has fields or keys is joined by each of them."""
        first = given[0].value
        if field in _TEXTS:
            return _lines([each.value for each in given])
        if field == "evidence":
            return tuple(dict.fromkeys(document for each in given for document in each.value))
        if isinstance(first, Published):
            given = [replace(each, value=asdict(each.value)) for each in given]
        if all(isinstance(each.value, Mapping) for each in given):
            keys = [(key, each.at(key, x)) for each in given for key, x in each.value.items()]
            found = self._joined(about, f"{field}.", keys)
            return Published(**found) if isinstance(first, Published) else found
        if any(not is_same(each.value, first) for each in given):
            self.conflicts.append(Conflict(about[0], field, about[1], tuple(given)))
        elif about[0] and not field and len(given) > 1:
            self.twice.add(about[0])
        return first

    def _joined(
        self, about: About, before: str, given: Iterable[tuple[str, Given]]
    ) -> dict[str, Any]:
        """The values by name, without those that nobody gives."""
        found: dict[str, list[Given]] = {}
        for name, each in given:
            if each.value not in _NOTHING:
                found.setdefault(name, []).append(each)
        return {name: self._value(about, f"{before}{name}", of) for name, of in found.items()}


def _lines(texts: Sequence[str]) -> str:
    """All that is said, each line once."""
    told = [*dict.fromkeys(texts)]
    if len(told) == 1:
        return told[0]
    return "\n".join(dict.fromkeys(line for text in told for line in text.splitlines()))


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same; the order of items, and answers that nobody gave, say nothing."""
    match one, other:
        case Items(items), Items(others):
            return {*items} == {*others}
        case Answers(answers), Answers(others):
            return all(answers.get(x, 0) == others.get(x, 0) for x in (*answers, *others))
        case _:
            return bool(one == other)


class _Places(Struct, frozen=True):
    """Where the values of the whole stand: in the part that gave them."""

    parts: tuple[Part, ...]

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place in the last part that says something of the code and stage, else in the first."""
        said = [part for part in self.parts if _says(part, path)]
        return (said or self.parts[:1])[-1].locate(path, key=key)


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
                words["other"] = first.name
                place = part.locate((field,))
                yield Finding(PART_OF_OTHER_SCORECARD, field, words, (field,), place)


def _who(card: Scorecard, field: str) -> Any:
    if field == "period":
        return card.days
    value = getattr(card, field)
    is_name = value is not None and field in ("unit", "province", "parent")
    return same_name(value) if is_name else value


def _told(card: Scorecard, field: str) -> str:
    if field == "period" and card.period is not None:
        return f"{card.period.start.isoformat()} – {card.period.end.isoformat()}"
    return str(card.year if field == "period" else getattr(card, field))


def _entry(joined: Joined, code: str, given: list[tuple[Part, Entry]]) -> Entry:
    """The entry of a code: whatever is said in one part alone is taken as it is."""
    said = [(part, entry) for part, entry in given if not is_bare(entry)]
    if len(said) < 2:  # noqa: PLR2004
        return (said or given)[0][1]
    path: Path = ("scores", code)
    if not any(entry.stages for _, entry in said):
        return joined.entry((code, None), [Given(part, entry, path) for part, entry in said])
    stages: dict[Stage, Entry] = {}
    for stage in STAGES:
        of = [each for part, entry in said for each in _of_stage(part, entry, stage, path)]
        if of:
            stages[stage] = replace(joined.entry((code, stage), of), stage=stage)
    known = {stage: each for stage, each in stages.items() if not is_bare(each)} or stages
    whole = joined.said((code, None), [Given(part, _beside(entry), path) for part, entry in said])
    latest = known[max(known, key=STAGES.index)]
    reason = latest.reason or whole.reason
    return replace(whole, fact=latest.fact, stage=latest.stage, stages=known, reason=reason)


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
    apart = {*_WHO, "scores", "office", "ranked", "doubts", "places", "own"} - {*_FREE}
    return Scorecard(
        first.unit,
        first.year,
        scores,
        first.scheme,
        period=next((part.card.period for part in parts if part.card.period), None),
        ranked=all(part.card.ranked for part in parts),
        places=_Places(tuple(parts)),
        **joined.fields(Scorecard, ("", None), [Given(p, p.card, ()) for p in parts], apart),
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
        path = [each.code for each in scheme.lineage(leaf.code)]
        lead = scheme.leads[leaf.code]
        by = tuple(part for part in parts if any(_gave(part, code) for code in path))
        others = tuple(
            part
            for part in by
            if lead and part.office is not None and same_name(part.office) != same_name(lead)
            if any(_gave(part, code, "self") for code in path)
        )
        odd, twice = not at_odds.isdisjoint(path), not joined.twice.isdisjoint(path)
        yield Delivery(leaf, lead, by, others, odd, twice, leaf.code in scheme.items)


def not_asked(card: Scorecard, scheme: Scheme) -> set[str]:
    """The codes that the profile of a unit leaves out."""
    codes = scheme.profiles.get(card.profile or "", ())
    return {each.code for code in codes for _, each in scheme.by_code[code].walk()}


def _gave(part: Part, code: str, stage: Stage | None = None) -> bool:
    """Whether a part gave a score; with a stage, whether it gave that of the stage."""
    entry = part.card.scores.get(code)
    if entry is None:
        return False
    own = entry.stages.get(stage) if stage and entry.stages else entry
    given = [own] if stage else [entry, *entry.stages.values()]
    return any(each is not None and each.fact != UNKNOWN for each in given)
