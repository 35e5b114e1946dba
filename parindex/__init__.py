"""parindex: recompute, explain and compare scores of Vietnam's PAR INDEX.

The library mirrors the command line:

>>> import parindex
>>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
>>> result = parindex.score(card)
>>> result.index, result.band
(Decimal('78.35'), 'B')
"""

from typing import TYPE_CHECKING

from parindex.version import __version__

if TYPE_CHECKING:
    from parindex.api import (
        compare,
        load_scheme,
        losses,
        published,
        rank,
        read_scorecards,
        score,
        simulate,
        stability,
        target,
        trend,
        write_scorecard,
    )
    from parindex.findings import InputError
    from parindex.office.api import merge, split
    from parindex.scale.api import facts
    from parindex.scale.columns.frame import score_frame
    from parindex.scheme.scheme import Scheme
    from parindex.scorecard.scorecard import Scorecard
    from parindex.scoring.result import Result
    from parindex.tables.rows import to_rows
    from parindex.values.finding import Finding

_HOMES = {
    "compare": "parindex.api",
    "facts": "parindex.scale.api",
    "published": "parindex.api",
    "to_rows": "parindex.tables.rows",
    "load_scheme": "parindex.api",
    "losses": "parindex.api",
    "merge": "parindex.office.api",
    "rank": "parindex.api",
    "read_scorecards": "parindex.api",
    "score": "parindex.api",
    "score_frame": "parindex.scale.columns.frame",
    "simulate": "parindex.api",
    "split": "parindex.office.api",
    "stability": "parindex.api",
    "target": "parindex.api",
    "trend": "parindex.api",
    "write_scorecard": "parindex.api",
    "Finding": "parindex.values.finding",
    "InputError": "parindex.findings",
    "Result": "parindex.scoring.result",
    "Scheme": "parindex.scheme.scheme",
    "Scorecard": "parindex.scorecard.scorecard",
}

__all__ = [
    "Finding",
    "InputError",
    "Result",
    "Scheme",
    "Scorecard",
    "__version__",
    "compare",
    "facts",
    "load_scheme",
    "losses",
    "merge",
    "published",
    "rank",
    "read_scorecards",
    "score",
    "score_frame",
    "simulate",
    "split",
    "stability",
    "target",
    "to_rows",
    "trend",
    "write_scorecard",
]


def _of_wing(name: str) -> object:
    """A function of the wing of many rows; where its libraries are missing, one that says so when it is called."""
    from parindex.findings import InputError
    from parindex.findings.wing import scale

    try:
        return getattr(scale(_HOMES[name].partition(".scale.")[2]), name)
    except InputError as error:
        missing = error

    def refuse(*_: object, **__: object) -> object:
        raise missing

    return refuse


def __getattr__(name: str) -> object:
    """Public names, imported when they are first used, so that the command line starts fast."""
    if name in _HOMES:
        from importlib import import_module

        home = _HOMES[name]
        return _of_wing(name) if ".scale." in home else getattr(import_module(home), name)
    raise AttributeError(f"module 'parindex' has no attribute {name!r}")
