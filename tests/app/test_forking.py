"""Whether and how processes are forked."""

import signal
import threading

from sitegen.app import forking
from sitegen.app.forking import signals_blocked


def test_beside_another_thread_nothing_is_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not forking.may_fork()
    finally:
        stop.set()
        thread.join()


def test_signals_reach_this_process_again() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with signals_blocked():
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) >= {signal.SIGINT, signal.SIGTERM}
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
