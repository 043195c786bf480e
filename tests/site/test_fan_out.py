"""Which pages an edit renders, and why: no more than those that show what was edited."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.app import publication
from sitegen.plan.staleness import Verdict, find_stale
from tests.sites import build, write_article, write_files, write_site, write_snapshot

Rendered = dict[str, tuple[str, ...]]
"""Why each page was rendered, by its path."""

_ARTICLES = 2000
_MOST_PAGES = 20


def write_story(number: int, title: str = "", body: str = "First words.\n\nMore words.") -> str:
    """The text of one of many articles: newest last, five sections, forty tags."""
    day = f"{2020 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    tags = f"[Tag {number % 40}, Tag {number % 39}]"
    return write_article(title or f"Story {number}", day, body, tags=tags, slug=f"story-{number}")


def name_story(number: int) -> str:
    return f"content/s{number % 5}/story-{number}.md"


def page_of(number: int) -> str:
    return f"s{number % 5}/{2020 + number // 336}/{number // 28 % 12 + 1:02}/story-{number}/index.html"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of two thousand articles, the middle one with a comment."""
    files = {name_story(number): write_story(number) for number in range(_ARTICLES)}
    files["content/s0/story-1000.comments.json"] = write_snapshot("One.")
    root = write_site(tmp_path_factory.mktemp("archive"), files)
    assert build(root, jobs=os.cpu_count()).published
    return root


@pytest.fixture
def rebuild(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Rebuild"]:
    """Edits the archive and builds it again; what was edited is put back in the end."""
    again = Rebuild(archive, monkeypatch)
    yield again
    again.put_back()


class Rebuild:
    def __init__(self, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = site
        self.before: dict[str, str | None] = {}
        self.rendered: Rendered = {}

        def note(*arguments: object) -> Iterator[Verdict]:
            for verdict in find_stale(*arguments):  # type: ignore[arg-type]
                if verdict.reasons:
                    self.rendered[verdict.spec.path] = verdict.reasons
                yield verdict

        monkeypatch.setattr(publication, "find_stale", note)

    def after(self, path: str, text: str) -> Rendered:
        """Return what is rendered after `text` was written to `path`."""
        file = self.site / path
        self.before.setdefault(path, file.read_text() if file.exists() else None)
        write_files(self.site, {path: text})
        self.rendered = {}
        report = build(self.site)
        assert report.published
        assert report.rendered == len(self.rendered)
        return self.rendered

    def put_back(self) -> None:
        for path, text in self.before.items():
            if text is None:
                (self.site / path).unlink()
            else:
                write_files(self.site, {path: text})
        build(self.site)


def test_words_in_a_body_render_its_page_alone(rebuild: Rebuild) -> None:
    text = write_story(1000, body="First words.\n\nOther words.")
    assert rebuild.after(name_story(1000), text) == {page_of(1000): ("view",)}


def test_words_in_a_new_body_render_the_feeds_that_carry_it_too(rebuild: Rebuild) -> None:
    newest = _ARTICLES - 1
    found = rebuild.after(name_story(newest), write_story(newest, body="First words.\n\nOther words."))
    feeds = {f"{folder}{name}" for folder in ("", "s4/") for name in ("rss.xml", "atom.xml", "feed.json")}
    assert found == dict.fromkeys((page_of(newest), *feeds), ("view",))


def test_a_title_renders_the_page_its_neighbours_and_the_lists_that_show_it(rebuild: Rebuild) -> None:
    found = rebuild.after(name_story(1000), write_story(1000, title="Another title"))
    assert {page_of(999), page_of(1000), page_of(1001)} <= found.keys()
    articles = {path for path in found if "/story-" in path and path.endswith("/index.html")}
    others = found.keys() - articles
    related = articles - {page_of(999), page_of(1000), page_of(1001)}
    assert all(int(path.split("story-")[1].split("/")[0]) > 1000 for path in related)  # only newer ones look back
    allowed = ("page/", "s0/page/", "tags/tag-0/", "tags/tag-25/", "archive/2022/12/", "comments.xml", "s0/2022/12/")
    assert all(path.startswith(allowed) for path in others)
    assert set(found.values()) == {("view",)}
    assert len(found) <= _MOST_PAGES


def test_a_comment_renders_its_page_its_feeds_and_the_lists_that_count_it(rebuild: Rebuild) -> None:
    found = rebuild.after("content/s0/story-1000.comments.json", write_snapshot("One.", "Two."))
    page = page_of(1000)
    assert {page, page.replace("index.html", "comments.xml"), "comments.xml"} <= found.keys()
    assert not any("/story-" in path for path in found.keys() - {page, page.replace("index.html", "comments.xml")})
    assert set(found.values()) == {("view",)}
    assert len(found) <= _MOST_PAGES


def test_a_new_article_renders_few_pages_however_many_there_are(rebuild: Rebuild) -> None:
    found = rebuild.after(name_story(_ARTICLES), write_story(_ARTICLES))
    articles = {path for path in found if "/story-" in path}
    assert articles == {page_of(_ARTICLES), page_of(_ARTICLES - 1)}
    assert found[page_of(_ARTICLES)] == ("new",)
    assert {"index.html", "s0/index.html", "rss.xml", "sitemap.xml"} <= found.keys()
    assert len(found) <= _MOST_PAGES


def test_a_draft_renders_nothing(rebuild: Rebuild) -> None:
    draft = write_article("Draft", body="Not yet.", draft="true")
    assert rebuild.after("content/s0/draft.md", draft) == {}
