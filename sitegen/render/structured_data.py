"""JSON-LD: what a page says of itself, with the comments that only its renderer knows."""

from collections.abc import Iterable, Iterator

from sitegen.model.comment_views import CommentsView
from sitegen.model.comments import PlacedComment
from sitegen.model.json_value import JsonObject, JsonValue
from sitegen.model.names import Html
from sitegen.model.views import SiteView
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.text import collapse_spaces, read_plain
from sitegen.render.json_text import embed_json
from sitegen.render.moments import format_iso


def write_things(things: Iterable[JsonObject]) -> tuple[Html, ...]:
    """Return the objects of a page as JSON, each safe inside a script element."""
    return tuple(embed_json(thing) for thing in things)


def write_discussed(
    things: Iterable[JsonObject], comments: CommentsView, page: str, site: SiteView
) -> tuple[Html, ...]:
    """Return the same for a document at `page`, its absolute address, with the comments that stand open on it.

    All are counted; the text of those that are folded, or on further pages, is not carried twice.
    """
    document, *others = things
    visible = list(_describe_comments(comments, page, site))
    document = {**document, "commentCount": comments.count, "comment": visible}
    return write_things((document, *others))


def _describe_comments(comments: CommentsView, page: str, site: SiteView) -> Iterator[JsonObject]:
    """Yield every comment but tombstones. One without a name has no author here: nothing is made up for machines."""
    tombstones = {placed.comment.anchor for placed in comments.items if placed.comment.deleted}
    for placed in comments.items[: comments.open]:
        if not placed.comment.deleted:
            yield _describe_comment(placed, page, site, tombstones)


def _describe_comment(placed: PlacedComment, page: str, site: SiteView, tombstones: set[str]) -> JsonObject:
    comment, parent = placed.comment, placed.parent_anchor
    address = f"{page}#{comment.anchor}"
    data: dict[str, JsonValue] = {"@type": "Comment", "@id": address, "url": address}
    if text := _read_body(comment.body):
        data["text"] = text
    if comment.language:
        data["inLanguage"] = comment.language
    if comment.published:
        data["dateCreated"] = format_iso(comment.published, site.timezone)
    if comment.author.name:
        data["author"] = {"@type": "Person", "name": comment.author.name}
    if parent and parent not in tombstones:
        data["parentItem"] = {"@id": f"{page}#{parent}"}
    return data


def _read_body(body: Html) -> str:
    """Return the text of a comment. Most are one paragraph of words alone, whose tags are the only ones."""
    if body.startswith("<p>") and body.endswith("</p>") and body.count("<") == len(("<p>", "</p>")):
        words = body[len("<p>") : -len("</p>")]
        if "&" not in words and "{" not in words:
            return collapse_spaces(words)
    return read_plain(scan_html(body))
