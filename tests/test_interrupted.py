"""What ends a command in the middle leaves the old file whole, and nothing beside it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from parindex.cli.writing import write_text
from parindex.findings import InputError
from parindex.values.finding import Finding
from tests.support import ROOT, call

ENDED = """
import os, signal
import parindex.office.xlsx.write as write
write.write_book = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
from parindex.cli import main
main()
"""


class TestEnded:
    """A command that is asked to end takes away what it had half written."""

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows asks no program to end")
    def test_no_litter(self, tmp_path: Path) -> None:
        file = tmp_path / "result.xlsx"
        file.write_text("old", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", ENDED, "score", "examples/soc-trang-2018.yaml", "-o", str(file)],
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
            capture_output=True,
            timeout=200,
        )
        assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, b"")
        assert [each.name for each in tmp_path.iterdir()] == ["result.xlsx"]
        assert file.read_text(encoding="utf-8") == "old"


class TestSplit:
    """Of the parts of a scorecard all are written or none."""

    def test_none_where_one_cannot_be(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(content: str | bytes, output: str, inputs: list[str], **named: bool) -> None:
            if Path(output).name.startswith("03"):
                raise InputError([Finding("P114", "", {"found": "No space left on device"})])
            write_text(content, output, inputs, **named)

        monkeypatch.setattr("parindex.cli.writing.write_text", full)
        scheme = str(ROOT / "examples/schemes/departments-2024.yaml")
        empty, parts = tmp_path / "empty.yaml", tmp_path / "parts"
        assert call("template", scheme, "--year", "2024", "--unit", "X", "-o", str(empty)).code == 0
        ran = call("split", str(empty), "--scheme", scheme, "-f", "yaml", "-o", str(parts))
        assert (ran.code, "P114" in ran.err) == (2, True)
        assert list(parts.iterdir()) == []
