"""The embedded engine: Polars, batch after batch, so that memory does not grow with the rows.

Columns of dossiers hold few different texts: of each batch every different text is read once, in
all its spellings, and a row has its meaning by its number. Ids are compared by numbers made of them.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from typing import Any, Final

import narwhals as nw
import polars

from parindex.findings import InputError
from parindex.scale.dates import WITH_TIME, is_text
from parindex.scale.mapping import Map
from parindex.scale.marks import Marks
from parindex.scale.rows import DAYS, Rows
from parindex.values.codes import NESTED_TOO_DEEP
from parindex.values.finding import Finding

_BATCH: Final = 1_000_000
"""So many rows are counted at once."""
_AT_ONCE: Final = 1_000_000
"""So many rows are held at once, because their ids are repeated, and so many sums, before they are added up."""
_SLICE: Final = 262_144
"""So many rows of objects of Python are held at once."""
_MANY: Final = 20_000
"""So many different texts of days have times of day behind them."""
_MOST: Final = 200_000
"""So many different texts of a column are known at once."""
_MOST_NAMES: Final = {"unit": 1 << 23, "procedure": 1 << 30}
"""So many names have a number in sums; a column with more is no column of units."""
_KEYS: Final = 1 << 40
"""The number of a unit times this, and the key of a row, are one number of 64 bits: there are fewer keys."""
_WAYS: Final = 1 << 10
"""As `_KEYS`, the number of a procedure times this, and the way of a row."""
_KEPT: Final = polars.selectors.by_name(
    *("unit", "key", "procedure", "way", "kind", "text", "row"), require_all=False
)

Typed = Callable[[Mapping[str, Any]], Sequence[Any]]
"""Gives frames whose columns have some types, by their names; all others are texts."""


class Batches:
    """Counts the rows of frames of this process, one frame after another.

    Args:
        frames: frames of Narwhals, lazy or not, whose columns have the names of the map's fields, and the same types.
        read: the map.
        typed: gives the same frames, where their texts can be read as numbers at once.

    Raises:
        InputError: P106 more names of units than any country has.
    """

    def __init__(self, frames: Sequence[Any], read: Map, typed: Typed | None = None) -> None:
        self._frames, self._typed = frames, typed
        self._names = {name: {"": 0} for name in ("unit", "procedure")}
        schema = frames[0].collect_schema()
        self.rows = Rows(read, schema, 0, lambda text: self._number("procedure", text))
        names = [name for name in self.rows.columns if name != "id"]
        self._plain = [name for name in names if self.rows.is_plain(name)]
        self._texts = [_Texts(each, self._meanings) for each in names if each not in self._plain]
        self._twice: list[Any] = []

    def counts(self) -> tuple[Any, Any]:
        """How many rows each group has, `n`, and the `first` of them; how many each service has."""
        try:
            found = self._counts()
        except polars.exceptions.ComputeError:
            if not self._typed:
                raise
            self._typed = found = None  # as texts bytes that are no UTF-8 can be told
        return found or self.counts()

    def _counts(self) -> tuple[Any, Any] | None:
        """As `counts`; None where texts are to be read in another way from now on."""
        groups, services = _Sums(), _Sums()
        plans = (plan.drop("text", strict=False) for plan in self._plans())
        with (
            Marks() as marks,
            closing(_ahead(chain.from_iterable(map(self._coded, plans)))) as coded,
        ):
            for batch in coded:
                for sums, more in zip((groups, services), self._summed(batch), strict=True):
                    sums.add(more)
                if self.rows.has("id"):
                    marks.add(batch["id"])
                if [each for each in self._texts if each.grows()]:
                    return None
            self._twice = marks.twice(_AT_ONCE)
            return self._told(groups.all(), services.all())

    def _told(self, groups: Any, services: Any) -> tuple[Any, Any]:
        """Sums with what their numbers say."""
        value, first = polars.col("value"), polars.lit(None, polars.Int64)
        unit = value.clip(0) // _KEYS  # negative keys are of no unit
        found = groups.select("n", "first", unit=unit, key=value - unit * _KEYS)
        rest = value % _KEYS
        used = services.select(
            "n", unit=value // _KEYS, procedure=rest // _WAYS, way=rest % _WAYS, first=first
        )
        return (
            self._named(found).select("unit", "key", "n", "first"),
            self._named(used).select("unit", "procedure", "way", "n", "first"),
        )

    def repeated(self) -> Iterator[Any]:
        """The rows whose id is repeated, and perhaps a few more; in each frame all those of some ids."""
        for marks in self._twice:
            among = (plan.join(marks.lazy(), on="id", how="semi") for plan in self._plans())
            found = [self._keyed(batch) for plan in among for batch in self._coded(plan)]
            yield self._named(polars.concat(each.select(_KEPT).collect() for each in found))

    def _plans(self) -> Iterator[Any]:
        """The rows as lazy frames of Polars; an id is a number made of its `text`, 0 where that is empty."""
        text = polars.col("id").cast(polars.String).fill_null("").str.strip_chars()
        mark = polars.when(text == "").then(polars.lit(0)).otherwise(text.hash() | 1)
        frames = self._frames
        if self._typed:
            frames = self._typed({each.name: each.type for each in self._texts if each.is_whole})
        for plan in chain.from_iterable(map(_as_polars, frames)):
            yield plan.with_columns(text=text, id=mark) if self.rows.has("id") else plan

    def _coded(self, plan: Any) -> Iterator[Any]:
        """The rows of a plan, batch after batch, with a number for each text."""
        plan = self.rows.taken(nw.from_native(plan), self._plain).to_native()
        types = plan.collect_schema()
        plan = plan.with_columns(each.coded(types[each.name]) for each in self._texts)
        yield from plan.collect_batches(chunk_size=_BATCH, maintain_order=False, engine="streaming")

    def _keyed(self, batch: Any) -> Any:
        """The rows of a batch, with what is said of each, as a lazy frame."""
        taken = batch.lazy().with_columns(each.meaning(batch[each.name]) for each in self._texts)
        if self.rows.unit is not None:
            taken = taken.with_columns(unit=polars.lit(self._number("unit", self.rows.unit)))
        return self.rows.keyed(nw.from_native(taken)).to_native()

    def _summed(self, batch: Any) -> Sequence[Any]:
        """How many rows of a batch each group has, and each service, as `_Sums` takes them."""
        keyed = self._keyed(batch)
        unit, procedure = (polars.col(name).cast(polars.Int64) for name in ("unit", "procedure"))
        first = polars.col("row").min() if self.rows.has("row") else polars.lit(None)
        group = unit * _KEYS + polars.col("key")
        service = unit * _KEYS + procedure * _WAYS + polars.col("way")
        used = keyed.filter(polars.col("way") > 1)
        sums = [
            keyed.group_by(value=group).agg(n=polars.len(), first=first),
            used.group_by(value=service).agg(n=polars.len(), first=polars.lit(None)),
        ]
        found: Sequence[Any] = polars.collect_all(sums, engine="streaming")
        return found

    def _meanings(self, name: str, texts: list[str]) -> Any:
        """What texts of a column mean, as whole numbers: of units and procedures one for each that differs."""
        alone = nw.from_native(polars.DataFrame({name: texts}, schema={name: polars.String}))
        read = self.rows.taken(alone, [name]).to_native()[name]
        if name in self._names:
            read = polars.Series(self._number(name, text) for text in read)
        return read.cast(polars.Int32)

    def _number(self, name: str, text: str) -> int:
        names = self._names[name]
        number = names.setdefault(text, len(names))
        if number >= _MOST_NAMES[name]:
            most = {"expected": f"< {_MOST_NAMES[name]}"}
            raise InputError([Finding(NESTED_TOO_DEEP, "", most, ("columns", name))])
        return number

    def _named(self, frame: Any) -> Any:
        """A frame with the names of units in place of their numbers."""
        names = polars.Series(list(self._names["unit"]), dtype=polars.String)
        return frame.with_columns(unit=names.gather(frame["unit"]))


def _ahead(batches: Iterator[Any]) -> Generator[Any]:
    """The same batches; while one is looked at the next is read."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _as_polars(frame: Any) -> Iterator[Any]:
    """A frame of any engine of this process as lazy frames of Polars, one after another."""
    native = frame.to_native()
    if frame.implementation.is_polars():
        yield native.lazy()
    elif frame.implementation.is_duckdb():
        yield polars.scan_arrow_c_stream(native)
    else:
        for at in range(0, len(frame), _SLICE):
            yield _slice(frame[at : at + _SLICE]).lazy()


def _slice(frame: Any) -> Any:
    """Some rows as a frame of Polars; texts by themselves, for a column of objects may hold more than texts."""
    texts = [name for name, dtype in frame.schema.items() if is_text(dtype)]
    read = frame.select(nw.col(texts).cast(nw.String).fill_null(""))
    lists = {name: polars.Series(read[name].to_list(), dtype=polars.String) for name in texts}
    return frame.drop(texts).to_polars().with_columns(**lists)


class _Texts:
    """A column of texts; each text that differs is read once, or once in a batch where very many do.

    Args:
        name: the column.
        read: gives what texts of it mean, as a series of whole numbers.
    """

    def __init__(self, name: str, read: Callable[[str, list[str]], Any]) -> None:
        self.name, self._read = name, read
        self._is_timed = self._is_many = False
        self._forget()

    def _forget(self) -> None:
        self._categories = polars.Categories.random()
        self.type = polars.Categorical(self._categories)
        # Categories live as long as a series has them; the number of an empty text is 0.
        self._held = polars.Series([""], dtype=self.type)
        self._meanings = polars.Series(dtype=polars.Int32)
        self._unread: list[int] = []

    @property
    def is_whole(self) -> bool:
        """Whether each different text has one number, all of it."""
        return not (self._is_many or self._is_timed)

    def coded(self, dtype: Any) -> Any:
        """A column of some type with a number for each different text; of days that differ by their times, without these."""
        text = polars.col(self.name)
        if dtype == self.type:
            return text.to_physical().fill_null(0)
        text = text.cast(polars.String)
        if self._is_timed:
            text = polars.when(text.str.contains(WITH_TIME)).then(text.str.head(10)).otherwise(text)
        return (
            text.fill_null("") if self._is_many else text.cast(self.type).to_physical().fill_null(0)
        )

    def grows(self) -> bool:
        """Whether too many texts differ; then they are read in another way from now on."""
        if self._is_many or len(self._meanings) <= (_MANY if self._is_timeable() else _MOST):
            return False
        self._is_many, self._is_timed = not self._is_timeable(), self.name in DAYS
        self._forget()
        return True

    def _is_timeable(self) -> bool:
        return self.name in DAYS and not self._is_timed

    def meaning(self, column: Any) -> Any:
        """What a column means that was coded."""
        if self._is_many:
            self._forget()
            column = column.cast(self.type).to_physical()
        self._read_new(column.max() or 0)
        return self._meanings.gather(column).alias(self.name)

    def _read_new(self, last: int) -> None:
        """Read the texts up to a number that were not read yet."""
        known = len(self._meanings)
        if last < known and not self._unread:
            return
        # A number may have been given away before its text is there: then no row has it yet.
        wanted = [*self._unread, *range(known, last + 1)]
        there = [number for number in wanted if number in self._categories]
        self._unread = [number for number in wanted if number not in self._categories]
        read = self._read(self.name, [str(self._categories[number]) for number in there])
        more = polars.zeros(max(0, last + 1 - known), dtype=polars.Int32, eager=True)
        self._meanings = self._meanings.append(more).scatter(there, read)


class _Sums:
    """Adds up the rows of each `value`: how many, and the lowest number of a row."""

    def __init__(self) -> None:
        names = ("value", "n", "first")
        self._parts = [polars.DataFrame(schema=dict.fromkeys(names, polars.Int64))]

    def add(self, sums: Any) -> None:
        """Take the sums of a batch."""
        self._parts.append(sums.cast(self._parts[0].schema))
        if sum(map(len, self._parts[1:])) > _AT_ONCE:
            self._parts = [self.all()]

    def all(self) -> Any:
        """The sums."""
        total = polars.concat(self._parts).lazy().group_by("value")
        found = total.agg(polars.col("n").sum(), polars.col("first").min())
        return found.collect(engine="streaming")
