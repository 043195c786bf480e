"""Which article a thread belongs to."""

import pytest

from sitegen.errors import ContentError
from sitegen.importers.ledger import Entry, Ledger
from sitegen.importers.matching import Finder, read_choices
from sitegen.importers.records import CapturedThread
from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.names import Url
from sitegen.parse.comment_format import SnapshotRecord
from tests.samples import article, metadata

BRIDGE = "content/world/bridge.md"
CAFE = "content/world/cafe/index.md"
ABOUT = "content/pages/about.md"
ARTICLES: dict[str, Article] = {
    BRIDGE: article("world/bridge.md", metadata("bridge", aliases=(Url("/?p=17"), Url("/old/bridge.html")))),
    CAFE: article("world/cafe/index.md", metadata("cafe", url=Url("/2013/Café"), title="War & peace: 100%")),
    ABOUT: article("pages/about.md", metadata("about", day=None, section=None)),
    "content/world/twin.md": article("world/twin.md", metadata("twin", title="Twins")),
    "content/local/twin.md": article("local/twin.md", metadata("twin", title="Twins", section="local")),
}
CONFIG = Config(
    title="The Gazette",
    base_url="https://news.example/paper/",
    redirects={"/moved/": "world/bridge.md", "/again/": "/about/"},
)
LEDGER = Ledger(
    entries={
        "https://wp.example/?p=23": Entry(path=CAFE, digest="0" * 64),
        "https://wp.example/long/gone/": Entry(path=ABOUT, digest="0" * 64),
    }
)


def find(*addresses: str, **fields: object) -> tuple[str, ...]:
    finder = Finder(ARTICLES, CONFIG, LEDGER, {"https://old.example/x/": ABOUT, "Some title": BRIDGE})
    thread = CapturedThread(
        prefix="x-",
        addresses=addresses,
        snapshot=SnapshotRecord(),
        read=0,
        **fields,  # type: ignore[arg-type]
    )
    return finder.find(thread)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/paper/world/2026/10/bridge/",
        "http://WWW.News.example/paper/world/2026/10/bridge",
        "https://once.example/world/2026/10/bridge/index.html?utm_source=x#comments",
        "//once.example/world/2026/10/bridge/",
        "/world/2026/10/bridge/",
        "/%77orld/2026/10/bridge/",
        "http://once.example/?p=17",
        "http://once.example/blog/?p=17&fbclid=1",
        "https://once.example/old/bridge.html",
        "/moved",
    ],
)
def test_an_address_of_any_host_finds_the_article(address: str) -> None:
    assert find(address) == (BRIDGE,)


@pytest.mark.parametrize(
    "address",
    ["/2013/Caf%C3%A9/", "/2013/Cafe\u0301", "https://wp.example/?p=23", "https://old.example/?page_id=23"],
)
def test_percent_encoding_and_composition_make_no_difference(address: str) -> None:
    assert find(address) == (CAFE,)


@pytest.mark.parametrize("address", ["https://wp.example/long/gone/", "/again", "https://old.example/x", "/about"])
def test_redirects_the_ledger_and_choices_count_too(address: str) -> None:
    assert find(address) == (ABOUT,)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "https://news.example/",
        "/World/2026/10/Bridge/",
        "/world/2026/10/bridge/?id=5",
        "/?p=18",
        "world/2026/10/bridge",
        "javascript:alert(1)",
        "http://[broken",
        "/world/2026/10/",
        "/../world/2026/10/bridge/",
    ],
)
def test_nothing_is_guessed(address: str) -> None:
    assert find(address) == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("world/2026/10/bridge/", BRIDGE),
        ("world/bridge", BRIDGE),
        ("content/world/bridge.md", BRIDGE),
        ("world/cafe", CAFE),
        ("bridge", BRIDGE),
        ("War & peace: 100%", CAFE),
        ("War & peace: 100% | The Gazette", CAFE),
        ("Bridge – The Gazette", BRIDGE),
    ],
)
def test_a_name_may_be_a_path_a_slug_or_a_title(name: str, path: str) -> None:
    assert find(names=(name,)) == (path,)


def test_a_name_of_several_articles_names_them_all() -> None:
    assert find(names=("twin",)) == ("content/local/twin.md", "content/world/twin.md")
    assert find(names=("Twins",)) == ("content/local/twin.md", "content/world/twin.md")


def test_the_number_of_a_post_counts_for_wordpress_alone() -> None:
    finder = Finder(ARTICLES, CONFIG, LEDGER, {})
    thread = CapturedThread(prefix="wp-", addresses=(), source_id="23", snapshot=SnapshotRecord(), read=0)
    assert finder.find(thread) == (CAFE,)
    assert find(source_id="23") == ()


def test_the_title_of_a_thread_counts_only_where_somebody_chose_it() -> None:
    assert find(title="Bridge") == ()
    assert find(title="Some title") == (BRIDGE,)


def test_an_article_with_the_title_of_a_thread_is_suggested_and_no_more() -> None:
    finder = Finder(ARTICLES, CONFIG, LEDGER, {})
    thread = CapturedThread(prefix="x-", addresses=(), title="Bridge", snapshot=SnapshotRecord(), read=0)
    assert (finder.find(thread), finder.suggest(thread)) == ((), (BRIDGE,))


def test_the_best_address_that_is_known_counts() -> None:
    assert find("/nowhere/", "/about/", "/moved/") == (ABOUT,)


def test_choices_are_lines() -> None:
    text = "# by hand\n\nhttps://old.example/?a=b = world/bridge.md\nA = B = about\n"
    assert read_choices(text, "map.txt") == {"https://old.example/?a=b": "world/bridge.md", "A = B": "about"}
    with pytest.raises(ContentError) as caught:
        read_choices("a = b\nnonsense\n = b\n", "map.txt")
    assert [problem.span.line for problem in caught.value.problems if problem.span] == [2, 3]
