"""Further pages of long threads, on articles and on pages."""

import pytest

from sitegen.model.article import Article
from sitegen.model.comment_views import CommentPageView
from sitegen.model.facts import ThreadPage
from sitegen.model.names import Digest
from sitegen.model.values import replace
from sitegen.plan.site import plan_site
from tests.samples import article, metadata, plain, snapshot, sources, view_at


@pytest.mark.parametrize(
    ("item", "url"),
    [(plain("a"), "/world/2026/10/a/"), (article("pages/about.md", metadata("about", None)), "/about/")],
    ids=["article", "page"],
)
def test_what_does_not_fit_is_on_pages_behind_it(item: Article, url: str) -> None:
    first, *others = (ThreadPage(thread=Digest(f"part {number}"), quotes=number == 3) for number in (1, 2, 3))
    plan = plan_site(sources(item, snapshots={item.id: replace(snapshot(9), pages=(first, *others))}))
    second, third = (view_at(plan, f"{url[1:]}comments/{number}/index.html", CommentPageView) for number in (2, 3))
    assert (second.article.url, second.previous, second.next) == (url, url, third.url)
    assert (third.thread, third.previous, third.next) == ("part 3", second.url, None)
    assert (second.body, third.body is not None) == (None, True)
    assert (third.head.robots, third.head.canonical) == ("noindex", f"https://news.example{url}")
