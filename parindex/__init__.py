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


def __getattr__(name: str) -> object:
    """Public names, imported when they are first used, so that the command line starts fast."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'parindex' has no attribute {name!r}")
