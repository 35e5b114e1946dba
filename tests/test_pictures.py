"""Pictures that stand alone: every kind, size and ground, and what they say themselves."""

import json
import os
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from parindex.office.charts.chart import Chart, ChartKind
from parindex.office.charts.drawing import png, spec_json, svg_alone
from parindex.office.charts.look import SERIES, Size, alone
from parindex.office.charts.years import over_years
from tests.chart_support import CHARTS, hostile, many, turned
from tests.report_support import EVERY_LETTER
from tests.support import ROOT, run, same_as_golden
from tools.pictures import FOLDER, PICTURES

SVG = "{http://www.w3.org/2000/svg}"
SIZES: tuple[Size, ...] = get_args(Size)
EACH_IN_A_SIZE = [*zip(CHARTS, cycle(SIZES), strict=False)]


@cache
def drawn(name: str, size: Size = "page", dark: bool = False) -> str:
    """A picture alone, drawn once."""
    return svg_alone(CHARTS[name], "vi", alone(size, dark=dark))


def texts(picture: str) -> list[str]:
    """What can be read in a picture alone."""
    root = ET.fromstring(picture)  # noqa: S314 - our own
    return [" ".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def size_of(picture: bytes) -> tuple[int, int]:
    """Dots from left to right and from top to bottom of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def wide_and_high(picture: str) -> tuple[int, int]:
    """The width and the height that an SVG says of itself."""
    root = ET.fromstring(picture)  # noqa: S314 - our own
    return int(root.get("width", "")), int(root.get("height", ""))


class TestKinds:
    """There is an example of every kind, so that every kind is looked at."""

    def test_all(self) -> None:
        assert {chart.kind for chart in CHARTS.values()} == set(get_args(ChartKind))


@pytest.mark.parametrize("name", CHARTS)
class TestSpecs:
    """What is written for others to restyle: a known schema, the data in it, names that can be read."""

    def test_golden(self, name: str) -> None:
        assert same_as_golden(f"chart-{name}.vl.json", spec_json(CHARTS[name], "vi"))

    def test_data(self, name: str) -> None:
        drawing = json.loads(spec_json(CHARTS[name], "en"))
        assert drawing["$schema"] == "https://vega.github.io/schema/vega-lite/v6.json"
        [view] = drawing["vconcat"]
        rows, chart = view["data"]["values"], CHARTS[name]
        assert len(rows) == len(chart.labels) * len(chart.series)
        assert {"label", "series", "value", "figure"} <= set(rows[0])
        assert '"url"' not in json.dumps(drawing)

    def test_compiles_without_a_warning(self, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        import vl_convert

        vl_convert.vegalite_to_svg(
            spec_json(CHARTS[name], "vi"), vl_version="6.1", show_warnings=True
        )
        assert capfd.readouterr().err == ""


class TestAlone:
    """A picture alone says its title, units, source and what is not known, and nothing acts in it."""

    @pytest.mark.parametrize(("name", "size"), EACH_IN_A_SIZE)
    def test_told(self, name: str, size: Size) -> None:
        told, chart = " ".join(texts(drawn(name, size))), CHARTS[name]
        for words in (chart.title, chart.unit, f"Nguồn: {chart.source}", *chart.notes):
            assert all(word in told for word in words.split()), words

    @pytest.mark.parametrize("name", CHARTS)
    def test_hostile(self, name: str) -> None:
        """Texts stay texts: no element that acts, no address but that of the format."""
        root = ET.fromstring(svg_alone(hostile(CHARTS[name]), "vi"))  # noqa: S314 - our own
        for each in root.iter():
            assert each.tag.removeprefix(SVG) in ("svg", "title", "desc", "g", "path", "rect", "line", "text", "tspan")  # fmt: skip
            assert not [key for key in each.attrib if key.startswith("on") or "href" in key]
            assert "url(" not in " ".join(each.get(key, "") for key in ("style", "fill", "stroke"))

    @pytest.mark.parametrize("name", CHARTS)
    @pytest.mark.parametrize("dark", [False, True])
    def test_fixed_colours(self, name: str, dark: bool) -> None:
        text = drawn(name, dark=dark)
        assert ("#15181c" in text) is dark
        assert "currentColor" not in text
        assert "var(" not in text

    @pytest.mark.parametrize("name", ["bars", "radar"])
    def test_same_every_time(self, name: str) -> None:
        assert svg_alone(CHARTS[name], "vi") == drawn(name)


class TestSizes:
    """A slide is 16:9 whatever is on it; a page and a phone are as wide as they should be."""

    @pytest.mark.parametrize(
        ("name", "count"),
        [(name, 63) for name in CHARTS] + [("bands", 1), ("bands", 2), ("lines", 1), ("radar", 1)],
    )
    def test_slide(self, name: str, count: int) -> None:
        chart = CHARTS[name]
        if chart.kind != "slopes":
            chart = turned(chart, many(count))
        assert wide_and_high(svg_alone(chart, "vi", alone("slide"))) == (960, 540)

    def test_two_dots_of_a_png(self) -> None:
        assert size_of(png(CHARTS["lines"], "vi", alone("slide"))) == (1920, 1080)
        wide, high = wide_and_high(drawn("bars"))
        assert size_of(png(CHARTS["bars"], "vi", alone())) == (2 * wide, 2 * high)

    @pytest.mark.parametrize(
        ("name", "size", "width"),
        [*zip(CHARTS, cycle(["page", "phone"]), cycle([720, 390]), strict=False)],
    )
    def test_width(self, name: str, size: Size, width: int) -> None:
        wide, high = wide_and_high(drawn(name, size))
        assert width * 0.8 < wide < width * 1.25
        assert high > 60

    @pytest.mark.parametrize("name", ["bands", "dumbbells", "ranges"])
    def test_63_on_a_slide_are_all_named(self, name: str) -> None:
        labels = many(63)
        shown = texts(svg_alone(turned(CHARTS[name], labels), "vi", alone("slide")))
        assert set(labels) <= set(shown)


class TestFonts:
    """Letters have their marks, and lie alike, where no font is installed."""

    def test_without_fonts(self, tmp_path: Path) -> None:
        (tmp_path / "fonts.conf").write_text(
            '<?xml version="1.0"?><fontconfig><cachedir>'
            + str(tmp_path)
            + "</cachedir></fontconfig>"
        )
        program = (
            "import sys; from parindex.office.charts.drawing import png\n"
            "from parindex.office.charts.look import alone\n"
            "from tests.test_pictures import letters\n"
            "sys.stdout.buffer.write(png(letters(), 'vi', alone()))"
        )
        environment = {
            **os.environ,
            "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
            "HOME": str(tmp_path),
        }
        drawn = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
        )
        assert drawn.stdout == png(letters(), "vi", alone())


def letters() -> Chart:
    """A chart with every letter of the language."""
    return replace(CHARTS["bands"], title=EVERY_LETTER)


class TestNames:
    """The names at the ends of lines stand apart from one another, near their ends."""

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("name", ["lines", "slopes", "ranks"])
    def test_apart(self, name: str, size: Size) -> None:
        from parindex.values.language import language

        look = alone(size)
        drawing = over_years(CHARTS[name], look, language("vi"))
        for layer in drawing["layer"]:
            rows = layer.get("data", {}).get("values", [])
            tops = sorted(row["at"] for row in rows if "at" in row)
            scale = drawing["encoding"]["y"]["scale"]["domain"]
            unit = abs(scale[0] - scale[1]) / drawing["height"]
            gaps = [(two - one) / unit for one, two in pairwise(tops)]
            assert all(gap > look.letters for gap in gaps)


class TestColours:
    """Colours differ in lightness or hue for those who see no red or no green."""

    def test_contrast(self) -> None:
        """Each can be read on its ground: 4.5 to 1, as for letters."""
        for dark in (False, True):
            colours = alone(dark=dark).colours
            for each in (colours.ink, colours.soft, *colours.series):
                assert contrast(each, colours.ground or "#ffffff") >= 4.5, each

    def test_named(self) -> None:
        assert len(set(SERIES)) == 4


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as the guidelines for the web count it."""
    first, second = sorted(map(_light, (one, other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestDrawn:
    """The pictures of the README and the pages are those that their commands draw."""

    @pytest.mark.parametrize("name", PICTURES)
    def test_as_drawn(self, name: str, tmp_path: Path) -> None:
        file = tmp_path / name
        assert run(*shlex.split(PICTURES[name]), "-o", str(file)).code == 0
        assert file.read_text() == (FOLDER / name).read_text(), "python tools/pictures.py"

    def test_no_others(self) -> None:
        assert {each.name for each in FOLDER.iterdir()} == set(PICTURES)


def signs_of(font: Path) -> set[str]:
    """The characters that a font has, by its table `cmap` of format 4."""
    data = font.read_bytes()

    def number(at: int) -> int:
        return int.from_bytes(data[at : at + 2])

    tables = {data[12 + 16 * at :][:4]: 12 + 16 * at for at in range(number(4))}
    cmap = int.from_bytes(data[tables[b"cmap"] + 8 :][:4])
    starts = [
        cmap + int.from_bytes(data[cmap + 8 + 8 * at :][:4]) for at in range(number(cmap + 2))
    ]
    [table, *_] = [at for at in starts if number(at) == 4]
    twice = number(table + 6)
    ends = [number(table + 14 + at) for at in range(0, twice, 2)]
    begins = [number(table + 16 + twice + at) for at in range(0, twice, 2)]
    return {
        chr(code)
        for begin, end in zip(begins, ends, strict=True)
        for code in range(begin, end + 1)
        if code != 0xFFFF
    }


class TestSigns:
    """The letters that come along have every sign of messages, schemes and published tables, bold and not.

    A sign that is missing is drawn in the letters of whatever machine it is. Signs of
    terminals, and of rules, which no picture shows, need not be there.
    """

    NOT_DRAWN = frozenset("▁█√")

    @pytest.mark.parametrize("name", ["Regular", "Bold"])
    def test_all_there(self, name: str) -> None:
        house = ROOT / "parindex"
        files = [
            *house.glob("locale/**/*.po"),
            *house.glob("scheme/**/*.yaml"),
            *house.glob("published_figures/*.csv"),
        ]
        used = set().union(*(file.read_text("utf-8") for file in files)) - {*"\n\r\t"}
        has = signs_of(house / "office/charts/fonts" / f"NotoSans-{name}.ttf")
        assert len(files) > 10
        assert "ộ" in has
        assert sorted(used - has - self.NOT_DRAWN) == []
        assert {*"≥≤−×·–…→‰²"} <= has
