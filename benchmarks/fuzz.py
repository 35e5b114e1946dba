"""Files that nobody would write, for every command: whatever comes, parindex says no politely.

    python benchmarks/fuzz.py [--minutes 30] [--kind yaml csv …] [--seed 1] [--keep FOLDER] [--workers 2]

Every run is a process of its own, forked from one with all imports behind it. Its files
are good ones with a few changes (`tests/fuzzing`). Counted are tracebacks, internal
errors, panics, exit codes but 0, 1 and 2, runs of more than 10 s of the processor or of
400 MB, codes of terminals in what is printed, and warnings: all must be zero, else the exit code is 1. Of each fault the smallest input stays in a folder
with its command.
"""

import argparse
import gc
import multiprocessing
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.fuzzing.kinds import FREE, KINDS, Case, case_of
from tests.fuzzing.runs import FAULTS, Run, faults_of, import_everything, run_forked, write_case

_FRAME = re.compile(r'File "[^"]*?(parindex/[^"]+)", line (\d+)')


class Told(NamedTuple):
    """What a worker tells of a run: its kind, exit code and faults, and the case where there are any."""

    kind: str
    code: int
    faults: list[str]
    where: str
    case: Case | None
    seconds: float
    megabytes: int


def work(told: "SimpleQueue[Told | None]", kinds: list[str], seed: int, until: float) -> None:
    """Run cases until the time is over."""
    random = Random(seed)
    try:
        while time.monotonic() < until:
            case = case_of(random, random.choice(kinds))
            with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
                told.put(_told(case, Path(name)))
    finally:
        told.put(None)


def _told(case: Case, folder: Path) -> Told:
    run = _run(case, folder)
    faults = faults_of(run)
    where = _where(case, run, folder) if faults else ""
    kept = case if faults else None
    return Told(case.kind, run.code, faults, where, kept, run.seconds, run.megabytes)


def _run(case: Case, folder: Path, environment: dict[str, str] | None = None) -> Run:
    write_case(case, folder)
    return run_forked(case.arguments, folder, environment)


def _where(case: Case, run: Run, folder: Path) -> str:
    """What tells a fault from others: the innermost line of parindex, and the exception."""
    if "internal error" in run.err:
        shutil.rmtree(folder)
        folder.mkdir()
        run = _run(case, folder, {"PARINDEX_DEBUG": "1"})
    frames = _FRAME.findall(run.err)
    lines = run.err.strip().splitlines() or [f"code {run.code}"]
    if frames:
        return f"{':'.join(frames[-1])} {lines[-1][:80]}"
    return f"{case.kind} {case.arguments[0]} {lines[-1][:60]}"


def keep(case: Case, faults: list[str], where: str, folder: Path) -> None:
    """Write the files of a case, and the command that shows the fault again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_case(case, folder)
    words = shlex.join(each.encode("utf-8", "backslashreplace").decode() for each in case.arguments)
    given = " < .stdin" if case.given else ""
    text = f"# {', '.join(faults)}: {where}\ncd {folder} && parindex {words}{given}\n"
    (folder / "command.txt").write_text(text, encoding="utf-8", errors="backslashreplace")


class Tally:
    """The counts of all runs, and the smallest case of each fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self.faults: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.smallest: dict[str, int] = {}
        self.slowest = 0.0
        self.largest = 0

    def add(self, told: Told) -> None:
        """Count a run."""
        self.runs[told.kind] += 1
        self.codes[told.code] += 1
        self.faults.update(told.faults)
        self.slowest = max(self.slowest, told.seconds)
        self.largest = max(self.largest, told.megabytes)
        if told.case is None:
            return
        name = f"{told.faults[0]}: {told.where}"
        self.places[name] += 1
        if told.case.size < self.smallest.get(name, sys.maxsize):
            self.smallest[name] = told.case.size
            keep(told.case, told.faults, told.where, self.folder_of(name))

    def folder_of(self, name: str) -> Path:
        """Where the smallest case of a fault is kept."""
        number = [*self.places].index(name) + 1
        return (
            self.folder / f"{number:02}-{re.sub(r'[^a-z0-9]+', '-', name.lower())[:60].strip('-')}"
        )

    def print(self) -> None:
        """Print all counts, and where each fault is kept."""
        total = sum(self.runs.values())
        print(f"{total} runs; slowest {self.slowest:.1f} s, largest {self.largest} MB")
        print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(self.runs.items())))
        print(
            "exit codes: "
            + ", ".join(f"{code}: {count}" for code, count in sorted(self.codes.items()))
        )
        for fault in FAULTS:
            print(f"{fault}: {self.faults[fault]}")
        for name, count in self.places.most_common():
            print(f"{count:6} × {name}\n         {self.folder_of(name) / 'command.txt'}")


def main() -> int:
    """Run the fuzz; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--kind", nargs="+", choices=[*KINDS, *FREE], default=[*KINDS, *FREE])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "parindex-fuzz")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    import_everything()
    gc.freeze()  # what is imported is shared with every run
    context = multiprocessing.get_context("fork")
    told: SimpleQueue[Told | None] = context.SimpleQueue()
    until = time.monotonic() + given.minutes * 60
    for number in range(given.workers):
        seed = given.seed * 1_000 + number
        context.Process(target=work, args=(told, given.kind, seed, until), daemon=True).start()
    tally, left = Tally(given.keep.resolve()), given.workers
    while left:
        each = told.get()
        if each is None:
            left -= 1
        else:
            tally.add(each)
    tally.print()
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
