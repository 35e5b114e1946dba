"""The vocabulary of columns: what each is called and what it holds, wherever it is printed."""

from typing import Final, cast

from parindex.tables.table import Column, ColumnKind
from parindex.values.language import N_, Language

VOCABULARY: Final[dict[str, tuple[str, ColumnKind]]] = {
    # What a row is about
    "number": (N_("Item"), "number"),
    "code": (N_("Code"), "code"),
    "name": (N_("Criterion"), "text"),
    "unit": (N_("Unit"), "text"),
    "units": (N_("Units"), "number"),
    "year": (N_("Year"), "code"),
    "level": (N_("Level"), "text"),
    "province": (N_("Province"), "text"),
    "group": (N_("Group"), "text"),
    "region": (N_("Region"), "text"),
    "scheme": (N_("Scheme"), "code"),
    "title": (N_("Title"), "text"),
    "id": (N_("Id"), "code"),
    "kind": (N_("Kind"), "text"),
    "what": (N_("What"), "text"),
    "text": (N_("Explanation"), "text"),
    "file": (N_("File"), "text"),
    "place": (N_("Place"), "text"),
    "where": (N_("Where"), "text"),
    "rule": (N_("Rule"), "code"),
    # Points, percentages, ranks
    "max": (N_("Maximum"), "number"),
    "applicable": (N_("Maximum that applies"), "number"),
    "points": (N_("Points"), "number"),
    "lost": (N_("Lost"), "number"),
    "missing": (N_("Missing"), "number"),
    "added": (N_("Bonus/penalty"), "number"),
    "percent": (N_("Percent"), "number"),
    "index": (N_("Index (%)"), "number"),
    "bar": ("", "bar"),
    "share": (N_("% of what was lost"), "number"),
    "running": (N_("Running %"), "number"),
    "rank": (N_("Rank"), "number"),
    "of": (N_("Units"), "number"),
    "move": (N_("Places"), "number"),
    "band": (N_("Band"), "code"),
    "value": (N_("Value"), "number"),
    "total": (N_("Total"), "number"),
    "count": (N_("Count"), "number"),
    "rows": (N_("Rows"), "number"),
    # Before and after, this and that
    "before": (N_("Before"), "number"),
    "after": (N_("After"), "number"),
    "now": (N_("Now"), "number"),
    "then": (N_("Then"), "number"),
    "gain": (N_("Gain"), "number"),
    "change": (N_("Change"), "number"),
    "difference": (N_("Difference"), "number"),
    "differ": (N_("Differ"), "number"),
    "expected": (N_("Expected"), "number"),
    "found": (N_("Found"), "number"),
    "goal": (N_("Target of next year"), "number"),
    "mean": (N_("Mean of"), "text"),
    "highest": (N_("Highest"), "number"),
    "lowest": (N_("Lowest"), "number"),
    # Words about it
    "state": (N_("State"), "text"),
    "status": (N_("Status"), "text"),
    "result": (N_("Result"), "text"),
    "severity": (N_("Severity"), "text"),
    "message": (N_("Finding"), "text"),
    "mend": (N_("How to mend"), "text"),
    "why": (N_("Why"), "text"),
    "reason": (N_("Reason"), "text"),
    "cause": (N_("Cause"), "text"),
    "note": (N_("Note"), "text"),
    "remark": (N_("Remark"), "text"),
    "report": (N_("To be reported"), "text"),
    "explanation": (N_("Explanation of the unit"), "text"),
    "evidence": (N_("Evidence"), "text"),
    "source": (N_("Source"), "text"),
    "origin": (N_("Source"), "text"),
    # Who does what
    "office": (N_("Office"), "text"),
    "lead": (N_("Lead office"), "text"),
    "with": (N_("Coordinating offices"), "text"),
    "solution": (N_("Solution"), "text"),
    "deadline": (N_("Deadline"), "text"),
    "delivered": (N_("Delivered"), "number"),
    "parts": (N_("Parts"), "text"),
}


def columns(say: Language, keys: str, /, **titles: str) -> tuple[Column, ...]:
    """Columns of the vocabulary, with their titles in the language of the reader.

    Args:
        say: the language.
        keys: the keys in order, separated by spaces; `share:bar` is of another kind than
            usual. A key that the vocabulary lacks needs a kind and a title.
        titles: other titles than the usual ones, by key, already in the language.

    >>> from parindex.values.language import language
    >>> [column.title for column in columns(language("en"), "code name", name="Area")]
    ['Code', 'Area']
    """
    return tuple(_column(say, key, titles) for key in keys.split())


def _column(say: Language, key: str, titles: dict[str, str]) -> Column:
    name, _, kind = key.partition(":")
    title, usual = VOCABULARY.get(name, ("", "text"))
    if name not in titles and name not in VOCABULARY:
        raise KeyError(name)
    found = titles.get(name)
    if found is None:
        found = say(title) if title else ""
    return Column(name, found, cast("ColumnKind", kind) if kind else usual)
