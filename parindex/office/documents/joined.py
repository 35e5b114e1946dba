"""Spaces at which no line may end."""

import re
from typing import Final

from parindex.values.escaping import xml_text

NO_BREAK: Final = "\u00a0"
_TOGETHER: Final = re.compile(r"(?<=[\d,]) (?=%(?![}\w]))|(?<=[≥≤<>=≈]) (?=[-+]?\d)")


def joined(text: str) -> str:
    """A text as `xml_text`, in which 80 % and ≥ 80 stay in one line."""
    return _TOGETHER.sub(NO_BREAK, xml_text(text))
