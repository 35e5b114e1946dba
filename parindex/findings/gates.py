"""The findings of gates, P5xx: what ends `score` with 1, and what a gate could not judge."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

GATES: Final = (
    Kind(
        "P501",
        "error",
        mark("{figure} is below {least}"),
        mark("A gate of the command line failed: --fail-under or --fail-under-area."),
    ),
    Kind(
        "P502",
        "error",
        mark("not all is known: {low} to {high}, so {least} cannot be confirmed"),
        mark("A gate passes only if even the lowest possible figure reaches it."),
    ),
    Kind(
        "P503",
        "error",
        mark("{figure} is below {least} of the baseline"),
        mark("The gate --baseline failed: see what moved with `parindex losses`."),
    ),
    Kind(
        "P504",
        "warning",
        mark("the baseline has no result of this unit"),
        mark("Check the spelling of the name, or write the baseline anew."),
    ),
    Kind(
        "P505",
        "info",
        mark("the scheme is not that of the baseline: only percentages of common codes count"),
        mark("Write the baseline anew with the present scheme to compare all of it."),
    ),
    Kind(
        "P506",
        "error",
        mark("no unit has a result in the baseline, so nothing was compared"),
        mark("Check that it is the right file."),
    ),
)
