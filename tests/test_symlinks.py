"""Links that lead round in a circle are no files, and end no command with a fault of its own."""

from pathlib import Path

import pytest

from tests.support import EXAMPLE, call


class TestCircles:
    """A link to itself is told by name where it is read; an output takes its place."""

    @pytest.fixture
    def circle(self, tmp_path: Path) -> str:
        file = tmp_path / "circle.yaml"
        file.symlink_to(file)
        return str(file)

    @pytest.mark.parametrize("command", ["merge", "split", "score", "rank"])
    def test_read(self, command: str, circle: str) -> None:
        ran = call(command, circle)
        assert (ran.code, "P101" in ran.err, circle in ran.err) == (2, True, True)

    def test_written(self, tmp_path: Path) -> None:
        circle = tmp_path / "circle.json"
        circle.symlink_to(circle)
        ran = call("score", EXAMPLE, "-o", str(circle))
        assert (ran.code, ran.err) == (0, "")
        assert "78.35" in circle.read_text(encoding="utf-8")
