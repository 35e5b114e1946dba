"""Draw the pictures of the README and of the pages in `docs/pictures`, by the commands that they show.

`python tools/pictures.py`, then look at them: a test fails while they are other than drawn.
"""

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
_DEPARTMENTS = "examples/departments-areas-2024.csv --scheme examples/schemes/departments-2024.yaml"
PICTURES = {
    "score.svg": "score examples/soc-trang-2018.yaml --lang en",
    "compare.svg": "compare 2017 2018 --lang en",
    "diem.svg": "score examples/soc-trang-2018.yaml --lang vi",
    "so-sanh.svg": "compare 2017 2018 --lang vi",
    "diem-mat.svg": "losses examples/soc-trang-2018.yaml --by area --lang vi",
    "on-dinh.svg": f"stability {_DEPARTMENTS} --draws 1000 --lang vi",
}
"""Each picture, and the command that draws it."""


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into a folder."""
    file = folder / name
    words = [*shlex.split(PICTURES[name]), "-o", str(file)]
    subprocess.run([sys.executable, "-m", "parindex", *words], cwd=ROOT, check=True)  # noqa: S603
    return file


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in FOLDER.iterdir():
        each.unlink()
    for name in PICTURES:
        draw(name, FOLDER)
