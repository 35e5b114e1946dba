"""Processes that score, each for one question at a time; one that takes too long is ended."""

import asyncio
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

_START: Final = multiprocessing.get_context("spawn")


def _serve(pipe: Connection, answer: Callable[[Any], Any]) -> None:
    while True:
        pipe.send(answer(pipe.recv()))


class Worker:
    """One process. A thread cannot be ended from outside, a process can."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer
        self._start()

    def _start(self) -> None:
        self._pipe, other = _START.Pipe()
        self._process = _START.Process(target=_serve, args=(other, self._answer), daemon=True)
        self._process.start()
        other.close()

    def ask(self, question: Any, seconds: int) -> Any:
        """The answer.

        Raises:
            TimeoutError: it took too long, or the process ended; a new one is there for the next.
        """
        try:
            self._pipe.send(question)
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError):
            pass
        self.end()
        self._start()
        raise TimeoutError

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Workers:
    """So many processes; whoever asks waits for one that is free."""

    def __init__(self, answer: Callable[[Any], Any], count: int) -> None:
        self._all = [Worker(answer) for _ in range(count)]
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        for each in self._all:
            self._free.put_nowait(each)

    async def ask(self, question: Any, seconds: int) -> Any:
        """The answer; errors as `Worker.ask`, also where no process is free in time."""
        worker = await asyncio.wait_for(self._free.get(), seconds)
        asked = asyncio.ensure_future(asyncio.to_thread(worker.ask, question, seconds))
        asked.add_done_callback(lambda _: self._free.put_nowait(worker))
        return await asyncio.shield(asked)  # who asked may be gone; the worker still works

    def end(self) -> None:
        """End all processes."""
        for each in self._all:
            each.end()
