"""What waits for its day is checked today."""

import pytest

from sitegen.model.article import Article, Correction, LinkSlot
from sitegen.model.names import Slug, Url
from sitegen.plan.site import plan_site
from tests.samples import article, chosen, metadata, moment, plain, sources, told

LATER = "2027-01-01"


def planned(*articles: Article) -> list[tuple[str, str | None, str]]:
    return told(plan_site(sources(*articles)))


def linking(target: str) -> Article:
    return article("world/soon.md", metadata("soon", LATER), links=(LinkSlot(target=target),))


def test_a_sound_one_says_nothing() -> None:
    soon = article(
        "world/soon.md",
        metadata("soon", LATER, tags=("NATO",), prev=chosen("old"), aliases=(Url("/was-here"),)),
        links=(LinkSlot(target="old.md"), LinkSlot(target="later.md"), LinkSlot(target="/nowhere/")),
    )
    assert planned(soon, plain("old", tags=("nato",)), plain("later", "2027-02-01")) == []


def test_its_broken_links_are_errors() -> None:
    assert planned(linking("gone.md")) == [("link", "content/world/soon.md", "no such document: `gone.md`")]


def test_its_neighbours_have_to_be_there() -> None:
    assert planned(plain("soon", LATER, next=chosen("gone"))) == [
        ("next", "content/world/soon.md", "`gone` is no article of this site")
    ]


def test_its_template_has_to_be_there() -> None:
    assert planned(plain("soon", LATER, template="artcle.html")) == [
        ("template", "content/world/soon.md", "the theme has no template `artcle.html`")
    ]


def test_its_address_has_to_be_free() -> None:
    assert [item[:2] for item in planned(plain("now", url=Url("/x/")), plain("soon", LATER, url=Url("/x/")))] == [
        ("url", "content/world/soon.md")
    ]


def test_its_old_addresses_have_to_be_free() -> None:
    ((code, _, message),) = planned(plain("now", url=Url("/x/")), plain("soon", LATER, aliases=(Url("/x"),)))
    assert code == "url"
    assert "content/world/now.md" in message


@pytest.mark.parametrize(
    ("taken", "soon"),
    [
        ("/sport/", {"section": Slug("sport")}),
        ("/archive/", {}),
        ("/archive/2027/", {}),
        ("/archive/2027/01/", {}),
        ("/tags/", {"tags": ("Go",)}),
        ("/tags/go/", {"tags": ("Go",)}),
        ("/authors/", {"authors": ("Ann",)}),
        ("/corrections/", {"corrections": (Correction(date=moment(LATER), text="It was 2."),)}),
        ("/authors/ann/", {"authors": ("Ann",)}),
        ("/nl/", {"language": "nl"}),
    ],
)
def test_the_lists_that_it_brings_have_to_find_their_place(taken: str, soon: dict[str, object]) -> None:
    now = article("pages/now.md", metadata("now", None, url=Url(taken)))
    ((code, _, message),) = planned(now, plain("soon", LATER, **soon))
    assert code == "url"
    assert "content/pages/now.md" in message


def test_an_address_that_is_free_by_then_may_be_taken() -> None:
    before = plain("before", url=Url("/storm/"), expires=moment("2026-12-01"))
    assert planned(before, plain("soon", LATER, url=Url("/storm/"))) == []


def test_two_that_wait_for_one_address() -> None:
    one, other = plain("a", LATER, url=Url("/x/")), plain("b", "2027-02-01", url=Url("/x/"))
    assert [item[:2] for item in planned(one, other)] == [("url", "content/world/b.md")]


def test_drafts_may_be_in_pieces() -> None:
    assert planned(plain("draft", draft=True, next=chosen("gone"), template="no.html", url=Url("/"))) == []
