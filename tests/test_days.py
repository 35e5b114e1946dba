"""Days: the day stands before the month, wherever they are read."""

import datetime
import json
import unicodedata
from pathlib import Path

import pytest

from parindex.values.days import day_of
from tests.support import call

_DEPARTMENTS = "examples/schemes/departments-2024.yaml"


class TestDays:
    """Day, month and year in every form of theirs; the month first is never read."""

    @pytest.mark.parametrize(
        "text",
        [
            "2025-01-10",
            "10/01/2025",
            "10/1/2025",
            "10-01-2025",
            "10.1.2025",
            " 10 / 01 / 2025 ",
            "ngày 10/01/2025",
            "ngày 10 tháng 01 năm 2025",
            "Ngày 10 tháng 1 năm 2025",
            "NGÀY 10 THÁNG 01 NĂM 2025",
            "10 tháng 1, năm 2025",
            "ngày\xa010  tháng 1 năm 2025",
        ],
    )
    def test_read(self, text: str) -> None:
        for form in ("NFC", "NFD"):
            assert day_of(unicodedata.normalize(form, text)) == datetime.date(2025, 1, 10)

    @pytest.mark.parametrize(
        "text",
        [
            "01/13/2025",
            "31/4/2025",
            "29/02/2025",
            "00/01/2025",
            "10/01/25",
            "10/01-2025",
            "2025/01/10",
            "2025-13-01",
            "0205-01-10",
            "ngày 31 tháng 2 năm 2025",
            "tháng 1 năm 2025",
            "10/01",
            "45667",
            "1²/01/2025",
            "2025-01-10T00:00",
            "",
            "9" * 1000,
        ],
    )
    def test_refused(self, text: str) -> None:
        assert day_of(text) is None

    def test_leap_day(self) -> None:
        assert day_of("29.2.2024") == datetime.date(2024, 2, 29)


class TestInputs:
    """Every kind of input reads the same days."""

    @pytest.mark.parametrize("text", ["01/03/2024", "ngày 1 tháng 3 năm 2024", "1.3.2024"])
    def test_one_reader(self, text: str, tmp_path: Path) -> None:
        card = {"unit": "X", "year": 2024, "scores": {"2.3.1": {"date": text}}}
        period = {"from": "1/1/2024", "to": text}
        files = {
            "a.json": json.dumps(card | {"period": period}),
            "a.yaml": (
                f"unit: X\nyear: 2024\nperiod: {{from: 1/1/2024, to: {text}}}\n"
                f'scores: {{"2.3.1": {{date: {text}}}}}\n'
            ),
            "a.csv": f"unit,year,code,date\nX,2024,2.3.1,{text}\n",
        }
        for name, content in files.items():
            file = tmp_path / name
            file.write_text(content, encoding="utf-8")
            ran = call("explain", str(file), "2.3.1", "--scheme", _DEPARTMENTS)
            assert ran.code == 0, ran.err
            # two days after 28 February, in a leap year
            assert "2024-03-01 > 2024-02-28: days late: 2 → 0.25" in ran.out

    def test_option(self) -> None:
        card = ("examples/departments-2024.yaml", "--scheme", _DEPARTMENTS)
        value = "2.3.1=ngày 1 tháng 3 năm 2024"
        ran = call("simulate", *card, "--unit", "Sở Ví Dụ", "--set", value, "--format", "csv")
        assert ran.code == 0, ran.err
        assert "2.3.1" in ran.out

    def test_letterhead(self, tmp_path: Path) -> None:
        file = tmp_path / "letterhead.yaml"
        file.write_text("place: Sóc Trăng\ndate: 02/03/2025\n", encoding="utf-8")
        card = "examples/soc-trang-2018.yaml"
        ran = call(
            "report", card, "--kind", "analysis", "--letterhead", str(file), "--format", "markdown"
        )
        assert "Sóc Trăng, 2025-3-02" in ran.out, ran.err
