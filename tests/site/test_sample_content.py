"""The sample site: what a visitor finds on it, with the page that the project exists for among it."""

import contextlib
import io
import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.sites import call_sitegen
from tools.illustrations.gallery import DIAGRAMS, PICTURES

SCENE = "world/2023/07/nato-office/index.html"
OLDER = "USA is considering offering Ukraine a security agreement like with Israel"
NEWER = "Companies from USA, Germany & Switzerland still support Russia"
RELATIVE = re.compile(r"\b(ago|yesterday|today|tomorrow|geleden|gisteren|vandaag|morgen)\b", re.IGNORECASE)
LARGEST_PICTURE = 120_000


def read_page(output: Path, path: str) -> LexborHTMLParser:
    """A page of the output."""
    return LexborHTMLParser((output / path).read_text(encoding="utf-8"))


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """The text of every element that `selector` finds, its spaces collapsed."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def find_pages(output: Path) -> list[str]:
    """Every page of an article or of one of the pages proper."""
    return [
        path.relative_to(output).as_posix()
        for path in sorted(output.rglob("*.html"))
        if 'class="document"' in path.read_text(encoding="utf-8")
    ]


class TestBuild:
    def test_has_nothing_to_complain_of(self, sample: Path, tmp_path: Path) -> None:
        done = call_sitegen("-C", sample, "build", "--strict", "--clean", "--json", "--output", tmp_path / "output")
        report = json.loads(done.out)
        assert (done.code, report["problems"]) == (0, [])
        assert (report["drafts"], report["scheduled"], report["expired"]) == (1, 1, 0)
        assert report["next_change"].startswith("2030-01-12T07:00")

    @pytest.mark.parametrize("word", ["seagrass", "capsule"], ids=["draft", "scheduled"])
    def test_publishes_nothing_before_its_time(self, sample: Path, sample_output: Path, word: str) -> None:
        hidden = [path for path in sample.joinpath("content").rglob("*.md") if word in path.read_text().lower()]
        assert len(hidden) == 1  # only the hidden article has the word, so that it would be found
        told = [str(path) for path in sample_output.rglob("*") if path.is_file() and word in _lower(path)]
        assert told == []


def _lower(path: Path) -> str:
    """The name and the content of a file."""
    return f"{path.name}\n{path.read_bytes().decode('utf-8', 'replace')}".lower()


class TestContent:
    def test_fills_five_sections(self, sample: Path) -> None:
        sections = json.loads(call_sitegen("-C", sample, "list", "sections", "--json").out)
        articles = json.loads(call_sitegen("-C", sample, "list", "articles", "--json").out)
        assert {section["title"] for section in sections} == {"World", "Local", "Economy", "Science", "Culture"}
        assert len(articles) >= 12

    def test_is_written_in_every_format_of_front_matter(self, sample: Path) -> None:
        openings = {path.read_text().split("\n", 1)[0] for path in sample.joinpath("content").rglob("2*.md")}
        assert openings == {"---", "+++", "{"}

    def test_has_an_article_in_two_languages(self, sample_output: Path) -> None:
        english, dutch = "local/2026/10/bridge-reopens/index.html", "nl/local/2026/10/lantaarnbrug-open/index.html"
        assert texts(read_page(sample_output, english), "a[hreflang=nl]") == ["Nederlands"]
        assert texts(read_page(sample_output, dutch), "a[hreflang=en]") == ["English"]

    def test_says_what_is_to_be_seen_on_every_picture(self, sample_output: Path) -> None:
        shown = {
            (path, image.attributes.get("src"), image.attributes.get("alt"))
            for path in find_pages(sample_output)
            for image in read_page(sample_output, path).css("img")
        }
        assert len(shown) >= len(PICTURES)
        assert [picture for picture in shown if len(picture[2] or "") < 40] == []

    def test_never_counts_time_from_the_day_of_reading(self, sample_output: Path) -> None:
        found = {
            path: RELATIVE.findall(" ".join(texts(read_page(sample_output, path), "body")))
            for path in find_pages(sample_output)
        }
        assert {path: words for path, words in found.items() if words} == {}

    def test_prints_what_its_code_prints(self, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        bundle = sample / "content/science/tide-gauge"
        code, printed = re.findall(r"^```\w+\n(.*?)^```$", (bundle / "index.md").read_text(), re.M | re.S)
        monkeypatch.chdir(bundle)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "index.md", "exec"), {})
        assert out.getvalue() == printed


class TestScene:
    """The page of SCENE: an article taken over with its source, rating, neighbours and readers' comments."""

    @pytest.fixture
    def page(self, sample_output: Path) -> LexborHTMLParser:
        return read_page(sample_output, SCENE)

    def test_has_its_parts_in_their_order(self, page: LexborHTMLParser) -> None:
        parts = (
            "France has refused to approve",
            "RT.com / ABC Flash Point News 2023",
            "Article Rating",
            "4 out of 5",
            "2 votes",
            f"Previous article {OLDER}",
            f"Next article {NEWER}",
            "Follow comments (feed)",
            "View all comments (3)",
            "Charito Hernandez",
            "What would a liaison office do",
            "edited around July 2023 by APB1961Curacao",
            "The mission speaks for Japan",
            "Sixteen years from first mention",
            "Comments archived on 12 September 2023 from https://old.example/2023/07/france-nato-office-tokyo/",
        )
        text = " ".join(re.sub(r"[←→]", "", "".join(texts(page, "main"))).split())
        places = [text.find(part) for part in parts]
        assert -1 not in places, parts[places.index(-1)]
        assert places == sorted(places)

    def test_stands_between_its_neighbours(self, page: LexborHTMLParser, sample_output: Path) -> None:
        assert texts(page, ".neighbour-title") == [OLDER, NEWER]
        links = [node.attributes["href"] or "" for node in page.css(".neighbours a")]
        titles = [texts(read_page(sample_output, _resolve(link)), "h1") for link in links]
        assert titles == [[OLDER], [NEWER]]

    def test_has_three_comments_of_which_two_are_anonymous(self, page: LexborHTMLParser) -> None:
        assert [node.attributes["id"] for node in page.css("article.comment")] == [
            "comment-7301",
            "comment-7302",
            "comment-7303",
        ]
        assert texts(page, ".comment-author") == ["Charito Hernandez", "Anonymous", "Anonymous"]
        assert [node.attributes["datetime"] for node in page.css(".comment-link time")] == [
            "2023-07-09T17:22:00+02:00",
            "2023-07-09T17:25:00+02:00",
            "2023-07-09T17:27:00+02:00",
        ]

    def test_has_one_edit_known_to_the_month(self, page: LexborHTMLParser) -> None:
        assert [node.attributes["datetime"] for node in page.css(".comment-edit time")] == ["2023-07"]

    def test_is_no_product(self, page: LexborHTMLParser) -> None:
        kinds = re.findall(r'"@type": ?"(\w+)"', page.html or "")
        assert "NewsArticle" in kinds
        assert {"Product", "AggregateRating"} & set(kinds) == set()

    def test_keeps_the_words_of_the_source_in_its_snapshot(self, sample: Path) -> None:
        snapshot = json.loads((sample / "content/world/2023-07-08-nato-office.comments.json").read_text())
        written = [comment["published"]["raw"] for comment in snapshot["comments"]]
        assert written == ["09-07-23 17:22", "09-07-23 17:25", "09-07-23 17:27"]
        assert [comment["published"]["at"][-6:] for comment in snapshot["comments"]] == ["+02:00"] * 3
        assert snapshot["comments"][0]["edited"]["at"]["raw"] == "2 months ago"
        assert snapshot["snapshot"]["timezone_assumed"] == "Europe/Amsterdam"


def _resolve(link: str) -> str:
    """The output file behind a link on the page of the scene."""
    return f"world/2023/07/{link.removeprefix('../')}index.html"


class TestComments:
    def test_run_deep_around_what_was_deleted(self, sample_output: Path) -> None:
        page = read_page(sample_output, "local/2026/06/salt-quay/index.html")
        assert texts(page, ".comment-pinned") == ["Pinned"]
        assert len(page.css("#page-thread ol ol ol ol article")) >= 2
        assert texts(page, ".comment-deleted .comment-author") == ["Deleted comment"]
        assert len(page.css(".comment-deleted + ol article")) == 2
        assert "in reply to Anonymous" in texts(page, ".comment-place a")

    def test_keep_the_markup_of_their_authors(self, sample_output: Path) -> None:
        page = read_page(sample_output, "economy/2025/05/wind-dividend/index.html")
        assert texts(page, ".comment-body strong, .comment-body blockquote") == ["35.3 %", "312 / 883"]

    def test_can_be_closed(self, sample_output: Path) -> None:
        page = read_page(sample_output, "local/2026/03/fish-auction/index.html")
        assert texts(page, ".comments-closed") == ["Write to the editor"]


class TestPictures:
    def test_are_all_drawn_here(self, repository: Path) -> None:
        found = {
            path.relative_to(repository).as_posix()
            for folder in ("content", "static")
            for path in (repository / folder).rglob("*.*")
            if path.suffix in {".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".avif"}
        }
        assert found == {*PICTURES, *DIAGRAMS}

    @pytest.mark.parametrize("path", PICTURES)
    def test_are_as_the_script_draws_them(self, repository: Path, path: str) -> None:
        locked = tomllib.loads((repository / "uv.lock").read_text())["package"]
        pillow = next(package["version"] for package in locked if package["name"] == "pillow")
        if version("pillow") != pillow:
            pytest.skip(f"pictures are compared with those of Pillow {pillow}: make test installs it")
        with Image.open(repository / path) as image:
            assert image.convert("RGB").tobytes() == PICTURES[path]().convert("RGB").tobytes()

    @pytest.mark.parametrize("path", DIAGRAMS)
    def test_with_words_are_as_the_script_writes_them(self, repository: Path, path: str) -> None:
        assert (repository / path).read_text() == DIAGRAMS[path]()

    @pytest.mark.parametrize("path", PICTURES)
    def test_are_small_files_of_a_large_picture(self, repository: Path, path: str) -> None:
        assert (repository / path).stat().st_size <= LARGEST_PICTURE
        with Image.open(repository / path) as image:
            assert image.size == (1200, 675)
