"""Write what the `console` examples of the README and the guides print today into them.

`python tools/readme.py`, then read the difference: a test fails while they differ. With paths it
writes only these pages.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tools.walks import WALKS, walked

ROOT = Path(__file__).parent.parent
PAGES = (
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page not in WALKS),
)
EXAMPLE = re.compile(r"(```console\n\$ )(.*?)\n(.*?)(```)", flags=re.DOTALL)


def parsed(command: str) -> tuple[list[str], bytes]:
    """The arguments of a command, and what it is given by a pipe."""
    piped = re.match(r"cat (\S+) \| ", command)
    given = (ROOT / piped[1]).read_bytes() if piped else b""
    words = shlex.split(command[piped.end() if piped else 0 :])
    if words[0] != "parindex":
        raise ValueError(command)
    return words[1:], given


def printed(command: str, folder: Path = ROOT) -> str:
    """What a command prints: data, then talk."""
    words, given = parsed(command)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if folder != ROOT:
        places = [str(ROOT), *map(os.path.abspath, sys.path)]  # also of a folder named from here
        environment["PYTHONPATH"] = os.pathsep.join(places)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "parindex", *words],
        input=given,
        capture_output=True,
        cwd=folder,
        env=environment,
        check=False,
        timeout=60,
    )
    return (done.stdout + done.stderr).decode()


def main() -> None:
    """Replace the output of every example, or of those of the pages that are named."""
    named = [Path(name).resolve() for name in sys.argv[1:]]
    for page in [*PAGES, *WALKS]:
        if named and page not in named:
            continue
        text = page.read_text(encoding="utf-8")
        if page in WALKS:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                text = walked(page, folder, partial(printed, folder=folder))
        else:
            text = EXAMPLE.sub(lambda m: f"{m[1]}{m[2]}\n{printed(m[2])}{m[4]}", text)
        page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
