"""Bursts of events become one reason to build, and no event is lost."""

import threading
import time

from sitegen.serve.changes import Changes


def test_nothing_in_time_is_nothing() -> None:
    assert Changes().wait(0.01) == ()


def test_a_burst_is_one_change() -> None:
    changes = Changes(quiet=0.05, longest=5)
    for path in ("b.md", "a.md", "b.md", "b.md"):
        changes.mark(path)
    assert changes.wait(5) == ("a.md", "b.md")
    assert changes.wait(0.01) == ()


def test_what_is_marked_in_the_pauses_of_a_burst_belongs_to_it() -> None:
    changes = Changes(quiet=0.3, longest=10)
    changes.mark("first.md")
    threading.Timer(0.02, changes.mark, ["second.md"]).start()
    assert changes.wait(5) == ("first.md", "second.md")


def test_a_burst_without_end_is_cut_off() -> None:
    changes = Changes(quiet=0.2, longest=0.4)
    done = threading.Event()

    def save_all_the_time() -> None:
        for _ in range(400):
            changes.mark("a.md")
            if done.wait(0.02):
                return

    saving = threading.Thread(target=save_all_the_time)
    saving.start()
    started = time.monotonic()
    assert changes.wait(10) == ("a.md",)
    assert time.monotonic() - started < 5
    done.set()
    saving.join()


def test_what_changes_during_a_build_is_another_change() -> None:
    changes = Changes(quiet=0.01, longest=1)
    changes.mark("a.md")
    assert changes.wait(1) == ("a.md",)
    changes.mark("a.md")
    changes.mark("b.md")
    assert changes.wait(1) == ("a.md", "b.md")


def test_whoever_waits_is_woken() -> None:
    changes = Changes(quiet=0.01, longest=1)
    threading.Timer(0.02, changes.mark, ["a.md"]).start()
    assert changes.wait(None) == ("a.md",)
