"""Files that nobody would write: the short form of `benchmarks/fuzz.py`, the same in every run."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.kinds import FREE, KINDS, case_of
from tests.fuzzing.runs import Run, faults_of, write_case
from tests.support import ROOT

EXAMPLES = 2
Runner = Callable[[Sequence[str], str], Run]


@pytest.fixture(scope="module")
def run() -> Iterator[Runner]:
    """Runs a command line in a folder, in a process forked from one that has everything imported."""
    if not hasattr(os, "fork"):
        pytest.skip("runs are forked")
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.fuzzing.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        text=True,
    ) as server:

        def forked(arguments: Sequence[str], folder: str) -> Run:
            assert server.stdin
            assert server.stdout
            print(json.dumps([arguments, folder]), file=server.stdin, flush=True)
            return Run(*json.loads(server.stdout.readline()))

        yield forked
        server.communicate()


class TestFuzz:
    """Whatever a file of any kind holds: exit code 0, 1 or 2, no traceback, in little memory and time."""

    @pytest.mark.parametrize("kind", [*KINDS, *FREE])
    def test_no_fault(self, kind: str, run: Runner) -> None:
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            suppress_health_check=[*HealthCheck],
        )
        @given(st.randoms(use_true_random=False))
        def prove(random: Random) -> None:
            case = case_of(random, kind)
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write_case(case, folder)
                ran = run(case.arguments, name)
            assert faults_of(ran) == [], (case, ran)

        prove()


class TestTheFuzzItself:
    """It sees what it looks for, and good files are among those that it tries."""

    @pytest.mark.parametrize(
        ("run", "fault"),
        [
            (Run(2, "", "Traceback (most recent call last):\n"), "traceback"),
            (Run(2, "", "parindex: internal error, please report it"), "internal error"),
            (Run(-9, "", ""), "exit code"),
            (Run(3, "", ""), "exit code"),
            (Run(0, "", "", seconds=11), "time"),
            (Run(0, "", "", megabytes=401), "memory"),
            (Run(0, "\x1b[31m", ""), "escape codes"),
            (Run(0, "", "x.py:1: UserWarning: x"), "warning"),
        ],
    )
    def test_sees(self, run: Run, fault: str) -> None:
        assert faults_of(run) == [fault]

    def test_says_nothing_of_what_is_well(self) -> None:
        assert faults_of(Run(1, "đ", "a gate failed")) == []

    @pytest.mark.parametrize("kind", [*KINDS, *FREE])
    def test_the_same_from_the_same_seed(self, kind: str) -> None:
        one, other = Random(5), Random(5)
        assert case_of(one, kind) == case_of(other, kind)
