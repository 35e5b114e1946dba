"""Start-up: `parindex score` against a Typer program that only prints its argument.

Both run in turn, as whole processes, so that a change of the machine's speed
meets both alike; the figure is the ratio of the medians. Run it with the
Python of an environment into which parindex was installed with pip:

    python benchmarks/startup.py [--runs 21] [--terminal | --largest]

`--terminal` gives both a pseudo-terminal, where parindex draws its table with
Rich; without it the output goes into a pipe. `--largest` measures instead the
catalog's largest scheme against the one of eight areas.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "soc-trang-2018.yaml"
ELSEWHERE = tempfile.gettempdir()  # not the checkout: the installed package is measured
MOST = 1.5
MOST_LARGEST = 1.2
BARE = """\
import typer

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    print(name)


app()
"""


def in_pipe(command: list[str]) -> None:
    """Run a command whose output goes into a pipe."""
    subprocess.run(command, check=True, capture_output=True, cwd=ELSEWHERE)


def in_terminal(command: list[str]) -> None:
    """Run a command on a pseudo-terminal of 100 columns (not on Windows)."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ELSEWHERE) as process:
        os.close(theirs)
        while True:
            try:
                if not os.read(ours, 65536):
                    break
            except OSError:
                break
        os.close(ours)
    if process.returncode:
        raise SystemExit(f"{command} failed")


def largest(folder: Path) -> str:
    """A scorecard of the catalog's scheme with the most criteria, all of it unknown."""
    from parindex.scheme.catalog import load_scheme, scheme_ids

    scheme = max(map(load_scheme, scheme_ids()), key=lambda scheme: len(scheme.by_code))
    code = scheme.criteria[0].code
    card = folder / "largest.yaml"
    lines = ["unit: X", f"year: {scheme.years[0]}", f"scheme: {scheme.id}", "scores:"]
    card.write_text("\n".join([*lines, f'  "{code}": unknown', ""]), encoding="utf-8")
    return str(card)


def seconds(run: Callable[[list[str]], None], command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn, print both medians and their ratio, exit with 1 above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--terminal", action="store_true")
    parser.add_argument("--largest", action="store_true")
    options = parser.parse_args()
    run = in_terminal if options.terminal else in_pipe
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "parindex", "score", str(EXAMPLE)]
        if options.largest:
            names, most = ("largest scheme", "eight areas"), MOST_LARGEST
            ours, theirs = [*ours[:-1], largest(Path(folder))], ours
        else:
            names, most = ("parindex score", "bare Typer"), MOST
            bare = Path(folder) / "bare.py"
            bare.write_text(BARE, encoding="utf-8")
            theirs = [sys.executable, str(bare), "x"]
        run(ours)
        run(theirs)
        times = [(seconds(run, ours), seconds(run, theirs)) for _ in range(options.runs)]
    one, other = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = one / other
    print(f"{names[0]} {one * 1000:.0f} ms, {names[1]} {other * 1000:.0f} ms")
    print(f"ratio of medians {ratio:.2f} (at most {most}), {options.runs} runs each")
    sys.exit(ratio > most)


if __name__ == "__main__":
    main()
