"""Documents of a real, half-filled scorecard: what stands in them can be sent out as it is."""

import pytest

from parindex.tables.sources import address_notes, publisher
from tests.processes import Ran
from tests.support import call, run

CARD = """unit: Hòa Bình
year: 2018
level: province
scheme: vn-province-2018
scores: {"1": 8.12, "2": 8.75, "3": 11.2, "4": 9.9, "5": 10.75, "6": 8.3, "7": unknown, "8": 13.05}
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("card") / "card.yaml"
    file.write_text(CARD, encoding="utf-8")
    return str(file)


def report(kind: str, *arguments: str) -> Ran:
    return call("report", "--kind", kind, *arguments)


class TestSources:
    """A document names the decision; the newspaper that its maxima were read in stands in one note."""

    @pytest.mark.parametrize("kind", ["self-assessment", "analysis"])
    def test_said_once(self, card: str, kind: str) -> None:
        told = report(kind, card).out
        assert "(decision 2636/QĐ-BNV of 2018-12-10)" in told
        assert told.count("Báo Sóc Trăng") == 1
        assert (
            "The maxima are as printed in Báo Sóc Trăng (baosoctrang.org.vn), 24/6/2019; not "
            "checked against decision 2636/QĐ-BNV of 2018-12-10 itself." in told
        )

    @pytest.mark.parametrize("form", ["html", "markdown"])
    def test_vietnamese(self, card: str, form: str) -> None:
        done = run("report", "--kind", "self-assessment", card, "--lang", "vi", "--format", form)
        told = "chưa đối chiếu với văn bản gốc của Quyết định số 2636/QĐ-BNV ngày 10/12/2018."
        assert done.out.count(told) == 1

    def test_explain_says_what_its_source_is(self, card: str) -> None:
        told = call("explain", card, "1").out
        assert "24/6/2019 (not checked against the decision itself)" in told

    def test_the_text_of_the_decision_needs_no_check(self) -> None:
        """Its address has the number of the decision in it."""
        told = call("explain", "1", "--scheme", "vn-ca-mau-departments-2013").out
        assert "Quyet-dinh-1880-QD-UBND" in told
        assert "not checked" not in told

    def test_publisher(self) -> None:
        address = "https://www.mekongsean.vn/a.html"
        assert [publisher(each) for each in (address, "http://[", "Báo A, 1/2/2019")] == [
            "mekongsean.vn",
            "http://[",
            "Báo A, 1/2/2019",
        ]
        assert [*address_notes([address, None, "Báo A", address])] == [f"mekongsean.vn: {address}"]
