"""Many requests: pauses between them, and patience with a server that is busy."""

from collections.abc import Sequence

import pytest

from sitegen.importers.web.failures import FetchError, PassingError
from sitegen.importers.web.fetch import Answer, Limits
from sitegen.importers.web.visitor import ATTEMPTS, Visitor, read_retry_after

LIMITS = Limits(size=1000, seconds=20)
ADDRESS = "https://news.example/"


def say(status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(address=ADDRESS, status=status, headers=named, body=b"fine")


class Script:
    """A client that says what it is told to, one thing after the other, and a clock that only sleeping moves."""

    def __init__(self, *answers: Answer | Exception, took: float = 0.1) -> None:
        self.answers = list(answers)
        self.took = took
        self.now = 0.0
        self.slept: list[float] = []

    def get(self, address: str, limits: Limits, *, accept: str = "*/*") -> Answer:  # noqa: ARG002 -- a Client
        self.now += self.took
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(round(seconds, 3))

    def visitor(self) -> Visitor:
        return Visitor(self, sleep=self.sleep, clock=lambda: self.now)

    def ask(self) -> bytes:
        return self.visitor().ask(ADDRESS, LIMITS, lambda answer: answer.body)


@pytest.mark.parametrize(
    ("answers", "slept"),
    [
        ([say(200)], []),
        ([say(500), say(200)], [1]),
        ([say(503), say(502), say(504), say(200)], [1, 2, 4]),
        ([PassingError("broken"), say(200)], [1]),
        ([say(429, retry_after="7"), say(200)], [7]),
        ([say(429, retry_after="nonsense"), say(200)], [1]),
        (
            [
                say(503, retry_after="Wed, 25 Nov 2026 10:00:30 GMT", date="Wed, 25 Nov 2026 10:00:00 GMT"),
                say(200),
            ],
            [30],
        ),
    ],
)
def test_a_busy_server_is_asked_again_later(answers: Sequence[Answer | Exception], slept: list[float]) -> None:
    script = Script(*answers)
    assert script.ask() == b"fine"
    assert script.slept == slept


def test_patience_ends() -> None:
    script = Script(*[say(500)] * ATTEMPTS)
    with pytest.raises(PassingError, match="HTTP 500"):
        script.ask()
    assert script.slept == [1, 2, 4, 8, 16]


def test_who_asks_to_come_back_tomorrow_is_left_alone() -> None:
    script = Script(say(429, retry_after="86400"))
    with pytest.raises(FetchError) as failure:
        script.ask()
    assert failure.value.hint == "it asks to come back in 86400 seconds: run it again then"
    assert script.slept == []


def test_what_will_not_change_is_asked_once() -> None:
    script = Script(FetchError("no such host"))
    with pytest.raises(FetchError):
        script.ask()


def test_an_answer_that_cannot_be_read_is_asked_for_again() -> None:
    script = Script(say(200), say(200))
    read: list[bytes] = []

    def take(answer: Answer) -> bytes:
        read.append(answer.body)
        if len(read) == 1:
            raise PassingError("half of it")
        return b"whole"

    assert script.visitor().ask(ADDRESS, LIMITS, take) == b"whole"


@pytest.mark.parametrize(("took", "pause"), [(0.1, 0.25), (2.0, 2.0), (60.0, 5.0)])
def test_a_server_rests_as_long_as_it_has_worked(took: float, pause: float) -> None:
    script = Script(say(200), say(200), took=took)
    visitor = script.visitor()
    for _ in range(2):
        visitor.ask(ADDRESS, LIMITS, lambda answer: answer.body)
    assert script.slept == [pause]


def test_servers_do_not_wait_for_each_other() -> None:
    script = Script(say(200), say(200))
    visitor = script.visitor()
    for address in (ADDRESS, "https://other.example/"):
        visitor.ask(address, LIMITS, lambda answer: answer.body)
    assert script.slept == []


def test_a_date_without_the_clock_of_the_server_says_nothing() -> None:
    assert read_retry_after(say(503, retry_after="Wed, 25 Nov 2026 10:00:30 GMT")) is None
