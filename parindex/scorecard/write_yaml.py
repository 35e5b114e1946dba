"""Scorecards as YAML that reads back the same."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import yaml

from parindex.scorecard.scorecard import Entry, Evidence, Published, Scorecard
from parindex.values.counts import Counts, Tally
from parindex.values.facts import form_of


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
    """A scorecard as the mapping that stands in a file."""
    period = card.period
    return _filled(
        {
            "unit": card.unit,
            "year": card.year,
            "level": card.level,
            "scheme": card.scheme,
            "unit_id": card.unit_id,
            "province": card.province,
            "parent": card.parent,
            "group": card.group,
            "office": card.office,
            "period": period and {"from": period.start.isoformat(), "to": period.end.isoformat()},
            "profile": card.profile,
            "applicable_max": card.applicable_max,
            "ranked": None if card.ranked else False,
            "reason": card.unranked_reason,
            "scores": {code: _entry(entry) for code, entry in card.scores.items()},
            "parts": {name: dict(parts) for name, parts in card.parts.items()},
            "total": card.total,
            "counts": _counts(card.counts),
            "published": card.published and _published(card.published),
            "source": card.source,
        }
    )


def _filled(form: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {key: value for key, value in form.items() if value not in (None, {}, [])}


def _entry(entry: Entry) -> dict[str, Any]:
    evidence = [_evidence(each) for each in entry.evidence]
    said: dict[str, Any] = {
        "explanation": entry.explanation,
        "evidence": evidence,
        "note": entry.note,
    }
    share = None if entry.published is None else f"{entry.published:f}%"
    said |= {"counts": _counts(entry.counts), "published": share}
    if entry.stages:
        stages: dict[str, Any] = {stage: _entry(each) for stage, each in entry.stages.items()}
        latest = entry.stages[entry.stage].reason if entry.stage else None
        said["reason"] = None if entry.reason == latest else entry.reason
        return _filled({**stages, **said})
    return {**form_of(entry.fact), **_filled({**said, "reason": entry.reason})}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    date = evidence.date.isoformat() if evidence.date else None
    where = {"section": evidence.section, "page": evidence.page}
    return _filled({"number": evidence.number, "date": date, **where})


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        name: _tally(each)
        if isinstance(each, Tally)
        else {inner: _tally(tally) for inner, tally in each.items()}
        for name, each in counts.items()
    }


def _tally(tally: Tally) -> int | str:
    return str(tally) if tally.about else tally.number


def _published(published: Published) -> dict[str, Any]:
    form = {field: getattr(published, field) for field in published.__struct_fields__}
    return _filled({k: dict(v) if isinstance(v, Mapping) else v for k, v in form.items()})
