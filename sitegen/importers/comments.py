"""Captured comments made harmless before anything of them reaches the disk: the first of two walls.

Readers hand over what a platform says. Here bodies are sanitised, names that are e-mail addresses go, addresses that no
link may have go, and so do pictures elsewhere. What is written is read again by the parser of snapshots, which refuses
personal data, and every body is sanitised once more when it is shown.
"""

import re
from collections.abc import Sequence

from sitegen.importers.records import CapturedThread
from sitegen.model.values import replace
from sitegen.parse.comment_format import (
    AnchorRecord,
    AuthorRecord,
    BodyRecord,
    CommentRecord,
    EditRecord,
    MentionRecord,
    RatingRecord,
    TimeRecord,
)
from sitegen.parse.personal_data import strip_mail, strip_personal
from sitegen.parse.sanitize import clean_line, clean_text, sanitize_comment_html

_WEB = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_AVATAR_IMAGE = re.compile(r"<img\b[^<>]*gravatar\.com/[^<>]*>", re.IGNORECASE)
_AVATAR = re.compile(r"""https?://[^\s"'<>]*gravatar\.com/[^\s"'<>]*""", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000


def secure_thread(thread: CapturedThread) -> CapturedThread:
    """Return `thread` with nothing in it that must not stand in a snapshot."""
    return replace(
        thread,
        comments=tuple(_secure_comment(comment) for comment in thread.comments),
        mentions=tuple(_secure_mention(mention) for mention in thread.mentions),
        ratings=tuple(_secure_rating(rating) for rating in thread.ratings),
        snapshot=thread.snapshot.model_copy(
            update={
                "origin_url": _keep_web(thread.snapshot.origin_url),
                "warnings": _secure_lines(thread.snapshot.warnings or ()) or None,
            }
        ),
    )


def _secure_comment(comment: CommentRecord) -> CommentRecord:
    if comment.status == "deleted":
        return CommentRecord(
            id=comment.id,
            parent=comment.parent,
            published=_secure_time(comment.published),
            body=BodyRecord(text=""),
            status="deleted",
            closed=comment.closed,
        )
    return comment.model_copy(
        update={
            "reply_to_name": _keep_name(comment.reply_to_name),
            "author": _secure_author(comment.author),
            "published": _secure_time(comment.published),
            "edited": _secure_edit(comment.edited),
            "body": _secure_body(comment.body),
            "anchor": _secure_anchor(comment.anchor),
            "url": _keep_web(comment.url),
        }
    )


def _secure_author(author: AuthorRecord | None) -> AuthorRecord | None:
    if author is None:
        return None
    kept = AuthorRecord(name=_keep_name(author.name), url=_keep_web(author.url), kind=clean_line(author.kind))
    return kept if kept != AuthorRecord() else None


def _secure_body(body: BodyRecord) -> BodyRecord:
    """Return a body without harm; addresses of Gravatar hold a hash of an e-mail address."""
    text = _AVATAR.sub("https://gravatar.com/", _AVATAR_IMAGE.sub("", body.text))
    cleaned = sanitize_comment_html(text) if body.format == "html" else clean_text(text)
    return BodyRecord(format=body.format, text=cleaned.strip("\n"), lang=clean_line(body.lang))


def _secure_time(time: TimeRecord | None) -> TimeRecord | None:
    return time.model_copy(update={"raw": clean_line(time.raw)}) if time else None


def _secure_edit(edit: EditRecord | None) -> EditRecord | None:
    if edit is None:
        return None
    kept = EditRecord(
        at=_secure_time(edit.at),
        precision=edit.precision,
        raw=clean_line(edit.raw),
        by=_keep_name(edit.by),
        note=strip_mail(clean_line(edit.note) or "") or None,
    )
    return kept if kept != EditRecord() else None


def _secure_anchor(anchor: AnchorRecord | None) -> AnchorRecord | None:
    if anchor is None or not clean_text(anchor.quote).strip():
        return None
    return AnchorRecord(
        quote=clean_text(anchor.quote),
        prefix=clean_text(anchor.prefix) if anchor.prefix else None,
        suffix=clean_text(anchor.suffix) if anchor.suffix else None,
        question=clean_line(anchor.question),
    )


def _secure_mention(mention: MentionRecord) -> MentionRecord:
    return mention.model_copy(
        update={
            "url": _keep_web(mention.url),
            "author": _secure_author(mention.author),
            "published": _secure_time(mention.published),
        }
    )


def _secure_rating(rating: RatingRecord) -> RatingRecord:
    return rating.model_copy(update={"label": clean_line(rating.label), "key": clean_line(rating.key)})


def _secure_lines(lines: Sequence[str]) -> list[str]:
    return [line for line in map(clean_line, lines) if line]


def _keep_name(name: str | None) -> str | None:
    """Return a displayed name without what tells more than that."""
    cleaned = clean_line(name)
    return strip_personal(cleaned) if cleaned else None


def _keep_web(address: str | None) -> str | None:
    """Return an address that may stand behind a link: without a name or password in it, and none of Gravatar."""
    cleaned = clean_text(address).strip() if address else ""
    sound = len(cleaned) <= _LONGEST_ADDRESS and _WEB.fullmatch(cleaned) and not _AVATAR.match(cleaned)
    return cleaned if sound else None
