"""The workbook to fill in: what is typed there counts as the same facts do elsewhere."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from parindex.api import load_scheme, read_scorecards, score
from parindex.findings import InputError
from parindex.office.xlsx.formulas import live_codes
from parindex.office.xlsx.layout import ORDER
from parindex.office.xlsx.template import filled_workbook, write_template
from parindex.rules import KINDS
from parindex.rules.base import called
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Items,
    Points,
    Ratio,
    State,
    Value,
)
from parindex.values.language import LanguageCode, language
from tests.spreadsheet import Spreadsheet
from tests.support import ROOT, call

SCHEME_FILE = "examples/schemes/departments-2024.yaml"
SCHEME = load_scheme(str(ROOT / SCHEME_FILE))
PRINTED = load_scheme(str(ROOT / "examples" / "schemes" / "printed-rules-2026.yaml"))
[EXAMPLE] = read_scorecards(ROOT / "examples" / "departments-2024.yaml", SCHEME)
AT = {name: column for column, name in enumerate(ORDER, start=1)}
STATES = {"not_applicable": "Không áp dụng", "no_evidence": "no evidence"}


def reported() -> dict[str, Fact]:
    """What the example's unit reports itself, else what the appraiser found."""
    return {
        code: (entry.stages.get("self") or entry).fact for code, entry in EXAMPLE.scores.items()
    }


def made(scheme: Scheme, lang: LanguageCode = "vi") -> bytes:
    """The template of a scheme."""
    stream = BytesIO()
    write_template(scheme, "Sở Ví dụ", 2024, language(lang), stream)
    return stream.getvalue()


@cache
def template(lang: LanguageCode) -> bytes:
    """The template of the example."""
    return made(SCHEME, lang)


class Book:
    """A template that is open to be filled in."""

    def __init__(self, file: Path, lang: LanguageCode = "vi", scheme: Scheme = SCHEME) -> None:
        self.file = file
        self.lang = lang
        self.book = openpyxl.load_workbook(
            BytesIO(template(lang) if scheme is SCHEME else made(scheme))
        )
        self.sheet = self.book.worksheets[0]
        self.rows = {
            str(cell.value): cell.row
            for [cell] in self.sheet.iter_rows(min_row=8, min_col=AT["key"], max_col=AT["key"])
            if cell.value
        }

    def put(self, key: str, column: str, value: Any, shown: str = "") -> None:
        """Type into a cell, which must not be locked."""
        cell = self.sheet.cell(self.rows[key], AT[column])
        assert not cell.protection.locked, (key, column)
        cell.value = value
        if shown:
            cell.number_format = shown

    def fill(self, code: str, fact: Fact) -> None:
        """Type a fact as an official would."""
        rule = SCHEME.by_code[code].rule
        match fact:
            case Points(points):
                self.put(code, "self", float(points))
            case Answer(answer):
                names = getattr(rule, "names", {})
                self.put(code, "result", called(answer, names, language(self.lang)))
            case Ratio(part, whole):
                self.put(code, "result", int(part))
                self.put(code, "whole", int(whole))
            case Value(value, True):
                self.put(code, "result", float(value) / 100, "0.00%")
            case Value(value) | Count(value):
                self.put(code, "result", float(value))
            case Date(date):
                self.put(code, "result", date)
            case State(state) if state in STATES:
                self.put(code, "state", STATES[state])
            case _:
                self.fill_list(code, fact)

    def fill_list(self, code: str, fact: Fact) -> None:
        """Type into each row of a list."""
        yes, no = ("có", "không") if self.lang == "vi" else ("yes", "no")
        for key in self.rows:
            of, _, item = key.partition("|")
            if of == code and item and isinstance(fact, Items):
                self.put(key, "result", yes if item in fact.items else no)
            elif of == code and item and isinstance(fact, Answers):
                self.put(key, "result", fact.answers.get(item, 0))

    def read(self) -> Scorecard:
        """The scorecard that stands in it."""
        self.book.save(self.file)
        [card] = read_scorecards(self.file, SCHEME)
        return card

    def told(self) -> list[str]:
        """What is wrong in it, without the file's name."""
        with pytest.raises(InputError) as caught:
            score(self.read(), SCHEME)
        lines = str(caught.value).splitlines()
        return [line.partition(".xlsx:")[2].partition(":")[0] for line in lines]


def filled(file: Path, lang: LanguageCode = "vi") -> Book:
    """The template with all that the example reports."""
    book = Book(file, lang)
    for code, fact in reported().items():
        book.fill(code, fact)
    return book


class TestRoundTrip:
    """A template that is filled in scores as the same facts in YAML do, for every kind of rule."""

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_the_same_points(self, lang: LanguageCode, tmp_path: Path) -> None:
        card = filled(tmp_path / "a.xlsx", lang).read()
        entries = {code: Entry(fact) for code, fact in reported().items()}
        same = replace(EXAMPLE, scores=entries, total=None, published=None)
        one, other = score(card, SCHEME), score(same, SCHEME)
        assert (card.unit, card.year) == ("Sở Ví dụ", 2024)
        assert one.index == other.index
        for _, criterion in SCHEME.walk():
            assert one.node(criterion.code).points == other.node(criterion.code).points

    def test_every_kind_of_rule_is_in_it(self) -> None:
        rules = [SCHEME.by_code[code].rule for code in reported()]
        # The best of a group has no place in a workbook; standards are of schemes without points.
        beside = {"points", "relative", "standard"}
        others = {leaf.scored_by.kind for leaf in PRINTED.leaves}
        assert KINDS.keys() - beside <= {rule.kind for rule in rules if rule} | others

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_rules_as_they_are_printed(self, lang: LanguageCode, tmp_path: Path) -> None:
        """Figures by name, events, parts of a rule and answers are in rows, and read back the same."""
        [card] = read_scorecards(ROOT / "examples" / "printed-rules-2026.yaml", PRINTED)
        scores = {code: entry for code, entry in card.scores.items() if not entry.reference}
        card = replace(card, scores=scores)
        file = tmp_path / "a.xlsx"
        file.write_bytes(filled_workbook(card, PRINTED, language(lang)))
        [read] = read_scorecards(file, PRINTED)
        one, other = score(read, PRINTED), score(card, PRINTED)
        points = [one.node(criterion.code).points for _, criterion in PRINTED.walk()]
        assert points == [other.node(criterion.code).points for _, criterion in PRINTED.walk()]
        assert None not in points[:8]

    @pytest.mark.parametrize("rule", ["", ", rule: {kind: points}"])
    def test_points(self, rule: str, tmp_path: Path) -> None:
        file = tmp_path / "s.yaml"
        head = "id: a\ntitle: {vi: a}\nstatus: example\nlevel: commune\nyears: [2024]\nmax: 3\n"
        leaf = f'criteria:\n  - {{code: "1", name: {{vi: a}}, max: 3{rule}}}\n'
        file.write_text(head + leaf, encoding="utf-8")
        scheme = load_scheme(str(file))
        book = Book(tmp_path / "a.xlsx", scheme=scheme)
        book.put("1", "self", 2.55)
        book.book.save(book.file)
        [card] = read_scorecards(book.file, scheme)
        assert str(score(card, scheme).index) == "85.00"

    def test_what_the_appraiser_types_is_a_stage(self, tmp_path: Path) -> None:
        book = filled(tmp_path / "a.xlsx")
        book.put("1.1.1", "appraised", 0.5)
        book.put("1.1.1", "evidence", "17/VD-SVD\n18/VD-SVD")
        book.put("1.1.1", "note", "chậm")
        entry = book.read().scores["1.1.1"]
        assert (entry.stage, entry.note) == ("appraised", "chậm")
        assert [each.number for each in entry.evidence] == ["17/VD-SVD", "18/VD-SVD"]
        assert entry.stages["self"].fact == Answer("on_time")

    def test_figures_as_text(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.1.3", "result", "97,2%")
        book.put("2.2.3", "result", "13/12/2024")
        book.put("1.2.1", "result", "\xa03 ")
        scores = book.read().scores
        assert [str(score_.fact) for score_ in scores.values()] == [
            "Value(value=Decimal('97.2'), is_percent=True)",
            "Count(count=3)",
            "Date(date=datetime.date(2024, 12, 13))",
        ]


class TestFaults:
    """What is typed in another way than the row says is refused with its cell."""

    def test_every_cell_at_once(self, tmp_path: Path) -> None:
        wrong: tuple[tuple[str, str, Any], ...] = (
            ("1.1.1", "result", "có lẽ"),
            ("1.1.1", "appraised", "x"),
            ("1.1.2|tasks", "result", "một phần"),
            ("1.1.2|budget", "result", "có"),
            ("1.1.3", "result", 97.2),  # neither a percentage nor a part of a whole
            ("1.2.1", "result", -1),
            ("1.3.1", "whole", 50),
            ("1.4.1", "result", 1.5),
            ("1.4.2", "result", "1.234"),
            ("2.1.1", "state", "đang làm"),
            ("2.2.3", "result", "03/13/2024"),
            ("2.3.1", "result", "tháng 3"),
        )
        book = Book(tmp_path / "a.xlsx")
        for key, column, value in wrong:
            book.put(key, column, value)
        letters = {"result": "D", "whole": "E", "state": "F", "appraised": "H"}
        cells = [
            f"{letters[column]}{book.rows[key]}" for key, column, value in wrong if value != "có"
        ]
        assert book.told() == [f"'Phiếu chấm điểm'!{cell}" for cell in cells]

    def test_a_row_with_a_fault_was_not_forgotten(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.2.1", "result", "hai")
        book.told()
        under = ("--scheme", "examples/schemes/departments-2024.yaml", "--format", "json")
        told = json.loads(call("check", str(book.file), *under).out)["findings"]
        found = [(each["code"], each["where"]) for each in told]
        assert ("P110", "1.2.1") in found
        assert ("P607", "1.2.2") in found
        assert ("P607", "1.2.1") not in found

    def test_a_list_that_is_filled_in_part(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.1.2|tasks", "result", "có")
        assert book.told() == [f"'Phiếu chấm điểm'!D{book.rows['1.1.2|budget']}"]

    @pytest.mark.parametrize("shown", ["1.2.9", None])
    def test_a_code_that_was_typed_over(self, shown: str | None, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.2.1", "result", 1)
        book.sheet.cell(book.rows["1.2.1"], AT["code"]).value = shown
        assert book.told() == [f"'Phiếu chấm điểm'!A{book.rows['1.2.1']}"]

    def test_how_a_code_that_was_typed_over_is_mended(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        row = book.rows["1.2.1"]
        book.sheet.cell(row, AT["code"]).value = "1.2.9"
        assert book.told()
        out = call("check", str(book.file), "--scheme", SCHEME_FILE).out
        assert f"→ The code was changed: write 1.2.1 again into cell A{row}.\n" in out

    def test_a_figure_and_a_state(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.2.1", "result", 1)
        book.put("1.2.1", "state", "không áp dụng")
        assert len(book.told()) == 1

    def test_a_template_of_another_version_of_the_scheme(self, tmp_path: Path) -> None:
        form = SCHEME.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        older = Scheme.model_validate({**form, "note": "older"})
        book = Book(tmp_path / "a.xlsx", scheme=older)
        book.put("1.2.1", "result", 1)
        assert book.told() == ["'Phiếu chấm điểm'"]
        assert (
            "P146 error Scheme: the workbook was made for another scheme"
            in call("check", str(book.file), "--scheme", SCHEME_FILE).out
        )

    def test_no_unit(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.sheet["C3"] = None
        book.put("1.2.1", "result", 1)
        assert len(book.told()) == 1

    def test_no_year(self, tmp_path: Path) -> None:
        """What is missing is told at the cell where it is to be filled in, not at its label."""
        book = Book(tmp_path / "a.xlsx")
        book.sheet["C4"] = None
        book.put("1.2.1", "result", 1)
        [told] = book.told()
        assert told.endswith("!C4")


class TestSheet:
    """Codes are text, limits are those of the rule, and nothing that is typed can be a formula."""

    def test_codes_print_set_up_lock_and_limits(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        sheet = book.sheet
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.print_title_rows, sheet.protection.sheet) == ("$7:$7", True)
        row = book.rows["1.1.1"]
        limits = [each for each in sheet.data_validations.dataValidation if f"H{row}" in each.sqref]
        assert [(each.formula1, each.formula2) for each in limits] == [("0", "1")]
        assert {type(book.sheet.cell(row, 1).value) for row in book.rows.values()} <= {
            str,
            type(None),
        }

    def test_names_are_no_formulas(self, tmp_path: Path) -> None:
        named = SCHEME.model_copy(update={"title": SCHEME.title.model_copy(update={"vi": "=1+1"})})
        book = Book(tmp_path / "a.xlsx", scheme=named)
        assert (book.sheet["A1"].value, book.sheet["A1"].data_type) == ("=1+1", "s")

    def test_formulas_give_the_same_points(self, tmp_path: Path) -> None:
        book = filled(tmp_path / "a.xlsx")
        result, sheet = score(book.read(), SCHEME), Spreadsheet(book.book)
        live = live_codes(SCHEME)
        for code in live:
            shown = sheet.value(f"G{book.rows[code]}")
            node = result.node(code)
            if node.points is None or node.state == "not_applicable":
                assert shown == ""
            else:
                assert abs(shown - float(node.points)) < 1e-9, code
        assert len(live) > 20


class TestCommand:
    """`parindex template --format xlsx` writes bytes that read back."""

    def test_to_a_file_and_a_pipe(self, tmp_path: Path) -> None:
        file = str(tmp_path / "a.xlsx")
        asked = ("template", "vn-province-2018", "--format", "xlsx", "-o", file)
        assert call(*asked, "--unit", "Sóc Trăng").code == 0
        ran = call("score", file)
        assert (ran.code, ran.err) == (0, "")
        assert "\nNo score has been filled in yet, of 100 points in all." in ran.out

    def test_a_scheme_without_criteria(self) -> None:
        ran = call("template", "vn-province-2016", "--format", "xlsx", "-o", "never.xlsx")
        assert (ran.code, "yaml" in ran.err) == (2, True)


class TestWhatIsAsked:
    """Each row says in words how it is scored, and has a place for the reason of an appraiser."""

    @pytest.mark.parametrize(
        ("code", "lang", "told"),
        [
            ("1.1.1", "vi", "Điểm theo phương án đúng với thực tế: đúng hạn: 1; chậm hạn: 0,5"),
            ("1.1.1", "vi", "Phải có tài liệu kiểm chứng, ghi vào cột tài liệu kiểm chứng."),
            (
                "1.1.3",
                "vi",
                "> 90%: 1,5; 70–90%: 0,75; < 70%: 0.\nChỉ được tính khi 1.1.1 có điểm.",
            ),
            (
                "2.2.3",
                "vi",
                "đến hết ngày 15/12/2024: 0,5; chậm không quá 15 ngày: 0,25; chậm hơn: 0.",
            ),
            ("2.2.3", "en", "0.5 up to 2024-12-15; 0.25 up to 15 days late; later 0."),
            ("3.4.2", "vi", "Chỉ theo dõi, không cộng điểm."),
            ("8.2.1", "en", "The rate is 100 % less what is reported."),
            ("T1", "vi", "Điểm thưởng: cộng tổng cộng không quá 3 điểm."),
        ],
    )
    def test_rule_in_words(self, code: str, lang: LanguageCode, told: str, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx", lang)
        assert told in str(book.sheet.cell(book.rows[code], AT["rule"]).value)

    def test_heading(self, tmp_path: Path) -> None:
        told = {
            lang: [
                Book(tmp_path / "a.xlsx", lang).sheet.cell(7, AT[name]).value
                for name in ("rule", "reason")
            ]
            for lang in ("vi", "en")
        }
        assert told == {
            "vi": ["Cách tính điểm", "Lý do"],
            "en": ["How it is scored", "Reason"],
        }

    def test_reason_of_an_appraiser(self, tmp_path: Path) -> None:
        book = filled(tmp_path / "a.xlsx")
        book.put("1.1.1", "appraised", 0.5)
        book.put("1.1.1", "reason", "gửi chậm 3 ngày")
        entry = book.read().scores["1.1.1"]
        assert entry.stages["appraised"].reason == "gửi chậm 3 ngày"
        assert entry.stages["self"].reason is None

    def test_shown_while_it_is_filled_in(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        cell = f"D{book.rows['1.2.1']}"
        [limits] = [
            each for each in book.sheet.data_validations.dataValidation if cell in each.sqref
        ]
        assert limits.prompt == (
            "Số lượng: số nguyên, không có thì ghi 0.\n1 điểm, trừ 0,25 cho mỗi trường hợp, không dưới 0."
        )


class TestChecked:
    """`check` of a workbook names the cells to write into; many doubts of one kind are one line."""

    UNDER = ("--scheme", "examples/schemes/departments-2024.yaml")

    def test_cells(self, tmp_path: Path) -> None:
        book = filled(tmp_path / "a.xlsx")
        book.put("1.1.1", "appraised", 0.5)
        book.put("1.1.1", "evidence", "12/KH-SVD")
        book.book.save(book.file)
        row = book.rows["1.1.1"]
        lines = call("check", str(book.file), *self.UNDER).out.splitlines()
        told = [line.rpartition("!")[2] for line in lines if " 1.1.1:" in line]
        assert told == [
            (
                f"J{row}: P603 warning 1.1.1: the evidence names neither section nor page "
                f"(found: 12/KH-SVD) → Add the page or the section in cell J{row}: "
                "12/KH-UBND, section II, page 3."
            ),
            (
                f"L{row}: P601 warning 1.1.1: the points differ from those of the stage before, and no "
                f"reason is given (found: 0.5; expected: 1) → Write the reason into cell L{row}; the "
                "unit can answer only to a reason."
            ),
        ]

    def test_many_are_one_line(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.1.1", "result", "đúng hạn")
        book.book.save(book.file)
        lines = call("check", str(book.file), *self.UNDER, "--select", "P607").out.splitlines()
        rows = [book.rows[key] for key in ("1.1.2|tasks", "1.1.3", "1.2.1")]
        cells = [f"D{row}" for row in rows]
        places = f"1.1.2 ({cells[0]}), 1.1.3 ({cells[1]}), 1.2.1 ({cells[2]}) and 84 more"
        assert lines == [
            (
                f"{book.file}: P607 warning ×87: nothing is said of this criterion, so it counts as not "
                f"yet known: {places} → Fill in cell {', '.join(cells)}, …, or choose “not yet known” "
                "in the column of the state."
            ),
            "files checked: 1; warnings: 87",
        ]
        data = call("check", str(book.file), *self.UNDER, "--format", "json").out
        assert len([each for each in json.loads(data)["findings"] if each["code"] == "P607"]) == 87

    def test_yaml_is_told_of_fields(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(
            'unit: A\nyear: 2024\nscores:\n  "1.1.1": {answer: on_time, evidence: [{number: 1/KH}]}\n',
            encoding="utf-8",
        )
        out = call("check", str(file), *self.UNDER).out
        assert "Add `section:` or `page:`" in out
        assert "cell" not in out
        assert "P607 warning ×87: nothing is said of this criterion" in out

    def test_a_template_of_an_earlier_version_of_the_program(self, tmp_path: Path) -> None:
        book = Book(tmp_path / "a.xlsx")
        book.put("1.2.1", "result", 1)
        made = book.book["_parindex"]
        made["B2"], made["A3"], made["B3"] = "0" * 64, None, None
        assert book.read().scores["1.2.1"].fact == Count(1)
        made["B1"] = "example-other"
        assert book.told() == ["'Phiếu chấm điểm'"]
