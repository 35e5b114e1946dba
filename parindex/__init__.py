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
        check,
        compare,
        data_check,
        data_list,
        explain,
        load_scheme,
        losses,
        new_scheme,
        published,
        rank,
        read_scorecards,
        schema,
        schemes,
        score,
        simulate,
        stability,
        target,
        template,
        test,
        trend,
        verify,
        write_scorecard,
    )
    from parindex.findings import InputError
    from parindex.office.api import chart, import_scheme, merge, report, split
    from parindex.office.published.api import data_export, data_import, data_site
    from parindex.render.as_data import to_dict, to_json
    from parindex.scale.api import facts
    from parindex.scale.columns.frame import score_frame
    from parindex.scheme.scheme import Scheme
    from parindex.scorecard.scorecard import Scorecard
    from parindex.scoring.result import Result
    from parindex.tables.explanation import Explanation
    from parindex.tables.rows import to_frame, to_rows
    from parindex.values.finding import Finding

_HOMES = {
    "chart": "parindex.office.api",
    "check": "parindex.api",
    "compare": "parindex.api",
    "data_check": "parindex.api",
    "data_export": "parindex.office.published.api",
    "data_import": "parindex.office.published.api",
    "data_list": "parindex.api",
    "data_site": "parindex.office.published.api",
    "explain": "parindex.api",
    "facts": "parindex.scale.api",
    "import_scheme": "parindex.office.api",
    "load_scheme": "parindex.api",
    "losses": "parindex.api",
    "merge": "parindex.office.api",
    "new_scheme": "parindex.api",
    "published": "parindex.api",
    "rank": "parindex.api",
    "read_scorecards": "parindex.api",
    "report": "parindex.office.api",
    "schema": "parindex.api",
    "schemes": "parindex.api",
    "score": "parindex.api",
    "score_frame": "parindex.scale.columns.frame",
    "simulate": "parindex.api",
    "split": "parindex.office.api",
    "stability": "parindex.api",
    "target": "parindex.api",
    "template": "parindex.api",
    "test": "parindex.api",
    "to_dict": "parindex.render.as_data",
    "to_frame": "parindex.tables.rows",
    "to_json": "parindex.render.as_data",
    "to_rows": "parindex.tables.rows",
    "trend": "parindex.api",
    "verify": "parindex.api",
    "write_scorecard": "parindex.api",
    "Explanation": "parindex.tables.explanation",
    "Finding": "parindex.values.finding",
    "InputError": "parindex.findings",
    "Result": "parindex.scoring.result",
    "Scheme": "parindex.scheme.scheme",
    "Scorecard": "parindex.scorecard.scorecard",
}

__all__ = [
    "Explanation",
    "Finding",
    "InputError",
    "Result",
    "Scheme",
    "Scorecard",
    "__version__",
    "chart",
    "check",
    "compare",
    "data_check",
    "data_export",
    "data_import",
    "data_list",
    "data_site",
    "explain",
    "facts",
    "import_scheme",
    "load_scheme",
    "losses",
    "merge",
    "new_scheme",
    "published",
    "rank",
    "read_scorecards",
    "report",
    "schema",
    "schemes",
    "score",
    "score_frame",
    "simulate",
    "split",
    "stability",
    "target",
    "template",
    "test",
    "to_dict",
    "to_frame",
    "to_json",
    "to_rows",
    "trend",
    "verify",
    "write_scorecard",
]


def _of_wing(name: str) -> object:
    """A function of a wing; where its libraries are missing, one that says so when it is called."""
    from parindex.findings import InputError
    from parindex.findings.wing import scale, wing

    _, floor, module = _HOMES[name].split(".", 2)
    try:
        return getattr((scale if floor == "scale" else wing)(module), name)
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
        return (
            _of_wing(name)
            if home.split(".")[1] in ("office", "scale")
            else getattr(import_module(home), name)
        )
    raise AttributeError(f"module 'parindex' has no attribute {name!r}")
