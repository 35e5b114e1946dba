"""The command line: parse, call the library, render, exit. One module per command."""

import atexit
import gc
import os
import signal
import sys


def _end(number: int, _: object) -> None:
    """End as other faults do: what was half written is taken away on the way out."""
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; never lets a traceback through."""
    # What is imported stays: looking through it for garbage costs a twentieth
    # of the start-up, and the default threshold does so dozens of times.
    gc.set_threshold(100_000)
    # At the end all memory goes back to the system; looking through it once more
    # for garbage would cost a quarter of a short run.
    atexit.register(gc.freeze)
    # Plugins of other packages have no say in what a score is, and looking
    # for them takes time at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from parindex.cli.app import app
    from parindex.cli.output import prepare_streams

    prepare_streams()
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except Exception as error:
        if "PARINDEX_DEBUG" in os.environ:
            raise
        # Nobody but a programmer can read a traceback; this line can be reported.
        told = f"parindex: internal error, please report it: {type(error).__name__}: {error}"
        print(told[:500], file=sys.stderr)  # noqa: T201
        sys.exit(2)
