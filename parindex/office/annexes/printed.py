"""What annexes print in their cells beside criteria: points, totals, notes, sections of a bonus or penalty."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

_POINTS: Final = re.compile(
    r"(?:tối đa:?\s*)?([-–−+]?)\s*([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*(?:điểm|đ|\(điểm\))?[.*]{0,3}",
    re.IGNORECASE,
)
_EXACT: Final = re.compile(r"[0-9]{1,40}(?:[.,][0-9]{1,40})?")
_TOTAL: Final = re.compile(
    r"(?:(?:điểm )?t[ổo]ng(?: c[ộo]ng)?(?: số)?|c[ộo]ng|total)(?: (?:số )?điểm)?(?: (?:tối đa|chuẩn|cộng))?"
    r"(?P<of> ?[:(=].{0,80}| (?:các|toàn|chung|tất) .{0,60}|)[.:]?",
    re.IGNORECASE,
)
_PART_TOTAL: Final = re.compile(
    r"(?:t[ổo]ng )?(?:c[ộo]ng|điểm)(?: số)?(?: điểm)? (?:mục|phần|lĩnh vực|nhóm|tiêu chí|tự chấm|tự đánh giá|điều tra|khảo sát|thẩm định|[ivx]{1,4}\b).{0,80}",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"(?:\(?\*+\)?\s*)?(?:ghi chú|lưu ý|chú thích|nơi nhận|người lập|người chấm|thủ trưởng|chủ tịch|ngày \d)",
    re.IGNORECASE,
)
_BONUS: Final = re.compile(
    r"điểm (?:được )?(?:thưởng|cộng(?! đồng))|(?:thưởng|cộng) (?:thêm )?điểm", re.IGNORECASE
)
_PENALTY: Final = re.compile(r"điểm (?:bị )?(?:trừ|phạt)|trừ điểm", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"(?:(?:phần|mục|chương|nhóm|khối|lĩnh vực|tiêu chí|nội dung|chỉ số)\s+(?=[0-9IVXA-Z])|(?:TC|LV|CS)[\s.-]{0,2}(?=[0-9]))",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"\(?[0-9A-Ea-e]{1,2}\)?")


def is_total(name: str) -> bool:
    """Whether a row without a number is the total of all areas, or of one."""
    return bool(_TOTAL.fullmatch(name))


def is_note(name: str) -> bool:
    """Whether a row is a note, a signature, or the sum of a part that it names."""
    return bool(_NOTE.match(name) or _PART_TOTAL.fullmatch(name))


def bare(printed: str) -> str:
    """A printed number without the word before it and the mark of a footnote behind it."""
    printed = _BEFORE.sub("", printed)
    return re.sub(r"(?<=[\w.)])\s*(?:\([0-9*]{1,2}\)|\[[0-9*]{1,2}\]|\*{1,3})$", "", printed)


def is_bulleted(name: str) -> bool:
    """Whether a name begins with a dash or another sign of a list."""
    return bool(re.match(r"[-+*•–▪✓]", name))


def words_of(text: str) -> str:
    """A text that is more than points."""
    return "" if points_of(text) is not None else text


def exact_points(printed: str) -> Decimal | None:
    """Points as an annex of a scheme has them, with all their digits."""
    text = printed.strip()
    return Decimal(text.replace(",", ".")) if _EXACT.fullmatch(text) else None


def points_of(printed: str) -> Decimal | None:
    """Points as a cell prints them; None where it prints no number, or more than one."""
    found = _POINTS.fullmatch(printed.strip())
    number = Decimal(found[2].replace(",", ".")) if found else None
    return -number if found and number and found[1] in ("-", "–", "−") else number


def adjusts_by(name: str, /) -> str:
    """Whether a section is a bonus or a penalty beside the criteria; empty where it is none, or both."""
    kinds = [
        kind for kind, said in (("bonus", _BONUS), ("penalty", _PENALTY)) if said.search(name[:60])
    ]
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else ""


def is_count(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: `(1) (2) (3)` or `A B 1 2`."""
    counted = [text.strip("()").upper() for text in texts]
    return (
        counted[:2] in (["1", "2"], ["A", "B"])
        and all(_COUNTED.fullmatch(text) for text in texts)
        and len(set(counted)) == len(counted)
    )


def is_capitals(words: str) -> bool:
    """Whether words are in capitals, and longer than an abbreviation."""
    return words.isupper() and len(re.findall(r"[^\W\d_]", words)) > 3  # noqa: PLR2004 an abbreviation is none
