"""What the lines above an annex say of it: title, decision, year, level."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from parindex.office.xlsx.head import years_in
from parindex.values.days import day_of
from parindex.values.fuzzy import fold_name

_NUMBER: Final = re.compile(
    r"(?:Quyết định|Thông tư|Nghị quyết|Kế hoạch|Công văn|Hướng dẫn)\s+số\s*:?\s*(\d{1,5}[\w.-]*(?:/[\w.-]+)+)",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"ngày\s+(\d{1,2})\s*(?:/|-|tháng)\s*(\d{1,2})\s*(?:/|-|năm)\s*(\d{4})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SUBJECT: Final = re.compile(r"tieu-chi|chi-so|danh-gia|xep-hang|thang-diem|cham-diem")
_OTHER: Final = re.compile(
    r"phu-luc.{0,12}|cong-hoa.*|doc-lap.*|kem-theo.*|ban-hanh-kem.*|uy-ban.*|can-cu.*"
)
_LEVELS: Final = (
    ("department", r"(cac|cap|cua)-so|so-ban-nganh|co-quan-chuyen-mon"),
    ("district", r"(cap|cac|quan)-huyen|huyen-thi-xa|huyen-thanh-pho"),
    ("commune", r"(cap|cac)-(xa|phuong)|xa-phuong|phuong-xa"),
    ("ministry", r"cac-bo|cap-bo|bo-co-quan-ngang-bo"),
    ("province", r"cap-tinh|cac-tinh"),
)


class About(Struct):
    """What is printed above an annex; None where it is not printed.

    `is_year_of_decision` says that the year is that of the document, because no
    title names the year that is scored.
    """

    title: str | None = None
    number: str | None = None
    date: str | None = None
    year: int | None = None
    level: str | None = None
    is_year_of_decision: bool = False


def read_about(lines: Sequence[str]) -> About:
    """What the lines above the table say.

    >>> read_about(["BỘ TIÊU CHÍ CÁC SỞ NĂM 2024", "(Quyết định số 9/QĐ-UBND ngày 15/01/2024)"])
    About(title='BỘ TIÊU CHÍ CÁC SỞ NĂM 2024', number='9/QĐ-UBND', date='2024-01-15', year=2024, level='department', is_year_of_decision=False)
    """
    about = About()
    parts = [re.sub(r"\s+", " ", part).strip() for line in lines for part in line.split("\n")]
    for line in filter(None, parts):
        folded = fold_name(line)
        if found := _NUMBER.search(line):
            about.number = about.number or found[1]
            about.date = about.date or _date(line)
            if about.year is None and (day := _YEAR.search(line[found.end() :])):
                about.year, about.is_year_of_decision = int(day[0]), True
        elif _SUBJECT.search(folded) and not _OTHER.fullmatch(folded) and not about.title:
            about.title = line
    years = [*years_in(about.title or "")]
    if len(set(years)) == 1:
        about.year, about.is_year_of_decision = int(years[0]), False
    about.level = level_in(about.title or "")
    return about


def level_in(title: str) -> str | None:
    """The level of units that a title names; None where it names none."""
    words = fold_name(title)
    return next((level for level, said in _LEVELS if re.search(rf"\b(?:{said})\b", words)), None)


def _date(line: str) -> str | None:
    found = _DAY.search(line)
    day = day_of("/".join(found.groups())) if found else None
    return day.isoformat() if day else None
