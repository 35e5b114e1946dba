"""Charts of every kind: as usual, of one, of many, of nothing, and with texts that would like to act."""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from parindex.office.charts.chart import Chart, Mark, Series
from tests.report_support import HOSTILE

UNITS: Final = (
    *("Hà Nội", "Quảng Ninh", "Bà Rịa – Vũng Tàu", "Thừa Thiên Huế", "Sóc Trăng", "Sơn La"),
    *("Tiền Giang", "Đắk Lắk", "Cà Mau", "Đà Nẵng", "Hải Phòng"),
)
LONG: Final = (
    "8. Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội"
)


def values(*figures: str | int | None) -> tuple[Decimal | None, ...]:
    """Figures as a series has them."""
    return tuple(None if each is None else Decimal(each) for each in figures)


def many(count: int) -> tuple[str, ...]:
    """So many units, each of another name."""
    return tuple(f"{at + 1}. {UNITS[at % len(UNITS)]}" for at in range(count))


def rising(count: int, step: int = 1) -> tuple[Decimal, ...]:
    """As many places, in another order with another step."""
    return tuple(Decimal(at * step % count + 1) for at in range(count))


YEARS: Final = tuple(map(str, range(2012, 2025)))
_CHARTS: Final = {
    "shares": Chart(
        "shares",
        "Sóc Trăng · 2018 · Chỉ số cải cách hành chính cấp tỉnh",
        ("1. Chỉ đạo, điều hành", "2. Thể chế", LONG),
        (
            Series("Sóc Trăng", values("92.1", None, "81")),
            Series("Cả nước", values("85", "82.1", "79")),
            Series("Đồng bằng sông Cửu Long", values("83", "80", None)),
        ),
        unit="Các lĩnh vực, % điểm tối đa",
        texts=("7,93/9,00", "–", "13,70/16,50"),
    ),
    "beside": Chart(
        "bars",
        "Sóc Trăng · 2018 · Điểm mất",
        ("6. Cải cách tài chính công", LONG, "2. Thể chế"),
        (Series("Điểm mất", values("5.00", "3.00", "2.00")),),
        column="% cộng dồn",
        beside=("50,00", "80,00", "100,00"),
    ),
    "bars": Chart(
        "bars",
        "Chỉ số hai năm",
        UNITS[:4],
        (Series("2017", values(80, 79, None, "-4.5")), Series("2018", values(84, 83, 0, 5))),
    ),
    "bands": Chart(
        "bands",
        "Xếp hạng các tỉnh",
        many(6),
        (Series("Chỉ số", values("91.2", "84", "79.5", "70", "64", "50")),),
        groups=("A", "A", "B", "", "C", "D"),
    ),
    "dumbbells": Chart(
        "dumbbells",
        "So sánh 2017 – 2018",
        UNITS[:5],
        (
            Series("2017", values(80, 79, 75, None, 66)),
            Series("2018", values(82, 78, 75, 71, None)),
        ),
        texts=("+2", "-1", "0", "–", "–"),
    ),
    "slopes": Chart(
        "slopes",
        "Xếp hạng · 2017 – 2018",
        ("2017", "2018"),
        tuple(Series(unit, values(11 - at, at + 1)) for at, unit in enumerate(UNITS)),
        places=True,
    ),
    "lines": Chart(
        "lines",
        "Chỉ số qua các năm",
        YEARS,
        (
            Series("Quảng Ninh", values(80, None, None, 85, *range(80, 88), "91.5")),
            Series("Sóc Trăng", values(*[None] * 6, "78.35", *[None] * 4, "81.7", None)),
        ),
        marks=(Mark(4, "QĐ 4361/QĐ-BNV"), Mark(10, "QĐ 876/QĐ-BNV")),
    ),
    "ranks": Chart(
        "ranks",
        "Thứ hạng qua các năm",
        YEARS[:4],
        (Series("Sóc Trăng", values(46, 24, None, 62)), Series("Cả nước", values(1, 2, 2, 1))),
    ),
    "ranges": Chart(
        "ranges",
        "Mức chắc chắn của thứ hạng",
        UNITS[:4],
        (
            Series("Trung vị", values(1, 2, 3, 4)),
            Series("Thứ hạng hiện tại", values(1, 3, 2, 4)),
            Series("5%", values(1, 1, 2, 3)),
            Series("95%", values(2, 3, 4, 4)),
        ),
    ),
    "radar": Chart(
        "radar",
        "Tỷ lệ theo lĩnh vực",
        ("1. Chỉ đạo", "2. Thể chế", "3. Thủ tục", LONG),
        (Series("Sóc Trăng", values(90, 80, None, 60)), Series("Cả nước", values(80, 80, 70, 75))),
    ),
}
CHARTS: Final = {
    name: replace(
        chart,
        unit=chart.unit or "%",
        source="QĐ 1150/QĐ-BNV",
        notes=("Chưa biết số liệu của Cà Mau.",),
    )
    for name, chart in _CHARTS.items()
}
"""One of each kind, with something that is not known, and with all that stands alone says."""


def _again(texts: tuple[str, ...], count: int) -> tuple[str, ...]:
    """So many of the texts, over and over; none of none."""
    return tuple(texts[at % len(texts)] for at in range(count)) if texts else ()


def turned(chart: Chart, labels: tuple[str, ...]) -> Chart:
    """The same kind of other labels, with a value for each."""
    series = tuple(
        replace(each, values=tuple(each.values[at % len(each.values)] for at in range(len(labels))))
        for each in chart.series
    )
    return replace(
        chart,
        labels=labels,
        series=series,
        texts=_again(chart.texts, len(labels)),
        groups=_again(chart.groups, len(labels)),
        beside=_again(chart.beside, len(labels)),
        marks=tuple(each for each in chart.marks if each.at < len(labels)),
    )


def hostile(chart: Chart) -> Chart:
    """The same with texts that would like to act wherever there is text."""
    told = turned(chart, HOSTILE if chart.kind != "slopes" else HOSTILE[:2])
    first, last = HOSTILE[0], HOSTILE[-1]
    return replace(
        told,
        title=first,
        unit=last,
        source=HOSTILE[1],
        notes=HOSTILE,
        texts=told.texts and HOSTILE[: len(told.labels)],
        groups=told.groups and HOSTILE[: len(told.labels)],
        column=told.column and first,
        beside=told.beside and HOSTILE[: len(told.labels)],
        series=tuple(
            replace(each, name=name) for each, name in zip(told.series, HOSTILE * 2, strict=False)
        ),
        marks=tuple(replace(each, text=first) for each in told.marks),
    )
