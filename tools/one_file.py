"""Make one program of parindex, for machines without Python: `dist/parindex`, on Windows `.exe`.

    pip install ".[office]" pyinstaller && python tools/one_file.py

It is made for the system on which this runs. Modules that are imported only where they are
used, the data of the package and those of the libraries that ask for theirs by name are taken in whole.
"""

import tempfile
from pathlib import Path

import PyInstaller.__main__

WHOLE = ("parindex", "docx", "docxtpl", "holidays", "typst", "vl_convert")


def main() -> None:
    """Build the program."""
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start.py"
        start.write_text("from parindex.cli import main\n\nmain()\n", encoding="utf-8")
        PyInstaller.__main__.run(
            [
                str(start),
                *("--name", "parindex", "--onefile", "--noconfirm", "--log-level", "WARN"),
                *("--workpath", folder, "--specpath", folder, "--distpath", "dist"),
                *(each for name in WHOLE for each in ("--collect-all", name)),
            ]
        )


if __name__ == "__main__":
    main()
