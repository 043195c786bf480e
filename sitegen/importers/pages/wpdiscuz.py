"""Comments of the plugin wpDiscuz as its default theme prints them (7.6, `themes/default/class.WpdiscuzWalker.php`).

`<div id="wpd-comm-{id}_{parent}">` holds `.wpd-comment-wrap` and, behind it, the same for every reply. The time is in
the format of the site, the last edit only relative, and a comment over the limit of the plugin is cut.
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
from sitegen.importers.records import Withheld
from sitegen.parse.comment_format import (
    AnchorRecord,
    AuthorRecord,
    BodyRecord,
    CommentRecord,
    EditRecord,
    MentionRecord,
    TimeRecord,
    VotesRecord,
)

_ID = re.compile(r"wpd-comm-(\d{1,18})_(\d{1,18})")
_COUNT = re.compile(r"[+-]?\d{1,12}")
_KINDS = {"administrator": "editor", "post_author": "author"}
_ROLE = "wpd-blog-"
_CUT = "[id^='wpdiscuz-readmore-']"
_LONGEST_NAME = 200
_QUOTES = " \t\"'\u201c\u201d\u2026."


def has_wpdiscuz(root: Node) -> bool:
    """Tell whether a page has comments of wpDiscuz, or a place for them."""
    return find(root, "#wpdcom", ".wpd-comment") is not None


def read_wpdiscuz(root: Node, facts: PageFacts, times: SourceTimes, name: str, lines: "LineFinder") -> None:
    """Put the comments of a page into `facts`; raises ContentError for times that nobody has said how to read."""
    thread = find(root, "#wpdcom")
    facts.closed = thread is None or "wpd-comments-open" not in list_classes(thread)
    declared = read_attribute(find(root, "[data-comments-count]"), "data-comments-count")
    facts.declared = int(declared) if _COUNT.fullmatch(declared) and int(declared) >= 0 else None
    for node in find_all(thread or root, "[id^='wpd-comm-']"):
        match = _ID.fullmatch(read_attribute(node, "id"))
        wrap = next((child for child in list_children(node) if "wpd-comment-wrap" in list_classes(child)), None)
        if match is None or wrap is None:
            continue
        reader = _Reader(node, wrap, facts, times)
        reader.read(f"wp-{match[1]}", f"wp-{match[2]}" if int(match[2]) else None, name, lines.find(match[0]))


class LineFinder:
    """Finds the line of a page on which an identifier stands first, for messages."""

    def __init__(self, text: str) -> None:
        """Look for them in `text`."""
        self._text = text
        self._offset = 0
        self._line = 1

    def find(self, identifier: str) -> int:
        """Return the line; identifiers are best asked for in their order, so that every line is counted once."""
        offset = self._text.find(identifier, self._offset)
        if offset < 0:
            return self._line
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


class _Reader:
    """One comment of a page."""

    def __init__(self, node: Node, wrap: Node, facts: PageFacts, times: SourceTimes) -> None:
        self._classes = frozenset(list_classes(node))
        self._wrap = wrap
        self._facts = facts
        self._times = times

    def read(self, identity: str, parent: str | None, name: str, line: int) -> None:
        """Put the comment where it belongs."""
        withheld = self._find_reason()
        if withheld:
            self._facts.withheld.append(Withheld(id=identity, reason=withheld))
            return
        published = self._read_time(name, line)
        kind = next((kind for kind in ("pingback", "trackback") if kind in self._classes), None)
        if kind:
            author = self._read_author()
            url = author.url if author else None
            mention = MentionRecord(id=identity, kind=kind, url=url, author=author, published=published)
            self._facts.mentions.append(mention)
            return
        if find(self._wrap, ".wpd-hidden-replies") or "wpd-hidden-replies" in list_classes(self._wrap):
            self._facts.is_cut = True
        anchor = self._take_anchor()
        self._facts.comments.append(
            CommentRecord(
                id=identity,
                parent=parent,
                reply_to_name=read_text(find(self._wrap, ".wpd-reply-to a"))[:_LONGEST_NAME] or None,
                author=self._read_author(),
                published=published,
                edited=self._read_edit(),
                body=self._read_body(),
                votes=self._read_votes(),
                anchor=anchor,
                pinned="wpd-sticky-comment" in self._classes,
                closed="wpd-closed-comment" in self._classes,
            )
        )

    def _find_reason(self) -> str | None:
        if "wpd-unapproved-comment" in self._classes:
            return "pending"
        return "private" if any(name.startswith("wpd-private") for name in self._classes) else None

    def _read_time(self, name: str, line: int) -> TimeRecord | None:
        shown = find(self._wrap, ".wpd-comment-date")
        if shown is None:
            return None
        written = read_attribute(find(shown, "time[datetime]"), "datetime") or read_attribute(shown, "title")
        written = written or read_text(shown)
        return self._times.read(written, name, line) if written else None

    def _read_author(self) -> AuthorRecord | None:
        shown = find(self._wrap, ".wpd-comment-author")
        name = read_text(shown)[:_LONGEST_NAME]
        if not name:
            return None
        roles = [role.removeprefix(_ROLE) for role in list_classes(self._wrap) if role.startswith(_ROLE)]
        kind = next((role for role in roles if role != "user"), next(iter(roles), None))
        url = read_attribute(find(shown, "a[href]"), "href") or None
        return AuthorRecord(name=name, url=url, kind=_KINDS.get(kind, kind) if kind else None)

    def _read_edit(self) -> EditRecord | None:
        written = read_text(find(self._wrap, ".wpd-comment-last-edited"))[:_LONGEST_NAME]
        return (self._times.read_edit(written) or EditRecord(raw=written)) if written else None

    def _take_anchor(self) -> AnchorRecord | None:
        """Return the passage that the comment answers, and take its quotation out of the comment."""
        quoted = find(self._wrap, ".wpd-inline-feedback-wrapper")
        if quoted is None:
            return None
        number = read_attribute(find(quoted, "[data-feedback-content-id]"), "data-feedback-content-id")
        remove_all(quoted, ".wpd-inline-feedback-info, .wpd-feedback-content-link")
        words = read_text(quoted).strip(_QUOTES)
        quoted.decompose()
        return self._facts.passages.get(number) or (AnchorRecord(quote=words) if words else None)

    def _read_body(self) -> BodyRecord:
        shown = find(self._wrap, ".wpd-comment-text")
        if find(shown, _CUT) is not None and shown is not None:
            self._facts.is_cut = True
            remove_all(shown, _CUT)
        return BodyRecord(format="html", text=(shown.inner_html or "").strip() if shown is not None else "")

    def _read_votes(self) -> VotesRecord | None:
        up = self._read_count(".wpd-vote-result-like")
        down = self._read_count(".wpd-vote-result-dislike")
        if up is not None or down is not None:
            return VotesRecord(up=up, down=abs(down) if down is not None else None)
        score = self._read_count(".wpd-vote-result")
        return VotesRecord(score=score) if score is not None else None

    def _read_count(self, selector: str) -> int | None:
        written = read_attribute(find(self._wrap, selector), "title")
        return int(written) if _COUNT.fullmatch(written) else None
