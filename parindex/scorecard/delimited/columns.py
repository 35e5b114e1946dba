"""The columns of scorecards in CSV: their names for reading and writing, and a heading read."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final

from parindex.findings import InputError
from parindex.reading.document import normal
from parindex.scorecard.entry_file import KINDS
from parindex.values.codes import DUPLICATE_KEY, MISSING_FIELD, UNKNOWN_FIELD
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import fold_name, suggest

MOST_FAULTS: Final = 10_000
"""Faults of one table that are kept; what is printed is bounded further on."""
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
READ: Final = (*SCORE, "reference")
"""The same with those that templates have only where a rule of the scheme asks for them."""
VIETNAMESE: Final[dict[str, tuple[str, ...]]] = {
    "unit_id": ("Mã đơn vị",),
    "province": ("Tỉnh", "Tỉnh, thành phố"),
    "parent": ("Cơ quan cấp trên",),
    "unit": ("Đơn vị", "Tên đơn vị", "Cơ quan", "Tên cơ quan", "Địa phương"),
    "level": ("Cấp",),
    "group": ("Nhóm", "Nhóm đơn vị", "Khối"),
    "year": ("Năm", "Năm đánh giá"),
    "scheme": ("Bộ tiêu chí",),
    "profile": ("Nhóm tiêu chí không áp dụng", "Diện áp dụng"),
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
    "figures": ("Các số liệu", "Số liệu theo tên", "Số liệu thành phần"),
    "state": ("Tình trạng",),
    "stage": ("Giai đoạn",),
    "part": ("Phần",),
    "reference": ("Mốc so sánh",),
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
PRINTED: Final = ("label", "guidance", "documents")
"""Columns with what the decision prints; a reader of scorecards passes over them too."""
_NAMES: Final = {
    fold_name(word): name
    for name in (*UNIT, "code", *READ, *COMPUTED, *PRINTED)
    for word in (name, *VIETNAMESE.get(name, ()))
}
_REQUIRED: Final = ("unit", "year", "code")


def delimiter_of(line: str) -> str:
    """Which of comma, semicolon and tab separates the cells of a heading."""
    return max(",;\t", key=line.count)


class Columns:
    """The columns of a table, by name."""

    def __init__(self, header: Sequence[str], file: str, line: int) -> None:
        self.names = [self.name_of(name) for name in header]
        while self.names and not self.names[-1]:
            self.names.pop()  # separators at the ends of lines
        self.at: dict[str, int] = {}
        for position, name in enumerate(self.names):
            self.at.setdefault(name, position)
        faults = [*islice(self._wrong(file, line), MOST_FAULTS)]
        faults += [
            Finding(MISSING_FIELD, "", {"expected": name}, place=Place(file, line, 1))
            for name in _REQUIRED
            if name not in self.at
        ]
        if faults:
            raise InputError(faults)
        self.unit = [name for name in UNIT if name in self.at]
        self.score = [name for name in READ if name in self.at]
        self.unit_leads = self.names[: len(self.unit)] == self.unit
        """Whether the cells about the unit come first in each row."""

    @staticmethod
    def name_of(heading: str) -> str:
        """What a column is called here: headings go by English and Vietnamese names, in any capitals."""
        said = normal(heading.strip())
        return _NAMES.get(fold_name(said), said)

    def _wrong(self, file: str, line: int) -> Iterator[Finding]:
        known = [*UNIT, "code", *READ]
        for position, name in enumerate(self.names):
            place = Place(file, line, position + 1)
            if name not in known and name not in (*COMPUTED, *PRINTED):
                told = {"found": short(name), "near": suggest(name, known)}
                yield Finding(UNKNOWN_FIELD, "", told, place=place)
            elif self.at[name] != position:
                yield Finding(DUPLICATE_KEY, name, {"found": name}, place=place)

    def getter(self, names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
        """What takes the cells of some columns out of a row."""
        positions = [self.at[name] for name in names]
        if len(positions) == 1:
            [only] = positions
            return lambda row: (row[only],)
        return itemgetter(*positions)
