"""Scorecards from files: numbers as typed, and back again."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from parindex.api import read_scorecards, write_scorecard
from parindex.findings import InputError
from parindex.reading.numerals import DecimalMark, read_number
from parindex.scorecard.scorecard import Entry, Published, Scorecard
from parindex.scoring import score as score_under
from parindex.values.collation import same_unit
from parindex.values.facts import Fact, Percent, Points, Ratio, State, StateName, Value
from parindex.values.normal import unseen_removed
from tests.support import area, scheme


class TestNumbers:
    """A number is read as it was meant, or refused: never guessed."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [("7.93", "7.93"), ("7,93", "7.93"), ("10.50", "10.50"), ("0,500", "0.500"), ("9", "9")],
    )
    def test_read(self, text: str, value: str) -> None:
        assert str(read_number(text)) == value

    @pytest.mark.parametrize(
        ("text", "most", "counted", "value"),
        [
            ("97,685", "100", False, "97.685"),
            ("1,250", "1000", False, "1.250"),
            ("1,250", None, False, "P112"),
            ("1,250", "2000", False, "P112"),
            ("694.611", None, True, "P112"),
            ("694,611", None, True, "P112"),
            ("694611", None, True, "694611"),
            ("1.694.611", None, True, "1694611"),
            ("1.694,611", None, True, "P110"),
            ("694.611", None, False, "694.611"),
            ("", None, False, "P110"),
            ("1 000", None, False, "P110"),
            ("+5", None, False, "P110"),
            ("1_000", None, False, "P110"),
        ],
    )
    def test_two_readings(self, text: str, most: str | None, counted: bool, value: str) -> None:
        try:
            told = str(read_number(text, most=Decimal(most) if most else None, counted=counted))
        except PydanticCustomError as error:
            told = error.type
        assert told == value

    @pytest.mark.parametrize(
        ("text", "mark", "value"),
        [
            ("694.611", "comma", "694611"),
            ("694.611", "point", "694.611"),
            ("1.234,5", "comma", "1234.5"),
            ("1,234.5", "point", "1234.5"),
        ],
    )
    def test_the_user_may_say_which(self, text: str, mark: DecimalMark, value: str) -> None:
        assert str(read_number(text, mark, counted=True)) == value


class TestFiles:
    """A file holds one or more scorecards, each with a scheme or a level and year."""

    def test_level_and_year_name_the_scheme(self, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        file.write_text('unit: X\nyear: 2018\nscores: {"1": 9}\n', encoding="utf-8")
        assert read_scorecards(file)[0].scheme == "vn-province-2018"

    def test_letters_are_composed(self, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        decomposed = "So\u0301c Tra\u0306ng"
        file.write_text(f'unit: {decomposed}\nyear: 2018\nscores: {{"1": 9}}\n', encoding="utf-8")
        assert read_scorecards(file)[0].unit == "Sóc Trăng"

    def test_faults_of_form_and_of_scores_come_together(self, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        file.write_text(
            'unit: X\nyear: 2018\nscores: {"1": x, "2": 11}\n---\nunit: Y\nyear: 2018\nscores: {"77": 1}\n',
            encoding="utf-8",
        )
        with pytest.raises(InputError) as caught:
            read_scorecards(file)
        assert [finding.code for finding in caught.value.findings] == ["P110", "P202", "P201"]


TREE = scheme(
    criteria=[
        area("1", "4", rule={"kind": "ratio"}),
        area("2", "6", area("2.1", "2"), area("2.2", "4", rule={"kind": "ratio", "floor": "50%"})),
    ]
)
letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
texts = st.text(letters, min_size=1, max_size=30).filter(
    lambda text: bool(unseen_removed(text).strip())
)
hundredths = st.decimals(0, 100, places=2)
counts = st.integers(1, 10**6)
STATES: list[StateName] = ["unknown", "no_evidence", "not_applicable"]
states = st.sampled_from(STATES)


def points_up_to(most: int) -> st.SearchStrategy[Fact]:
    return st.decimals(0, most, places=3).map(Points)


facts_of_rates = st.one_of(
    hundredths.map(Percent),
    hundredths.map(lambda value: Value(value, is_percent=True)),
    st.tuples(counts, counts).map(lambda pair: Ratio(Decimal(min(pair)), Decimal(max(pair)))),
    st.builds(State, states),
)


@st.composite
def cards(draw: st.DrawFn) -> Scorecard:
    """Any scorecard of the tree, with any names and notes."""
    facts: dict[str, Fact] = {
        "1": draw(facts_of_rates | points_up_to(4)),
        "2.1": draw(points_up_to(2)),
        "2.2": draw(facts_of_rates | points_up_to(4)),
    }
    said = st.none() | texts
    scores = {code: Entry(fact, draw(said), draw(said)) for code, fact in facts.items()}
    published = draw(
        st.none() | hundredths.map(lambda index: Published(index=index, rank=1, of=63))
    )
    return Scorecard(
        unit=draw(texts), year=2024, scores=scores, published=published, source=draw(said)
    )


class TestRoundTrip:
    """A scorecard written and read again scores the same."""

    @given(st.lists(cards(), min_size=1, max_size=3, unique_by=lambda card: same_unit(card.unit)))
    def test_any(self, tmp_path_factory: pytest.TempPathFactory, written: list[Scorecard]) -> None:
        file = tmp_path_factory.getbasetemp() / "cards.yaml"
        file.write_text(write_scorecard(written), encoding="utf-8")
        for before, after in zip(written, read_scorecards(file, TREE), strict=True):
            one, other = score_under(before, TREE), score_under(after, TREE)
            assert (one.outcome, one.outcomes) == (other.outcome, other.outcomes)
            assert [entry.fact for entry in before.scores.values()] == [
                entry.fact for entry in after.scores.values()
            ]


class TestManyUnits:
    """Units do not touch each other: their order changes no result."""

    @given(st.lists(cards(), min_size=2, max_size=4), st.randoms(use_true_random=False))
    def test_order(self, written: list[Scorecard], random: Random) -> None:
        shuffled = random.sample(written, len(written))
        alone = {id(card): score_under(card, TREE).outcomes for card in written}
        assert all(score_under(card, TREE).outcomes == alone[id(card)] for card in shuffled)
