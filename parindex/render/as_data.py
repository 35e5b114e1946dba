"""Whatever the library gives as the data and the text of `--format json`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.published_figures.trend import Trend
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
    trend,
)
from parindex.tables.explanation import Explanation
from parindex.values.arguments import each_of, expect
from parindex.values.finding import Finding
from parindex.values.language import LanguageCode, language

_EXPECTED: Final = "what a function of parindex gave"


class _Form(NamedTuple):
    """How things of a class are written: the format, the key of their list, and what of each is in it."""

    format: str
    key: str
    records: Callable[[Any, int], Iterable[Any]]
    head: Callable[[Any], Mapping[str, Any]] = lambda _: {}


def _each(record: Callable[[Any], Any]) -> Callable[[Any, int], Iterable[Any]]:
    return lambda it, _depth: [record(it)]


_FORMS: Final[dict[type[Any], _Form]] = {
    Result: _Form(
        score_data.FORMAT,
        "results",
        lambda it, depth: [score_data.score_data(it, depth)],
        lambda _: score_data.TOOL,
    ),
    Ranking: _Form(ranking.FORMAT, "groups", _each(ranking.ranking_data)),
    Stability: _Form(
        stability.FORMAT,
        "groups",
        _each(stability.stability_data),
        lambda it: stability.stability_head(it.choices),
    ),
    Comparison: _Form(
        compare.FORMAT,
        "comparisons",
        _each(
            lambda it: compare.comparison_record(
                compare.Compared(it, it.means, it.of, it.ties, {}, merged=False)
            )
        ),
    ),
    Losses: _Form(losses.FORMAT, "results", _each(losses.losses_data)),
    Simulation: _Form(
        simulation.FORMAT,
        "results",
        _each(lambda it: simulation.simulation_data(it, it.name, it.peers)),
    ),
    Target: _Form(target.FORMAT, "results", _each(target.target_data)),
    Trend: _Form(
        trend.FORMAT,
        "lines",
        lambda it, _: map(trend.line_record, it.lines),
        trend.trend_head,
    ),
    Explanation: _Form(
        explain.FORMAT,
        "explanations",
        _each(lambda it: explain.explanation_record(it.subject, it.code)),
    ),
    PublishedRow: _Form(data.FORMAT, "rows", _each(data.row_record)),
    Scheme: _Form(schemes.FORMAT, "schemes", _each(schemes.scheme_record)),
    Finding: _Form(findings.FORMAT, "findings", _each(findings.finding_record)),
}


def to_dict(items: Any, depth: int = 1) -> dict[str, Any]:
    """Whatever the library gives as `--format json` writes it, as dicts and lists.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> data = parindex.to_dict(result)
    >>> data["format"], data["results"][0]["percent"]
    ('parindex-result/1', Decimal('78.35'))

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
    each_one = each_of("items", found, kind, kind.__name__)
    records = [record for each in each_one for record in form.records(each, depth)]
    whole = {"format": form.format, **form.head(first), form.key: records}
    return {name: _plain(value) for name, value in whole.items()}


def finding_data(finding: Finding, lang: LanguageCode) -> dict[str, Any]:
    """A finding as `check --format json` gives it, with its words in a language."""
    return findings.finding_record(finding, language(lang))


def findings_data(found: Iterable[Finding], lang: LanguageCode) -> dict[str, Any]:
    """Findings as `check --format json` gives them, with their words in a language."""
    records = [finding_data(each, lang) for each in found]
    return {"format": findings.FORMAT, "findings": records}


def _plain(value: Any) -> Any:
    """The same of dicts, lists and values of JSON alone."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    return value.isoformat() if isinstance(value, date) else value


def to_json(items: Any, depth: int = 1) -> str:
    """The text that `--format json` prints; arguments and errors as `to_dict`.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.to_json(result) == result.to_json()
    True
    """
    return render_json(to_dict(items, depth))
