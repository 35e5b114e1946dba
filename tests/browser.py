"""A headless Chromium that tests can ask: its own protocol over two pipes, nothing to install."""

import base64
import fcntl
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from tests.programs import CHROMIUM

_OUT_OF_THE_WAY = 10
_SECONDS = 300
_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-component-update",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)


class Page:
    """One page; `said` is what it wrote to the console, `asked` the addresses it wanted."""

    def __init__(self, commands: BinaryIO, answers: BinaryIO) -> None:
        self._commands, self._answers = commands, answers
        self._session: dict[str, str] = {}
        self._last = 0
        self.said: list[str] = []
        self.asked: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        found = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": found["sessionId"]}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to a command of the protocol."""
        self._last += 1
        told = {"id": self._last, "method": method, "params": params, **self._session}
        self._commands.write(json.dumps(told).encode() + b"\0")
        self._commands.flush()
        while (message := self._next()).get("id") != self._last:
            pass
        assert "error" not in message, f"{method}: {message['error']}"
        found: dict[str, Any] = message["result"]
        return found

    def _next(self) -> dict[str, Any]:
        text = bytearray()
        while (letter := self._answers.read(1)) not in (b"\0", b""):
            text += letter
        assert text, "Chromium went away"
        message: dict[str, Any] = json.loads(text)
        params = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.said.append(json.dumps(params))
            case "Log.entryAdded":
                self.said.append(params["entry"]["text"])
        return message

    def open(
        self,
        file: Path | str,
        width: int,
        scheme: str = "light",
        media: str = "screen",
    ) -> None:
        """Show a file or an address in a window of so many pixels, and wait until it is there."""
        self.said.clear()
        self.asked.clear()
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        address = file if isinstance(file, str) else file.resolve().as_uri()
        self.call("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression: str) -> Any:
        """The value of an expression, which the page's own rules do not forbid."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as PNG."""
        return base64.b64decode(
            self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        )

    def printed(self) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        self.call("Emulation.setEmulatedMedia", media="")
        return base64.b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        )


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A page of a browser that ends with the block; `profile` is a folder of its own."""
    theirs, commands = _pipe()
    answers, also_theirs = _pipe()

    def lend() -> None:
        os.dup2(theirs, 3)
        os.dup2(also_theirs, 4)

    process = subprocess.Popen(
        [str(CHROMIUM), *_SWITCHES, f"--user-data-dir={profile}"],
        preexec_fn=lend,  # noqa: PLW1509 - the protocol wants these two numbers
        pass_fds=(3, 4),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(also_theirs)
    patience = threading.Timer(_SECONDS, process.kill)
    patience.start()
    try:
        with os.fdopen(commands, "wb") as told, os.fdopen(answers, "rb") as heard:
            yield Page(told, heard)
    finally:
        patience.cancel()
        process.kill()
        process.wait()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are none of the first numbers."""
    ends = os.pipe()
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY) for each in ends]
    for each in ends:
        os.close(each)
    return moved[0], moved[1]
