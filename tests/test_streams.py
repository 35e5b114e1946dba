"""One exit code for a verdict: whatever format it is written in, and whoever reads it."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.support import EXAMPLE, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/full")

FORMATS = ("table", "json", "ndjson", "csv", "markdown", "xlsx")
BAD = str(ROOT / "tests" / "bad" / "unknown-field.yaml")
VERDICTS: dict[str, tuple[int, list[str]]] = {
    "score": (1, ["score", EXAMPLE, "--fail-under", "90"]),
    "rank": (0, ["rank", EXAMPLE]),
    "compare": (0, ["compare", EXAMPLE, "other.yaml"]),
    "losses": (0, ["losses", EXAMPLE]),
    "check": (1, ["check", BAD]),
    "verify": (1, ["verify", "wrong.json", EXAMPLE]),
    "test": (1, ["test", "case.yaml"]),
    "merge": (1, ["merge", EXAMPLE, "other.yaml"]),
    "fault": (2, ["score", BAD]),
    "no file": (2, ["losses", "nowhere.yaml"]),
    "usage": (2, ["rank", EXAMPLE, "--by", "luck"]),
}
"""A command line for each command, and its exit code: 0, or 1 for a verdict, or 2 for a fault."""
STREAMS: dict[str, dict[int, str]] = {
    "file": {1: "file", 2: "file"},
    "reader gone": {1: "pipe"},
    "no reader of messages": {2: "pipe"},
    "neither": {1: "pipe", 2: "pipe"},
    "full": {1: "full"},
    "no room for messages": {2: "full"},
    "closed": {1: "closed"},
    "no messages": {2: "closed"},
}
"""What standard output (1) and error (2) are; a file where nothing is said."""
IN_EVERY_FORMAT = ("file", "reader gone", "full")
OTHERS = {name: FORMATS[1 + at % 5 :][:1] for at, name in enumerate(VERDICTS)} | {"score": FORMATS}
"""The formats beside the table: one of each command, and all of one command."""
_FORKS = """
import gc, json, os, sys
from parindex.cli import main

def run(arguments, streams):
    sys.argv = ["parindex", *arguments]
    sys.stdin = None
    for number, name in ((1, "stdout"), (2, "stderr")):
        kind = streams.get(str(number), "file")
        os.close(number)
        if kind == "closed":
            setattr(sys, name, None)
            continue
        if kind == "pipe":
            reader, handle = os.pipe()
            os.close(reader)
        else:
            handle = os.open("/dev/full" if kind == "full" else "out", os.O_RDWR | os.O_CREAT)
        if handle != number:
            os.dup2(handle, number)
        setattr(sys, name, open(number, "w", closefd=False))
    main()

runs = json.load(sys.stdin)
told = os.dup(1)
for arguments in {tuple(arguments): 0 for arguments, _ in runs}:
    try:
        run(arguments, {})  # what is imported and read here is there for all that follow
    except SystemExit:
        pass
gc.freeze()
codes = []
for arguments, streams in runs:
    child = os.fork()
    if not child:
        try:
            run(arguments, streams)
        except SystemExit as end:
            os._exit(end.code)  # what else Python does at its end, a shell sees below
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.write(told, json.dumps(codes).encode())
"""


@cache
def codes(folder: Path) -> dict[tuple[str, str, str], int]:
    """The exit codes of every command by stream and format, by forks of one process."""
    cases = [
        (stream, name, form)
        for stream in STREAMS
        for name, (code, _) in VERDICTS.items()
        for form in FORMATS
        if form == "table" or (code < 2 and stream in IN_EVERY_FORMAT and form in OTHERS[name])
    ]
    runs = [([*VERDICTS[name][1], "-f", form], STREAMS[stream]) for stream, name, form in cases]
    done = subprocess.run(
        [sys.executable, "-c", _FORKS],
        input=json.dumps(runs).encode(),
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        check=True,
        timeout=400,
    )
    return dict(zip(cases, json.loads(done.stdout), strict=True))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command lines name: another scorecard, a result that is wrong, a case that fails."""
    path = tmp_path_factory.mktemp("streams")
    other = Path(EXAMPLE).read_text(encoding="utf-8").replace('"1": 7.93', '"1": 8.93')
    (path / "other.yaml").write_text(other, encoding="utf-8")
    command = [sys.executable, "-m", "parindex", "score", "other.yaml", "-f", "json"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run(command, cwd=path, capture_output=True, check=True, env=environment)
    (path / "wrong.json").write_bytes(done.stdout)
    case = (
        "name: x\nscheme: vn-province-2018\ninput: {year: 2018, total: 5}\nexpected: {points: 6}\n"
    )
    (path / "case.yaml").write_text(case, encoding="utf-8")
    return path


class TestCodes:
    """A reader that goes away changes no verdict; what cannot be written is a fault, exit code 2.

    Messages that nobody can read are no fault, for the exit code says the same.
    """

    @pytest.mark.parametrize("stream", STREAMS)
    def test_every_command_in_every_format(self, folder: Path, stream: str) -> None:
        is_lost = STREAMS[stream].get(1) in ("full", "closed")
        found = {case: code for case, code in codes(folder).items() if case[0] == stream}
        assert found == {case: 2 if is_lost else VERDICTS[case[1]][0] for case in found}
        assert {name for _, name, _ in found} == {*VERDICTS}

    @pytest.mark.parametrize(
        ("end", "code"),
        [("| true", 1), (">/dev/full", 2), (">&-", 2), ("2>&-", 1), (">&- 2>&-", 2), ("", 1)],
    )
    def test_as_a_shell_does(self, end: str, code: int) -> None:
        line = f'"$0" -m parindex score "$1" --fail-under 90 {end}; exit ${{PIPESTATUS[0]}}'
        done = subprocess.run(
            ["/bin/bash", "-c", line, sys.executable, EXAMPLE],
            cwd=ROOT,
            capture_output=True,
            check=False,
            timeout=200,
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        assert (b"P114" in done.stderr) == (code == 2 and "2>" not in end)

    def test_nothing_is_written_into_a_file_that_takes_a_closed_number(self, folder: Path) -> None:
        line = '"$0" -m parindex score "$1" --fail-under 90 -o "$2" >&- 2>&-'
        out = folder / "out.csv"
        command = ["/bin/bash", "-c", line, sys.executable, EXAMPLE, str(out)]
        assert subprocess.run(command, cwd=ROOT, check=False, timeout=200).returncode == 1
        assert "P501" not in out.read_text(encoding="utf-8")
