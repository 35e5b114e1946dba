"""A small report with a block of every kind, and text that would like to act."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache

import pytest

from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.drawing import png
from parindex.office.documents import docx
from parindex.office.reports.blocks import (
    Bullets,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    TableBlock,
    Traces,
)
from parindex.tables.table import Column, Table
from parindex.values.language import LanguageCode

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
EVERY_LETTER = f"{LETTERS} {LETTERS.upper()}"
HOSTILE = (
    "<script>document.title='acted'</script>",
    "<img src=x onerror=document.title='acted'>",
    "{{ 7*7 }} {% raw %} {# x #}",
    '#import "x" $ 1/0 $ *b* _i_ `code` @ref <label>',
    '=HYPERLINK("http://example.invalid";"x")',
    "\x1b[31mred\x1b[0m \x00 \u202eevil",
    "](javascript:alert(1)) ![x](http://example.invalid/x.png)",
    "]]> &amp; \" ' \\ <!-- </style>",
)
AREAS = ("1. Chỉ đạo, điều hành", "2. Cải cách thể chế", "3. Thủ tục hành chính", "4. Bộ máy")


def sheet(*texts: str) -> Table:
    """Areas with points, one row for each text."""
    return Table(
        "Điểm theo lĩnh vực",
        (
            Column("code", "Mã", "code"),
            Column("name", "Lĩnh vực"),
            Column("points", "Đạt", "number"),
            Column("max", "Tối đa", "number"),
            Column("percent", "Tỷ lệ", "bar"),
        ),
        (
            *(
                (str(number), text, Decimal("7.25"), Decimal("10.00"), Decimal("72.50"))
                for number, text in enumerate(texts, start=1)
            ),
            ("", "Tổng", Decimal("29.00"), None, None),
        ),
        strong=frozenset({len(texts)}),
        notes=("Điểm lấy từ bảng tự đánh giá.",),
    )


def sample(lang: LanguageCode = "vi", texts: tuple[str, ...] = AREAS) -> Report:
    """A report that has everything; `texts` stand wherever text can."""
    first = texts[0]
    return Report(
        lang,
        "BÁO CÁO",
        f"Kết quả tự đánh giá · {first}",
        (
            Heading("Kết quả chung"),
            Paragraph(f"Tổng điểm 29,00 trên 40. {EVERY_LETTER}"),
            Bullets(texts),
            TableBlock(sheet(*texts)),
            Chart(
                "radar",
                "Tỷ lệ điểm theo lĩnh vực",
                AREAS,
                (
                    Series(first, (Decimal("72.50"), Decimal(90), None, Decimal("55.10"))),
                    Series("Cả nước", (Decimal(80), Decimal(85), Decimal(82), Decimal(79))),
                ),
            ),
            Heading("Điểm mất", 2),
            Chart(
                "bars",
                "Điểm mất",
                texts,
                (Series("Mất", tuple(Decimal(9 - each % 9) / 4 for each in range(len(texts)))),),
            ),
            Chart(
                "ranks",
                "Thứ hạng qua các năm",
                ("2022", "2023", "2024"),
                (
                    Series(first, (Decimal(36), None, Decimal(55))),
                    Series("Hòa Bình", (Decimal(25), Decimal(35), Decimal(37))),
                ),
            ),
            TableBlock(sheet(*texts), wide=True),
            Traces("Cách tính từng tiêu chí", (sheet(*texts), sheet(first))),
        ),
        Letterhead.model_construct(  # as no file can hold, too
            superior="UBND TỈNH VÍ DỤ",
            issuer="SỞ NỘI VỤ",
            place="Ví Dụ",
            authority="TM. ỦY BAN NHÂN DÂN",
            signer_title="CHỦ TỊCH",
            signer=first,
            recipients=("Bộ Nội vụ", first),
        ),
    )


@contextmanager
def drawn_once() -> Iterator[None]:
    """A chart that many documents hold is drawn once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(docx, "png", cache(png))
        yield
