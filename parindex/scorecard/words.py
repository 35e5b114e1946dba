"""Words of scorecards as people write them: labels without regard to their looks, and states."""

import re
from typing import Final

from parindex.reading.codes import narrow
from parindex.reading.document import normal
from parindex.values.facts import StateName
from parindex.values.normal import unseen_removed

STATES: Final[dict[StateName, tuple[str, ...]]] = {
    "not_applicable": ("không áp dụng", "does not apply", "not_applicable", "n/a", "kad"),
    "no_evidence": ("không có tài liệu kiểm chứng", "no evidence", "no_evidence"),
    "unknown": ("chưa có số liệu", "not yet known", "unknown", "chưa biết"),
}
HINT: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
TONES: Final = str.maketrans("ðÐɖƉ", "đĐđĐ")
"""Letters that look like đ and are typed for it."""


def folded(text: str) -> str:
    """A heading or label without capitals, doubled spaces, and what stands in brackets behind it.

    Letters that nobody sees are left out, and what only looks like đ is one.
    """
    said = narrow(unseen_removed(text)).translate(TONES)
    said = " ".join(normal(said.replace("\xa0", " ")).casefold().split())
    said = re.sub(r"\s*/\s*", "/", said)
    return HINT.sub("", said).rstrip(":").strip()


def state_of(text: str) -> StateName | None:
    """The state that a text names, in either language."""
    return _STATE_OF.get(folded(text))


_STATE_OF: Final = {word: name for name, words in STATES.items() for word in words}
