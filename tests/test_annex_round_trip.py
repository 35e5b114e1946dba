"""Annexes written from schemes: read again they are the same scheme, and corrections count."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.office.annexes.importing import import_annex
from parindex.office.annexes.writing import annex_file
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import read_scheme
from parindex.values.language import LANGUAGES, LanguageCode, language
from tests.random_cards import random_scheme, some
from tests.support import ROOT

SCHEMES = sorted(
    [
        *(ROOT / "parindex/scheme/catalog/schemes").glob("*.yaml"),
        *(ROOT / "examples/schemes").glob("*.yaml"),
        *(ROOT / "examples").glob("small-scheme*.yaml"),
    ]
)
Tree = dict[str, Any]


def again(scheme: Scheme, folder: Path, ending: str, lang: LanguageCode = "vi") -> Scheme:
    """The scheme that its annex is read as."""
    file = folder / f"annex{ending}"
    data = annex_file(scheme, ending, language(lang))
    assert isinstance(data, bytes)
    file.write_bytes(data)
    return imported(file)


def imported(file: Path) -> Scheme:
    """The scheme that an annex is read as."""
    made = file.with_suffix(".yaml")
    made.write_text(import_annex(str(file)).text(language("vi")), encoding="utf-8")
    return read_scheme(str(made))


class TestLaw:
    """A scheme, its annex, and the scheme that is imported from it: the first and the last are the same."""

    @pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
    def test_files(self, file: Path, tmp_path: Path) -> None:
        scheme = read_scheme(str(file))
        for ending in (".xlsx", ".docx"):
            for lang in LANGUAGES:
                assert again(scheme, tmp_path, ending, lang).sha256 == scheme.sha256, (ending, lang)

    @settings(max_examples=40)
    @given(seed=st.integers(0, 2**32))
    def test_generated(self, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.getbasetemp()
        rng, scheme = drawn(seed, folder)
        for ending in (".xlsx", ".docx"):
            lang = rng.choice([*LANGUAGES])
            assert again(scheme, folder, ending, lang).sha256 == scheme.sha256, lang


def drawn(seed: int, folder: Path) -> tuple[Random, Scheme]:
    """The scheme of a seed, with texts that are hard to keep."""
    rng = Random(seed)  # noqa: S311 no secret hangs on it
    tree = random_scheme(rng)
    decorate(tree, rng)
    file = folder / "drawn.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return rng, read_scheme(str(file))


LETTERS = "aăâđeêioơuưyxyz ABC 019 ,.;:/%×–-()[]\"'|=#*_~ạảấộử²¹\u200b\xa0"
SENTENCES = [
    "Mỗi báo cáo chậm trừ 0,25 điểm",
    "Trên 90%: 2\ntừ 70% - 90%: 1\ndưới 70%: 0",
    "Cách chấm điểm: chọn một trong các mức:\na: 1\nb: 0",
    "Scored: no rule is stated",
    "Tỷ lệ × điểm tối đa",
    '"trong ngoặc"',
    "dòng một\n\n  dòng hai",
    "Tổng cộng",
    "Điểm thưởng: x [y]",
    "1.1. Kế hoạch",
]


def words(rng: Random, most: int = 24) -> str:
    """Some letters with which cells, numbers and phrases have their difficulties."""
    text = "".join(rng.choice(LETTERS) for _ in range(rng.randint(1, most)))
    return text if text.strip(" \xa0\u200b") else "a"


def text(rng: Random) -> str:
    """Such letters, or a sentence that could be taken for something else."""
    return rng.choice(SENTENCES) if some(rng, 0.4) else words(rng)


def decorate(tree: Tree, rng: Random) -> None:
    """Give criteria, items and options names, labels and words that are hard to keep."""
    if some(rng, 0.5):
        tree["title"] = {"vi": text(rng), "en": text(rng)}
        tree["decision"] = {"number": text(rng), "date": "2024-01-31"}
        tree["note"] = text(rng)
    blocks = tree.get("adjustments", [])
    found = [*tree["criteria"], *(item for block in blocks for item in block["items"])]
    for criterion in found:
        found += criterion.get("children", [])
        if some(rng, 0.6):
            continue
        criterion["name"] = {"vi": text(rng), "en": text(rng)}
        for field in ("guidance", "documents", "note", "source", "lead"):
            if some(rng, 0.4):
                criterion[field] = text(rng)
        if some(rng, 0.3):
            criterion["label"] = words(rng)
        form = criterion.get("rule", {})
        options = form.get("options") or form.get("items")
        if options and some(rng, 0.5):
            form["names"] = {key: {"vi": text(rng), "en": text(rng)} for key in options}
