"""Scorecards as YAML that reads back the same."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from parindex.model.facts import form_of
from parindex.model.scorecard import Entry, Published, Scorecard


def write_yaml(scorecards: Iterable[Scorecard]) -> str:
    """The scorecards as one YAML document each; numbers keep the digits they had."""
    return yaml.dump_all(
        (_form(card) for card in scorecards),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )


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


_Dumper.add_representer(Decimal, _decimal)


def _form(card: Scorecard) -> dict[str, Any]:
    """A scorecard as the mapping that stands in a file."""
    form: dict[str, Any] = {"unit": card.unit, "year": card.year, "level": card.level}
    form |= {"scheme": card.scheme, "unit_id": card.unit_id}
    form["scores"] = {code: _entry(entry) for code, entry in card.scores.items()}
    form["published"] = _published(card.published) if card.published else None
    form["source"] = card.source
    return {key: value for key, value in form.items() if value is not None}


def _entry(entry: Entry) -> dict[str, Any]:
    said = {"note": entry.note, "reason": entry.reason}
    return form_of(entry.fact) | {key: value for key, value in said.items() if value is not None}


def _published(published: Published) -> dict[str, Any]:
    form = {field: getattr(published, field) for field in published.__struct_fields__}
    return {
        key: dict(value) if key in ("points", "percent", "ranks", "figures") else value
        for key, value in form.items()
        if value not in (None, {})
    }
