"""Charts: what is drawn, what never is, and that every label can be read."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from parindex.office.charts.chart import Chart, ChartKind, Series
from parindex.office.charts.drawing import png, svg
from parindex.office.charts.look import PAGE, WIDTH
from parindex.office.charts.specs import spec
from parindex.values.language import language
from tests.chart_support import LONG
from tests.report_support import AREAS, EVERY_LETTER, HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
KINDS: tuple[ChartKind, ...] = get_args(ChartKind)

WIDE = ("W" * 2_000, "中" * 90, "⸻" * 90, "\U0001d431" * 90, "\ufffe0" * 90)


def chart(kind: ChartKind, *values: str | None, labels: tuple[str, ...] = AREAS) -> Chart:
    """One unit's values beside those of the nation, for the same labels."""
    known = tuple(None if value is None else Decimal(value) for value in values)
    nation = Series("Cả nước", tuple(Decimal(20 + 10 * at) for at in range(len(labels))))
    return Chart(kind, "Tỷ lệ", labels, (Series("Sóc Trăng", known), nation))


@cache
def drawn_once(kind: ChartKind, paper: bool) -> str:
    """A chart with a figure that is not known, on a page or on paper."""
    return svg(chart(kind, "50", "60", None, "7.5"), "vi", paper=paper)


def tree(drawn: Chart, lang: str = "vi") -> ET.Element:
    """The drawing as XML, which a parser accepts."""
    return ET.fromstring(svg(drawn, "vi" if lang == "vi" else "en"))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    """What can be read in the drawing."""
    return [" ".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def rows_of(drawn: Chart, series: int) -> list[dict[str, Any]]:
    """What the picture is made of, for one series."""
    name = drawn.series[series].name
    rows: list[dict[str, Any]] = spec(drawn, PAGE, language("vi"))["data"]["values"]
    return [row for row in rows if row["series"] == name]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", [False, True])
class TestAlone:
    """A chart needs nothing from outside, runs nothing, and is the same every time."""

    def test_nothing_from_outside(self, kind: ChartKind, paper: bool) -> None:
        text = drawn_once(kind, paper)
        addresses = set(re.findall(r"[a-z]+://[^\"' ]*", text))
        assert addresses == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"<script|<!--|<\?|href|@import|url\(|\bon[a-z]+=", text)

    def test_the_same_every_time(self, kind: ChartKind, paper: bool) -> None:
        again = svg(chart(kind, "50", "60", None, "7.5"), "vi", paper=paper)
        assert again == drawn_once(kind, paper)

    def test_colours(self, kind: ChartKind, paper: bool) -> None:
        """On paper they are fixed; on a page they are those of the page."""
        text = drawn_once(kind, paper)
        assert ("currentColor" in text, "var(--" in text) == (not paper, not paper)


@pytest.mark.parametrize("kind", KINDS)
class TestNames:
    """Several charts of a page share no id."""

    def test_ids(self, kind: ChartKind) -> None:
        root = ET.fromstring(svg(chart(kind, "1", "2", "3", "4"), "vi", name="part-7"))  # noqa: S314
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert ids == ["part-7", "part-7-title", "part-7-desc"]

    def test_told_to_those_who_cannot_see(self, kind: ChartKind) -> None:
        root = tree(chart(kind, "1.5", None, "3", "4"))
        assert root.get("role") == "img"
        assert next(root.iter(f"{SVG}title")).text == "Tỷ lệ"
        assert f"{AREAS[0]}: 1,5; {AREAS[1]}: –" in (next(root.iter(f"{SVG}desc")).text or "")


class TestUnknown:
    """What is not known is left out and told; it is never drawn as zero."""

    @pytest.mark.parametrize("kind", ["radar", "ranks"])
    def test_no_point_and_a_broken_line(self, kind: ChartKind) -> None:
        drawn = chart(kind, "50", "60", None, "40")
        assert [row["value"] for row in rows_of(drawn, 0)] == [50, 60, None, 40]
        lines = [each for each in tree(drawn).iter(f"{SVG}path") if is_outline(each)]
        assert [each.get("d", "").count("M") for each in lines] == [2, 1]

    def test_told_beside_a_radar(self) -> None:
        found = texts(tree(chart("radar", "50", "60", None, "75")))
        assert any(f"{AREAS[2]} (Sóc Trăng)" in text for text in found)

    def test_bars(self) -> None:
        root = tree(chart("bars", "5", None, "3", "0"))
        assert texts(root).count("–") == 1
        assert "0" in texts(root)

    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_at_all(self, kind: ChartKind) -> None:
        nothing = Chart(kind, "Tỷ lệ", AREAS, (Series("A", (None,) * 4),))
        assert texts(tree(nothing, "en")) == ["No figure is known."]
        assert texts(tree(Chart(kind, "Tỷ lệ", (), ()))) == ["Chưa có số liệu."]


class TestPlaces:
    """The first place is on top, the largest loss first, 100 % at the rim."""

    def test_first_place_on_top(self) -> None:
        drawn = chart("ranks", "1", "24", "46", "63")
        assert spec(drawn, PAGE, language("vi"))["encoding"]["y"]["scale"]["domain"] == [63, 1]

    def test_bars_in_the_order_given(self) -> None:
        drawn = chart("bars", "5", "4", "3", "2")
        assert [row["figure"] for row in rows_of(drawn, 0)] == ["5", "4", "3", "2"]
        places = [texts(tree(drawn)).index(label) for label in AREAS]
        assert places == sorted(places)

    def test_scale_of_a_radar(self) -> None:
        shown = texts(tree(chart("radar", "5", "4", "3", "2")))
        assert [text for text in shown if text.isdigit()] == ["20", "40", "60", "80", "100"]

    def test_more_than_all(self) -> None:
        """A bonus can lift an area above its maximum."""
        assert "120" in texts(tree(chart("radar", "103.2", "4", "3", "2")))

    @pytest.mark.parametrize(("lang", "figure"), [("vi", "2,25"), ("en", "2.25")])
    def test_decimal_mark(self, lang: str, figure: str) -> None:
        assert figure in texts(tree(chart("bars", "5", "2.25", "3", "2"), lang))


class TestForms:
    """Lines are told apart without colour: by their dashes and by the form of their points."""

    def test_dashes_and_points(self) -> None:
        series = tuple(Series(f"S{at}", (Decimal(at + 1),) * 4) for at in range(4))
        root = tree(Chart("ranks", "Hạng", AREAS, series))
        dashes = {
            each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if is_outline(each)
        }
        assert len(dashes) == 4
        layers = spec(Chart("ranks", "Hạng", AREAS, series), PAGE, language("vi"))["layer"]
        [shape] = [each["encoding"]["shape"] for each in layers if each["mark"] == "point"]
        assert len(set(shape["scale"]["range"])) == 4


def is_outline(path: ET.Element) -> bool:
    """Whether a path is the line of a series, which alone is so thick and not filled."""
    return path.get("stroke-width") == "2" and path.get("fill") in (None, "none", "transparent")


@pytest.mark.parametrize("kind", KINDS)
class TestRead:
    """Any label is drawn, shortened where it is too long, and the drawing stays of one width."""

    @settings(max_examples=2)
    @given(label=st.text(max_size=400) | st.sampled_from([*HOSTILE, LONG, *WIDE, "if", "datum.x"]))
    def test_within(self, kind: ChartKind, label: str) -> None:
        labels = (label, *AREAS[1:], label, label)
        drawn = chart(kind, "50", "60", None, "7.5", "1", "2", labels=labels)
        [one, nation] = drawn.series
        root = tree(replace(drawn, series=(one, replace(nation, name=label))))
        wide, high = map(Decimal, root.get("viewBox", "").split()[2:])
        assert wide <= 2 * WIDTH
        assert high < 3 * WIDTH


class TestBars:
    """Up to twenty long labels stand between the bars, and a page holds them."""

    @pytest.mark.parametrize("count", [1, 12, 13, 20])
    def test_none_on_another(self, count: int) -> None:
        labels = tuple(f"{at}. {LONG}" for at in range(count))
        root = tree(Chart("bars", "x", labels, (Series("A", (Decimal(5),) * count),)))
        lines = [text for text in texts(root) if text != "5"]
        assert len(lines) == count
        assert len(set(lines)) == count
        assert Decimal(root.get("viewBox", "").split()[3]) < WIDTH * 2


class TestPicture:
    """Word processors get the chart as PNG."""

    @pytest.mark.parametrize("kind", ["bars", "radar"])
    def test_png(self, kind: ChartKind) -> None:
        drawn = chart(kind, "50", None, "1", "7.5", labels=(EVERY_LETTER, *HOSTILE[:3]))
        picture = png(drawn, "vi")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert 1100 < int.from_bytes(picture[16:20]) < 2600  # dots from left to right
