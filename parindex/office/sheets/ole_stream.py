"""A stream out of the container of an old Office file (OLE): chains of sectors never run in a circle."""

from array import array
from collections.abc import Iterator, Sequence
from struct import unpack_from
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = 76
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5
_SHIFTS: Final = (9, 12)


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The bytes of the first stream of one of these names, in small letters.

    Raises:
        ValueError: the container is broken, or has none.
    """
    return _Container(data).stream(names)


class _Container:
    """The sectors of a file, and the tables that chain them."""

    def __init__(self, data: bytes) -> None:
        shift = unpack_from("<H", data, 30)[0]
        if shift not in _SHIFTS:
            raise ValueError(shift)
        self._data, self._size = data, 1 << shift
        self._directory, self._cutoff, small, more = (
            unpack_from("<i", data, at)[0] for at in (48, 56, 60, 68)
        )
        self._next = self._numbers(self._tables(more))
        self._small_next = self._numbers(self._chain(self._next, small))

    def _tables(self, more: int) -> Iterator[int]:
        """The sectors of the table that chains all sectors."""
        yield from (each for each in unpack_from("<109i", self._data, _HEADER) if each >= 0)
        for _ in range(len(self._data) // self._size):
            if more < 0:
                return
            *held, more = array("i", self._sector(more))
            yield from (each for each in held if each >= 0)

    def _numbers(self, sectors: Iterator[int]) -> "array[int]":
        return array("i", b"".join(map(self._sector, sectors)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        held = self._data[start : start + self._size]
        if not held:
            raise ValueError(number)
        return held.ljust(self._size, b"\0")

    @staticmethod
    def _chain(following: Sequence[int], number: int) -> Iterator[int]:
        for _ in range(len(following)):
            if number < 0:
                return
            yield number
            number = following[number]
        if number >= 0:
            raise ValueError(number)

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(self._next, start)))

    def stream(self, names: Sequence[str]) -> bytes:
        entries = self._joined(self._directory)
        found: dict[str, tuple[int, int]] = {}
        small = b""
        for at in range(0, len(entries), _ENTRY):
            length, kind = unpack_from("<HB", entries, at + 64)
            start, size = unpack_from("<iI", entries, at + 116)
            name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                found.setdefault(name.casefold(), (start, size))
            elif kind == _ROOT and not small:
                small = self._joined(start)
        for name in names:
            if name in found:
                start, size = found[name]
                if size >= self._cutoff:
                    return self._joined(start)[:size]
                chain = self._chain(self._small_next, start)
                return b"".join(small[64 * each : 64 * each + 64] for each in chain)[:size]
        raise ValueError(names)
