"""Which function does what a command does: most have its name, and the others are told here."""

from typing import Final

OTHERWISE: Final = {
    "data show": "published",
    "data list": "data_list",
    "data export": "data_export",
    "data check": "data_check",
    "data import": "data_import",
    "data site": "data_site",
    "schemes list": "schemes",
    "schemes show": "load_scheme",
    "schemes new": "new_scheme",
    "schemes import": "import_scheme",
}
"""Commands whose functions are called otherwise, because Python has no groups of names."""
ONLY_PYTHON: Final = {
    "read_scorecards": "every command reads the files that it is given",
    "write_scorecard": "`split`, `merge` and `facts` write them",
    "score_frame": "frames are of Python; `score --engine columns` scores tables so",
    "chart": "it is `-o chart.svg` of the commands",
    "to_dict": "it is `--format json` of the commands",
    "to_json": "it is `--format json` of the commands",
    "to_rows": "it is `--format csv` of the commands",
    "to_frame": "it is `--format csv` of the commands",
}
"""Functions without a command, and why."""


def function_of(command: str) -> str:
    """The function of a command."""
    return OTHERWISE.get(command, command)


def command_of(function: str) -> str | None:
    """The command of a function, or None where only Python has it."""
    named = {name: command for command, name in OTHERWISE.items()}
    return None if function in ONLY_PYTHON else named.get(function, function)
