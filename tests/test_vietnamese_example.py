"""The example scheme read in Vietnamese: no English word and no id of the scheme is printed."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from parindex.api import load_scheme
from parindex.values.fields import Name
from tests.support import ROOT, run

FILE = "examples/schemes/departments-2024.yaml"
CARD = "examples/departments-2024.yaml"
UNDER = ("--scheme", FILE)
SCHEME = load_scheme(str(ROOT / FILE))
COMMANDS = {
    "score": ("score", CARD, *UNDER, "--depth", "9"),
    "stages": ("score", CARD, *UNDER, "--stages", "--depth", "9"),
    "losses": ("losses", CARD, *UNDER),
    "losses by origin": ("losses", CARD, *UNDER, "--by", "origin"),
    "losses by lead": ("losses", CARD, *UNDER, "--by", "lead"),
    "check": ("check", CARD, *UNDER),
    "explain a score": ("explain", CARD, "7.4.2", *UNDER),
    "explain a rule": ("explain", "7.2.2", *UNDER),
    "show": ("schemes", "show", FILE, "--depth", "9"),
    "target": ("target", CARD, *UNDER, "--index", "90"),
    "simulate": ("simulate", CARD, *UNDER, "--set", "1.1.1=late"),
    "rank": ("rank", CARD, *UNDER),
    "self-assessment": ("report", CARD, *UNDER, "--kind", "self-assessment"),
    "analysis": ("report", CARD, *UNDER, "--kind", "analysis"),
    "plan": ("report", CARD, *UNDER, "--kind", "plan"),
}
COMMON = (
    *("the", "of", "and", "not", "for", "with", "from", "points", "maximum", "total", "score"),
    *("unknown", "no_evidence", "not_applicable", "self", "appraised", "final", "department"),
)


def names() -> Iterator[Name]:
    """Every name in the scheme."""
    yield SCHEME.title
    for criterion in SCHEME.by_code.values():
        yield criterion.name
        yield from getattr(criterion.rule, "names", {}).values()
    for parts in SCHEME.partitions.values():
        yield from (part.name for part in parts if part.name)
    yield from (block.name for block in SCHEME.adjustments if block.name)


def ids() -> set[str]:
    """The ids of options, items, parts, blocks, profiles and rules."""
    found = {block.id for block in SCHEME.adjustments} | {*SCHEME.profiles}
    for parts in SCHEME.partitions.values():
        found |= {part.id for part in parts}
    for criterion in SCHEME.by_code.values():
        if criterion.rule is not None:
            found.add(criterion.rule.kind)
            found |= {
                *getattr(criterion.rule, "options", ()),
                *getattr(criterion.rule, "items", ()),
            }
    return found


def english() -> set[str]:
    """English words: names in English whole, ids, and common words."""
    return {name.en for name in names() if name.en} | ids() | {*COMMON}


def found_in(text: str) -> list[str]:
    """The English words in a text, but for the id of the scheme itself and what stands in backticks."""
    text = re.sub("`[^`]*`", "", text.replace(SCHEME.id, "").replace(CARD, ""))
    return [
        word for word in sorted(english()) if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]


class TestNames:
    """Every option, item, part and block of the example has a name in Vietnamese, not its id."""

    def test_all_are_named(self) -> None:
        for criterion in SCHEME.by_code.values():
            rule = criterion.rule
            asked = {*getattr(rule, "options", ()), *getattr(rule, "items", ())}
            assert asked <= getattr(rule, "names", {}).keys(), criterion.code

    def test_none_is_the_same_in_both_languages(self) -> None:
        assert [name.vi for name in names() if name.vi == name.en] == []


class TestOutput:
    """With `--lang vi` everything about the example is in Vietnamese."""

    @pytest.mark.parametrize("what", COMMANDS)
    def test_command(self, what: str) -> None:
        ran = run(*COMMANDS[what], "--lang", "vi")
        assert (ran.code, found_in(ran.out + ran.err)) == (0, [])

    def test_template(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        assert run("template", FILE, "--year", "2024", "--lang", "vi", "-o", str(file)).code == 0
        sheet = openpyxl.load_workbook(file).worksheets[0]
        cells = [
            str(cell.value)
            for row in sheet.iter_rows(min_row=7, max_col=14)
            for cell in row
            if cell.value is not None and cell.data_type != "f"
        ]
        hints = [each.prompt or "" for each in sheet.data_validations.dataValidation]
        assert found_in("\n".join([*cells, *hints])) == []
        assert "– phương án ứng cứu sự cố" in cells
