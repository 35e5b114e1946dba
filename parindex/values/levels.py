"""The levels of units, and what they are called in Vietnamese."""

import re
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from parindex.values.fuzzy import fold_name

LevelCode = Literal["province", "ministry", "department", "central-agency", "district", "commune"]
_LEVELS: Final = {
    "province": "(cap-)?tinh(-thanh-pho)?",
    "ministry": "(cap-)?bo(-nganh)?",
    "department": "(cap-|cac-)?so(-ban)?(-nganh)?",
    "district": "(cap-)?(quan-)?huyen",
    "commune": "(cap-)?(xa|phuong)(-phuong)?",
}
"""What levels are called in Vietnamese, folded."""


def level_of(given: str) -> str:
    """The level that a word means, by its id or in Vietnamese; any other word as it is.

    >>> level_of("Cấp xã"), level_of("các phường")
    ('commune', 'các phường')
    """
    key = fold_name(given)
    return next((each for each, words in _LEVELS.items() if re.fullmatch(words, key)), given)


def _level(given: object) -> object:
    return level_of(given) if isinstance(given, str) else given


Level = Annotated[LevelCode, BeforeValidator(_level)]
"""The level of units, in a file also by its Vietnamese name."""
