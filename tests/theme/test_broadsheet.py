"""broadsheet: what its pages hold, in which order, and what they never hold."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sitegen.model.preview import Preview
from sitegen.render.environment import PageEnvironment
from tests.sites import build, write_article, write_files
from tests.theme.newspaper import BASE_URL, CONFIG, write_newspaper

THEME = Path(__file__).resolve().parents[2] / "themes/broadsheet"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}


class Page(HTMLParser):
    """A page as its start tags, its text, and the nesting of some of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.thread: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """The text that readers see, its spaces collapsed."""
        return " ".join("".join(self.words).split())

    def find(self, tag: str, /, **wanted: str) -> list[dict[str, str]]:
        """The attributes of the elements of a name that have the attributes `wanted`."""
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in VOID:
            self._open.append(tag)
        if found.get("id", "").startswith("comment-"):
            self.thread.append(f"{'  ' * (self._open.count('ol') - 1)}{found['id']}")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "head" not in self._open and "script" not in self._open:
            self.words.append(data)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newspaper as it is published."""
    return publish(write_newspaper(tmp_path_factory.mktemp("newspaper")))


@pytest.fixture(scope="module")
def office(output: Path) -> Page:
    """Its article with everything."""
    return read(output, "world/2026/10/office/index.html")


def publish(root: Path, preview: Preview | None = None) -> Path:
    """Build the site at `root`, which has to be without errors, and return its output."""
    report = build(root, preview=preview or Preview())
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    return root / "output"


def read(output: Path, path: str) -> Page:
    """Return a page of the output."""
    return Page((output / path).read_text())


def pages(output: Path) -> Iterator[tuple[str, Page]]:
    """Every HTML page of the output by its path."""
    for path in sorted(output.rglob("*.html")):
        yield path.relative_to(output).as_posix(), Page(path.read_text())


def test_no_page_is_rendered_a_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something is taken for an attribute that is none")

    monkeypatch.setattr(PageEnvironment, "get_template", refuse)
    publish(write_newspaper(tmp_path))


# The article: the parts of SCENE, and their order.


def test_the_parts_of_an_article_stand_in_their_order(office: Page) -> None:
    parts = (
        "Analysis World",
        "An office that will not open",
        "What was said, and what it changes",
        "By Ana Ruiz, Tom Baker and Mei Chen",
        "2 October 2026, 17:00",
        "Updated 3 October 2026, 09:15",
        "The quay Mei Chen",
        "Contents What was said Two Three Four Five",
        "The first lorry crossed",
        "Minutes of the council.",
        "Correction 4 October 2026 It was 2018, not 2017.",
        "RT. com / ABC Flash Point News 2023.",
        "Article Rating 4 out of 5 2 votes Balance",
        "Harbour Treaties",
        "Previous article The day before",
        "Next article The day after, & what came of it",
        "Comments Follow comments (feed) View all comments (8)",
        "Comment number 1.",
        "Comments archived on 5 October 2026 from https://old.example/office/",
        "Write to the editor",
        "More on this The day before 1 October 2026",
    )
    places = [office.text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_stars_are_for_the_eye_and_numbers_for_everybody(office: Page, output: Path) -> None:
    assert office.find("span", **{"class": "stars", "aria-hidden": "true"})
    stars = [found["class"] for found in office.find("svg")]
    assert stars[:5] == [*["star star-full"] * 4, "star star-empty"]
    assert stars[5:10] == [*["star star-full"] * 3, "star star-half", "star star-empty"]
    wide = read(output, "world/2026/10/after/index.html")
    assert "Article Rating 7 out of 20 Previous" in wide.text
    assert not wide.find("svg")


def test_pictures_have_their_text_and_their_size(office: Page) -> None:
    (picture,) = office.find("img")
    assert picture["alt"] == "A quay at dusk"
    assert (picture["width"], picture["height"]) == ("1200", "800")
    assert picture["fetchpriority"] == "high"


# The comments.

SENTENCES = (
    "Comment 1, Lucia Fontaine, 3 October 2026, 10:01 Comment number 1. edited around August 2026 by Night desk",
    "Comment number 1. edited around August 2026 by Night desk 3 votes for 1 vote against",
    "Comment 2, Anonymous, 3 October 2026, 10:02 , in reply to Lucia Fontaine a crowd that had",
    "Comment 3, Reader 3, 3 October 2026, 10:03 , in reply to Anonymous a crowd that had waited",
    "Comment 4, Reader 4 Editor, 3 October 2026, 10:04 , in reply to Lucia Fontaine Comment number 4. edited 3 October",
    "Comment 5, Deleted comment, 3 October 2026, 10:05 This comment was deleted.",
    "Comment 6, Reader 6, 3 October 2026, 10:06 , in reply to a deleted comment This was never said. شكرا جزيلا",
    "Comment 9, Reader 7, date unknown , in reply to Someone Replies closed Comment number 7.",
    "Comment 7, Reader 8, 3 October 2026, 10:08 , in reply to a comment that is not here Pinned Comment number 8.",
    "Comment 8, Reader 9, 3 October 2026, 10:09 {{ 7*7 }} thumbs up 2 🎉 1",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_comment_says_who_when_and_to_whom(office: Page, sentence: str) -> None:
    assert sentence in office.text


def test_the_heading_of_a_comment_tells_it_apart_from_all_others(office: Page, output: Path) -> None:
    html = (output / "world/2026/10/office/index.html").read_text()
    headings = [Page(found).text for found in re.findall(r"<h3 class=\"comment-head\">.*?</h3>", html, re.DOTALL)]
    assert headings[2] == "Comment 2, Anonymous, 3 October 2026, 10:02 , in reply to Lucia Fontaine"
    assert len(set(headings)) == len(headings) == len(office.thread)


def test_a_passage_is_followed_by_a_link_to_the_comments_on_it(office: Page) -> None:
    assert "2 comments on “a crowd that had waited in the rain since six waved back”2" in office.text
    (link,) = office.find("a", **{"class": "passage-link"})
    assert link["href"] == "#comment-2"
    (mark,) = office.find("mark")
    assert len(office.find("a", href=f"#{mark['id']}")) == 2
    assert "waved back Show in the text Next comment on this passage Comment number 2. score 12" in office.text
    assert "waved back Asked there: Were you there? Show in the text Comment number 3." in office.text


def test_a_passage_that_is_lost_is_quoted_without_a_link(office: Page) -> None:
    assert "This was never said. شكرا جزيلا" in office.text
    assert len(office.find("div", **{"class": "comment-passage"})) == 3


def test_feeds_and_descriptions_know_nothing_of_marks(output: Path) -> None:
    for name in ("rss.xml", "atom.xml", "feed.json", "index.html", "world/2026/10/office/comments.xml"):
        assert "page-passage" not in (output / name).read_text()
        assert "passage-link" not in (output / name).read_text()


def test_pages_elsewhere_are_named_below_the_comments(office: Page) -> None:
    told = "Mentioned elsewhere 1 like A neighbour’s blog 4 October 2026 Ada likes this 5 October 2026"
    assert f"{told} https://old.example/page" in office.text
    (link,) = office.find("a", href="https://neighbour.example/office")
    assert link["rel"] == "nofollow ugc noopener"
    assert [found["class"] for found in office.find("li") if "h-cite" in found.get("class", "")] == [
        "u-comment h-cite",
        "u-like h-cite",
        "u-comment h-cite",
    ]


def test_what_else_was_rated_stands_below_the_rating(office: Page) -> None:
    assert "Article Rating 4 out of 5 2 votes Balance 3.5 out of 5 1 vote sources 5 out of 5 Harbour" in office.text


def test_replies_are_lists_in_lists(office: Page) -> None:
    assert office.thread == [
        "comment-8",
        "comment-1",
        "  comment-2",
        "    comment-3",
        "  comment-4",
        "comment-5",
        "  comment-6",
        "comment-9",
        "comment-7",
    ]


def test_a_comment_speaks_its_own_language_and_cannot_turn_its_surroundings(office: Page) -> None:
    assert office.find("div", lang="ar", dir="auto")
    assert len(office.find("div", dir="auto")) == 8
    assert office.find("bdi", **{"class": "p-name"})


def test_links_of_strangers_are_marked(office: Page) -> None:
    (own,) = office.find("a", href="https://lucia.example/")
    assert own["rel"] == "nofollow ugc noopener"


def test_closed_comments_are_said_to_be_closed(output: Path, tmp_path: Path) -> None:
    assert read(output, "world/2026/09/closed/index.html").text.count("Comments Write to the editor") == 1
    silent = publish(write_newspaper(tmp_path, {"sitegen.toml": CONFIG.replace("editor@post.example", "")}))
    assert "Comments Comments are closed" in read(silent, "world/2026/09/closed/index.html").text
    assert "Comments" not in read(silent, "world/2026/10/before/index.html").text


# Every page.


def test_no_page_runs_or_styles_anything_by_itself(output: Path) -> None:
    for path, page in pages(output):
        for tag, found in page.tags:
            assert tag not in {"style", "base", "form", "iframe"}, path
            if tag == "script" and "src" in found:
                assert found.keys() == {"src", "defer"}, path
                assert ".comment" in (output / path).parent.joinpath(found["src"].split("?")[0]).read_text(), path
            elif tag == "script":
                assert found == {"type": "application/ld+json"}, path
            assert not [name for name in found if name == "style" or name.startswith("on")], (path, tag, found)
            assert not found.get("href", "").lower().startswith(("javascript:", "data:")), path


def test_no_page_loads_anything_from_elsewhere(output: Path) -> None:
    for path, page in pages(output):
        sources = [found["src"] for _, found in page.tags if "src" in found]
        sources += [found["href"] for found in page.find("link") if found["rel"] in {"stylesheet", "icon"}]
        assert [source for source in sources if urlsplit(source).netloc] == [], path


def test_every_link_of_every_page_leads_somewhere(output: Path) -> None:
    prefix = urlsplit(BASE_URL).path
    for path, page in pages(output):
        for tag, found in page.tags:
            address = found.get("href") or found.get("src") or ""
            if tag == "svg" or not address or urlsplit(address).scheme:
                continue
            target = urlsplit(urljoin(f"{prefix}{path}", address)).path
            assert target.startswith(prefix), (path, address)
            file = output / unquote(target.removeprefix(prefix))
            assert (file / "index.html" if target.endswith("/") else file).is_file(), (path, address)


def test_fragments_lead_to_an_element_of_the_page(output: Path) -> None:
    for path, page in pages(output):
        identities = [found["id"] for _, found in page.tags if "id" in found]
        assert len(identities) == len(set(identities)), path
        fragments = {found["href"][1:] for found in page.find("a") if found.get("href", "").startswith("#")}
        assert {unquote(fragment) for fragment in fragments} <= set(identities), path


def test_headings_begin_with_one_and_leave_none_out(output: Path) -> None:
    for path, page in pages(output):
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        if path == "old/before.html":
            continue
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def test_a_page_says_its_language_and_direction(output: Path) -> None:
    (arabic,) = read(output, "ar/world/2026/09/ar/index.html").find("html")
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    english = read(output, "world/2026/09/en/index.html")
    assert "Read this in العربية" in english.text
    assert {found["hreflang"] for found in english.find("link", rel="alternate") if "hreflang" in found} == {"ar", "en"}


def test_an_old_address_leads_on(output: Path) -> None:
    page = read(output, "old/before.html")
    assert page.find("meta", **{"http-equiv": "refresh", "content": "0; url=../world/2026/10/before/"})
    assert page.find("link", rel="canonical", href=f"{BASE_URL}world/2026/10/before/")
    assert page.find("meta", name="robots", content="noindex")


def test_lists_lead_to_older_ones_and_back(output: Path) -> None:
    assert read(output, "index.html").find("a", **{"class": "pager-older"})
    older = read(output, "page/1/index.html")
    assert "Older articles Page 1, counted from the oldest" in older.text
    assert older.find("a", **{"class": "pager-front", "href": "../../"})


def test_a_neighbour_that_leads_nowhere_is_text(output: Path) -> None:
    page = read(output, "2026/08/lone/index.html")
    assert "Previous article Nowhere to be found" in page.text
    assert not page.find("a", rel="prev")


# Sites of other shapes.


def test_an_empty_site_says_so(tmp_path: Path) -> None:
    write_files(tmp_path, {"sitegen.toml": CONFIG.partition("[[menus")[0], "content/pages/about.md": "# About\n"})
    write_files(tmp_path, {"content/pages/about.md": "---\ntitle: About\n---\n"})
    assert "There is nothing to read here yet." in read(publish(tmp_path), "index.html").text


def test_a_site_of_one_section_and_nothing_configured(tmp_path: Path) -> None:
    write_files(
        tmp_path, {f"content/news/{day}.md": write_article(f"Day {day}", f"2026-10-{day}") for day in range(10, 18)}
    )
    write_files(tmp_path, {"sitegen.toml": 'title = "Small"\n'})
    text = read(publish(tmp_path), "index.html").text
    assert "Latest News Day 12 Text. 12 October 2026" in text
    assert all(text.count(f" Day {day} ") == 1 for day in range(10, 18))


def test_a_preview_marks_what_is_not_published(tmp_path: Path) -> None:
    write_newspaper(tmp_path, {"content/world/d.md": write_article("Unfinished", "2026-10-20", draft="true")})
    output = publish(tmp_path, Preview(drafts=True))
    assert "Draft World Unfinished" in read(output, "world/2026/10/d/index.html").text
    assert "Draft World Unfinished" in read(output, "index.html").text


@pytest.mark.parametrize(
    ("option", "shown", "hidden"),
    [
        ("reading_time = true", "1 minute read", None),
        ("reading_time = false", None, "minute read"),
        ("contents_from = 5", "Contents What was said Two Three Four Five", None),
        ("contents_from = 6", None, "Contents"),
        ("contents_from = 0", None, "Contents"),
    ],
)
def test_options(tmp_path: Path, option: str, shown: str | None, hidden: str | None) -> None:
    write_newspaper(tmp_path, {"sitegen.toml": f"{CONFIG}\n[options]\n{option}\n"})
    text = read(publish(tmp_path), "world/2026/10/office/index.html").text
    assert shown is None or shown in text
    assert hidden is None or hidden not in text


def test_the_front_page_ends_with_what_is_discussed_and_what_is_liked(output: Path, tmp_path: Path) -> None:
    discussed, rated = "Most discussed An office that will not open World 8 comments", "Best rated An office"
    text = read(output, "index.html").text
    assert -1 < text.find("Top stories") < text.find(discussed) < text.find(rated)
    assert "World 4 out of 5 The day after, & what came of it World 7 out of 20" in text
    write_newspaper(tmp_path, {"sitegen.toml": f"{CONFIG}\n[lists]\nbest_rated.limit = 0\nrelated.limit = 0\n"})
    shorter = publish(tmp_path)
    assert discussed in read(shorter, "index.html").text
    assert "Best rated" not in read(shorter, "index.html").text
    assert "More on this" not in read(shorter, "world/2026/10/office/index.html").text


def test_the_archive_goes_from_years_to_headlines(output: Path) -> None:
    assert "Archive Everything that was published here, by year and month. 2026 October 2026 3 articles" in " ".join(
        read(output, "archive/index.html").text.split()
    )
    year = read(output, "archive/2026/index.html").text
    assert "Archive 2026 26 articles October 2026 3 articles September 2026 22 articles August 2026 1 article" in year
    month = read(output, "archive/2026/10/index.html")
    assert "Archive 2026 October 2026 3 articles 3 October 2026 The day after, & what came of it World" in month.text
    assert month.find("a", rel="next") == [{"class": "pager-older", "rel": "next", "href": "../09/"}]
    assert month.find("a", rel="prev") == []


def test_tags_authors_and_corrections_have_a_page(output: Path, office: Page) -> None:
    assert "All tags Harbour 1 article Treaties 2 articles" in read(output, "tags/index.html").text
    assert "All authors Ana Ruiz 1 article Mei Chen 1 article" in read(output, "authors/index.html").text
    corrections = read(output, "corrections/index.html")
    assert "4 October 2026 An office that will not open It was 2018, not 2017." in corrections.text
    assert corrections.find("a", href="../world/2026/10/office/#page-correction-1")
    assert office.find("p", id="page-correction-1")
    assert [feed["href"] for feed in corrections.find("link", rel="alternate")][-2:] == ["atom.xml", "rss.xml"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("archive/", "Archive"),
        ("archive/2026/", "2026"),
        ("archive/2026/09/", "September 2026"),
        ("tags/", "All tags"),
        ("authors/", "All authors"),
        ("corrections/", "Corrections"),
        ("ar/archive/2026/09/", "سبتمبر 2026"),
    ],
)
def test_titles_in_words(output: Path, path: str, title: str) -> None:
    html = (output / path / "index.html").read_text()
    name = "بريد الميناء" if path.startswith("ar/") else "The Harbour Post"
    assert f"<title>{title} – {name}</title>" in html
    assert f'<meta property="og:title" content="{title}">' in html


def test_the_footer_leads_to_what_is_there(output: Path, tmp_path: Path) -> None:
    pages = "[pages]\narchive = false\ntags = false\nauthors = false\ncorrections = false\n"
    bare = publish(write_newspaper(tmp_path, {"sitegen.toml": f"{CONFIG}\n{pages}"}))
    assert "About Archive All tags All authors Corrections Write to the editor" in read(output, "index.html").text
    assert "About Write to the editor" in read(bare, "index.html").text
    assert not any((bare / name / "index.html").exists() for name in ("archive", "tags", "authors", "corrections"))


def test_every_accent_has_a_colour_for_light_and_for_dark(tmp_path: Path) -> None:
    described = re.search(r"Colour of .*: (.*)\.", (THEME / "theme.toml").read_text())
    assert described
    sheet = (THEME / "static/css/broadsheet.css").read_text()
    for accent in set(re.findall(r'"(\w+)"', described[1])) - {"red"}:
        assert sheet.count(f'[data-accent="{accent}"]') == 2, accent
    output = publish(write_newspaper(tmp_path, {"sitegen.toml": f'{CONFIG}\n[options]\naccent = "blue"\n'}))
    assert read(output, "index.html").find("html", **{"data-accent": "blue"})


def test_the_examples_of_the_how_to_work(tmp_path: Path) -> None:
    text = (THEME.parents[1] / "docs/how-to/theme.md").read_text()
    examples = re.findall(r"This is\n?\s*`(themes/mine/[^`]+)`[^`]*\n``` ?\w+\n(.*?)```", text, re.DOTALL)
    assert len(examples) == text.count("This is")
    config = CONFIG.replace('["broadsheet"]', '["mine", "broadsheet"]')
    output = publish(write_newspaper(tmp_path, {"sitegen.toml": config, **dict(examples)}))
    page = read(output, "world/2026/10/office/index.html")
    assert "From RT. com / ABC Flash Point News 2023." in page.text
    assert "Was this useful? Tell us." in page.text
    assert "What came before, and what came after:" in page.text
    assert "8 letters" in page.text
    assert "Just in The day after, & what came of it World An office" in read(output, "world/index.html").text
    assert "Just in" not in read(output, "world/page/1/index.html").text
    assert [found["href"].partition("?")[0].rpartition("/")[2] for found in page.find("link", rel="stylesheet")] == [
        "broadsheet.css",
        "mine.css",
    ]


def test_the_how_to_names_every_option_block_and_partial() -> None:
    text = (THEME.parents[1] / "docs/how-to/theme.md").read_text()
    settings = tomllib.loads((THEME / "theme.toml").read_text())
    blocks = re.findall(r"{% block (\w+)", "".join(path.read_text() for path in THEME.rglob("*.html")))
    partials = [path.stem for path in (THEME / "templates/partials").iterdir()]
    names = (*settings["options"], *settings["lists"], *blocks, *partials)
    assert [name for name in names if f"`{name}`" not in text] == []
