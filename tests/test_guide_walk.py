"""The Vietnamese guide walks from an annex to a ranking; what it says is done here, in its order."""

import re
import shlex
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from parindex.api import rank, read_scorecards, score
from parindex.office.xlsx.headings import COLUMNS
from tests.support import ROOT, call

GUIDE = (ROOT / "docs/vi/guide/schemes.md").read_text(encoding="utf-8")
[SECTION] = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = [shlex.split(line)[1:] for line in SECTION.splitlines()]
ANNEX = [
    ("BỘ TIÊU CHÍ ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH CÁC SỞ, BAN, NGÀNH TỈNH X NĂM 2024",),
    ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Hướng dẫn chấm điểm"),
    ("I", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 5, None),
    ("1", "Ban hành kế hoạch", 2, "Ban hành kịp thời: 2; Ban hành chậm: 1; Không ban hành: 0"),
    ("2", "Báo cáo định kỳ", 3, "Mỗi báo cáo chậm trừ 0,25 điểm"),
    ("II", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", 5, None),
    ("1", "Hồ sơ đúng hạn", 3, "Tính theo công thức: (b/a)*3. Nếu tỷ lệ dưới 0.8 thì điểm là 0"),
    ("2", "Công khai", 2, "Đạt yêu cầu: 2\nKhông đạt yêu cầu: 0"),
    (None, "Tổng cộng", 10, None),
]
UNITS = {"Sở Nội vụ": (0, 95), "Sở Tư pháp": (2, 90), "Sở Y tế": (4, 85)}
"""How many reports were late, and how many dossiers of a hundred were in time."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the annex and the list of units that the guide speaks of."""
    monkeypatch.chdir(tmp_path)
    book = Workbook()
    for row in ANNEX:
        book.worksheets[0].append(row)
    book.save("phu-luc.xlsx")
    (tmp_path / "danh-sach.csv").write_text("\n".join(["unit", *UNITS]) + "\n", encoding="utf-8")
    return tmp_path


def fill(file: Path) -> None:
    """What an official types into a workbook that was made for the unit."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    cells = [list(row) for row in sheet.iter_rows()]
    head = next(row for row in cells if row[0].value in COLUMNS["code"])
    at = {name: n for n, cell in enumerate(head) for name in COLUMNS if cell.value in COLUMNS[name]}
    unit = next(str(cell.value) for row in cells for cell in row if cell.value in UNITS)
    late, in_time = UNITS[unit]
    given: dict[str, tuple[str | int | None, int | None]] = {
        "1.1": ("Ban hành kịp thời", None),
        "1.2": (late, None),
        "2.1": (in_time, 100),
        "2.2": ("Đạt yêu cầu", None),
    }
    for row in cells:
        result, whole = given.get(str(row[at["key"]].value), (None, None))
        if result is not None:
            row[at["result"]].value = result
            row[at["whole"]].value = whole
    book.save(file)


def walk() -> None:
    """Every command of the guide in its order, the workbooks filled in after they are made."""
    for words in COMMANDS:
        ran = call(*words)
        assert ran.code == 0, (words, ran.err)
        if "--units" in words:
            for file in sorted(Path("phieu").glob("*.xlsx")):
                fill(file)


def ranked(folder: str) -> list[tuple[str, int | None, str]]:
    """Units in their order, with ranks and points as the library gives them."""
    results = [score(card) for card in read_scorecards(folder)]
    [group] = rank(results)
    placed = [(each.entrant.unit, each.rank, group.figure(each.entrant)) for each in group.places]
    return [
        (unit, place, str(group.printed(figure or Fraction(0)))) for unit, place, figure in placed
    ]


RIGHT = [("Sở Nội vụ", 1, "98.50"), ("Sở Tư pháp", 2, "92.00"), ("Sở Y tế", 3, "85.50")]


class TestWalk:
    """From an annex to a ranking and its report without a line of YAML."""

    def test_the_guide_has_every_step(self) -> None:
        assert [words[0] for words in COMMANDS] == [
            *("schemes", "check", "template", "check", "rank", "report"),
        ]

    def test_as_it_is_written(self, folder: Path) -> None:
        walk()
        assert len(list((folder / "phieu").glob("*.xlsx"))) == len(UNITS)
        assert ranked("phieu") == RIGHT
        assert (folder / "xep-hang.xlsx").exists()
        assert (folder / "xep-hang.docx").exists()
