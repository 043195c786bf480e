"""Files from the network: what may come in, and under which name."""

import pytest

from sitegen.importers.web.failures import FetchError
from sitegen.importers.web.fetch import Fetcher
from sitegen.importers.web.media import check_content, check_name, fetch_media
from sitegen.importers.web.visitor import Visitor
from tests.importers.web.servers import Reply, serve

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ZIP = b"PK\x03\x04" + b"\0" * 20


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("static/a.png", PNG),
        ("static/A.JPG", b"\xff\xd8\xff\xe0...."),
        ("static/a.webp", b"RIFF\x0a\x00\x00\x00WEBPVP8 "),
        ("static/a.avif", b"\0\0\0\x1cftypavif"),
        ("static/a.mp4", b"\0\0\0\x0aftypisom"),
        ("static/a.pdf", b"%PDF-1.7"),
        ("static/a.docx", ZIP),
        ("static/a.mp3", b"\xff\xfb\x90\x64"),
        ("static/a.csv", "Straße;5\n".encode()),
    ],
)
def test_a_file_that_is_what_its_name_says_comes_in(path: str, data: bytes) -> None:
    assert check_content(path, data) is None


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("static/a.png", b"<!doctype html><script>", "its content is not what `.png` says"),
        ("static/a.jpg", PNG, "its content is not what `.jpg` says"),
        ("static/a.png", b"", "it is empty"),
        ("static/a.txt", b"\n <html>", "its content is not what `.txt` says"),
        ("static/a.csv", b"\0\1\2", "its content is not what `.csv` says"),
        ("static/a.svg", b"<svg/>", "SVG can hold scripts: look at the file, and put it there yourself"),
        ("static/a.html", b"<p>", "pages and programs are not fetched"),
        ("static/a.php", b"<?php", "pages and programs are not fetched"),
        ("static/a.exe", b"MZ", "files that end in `.exe` are not fetched"),
        ("static/a", b"MZ", "its name has no ending"),
    ],
)
def test_anything_else_stays_out(path: str, data: bytes, reason: str) -> None:
    assert check_content(path, data) == reason


def test_a_name_is_judged_before_anybody_is_asked() -> None:
    assert check_name("static/a.png") is None
    with serve(lambda _: Reply(body=PNG)) as served:
        visitor = Visitor(Fetcher(named=[served.root]))
        with pytest.raises(FetchError, match="pages and programs"):
            fetch_media(visitor, f"{served.root}/a.html", "static/a.html")
        assert served.asked == []


def test_a_file_is_fetched_and_one_that_is_not_there_is_said_to_be_missing() -> None:
    files = {"/a.png": Reply(body=PNG), "/page.png": Reply(body=b"<html>sorry")}
    with serve(lambda path: files.get(path, Reply(status=404))) as served:
        visitor = Visitor(Fetcher(named=[served.root]), sleep=lambda _: None)
        assert fetch_media(visitor, f"{served.root}/a.png", "static/a.png") == PNG
        with pytest.raises(FetchError, match="not there"):
            fetch_media(visitor, f"{served.root}/b.png", "static/b.png")
        with pytest.raises(FetchError, match="its content is not"):
            fetch_media(visitor, f"{served.root}/page.png", "static/page.png")
