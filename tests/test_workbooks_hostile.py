"""A workbook made to do harm is refused or does none, within little memory and time."""

import zipfile
from pathlib import Path

import pytest

from parindex.api import load_scheme
from parindex.office.xlsx.template import write_template
from parindex.values.language import language
from tests.processes import start
from tests.support import call
from tests.xlsx_support import HEAD, book, parts, table

MEMORY = 200 * 1024 * 1024
SECONDS = 20  # of the processor; each takes less than 5
START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


def limited(file: Path, code: int = 2) -> str:
    """What `parindex score` says of the file, in a process with little memory and time."""
    ran = start("score", str(file), memory=MEMORY, seconds=SECONDS)
    assert (ran.code, bool(ran.out)) == (code, code == 0), ran.err
    assert "Traceback" not in ran.err
    assert "internal error" not in ran.err
    return ran.err or ran.out


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A workbook whose cells share their texts, as those of Excel do."""
    file = tmp_path / "b.xlsx"
    with file.open("wb") as stream:
        write_template(load_scheme("vn-province-2018"), "A", 2018, language("vi"), stream)
    return file


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A workbook in which all is well."""
    return book(tmp_path / "a.xlsx", HEAD | table())


class TestBombs:
    """What unpacks to more than any workbook of scores is refused before it is unpacked."""

    def test_a_zip_bomb(self, good: Path) -> None:
        parts(good, sheet1=START + " " * 70_000_000 + END)
        assert "P106" in limited(good)

    def test_a_million_empty_rows(self, good: Path) -> None:
        parts(good, sheet1=START + "<row/>" * 1_000_000 + END)
        assert "P109" in limited(good)

    def test_many_shared_texts(self, shared: Path) -> None:
        parts(shared, sharedStrings="<sst>" + "<si><t>a</t></si>" * 300_000 + "</sst>")
        assert "P106" in call("score", str(shared)).err

    def test_many_parts(self, good: Path) -> None:
        with zipfile.ZipFile(good, "a") as more:
            for number in range(5000):
                more.writestr(f"{number}", b"")
        assert "P106" in call("score", str(good)).err

    @pytest.mark.parametrize("part", ["sheet1", "workbook", "styles", "sharedStrings"])
    def test_entities(self, part: str, shared: Path) -> None:
        entities = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
        ran = call("score", str(parts(shared, **{part: entities})))
        assert (ran.code, "P104" in ran.err, "<!DOCTYPE" in ran.err) == (2, True, True)


class TestOddFiles:
    """A file that is no workbook says so, whatever it is called."""

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x03\x04",
            b"PK\x05\x06" + b"\0" * 18,
            b"PK",
            b"\1\2\3\4",
        ],
    )
    def test_refused(self, data: bytes, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        file.write_bytes(data)
        ran = call("score", str(file))
        assert (ran.code, ran.out, "P104" in ran.err) == (2, "", True)

    def test_broken_anywhere(self, good: Path) -> None:
        data = good.read_bytes()
        for at in range(0, len(data), 211):
            good.write_bytes(data[:at] + b"\xff\x00" + data[at + 2 :])
            assert call("score", str(good)).code in (0, 2)

    def test_cut_off(self, good: Path) -> None:
        good.write_bytes(good.read_bytes()[:-50])
        assert call("score", str(good)).code == 2

    @pytest.mark.parametrize(
        "cells",
        [
            '<row r="0"><c r="A0"><v>1</v></c></row>',
            '<row r="9999999999"><c><v>1</v></c></row>',
            '<row><c r="ZZZ1"><v>1</v></c></row>',
            '<row><c t="s"><v>999</v></c><c t="s"><v>-1</v></c></row>',
            '<row><c><v>1e999</v></c><c><v>NaN</v></c><c s="99"><v>9</v></c></row>',
            "<c><v>1</v></c><v>2</v><f/>",
        ],
    )
    def test_odd_cells(self, cells: str, good: Path) -> None:
        assert call("score", str(parts(good, sheet1=START + cells + END))).code == 2


class TestHarmless:
    """What a workbook may hold beside its table is never opened, run or shown as it is."""

    def test_a_sheet_with_a_long_name(self, good: Path) -> None:
        with zipfile.ZipFile(good) as held:
            text = held.read("xl/workbook.xml").decode()
        ran = call("score", str(parts(good, workbook=text.replace("Sheet1", "x" * 1000))))
        assert (ran.code, "P111" in ran.err, len(ran.err) < 500) == (2, True, True)

    def test_macros_and_links_are_not_looked_at(self, good: Path) -> None:
        with zipfile.ZipFile(good, "a") as more:
            more.writestr("xl/vbaProject.bin", b"\0" * 100)
            more.writestr("xl/externalLinks/externalLink1.xml", b"<!DOCTYPE a>")
        assert "78.35" in call("score", str(good)).out

    @pytest.mark.filterwarnings("ignore::UserWarning")  # of Python, which writes them all the same
    @pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.xml"])
    def test_two_parts_of_one_name(self, name: str, good: Path) -> None:
        with zipfile.ZipFile(good, "a") as more:
            more.writestr(name, b"<worksheet/>")
        ran = call("score", str(good))
        assert (ran.code, "P107" in ran.err) == (2, True)

    def test_names_that_lead_elsewhere(self, good: Path) -> None:
        outside = good.parent.parent / "evil"
        with zipfile.ZipFile(good, "a") as more:
            more.writestr("../evil", b"x")
        assert "78.35" in call("score", str(good)).out
        assert not outside.exists()
        with zipfile.ZipFile(good) as held:
            links = held.read("xl/_rels/workbook.xml.rels").decode()
        links = links.replace("/xl/worksheets/sheet1.xml", "../../../../etc/passwd")
        moved = good.with_name("moved.xlsx")
        with zipfile.ZipFile(good) as held, zipfile.ZipFile(moved, "w") as after:
            for name in held.namelist():
                changed = name.endswith("workbook.xml.rels")
                after.writestr(name, links if changed else held.read(name))
        ran = call("score", str(moved))
        assert (ran.code, "P104" in ran.err) == (2, True)

    def test_what_looks_like_a_formula_is_text(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"A5": "Đơn vị: @SUM(1+1)\x0b"[:-1]}
        ran = call("score", str(book(tmp_path / "a.xlsx", cells)), "--format", "csv")
        assert "'@SUM(1+1)" in ran.out
