"""Which function does what a command does: most have its name, and the others are told here."""

from typing import Final

OTHERWISE: Final = {
    "data show": "published",
    "schemes list": "schemes",
    "schemes show": "load_scheme",
    "schemes new": "new_scheme",
    "schemes import": "import_scheme",
}
"""Commands whose functions are called otherwise, because Python has no groups of names."""
ONLY_COMMANDS: Final = {
    "data list": "counts what is known; `published` gives the rows to count",
    "data export": "writes files of a data set; `to_frame` gives the same rows",
    "data site": "writes a folder of pages; `published` and `chart` give what is in it",
    "data check": "is for those who add figures to the project's tables",
    "data import": "is for those who add figures to the project's tables",
}
"""Commands without a function, and why."""
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


def function_of(command: str) -> str | None:
    """The function of a command, or None where Python has none."""
    return None if command in ONLY_COMMANDS else OTHERWISE.get(command, command)


def command_of(function: str) -> str | None:
    """The command of a function, or None where only Python has it."""
    named = {name: command for command, name in OTHERWISE.items()}
    return None if function in ONLY_PYTHON else named.get(function, function)
