"""Ranking: facts of 88 leaves from one CSV, by columns where they are installed, and from a folder of YAML files.

    python benchmarks/ranking.py [--units 3321] [--files 300] [--runs 3]

The CSV is ranked against `csv.reader` on the same file, the folder against only
parsing its files (PyYAML's C loader where there is one). Tasks run in processes
of their own, in turn; each times its work alone. The CSV has a limit.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from many import CSV_ALONE, ENGINES, MOST, measure, rows, scheme_text

RANK = """\
import gc, sys, time
from parindex import load_scheme, rank, score
from parindex.files.open_scorecards import Reading, read_scorecards
scheme, engine = load_scheme(sys.argv[2]), sys.argv[3]
if engine == "columns":
    import parindex.scale.exact.read
gc.set_threshold(100_000)  # as the command line does
start = time.perf_counter()
[group] = rank(score(card, scheme) for card in read_scorecards(sys.argv[1], Reading([scheme], engine=engine)))
print(time.perf_counter() - start)
"""
PARSE = """\
import sys, time, yaml
from pathlib import Path
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
start = time.perf_counter()
for file in sorted(Path(sys.argv[1]).iterdir()):
    yaml.load(file.read_bytes(), loader)
print(time.perf_counter() - start)
"""


def write_yaml(folder: Path, units: int) -> None:
    """The same scorecards, a YAML file for each unit."""
    lines = [line.split(",") for line in rows(units)][1:]
    for number in range(units):
        own = lines[number * 88 : (number + 1) * 88]
        scores = "".join(f'  "{cells[10]}": {cells[13]}\n' for cells in own)
        head = f"unit: {own[0][3]}\nunit_id: '{own[0][0]}'\nyear: 2024\nlevel: commune\n"
        (folder / f"{number:05}.yaml").write_text(f"{head}scores:\n{scores}", encoding="utf-8")


def main() -> None:
    """Measure, print medians and ratios, exit with 1 above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=3321)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scheme, table = Path(name) / "scheme.yaml", Path(name) / "units.csv"
        scheme.write_text(scheme_text(), encoding="utf-8")
        facts = rows(options.units, facts=True)
        table.write_text("".join(f"{row}\n" for row in facts), encoding="utf-8")
        folder = Path(name) / "yaml"
        folder.mkdir()
        write_yaml(folder, options.files)
        tasks = {
            "csv.reader": (CSV_ALONE, str(table)),
            f"rank {options.units} units of CSV": (RANK, str(table), str(scheme), ENGINES[-1]),
            "parse YAML": (PARSE, str(folder)),
            f"rank {options.files} files of YAML": (RANK, str(folder), str(scheme), "rows"),
        }
        runs = [{key: measure(*task) for key, task in tasks.items()} for _ in range(options.runs)]
    medians = {key: statistics.median(run[key][0] for run in runs) for key in tasks}
    names = list(tasks)
    for base, task in ((names[0], names[1]), (names[2], names[3])):
        memory = statistics.median(run[task][1] for run in runs)
        ratio = medians[task] / medians[base]
        print(f"{task}: {medians[task]:.2f} s, {base} {medians[base]:.2f} s, {ratio:.2f} times")
        print(f"  peak memory {memory:.0f} MiB")
    sys.exit(medians[names[1]] / medians[names[0]] > MOST)


if __name__ == "__main__":
    main()
