"""Charts of reports: what is drawn, what never is, and that every label can be read."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.office.documents.chart_drawing import SVG, WIDTH
from parindex.office.documents.chart_text import LINE, width, wrapped
from parindex.office.documents.charts import png, svg
from parindex.office.reports.blocks import Chart, ChartKind, Series
from parindex.values.escaping import xml_text
from tests.report_support import AREAS, EVERY_LETTER, HOSTILE

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
LONG = "8. Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội"


def chart(kind: ChartKind, *values: str | None, labels: tuple[str, ...] = AREAS) -> Chart:
    """One unit's values beside those of the nation, for the same labels."""
    known = tuple(None if value is None else Decimal(value) for value in values)
    nation = Series("Cả nước", tuple(Decimal(20 + 10 * at) for at in range(len(labels))))
    return Chart(kind, "Tỷ lệ", labels, (Series("Sóc Trăng", known), nation))


def tree(drawn: Chart, lang: str = "vi") -> ET.Element:
    """The drawing as XML, which a parser accepts."""
    return ET.fromstring(svg(drawn, "vi" if lang == "vi" else "en"))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    """What can be read in the drawing."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def of_series(root: ET.Element, number: int, name: str) -> list[ET.Element]:
    """The elements of a class in the plot of a series, without those of the legend."""
    found = []
    for group in root.iter(f"{SVG}g"):
        if f"serie-{number} " in group.get("class", ""):
            found += [each for each in group.iter() if name in each.get("class", "").split()]
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", [False, True])
class TestAlone:
    """A chart needs nothing from outside, runs nothing, and is the same every time."""

    def test_nothing_from_outside(self, kind: ChartKind, paper: bool) -> None:
        text = svg(chart(kind, "50", "60", None, "7.5"), "vi", paper=paper)
        addresses = set(re.findall(r"[a-z]+://[^\"' ]*", text))
        assert addresses == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"<script|<!--|<\?|href|@import|url\(|\bon[a-z]+=", text)

    def test_the_same_every_time(self, kind: ChartKind, paper: bool) -> None:
        one = chart(kind, "50", "60", None, "7.5")
        assert svg(one, "vi", paper=paper) == svg(one, "vi", paper=paper)

    def test_colours(self, kind: ChartKind, paper: bool) -> None:
        """On paper they are fixed; on a page they are those of the page."""
        text = svg(chart(kind, "50", "60", "1", "7.5"), "vi", paper=paper)
        assert ("currentColor" in text, "var(--" in text) == (not paper, not paper)


@pytest.mark.parametrize("kind", KINDS)
class TestNames:
    """Several charts of a page share no id, and their styles hold for themselves only."""

    def test_ids(self, kind: ChartKind) -> None:
        root = ET.fromstring(svg(chart(kind, "1", "2", "3", "4"), "vi", name="part-7"))  # noqa: S314
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert ids == ["part-7", "part-7-title", "part-7-desc"]

    def test_styles(self, kind: ChartKind) -> None:
        root = ET.fromstring(svg(chart(kind, "1", "2", "3", "4"), "vi", name="part-7"))  # noqa: S314
        style = next(root.iter(f"{SVG}style")).text or ""
        assert all(rule.startswith("#part-7") for rule in style.split("}") if rule)

    def test_told_to_those_who_cannot_see(self, kind: ChartKind) -> None:
        root = tree(chart(kind, "1.5", None, "3", "4"))
        assert root.get("role") == "img"
        assert next(root.iter(f"{SVG}title")).text == "Tỷ lệ"
        assert f"{AREAS[0]}: 1,5; {AREAS[1]}: –" in (next(root.iter(f"{SVG}desc")).text or "")


class TestUnknown:
    """What is not known is left out and told; it is never drawn as zero."""

    def test_radar(self) -> None:
        root = tree(chart("radar", "50", "60", None, "75"))
        assert len(of_series(root, 0, "dot")) == 3
        line, whole = of_series(root, 0, "line")[0], of_series(root, 1, "line")[0]
        assert line.get("d", "").count("M") == 2
        assert "Z" not in line.get("d", "")
        assert whole.get("d", "").endswith("Z")
        assert any(f"{AREAS[2]} (Sóc" in text for text in texts(root))

    def test_bars(self) -> None:
        root = tree(chart("bars", "5", None, "3", "0"))
        assert len(of_series(root, 0, "rect")) == 3
        assert texts(root).count("–") == 1
        assert "0" in texts(root)

    def test_ranks(self) -> None:
        root = tree(chart("ranks", "24", None, "46", "52"))
        assert len(of_series(root, 0, "dot")) == 3
        assert [len(line.get("d", "").split()) for line in of_series(root, 0, "line")] == [4]

    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_at_all(self, kind: ChartKind) -> None:
        nothing = Chart(kind, "Tỷ lệ", AREAS, (Series("A", (None,) * 4),))
        assert texts(tree(nothing, "en")) == ["No figure is known."]
        assert texts(tree(Chart(kind, "Tỷ lệ", (), ()))) == ["Chưa có số liệu."]


class TestPlaces:
    """The first place is on top, the largest loss first, 100 % at the rim."""

    def test_first_place_on_top(self) -> None:
        dots = of_series(tree(chart("ranks", "1", "24", "46", "63")), 0, "dot")
        tops = [Decimal(dot.get("d", "").split()[1]) for dot in dots]
        assert tops == sorted(tops)

    def test_bars_in_the_order_given(self) -> None:
        root = tree(chart("bars", "5", "4", "3", "2"))
        found = sorted(of_series(root, 0, "rect"), key=lambda bar: Decimal(bar.get("y", "")))
        lengths = [Decimal(bar.get("width", "")) for bar in found]
        assert lengths == sorted(lengths, reverse=True)
        assert texts(root)[:4] != texts(root)[3::-1]

    def test_scale_of_a_radar(self) -> None:
        shown = texts(tree(chart("radar", "5", "4", "3", "2")))
        assert [text for text in shown if text.isdigit()] == ["100", "80", "60", "40", "20", "0"]

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
        text = svg(Chart("ranks", "Hạng", AREAS, series), "vi")
        assert len(set(re.findall(r"stroke-dasharray:([^;}]*)", text))) == 4
        root = ET.fromstring(text)  # noqa: S314 - our own
        forms = {
            re.sub(r"[0-9. -]", "", of_series(root, at, "dot")[0].get("d", "")) for at in range(4)
        }
        assert len(forms) == 4


@pytest.mark.parametrize("kind", KINDS)
class TestRead:
    """Labels stay within the drawing, however long, and none lies on another."""

    @settings(max_examples=20)
    @given(label=st.text(max_size=400) | st.sampled_from([*HOSTILE, LONG, "W" * 10_000]))
    def test_within(self, kind: ChartKind, label: str) -> None:
        labels = (label, *AREAS[1:], label, label)
        drawn = chart(kind, "50", "60", None, "7.5", "1", "2", labels=labels)
        root = tree(drawn)
        bottom = Decimal(root.get("viewBox", "").split()[3])
        for each, x, y in placed(root):
            text = "".join(each.itertext())
            start = {"start": x, "middle": x - Decimal(width(text)) / 2, "end": x - width(text)}
            left = start[each.get("text-anchor", "start")]
            assert left >= -1, text
            assert left + width(text) <= WIDTH + LINE, text
            assert 0 <= y <= bottom, text

    def test_the_whole_of_a_shortened_label(self, kind: ChartKind) -> None:
        label = f"{LONG} " * 9
        root = tree(chart(kind, "50", "60", "1", "7.5", labels=(label, *AREAS[1:])))
        assert xml_text(label) in [title.text for title in root.iter(f"{SVG}title")]


def placed(root: ET.Element) -> list[tuple[ET.Element, Decimal, Decimal]]:
    """Each text with its place in the whole drawing."""
    found = []

    def walk(element: ET.Element, right: Decimal, down: Decimal) -> None:
        moved = re.match(r"translate\((\S+), (\S+)\)", element.get("transform", ""))
        if moved:
            right, down = right + Decimal(moved[1]), down + Decimal(moved[2])
        if element.tag == f"{SVG}text":
            x, y = Decimal(element.get("x", "0")), Decimal(element.get("y", "0"))
            found.append((element, right + x, down + y))
        for child in element:
            walk(child, right, down)

    walk(root, Decimal(0), Decimal(0))
    return found


class TestBars:
    """Up to twenty long labels stand between the bars, and a page holds them."""

    @pytest.mark.parametrize("count", [1, 8, 9, 20])
    def test_none_on_another(self, count: int) -> None:
        labels = tuple(f"{at}. {LONG}" for at in range(count))
        root = tree(Chart("bars", "x", labels, (Series("A", (Decimal(5),) * count),)))
        rows = sorted(y for each, _, y in placed(root) if not each.get("class"))
        assert len(rows) == (2 if count <= 8 else 1) * count
        assert all(below - above >= LINE - 1 for above, below in pairwise(rows))
        assert Decimal(root.get("viewBox", "").split()[3]) < WIDTH * 2


class TestLines:
    """A text is broken at spaces, and shortened where the lines do not hold it."""

    @given(text=st.text(), room=st.integers(40, 400), most=st.integers(1, 4))
    def test_law(self, text: str, room: int, most: int) -> None:
        lines = wrapped(text, room, most)
        assert len(lines) <= most
        assert all(width(line) <= room + 1 for line in lines)
        whole = "".join(text.split())
        kept = "".join("".join(lines).split())
        assert kept == whole or (kept.endswith("…") and whole.startswith(kept[:-1]))


class TestPicture:
    """Word processors get the chart as PNG."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_png(self, kind: ChartKind) -> None:
        drawn = chart(kind, "50", None, "1", "7.5", labels=(EVERY_LETTER, *HOSTILE[:3]))
        picture = png(drawn, "vi")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(picture[16:20]) == 1260  # 16 cm of 200 dots an inch
