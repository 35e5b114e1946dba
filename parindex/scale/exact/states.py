"""What leaves are in many units, as small numbers: reported, or a state."""

from typing import Final

from parindex.values.facts import StateName

REPORTED, NO_EVIDENCE, NOT_APPLICABLE, UNKNOWN, ZERO = range(5)
"""Of a leaf: it has points, or a state, or a guard took what it had."""
UNREAD: Final = -1
"""The row reader must read it."""
CODES: Final[dict[StateName, int]] = {
    "no_evidence": NO_EVIDENCE,
    "not_applicable": NOT_APPLICABLE,
    "unknown": UNKNOWN,
}
