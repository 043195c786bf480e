"""A question that another process answers: who does, and what becomes of it."""

import os
import signal

import pytest

from sitegen.app import aside
from sitegen.app.aside import ask_aside

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _may_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_may_fork", lambda: True)


def is_elsewhere() -> bool:
    return os.getpid() != HERE


def is_here() -> bool:
    return os.getpid() == HERE


def has_no_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_another_process_answers() -> None:
    with ask_aside(is_elsewhere, bool, 2) as yes, ask_aside(is_here, bool, 2) as no:
        assert (yes(), no()) == (True, False)
    assert has_no_children()


def test_an_answer_may_be_longer_than_a_pipe_holds() -> None:
    long = "x" * 1_000_000
    with ask_aside(lambda: (is_elsewhere(), long), tuple[bool, str], 2) as answer:
        assert answer() == (True, long)
    with ask_aside(lambda: long, str, 2):
        pass  # nobody reads it
    assert has_no_children()


def test_with_one_job_it_is_asked_here() -> None:
    with ask_aside(is_here, bool, 1) as answer:
        assert answer()


def test_so_it_is_where_no_fork_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_may_fork", lambda: False)
    with ask_aside(is_here, bool, 2) as answer:
        assert answer()


def fail_elsewhere() -> bool:
    if is_elsewhere():
        raise ValueError
    return True


def be_killed_elsewhere() -> bool:
    if is_elsewhere():
        os.kill(os.getpid(), signal.SIGKILL)
    return True


@pytest.mark.parametrize("question", [fail_elsewhere, be_killed_elsewhere])
def test_what_the_other_process_cannot_tell_is_asked_here(question: aside.Question[bool]) -> None:
    with ask_aside(question, bool, 2) as answer:
        assert answer()


def test_a_question_that_fails_fails_here() -> None:
    def fail() -> bool:
        raise ValueError("nobody knows")

    with ask_aside(fail, bool, 2) as answer, pytest.raises(ValueError, match="nobody knows"):
        answer()


def test_nobody_has_to_wait_for_the_answer() -> None:
    def wait() -> bool:
        signal.pause()
        return True

    with ask_aside(wait, bool, 2):
        pass
    assert has_no_children()


def test_where_children_end_unheard_they_answer_all_the_same() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with ask_aside(is_elsewhere, bool, 2) as answer:
            assert answer()
        with ask_aside(is_elsewhere, bool, 2):
            pass
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_signals_do_to_the_other_process_what_they_do_by_themselves() -> None:
    def be_ended() -> bool:
        if is_elsewhere():
            os.kill(os.getpid(), signal.SIGTERM)
        return is_here()

    before = signal.signal(signal.SIGTERM, lambda *_: pytest.fail("it is handled"))
    try:
        with ask_aside(be_ended, bool, 2) as answer:
            assert answer()
    finally:
        signal.signal(signal.SIGTERM, before)
