"""What waits for its day has to be sound today: no build may fail because time has passed."""

from collections.abc import Collection, Iterable, Iterator
from zoneinfo import ZoneInfo

from sitegen.errors import Severity
from sitegen.model.article import Article
from sitegen.model.card import Card
from sitegen.model.names import OutPath, Url
from sitegen.model.values import replace
from sitegen.plan.assets import AssetDesk
from sitegen.plan.cards import build_card, find_section_title
from sitegen.plan.collisions import ARCHIVE, AUTHORS, CORRECTIONS, TAGS, Claims
from sitegen.plan.context import PlanContext
from sitegen.plan.documents import check_template
from sitegen.plan.findings import Findings
from sitegen.plan.links import LinkDesk
from sitegen.plan.machine_pages import list_aliases
from sitegen.plan.neighbours import resolve_neighbours
from sitegen.plan.urls import (
    archive_url,
    authors_url,
    corrections_url,
    document_url,
    language_root,
    out_path,
    tags_url,
)


def check_waiting(articles: Iterable[Article], context: PlanContext) -> None:
    """Report the errors in `articles`, which are scheduled, that would stop a build on their day."""
    findings = Findings()
    desk = AssetDesk(assets=context.sources.assets)
    links = LinkDesk(directory=context.directory, desk=desk, findings=findings)
    aside = replace(context, findings=findings)
    for article in articles:
        links.resolve_body(article, _url_of(article, context))
        check_template(article, aside)
        if article.kind == "article":
            resolve_neighbours(article, aside)
    for problem in findings.problems:
        if problem.severity is Severity.ERROR:
            context.findings.add(problem)


def claim_for_waiting(
    articles: Iterable[Article], context: PlanContext, claims: Claims, taken: Collection[OutPath]
) -> None:
    """Claim the addresses that `articles`, which are scheduled, will need; `taken` are those of lists that are there.

    The address of an article that will be over by then is free.
    """
    expiries = {
        context.urls[shown.article.id]: shown.article.metadata.expires
        for shown in context.documents
        if shown.article.metadata.expires
    }
    for article in articles:
        url = _url_of(article, context)
        date, expiry = article.metadata.date, expiries.get(url)
        if date and expiry and expiry.at <= date.at:
            continue
        for path, source in _list_own_pages(article, url):
            claims.claim(path, source)
        for path, source in _list_pages(article, url, context):
            if path not in taken:
                claims.claim(path, source)


def list_reserved(articles: Iterable[Article], context: PlanContext) -> Iterator[OutPath]:
    """Yield all files that `articles`, which are scheduled, will need."""
    for article in articles:
        url = _url_of(article, context)
        yield from (path for path, _ in (*_list_own_pages(article, url), *_list_pages(article, url, context)))


def _list_own_pages(article: Article, url: Url) -> Iterator[tuple[OutPath, str]]:
    """Yield the page of an article and those of its aliases, each with its name."""
    yield out_path(url), f"content/{article.id}"
    for alias in list_aliases(article, url):
        if "?" not in alias:
            yield out_path(alias), f"an alias in content/{article.id}"


def _url_of(article: Article, context: PlanContext) -> Url:
    config = context.sources.config
    return document_url(article, config, ZoneInfo(config.timezone))


def _list_pages(article: Article, url: Url, context: PlanContext) -> Iterator[tuple[OutPath, str]]:
    """Yield the lists that an article brings with it, each with its name."""
    if article.kind == "page":
        return
    sources = context.sources
    title = find_section_title(article, sources.sections)
    card = build_card(article, "scheduled", url, None, None, title, sources.config, sources.clock)
    yield out_path(language_root(card.language, sources.config)), f"the home page in {card.language}"
    yield from _index_pages(article, card, context)
    for kind, members in (
        ("section", (card.section,) if card.section else ()),
        ("tag", card.tags),
        ("author", card.authors),
    ):
        for named in members:
            yield out_path(named.url), f"{kind} {named.title}"


def _index_pages(article: Article, card: Card, context: PlanContext) -> Iterator[tuple[OutPath, str]]:
    """Yield the pages that lead to an article by date, name or correction."""
    config = context.sources.config
    pages, language, date = config.pages, card.language, article.metadata.date
    if pages.archive and date:
        day = date.at.astimezone(ZoneInfo(config.timezone))
        for period in ((), (day.year,), (day.year, day.month)):
            yield out_path(archive_url(language, config, *period)), ARCHIVE
    if pages.tags and card.tags:
        yield out_path(tags_url(language, config)), TAGS
    if pages.authors and card.authors:
        yield out_path(authors_url(language, config)), AUTHORS
    if pages.corrections and article.metadata.corrections:
        yield out_path(corrections_url(language, config)), CORRECTIONS
