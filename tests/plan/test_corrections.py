"""The corrections of all articles."""

from sitegen.model.article import Article, Correction
from sitegen.model.config import Config, FeedsConfig, PagesConfig
from sitegen.model.index_views import CorrectionEntry, CorrectionsFeedView, CorrectionsView
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import moment, plain, sources, view_at


def mended(slug: str, *corrections: tuple[str, str], draft: bool = False, language: str = "en") -> Article:
    """An article with corrections by day, the newest first as parsing leaves them."""
    members = tuple(Correction(date=moment(day), text=text) for day, text in corrections)
    return plain(slug, corrections=members, draft=draft, language=language)


BRIDGE = mended("bridge", ("2026-10-05", "It was 410."), ("2026-10-03", "It was Ann."))
HALL = mended("hall", ("2026-10-04", "It was 1,240."))


def tell(entries: tuple[CorrectionEntry, ...]) -> list[tuple[str, str, str]]:
    return [(entry.article.title, entry.text, entry.url.removeprefix("/world/2026/10")) for entry in entries]


def made(plan: SitePlan) -> set[str]:
    return {spec.path for spec in plan.specs if "corrections/" in spec.path}


def test_all_of_them_newest_first_with_their_place_in_the_article() -> None:
    view = view_at(plan_site(sources(BRIDGE, HALL, plain("sound"))), "corrections/index.html", CorrectionsView)
    assert tell(view.entries) == [
        ("Bridge", "It was 410.", "/bridge/#page-correction-2"),
        ("Hall", "It was 1,240.", "/hall/#page-correction-1"),
        ("Bridge", "It was Ann.", "/bridge/#page-correction-1"),
    ]
    assert (view.atom, view.rss) == ("/corrections/atom.xml", "/corrections/rss.xml")


def test_feeds_hold_the_newest() -> None:
    plan = plan_site(sources(BRIDGE, HALL, config=Config(feeds=FeedsConfig(size=2))))
    for name in ("atom", "rss"):
        view = view_at(plan, f"corrections/{name}.xml", CorrectionsFeedView)
        assert [entry.text for entry in view.entries] == ["It was 410.", "It was 1,240."]
        assert (view.updated, view.home) == (moment("2026-10-05"), "/corrections/")


def test_there_is_no_page_as_long_as_there_is_nothing_to_correct() -> None:
    draft = mended("draft", ("2026-10-05", "It was nothing."), draft=True)
    plan = plan_site(sources(plain("sound"), draft))
    assert (made(plan), plan.sites["en"].corrections) == (set(), None)


def test_each_language_has_its_own() -> None:
    dutch = mended("brug", ("2026-10-04", "Het was 410."), language="nl")
    plan = plan_site(sources(BRIDGE, dutch))
    assert tell(view_at(plan, "nl/corrections/index.html", CorrectionsView).entries)[0][:2] == ("Brug", "Het was 410.")
    assert plan.sites["nl"].corrections == "/nl/corrections/"
    assert made(plan) == {
        f"{folder}corrections/{name}" for folder in ("", "nl/") for name in ("index.html", "atom.xml", "rss.xml")
    }


def test_many_have_pages_from_the_oldest() -> None:
    days = [f"2026-09-{day:02}" for day in range(9, 0, -1)]
    plan = plan_site(sources(mended("a", *((day, day) for day in days)), config=Config(page_size=4)))
    front = view_at(plan, "corrections/index.html", CorrectionsView)
    oldest = view_at(plan, "corrections/page/1/index.html", CorrectionsView)
    assert [entry.text for entry in front.entries] == days[:5]
    assert [entry.text for entry in oldest.entries] == days[5:]
    assert (front.pager.older, oldest.pager.front) == ("/corrections/page/1/", "/corrections/")


def test_it_can_be_switched_off() -> None:
    plan = plan_site(sources(BRIDGE, config=Config(pages=PagesConfig(corrections=False))))
    assert (made(plan), plan.sites["en"].corrections) == (set(), None)
