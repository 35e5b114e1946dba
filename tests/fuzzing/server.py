"""The process that the runs of `test_fuzz.py` are forked from: a line of JSON for each, and one back."""

import gc
import json
import sys
from pathlib import Path

from tests.fuzzing.runs import import_everything, run_forked


def main() -> None:
    """Run what is asked for until nobody asks."""
    import_everything()
    gc.freeze()
    for line in sys.stdin:
        arguments, folder = json.loads(line)
        print(json.dumps(run_forked(arguments, Path(folder))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
