"""Days within the period."""

import datetime
from collections.abc import Iterator

from parindex.analysis.lint.context import LintContext
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import Scorecard
from parindex.values.codes import DATE_OUTSIDE_PERIOD
from parindex.values.facts import Date
from parindex.values.finding import Finding


def outside(look: LintContext) -> Iterator[Finding]:
    """P606: the day of a fact, or of a document, lies outside the scorecard's period.

    Rests on the scorecard itself: its `period`, or else its year. Where a rule
    sets a due day, the year of that day and its ladder of late days count too.
    """
    if look.criterion is None:
        return
    first, last = _days(look.card, look.criterion)
    expected = f"{first.isoformat()}…{last.isoformat()}"
    for each in look.stages():
        fact = each.entry.fact if each.entry else None
        if isinstance(fact, Date) and not first <= fact.date <= last:
            yield each.finding(
                DATE_OUTSIDE_PERIOD, "date", found=fact.date.isoformat(), expected=expected
            )
    for each in look.each():
        for position, document in enumerate(each.entry.evidence if each.entry else ()):
            date = document.date
            if date is not None and not first <= date <= last:
                path = ("evidence", position, "date")
                yield each.finding(
                    DATE_OUTSIDE_PERIOD, *path, found=date.isoformat(), expected=expected
                )


def _days(card: Scorecard, criterion: Criterion) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which something of the scorecard can be dated."""
    first, last = datetime.date(card.year, 1, 1), datetime.date(card.year, 12, 31)
    if card.period is not None:
        first, last = card.period.start, card.period.end
    days = criterion.scored_by.for_unit(Setting(card.year)).days()
    return (first, last) if days is None else (min(first, days[0]), max(last, days[1]))
