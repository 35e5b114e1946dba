"""Notes on P3xx: schemes that are not sound."""

from typing import Final

from parindex.findings.notes.note import Note
from parindex.values.language import mark

SCHEMES: Final = {
    "P301": Note(
        mark("Scores are given by code: two criteria of one code could not be told apart."),
        'code: "1.1" … code: "1.1"',
        "1.1",
    ),
    "P302": Note(
        mark("Maxima that do not add up make every percentage above them wrong."),
        "max: 10 over 4 and 5",
        "1",
        {"found": "9", "expected": "10"},
    ),
    "P303": Note(
        mark("Even where some criteria are not known, the known ones fit into the whole."),
        "max: 10, complete: false over 6 and 5",
        "1",
        {"found": "11", "expected": "10"},
    ),
    "P304": Note(
        mark("A criterion with others below it gets their points, and a rule needs a maximum."),
        "rule: {kind: ratio}, children: […]",
        "1",
    ),
    "P305": Note(
        mark("Where the best case gives less than the maximum, nobody can reach 100 %."),
        "max: 2, steps: [{from: 0, points: 1.5}]",
        "1",
        {"found": "1.5", "expected": "2"},
    ),
    "P306": Note(
        mark("Points above the maximum or below 0 would count in the whole."),
        "max: 2, steps: [{from: 90, points: 2.5}, …]",
        "1",
        {"found": "2.5", "expected": "0…2"},
    ),
    "P307": Note(
        mark("The first step reached counts, so that a step behind a lower one is never reached."),
        "steps: [{from: 70, points: 2}, {from: 90, points: 1}, …]",
        "1",
        {"found": "90"},
    ),
    "P308": Note(
        mark("Every possible figure has its points; 0 is one of them."),
        "steps: [{from: 70, points: 2}]",
        "1",
        {"found": "70"},
    ),
    "P309": Note(
        mark(
            "A threshold that no figure can reach, or that every figure reaches, decides nothing."
        ),
        "floor: 120%",
        "1",
        {"found": "120%"},
    ),
    "P310": Note(
        mark("Two ways to compute the points would give two results."),
        "rule: {kind: ratio, floor: 80%, target: 90%}",
        "1",
        {"found": "floor, target", "expected": "floor / target"},
    ),
    "P311": Note(
        mark("The first band reached counts, so that the best one stands first."),
        "steps: [{name: B, from: 80}, {name: A, from: 90}]",
        "A",
        {"found": "90"},
    ),
    "P312": Note(
        mark("Bands are those of one year, and each year has one set of them."),
        "years: [2018] … bands: [{years: [2019], …}]",
        "",
        {"found": "2019"},
    ),
    "P313": Note(
        mark("What refers to nothing has no effect, and is mostly a misspelling."),
        'requires: "11"',
        "2",
        {"found": "11"},
    ),
    "P314": Note(
        mark("Of two criteria that wait for each other neither could ever be scored."),
        'code: "1", requires: "2" … code: "2", requires: "1"',
        "1",
        {"found": "2"},
    ),
    "P315": Note(
        mark("A figure between two steps would have no points."),
        "steps: [{from: 90, points: 2}, {from: 0, to: 85, points: 0}]",
        "1",
        {"found": "85", "expected": "below: 90"},
    ),
    "P316": Note(
        mark("Who is later gets less: a ladder that rises again is a misprint."),
        "late: [{days: 30, points: 1}, {days: 15, points: 0.5}]",
        "1",
        {"found": "15: 0.5", "expected": "> 30: < 1"},
    ),
}
