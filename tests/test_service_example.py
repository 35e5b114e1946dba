"""The service of `examples/service`: asked over HTTP as others would, and its bounds."""

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import parindex
from tests.support import EXAMPLE, ROOT

FOLDER = ROOT / "examples" / "service"
YAML = {"Content-Type": "application/yaml"}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a socket is handed on to the server")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of its own; who connects before it is ready waits in the queue of the socket."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number: int = listening.getsockname()[1]
        handle = listening.fileno()
        command = [*(sys.executable, "-m", "uvicorn", "app:app", "--app-dir", str(FOLDER))]
        command += ["--fd", str(handle), "--log-level", "error", "--ws", "none"]
        environment = {**os.environ, "SERVICE_PROCESSES": "1", "SERVICE_SECONDS": "60"}
        environment |= {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
        with subprocess.Popen(command, pass_fds=[handle], env=environment) as server:
            listening.close()  # whoever connects after the server ended is refused, and does not wait
            yield number
            server.terminate()


def ask(
    port: int, body: bytes, headers: dict[str, str], path: str = "/score", method: str = "POST"
) -> tuple[int, str]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        client.request(method, path, body, headers)
        answer = client.getresponse()
        return answer.status, answer.read().decode()
    finally:
        client.close()


class TestAsked:
    """A scorecard gives its result, a wrong one its findings, and what is too much is refused."""

    def test_result(self, port: int) -> None:
        with open(EXAMPLE, "rb") as stream:  # noqa: PTH123
            body = stream.read()
        expected = parindex.to_json(parindex.score(parindex.read_scorecards(EXAMPLE)))
        assert ask(port, body, YAML) == (200, expected)
        assert ask(port, body, {}, "/score?scheme=vn-province-2018") == (200, expected)

    def test_a_workbook(self, port: int) -> None:
        body = (ROOT / "examples" / "soc-trang-2018.xlsx").read_bytes()
        status, text = ask(port, body, {})
        assert (status, json.loads(text)["results"][0]["percent"]) == (200, 78.35)

    def test_findings(self, port: int) -> None:
        body = json.dumps({"unit": "<b>\x1b[31m", "year": 2018, "scores": {"99": "1"}}).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept-Language": "vi-VN"}
        status, text = ask(port, body, headers)
        [*found] = json.loads(text)["findings"]
        assert status == 422
        assert [each["code"] for each in found] == ["P104", "P201"] or found[-1]["code"] == "P201"
        assert "tiêu chí" in found[-1]["message"]

    def test_very_many_findings(self, port: int) -> None:
        """The first are sent, and how many there are is said: none is passed over in silence."""
        scores = {f"x{number}": 1 for number in range(1000)}
        body = json.dumps(
            {"unit": "A", "year": 2018, "scheme": "vn-province-2018", "scores": scores}
        )
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        client.request("POST", "/score", body, {"Content-Type": "application/json"})
        answer = client.getresponse()
        assert (answer.status, answer.getheader("X-Findings")) == (422, "1000")
        assert len(json.loads(answer.read())["findings"]) == 200
        client.close()

    @pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "x.yaml", "%00"])
    def test_no_file_is_named(self, port: int, name: str) -> None:
        assert ask(port, b"unit: A", YAML, f"/score?scheme={name}")[0] == 400
        body = f"unit: A\nyear: 2018\nscheme: {name}\nscores: {{'1': 1}}\n".encode()
        assert ask(port, body, YAML)[0] == 422

    @pytest.mark.parametrize("body", [b"", b"\0\xff", b"[]", b"[" * 10_000, b"a: &b [*b]"])
    def test_whatever_is_sent(self, port: int, body: bytes) -> None:
        for kind in ("application/json", "application/yaml", "text/csv", ""):
            assert ask(port, body, {"Content-Type": kind} if kind else {})[0] == 422

    def test_what_is_refused(self, port: int) -> None:
        assert ask(port, b"a", YAML, "/")[0] == 404
        assert ask(port, b"", {}, method="GET")[0] == 405
        assert ask(port, b"a", {"Content-Type": "image/png"})[0] == 415
        assert ask(port, b" " * 1_000_001, YAML)[0] == 413
        assert ask(port, b"a", YAML, "/score?" + "a=1&" * 20)[0] == 400


class TestBounds:
    """A body without end is not kept, and one that does not come is not awaited for ever."""

    @pytest.fixture
    def app(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.syspath_prepend(str(FOLDER))
        import app  # type: ignore[import-not-found]

        return app

    def asked(self, app: Any, messages: list[dict[str, Any]]) -> tuple[int, int]:
        sent: list[dict[str, Any]] = []
        left = iter(messages)

        async def receive() -> dict[str, Any]:
            found = next(left, None)
            return found if found is not None else await asyncio.Event().wait()  # type: ignore[return-value]

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        service = app.Service(object())
        head = {"type": "http", "path": "/score", "method": "POST", "headers": []}
        asyncio.run(service({**head, "query_string": b""}, receive, send))
        return sent[0]["status"], len([*left])

    def test_size_without_a_length(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(app, "MOST_BYTES", 10)
        piece = {"body": b"x" * 6, "more_body": True}
        assert self.asked(app, [piece] * 100) == (413, 98)

    def test_time(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(app, "MOST_SECONDS", 0)
        assert self.asked(app, []) == (503, 0)

    def test_a_body_that_breaks_off(self, app: Any) -> None:
        piece = {"type": "http.request", "body": b"unit: A", "more_body": True}
        assert self.asked(app, [piece, {"type": "http.disconnect"}]) == (400, 0)

    def test_nobody_waits_for_ever_for_a_process(self, app: Any) -> None:
        assert app
        workers = import_module("workers")

        async def asked() -> None:
            with pytest.raises(TimeoutError):
                await workers.Workers(time.sleep, 0).ask(0, 0)

        asyncio.run(asked())

    def test_a_worker_is_ended(self, app: Any) -> None:
        assert app
        workers = import_module("workers")

        worker = workers.Worker(time.sleep)
        try:
            with pytest.raises(TimeoutError):
                worker.ask(1_000, 0)
            assert worker.ask(0, 100) is None
            with pytest.raises(TimeoutError):
                worker.ask("no number, so the process fails", 100)
            assert worker.ask(0, 100) is None
        finally:
            worker.end()
