"""From sources to the list of everything that the output holds."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from sitegen.errors import Problem, Span, warning
from sitegen.model.article import Article
from sitegen.model.card import Card
from sitegen.model.facts import SiteSources
from sitegen.model.index import SiteIndex
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.outline import MapLine, Outline
from sitegen.model.page import PageSpec
from sitegen.model.values import replace
from sitegen.model.views import Alternate, SiteView
from sitegen.plan.assets import AssetDesk, FileCopy
from sitegen.plan.cards import build_card, find_section_title
from sitegen.plan.collisions import Claims
from sitegen.plan.comment_feeds import collect_recent
from sitegen.plan.context import PlanContext
from sitegen.plan.corrections import collect_corrections, plan_corrections
from sitegen.plan.findings import Findings
from sitegen.plan.index import build_index
from sitegen.plan.links import LinkDesk
from sitegen.plan.machine_pages import plan_not_found, plan_robots
from sitegen.plan.out_paths import THEME_FILES
from sitegen.plan.outline import draw_outline
from sitegen.plan.permalinks import Addresses, build_addresses
from sitegen.plan.producers import COUNTING, FEEDING, SHOWING, Producers
from sitegen.plan.redirects import CONFIG_FILE, Rule, check_targets, collect_rules, plan_rule_pages
from sitegen.plan.references import Directory, build_directory
from sitegen.plan.schedule import Selection, Shown, select_documents
from sitegen.plan.series import order_series
from sitegen.plan.server_files import plan_server_files
from sitegen.plan.site_view import build_site_view, normalise_base_url
from sitegen.plan.sitemaps import collect_lines, collect_news, plan_sitemaps
from sitegen.plan.spellings import check_spellings
from sitegen.plan.theme_lists import settle_rules
from sitegen.plan.urls import document_url, out_path
from sitegen.plan.waiting import check_waiting, claim_for_waiting

PRODUCERS: Producers = (*SHOWING, *COUNTING, plan_corrections, *FEEDING, plan_not_found, plan_robots)
"""Everything that makes pages, in the order in which addresses are given away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """What the output will hold."""

    specs: tuple[PageSpec, ...]
    """Pages to render."""
    copies: tuple[FileCopy, ...]
    """Files to copy."""
    sites: Mapping[str, SiteView]
    """`site` by language."""
    cards: Mapping[ArticleId, Card]
    """What lists show of every document."""
    lines: Mapping[OutPath, MapLine]
    """What the sitemap says of pages, by file."""
    outline: Outline
    """What else a plan of some of its pages needs to know."""
    index: SiteIndex
    """Articles in order."""
    selection: Selection
    """What is shown, and what is waiting."""
    comments: int
    """How many comments can be read in it."""
    problems: tuple[Problem, ...]
    """What planning found, errors included."""
    addresses: Addresses
    """What it does about addresses."""


def plan_site(sources: SiteSources) -> SitePlan:
    """Return everything that the output of `sources` holds; errors are among its problems."""
    findings = Findings()
    desk = AssetDesk(assets=sources.assets)
    selection = select_documents(sources.articles, sources.clock, sources.preview)
    context, links = _prepare(sources, selection.shown, desk, findings)
    specs: list[PageSpec] = []
    for produce in PRODUCERS:
        specs += produce(context)
    rules = collect_rules(context)
    specs += plan_rule_pages(rules, context)
    lines = collect_lines(specs, normalise_base_url(sources.config.base_url))
    specs += plan_sitemaps(lines.values(), context.sites[sources.config.language])
    copies = (*desk.copies, *_copy_static(sources))
    paths = {spec.path for spec in specs} | {copy.path for copy in copies}
    check_targets(rules, paths, context)
    specs += plan_server_files(rules, paths, context)
    claims = _claim_addresses(specs, copies)
    if selection.waiting:
        check_waiting(selection.waiting, context)
        claim_for_waiting(selection.waiting, context, claims, {spec.path for spec in specs if spec.wave == "list"})
    check_spellings(_list_named(sources, selection), sources.config, findings)
    awaited = _keep_promises(links, paths, findings)
    return SitePlan(
        specs=tuple(specs),
        copies=tuple(copies),
        sites=context.sites,
        cards=context.cards,
        lines=lines,
        outline=draw_outline(specs, rules, selection.waiting, awaited, context),
        index=context.index,
        selection=selection,
        comments=sum(card.comment_count for card in context.cards.values()),
        addresses=build_addresses(rules, paths, context),
        problems=(*findings.problems, *_place(claims.problems, sources.articles, rules)),
    )


def _prepare(
    sources: SiteSources, shown: tuple[Shown, ...], desk: AssetDesk, findings: Findings
) -> tuple[PlanContext, LinkDesk]:
    """Resolve everything that pages are made from."""
    config = sources.config
    zone = ZoneInfo(config.timezone)
    urls = {item.article.id: document_url(item.article, config, zone) for item in shown}
    directory = _directory(sources, urls, zone)
    links = LinkDesk(directory=directory, desk=desk, findings=findings)
    cards = {item.article.id: _card(item, urls[item.article.id], sources, links) for item in shown}
    rules = settle_rules(sources.lists, config, findings)
    index = build_index(
        (cards[item.article.id] for item in shown if item.article.kind == "article"),
        dict.fromkeys((config.language, *sorted(card.language for card in cards.values()))),
        sources.sections,
        config.neighbours,
        rules["related"].limit,
    )
    corrections = collect_corrections(shown, cards)
    bodies = {item.article.id: links.resolve_body(item.article, urls[item.article.id]) for item in shown}
    _copy_bundles(sources.articles, urls, desk)
    sites = {
        language: build_site_view(members, corrections.get(language, ()), config, sources.options, links)
        for language, members in index.languages.items()
    }
    context = PlanContext(
        sources=sources,
        sites=sites,
        documents=shown,
        urls=urls,
        cards=cards,
        bodies=bodies,
        index=index,
        series=order_series((item.article for item in shown), config),
        directory=directory,
        corrections=corrections,
        rules=rules,
        translations=_find_translations(shown, urls, findings),
        news=collect_news(shown, urls, sites, sources.clock),
        recent=collect_recent(shown, sources.snapshots, urls, config),
        findings=findings,
    )
    return context, links


def _directory(sources: SiteSources, urls: Mapping[ArticleId, Url], zone: tzinfo) -> Directory:
    hidden: list[tuple[Article, Url]] = [
        (article, document_url(article, sources.config, zone)) for article in sources.articles if article.id not in urls
    ]
    return build_directory(
        urls, hidden, sources.unavailable, sources.articles, normalise_base_url(sources.config.base_url)
    )


def _card(item: Shown, url: Url, sources: SiteSources, links: LinkDesk) -> Card:
    article = item.article
    return build_card(
        article,
        item.status,
        url,
        links.resolve_lead(article, url),
        sources.snapshots.get(article.id),
        find_section_title(article, sources.sections),
        sources.config,
        sources.clock,
    )


def _list_named(sources: SiteSources, selection: Selection) -> Iterable[Article]:
    """Return the documents whose sections, tags and authors have to be told apart: all but what nobody sees."""
    drafts = (shown.article for shown in selection.shown if shown.status == "draft")
    plain = (item for item in sources.articles if not item.metadata.draft and not item.metadata.gone)
    return (*plain, *drafts)


def _copy_bundles(articles: Iterable[Article], urls: Mapping[ArticleId, Url], desk: AssetDesk) -> None:
    """Ask for every file of every bundle that is shown; one inside another keeps its files to itself."""
    bundles = {f"content/{article.id}".rsplit("/", 1)[0]: article for article in articles if article.bundle}
    files: dict[str, list[str]] = {}
    for path in desk.assets:
        folder = _bundle_above(path, bundles)
        if folder and bundles[folder].id in urls:
            files.setdefault(folder, []).append(path)
    for folder, members in files.items():
        desk.copy_bundle(bundles[folder], urls[bundles[folder].id], tuple(members))


def _bundle_above(path: str, bundles: Mapping[str, Article]) -> str | None:
    """Return the innermost bundle folder that holds `path`."""
    folder = path
    while "/" in folder:
        folder = folder.rsplit("/", 1)[0]
        if folder in bundles:
            return folder
    return None


def _copy_static(sources: SiteSources) -> Iterator[FileCopy]:
    for path, facts in sources.assets.items():
        if path.startswith("static/"):
            yield FileCopy(path=OutPath(path.removeprefix("static/")), source=path, digest=facts.digest)
    for name, file in sources.theme_static.items():
        yield FileCopy(path=OutPath(f"{THEME_FILES}/{name}"), source=file.location, digest=file.digest)


def _find_translations(
    shown: Iterable[Shown], urls: Mapping[ArticleId, Url], findings: Findings
) -> dict[str, tuple[Alternate, ...]]:
    """Return the translations by key: one document a language, any other is reported."""
    found: dict[str, dict[str, ArticleId]] = {}
    for item in shown:
        article = item.article
        key, language = article.metadata.translation_key, article.metadata.language
        if not key:
            continue
        first = found.setdefault(key, {}).setdefault(language, article.id)
        if first != article.id:
            findings.add(
                warning(
                    "translation_key",
                    f"is also the key of `{first}`, in the same language",
                    f"content/{article.id}",
                    article.spans.get("translation_key"),
                    "translations of each other have one key, and one document a language",
                )
            )
    return {
        key: tuple(Alternate(language=language, url=urls[members[language]]) for language in sorted(members))
        for key, members in found.items()
    }


def _claim_addresses(specs: Iterable[PageSpec], copies: Iterable[FileCopy]) -> Claims:
    claims = Claims()
    for spec in specs:
        claims.claim(spec.path, spec.source)
    for copy in copies:
        claims.claim(copy.path, copy.source)
    return claims


def _place(problems: Sequence[Problem], articles: Iterable[Article], rules: Iterable[Rule]) -> Iterator[Problem]:
    """Yield problems of addresses, those of a document at the field that its address comes from."""
    if not problems:
        return
    places = {rule.source.removesuffix(f" in {CONFIG_FILE}"): rule.place for rule in rules if rule.file == CONFIG_FILE}
    documents = {f"content/{article.id}": article for article in articles}
    for problem in problems:
        article = documents.get(problem.file or "")
        spans = article.spans if article else {}
        place = next((spans[field] for field in _ADDRESS_FIELDS if field in spans), Span(line=1))
        if problem.file == CONFIG_FILE:
            rule = next((words for words in places if problem.message.startswith(f"{words} ")), "")
            yield replace(problem, span=places.get(rule))
        else:
            yield replace(problem, span=place) if article else problem


_ADDRESS_FIELDS = ("url", "slug", "date", "section", "title")
"""What makes an address, the strongest first."""


def _keep_promises(links: LinkDesk, paths: Collection[OutPath], findings: Findings) -> tuple[OutPath, ...]:
    """Report every link to an address of this site that is not among `paths`, the files of the output.

    Return the files that are missed.
    """
    missed: list[OutPath] = []
    for url, problem in links.promises:
        path = out_path(url)
        if path not in paths and f"{path}/index.html" not in paths:
            findings.add(problem)
            missed.append(path)
    return tuple(missed)
