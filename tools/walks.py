"""Pages that walk a reader through something: their commands run one after another in a new folder.

The folder begins as that of the examples that a page names. What the reader mends by hand
between two commands stands in the page as a comment that nobody sees:
`<!-- mend table.csv: Hà Nan → Hà Nam -->`. Long output is shortened in the page.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
_OWN: Final = ROOT / "examples" / "own-data"
WALKS: Final = {
    ROOT / "docs" / "data" / "own.md": _OWN,
    ROOT / "docs" / "vi" / "data" / "own.md": _OWN,
}
"""The pages, and the folder that each begins with."""
_STEP: Final = re.compile(
    r"(?P<mend><!-- mend (?P<file>\S+): (?P<old>.*?) → (?P<new>.*?) -->)"
    r"|(?P<head>```console\n\$ (?P<command>.*?)\n).*?```",
    re.DOTALL,
)
_MOST: Final = 14
_ENDS: Final = 5


def walked(page: Path, folder: Path, printed: Callable[[str], str]) -> str:
    """The text of a page with what its commands print today.

    Args:
        page: the page, one of `WALKS`.
        folder: an empty folder, in which `printed` runs commands.
        printed: runs a command and gives what it prints.
    """
    shutil.copytree(WALKS[page], folder, dirs_exist_ok=True)

    def step(found: "re.Match[str]") -> str:
        if found["mend"]:
            mend(folder / found["file"], found["old"], found["new"])
            return found[0]
        return f"{found['head']}{shortened(printed(found['command']))}```"

    return _STEP.sub(step, page.read_text(encoding="utf-8"))


def mend(file: Path, old: str, new: str) -> None:
    """Replace a text that a file holds once, as a reader does in an editor."""
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(file, old)
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def shortened(text: str) -> str:
    """The first and last lines of a long text."""
    lines = text.splitlines(keepends=True)
    if len(lines) <= _MOST:
        return text
    return "".join([*lines[:_ENDS], "…\n", *lines[-_ENDS:]])
