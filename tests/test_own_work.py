"""What people fill in or correct by hand is never written over; what is made again is."""

import shutil
from pathlib import Path

import pytest

from tests.support import call, run

_SCHEME = "examples/schemes/departments-2024.yaml"
_CARD = "examples/departments-2024.yaml"
_ROWS = ("examples/dossiers/rows.csv", "--map", "examples/dossiers/map.yaml")
_WORK: dict[str, tuple[list[str], str]] = {
    "template as YAML": (["template", _SCHEME, "--year", "2024"], "a.yaml"),
    "template as CSV": (["template", _SCHEME, "--year", "2024"], "a.csv"),
    "template as a workbook": (["template", _SCHEME, "--year", "2024"], "a.xlsx"),
    "merge as YAML": (["merge", _CARD, "--scheme", _SCHEME], "a.yaml"),
    "merge as JSON": (["merge", _CARD, "--scheme", _SCHEME], "a.json"),
    "a map of rows": (["facts", _ROWS[0], "--new"], "a.yaml"),
    "a scheme to start from": (["schemes", "new"], "a.yaml"),
    "a scheme of an annex": (["schemes", "import", "tests/annexes/by-an-official.xlsx"], "a.yaml"),
}
_MADE_AGAIN: dict[str, tuple[list[str], str]] = {
    "score": (["score", _CARD, "--scheme", _SCHEME], "a.xlsx"),
    "compare": (["compare", "2017", "2018"], "a.csv"),
    "report": (["report", _CARD, "--scheme", _SCHEME, "--kind", "analysis"], "a.docx"),
    "facts": (["facts", *_ROWS], "a.yaml"),
}


class TestWork:
    """A file that is there with other content stays, the fault names it and says what to do."""

    @pytest.mark.parametrize("name", _WORK)
    def test_it_stays(self, name: str, tmp_path: Path) -> None:
        command, file = _WORK[name]
        output = tmp_path / file
        assert call(*command, "-o", str(output)).code == 0
        assert call(*command, "-o", str(output)).code == 0, "the same once more is no loss"
        made = output.read_bytes()
        output.write_bytes(made + b" ")
        ran = run(*command, "-o", str(output), "--lang", "vi")
        assert (ran.code, ran.err.count(f"{output}: P704")) == (2, 1), ran.err
        assert "đặt tên khác" in " ".join(ran.err.split())
        assert output.read_bytes() == made + b" "
        assert [*tmp_path.iterdir()] == [output]

    def test_a_whole_in_a_workbook(self, tmp_path: Path) -> None:
        """What came in later is not put in the place of a whole that may have been edited."""
        card, whole = tmp_path / "card.yaml", tmp_path / "whole.xlsx"
        assert call("template", _SCHEME, "--year", "2024", "--unit", "X", "-o", str(card)).code == 0
        merge = ("merge", str(card), "--scheme", _SCHEME, "-o", str(whole))
        assert call(*merge).code == 0
        assert call(*merge).code == 0
        before = whole.read_bytes()
        text = card.read_text(encoding="utf-8")
        card.write_text(text.replace(": unknown", ": no_evidence"), encoding="utf-8")
        ran = call(*merge)
        assert (ran.code, "P704" in ran.err, whole.read_bytes() == before) == (2, True, True)

    def test_a_link_stays(self, tmp_path: Path) -> None:
        """A link to a card is the card."""
        card = tmp_path / "card.yaml"
        shutil.copy(_CARD, card)
        link = tmp_path / "link.yaml"
        link.symlink_to(card)
        ran = call("template", _SCHEME, "--year", "2024", "-o", str(link))
        assert (ran.code, "P704" in ran.err, link.is_symlink()) == (2, True, True)
        assert card.read_bytes() == Path(_CARD).read_bytes()


class TestMadeAgain:
    """Output that comes of its input alone is written over."""

    @pytest.mark.parametrize("name", _MADE_AGAIN)
    def test_it_is_new(self, name: str, tmp_path: Path) -> None:
        command, file = _MADE_AGAIN[name]
        output = tmp_path / file
        output.write_bytes(b"of last time")
        assert call(*command, "-o", str(output)).code == 0
        assert b"of last time" not in output.read_bytes()
