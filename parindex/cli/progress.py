"""A bar on a terminal while many files are worked through; silent everywhere else."""

import sys
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")
_QUIET: Final = 1
"""Seconds of work before a bar is worth its lines."""


def progress(items: Sequence[Item], doing: str) -> Iterator[Item]:
    """The same items; where stderr is a terminal and they take over a second, with a bar.

    Args:
        items: what is worked through, one after another.
        doing: what is done with them, in the reader's words.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    start = monotonic()
    bar: Progress | None = None
    try:
        for done, item in enumerate(items):
            if bar is None and monotonic() - start > _QUIET:
                bar = _bar(doing, len(items))
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _bar(doing: str, count: int) -> "Progress":
    """A bar that goes away when it is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True, markup=False), transient=True)
    bar.add_task(doing, total=count)
    bar.start()
    return bar
