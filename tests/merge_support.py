"""What tests of merging and splitting use: scorecards with all that may be said of a score, made up at random."""

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from parindex.office.merge.merging import Part
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Evidence, Published, Scorecard
from parindex.values.counts import Tally
from parindex.values.facts import UNKNOWN, Fact, Points, State
from tests.plan_support import cases

TEXTS = st.sampled_from(["chậm", "=1+1", "a\nb", "ghi chú, trang 2", "[b]x[/b]"])
EVIDENCE = (Evidence("17/QĐ-SNV", datetime.date(2024, 2, 15), "II", "3"), Evidence("18/BC"))

LATER: tuple[Fact, ...] = (Points(Decimal("0.5")), Points(Decimal(0)), State("no_evidence"))


@st.composite
def said(draw: st.DrawFn, entry: Entry, *, scored: bool) -> Entry:
    """An entry with a note, documents or, where points can be given, stages around it."""
    changes: dict[str, Any] = {}
    if draw(st.booleans()):
        changes["note"] = draw(TEXTS)
    if draw(st.booleans()):
        changes["evidence"] = EVIDENCE[: draw(st.integers(1, 2))]
    if scored and draw(st.booleans()) and entry.fact != UNKNOWN:
        later = draw(st.sampled_from(LATER))
        reason = draw(st.none() | TEXTS)
        stages = {
            "self": replace(entry, stage="self"),
            "appraised": Entry(later, reason=reason, stage="appraised"),
        }
        changes |= {"fact": later, "stage": "appraised", "stages": stages, "reason": reason}
    return replace(entry, **changes)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Scheme, Scorecard]:
    """A scheme with offices, and a scorecard of which some rows are not there."""
    scheme, card = draw(cases(guards=False))
    kept = {
        code: draw(said(entry, scored=bool(scheme.by_code[code].maximum)))
        for code, entry in card.scores.items()
        if draw(st.integers(0, 3))
    }
    return scheme, replace(card, scores=kept, scheme=scheme.id)


@st.composite
def headed(draw: st.DrawFn) -> tuple[Scheme, Scorecard]:
    """The same with what belongs to no row."""
    scheme, card = draw(filled())
    if draw(st.booleans()):
        card = replace(card, counts={"received": Tally(1200)}, total=Decimal("3.5"))
    if draw(st.booleans()):
        card = replace(card, published=Published(index=Decimal("78.35"), ranks={"1": 3}))
    if draw(st.booleans()):
        card = replace(card, source="a\nb", ranked=False, unranked_reason="mới thành lập")
    return scheme, card


def bare(card: Scorecard) -> Scorecard:
    """The scorecard without its places."""
    return replace(card, places=None)


def part(name: str, scores: dict[str, Any], **fields: Any) -> Part:
    """A part of the small test unit; its scores are points as text, states or entries."""
    from tests.support import card

    office = fields.get("office")
    return Part(name, card(scores, scheme="example-test", **fields), office)
