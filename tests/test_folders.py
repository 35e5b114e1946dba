"""Folders and pipes: nothing in them is left out without a word, and nothing is read twice."""

import json
import os
import threading
import zipfile
from pathlib import Path

import pytest

import parindex
from parindex.findings import InputError
from parindex.reading.folder import walk
from tests.support import call

_SCHEME = ("--scheme", "vn-province-2018")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SUMMED = ("rank", "merge", "losses")


def _card(file: Path, unit: str = "X", total: str = "70") -> None:
    file.write_text(f"unit: {unit}\nyear: 2018\ntotal: {total}\n", encoding="utf-8")


def _packed(file: Path, part: str, text: str = "") -> None:
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(part, text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one scorecard."""
    made = tmp_path / "units"
    made.mkdir()
    _card(made / "a.yaml")
    return made


def _put(folder: Path, name: str) -> None:
    """A file of another kind, whose bytes are as its name says."""
    file = folder / name
    match file.suffix:
        case ".ods":
            _packed(file, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        case ".docx":
            _packed(file, "word/document.xml")
        case ".xlsb":
            _packed(file, "xl/workbook.bin")
        case ".zip":
            _packed(file, "b.yaml")
        case _:
            file.write_bytes(_OLE)


class TestPassedOver:
    """What may hold scores and is not read is told, and is a fault where units are put together."""

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("b.xls", "an old Office file"),
            ("B.XLS", "an old Office file"),
            ("b.xlsb", "a binary Excel workbook (.xlsb)"),
            ("b.zip", "an archive (.zip)"),
            ("b.doc", "an old Office file"),
            ("no ending", "an old Office file"),
        ],
    )
    def test_kinds(self, name: str, told: str, folder: Path) -> None:
        (folder / "deeper").mkdir()
        _put(folder / "deeper", name)
        line = f"{folder / 'deeper' / name}: P121 this stands in the folder and is not read: {told}"
        score = call("score", str(folder), *_SCHEME)
        assert (score.code, "70.00" in score.out) == (0, True)
        assert score.err.startswith(line)
        for command in SUMMED:
            ran = call(command, str(folder), *_SCHEME)
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.startswith(line)
            ran = call(command, str(folder), *_SCHEME, "--skip-unreadable")
            assert ran.code == 0
            assert ran.err.startswith(line)
        other = "examples/soc-trang-2018.yaml"
        assert call("compare", str(folder), other).code == 2
        assert call("compare", str(folder), other, "--skip-unreadable").code == 0
        assert call("check", str(folder), *_SCHEME).code == 1
        with pytest.raises(InputError, match="P121"):
            parindex.read_scorecards(folder)
        assert len(parindex.read_scorecards(folder, skip_unreadable=True)) == 1

    @pytest.mark.parametrize(
        "name",
        [
            "._a.yaml",
            "~$a.xlsx",
            ".DS_Store",
            "Thumbs.db",
            "thumbs.DB",
            "desktop.ini",
            ".~lock.a.xlsx#",
        ],
    )
    def test_litter_is_nothing(self, name: str, folder: Path) -> None:
        (folder / name).write_bytes(_OLE)
        for hidden in ("__MACOSX", ".git"):
            (folder / hidden).mkdir()
            _card(folder / hidden / "b.yaml", "Y")
        for command in ("score", "rank", "merge", "check"):
            ran = call(command, str(folder), *_SCHEME, "--format", "csv")
            assert (ran.code, ran.err) == (0, ""), ran.err

    @pytest.mark.parametrize("name", ["README.md", "notes.txt", "scan.pdf", "photo.png"])
    def test_what_holds_no_scores_is_nothing(self, name: str, folder: Path) -> None:
        starts = {".pdf": b"%PDF-1.7", ".png": b"\x89PNG"}
        (folder / name).write_bytes(starts.get(Path(name).suffix, b"unit: Y\n"))
        ran = call("rank", str(folder), *_SCHEME)
        assert (ran.code, ran.err) == (0, "")

    def test_only_others(self, tmp_path: Path) -> None:
        _put(tmp_path, "b.xls")
        ran = call("score", str(tmp_path))
        assert ran.code == 2
        assert [line.split(": ")[1][:4] for line in ran.err.splitlines()] == ["P118", "P121"]

    def test_faults_of_the_others_are_told_at_once(self, folder: Path) -> None:
        _put(folder, "b.xls")
        (folder / "c.yaml").write_text("unit: Z\nyear: 2018\n", encoding="utf-8")
        err = call("rank", str(folder), *_SCHEME).err
        assert "P121" in err
        assert "P109" in err

    def test_a_file_under_a_wrong_name(self, folder: Path) -> None:
        (folder / "b.xlsx").write_bytes(_OLE)
        for command in ("score", "rank"):
            ran = call(command, str(folder), *_SCHEME)
            assert ran.code == 2
            assert "b.xlsx: P150" in ran.err
        ran = call("rank", str(folder), *_SCHEME, "--skip-unreadable")
        assert ran.code == 0
        assert "b.xlsx: P150" in ran.err

    @pytest.mark.skipif(os.name == "nt", reason="links and pipes of Unix")
    def test_links_and_pipes(self, folder: Path) -> None:
        outside = folder.parent / "outside"
        outside.mkdir()
        _card(outside / "o.yaml", "O")
        (folder / "link.yaml").symlink_to(outside / "o.yaml")
        (folder / "folder").symlink_to(outside)
        (folder / "circle").symlink_to(folder)
        (folder / "nowhere.yaml").symlink_to(folder / "missing")
        os.mkfifo(folder / "pipe.yaml")
        found = walk(str(folder), (".yaml",), tables=True)
        assert found.files == [str(folder / "a.yaml")]
        passed = {Path(str(each.place)).name: each.parameters["other"] for each in found.passed}
        assert passed == {
            "link.yaml": "a link that leads out of the folder",
            "folder": "a link that leads out of the folder",
            "nowhere.yaml": "no file, but a pipe or a device",
            "pipe.yaml": "no file, but a pipe or a device",
        }

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
    def test_shut(self, folder: Path) -> None:
        (folder / "shut").mkdir(mode=0)
        assert "a folder that may not be read" in call("rank", str(folder), *_SCHEME).err

    def test_more_than_anybody_means(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A whole disk is refused before its files are looked at."""
        monkeypatch.setattr("parindex.reading.folder._MOST", 0)
        ran = call("rank", str(folder))
        assert (ran.code, "P106" in ran.err) == (2, True)

    def test_shut_for_anybody(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "shut").mkdir()
        scan = os.scandir

        def refused(path: str) -> object:
            if path.endswith("shut"):
                raise PermissionError(13, "Permission denied")
            return scan(path)

        monkeypatch.setattr(os, "scandir", refused)
        [passed] = walk(str(folder), (".yaml",)).passed
        assert passed.parameters["other"] == "a folder that may not be read"

    def test_deep(self, tmp_path: Path) -> None:
        folder = tmp_path
        for _ in range(45):
            folder /= "d"
            folder.mkdir()
        _card(folder / "a.yaml")
        for command in ("score", "test"):
            ran = call(command, str(tmp_path / "d"))
            assert ran.code == 2
            assert "P118" in ran.err
            assert "P121" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
class TestPipes:
    """A pipe is opened and read once, from its first byte; nobody waits for one that is silent."""

    @staticmethod
    def _pipe(data: bytes) -> str:
        """A pipe as `<(process)` gives it."""
        reading, writing = os.pipe()

        def write() -> None:
            with os.fdopen(writing, "wb") as stream:
                stream.write(data)

        threading.Thread(target=write, daemon=True).start()
        return f"/dev/fd/{reading}"

    @pytest.mark.parametrize("form", ["ndjson", "yaml", "csv", "json"])
    def test_whole(self, form: str) -> None:
        units = [f"Unit {number}" for number in range(600)]
        cards = [{"unit": unit, "year": 2018, "total": "70"} for unit in units]
        text = {
            "ndjson": "\n".join(map(json.dumps, cards)),
            "yaml": "\n---\n".join(f"unit: {u}\nyear: 2018\ntotal: 70" for u in units),
            "csv": "unit,year,code,points\n" + "\n".join(f"{u},2018,,70" for u in units),
            "json": json.dumps(cards),
        }[form]
        assert len(text) > 2 * 4096
        for command in ("score", "rank" if form in ("ndjson", "csv") else "check"):
            ran = call(command, self._pipe(text.encode()), *_SCHEME, "--format", "csv")
            assert ran.code == 0, ran.err
            if command != "check":
                assert [unit for unit in units if f"{unit}," not in ran.out] == []

    def test_workbook(self) -> None:
        data = Path("examples/soc-trang-2018.xlsx").read_bytes()
        ran = call("score", self._pipe(data), "--depth", "0")
        assert (ran.code, "78.35" in ran.out) == (0, True), ran.err

    def test_every_option(self) -> None:
        """Scheme, year before, peers, baseline, scenario, letterhead, data and cases."""
        small = Path("examples/small-2024.yaml").read_bytes()
        scheme = Path("examples/small-scheme.yaml").read_bytes()
        handed_on = call("score", "examples/soc-trang-2018.yaml", "--format", "json").out.encode()
        card = "examples/soc-trang-2018.yaml"
        whole = Path(card).read_bytes()
        letter = "place: Sóc Trăng\n".encode()
        scenario = b'format: parindex-scenario/1\nset: {"6": "8"}\n'
        template = Path("examples/letterhead.yaml").read_bytes()
        runs: list[list[str]] = [
            ["score", self._pipe(small), "--scheme", self._pipe(scheme)],
            ["simulate", card, "--scenario", self._pipe(scenario)],
            ["simulate", self._pipe(small), "--scheme", self._pipe(scheme), "--set", "1.1=1"],
            ["simulate", card, "--set", "6=8", "--among", self._pipe(whole)],
            ["rank", card, "--previous", self._pipe(whole)],
            ["score", card, "--baseline", self._pipe(handed_on)],
            ["verify", self._pipe(handed_on), self._pipe(whole)],
            ["compare", self._pipe(whole), self._pipe(whole)],
            ["losses", self._pipe(whole)],
            ["merge", self._pipe(small), "--scheme", self._pipe(scheme)],
            ["schemes", "show", self._pipe(scheme)],
            ["explain", self._pipe(whole), "6"],
            ["target", self._pipe(whole), "--index", "79"],
            ["report", card, "--kind", "analysis", "--letterhead", self._pipe(letter)],
            ["report", card, "--kind", "analysis", "--letterhead", self._pipe(template)],
            ["check", self._pipe(scheme)],
            ["test", self._pipe(Path("tests/cases/published.yaml").read_bytes())],
            ["template", self._pipe(scheme), "--unit", "X"],
        ]
        for arguments in runs:
            ran = call(*arguments)
            assert ran.code == 0, (arguments, ran.err)
            assert ran.out, arguments

    def test_nobody_writes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("parindex.reading.source._WAIT", 1)
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for command in ("score", "check", "rank"):
            ran = call(command, str(pipe))
            assert ran.code != 0
            assert "a pipe to which nothing is written" in ran.err + ran.out
        schemes = tmp_path / "s"
        schemes.mkdir()
        os.mkfifo(schemes / "x.yaml")
        ran = call("score", "examples/soc-trang-2018.yaml", "--scheme", str(schemes))
        assert (ran.code, "P121" in ran.err) == (2, True)
        ran = call("test", str(schemes))
        assert (ran.code, "P121" in ran.err) == (2, True)
