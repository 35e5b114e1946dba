"""What a run of `parindex score` does not wait for."""

import subprocess
import sys

from tests.support import EXAMPLE

_RUN = (
    "import atexit, gc, sys; sys.argv = ['parindex', 'score', *sys.argv[1:]]\n"
    "from parindex.cli import main\n"
    "def loaded(): print(gc.get_freeze_count() > 0, *sys.modules, file=sys.stderr)\n"
    "atexit.register(loaded); main()"
)
_NOT_NEEDED = {
    "docx",
    "docxtpl",
    "narwhals",
    "numpy",
    "openpyxl",
    "parindex.api",
    "parindex.cli.rank",
    "parindex.files.case_file",
    "parindex.files.result_file",
    "parindex.office",
    "parindex.published_figures",
    "parindex.reading.read_json",
    "parindex.render.csv_table",
    "parindex.render.json_data",
    "parindex.render.json_schemas",
    "parindex.render.markdown",
    "parindex.render.rich_table",
    "parindex.render.workbook",
    "parindex.scale",
    "parindex.scorecard.delimited.read",
    "parindex.tables.explain",
    "parindex.tables.ranking",
    "polars",
    "typst",
    "vl_convert",
    "xlsxwriter",
}


class TestStartUp:
    """`score` into a pipe loads nothing of other commands and formats, and ends at once."""

    def test_a_whole_run(self) -> None:
        command = [sys.executable, "-c", _RUN, EXAMPLE]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        is_frozen, *modules = done.stderr.split()
        assert (is_frozen, _NOT_NEEDED & set(modules)) == ("True", set())
        assert "parindex.render.plain_text" in modules
