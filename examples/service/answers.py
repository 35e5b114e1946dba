"""What the service answers: the result of a scorecard, or everything that is wrong with it."""

import re
from typing import Final, NamedTuple

import parindex
from parindex.api.reading import FileKind
from parindex.values.language import LanguageCode

MOST_FINDINGS: Final = 200
"""So many are sent; a body of a megabyte can have a hundred thousand, and they would be fifty megabytes."""
_ID: Final = re.compile("[a-z0-9-]{1,100}")


class Question(NamedTuple):
    """A body, what it is, by which scheme it is scored, and the language of the answer."""

    body: bytes
    kind: FileKind | None
    scheme: str
    lang: LanguageCode


class Answer(NamedTuple):
    """A status of HTTP, JSON, and how many findings there are, of which it may have the first ones only."""

    status: int
    text: str
    findings: int = 0


def answer(question: Question) -> Answer:
    """Score what is in a body: 200 with the results, or 422 with the findings."""
    try:
        scheme = None
        if question.scheme:
            if not _ID.fullmatch(question.scheme):  # a name of a file is none of ours
                return Answer(400, '{"error": "scheme: expected the id of a scheme"}')
            scheme = parindex.load_scheme(question.scheme)
        cards = parindex.read_scorecards(question.body, scheme, kind=question.kind)
        return Answer(200, parindex.to_json(parindex.score(cards)))
    except parindex.InputError as error:
        sent = parindex.InputError(error.findings[:MOST_FINDINGS])
        return Answer(422, sent.to_json(question.lang), len(error.findings))
