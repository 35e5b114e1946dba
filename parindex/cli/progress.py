"""How far the work is, on a terminal, where it takes long; silent everywhere else."""

import sys
from collections.abc import Iterable, Iterator, Sized
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from parindex.cli.talk import manner

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")
_QUIET: Final = 1
"""Seconds of work before a bar is worth its lines."""


def progress(items: Iterable[Item], doing: str) -> Iterator[Item]:
    """The same items; where stderr is a terminal and they take over a second, with a bar.

    Where it is not known how many they are, they are counted as they come.

    Args:
        items: what is worked through, one after another.
        doing: what is done with them, in the reader's words.
    """
    if sys.stderr is None or not sys.stderr.isatty() or manner().is_quiet or manner().as_json:
        yield from items
        return
    start = monotonic()
    bar: Progress | None = None
    try:
        for done, item in enumerate(items):
            if bar is None and monotonic() - start > _QUIET:
                bar = _bar(doing, len(items) if isinstance(items, Sized) else None)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _bar(doing: str, count: int | None) -> "Progress":
    """A bar, or a count, that goes away when it is done."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
    )

    far: tuple[ProgressColumn, ...] = (BarColumn(), MofNCompleteColumn())
    if count is None:
        far = (TextColumn("{task.completed}"), SpinnerColumn())
    told = TextColumn("{task.description}", markup=False)
    bar = Progress(told, *far, console=Console(stderr=True, markup=False), transient=True)
    bar.add_task(doing, total=count)
    bar.start()
    return bar
