"""A small WordPress site behind its REST API, as version 6 answers: paging, errors, and fields that are private."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.importers.web.servers import Reply

PRIVATE = ("reader@mail.example", "203.0.113.77", "Mozilla/5.0", "0cc175b9c0f1b6a831c399e269772661")
"""What the server sends of its readers although nobody has asked for it."""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20

Item = Mapping[str, Any]


def post(number: int, slug: str = "", **changes: object) -> Item:
    """A post as the API has it; `HOME` in it stands for the address of the server."""
    slug = slug or f"post-{number}"
    return {
        "id": number,
        "date": f"2024-03-09T11:{number % 60:02}:00",
        "date_gmt": f"2024-03-09T10:{number % 60:02}:00",
        "modified_gmt": f"2024-03-09T10:{number % 60:02}:00",
        "slug": slug,
        "status": "publish",
        "type": "post",
        "link": f"HOME/2024/03/{slug}/",
        "title": {"rendered": f"Post &amp; number {number}"},
        "content": {"rendered": f"<p>Text {number}.</p>", "protected": False},
        "excerpt": {"rendered": "<p>Text [&hellip;]</p>", "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "open",
        "categories": [5],
        "tags": [],
        "password": "never-tell",
        **changes,
    }


def comment(number: int, on: int, **changes: object) -> Item:
    """A comment as a careless plugin makes the API give it out."""
    return {
        "id": number,
        "post": on,
        "parent": 0,
        "author": 0,
        "author_name": f"Reader {number}",
        "author_url": "",
        "author_email": PRIVATE[0],
        "author_ip": PRIVATE[1],
        "author_user_agent": PRIVATE[2],
        "author_avatar_urls": {"96": f"https://secure.gravatar.com/avatar/{PRIVATE[3]}?s=96"},
        "date": "2024-03-09T12:00:00",
        "date_gmt": "2024-03-09T11:00:00",
        "content": {"rendered": f"<p>Comment {number}.</p>"},
        "link": f"HOME/2024/03/post-{on}/#comment-{number}",
        "status": "approved",
        "type": "comment",
        "meta": {"wpdiscuz_ip": PRIVATE[1]},
        **changes,
    }


@dataclass(slots=True, kw_only=True)
class WordPress:
    """Answers as a WordPress site does."""

    posts: Sequence[Item] = ()
    pages: Sequence[Item] = ()
    comments: Sequence[Item] = ()
    media: Sequence[Item] = ()
    home: str = ""
    """Its address; the server's, once that is known."""
    root: str = "/wp-json/"
    """Where the API is; `/?rest_route=/` for a site without pretty permalinks."""
    front: str = "header"
    """How the front page names the API: `header`, `link`, or not at all."""
    tells_totals: bool = True
    """Whether it sends X-WP-Total and X-WP-TotalPages."""
    shows_users: bool = True
    shows_hidden_types: bool = False
    """Whether it lets anybody ask for pingbacks."""
    hidden: int = 0
    """How many comments it counts beyond those that it gives out."""
    trouble: list[tuple[str, Reply]] = field(default_factory=list)
    """What goes wrong first: a part of the address, and the answer, each once and in order."""

    def answer(self, path: str) -> Reply:
        """Return what the server says to a request."""
        for place, (part, reply) in enumerate(self.trouble):
            if part in path:
                del self.trouble[place]
                return reply
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        route = query.get("rest_route") or parts.path
        if parts.path in {"/", ""} and "rest_route" not in query:
            return self._front()
        is_pretty = "rest_route" not in query
        if is_pretty != (self.root == "/wp-json/"):
            return Reply(status=404, headers=(("Content-Type", "text/html"),), body=b"<p>not found")
        route = route.removeprefix("/wp-json")
        if route in {"", "/"}:
            return self._json({"name": "Old", "home": self.home, "url": self.home, "namespaces": ["wp/v2"]})
        if route.startswith("/wp-content/"):
            return Reply(headers=(("Content-Type", "image/png"),), body=PNG)
        return self._list(route.removeprefix("/wp/v2/"), query)

    def _front(self) -> Reply:
        address = f"{self.home}{self.root}"
        link = (("Link", f'<{address}>; rel="https://api.w.org/"'),) if self.front == "header" else ()
        tag = f'<link rel="https://api.w.org/" href="{address}" />' if self.front == "link" else ""
        return Reply(headers=(("Content-Type", "text/html"), *link), body=f"<!doctype html>{tag}".encode())

    def _list(self, route: str, query: Mapping[str, str]) -> Reply:
        users = [{"id": 1, "name": "Ana Ruiz", "slug": "ana", "link": f"{self.home}/author/ana/", "email": PRIVATE[0]}]
        terms = [{"id": 5, "name": "World News", "slug": "world", "link": f"{self.home}/category/world/"}]
        tags = [{"id": 8, "name": "NATO", "slug": "nato", "link": f"{self.home}/tag/nato/"}]
        if route == "users" and not self.shows_users:
            return self._error(401, "rest_user_cannot_view")
        if route == "comments":
            return self._list_comments(query)
        lists: Mapping[str, Sequence[Item]] = {
            "posts": self.posts,
            "pages": self.pages,
            "media": self.media,
            "users": users,
            "categories": terms,
            "tags": tags,
        }
        found = lists[route]
        if "include" in query:
            found = [item for item in found if str(item["id"]) in query["include"].split(",")]
        return self._page(found, query, is_strict=True)

    def _list_comments(self, query: Mapping[str, str]) -> Reply:
        kind = query.get("type", "comment")
        if kind != "comment" and not self.shows_hidden_types:
            return self._error(401, "rest_forbidden_param")
        asked = query["post"].split(",")
        if any(str(item["id"]) in asked and item["content"]["protected"] for item in self.posts):
            return self._error(403, "rest_cannot_read_post")
        found = [item for item in self.comments if str(item["post"]) in asked and item["type"] == kind]
        return self._page(found, query, is_strict=False, more=self.hidden if kind == "comment" else 0)

    def _page(self, found: Sequence[Item], query: Mapping[str, str], *, is_strict: bool, more: int = 0) -> Reply:
        size, number = int(query["per_page"]), int(query["page"])
        pages = -(-len(found) // size)
        if is_strict and number > max(1, pages):
            return self._error(400, "rest_post_invalid_page_number")
        totals = (("X-WP-Total", str(len(found) + more)), ("X-WP-TotalPages", str(pages)))
        return self._json(found[(number - 1) * size : number * size], *(totals if self.tells_totals else ()))

    def _error(self, status: int, code: str) -> Reply:
        body = json.dumps({"code": code, "message": "Sorry.", "data": {"status": status}})
        return Reply(status=status, headers=(("Content-Type", "application/json"),), body=body.encode())

    def _json(self, value: object, *headers: tuple[str, str]) -> Reply:
        body = json.dumps(value).replace("HOME", self.home)
        return Reply(headers=(("Content-Type", "application/json; charset=UTF-8"), *headers), body=body.encode())
