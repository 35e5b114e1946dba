"""One finding explained: what it says, why, how to mend it, and an example."""

from collections.abc import Iterator
from typing import Any

from parindex.findings import describe, kinds
from parindex.tables.table import Column, Table
from parindex.values.finding import Finding
from parindex.values.language import Language, language

FORMAT = "parindex-findings/1"
COLUMNS = ("code", "item", "text")


def finding_page(code: str, say: Language) -> Table:
    """A sheet about one code.

    Raises:
        KeyError: no finding has this code.
    """
    kind = kinds()[code]
    columns = (Column("about", ""), Column("text", ""))
    rows = tuple(explained(code, say))
    return Table(f"{code} · {say(kind.severity)}", columns, rows)


def explained(code: str, say: Language) -> Iterator[tuple[str, str]]:
    """What is said of a code: a heading and a text each, those that there are."""
    kind = kinds()[code]
    yield say("What it says"), _template(kind.message, say)
    if kind.why:
        yield say("Why"), say(kind.why)
    yield say("How to mend"), say(kind.mend)
    if kind.given:
        yield say("Example"), kind.given
    if kind.given or kind.parameters:
        told = Finding(code, kind.where, kind.parameters)
        yield say("What is told"), describe(told, say)


def finding_rows(code: str) -> Iterator[tuple[str, str, str]]:
    """The same as rows of CSV, in English."""
    for item, text in explained(code, language("en")):
        yield (code, item, text)


def finding_data(code: str) -> dict[str, Any]:
    """The same as the data of its JSON."""
    kind = kinds()[code]
    return {
        "code": code,
        "severity": kind.severity,
        "message": kind.message,
        "why": kind.why or None,
        "mend": kind.mend,
        "example": kind.given or None,
    }


def _template(message: str, say: Language) -> str:
    """A message whose figures are left open."""
    return say(message).replace("{", "‹").replace("}", "›")
