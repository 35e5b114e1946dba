"""Words of the pages alone."""

from parindex.analysis.published_row import PublishedRow
from parindex.tables.data import reasons
from parindex.values.language import Language


def remarks(row: PublishedRow, say: Language) -> str:
    """What a reader must know of a row before using it; empty where there is nothing."""
    own = [say("own data")] if row.origin else []
    return ", ".join((*own, *reasons(row, say)))


def begun(text: str) -> str:
    """A text that begins a line: with a capital."""
    return text[:1].upper() + text[1:]
