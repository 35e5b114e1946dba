"""The schemes of the catalog, and the criteria of one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Scheme
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.score import thresholds_text
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

FORMAT: Final = "parindex-schemes/1"
LIST_COLUMNS: Final = (
    *("id", "title_vi", "title_en", "years", "level", "status", "max", "criteria", "without_max"),
    "from",
)
CRITERION_COLUMNS: Final = (
    *("code", "depth", "name_vi", "name_en", "max", "rule", "source", "confidence"),
)


def list_record(scheme: Scheme) -> dict[str, Any]:
    """What the list says of a scheme, for programs."""
    criteria = [criterion for _, criterion in scheme.walk()]
    return {
        "id": scheme.id,
        "title": scheme.title.model_dump(),
        **record_of(scheme, "years level status max"),
        "criteria": len(criteria),
        "without_max": sum(criterion.max is None for criterion in criteria),
        "sha256": scheme.sha256,
        "from": scheme.file or "catalog",
    }


def list_row(scheme: Scheme) -> dict[str, Any]:
    """The same for a row of CSV."""
    title, years = scheme.title, " ".join(map(str, scheme.years))
    return {**list_record(scheme), "title_vi": title.vi, "title_en": title.en, "years": years}


def list_table(schemes: Sequence[Scheme], say: Language) -> Table:
    """One line for each scheme."""
    titles = {"years": say("Years"), "known": say("Known down to"), "from": say("From")}
    keys = "id title years:text level status max known:text from:text"
    builder = TableBuilder(columns(say, keys, **titles))
    has_own = any(scheme.file for scheme in schemes)
    for scheme in schemes:
        row = builder.take(
            record_of(scheme, "id max"),
            title=say.name(scheme.title),
            years=_years(scheme),
            level=scheme.level and say(scheme.level),
            status=say(scheme.status),
            known=_known_down_to(scheme, say),
        )
        builder.put(row, "from", scheme.file or (say("catalog") if has_own else ""))
    title = (
        say("Schemes of the catalog, and your own") if has_own else say("Schemes of the catalog")
    )
    return builder.table(title, keep=("id", "title", "years", "level", "status", "max", "known"))


def _years(scheme: Scheme) -> str:
    first, last = scheme.years[0], scheme.years[-1]
    if len(scheme.years) > 1 and last - first + 1 == len(scheme.years):
        return f"{first}–{last}"
    return ", ".join(map(str, scheme.years))


def _known_down_to(scheme: Scheme, say: Language) -> str:
    """How many criteria are known at each level, and whether some maxima are missing."""
    counts = Counter(depth for depth, _ in scheme.walk())
    if not counts:
        return say("names only") if scheme.max is None else say("total only")
    words = (say("areas"), say("criteria"), say("sub-criteria"), say("parts"))
    known = [f"{count} {words[min(depth, 4) - 1]}" for depth, count in sorted(counts.items())]
    missing = sum(criterion.max is None for _, criterion in scheme.walk())
    if missing:
        known.append(say("{count} without maximum", count=missing))
    return ", ".join(known)


def scheme_record(scheme: Scheme) -> dict[str, Any]:
    """A scheme in the shape of its file."""
    return scheme.model_dump(by_alias=True, exclude_none=True) | {"sha256": scheme.sha256}


def criterion_records(scheme: Scheme, depth: int) -> Iterator[dict[str, Any]]:
    """The criteria of a scheme down to a depth."""
    for level, criterion in scheme.walk(depth):
        yield {
            **record_of(criterion, "code max source confidence"),
            "name_vi": criterion.name.vi,
            "name_en": criterion.name.en,
            "depth": level,
            "rule": criterion.rule.kind if criterion.rule else None,
        }


def scheme_table(scheme: Scheme, depth: int, say: Language) -> Table:
    """The criteria of a scheme with their maxima and rules; decision, bands and sources as notes."""
    builder = TableBuilder(columns(say, "code label:text name max rule", label=say("Printed as")))
    for level, each in scheme.walk(depth):
        rule = say(each.rule.kind) if each.rule else None
        builder.add(
            {"label": each.label} if each.label else {},
            code=each.code,
            name=say.name(each.name),
            max=each.max,
            rule=rule,
            depth=level,
        )
    builder.add(code="", name=say("Total"), max=scheme.max, strong=True)
    title = f"{scheme.id} · {say.name(scheme.title)} · {say(scheme.status)}"
    return builder.table(title, _notes(scheme, say), keep=("code", "name", "max", "rule"))


def _notes(scheme: Scheme, say: Language) -> Iterator[str]:
    yield say("Years: {years}", years=_years(scheme))
    decision = scheme.decision
    if decision is not None:
        date = date_text(decision.date, say) if decision.date else None
        known = ", ".join(filter(None, (decision.number, date, decision.url)))
        yield say("Decision: {decision}", decision=known)
    for bands in scheme.bands:
        years = ", ".join(map(str, bands.years or scheme.years))
        yield say("Bands of {years}: {bands}", years=years, bands=thresholds_text(bands, say))
        if bands.source:
            yield say("Source of the bands: {source}", source=bands.source)
    standards = sum(leaf.scored_by.has_standard for leaf in scheme.leaves)
    if standards:
        yield say("Standards, met or not and without points: {count}", count=standards)
    for source in dict.fromkeys(c.source for _, c in scheme.walk() if c.source):
        yield say("Source of the maxima: {source}", source=source)
    if scheme.note:
        yield f"{say('Note of the scheme')}: {scheme.note}"
