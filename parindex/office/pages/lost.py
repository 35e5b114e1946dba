"""Layouts L2 and L7: where points were lost, with room for what an office does about it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from parindex.analysis.losses import Loss, Losses
from parindex.analysis.stages import reason_of
from parindex.office.pages.formula_table import FormulaTable, total_of
from parindex.office.pages.page import Chart, chart_of
from parindex.scoring.result import Result
from parindex.tables.columns import columns
from parindex.tables.losses import is_by_area, line_name, losses_notes
from parindex.tables.score import called_states
from parindex.tables.table import Formula, Table
from parindex.values.exact import ZERO, percent
from parindex.values.language import N_, Language

_TO_FILL_IN = ("with", "solution", "deadline", "goal")
_MOST_BARS = 10
MOST_OFFICES = 60
"""Offices that get a page of their own."""


_LISTS: Final = {
    False: N_("List of criteria that lost points"),
    True: N_("List of areas that lost points"),
}
_WHOLE: Final = {
    False: N_("The total is of all criteria, also of those that lost nothing."),
    True: N_("The total is of all areas, also of those that lost nothing."),
}
_LARGEST: Final = {
    False: N_("Points lost, the largest losses"),
    True: N_("Points lost, the areas that lost most"),
}
"""What a list of losses and its chart are called and say, by whether each line is an area."""


def lost_title(found: Losses) -> str:
    """What a list of losses is called in a document."""
    return N_("Areas that lost points") if is_by_area(found) else N_("Criteria that lost points")


def lost_page(found: Losses, say: Language, goals: Mapping[str, Decimal] | None = None) -> Table:
    """Every loss of a unit, the largest first, with its share of all that was lost.

    Args:
        found: the losses by leaf.
        say: the language.
        goals: for a plan, the points to be reached by code.
    """
    title = say(_LISTS[is_by_area(found)])
    lines = [line for line in found.lines if line.lost > 0]
    notes = [*losses_notes(found, say)]
    if len(lines) < len(found.lines):
        notes.insert(0, say(_WHOLE[is_by_area(found)]))
    return _page(found, lines, found.total, title, notes, say, goals or {})


def office_pages(found: Losses, say: Language) -> Iterator[Table]:
    """What each lead office lost: all of them side by side, then a page for each."""
    lines = [line for line in found.lines if line.key]
    if not lines:
        return
    yield _offices(found, say)
    for line in [*lines[:MOST_OFFICES], *(line for line in found.lines if not line.key)]:
        pieces = [piece for piece in line.pieces if piece.lost > 0]
        if pieces:
            yield _page(found, pieces, line, line_name(found, line, say), (), say, {})


def lost_chart(found: Losses, page: Table, say: Language) -> Chart | None:
    """The largest losses as bars, of the page that has all of them."""
    count = min(_MOST_BARS, sum(bool(row[0]) for row in page.rows))
    if not count or "code" not in page.keys:  # nobody knows which criteria they are of
        return None
    title = say(_LARGEST[is_by_area(found)])
    lines = [(say("Lost"), "lost")]
    return chart_of("bars", title, page, count, lines, percent=False)


def _title(found: Losses, what: str) -> str:
    card = found.result.scorecard
    return f"{what} · {card.unit} · {card.year}"


def _page(
    found: Losses,
    lines: Sequence[Loss],
    total: Loss,
    name: str,
    notes: Sequence[str],
    say: Language,
    goals: Mapping[str, Decimal],
) -> Table:
    result = found.result
    keys = (
        "number code name max points lost share:bar running cause lead with solution deadline goal"
    )
    named = columns(say, keys, name=say("Content"), points=say("Reached"))
    page = FormulaTable(named, result.scheme.rounding)
    for number, line in enumerate(lines, start=1):
        code = line.key
        page.add(
            number=number,
            code=code,
            name=line_name(found, line, say),
            cause=_cause(result, code, say),
            lead=result.scheme.inherited(code, "lead") if code else None,
            goal=None if line.rest else goals.get(code),
        )
    if found.lost is not None:
        _figures(page, lines, total, say)
    kept = ("number", "cause", "lead", *_TO_FILL_IN)
    return page.table(_title(found, name), notes, keep=kept, name=name)


def _cause(result: Result, code: str, say: Language) -> str | None:
    """What the appraisal said of a loss; any other cause is for people to write."""
    if code not in result.scheme.by_code:
        return None
    unproved = result.node(code).state == "no_evidence"
    told = (called_states(say)["no_evidence"] if unproved else None, reason_of(result, code))
    return " – ".join(filter(None, told)) or None


def _figures(page: FormulaTable, lines: Sequence[Loss], total: Loss, say: Language) -> None:
    """What each line reached and lost, its share of all that was lost, and the total below.

    The total is also of what lost nothing.
    """
    for row, line in enumerate(lines):
        page.put(row, "max", line.max)
        page.put(row, "points", line.points)
        page.less(row, "lost", line.lost, "max", "points")
    rows, lost = range(len(lines)), total.lost
    end = page.add(name=say("Total"), strong=True)
    for key in ("max", "points", "lost"):
        page.sum(end, key, getattr(total, key), rows)
    if not lost:
        return
    page.put(end, "share", percent(lost, lost))
    each, whole, running = [page.of(row, "lost") or () for row in rows], page.of(end, "lost"), ZERO
    for row, line in enumerate(lines):
        running += line.lost
        of: Formula = ("/", *(whole or ()), "*100")
        page.live(row, "share", percent(line.lost, lost), (*each[row], *of))
        page.live(row, "running", percent(running, lost), (*total_of(each[: row + 1]), *of))


def _offices(found: Losses, say: Language) -> Table:
    """The offices side by side."""
    result = found.result
    named = columns(
        say,
        "number name rows max points lost share:bar running",
        number=say("No."),
        name=say("Lead office"),
        rows=say("Criteria"),
        max=say("Points at stake"),
        points=say("Reached"),
    )
    page = FormulaTable(named, result.scheme.rounding)
    for number, line in enumerate(found.lines, start=1):
        page.add(number=number, name=line_name(found, line, say), rows=len(line.pieces))
    _figures(page, found.lines, found.total, say)
    title = say("Lost points by office")
    return page.table(_title(found, title), name=title)
