"""A live WordPress site: what is read, how it is asked, and what never gets in."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.app.importing import ImportReport, import_source, prepare_tools
from sitegen.app.site import load_site
from sitegen.errors import MachineError, UsageError
from sitegen.importers.records import ImportRequest
from sitegen.importers.web.fetch import Fetcher
from sitegen.importers.web.visitor import ATTEMPTS, Visitor
from sitegen.importers.wordpress.rest import read_rest
from tests.importers.web.servers import Reply, Served, serve
from tests.importers.wordpress.rest_server import PNG, PRIVATE, WordPress, comment, post
from tests.samples import CLOCK
from tests.sites import build, read_tree, write_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@contextmanager
def open_site(site: WordPress) -> Iterator[Served]:
    with serve(site.answer) as served:
        site.home = served.root
        yield served


def run(
    root: Path,
    served: Served,
    *,
    sleep: Callable[[float], None] = lambda _: None,
    fetches: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    visitor = Visitor(Fetcher(named=[served.root]), sleep=sleep)
    site = load_site(root, None)
    request = ImportRequest(
        inputs=(f"{served.root}/",),
        config=site.config,
        clock=CLOCK,
        visitor=visitor,
        memory=root / ".sitegen/fetched",
    )
    return import_source(site, read_rest, request, prepare_tools(site, visitor if fetches else None), dry_run=dry_run)


def read_comments(root: Path, path: str) -> list[dict[str, object]]:
    comments: list[dict[str, object]] = json.loads((root / f"content/{path}.comments.json").read_text())["comments"]
    return comments


def test_a_post_is_written_with_its_comments_and_builds(root: Path) -> None:
    bridge = post(
        17,
        "bridge",
        content={
            "rendered": '<p>See <a href="HOME/2024/03/tunnel/">it</a>.</p><p><img src="HOME/wp-content/uploads/b.png"'
            ' alt="Bridge"></p>',
            "protected": False,
        },
        tags=[8],
        featured_media=30,
        sticky=True,
        modified_gmt="2024-03-10T08:00:00",
        excerpt={"rendered": "<p>The first lorry crossed.</p>"},
    )
    site = WordPress(
        posts=[bridge, post(18, "tunnel")],
        comments=[comment(901, 17), comment(902, 17, parent=901, author_name="", author_url="https://ana.example/")],
        media=[{"id": 30, "source_url": "HOME/wp-content/uploads/2024/lead.png", "alt_text": "A lorry"}],
    )
    with open_site(site) as served:
        report = run(root, served, fetches=True)
    assert (root / "content/world-news/2024-03-09-bridge.md").read_text() == (
        "---\ntitle: Post & number 17\ndate: 2024-03-09 10:17:00+00:00\nupdated: 2024-03-10 08:00:00+00:00\n"
        "url: /2024/03/bridge/\naliases:\n  - /?p=17\nsection: World News\ntags:\n  - NATO\nauthors:\n  - Ana Ruiz\n"
        "description: The first lorry crossed.\nimage:\n  src: /wp-content/uploads/2024/lead.png\n  alt: A lorry\n"
        "weight: 10\n---\n\nSee [it](/2024/03/tunnel/).\n\n![Bridge](/wp-content/uploads/b.png)\n"
    )
    assert (root / "static/wp-content/uploads/b.png").read_bytes() == PNG
    assert +report.written == {"articles": 2, "comments": 2, "media": 2}
    assert report.tally.permalink == "/{year}/{month}/{slug}/"
    assert report.redirects == {
        "/category/world/": "/world-news/",
        "/category/world/feed/": "/world-news/rss.xml",
        "/tag/nato/": "/tags/nato/",
        "/author/ana/": "/authors/ana-ruiz/",
    }
    first, second = read_comments(root, "world-news/2024-03-09-bridge")
    assert first["author"] == {"name": "Reader 901"}
    assert first["published"] == {"at": "2024-03-09T11:00:00Z"}
    assert (second["parent"], second["author"]) == ("wp-901", {"url": "https://ana.example/"})
    build(root)
    assert 'id="comment-902"' in (root / "output/2024/03/bridge/index.html").read_text()


def test_nothing_that_is_private_gets_into_the_site_or_into_what_is_remembered(root: Path) -> None:
    site = WordPress(posts=[post(17)], comments=[comment(901, 17)])
    with open_site(site) as served:
        run(root, served, dry_run=True)
        assert (root / ".sitegen/fetched").is_dir()
        kept = b"".join(read_tree(root).values())
        run(root, served)
    build(root)
    kept += b"".join(read_tree(root).values())
    assert b"Reader 901" in kept
    assert [secret for secret in (*PRIVATE, "never-tell", "avatar") if secret.encode() in kept] == []


def test_all_pages_of_a_list_are_read_and_each_item_once(root: Path) -> None:
    site = WordPress(
        posts=[post(number) for number in range(1, 251)],
        comments=[comment(1000 + number, 1 + number % 3) for number in range(230)],
        pages=[post(900, "about", link="HOME/about/", categories=[])],
    )
    with open_site(site) as served:
        report = run(root, served)
        assert len(served.asked) == len(set(served.asked))
    assert +report.written == {"articles": 250, "pages": 1, "comments": 230}
    assert (root / "content/pages/about.md").is_file()


def test_a_server_that_tells_no_totals_is_read_to_its_end(root: Path) -> None:
    """Lists of posts end with an error then, and lists of comments with an empty page."""
    site = WordPress(posts=[post(number) for number in range(1, 101)], comments=[comment(901, 17)], tells_totals=False)
    with open_site(site) as served:
        report = run(root, served)
    assert +report.written == {"articles": 100, "comments": 1}


@pytest.mark.parametrize(
    ("root_of_api", "front"),
    [("/wp-json/", "header"), ("/wp-json/", "link"), ("/wp-json/", ""), ("/?rest_route=/", "")],
)
def test_the_api_is_found_wherever_it_is(root: Path, root_of_api: str, front: str) -> None:
    with open_site(WordPress(posts=[post(17)], root=root_of_api, front=front)) as served:
        assert +run(root, served).written == {"articles": 1}


def test_a_site_without_the_api_is_said_to_have_none(root: Path) -> None:
    page = Reply(body=b"<!doctype html>", headers=(("Content-Type", "text/html"),))
    with serve(lambda _: page) as served, pytest.raises(UsageError, match="has no REST API"):
        run(root, served)


def test_importing_again_changes_no_byte(root: Path) -> None:
    with open_site(WordPress(posts=[post(17)], comments=[comment(901, 17)])) as served:
        run(root, served)
        before = read_tree(root)
        assert run(root, served).changed == ()
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("reply", "slept"),
    [
        (Reply(status=500, body=b"oops"), 1),
        (Reply(status=429, headers=(("Retry-After", "9"),)), 9),
        (Reply(headers=(("Content-Type", "application/json"),), body=b'[{"id": 1, "ti'), 1),
        (Reply(headers=(("Content-Type", "application/json"), ("Content-Length", "999")), body=b"[]"), 1),
        (Reply(raw=b""), 1),
    ],
)
def test_a_server_in_trouble_is_asked_again(root: Path, reply: Reply, slept: float) -> None:
    waited: list[float] = []
    with open_site(WordPress(posts=[post(17)], trouble=[("/posts", reply)])) as served:
        assert +run(root, served, sleep=waited.append).written == {"articles": 1}
    assert slept in waited


def test_a_page_instead_of_the_api_stops_the_import_and_leaves_the_site_as_it_was(root: Path) -> None:
    before = read_tree(root)
    login = Reply(headers=(("Content-Type", "text/html"),), body=b"<!doctype html>log in")
    site = WordPress(posts=[post(17)], trouble=[("/posts", login)])
    with open_site(site) as served, pytest.raises(MachineError, match="text/html instead of JSON"):
        run(root, served)
    assert {path for path in read_tree(root) if not path.startswith(".sitegen/")} == set(before)


def test_an_import_that_was_interrupted_goes_on_where_it_ended(root: Path) -> None:
    broken = [("/posts?orderby=id&order=asc&per_page=100&page=2", Reply(status=500))] * ATTEMPTS
    site = WordPress(posts=[post(number) for number in range(1, 151)], trouble=list(broken))
    with open_site(site) as served:
        with pytest.raises(MachineError, match="HTTP 500"):
            run(root, served)
        asked = len(served.asked)
        assert +run(root, served).written == {"articles": 150}
        assert [path for path in served.asked[asked:] if "/posts" in path and "page=1&" in path] == []
    assert not (root / ".sitegen/fetched").exists()


def test_what_only_some_may_see_is_left_out_and_counted(root: Path) -> None:
    site = WordPress(
        posts=[
            post(17),
            post(18, content={"rendered": "", "protected": True}),
            post(19, status="private"),
        ],
        comments=[
            comment(901, 17),
            comment(902, 17, status="hold", content={"rendered": "<p>Not yet.</p>"}),
            comment(903, 17, parent=902),
            comment(904, 18),
        ],
        shows_users=False,
    )
    with open_site(site) as served:
        report = run(root, served)
    assert report.tally.skipped == {"protected": 1, "private": 1}
    assert report.withheld == {"pending": 1}
    assert +report.written == {"articles": 1, "comments": 2}
    assert "Not yet" not in b"".join(read_tree(root).values()).decode(errors="replace")
    assert "authors" not in (root / "content/world-news/2024-03-09-post-17.md").read_text()
    assert "users are not given out" in " ".join(item.message for item in report.tally.warnings)


def read_provenance(root: Path) -> dict[str, object]:
    text = (root / "content/world-news/2024-03-09-post-17.comments.json").read_text()
    provenance: dict[str, object] = json.loads(text)["snapshot"]
    return provenance


def test_pingbacks_are_mentions_and_comments_at_the_top_are_pinned_where_the_server_shows_them(root: Path) -> None:
    site = WordPress(
        posts=[post(17)],
        comments=[
            comment(901, 17),
            comment(902, 17, type="wpdiscuz_sticky"),
            comment(903, 17, type="pingback", author_url="https://other.example/a/", author_name="Other"),
        ],
        shows_hidden_types=True,
    )
    with open_site(site) as served:
        report = run(root, served)
    assert +report.written == {"articles": 1, "comments": 2, "mentions": 1}
    assert report.tally.read["comments"] == 3
    assert [item.get("pinned", False) for item in read_comments(root, "world-news/2024-03-09-post-17")] == [False, True]
    assert read_provenance(root)["complete"] is True


def test_a_server_that_shows_plain_comments_alone_is_not_taken_for_complete(root: Path) -> None:
    with open_site(WordPress(posts=[post(17)], comments=[comment(901, 17)])) as served:
        report = run(root, served)
        assert sum("type=pingback" in path for path in served.asked) == 1
    assert read_provenance(root)["complete"] is False
    assert "plain comments alone" in " ".join(item.message for item in report.tally.warnings)


def test_comments_that_are_counted_and_not_given_out_are_missed(root: Path) -> None:
    site = WordPress(posts=[post(17)], comments=[comment(901, 17)], shows_hidden_types=True, hidden=2)
    with open_site(site) as served:
        report = run(root, served)
    assert read_provenance(root)["complete"] is False
    assert "2 comments on posts 17 to 17 are counted" in " ".join(item.message for item in report.tally.warnings)


def test_posts_are_asked_one_by_one_where_one_of_them_refuses_its_comments(root: Path) -> None:
    refused = Reply(status=403, headers=(("Content-Type", "application/json"),), body=b'{"code": "rest_forbidden"}')
    trouble = [("comments?post=17,18", refused), ("comments?post=18&", refused)]
    site = WordPress(posts=[post(17), post(18)], comments=[comment(901, 17), comment(902, 18)], trouble=trouble)
    with open_site(site) as served:
        report = run(root, served)
    assert +report.written == {"articles": 2, "comments": 1}
    assert "the comments on post 18 are not given out" in " ".join(item.message for item in report.tally.warnings)


@pytest.mark.parametrize("inputs", [(), ("news.example",), ("https://a.example/", "https://b.example/")])
def test_one_address_is_needed(root: Path, inputs: tuple[str, ...]) -> None:
    site = load_site(root, None)
    request = ImportRequest(inputs=inputs, config=site.config, clock=CLOCK)
    with pytest.raises(UsageError):
        import_source(site, read_rest, request, prepare_tools(site, None), dry_run=False)
