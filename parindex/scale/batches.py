"""The embedded engine: Polars, batch after batch, so that memory does not grow with the rows.

Columns of dossiers hold few different texts: of each batch every different text is read once, in
all its spellings, and a row has its meaning by its number. Ids are compared by numbers made of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw
import polars

from parindex.scale.dates import WITH_TIME, is_text
from parindex.scale.mapping import Map
from parindex.scale.marks import Marks
from parindex.scale.rows import DAYS, Rows

_BATCH: Final = 262_144
_AT_ONCE: Final = 2_000_000
"""So many rows are held at once, to add them up or because their ids are repeated."""
_MANY: Final = 10_000
"""So many different texts of days in a batch have times of day behind them."""
_GROUP: Final = {"unit": polars.Int32, "key": polars.Int64}
_SERVICE: Final = {"unit": polars.Int32, "procedure": polars.Int32, "way": polars.Int64}


_KEPT: Final = polars.selectors.by_name(
    *("unit", "key", "procedure", "way", "kind", "id", "text", "row"), require_all=False
)


class Batches:
    """Counts the rows of a frame of this process.

    Args:
        frame: a frame of Narwhals, lazy or not, whose columns have the names of the map's fields.
        read: the map.
    """

    def __init__(self, frame: Any, read: Map) -> None:
        self._frame = frame
        self.rows = Rows(read, frame.collect_schema(), nothing=0)
        self._names = {name: {"": 0} for name in ("unit", "procedure")}
        self._known: dict[str, dict[str, int]] = defaultdict(dict)
        """What each text of a column means."""
        self._twice: list[Any] = []

    def counts(self) -> tuple[Any, Any]:
        """How many rows each group has, `n`, and the `first` of them; how many each service has."""
        groups, services = _Sums(_GROUP), _Sums(_SERVICE)
        with Marks() as marks:
            for batch in self._keyed(plan.drop("text", strict=False) for plan in self._plans()):
                groups.add(batch)
                services.add(batch.filter(polars.col("way") > 1))
                if self.rows.has("id"):
                    marks.add(batch["id"])
            self._twice = marks.twice(_AT_ONCE)
        return self._named(groups.all()), self._named(services.all())

    def repeated(self) -> Iterator[Any]:
        """The rows whose id is repeated, and perhaps a few more; in each frame all those of some ids."""
        for marks in self._twice:
            among = (plan.join(marks.lazy(), on="id", how="semi") for plan in self._plans())
            yield self._named(polars.concat(self._keyed(among)).drop("id"))

    def _plans(self) -> Iterator[Any]:
        """The rows as lazy frames of Polars; an id is a number made of its `text`, 0 where that is empty."""
        text = polars.col("id").cast(polars.String).fill_null("").str.strip_chars()
        mark = polars.when(text == "").then(polars.lit(0)).otherwise(text.hash() | 1)
        for plan in _as_polars(self._frame):
            yield plan.with_columns(text=text, id=mark) if self.rows.has("id") else plan

    def _keyed(self, plans: Iterator[Any]) -> Iterator[Any]:
        """The rows of plans, batch after batch, with what is said of each."""
        for plan in plans:
            for batch in plan.collect_batches(chunk_size=_BATCH, maintain_order=False):
                if len(batch):
                    taken = nw.from_native(self._taken(batch).lazy())
                    yield self.rows.keyed(taken).to_native().select(_KEPT).collect()

    def _taken(self, batch: Any) -> Any:
        """The rows of a batch by their meaning."""
        kept = [name for name in ("id", "text", "row", "wide") if name in batch.columns]
        names = [name for name in self.rows.columns if name not in kept]
        plain = [name for name in names if self.rows.is_plain(name)]
        texts = [_coded(name) for name in names if name not in plain]
        taken = self.rows.taken(nw.from_native(batch), plain, kept).to_native()
        taken = taken.with_columns(*map(self._meaning, batch.select(texts)))
        if self.rows.unit is None:
            return taken
        [unit] = self._numbers("unit", [self.rows.unit])
        return taken.with_columns(unit=polars.lit(unit))

    def _meaning(self, coded: Any) -> Any:
        """What the texts of a column mean; those of days, where many differ, without the times behind them."""
        name, texts = coded.name, list(coded.dtype.categories)
        if name in DAYS and len(texts) > _MANY:
            column = polars.col(name).cast(polars.String)
            is_timed = column.str.contains(WITH_TIME)
            bare = polars.when(is_timed).then(column.str.head(10)).otherwise(column)
            coded = coded.to_frame().select(bare).select(_coded(name)).to_series()
            texts = list(coded.dtype.categories)
        known = self._known[name]
        if len(known) > _AT_ONCE:
            known.clear()
        if new := [text for text in texts if text not in known]:
            alone = nw.from_native(polars.DataFrame({name: new}, schema={name: polars.String}))
            known |= zip(new, self._numbers(name, self.rows.taken(alone, [name])[name]), strict=True)
        numbers = polars.Series(name, [known[text] for text in texts], dtype=polars.Int32)
        return numbers.gather(coded.to_physical())

    def _numbers(self, name: str, read: Any) -> Iterable[int]:
        """The meanings of texts as whole numbers: a new one for each different unit and procedure."""
        if name not in self._names:
            return read.to_list()
        names = self._names[name]
        return [names.setdefault(text, len(names)) for text in read]

    def _named(self, frame: Any) -> Any:
        """A frame with the names of units in place of their numbers."""
        names = polars.Series(list(self._names["unit"]), dtype=polars.String)
        return frame.with_columns(unit=names.gather(frame["unit"]))


def _coded(name: str) -> Any:
    """A column with a number for each different text."""
    text = polars.col(name).cast(polars.String).fill_null("")
    return text.cast(polars.Categorical(polars.Categories.random()))


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


class _Sums:
    """Adds up rows that are alike in some columns: how many, and the lowest number of a row."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = list(columns)
        whole = {"n": polars.Int64, "first": polars.Int64}
        self._frames = [polars.DataFrame(schema={**columns, **whole})]
        self._held = 0

    def add(self, batch: Any) -> None:
        """Take the rows of a batch."""
        first = polars.col("row") if "row" in batch.columns else polars.lit(None)
        taken = batch.select(*self._columns, n=polars.lit(1), first=first)
        self._frames.append(taken.cast(self._frames[0].schema))
        self._held += len(batch)
        if self._held >= _AT_ONCE:
            self._add_up()

    def _add_up(self) -> None:
        together = polars.concat(self._frames).lazy().group_by(self._columns)
        total = together.agg(polars.col("n").sum(), polars.col("first").min())
        self._frames = [total.collect(engine="streaming")]
        self._held = 0

    def all(self) -> Any:
        """The sums."""
        self._add_up()
        return self._frames[0]
