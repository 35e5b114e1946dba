"""The five articles: every figure that the project started from is told by a command of the guide."""

import csv
import io
import re
import shlex
from functools import cache

import pytest

from tests.support import ROOT, call

SECTION = (ROOT / "docs" / "explanation" / "articles.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"\$ parindex (.*)\n", SECTION)


@cache
def told(command: str) -> list[dict[str, str]]:
    """What a command of the section tells, as rows of CSV."""
    assert command in COMMANDS
    out = call(*shlex.split(command), "--format", "csv").out
    return list(csv.DictReader(io.StringIO(out)))


SOC_TRANG = 'compare 2017 2018 --unit "Sóc Trăng" --depth 0'
SIPAS = 'compare 2017 2018 --unit "Sóc Trăng" --kind sipas'
DIEN_BIEN = 'compare 2016 2017 --unit "Điện Biên"'
LANG_SON = 'data show --year 2016 --unit "Lạng Sơn"'
VUNG_TAU = "rank seeds/ba-ria-vung-tau-2017.yaml --scheme seeds/schemes"
DAK_LAK = "score seeds/dak-lak-2023.yaml --scheme seeds/schemes"


class TestFigures:
    """Each figure stands in what the README's command gives."""

    @pytest.mark.parametrize(
        ("command", "column", "figure"),
        [
            (SOC_TRANG, "index_after", "78.35"),
            (SOC_TRANG, "rank_before", "46"),
            (SOC_TRANG, "rank_after", "24"),
            (SOC_TRANG, "move", "22"),
            (SOC_TRANG, "band_after", "B"),
            (SIPAS, "index_after", "85"),
            (SIPAS, "change", "4.57"),
            (SIPAS, "rank_after", "25"),
            (DIEN_BIEN, "rank_after", "24"),
            (DIEN_BIEN, "move", "18"),
            (LANG_SON, "index", "67.87"),
            (LANG_SON, "rank", "52"),
            (LANG_SON, "of", "63"),
        ],
    )
    def test_of_a_province(self, command: str, column: str, figure: str) -> None:
        [row] = told(command)
        assert row[column] == figure

    def test_above_the_nation(self) -> None:
        shown = SECTION.split(f"$ parindex {SIPAS}\n")[1]
        assert re.search(r"all units +80\.90 +-0\.47 +82\.99 +\+2\.01", shown)

    @pytest.mark.parametrize(
        ("level", "highest", "lowest"),
        [
            ("department", ("Sở Công thương", "76.5"), ("Sở Ngoại vụ", "59")),
            ("central-agency", ("Cục Hải quan tỉnh", "76.75"), ("Công an tỉnh", "67")),
            ("district", ("huyện Long Điền", "73.5"), ("huyện Côn Đảo", "65.75")),
            ("commune", ("xã Tam Phước", "76.75"), ("xã Phước Hòa", "58.5")),
        ],
    )
    def test_of_a_group(
        self, level: str, highest: tuple[str, str], lowest: tuple[str, str]
    ) -> None:
        rows = [row for row in told(VUNG_TAU) if row["level"] == level]
        assert [(row["unit"], row["points"]) for row in rows] == [highest, lowest]

    def test_of_counts(self) -> None:
        shares = {row["code"]: row["index"] for row in told(DAK_LAK)}
        assert (shares["on-time"], shares["online-services"]) == ("98.23", "43.09")

    def test_every_command_of_the_section_is_used(self) -> None:
        assert COMMANDS == [SOC_TRANG, SIPAS, DIEN_BIEN, LANG_SON, VUNG_TAU, DAK_LAK]
