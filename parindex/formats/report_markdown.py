"""Reports as Markdown: text that can be read, searched and put into other documents."""

from collections.abc import Iterator

from parindex.formats.render_markdown import render_markdown
from parindex.language import Language, language
from parindex.safe import markdown
from parindex.views.report.blocks import (
    Block,
    Bullets,
    Chart,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    Table,
    Traces,
)
from parindex.views.sheet import Sheet


def render_report_markdown(report: Report) -> str:
    """The whole document; charts are left out, because their figures stand in the tables."""
    say = language(report.lang)
    parts = [*_head(report, say), *_body(report, say), *_foot(report.letterhead, say)]
    return "\n\n".join(parts) + "\n"


def _head(report: Report, say: Language) -> Iterator[str]:
    head = report.letterhead
    yield from (f"**{markdown(each)}**" for each in (head.superior, head.issuer) if each)
    nation, motto = say("SOCIALIST REPUBLIC OF VIET NAM"), say("Independence - Freedom - Happiness")
    yield f"**{nation}**\n\n**{motto}**"
    yield markdown(say("No.: {number}", number=head.number or "…………"))
    yield f"*{markdown(place_and_date(head, say))}*"
    yield f"# {markdown(report.name)}"
    yield f"**{markdown(report.title)}**"


def place_and_date(head: Letterhead, say: Language) -> str:
    """Place and date in a line; what is not known is left to be filled in."""
    date = head.date or say("date: … / … / ……")
    return f"{head.place or '…………'}, {date}"


def _body(report: Report, say: Language) -> Iterator[str]:
    section = part = 0
    annexes: list[Traces] = []
    for block in report.blocks:
        if isinstance(block, Heading):
            section, part = (section + 1, 0) if block.level == 1 else (section, part + 1)
            number = f"{section}." if block.level == 1 else f"{section}.{part}."
            yield f"{'#' * (block.level + 1)} {number} {markdown(block.text)}"
        elif isinstance(block, Traces):
            annexes.append(block)
        else:
            yield from _block(block, say)
    for annex in annexes:
        yield f"## {markdown(annex.title)}"
        yield from (_sheet(sheet, "###", say) for sheet in annex.sheets)


def _block(block: Block, say: Language) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield markdown(text)
        case Bullets(items):
            yield "\n".join(f"- {markdown(item)}" for item in items)
        case Table(sheet):
            yield _sheet(sheet, "", say)
        case Chart() | _:
            return


def _sheet(sheet: Sheet, heading: str, say: Language) -> str:
    """A table under its title, which is a caption in bold or the heading of an annex."""
    title, _, table = render_markdown(sheet, say).strip("\n").partition("\n")
    caption = f"{heading} {markdown(sheet.title)}" if heading else f"**{markdown(sheet.title)}**"
    return f"{caption}\n{table}" if title else table


def _foot(head: Letterhead, say: Language) -> Iterator[str]:
    signature, recipients = say("SIGNATURE"), say("Recipients:")
    told = [each for each in (head.authority, head.signer_title) if each] or [signature]
    yield "\n\n".join(f"**{markdown(each)}**" for each in (*told, head.signer or "…………"))
    if head.recipients:
        items = "\n".join(f"- {markdown(each)}" for each in head.recipients)
        yield f"*{recipients}*\n\n{items}"
