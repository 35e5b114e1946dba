"""Notes on P7xx: parts of a scorecard that do not make one, and files that would lose something."""

from typing import Final

from parindex.findings.notes.note import Note
from parindex.values.language import mark

PARTS: Final = {
    "P701": Note(
        mark("Rows of two units, years or schemes put together would be the scorecard of nobody."),
        "parindex merge a.yaml b.yaml",
        "year",
        {"found": "2023", "expected": "2024", "other": "a.yaml"},
    ),
    "P702": Note(
        mark("Which of the two is right only the offices know, so nothing is chosen or written."),
        "parindex merge a.yaml b.yaml -o whole.yaml",
        "1.1.3",
        {"found": "45 of 50", "expected": "47 of 50", "other": "a.yaml:4:12"},
    ),
    "P703": Note(
        mark("The workbook is read back before it is kept; what is not in it then is told."),
        '"1.1.1": {appraised: {answer: late}}',
        "1.1.1",
        {"found": "answer: late"},
    ),
    "P704": Note(
        mark("An office may already have filled it in."),
        "parindex split whole.yaml -o parts",
    ),
}
