"""The embedded engine: Polars, batch after batch, so that memory does not grow with the rows.

Columns of dossiers hold few different texts: of each batch every different text is read once, in
all its spellings, and a row has its meaning by its number. Ids are compared by numbers made of them.
"""

from collections.abc import Callable, Iterator, Sequence
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

_BATCH: Final = 262_144
_AT_ONCE: Final = 1_000_000
"""So many rows are held at once, to add them up or because their ids are repeated."""
_MANY: Final = 20_000
"""So many different texts of days have times of day behind them."""
_MOST: Final = 200_000
"""So many different texts of a column are known at once."""
_MOST_NAMES: Final = {"unit": 1 << 23, "procedure": 1 << 30}
"""So many names have a number in `_Services`; a column with more is no column of units."""
_KEPT: Final = polars.selectors.by_name(
    *("unit", "key", "procedure", "way", "kind", "id", "text", "row"), require_all=False
)
_AS_WRITTEN: Final = polars.QueryOptFlags.none()
"""Plans of a few numbers gain less by being improved than that takes."""


class Batches:
    """Counts the rows of frames of this process, one frame after another.

    Args:
        frames: frames of Narwhals, lazy or not, whose columns have the names of the map's fields, and the same types.
        read: the map.

    Raises:
        InputError: P106 more names of units than any country has.
    """

    def __init__(self, frames: Sequence[Any], read: Map) -> None:
        self._frames = frames
        self._names = {name: {"": 0} for name in ("unit", "procedure")}
        schema = frames[0].collect_schema()
        self.rows = Rows(read, schema, 0, lambda text: self._number("procedure", text))
        names = [name for name in self.rows.columns if name != "id"]
        self._plain = [name for name in names if self.rows.is_plain(name)]
        self._texts = [_Texts(each, self._meanings) for each in names if each not in self._plain]
        self._twice: list[Any] = []

    def counts(self) -> tuple[Any, Any]:
        """How many rows each group has, `n`, and the `first` of them; how many each service has."""
        groups, services = _Sums(), _Services()
        with Marks() as marks:
            for plan in self._plans():
                for batch in self._keyed(plan.drop("text", strict=False)):
                    groups.add(batch)
                    services.add(batch)
                    if self.rows.has("id"):
                        marks.add(batch["id"])
                    if [each for each in self._texts if each.grows()]:
                        return self.counts()
            self._twice = marks.twice(_AT_ONCE)
        return self._named(groups.all()), self._named(services.all())

    def repeated(self) -> Iterator[Any]:
        """The rows whose id is repeated, and perhaps a few more; in each frame all those of some ids."""
        for marks in self._twice:
            among = (plan.join(marks.lazy(), on="id", how="semi") for plan in self._plans())
            found = [batch for plan in among for batch in self._keyed(plan)]
            yield self._named(polars.concat(found).drop("id"))

    def _plans(self) -> Iterator[Any]:
        """The rows as lazy frames of Polars; an id is a number made of its `text`, 0 where that is empty."""
        text = polars.col("id").cast(polars.String).fill_null("").str.strip_chars()
        mark = polars.when(text == "").then(polars.lit(0)).otherwise(text.hash() | 1)
        for plan in chain.from_iterable(map(_as_polars, self._frames)):
            yield plan.with_columns(text=text, id=mark) if self.rows.has("id") else plan

    def _keyed(self, plan: Any) -> Iterator[Any]:
        """The rows of a plan, batch after batch, with what is said of each."""
        plan = self.rows.taken(nw.from_native(plan), self._plain).to_native()
        plan = plan.with_columns(each.coded() for each in self._texts)
        for batch in plan.collect_batches(
            chunk_size=_BATCH, maintain_order=False, engine="streaming"
        ):
            taken = batch.lazy().with_columns(
                each.meaning(batch[each.name]) for each in self._texts
            )
            if self.rows.unit is not None:
                taken = taken.with_columns(unit=polars.lit(self._number("unit", self.rows.unit)))
            yield (
                self.rows.keyed(nw.from_native(taken))
                .to_native()
                .select(_KEPT)
                .collect(optimizations=_AS_WRITTEN)
            )

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


def _as_polars(frame: Any) -> Iterator[Any]:
    """A frame of any engine of this process as lazy frames of Polars, one after another."""
    native = frame.to_native()
    if frame.implementation.is_polars():
        yield native.lazy()
    elif frame.implementation.is_duckdb():
        yield polars.scan_arrow_c_stream(native)
    else:
        for at in range(0, len(frame), _BATCH):
            yield _slice(frame[at : at + _BATCH]).lazy()


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
        self._type = polars.Categorical(self._categories)
        self._held = polars.Series(dtype=self._type)  # categories live as long as a series has them
        self._meanings = polars.Series(dtype=polars.Int32)
        self._unread: list[int] = []

    def coded(self) -> Any:
        """The column with a number for each different text; of days that differ by their times, without these."""
        text = polars.col(self.name).cast(polars.String).fill_null("")
        if self._is_timed:
            text = polars.when(text.str.contains(WITH_TIME)).then(text.str.head(10)).otherwise(text)
        return text if self._is_many else text.cast(self._type).to_physical()

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
            column = column.cast(self._type).to_physical()
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
    """Adds up the rows of each group: how many, and the lowest number of a row."""

    def __init__(self) -> None:
        types = {
            "unit": polars.Int32,
            "key": polars.Int64,
            "n": polars.Int64,
            "first": polars.Int64,
        }
        self._sums = polars.DataFrame(schema=types)

    def add(self, batch: Any) -> None:
        """Take the rows of a batch."""
        first = polars.col("row").min() if "row" in batch.columns else polars.lit(None)
        sums = batch.lazy().group_by("unit", "key").agg(n=polars.len(), first=first)
        both = polars.concat([self._sums.lazy(), sums.cast(self._sums.schema)])
        total = both.group_by("unit", "key").agg(polars.col("n").sum(), polars.col("first").min())
        self._sums = total.collect(engine="streaming")

    def all(self) -> Any:
        """The sums."""
        return self._sums


class _Services:
    """Counts the rows of each unit, procedure and way, as one number of 64 bits: its sign, then 23, 30 and 10 of these."""

    def __init__(self) -> None:
        self._runs = [polars.DataFrame(schema={"len": polars.UInt32, "value": polars.Int64})]
        self._held = 0

    def add(self, batch: Any) -> None:
        """Take the rows of a batch."""
        whole = polars.col("unit", "procedure", "way").cast(polars.Int64)
        used = batch.filter(polars.col("way") > 1).select(whole)
        packed = (used["unit"] * (1 << 30) + used["procedure"]) * (1 << 10) + used["way"]
        self._runs.append(packed.sort().rle().struct.unnest())
        self._held += len(self._runs[-1])
        if self._held > _AT_ONCE:
            self._add_up()

    def _add_up(self) -> None:
        together = polars.concat(self._runs).lazy().group_by("value").agg(polars.col("len").sum())
        self._runs = [together.select("len", "value").collect(engine="streaming")]
        self._held = 0

    def all(self) -> Any:
        """The sums."""
        self._add_up()
        packed = polars.col("value")
        return self._runs[0].select(
            unit=packed // (1 << 40),
            procedure=packed // (1 << 10) % (1 << 30),
            way=packed % (1 << 10),
            n=polars.col("len").cast(polars.Int64),
            first=polars.lit(None, polars.Int64),
        )
