"""What the Python interface takes: everything else is refused with what is expected."""

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike, fspath
from typing import Any, Final, NoReturn, get_args

from parindex.values.escaping import xml_text
from parindex.values.fields import short

_LONGEST: Final = 200
_LARGE: Final = 10**12


def choice(name: str, value: object, literal: Any) -> None:
    """Refuse what is none of the choices of a `Literal`.

    Raises:
        ValueError: it is none of them; names them all.
    """
    known = get_args(literal)
    if value not in known:
        listed = ", ".join(map(repr, known))
        raise ValueError(f"{name}: expected one of {listed}; found {_told(value)}")


def expect(name: str, value: object, kinds: Any, expected: str) -> None:
    """Refuse what is of none of some classes; a bool is no number.

    Raises:
        TypeError: it is of none of them; says what is expected.
    """
    if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
        refuse(name, value, expected)


def refuse(name: str, value: object, expected: str) -> NoReturn:
    """Say what was expected of a value that is something else.

    Raises:
        TypeError: always.
    """
    raise TypeError(f"{name}: expected {expected}; found {_told(value)}")


def path_of(name: str, value: object, expected: str = "a path, as text or pathlib.Path") -> str:
    """The path that a text or a `Path` is.

    Raises:
        TypeError: it is neither; a path of bytes is none.
        ValueError: it is text of several lines, which somebody meant to be read itself.
    """
    path = fspath(value) if isinstance(value, PathLike) else value
    expect(name, path, str, expected)
    if "\n" in str(path):
        raise ValueError(f"{name}: expected {expected}; found text of several lines")
    return str(path)


def each_of(name: str, values: Any, kinds: Any, expected: str) -> Iterator[Any]:
    """The items of a list, generator or other iterable, each looked at when it is taken.

    Raises:
        TypeError: it is a single thing, a mapping or text, or an item is of another class.
    """
    if not isinstance(values, Iterable) or isinstance(values, str | bytes | Mapping):
        raise TypeError(
            f"{name}: expected a list or generator, each {expected}; found {_told(values)}"
        )
    return _checked(name, values, kinds, expected)


def _checked(name: str, values: Iterable[Any], kinds: Any, expected: str) -> Iterator[Any]:
    for number, value in enumerate(values):
        expect(f"{name}[{number}]", value, kinds, expected)
        yield value


def _told(value: object) -> str:
    if isinstance(value, str):
        return f"'{xml_text(short(value[:_LONGEST]))}'"
    if value is None or (isinstance(value, int) and abs(value) < _LARGE):
        return str(value)
    return f"a {type(value).__name__}"
