"""Documents in a cell, one on each line: `17/QĐ-SNV, ngày 15/02/2024, mục II, trang 3`."""

import re
from typing import Final

from parindex.scorecard.scorecard import Evidence
from parindex.values.days import day_of
from parindex.values.language import Language

_LINE: Final = re.compile(
    r"(?P<number>.+?)"
    r"(?:, (?:ngày|date) (?P<date>[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}"
    r"|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}))?"
    r"(?:, (?:mục|section) (?P<section>.+?))?"
    r"(?:, (?:trang|page) (?P<page>.+?))?",
    re.IGNORECASE,
)
_WORDS: Final = {
    "vi": (", ngày {day:%d/%m/%Y}", ", mục {section}", ", trang {page}"),
    "en": (", date {day:%Y-%m-%d}", ", section {section}", ", page {page}"),
}


def evidence_text(evidence: Evidence, say: Language) -> str:
    """A document as a line of a cell."""
    day, section, page = _WORDS[say.code]
    text = evidence.number
    if evidence.date is not None:
        text += day.format(day=evidence.date)
    if evidence.section is not None:
        text += section.format(section=evidence.section)
    return text if evidence.page is None else text + page.format(page=evidence.page)


def evidence_of(line: str) -> Evidence:
    """The document that a line names, in either language; what is not told apart is its number."""
    match = _LINE.fullmatch(line)
    if match is None:
        return Evidence(line)
    told = match.groupdict()
    date = day_of(told["date"] or "")
    if told["date"] and date is None:
        return Evidence(line)
    return Evidence(told["number"], date, told["section"], told["page"])
