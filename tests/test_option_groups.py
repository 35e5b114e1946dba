"""Options that several commands share: declared once, one by one on the command line."""

from inspect import signature
from typing import Annotated, NamedTuple

import typer

from parindex.cli.options import Options, with_options
from tests.support import EXAMPLE, call


class _Group(NamedTuple):
    first: Annotated[str, typer.Option()] = "a"
    second: Annotated[str, typer.Option()] = "b"
    third: str = "c"


class TestGroup:
    """A command takes a group's options as its own, in their order, and gets them as one value."""

    @staticmethod
    def _made() -> tuple[list[object], typer.Typer]:
        given: list[object] = []
        app = typer.Typer()

        @app.command()
        @with_options
        def main(
            *,
            name: Annotated[str, typer.Argument()],
            group: Annotated[_Group, Options("second own first")],
            own: Annotated[int, typer.Option()] = 1,
        ) -> None:
            given.extend([name, group, own])

        return given, app

    def test_order(self) -> None:
        _given, app = self._made()
        callback = app.registered_commands[0].callback
        assert callback is not None
        assert [*signature(callback).parameters] == ["name", "second", "own", "first"]

    def test_values(self) -> None:
        given, app = self._made()
        app(["x", "--second", "2", "--own", "3"], standalone_mode=False)
        assert given == ["x", _Group("a", "2", "c"), 3]


class TestCommands:
    """What only some commands have stands among what they share, as it always did."""

    def test_score(self) -> None:
        text = call("score", "--help").out
        names = ["--scheme", "--stage ", "--stages", "--decimal", "--csv-dialect", "--depth"]
        assert sorted(names, key=text.index) == names

    def test_a_folder_of_schemes(self) -> None:
        ran = call("check", EXAMPLE, "--scheme", "examples/schemes")
        assert "P101" not in ran.out

    def test_what_a_choice_takes(self) -> None:
        told = call("score", EXAMPLE, "--stage", "first").err
        assert "(found: first; expected: self | appraised | reappraised | final)" in told
