"""Programs that some tests need: an office, a browser, a reader of PDF; without them they are skipped."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def _found(*names: str) -> str | None:
    """The first of these programs that is here; none with `PARINDEX_PROGRAMS=none`."""
    if os.environ.get("PARINDEX_PROGRAMS") == "none":
        return None
    return next(filter(None, map(shutil.which, names)), None)


SOFFICE = _found("soffice")
CHROMIUM = _found("chromium", "chromium-browser", "google-chrome")
PDFTOTEXT = _found("pdftotext")

needs_soffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not here")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not here")
needs_pdftotext = pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not here")

_SECONDS = 180


def convert(file: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice writes it in another format, with formulas worked out anew."""
    return convert_all([file], to, folder)[0]


def convert_all(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """The files as LibreOffice writes them in another format, in one run: to start it takes long.

    Args:
        files: documents or workbooks, no two of one name.
        to: the format as `--convert-to` names it: `pdf`, `csv`, `xlsx:Calc MS Excel 2007 XML`.
        folder: where they are written, and where the program keeps a profile of its own: two
            runs at a time with the same profile would be one.
    """
    profile = (folder / "soffice-profile").resolve()
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    made = [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    assert len({*made}) == len(files)
    for one in made:
        assert one.is_file(), f"LibreOffice made no {one.name}"
    return made
