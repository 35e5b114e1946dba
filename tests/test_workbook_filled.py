"""A workbook that holds a scorecard: what is read from it is what was written, or it is not written."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from msgspec.structs import replace

from parindex.api import load_scheme, read_scorecards, score
from parindex.files.open_scorecards import Reading
from parindex.findings import InputError
from parindex.office.xlsx.evidence import evidence_of, evidence_text
from parindex.office.xlsx.read import read_xlsx
from parindex.office.xlsx.scorecard import workbook_of
from parindex.rules.survey import SurveyRule
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Evidence, Period, Published, Scorecard
from parindex.values.counts import Tally
from parindex.values.facts import UNKNOWN, Answer, Answers, Date, Items, Percent, Points, Value
from parindex.values.language import LanguageCode, language
from tests.merge_support import filled
from tests.programs import convert, needs_soffice
from tests.support import ROOT, area, scheme

SCHEME = load_scheme(str(ROOT / "examples" / "schemes" / "departments-2024.yaml"))
[EXAMPLE] = read_scorecards(ROOT / "examples" / "departments-2024.yaml", SCHEME)
LANGS: list[LanguageCode] = ["vi", "en"]


def in_workbook() -> Scorecard:
    """The example with an appraiser's points in place of facts, and a count for every answer."""
    result, scores = score(EXAMPLE, SCHEME), {}
    for code, entry in EXAMPLE.scores.items():
        node = result.node(code)
        own = entry.stages.get("self") or replace(entry.stages["appraised"], reason=None)
        rule = SCHEME.by_code[code].rule
        if isinstance(own.fact, Answers) and isinstance(rule, SurveyRule):
            every = dict.fromkeys((*rule.weights, *rule.left_out), 0)
            own = replace(own, fact=Answers({**every, **own.fact.answers}))
        stages: dict[Any, Entry] = {"self": replace(own, stage="self")}
        if node.points is not None and node.points.denominator in (1, 2, 4, 5, 10, 20):
            given_ = Points(Decimal(node.points.numerator) / Decimal(node.points.denominator))
            stages["appraised"] = Entry(given_, stage="appraised", reason=entry.reason)
        latest = stages.get("appraised") or stages["self"]
        scores[code] = replace(
            entry, fact=latest.fact, stage=latest.stage, stages=stages, reason=latest.reason
        )
    return replace(EXAMPLE, scores=scores, scheme=SCHEME.id, level=None)


def back(card: Scorecard, under: Scheme, lang: LanguageCode = "vi") -> Scorecard:
    """What is read from the workbook of a scorecard."""
    data = workbook_of(card, under, language(lang))
    [(read, _, findings)] = read_xlsx(data, "a.xlsx", Reading((under,), parts=True))
    assert findings == []
    assert read is not None
    return replace(read, places=None, scheme_file=card.scheme_file)


class TestRoundTrip:
    """Every kind of fact, state and stage, and all that is said beside it, is read as it was written."""

    @pytest.mark.parametrize("lang", LANGS)
    def test_the_whole_example(self, lang: LanguageCode) -> None:
        card = in_workbook()
        kinds = {type(each.stages["self"].fact) for each in card.scores.values()}
        assert len(kinds) == 8
        assert back(card, SCHEME, lang) == replace(card, places=None)

    @given(filled())
    def test_any_scheme(self, case: tuple[Scheme, Scorecard]) -> None:
        under, card = case
        read = back(card, under)
        for code, entry in card.scores.items():
            kept = read.scores.get(code, Entry(entry.fact))
            assert (kept.fact, kept.note, kept.evidence, kept.reason) == (
                entry.fact,
                entry.note,
                entry.evidence,
                entry.reason,
            )
            assert not entry.stages or kept == entry
        assert score(read, under).total == score(card, under).total

    @pytest.mark.parametrize("lang", LANGS)
    def test_head(self, lang: LanguageCode) -> None:
        card = Scorecard(
            "Sở =1+1",
            2024,
            scheme=SCHEME.id,
            unit_id="007",
            province="Tỉnh A",
            parent="Bộ B",
            group="Nhóm 1",
            office="Phòng Pháp chế",
            period=Period(datetime.date(2024, 1, 1), datetime.date(2024, 9, 30)),
            profile="no-survey",
            applicable_max=Decimal("84.5"),
            source="Báo cáo số 5",
        )
        assert back(card, SCHEME, lang) == card

    def test_points_of_an_area_and_where_a_rule_is(self) -> None:
        own = {code: Entry(Points(Decimal(text))) for code, text in (("1", "7.5"), ("2.1.1", "1"))}
        read = back(Scorecard("X", 2024, own, scheme=SCHEME.id), SCHEME)
        assert {code: entry.fact for code, entry in read.scores.items()} == {
            code: entry.fact for code, entry in own.items()
        }

    def test_an_item_that_is_not_yet_known_is_not_left_out(self) -> None:
        unknown = Scorecard("X", 2024, {"T1": Entry(UNKNOWN)}, scheme=SCHEME.id)
        assert back(unknown, SCHEME).scores == unknown.scores
        assert back(replace(unknown, scores={}), SCHEME).scores == {}


SMALL = scheme(
    criteria=[
        area("1", "4", area("1.1", "4", rule={"kind": "choice", "options": {"a": "4", "b": "0"}})),
        area("2", "6"),
    ]
)
LOST: dict[str, tuple[str, Entry]] = {
    "a share of the maximum": ("2", Entry(Percent(Decimal(80)))),
    "a fact of an appraiser": (
        "1.1",
        Entry(
            Answer("a"),
            stage="appraised",
            stages={"appraised": Entry(Answer("a"), stage="appraised")},
        ),
    ),
    "raw counts": ("2", Entry(Points(Decimal(1)), counts={"received": Tally(3)})),
    "a printed rate": ("2", Entry(Points(Decimal(1)), published=Decimal(50))),
    "more digits than a spreadsheet has": ("2", Entry(Points(Decimal("1.2345678901234567")))),
    "more text than a cell has": ("2", Entry(Points(Decimal(1)), note="x" * 40_000)),
    "a document whose number looks like a page": (
        "2",
        Entry(Points(Decimal(1)), evidence=(Evidence("5/BC, trang 2"),)),
    ),
    "the reason of an earlier stage": (
        "2",
        Entry(
            Points(Decimal(1)),
            stage="final",
            stages={
                "appraised": Entry(Points(Decimal(2)), stage="appraised", reason="r"),
                "final": Entry(Points(Decimal(1)), stage="final"),
            },
        ),
    ),
    "a fact that the rule does not take": ("1.1", Entry(Items(("a",)))),
    "an option that there is not": ("1.1", Entry(Answer("c"))),
    "a figure where points are asked": ("2", Entry(Value(Decimal(3)))),
    "a day where points are asked": ("2", Entry(Date(datetime.date(2024, 1, 1)))),
    "a code that there is not": ("9", Entry(Points(Decimal(1)))),
    "a later stage that is not yet known": (
        "2",
        Entry(
            UNKNOWN,
            stage="appraised",
            stages={
                "self": Entry(Points(Decimal(1)), stage="self"),
                "appraised": Entry(UNKNOWN, stage="appraised"),
            },
        ),
    ),
}


class TestSums:
    """A sum that the workbook makes itself is no score, not even of rows that are all empty."""

    def test_of_empty_rows(self) -> None:
        under = scheme(
            criteria=[area("1", "4"), area("2", "6", area("2.1", "2"), area("2.2", "4"))]
        )
        card = Scorecard("X", 2024, {"1": Entry(Points(Decimal(3)))}, scheme=under.id)
        assert list(back(card, under).scores) == ["1"]

    @needs_soffice
    def test_what_is_stored_is_what_a_spreadsheet_works_out(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        file.write_bytes(workbook_of(in_workbook(), SCHEME, language("vi")))
        stored = openpyxl.load_workbook(file, data_only=True).worksheets[0]
        openpyxl.load_workbook(file).save(file)  # without what was stored, so that it is worked out
        saved = convert(file, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
        sheet = openpyxl.load_workbook(saved, data_only=True).worksheets[0]
        compared = 0
        for row in stored.iter_rows(min_row=8):
            for cell in row:
                other = sheet[str(cell.coordinate)].value
                if isinstance(cell.value, int | float) and isinstance(other, int | float):
                    assert abs(cell.value - other) < 1e-9, cell.coordinate
                    compared += 1
                else:
                    assert str(cell.value or "") == str(other or ""), cell.coordinate
        assert compared > 300


class TestLost:
    """What a workbook cannot hold is told, row by row, and then no workbook is made."""

    @staticmethod
    def told(card: Scorecard) -> list[tuple[str, str]]:
        with pytest.raises(InputError) as caught:
            workbook_of(card, SMALL, language("en"))
        return [(finding.code, finding.where) for finding in caught.value.findings]

    @pytest.mark.parametrize("what", LOST)
    def test_score(self, what: str) -> None:
        code, entry = LOST[what]
        card = Scorecard("X", 2024, {code: entry}, scheme=SMALL.id)
        assert self.told(card) == [("P703", code)]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("total", Decimal(5)),
            ("parts", {"origin": {"a": Decimal(1)}}),
            ("counts", {"received": Tally(3)}),
            ("published", Published(rank=3)),
            ("ranked", False),
            ("unit", "x" * 40_000),
        ],
    )
    def test_head(self, field: str, value: Any) -> None:
        card = Scorecard(**{"unit": "X", "year": 2024, "scheme": SMALL.id, field: value})
        assert ("P703", field) in self.told(card)

    def test_everything_at_once(self) -> None:
        scores = dict(LOST[what] for what in ("raw counts", "a fact of an appraiser"))
        assert len(self.told(Scorecard("X", 2024, scores, total=Decimal(1)))) == 3


class TestEvidence:
    """A line names a document with its date and where to look, in either language."""

    @pytest.mark.parametrize("lang", LANGS)
    def test_round_trip(self, lang: LanguageCode) -> None:
        for date in (None, datetime.date(2024, 3, 5)):
            for section in (None, "II, III"):
                for page in (None, "2, 3"):
                    given_ = Evidence("17/QĐ-SNV, bổ sung", date, section, page)
                    assert evidence_of(evidence_text(given_, language(lang))) == given_

    @pytest.mark.parametrize(
        ("line", "read"),
        [
            ("17/QĐ-SNV", Evidence("17/QĐ-SNV")),
            ("Số 17, Trang 4", Evidence("Số 17", page="4")),
            ("17, ngày 31/2/2024", Evidence("17, ngày 31/2/2024")),
            ("17, ngày 5/3/2024", Evidence("17", datetime.date(2024, 3, 5))),
            ("17, ngày 5.3.2024, trang 2", Evidence("17", datetime.date(2024, 3, 5), page="2")),
            ("17, Ngày 5 tháng 3 năm 2024", Evidence("17", datetime.date(2024, 3, 5))),
            ("17, ngày 5/3/24", Evidence("17, ngày 5/3/24")),
            (", trang 2", Evidence(", trang 2")),
        ],
    )
    def test_as_people_write(self, line: str, read: Evidence) -> None:
        assert evidence_of(line) == read


class TestSheet:
    """A prefilled workbook is still one to fill in: formulas, limits and locks are those of an empty one."""

    def test_text_is_no_formula(self, tmp_path: Path) -> None:
        entry = Entry(Points(Decimal(1)), note="=1+1", explanation="@x")
        file = tmp_path / "a.xlsx"
        file.write_bytes(workbook_of(Scorecard("=U", 2024, {"2": entry}), SMALL, language("en")))
        sheet = openpyxl.load_workbook(file).worksheets[0]
        kinds = {
            cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value
        }
        assert (kinds["=1+1"], kinds["@x"], kinds["=U"]) == ("s", "s", "s")
        assert sheet.protection.sheet

    def test_columns_only_where_something_stands_in_them(self) -> None:
        from parindex.office.xlsx.layout import ORDER, columns_of

        assert columns_of(Scorecard("X", 2024)) == ORDER
        final = Entry(
            Points(Decimal(1)), stage="final", stages={"final": Entry(Points(Decimal(1)))}
        )
        said = replace(final, reason="r", explanation="e")
        more = columns_of(Scorecard("X", 2024, {"2": said}))
        assert set(more) - set(ORDER) == {"final", "explanation"}
        assert more.index("appraised") + 1 == more.index("final")
