"""The sample site: what a visitor finds on it, with the page that the project exists for among it."""

import contextlib
import io
import json
import re
import tomllib
from collections import Counter
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
        assert (report["drafts"], report["scheduled"], report["expired"]) == (1, 2, 0)
        assert report["next_change"].startswith("2026-11-02T07:00")  # the newest article is no news any more

    @pytest.mark.parametrize("word", ["seagrass", "capsule", "alberdina"], ids=["draft", "scheduled", "embargoed"])
    def test_publishes_nothing_before_its_time(self, sample: Path, sample_output: Path, word: str) -> None:
        hidden = [path for path in sample.joinpath("content").rglob("*.md") if word in path.read_text().lower()]
        assert len(hidden) == 1  # only the hidden article has the word, so that it would be found
        told = [str(path) for path in sample_output.rglob("*") if path.is_file() and word in _lower(path)]
        assert told == []

    def test_knows_what_changes_by_itself(self, sample: Path) -> None:
        due = json.loads(call_sitegen("-C", sample, "due", "--json").out)
        changes = {(change["event"], Path(change["path"]).stem, change["at"][:10]) for change in due}
        assert {
            ("publish", "2030-01-12-time-capsule", "2030-01-12"),
            ("publish", "2030-02-01-log-of-the-alberdina", "2030-02-01"),
            ("label", "2026-10-24-lens", "2031-10-27"),
        } <= changes


def _lower(path: Path) -> str:
    """The name and the content of a file."""
    return f"{path.name}\n{path.read_bytes().decode('utf-8', 'replace')}".lower()


class TestContent:
    def test_fills_five_sections(self, sample: Path) -> None:
        sections = json.loads(call_sitegen("-C", sample, "list", "sections", "--json").out)
        articles = json.loads(call_sitegen("-C", sample, "list", "articles", "--json").out)
        assert {section["title"] for section in sections} == {"World", "Local", "Economy", "Science", "Culture"}
        assert len(articles) >= 24

    def test_covers_two_years_and_more(self, sample: Path) -> None:
        articles = json.loads(call_sitegen("-C", sample, "list", "articles", "--json").out)
        years = Counter(article["date"][:4] for article in articles)
        assert years["2025"] >= 8
        assert years["2026"] >= 12

    def test_is_written_in_every_format_of_front_matter(self, sample: Path) -> None:
        openings = {path.read_text().split("\n", 1)[0] for path in sample.joinpath("content").rglob("2*.md")}
        assert openings == {"---", "+++", "{"}

    def test_has_an_article_in_two_languages(self, sample_output: Path) -> None:
        english, dutch = "local/2026/10/bridge-reopens/index.html", "nl/local/2026/10/lantaarnbrug-open/index.html"
        assert texts(read_page(sample_output, english), "a[hreflang=nl]") == ["Nederlands"]
        assert texts(read_page(sample_output, dutch), "a[hreflang=en]") == ["English"]

    def test_has_two_articles_in_dutch_and_in_english(self, sample_output: Path) -> None:
        english, dutch = "local/2026/03/council-election/index.html", "nl/local/2026/03/gemeenteraad/index.html"
        seats = [
            [row.css("td")[column].text() for row in read_page(sample_output, path).css("table")[0].css("tbody tr")[:7]]
            for path, column in ((english, 3), (dutch, 2))
        ]
        assert seats == [["10", "9", "7", "5", "5", "2", "1"]] * 2

    def test_has_authors_of_many_articles(self, sample_output: Path) -> None:
        names = ("ana-ruiz", "marit-dekkinga", "priya-nandakishore")
        counts = [len(read_page(sample_output, f"authors/{name}/index.html").css("article")) for name in names]
        assert min(counts) >= 6

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


class TestNews:
    """What a newspaper has besides articles that simply stand there."""

    def test_tells_a_live_story_from_its_end(self, sample_output: Path) -> None:
        page = read_page(sample_output, "local/2026/01/storm-surge/index.html")
        times = [node.attributes["datetime"] or "" for node in page.css(".live-update > h2 > time")]
        assert texts(page, ".live-over") == ["Live, now ended"]
        assert (len(times), times[0], times[-1]) == (13, "2026-01-10T11:45:00+01:00", "2026-01-09T16:20:00+01:00")
        assert times == sorted(times, reverse=True)
        assert "2026-01-10T02:15:00+01:00" in times  # from front matter, between those of the body

    def test_has_a_series_of_three_parts(self, sample_output: Path) -> None:
        parts = texts(read_page(sample_output, "series/the-harbour-at-night/index.html"), "article .card-title")
        assert parts == [
            "The pilot climbs nine metres to read the river to a stranger",
            "Thirty-eight tonnes of winter, ready by four",
            "The light at Schorrum keeps itself",
        ]

    def test_shows_a_label_until_it_ends(self, sample_output: Path) -> None:
        """That of the lens ends in 2031, that of the storm ended in January 2026."""
        pages = ("culture/2026/10/lens", "local/2026/01/storm-surge")
        labels = [texts(read_page(sample_output, f"{page}/index.html"), ".story-head .label") for page in pages]
        assert labels == [["On show"], []]

    def test_lists_its_mistakes_over_time(self, sample_output: Path) -> None:
        page = read_page(sample_output, "corrections/index.html")
        days = [node.attributes["datetime"] or "" for node in page.css(".mended time")]
        assert (days[0], days[-1]) == ("2026-10-19", "2025-04-01")
        assert len({node.text() for node in page.css(".mended a")}) >= 6

    def test_says_what_was_taken_down_and_why(self, sample_output: Path) -> None:
        path = "local/2025/06/mussels-in-cider"
        page = read_page(sample_output, f"{path}/index.html")
        assert "at the request of the cook" in texts(page, "main")[0]
        assert texts(page, "main time") == ["3 November 2025"]
        linking = [
            file for file in sample_output.rglob("*.html") if "mussels" in _lower(file) and path not in str(file)
        ]
        assert linking == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("live/storm-wiebe/index.html", "local/2026/01/storm-surge/"),
            ("local/tjitske-haanstra.html", "local/2025/03/tjitske-haanstra/"),
        ],
    )
    def test_leads_from_old_addresses(self, sample_output: Path, old: str, new: str) -> None:
        assert new in (sample_output / old).read_text(encoding="utf-8")

    @pytest.mark.parametrize("query", ["p=1702", "id=17"])
    def test_leads_from_old_addresses_with_a_query(self, sample_output: Path, query: str) -> None:
        assert query in (sample_output / "redirects.nginx.conf").read_text(encoding="utf-8")

    def test_has_footnotes_below_tables(self, sample_output: Path) -> None:
        page = read_page(sample_output, "local/2026/03/council-election/index.html")
        votes = [row.css("td")[1].text().replace(",", "") for row in page.css("table")[0].css("tbody tr")]
        *parties, together = map(int, votes)
        assert sum(parties) == together
        assert len(page.css(".footnote li")) == 1


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
        assert "in reply to Anonymous" in texts(page, ".comment-reply a")

    def test_keep_the_markup_of_their_authors(self, sample_output: Path) -> None:
        page = read_page(sample_output, "economy/2025/05/wind-dividend/index.html")
        assert texts(page, ".comment-body strong, .comment-body blockquote") == ["35.3 %", "312 / 883"]

    def test_answer_passages_of_the_article(self, sample_output: Path) -> None:
        page = read_page(sample_output, "local/2026/10/bridge-reopens/index.html")
        assert texts(page, ".prose mark") == [
            "where some thirty people were clapping",
            "Each leaf weighs",
            "The ferry",
            "Anna",
            ", which carried 2.1 million passengers during the closure, will sail at weekends",
        ]
        links = [node.attributes["href"] for node in page.css(".passage-link")]
        assert links == ["#comment-512", "#comment-513", "#comment-520"]
        assert len(page.css(".comment-passage-links")) == 3
        assert texts(page, ".rating dt") == ["Article Rating", "Clearly told", "Useful"]

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
