"""Links and images in bodies: what the author wrote beside where it leads."""

import pytest

from sitegen.errors import Severity, Span
from sitegen.model.article import ImageSlot, LeadImage, LinkSlot
from sitegen.model.card import Picture
from sitegen.model.facts import AssetFacts, SiteSources
from sitegen.model.names import ArticleId, Digest, Slug, Url
from sitegen.model.values import replace
from sitegen.model.views import BodyLink
from sitegen.plan.links import split_target
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import article, article_view, metadata, plain, sources, told

PLACE = Span(line=7, column=3, length=4)
FILES = (
    "content/world/map.pdf",
    "content/world/50%25 #1.pdf",
    "static/uploads/a.pdf",
    "static/uploads/50% #1.pdf",
    "static/uploads/readme.md",
)


def linking(target: str) -> SiteSources:
    """A site whose article `world/origin.md` links to `target`."""
    origin = article("world/origin.md", metadata("origin"), links=(LinkSlot(target=target, span=PLACE),))
    other = article(
        "science/tides.md",
        metadata("tides", section=Slug("science"), aliases=(Url("/old-tides"), Url("/?p=7"), Url("/article?id=5"))),
    )
    hidden = plain("hidden", draft=True)
    percent = plain("percent", url=Url("/100%/"))
    return sources(origin, other, hidden, percent, assets=FILES)


def address_of(plan: SitePlan) -> str:
    return article_view(plan, "origin").body.links[0].address


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../science/tides.md", "/science/2026/10/tides/"),
        ("/science/tides.md#part", "/science/2026/10/tides/#part"),
        ("../science/tides.md?x=1#part", "/science/2026/10/tides/?x=1#part"),
        ("origin.md", "/world/2026/10/origin/"),
        ("?page=2#part", "/world/2026/10/origin/?page=2#part"),
        ("map.pdf", "/world/2026/10/origin/map.pdf"),
        ("map.pdf#page=2", "/world/2026/10/origin/map.pdf#page=2"),
        ("/uploads/a.pdf", "/uploads/a.pdf"),
        ("/uploads/readme.md", "/uploads/readme.md"),
        ("/uploads/50%25 %231.pdf", "/uploads/50%25 %231.pdf"),
        ("50%2525 %231.pdf", "/world/2026/10/origin/50%2525 %231.pdf"),
        ("/science/2026/10/tides/", "/science/2026/10/tides/"),
        ("/science/2026/10/tides", "/science/2026/10/tides/"),
        ("/old-tides", "/science/2026/10/tides/"),
        ("/?p=7", "/science/2026/10/tides/"),
        ("/?p=7#part", "/science/2026/10/tides/#part"),
        ("/?p=8", "/?p=8"),
        ("/article?id=5", "/science/2026/10/tides/"),
        ("/100%25/", "/100%25/"),
        ("../tides-not/../../../../world/", "/world/"),
        ("../../../../..", "/"),
        ("/world/", "/world/"),
        ("/world/rss.xml", "/world/rss.xml"),
        ("hidden.md", ""),
        ("/world/2026/10/hidden/", ""),
    ],
)
def test_links_of_a_body(target: str, address: str) -> None:
    plan = plan_site(linking(target))
    assert address_of(plan) == address
    assert not [item for item in plan.problems if item.severity is Severity.ERROR]


@pytest.mark.parametrize("target", ["//evil.example/x", "/%2Fevil.example/x", "/../..//evil.example/x"])
def test_no_path_leads_to_another_host(target: str) -> None:
    plan = plan_site(linking(target))
    assert address_of(plan) == "/evil.example/x/"
    assert told(plan) == [("link?", "content/world/origin.md", f"no such page on this site: `{target}`")]


def test_no_document_is_an_error_at_its_place() -> None:
    (problem,) = plan_site(linking("../science/tide.md")).problems
    assert (problem.code, problem.file, problem.span) == ("link", "content/world/origin.md", PLACE)
    assert problem.message == "no such document: `../science/tide.md`"
    assert problem.hint == "did you mean `science/tides.md`?"


def test_no_page_is_a_warning() -> None:
    assert told(plan_site(linking("/nowhere/"))) == [
        ("link?", "content/world/origin.md", "no such page on this site: `/nowhere/`")
    ]


def test_what_is_not_published_is_a_warning() -> None:
    message = "links to what is not published: `{}`"
    place = ("link?", "content/world/origin.md")
    for target in ("hidden.md", "/world/2026/10/hidden/"):
        assert told(plan_site(linking(target))) == [(*place, message.format("world/hidden.md"))]
    broken = replace(linking("../science/broken.md"), unavailable=frozenset({ArticleId("science/broken.md")}))
    assert told(plan_site(broken)) == [(*place, message.format("science/broken.md"))]


def test_media_keep_their_attribute() -> None:
    origin = article("world/origin.md", metadata("origin"), links=(LinkSlot(target="map.pdf", attribute="poster"),))
    plan = plan_site(sources(origin, assets=FILES))
    assert article_view(plan, "origin").body.links == (
        BodyLink(address="/world/2026/10/origin/map.pdf", attribute="poster"),
    )


def showing(*targets: str, sized: bool = False) -> SiteSources:
    """A site whose article shows the images `targets`."""
    slots = tuple(ImageSlot(target=target, sized=sized, span=PLACE) for target in targets)
    image = AssetFacts(path="content/world/a b.jpg", digest=Digest("a"), width=640, height=480)
    source = sources(article("world/origin.md", metadata("origin"), images=slots))
    return replace(source, assets={image.path: image}, theme_static={})


@pytest.mark.parametrize(
    ("target", "picture"),
    [
        ("a b.jpg", Picture(src="/world/2026/10/origin/a b.jpg", width=640, height=480)),
        ("a%20b.jpg?1", Picture(src="/world/2026/10/origin/a b.jpg?1", width=640, height=480)),
        ("https://img.example/x.jpg", Picture(src="https://img.example/x.jpg")),
        ("//img.example/x.jpg", Picture(src="//img.example/x.jpg")),
        ("data:image/gif;base64,R0lGOD", Picture(src="data:image/gif;base64,R0lGOD")),
    ],
)
def test_images_of_a_body(target: str, picture: Picture) -> None:
    plan = plan_site(showing(target))
    assert article_view(plan, "origin").body.images == (picture,)
    assert told(plan) == []


def test_a_size_that_the_author_wrote_stands() -> None:
    (picture,) = article_view(plan_site(showing("a b.jpg", sized=True)), "origin").body.images
    assert (picture.width, picture.height) == (None, None)


def test_a_missing_image_is_a_warning_that_says_where_to_put_it() -> None:
    problems = plan_site(showing("no.jpg", "/uploads/no.jpg")).problems
    assert [(item.message, item.span, item.hint) for item in problems] == [
        ("no such image: `no.jpg`", PLACE, "put the file into `content/world/`, or mend the name"),
        ("no such image: `/uploads/no.jpg`", PLACE, "put the file into `static/`, or mend the name"),
    ]


def test_an_image_may_be_any_file_of_the_output() -> None:
    linked = article("world/origin.md", metadata("origin"), images=(ImageSlot(target="/world/2026/10/b/b.jpg"),))
    bundle = article("world/b/index.md", metadata("b"), bundle=True)
    plan = plan_site(sources(linked, bundle, assets=("content/world/b/b.jpg",)))
    assert told(plan) == []
    assert article_view(plan, "origin").body.images[0].src == "/world/2026/10/b/b.jpg"


def leading(src: str) -> SiteSources:
    image = LeadImage(src=src, alt="A bridge", caption="Morning", credit="Ann")
    return sources(plain("a", image=image), assets=("content/world/a.jpg",))


def test_the_picture_of_an_article() -> None:
    view = article_view(plan_site(leading("a.jpg")), "a")
    assert view.image == Picture(src="/world/2026/10/a/a.jpg", alt="A bridge", caption="Morning", credit="Ann")


def test_a_missing_picture_is_a_warning_and_none() -> None:
    plan = plan_site(leading("no.jpg"))
    assert told(plan) == [("image?", "content/world/a.md", "no such image: `no.jpg`")]
    assert article_view(plan, "a").image is None


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("a%20b.md#x?y", ("a b.md", "#x?y")),
        ("a?x#y", ("a", "?x#y")),
        ("a%23b", ("a#b", "")),
        ("#x", ("", "#x")),
        ("", ("", "")),
    ],
)
def test_path_and_rest_of_a_target(target: str, parts: tuple[str, str]) -> None:
    assert split_target(target) == parts
