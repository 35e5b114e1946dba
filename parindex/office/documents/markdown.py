"""Reports as Markdown: text that can be read, searched and put into other documents."""

from collections.abc import Iterator

from parindex.office.documents.size import check_size
from parindex.office.reports.blocks import Bullets, Heading, Paragraph, Report, TableBlock, Traces
from parindex.office.reports.head import Head, head_of
from parindex.office.reports.numbering import numbered
from parindex.render.markdown import render_markdown
from parindex.tables.table import Table
from parindex.values.escaping import markdown, markdown_line
from parindex.values.language import Language, language


def render_report_markdown(report: Report) -> str:
    """The whole document; charts are left out, because their figures stand in the tables."""
    check_size(report, "markdown")
    head = head_of(report)
    lines = [*_head(head), *_body(report), *_foot(head)]
    annexes = ((title, block) for title, block in numbered(report) if isinstance(block, Traces))
    lines += [
        line for title, block in annexes for line in _annex(title, block, language(report.lang))
    ]
    return "\n\n".join(lines) + "\n"


def _head(head: Head) -> Iterator[str]:
    bold = (head.superior, head.issuer, head.country, head.motto)
    yield from (f"**{markdown(each)}**" for each in bold if each)
    yield markdown(head.number)
    yield f"*{markdown(head.dated)}*"
    yield f"# {markdown(head.name)}"
    yield f"**{markdown(head.title)}**"


def _body(report: Report) -> Iterator[str]:
    """The blocks in their order; annexes come behind the signature."""
    say = language(report.lang)
    for title, block in numbered(report):
        match block:
            case Heading(_, level):
                yield f"{'#' * (level + 1)} {markdown(title)}"
            case Paragraph(text):
                yield markdown_line(text)
            case Bullets(items):
                yield "\n".join(f"- {markdown_line(item)}" for item in items)
            case TableBlock(sheet):
                yield _sheet(f"**{markdown(title)}**", sheet, say)
            case _:
                continue


def _sheet(caption: str, sheet: Table, say: Language) -> str:
    """A table with its notes, under a caption instead of its own heading."""
    table = render_markdown(sheet, say).partition("\n\n")[2].rstrip("\n")
    return f"{caption}\n\n{table}"


def _foot(head: Head) -> Iterator[str]:
    yield from (
        f"**{markdown(each)}**" for each in (head.authority, head.signer_title, head.signer) if each
    )
    copies = "\n".join(f"{each[:2]}{markdown_line(each[2:])}" for each in head.recipients)
    yield f"*{markdown(head.recipients_title)}*\n\n{copies}"


def _annex(title: str, traces: Traces, say: Language) -> Iterator[str]:
    yield f"## {markdown(title)}"
    yield from map(markdown_line, traces.notes)
    for sheet in traces.sheets:
        yield _sheet(f"### {markdown(sheet.title)}", sheet, say)
