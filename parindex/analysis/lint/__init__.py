"""What is legal to score and still looks wrong: one small function for each finding.

Each of `CHECKS` is given one entry, as it is in the scorecard or in one of
its stages; the others look at the scorecard as a whole. The docstring of each
says what it rests on.
"""

from collections.abc import Iterator

from parindex.analysis.lint.context import LintContext
from parindex.analysis.lint.counts import contradictions, printed_rate
from parindex.analysis.lint.dates import outside
from parindex.analysis.lint.evidence import unproved, vague
from parindex.analysis.lint.left_out import blank, left_out, sums
from parindex.analysis.lint.stages import unexplained
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.result import Result
from parindex.values.finding import Finding

__all__ = ["CHECKS", "blank", "left_out", "lint", "sums"]

CHECKS = (unexplained, unproved, vague, outside, printed_rate, contradictions)


def lint(
    card: Scorecard, scheme: Scheme, result: Result | None, unread: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Everything about a scorecard that looks wrong, in the order of its scores.

    Args:
        card: what the unit reports; codes that the scheme lacks are passed over.
        scheme: the scheme by which it is scored.
        result: its result, or None where it cannot be scored.
        unread: codes of which something could not be read, so that no more is said of them.

    Yields:
        Findings P601–P609 and P615, each at its place.
    """
    for code, entry in card.scores.items():
        criterion = scheme.by_code.get(code)
        if criterion is None or code in unread:
            continue
        look = LintContext(card, criterion, entry, ("scores", code))
        for check in CHECKS:
            yield from check(look)
    whole = LintContext(card, None, None, ())
    yield from contradictions(whole)
    yield from left_out(card, scheme, result, unread)
    yield from sums(card, scheme, result)
    if not unread:
        yield from blank(card)
