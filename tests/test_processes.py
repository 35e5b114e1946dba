"""Processes that are forked for the tests are like those that users begin."""

from tests.processes import start, start_anew
from tests.support import EXAMPLE, call

LIMIT = 20 * 1024 * 1024
VIETNAMESE = {"LC_ALL": "vi_VN.UTF-8"}


class TestProcesses:
    """A forked process prints what a new one does, in its own language, within its own limits."""

    def test_as_from_the_beginning(self) -> None:
        for arguments in (("score", EXAMPLE), ("score", "none.yaml"), ("compare", "2017", "2018")):
            forked, begun = (
                each(*arguments, environment=VIETNAMESE) for each in (start, start_anew)
            )
            assert forked == begun

    def test_one_leaves_nothing_to_the_next(self) -> None:
        vietnamese = start("score", EXAMPLE, "--lang", "vi")
        english = start("score", EXAMPLE)
        assert "Chỉ số: 78,35" in vietnamese.out
        assert english == call("score", EXAMPLE)

    def test_memory_is_limited(self) -> None:
        ran = start("score", EXAMPLE, memory=LIMIT)
        assert (ran.code != 0, ran.out) == (True, "")
        assert start("score", EXAMPLE).code == 0
