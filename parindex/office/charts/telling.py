"""What charts of all subjects say in the same way: labels, figures of cells, sources."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from parindex.published_figures.sources import is_copy
from parindex.scheme.catalog import load_scheme, scheme_ids
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.tables.sources import publisher
from parindex.tables.table import Cell
from parindex.values.language import Language

_MOST_SOURCES: Final = 4


def number_of(cell: Cell) -> Decimal | None:
    """The figure of a cell; None where it holds none."""
    return Decimal(cell) if isinstance(cell, Decimal | int) else None


def label_of(code: Cell, name: Cell) -> str:
    """A criterion with its code, as lists of criteria name it."""
    return ". ".join(str(each) for each in (code, name) if each not in (None, ""))


def source_of_scheme(result: Result, say: Language) -> str:
    """Where figures come from that were computed: the scheme and what it rests on."""
    scheme = result.scheme
    told = say("computed by the scheme {scheme}", scheme=_quoted(scheme, say))
    return f"{told} ({publisher(scheme.source)})" if scheme.source else told


def source_of_schemes(ids: Iterable[str | None], say: Language) -> str:
    """The same where only the ids of schemes are known; those of files have no other name here."""
    known = [each for each in dict.fromkeys(ids) if each]
    named = [_quoted(load_scheme(each), say) if each in scheme_ids() else each for each in known]
    return say("computed by the scheme {scheme}", scheme=", ".join(named)) if named else ""


def _quoted(scheme: Scheme, say: Language) -> str:
    return f"“{say.name(scheme.title)}”"


def sources(found: Iterable[str], say: Language) -> str:
    """The sources of figures, each once: the first of them, copies last, and how many more there are."""
    parts = [part for source in found for part in source.split(" | ") if source]
    sites = dict.fromkeys(publisher(part) for part in sorted(parts, key=is_copy))
    first = [*sites][:_MOST_SOURCES]
    more = len(sites) - len(first)
    return "; ".join([*first, *([say("{count} more sources", count=more)] if more else [])])
