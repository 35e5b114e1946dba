"""Scorecards as YAML that reads back the same."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import yaml
from msgspec import Struct

from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.counts import Tally
from parindex.values.exact import to_decimal_or_none
from parindex.values.facts import Points, figure_form, form_of


def write_yaml(scorecards: Iterable[Scorecard]) -> str:
    """The scorecards as one YAML document each; numbers keep the digits they had."""
    return yaml.dump_all(
        (form_of_card(card) for card in scorecards),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )


def write_score(code: str, entry: Entry) -> str:
    """One score with its code, as it stands below `scores:`."""
    form = {code: _entry(entry)}
    return yaml.dump(form, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Dumper(yaml.SafeDumper):
    """Writes decimals as bare numbers; everything else is text and quoted where needed."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Write a value out wherever it stands: readers take no anchors."""
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = f"{value:f}"
    # The kind that YAML itself sees in the bare text, so that no tag is written.
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # PyYAML folds a next-line letter in single quotes into a space.
    style = '"' if "\x85" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(str, _string)


def form_of_card(card: Scorecard) -> dict[str, Any]:
    """A scorecard as the mapping that is written in a file."""
    form = _form(card)
    if not card.ranked:
        form["ranked"] = False
    return {name: form[name] for name in _ORDER if name in form}


_HEAD: Final = [*HeadForm.model_fields]
_ORDER: Final = (*_HEAD[: _HEAD.index("parts")], "scores", *_HEAD[_HEAD.index("parts") :])
"""Fields of a scorecard as they follow each other in a file."""
_NAMES: Final = {"start": "from", "end": "to", "unranked_reason": "reason"}
"""Fields that have another name in a file."""
_UNWRITTEN: Final = ("ranked", "doubts", "places", "own")


def _form(value: Any) -> Any:
    """A value as it is written; fields that say nothing are left out."""
    match value:
        case Entry():
            return _entry(value)
        case Tally():
            return str(value) if value.about else value.number
        case Struct():
            fields = {
                _NAMES.get(name, name): _form(getattr(value, name))
                for name in value.__struct_fields__
                if name not in _UNWRITTEN
            }
            return {name: each for name, each in fields.items() if each not in (None, {}, [])}
        case Mapping():
            return {name: _form(each) for name, each in value.items()}
        case tuple():
            return [_form(each) for each in value]
        case _:
            return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):  # as a wide table gives a total by its index
        return _quotient(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _quotient(value: Fraction) -> Decimal | str:
    """A quotient as a decimal, which is read again; as text where its decimals do not end."""
    number = to_decimal_or_none(value)
    return str(value) if number is None else number


def _entry(entry: Entry) -> dict[str, Any]:
    said = {name: _form(getattr(entry, name)) for name in _SAID}
    if entry.published is not None:
        said["published"] = f"{entry.published:f}%"
    fact = form_of(entry.fact)
    if isinstance(entry.fact, Points) and isinstance(entry.fact.points, Fraction):
        fact = {"points": _quotient(entry.fact.points)}
    if entry.reference is not None:
        said["reference"] = figure_form(entry.reference)
    if entry.stages:
        fact = _form(entry.stages)
        latest = entry.stages[entry.stage].reason if entry.stage else None
        said["reason"] = None if entry.reason == latest else entry.reason
    return fact | {name: each for name, each in said.items() if each not in (None, {}, [])}


_SAID: Final = ("explanation", "evidence", "note", "counts", "published", "reference", "reason")
