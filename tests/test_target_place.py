"""What cannot be planned is told with the file that it is of."""

from pathlib import Path

from tests.support import call


class TestWithoutMaximum:
    """Where nothing applies to a unit there is no index to plan for, and its file is named."""

    def test_place(self, tmp_path: Path) -> None:
        file = tmp_path / "card.yaml"
        leaves = ", ".join(f'"{code}": not_applicable' for code in ("1.1", "1.2", "2.1", "2.2"))
        head = "unit: A\nyear: 2024\nlevel: department\n"
        file.write_text(f"{head}scores: {{{leaves}}}\n", encoding="utf-8")
        ran = call("target", str(file), "--scheme", "examples/small-scheme.yaml", "--index", "90")
        assert ran.code == 2
        assert ran.err.startswith(f"{file}:1:1: P223")
