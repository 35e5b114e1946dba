"""Workbooks that tests write and read, and the units and schemes in them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from msgspec.structs import replace

from parindex.office.pages.page import Book
from parindex.office.xlsx.write import write_book
from parindex.scorecard.scorecard import Entry, Stage
from parindex.values.facts import Points
from parindex.values.language import language
from tests.support import EXAMPLE, ROOT, area, call

SAY = language("en")
DEPARTMENT = (
    str(ROOT / "examples" / "departments-2024.yaml"),
    "--scheme",
    str(ROOT / "examples" / "schemes" / "departments-2024.yaml"),
)
SMALL = (
    str(ROOT / "examples" / "small-2024.yaml"),
    "--scheme",
    str(ROOT / "examples" / "small-scheme.yaml"),
)
INPUTS = {"areas": (EXAMPLE,), "stages": DEPARTMENT, "partial": SMALL}


def made(book: Book, file: Path) -> Path:
    """The workbook in a file."""
    with file.open("wb") as stream:
        write_book(book, SAY, stream)
    return file


def written(file: Path, *arguments: str) -> Any:
    """The workbook that a command writes, with the values stored in it."""
    ran = call(*arguments, "-o", str(file))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return openpyxl.load_workbook(file, data_only=True)


def table(sheet: Any, key: str) -> dict[str, dict[str, Any]]:
    """The rows under the headings of a sheet, by what stands under one of them."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(at for at, row in enumerate(rows) if key in row)
    found = {}
    for row in rows[at + 1 :]:
        if not any(row):
            break  # notes follow
        told = dict(zip(rows[at], row, strict=True))
        if told[key] is not None:
            found[str(told[key])] = told
    return found


def leaves(criteria: list[Any]) -> dict[str, Any]:
    """The criteria of JSON at any depth, by code."""
    found = {}
    for each in criteria:
        found[each["code"]] = each
        found |= leaves(each.get("children", []))
    return found


TREE = [
    area("1", "4", area("1.1", "1"), area("1.2", "3")),
    area("2", "6", area("2.1", "2"), area("2.2", "4", area("2.2.1", "1"), area("2.2.2", "3"))),
]
BLOCKS = [
    {"id": "bonus", "kind": "bonus", "cap": "2", "items": [area("T1", "1.5"), area("T2", "1")]},
    {"id": "penalty", "kind": "penalty", "items": [area("P1", "3")]},
]
FULL = {"1.1": "0.335", "1.2": "2.115", "2.1": "1.005", "2.2.1": "0.445", "2.2.2": "2.215"}
ROUNDINGS = [
    {},
    {"mode": "down"},
    {"mode": "half-even"},
    {"index": 1},
    *({"points": {"digits": 1, "at": at}} for at in ("leaf", "area", "total")),
    {"mode": "down", "points": {"digits": 1, "at": "area"}},
    {"mode": "half-even", "points": {"digits": 1, "at": "total"}},
]
SCORES: list[dict[str, Any]] = [
    FULL,
    {**FULL, "1.2": "unknown"},
    {**FULL, "1.2": "not_applicable"},
    {**FULL, "2.2.2": "no_evidence"},
    dict.fromkeys(FULL, "unknown"),
    dict.fromkeys(FULL, "not_applicable"),
    {**FULL, "T1": "1.5", "T2": "1", "P1": "0.255"},
    {**FULL, "T1": "unknown", "P1": "3"},
    {"1.1": "1", "1.2": "3", "2": "6", "T1": "1.5"},
    {"1": "3.5", "2": "5.115"},
]
FIRST: dict[Stage, Entry] = {"self": Entry(Points(Decimal(1)), stage="self")}


def staged(points: str) -> Entry:
    """Points of the appraiser where the unit gave itself one."""
    last = Entry(Points(Decimal(points)), reason="<late>", stage="appraised")
    return replace(last, stages={**FIRST, "appraised": last})


STAGED = {code: staged(points) for code, points in FULL.items()}
BLOCKED = SCORES[6]
