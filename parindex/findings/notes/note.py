"""What is said of a finding beyond its message."""

from collections.abc import Mapping

from msgspec import Struct


class Note(Struct, frozen=True):
    """Why something is a finding, and an example: what was given, and what is told of it.

    `given` is a line of a file or a command; `where` and `parameters` are those
    of the finding that it leads to.
    """

    why: str
    given: str = ""
    where: str = ""
    parameters: Mapping[str, str] = {}
