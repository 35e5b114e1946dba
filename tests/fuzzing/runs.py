"""One run in a process of its own, forked from one that has everything imported; and what was wrong with it."""

import os
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.fuzzing.kinds import Case

SECONDS: Final = 10
MEGABYTES: Final = 400
_PATIENCE: Final = 120
"""Seconds by the clock after which a run that waits for something is ended."""
_ESCAPES: Final = re.compile("[\x1b\x9b\x07]")


class Run(NamedTuple):
    """What a run left behind: its exit code (below 0 the signal that ended it), output, and what it took."""

    code: int
    out: str
    err: str
    seconds: int | float = 0
    megabytes: int = 0


def faults_of(run: Run) -> list[str]:
    """What was wrong with a run, by the names under which the fuzz counts; nothing where all is well."""
    found = {
        "traceback": "Traceback (most recent call last)" in run.err,
        "internal error": "internal error" in run.err,
        "panic": "panicked" in run.err,
        "exit code": run.code not in (0, 1, 2),
        "time": run.seconds > SECONDS,
        "memory": run.megabytes > MEGABYTES,
        "escape codes": bool(_ESCAPES.search(run.err)) or bool(_ESCAPES.search(run.out)),
        "warning": "Warning:" in run.err,
    }
    return [name for name, is_so in found.items() if is_so]


FAULTS: Final = (
    "traceback",
    "internal error",
    "panic",
    "exit code",
    "time",
    "memory",
    "escape codes",
    "warning",
)


def import_everything() -> None:
    """Import what commands import when they are called, so that runs begin with it."""
    import docxtpl  # noqa: F401
    import typer.main
    import typst  # noqa: F401
    import xlsxwriter  # noqa: F401

    import parindex
    from parindex.cli.app import COMMANDS, app

    group: Any = typer.main.get_command(app)
    for name in COMMANDS:
        group.get_command(None, name)
    for name in parindex.__all__:
        getattr(parindex, name)
    parindex.published()
    parindex.load_scheme("vn-province-2018")


def write_case(case: Case, folder: Path) -> None:
    """Write the files of a case into a folder."""
    for name, data in case.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / ".stdin").write_bytes(case.given)


def run_forked(
    arguments: Sequence[str], folder: Path, environment: dict[str, str] | None = None
) -> Run:
    """Run a case whose files are in a folder in a child of this process, which must have no threads."""
    begun = time.monotonic()
    child = os.fork()
    if not child:
        _be_child(arguments, folder, environment or {})
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    if code == -signal.SIGALRM:
        seconds = time.monotonic() - begun
    out, err = (
        (folder / name).read_bytes().decode("utf-8", "replace") for name in (".out", ".err")
    )
    return Run(code, out, err, seconds, usage.ru_maxrss // 1024)


def _be_child(arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    code = 70
    try:
        os.chdir(folder)
        for number, (name, how) in enumerate(
            (
                (".stdin", os.O_RDONLY),
                (".out", os.O_RDWR | os.O_CREAT),
                (".err", os.O_RDWR | os.O_CREAT),
            )
        ):
            os.dup2(os.open(name, how, 0o600), number)
        os.environ.update(environment)
        sys.argv = ["parindex", *arguments]
        signal.alarm(_PATIENCE)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 2, SECONDS + 4))
        resource.setrlimit(resource.RLIMIT_DATA, (3 * 1024**3, 3 * 1024**3))
        from parindex.cli import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - it is what a user would see
        traceback.print_exc()
        code = 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                code = 71
        os._exit(code)
