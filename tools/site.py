"""Build the site of the documentation in both languages: `python tools/site.py [FOLDER]`.

It needs `pip install ".[docs]"`. A warning fails it: a link to nothing, a page that no folder
of the navigation holds. Without FOLDER the site is written to `site`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = {"mkdocs.yml": ".", "mkdocs.vi.yml": "vi"}
"""What each language is built by, and its folder in the site; the first clears the whole site."""


def build(folder: Path) -> int:
    """Write the site into a folder, in place of what is there: 0, or the exit code of what failed."""
    for config, below in LANGUAGES.items():
        options = ["--strict", "--config-file", str(ROOT / config)]  # `--quiet` would hide warnings
        options += ["--site-dir", str(folder.resolve() / below)]
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "mkdocs", "build", *options],
            check=False,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
