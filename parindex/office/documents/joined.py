"""Spaces at which no line may end."""

import re
from collections.abc import Iterable
from typing import Final

from parindex.values.escaping import xml_text

NO_BREAK: Final = "\u00a0"
LONGEST_NAME: Final = 24
"""Letters of a name that stays in one line: a longer one would tear the line before it apart."""
_TOGETHER: Final = re.compile(
    r"(?<=[\d,]) (?=%(?![}\w]))|(?<=[≥≤<>=≈]) (?=[-+]?\d)|(?<=\w) (?=[≥≤<>=≈] [-+]?\d)"
)


def joined(text: str, names: Iterable[str] = ()) -> str:
    """A text as `xml_text`, in which 80 %, A ≥ 80 and short names stay in one line."""
    found = _TOGETHER.sub(NO_BREAK, xml_text(text))
    for name in map(xml_text, names):
        if " " in name and len(name) <= LONGEST_NAME:
            found = found.replace(name, name.replace(" ", NO_BREAK))
    return found
