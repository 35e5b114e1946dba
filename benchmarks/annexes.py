"""An annex imported as a scheme, against openpyxl and python-docx reading the same file.

    python benchmarks/annexes.py [--rows 100] [--runs 5]

The annex has criteria of three levels with rules in words. Time is that of `parindex schemes
import` as a user types it, less that of `parindex --version`; the limit is a second. The other
programs read every cell and no more; they are timed in a process of their own, less its start.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import openpyxl

LIMIT = 1.0  # seconds beyond start-up
HEAD = ("TT", "Tiêu chí", "Điểm tối đa", "Hướng dẫn chấm điểm")
RULES = (
    "Ban hành kịp thời: 1; chậm: 0,5; không ban hành: 0",
    "Trên 90%: 1; từ 70% - 90%: 0,5; dưới 70%: 0",
    "Mỗi báo cáo chậm trừ 0,25",
    "Đạt 100%: 1; dưới 100%: tỷ lệ x điểm tối đa",
)
READERS = {
    ".xlsx": (
        "import openpyxl",
        "[c.value for r in openpyxl.load_workbook(FILE).worksheets[0].iter_rows() for c in r]",
    ),
    ".docx": (
        "import docx",
        "[c.text for t in docx.Document(FILE).tables for r in t.rows for c in r.cells]",
    ),
}


def annex_rows(count: int) -> list[tuple[str, str, str, str]]:
    """Areas of two criteria with three leaves each, until there are so many rows."""
    rows: list[tuple[str, str, str, str]] = []
    area = 0
    while len(rows) < count:
        area += 1
        rows.append((f"{area}", f"Lĩnh vực {area}", "6", ""))
        for one in (1, 2):
            rows.append((f"{area}.{one}", f"Tiêu chí {area}.{one}", "3", ""))
            for leaf in (1, 2, 3):
                code = f"{area}.{one}.{leaf}"
                rows.append((code, f"Nội dung {code}", "1", RULES[(area + leaf) % len(RULES)]))
    return rows


def write(file: Path, rows: list[tuple[str, str, str, str]]) -> None:
    """The annex as a workbook or a document."""
    title = "PHỤ LỤC: Bộ tiêu chí đánh giá cải cách hành chính năm 2024"
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in [(title,), HEAD, *rows]:
            sheet.append(row)
        book.save(file)
        return
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(rows) + 1, len(HEAD))
    cells = table._cells  # noqa: SLF001  asking for each cell anew takes minutes
    for at, text in enumerate(text for row in [HEAD, *rows] for text in row):
        cells[at].text = text
    document.save(str(file))


def seconds(command: list[str], runs: int) -> float:
    """The middle time of a command."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def main() -> None:
    """Measure both kinds of files, and say whether the limit is kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100)
    options.add_argument("--runs", type=int, default=5)
    told = options.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for suffix, (start, reading) in READERS.items():
            file = Path(folder) / f"annex{suffix}"
            write(file, annex_rows(told.rows))
            mine = [sys.executable, "-m", "parindex"]
            output = str(file.with_suffix(".yaml"))
            taken = seconds([*mine, "schemes", "import", str(file), "-o", output], told.runs)
            taken -= seconds([*mine, "--version"], told.runs)
            code = f"{start}\nFILE = {str(file)!r}\n{reading}"
            other = seconds([sys.executable, "-c", code], told.runs)
            other -= seconds([sys.executable, "-c", start], told.runs)
            kept = kept and taken < LIMIT
            print(f"{suffix} {told.rows} rows: {taken:.2f} s beyond start-up; reader {other:.2f} s")
    print(f"limit {LIMIT} s: {'kept' if kept else 'NOT KEPT'}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
