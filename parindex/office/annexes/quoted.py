"""Texts in quotes, as they stand in cells that would change them: no cell changes these."""

import json
from typing import Any

from parindex.office.xlsx.cells import text_cell


def quoted(value: Any) -> str:
    """A text, or a mapping of texts, as JSON that a cell keeps letter by letter."""
    told = json.dumps(value, ensure_ascii=False)
    if is_kept(told):
        return told
    escaped = json.dumps(value, ensure_ascii=True)
    return escaped.replace("_x", "\\u005fx").replace("  ", " \\u0020")


def is_kept(text: str) -> bool:
    """Whether a line is read from a cell as it was written."""
    cell = text_cell(text)
    return cell is not None and cell.text == text and text.isprintable() and "  " not in text


def out_of_cell(said: str) -> tuple[str, bool]:
    """The text that a cell means, and whether it stood in quotes."""
    if said[:1] == '"' and said[-1:] == '"':
        try:
            text = json.loads(said)
        except ValueError:
            return said, False
        return (text, True) if isinstance(text, str) else (said, False)
    return said, False
