"""Names after -o: an ending that names no form which a command writes is refused before anything is read."""

from pathlib import Path

import pytest

from tests.support import call

_CARD = "examples/soc-trang-2018.yaml"
_SCHEME = "examples/small-scheme.yaml"
_COMMANDS: dict[str, list[str]] = {
    "score": [_CARD],
    "rank": [_CARD],
    "losses": [_CARD],
    "check": [_CARD],
    "simulate": [_CARD, "--set", "6=8"],
    "target": [_CARD, "--index", "80"],
    "explain": [_CARD, "6"],
    "compare": ["2017", "2018"],
    "report": [_CARD, "--kind", "analysis"],
    "template": [_SCHEME],
    "merge": [_CARD],
    "schema": ["scorecard"],
}

_DRAWN = ("score", "rank", "losses", "compare")


@pytest.mark.parametrize("command", _COMMANDS)
class TestNames:
    """What a name promises is written, or nothing is."""

    @pytest.mark.parametrize("name", ["x.png", "x.svg", "x.xyz", "X.PNG", "x.csv.bak", "x.yamll"])
    def test_refused(self, command: str, name: str, tmp_path: Path) -> None:
        if command in _DRAWN:
            name = f"{name}.bmp"
        file = tmp_path / name
        ran = call(command, *_COMMANDS[command], "-o", str(file))
        assert ran.code == 2
        assert "-o" in ran.err
        told = ("json", "docx", "yaml", "pictures come from")
        assert any(each in " ".join(ran.err.split()) for each in told)
        assert [*tmp_path.iterdir()] == []


class TestOthers:
    """A scenario that is saved, and names that promise nothing."""

    def test_save(self, tmp_path: Path) -> None:
        file = tmp_path / "x.png"
        ran = call("simulate", _CARD, "--set", "6=8", "--save", str(file))
        assert (ran.code, "--save" in ran.err, file.exists()) == (2, True, False)

    @pytest.mark.parametrize("name", ["plain", "x.txt", "x.jsonl", "x.MD"])
    def test_written(self, name: str, tmp_path: Path) -> None:
        file = tmp_path / name
        assert call("score", _CARD, "-o", str(file)).code == 0
        assert "78.35" in file.read_text(encoding="utf-8")

    def test_a_form_that_was_said(self, tmp_path: Path) -> None:
        file = tmp_path / "x.dat"
        assert call("score", _CARD, "--format", "csv", "-o", str(file)).code == 0
        assert file.read_text(encoding="utf-8").startswith("unit_id,")
