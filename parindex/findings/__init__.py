"""Every finding: its code, severity, message, how to mend it, why it is one, and an example.

The catalog is `findings.yaml`: P1xx files that cannot be read, P2xx scorecards that do not
fit their scheme, P3xx schemes that are not sound, P4xx figures that disagree, P5xx gates of
the command line, P6xx what `parindex check` alone reports, P7xx parts of a scorecard, P8xx
what the command line asks for, P9xx the machine. Codes are stable: one that was published
keeps its meaning and is never used again for another.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from msgspec import Struct

from parindex.values.brief import brief
from parindex.values.escaping import visible
from parindex.values.finding import Finding, Place, Severity
from parindex.values.language import N_, Language, LanguageCode, language
from parindex.values.stages import STAGE_WORDS, STAGES


class Kind(Struct, frozen=True):
    """One kind of finding.

    The `message` has `{parameters}`; `mend` says what to do, `in_workbook` the same with
    `{cell}` for whoever has a workbook, `mends` the same for findings whose parameter `case`
    names one of them, `why` what it rests on. `given`
    is an example: a line of a file or a command that leads to a finding with `where` and
    `parameters`. With `figures`, what was found and expected are figures that were worked with,
    and get the decimal mark of the reader's language; elsewhere they stand as typed.
    """

    code: str
    name: str
    severity: Severity
    message: str
    mend: str
    in_workbook: str = ""
    mends: Mapping[str, str] = {}
    figures: bool = False
    why: str = ""
    given: str = ""
    where: str = ""
    parameters: Mapping[str, str] = {}


@cache
def kinds() -> Mapping[str, Kind]:
    """The catalog by code, read once and only where there is something to report."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = os.path.join(os.path.dirname(__file__), "findings.yaml")  # noqa: PTH118, PTH120
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123
        rows = yaml.load(stream, loader)  # noqa: S506 a safe loader either way
    return {code: Kind(code=code, **row) for code, row in rows.items()}


def severity(finding: Finding) -> Severity:
    """How grave a finding is, by its code."""
    return kinds()[finding.code].severity


def message(finding: Finding, say: Language) -> str:
    """What a finding says, in the reader's language, without its place and code.

    `found`, `expected` and `near` follow in brackets where the message does
    not already hold them, as do the `name` of the criterion and the codes for which figures
    hold `together`, and with what was found its `cause`, in our words. They and names
    are as typed, but where the kind says that they are figures; these, and the other
    parameters, get the decimal mark of the language.
    """
    kind = kinds()[finding.code]
    template = kind.message
    typed = (
        "found",
        "cause",
        "expected",
        "near",
        "together",
        "scheme",
        "unit",
        "other",
        "source",
        "name",
    )
    parameters = {
        key: told(value) if key in typed else say.figures(told(value))
        for key, value in finding.parameters.items()
    }
    if kind.figures:
        known = parameters.keys() & {"found", "expected"}
        parameters |= {key: say.decimals(parameters[key]) for key in known}
    other = parameters.get("other")
    if other is not None:
        parameters["other"] = say(other)
    text = say(template, **parameters)
    if "cause" in parameters:
        parameters["found"] = found_text(finding, say)
    words = {"found": say("found"), "expected": say("expected"), "near": say("did you mean")}
    words |= {"name": say("called"), "together": say("for these together")}
    more = [
        f"{word}: {say(parameters[key]) if key == 'expected' else parameters[key]}"
        for key, word in words.items()
        if parameters.get(key) and f"{{{key}}}" not in template
    ]
    return f"{text} ({'; '.join(more)})" if more else text


def found_text(finding: Finding, say: Language) -> str:
    """What was found, with its cause in the reader's language; empty where neither is told."""
    given, cause = (told(finding.parameters.get(name, "")) for name in ("found", "cause"))
    return ": ".join(filter(None, (given, cause and say(cause))))


def describe(finding: Finding, say: Language | None = None) -> str:
    """One line for people: place, code, where and message."""
    say = say or language("en")
    at = str(finding.place or "")
    place = f"{told(at, LONGEST_PLACE)}: " if at else ""
    where = where_text(finding, say)
    return f"{place}{finding.code} {where and f'{where}: '}{message(finding, say)}"


def where_text(finding: Finding, say: Language) -> str:
    """What a finding is about, for people: of a table its column as headed there, of a label its word."""
    where, place = finding.where, finding.place or Place("")
    code, _, stage = where.rpartition(".")
    if place.heading and code and stage in STAGES:
        where = f"{code}, {place.heading}"
    elif place.heading and where in _COLUMNS:
        where = place.heading
    elif where in _LABELS and (place.heading or place.pointer[:1] not in ("", "/")):
        where = say(_LABELS[where])
    return told(where)


_COLUMNS: Final = frozenset(("code", "maximum", "result", "whole", "state", "points", *STAGES))
"""What a finding of a row without a code is about: its column."""
_LABELS: Final = {
    "code": N_("Code"),
    "maximum": N_("Maximum"),
    "points": N_("Points"),
    "total": N_("Total"),
    "index": N_("Index"),
    "rank": N_("Rank"),
    "band": N_("Band"),
    **{stage: words.points for stage, words in STAGE_WORDS.items()},
    "unit": N_("Unit"),
    "year": N_("Year"),
    "unit_id": N_("Unit id"),
    "level": N_("Level"),
    "province": N_("Province"),
    "parent": N_("Parent"),
    "group": N_("Group"),
    "scheme": N_("Scheme"),
    "profile": N_("Profile"),
    "applicable_max": N_("Applicable maximum"),
    "office": N_("Lead office"),
    "period": N_("Period covered"),
    "source": N_("Source of figures"),
}
"""Columns, and labels above a table, as templates write them."""
_LONGEST: Final = 300
LONGEST_PLACE: Final = 1_000


def told(text: str, most: int = _LONGEST) -> str:
    """Text from an input as a message repeats it: harmless, and not without end."""
    return visible(text if len(text) <= most else f"{text[:most]}…")


class InputError(ValueError):
    """The input cannot be used; `findings` holds every fault of it, not just the first.

    >>> try:
    ...     parindex.load_scheme("vn-provinse-2018")
    ... except parindex.InputError as error:
    ...     [finding] = error.findings
    >>> finding.code, finding.parameters["found"]
    ('P208', 'vn-provinse-2018')
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def to_dict(self, lang: LanguageCode = "en") -> dict[str, Any]:
        """All findings as `parindex check --format json` gives them; their words in a language."""
        writing = import_module("parindex.render.as_data")
        found: dict[str, Any] = writing.findings_data(self.findings, lang)
        return found

    def to_json(self, lang: LanguageCode = "en") -> str:
        """The same as the text of JSON, for the answer of a service."""
        text: str = import_module("parindex.render.json_data").render_json(self.to_dict(lang))
        return text

    def __str__(self) -> str:
        return "\n".join(describe(finding) for finding in self.findings)

    def __repr__(self) -> str:
        return brief(self, f"{len(self.findings)} findings", *self.findings[:1])
