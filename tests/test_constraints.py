"""`constraints-lowest.txt` holds the lower bounds of `pyproject.toml`, and nothing else."""

import re
import tomllib

from tests.support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOWEST = (ROOT / "constraints-lowest.txt").read_text(encoding="utf-8").splitlines()


class TestLowest:
    """The suite is run with the lowest versions that are promised, so each has one and is there."""

    def test_every_package_has_a_lower_bound_and_no_other(self) -> None:
        extras = ("office", "scale", "docs", "test")
        asked = [*PROJECT["dependencies"], *(each for extra in extras for each in EXTRAS[extra])]
        bounds = [each for each in asked if not each.startswith("parindex[")]
        assert [each for each in bounds if not re.fullmatch(r"[\w.-]+>=[0-9.]+", each)] == []
        pinned = [line for line in LOWEST if not line.startswith("#")]
        assert pinned == sorted((each.replace(">=", "==") for each in bounds), key=str.lower)

    def test_the_workflow_uses_it(self) -> None:
        run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        assert "constraints-lowest.txt" in run
