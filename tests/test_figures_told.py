"""Figures in findings: in the digits of the reader's language, and one true fault for one slip."""

from pathlib import Path

import pytest

from tests.support import call, run

_HEAD = "unit: Sở A\nyear: 2018\nscheme: vn-province-2018\nscores:\n"


def check(tmp_path: Path, text: str, lang: str = "vi") -> str:
    """What `check` prints of a scorecard."""
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    told: str = run("check", str(file), "--lang", lang, "--ignore", "P607").out
    return told


class TestDigits:
    """Points and bounds that are worked with have the mark of the language; texts stand as typed."""

    @pytest.mark.parametrize("typed", ["14,2", "14.2"])
    def test_points(self, typed: str, tmp_path: Path) -> None:
        text = f'{_HEAD}  "1": {typed}\n'
        assert "(đang ghi: 14,2; cần ghi: 0…9)" in check(tmp_path, text)
        assert "(found: 14.2; expected: 0…9)" in check(tmp_path, text, "en")

    def test_as_typed(self, tmp_path: Path) -> None:
        assert "đang ghi: 7.x" in check(tmp_path, f'{_HEAD}  "1": 7.x\n')

    def test_words_of_states(self, tmp_path: Path) -> None:
        """What is expected is in the reader's words, each of which is read."""
        told = check(tmp_path, f'{_HEAD}  "1": bảy\n')
        words = told.partition("cần ghi: ")[2].partition(")")[0].split(" | ")
        assert words == [
            "12,5 / 12.5",
            "không áp dụng",
            "không có tài liệu kiểm chứng",
            "chưa biết",
        ]
        scores = "".join(f'  "{n}": {word}\n' for n, word in enumerate(words[1:], 1))
        assert "P110" not in check(tmp_path, f'{_HEAD}{scores}  "4": 1\n')

    def test_a_part_above_the_whole(self, tmp_path: Path) -> None:
        scheme = tmp_path / "s.yaml"
        scheme.write_text(
            "id: so\ntitle: Sở\nyears: [2018]\ncriteria:\n"
            '- {code: "1", name: A, max: 5, rule: {kind: ratio}}\n',
            encoding="utf-8",
        )
        text = 'unit: A\nyear: 2018\nscheme: s.yaml\nscores: {"1": {ratio: 55/50}}\n'
        assert "55/50: tử số lớn hơn mẫu số" in check(tmp_path, text)


class TestTwoReadings:
    """Both readings are told as they are to be written, and only where two are possible."""

    def test_both_can_be_written(self, tmp_path: Path) -> None:
        text = f'{_HEAD}  "1": {{value: "1,250"}}\n'
        assert "đang ghi: 1,250; cần ghi: 1,2500 / 1250" in check(tmp_path, text)
        for written in ("1,2500", "1250"):
            assert "P112" not in check(tmp_path, text.replace("1,250", written))

    def test_a_slip_elsewhere_adds_no_doubt(self, tmp_path: Path) -> None:
        """Where the year is missing no maximum is known, and the comma is no fault of its own."""
        whole = f'{_HEAD}  "1": 8,125\n'
        assert "P112" not in check(tmp_path, whole)
        told = check(tmp_path, whole.replace("year: 2018\n", ""))
        assert ("P109" in told, "P112" in told) == (True, False)

    def test_nor_in_csv(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        for year, told in (("2018", (False, False)), ("", (True, False))):
            file.write_text(
                f'unit,year,scheme,code,points\nA,{year},vn-province-2018,1,"8,125"\n',
                encoding="utf-8",
            )
            out = call("check", str(file)).out
            assert ("P109" in out, "P112" in out) == told

    def test_thousands(self, tmp_path: Path) -> None:
        told = check(tmp_path, f'{_HEAD}  "1": "1.234,5"\n')
        assert "(đang ghi: 1.234,5; cần ghi: 1234,5)" in told
        assert "không có dấu phân cách hàng nghìn" in told

    def test_a_comma_inside_braces(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(f'{_HEAD}  "1": {{value: 97,2%}}\n', encoding="utf-8")
        ran = call("check", str(file))
        assert '97.2% or "97,2%"' in ran.out


class TestRounded:
    """Where points and lost points as printed miss the maximum, the table says why; else it is silent."""

    SCHEME = (
        "id: so\ntitle: Sở\nyears: [2018]\nmax: 100\ncriteria:\n"
        '- {code: "1", name: A, max: 100, rule: {kind: ratio}}\n'
    )
    WHY = "Mỗi số được làm tròn riêng"

    @pytest.mark.parametrize(("part", "says"), [("84525", True), ("84530", False)])
    def test_why(self, part: str, *, says: bool, tmp_path: Path) -> None:
        (tmp_path / "s.yaml").write_text(self.SCHEME, encoding="utf-8")
        card, report = tmp_path / "a.yaml", tmp_path / "a.md"
        card.write_text(
            f'unit: A\nyear: 2018\nscheme: s.yaml\nscores: {{"1": {{ratio: {part}/100000}}}}\n',
            encoding="utf-8",
        )
        ran = run("score", str(card), "--lang", "vi")
        assert (ran.code, self.WHY in ran.out) == (0, says)
        made = run(
            *("report", str(card), "--kind", "self-assessment"), "--lang", "vi", "-o", str(report)
        )
        assert made.code == 0
        assert (self.WHY in report.read_text(encoding="utf-8")) == says
