"""The vocabulary of columns: what each is called and what it holds, wherever it is printed."""

from typing import Final, cast

from parindex.tables.table import Column, ColumnKind
from parindex.values.language import Language, mark

VOCABULARY: Final[dict[str, tuple[str, ColumnKind]]] = {
    # What a row is about
    "number": (mark("Item"), "number"),
    "code": (mark("Code"), "code"),
    "name": (mark("Criterion"), "text"),
    "unit": (mark("Unit"), "text"),
    "units": (mark("Units"), "number"),
    "year": (mark("Year"), "code"),
    "level": (mark("Level"), "text"),
    "province": (mark("Province"), "text"),
    "group": (mark("Group"), "text"),
    "region": (mark("Region"), "text"),
    "scheme": (mark("Scheme"), "code"),
    "title": (mark("Title"), "text"),
    "id": (mark("Id"), "code"),
    "kind": (mark("Kind"), "text"),
    "what": (mark("What"), "text"),
    "text": (mark("Explanation"), "text"),
    "file": (mark("File"), "text"),
    "place": (mark("Place"), "text"),
    "where": (mark("Where"), "text"),
    "rule": (mark("Rule"), "code"),
    # Points, percentages, ranks
    "max": (mark("Maximum"), "number"),
    "applicable": (mark("Maximum that applies"), "number"),
    "points": (mark("Points"), "number"),
    "lost": (mark("Lost"), "number"),
    "missing": (mark("Missing"), "number"),
    "added": (mark("Bonus/penalty"), "number"),
    "percent": (mark("Percent"), "number"),
    "index": (mark("Index (%)"), "number"),
    "bar": ("", "bar"),
    "share": (mark("% of what was lost"), "number"),
    "running": (mark("Running %"), "number"),
    "rank": (mark("Rank"), "number"),
    "of": (mark("Units"), "number"),
    "move": (mark("Places"), "number"),
    "band": (mark("Band"), "code"),
    "value": (mark("Value"), "number"),
    "total": (mark("Total"), "number"),
    "count": (mark("Count"), "number"),
    "rows": (mark("Rows"), "number"),
    # Before and after, this and that
    "before": (mark("Before"), "number"),
    "after": (mark("After"), "number"),
    "now": (mark("Now"), "number"),
    "then": (mark("Then"), "number"),
    "gain": (mark("Gain"), "number"),
    "change": (mark("Change"), "number"),
    "difference": (mark("Difference"), "number"),
    "differ": (mark("Differ"), "number"),
    "expected": (mark("Expected"), "number"),
    "found": (mark("Found"), "number"),
    "goal": (mark("Target of next year"), "number"),
    "mean": (mark("Mean of"), "text"),
    "highest": (mark("Highest"), "number"),
    "lowest": (mark("Lowest"), "number"),
    # Words about it
    "state": (mark("State"), "text"),
    "status": (mark("Status"), "text"),
    "result": (mark("Result"), "text"),
    "severity": (mark("Severity"), "text"),
    "message": (mark("Finding"), "text"),
    "mend": (mark("How to mend"), "text"),
    "why": (mark("Why"), "text"),
    "reason": (mark("Reason"), "text"),
    "cause": (mark("Cause"), "text"),
    "note": (mark("Note"), "text"),
    "remark": (mark("Remark"), "text"),
    "report": (mark("To be reported"), "text"),
    "explanation": (mark("Explanation of the unit"), "text"),
    "evidence": (mark("Evidence"), "text"),
    "source": (mark("Source"), "text"),
    "origin": (mark("Source"), "text"),
    # Who does what
    "office": (mark("Office"), "text"),
    "lead": (mark("Lead office"), "text"),
    "with": (mark("Coordinating offices"), "text"),
    "solution": (mark("Solution"), "text"),
    "deadline": (mark("Deadline"), "text"),
    "delivered": (mark("Delivered"), "number"),
    "parts": (mark("Parts"), "text"),
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
