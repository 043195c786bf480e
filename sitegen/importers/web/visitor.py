"""Many requests to one server, as a guest behaves: with pauses, and patiently when it is busy."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar

from sitegen.importers.web.failures import FetchError, PassingError
from sitegen.importers.web.fetch import Answer, Limits
from sitegen.importers.web.hosts import read_target

Result = TypeVar("Result")

ATTEMPTS = 6
"""How often one address is asked before giving up."""
_SHORTEST_PAUSE = 0.25
_LONGEST_PAUSE = 5.0
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 120.0
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


class Client(Protocol):
    """What makes the requests."""

    def get(self, address: str, limits: Limits, *, accept: str = "*/*") -> Answer:
        """Return what is at an address; raises FetchError."""


class Visitor:
    """Asks servers one thing after the other."""

    def __init__(
        self,
        client: Client,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask with `client`; `sleep` waits so many seconds, and `clock` counts them."""
        self._client = client
        self._sleep = sleep
        self._clock = clock
        self._welcome: dict[str, float] = {}

    def ask(self, address: str, limits: Limits, read: Callable[[Answer], Result], *, accept: str = "*/*") -> Result:
        """Return what `read` makes of the answer at an address.

        Where the server is busy or the connection breaks, and where `read` raises PassingError, it is asked again, each
        time after twice as long or when the server says. Raises FetchError in the end, and whatever `read` raises.
        """
        wait = _FIRST_WAIT
        for _ in range(ATTEMPTS - 1):
            told: float | None = None
            try:
                answer = self._get(address, limits, accept)
                told = read_retry_after(answer)
                return _take(answer, read)
            except PassingError as failure:
                if told is not None and told > _LONGEST_WAIT:
                    hint = f"it asks to come back in {round(told)} seconds: run it again then"
                    raise FetchError(str(failure), hint) from failure
            self._sleep(max(wait, told or 0))
            wait *= 2
        return _take(self._get(address, limits, accept), read)

    def _get(self, address: str, limits: Limits, accept: str) -> Answer:
        """Ask once, not before the server has had a rest as long as the last answer took it."""
        host = read_target(address).origin.host
        early = self._welcome.get(host, 0) - self._clock()
        if early > 0:
            self._sleep(early)
        begun = self._clock()
        try:
            return self._client.get(address, limits, accept=accept)
        finally:
            ended = self._clock()
            self._welcome[host] = ended + min(max(ended - begun, _SHORTEST_PAUSE), _LONGEST_PAUSE)


def _take(answer: Answer, read: Callable[[Answer], Result]) -> Result:
    if answer.status in _BUSY:
        raise PassingError(f"{answer.address}: the server is busy or broken (HTTP {answer.status})")
    return read(answer)


def read_retry_after(answer: Answer) -> float | None:
    """Return for how many seconds a server does not want to be asked, by its own clock (RFC 9110, 10.2.3)."""
    written = answer.headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        then = parsedate_to_datetime(written)
        now = parsedate_to_datetime(answer.headers.get("date", ""))
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError, IndexError):
        return None
