"""Whatever the library gives as the data and the text of `--format json`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from parindex.render.json_data import render_json
from parindex.scorecard.scorecard import Scorecard
from parindex.scorecard.write_yaml import form_of_card
from parindex.tables import findings
from parindex.tables.written import THINGS, kind_of, written
from parindex.values.arguments import each_of, expect, refuse
from parindex.values.as_data import Several
from parindex.values.finding import Finding
from parindex.values.language import LanguageCode, language

_EXPECTED: Final = "what a function of parindex gave"


def to_dict(items: Any, depth: int = 1) -> dict[str, Any]:
    """Whatever the library gives as `--format json` writes it, as dicts and lists.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> data = parindex.to_dict(result)
    >>> data["format"], data["results"][0]["percent"]
    ('parindex-result/1', Decimal('78.35'))

    Args:
        items: one thing, or several of one class. A scorecard is written as its file; of several
            there is only the text (`to_json`), because that is a list.
        depth: how many levels of criteria a result has, as `--depth`.

    Returns:
        The whole document, with its `format`. Numbers are `Decimal` or `int`, with the digits
        that are printed.

    Raises:
        TypeError: it is something else.
        ValueError: there is nothing in a list that is not of the library.
    """
    expect("depth", depth, int, "how many levels of criteria")
    if isinstance(items, Scorecard):
        return {name: _plain(value) for name, value in form_of_card(items).items()}
    one = isinstance(items, THINGS) and not isinstance(items, Several)
    found = [*each_of("items", [items] if one else items, THINGS, _EXPECTED)]
    if not found and not isinstance(items, Several):
        raise ValueError("items: expected at least one thing")
    kind = kind_of(items) if isinstance(items, Several) else type(found[0])
    form = written(kind)
    if form is None:
        expected = "one Scorecard; to_json writes several" if kind is Scorecard else _EXPECTED
        refuse("items", items, expected)
    if not isinstance(items, Several):
        found = [*each_of("items", found, kind, type(found[0]).__name__)]
    records = [record for each in found for record in form.records(each, depth)]
    head = form.head(found[0]) if found else {}
    whole = {"format": form.format, **head, form.key: records}
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
    if _are_cards(items):
        return render_json([to_dict(each) for each in items])
    return render_json(to_dict(items, depth))


def _are_cards(items: Any) -> bool:
    """Whether they are scorecards, which are written as a list, as `facts --format json` does."""
    if not isinstance(items, list | tuple) or not items:
        return False
    return all(isinstance(each, Scorecard) for each in items)
