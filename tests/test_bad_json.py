"""Bad JSON, and YAML with the faults that both have: every fault at its place, all at once.

One small file a fault, below `bad/json` and `bad/yaml`; the large ones are made here. In an
expected line `*` stands for any text.
"""

import os
from pathlib import Path

import pytest

from tests.bad.check import BAD, told, told_within_limits
from tests.support import call

JSON = {
    "a-number": [
        "/: P110 the value is not of the kind expected (found: 2018; expected: key: value)",
    ],
    "a-text": [
        "/: P110 the value is not of the kind expected (found: X; expected: key: value)",
    ],
    "above-maximum": [
        "/scores/1: P202 1: the points are above the maximum (found: 9.01; expected: 0…9)",
    ],
    "another-level": [
        "/level: P216 vn-province-2018: the scheme is for another level of unit (found: ministry; expected: province)",
    ],
    "applicable-above": [
        "/applicable_max: P202 applicable_max: the points are above the maximum (found: 100.5; expected: 0…100)",
    ],
    "applicable-disagrees": [
        "/applicable_max: P204 applicable_max: the points disagree with the maximum of what applies by the scores (found: 90; expected: 77)",
    ],
    "bare-hexadecimal": [
        "4:20: P104 the file breaks the rules of its format (found: Expecting ',' delimiter)",
    ],
    "bare-other-digits": [
        "4:19: P104 the file breaks the rules of its format (found: Expecting value)",
    ],
    "bare-sexagesimal": [
        "4:20: P104 the file breaks the rules of its format (found: Expecting ',' delimiter)",
    ],
    "binary": [
        "2:118: P103 the text is not UTF-8 (found: 0x80)",
    ],
    "blank": [
        "P113 there is nothing in it",
    ],
    "booleans": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/2/points: P110 scores.2.points: the value is not of the kind expected (found: false; expected: 12.5 / 12,5)",
        "/scores/3/value: P110 scores.3.value: the value is not of the kind expected (found: true; expected: 97.2% / 12.5)",
        "/scores/4/count: P110 scores.4.count: the value is not of the kind expected (found: false; expected: 1, 2, 3, …)",
    ],
    "children-disagree": [
        "/scores/1.1: P204 1.1: the points disagree with those of the criteria below (found: 4; expected: 2)",
    ],
    "comment": [
        "1:1: P104 the file breaks the rules of its format (found: Expecting value)",
    ],
    "count": [
        "/scores/1/count: P110 scores.1.count: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "/scores/2/count: P203 scores.2.count: the number is negative (found: -1)",
    ],
    "dates": [
        "/scores/1/date: P110 scores.1.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/2/date: P110 scores.2.date: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/3/date: P110 scores.3.date: the value is not of the kind expected (found: 2018-02-30; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/scores/4/date: P110 scores.4.date: the value is not of the kind expected (found: 20180101; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "duplicate-key": [
        "/year: P107 year: this key stands twice (found: year)",
        "/scores/1: P107 1: this key stands twice (found: 1)",
        "/scores/2/points: P107 points: this key stands twice (found: points)",
    ],
    "empty": [
        "P113 there is nothing in it",
    ],
    "empty-list": [
        "P113 there is nothing in it",
    ],
    "escaped-pointer": [
        "/scores/a~1b: P201 a/b: the scheme vn-province-2018 has no criterion of this code (found: a/b)",
        "/scores/c~0d: P201 c~d: the scheme vn-province-2018 has no criterion of this code (found: c~d)",
        "/scores/e f: P201 e f: the scheme vn-province-2018 has no criterion of this code (found: e f)",
    ],
    "form-of-parts": [
        "/parts/b: P214 b: the scheme vn-province-2018 has no partition or part of this name (found: b)",
        "/parts/b/survey: P110 parts.b.survey: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/parts/origin: P110 parts.origin: the value is not of the kind expected (found: […]; expected: key: value)",
    ],
    "latin-1": [
        "2:15: P103 the text is not UTF-8 (found: 0xe9)",
    ],
    "list-in-a-list": [
        "/0: P110 the value is not of the kind expected (found: […]; expected: key: value)",
    ],
    "many-digits": [
        "/scores/1: P111 scores.1.points: the number or text is too long (found: 1.000000000000000000… (45); expected: ≤ 40)",
    ],
    "missing-comma": [
        "3:3: P104 the file breaks the rules of its format (found: Expecting ',' delimiter)",
    ],
    "missing-fields": [
        "/: P109 a field is missing (expected: unit)",
        "/: P109 a field is missing (expected: year)",
    ],
    "more-behind": [
        "2:1: P104 the file breaks the rules of its format (found: Expecting value)",
    ],
    "negative": [
        "/scores/1: P203 1: the number is negative (found: -1)",
        "/scores/2: P203 2: the number is negative (found: -0.5)",
    ],
    "nested": [
        "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
    ],
    "no-scheme": [
        "/year: P210 no scheme of this level and year is known (found: province, 1999)",
    ],
    "no-scores": [
        "/: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "no-year": [
        "/0/year: P110 year: the value is not of the kind expected (found: 18; expected: a year of four digits)",
        "/1/year: P110 year: the value is not of the kind expected (found: 2018.0; expected: a year of four digits)",
        "/2/year: P110 year: the value is not of the kind expected (found: true; expected: a year of four digits)",
        "/3/year: P110 year: the value is not of the kind expected (found: 2018-12; expected: a year of four digits)",
        "/4/year: P110 year: the value is not of the kind expected (found: […]; expected: a year of four digits)",
    ],
    "not-a-number": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: seven; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/2: P110 scores.2.points: the value is not of the kind expected (found: NaN; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/3: P110 scores.3.points: the value is not of the kind expected (found: Infinity; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/4: P110 scores.4.points: the value is not of the kind expected (found: 1e400; expected: 12.5 / 12,5)",
        "/scores/5: P110 scores.5.points: the value is not of the kind expected (found: 1e-999999999; expected: 12.5 / 12,5)",
        "/scores/6: P110 scores.6.points: the value is not of the kind expected (found: true; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/scores/7: P110 scores.7.points: the value is not of the kind expected (found: 0x1F; expected: 12.5 / 12,5)",
        "/scores/8: P110 scores.8.points: the value is not of the kind expected (found: 1:30; expected: 12.5 / 12,5)",
    ],
    "not-ranked": [
        "/ranked: P109 ranked: a field is missing (expected: reason)",
    ],
    "nul": [
        "2:13: P104 the file breaks the rules of its format (found: Invalid control character at)",
    ],
    "null": [
        "/: P113 there is nothing in it",
    ],
    "other-digits": [
        "/scores/1: P110 scores.1.points: the value is not of the kind expected (found: ٧; expected: 12.5 / 12,5)",
        "/scores/2: P110 scores.2.points: the value is not of the kind expected (found: ७; expected: 12.5 / 12,5)",
        "/scores/3: P110 scores.3.points: the value is not of the kind expected (found: ７; expected: 12.5 / 12,5)",
        "/scores/4: P110 scores.4.points: the value is not of the kind expected (found: Ⅶ; expected: 12.5 / 12,5)",
        "/scores/5: P110 scores.5.points: the value is not of the kind expected (found: ½; expected: 12.5 / 12,5)",
    ],
    "parts-disagree": [
        "/parts/origin: P204 origin: the points disagree with those of the criteria (found: 70; expected: 100)",
    ],
    "parts-within-disagree": [
        "/parts/origin/survey: P204 survey: the points disagree with those of the parts within it (found: 10; expected: 17)",
    ],
    "period": [
        "/period: P207 period: the value lies outside what is possible (found: 2018-01-01; expected: ≥ 2018-12-31)",
    ],
    "period-without-dates": [
        "/period/from: P110 period.from: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "/period/to: P110 period.to: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "published": [
        "/published/band: P110 published.band: the value is not of the kind expected (expected: text)",
        "/published/index: P207 published.index: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
        "/published/of: P110 published.of: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "/published/points/1: P110 published.points.1: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/published/rank: P110 published.rank: the value is not of the kind expected (found: first; expected: 1, 2, 3, …)",
        "/published/ranks/1: P110 published.ranks.1: the value is not of the kind expected (found: -1; expected: 1, 2, 3, …)",
    ],
    "ratio": [
        "/scores/1/ratio: P110 scores.1.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "/scores/2/ratio: P110 scores.2.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "/scores/3/ratio: P110 scores.3.ratio: the value is not of the kind expected (found: 5; expected: [234, 543] / 234/543)",
        "/scores/4/ratio: P203 scores.4.ratio: the number is negative (found: -1/2)",
        "/scores/5/ratio: P110 scores.5.ratio: the value is not of the kind expected (found: a; expected: [234, 543] / 234/543)",
    ],
    "scheme-is-a-path": [
        "/scheme: P110 scheme: the value is not of the kind expected (found: ../../etc/passwd; expected: an id, like vn-province-2018)",
    ],
    "stages": [
        "/scores/1/appraised: P110 scores.1.appraised: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | state)",
        "/scores/1/final/points: P110 scores.1.final.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "/scores/2/self/pts: P108 this field does not belong here (found: pts)",
        "/scores/3/finl: P108 this field does not belong here (found: finl)",
        "/scores/4/points: P108 this field does not belong here (found: points)",
        "/scores/5/evidence/0: P109 a field is missing (expected: number)",
        "/scores/5/evidence/0/date: P110 scores.5.evidence.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "states": [
        "/scores/1/state: P110 scores.1.state: the value is not of the kind expected (found: absent; expected: not_applicable, no_evidence or unknown)",
        "/scores/2: P110 scores.2: the value is not of the kind expected (found: points, state; expected: points | percent | value | ratio | answer | count | date | items | answers | state)",
    ],
    "total-disagrees": [
        "/total: P204 total: the points disagree with those of the criteria (found: 99.5; expected: 100)",
    ],
    "two-faults": [
        "/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/scores/9: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9)",
        "/scores/x/points: P110 scores.x.points: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
    ],
    "two-kinds": [
        "/scores/1: P110 scores.1: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | state)",
        "/scores/2: P110 scores.2: the value is not of the kind expected (found: —; expected: points | percent | value | ratio | answer | count | date | items | answers | state)",
    ],
    "two-objects": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/scores/2: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
    ],
    "two-readings": [
        "/scores/1: P112 scores.1.points: the number can be read in two ways (found: 1,250; expected: 1.250 / 1250)",
    ],
    "two-schemes": [
        "/year: P215 several schemes fit (found: department, 2021; expected: vn-hcmc-departments-2021 | vn-hue-departments-2021 | vn-khanh-hoa-departments-2021)",
    ],
    "two-units": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/2/scores/2: P110 scores.2.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "/2/scores/77: P201 77: the scheme vn-province-2018 has no criterion of this code (found: 77)",
    ],
    "unclosed": [
        "3:1: P104 the file breaks the rules of its format (found: Expecting ',' delimiter)",
    ],
    "unclosed-quote": [
        "2:14: P104 the file breaks the rules of its format (found: Invalid control character at)",
    ],
    "unknown-code": [
        "/scores/9: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9)",
    ],
    "unknown-field": [
        "/scores/1/point: P108 this field does not belong here (found: point; did you mean: points)",
        "/yaer: P108 this field does not belong here (found: yaer; did you mean: year)",
    ],
    "unknown-level": [
        "/level: P110 level: the value is not of the kind expected (found: provinc; expected: province, ministry, department, central-agency, district or commune)",
    ],
    "unknown-part": [
        "/parts/orgin: P214 orgin: the scheme vn-province-2018 has no partition or part of this name (found: orgin; did you mean: origin)",
        "/parts/origin/apraised: P214 apraised: the scheme vn-province-2018 has no partition or part of this name (found: apraised; did you mean: appraised)",
        "/parts/origin/sipas: P203 sipas: the number is negative (found: -1)",
        "/parts/origin/survey: P202 survey: the points are above the maximum (found: 36; expected: 0…35.5)",
    ],
    "unknown-profile": [
        "/profile: P213 no-procedures: the scheme vn-province-2018 has no profile of this name (found: no-procedures)",
    ],
    "unknown-scheme": [
        "/scheme: P208 no scheme of this id is known (found: vn-provnce-2018; did you mean: vn-province-2018, vn-province-2019, vn-province-2017)",
    ],
    "utf-16": [
        "1:1: P103 the text is not UTF-8 (found: UTF-16)",
    ],
    "yaml": [
        "1:1: P104 the file breaks the rules of its format (found: Expecting value)",
    ],
    "year-outside": [
        "/year: P209 vn-province-2018: the scheme does not hold for this year (found: 2019; expected: 2018)",
    ],
    "escaped-nul": [
        "/unit: P104 the file breaks the rules of its format (found: U+0000)",
        "/scores: P104 the file breaks the rules of its format (found: U+001B)",
        "/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/scores/2\\x1b: P201 2\\x1b: the scheme vn-province-2018 has no criterion of this code (found: 2\\x1b)",
        "/scores/3/note: P104 the file breaks the rules of its format (found: U+D800)",
    ],
    "unit-twice": [
        "/2/unit: P120 a second scorecard of this unit, year, scheme and period; another is at /1/unit (found: Y)",
    ],
    "documents-go-on": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/unit: P107 unit: this key stands twice (found: unit)",
        "/1/scores/1: P203 1: the number is negative (found: -1)",
        "/2/x/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
        "/3: P110 the value is not of the kind expected (found: text; expected: key: value)",
        "/4: P113 there is nothing in it",
        "/5/scores/1: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
    ],
    "broken-after-faults": [
        "/0/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "/1/scores/1: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
        "3:15: P104 the file breaks the rules of its format (found: Expecting ',' delimiter)",
    ],
    "in-the-order-of-the-file": [
        "/0/scores/2: P202 2: the points are above the maximum (found: 77; expected: 0…10)",
        "/0/scores/10: P201 10: the scheme vn-province-2018 has no criterion of this code (found: 10)",
        "/0/scores/1: P202 1: the points are above the maximum (found: 77; expected: 0…9)",
        "/0/level: P110 level: the value is not of the kind expected (found: x; expected: province, ministry, department, central-agency, district or commune)",
        "/0/applicable_max: P110 applicable_max: the value is not of the kind expected (found: y; expected: 12.5 / 12,5)",
        "/1: P110 the value is not of the kind expected (found: 2; expected: key: value)",
        "/2: P110 the value is not of the kind expected (found: 3; expected: key: value)",
        "/3: P110 the value is not of the kind expected (found: 4; expected: key: value)",
        "/4: P110 the value is not of the kind expected (found: 5; expected: key: value)",
        "/5: P110 the value is not of the kind expected (found: 6; expected: key: value)",
        "/6: P110 the value is not of the kind expected (found: 7; expected: key: value)",
        "/7: P110 the value is not of the kind expected (found: 8; expected: key: value)",
        "/8: P110 the value is not of the kind expected (found: 9; expected: key: value)",
        "/9: P110 the value is not of the kind expected (found: 10; expected: key: value)",
        "/10: P110 the value is not of the kind expected (found: 11; expected: key: value)",
    ],
}

YAML = {
    "alias": [
        "4:9: P105 YAML tags, anchors and aliases are not read",
    ],
    "aliases-that-explode": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "3:1: P108 this field does not belong here (found: a)",
        "3:4: P105 YAML tags, anchors and aliases are not read",
        "4:1: P108 this field does not belong here (found: b)",
        "4:4: P105 YAML tags, anchors and aliases are not read",
        "4:8: P105 YAML tags, anchors and aliases are not read",
        "4:12: P105 YAML tags, anchors and aliases are not read",
        "4:16: P105 YAML tags, anchors and aliases are not read",
        "4:20: P105 YAML tags, anchors and aliases are not read",
        "5:1: P108 this field does not belong here (found: c)",
        "5:4: P105 YAML tags, anchors and aliases are not read",
        "5:8: P105 YAML tags, anchors and aliases are not read",
        "5:12: P105 YAML tags, anchors and aliases are not read",
        "5:16: P105 YAML tags, anchors and aliases are not read",
        "5:20: P105 YAML tags, anchors and aliases are not read",
        "6:1: P108 this field does not belong here (found: d)",
        "6:4: P105 YAML tags, anchors and aliases are not read",
        "6:8: P105 YAML tags, anchors and aliases are not read",
        "6:12: P105 YAML tags, anchors and aliases are not read",
        "6:16: P105 YAML tags, anchors and aliases are not read",
        "6:20: P105 YAML tags, anchors and aliases are not read",
    ],
    "another-level": [
        "4:8: P216 vn-province-2018: the scheme is for another level of unit (found: ministry; expected: province)",
    ],
    "applicable-above": [
        "3:17: P202 applicable_max: the points are above the maximum (found: 100.5; expected: 0…100)",
    ],
    "applicable-below-points": [
        "3:17: P202 total: the points are above the maximum (found: 5; expected: 0…4)",
    ],
    "applicable-disagrees": [
        "3:17: P204 applicable_max: the points disagree with the maximum of what applies by the scores (found: 90; expected: 77)",
    ],
    "binary": [
        "2:118: P103 the text is not UTF-8 (found: 0x80)",
    ],
    "children-disagree": [
        "4:15: P204 1.1: the points disagree with those of the criteria below (found: 4; expected: 2)",
    ],
    "count": [
        "4:16: P110 scores.1.count: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "5:16: P203 scores.2.count: the number is negative (found: -1)",
    ],
    "cycle": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "3:9: P105 YAML tags, anchors and aliases are not read",
        "4:6: P105 YAML tags, anchors and aliases are not read",
    ],
    "dates": [
        "4:15: P110 scores.1.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "5:15: P110 scores.2.date: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "6:15: P110 scores.3.date: the value is not of the kind expected (found: 2018-02-30; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "7:15: P110 scores.4.date: the value is not of the kind expected (found: 2018-1-5; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "8:15: P110 scores.5.date: the value is not of the kind expected (found: 2018-01-15T10:00:00; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "form-of-parts": [
        "4:11: P110 parts.origin: the value is not of the kind expected (found: […]; expected: key: value)",
        "5:3: P214 b: the scheme vn-province-2018 has no partition or part of this name (found: b)",
        "5:15: P110 parts.b.survey: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
    ],
    "list-as-a-key": [
        "3:3: P104 the file breaks the rules of its format (found: {…}; expected: key: value)",
    ],
    "merge-key": [
        "3:1: P108 this field does not belong here (found: <<)",
    ],
    "not-a-number": [
        "4:8: P110 scores.1.points: the value is not of the kind expected (found: yes; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "5:8: P110 scores.2.points: the value is not of the kind expected (found: 0o17; expected: 12.5 / 12,5)",
        "6:8: P110 scores.3.points: the value is not of the kind expected (found: 1_000; expected: 12.5 / 12,5)",
        "7:8: P110 scores.4.points: the value is not of the kind expected (found: .inf; expected: 12.5 / 12,5)",
        "8:8: P110 scores.5.points: the value is not of the kind expected (found: +5; expected: 12.5 / 12,5)",
        "9:8: P110 scores.6.points: the value is not of the kind expected (found: .5; expected: 12.5 / 12,5)",
        "10:8: P110 scores.7.points: the value is not of the kind expected (found: 1e-999999999; expected: 12.5 / 12,5)",
        "11:8: P110 scores.8.points: the value is not of the kind expected (found: 7 %; expected: 12.5 / 12,5)",
    ],
    "not-ranked": [
        "3:9: P109 ranked: a field is missing (expected: reason)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "4:19: P201 9: the scheme vn-province-2018 has no criterion of this code (found: 9)",
    ],
    "parts-disagree": [
        "4:17: P204 origin: the points disagree with those of the criteria (found: 70; expected: 100)",
    ],
    "parts-within-disagree": [
        "3:26: P204 survey: the points disagree with those of the parts within it (found: 10; expected: 17)",
    ],
    "perhaps-ranked": [
        "3:9: P110 ranked: the value is not of the kind expected (found: perhaps; expected: true / false)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "period": [
        "3:9: P207 period: the value lies outside what is possible (found: 2018-01-01; expected: ≥ 2018-12-31)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "period-half": [
        "3:9: P109 a field is missing (expected: to)",
    ],
    "period-without-dates": [
        "3:16: P110 period.from: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
        "3:32: P110 period.to: the value is not of the kind expected (found: 12/31/2018; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "published": [
        "3:20: P207 published.index: the value lies outside what is possible (found: 101%; expected: 0–100 %)",
        "3:31: P110 published.rank: the value is not of the kind expected (found: first; expected: 1, 2, 3, …)",
        "3:42: P110 published.of: the value is not of the kind expected (found: 1.5; expected: 1, 2, 3, …)",
        "3:61: P110 published.points.1: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "3:65: P108 this field does not belong here (found: indx; did you mean: index)",
    ],
    "ratio": [
        "4:16: P110 scores.1.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "5:16: P110 scores.2.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
        "6:16: P110 scores.3.ratio: the value is not of the kind expected (found: 5; expected: [234, 543] / 234/543)",
        "7:16: P203 scores.4.ratio: the number is negative (found: -1/2)",
        "8:16: P110 scores.5.ratio: the value is not of the kind expected (found: a; expected: [234, 543] / 234/543)",
    ],
    "score-outside-the-profile": [
        "5:15: P212 3: the unit's profile leaves this criterion out, and yet it has a score (found: no-procedures)",
    ],
    "stages": [
        "5:20: P110 scores.1.self.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5)",
        "6:16: P110 scores.1.appraised: the value is not of the kind expected (found: points, percent; expected: points | percent | value | ratio | answer | count | date | items | answers | state)",
        "7:13: P108 this field does not belong here (found: pts)",
        "8:9: P108 this field does not belong here (found: finl)",
        "11:5: P108 this field does not belong here (found: points)",
        "14:16: P109 a field is missing (expected: number)",
        "14:23: P110 scores.4.evidence.date: the value is not of the kind expected (found: 2018-13-01; expected: a date: day/month/year, like 31/12/2018, or 2018-12-31)",
    ],
    "total-and-parts-disagree": [
        "4:8: P204 total: the points disagree with those of the parts (found: 60; expected: 70)",
    ],
    "total-disagrees": [
        "4:8: P204 total: the points disagree with those of the criteria (found: 99.5; expected: 100)",
    ],
    "total-out-of-reach": [
        "4:8: P204 total: the points disagree with those of the criteria (found: 99; expected: 1…92)",
    ],
    "two-documents": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "7:15: P110 scores.1.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
    ],
    "two-schemes": [
        "2:7: P215 several schemes fit (found: department, 2021; expected: vn-hcmc-departments-2021 | vn-hue-departments-2021 | vn-khanh-hoa-departments-2021)",
    ],
    "unknown-part": [
        "4:3: P214 orgin: the scheme vn-province-2018 has no partition or part of this name (found: orgin; did you mean: origin)",
        "5:12: P214 apraised: the scheme vn-province-2018 has no partition or part of this name (found: apraised; did you mean: appraised)",
        "5:32: P203 sipas: the number is negative (found: -1)",
        "5:44: P202 survey: the points are above the maximum (found: 36; expected: 0…35.5)",
    ],
    "unknown-profile": [
        "4:10: P213 no-procedure: the scheme vn-ha-nam-departments-2023 has no profile of this name (found: no-procedure; did you mean: no-procedures)",
    ],
    "stage-that-does-not-count": [
        "4:15: P202 1.self: the points are above the maximum (found: 10; expected: 0…9)",
        "5:15: P203 2.self: the number is negative (found: -1)",
        "6:15: P205 3.self: the criterion's rule takes another kind of input (expected: points: 0.5, percent: 80%)",
    ],
    "stages-with-two-kinds-of-faults": [
        "4:15: P110 scores.1.self.points: the value is not of the kind expected (found: x; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown)",
        "4:29: P202 1.appraised: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "escaped-nul": [
        "1:7: P104 the file breaks the rules of its format (found: U+0000)",
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "3:19: P104 the file breaks the rules of its format (found: U+001B)",
        "3:19: P201 2\\x1b: the scheme vn-province-2018 has no criterion of this code (found: 2\\x1b)",
        "3:52: P104 the file breaks the rules of its format (found: U+007F)",
    ],
    "blank-unit": [
        "1:7: P110 unit: the value is not of the kind expected (found: ␣; expected: text)",
    ],
    "python-names": [
        "3:9: P109 a field is missing (expected: from)",
        "3:10: P108 this field does not belong here (found: from_; did you mean: from)",
        "4:16: P108 this field does not belong here (found: self_)",
    ],
    "parts-without-points": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "published-without-figures": [
        "1:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "rank-zero": [
        "4:19: P110 published.rank: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
        "4:26: P110 published.of: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
        "4:42: P110 published.ranks.1: the value is not of the kind expected (found: 0; expected: 1, 2, 3, …)",
    ],
    "unit-twice": [
        "5:7: P120 a second scorecard of this unit, year, scheme and period; another is at 1:7 (found: X)",
    ],
    "documents-go-on": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "6:1: P107 unit: this key stands twice (found: unit)",
        "8:15: P203 1: the number is negative (found: -1)",
        "10:43: P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)",
        "12:1: P110 the value is not of the kind expected (found: just text; expected: key: value)",
        "14:1: P113 there is nothing in it",
        "16:1: P109 a field is missing (expected: unit)",
        "16:1: P109 a field is missing (expected: year)",
        "16:1: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
        "16:3: P104 the file breaks the rules of its format (found: {…}; expected: key: value)",
        "21:15: P202 1: the points are above the maximum (found: 11; expected: 0…9)",
    ],
    "broken-after-faults": [
        "3:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
        "6:1: P107 unit: this key stands twice (found: unit)",
        "8:1: P104 the file breaks the rules of its format (found: did not find expected node content)",
    ],
    "period-of-another-year": [
        "3:9: P207 period: the value lies outside what is possible (found: 2016-12-01 – 2017-12-31; expected: 2018-01-01 – 2018-12-31)",
        "4:15: P202 1: the points are above the maximum (found: 10; expected: 0…9)",
    ],
    "misspelt-states": [
        "3:15: P110 scores.1.points: the value is not of the kind expected (found: unknwon; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: unknown)",
        "3:29: P110 scores.2.points: the value is not of the kind expected (found: not_aplicable; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: not_applicable)",
        "3:57: P110 scores.3.final.points: the value is not of the kind expected (found: noevidence; expected: 12.5 / 12,5 | not_applicable | no_evidence | unknown; did you mean: no_evidence)",
    ],
    "two-signs": [
        "3:23: P110 scores.1.value: the value is not of the kind expected (found: 5%%; expected: 97.2% / 12.5)",
        "3:44: P110 scores.2.percent: the value is not of the kind expected (found: 5%%; expected: 80.69%)",
        "3:63: P110 scores.3.count: the value is not of the kind expected (found: many; expected: 1, 2, 3, …)",
        "3:83: P110 scores.4.count: the value is not of the kind expected (found: 5%; expected: 1, 2, 3, …)",
        "3:101: P110 scores.5.ratio: the value is not of the kind expected (found: 5%; expected: [234, 543] / 234/543)",
        "3:124: P110 scores.6.ratio: the value is not of the kind expected (found: […]; expected: [234, 543] / 234/543)",
    ],
    "scores-are-a-list": [
        "3:9: P110 scores: the value is not of the kind expected (found: […]; expected: scores: {code: points})",
    ],
    "scores-are-empty": [
        "3:9: P109 scores: a field is missing (expected: scores: {code: points} | parts | total | counts | published)",
    ],
    "applicable-zero": [
        "3:17: P207 applicable_max: the value lies outside what is possible (found: 0; expected: > 0, ≤ 100)",
    ],
    "applicable-negative": [
        "3:17: P203 applicable_max: the number is negative (found: -1; expected: 0…100)",
    ],
    "total-negative": [
        "4:8: P203 total: the number is negative (found: -1; expected: 0…100)",
    ],
    "total-above": [
        "4:8: P202 total: the points are above the maximum (found: 101; expected: 0…100)",
    ],
    "area-outside": [
        "4:71: P202 8: the points are above the maximum (found: 17; expected: 0…16.5)",
        "5:29: P202 appraised: the points are above the maximum (found: 70; expected: 0…64.5)",
        "5:41: P203 survey: the number is negative (found: -2; expected: 0…35.5)",
    ],
    "only-empty-documents": [
        "3:1: P113 there is nothing in it",
    ],
}


CARD = '{"unit": "X", "year": 2018, "scores": {"1": 10}}'


class TestJson:
    """A place is a JSON pointer; of text that is no JSON it is line and column."""

    @pytest.mark.parametrize(("name", "lines"), JSON.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        assert told(BAD / "json" / f"{name}.json", lines) == lines

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "json").iterdir()} == set(JSON)

    def test_a_byte_order_mark_does_no_harm(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        file.write_text(CARD.replace("10", "5"), encoding="utf-8-sig")
        assert call("score", str(file)).code == 0


class TestYaml:
    """A place is line and column, of the value or of a key that does not belong."""

    @pytest.mark.parametrize(("name", "lines"), YAML.items())
    def test_file(self, name: str, lines: list[str]) -> None:
        assert told(BAD / "yaml" / f"{name}.yaml", lines) == lines

    def test_every_file_is_in_the_table(self) -> None:
        assert {file.stem for file in (BAD / "yaml").iterdir()} == set(YAML)


LARGE = {
    "lists.json": ("", "[", 100_000, "", "*P106 *(expected: ≤ 40)"),
    "lists-of-values.json": ("[" * 100_000, "]", 100_000, "", "*P106 *(expected: ≤ 40)"),
    "objects.json": ("", '{"a": ', 100_000, "", "*P106 *(expected: ≤ 40)"),
    "objects-of-values.json": (
        '{"a": ' * 100_000 + "1",
        "}",
        100_000,
        "",
        "*P106 *(expected: ≤ 40)",
    ),
    "a-field.json": (
        '{"unit": "',
        "x",
        5_000_000,
        '", "year": 2018, "scores": {"1": 5}}',
        "/unit: P111 the number or text is too long (found: xxxxxxxxxxxxxxxxxxxx… (5000000); expected: ≤ 20000)",
    ),
    "digits.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": ',
        "1",
        200_000,
        "}}",
        "/scores/1: P111 the number or text is too long (found: 11111111111111111111… (200000); expected: ≤ 20000)",
    ),
    "decimals.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": "0.',
        "1",
        200_000,
        '"}}',
        "/scores/1: P111 the number or text is too long (found: 0.111111111111111111… (200002); expected: ≤ 20000)",
    ),
    "values.json": ('{"x": [', "1,", 5_000_000, "1]}", "/x/199998: P106 *(expected: ≤ 200000)"),
    "a-file.json": ("", " ", 33 * 1024 * 1024, "{}", "P102 *"),
    "values.yaml": ("x:\n", "- 1\n", 1_000_000, "", "200000:3: P106 *(expected: ≤ 200000)"),
    "lists.yaml": ("unit: ", "[", 100_000, "", "1:*: P106 *(expected: ≤ 40)"),
    "mappings.yaml": ("unit: ", "{a: ", 100_000, "", "1:*: P106 *(expected: ≤ 40)"),
    "a-field.yaml": (
        "unit: X\nyear: 2018\nsource: ",
        "x",
        5_000_000,
        "\nscores: {1: 5}\n",
        "3:9: P111 the number or text is too long (found: xxxxxxxxxxxxxxxxxxxx… (5000000); expected: ≤ 20000)",
    ),
    "digits.yaml": (
        'unit: X\nyear: 2018\nscores: {"1": ',
        "1",
        200_000,
        "}\n",
        "3:15: P111 the number or text is too long (found: 11111111111111111111… (200000); expected: ≤ 20000)",
    ),
}
"""Text that begins somehow, repeats something so many times, and ends; and what is said of it."""
MANY = {
    "codes.json": ('{"unit": "X", "year": 2018, "scores": {', '"x#": 1', ", ", "}}"),
    "values.json": ('{"unit": "X", "year": 2018, "scores": {', '"x#": "y"', ", ", "}}"),
    "units.json": ("[", '{"unit": "X#", "year": 2018, "scores": {"1": 10}}', ", ", "]"),
    "values.yaml": ("unit: X\nyear: 2018\nscores:\n", "  x#: y", "\n", "\n"),
    "fields.json": ('{"unit": "X", "year": 2018, "scores": {"1": 1}, ', '"x#": 1', ", ", "}"),
    "fields-of-a-score.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": {"points": 1, ',
        '"x#": 1',
        ", ",
        "}}}",
    ),
    "a-unit-again.json": (
        '[{"unit": "X", "year": 2018, "scores": {"1": 1}}, ',
        '{"unit": "X", "year": 2018, "scores": {"1": 1}}',
        ", ",
        "]",
    ),
    "documents.yaml": ("", "unit: X#\nyear: 2018\nscores: {1: 10}\n", "---\n", ""),
}
"""Text that begins somehow, holds something ten thousand times with a number for `#`, and ends."""


class TestLimits:
    """However large the fault, it takes little memory and time, and few words."""

    @pytest.mark.parametrize("name", LARGE)
    def test_large(self, tmp_path: Path, name: str) -> None:
        start, piece, times, end, line = LARGE[name]
        text = f"{start}{piece * times}{end}"
        assert told_within_limits(tmp_path / name, text, [line]) == [line]

    @pytest.mark.parametrize("name", MANY)
    def test_ten_thousand_faults(self, tmp_path: Path, name: str) -> None:
        start, piece, between, end = MANY[name]
        pieces = (piece.replace("#", str(number)) for number in range(10_000))
        lines = told_within_limits(tmp_path / name, f"{start}{between.join(pieces)}{end}")
        assert (len(lines), lines[-1]) == (51, "… and 9950 more faults")


class TestWhatIsNoFile:
    """A file or folder that holds nothing to read is told by its name."""

    @pytest.mark.parametrize("name", ["none.json", "none.yaml", "none.csv", "none"])
    def test_missing(self, tmp_path: Path, name: str) -> None:
        [line] = told(tmp_path / name, [])
        assert line.startswith("P101 the file cannot be read (found: ")

    @pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
    @pytest.mark.parametrize("ending", ["json", "yaml", "csv"])
    def test_a_loop_of_links(self, tmp_path: Path, ending: str) -> None:
        one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
        one.symlink_to(other)
        other.symlink_to(one)
        [line] = told(one, [])
        assert line.startswith("P101 the file cannot be read (found: ")

    def test_a_folder_without_scorecards(self, tmp_path: Path) -> None:
        (tmp_path / "below").mkdir()
        (tmp_path / "notes.txt").write_text("unit: X", encoding="utf-8")
        assert told(tmp_path, []) == ["P118 no scorecards were found here"]

    @pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
    def test_a_folder_with_a_link_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "a.json").write_text(CARD, encoding="utf-8")
        ran = call("score", str(tmp_path))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            f"{tmp_path / 'a.json'}:/scores/1: P202 1: the points are above the maximum (found: 10; expected: 0…9)\n"
        )

    def test_points_in_each_file_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text(CARD, encoding="utf-8")
        (tmp_path / "b.csv").write_text("unit,year,code,points\nY,2018,1,10\n", encoding="utf-8")
        (tmp_path / "c.yaml").write_text("unit: Z\nyear: 2018\nscores: {1: 10}", encoding="utf-8")
        ran = call("score", str(tmp_path))
        assert (ran.code, ran.out, ran.err.count("P202")) == (2, "", 3)

    def test_the_faults_of_form_of_each_file_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{", encoding="utf-8")
        (tmp_path / "b.csv").write_text("unit,year,code,points\nY,2018,1,x\n", encoding="utf-8")
        (tmp_path / "c.yaml").write_text("unit: }", encoding="utf-8")
        (tmp_path / "d.json").write_text(CARD, encoding="utf-8")
        lines = [line.removeprefix(f"{tmp_path}{os.sep}") for line in told(tmp_path, [])]
        assert [line.split(" ")[:2] for line in lines] == [
            ["a.json:1:2:", "P104"],
            ["b.csv:2:4:", "P110"],
            ["c.yaml:1:7:", "P104"],
            ["d.json:/scores/1:", "P202"],
        ]

    def test_no_name_is_not_this_folder(self) -> None:
        ran = call("score", "")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith('"": P101 the file cannot be read (found: ')

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
    @pytest.mark.parametrize("name", ["a.json", "a.yaml"])
    def test_other_encodings_without_a_mark(self, tmp_path: Path, name: str, encoding: str) -> None:
        file = tmp_path / name
        file.write_text(CARD, encoding=encoding)
        column = 1 if encoding == "utf-16-be" else 2
        line = f"1:{column}: P103 the text is not UTF-8 (found: 0x00)"
        assert told(file, [line]) == [line]
