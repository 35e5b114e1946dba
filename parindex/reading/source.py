"""A file, a pipe or standard input as bytes: each is opened and read once."""

import errno
import os
import select
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from parindex.findings import InputError
from parindex.findings.system import unread
from parindex.reading.encoding import decoded, is_utf16
from parindex.values.codes import FILE_TOO_LARGE, FILE_UNREADABLE, TOO_LONG
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

MAX_BYTES: Final = 32 * 1024 * 1024
MOST_BYTES: Final = 512 * 1024 * 1024
"""Bytes of a table in CSV, which is read as it streams by."""
LONGEST_LINE: Final = 1024 * 1024
_PIECE: Final = 64 * 1024
STDIN: Final = "-"
_START: Final = 4096
"""Bytes by which a format is told where the name does not tell it."""
_WAIT: Final = 3_000
"""Milliseconds in which somebody must have opened a pipe to write to it."""
_SILENT: Final = N_("a pipe to which nothing is written")


def shown(file: str) -> str:
    """The name of a file in a place."""
    return "<stdin>" if file == STDIN else file


class Source:
    """An open file of which the start was seen, and is not lost by it."""

    def __init__(self, file: str, stream: BinaryIO) -> None:
        self.file = shown(file)
        self.start = stream.read(_START)
        self._stream = stream

    def head(self) -> str:
        """The start as text, by which a format is told."""
        return self.start.decode("utf-16" if is_utf16(self.start) else "utf-8", errors="replace")

    def more(self, size: int) -> bytes:
        """So many of the bytes behind the start and what was read; empty at the end."""
        return self._stream.read(size)

    def read(self) -> bytes:
        """All bytes.

        Raises:
            InputError: P102 there are too many.
        """
        data = self.start + self._stream.read(MAX_BYTES + 1 - len(self.start))
        if len(data) > MAX_BYTES:
            raise self._too_large(MAX_BYTES)
        return data

    @contextmanager
    def rewindable(self) -> Iterator["Lines"]:
        """All bytes as a stream at its start that can be read again; UTF-16 becomes UTF-8.

        Raises:
            InputError: P102 there are too many, P103 a text of two bytes a letter is none.
        """
        if is_utf16(self.start):
            yield Lines(BytesIO(decoded(self.read(), self.file).encode()), self.file)
        elif self._stream.seekable():
            if self._stream.seek(0, os.SEEK_END) > MOST_BYTES:
                raise self._too_large(MOST_BYTES)
            self._stream.seek(0)
            yield Lines(self._stream, self.file)
        else:
            with tempfile.TemporaryFile() as copy:
                copy.write(self.start)
                while data := self._stream.read(_PIECE):
                    copy.write(data)
                    if copy.tell() > MOST_BYTES:
                        raise self._too_large(MOST_BYTES)
                copy.seek(0)
                yield Lines(copy, self.file)

    def _too_large(self, most: int) -> InputError:
        told = {"expected": f"≤ {most // 1024 // 1024} MB"}
        return InputError([Finding(FILE_TOO_LARGE, "", told, place=Place(self.file))])


class Lines:
    """A stream of bytes that is read line by line, and of which no line is without end."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self.file = file
        self.read, self.seek, self.tell = stream.read, stream.seek, stream.tell
        self._readline = partial(stream.readline, LONGEST_LINE)

    def readline(self) -> bytes:
        """The next line, empty at the end.

        Raises:
            InputError: P111 it is too long.
        """
        line = self._readline()
        return line if len(line) < LONGEST_LINE else self._whole(line)

    def __iter__(self) -> Iterator[bytes]:
        """The lines that are left; errors as `readline`."""
        for line in iter(self._readline, b""):
            yield line if len(line) < LONGEST_LINE else self._whole(line)

    def _whole(self, line: bytes) -> bytes:
        if line.endswith(b"\n"):
            return line
        from parindex.values.fields import short

        told = {"found": short(line[:_START].decode(errors="replace"), 20)}
        told["expected"] = f"≤ {LONGEST_LINE}"
        left = self.tell() - len(line)
        self.seek(0)
        number = 1
        while left > 0:
            data = self.read(min(left, _PIECE))
            left -= len(data) or left
            number += data.count(b"\n")
        raise InputError([Finding(TOO_LONG, "", told, place=Place(self.file, number, 1))])


@contextmanager
def opened(file: str) -> Iterator[Source]:
    """A file, or standard input for `-`, opened for as long as it is read.

    Raises:
        InputError: P101 it cannot be read.
    """
    place = Place(shown(file))
    try:
        if file == STDIN:
            yield Source(file, sys.stdin.buffer if sys.stdin else BytesIO())
        else:
            with _open(file) as stream:
                yield Source(file, stream)
    except OSError as error:
        raise InputError([Finding(FILE_UNREADABLE, "", unread(error), place=place)]) from error
    except ValueError as error:  # a NUL in the name
        if isinstance(error, InputError | UnicodeError):
            raise
        raise InputError([Finding(FILE_UNREADABLE, "", unread(error), place=place)]) from error


def read_bytes(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        InputError: P101 it cannot be read, P102 it is too large.
    """
    with opened(file) as source:
        return source.read()


def _open(file: str) -> BinaryIO:
    """A file for reading; a pipe to which nobody writes is not waited for without end."""
    if not stat.S_ISFIFO(Path(file).stat().st_mode) or not hasattr(select, "poll"):
        return Path(file).open("rb")
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    if not _is_written(handle):
        os.close(handle)
        raise OSError(errno.EIO, _SILENT)
    os.set_blocking(handle, True)
    return os.fdopen(handle, "rb")


def _is_written(handle: int) -> bool:
    """Whether a pipe has something in it, was closed by a writer, or has one that is slow."""
    events = select.poll()
    events.register(handle, select.POLLIN | select.POLLHUP)
    if events.poll(_WAIT):
        return True
    try:
        os.read(handle, 1)
    except BlockingIOError:  # somebody has it open
        return True
    return False
