"""The REST API of one WordPress site: finding it, asking for its lists page by page, and remembering what it said.

https://developer.wordpress.org/rest-api/: discovery, pagination and the endpoints of `wp/v2`, as of WordPress 6.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlencode, urljoin

from pydantic import BaseModel, ValidationError

from sitegen.errors import UsageError
from sitegen.importers.web.failures import FetchError, PassingError
from sitegen.importers.web.fetch import Answer, Limits
from sitegen.importers.web.visitor import Visitor
from sitegen.importers.wordpress.rest_format import IndexItem
from sitegen.storage.files import write_atomic

Item = TypeVar("Item", bound=BaseModel)

PER_PAGE = 100
"""The most that WordPress gives at once."""
_LIMITS = Limits(size=50_000_000, seconds=120)
_REL = "https://api.w.org/"
_LINK_HEADER = re.compile(rf'<([^<>]+)>\s*;[^,]*\brel="?{re.escape(_REL)}"?')
_LINK_TAG = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_FRESH = timedelta(days=1)
"""How long a remembered answer counts."""


class RefusedError(FetchError):
    """The server answers, and does not give what it was asked for."""

    def __init__(self, message: str, status: int, code: str) -> None:
        """Say so in `message`; `code` is WordPress's name of the reason."""
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: tuple[Item, ...]
    """What is on it."""
    total: int | None
    """How many items the list has, as the server counts them."""
    pages: int | None
    """How many pages it has."""


def find_api(visitor: Visitor, address: str) -> tuple[str, IndexItem]:
    """Return the root of the API of the site at `address`, and what it says of itself.

    Raises UsageError where there is none, FetchError where the server cannot be asked.
    """
    front = visitor.ask(address, _LIMITS, lambda answer: answer)
    index = _read_index(front)
    if index:
        return front.address, index
    guesses = (*_find_links(front), urljoin(front.address, "wp-json/"), urljoin(front.address, "?rest_route=/"))
    for root in dict.fromkeys(guesses):
        try:
            found = visitor.ask(root, _LIMITS, _read_index)
        except FetchError:
            continue
        if found:
            return root, found
    raise UsageError(
        f"{address} has no REST API of WordPress that answers",
        "look at /wp-json/ there: a plugin may have closed it; `sitegen import wxr` reads an export",
    )


def _find_links(front: Answer) -> Iterator[str]:
    for match in _LINK_HEADER.finditer(front.headers.get("link", "")):
        yield urljoin(front.address, match[1])
    for tag in _LINK_TAG.findall(front.body.decode("utf-8", "replace")):
        href = _HREF.search(tag)
        if _REL in tag and href:
            yield urljoin(front.address, html.unescape(href[1]))


def _read_index(answer: Answer) -> IndexItem | None:
    """Return what the root of an API says; None where it is none."""
    if answer.status != HTTPStatus.OK:
        return None
    try:
        index = IndexItem.model_validate(json.loads(answer.body))
    except (ValueError, RecursionError):
        return None
    return index if "wp/v2" in index.namespaces else None


class Api:
    """Asks for lists of one site."""

    def __init__(self, root: str, visitor: Visitor, memory: Path | None, clock: datetime) -> None:
        """Ask the API at `root`; what was said within a day before `clock` is in the folder `memory`."""
        self._root = root
        self._visitor = visitor
        self._memory = memory
        self._clock = clock

    def list_pages(self, route: str, kind: type[Item], parameters: Mapping[str, str]) -> Iterator[Page[Item]]:
        """Yield a list page by page, each item once; raises RefusedError where it is not given out.

        A list ends where the server says how many pages there are, else with an empty page or with the error that
        WordPress gives behind the last one.
        """
        seen: set[object] = set()
        number = 0
        while True:
            number += 1
            try:
                page = self._get(route, kind, {**parameters, "per_page": str(PER_PAGE), "page": str(number)})
            except RefusedError as refusal:
                if number > 1 and refusal.code == "rest_post_invalid_page_number":
                    return
                raise
            fresh = tuple(item for item in page.items if _identify(item) not in seen)
            seen.update(_identify(item) for item in fresh)
            yield Page(items=fresh, total=page.total, pages=page.pages)
            if not fresh or (page.pages is not None and number >= page.pages):
                return

    def _get(self, route: str, kind: type[Item], parameters: Mapping[str, str]) -> Page[Item]:
        query = urlencode({**parameters, "_fields": ",".join(kind.model_fields)}, safe=",")
        if "rest_route=" in self._root:
            address = f"{self._root}{route}&{query}"
        else:
            address = f"{self._root.rstrip('/')}/{route}?{query}"
        page = self._recall(address, kind)
        if page is None:
            page = self._visitor.ask(
                address, _LIMITS, lambda answer: _read_page(answer, kind), accept="application/json"
            )
            self._remember(address, page)
        return page

    def _name_file(self, address: str) -> Path | None:
        return self._memory / f"{hashlib.sha256(address.encode()).hexdigest()}.json" if self._memory else None

    def _recall(self, address: str, kind: type[Item]) -> Page[Item] | None:
        """Return what the server has said lately; what cannot be read was never said."""
        file = self._name_file(address)
        try:
            kept = json.loads(file.read_bytes()) if file and file.is_file() else None
            if not kept or not timedelta(0) <= self._clock - datetime.fromisoformat(kept["at"]) <= _FRESH:
                return None
            items = tuple(kind.model_validate(item) for item in kept["items"])
            return Page(items=items, total=kept["total"], pages=kept["pages"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def _remember(self, address: str, page: Page[Item]) -> None:
        file = self._name_file(address)
        if file is None:
            return
        kept = {
            "at": self._clock.isoformat(),
            "total": page.total,
            "pages": page.pages,
            "items": [item.model_dump(mode="json") for item in page.items],
        }
        write_atomic(file, json.dumps(kept).encode())


def _identify(item: BaseModel) -> object:
    return getattr(item, "id", None)


def _read_page(answer: Answer, kind: type[Item]) -> Page[Item]:
    where = answer.address.partition("?")[0]
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not media_type.endswith("json"):
        if answer.status != HTTPStatus.OK:
            raise RefusedError(f"{where} is not given out (HTTP {answer.status})", answer.status, "")
        message = f"{where} answers with {media_type or 'something'} instead of JSON"
        raise FetchError(message, "a firewall or a login may stand before it; `sitegen import wxr` reads an export")
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError) as failure:
        raise PassingError(f"{where}: the answer is no whole JSON") from failure
    if answer.status != HTTPStatus.OK:
        code = data.get("code") if isinstance(data, dict) else None
        raise RefusedError(f"{where} is not given out (HTTP {answer.status})", answer.status, str(code or ""))
    if not isinstance(data, list):
        raise FetchError(f"{where} is no list of WordPress")
    try:
        items = tuple(kind.model_validate(item) for item in data)
    except ValidationError as failure:
        raise FetchError(f"{where} holds something that WordPress does not write") from failure
    total, pages = (_read_number(answer.headers.get(name)) for name in ("x-wp-total", "x-wp-totalpages"))
    return Page(items=items, total=total, pages=pages)


def _read_number(header: str | None) -> int | None:
    return int(header[:12]) if header and header.isascii() and header.isdigit() else None
