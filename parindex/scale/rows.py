"""Each row of a table of dossiers as a few whole numbers: its periods, what holds of it, why not.

Only expressions that Narwhals has for every engine, and only the columns that a map names.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, and_
from typing import Any, Final

import narwhals as nw

from parindex.scale.dates import SPACES, UNREADABLE, all_parts, day_number
from parindex.scale.definitions import FLAGS, words
from parindex.scale.limits import LIMIT, DueDays
from parindex.scale.mapping import Map
from parindex.scale.rejects import NUMBERS
from parindex.scorecard.scorecard import Period
from parindex.values.fuzzy import fold_marks

BITS: Final = {name: 1 << at for at, name in enumerate(("early", *FLAGS))}
"""What holds of a dossier, each as a bit of a number."""
ALL_BITS: Final = 1 << len(BITS)
RESIDUES: Final = 64
"""Rows that are not counted are kept apart by so many remainders, for the places of the first."""
DAYS: Final = ("received", "due", "returned", "suspended_from", "suspended_to")
COUNTS: Final = ("suspended_days", "times_returned")
_FLAG_IN: Final = {column: flag for flag, column in FLAGS.items()}
_NUMBER: Final = "^[0-9]{1,6}$"
_POINT_ZERO: Final = r"\.0$"
"""What stands behind a whole number that a program held as a binary one."""
_AMOUNT: Final = "^[0-9][0-9 .,]{0,20}(?: ?(?:đ|đồng|vnd|vnđ))?$"
_SOME: Final = "[1-9]"
_OTHERS: Final = "*"
_ABOVE: Final = ">0"
_NEVER: Final = 99_999_999
"""A day after all others."""


class Rows:
    """Rows of a frame as they are counted.

    Args:
        read: the map.
        schema: the types of the frame's columns, which have the names of the map's fields; `row` is
            the number of each row, `wide` whether it has too many cells, `broken` whether it is no object of JSON, where it has these.
        nothing: what stands for no unit, procedure or id in the rows that are counted.
        procedure: what stands for a procedure there, by its text.
    """

    def __init__(
        self,
        read: Map,
        schema: Mapping[str, Any],
        nothing: str | int = "",
        procedure: Callable[[str], str | int] = str,
    ) -> None:
        self._map = read
        self._schema = schema
        self._nothing = nothing
        self._due_days = DueDays(read, procedure)
        self.columns = tuple(read.columns)
        self.unit = read.form.unit
        self.periods: Sequence[Period] = read.form.period.periods()
        self.bins = len(self.periods) + 2
        """Before all periods, each of them, and after all of them or never."""

    def has(self, name: str) -> bool:
        """Whether the rows have a column, or what is worked out for them."""
        return name in self._schema or (name == "due" and self._due_days.is_worked_out)

    def is_plain(self, name: str) -> bool:
        """Whether a column has days, whole numbers or yes and no as such, and no texts that say so."""
        dtype = self._schema[name]
        if name in DAYS:
            return dtype.is_integer() or dtype in (nw.Date, nw.Datetime)
        return dtype.is_integer() if name in COUNTS else name in _FLAG_IN and dtype == nw.Boolean

    def taken(self, frame: Any, names: Iterable[str]) -> Any:
        """A frame whose columns of some names have their meaning: whole numbers, or texts without spaces around."""
        taken: dict[str, Any] = {}
        days: dict[str, Any] = {}
        for name in names:
            if name in DAYS:
                parts = f"year_{name}", f"month_{name}", f"day_{name}"
                found = all_parts(nw.col(name), self._schema[name])
                taken |= dict(zip(parts, found, strict=True))
                # What several expressions share is a column first: engines may work out each copy of it.
                days[name] = day_number(*map(nw.col, parts))
            elif name in COUNTS:
                taken[name] = self._count(name)
            elif name == LIMIT:
                taken[name] = self._due_days.limit(_text(name))
            elif name in _FLAG_IN:
                taken[name] = self._flag(_FLAG_IN[name])
            else:
                taken[name] = _text(name)
        for columns in (taken, days):
            frame = frame.with_columns(**columns) if columns else frame
        return frame

    def keyed(self, frame: Any) -> Any:
        """What `taken` gave, with the number that says everything of a row: `key`, and that of its service: `way`.

        It is negative for rows that are not counted: the number of the reason, and a remainder.
        The way is twice the period in which it was received, and one more where it came online; 0 where it
        is of no procedure, or not counted.
        """
        if not self.has("procedure"):
            frame = frame.with_columns(procedure=nw.lit(self._nothing))
        frame = self._due_days.applied(frame)
        frame = frame.with_columns(kind=self._kind(), deadline=self._deadline(), back=self._back())
        late = nw.col("back") > nw.col("deadline")
        if self.has("times_returned"):
            late = late | (nw.col("times_returned") > 1)
        if self.has("late"):
            late = late | (nw.col("late") == 1)
        columns = {"in": self._bin("received"), "out": self._out(), "over": self._over()}
        frame = frame.with_columns(is_late=late, **columns)
        frame = frame.with_columns(bits=self._bits())
        packed = (nw.col("in") * self.bins + nw.col("out")) * self.bins + nw.col("over")
        is_outside = (nw.col("in") == self.bins - 1) | (nw.col("out") == 0)
        kind = nw.when((nw.col("kind") == 0) & is_outside).then(nw.lit(NUMBERS["outside_period"]))
        frame = frame.with_columns(kind=kind.otherwise(nw.col("kind")))
        rest = nw.col("row") % RESIDUES if self.has("row") else nw.lit(0)
        apart = nw.lit(0) - (nw.col("kind") * RESIDUES + rest)
        is_counted = nw.col("kind") == 0
        key = nw.when(is_counted).then(packed * ALL_BITS + nw.col("bits")).otherwise(apart)
        unit = nw.when(is_counted).then(nw.col("unit")).otherwise(nw.lit(self._nothing))
        return frame.with_columns(key=key, unit=unit, way=self._way())

    def _way(self) -> Any:
        if not self.has("procedure"):
            return nw.lit(0)
        is_counted = (nw.col("kind") == 0) & (nw.col("in") > 0)
        is_counted = is_counted & (nw.col("procedure") != self._nothing)
        way = nw.col("in") * 2 + (nw.col("channel") if self.has("channel") else 0)
        return nw.when(is_counted).then(way).otherwise(nw.lit(0))

    def _count(self, name: str) -> Any:
        """A whole number of 0 or more, 0 for an empty cell, -1 for anything else."""
        if self._schema[name].is_integer():
            number = nw.col(name).cast(nw.Int64).fill_null(0)
            return nw.when(number < 0).then(nw.lit(UNREADABLE)).otherwise(number)
        text = _text(name).str.replace_all(_POINT_ZERO, "")
        is_number = text.str.contains(_NUMBER)
        number = nw.when(is_number).then(text).otherwise(nw.lit("0")).cast(nw.Int64)
        unread = nw.when(text == "").then(nw.lit(0)).otherwise(nw.lit(UNREADABLE))
        return nw.when(is_number).then(number).otherwise(unread)

    def _flag(self, flag: str) -> Any:
        """1 where the word of a cell says so, 0 where it denies it, -1 where no list has it."""
        if self._schema[FLAGS[flag]] == nw.Boolean:
            return nw.when(nw.col(FLAGS[flag])).then(nw.lit(1)).otherwise(nw.lit(0))
        text = _text(FLAGS[flag]).str.to_lowercase()
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
        if "broken" in self._schema:
            reasons.append(("broken_line", nw.col("broken")))
        reasons += [("empty_row", self._is_empty()), *self._wrong_days()]
        for column in FLAGS.values():
            if self.has(column):
                reasons.append(("unknown_word", nw.col(column) == UNREADABLE))
        reasons.append(("no_unit", nw.col("unit") == self._nothing))
        kind: Any = nw.lit(0)
        for name, holds in reversed(reasons):
            kind = nw.when(holds).then(nw.lit(NUMBERS[name])).otherwise(kind)
        return kind

    def _wrong_days(self) -> Iterator[tuple[str, Any]]:
        """What may be wrong with the days and numbers of a row, in the order in which it is told."""
        day = {name: nw.col(name) for name in DAYS if self.has(name)}
        yield "no_received_day", day["received"] == 0
        for name, each in day.items():
            reason = "suspended" if name.startswith("suspended") else name
            yield f"unreadable_{reason}", each == UNREADABLE
        for name in COUNTS:
            if self.has(name):
                yield "unreadable_number", nw.col(name) == UNREADABLE
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
        cells = [nw.col(name) == 0 for name in DAYS if self.has(name)]
        texts = [name for name in ("id", "procedure", "unit") if self.has(name)]
        cells += [nw.col(name) == self._nothing for name in texts]
        return reduce(and_, cells)

    def _back(self) -> Any:
        return nw.col("returned") if self.has("returned") else nw.lit(0)

    def _deadline(self) -> Any:
        """The due day, moved by a suspension that began while it had not passed."""
        if not self.has("due"):
            return nw.lit(_NEVER)
        if self._due_days.moves:
            return nw.col("moved")
        due = nw.col("due")
        if self.has("suspended_days"):
            return due + nw.col("suspended_days")
        if not self.has("suspended_from"):
            return due
        start, end, back = nw.col("suspended_from"), nw.col("suspended_to"), self._back()
        until = nw.when(back > 0).then(back).otherwise(nw.lit(_NEVER))
        until = nw.when(end > 0).then(end).otherwise(until)
        moves = (start > 0) & (start <= due)
        return nw.when(moves).then(due + until - start).otherwise(due)

    def _bin(self, name: str) -> Any:
        """The period in which a day lies: 0 before all, the last number after all."""
        days = [each.start for each in self.periods]
        reached = [(nw.col(name) >= day.toordinal()).cast(nw.Int64) for day in days]
        after = nw.col(name) > self.periods[-1].end.toordinal()
        return reduce(add, [*reached, after.cast(nw.Int64)])

    def _out(self) -> Any:
        """The period in which it was returned; the last number where it was not."""
        if not self.has("returned"):
            return nw.lit(self.bins - 1)
        is_open = nw.col("returned") == 0
        return nw.when(is_open).then(nw.lit(self.bins - 1)).otherwise(self._bin("returned"))

    def _over(self) -> Any:
        """The period by whose end the due day was over; the last number where it was kept, or is later."""
        if not self.has("due"):
            return nw.lit(self.bins - 1)
        is_kept = (nw.col("back") > 0) & (nw.col("back") <= nw.col("deadline"))
        return nw.when(is_kept).then(nw.lit(self.bins - 1)).otherwise(self._bin("deadline"))

    def _bits(self) -> Any:
        """What holds of a dossier, as one number."""
        is_back = nw.col("back") > 0
        early = is_back & ~nw.col("is_late") & (nw.col("back") < nw.col("deadline"))
        bits = early.cast(nw.Int64) * BITS["early"]
        bits = bits + (is_back & nw.col("is_late")).cast(nw.Int64) * BITS["late"]
        for flag, column in FLAGS.items():
            if flag != "late" and self.has(column):
                bits = bits + nw.col(column) * BITS[flag]
        return bits


def _text(name: str) -> Any:
    return nw.col(name).cast(nw.String).fill_null("").str.strip_chars(SPACES)


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
