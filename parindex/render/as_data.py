"""Whatever the library gives as the data and the text of `--format json`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.render.json_data import render_json
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.tables import (
    compare,
    data,
    explain,
    findings,
    losses,
    ranking,
    schemes,
    score_data,
    simulation,
    stability,
    target,
)
from parindex.tables.explanation import Explanation
from parindex.values.arguments import each_of, expect
from parindex.values.finding import Finding

_EXPECTED: Final = "what a function of parindex gave"


class _Form(NamedTuple):
    """How things of a class are written: the format, the key of their list, and each of them."""

    format: str
    key: str
    record: Callable[[Any, int], Any]
    head: Callable[[Any], Mapping[str, Any]] = lambda _: {}


_FORMS: Final[dict[type[Any], _Form]] = {
    Result: _Form(score_data.FORMAT, "results", score_data.score_data, lambda _: score_data.TOOL),
    Ranking: _Form(ranking.FORMAT, "groups", lambda it, _: ranking.ranking_data(it)),
    Stability: _Form(
        stability.FORMAT,
        "groups",
        lambda it, _: stability.stability_data(it),
        lambda it: stability.stability_head(it.choices),
    ),
    Comparison: _Form(
        compare.FORMAT,
        "comparisons",
        lambda it, _: compare.comparison_record(
            compare.Compared(it, it.means, it.of, it.ties, {}, merged=False)
        ),
    ),
    Losses: _Form(losses.FORMAT, "results", lambda it, _: losses.losses_data(it)),
    Simulation: _Form(
        simulation.FORMAT,
        "results",
        lambda it, _: simulation.simulation_data(it, it.name, it.peers),
    ),
    Target: _Form(target.FORMAT, "results", lambda it, _: target.target_data(it)),
    Explanation: _Form(
        explain.FORMAT,
        "explanations",
        lambda it, _: explain.explanation_record(it.subject, it.code),
    ),
    PublishedRow: _Form(data.FORMAT, "rows", lambda it, _: data.row_record(it)),
    Scheme: _Form(schemes.FORMAT, "schemes", lambda it, _: schemes.scheme_record(it)),
    Finding: _Form(findings.FORMAT, "findings", lambda it, _: findings.finding_record(it)),
}


def to_dict(items: Any, depth: int = 1) -> dict[str, Any]:
    """Whatever the library gives as `--format json` writes it, as dicts and lists.

    Args:
        items: one thing, or several of one class.
        depth: how many levels of criteria a result has, as `--depth`.

    Returns:
        The whole document, with its `format`. Numbers are `Decimal` or `int`, with the digits
        that are printed.

    Raises:
        TypeError: it is something else.
        ValueError: there is nothing.
    """
    expect("depth", depth, int, "how many levels of criteria")
    given = [items] if isinstance(items, tuple(_FORMS)) else items
    found = [*each_of("items", given, tuple(_FORMS), _EXPECTED)]
    if not found:
        raise ValueError("items: expected at least one thing")
    first = found[0]
    kind = next(each for each in _FORMS if isinstance(first, each))
    form = _FORMS[kind]
    records = [form.record(each, depth) for each in each_of("items", found, kind, kind.__name__)]
    whole = {"format": form.format, **form.head(first), form.key: records}
    return {name: _plain(value) for name, value in whole.items()}


def _plain(value: Any) -> Any:
    """The same of dicts, lists and values of JSON alone."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    return value.isoformat() if isinstance(value, date) else value


def to_json(items: Any, depth: int = 1) -> str:
    """The text that `--format json` prints; arguments and errors as `to_dict`."""
    return render_json(to_dict(items, depth))
