"""Sentences that several documents share: what was reached, by which scheme, and what is blank."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from parindex.office.reports.blocks import Block, Heading, Paragraph, TableBlock
from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.tables.adjustments import called, reported
from parindex.tables.score import thresholds_text
from parindex.tables.table import Table
from parindex.values.language import Language

DOTS: Final = "…" * 28
"""A line to be filled in by hand, within the width of a page."""
_LINES: Final = 3
_UPRIGHT: Final = 8
"""Columns that fit on a page upright."""


def table(sheet: Table) -> TableBlock:
    """A table as a block, across the page where it has too many columns for a page upright."""
    return TableBlock(sheet, wide=len(sheet.columns) > _UPRIGHT)


def blank(heading: str) -> tuple[Block, ...]:
    """A section of which the program knows nothing: people write it."""
    return (Heading(heading), *(Paragraph(DOTS) for _ in range(_LINES)))


def index_name(scheme: Scheme, say: Language) -> str:
    """What the index is called; one beside the PAR INDEX goes by the name of its scheme."""
    return say.name(scheme.title) if scheme.only_by_id else say("the PAR INDEX")


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
    title, decision = say.name(scheme.title), scheme.decision
    if decision is None:
        yield say("The scores follow the scheme “{title}”.", title=title)
    elif decision.date is None:
        told = {"title": title, "number": decision.number}
        yield say("The scores follow the scheme “{title}” (decision {number}).", **told)
    else:
        told = {"title": title, "number": decision.number, "date": date_text(decision.date, say)}
        yield say("The scores follow the scheme “{title}” (decision {number} of {date}).", **told)
    if scheme.status == "example":
        yield say("The scheme is an example and not official: so is this document.")
    elif scheme.status == "fragment":
        yield say("Only a part of the scheme is known: the figures hold for this part.")


def reached(result: Result, say: Language) -> Iterator[str]:
    """Points, index and band in whole sentences, as far as they are known."""
    total, card = result.total, result.scorecard
    told = {"unit": card.unit, "year": card.year}
    if total.state == "not_applicable":
        yield say("Nothing of the scheme applies to this unit.")
        return
    if total.points is None and total.final is None:
        yield say("Nothing is known yet of {unit} in {year}.", **told)
        return
    points = say.number(result.printed(total.final or Fraction(0)))
    if result.index is not None and total.applicable_max is not None:
        maximum = say.number(result.printed(total.applicable_max))
        told |= {"points": points, "maximum": maximum, "index": say.number(result.index)}
        yield say(
            "In {year} {unit} reached {points} of {maximum} points; the index is {index} %.", **told
        )
    else:
        yield from _in_part(result, points, say)
    yield from _maximum(result, say)
    added = [
        f"{called(block, say)} {bounds}"
        for block, (low, high), _ in reported(result)
        if (bounds := " – ".join(signed(result, each, say) for each in dict.fromkeys((low, high))))
    ]
    if added:
        yield say("The total contains: {added} points.", added="; ".join(added))
    yield from band(result, say)


def signed(result: Result, value: Fraction, say: Language) -> str:
    """Points or hundredths with their sign, as the scheme prints them."""
    figure = result.printed(value)
    return say.figures(f"{figure:+f}" if figure else f"{figure:f}")


def _in_part(result: Result, points: str, say: Language) -> Iterator[str]:
    """What is said where not everything is known."""
    total = result.total
    if total.assessed_max is None or total.applicable_max is None:
        yield say("The points known so far are {points}.", points=points)
        yield say("The maximum of the whole is not known, so that there is no index.")
        return
    yield say(
        "Not everything is known yet: {points} points of the {assessed} assessed, out of {maximum}.",
        points=points,
        assessed=say.number(result.printed(total.assessed_max)),
        maximum=say.number(result.printed(total.applicable_max)),
    )
    if total.low is not None and total.high is not None:
        low, high = (say.number(result.printed(each)) for each in (total.low, total.high))
        yield say(
            "The index lies between {low} % and {high} %; what is unknown does not count as zero.",
            low=low,
            high=high,
        )


def _maximum(result: Result, say: Language) -> Iterator[str]:
    """That only a part of the maximum applies."""
    total = result.total
    if total.max is not None and total.applicable_max not in (None, total.max):
        yield say(
            "Of the {maximum} points of the scheme, {applicable} apply to this unit.",
            maximum=say.number(result.printed(total.max)),
            applicable=say.number(result.printed(total.applicable_max or Fraction(0))),
        )


def band(result: Result, say: Language) -> Iterator[str]:
    """The band with its thresholds, or that it is not known."""
    if result.band_set is None:
        yield say("The bands of {year} are not known.", year=result.scorecard.year)
        return
    thresholds = thresholds_text(result.band_set, say)
    names = [name or say("not known") for name in result.bands]
    if result.band is not None:
        yield say("The band is {band} ({thresholds}).", band=result.band, thresholds=thresholds)
    elif result.bands == (None,):
        yield say("The band is not known ({thresholds}).", thresholds=thresholds)
    elif names:
        either = say("or")
        told = {"bands": f" {either} ".join(names), "thresholds": thresholds}
        yield say("The band is not sure yet: {bands} ({thresholds}).", **told)
