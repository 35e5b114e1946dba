"""Where bytes go that may find nobody: standard output and error, pipes and devices.

A reader that goes away, as `head` does, changes nothing: the command works on to its verdict, and
the rest goes nowhere. What a full disk does not take is remembered, and told when all is done.
"""

import errno
import io
import os
import select
import stat
import sys
import time
from collections.abc import Iterator
from typing import Any, Final, TextIO

_WAIT: Final = 3
"""Seconds in which somebody must have opened a pipe to read from it."""
_GONE: Final = (BrokenPipeError, ConnectionResetError)


class Lossy(io.FileIO):
    """Bytes on their way out; `failed` is why some were lost, unless it is that nobody wants them."""

    failed: OSError | None = None
    _is_open = True

    def write(self, data: Any, /) -> int:
        """Write what can be written, and say that all was."""
        size = len(memoryview(data).cast("B"))
        while self._is_open:
            try:
                written = super().write(data)
            except OSError as error:
                self._is_open = False
                self.failed = None if isinstance(error, _GONE) else error
            else:
                if written is not None:
                    return written
                select.select([], [self], [])  # a pipe that is full and does not make us wait
        return size


def prepare() -> None:
    """Make the standard streams such that no letter, reader or disk ends a command.

    On pipes and in files there is UTF-8 with plain line ends. What is closed stays so: no file
    that is opened later takes its number. Where there is no standard error, talk goes nowhere.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - stderr
        pass
    os.close(handle)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                setattr(sys, name, _text(Lossy(stream.fileno(), "w", closefd=False)))


def finish() -> OSError | None:
    """Write out what waits; why some of the standard output was lost, or None."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError as error:  # of a terminal that was closed
            setattr(sys, "stdout" if stream is sys.stdout else "stderr", None)
            if stream is sys.stdout:
                return error
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.failed if isinstance(raw, Lossy) else None


def special_file(name: str) -> Iterator[TextIO]:
    """A pipe or a device, opened to be written to; a reader that goes away is no fault.

    Raises:
        OSError: it cannot be written, or nobody reads from the pipe.
    """
    raw = Lossy(_opened(name), "w")
    with _text(raw) as stream:
        yield stream
    if raw.failed is not None:
        raise raw.failed


def _text(raw: Lossy) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", newline="\n"
    )


def _opened(name: str) -> int:
    """A handle for writing; a pipe from which nobody reads is not waited for without end."""
    if not stat.S_ISFIFO(os.stat(name).st_mode):  # noqa: PTH116
        return os.open(name, os.O_WRONLY | os.O_TRUNC)
    until = time.monotonic() + _WAIT
    while True:
        try:
            handle = os.open(name, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > until:
                raise
            time.sleep(1 / 20)
        else:
            os.set_blocking(handle, True)
            return handle
