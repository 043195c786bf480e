"""A limit to the time that one document may take."""

import re
import signal
import threading
from contextlib import suppress

import pytest

from sitegen.app.limits import TimeLimit, TooSlowError, limit_time, watch_time

SOON = 0.02


def work_for_ever() -> None:
    while True:
        pass


def test_what_is_fast_enough_is_left_alone() -> None:
    with limit_time(30):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlowError), limit_time(SOON):
        work_for_ever()


def test_waiting_takes_no_time() -> None:
    with limit_time(SOON):
        threading.Event().wait(10 * SOON)


def test_so_is_a_regular_expression_that_never_ends() -> None:
    with pytest.raises(TooSlowError), limit_time(SOON):
        re.match(r"(a|a)*b", "a" * 60)


def swallow_and_go_on() -> None:
    with suppress(Exception):
        work_for_ever()
    work_for_ever()


def test_so_is_what_swallows_every_exception_once() -> None:
    with pytest.raises(TooSlowError), limit_time(SOON):
        swallow_and_go_on()


def test_the_handler_of_before_comes_back_however_it_ends() -> None:
    def own(*_: object) -> None:
        """Do nothing."""

    before = signal.signal(signal.SIGALRM, own)
    try:
        with limit_time(30):
            pass
        assert signal.getsignal(signal.SIGALRM) is own
        with pytest.raises(TooSlowError), limit_time(SOON):
            work_for_ever()
        assert signal.getsignal(signal.SIGALRM) is own
        with pytest.raises(ZeroDivisionError), limit_time(30):
            raise ZeroDivisionError
        assert signal.getsignal(signal.SIGALRM) is own
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_each_of_several_has_its_own_time() -> None:
    with watch_time(SOON) as limit:
        for _ in range(2):
            with pytest.raises(TooSlowError), limit:
                work_for_ever()


def test_nothing_is_stopped_between_two_of_them() -> None:
    limit = TimeLimit(0)
    with pytest.raises(TooSlowError), limit:
        limit.look(signal.SIGALRM, None)
    limit.look(signal.SIGALRM, None)


def test_outside_of_the_main_thread_there_is_no_limit() -> None:
    done = threading.Event()

    def work() -> None:
        with limit_time(30):
            if signal.getitimer(signal.ITIMER_REAL)[0] == 0:
                done.set()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done.is_set()
