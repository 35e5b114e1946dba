"""A workbook that another program zipped is the same workbook; nothing leads out of it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, call
from tests.test_workbooks_cells import index, refused
from tests.xlsx_support import HEAD, book, table

GIVEN = ROOT / "tests" / "given" / "xlsx"
Parts = dict[str, bytes]


def zipped(file: Path, change: Callable[[Parts], Parts]) -> Path:
    """The workbook of Sóc Trăng 2018 with its parts changed, in their new order."""
    book(file, HEAD | table())
    with zipfile.ZipFile(file) as before:
        held = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in change(held).items():
            after.writestr(zipfile.ZipInfo(name), data)
    return file


def said(part: str, old: str, new: str) -> Callable[[Parts], Parts]:
    """Puts other words into a part."""

    def change(held: Parts) -> Parts:
        assert old.encode() in held[part]
        return {**held, part: held[part].replace(old.encode(), new.encode())}

    return change


def renamed(rename: Callable[[str], str]) -> Callable[[Parts], Parts]:
    """Gives parts other names."""
    return lambda held: {rename(name): data for name, data in held.items()}


def in_folder(held: Parts) -> Parts:
    """All in another folder than `xl`, to which only the first relations lead."""
    moved = {name.replace("xl/", "data/book/"): data for name, data in held.items()}
    first = moved["_rels/.rels"].replace(b'"xl/workbook.xml"', b'"/data/./book/workbook.xml"')
    second = moved["data/book/_rels/workbook.xml.rels"].replace(b'"/xl/', b'"../book/')
    return {**moved, "_rels/.rels": first, "data/book/_rels/workbook.xml.rels": second}


RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET = '"/xl/worksheets/sheet1.xml"'
SAME: dict[str, Callable[[Parts], Parts]] = {
    "folders": lambda held: {"xl/": b"", "xl/worksheets/": b"", "_rels/": b"", **held},
    "folders with backslashes": lambda held: {"xl\\": b"", "xl\\worksheets\\": b"", **held},
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "capitals": renamed(lambda name: name.upper() if "sheet1" in name else name),
    "from the root": renamed(lambda name: f"/{name}"),
    "from here": renamed(lambda name: f"./{name}"),
    "another order": lambda held: dict(reversed(held.items())),
    "another folder": in_folder,
    "without the first relations": lambda held: {
        k: v for k, v in held.items() if k != "_rels/.rels"
    },
    "a target from here": said(RELATIONS, SHEET, '"./worksheets/sheet1.xml"'),
    "a target with dots": said(RELATIONS, SHEET, '"../xl/worksheets/../worksheets/sheet1.xml"'),
    "more dots than folders": said(RELATIONS, SHEET, '"../../../xl/worksheets/sheet1.xml"'),
    "a target with backslashes": said(RELATIONS, SHEET, '"\\xl\\worksheets\\sheet1.xml"'),
    "a target in capitals": said(RELATIONS, SHEET, '"/XL/Worksheets/Sheet1.xml"'),
    "a target with escapes": said(RELATIONS, SHEET, '"worksheets/sheet%31.xml"'),
}


class TestPackages:
    """Folders, dots, backslashes and capitals in the names of parts change nothing."""

    @pytest.mark.parametrize(
        "name",
        ["zipped-again-with-folder-entries", "workbook-part-at-root", "relation-target-with-dots"],
    )
    def test_given(self, name: str) -> None:
        assert index(GIVEN / f"{name}.xlsx") == 78.35

    @pytest.mark.parametrize("how", SAME)
    def test_read(self, how: str, tmp_path: Path) -> None:
        assert index(zipped(tmp_path / "a.xlsx", SAME[how])) == 78.35

    @pytest.mark.parametrize("target", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd"])
    def test_nothing_outside_is_looked_at(self, target: str, tmp_path: Path) -> None:
        file = zipped(tmp_path / "a.xlsx", said(RELATIONS, SHEET, f'"{target}"'))
        assert "P104" in refused(file)

    def test_two_names_of_one_part(self, tmp_path: Path) -> None:
        def twice(held: Parts) -> Parts:
            return {**held, "xl/./worksheets/Sheet1.xml": held["xl/worksheets/sheet1.xml"]}

        ran = call("score", str(zipped(tmp_path / "a.xlsx", twice)))
        assert (ran.code, "P107" in ran.err) == (2, True)
