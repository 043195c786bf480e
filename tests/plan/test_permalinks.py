"""What was published once: lines of `permalinks.lock` beside what a build says when nothing answers there any more."""

import pytest

from sitegen.errors import ContentError
from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.names import ArticleId, Slug, Url
from sitegen.plan.permalinks import (
    Lock,
    add_documents,
    check_lock,
    extend_lock,
    read_lock,
    rename_document,
    write_lock,
)
from sitegen.plan.site import plan_site
from tests.samples import article, metadata, moment, plain, sources

NEWS = "https://news.example/"
HEADER = "# Every address that was published once, with what answers there. `sitegen build` adds to it: commit it.\n"
A = "/world/2026/10/a/ = world/a.md\n"


def check(text: str, *articles: Article, **keys: object) -> list[tuple[int, str, str]]:
    """Line, message and hint of every address that is lost."""
    config = Config(base_url=NEWS, **keys)  # type: ignore[arg-type]
    found = check_lock(read_lock(text), plan_site(sources(*articles, config=config)).addresses)
    assert {(item.code, item.file, item.severity.value) for item in found} <= {
        ("permalink", "permalinks.lock", "error")
    }
    return [(item.span.line, item.message, item.hint) for item in found if item.span and item.hint]


def test_what_is_locked() -> None:
    config = Config(base_url=NEWS, redirects={"/forum/": "/"}, gone={"/withdrawn/": "Withdrawn."})
    items = (
        plain("a", aliases=(Url("/first/"), Url("/?p=7"))),
        plain("with-blanks", url=Url("/a b%/")),
        plain("later", "2027-01-01"),
        plain("draft", draft=True),
        article("pages/about.md", metadata("about", None)),
    )
    lock = write_lock(extend_lock(Lock(), plan_site(sources(*items, config=config)).addresses))
    assert lock == HEADER + (
        "/?p=7 = world/a.md\n"
        "/a%20b%25/ = world/with-blanks.md\n"
        "/about/ = pages/about.md\n"
        "/first/ = world/a.md\n"
        "/world/2026/10/a/ = world/a.md\n"
    )
    assert check(lock, *items) == []


def test_no_line_ever_goes_by_itself() -> None:
    text = "/old/ = world/old.md\n/kept/ = world/x.md\n" + A
    addresses = plan_site(sources(plain("a", aliases=(Url("/old/"),)))).addresses
    assert extend_lock(read_lock(text), addresses) == {
        "/old/": "world/a.md",
        "/kept/": "world/x.md",
        "/world/2026/10/a/": "world/a.md",
    }


UNSEEN = "or delete this line, if no reader has seen it"
LEAD = '`"/world/2026/10/a/" = "/new/"` under `[redirects]`'
REASON = '`"/world/2026/10/a/" = "the reason"` under `[gone]`'
RULES = f"write {LEAD}, or {REASON}, in sitegen.toml"
RENAMED = "if it is content/local/a.md now, write `aliases: [/world/2026/10/a/]` in content/local/a.md"
MOVED = "readers lose an address of what has moved: `/world/2026/10/a/`, content/world/a.md is at "


@pytest.mark.parametrize(
    ("articles", "message", "hint"),
    [
        (
            (article("world/a.md", metadata("b")),),
            f"{MOVED}`/world/2026/10/b/` now",
            f"write `aliases: [/world/2026/10/a/]` in content/world/a.md, {UNSEEN}",
        ),
        (
            (plain("a", "2026-09-01", aliases=(Url("/first/"), Url("/?p=7"))),),
            f"{MOVED}`/world/2026/09/a/` now",
            f'write `aliases: [/first/, "/?p=7", /world/2026/10/a/]` in content/world/a.md, {UNSEEN}',
        ),
        (
            (plain("a", section=Slug("local"), expires=moment("2026-10-20")),),
            f"{MOVED}`/local/2026/10/a/` now",
            f"write `aliases: [/world/2026/10/a/]` in content/world/a.md, {UNSEEN}",
        ),
        (
            (plain("a", draft=True),),
            "readers lose an address: `/world/2026/10/a/`, content/world/a.md is a draft now",
            f"publish it, or take it down: replace `draft` by `gone: the reason`; {UNSEEN}",
        ),
        (
            (),
            "readers lose an address: `/world/2026/10/a/`, there is no content/world/a.md any more",
            f"restore it, or {RULES}; {UNSEEN}",
        ),
        (
            (article("local/a.md", metadata("a", section=Slug("local"))),),
            "readers lose an address: `/world/2026/10/a/`, there is no content/world/a.md any more",
            f"{RENAMED}; else restore it, or {RULES}; {UNSEEN}",
        ),
    ],
)
def test_what_loses_an_address(articles: tuple[Article, ...], message: str, hint: str) -> None:
    assert check("# a comment\n\n" + A, *articles) == [(3, message, hint)]


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param((plain("a"),), id="published"),
        pytest.param((plain("a", "2027-10-01", url=Url("/world/2026/10/a/")),), id="scheduled again"),
        pytest.param((plain("a", expires=moment("2026-10-20")),), id="expired"),
        pytest.param((plain("b", aliases=(Url("/world/2026/10/a/"),)),), id="an alias"),
        pytest.param(
            (plain("b", aliases=(Url("/world/2026/10/a/"),), expires=moment("2026-10-20")),), id="expired alias"
        ),
        pytest.param((plain("b", url=Url("/world/2026/10/a")),), id="another document"),
    ],
)
def test_what_does_not(articles: tuple[Article, ...]) -> None:
    assert check(A, *articles) == []


def test_rules_of_the_configuration_keep_an_address() -> None:
    assert check(A, redirects={"/world/2026/10/a/": "/"}) == []
    assert check(A, gone={"/world/2026/10/a": "Withdrawn."}) == []
    # One that leads to what time has taken away rests as well.
    resting = plain("b", expires=moment("2026-10-20"))
    assert check(A, resting, redirects={"/world/2026/10/a/": "world/b.md"}) == []
    assert check("/old/ = sitegen.toml\n")[0][1] == (
        "readers lose an address: `/old/`, sitegen.toml has no rule for it any more"
    )


def test_a_list_at_the_address_keeps_it() -> None:
    assert check("/world/ = pages/world.md\n", plain("a")) == []


def test_a_document_with_errors_has_not_lost_its_address() -> None:
    addresses = plan_site(sources(unavailable=("world/a.md",))).addresses
    assert check_lock(read_lock(A), addresses) == ()


def test_a_pattern_that_changes_everything_is_named() -> None:
    items = [plain(f"a{number}") for number in range(12)]
    text = write_lock(extend_lock(Lock(), plan_site(sources(*items)).addresses))
    found = check(text, *items, permalink="/{year}/{slug}/")
    assert len(found) == 12
    pattern = "; or put the old `permalink` back into sitegen.toml, if it was changed"
    assert [hint for *_, hint in found if not hint.endswith(pattern)] == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            f"<<<<<<< HEAD\n{A}=======\n/b/ = world/b.md\n>>>>>>> main\n",
            [(line, "holds a conflict that git could not merge") for line in (1, 3, 5)],
        ),
        (A + A, [(2, "`/world/2026/10/a/` stands in line 1 already")]),
        (
            "world/a/ = world/a.md\n/a/\n/a b/ = world/a.md\n",
            [(line, "is no address with what answers there") for line in (1, 2, 3)],
        ),
    ],
)
def test_lines_that_cannot_be_read(text: str, problems: list[tuple[int, str]]) -> None:
    with pytest.raises(ContentError) as caught:
        read_lock(text)
    assert [(item.span.line, item.message) for item in caught.value.problems if item.span] == problems
    assert {item.file for item in caught.value.problems} == {"permalinks.lock"}


def test_what_is_written_is_read() -> None:
    owners = {"/a%20b/": "world/a = b.md", "/?x=1": "sitegen.toml", "/日本/": "world/日本.md"}
    assert read_lock(write_lock(owners)).owners == owners
    assert read_lock("\ufeff" + write_lock(owners).replace("\n", "\r\n")).owners == owners


def test_a_document_that_is_renamed_keeps_its_addresses() -> None:
    lock = read_lock(A + "/first/ = world/a.md\n/b/ = world/b.md\n")
    assert rename_document(lock, ArticleId("world/a.md"), ArticleId("local/a.md")) == {
        "/world/2026/10/a/": "local/a.md",
        "/first/": "local/a.md",
        "/b/": "world/b.md",
    }


@pytest.mark.parametrize("owners", [{}, {"/a/": "a.md", "/a/b/": "b.md", "/z/": "z.md"}, {"/new/": "was.md"}])
def test_new_documents_are_added_as_if_the_file_was_written_anew(owners: dict[str, str]) -> None:
    urls = {ArticleId("new.md"): Url("/new/"), ArticleId("an a.md"): Url("/a/b c/")}
    text = add_documents(write_lock(owners), urls)
    assert text == write_lock({**owners, "/new/": "new.md", "/a/b%20c/": "an a.md"})
