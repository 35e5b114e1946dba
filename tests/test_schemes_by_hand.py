"""Schemes as people write them first: what is meant is read, and each fault is told at once, with what to write."""

from pathlib import Path

import pytest

from tests.support import ROOT, call, run

HAND = ROOT / "tests" / "by_hand"
HEAD = "id: so-2024\ntitle: Bộ tiêu chí\nlevel: department\nyears: [2024]\nmax: 10\ncriteria:\n"
ONE = '- {code: "1", name: A, max: 10}\n'


def told(file: Path, lang: str = "en") -> list[str]:
    """What `check` says of a scheme, line by line: place, code and message."""
    start = call if lang == "en" else run  # the language of this process is English
    lines = start("check", str(file), "--lang", lang).out.splitlines()[:-1]
    return [line.removeprefix(f"{file}:").partition(" → ")[0] for line in lines]


def told_of(folder: Path, text: str, lang: str = "en") -> list[str]:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return told(folder / "a.yaml", lang)


class TestWholeFiles:
    """The files of two officials: one is right as it is, the other's faults come all in one round."""

    def test_bands_without_years(self) -> None:
        assert told(HAND / "bands-no-years.yaml") == []

    def test_first_try(self) -> None:
        assert [line.partition(" error ")[0] for line in told(HAND / "scheme-first-try.yaml")] == [
            *("1:1: P109", "4:1: P108", "4:7: P110", "18:66: P110"),
            *("31:15: P301", "35:15: P301"),
        ]

    def test_first_try_says_what_to_write(self) -> None:
        lines = "\n".join(told(HAND / "scheme-first-try.yaml"))
        for said in ("did you mean: years", "[2024]", '0.5 or "0,5" in quotes'):
            assert said in lines

    def test_first_try_in_vietnamese(self) -> None:
        lines = "\n".join(told(HAND / "scheme-first-try.yaml", "vi"))
        assert "có phải muốn ghi: years" in lines
        assert 'ghi 0.5 hoặc "0,5" trong dấu nháy' in lines


class TestForgiven:
    """What can be meant in one way only is read as it is meant."""

    @pytest.mark.parametrize("level", ["Sở", "sở", "cấp huyện", "Cấp xã", "tỉnh", "province"])
    def test_levels(self, level: str, tmp_path: Path) -> None:
        assert told_of(tmp_path, HEAD.replace("level: department", f"level: {level}") + ONE) == []

    def test_left_out(self, tmp_path: Path) -> None:
        assert told_of(tmp_path, HEAD.replace("level: department\n", "") + ONE) == []

    def test_bands_without_years(self, tmp_path: Path) -> None:
        bands = "bands:\n- by: percent\n  steps: [{name: Tốt, from: 80}, {name: Yếu, from: 0}]\n"
        assert told_of(tmp_path, HEAD + ONE + bands) == []

    def test_codes_without_quotes(self, tmp_path: Path) -> None:
        """`1.10` and `1.1` are two codes, and no number."""
        two = "- {code: 1.10, name: A, max: 5}\n- {code: 1.1, name: B, max: 5}\n"
        assert told_of(tmp_path, HEAD + two) == []


_COMMA = 'inside {…} a comma ends an entry: write 0.5 or "0,5" in quotes, 97.2% or "97,2%"'
_CHOICE = "rule: {kind: choice, options: {kịp thời: 10, chậm: 0,5, không: 0}}"
_STEPS = "rule: {kind: steps, steps: [{from: 80, points: 0,5}, {from: 0, points: 0}]}"
VIETNAMESE = (
    "id: so-2024\ntên: Bộ tiêu chí\ncấp: sở\nnăm: 2024\nđiểm tối đa: 10\ntiêu chí:\n"
    '- {mã: "1", tên: A, điểm tối đa: 9, quy tắc: {kind: choice, phương án: {đạt: 10}}}\n'
)
FAULTS = {
    "name and title are swapped": (
        HEAD.replace("title:", "name:") + ONE.replace("name:", "title:"),
        ["found: name; did you mean: title", "found: title; did you mean: name"],
        [],
    ),
    "year for years": (
        HEAD.replace("years: [2024]", "year: 2024") + ONE,
        ["did you mean: years", "found: 2024; expected: [2024]"],
        ["có phải muốn ghi: years", "cần ghi: [2024]"],
    ),
    "a range of years": (
        HEAD.replace("[2024]", "2024-2025") + ONE,
        ["found: 2024-2025; expected: [2024, 2025]"],
        [],
    ),
    "a comma in options": (HEAD + ONE.replace("}", f", {_CHOICE}}}"), [_COMMA], ["trong dấu nháy"]),
    "a comma in steps": (HEAD + ONE.replace("}", f", {_STEPS}}}"), [_COMMA], ["trong dấu nháy"]),
    "a comma in a block": (
        HEAD + '- code: "1"\n  name: A\n  max: 7,5\n',
        ["found: 7,5; expected: 7.5"],
        ["đang ghi: 7,5; cần ghi: 7.5"],
    ),
    "points with their unit": (
        HEAD.replace("max: 10", "max: 10 điểm") + ONE,
        ["found: 10 điểm; expected: 10"],
        [],
    ),
    "a sign of percent": (
        HEAD + ONE.replace("}", f", {_STEPS}}}").replace("80", "80%").replace("0,5", "5"),
        ["found: 80%; expected: 80"],
        [],
    ),
    "a level that there is not": (
        HEAD.replace("level: department", "level: phòng") + ONE,
        ["found: phòng; expected: province | ministry | department"],
        [],
    ),
    "Vietnamese fields": (
        VIETNAMESE,
        [
            *("found: tên; did you mean: title", "found: cấp; did you mean: level"),
            *("found: năm; did you mean: years", "found: 2024; expected: [2024]"),
            *("found: điểm tối đa; did you mean: max", "found: tiêu chí; did you mean: criteria"),
            *("found: mã; did you mean: code", "found: tên; did you mean: name"),
            *("found: quy tắc; did you mean: rule", "found: phương án; did you mean: options"),
            "P302",
        ],
        ["có phải muốn ghi: criteria", "có phải muốn ghi: options"],
    ),
    "a tab": (
        HEAD + '- code: "1"\n\tname: A\n',
        ["spaces instead of the tab"],
        ["dấu cách thay cho"],
    ),
    "a quote that is not closed": (
        HEAD + '- {code: "1.1, name: A, max: 5}\n',
        ["every quote and bracket closed"],
        ["mọi dấu nháy"],
    ),
    "a colon in a name": (
        HEAD + '- code: "1"\n  name: Kế hoạch: ban hành\n  max: 10\n',
        ["quotes around a text with a colon in it"],
        [],
    ),
    "a rule that is a word": (
        HEAD + ONE.replace("}", ", rule: steps}"),
        ["found: steps; expected: {kind: …}"],
        [],
    ),
    "a kind of rule that there is not": (
        HEAD + ONE.replace("}", ", rule: {kind: bậc}}"),
        ["found: bậc; expected: points | choice"],
        [],
    ),
}


class TestFaults:
    """Each fault is told in one round, with what to write instead, in both languages."""

    @pytest.mark.parametrize("name", FAULTS)
    def test_told(self, name: str, tmp_path: Path) -> None:
        text, english, vietnamese = FAULTS[name]
        for lang, wanted in (("en", english), ("vi", vietnamese)):
            lines = "\n".join(told_of(tmp_path, text, lang))
            assert [said for said in wanted if said not in lines] == []
