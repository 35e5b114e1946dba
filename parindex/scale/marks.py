"""Numbers that stand for ids, kept in a temporary file, so that those which occur twice are found in little memory."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final, Self

import numpy
import polars

from parindex.findings.system import unwritable

_PART: Final = 4_000_000
"""About how many numbers are compared at once, by eight bytes each."""
_END: Final = 1 << 64


class Marks:
    """Takes numbers batch after batch, and tells those that occurred more than once; 0 stands for no id."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self._ends = [0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, numbers: Any) -> None:
        """Take the numbers of a batch, a series of unsigned 64 bits."""
        numbers = numbers.filter(numbers != 0).sort()
        if len(numbers):
            try:
                self._file.write(numbers.to_numpy().data)
            except OSError as error:  # its own file has no room: no fault of those that are read
                raise unwritable(tempfile.gettempdir(), error) from error
            self._ends.append(self._ends[-1] + len(numbers))

    def twice(self, most: int) -> list[Any]:
        """The numbers that occurred more than once, in frames of a column `id`.

        Args:
            most: about how many times the numbers of one frame may have occurred together.
        """
        frames = [part for part in self._parts() if len(part)]
        if not frames:
            return []
        found = polars.concat(frames).with_columns(part=polars.col("count").cum_sum() // most)
        return [each.select("id") for each in found.partition_by("part")]

    def _parts(self) -> Iterator[Any]:
        """The numbers that occurred more than once, between one bound and the next, and how often."""
        if not self._ends[-1]:
            return
        self._file.flush()
        kept = numpy.memmap(self._file, numpy.uint64, "r")
        runs = numpy.split(kept, self._ends[1:-1])
        count = len(kept) // _PART + 1
        bounds = numpy.array([_END * part // count for part in range(1, count)], numpy.uint64)
        for pieces in zip(
            *(numpy.split(run, run.searchsorted(bounds)) for run in runs), strict=True
        ):
            numbers = polars.Series("id", numpy.concatenate(pieces)).sort()
            again = numbers.filter(numbers == numbers.shift(1))
            yield again.value_counts().with_columns(polars.col("count") + 1)
