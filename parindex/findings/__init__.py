"""Every finding code: its severity, what it says, and how to mend what it reports.

P1xx: the file cannot be read. P2xx: a scorecard does not fit its scheme. P3xx:
a scheme is not sound. P4xx: figures that disagree, or that cannot be told.
P5xx: a gate of the command line. P6xx: what `parindex check` alone says. P7xx:
parts of a scorecard. Codes are stable: one that was published keeps its meaning
and is never used again for another.
"""

from collections.abc import Sequence
from typing import Final

from parindex.findings.check import CHECK_KINDS
from parindex.findings.files import FILES
from parindex.findings.gates import GATES
from parindex.findings.office import OFFICE
from parindex.findings.parts import PARTS
from parindex.findings.schemes import SCHEMES
from parindex.findings.scores import SCORES
from parindex.values.escaping import visible
from parindex.values.finding import Finding, Kind, Severity
from parindex.values.language import Language, language

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (*FILES, *OFFICE, *SCORES, *SCHEMES, *GATES, *CHECK_KINDS, *PARTS)
}


def severity(finding: Finding) -> Severity:
    """How grave a finding is, by its code."""
    return KINDS[finding.code].severity


def message(finding: Finding, say: Language) -> str:
    """What a finding says, in the reader's language, without its place and code.

    `found`, `expected` and `near` follow in brackets where the message does
    not already hold them, and with what was found its `cause`, in our words. They and names
    are as typed; the other parameters are figures, and get the decimal mark of the language.
    """
    template = KINDS[finding.code].message
    typed = ("found", "cause", "expected", "near", "scheme", "unit", "other", "source")
    parameters = {
        key: told(value) if key in typed else say.figures(told(value))
        for key, value in finding.parameters.items()
    }
    other = parameters.get("other")
    if other is not None:
        parameters["other"] = say(other)
    text = say(template, **parameters)
    if "cause" in parameters:
        given = parameters.get("found")
        reason = say(parameters.pop("cause"))
        parameters["found"] = f"{given}: {reason}" if given else reason
    words = {"found": say("found"), "expected": say("expected"), "near": say("did you mean")}
    more = [
        f"{word}: {say(parameters[key]) if key == 'expected' else parameters[key]}"
        for key, word in words.items()
        if parameters.get(key) and f"{{{key}}}" not in template
    ]
    return f"{text} ({'; '.join(more)})" if more else text


def describe(finding: Finding, say: Language | None = None) -> str:
    """One line for people: place, code, where and message."""
    say = say or language("en")
    place = f"{told(str(finding.place), LONGEST_PLACE)}: " if finding.place else ""
    where = f"{told(finding.where)}: " if finding.where else ""
    return f"{place}{finding.code} {where}{message(finding, say)}"


_LONGEST: Final = 300
LONGEST_PLACE: Final = 1_000


def told(text: str, most: int = _LONGEST) -> str:
    """Text from an input as a message repeats it: harmless, and not without end."""
    return visible(text if len(text) <= most else f"{text[:most]}…")


class InputError(ValueError):
    """The input cannot be used; `findings` holds every fault of it, not just the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(describe(finding) for finding in self.findings)
