"""The year that the title of a table names, told from the dates and numbers of documents."""

import re
from collections.abc import Iterator
from typing import Final

from parindex.reading.codes import narrow, unseen_removed

_YEAR: Final = r"(?<![0-9.,/\-])(?:19|20)[0-9]{2}(?![0-9]|[.,/\-][0-9]{1,3}(?![0-9]))"
_JOIN: Final = r"\s*(?:[-–—/,&+]|và|đến|and|to)\s*(?:năm\s+)?"
_DAY: Final = (
    r"(?:ngày|date)?\s*[0-9.…_]{1,8}\s*(?:tháng|/|-|\.)\s*[0-9.…_]{1,8}\s*(?:năm|/|-|\.)\s*[0-9]{4}"
)
_KINDS: Final = (
    r"(?:quyết\s+định|nghị\s+quyết|nghị\s+định|thông\s+tư|công\s+văn|chỉ\s+thị|kế\s+hoạch|tờ\s+trình|"
    r"báo\s+cáo|hướng\s+dẫn|văn\s+bản|decision|resolution)"
)
_NUMBER: Final = (
    r"(?:(?:(?<![0-9])(?<!năm\s)[0-9]{1,6}(?:/[0-9]{4})?[/\-]|\bsố\s*:?\s*[0-9]{1,6}(?:/[0-9]{4})?\s*/\s*)"
    r"(?!năm\b)[A-ZĐ][\wĐ&]*(?:[-/][\wĐ&]+)*"
    rf"|{_KINDS}\s+(?:số\s*:?\s*)?[0-9]{{1,3}}(?![0-9./\-]))"
)
"""The number of a document: `1149/QĐ-BNV`, `30/2020/NĐ-CP`, `Nghị quyết 76`."""
_DOCUMENT: Final = (
    rf"{_NUMBER}(?:[^;()\n]{{0,120}}?{_DAY}|(?:\s+của\s+[^;,()\n]{{0,60}}?)?\s+năm\s+[0-9]{{4}}"
    r"|\s*\(?[0-9]{4}\)?(?![0-9]))?"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_MONTHS: Final = r"giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười(?:\s+(?:một|hai))?|chạp"
_NO_YEAR: Final = re.compile(
    rf"""{_DOCUMENT}
    |{_DAY}
    |\b{_MONTH}\s+(?:[0-9]{{1,2}},?\s+)?[0-9]{{4}}
    |(?:bộ\s+)?luật\s[^;()\n]{{0,80}}?\snăm\s+[0-9]{{4}}
    |ngày\s+[^;()\n]{{0,30}}?tháng\s+[^;()\n]{{0,20}}?năm\s+[0-9]{{4}}
    |(?<!chỉ\s)\bsố\s*:?\s*[0-9]{{4}}(?!\s*[0-9/\-])
    |(?:tháng|month)\s+(?:[0-9]{{1,2}}|{_MONTHS})\s*(?:năm|/|-)\s*[0-9]{{4}}
    |(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ|khoá|khóa|period|term)\s+(?:từ\s+)?(?:năm\s+)?[0-9]{{4}}(?:{_JOIN}[0-9]{{4}})?
    |(?:tầm\s+nhìn|định\s+hướng|mục\s+tiêu)(?:\s+đến)?(?:\s+năm)?\s+[0-9]{{4}}""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST: Final = 1_000
"""Letters of a line above a table that are looked through."""
_PROGRAMME: Final = 4
"""Years from the first to the last of a programme, at least: no table has scores of so many."""
_SAID: Final = re.compile(
    rf"(?:năm|years?)\s+[0-9]{{4}}(?:{_JOIN}[0-9]{{4}}(?![0-9]))*|{_YEAR}(?:{_JOIN}[0-9]{{4}}(?![0-9]))*",
    re.IGNORECASE,
)


def years_in(text: str) -> Iterator[str]:
    """The years of which a text above a table speaks, but for those of documents and programmes.

    `Quyết định số 1149/QĐ-BNV ngày 30/12/2020`, `ngày 5 tháng 1 năm 2019` and
    `giai đoạn 2021-2030` say nothing of the year of the score; `2022-2023` says two.
    """
    for found in _SAID.findall(_NO_YEAR.sub(" ", narrow(unseen_removed(text[:_LONGEST])))):
        years = re.findall(r"[0-9]{4}", found)
        if int(years[-1]) - int(years[0]) < _PROGRAMME:
            yield from years
