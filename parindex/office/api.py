"""The Python interface of the office wing: merge and split."""

from collections.abc import Mapping

from parindex.api import CARD, check_scheme, scheme_of
from parindex.office.merge import merging
from parindex.office.merge.merging import Part
from parindex.office.merge.splitting import part_by_lead
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.arguments import expect


def merge(parts: Mapping[str, Scorecard], scheme: Scheme | None = None) -> merging.Merged:
    """The parts that offices filled in, as one scorecard; and who delivered what.

    Args:
        parts: by a name for each, such as its file; all of one unit, year, scheme and period.
        scheme: their scheme; without it as for `score`.

    Returns:
        The whole as `card`, or None where `conflicts` holds what parts give
        differently; `deliveries` tells of each leaf which parts gave it.

    Raises:
        InputError: P701 a part is of another scorecard; or no scheme is known.
        ValueError: there are no parts.
    """
    expect("parts", parts, Mapping, "a mapping of names to scorecards")
    for name, card in parts.items():
        expect("parts", name, str, "names as text")
        expect(f"parts[{name!r}]", card, Scorecard, CARD)
    check_scheme(scheme)
    if not parts:
        raise ValueError("give at least one part")
    named = [Part(name, card, card.office) for name, card in parts.items()]
    return merging.merge(named, scheme or scheme_of(named[0].card))


def split(scorecard: Scorecard, scheme: Scheme | None = None) -> Mapping[str, Scorecard]:
    """The part of each lead office by its name, in the order of the scheme; of no office under "".

    Args:
        scorecard: what is taken apart; merged, its parts are the same again.
        scheme: its scheme; without it as for `score`.

    Raises:
        InputError: no scheme is known.
    """
    expect("scorecard", scorecard, Scorecard, CARD)
    check_scheme(scheme)
    return part_by_lead(scorecard, scheme or scheme_of(scorecard))
