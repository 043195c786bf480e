"""Previous and next: by time, or as the front matter says."""

import pytest

from sitegen.errors import Span
from sitegen.model.article import Article, LeadImage, NeighbourChoice
from sitegen.model.card import Link
from sitegen.model.config import Config
from sitegen.model.names import Slug, Url
from sitegen.model.preview import Preview
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import article, article_view, chosen, metadata, moment, plain, sources, told

OLD, MIDDLE, NEW = plain("old", "2026-10-01"), plain("middle", "2026-10-02"), plain("new", "2026-10-03")


def previous_of(plan: SitePlan, slug: str) -> Link:
    """The link to the previous article on the page of `world/SLUG.md`."""
    link = article_view(plan, slug).previous
    assert link is not None
    return link


def with_prev(reference: str | None, title: str | None = None) -> Article:
    """The article `world/here.md`, published in the middle of October."""
    return plain("here", "2026-10-15", prev=chosen(reference, title))


def test_computed() -> None:
    view = article_view(plan_site(sources(OLD, MIDDLE, NEW)), "middle")
    assert (view.previous, view.next) == (
        Link(url=Url("/world/2026/10/old/"), title="Old", date=moment("2026-10-01")),
        Link(url=Url("/world/2026/10/new/"), title="New", date=moment("2026-10-03")),
    )


def test_ends_have_one_neighbour() -> None:
    plan = plan_site(sources(OLD, NEW))
    assert (article_view(plan, "old").previous, article_view(plan, "new").next) == (None, None)


def test_equal_instants_go_by_path() -> None:
    plan = plan_site(sources(plain("b"), plain("a"), plain("c")))
    assert [previous_of(plan, slug).title for slug in ("c", "b")] == ["B", "A"]


def test_computed_within_one_language() -> None:
    dutch = plain("brug", "2026-10-02", language="nl")
    view = article_view(plan_site(sources(OLD, dutch, NEW)), "new")
    assert view.previous is not None
    assert view.previous.title == "Old"


def test_computed_within_the_section() -> None:
    elsewhere = plain("elsewhere", "2026-10-02", section=Slug("sport"))
    plan = plan_site(sources(OLD, elsewhere, NEW, config=Config(neighbours="section")))
    assert previous_of(plan, "new").title == "Old"


def test_pages_are_no_neighbours() -> None:
    dated = article("pages/about.md", metadata("about", "2026-10-02"))
    assert previous_of(plan_site(sources(OLD, dated, NEW)), "new").title == "Old"


@pytest.mark.parametrize(
    "reference",
    [
        "world/old.md",
        "old.md",
        "../world/old.md",
        "/world/2026/10/old/",
        "/world/2026/10/old",
        "/world/2026/10/old/#comments",
        "https://news.example/world/2026/10/old/",
        "/was/here",
        "/was/here/",
        "old",
        "The Old One, & more",
    ],
)
def test_found_by_path_address_alias_slug_or_title(reference: str) -> None:
    old = plain("old", title="The Old One, & more", aliases=(Url("/was/here"),))
    plan = plan_site(sources(old, MIDDLE, with_prev(reference)))
    assert previous_of(plan, "here").url == "/world/2026/10/old/"
    assert told(plan) == []


def test_found_under_a_path_prefix_and_an_international_host() -> None:
    reference = "https://zeitung-münchen.example/news/world/2026/10/old/"
    config = Config(base_url="https://zeitung-münchen.example/news")
    assert previous_of(plan_site(sources(OLD, with_prev(reference), config=config)), "here").title == "Old"


def test_a_title_of_its_own_is_shown() -> None:
    plan = plan_site(sources(OLD, with_prev("old", "How it began")))
    assert previous_of(plan, "here") == Link(
        url=Url("/world/2026/10/old/"), title="How it began", date=moment("2026-10-01")
    )


def test_elsewhere_with_and_without_a_title() -> None:
    plan = plan_site(sources(with_prev("https://other.example/x", "Theirs")))
    assert previous_of(plan, "here") == Link(url=Url("https://other.example/x"), title="Theirs")
    plan = plan_site(sources(with_prev("https://other.example/x")))
    assert previous_of(plan, "here").title == "https://other.example/x"
    assert told(plan) == []


def test_a_page_is_shown_by_its_title_and_picture() -> None:
    about = article("pages/about.md", metadata("about", None, title="About us", image=LeadImage(src="/a.jpg")))
    plan = plan_site(sources(about, with_prev("pages/about.md"), assets=("static/a.jpg",)))
    link = previous_of(plan, "here")
    assert (link.url, link.title, link.image and link.image.src) == ("/about/", "About us", "/a.jpg")


def test_nothing_is_an_error_with_a_suggestion_and_the_computed_one() -> None:
    here = article(
        "world/here.md",
        metadata("here", "2026-10-15", prev=chosen("middel")),
        spans={"prev": Span(line=5, column=7, length=6)},
    )
    plan = plan_site(sources(MIDDLE, here))
    (problem,) = plan.problems
    assert (problem.code, problem.message, problem.file, problem.span) == (
        "prev",
        "`middel` is no article of this site",
        "content/world/here.md",
        Span(line=5, column=7, length=6),
    )
    assert problem.hint == "did you mean `middle` or `Middle`?"
    assert previous_of(plan, "here").title == "Middle"


def test_two_are_an_error_naming_both() -> None:
    (problem,) = plan_site(sources(with_prev("Same"), plain("b", title="Same"), plain("c", title="Same"))).problems
    assert problem.message == "`Same` may mean 2 articles"
    assert problem.hint == "name one by its path: `world/b.md`, `world/c.md`"


def test_itself_is_an_error() -> None:
    for reference in ("here", "Here", "here.md", "/world/2026/10/here/"):
        (problem,) = plan_site(sources(OLD, with_prev(reference))).problems
        assert problem.message == f"`{reference}` is this article itself"


def test_itself_is_not_meant_where_another_can_be() -> None:
    other = article("sport/here.md", metadata("here", title="Here", section=Slug("sport")))
    for reference in ("here", "Here"):
        plan = plan_site(sources(other, with_prev(reference)))
        assert previous_of(plan, "here").url == "/sport/2026/10/here/"
        assert told(plan) == []


def test_the_same_language_is_meant_where_it_can_be() -> None:
    translated = article("nl/old.md", metadata("old", language="nl"))
    for others, url in (((OLD, translated), "/world/2026/10/old/"), ((translated,), "/nl/world/2026/10/old/")):
        plan = plan_site(sources(*others, with_prev("old")))
        assert previous_of(plan, "here").url == url
        assert told(plan) == []


@pytest.mark.parametrize(
    "hidden",
    [
        plain("hidden", "2026-10-02", draft=True),
        plain("hidden", "2026-12-24"),
        plain("hidden", "2026-10-02", expires=moment("2026-10-20")),
    ],
)
def test_what_is_not_published_is_a_warning_and_computed(hidden: Article) -> None:
    plan = plan_site(sources(OLD, hidden, with_prev("hidden")))
    assert told(plan) == [
        (
            "prev?",
            "content/world/here.md",
            "`world/hidden.md` is not published: the neighbour by date is shown instead",
        )
    ]
    assert previous_of(plan, "here").title == "Old"


def test_a_preview_links_to_a_draft() -> None:
    draft = plain("draft", draft=True)
    assert previous_of(plan_site(sources(draft, with_prev("draft"), preview=Preview(drafts=True))), "here").title == (
        "Draft"
    )


def test_one_with_errors_is_no_second_error() -> None:
    for path in ("world/broken.md", "world/2026-10-02-broken.md", "world/broken/index.md"):
        plan = plan_site(sources(OLD, with_prev("broken"), unavailable=(path,)))
        assert [(code, message.split(":")[0]) for code, _, message in told(plan)] == [
            ("prev?", f"`{path}` is not published")
        ]


def test_a_draft_makes_no_name_ambiguous_and_one_that_waits_does_from_the_start() -> None:
    other = article("sport/old.md", metadata("old", "2026-10-02", section=Slug("sport")))
    draft = replace(other, metadata=replace(other.metadata, draft=True))
    waiting = replace(other, metadata=replace(other.metadata, date=moment("2027-01-01")))
    assert told(plan_site(sources(OLD, draft, with_prev("old")))) == []
    for second in (waiting, other):
        assert [item[2] for item in told(plan_site(sources(OLD, second, with_prev("old"))))] == [
            "`old` may mean 2 articles"
        ]


def test_a_title_alone_is_linked_if_it_is_unique() -> None:
    plan = plan_site(sources(OLD, with_prev(None, "Old")))
    assert previous_of(plan, "here").url == "/world/2026/10/old/"
    assert told(plan) == []


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ((), "no article here has this title: it is shown without a link"),
        (
            (plain("a", title="Talks, tea & treaties"), plain("b", title="Talks, tea & treaties")),
            "2 articles have this title: it is shown without a link",
        ),
        (
            (plain("a", title="Talks, tea & treaties", draft=True),),
            "`world/a.md` is not published: its title is shown without a link",
        ),
    ],
)
def test_a_title_alone_is_plain_text_otherwise(others: tuple[Article, ...], reason: str) -> None:
    plan = plan_site(sources(*others, with_prev(None, "Talks, tea & treaties")))
    assert previous_of(plan, "here") == Link(url=None, title="Talks, tea & treaties")
    assert told(plan) == [("prev?", "content/world/here.md", reason)]


def test_false_shows_none() -> None:
    here = plain("here", "2026-10-15", prev=NeighbourChoice(suppressed=True))
    assert article_view(plan_site(sources(OLD, here)), "here").previous is None
