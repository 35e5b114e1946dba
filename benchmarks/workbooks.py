"""A folder of commune workbooks ranked at once, against LibreOffice converting the same files.

    python benchmarks/workbooks.py [--files 21 63 126] [--runs 3] [--form csv]

The workbooks are the template of a scheme of 88 leaves, filled in differently
and saved as a spreadsheet program does, with values of its formulas. `rank` runs
as a user types it, start-up included; LibreOffice converts the files to CSV in
one run, with a profile that has been used before. The limit holds for the most files.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

import openpyxl
from many import scheme_text

from parindex import load_scheme
from parindex.office.xlsx.layout import ORDER
from parindex.office.xlsx.template import write_template
from parindex.values.language import language

SHARE = 0.2  # of LibreOffice's time, at the most
COLUMN = {name: number for number, name in enumerate(ORDER, start=1)}
COMMAND = [sys.executable, "-m", "parindex", "rank"]


def write_books(folder: Path, scheme_file: Path, count: int) -> None:
    """Workbooks of as many communes, each with its own figures in every row."""
    scheme = load_scheme(str(scheme_file))
    empty = BytesIO()
    write_template(scheme, "", 2024, language("vi"), empty)
    for number in range(count):
        random = Random(number)
        book = openpyxl.load_workbook(BytesIO(empty.getvalue()))
        sheet = book.worksheets[0]
        sheet["C3"] = f"Xã số {number}"
        for [key] in sheet.iter_rows(min_row=8, min_col=COLUMN["key"], max_col=COLUMN["key"]):
            leaf = scheme.by_code.get(str(key.value))
            if leaf is None or leaf.children:
                continue
            if leaf.rule is None:
                sheet.cell(key.row, COLUMN["self"]).value = random.randrange(101) / 100
            else:
                whole = random.randrange(1, 1000)
                sheet.cell(key.row, COLUMN["result"]).value = random.randrange(whole + 1)
                sheet.cell(key.row, COLUMN["whole"]).value = whole
            sheet.cell(key.row, COLUMN["evidence"]).value = f"{key.row}/BC-UBND"
        book.save(folder / f"{number:03}.xlsx")


class Run(NamedTuple):
    """Seconds on the clock and of the processor, and the peak memory of the process in MiB."""

    clock: float
    processor: float
    memory: float


def timed(command: list[str], folder: Path) -> Run:
    """A command to its end."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"failed: {command[:4]}")
    clock = time.perf_counter() - start
    return Run(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """The median of each figure."""
    return Run(*map(statistics.median, zip(*runs, strict=True)))


def main() -> None:
    """Measure, print medians and ratios, exit with 1 above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, nargs="+", default=[21, 63, 126])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--form", default="csv", help="ending of the ranking that is written")
    options = parser.parse_args()
    office = shutil.which("soffice")
    if not office:
        raise SystemExit("soffice is not here")
    ratio = 0.0
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        scheme, made, saved = top / "scheme.yaml", top / "made", top / "saved"
        scheme.write_text(scheme_text(), encoding="utf-8")
        made.mkdir()
        write_books(made, scheme, max(options.files))
        profile = f"-env:UserInstallation={(top / 'profile').as_uri()}"
        convert = [office, profile, "--headless", "--convert-to"]
        # As an official saves them: with the values of all formulas.
        books = sorted(map(str, made.iterdir()))
        timed([*convert, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved), *books], top)
        for count in sorted(options.files):
            folder = top / str(count)
            folder.mkdir()
            for file in sorted(saved.iterdir())[:count]:
                shutil.copy(file, folder)
            output = ["-o", str(top / f"ranking.{options.form}")]
            form = ["--format", options.form] if options.form != "xlsx" else []
            rank = [*COMMAND, str(folder), "--scheme", str(scheme), *form, *output]
            files = sorted(map(str, folder.iterdir()))
            theirs = [*convert, "csv", "--outdir", str(top / "csv"), *files]
            runs = [(timed(rank, top), timed(theirs, top)) for _ in range(options.runs)]
            ours, other = (median(list(each)) for each in zip(*runs, strict=True))
            ratio = ours.clock / other.clock
            print(
                f"{count} workbooks: rank {ours.clock:.2f} s ({ours.processor:.2f} s of processor), "
                f"{ours.memory:.0f} MiB; LibreOffice {other.clock:.2f} s ({other.processor:.2f} s); "
                f"{ratio:.2f} times ({ours.processor / other.processor:.2f})",
                flush=True,
            )
    print(f"at most {SHARE} times")
    sys.exit(ratio > SHARE)


if __name__ == "__main__":
    main()
