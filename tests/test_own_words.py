"""What is said of a broken file is ours, and the same with every release of the libraries."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from parindex.findings import InputError, describe
from parindex.findings.system import cause
from parindex.reading.broken import broken_row
from parindex.reading.document import Document
from parindex.reading.read_json import read_json
from parindex.reading.read_yaml import read_yaml
from parindex.values.finding import Finding
from parindex.values.language import language
from tests.support import ROOT, call

END = "found: the end of the text; expected: every quote and bracket closed"
RULES = "P104 the file breaks the rules of its format"
DEEP = (
    "P106 the file is nested deeper, or holds more, than any scheme or scorecard (expected: ≤ 40)"
)
CARD = '{"unit": "X", "year": 2018, "scores": {"1": 5}}'


def told(documents: Iterator[Document]) -> list[str]:
    """The faults of a text, without the name of its file."""
    found: list[Finding] = []
    try:
        for document in documents:
            found += document.faults
    except InputError as error:
        found += error.findings
    return [describe(finding).removeprefix("f:") for finding in found]


JSON = {
    '{"a": 1': [f"1:8: {RULES} ({END})"],
    '{"a": "x': [f'1:7: {RULES} (found: "x; expected: every quote and bracket closed)'],
    '{"a": 1,}': [f"1:9: {RULES} (found: }})"],
    '{"a": 1 ,\n }': [f"2:2: {RULES} (found: }})"],
    "[1,]": [f"1:4: {RULES} (found: ])"],
    "[,]": [f"1:3: {RULES} (found: ])"],
    "[1 2]": [f"1:4: {RULES} (found: 2]; expected: , : ] }})"],
    "{'a': 1}": [f"1:2: {RULES} (found: 'a': 1}}; expected: a value, or \"key\": value)"],
    '{"a": "\\q"}': [f'1:8: {RULES} (found: \\q"}})'],
    '{"a": "x\ty"}': [f"1:9: {RULES} (found: U+0009)"],
}
YAML = {
    "a: b: c": [
        f"1:5: {RULES} (found: : c; expected: quotes around a text with a colon in it)",
    ],
    "a: 1\n\tb: 2": [f"2:1: {RULES} (found: U+0009; expected: spaces instead of the tab)"],
    "a: @x": [f"1:4: {RULES} (found: @x; expected: quotes around a text that begins so)"],
    'a: "x': [f"1:6: {RULES} ({END})"],
    "a: [1]]": [f"1:7: {RULES} (found: ])"],
    "- a\nb: c": [f"2:1: {RULES} (found: b: c)"],
    "a: 1\nb: \x01": [f"2:4: {RULES} (found: U+0001)"],
}
ROWS = {
    'a,"b"c\nd': {"found": '"c', "expected": ","},
    'a,"b\nc,d': {"found": '"b', "expected": "every quote and bracket closed"},
    'a,"b""': {"found": '"b""', "expected": "every quote and bracket closed"},
    "a\rb": {"found": "CR"},
    f'"a",{"x" * 20_001}': {"found": f"{'x' * 20}… (20001)", "expected": "≤ 20000"},
}


class TestBroken:
    """What stands at the place of the fault is told, and what belongs there where that is sure."""

    @pytest.mark.parametrize("text", JSON)
    def test_json(self, text: str) -> None:
        assert told(read_json(text, "f")) == JSON[text]

    @pytest.mark.parametrize("text", YAML)
    def test_yaml(self, text: str) -> None:
        assert told(read_yaml(text, "f")) == YAML[text]

    @pytest.mark.parametrize("text", ROWS)
    def test_csv(self, text: str) -> None:
        assert broken_row(text, ",") == ROWS[text]

    def test_newer_decoders_name_the_comma(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The place is that of the bracket behind it, whichever of the two a decoder names."""

        def refuse(text: str, _: int) -> Any:
            raise json.JSONDecodeError("Illegal trailing comma before end of array", text, 2)

        monkeypatch.setattr("parindex.reading.read_json._DECODER.raw_decode", refuse)
        assert told(read_json("[1,]", "f")) == JSON["[1,]"]


class TestNesting:
    """Our own bound of nesting comes first, wherever a parser or Python has one."""

    @pytest.mark.parametrize("times", [400, 401, 900, 1100, 5_000, 100_000])
    @pytest.mark.parametrize(("piece", "column"), [("[", 41), ('{"a":', 201), ('["x",', 201)])
    def test_json(self, piece: str, column: int, times: int) -> None:
        text = piece * times
        if times == 400:  # so far the text is looked at, as that of any fault
            assert told(read_json(text, "f"))[0].endswith(f"{RULES} ({END})")
            return
        assert told(read_json(text, "f")) == [f"1:{column}: {DEEP}"]
        faults = told(read_json(f"{CARD}\n[1, {text}", "f"))
        assert [fault.partition(":")[2] for fault in faults][-1].endswith(DEEP)

    @pytest.mark.parametrize("times", [42, 400])
    def test_json_that_ends(self, times: int) -> None:
        [fault] = told(read_json("[" * times + "]" * times, "f"))
        assert fault == f"/{'/'.join('0' * 41)}: {DEEP}"

    @pytest.mark.parametrize("times", [60, 401, 900, 1100, 5_000])
    @pytest.mark.parametrize(
        ("start", "piece", "place"),
        [
            ("unit: ", "[", "1:46"),
            ("", "[", "1:41"),
            ("a: 1\n---\n", "[", "3:41"),
            ("unit: ", "[\n", "40:1"),
            ("unit: ", "[ ", "1:85"),
            ("unit: ", "{a: ", "1:163"),
            ("", "- ", "1:81"),
        ],
    )
    def test_yaml(self, start: str, piece: str, place: str, times: int) -> None:
        assert f"{place}: {DEEP}" in told(read_yaml(start + piece * times, "f"))

    def test_brackets_in_a_text_are_none(self) -> None:
        text = json.dumps({"a": "[" * 1000 + '\\"{'})
        assert told(read_json(text, "f")) == told(read_yaml(text, "f")) == []

    def test_a_bound_of_the_parser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A parser that stops early, before it tells of a single bracket, changes no word."""

        def parse(*_: object, **__: object) -> Iterator[yaml.Event]:
            start, mark = yaml.Mark("f", 0, 0, 0, None, 0), yaml.Mark("f", 60, 0, 60, None, 0)
            yield yaml.DocumentStartEvent(start, start)
            raise yaml.MarkedYAMLError("while", mark, "words of a library", mark)

        monkeypatch.setattr(yaml, "parse", parse)
        assert told(read_yaml("[" * 100, "f")) == [f"1:41: {DEEP}"]


class TestSystem:
    """Why a file cannot be read is said in the reader's language."""

    def test_no_file(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("unit: X", encoding="utf-8")
        for name, words in (
            ("none.yaml", "no file or folder of this name"),
            ("a.yaml/b.yaml", "a file where a folder is named"),
            ("x" * 5000 + ".yaml", "a name that no file can have"),
        ):
            if os.name == "nt" and name != "none.yaml":
                continue
            for command in ("score", "rank", "merge", "test"):
                ran = call(command, str(tmp_path / name))
                assert ran.code == 2
                assert f"P101 the file cannot be read (found: {words})" in ran.out + ran.err

    @pytest.mark.skipif(os.name == "nt", reason="its names may be longer")
    def test_no_place_to_write(self, tmp_path: Path) -> None:
        unit = str(ROOT / "examples" / "departments-2024.yaml")
        scheme = ("--scheme", str(ROOT / "examples" / "schemes" / "departments-2024.yaml"))
        for arguments in (("score", unit), ("split", unit, "--by", "lead", "--format", "yaml")):
            ran = call(*arguments, *scheme, "-o", str(tmp_path / ("x" * 5000)))
            assert ran.code == 2
            assert (
                "P114 the file cannot be written (found: a name that no file can have)" in ran.err
            )

    def test_in_vietnamese(self) -> None:
        with pytest.raises(InputError) as caught:
            list(read_json('{"a": 1', "f"))
        said = describe(caught.value.findings[0], language("vi"))
        assert "hết văn bản; cần ghi: mọi dấu nháy và dấu ngoặc đều được đóng" in said

    def test_what_is_not_known_is_told_as_the_system_has_it(self) -> None:
        assert cause(OSError(9999, "strange")) == {"found": "strange"}
        assert cause(OSError()) == {"found": "OSError"}
        assert cause(ValueError("embedded null byte")) == {"cause": "a name that no file can have"}
