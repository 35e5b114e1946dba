"""The page of the field's words, in both languages of one table: tools/glossary.yaml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from parindex.values.language import Language

_TABLE: Final = Path(__file__).with_suffix(".yaml")
_HEADS: Final = {
    "en": "# Glossary\n\nThe words of the field, and what the program calls them. Other words for the same "
    "follow a semicolon.\n\n| Word | Vietnamese | In the program | Meaning |",
    "vi": "# Bảng thuật ngữ\n\nThuật ngữ của lĩnh vực và tên gọi trong công cụ. Sau dấu chấm phẩy là cách gọi khác.\n\n"
    "| Thuật ngữ | Tiếng Anh | Trong công cụ | Ý nghĩa |",
}


class Word(NamedTuple):
    """A word of the field: English, Vietnamese, what the program calls it, and its meaning."""

    en: str
    vi: str
    program: str
    about_en: str
    about_vi: str


def words() -> list[Word]:
    """Every word, in the order of the table."""
    return [Word(*row) for row in yaml.safe_load(_TABLE.read_text(encoding="utf-8"))]


def glossary_page(say: Language) -> str:
    """The page in one language."""
    return "\n".join([_HEADS[say.code], "|---|---|---|---|", *_lines(say), ""])


def _lines(say: Language) -> Iterator[str]:
    for word in words():
        program = word.program if word.program.startswith(("`", "–")) else f"`{word.program}`"
        own, other, about = (
            (word.vi, word.en, word.about_vi)
            if say.code == "vi"
            else (word.en, word.vi, word.about_en)
        )
        yield f"| {own} | {other} | {program} | {about} |"
