"""Lost points in sentences, and by office."""

from collections.abc import Iterator

from parindex.analysis.losses import Losses, losses
from parindex.office.pages.lost import office_pages
from parindex.office.reports.blocks import Block, Heading, Paragraph
from parindex.office.reports.sentences import adjusted
from parindex.office.reports.shown import blocks_of
from parindex.scoring.result import Result
from parindex.tables.adjustments import called
from parindex.tables.losses import beside_note, line_name, unknown_note
from parindex.values.exact import add
from parindex.values.language import Language


def lost_sentences(found: Losses, say: Language) -> Iterator[str]:
    """How much was lost, where the most of it, and what is not known yet."""
    result = found.result
    if found.lost is None:
        yield say("The maximum of the whole is not known, so it cannot be said what was lost.")
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


def offices(result: Result, say: Language) -> Iterator[Block]:
    """The lead offices with their points at stake, then a list for each that lost points."""
    pages = list(office_pages(losses(result, "lead"), say))
    if not pages:
        yield Paragraph(say("The scheme names no lead offices."))
        return
    yield from blocks_of(pages[0], say)
    for page in pages[1:]:
        yield Heading(page.name, 2)
        yield from blocks_of(page, say, say("Criteria that lost points"), without=("lead",))
