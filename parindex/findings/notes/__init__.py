"""Why each finding is one, with an example: read by `explain` and by the pages, not by `score`."""

from typing import Final

from parindex.findings.notes.checks import CHECKS
from parindex.findings.notes.files import FILES
from parindex.findings.notes.note import Note
from parindex.findings.notes.parts import PARTS
from parindex.findings.notes.schemes import SCHEMES
from parindex.findings.notes.scores import SCORES

NOTES: Final[dict[str, Note]] = {**FILES, **SCORES, **SCHEMES, **CHECKS, **PARTS}
"""The notes by code; a code without one is told by its message and how to mend it."""
