"""The faults that scoring finds, each with its place where the scorecard knows it."""

from collections.abc import Iterable, Mapping
from typing import Final

from parindex.scorecard.scorecard import Scorecard
from parindex.values.finding import Finding, Path
from parindex.values.fuzzy import near

_MOST_SUGGESTIONS: Final = 50
"""Looking for similar names takes time, and nobody reads more of them."""


class Faults:
    """Collects the faults of one scorecard, so that all are told at once."""

    def __init__(self, scorecard: Scorecard) -> None:
        self.findings: list[Finding] = []
        self._places = scorecard.places

    def add(
        self, code: str, where: str, path: Path, told: Mapping[str, str], *, key: bool = False
    ) -> None:
        """One fault; `key` if it is the name at the path that is wrong, not its value."""
        self.findings.append(self.finding(code, where, path, told, key=key))

    def finding(
        self, code: str, where: str, path: Path, told: Mapping[str, str], *, key: bool = False
    ) -> Finding:
        """A finding with its place, which need not be a fault."""
        place = self._places.locate(path, key=key) if self._places else None
        return Finding(code, where, told, path, place)

    def unknown(
        self,
        code: str,
        name: str,
        names: Iterable[str],
        path: Path,
        *,
        key: bool = True,
        **told: str,
    ) -> None:
        """A name that the scheme does not have, with those most like it; `key` as in `add`."""
        alike = near(name, names) if len(self.findings) < _MOST_SUGGESTIONS else ""
        self.add(code, name, path, {**told, "found": name, "near": alike}, key=key)
