"""Tables as people and programs save them: headings, separators, encodings, names with spaces."""

import codecs
import json
import unicodedata
from pathlib import Path

import pytest

import parindex
from tests.support import call

_GIVEN = Path(__file__).parent / "given" / "tables"
_POINTS = {"1": "7.93", "2": "9.09", "3": "10.49", "4": "9.43", "5": "10.5", "6": "7.66"}
_POINTS |= {"7": "9.55", "8": "13.7"}


def _index(file: Path) -> str:
    """The index of the only unit of a file, which is Sóc Trăng."""
    ran = call("score", str(file), "--format", "json")
    assert ran.code == 0, ran.err
    [found] = json.loads(ran.out)["results"]
    assert (found["unit"], found["complete"]) == ("Sóc Trăng", True)
    return str(found["percent"])


def _table(heading: str, sign: str = ",", comma: bool = False, unit: str = "Sóc Trăng") -> str:
    rows = [
        sign.join((unit, "2018", code, points.replace(".", ",") if comma else points))
        for code, points in _POINTS.items()
    ]
    return "\n".join([heading, *rows, ""])


class TestGiven:
    """Tables as they came, each Sóc Trăng 2018 with its published index."""

    @pytest.mark.parametrize(
        "name",
        [
            "capital-headings.csv",
            "trailing-separators.csv",
            "official-table-saved-as.csv",
            "unit-with-double-space.csv",
        ],
    )
    def test_index(self, name: str, tmp_path: Path) -> None:
        assert _index(_GIVEN / name) == "78.35"
        text = (_GIVEN / name).read_text(encoding="utf-8-sig")
        copy = tmp_path / "a.csv"
        for data in (
            codecs.BOM_UTF8 + text.encode(),
            codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
            codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
            text.replace("\n", "\r\n").encode(),
        ):
            copy.write_bytes(data)
            assert _index(copy) == "78.35"
        assert "78.35" in call("score", "-", given=text.encode()).out


class TestHeadings:
    """Columns go by their names in English and Vietnamese, in any capitals."""

    @pytest.mark.parametrize(
        ("heading", "sign"),
        [
            ("UNIT,YEAR,CODE,POINTS", ","),
            ("đơn vị;năm;mã;điểm", ";"),
            ("ĐƠN VỊ;NĂM;MÃ TIÊU CHÍ;ĐIỂM", ";"),
            ("Tên đơn vị\tNăm\tMã số\tĐiểm đạt được", "\t"),
            ("  Đơn  vị , Năm ,Mã, Điểm ", ","),
        ],
    )
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
    def test_read(self, heading: str, sign: str, codec: str, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, _table(heading, sign, comma=sign != ","))
            file.write_bytes(text.encode(codec))
            assert _index(file) == "78.35"
            assert "78.35" in call("score", "-", given=text.encode(codec)).out

    def test_one_meaning_twice(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("Đơn vị,unit,year,code,points\nX,X,2018,1,7\n", encoding="utf-8")
        assert f"{file}:1:2: P107" in call("score", str(file)).err

    def test_unknown_headings_are_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("unit,year,code,Kết quả\nX,2018,1,7\n", encoding="utf-8")
        ran = call("score", str(file))
        assert ran.code == 2
        assert f"{file}:1:4: P108" in ran.err


class TestTrailing:
    """Separators at the ends of lines add no column; what stands behind one does."""

    @pytest.mark.parametrize("ends", [(",,", ",,"), (",", ""), ("", ",,,"), (",", ", ,")])
    def test_read(self, ends: tuple[str, str], tmp_path: Path) -> None:
        heading, *rows = _table("unit,year,code,points").splitlines()
        for lines in (rows, rows[4:] + rows[:4]):
            file = tmp_path / "a.csv"
            text = "\n".join([heading + ends[0], *(row + ends[1] for row in lines)])
            file.write_text(text, encoding="utf-8")
            assert _index(file) == "78.35"

    def test_a_cell_without_a_heading(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("unit,year,code,points,\nX,2018,1,7,8\n", encoding="utf-8")
        ran = call("score", str(file))
        assert (ran.code, f"{file}:2:1: P116" in ran.err) == (2, True)


class TestOfficial:
    """The table of the decree as CSV is read as in a workbook, with the line and cell of each fault."""

    @pytest.mark.parametrize("sign", [",", ";", "\t"])
    def test_by_hand(self, sign: str, tmp_path: Path) -> None:
        cells = [
            ["BẢNG TỰ ĐÁNH GIÁ CHỈ SỐ CCHC NĂM 2018"],
            ["Đơn vị: Sóc Trăng"],
            ["TT", "Lĩnh vực/Tiêu chí/TCTP", "Điểm tối đa", "Điểm đạt được"],
            *([code, "", "", points] for code, points in _POINTS.items()),
            ["", "Tổng cộng", "100", "78.35"],
        ]
        quoted = [sign.join(f'"{cell}"' for cell in row) for row in cells]
        file = tmp_path / "a.csv"
        file.write_text("\n".join(quoted), encoding="utf-8")
        assert _index(file) == "78.35"

    def test_faults_have_their_cells(self, tmp_path: Path) -> None:
        text = (_GIVEN / "official-table-saved-as.csv").read_text(encoding="utf-8-sig")
        file = tmp_path / "a.csv"
        file.write_text(text.replace("7.93", "bảy"), encoding="utf-8")
        line = next(n for n, row in enumerate(text.splitlines(), 1) if "7.93" in row)
        ran = call("score", str(file))
        assert ran.code == 2
        assert f"{file}:{line}:7: P110" in ran.err

    def test_without_a_unit(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("NĂM 2018\nTT,Tiêu chí,Điểm\n1,x,7.93\n", encoding="utf-8")
        ran = call("score", str(file))
        assert (ran.code, "P109 unit" in ran.err) == (2, True)


class TestNames:
    """Spaces, and how letters are composed, do not tell units apart; all else does."""

    @pytest.mark.parametrize(
        "unit",
        ["Sóc  Trăng", " Sóc\xa0Trăng ", "So\u0301c Tra\u0306ng", "Sóc\u200b Trăng", "Sóc\tTrăng"],
    )
    def test_one_unit(self, unit: str, tmp_path: Path) -> None:
        rows = _table("unit;year;code;points", ";", unit="Sóc Trăng").splitlines()
        rows[3] = rows[3].replace("Sóc Trăng", unit)
        file = tmp_path / "a.csv"
        file.write_text("\n".join(rows), encoding="utf-8")
        assert _index(file) == "78.35"

    @pytest.mark.parametrize("unit", ["Sóc  Trăng", "So\u0301c Tra\u0306ng", "Sóc\xa0Trăng"])
    def test_in_other_files(self, unit: str, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(
            "unit: Sóc Trăng\nyear: 2018\ntotal: 78\n", encoding="utf-8"
        )
        card = {"unit": unit, "year": 2018, "total": "79"}
        (tmp_path / "b.json").write_text(json.dumps(card), encoding="utf-8")
        ran = call("rank", str(tmp_path))
        assert (ran.code, "P120" in ran.err) == (2, True)

    def test_marks_tell_units_apart(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(
            "unit,year,code,points\nHa Long,2018,,7\nHạ Long,2018,,8\n", encoding="utf-8"
        )
        assert len(parindex.read_scorecards(file)) == 2


class TestHalves:
    """Half a letter is refused with its place, whatever it stands in, and goes no further."""

    @pytest.mark.parametrize("file", sorted(_GIVEN.glob("*.json")), ids=lambda file: file.name)
    def test_given(self, file: Path) -> None:
        card = "examples/soc-trang-2018.yaml"
        for arguments in (
            ["score", str(file)],
            ["check", str(file)],
            ["check", str(file), "--format", "json"],
            ["rank", str(file)],
            ["verify", str(file), card],
            ["score", card, "--baseline", str(file)],
            ["simulate", "--scenario", str(file), "--scheme", "vn-province-2018"],
            ["score", card, "--scheme", str(file)],
        ):
            ran = call(*arguments)
            assert ran.code in (1, 2), arguments
            assert "P104" in ran.out + ran.err, arguments

    @pytest.mark.parametrize(
        "text",
        [
            '{"unit": "\\udc80", "year": 2018, "total": "1"}',
            '{"unit": "X", "year": 2018, "scores": {"\\ud800": "1"}}',
            '{"unit": "X", "year": 2018, "scores": {"1": {"points": "1", "note": "\\ud800"}}}',
            '{"unit": "X", "year": 2018, "\\ud800": "1"}',
            '{"unit": "X", "year": "\\ud800"}',
        ],
    )
    def test_every_text(self, text: str, tmp_path: Path) -> None:
        for name, content in (("a.json", text), ("a.yaml", text)):
            file = tmp_path / name
            file.write_text(content, encoding="utf-8")
            for form in ("table", "json", "csv"):
                ran = call("check", str(file), "--format", form)
                assert (ran.code > 0, "P104" in ran.out) == (True, True)

    def test_options(self) -> None:
        card = "examples/soc-trang-2018.yaml"
        for value in ("6=\udcff", "\udcff=6", "6=8\ud800"):
            ran = call("simulate", card, "--set", value)
            assert (ran.code, "--set" in ran.err, "P104" in ran.err) == (2, True, True)
        assert call("score", card, "--unit", "\udcff").code == 2
        assert call("template", "vn-province-2018", "--unit", "X\udcff").code == 2
