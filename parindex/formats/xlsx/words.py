"""The words of the official table (Bảng tổng hợp tự đánh giá), for reading and writing it.

The first two of each are what the template writes, in Vietnamese and English;
the others are what else is found in workbooks.
"""

import re
from typing import Final

from parindex.formats.document import normal
from parindex.model.facts import StateName
from parindex.model.scorecard import Stage

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("TT", "No.", "STT", "Số TT", "No", "Mã", "Mã số", "Mã tiêu chí", "Code"),
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
    "maximum": ("Điểm tối đa", "Maximum points", "Tối đa", "Điểm chuẩn", "Thang điểm", "Maximum"),
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
        "Self-assessment",
    ),
    "appraised": (
        "Điểm thẩm định",
        "Appraised points",
        "Thẩm định",
        "Điểm thẩm định lần 1",
        "Appraisal",
    ),
    "reappraised": (
        "Điểm thẩm định lại",
        "Reappraised points",
        "Thẩm định lại",
        "Điểm thẩm định lần 2",
    ),
    "final": ("Điểm kết luận", "Final points", "Điểm chính thức", "Điểm cuối cùng"),
    "points": ("Điểm", "Points", "Điểm đạt", "Điểm đạt được", "Đạt", "Điểm số"),
    "reason": ("Lý do", "Reason", "Lý do điều chỉnh", "Lý do trừ điểm", "Ý kiến thẩm định"),
    "difference": ("Chênh lệch", "Difference"),
    "evidence": ("Tài liệu kiểm chứng", "Evidence"),
    "note": ("Giải trình/Ghi chú", "Explanation/Note", "Ghi chú", "Note", "Notes"),
    "explanation": ("Giải trình", "Explanation", "Ý kiến giải trình"),
    "how": ("Cách nhập", "How to fill in"),
    "key": ("parindex",),
}
"""Columns by what they hold."""
STAGED: Final[tuple[Stage, ...]] = ("self", "appraised", "reappraised", "final")
INPUTS: Final = ("result", "whole", "state", *STAGED, "points")
"""Columns in which a score may stand."""
LABELS: Final[dict[str, tuple[str, ...]]] = {
    "unit": ("Đơn vị", "Unit", "Tên đơn vị", "Cơ quan", "Tên cơ quan", "Địa phương"),
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
STATES: Final[dict[StateName, tuple[str, ...]]] = {
    "not_applicable": ("không áp dụng", "does not apply", "not_applicable", "n/a"),
    "no_evidence": ("không có tài liệu kiểm chứng", "no evidence", "no_evidence"),
    "unknown": ("chưa có số liệu", "not yet known", "unknown"),
}
YES_NO: Final = (("có", "yes", "x"), ("không", "no"))
COMPUTED: Final = ("parindex tính", "computed by parindex")
TOTALS: Final = (
    "tổng",
    "tổng cộng",
    "tổng điểm",
    "tổng số điểm",
    "cộng",
    "total",
    "total points",
)
META: Final = "_parindex"
"""The name of the hidden sheet of a template."""
_HINT: Final = re.compile(r"\s*\([^()]*\)$")


def folded(text: str) -> str:
    """A heading or label without capitals, doubled spaces, and what stands in brackets behind it."""
    said = " ".join(normal(text.replace("\xa0", " ")).casefold().split())
    said = re.sub(r"\s*/\s*", "/", said)
    return _HINT.sub("", said).rstrip(":").strip()


_COLUMN_OF: Final = {folded(word): name for name, words in COLUMNS.items() for word in words}
_LABEL_OF: Final = {folded(word): name for name, words in LABELS.items() for word in words}
_STATE_OF: Final = {word: name for name, words in STATES.items() for word in words}


def column_of(heading: str) -> str:
    """What a column with this heading holds; empty where it is none that is known."""
    return _COLUMN_OF.get(folded(heading), "")


def label_of(text: str) -> str:
    """What stands behind this label; empty where it is none."""
    return _LABEL_OF.get(folded(text), "")


def state_of(text: str) -> StateName | None:
    """The state that a cell names, in either language."""
    return _STATE_OF.get(folded(text))


def is_total(text: str) -> bool:
    """Whether a row with this name sums up the table."""
    return folded(text) in TOTALS
