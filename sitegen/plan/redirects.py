"""Old addresses: where each of them leads, or that it is gone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen.errors import Span, error, warning
from sitegen.model.message_views import GoneView, RedirectView
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.page import PageSpec
from sitegen.model.values import replace
from sitegen.plan.context import PlanContext
from sitegen.plan.head import announce_feeds, build_head
from sitegen.plan.machine_pages import list_aliases
from sitegen.plan.references import Directory, site_url
from sitegen.plan.urls import document_url, is_absolute, old_address, out_path

CONFIG_FILE = "sitegen.toml"
"""What messages call the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What answers at one old address."""

    path: Url
    """The address without its query."""
    query: str = ""
    """The query that a request must have, percent-encoded; empty: whatever it has."""
    target: str
    """Where it leads: an address on this site, or absolute; empty: it is gone."""
    title: str = ""
    """What stands at the target, or stood here."""
    language: str
    """Language of the page that says so."""
    source: str
    """Whom to blame: words and the file."""
    file: str
    """The file that says so."""
    reason: str = ""
    """Why it is gone."""
    place: Span | None = None
    """Where it stands in the configuration."""
    date: Moment | None = None
    """When it was taken down."""

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.path}?{self.query}" if self.query else self.path


def collect_rules(context: PlanContext) -> tuple[Rule, ...]:
    """Return the rules of all aliases and of the configuration, sorted; those that lead to others lead to their end.

    What is wrong with them is among the findings. A rule that leads to what is not published yet, or no longer, is left
    out: time alone never makes an error.
    """
    written = (*_list_aliases(context), *_list_takedowns(context), *_read_config(context))
    rules: dict[str, Rule] = {}
    for rule in written:
        first = rules.setdefault(rule.address, rule)
        if first is not rule and rule.query:  # without a query they are pages, whose places are claimed
            message = f"{rule.source} wants the same address as {first.source}: `{rule.address}`"
            context.findings.add(error("url", message, rule.file, rule.place, "delete one of the two"))
    ends = (_follow(rule, rules, context) for rule in written)
    return tuple(sorted((rule for rule in ends if rule), key=lambda rule: rule.address))


def plan_rule_pages(rules: Iterable[Rule], context: PlanContext) -> Iterator[PageSpec]:
    """Plan a page for every rule without a query, for hosts that serve files and nothing else."""
    for rule in rules:
        if rule.query:
            continue
        view = _tell_gone(rule, context) if not rule.target else None
        yield PageSpec(
            path=out_path(rule.path),
            template="gone.html" if view else "redirect.html",
            language=rule.language,
            view=view or RedirectView(url=rule.path, target=rule.target, title=rule.title),
            wave="page",
            source=rule.source,
        )


def check_targets(rules: Iterable[Rule], paths: Collection[OutPath], context: PlanContext) -> None:
    """Report every rule that leads to an address of this site which is not among `paths`, the files of the output."""
    for rule in rules:
        if not rule.target or is_absolute(rule.target):
            continue
        path = out_path(Url(_split(rule.target)[0]))
        if path not in paths and f"{path}/index.html" not in paths:
            hint = context.directory.suggester.suggest(rule.target) or "name the document: `world/bridge.md`"
            message = f"`{rule.address}` leads to no page of this site: `{rule.target}`"
            context.findings.add(error("redirects", message, rule.file, rule.place, hint))


def _list_aliases(context: PlanContext) -> Iterator[Rule]:
    for shown in context.documents:
        article = shown.article
        target = context.urls[article.id]
        for alias in list_aliases(article, target):
            path, _, query = alias.partition("?")
            yield Rule(
                path=Url(path),
                query=query,
                target=target,
                title=article.metadata.title,
                language=article.metadata.language,
                source=f"an alias in content/{article.id}",
                file=f"content/{article.id}",
            )


def _list_takedowns(context: PlanContext) -> Iterator[Rule]:
    """Yield a rule for every address of every document that was taken down."""
    config = context.sources.config
    for article in context.sources.articles:
        takedown = article.metadata.gone
        if takedown is None:
            continue
        url = document_url(article, config, ZoneInfo(config.timezone))
        file = f"content/{article.id}"
        # The last document in a language leaves nothing behind that speaks it.
        spoken = article.metadata.language in context.sites
        for address in (url, *list_aliases(article, url)):
            path, _, query = address.partition("?")
            yield Rule(
                path=Url(path),
                query=query,
                target="",
                title=article.metadata.title if takedown.show_title else "",
                language=article.metadata.language if spoken else config.language,
                source=file if address == url else f"an alias in {file}",
                file=file,
                reason=takedown.reason,
                date=takedown.date,
            )


def _read_config(context: PlanContext) -> Iterator[Rule]:
    config = context.sources.config
    for written, target in config.redirects.items():
        path, _, query = old_address(written).partition("?")
        resolved = _resolve(written, target, context)
        if resolved:
            yield Rule(
                path=Url(path),
                query=query,
                target=resolved[0],
                title=resolved[1],
                language=config.language,
                source=f"the redirect from `{written}` in {CONFIG_FILE}",
                file=CONFIG_FILE,
                place=context.sources.places.get(written),
            )
    for written, reason in config.gone.items():
        path, _, query = old_address(written).partition("?")
        yield Rule(
            path=Url(path),
            query=query,
            target="",
            reason=reason,
            language=config.language,
            source=f"`{written}`, which is gone, in {CONFIG_FILE}",
            file=CONFIG_FILE,
        )


def _resolve(written: str, target: str, context: PlanContext) -> tuple[str, str] | None:
    """Return the address that `target` means and what stands there; None where it can lead nowhere."""
    directory = context.directory
    here, rest, identity = _read_target(target, directory)
    if here is None and identity is None:
        return _leave_site(written, target, context)
    if identity and not directory.is_known(identity):
        hint = directory.suggester.suggest(target) or "name it by its path below `content/`"
        _complain(context, written, f"leads to no document: `{target}`", hint)
        return None
    if identity and identity in directory.gone:
        return directory.gone[identity], ""
    if identity in directory.hidden:
        message = f"the redirect from `{written}` leads to what is not published: `{identity}`"
        place = context.sources.places.get(written)
        context.findings.add(warning("redirects", message, CONFIG_FILE, place, "it is left out until that is"))
        return None
    if identity is None:
        return f"{here}{rest}", f"{here}{rest}"
    return context.urls[identity] + rest, context.cards[identity].link.title


def _read_target(target: str, directory: Directory) -> tuple[Url | None, str, ArticleId | None]:
    """Return the address on this site that `target` means, what goes behind it, and the document that is there.

    A document that is named by its path may not exist; without address and document `target` is one elsewhere.
    """
    path, rest = _split(target)
    if is_absolute(target):
        here = site_url(target, directory.base_url)
        return here, rest, directory.by_url.get(here) if here else None
    if not path.startswith("/"):
        return None, "", ArticleId(target)
    query, mark, fragment = rest.partition("#")
    asked = directory.by_url.get(old_address(path + query)) if query else None
    if asked:
        return old_address(path), mark + fragment, asked
    return old_address(path), rest, directory.by_url.get(old_address(path))


def _leave_site(written: str, target: str, context: PlanContext) -> tuple[str, str] | None:
    host = urlsplit(target).hostname
    if host in context.sources.config.redirect_hosts:
        return target, target
    hint = f'write `redirect_hosts = ["{host}"]` at the top of {CONFIG_FILE}, if that host is meant'
    _complain(context, written, f"leads to another site: `{target}`", hint)
    return None


def _follow(rule: Rule, rules: Mapping[str, Rule], context: PlanContext) -> Rule | None:
    """Return `rule` with the end of its chain as its own: a target, or that it is gone; None for a circle."""
    seen = [rule.address]
    current = rule
    while following := rules.get(current.target):
        if following.address in seen:
            _complain(context, rule.address, f"leads back to itself, by `{seen[-1]}`", "break the circle")
            return None
        seen.append(following.address)
        current = following
    if current is rule:
        return rule
    return replace(rule, target=current.target, title=current.title, reason=current.reason, date=current.date)


def _tell_gone(rule: Rule, context: PlanContext) -> GoneView:
    site = context.sites[rule.language]
    head = build_head(site, rule.path, rule.title or site.title, robots="noindex", feeds=announce_feeds(site))
    return GoneView(head=head, url=rule.path, title=rule.title, reason=rule.reason, date=rule.date)


def _complain(context: PlanContext, written: str, message: str, hint: str) -> None:
    place = context.sources.places.get(written)
    context.findings.add(error("redirects", f"the redirect from `{written}` {message}", CONFIG_FILE, place, hint))


def _split(address: str) -> tuple[str, str]:
    """Return the path of an address, and its query and fragment."""
    end = min((place for mark in "?#" if (place := address.find(mark)) >= 0), default=len(address))
    return address[:end], address[end:]
