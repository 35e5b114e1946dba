"""Sources as documents name them: by their publisher, each address once, and what was not checked."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from parindex.rules.deadline import date_text
from parindex.scheme.scheme import Criterion, Scheme
from parindex.values.fuzzy import fold_name
from parindex.values.language import N_, Language

_SHIPPED: Final = ("official", "provincial", "fragment")
"""Schemes of the catalog, whose sources are known; of its own scheme an office knows them better."""
_PRINTED: Final = {
    True: N_("The maxima are as printed in {source}."),
    False: N_("The criteria are as printed in {source}."),
}
"""What a source gives, by whether the scheme gives maxima."""
_UNCHECKED: Final = {
    True: N_(
        "The maxima are as printed in {source}; not checked against decision {decision} itself."
    ),
    False: N_(
        "The criteria are as printed in {source}; not checked against decision {decision} itself."
    ),
}
"""The same where it is not the decision."""


def publisher(source: str) -> str:
    """Who published a source: the host of an address, whatever else was written down as it is.

    >>> publisher("https://www.mekongsean.vn/a.html"), publisher("Báo Lạng Sơn (LSO), 20/6/2017")
    ('mekongsean.vn', 'Báo Lạng Sơn (LSO), 20/6/2017')
    """
    if not source.startswith(("http://", "https://")) or " " in source.strip():
        return source
    try:
        host = urlsplit(source.strip()).hostname or ""
    except ValueError:  # a broken IPv6 address
        return source
    return host.removeprefix("www.") or source


def with_address(source: str) -> str:
    """A source by its publisher, with its address where it is one."""
    name = publisher(source)
    return source if name == source else f"{name} ({source.strip()})"


def address_notes(sources: Iterable[str | None]) -> Iterator[str]:
    """The addresses of sources that stand by their publishers in a table, each once."""
    for source in dict.fromkeys(filter(None, sources)):
        if publisher(source) != source:
            yield f"{publisher(source)}: {source.strip()}"


def source_of(scheme: Scheme, criterion: Criterion) -> str | None:
    """Where a criterion was read: its own source, that of those above it, or of the scheme."""
    return scheme.inherited(criterion.code, "source") or scheme.source


def is_unchecked(scheme: Scheme, source: str) -> bool:
    """Whether what a scheme of the catalog takes from a source was read without its decision.

    A source that names the decision by its number, or in its address, is taken for its text.
    """
    decision = scheme.decision
    if decision is None or scheme.status not in _SHIPPED:
        return False
    return f"-{fold_name(decision.number)}-" not in f"-{fold_name(source)}-"


def printed_notes(scheme: Scheme, criteria: Iterable[Criterion], say: Language) -> Iterator[str]:
    """What criteria were read in, each source once, and that it is not the decision."""
    found: dict[tuple[bool, bool], dict[str, None]] = {}
    for each in criteria:
        source = source_of(scheme, each)
        if source is not None:
            kind = (is_unchecked(scheme, source), each.max is not None)
            found.setdefault(kind, {})[with_address(source).rstrip(".")] = None
    for (unchecked, maxima), sources in found.items():
        message = (_UNCHECKED if unchecked else _PRINTED)[maxima]
        told = {"source": "; ".join(sources), "decision": decision_text(scheme, say)}
        yield say(message, **told)


def decision_text(scheme: Scheme, say: Language) -> str:
    """The number of a decision and its day, empty without one."""
    decision = scheme.decision
    if decision is None:
        return ""
    day = date_text(decision.date, say) if decision.date else None
    return say("{number} of {date}", number=decision.number, date=day) if day else decision.number
