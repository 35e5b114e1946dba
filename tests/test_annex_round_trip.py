"""Annexes written from schemes: read again they are the same scheme, and corrections count."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.office.annexes.importing import import_annex
from parindex.office.annexes.information import FIELDS, in_cell
from parindex.office.annexes.layout import guidance_cell
from parindex.office.annexes.quoted import out_of_cell
from parindex.office.annexes.rule_words import NotRead, form_of, parted, rule_block
from parindex.office.annexes.writing import annex_file
from parindex.office.xlsx.cells import text_cell
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scheme.scheme_file import read_scheme
from parindex.values.language import LANGUAGES, LanguageCode, language
from tests.random_cards import random_scheme, some
from tests.rule_support import rule
from tests.support import ROOT, call, run

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
        """Each file in one form and language, all four in turn; the examples in each form."""
        scheme = read_scheme(str(file))
        forms = [(ending, lang) for ending in (".xlsx", ".docx") for lang in LANGUAGES]
        one = SCHEMES.index(file) % 4
        for ending, lang in (forms[one], forms[3 - one])[: 2 if "examples" in str(file) else 1]:
            assert again(scheme, tmp_path, ending, lang).sha256 == scheme.sha256, (ending, lang)

    @settings(max_examples=4)
    @given(seed=st.integers(0, 2**32))
    def test_generated(self, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.getbasetemp()
        rng, scheme = drawn(seed, folder)
        for ending in (".xlsx", ".docx"):
            lang = rng.choice([*LANGUAGES])
            assert again(scheme, folder, ending, lang).sha256 == scheme.sha256, lang


def drawn(seed: int, folder: Path) -> tuple[Random, Scheme]:
    """The scheme of a seed, with texts that are hard to keep."""
    rng = Random(seed)
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


class TestWords:
    """Each kind of rule has words, in each language, that are read as that rule again."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize(
        ("form", "line"),
        [
            ({"kind": "points"}, "cho điểm theo đánh giá"),
            ({"kind": "watch"}, "chỉ theo dõi, không chấm điểm"),
            ({"kind": "choice", "options": {"A": "1", "B": "0.5"}}, "B: 0,5"),
            (
                {"kind": "choice", "options": {"on_time": "1"}, "names": {"on_time": "đúng hạn"}},
                "đúng hạn [on_time]: 1",
            ),
            ({"kind": "checklist", "items": {"a": "0.5", "b": "1"}}, "a: 0,5"),
            ({"kind": "checklist", "all": True, "items": ["a", "b"]}, "a"),
            (
                {
                    "kind": "steps",
                    "steps": [{"above": "90", "points": "2"}, {"from": "0", "points": "0"}],
                },
                "đến 90%: 0",
            ),
            (
                {
                    "kind": "steps",
                    "of": "value",
                    "no_cases": "zero",
                    "steps": [
                        {"from": "9.5", "points": "2"},
                        {"above": "3", "below": "9.5", "points": "1"},
                        {"from": "0", "to": "3", "points": "0"},
                    ],
                },
                "trên 3 đến dưới 9,5: 1",
            ),
            ({"kind": "ratio"}, "tỷ lệ × điểm tối đa"),
            (
                {"kind": "ratio", "no_cases": "full-points"},
                "không phát sinh trường hợp nào: điểm tối đa",
            ),
            ({"kind": "ratio", "floor": "80%"}, "tỷ lệ × điểm tối đa; dưới 80%: 0"),
            (
                {"kind": "ratio", "target": "62.5%"},
                "từ 62,5% trở lên đạt điểm tối đa; dưới 62,5%: tỷ lệ × điểm tối đa / 62,5%",
            ),
            ({"kind": "ratio", "inverted": True}, "(100% - tỷ lệ) × điểm tối đa"),
            (
                {"kind": "ratio", "inverted": True, "floor": "80%"},
                "(100% - tỷ lệ) × điểm tối đa; nếu (100% - tỷ lệ) dưới 80%: 0",
            ),
            (
                {"kind": "ratio", "inverted": True, "target": "80%"},
                "khi (100% - tỷ lệ) từ 80% trở lên đạt điểm tối đa; dưới mức đó: (100% - tỷ lệ) × điểm tối đa / 80%",
            ),
            ({"kind": "deduct", "step": "0.25"}, "mỗi trường hợp trừ 0,25 điểm"),
            ({"kind": "deduct", "step": "25%"}, "mỗi trường hợp trừ 25% điểm tối đa"),
            ({"kind": "count", "each": "0.5"}, "mỗi trường hợp được 0,5 điểm"),
            (
                {"kind": "count", "each": "0.5", "above": "3"},
                "mỗi trường hợp sau 3 trường hợp đầu được 0,5 điểm",
            ),
            (
                {"kind": "linear", "zero_at": "30", "full_at": "5"},
                "30 được 0 điểm, 5 được điểm tối đa, ở giữa tính theo tỷ lệ",
            ),
            (
                {"kind": "linear", "of": "percent", "zero_at": "0", "full_at": "10"},
                "0% được 0 điểm, 10% được điểm tối đa, ở giữa tính theo tỷ lệ",
            ),
            (
                {"kind": "deadline", "due": "12-31", "late": [{"days": "15", "points": "0.5"}]},
                "chậm đến 15 ngày: 0,5",
            ),
            ({"kind": "deadline", "due": "2025-01-15"}, "đến 15/01/2025: điểm tối đa"),
            ({"kind": "survey", "weights": {"A": "100%", "B": "60%"}, "left_out": ["E"]}, "B: 60%"),
        ],
    )
    def test_each_kind(self, form: Tree, line: str, lang: LanguageCode) -> None:
        wanted = rule(**form)
        block = rule_block(wanted, language(lang))
        before, words = parted(f"Lời văn\n{block}")
        assert before == "Lời văn"
        assert words is not None
        assert "{" not in words
        found = form_of(words)
        assert found is not None
        assert rule(**found) == wanted
        if lang == "vi":
            assert line in words.split("\n")

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "chọn một trong các mức:",
            "chọn một trong các mức:\na: nhiều",
            "chọn một trong các mức:\na: 1\na: 2",
            "theo bậc của tỷ lệ:\ntrên 90%: 2\ntừ 70% đến dưới 90%: 1\ndưới 70%: 0",
            "theo bậc của tỷ lệ:\ntừ 90 trở lên: 2\ndưới 90: 0",
            "50% được 0 điểm, 90 được điểm tối đa, ở giữa tính theo tỷ lệ",
            "mỗi trường hợp trừ 0,25 điểm, tối đa 1 điểm",
            "tỷ lệ × điểm tối đa; dưới 80%: 1",
            '{"kind": "choice"',
        ],
    )
    def test_other_words_are_no_rule(self, words: str) -> None:
        with pytest.raises(NotRead):
            form_of(words)

    def test_a_step_less_is_said_by_the_edges(self) -> None:
        words = "theo bậc của tỷ lệ:\nTrên 90%: 2\ntừ 70% đến 90%: 1,5\nDưới 70%: 0."
        assert form_of(words) == {
            "kind": "steps",
            "steps": [
                {"above": Decimal(90), "points": Decimal(2)},
                {"from": Decimal(70), "points": Decimal("1.5")},
                {"from": Decimal(0), "points": Decimal(0)},
            ],
        }


class TestGuidance:
    """A decision's own words stay alone where they say the rule, else the rule's words follow them."""

    @pytest.mark.parametrize(
        ("guidance", "form", "cell"),
        [
            (
                "Mỗi báo cáo chậm trừ 0,25 điểm",
                {"kind": "deduct", "step": "0.25"},
                "Mỗi báo cáo chậm trừ 0,25 điểm",
            ),
            (
                "Mỗi báo cáo chậm trừ 0,25 điểm",
                {"kind": "deduct", "step": "0.5"},
                "Mỗi báo cáo chậm trừ 0,25 điểm\nCách chấm điểm: mỗi trường hợp trừ 0,5 điểm",
            ),
            (
                "Mỗi báo cáo chậm trừ 0,25 điểm",
                None,
                "Mỗi báo cáo chậm trừ 0,25 điểm\nCách chấm điểm: không nêu quy tắc",
            ),
            ("Theo quy chế", None, "Theo quy chế"),
            (None, None, ""),
        ],
    )
    def test_cell(self, guidance: str | None, form: Tree | None, cell: str) -> None:
        criterion = Criterion.model_validate(
            {"code": "1", "name": "x", "max": "2", "guidance": guidance, "rule": form}
        )
        assert guidance_cell(criterion, language("vi")) == cell


class TestCorrections:
    """What a person changes in the visible cells of an annex counts."""

    FILE = "examples/schemes/departments-2024.yaml"

    def changed(self, folder: Path, change: Callable[[Any], None]) -> Scheme:
        file = folder / "annex.xlsx"
        data = annex_file(read_scheme(self.FILE), ".xlsx", language("vi"))
        assert isinstance(data, bytes)
        file.write_bytes(data)
        book = openpyxl.load_workbook(file)
        change(book)
        book.save(file)
        return imported(file)

    def test_names_maxima_rules(self, tmp_path: Path) -> None:
        def change(book: Any) -> None:
            sheet, more = book.worksheets
            for row in sheet.iter_rows():
                if row[0].value == "1.1.1":
                    row[1].value = "Tên mới"
                    row[3].value = row[3].value.replace(
                        "chậm hạn [late]: 0,5", "trễ [late]: 0,75\nrất trễ: 0,25"
                    )
                if row[0].value == "1.2.1":
                    row[3].value = "Mỗi báo cáo chậm trừ 0,5 điểm"
            for row in more.iter_rows():
                if row[2].value == "Xuất sắc":
                    row[2].value = "Rất tốt"

        scheme = self.changed(tmp_path, change)
        criterion = scheme.by_code["1.1.1"]
        assert (criterion.name.vi, criterion.name.en) == ("Tên mới", "Plan issued")
        assert criterion.rule == rule(
            kind="choice",
            options={"on_time": "1", "late": "0.75", "rất trễ": "0.25", "none": "0"},
            names={
                "on_time": {"vi": "đúng hạn", "en": "in time"},
                "late": {"vi": "trễ", "en": "late"},
                "none": {"vi": "không ban hành", "en": "not issued"},
            },
        )
        assert scheme.by_code["1.2.1"].rule == rule(kind="deduct", step="0.5")
        assert scheme.by_code["1.2.1"].guidance == "Mỗi báo cáo chậm trừ 0,5 điểm"
        assert scheme.bands[0].steps[0].name == "Rất tốt"

    def test_words_of_no_rule_are_doubtful(self, tmp_path: Path) -> None:
        def change(book: Any) -> None:
            for row in book.worksheets[0].iter_rows():
                if row[0].value == "1.2.1":
                    row[3].value = "Cách chấm điểm: mỗi trường hợp trừ vài điểm"

        scheme = self.changed(tmp_path, change)
        assert scheme.by_code["1.2.1"].rule is None
        assert scheme.by_code["1.2.1"].guidance
        told = call("schemes", "import", str(tmp_path / "annex.xlsx"), "-f", "json").out
        assert '"doubtful": 1' in told

    def test_a_row_less(self, tmp_path: Path) -> None:
        """What is said elsewhere of a row that is no more is reported, and not taken."""

        def change(book: Any) -> None:
            sheet = book.worksheets[0]
            rows = [row[0].row for row in sheet.iter_rows() if row[0].value in ("8.2", "8.2.1")]
            for row in reversed(rows):
                sheet.delete_rows(row)

        with pytest.raises(InputError):  # its maximum is missed in the sum above, and a profile
            self.changed(tmp_path, change)
        made = import_annex(str(tmp_path / "annex.xlsx"))
        made.text(language("vi"))
        assert made.annex.information is not None
        assert any("8.2.1" in words for _cell, words in made.annex.information.left)

    def test_names_of_fields_differ(self) -> None:
        for code in LANGUAGES:
            told = [language(code)(message) for message in FIELDS.values()]
            assert len(set(told)) == len(told)

    @pytest.mark.parametrize(
        "text",
        ["a", '"a"', "a  b", "a\xa0b", "a\nb", "a*", "x_x000D_y", "\u2028", "Cách chấm điểm: a"],
    )
    def test_texts_in_cells(self, text: str) -> None:
        cell = text_cell(in_cell(text))
        assert cell is not None
        assert out_of_cell(cell.text)[0] == text


class TestCommand:
    """`schemes show` writes the annex where a file's ending says so, and the table where a format does."""

    def test_annex_or_table(self, tmp_path: Path) -> None:
        md = tmp_path / "annex.md"
        run("schemes", "show", TestCorrections.FILE, "-o", str(md), "--lang", "vi")
        assert "| Lĩnh vực/Tiêu chí/Tiêu chí thành phần |" in md.read_text(encoding="utf-8")
        run(
            "schemes", "show", TestCorrections.FILE, "-o", str(md), "-f", "markdown", "--lang", "vi"
        )
        assert "| Lĩnh vực/Tiêu chí/Tiêu chí thành phần |" not in md.read_text(encoding="utf-8")

    def test_back(self, tmp_path: Path) -> None:
        annex, made = tmp_path / "annex.docx", tmp_path / "made.yaml"
        assert call("schemes", "show", TestCorrections.FILE, "-o", str(annex)).code == 0
        assert call("schemes", "import", str(annex), "-o", str(made)).code == 0
        assert call("check", str(made)).code == 0
        assert read_scheme(str(made)).sha256 == read_scheme(TestCorrections.FILE).sha256


class TestNew:
    """`schemes new` writes a scheme that passes `check`, and never over another one."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_passes(self, lang: LanguageCode, tmp_path: Path) -> None:
        file = tmp_path / "scheme.yaml"
        assert run("schemes", "new", "-o", str(file), "--lang", lang).code == 0
        checked = run("check", str(file), "--lang", lang)
        assert checked.code == 0, checked.out
        assert {each.scored_by.kind for each in read_scheme(str(file)).leaves} == {
            "choice",
            "steps",
            "ratio",
            "deduct",
            "points",
        }
        file.write_text(f"{file.read_text(encoding='utf-8')}# mine\n", encoding="utf-8")
        again_ = run("schemes", "new", "-o", str(file))
        assert again_.code == 2
        assert str(file) in again_.err


class TestLabels:
    """What a decision prints is shown: its number, its guidance, the documents that it asks for."""

    SCHEME = """\
id: lab
title: Bộ tiêu chí
years: [2025]
criteria:
  - code: "1"
    label: I
    name: Lĩnh vực
    max: 2
    children:
      - {code: "1.1", label: a, name: Kế hoạch, max: 2, guidance: Theo quy chế, documents: Tờ trình}
"""

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("schemes", "show"), ("Số in", "I ", "a ")),
            (("explain", "1.1", "--scheme"), ("Theo quy chế", "Tờ trình", "a")),
            (("template",), ("1.1 (a) Kế hoạch", "Theo quy chế", "Tờ trình")),
            (("template", "-f", "csv"), ("label,guidance,documents", "a,Theo quy chế,Tờ trình")),
        ],
    )
    def test_shown(self, words: tuple[str, ...], told: tuple[str, ...], tmp_path: Path) -> None:
        file = tmp_path / "lab.yaml"
        file.write_text(self.SCHEME, encoding="utf-8")
        ran = run(*words, str(file), "--lang", "vi")
        assert ran.code == 0, ran.err
        for each in told:
            assert each in ran.out

    def test_scores(self, tmp_path: Path) -> None:
        """The table of CSV that `template` writes is read again; names follow the printed number."""
        file, card = tmp_path / "lab.yaml", tmp_path / "card.csv"
        file.write_text(self.SCHEME, encoding="utf-8")
        assert run("template", str(file), "-o", str(card), "--unit", "A").code == 0
        ran = run("score", str(card), "--scheme", str(file), "--lang", "vi")
        assert ran.code == 0, ran.err
        assert "I. Lĩnh vực" in ran.out


class TestLeads:
    """Lead offices of a table hold for schemes that name none, also those of the catalog."""

    def test_split(self, tmp_path: Path) -> None:
        card, table = tmp_path / "card.yaml", tmp_path / "leads.csv"
        call("template", "vn-province-2018", "-o", str(card), "--unit", "A")
        table.write_text(
            "Mã tiêu chí;Cơ quan chủ trì\n1;Sở Nội vụ\n2;Sở Tư pháp\n", encoding="utf-8"
        )
        ran = call("split", str(card), "--leads", str(table), "-o", str(tmp_path / "parts"))
        assert ran.code == 0, ran.err
        names = sorted(file.name for file in (tmp_path / "parts").iterdir())
        assert names[:2] == ["01-so-noi-vu.xlsx", "02-so-tu-phap.xlsx"]
        merged = call("merge", str(tmp_path / "parts"), "--leads", str(table))
        assert merged.code == 0, merged.err
        assert "Sở Tư pháp" in merged.out

    def test_unknown_codes(self, tmp_path: Path) -> None:
        card, table = tmp_path / "card.yaml", tmp_path / "leads.xlsx"
        call("template", "vn-province-2018", "-o", str(card), "--unit", "A")
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (["code", "lead"], ["1", "A"], ["99", "B"], ["1", "C"]):
            book.active.append(row)
        book.save(table)
        ran = call("split", str(card), "--leads", str(table), "-o", str(tmp_path / "parts"))
        assert ran.code == 2
        assert "Sheet!A3" in ran.err
        assert "Sheet!A4" in ran.err
        assert not (tmp_path / "parts").exists()
