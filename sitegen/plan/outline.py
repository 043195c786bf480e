"""From a plan to what is kept of it for plans of the few pages that an edit changes."""

from collections.abc import Iterable, Iterator

from sitegen.model.article import Article
from sitegen.model.names import OutPath
from sitegen.model.outline import Outline
from sitegen.model.page import PageSpec
from sitegen.model.views import PlannedArticle
from sitegen.plan.context import PlanContext
from sitegen.plan.redirects import Rule
from sitegen.plan.waiting import list_reserved


def draw_outline(
    specs: Iterable[PageSpec],
    rules: Iterable[Rule],
    waiting: Iterable[Article],
    awaited: Iterable[OutPath],
    context: PlanContext,
) -> Outline:
    """Return the outline of the plan that `specs`, with the redirects `rules`, are the pages of.

    `awaited` are files that links lead to and that are not there. All problems are among the findings by now.
    """
    return Outline(
        sections=context.sources.sections,
        rules=context.rules,
        series=context.series,
        translations=context.translations,
        news=context.news,
        recent=context.recent,
        named=frozenset((*_list_choices(context), *_list_chosen(specs, context), *_list_ends(rules))),
        reserved=frozenset(list_reserved(waiting, context)),
        awaited=frozenset(awaited),
        is_settled=all(problem.code in _SETTLED for problem in context.findings.problems),
        suggests=context.directory.suggester.was_asked,
    )


def _list_choices(context: PlanContext) -> Iterator[str]:
    """Yield how front matter calls neighbours, of articles that wait too."""
    for article in context.sources.articles:
        for choice in (article.metadata.prev, article.metadata.next):
            if choice:
                yield from (name for name in (choice.reference, choice.title) if name)


def _list_chosen(specs: Iterable[PageSpec], context: PlanContext) -> Iterator[str]:
    """Yield the addresses of the neighbours that articles choose, as they stand on their pages."""
    choosing = {
        shown.article.id: (metadata.prev, metadata.next)
        for shown in context.documents
        if (metadata := shown.article.metadata).prev or metadata.next
    }
    for spec in specs if choosing else ():
        view = spec.view
        if isinstance(view, PlannedArticle) and view.id in choosing:
            pairs = zip(choosing[view.id], (view.previous, view.next), strict=True)
            yield from (link.url for choice, link in pairs if choice and link and link.url)


def _list_ends(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield where redirects lead that have a page, which names what stands there."""
    for rule in rules:
        if not rule.query:
            yield rule.target.partition("#")[0].partition("?")[0]


_SETTLED = frozenset({"image", "link", "rating"})
"""Codes of what a plan tells of one document, whatever others there are, but for pages that links are waiting for."""
