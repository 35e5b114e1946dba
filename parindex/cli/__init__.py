"""The command line: parse, call the library, render, exit. One module per command."""

import atexit
import gc
import os
import signal
import sys

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU")
"""Signals that ask a program to end; what is ignored (`nohup`) stays ignored."""


def main() -> None:
    """Run the command line and exit: the one place where whatever happened becomes an exit code."""
    for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    # What is imported stays: looking through it for garbage costs a twentieth
    # of the start-up, and the default threshold does so dozens of times.
    gc.set_threshold(100_000)
    # At the end all memory goes back to the system; looking through it once more
    # for garbage would cost a quarter of a short run.
    atexit.register(gc.freeze)
    # Plugins of other packages have no say in what a score is, and looking
    # for them takes time at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from parindex.cli import streams

    streams.prepare()
    code = _run()
    lost = streams.finish()
    if lost is not None:
        from parindex.cli.talk import print_faults
        from parindex.findings.system import unwritable

        print_faults(unwritable("<stdout>", lost).findings)
        code = 2
    sys.exit(code)


def _run() -> str | int | None:
    """The exit code of the command, or 2 with a line on what stopped it."""
    try:
        from parindex.cli.app import app

        app()
    except SystemExit as end:
        return end.code
    except BaseException as error:
        if "PARINDEX_DEBUG" in os.environ:
            raise
        _print_stop(error)
    return 2


def _print_stop(error: BaseException) -> None:
    """What stopped a command that no input explains; in plain words where even that fails.

    Nobody but a programmer can read a traceback; this line can be reported.
    """
    kind = f"{type(error).__name__}: {error}"
    try:
        from parindex.cli.talk import print_stop

        print_stop(error)
    except Exception:  # noqa: BLE001 - of too little memory, and of whatever telling needs
        print(f"parindex: {kind}"[:500], file=sys.stderr)  # noqa: T201


def _end(number: int, _: object) -> None:
    """End as other faults do: what was half written is taken away on the way out, undisturbed."""
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sys.exit(128 + number)
