"""The columns of scorecards in CSV, the same for reading and writing."""

from typing import Final

from parindex.scorecard.entry_file import KINDS

UNIT: Final = (
    "unit_id",
    "province",
    "parent",
    "unit",
    "level",
    "group",
    "year",
    "scheme",
    "profile",
    "applicable_max",
)
"""Columns that say which scorecard a row belongs to, and what holds for all of it."""
SCORE: Final = ("part", "stage", *KINDS, "reason", "note")
"""Columns with the score; of the kinds of input exactly one is filled."""
VIETNAMESE: Final[dict[str, tuple[str, ...]]] = {
    "unit_id": ("Mã đơn vị",),
    "province": ("Tỉnh", "Tỉnh, thành phố"),
    "parent": ("Cơ quan cấp trên",),
    "unit": ("Đơn vị", "Tên đơn vị", "Cơ quan", "Tên cơ quan", "Địa phương"),
    "level": ("Cấp",),
    "group": ("Nhóm", "Nhóm đơn vị", "Khối"),
    "year": ("Năm", "Năm đánh giá"),
    "scheme": ("Bộ tiêu chí",),
    "profile": ("Diện áp dụng",),
    "applicable_max": ("Điểm tối đa áp dụng",),
    "code": ("Mã", "Mã số", "Mã tiêu chí"),
    "points": ("Điểm", "Điểm đạt", "Điểm đạt được", "Điểm số"),
    "percent": ("Tỷ lệ điểm", "Phần trăm"),
    "value": ("Giá trị", "Số liệu"),
    "ratio": ("Tỷ số",),
    "answer": ("Phương án", "Lựa chọn"),
    "count": ("Số lượng", "Số lần"),
    "date": ("Ngày", "Ngày hoàn thành"),
    "items": ("Các mục",),
    "answers": ("Số phiếu",),
    "state": ("Tình trạng",),
    "stage": ("Giai đoạn",),
    "part": ("Phần",),
    "reason": ("Lý do",),
    "note": ("Ghi chú",),
    "name_vi": ("Tên tiêu chí", "Tiêu chí", "Nội dung"),
    "maximum": ("Điểm tối đa", "Tối đa"),
}
"""What Vietnamese tables call the columns; they are written in English."""
COMPUTED: Final = (
    "name_vi",
    "maximum",
    "applicable",
    "index",
    "lost",
    "band",
    "complete",
    "low",
    "high",
)
"""Columns that say what was computed; a reader of scorecards passes over them."""
