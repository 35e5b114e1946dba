"""Files of kinds that are not read say what they are, and how to go on."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import call
from tests.xlsx_support import HEAD, book, table

AS_XLSX = "saved as .xlsx: open it in Excel or LibreOffice"
OPEN = "application/vnd.oasis.opendocument."


def zipped(**held: str) -> bytes:
    """A zip of these parts; `__` stands for a slash and `_` for a dot in their names."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in held.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


def old(*streams: str, record: bytes = b"\x09\x08\x04\x00\x00\x06\x05\x00\x42\x00") -> bytes:
    """An old Office file: the directory names its streams, the first of which begins so."""
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").ljust(512, b"\0")
    entries = b"".join(
        f"{name}\0".encode("utf-16-le").ljust(116, b"\0") + (2).to_bytes(4, "little") + b"\0" * 8
        for name in ("Root Entry", *streams)
    )
    return header + entries.ljust(1024, b"\0") + record.ljust(512, b"\0")


LOCKED = b"\x09\x08\x04\x00\x00\x06\x05\x00\x2f\x00\x36\x00"
KINDS = {
    "xls with a password": (old("Workbook", record=LOCKED), "with a password", "take off"),
    "xlsx with a password": (
        old("EncryptionInfo", "EncryptedPackage"),
        "locked with a password",
        "take off the password",
    ),
    "doc": (old("1Table", "WordDocument"), "an old Word document (.doc)", "copy the table"),
    "some old file": (old("Contents"), "an old Office file", "take off the password"),
    "xlsb": (zipped(_Content_Types__xml="", xl__workbook_bin=""), "(.xlsb)", AS_XLSX),
    "odt": (zipped(mimetype=OPEN + "text"), "(.odt)", "copy the table"),
    "numbers": (zipped(Index__Document_iwa=""), "Apple Numbers", "export it"),
    "zip": (zipped(a_xlsx=""), "an archive (.zip)", "unpack it first"),
    "pdf": (b"%PDF-1.7\n", "a PDF document", "copy the table"),
    "html": (b"\r\n<html xmlns:x='a'><body><table>", "a web page", AS_XLSX),
    "html in UTF-16": ("\ufeff<table border=1>".encode("utf-16-le"), "a web page", AS_XLSX),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web page", AS_XLSX),
    "xml of Excel": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>',
        "an Excel workbook saved as XML",
        AS_XLSX,
    ),
    "fods": (b'<?xml version="1.0"?><office:document>', "(.fods, .fodt)", AS_XLSX),
    "picture": (b"\x89PNG\r\n\x1a\n\0", "a picture", "copy the table"),
    "rtf": (b"{\\rtf1\\ansi", "rich text (.rtf)", "copy the table"),
    "rar": (b"Rar!\x1a\x07\0", "an archive (.rar", "unpack it first"),
}


class TestKinds:
    """The first bytes tell the kind, whatever the ending; the message says what to do."""

    @pytest.mark.parametrize("ending", ["xls", "xlsx", "csv", "yaml", "bin"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_said_under_every_name(self, kind: str, ending: str, tmp_path: Path) -> None:
        data, name, mend = KINDS[kind]
        file = tmp_path / f"a.{ending}"
        file.write_bytes(data)
        ran = call("score", str(file))
        assert (ran.code, ran.out, "P150" in ran.err) == (2, "", True), ran.err
        assert (name in ran.err, mend in ran.err) == (True, True), ran.err

    @pytest.mark.parametrize("kind", KINDS)
    def test_said_of_standard_input(self, kind: str) -> None:
        ran = call("score", "-", given=KINDS[kind][0])
        assert (ran.code, "P150" in ran.err, KINDS[kind][1] in ran.err) == (2, True, True)

    @pytest.mark.parametrize("command", [["check"], ["rank"], ["merge"], ["losses"], ["score"]])
    def test_every_command_says_the_same(self, command: list[str], tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        file.write_bytes(KINDS["xlsb"][0])
        ran = call(*command, str(file))
        assert "a binary Excel workbook (.xlsb)" in ran.out + ran.err

    def test_a_scheme_too(self, tmp_path: Path) -> None:
        file = tmp_path / "scheme.yaml"
        file.write_bytes(zipped(word__document_xml="<a/>"))
        ran = call("score", "examples/soc-trang-2018.yaml", "--scheme", str(file))
        assert (ran.code, "a Word document (.docx)" in ran.err) == (2, True)


BROKEN = {
    "xls": old("Workbook"),
    "xls of Excel 5": old("Book"),
    "xls without streams": b"\x09\x08\x10\x00\x00\x06",
    "ods": zipped(mimetype=OPEN + "spreadsheet"),
    "docx": zipped(word__document_xml="<a"),
}


class TestBroken:
    """A workbook of other programs, or a document, that is damaged is told under every name."""

    @pytest.mark.parametrize("ending", ["xls", "ods", "docx", "xlsx", "bin"])
    @pytest.mark.parametrize("kind", BROKEN)
    def test_said(self, kind: str, ending: str, tmp_path: Path) -> None:
        file = tmp_path / f"a.{ending}"
        file.write_bytes(BROKEN[kind])
        ran = call("score", str(file))
        assert (ran.code, ran.out, "P104" in ran.err) == (2, "", True), ran.err


class TestWorkbooksUnderOtherNames:
    """A workbook is read where the name does not claim another format, else it is told."""

    @pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.dat", "A.XLSX"])
    def test_read(self, name: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table()).rename(tmp_path / name)
        ran = call("score", str(file), "--format", "json")
        assert '"percent": 78.35' in ran.out

    @pytest.mark.parametrize("name", ["a.csv", "a.yaml", "a.json"])
    def test_told(self, name: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table()).rename(tmp_path / name)
        ran = call("score", str(file))
        assert (ran.code, "a name that ends in .xlsx" in ran.err) == (2, True)

    def test_text_called_a_workbook(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        file.write_text("unit,year\nA,2018\n", encoding="utf-8")
        ran = call("score", str(file))
        assert (ran.code, "a text, not a workbook" in ran.err) == (2, True)
        assert "under a name that ends in .csv" in ran.err
