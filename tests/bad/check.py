"""What a run on a bad file must be like, whatever its format."""

import re
from itertools import zip_longest
from pathlib import Path

from tests.processes import start
from tests.support import ROOT, call

BAD = ROOT / "tests" / "bad"
MEMORY = 400 * 1024 * 1024
SECONDS = 20  # of the processor, so that other work on the machine does not count


def told(file: Path, expected: list[str]) -> list[str]:
    """What `parindex score` says of a bad file, a line for each fault, without the file's name.

    A line that is as expected is given back as the expected one, where `*`
    stands for any text.
    """
    ran = call("score", str(file))
    assert (ran.code, ran.out) == (2, "")
    return _lines(file, ran.faults, expected)


def told_within_limits(file: Path, text: str, expected: list[str] | None = None) -> list[str]:
    """The same of a file made for the purpose, in a process with little memory and time."""
    file.write_text(text, encoding="utf-8")
    ran = start("score", str(file), memory=MEMORY, seconds=SECONDS)
    assert (ran.code, ran.out) == (2, "")
    assert "internal error" not in ran.err
    assert "Traceback" not in ran.err
    return _lines(file, ran.faults, expected or [])


def _lines(file: Path, faults: list[str], expected: list[str]) -> list[str]:
    lines = [line.removeprefix(f"{file}:").strip() for line in faults]
    pairs = zip_longest(lines, expected[: len(lines)], fillvalue="")
    return [wanted if _alike(line, wanted) else line for line, wanted in pairs]


def _alike(line: str, wanted: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), line))
