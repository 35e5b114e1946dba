"""What several parts say of one thing, put together: equal, added to each other, or in conflict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from parindex.scorecard.scorecard import Entry, Evidence, Published, Scorecard, Stage
from parindex.values.facts import UNKNOWN, Answers, Items
from parindex.values.finding import Path


class Part(Struct, frozen=True):
    """What one office delivered: the name of its file, its scorecard, and the office where known."""

    name: str
    card: Scorecard
    office: str | None = None


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
        entries: list[Entry] = [each.value for each in given]

        def one(field: str) -> Any:
            found = [
                Given(each.part, getattr(each.value, field), (*each.path, field)) for each in given
            ]
            told = [each for each in found if each.value is not None]
            return self.value(code, field, stage, told)

        return Entry(
            UNKNOWN,
            note=self.lines([entry.note for entry in entries]),
            reason=self.lines([entry.reason for entry in entries]),
            explanation=self.lines([entry.explanation for entry in entries]),
            evidence=_distinct(entry.evidence for entry in entries),
            counts=one("counts"),
            published=one("published"),
        )

    def value(self, code: str, field: str, stage: Stage | None, given: Sequence[Given]) -> Any:
        """The value that all give; mappings are joined key by key. None where nobody gives one."""
        if not given:
            return None
        if all(isinstance(each.value, Mapping) for each in given):
            keys = dict.fromkeys(key for each in given for key in each.value)
            return {
                key: self.value(
                    code,
                    f"{field}.{key}",
                    stage,
                    [
                        Given(each.part, each.value[key], (*each.path, key))
                        for each in given
                        if key in each.value
                    ],
                )
                for key in keys
            }
        if any(not is_same(each.value, given[0].value) for each in given):
            self.conflicts.append(Conflict(code, field, stage, tuple(given)))
        elif code and not field and len(given) > 1:
            self.twice.add(code)
        return given[0].value

    def lines(self, texts: Iterable[str | None]) -> str | None:
        """All that is said, each line once."""
        told = [*dict.fromkeys(text for text in texts if text)]
        if len(told) < 2:  # noqa: PLR2004
            return told[0] if told else None
        return "\n".join(dict.fromkeys(line for text in told for line in text.splitlines()))

    def fields(self, published: Published | None) -> dict[str, Any]:
        """Printed figures by their fields, those that are given."""
        found = {} if published is None else {f: getattr(published, f) for f in _PUBLISHED}
        return {field: value for field, value in found.items() if value not in (None, {})}


_PUBLISHED = Published.__struct_fields__


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


def _distinct(evidence: Iterable[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(each for some in evidence for each in some))
