"""The words of the official table (Bảng tổng hợp tự đánh giá), for reading and writing it.

The first two of each are what the template writes, in Vietnamese and English;
the others are what else is found in workbooks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from parindex.reading.codes import unseen_removed
from parindex.scorecard.scorecard import Stage
from parindex.scorecard.words import HINT, TONES, folded
from parindex.values.fuzzy import key

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "code": (
        "TT",
        "No.",
        "STT",
        "Số TT",
        "S.T.T",
        "Số thứ tự",
        "Thứ tự",
        "No",
        "Mã",
        "Mã số",
        "Mã tiêu chí",
        "Code",
    ),
    "name": (
        "Lĩnh vực/Tiêu chí/TCTP",
        "Area/Criterion/Sub-criterion",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Lĩnh vực, tiêu chí, tiêu chí thành phần",
        "Lĩnh vực/Tiêu chí",
        "Tiêu chí",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
        "Nội dung",
        "Criterion",
    ),
    "maximum": (
        "Điểm tối đa",
        "Maximum points",
        "Tối đa",
        "Điểm chuẩn",
        "Thang điểm",
        "Maximum",
        "Số điểm tối đa",
        "Điểm chuẩn tối đa",
        "Điểm tối đa theo quy định",
        "Max",
        "Maximum score",
        "Max score",
        "Max points",
        "Điểm max",
    ),
    "result": ("Kết quả thực hiện", "Result", "Số liệu"),
    "whole": ("Trên tổng số", "Out of"),
    "state": ("Tình trạng", "State"),
    "self": (
        "Điểm tự đánh giá",
        "Self-assessed points",
        "Tự đánh giá",
        "Điểm tự chấm",
        "Tự chấm",
        "Điểm đơn vị tự chấm",
        "Điểm đơn vị tự đánh giá",
        "Đơn vị tự đánh giá",
        "Đơn vị tự chấm",
        "Điểm tự đánh giá, chấm điểm",
        "Tự đánh giá, chấm điểm",
        "Tự chấm điểm",
        "Điểm tự chấm điểm",
        "Kết quả tự đánh giá",
        "Kết quả tự chấm",
        "Điểm TĐG",
        "TĐG",
        "Điểm tự ĐG",
        "Tự ĐG",
        "Self-assessed",
        "Self-assessed score",
        "Self-assessment score",
        "Self-assessment points",
        "Self score",
        "Self-assessment",
    ),
    "appraised": (
        "Điểm thẩm định",
        "Appraised points",
        "Thẩm định",
        "Điểm thẩm định lần 1",
        "Appraisal",
        "Appraised",
        "Appraised score",
        "Appraisal score",
        "Kết quả thẩm định",
        "Điểm thẩm định, đánh giá",
    ),
    "reappraised": (
        "Điểm thẩm định lại",
        "Reappraised points",
        "Thẩm định lại",
        "Điểm thẩm định lần 2",
    ),
    "final": ("Điểm kết luận", "Final points", "Điểm chính thức", "Điểm cuối cùng"),
    "points": (
        "Điểm",
        "Points",
        "Điểm đạt",
        "Điểm đạt được",
        "Đạt",
        "Điểm số",
        "Số điểm",
        "Số điểm đạt được",
        "Score",
        "Scores",
    ),
    "reason": ("Lý do", "Reason", "Lý do điều chỉnh", "Lý do trừ điểm", "Ý kiến thẩm định"),
    "difference": ("Chênh lệch", "Difference"),
    "evidence": ("Tài liệu kiểm chứng", "Evidence"),
    "note": ("Giải trình/Ghi chú", "Explanation/Note", "Ghi chú", "Note", "Notes"),
    "explanation": ("Giải trình", "Explanation", "Ý kiến giải trình"),
    "rule": ("Cách tính điểm", "How it is scored"),
    "how": ("Cách nhập", "How to fill in"),
    "key": ("parindex",),
}
"""Columns by what they hold."""
STAGED: Final[tuple[Stage, ...]] = ("self", "appraised", "reappraised", "final")
FACTS: Final = ("result", "whole", "state")
"""Columns in which anything but points may stand."""
INPUTS: Final = (*FACTS, *STAGED, "points")
"""Columns in which a score may stand."""
LABELS: Final[dict[str, tuple[str, ...]]] = {
    "unit": (
        "Đơn vị",
        "Unit",
        "Tên đơn vị",
        "Cơ quan",
        "Tên cơ quan",
        "Địa phương",
        "Đơn vị báo cáo",
        "Đơn vị tự đánh giá",
        "Đơn vị được đánh giá",
        "Cơ quan, đơn vị",
        "Tên cơ quan, đơn vị",
    ),
    "year": ("Năm", "Year", "Năm đánh giá"),
    "unit_id": ("Mã đơn vị", "Unit id"),
    "level": ("Cấp", "Level"),
    "province": ("Tỉnh", "Province", "Tỉnh, thành phố"),
    "parent": ("Cơ quan cấp trên", "Parent"),
    "group": ("Nhóm đơn vị", "Group", "Khối"),
    "scheme": ("Bộ tiêu chí", "Scheme"),
    "profile": ("Diện áp dụng", "Profile"),
    "applicable_max": ("Điểm tối đa áp dụng", "Applicable maximum"),
    "office": ("Cơ quan chủ trì", "Lead office"),
    "period": ("Kỳ số liệu", "Period covered"),
    "source": ("Nguồn số liệu", "Source of figures"),
}
"""What stands above the table, each before its value."""
DAYS: Final = re.compile(r"\s*–\s*|\s+(?:-|—|đến)\s+")
"""What stands between the first and the last day of a period."""
COMPUTED: Final = ("parindex tính", "computed by parindex")
META: Final = "_parindex"
"""The name of the hidden sheet of a template."""
TEMPLATE: Final = "2"
"""The version of the template; it changes when hashes of schemes are worked out in another way."""
_LONGEST: Final = 120
"""Letters of a heading, or of a label."""
_ENGLISH: Final = frozenset(
    "self assessed assessment score scores point points appraised appraisal evaluated evaluation "  # noqa: SIM905
    "final result results criterion criteria area areas sub name note notes remark remarks evidence "
    "document documents verified verification explanation the of and by".split()
)
"""Words of translations of headings."""
_FOOTNOTE: Final = re.compile(r"(?<=[^\W\d_])[0-9]$|[\s*†‡\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+$")
_YEAR: Final = re.compile(r"[\s,]+(?:(?:của |in |of )?(?:năm|year) )?20[0-9]{2}$")
_WHOSE: Final = re.compile(r"\s+(?:của|by|of) .*$")


def _key(text: str) -> str:
    """What a heading is looked up by: also without marks, so that `hoà` is `hòa`."""
    return key(folded(text))


_COLUMN_OF: Final = {_key(word): name for name, words in COLUMNS.items() for word in words}
_LABEL_OF: Final = {_key(word): name for name, words in LABELS.items() for word in words}


@lru_cache(maxsize=2048)
def column_of(heading: str) -> str:
    """What a column with this heading holds; empty where it is none that is known.

    A year, a footnote mark, whose points they are, and a second language are
    no part of the heading.
    """
    if len(heading) > _LONGEST:
        return ""
    found = _plain_column(heading)
    if found:
        return found
    for parts in _halves(heading):
        known = {_plain_column(part) for part in parts} - {""}
        if len(known) == 1 and all(_plain_column(part) or _is_english(part) for part in parts):
            return known.pop()
    return ""


def _is_english(part: str) -> bool:
    """Whether a part of a heading is a translation in words of its own."""
    words = re.findall("[a-z]+", part.casefold())
    return part.isascii() and bool(words) and _ENGLISH.issuperset(words)


def _plain_column(heading: str) -> str:
    whole = _COLUMN_OF.get(key(unseen_removed(heading).translate(TONES)))
    if whole:
        return whole
    said, before = folded(heading), ""
    while said != before:
        found = _COLUMN_OF.get(key(said))
        if found:
            return found
        before = said
        for behind in (HINT, _YEAR, _FOOTNOTE):
            said = behind.sub("", said).strip(" :;,.-–")
    return _COLUMN_OF.get(key(_WHOSE.sub("", said)), "")


def _halves(heading: str) -> Iterator[list[str]]:
    """A heading in two languages, as its parts."""
    bracket = re.fullmatch(r"(.+?)\s*[(\[](.+)[)\]]\s*", heading, re.DOTALL)
    if bracket:
        yield [bracket[1], bracket[2]]
    for sign in ("/", "\n", "|", " - ", " – ", ";"):
        parts = [part for part in heading.split(sign) if part.strip()]
        if len(parts) > 1:
            yield parts
    words = heading.split()
    for at in range(1, len(words)):
        yield [" ".join(words[:at]), " ".join(words[at:])]


def label_of(text: str) -> str:
    """What stands behind this label; empty where it is none."""
    return _LABEL_OF.get(_key(text), "") if len(text) <= _LONGEST else ""
