"""Editors have the last word: what they hid is in no file of the output, and everything follows."""

import json
import re
from pathlib import Path

import pytest

from tests.sites import CONFIG, build, read_tree, write_article, write_files, write_moderation, write_site

SIDE = "content/world/a.comments.json"
MODERATION = "content/world/a.moderation.yaml"
PAGE = "world/2026/10/a/index.html"


def comment(number: int, name: str, text: str, **more: object) -> dict[str, object]:
    published = f"2026-10-02T10:0{number}:00Z"
    return {"id": f"wp-{number}", "author": {"name": name}, "published": published, "body": text, **more}


COMMENTS = (
    comment(1, "Ana Ruiz", "First words."),
    comment(2, "Bo Lind", "Second words.", parent="wp-1", reply_to_name="Ana Ruiz"),
    comment(3, "Cy Dale", "Third words.", votes={"up": 7}),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    snapshot = json.dumps({"schema": "sitegen.comments/1", "comments": COMMENTS})
    config = CONFIG.replace("tiny", "broadsheet")
    return write_site(
        tmp_path / "site", {"sitegen.toml": config, "content/world/a.md": write_article("A"), SIDE: snapshot}
    )


def decide(site: Path, *decisions: str) -> dict[str, str]:
    """Build with these decisions, and return the texts of the output."""
    write_files(site, {MODERATION: write_moderation(*decisions)})
    report = build(site)
    assert (report.published, report.problems) == (True, ())
    return {path: data.decode() for path, data in read_tree(site / "output").items() if path.endswith(("ml", "json"))}


def find(output: dict[str, str], words: str) -> list[str]:
    return [path for path, text in output.items() if words in text]


def test_a_hidden_comment_is_in_no_file(site: Path) -> None:
    shown = decide(site)
    assert len(find(shown, "Third words.")) == 3  # the page and two feeds
    output = decide(site, 'id: wp-3, action: hide, by: Desk, reason: "it is secret why"')
    assert [find(output, words) for words in ("Third words.", "Cy Dale", "comment-3", "secret", "Desk")] == [[]] * 5
    assert re.search(r'"commentCount": ?2\b', output[PAGE])
    assert "View all comments (2)" in output[PAGE]
    assert "2 comments" in output["index.html"]


def test_a_tombstone_stays_where_a_reply_hangs_on_it(site: Path) -> None:
    output = decide(site, "id: wp-1, action: hide")
    assert [find(output, words) for words in ("First words.", "Ana Ruiz")] == [[], []]
    assert "An editor removed this comment." in output[PAGE]
    assert output[PAGE].count("in reply to a deleted comment") == 1
    assert "Second words." in output[PAGE]


def test_a_redacted_text_is_replaced_in_page_and_feeds(site: Path) -> None:
    output = decide(site, "id: wp-3, action: redact")
    assert find(output, "Third words.") == []
    assert len(find(output, "An editor removed the text of this comment.")) == 3
    assert "Cy Dale" in output[PAGE]
    output = decide(site, "id: wp-3, action: redact, text: An insult stood here.")
    assert (len(find(output, "An insult stood here.")), find(output, "An editor removed")) == (3, [])


def test_the_notice_is_in_the_language_of_the_page(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", lang="nl")})
    config = (site / "sitegen.toml").read_text() + '[languages.nl]\ntitle = "De Bode"\n'
    write_files(site, {"sitegen.toml": config})
    output = decide(site, "id: wp-3, action: redact")
    assert len(find(output, "De redactie heeft de tekst van deze reactie weggehaald.")) == 3


def test_an_old_name_is_in_no_file(site: Path) -> None:
    output = decide(site, "id: wp-1, action: rename, name: A <reader>")
    assert find(output, "Ana Ruiz") == []
    assert output[PAGE].count("A &lt;reader&gt;") == 2  # above the comment and in the reply


def test_a_pinned_comment_stands_first(site: Path) -> None:
    page = decide(site, "id: wp-3, action: pin")[PAGE]
    assert page.index("Third words.") < page.index("First words.")


def test_what_is_shown_again_is_as_it_was(site: Path) -> None:
    shown = decide(site)
    decide(site, "id: wp-1, action: hide", "id: wp-3, action: redact")
    again = [f"id: wp-{number}, action: {action}" for action in ("hide", "show-again") for number in (1, 3)]
    assert decide(site, *again) == shown


def test_a_broken_moderation_file_reveals_nothing(site: Path) -> None:
    before = decide(site, "id: wp-3, action: hide")
    for broken in (
        "",
        "decisions: {",
        write_moderation("id: wp-3, action: hid"),
        write_moderation("id: wp-30, action: hide"),
    ):
        write_files(site, {MODERATION: broken})
        assert not build(site).published
        assert build(site, keep_going=True).published
        after = {path: data for path, data in read_tree(site / "output").items() if path in before}
        assert after == {path: text.encode() for path, text in before.items()}
