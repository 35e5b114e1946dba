"""Notes on P5xx: gates; and on P6xx: what `parindex check` alone tells."""

from typing import Final

from parindex.findings.notes.note import Note
from parindex.values.language import mark

CHECKS: Final = {
    "P501": Note(
        mark("A gate that was asked for is judged on the full result, with the printed figure."),
        "--fail-under-area 6=65",
        "Sóc Trăng 2018 6",
        {"figure": "61.28 %", "least": "65 %"},
    ),
    "P502": Note(
        mark("What is not yet known is neither zero nor the maximum: nothing is confirmed."),
        "--fail-under 80",
        "Sở Ví dụ 2024",
        {"low": "56.55 %", "high": "86.55 %", "least": "80 %"},
    ),
    "P601": Note(
        mark(
            "An appraisal comes back with a reason for each row, to which the unit explains itself."
        ),
        "{self: {points: 3}, appraised: {points: 2}}",
        "2.2",
        {"found": "2", "expected": "3"},
    ),
    "P602": Note(
        mark("Where the scheme asks for evidence, points without a document are struck out."),
        '"1.1": {points: 1}',
        "1.1",
        {"found": "1"},
    ),
    "P603": Note(
        mark("Provinces ask for section and page; an appraiser has thousands of rows to look up."),
        "evidence: [{number: 12/KH-UBND}]",
        "1.1",
        {"found": "12/KH-UBND"},
    ),
    "P604": Note(
        mark(
            "A rate is part ÷ whole, to as many digits as it is printed with, rounded or cut off."
        ),
        "{ratio: [234, 543], published: 43.90%}",
        "2.2",
        {"published": "43.90", "computed": "43.09"},
    ),
    "P605": Note(
        mark(
            "What was carried over from before the period is settled in it and not received in it."
        ),
        "counts: {received: 13181, settled: 14342}",
        "counts.settled",
        {"found": "14342", "expected": "≤ received: 13181"},
    ),
    "P606": Note(
        mark("A date of another year is mostly a slip in the first days of January."),
        "date: 2023-01-15",
        "1.1",
        {"found": "2023-01-15", "expected": "2024-01-01…2024-12-31"},
    ),
    "P607": Note(
        mark("A row that was forgotten looks like one that is not yet known, and is not zero."),
        "",
        "1.2",
        {"found": "Nhiệm vụ"},
    ),
    "P608": Note(
        mark(
            "What is settled was received or carried over, and is either on time or late; "
            "parts are not more than all."
        ),
        "counts: {settled: 50, on_time: 51}",
        "counts.settled",
        {"found": "50", "expected": "≥ on_time: 51"},
    ),
    "P611": Note(
        mark("Points of a criterion are the sum of those below it, unless something was changed."),
        '"points": 81.35',
        "",
        {"found": "81.35", "expected": "78.35"},
    ),
    "P612": Note(
        mark("A percentage is points ÷ applicable maximum × 100, as the scheme rounds it."),
        '"points": 7.94, "percent": 88.11',
        "1",
        {"found": "88.11", "expected": "88.22"},
    ),
    "P613": Note(
        mark("Lost points and points together are what was assessed."),
        '"points": 7.94, "lost": 1.07',
        "1",
        {"found": "1.07", "expected": "1.06"},
    ),
    "P614": Note(
        mark(
            "The hash of a scheme changes with its maxima, rules and bands, not with its spelling."
        ),
        '"sha256": "0000…"',
        "",
        {"scheme": "vn-province-2018"},
    ),
}
