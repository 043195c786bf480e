"""Which pages show a document, and why."""

from sitegen.model.names import ArticleId, Digest, Url
from sitegen.plan.reach import Mark, Views, find_shown, mark_document
from sitegen.plan.site import plan_site
from tests.samples import plain, sources

PLAN = plan_site(sources(plain("a", "2026-10-01"), plain("b", "2026-10-02"), plain("c", "2026-10-03")))
BASE = "https://news.example/"


def address(slug: str) -> Url:
    return Url(f"/world/2026/10/{slug}/")


def reach(slug: str) -> dict[str, str]:
    marks = mark_document(ArticleId(f"world/{slug}.md"), address(slug), Digest(f"body of world/{slug}.md"), None, BASE)
    return {str(spec.path): why for spec, why in Views(PLAN.specs).find(marks, own=f"content/world/{slug}.md")}


def test_the_strongest_reason_is_told() -> None:
    found = reach("a")
    assert found["world/2026/10/a/index.html"] == "is its page"
    assert found["world/2026/10/b/index.html"] == "links to it"  # the next newer one
    assert found["index.html"] == "lists it"
    assert found["rss.xml"] == "holds its text"
    assert found["sitemap.xml"] == "links to it"  # in full
    assert "world/2026/10/c/index.html" not in found


def test_a_value_counts_as_a_whole_and_with_all_others_of_its_mark() -> None:
    views = Views(PLAN.specs)
    assert list(views.find([Mark(values=("/world/2026/10/",), why="is part of an address")])) == []
    assert list(views.find([Mark(values=(address("a"), "no such text"), why="holds one of two")])) == []


def test_what_a_page_shows() -> None:
    documents = {ArticleId(f"world/{slug}.md"): address(slug) for slug in "abc"}
    shown = {str(spec.path): find_shown(spec, documents) for spec in PLAN.specs}
    assert shown["world/2026/10/a/index.html"] == ("world/a.md", "world/b.md")
    assert shown["index.html"] == tuple(documents)
    assert shown["robots.txt"] == ()
