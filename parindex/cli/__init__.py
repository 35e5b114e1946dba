"""The command line: parse, call the library, render, exit. One module per command."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; never lets a traceback through."""
    # What is imported stays: looking through it for garbage costs a twentieth
    # of the start-up, and the default threshold does so dozens of times.
    gc.set_threshold(100_000)
    # Plugins of other packages have no say in what a score is, and looking
    # for them takes time at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from parindex.cli.app import app
    from parindex.cli.output import prepare_streams

    prepare_streams()
    try:
        app()
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
