"""Everything that makes pages which show documents, in the order in which addresses are given away."""

from collections.abc import Callable, Iterable

from sitegen.model.page import PageSpec
from sitegen.plan.archive import plan_archive
from sitegen.plan.comment_feeds import plan_all_comments, plan_comment_feeds
from sitegen.plan.comment_pages import plan_comment_pages
from sitegen.plan.context import PlanContext
from sitegen.plan.documents import plan_articles, plan_pages
from sitegen.plan.feeds import plan_feeds
from sitegen.plan.lists import plan_authors, plan_home, plan_sections, plan_tags
from sitegen.plan.name_index import plan_author_index, plan_tag_index
from sitegen.plan.series import plan_series
from sitegen.plan.sitemaps import plan_news_sitemap

Producers = tuple[Callable[[PlanContext], Iterable[PageSpec]], ...]

SHOWING: Producers = (
    plan_articles,
    plan_comment_pages,
    plan_pages,
    plan_home,
    plan_sections,
    plan_tags,
    plan_authors,
    plan_series,
    plan_archive,
)
"""What makes pages for people."""

COUNTING: Producers = (plan_tag_index, plan_author_index)
"""What makes pages that show how many documents there are."""

FEEDING: Producers = (plan_feeds, plan_comment_feeds, plan_all_comments, plan_news_sitemap)
"""What makes pages for programs."""
