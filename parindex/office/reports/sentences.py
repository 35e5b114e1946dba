"""What several documents share: what was reached and lost, by which scheme, how, and what is blank."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from parindex.analysis.losses import Losses, losses
from parindex.office.reports.blocks import (
    Block,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    Traces,
    with_text,
)
from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Adjustment, Scheme
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.explain import explanation_table
from parindex.tables.figures import signed
from parindex.tables.losses import beside_note, line_name, not_lost, unknown_note
from parindex.tables.score import band_text, standard_lines, thresholds_text
from parindex.tables.sources import printed_notes
from parindex.values.exact import ZERO, add
from parindex.values.language import N_, Language

DOTS: Final = "…" * 28
"""A line to be filled in by hand, within the width of a page."""
_LINES: Final = 3
_IN_PART: Final = N_(
    "Not everything is known yet: {points} points of the {assessed} assessed, out of {maximum}."
)
_BETWEEN: Final = N_(
    "The index lies between {low} % and {high} %; what is unknown does not count as zero."
)


def blank(heading: str) -> tuple[Block, ...]:
    """A section of which the program knows nothing: people write it."""
    return (Heading(heading), *(Paragraph(DOTS) for _ in range(_LINES)))


def index_name(scheme: Scheme, say: Language) -> str:
    """What the index is called; one beside the PAR INDEX goes by the name of its scheme."""
    return say.name(scheme.title) if scheme.only_by_id else say("the PAR INDEX")


def unit_report(
    result: Result,
    name: str,
    title: str,
    blocks: Iterable[Block],
    say: Language,
    letterhead: Letterhead | None,
) -> Report:
    """A document about one unit; the `title` names {index}, {year} and {unit}."""
    card = result.scorecard
    told = {"index": index_name(result.scheme, say), "year": card.year, "unit": card.unit}
    return Report(
        say.code,
        say(name),
        say(title, **told),
        with_text(blocks),
        letterhead or Letterhead(),
        names=(card.unit,),
    )


def general(result: Result, heading: str, say: Language) -> Iterator[Block]:
    """The section with which documents begin: the basis, and what was reached."""
    yield Heading(heading)
    yield Paragraph(" ".join(basis(result, say)))
    standards = [*standard_lines(result, say)]
    if result.total.applicable_max != 0 or not standards:
        yield Paragraph(" ".join(reached(result, say)))
    yield from map(Paragraph, standards)


def basis(result: Result, say: Language) -> Iterator[str]:
    """By what the scores were computed, for which time, and where they come from."""
    card = result.scorecard
    yield from by_scheme(result.scheme, say)
    if card.period is not None:
        start, end = (date_text(day, say) for day in (card.period.start, card.period.end))
        yield say("The scores cover the time from {start} to {end}.", start=start, end=end)
    if card.source:
        yield say("Source of the scores: {source}.", source=card.source.rstrip("."))


def by_scheme(scheme: Scheme, say: Language) -> Iterator[str]:
    """By which scheme and decision units are scored, and whether anybody issued it."""
    decision = scheme.decision
    day = date_text(decision.date, say) if decision and decision.date else None
    told = {"title": say.name(scheme.title), "number": decision and decision.number, "date": day}
    if decision is None:
        yield say("The scores follow the scheme “{title}”.", **told)
    elif day is None:
        yield say("The scores follow the scheme “{title}” (decision {number}).", **told)
    else:
        yield say("The scores follow the scheme “{title}” (decision {number} of {date}).", **told)
    if scheme.status == "example":
        yield say("The scheme is an example and not official: so is this document.")
    elif scheme.status == "fragment":
        yield say("Only a part of the scheme is known: the figures hold for this part.")


def reached(result: Result, say: Language) -> Iterator[str]:
    """Points, index and band in whole sentences, as far as they are known."""
    total, card = result.total, result.scorecard
    told: dict[str, object] = {"unit": card.unit, "year": card.year}
    if total.state == "not_applicable":
        yield say("Nothing of the scheme applies to this unit.")
        return
    if total.points is None and total.final is None:
        yield say("Nothing is known yet of {unit} in {year}.", **told)
        return
    told |= {"points": say.number(result.printed(total.final or ZERO))}
    for key, value in (
        ("whole", total.max),
        ("maximum", total.applicable_max),
        ("assessed", total.assessed_max),
        ("low", total.low),
        ("high", total.high),
    ):
        if value is not None:
            told[key] = say.number(result.printed(value))
    if result.index is not None and "maximum" in told:
        told["index"] = say.number(result.index)
        yield say(
            "In {year} {unit} reached {points} of {maximum} points; the index is {index} %.", **told
        )
    elif "assessed" not in told or "maximum" not in told:
        yield say("The points known so far are {points}.", **told)
        yield say("The maximum of the whole is not known, so that there is no index.")
    else:
        yield say(_IN_PART, **told)
        if "low" in told and "high" in told:
            yield say(_BETWEEN, **told)
    if total.max is not None and total.applicable_max not in (None, total.max):
        most = {"maximum": told["whole"], "applicable": told["maximum"]}
        yield say("Of the {maximum} points of the scheme, {applicable} apply to this unit.", **most)
    added = [f"{called(block, say)} {bounds}" for block, bounds in adjusted(result, say)]
    if added:
        yield say("The total contains: {added} points.", added="; ".join(added))
    yield from band(result, say)


def band(result: Result, say: Language) -> Iterator[str]:
    """The band with its thresholds, or that it is not known."""
    if result.band_set is None:
        yield say("The bands of {year} are not known.", year=result.scorecard.year)
        return
    names = band_text(result, say)
    told = {"band": names, "bands": names, "thresholds": thresholds_text(result.band_set, say)}
    if result.band is not None:
        yield say("The band is {band} ({thresholds}).", **told)
    elif result.bands == (None,):
        yield say("The band is not known ({thresholds}).", **told)
    elif result.bands:
        yield say(
            "The band is not known yet (it may be {bands}). Thresholds: {thresholds}.", **told
        )


def adjusted(result: Result, say: Language) -> Iterator[tuple[Adjustment, str]]:
    """Bonus and penalty of which something is said, each with its points and their sign."""
    for block, bounds, _ in reported(result):
        figures = (signed(result.printed(each), say) for each in dict.fromkeys(bounds))
        yield block, " – ".join(filter(None, figures))


def lost_sentences(found: Losses, say: Language) -> Iterator[str]:
    """How much was lost, where the most of it, and what is not known yet."""
    result = found.result
    if found.lost is None:
        yield not_lost(result, say)
        return
    yield say("{points} points were lost.", points=say.number(result.printed(found.lost)))
    yield from unknown_note(found, say)
    for block, points in adjusted(result, say):
        yield beside_note(called(block, say), points, say)
    areas = [line for line in losses(result, "area").lines if line.lost > 0]
    if len(areas) > 1:
        told = "; ".join(
            f"{line_name(found, line, say)} ({say.number(result.printed(line.lost))})"
            for line in areas[:3]
        )
        yield say("The most was lost in: {areas}.", areas=told)
    if any(line.lost < 0 for line in found.lines):
        above = add(-line.lost for line in found.lines if line.lost < 0)
        more = say.number(result.printed(above))
        yield say("Criteria above their maximum make up for {points} points of it.", points=more)


def traces(result: Result, say: Language) -> Iterator[Traces]:
    """How every score came to its points, also those of bonus and penalty; nothing if there are none."""
    scheme, scores = result.scheme, result.scorecard.scores
    criteria = (*(criterion for _, criterion in scheme.walk()), *scheme.items.values())
    scored = [each for each in criteria if each.code in scores]
    named = tuple(
        replace(
            explanation_table(result, each.code, say, sources=False),
            title=f"{each.code} {say.name(each.name)}",
        )
        for each in scored
    )
    if named:
        notes = tuple(printed_notes(scheme, scored, say))
        yield Traces(say("How each score came about"), named, notes)
