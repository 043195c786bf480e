"""A commenter goes, from every file and for good, as an editor would see it."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen, read_tree, write_article, write_moderation, write_site

TEXT = "The ferry was late again, as it is on every single rainy Monday of the year."


def comment(identity: str, name: str | None, text: str, parent: str | None = None) -> dict[str, object]:
    return {
        "id": identity,
        "parent": parent,
        "author": {"name": name},
        "published": {"at": "2026-10-02T10:00:00Z"},
        "body": {"format": "text", "text": text},
    }


SNAPSHOT = json.dumps(
    {
        "schema": "sitegen.comments/1",
        "snapshot": {"platform": "wordpress"},
        "comments": [
            comment("c-1", "Ada Brook", TEXT),
            comment("c-2", "Bo", "I missed my train.", "c-1"),
            comment("c-3", "ada brook", "Never mind."),
        ],
    }
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "content/world/ferry.md": write_article("Ferry"),
        "content/world/ferry.comments.json": SNAPSHOT,
        "content/world/ferry.moderation.yaml": write_moderation("id: c-3, action: pin", "id: c-2, action: pin"),
    }
    return write_site(tmp_path / "site", files)


def holders(root: Path, words: str) -> list[str]:
    return [path for path, data in read_tree(root).items() if words.lower().encode() in data.lower()]


def test_all_comments_of_an_author_go_from_every_file(root: Path) -> None:
    assert call_sitegen("-C", root, "build").code == 0
    assert "output/world/2026/10/ferry/index.html" in holders(root, TEXT)
    done = call_sitegen("-C", root, "comments", "erase", "--author", "ADA BROOK")
    assert done.code == 0, done.err
    assert "Erased 2 comments" in done.err
    assert "filter-repo" in done.err
    assert call_sitegen("-C", root, "build").code == 0
    assert holders(root, TEXT) == []
    assert holders(root, "ada brook") == []
    page = (root / "output/world/2026/10/ferry/index.html").read_text()
    assert "I missed my train." in page
    assert 'id="comment-1"' in page
    assert 'id="comment-3"' not in page
    moderation = (root / "content/world/ferry.moderation.yaml").read_text()
    assert "c-3" not in moderation
    assert "c-2" in moderation


def test_it_does_not_come_back_with_a_capture_or_an_import(root: Path, tmp_path: Path) -> None:
    call_sitegen("-C", root, "comments", "erase", "--id", "c-1")
    export = tmp_path / "disqus.xml"
    export.write_text(
        '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        '<thread dsq:id="1"><id/><link>https://news.example/world/2026/10/ferry/</link><title>Ferry</title></thread>'
        f'<post dsq:id="7"><id/><message><![CDATA[<p>{TEXT}</p>]]></message><createdAt>2026-10-02T10:00:00Z</createdAt>'
        "<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Somebody</name>"
        '<isAnonymous>false</isAnonymous></author><thread dsq:id="1"/></post></disqus>'
    )
    done = call_sitegen("-C", root, "comments", "capture", "disqus", export, "--json")
    counted = json.loads(done.out)
    assert (counted["read"]["comments"], counted["written"]["comments"], counted["withheld"]) == (1, 0, {"erased": 1})
    assert holders(root, TEXT) == []


def test_verify_finds_what_is_still_there(root: Path) -> None:
    call_sitegen("-C", root, "build")
    call_sitegen("-C", root, "comments", "erase", "--author", "Ada Brook")
    stale = call_sitegen("-C", root, "comments", "erase", "--verify")
    assert stale.code == 3
    assert "output/world/2026/10/ferry/index.html" in stale.err
    assert TEXT not in stale.err
    call_sitegen("-C", root, "build")
    assert call_sitegen("-C", root, "comments", "erase", "--verify").code == 0
    (root / "content/world/letter.md").write_text(write_article("Letter", body="Ada Brook wrote to us."))
    named = call_sitegen("-C", root, "comments", "erase", "--verify", "--author", "Ada Brook")
    assert named.code == 3
    assert "content/world/letter.md" in named.err


def test_a_dry_run_changes_nothing(root: Path) -> None:
    before = read_tree(root / "content")
    done = call_sitegen("-C", root, "comments", "erase", "--id", "c-1", "--dry-run")
    assert "Would erase 1 comment" in done.err
    assert read_tree(root / "content") == before
    assert not (root / "erasures.lock").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--id", "c-9"], "there is no comment `c-9`"),
        (["--author", "Nobody"], "there is no comment by `Nobody`"),
        ([], "name an author or an id"),
        (["--id", "c-1", "--author", "Bo"], "name an author or an id"),
    ],
)
def test_what_makes_no_sense_is_told(root: Path, arguments: list[str], message: str) -> None:
    done = call_sitegen("-C", root, "comments", "erase", *arguments)
    assert done.code == 2
    assert message in done.err


def test_without_its_key_the_register_stops_a_capture(root: Path, tmp_path: Path) -> None:
    call_sitegen("-C", root, "comments", "erase", "--id", "c-1")
    (root / "erasures.key").unlink()
    (tmp_path / "x.xml").write_text("<disqus/>")
    done = call_sitegen("-C", root, "comments", "capture", "disqus", tmp_path / "x.xml")
    assert done.code == 2
    assert "erasures.lock needs erasures.key" in done.err


def test_a_broken_snapshot_stops_it_before_anything_is_written(root: Path) -> None:
    (root / "content/world/other.md").write_text(write_article("Other"))
    (root / "content/world/other.comments.json").write_text("{")
    before = read_tree(root / "content")
    assert call_sitegen("-C", root, "comments", "erase", "--id", "c-1").code == 1
    assert read_tree(root / "content") == before
