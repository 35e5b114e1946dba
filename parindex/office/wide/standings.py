"""Ranks that a table prints against those that its figures give."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from parindex.analysis.ranking import rank
from parindex.analysis.unit_figures import RankInput, rank_input_of
from parindex.findings import InputError
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from parindex.values.codes import PUBLISHED_RANK_DIFFERS
from parindex.values.finding import Finding


def ranks_checked(reads: Sequence[Read]) -> Iterator[Read]:
    """The same scorecards, each with a doubt where another rank is printed than its figures give.

    A table with groups may print ranks within them, or one row of ranks for all: of the two
    those count that it contradicts less.
    """
    ranked = {at: card.published.rank for at, (card, _, _) in enumerate(reads)
              if card and card.published and card.published.rank}  # fmt: skip
    inputs = _inputs(reads) if ranked else {}
    tries = [_differing(inputs, ranked, by_group=each) for each in (True, False)] if inputs else []
    differing = min(tries, key=len, default={})
    for at, (card, scheme, faults) in enumerate(reads):
        if card is not None and at in differing:
            doubt = _doubt(card, ranked[at] or 0, differing[at])
            card = replace(card, doubts=(*card.doubts, doubt))  # noqa: PLW2901 the same card
        yield card, scheme, faults


def _inputs(reads: Sequence[Read]) -> dict[int, RankInput]:
    """What ranking needs of each card; nothing where one has a fault, so that none is compared."""
    found: dict[int, RankInput] = {}
    for at, (card, scheme, faults) in enumerate(reads):
        if faults:
            return {}
        if card is None or scheme is None:
            continue
        try:
            found[at] = rank_input_of(score(card, scheme))
        except InputError:
            return {}
    return found


def _differing(
    inputs: Mapping[int, RankInput], printed: Mapping[int, int | None], *, by_group: bool
) -> dict[int, int]:
    """The ranks that the figures give, of those whose printed rank is another one."""
    units = {
        at: replace(each, group=each.group if by_group else None, unit_id=str(at))
        for at, each in inputs.items()
    }
    computed = {
        place.entrant.unit_id: place.rank for each in rank(units.values()) for place in each.places
    }
    return {
        at: given for at, rank_ in printed.items()
        if (given := computed.get(str(at))) is not None and given != rank_
    }  # fmt: skip


def _doubt(card: Scorecard, printed: int, computed: int) -> Finding:
    path = ("published", "rank")
    place = card.places.locate(path) if card.places else None
    told = {"published": str(printed), "computed": str(computed)}
    return Finding(PUBLISHED_RANK_DIFFERS, "", told, path, place)
