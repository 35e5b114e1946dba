"""Layouts L2 and L7: where points were lost, with room for what an office does about it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.analysis.losses import Loss, Losses
from parindex.office.pages.formula_columns import FormulaColumns, total_of
from parindex.office.pages.page import Chart, chart_of
from parindex.tables.columns import columns
from parindex.tables.losses import cause_text, line_name, loss_columns, losses_sheets
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import percent
from parindex.values.language import Language

_TO_FILL_IN = ("with", "solution", "deadline", "goal")
_MOST_BARS = 15
MOST_OFFICES = 60
"""Offices that get a page of their own."""


def lost_page(found: Losses, say: Language, goals: Mapping[str, Decimal] | None = None) -> Table:
    """Every loss of a unit, the largest first, with its share of all that was lost.

    Args:
        found: the losses by leaf.
        say: the language.
        goals: for a plan, the points to be reached by code.
    """
    title = say("List of criteria that lost points")
    lines = [line for line in found.lines if line.lost > 0]
    notes = list(next(losses_sheets(found, say)).notes)
    if len(lines) < len(found.lines):
        notes.insert(0, say("The total is of all criteria, also of those that lost nothing."))
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


def lost_chart(page: Table, say: Language) -> Chart | None:
    """The largest losses as bars."""
    count = min(_MOST_BARS, sum(bool(row[0]) for row in page.rows))
    if not count or "code" not in page.keys:  # nobody knows which criteria they are of
        return None
    title = say("Points lost, the largest losses")
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
    draft = TableBuilder(loss_columns(say, "bar"), result.printed)
    ledger = FormulaColumns(draft, result.scheme.rounding.index, result.scheme.rounding.mode)
    for number, line in enumerate(lines, start=1):
        code = line.key
        row = draft.add(
            {
                "number": number,
                "code": code,
                "name": line_name(found, line, say),
                "cause": cause_text(result, code, say),
                "lead": result.scheme.inherited(code, "lead") if code else None,
                "goal": None if line.rest else goals.get(code),
            }
        )
        _figures(ledger, line, str(row), row)
    if found.lost is not None:
        _shares(draft, ledger, lines, total, say)
    kept = ("number", "cause", "lead", *_TO_FILL_IN)
    return draft.table(_title(found, name), notes, keep=kept, name=name)


def _figures(ledger: FormulaColumns, line: Loss, id_: str, row: int) -> None:
    """What was reached and lost of the maximum."""
    ledger.put("max", id_, row, line.max)
    ledger.put("points", id_, row, line.points)
    one, other = ledger.of("max", id_), ledger.of("points", id_)
    if one and other:
        ledger.live("lost", id_, row, line.lost, (*one, "-", *other))


def _shares(
    draft: TableBuilder, ledger: FormulaColumns, lines: Sequence[Loss], total: Loss, say: Language
) -> None:
    """The total below the lines, also of what lost nothing, and beside each line its share of it."""
    rows, lost = list(map(str, range(len(lines)))), total.lost
    row = draft.add({"name": say("Total")}, strong=True)
    for key in ("max", "points", "lost"):
        ledger.sum(key, "", row, getattr(total, key), rows)
    if lost:
        draft.put(row, "share", percent(lost, lost))
    whole = ledger.of("lost", "")
    running = Fraction(0)
    for number, line in enumerate(lines):
        running += line.lost
        one = ledger.of("lost", str(number))
        until = total_of([ledger.of("lost", each) or () for each in rows[: number + 1]])
        if lost and one and whole:
            ledger.live("share", "", number, percent(line.lost, lost), (*one, "/", *whole, "*100"))
            told = (*until, "/", *whole, "*100")
            ledger.live("running", "", number, percent(running, lost), told)


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
    draft = TableBuilder(named, result.printed)
    ledger = FormulaColumns(draft, result.scheme.rounding.index, result.scheme.rounding.mode)
    for number, line in enumerate(found.lines, start=1):
        row = draft.add(
            {"number": number, "name": line_name(found, line, say), "rows": len(line.pieces)}
        )
        _figures(ledger, line, str(row), row)
    _shares(draft, ledger, found.lines, found.total, say)
    title = say("Lost points by office")
    return draft.table(_title(found, title), name=title)
