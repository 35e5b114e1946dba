"""Stages of a score."""

from collections.abc import Iterator
from itertools import pairwise

from parindex.analysis.lint.context import LintContext
from parindex.values.codes import CHANGE_WITHOUT_REASON
from parindex.values.exact import to_text
from parindex.values.finding import Finding


def unexplained(look: LintContext) -> Iterator[Finding]:
    """P601: an appraiser's points differ from the stage before without a reason.

    Rests on the yearly work: a draft appraisal comes back with a score and a
    reason for each row, and the unit explains itself to that reason. A `note`
    counts as one. Stages whose points are not known are passed over.
    """
    if look.entry is None or not look.entry.stages:
        return
    stages = list(look.stages())
    for before, after in pairwise(stages):
        if before.entry is None or after.entry is None:
            continue
        said = after.entry.reason or after.entry.note
        if after is stages[-1]:
            said = said or look.entry.reason  # what is said of all stages is of the latest
        one, other = before.points(before.entry.fact), after.points(after.entry.fact)
        if not said and one is not None and other is not None and one != other:
            yield after.finding(
                CHANGE_WITHOUT_REASON, "reason_cell", found=to_text(other), expected=to_text(one)
            )
