"""Which article of the site a thread of comments belongs to: by what is certain, and never by what is alike."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from sitegen.errors import ContentError, Span
from sitegen.importers.inputs import refuse_input
from sitegen.importers.ledger import Ledger
from sitegen.importers.records import CapturedThread
from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.source import DOCUMENT_SUFFIXES
from sitegen.plan.urls import document_url, old_address, plain_path

_INDEX = ("index.html", "index.htm", "index.php")
_FOLLOWING = frozenset({"fbclid", "gclid", "mc_cid", "mc_eid", "replytocom"})
"""Parameters that say where a reader came from, and not what they read; so do those that start with `utm_`."""
_NUMBERS = frozenset({"p", "page_id", "post"})
_SEPARATORS = (" | ", " - ", " \N{EN DASH} ", " \N{EM DASH} ", " \N{MIDDLE DOT} ", " :: ")
"""What themes put between a headline and the name of the site."""

_Layer = dict[str, set[str]]
"""Documents by one kind of name."""


class Finder:
    """Finds the documents of a site, named by their paths from its root."""

    def __init__(
        self, articles: Mapping[str, Article], config: Config, ledger: Ledger, chosen: Mapping[str, str]
    ) -> None:
        """Know the documents `articles`, what they were imported from, and what somebody has `chosen` by hand."""
        self._config = config
        self._base = _read_path(urlsplit(config.base_url).path)
        documents = _Documents(articles, config, ZoneInfo(config.timezone))
        self._by_address = tuple(
            _collect((key, path) for address, path in pairs for key in self._read_address(address))
            for pairs in (
                chosen.items(),
                documents.addresses(),
                documents.aliases(),
                documents.redirects(),
                ((key, entry.path) for key, entry in ledger.entries.items() if entry.path in articles),
            )
        )
        self._by_name = tuple(
            _collect(pairs)
            for pairs in (
                ((_fold(name), path) for name, path in chosen.items()),
                documents.paths(),
                documents.slugs(),
                documents.titles(),
            )
        )

    def find(self, thread: CapturedThread) -> tuple[str, ...]:
        """Return the documents that a thread may belong to: one where that is certain, none or several where not."""
        for address in thread.addresses:
            found = self._look_up_address(address)
            if found:
                return found
        if thread.prefix == "wp-" and thread.source_id:
            found = self._look_up_address(f"/?p={thread.source_id}")
            if found:
                return found
        known = (thread.source_id, thread.title) if self._by_name[0] else ()
        for name in known:
            if name and _fold(name) in self._by_name[0]:
                return _sort(self._by_name[0][_fold(name)])
        return next((found for name in thread.names if (found := self._look_up_name(name))), ())

    def suggest(self, thread: CapturedThread) -> tuple[str, ...]:
        """Return documents that have the title of a thread: not certain enough to act on, but worth a look."""
        return self._look_up_name(thread.title) if thread.title else ()

    def _look_up_address(self, address: str) -> tuple[str, ...]:
        keys = self._read_address(address)
        hits = (layer[key] for key in keys for layer in self._by_address if key in layer)
        return _sort(next(hits, ()))

    def _look_up_name(self, name: str) -> tuple[str, ...]:
        found = self._look_up_address(name if name.startswith("/") else f"/{name}")
        if found:
            return found
        for spelling in self._spell(name):
            hit = next((layer[spelling] for layer in self._by_name if spelling in layer), None)
            if hit:
                return _sort(hit)
        return ()

    def _spell(self, name: str) -> Iterator[str]:
        """Yield a name, and the headline in it where it is the title of a page."""
        folded = _fold(name)
        yield folded
        for separator in _SEPARATORS:
            ending = _fold(separator + self._config.title)
            if self._config.title and folded.endswith(ending):
                yield folded.removesuffix(ending).rstrip()

    def _read_address(self, address: str) -> tuple[str, ...]:
        """Return the keys under which an address is looked up, whatever its host; the surest first."""
        try:
            parts = urlsplit(address.strip())
            query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if _tells(name)]
        except ValueError:
            return ()
        if parts.scheme not in {"", "http", "https"} or (not parts.scheme and not address.strip().startswith("/")):
            return ()
        path = _read_path(parts.path)
        asked = f"?{urlencode(sorted(query))}" if query else ""
        keys = [path + asked]
        if self._base and path.startswith(f"{self._base}/"):
            keys.append(path[len(self._base) :] + asked)
        if len(query) == 1 and query[0][0] in _NUMBERS and query[0][1].isdecimal():
            keys.append(f"?p={query[0][1]}")
        return tuple(key for key in dict.fromkeys(keys) if key)


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of a site with everything that they are called."""

    articles: Mapping[str, Article]
    config: Config
    zone: tzinfo

    def addresses(self) -> Iterator[tuple[str, str]]:
        for path, article in self.articles.items():
            yield _quote(plain_path(document_url(article, self.config, self.zone))), path

    def aliases(self) -> Iterator[tuple[str, str]]:
        for path, article in self.articles.items():
            for alias in article.metadata.aliases:
                address, mark, query = old_address(alias).partition("?")
                yield _quote(plain_path(type(alias)(address))) + mark + query, path

    def redirects(self) -> Iterator[tuple[str, str]]:
        places = dict(self.addresses())
        for old, target in self.config.redirects.items():
            address, mark, query = old.partition("?")
            path = f"content/{target}" if f"content/{target}" in self.articles else places.get(_quote(target))
            if path:
                yield _quote(address) + mark + query, path

    def paths(self) -> Iterator[tuple[str, str]]:
        for path in self.articles:
            short = path.removeprefix("content/")
            bare = next((short.removesuffix(end) for end in DOCUMENT_SUFFIXES if short.endswith(end)), short)
            for name in {path, short, bare, bare.removesuffix("/index")}:
                yield _fold(name), path

    def slugs(self) -> Iterator[tuple[str, str]]:
        return ((_fold(article.metadata.slug), path) for path, article in self.articles.items())

    def titles(self) -> Iterator[tuple[str, str]]:
        return ((_fold(article.metadata.title), path) for path, article in self.articles.items())


def read_choices(text: str, name: str) -> Mapping[str, str]:
    """Return what somebody chose by hand, in lines of the form `ADDRESS = ARTICLE`; lines with `#` are comments.

    Raises ContentError with the line that is none of them.
    """
    choices: dict[str, str] = {}
    problems: list[ContentError] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        address, mark, article = line.rpartition(" = ")
        if not mark or not address.strip() or not article.strip():
            hint = "write `https://old.example/bridge/ = world/bridge.md`"
            problems.append(refuse_input(name, "is no line of the form `ADDRESS = ARTICLE`", hint, Span(line=number)))
        choices[address.strip()] = article.strip()
    if problems:
        raise ContentError([problem for failure in problems for problem in failure.problems])
    return choices


def _collect(pairs: Iterable[tuple[str, str]]) -> _Layer:
    layer: _Layer = {}
    for key, path in pairs:
        layer.setdefault(key, set()).add(path)
    return layer


def _sort(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found))


def _tells(parameter: str) -> bool:
    return parameter not in _FOLLOWING and not parameter.startswith("utm_")


def _read_path(path: str) -> str:
    """Return a path as it is compared: decoded, composed, without a closing slash or the name of an index file."""
    plain = unicodedata.normalize("NFC", unquote(path))
    folder, _, last = plain.rpartition("/")
    return folder.rstrip("/") if last in _INDEX else plain.rstrip("/")


def _quote(path: str) -> str:
    """Return a path, which is not encoded, in a form that `_read_path` and the splitting of addresses leave whole."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).strip("/")
