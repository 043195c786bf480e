"""Comments as WordPress itself prints them: `wp_list_comments`, in both formats of `Walker_Comment` (6.x), and near it.

`<li id="comment-N" class="comment depth-1">` holds the comment and, in a list of their own, its replies. Themes
change the tags; the classes `fn`, `comment-content`, `children` and the `datetime` of the time mostly stay.
"""

import re

from sitegen.importers.pages.facts import PageFacts
from sitegen.importers.pages.markup import (
    Node,
    find,
    find_all,
    list_children,
    list_classes,
    read_attribute,
    read_text,
    remove_all,
)
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.pages.wpdiscuz import LineFinder
from sitegen.importers.records import Withheld
from sitegen.parse.comment_format import AuthorRecord, BodyRecord, CommentRecord, MentionRecord, TimeRecord

_ID = re.compile(r"(?:li-)?comment-(\d{1,18})")
_KINDS = frozenset({"pingback", "trackback"})
_LISTS = frozenset({"ol", "ul"})
_CONTENT = (".comment-content", ".comment-text", ".comment_content", "[itemprop='text']")
_TIMES = ("time[datetime]", "time", ".comment-metadata a", ".comment-meta a", ".comment-date", ".comment-link")
_FURNITURE = (
    ".comment-author, .comment-meta, .comment-metadata, .reply, .comment-awaiting-moderation, footer, header, form"
)
_FARTHEST = 40
"""How many elements may stand between a reply and the comment that it answers."""
_LONGEST_NAME = 200


def read_comment_list(root: Node, facts: PageFacts, times: SourceTimes, name: str, lines: LineFinder) -> None:
    """Put the comments of a page into `facts`; raises ContentError for times that nobody has said how to read."""
    facts.closed = find(root, "#commentform", "#respond form") is None
    for node in find_all(root, "li[id*='comment-'], div[id^='comment-'].comment, article[id^='comment-'].comment"):
        match = _ID.fullmatch(read_attribute(node, "id"))
        if match:
            _read(node, match, facts, times, name, lines.find(f"comment-{match[1]}"))
    if find(root, ".comment-navigation a", ".comments-pagination a", "a[href*='/comment-page-']") is not None:
        facts.is_cut = True


def _read(node: Node, match: re.Match[str], facts: PageFacts, times: SourceTimes, name: str, line: int) -> None:
    identity = f"wp-{match[1]}"
    classes = set(list_classes(node))
    own = [child for child in list_children(node) if child.tag not in _LISTS and "children" not in list_classes(child)]
    if _find(own, ".comment-awaiting-moderation") is not None:
        facts.withheld.append(Withheld(id=identity, reason="pending"))
        return
    author = _read_author(own)
    published = _read_time(own, times, name, line)
    kind = next(iter(classes & _KINDS), None)
    if kind:
        link = _find(own, "a[href]")
        url = read_attribute(link, "href") or None
        mention = AuthorRecord(name=read_text(link)[:_LONGEST_NAME] or None, url=url)
        facts.mentions.append(MentionRecord(id=identity, kind=kind, url=url, author=mention, published=published))
        return
    facts.comments.append(
        CommentRecord(
            id=identity,
            parent=_find_parent(node),
            author=author,
            published=published,
            body=BodyRecord(format="html", text=_read_body(own)),
            pinned="sticky" in classes,
        )
    )


def _find(nodes: list[Node], selector: str) -> Node | None:
    """Return the first element for `selector` among some elements and in them."""
    return next((found for node in nodes if (found := _find_in(node, selector)) is not None), None)


def _find_in(node: Node, selector: str) -> Node | None:
    return node if node.css_matches(selector) and node.parent is None else node.css_first(selector)


def _read_author(own: list[Node]) -> AuthorRecord | None:
    shown = next((found for selector in (".fn", "cite", ".comment-author") if (found := _find(own, selector))), None)
    name = read_text(shown)[:_LONGEST_NAME]
    link = find(shown, "a[href]") or _find(own, ".comment-author a[href]")
    return AuthorRecord(name=name, url=read_attribute(link, "href") or None) if name else None


def _read_time(own: list[Node], times: SourceTimes, name: str, line: int) -> TimeRecord | None:
    for selector in _TIMES:
        shown = _find(own, selector)
        written = read_attribute(shown, "datetime") or read_text(shown)
        if written:
            return times.read(written, name, line)
    return None


def _read_body(own: list[Node]) -> str:
    shown = next((found for selector in _CONTENT if (found := _find(own, selector)) is not None), None)
    if shown is not None:
        return (shown.inner_html or "").strip()
    for node in own:
        remove_all(node, _FURNITURE)
    return "\n".join(node.inner_html or "" for node in own).strip()


def _find_parent(node: Node) -> str | None:
    above = node.parent
    for _ in range(_FARTHEST):
        if above is None:
            return None
        match = _ID.fullmatch(read_attribute(above, "id"))
        if match:
            return f"wp-{match[1]}"
        above = above.parent
    return None
