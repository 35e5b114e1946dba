"""Bad JSON and YAML that is large: made here, and refused with little memory, time and words."""

from pathlib import Path

import pytest

from tests.bad.check import told_within_limits

LARGE = {
    "lists.json": ("", "[", 100_000, "", "*P106 *(expected: ≤ 40)"),
    "lists-of-values.json": ("[" * 100_000, "]", 100_000, "", "*P106 *(expected: ≤ 40)"),
    "objects.json": ("", '{"a": ', 100_000, "", "*P106 *(expected: ≤ 40)"),
    "objects-of-values.json": (
        '{"a": ' * 100_000 + "1",
        "}",
        100_000,
        "",
        "*P106 *(expected: ≤ 40)",
    ),
    "a-field.json": (
        '{"unit": "',
        "x",
        5_000_000,
        '", "year": 2018, "scores": {"1": 5}}',
        "/unit: P111 the number or text is too long (found: xxxxxxxxxxxxxxxxxxxx… (5000000); expected: ≤ 20000)",
    ),
    "digits.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": ',
        "1",
        200_000,
        "}}",
        "/scores/1: P111 the number or text is too long (found: 11111111111111111111… (200000); expected: ≤ 20000)",
    ),
    "decimals.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": "0.',
        "1",
        200_000,
        '"}}',
        "/scores/1: P111 the number or text is too long (found: 0.111111111111111111… (200002); expected: ≤ 20000)",
    ),
    "values.json": ('{"x": [', "1,", 5_000_000, "1]}", "1:*: P106 *(expected: ≤ 200000)"),
    "a-file.json": ("", " ", 33 * 1024 * 1024, "{}", "P102 *"),
    "values.yaml": ("x:\n", "- 1\n", 1_000_000, "", "200000:3: P106 *(expected: ≤ 200000)"),
    "lists.yaml": ("unit: ", "[", 100_000, "", "1:*: P106 *(expected: ≤ 40)"),
    "mappings.yaml": ("unit: ", "{a: ", 100_000, "", "1:*: P106 *(expected: ≤ 40)"),
    "a-field.yaml": (
        "unit: X\nyear: 2018\nsource: ",
        "x",
        5_000_000,
        "\nscores: {1: 5}\n",
        "3:9: P111 the number or text is too long (found: xxxxxxxxxxxxxxxxxxxx… (5000000); expected: ≤ 20000)",
    ),
    "digits.yaml": (
        'unit: X\nyear: 2018\nscores: {"1": ',
        "1",
        200_000,
        "}\n",
        "3:15: P111 the number or text is too long (found: 11111111111111111111… (200000); expected: ≤ 20000)",
    ),
}
"""Text that begins somehow, repeats something so many times, and ends; and what is said of it."""
MANY = {
    "codes.json": ('{"unit": "X", "year": 2018, "scores": {', '"x#": 1', ", ", "}}"),
    "values.json": ('{"unit": "X", "year": 2018, "scores": {', '"x#": "y"', ", ", "}}"),
    "units.json": ("[", '{"unit": "X#", "year": 2018, "scores": {"1": 10}}', ", ", "]"),
    "values.yaml": ("unit: X\nyear: 2018\nscores:\n", "  x#: y", "\n", "\n"),
    "fields.json": ('{"unit": "X", "year": 2018, "scores": {"1": 1}, ', '"x#": 1', ", ", "}"),
    "fields-of-a-score.json": (
        '{"unit": "X", "year": 2018, "scores": {"1": {"points": 1, ',
        '"x#": 1',
        ", ",
        "}}}",
    ),
    "a-unit-again.json": (
        '[{"unit": "X", "year": 2018, "scores": {"1": 1}}, ',
        '{"unit": "X", "year": 2018, "scores": {"1": 1}}',
        ", ",
        "]",
    ),
    "documents.yaml": ("", "unit: X#\nyear: 2018\nscores: {1: 10}\n", "---\n", ""),
}
"""Text that begins somehow, holds something thousands of times with a number for `#`, and ends."""
FAULTS = 3_000


class TestLimits:
    """However large the fault, it takes little memory and time, and few words."""

    @pytest.mark.parametrize("name", LARGE)
    def test_large(self, tmp_path: Path, name: str) -> None:
        start, piece, times, end, line = LARGE[name]
        text = f"{start}{piece * times}{end}"
        assert told_within_limits(tmp_path / name, text, [line]) == [line]

    @pytest.mark.parametrize("name", MANY)
    def test_thousands_of_faults(self, tmp_path: Path, name: str) -> None:
        start, piece, between, end = MANY[name]
        pieces = (piece.replace("#", str(number)) for number in range(FAULTS))
        lines = told_within_limits(tmp_path / name, f"{start}{between.join(pieces)}{end}")
        assert (len(lines), lines[-1]) == (51, f"… and {FAULTS - 50} more faults")
