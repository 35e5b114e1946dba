"""The app and its commands, each imported only when it is called.

Typer builds every option of every registered command at start; with a dozen
commands that would be most of the start-up time.
"""

from contextlib import redirect_stderr, redirect_stdout
from functools import cache, wraps
from importlib import import_module
from io import StringIO
from typing import Annotated, Any, Final

import typer

from parindex.cli.help import Group
from parindex.cli.options import LangOption, everywhere
from parindex.cli.talk import print_faults, settle
from parindex.cli.usage import CommandLineError, usage_told
from parindex.cli.words import _
from parindex.findings import InputError
from parindex.values.codes import REQUEST_REFUSED
from parindex.values.finding import Finding
from parindex.values.language import N_

COMMANDS: Final = {
    "template": N_("Write an empty scorecard: every leaf with its name, maximum and rule."),
    "split": N_("Split a scorecard into a file for each lead office to fill in."),
    "merge": N_("Merge the parts of several offices into one scorecard, and report who delivered."),
    "facts": N_(
        "Count rows of dossiers: scorecards with facts and counts for each unit and period."
    ),
    "check": N_("Look for mistakes in scorecards, schemes and results."),
    "score": N_("Score scorecards: points, percentages, index and band."),
    "explain": N_("Explain the points of a criterion, or its rule."),
    "rank": N_("Rank units within their groups by the exact index."),
    "stability": N_(
        "How sure ranks are when weights, digits and surveys vary and areas are left out."
    ),
    "compare": N_("Compare two years of published results, or two scorecards leaf by leaf."),
    "trend": N_("Published figures of units over the years: index, ranks, SIPAS or an area."),
    "losses": N_("Lost points: where they were lost, the largest loss first."),
    "simulate": N_("What if: change some scores, and see points, index, band and rank move."),
    "target": N_("The least that must change to reach a band, an index or a rank."),
    "report": N_(
        "Write a report: self-assessment, analysis, ranking or plan, as Word, PDF or a page."
    ),
    "data": N_("Published results: what is known, by year, unit, level, region and kind."),
    "schemes": N_("List the schemes that are known, or show one."),
    "test": N_("Check cases: inputs, and the results that they must give."),
    "verify": N_("Recompute results that were handed on, and list every difference."),
    "schema": N_("Print the JSON Schema of an input file or of JSON output."),
}
"""Every command's name, which is also that of its module, and its help in one line."""


FOLDERS: Final = dict.fromkeys(("split", "merge", "report"), "office.cli")


@cache
def _command(name: str) -> Any:
    """A command with all its options, made once however often the app is called."""
    module = import_module(f"parindex.{FOLDERS.get(name, 'cli')}.{name}")
    command = typer.main.get_command(module.main)
    command.name = name
    command.help = command.help or _(COMMANDS[name])
    return command


class LazyCommands(Group):
    """A group whose commands are imported by name; shows faults of the input as lines."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, or None."""
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def about(self, name: str) -> str:
        """What a command does, in a line, without looking at it."""
        return str(_(COMMANDS[name]))

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Read the options of the program itself, and which command is called."""
        settle(args)
        for each in self.params:
            if each.name in _COMPLETION:
                each.callback = _told_in_our_words(each.name, each.callback)
        if any(each in _COMPLETION.values() for each in args):
            info_name = "parindex"  # which is what is typed later, also where `python -m` runs this
        with usage_told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; bad input ends it with exit code 2 and a line for each fault."""
        try:
            with usage_told():
                return super().invoke(ctx)
        except InputError as error:
            print_faults(error.findings)
            raise typer.Exit(2) from None


_COMPLETION: Final = {
    "install_completion": "--install-completion",
    "show_completion": "--show-completion",
}


def _told_in_our_words(name: str, library: Any) -> Any:
    """The library's way to set up or show completion, with our lines about it instead of its own."""

    @wraps(library)
    def called(*given: Any, **named: Any) -> Any:
        out = StringIO()
        try:
            with redirect_stdout(out), redirect_stderr(StringIO()):
                return library(*given, **named)
        except SystemExit as end:
            if not end.code:
                done = _("Completion is set up; it works in the next terminal.") + "\n"
                typer.echo(done if name == "install_completion" else out.getvalue(), nl=False)
            raise
        except typer.Exit:
            shells = "bash, zsh, fish, powershell, pwsh"
            told = _("this shell is not supported; supported shells are: {shells}", shells=shells)
            fault = Finding(REQUEST_REFUSED, _COMPLETION[name], {"other": told})
            raise CommandLineError(fault, None) from None

    return called


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Recompute, explain and compare scores of Vietnam's PAR INDEX."),
    epilog=_("Example: parindex score examples/soc-trang-2018.yaml"),
)


def _version(value: bool) -> None:
    if value:
        from parindex.version import __version__

        typer.echo(f"parindex {__version__}")
        raise typer.Exit


@app.callback()
@everywhere
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=_("Show the version and exit.")
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Options of the program itself; both have done their work when this is called."""
