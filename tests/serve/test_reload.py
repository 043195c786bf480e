"""What open pages are told."""

import json
import time

import pytest

from sitegen.serve.reload import Hub, Notice, Update, inject_script

SCRIPT = '<script src="/__sitegen/reload.js" data-generation="7" defer></script>'


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<body><p>a</p></body></html>", "<body><p>a</p>{}</body></html>"),
        ("<BODY><p>a</p></BODY>", "<BODY><p>a</p>{}</BODY>"),
        (
            "<pre>&lt;/body></pre><!-- </body> --><p>a</p></body>",
            "<pre>&lt;/body></pre><!-- </body> --><p>a</p>{}</body>",
        ),
        ("<p>no body, as HTML allows", "<p>no body, as HTML allows{}"),
        ("", "{}"),
        ("<p>Ünï</p></body>", "<p>Ünï</p>{}</body>"),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page: str, shown: str) -> None:
    assert inject_script(page.encode(), 7).decode() == shown.format(SCRIPT)


def test_an_update_is_one_line_of_json() -> None:
    notice = Notice(severity="error", text="a.md:1:1: error[yaml]: x\n  1 | é\r\n\n")
    event = Update(generation=7, notices=(notice,)).to_event().decode()
    assert event.startswith("data: ")
    assert event.endswith("\n\n")
    assert "\n" not in event[:-2]
    assert "\r" not in event
    assert json.loads(event.removeprefix("data: ")) == {
        "generation": 7,
        "problems": [{"severity": "error", "text": "a.md:1:1: error[yaml]: x\n  1 | é\r\n\n"}],
    }


def test_generations_of_a_later_server_are_greater() -> None:
    before = Hub()
    for _ in range(3):
        before.announce((), reload=True)
    while time.time_ns() // 1_000_000 <= before.update.generation:
        pass
    assert Hub().update.generation > before.update.generation


def test_problems_alone_reload_nothing() -> None:
    hub = Hub()
    first = hub.update.generation
    notices = (Notice(severity="warning", text="look"),)
    hub.announce(notices, reload=False)
    assert hub.update == Update(generation=first, notices=notices)
    hub.announce((), reload=True)
    assert hub.update == Update(generation=first + 1)


def test_a_stream_begins_with_what_is_true_now() -> None:
    hub = Hub()
    hub.announce((), reload=True)
    stream = hub.open_stream()
    assert stream is not None
    assert next(stream) == b"retry: 1000\n\n"
    assert next(stream) == hub.update.to_event()
    stream.close()


def test_silence_is_broken_by_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.serve.reload.KEEP_ALIVE", 0.01)
    hub = Hub()
    stream = hub.open_stream()
    assert stream is not None
    assert [next(stream) for _ in range(4)] == [b"retry: 1000\n\n", hub.update.to_event(), b":\n\n", b":\n\n"]
    hub.close()
    assert list(stream) == []


def test_only_so_many_may_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.serve.reload.MAX_STREAMS", 2)
    hub = Hub()
    streams = [hub.open_stream(), hub.open_stream()]
    assert hub.open_stream() is None
    assert streams[0] is not None
    streams[0].close()
    assert hub.open_stream() is not None
