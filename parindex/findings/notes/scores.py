"""Notes on P2xx: scorecards that do not fit their scheme; and on P4xx: figures that disagree."""

from typing import Final

from parindex.findings.notes.note import Note
from parindex.values.language import mark

SCORES: Final = {
    "P201": Note(
        mark("Points of a code that the scheme lacks would be lost, or counted for another."),
        '"9": 1',
        "9",
        {"scheme": "vn-province-2018", "found": "9"},
    ),
    "P202": Note(
        mark(
            "No criterion gives more than its maximum: a misprint, or the scheme of another year."
        ),
        '"1": 9.01',
        "1",
        {"found": "9.01", "expected": "0…9"},
    ),
    "P203": Note(
        mark("Points are given, not taken; penalties stand in a block of their own."),
        '"1": -1',
        "1",
        {"found": "-1"},
    ),
    "P204": Note(
        mark("Points of a criterion and of those below it are two statements of one figure."),
        '"1": 5, "1.1": 2, "1.2": 2',
        "1",
        {"found": "5", "expected": "4", "other": mark("those of the criteria below")},
    ),
    "P205": Note(
        mark(
            "A rule computes points from one kind of fact; from another there is nothing to compute."
        ),
        '"2": {count: 3}',
        "2",
        {"expected": "points: 0.5, percent: 80%"},
    ),
    "P206": Note(
        mark(
            "Nothing can be divided by 0; whether no case is full or no points, the scheme must say."
        ),
        "ratio: [0, 0]",
        "2.1",
        {"found": "0/0"},
    ),
    "P207": Note(
        mark("A share lies between 0 and 100 %, and a part is not more than its whole."),
        "ratio: [543, 234]",
        "2.2",
        {"found": "543/234", "expected": "0–100 %"},
    ),
    "P208": Note(
        mark("Maxima and rules are those of one scheme; a similar one gives other points."),
        "scheme: vn-provnce-2018",
        "",
        {"found": "vn-provnce-2018", "near": "vn-province-2018"},
    ),
    "P209": Note(
        mark("Maxima, names and rules change with every decision: no year is scored by another's."),
        "year: 2019",
        "vn-province-2018",
        {"found": "2019", "expected": "2018"},
    ),
    "P210": Note(
        mark("What no public source prints is not in the catalog, and is not made up."),
        "year: 1999",
        "",
        {"found": "province, 1999"},
    ),
    "P211": Note(
        mark("Without a maximum neither a share nor a rule gives points."),
        '"2": {percent: 80%}',
        "2",
    ),
    "P212": Note(
        mark("A criterion either applies to the unit or does not: its maximum depends on it."),
        '"3": 7',
        "3",
        {"found": "no-procedures"},
    ),
    "P213": Note(
        mark("A profile says what does not apply to a unit, and so what its maximum is."),
        "profile: no-procedure",
        "",
        {"scheme": "example", "found": "no-procedure", "near": "no-procedures"},
    ),
    "P214": Note(
        mark("Parts are those of the scheme's partitions of the maximum; others cannot be added."),
        "parts: {origin: {apraised: 57}}",
        "",
        {"scheme": "vn-province-2022", "found": "apraised", "near": "appraised"},
    ),
    "P215": Note(
        mark("Two schemes give two results; which one holds is not guessed."),
        "level: department",
        "",
        {"found": "department, 2023", "expected": "vn-a-2023 | vn-b-2023"},
    ),
    "P216": Note(
        mark("Provinces, departments and communes are scored by criteria of their own."),
        "level: department",
        "vn-province-2018",
        {"found": "department", "expected": "province"},
    ),
    "P217": Note(
        mark("A rule gives points for the names that it has, and for no others."),
        "answer: on-time",
        "3.2.3",
        {"found": "on-time", "expected": "on_time, late, none", "near": "on_time"},
    ),
    "P220": Note(
        mark("A unit's own maximum is a part of the scheme's, which must be known first."),
        "applicable_max: 71.5",
        "applicable_max",
        {"found": "71.5"},
    ),
    "P231": Note(
        mark(
            "Codes are the same in every table: only the names tell a list of departments from one of areas."
        ),
        "6 | Sở Tài chính | 7.5",
        "6",
        {"found": "Sở Tài chính", "expected": "Cải cách tài chính công"},
    ),
    "P232": Note(
        mark("Decisions of different years call the same area by different names."),
        "2 | Cải cách thể chế | 8",
        "",
        {
            "count": "1",
            "cells": "B10",
            "found": "Cải cách thể chế",
            "expected": "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật",
        },
    ),
    "P233": Note(
        mark(
            "Figures of another stage in a column that is not known would be left out in silence."
        ),
        "TT | Tiêu chí | Điểm tự đánh giá | Điểm Hội đồng cho",
        "",
        {"count": "1", "cells": "D8", "found": "Điểm Hội đồng cho"},
    ),
    "P401": Note(
        mark(
            "With n rounded parts a total may differ by (n + 1) half units of its last digit, no more."
        ),
        "published: {index: 86.89}",
        "",
        {"published": "86.89", "computed": "87.89", "difference": "-1.0000", "bound": "0.0250"},
    ),
    "P402": Note(
        mark("Told so that nobody takes the difference for a mistake."),
        "published: {index: 91.04}",
        "",
        {"published": "91.04", "computed": "91.05", "difference": "-0.0100", "bound": "0.0250"},
    ),
    "P403": Note(
        mark("A band follows from the index and the thresholds of the year."),
        "published: {index: 79.97, band: A}",
        "",
        {"published": "A", "computed": "B"},
    ),
    "P404": Note(
        mark("A figure that was not checked must not pass for one that was."),
        "published: {percent: {7: 70.74}}",
        "7",
        {"found": "percent.7"},
    ),
    "P405": Note(
        mark("A rank is one of the places that there are units for."),
        "published: {rank: 64, of: 63}",
        "",
        {"published": "64", "of": "63"},
    ),
    "P406": Note(
        mark("A guard that got nothing shuts what stands behind it: a report without its plan."),
        '"1.1": 0, "1.2": 0.5',
        "1.2",
        {"points": "0.5", "found": "1.1"},
    ),
    "P411": Note(
        mark("Two units share a rank only where the same figure is printed for both."),
        "rank 13, rank 13",
        "",
        {"rank": "13", "unit": "Lào Cai", "other": "Yên Bái"},
    ),
    "P412": Note(
        mark("Units are ranked by their index: a higher one has a better rank."),
        "",
        "",
        {
            "unit": "Lào Cai",
            "rank": "5",
            "index": "87.02",
            "other": "Yên Bái",
            "other_rank": "6",
            "other_index": "87.20",
        },
    ),
    "P413": Note(
        mark("A change is the difference of two years, of which both are printed."),
        "change: 1.42",
        "",
        {"published": "+1.42", "computed": "+0.29"},
    ),
    "P414": Note(
        mark("Of two figures for one thing at least one is wrong; which one is not guessed."),
        "index: 91.87 / 91.81",
        "",
        {"published": "91.87", "computed": "91.81", "source": "doanhnghiephoinhap.vn"},
    ),
}
