"""What tests of `parindex facts` share: rows by hand, a map of them, and a plain loop that counts."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import polars

import parindex
from parindex.scale.api import Facts

COLUMNS = ("id", "received", "due", "returned", "channel", "unit", "procedure")
MARCH = {"from": "2025-03-01", "to": "2025-03-31"}
Row = Mapping[str, str | None]


def mapped(columns: Sequence[str] = COLUMNS, **more: Any) -> dict[str, Any]:
    """A map whose headings are the names of the columns, for March 2025."""
    named = {each: each for each in columns}
    return {"columns": named, "period": MARCH, **({} if "unit" in named else {"unit": "A"}), **more}


def frame(rows: Sequence[Row]) -> polars.DataFrame:
    """Rows as texts, as they come out of a CSV."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    data = {name: [row.get(name) for row in rows] for name in names}
    return polars.DataFrame(data, schema=dict.fromkeys(names, polars.String))


def facts(rows: Sequence[Row], **more: Any) -> Facts:
    """The facts of rows, of which every column is mapped."""
    table = frame(rows)
    found: Facts = parindex.facts(table, mapped(table.columns, **more))
    return found


def counts(rows: Sequence[Row], **more: Any) -> dict[str, int]:
    """The counts of the one unit and period of some rows."""
    found = facts(rows, **more)
    [card] = found.scorecards
    return {name: int(str(tally)) for name, tally in card.counts.items()}


def rejected(rows: Sequence[Row], **more: Any) -> dict[str, int]:
    """How many rows were not counted, by the reason."""
    return {each.kind: each.rows for each in facts(rows, **more).rejects}


def day(text: str | None) -> datetime.date | None:
    """A day of a row that is known to be one, or none."""
    return datetime.datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


OFF_2025 = (
    *("01/01", "27/01", "28/01", "29/01", "30/01", "31/01", "07/04", "30/04", "01/05", "02/05"),
    *("01/09", "02/09"),
)
"""Days off of 2025 from Monday to Friday, by hand; Saturday 26/04 was worked for 02/05."""


def is_working(date: datetime.date) -> bool:
    """Whether a day of 2025 is a working day."""
    if date == datetime.date(2025, 4, 26):
        return True
    return date.weekday() < 5 and f"{date:%d/%m}" not in OFF_2025


def working_day_after(date: datetime.date, days: int) -> datetime.date:
    """The n-th working day after a day of 2025, walked day by day."""
    while days > 0:
        date += datetime.timedelta(days=1)
        days -= is_working(date)
    return date


def due_by_hand(received: datetime.date, limit: int, first_day: str = "next") -> datetime.date:
    """The due day of a limit, walked day by day."""
    before = received - datetime.timedelta(days=1)
    if limit == 0:
        return working_day_after(before, 1)
    return working_day_after(received if first_day == "next" else before, limit)


class Plain:
    """A plain loop over rows that counts as the definitions say, for one unit and one period.

    It knows no engine: each row is looked at once, as a person would.
    """

    def __init__(self, start: datetime.date, end: datetime.date) -> None:
        self.start, self.end = start, end
        self.counts: dict[str, int] = {}
        self.services: dict[str, set[str]] = {"services_used": set(), "services_online": set()}

    def take(self, row: Row) -> None:
        """Count one row; it must be one that can be counted."""
        received, due, returned = day(row["received"]), day(row["due"]), day(row["returned"])
        assert received is not None
        assert due is not None
        is_new = self.start <= received <= self.end
        is_settled = returned is not None and self.start <= returned <= self.end
        is_late = returned is not None and (
            returned > due or int(row.get("times_returned") or 0) > 1
        )
        is_online = row["channel"] == "Trực tuyến"
        is_open = received <= self.end and (returned is None or returned > self.end)
        is_old = received < self.start and (returned is None or returned >= self.start)
        self._add("received", is_new)
        self._add("carried_over", is_old)
        self._add("settled", is_settled)
        self._add("early", is_settled and not is_late and returned < due)  # type: ignore[operator]  # settled has a day
        self._add("on_time", is_settled and not is_late and returned == due)
        self._add("late", is_settled and is_late)
        self._add("pending", is_open)
        self._add("overdue", is_open and due <= self.end)
        self._add("online", is_new and is_online)
        if is_new:
            self.services["services_used"].add(str(row["procedure"]))
            if is_online:
                self.services["services_online"].add(str(row["procedure"]))

    def _add(self, name: str, holds: bool) -> None:
        self.counts[name] = self.counts.get(name, 0) + int(holds)

    def all(self) -> dict[str, int]:
        """Every count."""
        return {**self.counts, **{name: len(each) for name, each in self.services.items()}}
