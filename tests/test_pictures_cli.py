"""`-o x.svg`, `.png`, `.html` and `--spec` of every command that draws."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import pytest

import parindex
from parindex.analysis.losses import losses
from parindex.findings.wing import install_command
from parindex.office.charts.picture import picture_of
from tests.browser import browser
from tests.programs import needs_chromium
from tests.support import call, run

DEPARTMENTS = (
    "examples/departments-areas-2024.csv",
    "--scheme",
    "examples/schemes/departments-2024.yaml",
)
COMMANDS = {
    "score": ("score", "examples/soc-trang-2018.yaml"),
    "losses": ("losses", "examples/soc-trang-2018.yaml", "--by", "area"),
    "rank": ("rank", *DEPARTMENTS),
    "compare": ("compare", "2017", "2018"),
    "stability": ("stability", *DEPARTMENTS, "--draws", "50"),
    "data show": ("data", "show", "--year", "2018", "--kind", "result", "--level", "province"),
}
"""An example of every command that draws."""


def told(file: Path) -> str:
    """All that a picture says."""
    root = ET.parse(file).getroot()  # noqa: S314 - our own
    return " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("name", COMMANDS)
class TestEach:
    """Each writes a picture in each form, and the sizes in turn."""

    def test_svg(self, name: str, tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        ran = call(*COMMANDS[name], "-o", str(file))
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert "Source: " in told(file)

    def test_png(self, name: str, tmp_path: Path) -> None:
        size = ("page", "slide", "phone")[[*COMMANDS].index(name) % 3]
        file = tmp_path / "x.png"
        ran = call(*COMMANDS[name], "-o", str(file), "--size", size, "--dark")
        assert (ran.code, ran.err) == (0, "")
        assert file.read_bytes().startswith(b"\x89PNG")

    def test_html(self, name: str, tmp_path: Path) -> None:
        """The picture, the table that is printed and the source, and nothing from outside."""
        file = tmp_path / "x.html"
        assert call(*COMMANDS[name], "-o", str(file)).code == 0
        text = file.read_text(encoding="utf-8")
        assert text.count("<svg") == 1
        assert "<table" in text
        assert "Source: " in text
        assert not re.search(r"<script|<link|@import|\bsrc=|url\(", text)

    def test_spec(self, name: str, tmp_path: Path) -> None:
        """Beside the table; its figures are those that are printed."""
        file = tmp_path / "x.json"
        ran = call(*COMMANDS[name], "--spec", str(file), "--lang", "en")
        assert ran.code == 0
        assert ran.out == call(*COMMANDS[name], "--lang", "en").out
        [view] = json.loads(file.read_text(encoding="utf-8"))["vconcat"]
        rows = view["data"]["values"]
        own = [row for row in rows if row["series"] == rows[0]["series"]]
        figures = [row["figure"] for row in own if row["value"] is not None]
        assert figures
        if name != "stability":  # what they print of it is a range
            assert [each for each in figures if each not in ran.out] == []


class TestLosses:
    """The longest bar is the largest loss in points; the running share stands beside as a figure."""

    def test_bars(self) -> None:
        result = parindex.score(parindex.read_scorecards("examples/soc-trang-2018.yaml")[0])
        [chart] = picture_of(losses(result), "en").charts
        [bars] = chart.series
        assert chart.title.endswith("Lost points by area"), "each leaf of its scheme is an area"
        assert (bars.name, bars.values[0]) == ("Points lost", Decimal("4.84"))
        assert list(bars.values) == sorted(map(Decimal, map(str, bars.values)), reverse=True)
        assert (chart.column, chart.beside[-1]) == ("Running %", "100.00")

    def test_what_is_not_known_is_named(self, tmp_path: Path) -> None:
        card, file = tmp_path / "a.yaml", tmp_path / "x.svg"
        text = Path("examples/soc-trang-2018.yaml").read_text(encoding="utf-8")
        text = text.replace('"7": 9.55', '"7": unknown').partition("published:")[0]
        card.write_text(text, encoding="utf-8")
        assert call("losses", str(card), "-o", str(file)).code == 0
        assert "13.50 points (7 Modernisation of the administration)" in told(file)
        assert "“PAR INDEX of the provinces, 2018”" in told(file)


class TestVietnamese:
    """Pictures are in the language that was chosen; those in `docs/pictures` are of the other commands."""

    def test_svg(self, tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        ran = run(*COMMANDS["rank"], "-o", str(file), "--lang", "vi")
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert "Nguồn: " in told(file)


class TestErrors:
    """Errors name what was asked and what there is."""

    def test_no_picture(self) -> None:
        ran = call("check", "examples/soc-trang-2018.yaml", "-o", "x.svg")
        assert ran.code == 2
        assert "this command draws no picture" in " ".join(ran.err.split())

    def test_wrong_ending(self) -> None:
        ran = call("score", "examples/soc-trang-2018.yaml", "-o", "x.gif")
        assert ran.code == 2
        assert all(each in ran.err for each in (".gif", ".svg", ".png", ".html"))

    def test_wrong_spec(self) -> None:
        ran = call("score", "examples/soc-trang-2018.yaml", "--spec", "x.yaml")
        assert ran.code == 2
        assert ".json" in ran.err

    def test_several(self, tmp_path: Path) -> None:
        ran = call("rank", "seeds/published/tay-ninh-2023.yaml", "-o", str(tmp_path / "x.png"))
        assert ran.code == 2
        assert "one chart" in ran.err
        assert ".html" in ran.err
        assert not any(tmp_path.iterdir())

    def test_several_name_the_options_that_choose(self, tmp_path: Path) -> None:
        output = ("-o", str(tmp_path / "x.png"))
        assert "choose with --unit" in call("score", "examples/provinces-2018.csv", *output).err  # fmt: skip
        assert "choose with --unit, --year, --level" in call("data", "show", *output).err
        assert "choose with" not in call("rank", "seeds/published/tay-ninh-2023.yaml", *output).err

    def test_nothing(self, tmp_path: Path) -> None:
        ran = call("data", "show", "--unit", "Không Có", "-o", str(tmp_path / "x.png"))
        assert ran.code == 2

    def test_without_the_wing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setitem(sys.modules, "vl_convert", None)
        monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
        ran = call("score", "examples/soc-trang-2018.yaml", "-o", str(tmp_path / "x.svg"))
        assert ran.code == 2
        assert install_command("office") in " ".join(ran.err.split())


class TestFigures:
    """What is drawn is what is printed."""

    def test_means_beside(self, tmp_path: Path) -> None:
        """The mean of the nation stands beside the total, where a source prints it."""
        file = tmp_path / "x.json"
        call(*COMMANDS["score"], "--spec", str(file))
        [view] = json.loads(file.read_text(encoding="utf-8"))["vconcat"]
        means = {
            row["label"]: row["value"]
            for row in view["data"]["values"]
            if row["series"] == "Mean of all units, as published" and row["value"] is not None
        }
        assert means == {"Total": 76.92}

    def test_slopes_from_a_year_before(self, tmp_path: Path) -> None:
        file = tmp_path / "x.json"
        ran = call(
            "rank", "examples/small-2024-whole.yaml", "--previous", "examples/small-2023.yaml",
            "--scheme", "examples/small-scheme.yaml", "--scheme",
            "examples/small-scheme-before.yaml", "--spec", str(file),
        )  # fmt: skip
        assert ran.code == 0, ran.err
        [view] = json.loads(file.read_text(encoding="utf-8"))["vconcat"]
        assert {row["label"] for row in view["data"]["values"]} == {"2023", "2024"}


@needs_chromium
class TestPage:
    """The page asks for nothing, says nothing to the console, and is never wider than the window."""

    def test_in_a_browser(self, tmp_path: Path) -> None:
        files = []
        for name, command in COMMANDS.items():
            files.append(tmp_path / f"{name.replace(' ', '-')}.html")
            call(*command, "-o", str(files[-1]))
        with browser(tmp_path / "profile") as page:
            for file in files:
                for width, scheme in ((390, "light"), (1280, "dark")):
                    page.open(file, width, scheme)
                    assert page.said == []
                    assert page.asked == [file.resolve().as_uri()]
                    assert page.ask("document.documentElement.scrollWidth") == width


class TestWhatToBearInMind:
    """A picture of a comparison says which figures are weak or worked out, and that schemes differ."""

    @pytest.mark.parametrize("size", ["page", "phone"])
    def test_told(self, size: str, tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        asked = ("compare", "2017", "2018", "--size", size, "-o", str(file), "--lang", "en")
        assert call(*asked).code == 0
        text = " ".join(" ".join(ET.fromstring(file.read_text("utf-8")).itertext()).split())  # noqa: S314 - our own
        for told in ("worked out from other figures: Hà Tĩnh 2017", "The schemes differ"):
            assert told in text
        assert "Rank: 6 up, 1 down, 6 unchanged." in text
        assert "Deepest fall" not in text

    @pytest.mark.parametrize(
        ("lang", "told"),
        [
            (
                "en",
                ("says otherwise of: Hải Phòng 2023", "worked out from other figures: Sơn La 2023"),
            ),
            (
                "vi",
                (
                    *("số liệu khác về: Hải Phòng 2023", "suy ra từ số liệu khác: Sơn La 2023"),
                    "Nguồn: ",
                ),
            ),
        ],
    )
    def test_of_published_figures(self, lang: str, told: tuple[str, ...], tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        asked = ("data", "show", "--year", "2023", "--level", "province", "--kind", "result")
        ask = call if lang == "en" else run
        assert ask(*asked, "-o", str(file), "--lang", lang).code == 0
        text = " ".join(" ".join(ET.fromstring(file.read_text("utf-8")).itertext()).split())  # noqa: S314 - our own
        assert [each for each in told if each not in text] == []

    def test_areas_by_their_names(self, tmp_path: Path) -> None:
        file = tmp_path / "x.svg"
        asked = ("data", "show", "--unit", "soc trang", "--kind", "area", "--year", "2018")
        assert run(*asked, "-o", str(file), "--lang", "vi").code == 0
        text = " ".join(" ".join(ET.fromstring(file.read_text("utf-8")).itertext()).split())  # noqa: S314 - our own
        assert "6. Cải cách tài chính công" in text
