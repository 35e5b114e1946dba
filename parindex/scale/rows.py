"""Each row of a table of dossiers as a few whole numbers: its periods, what holds of it, why not.

Only expressions that Narwhals has for every engine, and only the columns that a map names.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, Final

import narwhals as nw

from parindex.scale.dates import (
    SPACES,
    UNREADABLE,
    Order,
    all_parts,
    as_count,
    day_number,
    day_parts,
    day_text,
    is_text,
)
from parindex.scale.definitions import FLAGS, words
from parindex.scale.limits import DueDays
from parindex.scale.mapping import Map
from parindex.scale.periods import day_count, whole_number
from parindex.scale.rejects import NUMBERS
from parindex.scorecard.scorecard import Period
from parindex.values.fuzzy import fold_marks

BITS: Final = {name: 1 << at for at, name in enumerate(("early", *FLAGS))}
"""What holds of a dossier, each as a bit of a number."""
ALL_BITS: Final = 1 << len(BITS)
RESIDUES: Final = 64
"""Rows that are not counted are kept apart by so many remainders, for the places of the first."""
DAYS: Final = ("received", "due", "returned", "suspended_from", "suspended_to")
_COUNTS: Final = ("suspended_days", "times_returned")
_NUMBER: Final = "^[0-9]{1,6}$"
_AMOUNT: Final = "^[0-9][0-9 .,]{0,20}(?: ?(?:đ|đồng|vnd|vnđ))?$"
_SOME: Final = "[1-9]"
_EMPTY: Final = ""
_OTHERS: Final = "*"
_ABOVE: Final = ">0"
_NEVER: Final = 99_999_999
"""A day after all others."""


class Rows:
    """Rows of a frame as they are counted.

    Args:
        read: the map.
        names: the column of the frame for each column of the map.
        schema: the types of the frame's columns.
        orders: of each column of days in texts, what stands first in them, where only what programs
            write is read; without it all spellings of days and words are, which takes longer.
    """

    def __init__(
        self,
        read: Map,
        names: Mapping[str, str],
        schema: Mapping[str, Any],
        orders: Mapping[str, Order] | None = None,
    ) -> None:
        self._map = read
        self._names = names
        self._schema = schema
        self._orders = orders or {}
        self._thorough = orders is None
        self.periods: Sequence[Period] = read.form.period.periods()
        self._due_days = DueDays(read)
        suspended = {"suspended_from", "suspended_days"} & names.keys()
        self.suspends = bool(suspended) and not self._due_days.moves
        self.bins = len(self.periods) + 2
        """Before all periods, each of them, and after all of them or never."""

    def has(self, name: str) -> bool:
        """Whether the map has a column."""
        return name in self._names or (name == "due" and self._due_days.is_worked_out)

    def taken(self, frame: Any) -> Any:
        """The mapped columns as whole numbers and texts, and nothing else of the frame."""
        days = [name for name in DAYS if name in self._names]
        taken: dict[str, Any] = {}
        later: dict[str, Any] = {}
        for name in days:
            column, dtype = self._column(name)
            if name in self._orders:
                taken[f"s_{name}"] = day_text(column, self._orders[name])
                parts = day_parts(nw.col(f"s_{name}"), self._orders[name])
                later |= dict(zip(_parts_of(name), parts, strict=True))
            else:
                taken |= dict(zip(_parts_of(name), all_parts(column, dtype), strict=True))
        taken |= {f"n_{name}": self._count(name) for name in _COUNTS if self.has(name)}
        taken |= {f"f_{flag}": self._flag(flag) for flag in FLAGS if self.has(FLAGS[flag])}
        taken["unit"] = self._text("unit") if self.has("unit") else nw.lit(self._map.form.unit)
        for name in ("procedure", "id"):
            if self.has(name):
                taken[name] = self._text(name)
        for name in ("row", "wide"):
            if name in self._schema:
                taken[name] = nw.col(name)
        # What several expressions share is a column first: engines may work out each copy of it.
        numbers = {f"d_{each}": day_number(*map(nw.col, _parts_of(each))) for each in days}
        frame = frame.select(**taken, **self._due_days.cells(self._text))
        frame = (frame.with_columns(**later) if later else frame).with_columns(**numbers)
        return self._due_days.applied(frame)

    def keyed(self, frame: Any) -> Any:
        """What `taken` gave, with the number that says everything of a row: `key`.

        It is negative for rows that are not counted: the number of the reason, and a remainder.
        """
        frame = frame.with_columns(kind=self._kind(), due=self._due(), back=self._back())
        late = nw.col("back") > nw.col("due")
        if self.has("times_returned"):
            late = late | (nw.col("n_times_returned") > 1)
        if self.has("late"):
            late = late | (nw.col("f_late") == 1)
        frame = frame.with_columns(
            is_late=late,
            **{"in": self._bin("d_received"), "out": self._out(), "over": self._over()},
        )
        frame = frame.with_columns(bits=self._bits())
        packed = (nw.col("in") * self.bins + nw.col("out")) * self.bins + nw.col("over")
        is_outside = (nw.col("in") == self.bins - 1) | (nw.col("out") == 0)
        kind = nw.when((nw.col("kind") == 0) & is_outside).then(nw.lit(NUMBERS["outside_period"]))
        frame = frame.with_columns(kind=kind.otherwise(nw.col("kind")))
        rest = nw.col("row") % RESIDUES if "row" in self._schema else nw.lit(0)
        apart = nw.lit(0) - (nw.col("kind") * RESIDUES + rest)
        is_counted = nw.col("kind") == 0
        key = nw.when(is_counted).then(packed * ALL_BITS + nw.col("bits")).otherwise(apart)
        unit = nw.when(is_counted).then(nw.col("unit")).otherwise(nw.lit(""))
        return frame.with_columns(key=key, unit=unit)

    def _column(self, name: str) -> tuple[Any, Any]:
        return nw.col(self._names[name]), self._schema[self._names[name]]

    def _text(self, name: str) -> Any:
        column, _ = self._column(name)
        return column.cast(nw.String).fill_null("").str.strip_chars(SPACES)

    def _count(self, name: str) -> Any:
        """A whole number of 0 or more, 0 for an empty cell, -1 for anything else."""
        column, dtype = self._column(name)
        if dtype.is_integer():
            number = column.cast(nw.Int64).fill_null(0)
            return nw.when(number < 0).then(nw.lit(UNREADABLE)).otherwise(number)
        text = self._text(name)
        is_number = text.str.contains(_NUMBER)
        number = nw.when(is_number).then(text).otherwise(nw.lit("0")).cast(nw.Int64)
        unread = nw.when(text == "").then(nw.lit(0)).otherwise(nw.lit(UNREADABLE))
        return nw.when(is_number).then(number).otherwise(unread)

    def _flag(self, flag: str) -> Any:
        """1 where the word of a cell says so, 0 where it denies it, -1 where no list has it."""
        column, dtype = self._column(FLAGS[flag])
        if dtype == nw.Boolean:
            return nw.when(column).then(nw.lit(1)).otherwise(nw.lit(0))
        text = column.cast(nw.String).fill_null("")
        if self._thorough or not is_text(dtype):
            text = text.str.strip_chars(SPACES).str.to_lowercase()
        yes, no = self.words(flag), self.words(f"not_{flag}")
        is_yes, is_no = text.is_in(_spellings(yes)), text.is_in(_spellings(no))
        if _ABOVE in yes:
            is_amount = text.str.contains(_AMOUNT)
            is_yes = is_yes | (is_amount & text.str.contains(_SOME))
            is_no = is_no | (is_amount & ~text.str.contains(_SOME))
        other = nw.lit(0 if _OTHERS in no else 1 if _OTHERS in yes else UNREADABLE)
        return (
            nw.when(is_no)
            .then(nw.lit(0))
            .otherwise(nw.when(is_yes).then(nw.lit(1)).otherwise(other))
        )

    def words(self, name: str) -> list[str]:
        """The words of a list: those of the map, and those that are known and no other list of it has."""
        own = self._map.form.words
        opposite = name.removeprefix("not_") if name.startswith("not_") else f"not_{name}"
        taken = {_folded(word) for word in own.get(opposite, ())}
        known = (word for word in words()[name] if _folded(word) not in taken)
        return [*own.get(name, ()), *known]

    def _kind(self) -> Any:
        """Why a row is not counted: the number of the first reason that holds, or 0."""
        reasons: list[tuple[str, Any]] = []
        if "wide" in self._schema:
            reasons.append(("wide_row", nw.col("wide")))
        reasons += [("empty_row", self._is_empty()), *self._wrong_days()]
        for flag, column in FLAGS.items():
            if self.has(column):
                reasons.append(("unknown_word", nw.col(f"f_{flag}") == UNREADABLE))
        reasons.append(("no_unit", nw.col("unit") == ""))
        kind: Any = nw.lit(0)
        for name, holds in reversed(reasons):
            kind = nw.when(holds).then(nw.lit(NUMBERS[name])).otherwise(kind)
        return kind

    def _wrong_days(self) -> Iterator[tuple[str, Any]]:
        """What may be wrong with the days and numbers of a row, in the order in which it is told."""
        day = {name: nw.col(f"d_{name}") for name in DAYS if self.has(name)}
        yield "no_received_day", day["received"] == 0
        for name, each in day.items():
            reason = "suspended" if name.startswith("suspended") else name
            yield f"unreadable_{reason}", each == UNREADABLE
        for name in _COUNTS:
            if self.has(name):
                yield "unreadable_number", nw.col(f"n_{name}") == UNREADABLE
        if "returned" in day:
            is_wrong = (day["returned"] > 0) & (day["returned"] < day["received"])
            yield "returned_before_received", is_wrong
        yield from self._due_days.reasons()
        if "due" in day:
            yield "no_due_day", day["due"] == 0
            yield "due_before_received", day["due"] < day["received"]
        if "suspended_from" in day:
            start, end = day["suspended_from"], day["suspended_to"]
            yield "suspended_backwards", (end > 0) & ((start == 0) | (end < start))

    def _is_empty(self) -> Any:
        """Whether nothing stands in any cell that tells something."""
        cells = [nw.col(f"d_{name}") == 0 for name in DAYS if self.has(name)]
        texts = [name for name in ("id", "procedure") if self.has(name)]
        texts += ["unit"] if self.has("unit") else []
        return reduce(
            lambda one, other: one & other, [*cells, *(nw.col(each) == "" for each in texts)]
        )

    def _number(self, name: str) -> Any:
        """A day as it is compared: counted one after another where a suspension moves one."""
        day = nw.col(f"d_{name}")
        if not self.suspends:
            return day
        return nw.when(day > 0).then(as_count(day)).otherwise(day)

    def _back(self) -> Any:
        return self._number("returned") if self.has("returned") else nw.lit(0)

    def _due(self) -> Any:
        """The due day, moved by a suspension that began while it had not passed."""
        if not self.has("due"):
            return nw.lit(_NEVER)
        due = nw.col("moved") if self._due_days.moves else self._number("due")
        if not self.suspends:
            return due
        if self.has("suspended_days"):
            due = due + nw.col("n_suspended_days")
        if not self.has("suspended_from"):
            return due
        start, end = self._number("suspended_from"), self._number("suspended_to")
        back = self._back()
        until = nw.when(back > 0).then(back).otherwise(nw.lit(_NEVER))
        until = nw.when(end > 0).then(end).otherwise(until)
        moves = (start > 0) & (start <= self._number("due"))
        return nw.when(moves).then(due + until - start).otherwise(due)

    def _bin(self, name: str) -> Any:
        """The period in which a day lies: 0 before all, the last number after all."""
        day = nw.col(name)
        return _binned(day, [whole_number(each.start) for each in self.periods], self._after())

    def _after(self) -> int:
        return whole_number(self.periods[-1].end)

    def _out(self) -> Any:
        if not self.has("returned"):
            return nw.lit(self.bins - 1)
        return (
            nw.when(nw.col("d_returned") == 0)
            .then(nw.lit(self.bins - 1))
            .otherwise(self._bin("d_returned"))
        )

    def _over(self) -> Any:
        """The period by whose end the due day was over; the last number where it was kept, or is later."""
        if not self.has("due"):
            return nw.lit(self.bins - 1)
        number = day_count if self.suspends else whole_number
        starts = [number(each.start) for each in self.periods]
        found = _binned(nw.col("due"), starts, number(self.periods[-1].end))
        is_kept = (nw.col("back") > 0) & (nw.col("back") <= nw.col("due"))
        return nw.when(is_kept).then(nw.lit(self.bins - 1)).otherwise(found)

    def _bits(self) -> Any:
        """What holds of a dossier, as one number."""
        is_back = nw.col("back") > 0
        early = is_back & ~nw.col("is_late") & (nw.col("back") < nw.col("due"))
        bits = early.cast(nw.Int64) * BITS["early"]
        bits = bits + (is_back & nw.col("is_late")).cast(nw.Int64) * BITS["late"]
        for flag, column in FLAGS.items():
            if flag != "late" and self.has(column):
                bits = bits + nw.col(f"f_{flag}") * BITS[flag]
        return bits


def _parts_of(name: str) -> tuple[str, str, str]:
    """The columns of year, month and day of a day."""
    return f"y_{name}", f"m_{name}", f"t_{name}"


def _binned(day: Any, starts: Sequence[int], last: int) -> Any:
    """How many of the starts are not after a day, and one more where the last day is before it."""
    reached = [(day >= start).cast(nw.Int64) for start in starts]
    return reduce(lambda one, other: one + other, [*reached, (day > last).cast(nw.Int64)])


def _folded(word: str) -> str:
    return fold_marks(word).strip().lower()


def _spellings(listed: Iterable[str]) -> list[str]:
    """Words as cells spell them: capitals, letters composed or not, with marks or without."""
    found: dict[str, None] = {}
    for word in listed:
        if word in (_OTHERS, _ABOVE):
            continue
        for each in (word.strip(), fold_marks(word).strip()):
            for said in (each, each.lower(), each.upper(), each.capitalize(), each.title()):
                found[unicodedata.normalize("NFC", said)] = None
                found[unicodedata.normalize("NFD", said)] = None
    return list(found)
