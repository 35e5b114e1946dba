"""What everything that the library gives has: itself as plain data.

How each is written stands floors above, so it is asked for by name when it is wanted.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar, TypeVar

Item = TypeVar("Item")


class AsData:
    """A thing that programs may have as plain data, as `--format json` writes it."""

    __slots__ = ()
    _writer: ClassVar[str] = ""
    """The module of a wing that says how it is written, as `WRITTEN`; of the main house all are in one."""

    def to_dict(self, depth: int = 1) -> dict[str, Any]:
        """Itself as `--format json` gives it, as dicts and lists; numbers are `Decimal` or `int`.

        Args:
            depth: how many levels of criteria a result has, as `--depth`.
        """
        found: dict[str, Any] = _writing().to_dict(self, depth)
        return found

    def to_json(self, depth: int = 1) -> str:
        """The text that `--format json` prints; arguments as `to_dict`."""
        text: str = _writing().to_json(self, depth)
        return text

    def _repr_html_(self) -> str | None:
        """The tables of the command, for notebooks; None where there are none."""
        found: str | None = import_module("parindex.render.notebook").shown(self)
        return found


class Several(AsData, list[Item]):
    """A list of what a function gives, which is written as the command writes it, also where it is empty.

    `kind` is the class of its items, or the name of a list that is written otherwise than they are.
    """

    __slots__ = ("kind",)

    def __init__(self, kind: type[Any] | str, items: Iterable[Item]) -> None:
        super().__init__(items)
        self.kind = kind


def _writing() -> Any:
    return import_module("parindex.render.as_data")
