"""Due days worked out from time limits in working days, and moved by suspensions in working days.

A table for each year that may be asked tells of every day how many working days there are up to
it, and of every such number the day; rows are looked up in it there and back (`limits.yaml`).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import narwhals as nw
import yaml
from msgspec import Struct, convert

from parindex.rules.working_days import YEARS, working_days_of
from parindex.scale.definitions import Named
from parindex.scale.lookup import looked_up
from parindex.scale.mapping import Map

LIMIT: Final = "limit"
"""The column of time limits."""
_FIRST: Final = date(YEARS[0], 1, 1).toordinal()
_NEVER: Final = date(2199, 12, 31).toordinal()
"""A due day after all periods: which one it is does not matter to any count."""
_NONE: Final = -2
_UNREADABLE: Final = -1
_AFTER: Final = 10**9
"""The code of a day behind the table."""


class FirstDay(Struct, frozen=True):
    """Which day of a limit is the first: what it is called, what it means, and its source."""

    name: Named
    says: str
    source: str


class Limits(Struct, frozen=True):
    """How limits are counted, as the file of the package says it."""

    first_day: dict[Literal["next", "received"], FirstDay]
    suspension: dict[str, str]
    working: tuple[str, ...]


@cache
def limits() -> Limits:
    """The definitions of `limits.yaml`."""
    text = Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8")
    return convert(yaml.safe_load(text), Limits)


class _Calendar(NamedTuple):
    """Of each day twice the working days up to it, and 1 more where it is one; and the working days by number."""

    codes: Mapping[int, int]
    days: Mapping[int, int]


@cache
def _calendar(last_year: int) -> _Calendar:
    days: list[int] = []
    codes: dict[int, int] = {}
    for year in range(YEARS[0], last_year + 1):
        working = set(working_days_of(year))
        day = date(year, 1, 1)
        while day.year == year:
            if day in working:
                days.append(day.toordinal())
            codes[day.toordinal()] = 2 * len(days) + (day in working)
            day += timedelta(days=1)
    return _Calendar(codes, dict(enumerate(days, start=1)))


class DueDays:
    """What a map says of time limits and of suspensions in working days, for the rows of a frame.

    Args:
        read: the map.
        procedure: what stands for a procedure in the rows, by its text.
    """

    def __init__(self, read: Map, procedure: Callable[[str], str | int] = str) -> None:
        self._form = read.form
        self._columns = read.columns
        self.is_worked_out = read.has_limits
        """Whether rows without a due day may have a time limit."""
        suspended = {"suspended_from", "suspended_days"} & read.columns.keys()
        has_due = self.is_worked_out or "due" in read.columns
        self.moves = read.form.suspension is not None and bool(suspended) and has_due
        """Whether suspensions are counted in working days."""
        self._procedures: dict[str | int, int] = {}
        for name, days in self._form.time_limit.procedures.items():
            spelt = " ".join(name.split())
            for form in ("NFC", "NFD"):
                self._procedures[procedure(unicodedata.normalize(form, spelt))] = days

    def applied(self, frame: Any) -> Any:
        """The rows with `due` where it had to be worked out, and `moved`, the due day that a suspension moved."""
        if self.is_worked_out:
            frame = self._with_due(frame)
        return self._with_moved(frame) if self.moves else frame

    def reasons(self) -> Iterator[tuple[str, Any]]:
        """Why a row has no due day, though a limit is told."""
        if self.is_worked_out:
            yield "unreadable_limit", nw.col("n_limit") == _UNREADABLE
        if self.is_worked_out or self.moves:
            yield "unknown_calendar", nw.col("is_unknown") == 1

    def _with_due(self, frame: Any) -> Any:
        frame = self._with_limits(frame)
        given = nw.col("due") if "due" in self._columns else nw.lit(0)
        # A limit is of no interest where the row has its own due day, readable or not.
        limit = nw.when(given == 0).then(nw.col("n_limit")).otherwise(nw.lit(_NONE))
        frame = frame.with_columns(n_limit=limit, due=given)
        frame = self._with_codes(frame, {"received": "c_received"})
        frame = frame.with_columns(place=self._place())
        frame = looked_up(frame, "place", "w_due", self._known.days, _NEVER)
        received, is_limited = nw.col("received"), nw.col("n_limit") >= 0
        is_unknown = is_limited & (received > 0) & (received < _FIRST)
        found = nw.when(is_limited & (received >= _FIRST)).then(nw.col("w_due"))
        return frame.with_columns(
            due=found.otherwise(nw.col("due")), is_unknown=is_unknown.cast(nw.Int64)
        )

    def _place(self) -> Any:
        """The number of the working day that is due."""
        code, days = nw.col("c_received"), nw.col("n_limit")
        before, is_working = code // 2, code % 2
        if self._form.time_limit.first_day == "received":
            return before - is_working + nw.when(days > 0).then(days).otherwise(nw.lit(1))
        return before + nw.when(days > 0).then(days).otherwise(nw.lit(1) - is_working)

    def limit(self, text: Any) -> Any:
        """The working days of a cell: -2 where it is empty, -1 where it says anything else.

        Args:
            text: the texts of the cells.
        """
        text = text.str.to_lowercase()
        words = "|".join(_patterns((*limits().working, *self._form.time_limit.words)))
        number = text.str.replace_all(f" *(?:{words})$", "").str.replace_all("[.,]0+$", "")
        is_number = number.str.contains("^[0-9]{1,3}$")
        days = nw.when(is_number).then(number).otherwise(nw.lit("0")).cast(nw.Int64)
        other = nw.when(text == "").then(nw.lit(_NONE)).otherwise(nw.lit(_UNREADABLE))
        return nw.when(is_number).then(days).otherwise(other)

    def _with_limits(self, frame: Any) -> Any:
        """The rows with `n_limit`: the limit of the row itself, or else that of its procedure."""
        own = nw.col(LIMIT) if LIMIT in self._columns else nw.lit(_NONE)
        if not self._procedures:
            return frame.with_columns(n_limit=own)
        frame = looked_up(frame, "procedure", "p_limit", self._procedures, _NONE)
        return frame.with_columns(
            n_limit=nw.when(own == _NONE).then(nw.col("p_limit")).otherwise(own)
        )

    def _with_moved(self, frame: Any) -> Any:
        """The due day, moved by the working days of a suspension that began while it had not passed."""
        due = nw.col("due")
        if "suspended_days" in self._columns:
            frame = frame.with_columns(n_stood=nw.col("suspended_days"))
            is_moved: Any = nw.col("n_stood") > 0
        else:
            start, end = nw.col("suspended_from"), nw.col("suspended_to")
            back = nw.col("returned") if "returned" in self._columns else nw.lit(0)
            until = nw.when(back > 0).then(back).otherwise(nw.lit(_NEVER))
            until = nw.when(end > 0).then(end).otherwise(until)
            frame = frame.with_columns(until=until)
            codes = {"suspended_from": "c_from", "until": "c_until"}
            frame = self._with_codes(frame, codes)
            stood = _before(nw.col("c_until")) - _before(nw.col("c_from"))
            frame = frame.with_columns(n_stood=stood)
            is_moved = (start > 0) & (start <= due) & (nw.col("n_stood") > 0)
        frame = self._with_codes(frame.with_columns(moves=is_moved), {"due": "c_due"})
        frame = frame.with_columns(place=nw.col("c_due") // 2 + nw.col("n_stood"))
        frame = looked_up(frame, "place", "w_moved", self._known.days, _NEVER)
        is_unknown = nw.col("moves") & self._is_before()
        before = nw.col("is_unknown") if self.is_worked_out else nw.lit(0)
        return frame.with_columns(
            moved=nw.when(nw.col("moves")).then(nw.col("w_moved")).otherwise(due),
            is_unknown=nw.when(is_unknown).then(nw.lit(1)).otherwise(before),
        )

    def _is_before(self) -> Any:
        """Whether a day of a suspension, or the due day, is before the calendar."""
        days = [nw.col("due")]
        if "suspended_from" in self._columns:
            days.append(nw.col("suspended_from"))
        found: Any = nw.lit(value=False)
        for each in days:
            found = found | ((each > 0) & (each < _FIRST))
        return found

    @property
    def _known(self) -> _Calendar:
        return _calendar(self._form.period.to.year)

    def _with_codes(self, frame: Any, keys: Mapping[str, str]) -> Any:
        for day, name in keys.items():
            frame = looked_up(frame, day, name, self._known.codes, _AFTER)
        return frame


def _before(code: Any) -> Any:
    """How many working days there are before a day."""
    return code // 2 - code % 2


def _patterns(words: Sequence[str]) -> Iterator[str]:
    import re

    for word in dict.fromkeys(words):
        for form in ("NFC", "NFD"):
            yield re.escape(unicodedata.normalize(form, " ".join(word.split()).lower())).replace(
                "\\ ", " +"
            )
