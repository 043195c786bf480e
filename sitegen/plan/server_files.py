"""Files that tell web servers and hosts of static files what moved, what is gone, and which headers to send.

A file of the same name in `static/` takes the place of each.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit

from sitegen.model.message_views import TextView
from sitegen.model.names import OutPath, Url
from sitegen.model.page import PageSpec
from sitegen.plan.context import PlanContext
from sitegen.plan.redirects import Rule
from sitegen.plan.server_configs import PlacedRule, write_caddy, write_nginx
from sitegen.plan.urls import encode_address, is_absolute, out_path, plain_path

CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
"""Content-Security-Policy under which every page of broadsheet works: nothing from elsewhere, nothing inline."""

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?")
_OLD_FEEDS = (("feed/", "rss.xml"), ("feed/atom/", "atom.xml"))
_OLD_COMMENT_FEED = "comments/feed/"
_COMMENT_FEEDS = ("comments.xml", "atom.xml")
_NOT_FOUND = "/404.html"


def plan_server_files(rules: Iterable[Rule], paths: Collection[OutPath], context: PlanContext) -> Iterator[PageSpec]:
    """Plan `_redirects`, `_headers`, and redirects for nginx and Caddy; `paths` are the files of the output."""
    site = context.sites[context.sources.config.language]
    prefix = unquote(urlsplit(site.base_url).path).rstrip("/")
    known = tuple(rules)
    answered = {rule.address for rule in known}
    feeds = (rule for rule in _lead_old_feeds(paths, context) if rule.address not in answered)
    placed = [_place(rule, prefix) for rule in sorted((*known, *feeds), key=lambda rule: rule.address)]
    texts = {
        "_redirects": write_redirects(placed, context.sources.config.hosting),
        "_headers": write_headers(prefix, _list_picture_hosts(context)),
        "redirects.nginx.conf": write_nginx(placed, prefix + _NOT_FOUND),
        "redirects.caddy": write_caddy(placed, prefix + _NOT_FOUND),
    }
    for name, text in texts.items():
        if f"static/{name}" not in context.sources.assets:
            yield PageSpec(
                path=OutPath(name),
                template="plain.txt",
                language=site.language,
                view=TextView(url=Url(f"/{name}"), text=text),
                wave="sitemap",
                source=f"the file `{name}` for servers",
            )


def _place(rule: Rule, prefix: str) -> PlacedRule:
    target = rule.target
    if target:
        target = encode_address(target if is_absolute(target) else prefix + target)
    return PlacedRule(
        path=prefix + plain_path(rule.path),
        query=rule.query,
        target=target,
        page=prefix + (_NOT_FOUND if rule.query else f"/{out_path(rule.path)}"),
    )


def _list_picture_hosts(context: PlanContext) -> tuple[str, ...]:
    """Return the other hosts that documents show pictures from, as a policy names them."""
    pictures = [picture for body in context.bodies.values() for picture in body.images]
    pictures += [card.link.image for card in context.cards.values() if card.link.image]
    parts = {urlsplit(encode_address(picture.src)) for picture in pictures if is_absolute(picture.src)}
    hosts = {f"{part.scheme or 'https'}://{part.netloc}" for part in parts if _HOST.fullmatch(part.netloc)}
    return tuple(sorted(hosts))


def _lead_old_feeds(paths: Collection[OutPath], context: PlanContext) -> Iterator[Rule]:
    """Yield where WordPress had its feeds, each with the feed that is there now, unless a page stands in its place."""
    for index in context.index.languages.values():
        home = context.sites[index.language].home
        places = (home, *(group.named.url for group in index.sections))
        pairs: list[tuple[str, tuple[str, ...]]] = [
            (f"{place}{old}", (f"{place}{new}",)) for place in places for old, new in _OLD_FEEDS
        ]
        pairs.append((f"{home}{_OLD_COMMENT_FEED}", tuple(f"{home}{new}" for new in _COMMENT_FEEDS)))
        for old, feeds in pairs:
            target = next((feed for feed in feeds if out_path(Url(feed)) in paths), None)
            if target and out_path(Url(old)) not in paths:
                yield Rule(path=Url(old), target=target, language=index.language, source="an old feed", file="")


def write_redirects(rules: Sequence[PlacedRule], hosting: str) -> str:
    """Return `_redirects`: `FROM TO STATUS`; the first line that fits counts.

    Cloudflare refuses statuses other than those of redirects, forced rules and query strings
    (https://developers.cloudflare.com/pages/configuration/redirects/). Netlify has them all, and without the `!` that
    forces a rule it serves the page where one stands (https://docs.netlify.com/manage/routing/redirects/overview).
    """
    plain = [rule for rule in rules if not rule.query]
    if hosting != "netlify":
        return "".join(f"{_write_source(rule)} {_write_goal(rule)}\n" for rule in plain if rule.target)
    lines = [
        f"{_write_source(rule)} {_write_query(rule.query)} {_write_goal(rule)}!\n"
        for rule in rules
        if "=" in rule.query
    ]
    lines += [f"{_write_source(rule)} {_write_goal(rule)}!\n" for rule in plain]
    return "".join(lines)


def _write_source(rule: PlacedRule) -> str:
    return _hide_patterns(quote(rule.path))


def _write_query(query: str) -> str:
    return " ".join(_hide_patterns(part) for part in query.split("&") if "=" in part)


def _write_goal(rule: PlacedRule) -> str:
    if not rule.target:
        return f"{_hide_patterns(quote(rule.page))} 410"
    return f"{_hide_patterns(rule.target)} 301"


def _hide_patterns(text: str) -> str:
    """Return `text` with everything encoded that is a pattern in `_redirects` and `_headers`: `:name` and `*`."""
    return re.sub(r":(?=[A-Za-z])", "%3A", text).replace("*", "%2A")


def write_headers(prefix: str, picture_hosts: Sequence[str]) -> str:
    """Return `_headers`, as Netlify and Cloudflare Pages read it: a pattern, then its headers, indented.

    Browsers may keep what lies in `assets/`: its addresses carry a mark of the content. Pictures may also come from
    `picture_hosts`.
    """
    place = _hide_patterns(quote(prefix))
    own = "default-src 'self';"
    policy = CONTENT_POLICY
    if picture_hosts:
        policy = policy.replace(own, f"{own} img-src 'self' {' '.join(picture_hosts)};")
    return (
        f"{place}/assets/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        f"{place}/*\n"
        f"  Content-Security-Policy: {policy}\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  X-Content-Type-Options: nosniff\n"
    )
