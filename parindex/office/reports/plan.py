"""The plan to improve the index (Kế hoạch cải thiện, nâng cao chỉ số)."""

from collections.abc import Iterator

from msgspec.structs import replace

from parindex.analysis.losses import losses
from parindex.analysis.target import Target
from parindex.office.pages.lost import lost_chart, lost_page, lost_title, office_pages
from parindex.office.reports.blocks import Block, Bullets, Heading, Letterhead, Paragraph, Report
from parindex.office.reports.sentences import DOTS, blank, general, lost_sentences, unit_report
from parindex.office.reports.shown import blocks_of, table
from parindex.scoring.result import Result
from parindex.tables.losses import is_by_area
from parindex.tables.target import goal_text, target_sheets
from parindex.values.language import N_, Language


def plan(
    result: Result, target: Target | None, say: Language, letterhead: Letterhead | None = None
) -> Report:
    """What was lost, who answers for it, and the least that reaches a target, where there is one.

    Solutions, deadlines and offices that nobody named are left to be filled in.
    """
    title, blocks = (
        N_("Improving {index} of {unit} on the results of {year}"),
        _blocks(result, target, say),
    )
    return unit_report(result, N_("PLAN"), title, blocks, say, letterhead)


def _blocks(result: Result, target: Target | None, say: Language) -> Iterator[Block]:
    found = losses(result)
    yield from general(result, say("Present result"), say)
    yield Paragraph(" ".join(lost_sentences(found, say)))
    yield Heading(say("Target"))
    yield from [Paragraph(DOTS)] if target is None else _target(target, say)
    by_area = is_by_area(found)
    yield Heading(
        say("Areas that lost points, and what is to be done")
        if by_area
        else say("Criteria that lost points, and what is to be done")
    )
    steps = target.plans[0].steps if target and target.plans else ()
    goals = {step.now.code: result.printed(step.gain.points) for step in steps}
    page = lost_page(found, say, goals)
    chart = lost_chart(found, page, say)
    if chart is None:
        told = say("It is not known which criteria lost points.")
        yield Paragraph(told if found.lost != 0 else say("No points were lost."))
    else:
        title = say(lost_title(found))
        yield from blocks_of(page, say, title, chart=chart, keep=page.keys, notes=())
        yield Heading(say("Lead offices"))
        yield from _offices(result, say)
    yield from blank(say("Carrying out"))


def _target(target: Target, say: Language) -> Iterator[Block]:
    """The goal, the steps of the best plan, and the others in a line each."""
    yield Paragraph(say("The target is: {goal}.", goal=goal_text(target, say)))
    best, *others = target_sheets(target, say)
    if target.plans:
        title = say("The least that reaches the target")
        yield table(replace(best, title=title, notes=()))
    if best.notes:
        yield Bullets(best.notes)
    for sheet in others:
        yield table(sheet)


def _offices(result: Result, say: Language) -> Iterator[Block]:
    """The lead offices with their points at stake, then a list for each that lost points."""
    pages = list(office_pages(losses(result, "lead"), say))
    if not pages:
        yield Paragraph(say("The scheme names no lead offices."))
        return
    yield from blocks_of(pages[0], say)
    for page in pages[1:]:
        yield Heading(page.name, 2)
        yield from blocks_of(page, say, say("Criteria that lost points"), without=("lead",))
