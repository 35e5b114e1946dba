"""What a Parquet file says of itself at its end: how many bytes its row groups have unpacked.

Engines unpack a row group before anybody can count it, and a few kilobytes may unpack to
gigabytes. The footer is Thrift in its compact form (apache/parquet-format, `FileMetaData`); of
it only the sizes are kept. What writers say there is true; a file that was made to lie is not found out.
"""

from typing import Any, Final

_MAGIC: Final = b"PAR1"
_LONGEST: Final = 16 * 1024 * 1024
"""The most bytes of a footer that is read."""
_DEEPEST: Final = 16
_DOUBLE, _STRUCT = 7, 12
"""How the form numbers two of its types."""
_COUNTED: Final = 15
"""What stands for a count of a list that follows."""
_GOES_ON: Final = 128
"""The bit of a byte after which a number goes on."""
_ROW_GROUPS: Final = 4
"""The number of the field of the file that has its row groups."""
_UNPACKED: Final = 2
"""The number of the field of a row group that has its bytes, unpacked."""


def unpacked_bytes(data: bytes) -> int:
    """The bytes of all row groups, unpacked; 0 where the footer is not read, which the engine will tell.

    Raises:
        OverflowError: the footer is longer than any that a table of scores has.
    """
    length = int.from_bytes(data[-8:-4], "little")
    if data[-4:] != _MAGIC or length > len(data) - 8:
        return 0
    if length > _LONGEST:
        raise OverflowError
    try:
        file = _Compact(data[len(data) - 8 - length : -8]).struct(0)
        return sum(max(0, group[_UNPACKED]) for group in file[_ROW_GROUPS])
    except (IndexError, KeyError, TypeError, ValueError):
        return 0


class _Compact:
    """Reads values of the compact form; texts are passed over."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self, deep: int) -> dict[int, Any]:
        """The fields of a struct by their numbers."""
        found: dict[int, Any] = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._signed()
            found[field] = self._value(head & 15, deep + 1)
        return found

    def _value(self, kind: int, deep: int) -> Any:
        if deep > _DEEPEST:
            raise ValueError(deep)
        match kind:
            case 1 | 2:  # true and false have no bytes of their own
                return kind == 1
            case 3:
                return self._byte()
            case 4 | 5 | 6:
                return self._signed()
            case 7 | 8:  # a double, a text
                return self._passed(8 if kind == _DOUBLE else self._number())
            case 9 | 10:
                return self._list(deep)
        if kind != _STRUCT:
            raise ValueError(kind)
        return self.struct(deep)

    def _passed(self, length: int) -> None:
        self._at += length
        if self._at > len(self._data):
            raise IndexError

    def _list(self, deep: int) -> list[Any]:
        head = self._byte()
        count = self._number() if head >> 4 == _COUNTED else head >> 4
        kind = head & 15
        inner = 3 if kind in (1, 2) else kind  # in a list true and false have a byte
        return [self._value(inner, deep + 1) for _ in range(count)]

    def _signed(self) -> int:
        number = self._number()
        return (number >> 1) ^ -(number & 1)

    def _number(self) -> int:
        number = 0
        for shift in range(0, 64, 7):
            byte = self._byte()
            number |= (byte & ~_GOES_ON) << shift
            if byte < _GOES_ON:
                return number
        raise ValueError(number)

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]
