"""Disqus exports: what is taken of them, and what is not."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from sitegen.errors import ContentError, UsageError
from sitegen.importers.disqus import read_threads
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.model.config import Config
from tests.samples import CLOCK

SAMPLE = Path(__file__).parents[3] / "shared" / "import-samples" / "isso-disqus.xml"
HEAD = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
THREAD = '<thread dsq:id="7"><link>https://old.example/bridge/</link><title>Bridge</title></thread>'
MARKS = "<isDeleted>false</isDeleted><isSpam>false</isSpam>"


def export(*elements: str) -> str:
    return "\n".join(['<?xml version="1.0"?>', HEAD, *elements, "</disqus>"])


def post(number: int, inside: str = MARKS, thread: int = 7, name: str = "Ada") -> str:
    author = f"<author><name>{name}</name><email>ada@secret.example</email></author>"
    time = "<createdAt>2013-10-10T19:20:29Z</createdAt>"
    text = f"<message><![CDATA[<p>Words {number}.</p>]]></message>"
    return f'<post dsq:id="{number}"><thread dsq:id="{thread}"/>{text}{time}{author}{inside}</post>'


def read(tmp_path: Path, text: str | bytes, name: str = "export.xml") -> tuple[list[CapturedThread], Tally]:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    tally = Tally()
    return list(read_threads(ImportRequest(inputs=(str(file),), config=Config(), clock=CLOCK), tally)), tally


def test_a_thread_has_the_names_of_its_article_and_its_comments(tmp_path: Path) -> None:
    reply = post(2, f'{MARKS}<parent dsq:id="1"/>', name="")
    (thread,), tally = read(tmp_path, export(THREAD, post(1), reply))
    assert thread.addresses == ("https://old.example/bridge/",)
    assert (thread.source_id, thread.title, thread.closed) == ("7", "Bridge", True)
    first, second = thread.comments
    assert (first.id, first.body.text, first.body.format) == ("disqus-1", "<p>Words 1.</p>", "html")
    assert first.published
    assert first.published.at == "2013-10-10T19:20:29Z"
    assert first.author
    assert first.author.name == "Ada"
    assert (second.parent, second.author) == ("disqus-1", None)
    assert tally.read["comments"] == thread.read == 2


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ("<isDeleted>true</isDeleted><isSpam>false</isSpam>", "deleted"),
        ("<isDeleted>false</isDeleted><isSpam>true</isSpam>", "spam"),
        (f"{MARKS}<isApproved>false</isApproved>", "pending"),
        ("<isDeleted>false</isDeleted>", "not-public"),
        ("<isDeleted>0</isDeleted><isSpam>false</isSpam>", "not-public"),
        ("", "not-public"),
    ],
)
def test_only_what_is_known_to_be_public_is_taken(tmp_path: Path, marks: str, reason: str) -> None:
    (thread,), _ = read(tmp_path, export(THREAD, post(1, marks)))
    assert thread.comments == ()
    assert [item.reason for item in thread.withheld] == [reason]


def test_nothing_of_a_deleted_thread_is_taken(tmp_path: Path) -> None:
    thread = THREAD.replace("</thread>", "<isDeleted>true</isDeleted></thread>")
    (read_back,), _ = read(tmp_path, export(thread, post(1)))
    assert (read_back.comments, [item.reason for item in read_back.withheld]) == ((), ["deleted"])


@pytest.mark.parametrize(
    ("identifier", "addresses", "names"),
    [
        ("17 https://old.example/?p=17", ("https://old.example/?p=17",), ()),
        ("/2013/bridge/", ("/2013/bridge/",), ()),
        ("world/bridge", (), ("world/bridge",)),
        ("", (), ()),
    ],
)
def test_the_identifier_of_a_thread_may_name_the_article(
    tmp_path: Path, identifier: str, addresses: tuple[str, ...], names: tuple[str, ...]
) -> None:
    (thread,), _ = read(tmp_path, export(f'<thread dsq:id="7"><id>{identifier}</id></thread>', post(1)))
    assert (thread.addresses, thread.names) == (addresses, names)


def test_comments_without_a_thread_are_not_lost(tmp_path: Path) -> None:
    (thread,), _ = read(tmp_path, export(post(1, thread=1337)))
    assert (thread.source_id, thread.addresses, thread.read) == ("1337", (), 1)


def test_a_gzipped_export_is_read_as_it_is(tmp_path: Path) -> None:
    text = export(THREAD, post(1))
    plain, _ = read(tmp_path, text)
    packed, _ = read(tmp_path, gzip.compress(text.encode()), "export.xml.gz")
    assert packed[0].comments == plain[0].comments


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (export(THREAD, post(1))[:-30], 4, "no sound XML"),
        (export(THREAD, "<post></thread>"), 4, "mismatched tag"),
        ('<!DOCTYPE d [<!ENTITY a "b">]>' + export(), 1, "has a DTD"),
        ('<?xml version="1.0" encoding="utf-7"?><disqus/>', 1, "encoding"),
        ("<rss/>", 1, "no such export"),
        (export("<thread>" * 60), 3, "nested"),
    ],
)
def test_a_broken_export_is_refused_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ContentError, match=message) as caught:
        read(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.file
    assert problem.file.endswith("export.xml")
    assert problem.span
    assert problem.span.line == line
    assert problem.private


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (
            "https://disq.us/url?url=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3A" + "z" * 27,
            "https://a.example/?x=1&amp;y",
        ),
        ("http://disq.us/url?url=http%3A%2F%2Fa.example%2F%3A" + "z" * 27 + "&amp;cuid=4002", "http://a.example/"),
        ("https://disq.us/url?url=javascript%3Aalert(1)", "https://disq.us/url?url=javascript%3Aalert(1)"),
        ("https://a.example/disq.us", "https://a.example/disq.us"),
    ],
)
def test_links_lead_where_they_lead_and_not_by_way_of_disqus(tmp_path: Path, link: str, target: str) -> None:
    text = export(THREAD, post(1)).replace("Words 1.", f'<a href="{link}">x</a>')
    (thread,), _ = read(tmp_path, text)
    assert thread.comments[0].body.text == f'<p><a href="{target}">x</a></p>'


def test_control_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    text = export(THREAD, post(1)).encode().replace(b"Words", b"Wo\x08rds")
    (thread,), tally = read(tmp_path, text)
    assert thread.comments[0].body.text == "<p>Words 1.</p>"
    assert [problem.span.line for problem in tally.warnings if problem.span] == [4]


def test_there_is_no_such_file() -> None:
    with pytest.raises(UsageError, match="there is no file"):
        list(read_threads(ImportRequest(inputs=("nowhere.xml",), config=Config(), clock=CLOCK), Tally()))


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample ../shared/import-samples is not beside the repository")
def test_a_real_export_has_the_counts_that_others_found() -> None:
    tally = Tally()
    threads = list(read_threads(ImportRequest(inputs=(str(SAMPLE),), config=Config(), clock=CLOCK), tally))
    found = [thread for thread in threads if thread.addresses]
    comments = [comment for thread in found for comment in thread.comments]
    published = {comment.id: comment for comment in comments if comment.status == "published"}
    roots = [comment for comment in published.values() if comment.parent not in published]
    assert (tally.read["comments"], len(published), len(roots)) == (6, 4, 3)
    assert sum(comment.parent is not None for comment in roots) == 1
    assert Counter(item.reason for thread in found for item in thread.withheld) == {"deleted": 1}
    assert [thread.read for thread in threads if not thread.addresses] == [1]
