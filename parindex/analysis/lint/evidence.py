"""Documents that prove points."""

from collections.abc import Iterator

from parindex.analysis.lint.context import LintContext
from parindex.values.codes import EVIDENCE_MISSING, EVIDENCE_WITHOUT_PAGE
from parindex.values.exact import to_text
from parindex.values.finding import Finding


def unproved(look: LintContext) -> Iterator[Finding]:
    """P602: points where the scheme says `evidence: required`, with no document and no explanation.

    Rests on the guidance of provinces: where there is no paper, the reasoning
    is written down. Zero points need no proof, and a state claims none.
    """
    entry, criterion = look.entry, look.criterion
    if entry is None or criterion is None or criterion.evidence != "required":
        return
    said = [each.entry for each in look.each() if each.entry is not None]
    points = look.points(entry.fact)
    if points and not any(each.evidence or each.explanation for each in said):
        yield look.finding(EVIDENCE_MISSING, "evidence_cell", found=to_text(points))


def vague(look: LintContext) -> Iterator[Finding]:
    """P603: a document with neither section nor page.

    Rests on the guidance of provinces that evidence names both. Short documents
    have no sections, so that one of the two is enough.
    """
    for each in look.each():
        evidence = each.entry.evidence if each.entry else ()
        for position, document in enumerate(evidence):
            if document.section is None and document.page is None:
                yield each.finding(
                    EVIDENCE_WITHOUT_PAGE, "evidence", position, found=document.number
                )
