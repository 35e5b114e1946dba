"""Tables as offices send them: streams, other letters and line ends, headings in two rows, several sheets."""

import codecs
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import parindex
from parindex.scale import copies
from parindex.scale.mapping import map_given
from parindex.scale.reading import facts_of_files
from tests.facts_support import MARCH
from tests.support import ROOT, call

HEAD = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Cơ quan giải quyết"
ROWS = (
    "HS1,03/03/2025,10/03/2025,Sở Tư pháp\nHS2,?,10/03/2025,Sở Tư pháp\nHS3,04/03/2025,?,Sở Y tế\n"
)
TEXT = f"{HEAD}\n{ROWS}"
LINES = '{"id": "1", "received": "03/03/2025", "unit": "A"}\n{"id": "2", "received": "?", "unit": "A"}\n'
COLUMNS = dict(zip(("id", "received", "due", "unit"), HEAD.split(","), strict=True))
MAP: dict[str, Any] = {"columns": COLUMNS, "period": MARCH}
LINES_MAP: dict[str, Any] = {"columns": {e: e for e in ("id", "received", "unit")}, "period": MARCH}
EXAMPLE = ROOT / "examples" / "dossiers"


def counted(*files: Path | str, **more: Any) -> tuple[int, int, list[tuple[str, str]]]:
    """How many rows were read and counted, and the first place of each kind that was not."""
    found = facts_of_files([*map(str, files)], map_given({**MAP, **more}))
    return found.read, found.counted, [(e.kind, str(e.places[0])) for e in found.rejects]


def expected(name: object, first: int = 3) -> tuple[int, int, list[tuple[str, str]]]:
    """What is found in the rows of this page, where the heading is in the line before the first."""
    places = [("unreadable_received", f"{name}:{first}"), ("unreadable_due", f"{name}:{first + 1}")]
    return 3, 1, places


class TestLetters:
    """Bytes of other encodings and line ends are read, or told with their place; never read wrongly."""

    @pytest.mark.parametrize(
        "data",
        [
            TEXT.encode(),
            TEXT.encode("utf-8-sig"),
            TEXT.encode("utf-16"),
            codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
            TEXT.replace("\n", "\r\n").encode(),
            TEXT.replace("\n", "\r").encode(),
            TEXT.replace(",", ";").encode("utf-8-sig"),
            TEXT.replace(",", "\t").encode("utf-16"),
        ],
    )
    def test_read(self, data: bytes, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(data)
        assert counted(file) == expected(file)

    @pytest.mark.parametrize("before", [0, 4_000])
    def test_old_letters_wherever_they_stand(self, before: int, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        plain = "HS,03/03/2025,10/03/2025,So Tu phap va cac don vi\n" * before
        old = "HSX,03/03/2025,10/03/2025,Sô Tu phap\n".encode("cp1258")
        file.write_bytes(f"{HEAD}\n{plain}".encode() + old)
        with pytest.raises(parindex.InputError) as error:
            counted(file)
        [found] = error.value.findings
        assert (found.code, str(found.place)) == ("P103", f"{file}:{before + 2}:28")

    def test_half_a_letter_of_two_bytes(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(TEXT.encode("utf-16")[:-1])
        with pytest.raises(parindex.InputError, match=r"a\.csv:1:1: P103"):
            counted(file)

    def test_lines_with_a_mark(self, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        file.write_text(LINES, encoding="utf-8-sig")
        found = (2, 1, [("unreadable_received", f"{file}:2")])
        assert counted(file, **LINES_MAP) == found


class TestStreams:
    """Standard input and pipes are read once, like files; what was copied is removed."""

    def told(self, data: bytes, given: dict[str, Any], tmp_path: Path) -> tuple[int, str, str]:
        file = tmp_path / "map.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        ran = call("facts", "-", "--map", str(file), "-f", "json", given=data)
        return ran.code, ran.out, ran.err

    @pytest.mark.parametrize(
        ("data", "given", "place"),
        [
            (TEXT.encode(), MAP, 3),
            (TEXT.encode("utf-16"), MAP, 3),
            (LINES.encode(), LINES_MAP, 2),
            (LINES.encode("utf-8-sig"), LINES_MAP, 2),
        ],
    )
    def test_standard_input(
        self,
        data: bytes,
        given: dict[str, Any],
        place: int,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        folder = tmp_path / "temporary"
        folder.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        code, out, err = self.told(data, given, tmp_path)
        assert (code, '"received": 1' in out, f"<stdin>:{place}" in err) == (0, True, True)
        assert [*folder.iterdir()] == []

    def test_nothing(self, tmp_path: Path) -> None:
        code, out, err = self.told(b"", MAP, tmp_path)
        assert (code, out) == (2, "")
        assert err.startswith("<stdin>: P113 there is nothing in it → ")

    def test_other_headings(self, tmp_path: Path) -> None:
        code, out, err = self.told(b"a,b\n1,2\n", MAP, tmp_path)
        assert (code, out) == (2, "")
        assert err.count("<stdin>: P109 columns.") == len(COLUMNS)

    def test_too_much(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(copies, "MOST_BYTES", 10_000)
        code, out, err = self.told(TEXT.encode() * 200, MAP, tmp_path)
        assert (code, out, err.startswith("<stdin>: P102 ")) == (2, "", True)

    def test_a_workbook(self, tmp_path: Path) -> None:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet()
            for at, line in enumerate(TEXT.splitlines()):
                sheet.write_row(at, 0, line.split(","))
        code, out, err = self.told(stream.getvalue(), MAP, tmp_path)
        assert (code, '"received": 1' in out, "<stdin>:3" in err) == (0, True, True)

    def test_once_only(self) -> None:
        ran = call("facts", "-", "--map", "-", given=b"")
        assert (ran.code, "only once" in ran.err) == (2, True)

    def test_not_by_spark(self) -> None:
        ran = call("facts", "-", "--map", str(EXAMPLE / "map.yaml"), "--engine", "local", given=b"")
        assert (ran.code, "--engine" in ran.err) == (2, True)

    def test_a_new_map(self) -> None:
        ran = call("facts", "-", "--new", given=TEXT.encode())
        assert (ran.code, "\n  received: Ngày tiếp nhận\n" in ran.out) == (0, True)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
    def test_a_pipe(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_text, args=(TEXT, "utf-8"))
        writer.start()
        assert counted(pipe) == expected(pipe)
        writer.join()


class TestTables:
    """Headings are found where they stand; the same dossier is the same, however its unit is spelt."""

    def test_headings_in_two_rows(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        head = "Mã hồ sơ,Thời gian,,Cơ quan giải quyết\n,Ngày tiếp nhận,Ngày hẹn trả,\n"
        file.write_text(f"Danh sách\n{head}{ROWS}", encoding="utf-8")
        assert counted(file) == expected(file, 5)
        ran = call("facts", str(file), "--new")
        assert all(f": {each}\n" in ran.out for each in COLUMNS.values())

    def test_three_sheets(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(str(file)) as book:
            for name in ("Tháng 3", "Ghi chú", "Tháng 4"):
                sheet = book.add_worksheet(name)
                if name == "Ghi chú":
                    sheet.write(0, 0, "Số liệu tạm tính")
                    continue
                for at, line in enumerate(TEXT.replace("HS", name).splitlines()):
                    sheet.write_row(at, 0, line.split(","))
        read, kept, rejects = counted(file)
        assert (read, kept) == (6, 2)
        assert rejects[0] == ("unreadable_received", f"{file}:Tháng 3:3")

    def test_the_same_dossier_in_other_letters(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = ("Sở Tư pháp", "SỞ TƯ PHÁP", "Sở  Tư pháp ")
        text = "\n".join(f"HS1,03/03/2025,10/03/2025,{each}" for each in rows)
        file.write_text(f"{HEAD}\n{text}\n", encoding="utf-8")
        assert counted(file) == (3, 1, [("same_id_alike", f"{file}:3")])
