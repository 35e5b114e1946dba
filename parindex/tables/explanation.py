"""An explanation as Python gives it: what explains itself, and what for."""

from msgspec import Struct

from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.tables.explain import explanation_table
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.language import LanguageCode, language


class Explanation(AsData, Struct, frozen=True):
    """Why a criterion has its points in a result, or what its rule says in a scheme.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> print(str(parindex.explain(result, "6")).splitlines()[0])
    Points: 7.66 of 12.5 (61.28 %)
    """

    subject: Result | Scheme
    code: str

    def lines(self, lang: LanguageCode = "en") -> list[tuple[str, str]]:
        """What is told, item by item: what it is, and its text, in a language."""
        rows = explanation_table(self.subject, self.code, language(lang)).rows
        return [(str(item or ""), str(text or "")) for item, text in rows]

    def __str__(self) -> str:
        return "\n".join(f"{item}: {text}" for item, text in self.lines())

    def __repr__(self) -> str:
        return brief(self, self.code)
