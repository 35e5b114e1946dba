"""A scorecard taken apart by the offices that answer for its rows: the other way of `merging`."""

from collections.abc import Mapping

from msgspec.structs import replace

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard


def part_by_lead(card: Scorecard, scheme: Scheme) -> Mapping[str, Scorecard]:
    """The part of each lead office, in the order of the scheme; of no office under an empty name.

    Each office has a part, filled or not. What belongs to no row (totals, raw
    counts, printed figures) stands in the part of no office, which is there only
    where it holds something or a leaf has no lead. Merged, the parts are the
    scorecard again.
    """
    offices = dict.fromkeys(scheme.leads[leaf.code] for leaf in scheme.leaves)
    offices |= dict.fromkeys(scheme.leads.get(code, "") for code in card.scores)
    common = replace(card, scores={}, parts={}, total=None, counts={}, published=None)
    if common != replace(card, scores={}):
        offices[""] = None
    parts: dict[str, Scorecard] = {}
    for office in sorted(offices, key=bool, reverse=True):
        scores = {
            code: entry
            for code, entry in card.scores.items()
            if scheme.leads.get(code, "") == office
        }
        whole = common if office else card
        parts[office] = replace(whole, office=office or card.office, scores=scores)
    return parts
