"""The definitions of counts, the words of cells and the headings of columns: files of the package."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from msgspec import Struct, convert

At = Literal["received", "returned", "start", "end"]
FLAGS: Final = {
    "online": "channel",
    "full_service": "service_level",
    "fee": "fee",
    "paid": "payment",
    "electronic_result": "electronic_result",
    "digitised": "digitised",
    "late": "late",
}
"""What a word of a cell may say, and the column in which it stands."""


class Named(Struct, frozen=True):
    """What a count is called, in both languages."""

    vi: str
    en: str


class Definition(Struct, frozen=True, rename={"parts": "sum"}):
    """A count of dossiers: when one belongs to it, which columns it needs, and its source.

    `at` is the day that must lie within the period (`received`, `returned`), or its state at the
    period's `start` or `end`; `when` are conditions that must all hold. `of` services counts
    procedures, each once; `parts` are counts of which it is the sum; `given` is a field of the map.
    """

    name: Named
    says: str
    source: str
    at: At | None = None
    when: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    of: Literal["dossiers", "services"] = "dossiers"
    parts: tuple[str, ...] = ()
    given: str = ""


def _read(name: str) -> Any:
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 a safe one


@cache
def definitions() -> Mapping[str, Definition]:
    """Every count by its name, in the order in which they are written."""
    return convert(_read("definitions"), dict[str, Definition])


@cache
def words() -> Mapping[str, Sequence[str]]:
    """The words of cells, by what they say or, behind `not_`, deny."""
    return convert(_read("words"), dict[str, list[str]])


@cache
def headings() -> Mapping[str, Sequence[str]]:
    """The headings of each column that a map may name."""
    return convert(_read("headings"), dict[str, list[str]])
