"""Follows every link of a built site, the way a browser would, without a server."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_ADDRESSES = ("href", "src", "poster", "data", "action", "cite")
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_REFRESH = re.compile(r"\d+;\s*url=(.+)", re.IGNORECASE)
_ANYWHERE = "somewhere/else/"
"""Where the page for addresses that do not exist is shown: below any of them."""


@dataclass(slots=True)
class Page:
    """A page of the output."""

    url: str
    """Its whole address, as a browser shows it."""
    ids: list[str] = field(default_factory=list)
    """Values of `id`, repeated ones included."""
    links: list[str] = field(default_factory=list)
    """What its links name, as written."""


@dataclass(slots=True)
class BuiltSite:
    """The output folder as a browser sees it at `base_url`."""

    base_url: str
    """Where it stands, not percent-encoded."""
    files: dict[str, Path]
    """Every file by its whole address, not percent-encoded."""
    pages: dict[str, Page]
    """Every HTML page by the address of its file."""


def read_site(output: Path, base_url: str) -> BuiltSite:
    """Read every page in `output`, which stands at `base_url` (with a closing `/`)."""
    base_url = unquote(base_url)
    files = {base_url + path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    pages = {url: read_page(url, path) for url, path in files.items() if path.suffix == ".html"}
    return BuiltSite(base_url=base_url, files=files, pages=pages)


def read_page(url: str, path: Path) -> Page:
    """Read one page."""
    page = Page(url=quote(url.removesuffix("index.html"), safe=":/"))
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for node in tree.css("*"):
        attributes = node.attributes
        if identity := attributes.get("id"):
            page.ids.append(identity)
        page.links += [value for name in _ADDRESSES if (value := attributes.get(name)) is not None]
        page.links += [part.split()[0] for part in (attributes.get("srcset") or "").split(",") if part.strip()]
        if node.tag == "meta":
            page.links += _links_of_meta(attributes)
    return page


def _links_of_meta(attributes: dict[str, str | None]) -> Iterator[str]:
    content = attributes.get("content") or ""
    if (attributes.get("property") or "") in {"og:url", "og:image"}:
        yield content
    refresh = _REFRESH.fullmatch(content) if attributes.get("http-equiv") == "refresh" else None
    if refresh:
        yield refresh[1]


def find_broken_links(site: BuiltSite) -> list[str]:
    """Return what is wrong, one line each: links to nothing, fragments of nothing, ids that stand twice."""
    broken: list[str] = []
    for url, page in site.pages.items():
        name = url.removeprefix(site.base_url)
        broken += [f"{name}: id={identity} stands twice" for identity in _repeated(page.ids)]
        base = f"{quote(site.base_url, safe=':/')}{_ANYWHERE}" if name == "404.html" else page.url
        for link in page.links:
            reason = _explain(site, page.url if link.startswith("#") else base, link)
            if reason:
                broken.append(f"{name}: {link}: {reason}")
    for url, path in site.files.items():
        if path.suffix == ".css":
            links = _CSS_URL.findall(path.read_text(encoding="utf-8"))
            broken += [f"{path.name}: {link}: {reason}" for link in links if (reason := _explain(site, url, link))]
    return broken


def explain_address(site: BuiltSite, address: str) -> str | None:
    """Return why `address`, as a feed or a sitemap names it, leads nowhere; None if it does lead somewhere."""
    if not urlsplit(address).scheme:
        return "is not absolute"
    return _explain(site, site.base_url, address)


def find_unreachable(site: BuiltSite) -> set[str]:
    """Return the pages that no way leads to from the front page, old addresses and the page for strays aside."""
    found: set[str] = set()
    pending = [site.base_url]
    while pending:
        current = pending.pop()
        file = _file_of(site, current)
        if file is None or file in found:
            continue
        found.add(file)
        page = site.pages.get(file)
        if page:
            pending += [urljoin(page.url, link).partition("#")[0].partition("?")[0] for link in page.links]
    return {
        url.removeprefix(site.base_url)
        for url in site.pages
        if url not in found and not url.endswith("/404.html") and not _is_old(site.files[url])
    }


def _is_old(path: Path) -> bool:
    """Whether a page leads on, or says that something is gone."""
    text = path.read_text(encoding="utf-8")
    return 'http-equiv="refresh"' in text or ('content="noindex"' in text and 'class="notice"' in text)


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def _explain(site: BuiltSite, base: str, link: str) -> str | None:
    """Return why a link leads nowhere; None for one that leads somewhere, or to another host."""
    if not link.strip() and link:
        return "is blank"
    target = urljoin(base, link)
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"}:
        return None
    own = urlsplit(site.base_url)
    if parts.netloc != own.netloc:
        return None
    if not unquote(target).startswith(site.base_url):
        return "leads out of the folder of the site"
    file = _file_of(site, parts._replace(query="", fragment="").geturl())
    if file is None:
        return "leads nowhere"
    if parts.fragment and file in site.pages and unquote(parts.fragment) not in site.pages[file].ids:
        return "there is no such part"
    return None


def _file_of(site: BuiltSite, target: str) -> str | None:
    """Return the address of the file that answers for `target`, as a plain file server would."""
    path = unquote(target)
    candidates = (path, f"{path}index.html") if path.endswith("/") else (path,)
    return next((candidate for candidate in candidates if candidate in site.files), None)
