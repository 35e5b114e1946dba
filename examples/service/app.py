"""A small service: POST a scorecard to /score, get its result or its findings as JSON.

Plain ASGI, so that any server runs it: `uvicorn app:app --app-dir examples/service`. A body may have
a megabyte and is awaited for ten seconds; the wait for a free process and scoring may take ten more
each. It keeps nothing and opens no file that a body names.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs

from answers import Answer, Question, answer
from workers import Workers

from parindex.api.reading import FileKind
from parindex.values.language import LanguageCode

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_BYTES: Final = int(os.environ.get("SERVICE_BYTES", "1000000"))
MOST_SECONDS: Final = int(os.environ.get("SERVICE_SECONDS", "10"))
PROCESSES: Final = int(os.environ.get("SERVICE_PROCESSES", "2"))
_MOST_FIELDS: Final = 10
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final[dict[str, FileKind]] = {
    "application/json": "json",
    "application/yaml": "yaml",
    "text/csv": "csv",
    _SHEET: "xlsx",
}
"""What a body may be, by its Content-Type; without one that is told by how it begins."""


class RefusedError(Exception):
    """A request that is not answered as it wishes."""

    def __init__(self, status: int, told: str) -> None:
        self.answer = Answer(status, json.dumps({"error": told}))


class Service:
    """The application."""

    def __init__(self, workers: Workers | None = None) -> None:
        self._workers = workers

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or start and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                found = await self._answer(scope, receive)
            except RefusedError as refused:
                found = refused.answer
            await _send(found, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._workers = Workers(answer, PROCESSES)
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._workers is not None:
                    self._workers.end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        if scope["path"] != "/score":
            raise RefusedError(404, "there is only /score")
        if scope["method"] != "POST":
            raise RefusedError(405, "POST a scorecard")
        if self._workers is None:
            raise RefusedError(503, "not started yet")
        head = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        kind = _kind(head.get("content-type", ""))
        scheme = _scheme(scope["query_string"].decode("latin-1"))
        try:
            body = await asyncio.wait_for(_body(head, receive), MOST_SECONDS)
            question = Question(body, kind, scheme, _language(head))
            found: Answer = await self._workers.ask(question, MOST_SECONDS)
        except TimeoutError:
            raise RefusedError(503, f"this took more than {MOST_SECONDS} seconds") from None
        return found


async def _body(head: dict[str, str], receive: Receive) -> bytes:
    """The body, of which no more is kept than it may have."""
    told = head.get("content-length", "")
    too_large = RefusedError(413, f"more than {MOST_BYTES} bytes")
    if told.isdecimal() and int(told[:20]) > MOST_BYTES:
        raise too_large
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message.get("type") == "http.disconnect":
            raise RefusedError(400, "the body ended too early")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise too_large
    return bytes(body)


def _scheme(query: str) -> str:
    """What `?scheme=` says; empty where nothing does."""
    try:
        return parse_qs(query, max_num_fields=_MOST_FIELDS).get("scheme", [""])[0]
    except ValueError:
        raise RefusedError(400, "the address asks for too much; expected ?scheme=") from None


def _kind(content_type: str) -> FileKind | None:
    name = content_type.partition(";")[0].strip().lower()
    if name not in KINDS and name not in ("", "application/octet-stream"):
        raise RefusedError(415, f"expected one of {', '.join(KINDS)}")
    return KINDS.get(name)


def _language(head: dict[str, str]) -> LanguageCode:
    return "vi" if head.get("accept-language", "").lower().startswith("vi") else "en"


async def _send(found: Answer, send: Send) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"x-content-type-options", b"nosniff")]  # fmt: skip
    if found.findings:
        headers.append((b"x-findings", str(found.findings).encode()))
    await send({"type": "http.response.start", "status": found.status, "headers": headers})
    await send({"type": "http.response.body", "body": found.text.encode()})


app = Service()
