"""Why each finding is one, with an example: read by `explain` and by the pages, not by `score`."""

from typing import Final

from parindex.notes.checks import CHECKS
from parindex.notes.files import FILES
from parindex.notes.note import Note
from parindex.notes.parts import PARTS
from parindex.notes.schemes import SCHEMES
from parindex.notes.scores import SCORES

NOTES: Final[dict[str, Note]] = {**FILES, **SCORES, **SCHEMES, **CHECKS, **PARTS}
"""The notes by code; a code without one is told by its message and how to mend it."""
