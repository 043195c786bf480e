"""`sitegen comments`: as editors use it, from the first comment to what readers see."""

import json
from pathlib import Path

import pytest

from tests.sites import Outcome, build, call_sitegen, read_tree, write_article, write_files, write_site, write_snapshot

SIDE = "content/world/a.comments.json"
MODERATION = "content/world/a.moderation.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/world/a.md": write_article("A"),
        "content/world/b/index.md": write_article("B", slug="bridge"),
        SIDE: write_snapshot("One.", "Two."),
    }
    return write_site(tmp_path / "site", files)


def call(site: Path, *arguments: str) -> Outcome:
    return call_sitegen("-C", site, "comments", *arguments, env={"USER": "ada"})


def shows(site: Path, words: str) -> bool:
    assert build(site).published
    return any(words.encode() in data for data in read_tree(site / "output").values())


def test_from_a_decision_to_what_readers_see(site: Path) -> None:
    done = call(site, "hide", "world/a.md", "c-1", "--reason", "the family asked")
    assert (done.code, done.out, done.err) == (0, "", f"Written into {MODERATION}; it counts from the next build on.\n")
    assert (site / MODERATION).read_text() == (
        "schema: sitegen.moderation/1\ndecisions:\n- id: c-1\n  action: hide\n"
        '  by: "ada"\n  at: 2026-11-01T12:00:00+00:00\n  reason: "the family asked"\n'
    )
    assert (shows(site, "One."), shows(site, "Two.")) == (True, False)
    assert call(site, "show-again", "world/a.md", "c-1").code == 0
    assert shows(site, "Two.")
    assert call(site, "redact", "world/a.md", "c-1", "--reason", "insult", "--text", "A notice.").code == 0
    assert (shows(site, "Two."), shows(site, "A notice.")) == (False, True)
    for action in ("pin", "unpin"):
        assert call(site, action, "a", "c-1", "--by", "Desk").code == 0
    assert call(site, "rename", "a", "c-0", "no").code == 0
    assert [line for line in (site / MODERATION).read_text().splitlines() if "action" in line] == [
        f"  action: {action}" for action in ("hide", "show-again", "redact", "pin", "unpin", "rename")
    ]
    assert build(site, strict=True).published


def test_a_list_shows_what_readers_do_not_see(site: Path) -> None:
    call(site, "hide", "a", "c-1", "--reason", "why")
    call(site, "rename", "a", "c-0", "Bo")
    call(site, "pin", "a", "c-0")
    assert call(site, "list", "a").out.splitlines() == [
        "c-0  2026-10-02 10:00  Bo [renamed] [pinned]  One.",
        "c-1  2026-10-02 10:00  Ada [hidden]  Two.",
    ]
    rows = json.loads(call(site, "list", "a", "--json").out)
    decisions = [{"action": "hide", "by": "ada", "at": "2026-11-01T12:00:00+00:00", "reason": "why"}]
    assert rows[1] == {
        "id": "c-1",
        "parent": None,
        "author": "Ada",
        "published": "2026-10-02T10:00:00+00:00",
        "state": ["hidden"],
        "text": "Two.",
        "decisions": decisions,
    }
    assert json.loads(call(site, "show", "a", "c-1", "--json").out) == rows[1]
    assert call(site, "show", "a", "c-1").out.splitlines() == [
        "c-1  2026-10-02 10:00  Ada [hidden]",
        "",
        "Two.",
        "",
        "action: hide, by: ada, at: 2026-11-01T12:00:00+00:00, reason: why",
    ]


def test_a_comment_is_added(site: Path) -> None:
    call(site, "add", "bridge", "--author", "Bo", "--at", "2026-10-03", "--text", "New.")
    done = call(
        site,
        *("add", "bridge", "--author", "", "--at", "2026-10-03T10:12"),
        *("--text", "A\n<b>", "--reply-to", "own-1"),
    )
    assert (done.code, done.out, done.err) == (0, "own-2\n", "Written into content/world/b/comments.json.\n")
    first, second = json.loads((site / "content/world/b/comments.json").read_text())["comments"]
    assert first["published"] == {"at": "2026-10-03"}
    assert second == {
        "id": "own-2",
        "parent": "own-1",
        "author": {"name": None},
        "published": {"at": "2026-10-03T10:12:00+00:00"},
        "body": {"format": "text", "text": "A\n<b>"},
    }
    assert shows(site, "New.")


@pytest.mark.parametrize(
    "article", ["world/a.md", "content/world/a", "a", "/world/2026/10/a/", "https://news.example/world/2026/10/a/"]
)
def test_an_article_is_found_by_path_slug_and_address(site: Path, article: str) -> None:
    assert call(site, "list", article).out.count("\n") == 2


def test_where_two_articles_share_a_snapshot_one_file_decides(site: Path) -> None:
    write_files(site, {"content/world/c.md": write_article("C", comments="a.comments.json")})
    call(site, "hide", "c", "c-0", "--reason", "x")
    call(site, "hide", "a", "c-1", "--reason", "x")
    assert not (site / MODERATION).exists()
    assert (site / "content/world/c.moderation.yaml").read_text().count("action") == 2
    assert not shows(site, "One.")


ADD = ("add", "a", "--author", "Bo", "--at")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("hide", "a", "c-7", "--reason", "x"), 2, f"error: there is no comment `c-7` in {SIDE}"),
        (("hide", "a", "c-1"), 2, "Usage: sitegen comments hide [OPTIONS] ARTICLE ID"),
        (("list", "gone"), 2, "error: there is no article `gone`"),
        (("list", "bridge"), 2, "error: content/world/b/index.md has no comments"),
        (("rename", "a", "c-1", "x@y.example"), 1, f"{MODERATION}:5:9: error[moderation]: `name` is an e-mail address"),
        ((*ADD, "yesterday", "--text", "x"), 2, "error: --at: `yesterday` is no instant"),
        ((*ADD, "2026-10-03", "--text", " "), 2, "error: --text: is empty"),
        ((*ADD, "2026-10-03", "--text", "x", "--reply-to", "c-7"), 2, "error: there is no comment `c-7`"),
    ],
)
def test_what_cannot_be_done_changes_nothing(site: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    before = read_tree(site / "content")
    done = call(site, *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(message)
    assert read_tree(site / "content") == before


def test_nothing_is_added_to_a_file_with_mistakes(site: Path) -> None:
    write_files(site, {MODERATION: "schema: sitegen.moderation/1\ndecisions:\n- {id: c-9, action: hide}\n"})
    before = read_tree(site / "content")
    done = call(site, "hide", "a", "c-1", "--reason", "x")
    assert (done.code, f"{MODERATION}:3:8: error[moderation]: there is no comment `c-9`" in done.err) == (1, True)
    assert read_tree(site / "content") == before


def test_a_sound_site_is_verified_and_sealed(site: Path) -> None:
    call(site, "hide", "a", "c-1", "--reason", "x")
    assert (call(site, "verify").code, call(site, "verify").err) == (0, "1 snapshot, 0 findings\n")
    done = call(site, "verify", "--write")
    assert (done.code, done.err) == (0, f"{SIDE}: hash written\n1 snapshot, 0 findings\n")
    sealed = (site / SIDE).read_text()
    assert call(site, "verify", "a", "--write").err == "1 snapshot, 0 findings\n"
    assert (site / SIDE).read_text() == sealed
    call(site, "add", "a", "--author", "Bo", "--at", "2026-10-03", "--text", "New.")
    assert call(site, "verify").code == 0  # what is written here is sealed anew
    write_files(site, {SIDE: sealed.replace("Two.", "Too.")})
    done = call(site, "verify", "--json")
    (finding,) = json.loads(done.out)
    assert (done.code, finding["file"], finding["line"]) == (3, SIDE, 4)
    assert finding["message"] == "the comments are not those that `content_sha256` was made of"


def test_everything_that_needs_a_look_is_found_in_one_run(site: Path) -> None:
    orphan = '{"id": "x", "parent": "y", "published": null, "body": "x"}'
    write_files(
        site,
        {
            SIDE: write_snapshot("One.").replace('"name": "Ada"', '"name": "Ada", "email": "ada@news.example"'),
            MODERATION: "schema: sitegen.moderation/1\ndecisions:\n- {id: c-9, action: hidden}\n",
            "content/world/b/comments.json": f'{{"schema": "sitegen.comments/1", "comments": [{orphan}]}}',
            "content/world/gone.moderation.yaml": "",
            "content/world/c.md": write_article("C", rating="9"),
        },
    )
    done = call(site, "verify", "--json")
    assert done.code == 3
    assert [(finding["file"], finding["message"]) for finding in json.loads(done.out)] == [
        (SIDE, "`email` is personal data, which must not be in a snapshot"),
        (MODERATION, "`decisions.0.action` must be 'hide', 'show-again', 'redact', 'rename', 'pin' or 'unpin'"),
        ("content/world/b/comments.json", "there is no comment `y`, which this one answers"),
        ("content/world/gone.moderation.yaml", "belongs to no article: there is no `gone.md` beside it"),
    ]
    assert "ada@news.example" not in call(site, "verify").err
    named = call(site, "verify", "bridge")
    assert (named.code, named.err.splitlines()[-1]) == (3, "1 snapshot, 1 finding")
    before = (site / SIDE).read_text()
    assert call(site, "verify", "--write").code == 3
    assert (site / SIDE).read_text() == before  # a broken one is left alone


def test_a_comment_whose_passage_is_lost_is_found(site: Path) -> None:
    quoting = [
        {"id": f"c-{place}", "published": None, "body": "x", "anchor": {"quote": quote}}
        for place, quote in enumerate(("Text", "the old text"))
    ]
    text = json.dumps({"schema": "sitegen.comments/1", "comments": quoting}, indent=1)
    write_files(site, {SIDE: text})
    done = call(site, "verify")
    line = next(place for place, written in enumerate(text.splitlines(), 1) if "the old text" in written)
    assert done.code == 3
    assert done.err.startswith(
        f"{SIDE}:{line}:14: warning[comments]: content/world/a.md does not say what this comment quotes: "
        "it is shown without a link to the text"
    )
    assert "hint: quote what stands there now, or write `null` as its `anchor`" in done.err
    assert "1 finding" in done.err
    write_files(site, {"content/world/a.md": write_article("A", body="Text. All of *the old* text.")})
    assert call(site, "verify").code == 0
