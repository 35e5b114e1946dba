"""Runs of `parindex` in processes of their own, forked from one that has its imports behind it.

A process that begins with nothing spends nine tenths of its time on imports, and the tests
run hundreds. What is imported and loaded before holds no words and nothing of a user: every
floor below the command line, the models of files and the tables that are shipped. The command
line itself, its language and its limits begin anew in every process.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parent.parent
_PATH = os.pathsep.join(os.path.abspath(each) for each in [str(_ROOT), *sys.path])  # noqa: PTH100
"""Where this process looks for packages, also those of a folder that is named from here."""
SECONDS = 200  # by the clock, on a machine with other work
_SERVER = f"""
import atexit, gc, json, os, pkgutil, resource, signal, sys
from importlib import import_module
import docx, docxtpl, jinja2, lxml.etree, pydantic, typer.core, typer.main, typst, xlsxwriter
import parindex
pydantic.TypeAdapter  # what newer releases of Typer take at the first option

def below_the_command_line(package):
    for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not set(each.name.split(".")) & {{"cli", "scale", "__main__"}}:
            import_module(each.name)

def models(model):
    for each in model.__subclasses__():
        each.model_rebuild()
        models(each)

below_the_command_line(parindex)
models(pydantic.BaseModel)
parindex.published()
gc.freeze()

def begin(arguments, environment, folder, missing, memory, seconds):
    for number, name in enumerate(("in", "out", "err")):
        os.dup2(os.open(name, os.O_RDWR), number)
    os.chdir(folder)
    sys.modules.update(dict.fromkeys(missing))
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["parindex", *arguments]
    signal.alarm({SECONDS})
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from parindex.cli import main
    try:
        main()
    except SystemExit as end:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(end.code or 0))  # to take all that was imported apart would take longer

for line in sys.stdin.buffer:
    child = os.fork()
    if not child:
        begin(**json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Ran(NamedTuple):
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines of standard error without how to mend what they tell."""
        return [line.partition(" → ")[0] for line in self.err.splitlines()]


def start(
    *arguments: str,
    given: bytes = b"",
    environment: dict[str, str] | None = None,
    folder: Path = _ROOT,
    missing: Sequence[str] = (),
    memory: int = 0,
    seconds: int = 0,
) -> Ran:
    """Run `parindex` in a process of its own; what warns there is an error.

    Args:
        arguments: the command line.
        given: what stands at its standard input.
        environment: variables beside those of this process.
        folder: where it runs.
        missing: libraries that cannot be imported, as where they are not installed.
        memory: the bytes that it may hold, if they are limited.
        seconds: the seconds of the processor that it may take, if they are limited.
    """
    variables = {**os.environ, **(environment or {})}
    if os.name == "nt":
        return start_anew(*arguments, given=given, environment=variables, folder=folder)
    server, streams = _server()
    assert server.stdin
    assert server.stdout
    for name, data in (("in", given), ("out", b""), ("err", b"")):
        (streams / name).write_bytes(data)
    where = {"environment": variables, "folder": str(folder), "missing": [*missing]}
    limits = {"memory": memory, "seconds": seconds}
    server.stdin.write(json.dumps({"arguments": arguments, **where, **limits}).encode() + b"\n")
    server.stdin.flush()
    code = int(server.stdout.readline())
    out, err = ((streams / name).read_bytes().decode() for name in ("out", "err"))
    return Ran(code, out, err)


def start_anew(
    *arguments: str,
    given: bytes = b"",
    environment: dict[str, str] | None = None,
    folder: Path = _ROOT,
) -> Ran:
    """The same from the very beginning, imports and all, as its users do; without limits."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "parindex", *arguments],
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": _PATH, **(environment or {})},
        check=False,
        timeout=SECONDS,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@cache
def _server() -> tuple[subprocess.Popen[bytes], Path]:
    """The process that others are forked from, and the folder of their streams."""
    folder = tempfile.TemporaryDirectory()
    server = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder.name,
        env={**os.environ, "PYTHONPATH": _PATH, "PYDANTIC_DISABLE_PLUGINS": "1"},
    )

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return server, Path(folder.name)
