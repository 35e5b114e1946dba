"""The letters of files: UTF-8 and UTF-16, and what old Vietnamese encodings are told as."""

import codecs
from pathlib import Path

import pytest

from tests.old_letters import cp1258, tcvn3, vni
from tests.support import call

_UNIT = "Sở Nội vụ"
_FILES = {
    "a.yaml": f"unit: {_UNIT}\nyear: 2018\ntotal: 78.35\n",
    "a.json": f'{{"unit": "{_UNIT}",\n"year": 2018, "total": 78.35}}',
    "a.csv": f"unit,year,code,points\r\n{_UNIT},2018,,78.35\r\n",
    "a.txt": f"unit: {_UNIT}\nyear: 2018\ntotal: 78.35\n",
    "b.txt": f"unit;year;code;points\n{_UNIT};2018;;78,35\n",
}
_SCHEME = ("--scheme", "vn-province-2018")


class TestUtf16:
    """A text of two bytes a letter that says so by its mark is read."""

    @pytest.mark.parametrize("name", _FILES)
    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_read(self, name: str, codec: str, tmp_path: Path) -> None:
        marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
        file = tmp_path / name
        file.write_bytes(marks.get(codec, b"") + _FILES[name].encode(codec))
        ran = call("score", str(file), *_SCHEME, "--format", "csv", "--depth", "0")
        assert (ran.code, ran.err) == (0, "")
        assert _UNIT in ran.out
        assert "78.35" in ran.out

    def test_half_a_letter(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_bytes(codecs.BOM_UTF16_LE + _FILES["a.yaml"].encode("utf-16-le") + b"\x01")
        ran = call("score", str(file), *_SCHEME)
        assert ran.code == 2
        assert "P103" in ran.err


class TestOld:
    """Windows-1258, TCVN3 and VNI are refused by name, with the place and what to do."""

    @pytest.mark.parametrize(
        ("name", "place"),
        [("a.yaml", "1:"), ("a.json", "1:"), ("a.csv", "2:1"), ("a.txt", "1:"), ("b.txt", "2:1")],
    )
    @pytest.mark.parametrize(
        ("told", "written"),
        [
            (
                "P103 the text is not UTF-8 (found: Windows-1258; expected: UTF-8: save it so",
                "cp1258",
            ),
            (
                "P154 the texts are of the old encodings TCVN3 or VNI, not Unicode (found: TCVN3 (ABC)",
                "tcvn3",
            ),
            (
                "P154 the texts are of the old encodings TCVN3 or VNI, not Unicode (found: VNI;",
                "vni",
            ),
            (
                "P154 the texts are of the old encodings TCVN3 or VNI, not Unicode (found: TCVN3 (ABC)",
                "tcvn3 as UTF-8",
            ),
            (
                "P154 the texts are of the old encodings TCVN3 or VNI, not Unicode (found: VNI;",
                "vni as UTF-8",
            ),
        ],
    )
    def test_told(self, name: str, place: str, told: str, written: str, tmp_path: Path) -> None:
        text = _FILES[name]
        data = {
            "cp1258": cp1258(text),
            "tcvn3": tcvn3(text).encode("latin-1"),
            "vni": vni(text).encode("latin-1"),
            "tcvn3 as UTF-8": tcvn3(text).encode(),
            "vni as UTF-8": vni(text).encode(),
        }[written]
        file = tmp_path / name
        file.write_bytes(data)
        for command in ("score", "rank"):
            ran = call(command, str(file), *_SCHEME)
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.startswith(f"{file}:{place}")
            assert told in ran.err

    @pytest.mark.parametrize("text", ["Café à la carte", "Ñandú", "Đà Nẵng", "Bạc Liêu", "Đắk Lắk"])
    def test_others_are_not(self, text: str, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(_FILES["a.yaml"].replace(_UNIT, text), encoding="utf-8")
        assert call("score", str(file), *_SCHEME).code == 0

    def test_another_encoding(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_bytes(_FILES["a.yaml"].replace(_UNIT, "Café").encode("latin-1"))
        ran = call("score", str(file), *_SCHEME)
        assert f"{file}:1:10: P103 the text is not UTF-8 (found: 0xe9)" in ran.err
