"""What a worker makes of one file."""

from pathlib import Path

import pytest

from sitegen.app import documents
from sitegen.app.limits import TooSlowError
from sitegen.app.parsing import Parsed, Task, decode_text, downgrade, make_parser
from sitegen.errors import ContentError, Severity, Span, error
from sitegen.model.config import Config
from sitegen.model.digests import digest_bytes
from tests.sites import write_article, write_files

PATH = "content/world/a.md"


def parse(root: Path, path: str, content: str | bytes, scanned: bytes | None = None) -> Parsed:
    """What comes of a file whose bytes were `scanned` before they became `content`."""
    write_files(root, {path: content})
    data = content.encode() if isinstance(content, str) else content
    kind = "snapshot" if path.endswith(".json") else "article"
    task = Task(kind=kind, path=path, digest=digest_bytes(data if scanned is None else scanned))  # type: ignore[arg-type]
    (parsed,) = make_parser(str(root), Config())([task])
    return parsed


def test_problems_are_all_that_comes_of_a_broken_file(tmp_path: Path) -> None:
    parsed = parse(tmp_path, PATH, write_article("A", rating="9", votes="-1"))
    assert (parsed.value, parsed.parts, parsed.draft) == (None, (), False)
    assert [problem.code for problem in parsed.problems] == ["rating", "votes"]


@pytest.mark.parametrize(
    ("written", "draft"),
    [
        (write_article("A", rating="9", draft="true"), True),
        (write_article("A", rating="9", Draft="yes"), True),
        (write_article("A", rating="9", draft="false"), False),
        ("---\ndraft: true\ntitle: [\n---\n", False),  # nobody can tell
    ],
)
def test_a_broken_file_may_call_itself_a_draft(tmp_path: Path, written: str, draft: bool) -> None:
    assert parse(tmp_path, PATH, written).draft is draft


def test_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def take_for_ever(*_: object) -> None:
        raise TooSlowError

    monkeypatch.setattr(documents, "parse_article", take_for_ever)
    parsed = parse(tmp_path, PATH, write_article("A", draft="true"))
    (problem,) = parsed.problems
    assert (parsed.value, parsed.draft) == (None, True)
    assert (problem.code, problem.message) == ("markdown", "takes longer than 20 seconds to read")


def test_a_file_that_changed_since_it_was_scanned_is_known_by_what_was_read(tmp_path: Path) -> None:
    written = write_article("A")
    parsed = parse(tmp_path, PATH, written, scanned=b"before")
    assert parsed.read == (digest_bytes(written.encode()),)


@pytest.mark.parametrize(
    ("data", "span", "byte"),
    [
        (b"\xff", Span(line=1, column=1), "ff"),
        (b"line\nca\xe9\n", Span(line=2, column=3), "e9"),
        ("ä\nöü".encode() + b"\x80", Span(line=2, column=3), "80"),
        (b"\xef\xbb\xbfa\xc3", Span(line=1, column=2), "c3"),
    ],
)
def test_bytes_that_are_no_text_are_placed(data: bytes, span: Span, byte: str) -> None:
    with pytest.raises(ContentError) as caught:
        decode_text(data, PATH)
    assert caught.value.problems == (
        error(
            "encoding",
            f"is not UTF-8 text: the byte 0x{byte} cannot stand here",
            PATH,
            span,
            hint="save the file as UTF-8",
        ),
    )


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode_text("\ufeffé".encode(), PATH) == "é"


def test_problems_of_a_draft_are_warnings() -> None:
    (problem,) = downgrade([error("rating", "must be at most 5", PATH)])
    assert (problem.severity, problem.message) == (Severity.WARNING, "must be at most 5")
