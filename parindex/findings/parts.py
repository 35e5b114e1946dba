"""The findings of `merge` and `split`, P7xx: parts of a scorecard, and the files they are written to."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

PARTS: Final = (
    Kind(
        "P701",
        "error",
        mark("this is no part of the same scorecard as {other}"),
        mark(
            "Take the file out, or correct what it says; a scorecard has one unit, year, scheme and period."
        ),
    ),
    Kind(
        "P702",
        "error",
        mark("two parts differ: {found} here, {expected} at {other}"),
        mark("Ask both offices, and correct one of the two files."),
    ),
    Kind(
        "P703",
        "error",
        mark("a workbook has no place for this, so it would be lost"),
        mark("Write YAML instead: it holds everything."),
    ),
    Kind(
        "P704",
        "error",
        mark("a file of this name is there already, and is not written over"),
        mark("Name another folder with -o, or take the old files away."),
    ),
)
