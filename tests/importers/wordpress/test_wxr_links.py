"""Addresses in exported bodies: where they lead here, and which files come along."""

from pathlib import Path

import pytest

from tests.importers.wordpress.wxr_exports import (
    list_messages,
    read_export,
    write_attachment,
    write_export,
    write_item,
    write_term,
)

UPLOADS = "https://old.example/wp-content/uploads/2024/03"
EXPORT = write_export(
    write_item(
        18, "B.", write_term("category", "asia", "Asia"), link="https://old.example/other/", wp_post_name="other"
    ),
    write_item(19, "C.", link="https://old.example/later/", wp_status="draft"),
    write_attachment(9, f"{UPLOADS}/a.jpg"),
    write_attachment(10, "https://files.example/2024/03/b.jpg"),
    write_attachment(11, "https://cdn.example/site/wp-content/uploads/2024/03/c.jpg"),
)


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ("https://old.example/other/", "/other/"),
        ("http://www.old.example/other#comment-3", "/other#comment-3"),
        ("/other/", "/other/"),
        ("../../../other/", "/other/"),
        ("https://old.example/?p=18#more-18", "/other/#more-18"),
        ("/index.php?p=18", "/other/"),
        ("https://old.example/", "/"),
        ("https://old.example/category/world/asia/", "/category/world/asia/"),
        ("https://old.example/author/ana/", "/author/ana/"),
        ("https://old.example/?attachment_id=9", "/wp-content/uploads/2024/03/a.jpg"),
        ("https://old.example/a.jpg/", "/wp-content/uploads/2024/03/a.jpg"),
        (f"{UPLOADS}/a.jpg?w=300", "/wp-content/uploads/2024/03/a.jpg"),
        (f"{UPLOADS}/report.pdf", "/wp-content/uploads/2024/03/report.pdf"),
        ("https://i0.wp.com/old.example/wp-content/uploads/2024/03/a.jpg?w=9", "/wp-content/uploads/2024/03/a.jpg"),
        ("https://files.example/2024/03/b.jpg", "/wp-content/uploads/2024/03/b.jpg"),
        ("http://files.example/2024/03/b-300x200.jpg?w=9", "/wp-content/uploads/2024/03/b-300x200.jpg"),
        ("https://cdn.example/site/wp-content/uploads/2024/03/c.jpg", "/site/wp-content/uploads/2024/03/c.jpg"),
        ("https://files.example/2024/03/other.jpg", "https://files.example/2024/03/other.jpg"),
        ("https://elsewhere.example/other/", "https://elsewhere.example/other/"),
        ("mailto:desk@old.example", "mailto:desk@old.example"),
        ("#part", "#part"),
        ("https://[broken/", "https://%5Bbroken/"),
        ("https://old.example:port/", "https://old.example:port/"),
    ],
)
def test_what_is_in_the_export_is_named_from_the_root(tmp_path: Path, written: str, here: str) -> None:
    (document, *_), tally = read_export(
        tmp_path, EXPORT.replace("<item>", write_item(17, f'<a href="{written}">A</a>') + "<item>", 1)
    )
    assert document.body == f"[A]({here})\n"
    assert not any("links" in message for message in list_messages(tally))


@pytest.mark.parametrize(
    "written", ["https://old.example/later/", "/?p=19", "/?s=bridge", "https://old.example/2019/05/"]
)
def test_what_is_not_stays_and_is_counted(tmp_path: Path, written: str) -> None:
    (document, *_), tally = read_export(
        tmp_path, EXPORT.replace("<item>", write_item(17, f'<a href="{written}">A</a>') + "<item>", 1)
    )
    assert f"[A]({written})" in document.body
    assert "links to pages of the old site that are not in the export stay as they were (1)" in list_messages(tally)


def test_a_smaller_copy_that_is_not_there_becomes_the_picture_itself(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    (folder / "2024" / "03").mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "b-300x200.jpg"):
        (folder / "2024" / "03" / name).write_bytes(b"")
    names = ("a-300x200.jpg", "b-300x200.jpg", "c-300x200.jpg")
    body = " ".join(f'<img src="{UPLOADS}/{name}">' for name in names)
    (document,), _ = read_export(tmp_path, write_export(write_item(17, body)), media_dir=folder)
    assert [(media.path.rpartition("/")[2], media.file is not None) for media in document.media] == [
        ("a.jpg", True),
        ("b-300x200.jpg", True),
        ("c-300x200.jpg", False),
    ]
