"""Many scorecards: one CSV of 88 leaves a unit, scored to CSV and NDJSON, against `csv.reader`.

    python benchmarks/many.py [--units 1000 10000] [--runs 5] [--scores points example facts]
                              [--form long-csv wide-csv long-parquet wide-parquet]

Each task runs in a process of its own, which imports what it needs, loads the
scheme and then times its work alone, as `score` does it; the tasks take turns. `csv.reader` reads the same file to
its end and does nothing with the rows, that of long CSV also where scorecards are read from another form. Memory is the peak of the whole process.
Each is done by rows and, where parindex[scale] is installed, by columns.
The limit holds for CSV by columns, of scores that are points, under a scheme of three
kinds of rules and (`example`) under the project's example of all kinds, with guards, origins
and bonus, and of facts, from which rules compute points with exact quotients.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from parindex import load_scheme
from parindex.files.open_scorecards import has_columns

LEAVES = 88
SHARE = 2  # the kind of leaf whose rule is a share of the maximum
MOST = 4
FORMS = ("long-csv", "wide-csv", "long-parquet", "wide-parquet")
ENGINES = ("rows", "columns") if has_columns() else ("rows",)
EXAMPLE = str(Path(__file__).parent.parent / "examples" / "schemes" / "departments-2024.yaml")
HEADER = (
    "unit_id,province,parent,unit,level,group,year,scheme,profile,applicable_max,"
    "code,part,stage,points,percent,value,ratio,answer,count,state,reason,note"
)
CSV_ALONE = """\
import csv, sys, time
start = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    for row in csv.reader(stream):
        pass
print(time.perf_counter() - start)
"""
SCORE = """\
import gc, os, sys, time
from parindex.scheme.catalog import load_scheme
from parindex.scorecard.delimited.read import read_csv
from parindex.render.score_lines import score_lines
from parindex.render.json_data import render_line
from parindex.files.open_scorecards import Reading, read_scorecards
from parindex.scoring import score
from parindex.tables.score_data import score_data
file, scheme, form, engine = sys.argv[1:5]
if engine == "columns":
    import parindex.scale.exact.read
scheme = load_scheme(scheme)
gc.set_threshold(100_000)  # as the command line does
start = time.perf_counter()
with open(os.devnull, "w", encoding="utf-8") as out:
    results = (score(card, scheme) for card in read_scorecards(file, Reading([scheme], engine=engine)))
    if form == "csv":
        out.writelines(score_lines(results, 1, "standard"))
    else:
        out.writelines(render_line(score_data(result, 1)) for result in results)
print(time.perf_counter() - start)
"""


def scheme_text() -> str:
    """A scheme of 8 areas, 37 criteria and 88 leaves, with rules of three kinds."""
    lines = [
        "id: example-benchmark",
        "title: {vi: Bộ tiêu chí đo tốc độ}",
        "status: example",
        "level: commune",
        "years: [2024]",
        f"max: {LEAVES}",
        "criteria:",
    ]
    rules = (
        "",
        "rule: {kind: steps, steps: [{from: 90, points: 1}, {from: 70, points: 0.5}, {from: 0, points: 0}]}",
        "rule: {kind: ratio}",
    )
    for area, criteria in enumerate(tree(), start=1):
        lines += [f'  - code: "{area}"', f"    name: {{vi: Lĩnh vực {area}}}"]
        lines += [f"    max: {sum(criteria)}", "    children:"]
        for number, leaves in enumerate(criteria, start=1):
            code = f"{area}.{number}"
            lines += [f'      - code: "{code}"', f"        name: {{vi: Tiêu chí {code}}}"]
            lines += [f"        max: {leaves}", "        children:"]
            for leaf in range(1, leaves + 1):
                name = f"{{vi: Tiêu chí thành phần {code}.{leaf}}}"
                lines += [f'          - {{code: "{code}.{leaf}", name: {name}, max: 1}}']
                rule = rules[leaf % 3]
                if rule:
                    lines[-1] = lines[-1][:-1] + f", {rule}}}"
    return "\n".join(lines) + "\n"


def tree() -> list[list[int]]:
    """How many leaves each criterion of each area has: 37 criteria, 88 leaves."""
    sizes = [3] * 14 + [2] * 23
    areas: list[list[int]] = [[] for _ in range(8)]
    for number, size in enumerate(sizes):
        areas[number % 8].append(size)
    return areas


def rows(units: int, *, facts: bool = False) -> Iterator[str]:
    """The rows of the CSV, those of a unit together: points, or facts as the rules take them."""
    random = Random(units)
    codes = [
        (f"{a}.{c}.{leaf}", leaf % 3)
        for a, criteria in enumerate(tree(), start=1)
        for c, leaves in enumerate(criteria, start=1)
        for leaf in range(1, leaves + 1)
    ]
    yield HEADER
    for unit in range(units):
        head = f"{unit:05},Tuyên Quang,,Xã số {unit},commune,xã,2024,,,"
        for code, kind in codes:
            points = percent = ratio = ""
            if not facts:
                # Rules with steps give few different points, shares of the maximum many.
                points = str(
                    random.randrange(5) / 4 if kind < SHARE else random.randrange(101) / 100
                )
            elif kind == 0:
                points = str(random.randrange(101) / 100)
            elif kind == 1:
                percent = f"{random.randrange(10001) / 100}%"
            else:
                whole = random.randrange(1, 1000)
                ratio = f"{random.randrange(whole + 1)}/{whole}"
            yield f"{head},{code},,,{points},,{percent},{ratio},,,,,"


def example_rows(units: int) -> Iterator[str]:
    """The same under the example scheme; in one unit of twenty a guard got nothing."""
    scheme = load_scheme(EXAMPLE)
    random = Random(units)
    guards = [guarded.requires for guarded in scheme.guarded]
    leaves = [criterion for _, criterion in scheme.walk() if not criterion.children]
    yield HEADER
    for unit in range(units):
        head = f"{unit:05},Tuyên Quang,,Sở số {unit},department,,2024,{scheme.id},,"
        shut = random.choice(guards) if unit % 20 == 0 else None
        for number, leaf in enumerate(leaves):
            steps = 4 if number % 3 < SHARE else 100
            parts = random.randrange(leaf.code in guards, steps + 1)
            points = 0 if leaf.code == shut else (leaf.max or 0) * parts / steps
            yield f"{head},{leaf.code},,,{points:f},,,,,,,,"


def in_form(file: Path, form: str) -> Path:
    """The same scorecards in another form of file: `long` or `wide`, as `csv` or `parquet`."""
    import polars

    shape, _, ending = form.partition("-")
    if form == "long-csv":
        return file
    frame = polars.read_csv(file, infer_schema=False).with_columns(
        polars.col("points").cast(polars.Float64)
    )
    if shape == "wide":
        about = ["unit_id", "province", "unit", "level", "group", "year", "scheme"]
        frame = frame.pivot("code", index=about, values="points")
    made = file.with_name(f"{shape}-{file.stem}.{ending}")
    frame.write_csv(made) if ending == "csv" else frame.write_parquet(made)
    return made


def measure(code: str, *arguments: str) -> tuple[float, int]:
    """Seconds of work that a task reports, and the peak memory of its process in MiB."""
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tempfile.gettempdir()) as process:
        assert process.stdout is not None  # noqa: S101
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"failed: {told!r}")
    return float(told), usage.ru_maxrss // 1024


def main() -> None:
    """Measure, print medians and ratios, exit with 1 above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scores", nargs="+", default=["points", "example", "facts"])
    parser.add_argument("--form", nargs="+", default=["long-csv"], choices=FORMS)
    options = parser.parse_args()
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        scheme = Path(folder) / "scheme.yaml"
        scheme.write_text(scheme_text(), encoding="utf-8")
        for units, kind in [(u, kind) for kind in options.scores for u in options.units]:
            file = Path(folder) / f"{units}.csv"
            made = example_rows(units) if kind == "example" else rows(units, facts=kind == "facts")
            with file.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{row}\n" for row in made)
            with ProcessPoolExecutor(1, get_context("spawn")) as own:  # this one stays small
                files = dict(
                    zip(options.form, own.map(partial(in_form, file), options.form), strict=True)
                )
            under = EXAMPLE if kind == "example" else str(scheme)
            tasks = {
                "csv.reader": (CSV_ALONE, str(file)),
                **{
                    f"{form} by {engine}{'' if of == FORMS[0] else f', {of}'}": (
                        SCORE,
                        str(files[of]),
                        under,
                        form,
                        engine,
                    )
                    for engine in ENGINES
                    for form in ("csv", "ndjson")
                    for of in options.form
                },
            }
            runs = [
                {name: measure(*task) for name, task in tasks.items()} for _ in range(options.runs)
            ]
            base = statistics.median(run["csv.reader"][0] for run in runs)
            for name in tasks:
                seconds = statistics.median(run[name][0] for run in runs)
                memory = statistics.median(run[name][1] for run in runs)
                if name == f"csv by {ENGINES[-1]}":
                    worst = max(worst, seconds / base)
                print(
                    f"{units} units, {kind:7}  {name:32} {seconds:7.2f} s  "
                    f"{seconds / base:5.2f} times  {memory:.0f} MiB"
                )
    print(f"worst ratio of CSV {worst:.2f} (at most {MOST})")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
