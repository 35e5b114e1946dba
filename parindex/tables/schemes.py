"""The schemes of the catalog as sheets and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from parindex.scheme.scheme import Scheme
from parindex.tables.score import thresholds_text
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.language import Language, mark

FORMAT = "parindex-schemes/1"

# The words of schemes that are said through a variable.
_LEVELS = (
    mark("province"),
    mark("ministry"),
    mark("department"),
    mark("central-agency"),
    mark("district"),
    mark("commune"),
)
_STATUSES = (mark("official"), mark("provincial"), mark("example"), mark("fragment"))


def list_sheet(schemes: Sequence[Scheme], say: Language) -> Sheet:
    """One line for each scheme."""
    columns = (
        Column("id", say("Id"), "code"),
        Column("title", say("Title")),
        Column("years", say("Years")),
        Column("level", say("Level")),
        Column("status", say("Status")),
        Column("max", say("Maximum"), "number"),
        Column("known", say("Known down to")),
    )
    rows = tuple(
        (
            scheme.id,
            say.name(scheme.title),
            _years(scheme),
            say(scheme.level),
            say(scheme.status),
            scheme.max,
            known_down_to(scheme, say),
        )
        for scheme in schemes
    )
    return Sheet(say("Schemes of the catalog"), columns, rows)


def _years(scheme: Scheme) -> str:
    first, last = scheme.years[0], scheme.years[-1]
    if len(scheme.years) > 1 and last - first + 1 == len(scheme.years):
        return f"{first}–{last}"
    return ", ".join(map(str, scheme.years))


def known_down_to(scheme: Scheme, say: Language) -> str:
    """How many criteria are known at each level, and whether some maxima are missing."""
    counts: dict[int, int] = {}
    missing = 0
    for depth, criterion in scheme.walk():
        counts[depth] = counts.get(depth, 0) + 1
        missing += criterion.max is None
    if not counts:
        return say("names only") if scheme.max is None else say("total only")
    words = (say("areas"), say("criteria"), say("sub-criteria"), say("parts"))
    told = [f"{count} {words[min(depth, 4) - 1]}" for depth, count in sorted(counts.items())]
    if missing:
        told.append(say("{count} without maximum", count=missing))
    return ", ".join(told)


def scheme_sheet(scheme: Scheme, depth: int, say: Language) -> Sheet:
    """The criteria of a scheme with their maxima and rules; decision, bands and sources as notes."""
    rows: list[tuple[Cell, ...]] = [
        (
            criterion.code,
            say.name(criterion.name),
            criterion.max,
            say(criterion.rule.word) if criterion.rule else None,
        )
        for _, criterion in scheme.walk(depth)
    ]
    rows.append(("", say("Total"), scheme.max, None))
    columns = (
        Column("code", say("Code"), "code"),
        Column("name", say("Criterion")),
        Column("max", say("Maximum"), "number"),
        Column("rule", say("Rule"), "code"),
    )
    title = f"{scheme.id} · {say.name(scheme.title)} · {say(scheme.status)}"
    strong = frozenset({len(rows) - 1})
    return Sheet(title, columns, tuple(rows), strong, tuple(_notes(scheme, say)))


def _notes(scheme: Scheme, say: Language) -> list[str]:
    notes = [say("Years: {years}", years=_years(scheme))]
    if scheme.decision is not None:
        date = scheme.decision.date
        told = [scheme.decision.number, date.isoformat() if date else "", scheme.decision.url or ""]
        notes.append(say("Decision: {decision}", decision=", ".join(filter(None, told))))
    for bands in scheme.bands:
        years = ", ".join(map(str, bands.years))
        thresholds = thresholds_text(bands, say)
        notes.append(say("Bands of {years}: {bands}", years=years, bands=thresholds))
        if bands.source:
            notes.append(say("Source of the bands: {source}", source=bands.source))
    sources = dict.fromkeys(c.source for _, c in scheme.walk() if c.source)
    notes += [say("Source of the maxima: {source}", source=source) for source in sources]
    return [*notes, scheme.note] if scheme.note else notes


LIST_COLUMNS = (
    "id",
    "title_vi",
    "title_en",
    "years",
    "level",
    "status",
    "max",
    "criteria",
    "without_max",
)


def list_row(scheme: Scheme) -> tuple[Cell, ...]:
    """What the list tells of a scheme, as a row of CSV."""
    data = list_data(scheme)
    years = " ".join(map(str, scheme.years))
    title = (scheme.title.vi, scheme.title.en)
    return (scheme.id, *title, years, *(data[key] for key in LIST_COLUMNS[4:]))


CRITERION_COLUMNS = ("code", "depth", "name_vi", "name_en", "max", "rule", "source", "confidence")


def criterion_rows(scheme: Scheme, depth: int) -> Iterator[tuple[Cell, ...]]:
    """The criteria of a scheme as rows of CSV."""
    for level, criterion in scheme.walk(depth):
        name, rule = criterion.name, criterion.rule
        figures = (criterion.max, rule.kind if rule else None)
        source = (criterion.source, criterion.confidence)
        yield (criterion.code, level, name.vi, name.en, *figures, *source)


def list_data(scheme: Scheme) -> dict[str, Any]:
    """What the list tells of a scheme, as data."""
    return {
        "id": scheme.id,
        "title": scheme.title.model_dump(),
        "years": list(scheme.years),
        "level": scheme.level,
        "status": scheme.status,
        "max": scheme.max,
        "criteria": sum(1 for _ in scheme.walk()),
        "without_max": sum(criterion.max is None for _, criterion in scheme.walk()),
        "sha256": scheme.sha256,
    }


def scheme_data(scheme: Scheme) -> dict[str, Any]:
    """A scheme as data, in the shape of its file."""
    return scheme.model_dump(by_alias=True, exclude_none=True) | {"sha256": scheme.sha256}
