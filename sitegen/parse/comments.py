"""Comment snapshots: from the text of a file to comments that may stand in a page."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from sitegen.errors import ContentError, Problem
from sitegen.model.article import Rating
from sitegen.model.comments import (
    AuthorKind,
    Comment,
    CommentAuthor,
    CommentEdit,
    Mention,
    MentionKind,
    Passage,
    Provenance,
    Reaction,
    Votes,
)
from sitegen.model.moment import Moment
from sitegen.model.names import Html
from sitegen.parse.addresses import is_mail_address
from sitegen.parse.comment_anchors import choose_anchors
from sitegen.parse.comment_findings import Findings
from sitegen.parse.comment_records import (
    WrittenAuthor,
    WrittenBody,
    WrittenComment,
    WrittenEdit,
    WrittenMention,
    WrittenPassage,
    WrittenRating,
    WrittenSnapshot,
    WrittenSource,
    WrittenTime,
    read_sound,
)
from sitegen.parse.comment_times import NoTimeError, read_moment, resolve_relative
from sitegen.parse.personal_data import describe_personal, holds_avatar, holds_hash, holds_mail
from sitegen.parse.places import Path
from sitegen.parse.sanitize import LONGEST_BODY, clean_line, clean_text, render_comment_text, sanitize_comment_html

_AFTER_ALL = datetime.max.replace(tzinfo=UTC)
_WEB = re.compile(r"https?://[^\s/?#\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
OWN = "own-"
"""Before the ids of comments that were written into a snapshot here, and not captured."""
_AVATAR = "holds an address of Gravatar with the hash of an e-mail address"
_LONGEST_ADDRESS = 2_000
_LONGEST_QUOTE = 2_000
_LONGEST_CONTEXT = 64
_LONGEST_SIGN = 40
_NOBODY = CommentAuthor()
_NO_VOTES = Votes()
_KINDS: Mapping[str, AuthorKind] = {"editor": "editor", "author": "author", "member": "member"}
"""What somebody may be to the site; any other word of a platform says nothing to readers."""
_MENTIONS: Mapping[str, MentionKind] = {"like": "like", "favourite": "like", "repost": "repost", "reblog": "repost"}
"""Kinds of mentions that are counted; any other is a page that mentions the article."""


class Snapshot(Struct, frozen=True, kw_only=True):
    """A snapshot, sound and harmless; not yet threaded."""

    provenance: Provenance
    """Where it comes from."""
    closed: bool
    """Whether the source had closed its comments."""
    ratings: tuple[Rating, ...]
    """Ratings that the source showed; the first is the article's own."""
    comments: tuple[Comment, ...]
    """In the order of the file."""
    mentions: tuple[Mention, ...]
    """Pages elsewhere that mention the article, the oldest first."""
    warnings: tuple[Problem, ...]
    """What is worth saying, though nothing is lost by it."""


def parse_snapshot(text: str, path: str) -> Snapshot:
    """Return the snapshot in `text`, the content of the file `path`, in the format `sitegen.comments/1`.

    Raises ContentError with every problem at its place: what is not JSON or not the format, ids that stand twice, times
    without a zone, personal data that must never be in a snapshot.
    """
    text = text.removeprefix("\ufeff")
    findings = Findings(text, path)
    snapshot = _Reading(findings).read(read_sound(text) or _check(text, path, findings))
    if findings.problems:
        raise ContentError(findings.list_problems())
    return snapshot


def _check(text: str, path: str, findings: Findings) -> WrittenSnapshot:
    """Return what a snapshot says in which not all may be well; raises ContentError where it cannot be read."""
    # Loading this takes longer than reading hundreds of snapshots that are sound.
    from sitegen.parse.comment_checks import check_snapshot  # noqa: PLC0415

    return check_snapshot(text, path, findings)


class _Reading:
    """The reading of one snapshot that has the right shape."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._captured: Moment | None = None

    def read(self, record: WrittenSnapshot) -> Snapshot:
        """Return the snapshot; it is only sound if there are no problems."""
        source = record.snapshot
        place: Path = ("snapshot",)
        if source.captured_at is not None:
            self._captured = self._read_time(source.captured_at, place, "captured_at")
        ids = tuple(dict.fromkeys([comment.id for comment in record.comments]))
        if len(ids) < len(record.comments):
            self._refuse_twice(record.comments)
        if source.captured_count is not None or source.declared_count is not None:
            self._check_counts(source, record.comments)
        anchors = dict(zip(ids, choose_anchors(ids), strict=True))
        return Snapshot(
            provenance=Provenance(
                platform=clean_line(source.platform),
                origin_url=self._keep_web(source.origin_url, (*place, "origin_url")) if source.origin_url else None,
                captured_at=self._captured,
                declared_count=source.declared_count,
            ),
            closed=record.closed,
            ratings=tuple(
                rating for index, item in enumerate(record.ratings) if (rating := self._read_rating(item, index))
            ),
            comments=tuple(
                [
                    self._read_comment(item, anchors[item.id], ("comments", index))
                    for index, item in enumerate(record.comments)
                ]
            ),
            mentions=self._read_mentions(record.mentions),
            warnings=self._findings.list_warnings(),
        )

    def _refuse_twice(self, comments: Sequence[WrittenComment]) -> None:
        """Refuse every id that stands again."""
        first: dict[str, int] = {}
        for index, comment in enumerate(comments):
            if comment.id in first:
                line = self._findings.find(("comments", first[comment.id], "id")).line
                message = f"the id `{comment.id}` stands here again; it is already on line {line}"
                self._findings.refuse(("comments", index, "id"), message, "give each comment an id of its own")
            first.setdefault(comment.id, index)

    def _check_counts(self, source: WrittenSource, comments: Sequence[WrittenComment]) -> None:
        """Warn where the snapshot does not hold what it says: it may have been cut short."""
        taken = [comment for comment in comments if not comment.id.startswith(OWN)]
        there = len(taken)
        readable = sum(comment.status == "published" for comment in taken)
        if source.captured_count not in {None, there}:
            message = f"says that {source.captured_count} comments were taken, but {there} are here"
            self._findings.warn(("snapshot", "captured_count"), message)
        if source.declared_count not in {None, there, readable}:
            message = f"the source said it had {source.declared_count} comments, but {there} are here"
            hint = "look at the source whether some are missing"
            self._findings.warn(("snapshot", "declared_count"), message, hint)

    def _read_comment(self, record: WrittenComment, anchor: str, where: Path) -> Comment:
        published = self._read_time(record.published, where, "published")
        author = self._read_author(record.author, where) if record.author else _NOBODY
        body = WrittenBody(text=record.body) if isinstance(record.body, str) else record.body
        if record.status == "deleted":
            self._check_tombstone(record, body, where)
            return Comment(
                id=record.id,
                anchor=anchor,
                parent=record.parent,
                published=published,
                body=Html(""),
                deleted=True,
                closed=record.closed,
            )
        # Most comments say little beside who wrote what and when, and what is not there needs no place.
        named, votes = record.reply_to_name, record.votes
        return Comment(
            id=record.id,
            anchor=anchor,
            parent=record.parent,
            reply_to_name=self._read_name(named, where, "reply_to_name") if named else None,
            author=author,
            published=published,
            edited=self._read_edit(record.edited, (*where, "edited")) if record.edited else None,
            body=self._read_body(body, where),
            language=self._read_language(body.lang, where) if body.lang else None,
            votes=Votes(up=votes.up, down=votes.down, score=votes.score) if votes else _NO_VOTES,
            reactions=_read_reactions(record.reactions) if record.reactions else (),
            passage=_read_passage(record.anchor) if record.anchor else None,
            pinned=record.pinned,
            closed=record.closed,
            url=self._keep_web(record.url, (*where, "url")) if record.url else None,
        )

    def _check_tombstone(self, record: WrittenComment, body: WrittenBody, where: Path) -> None:
        """Warn where more is left of a deleted comment than its place."""
        if body.text.strip() or (record.author and record.author.name):
            self._findings.warn_private(
                (*where, "status"),
                f"the comment `{record.id}` is deleted, but what it said or who wrote it is still in the file",
                "empty `body.text` and `author`, here and in the history of the repository",
            )

    def _read_author(self, written: str | WrittenAuthor | None, where: Path) -> CommentAuthor:
        if written is None:
            return _NOBODY
        record = WrittenAuthor(name=written) if isinstance(written, str) else written
        if record.avatar:
            self._check_avatar(record.avatar, (*where, "author", "avatar"))
        return CommentAuthor(
            name=self._read_name(record.name, where, "author", "name") if record.name else None,
            url=self._keep_web(record.url, (*where, "author", "url")) if record.url else None,
            kind=_KINDS.get(record.kind.strip().lower()) if record.kind else None,
        )

    def _check_avatar(self, avatar: str, where: Path) -> None:
        if _ELSEWHERE.match(avatar.strip()):
            self._findings.refuse_private(
                where,
                "`avatar` is a picture elsewhere: it tells others who reads the page, and may hold a hash of an e-mail",
                "write the path of a picture in the site, or null",
            )
        elif holds_hash(avatar):
            self._refuse_personal(where, "holds a hash, as of an e-mail address")

    def _read_name(self, written: str | None, where: Path, *inside: str) -> str | None:
        """Return the displayed name at `inside` of what is at `where`; what tells more than that is refused."""
        name = clean_line(written)
        held = describe_personal(name) if name else None
        if held:
            self._refuse_personal((*where, *inside), held)
        return name

    def _refuse_personal(self, where: Path, held: str) -> None:
        self._findings.refuse_private(
            where,
            f"`{where[-1]}` {held}, which must not be in a snapshot",
            "write null, here and in the history of the repository",
        )

    def _read_edit(self, record: WrittenEdit, where: Path) -> CommentEdit | None:
        inner = WrittenTime() if record.at is None else _spell_out(record.at)
        written = WrittenTime(at=inner.at, precision=inner.precision or record.precision, raw=inner.raw or record.raw)
        edit = CommentEdit(
            at=self._read_time(written, where, "at"),
            raw=clean_line(written.raw),
            by=self._read_name(record.by, where, "by"),
            note=self._read_note(record.note, (*where, "note")),
        )
        return None if edit == CommentEdit() else edit

    def _read_note(self, written: str | None, where: Path) -> str | None:
        note = clean_line(written)
        if note and holds_mail(note):
            self._refuse_personal(where, "holds an e-mail address")
        return note

    def _read_time(self, written: str | WrittenTime | None, where: Path, key: str) -> Moment | None:
        """Return the instant behind `key` of what is at `where`, at the precision that is known.

        Words such as "2 months ago" count from the capture.
        """
        if written is None:
            return None
        record = _spell_out(written)
        raw = clean_line(record.raw) if record.raw else None
        if record.at is None:
            return resolve_relative(raw, self._captured) if raw and self._captured else None
        try:
            return read_moment(record.at, record.precision, raw)
        except NoTimeError as failure:
            self._findings.refuse((*where, key, "at"), f"`{key}`: {failure}", failure.hint)
            return None

    def _read_body(self, record: WrittenBody, where: Path) -> Html:
        if len(record.text) > LONGEST_BODY:
            message = f"has more than {LONGEST_BODY:,} characters; what is beyond them is left out"
            self._findings.warn((*where, "body", "text"), message)
        if holds_avatar(record.text):
            hint = "take the address out, here and in the history of the repository"
            message = f"`text` {_AVATAR}, which must not be in a snapshot"
            self._findings.refuse_private((*where, "body", "text"), message, hint)
        return (sanitize_comment_html if record.format == "html" else render_comment_text)(record.text)

    def _read_language(self, written: str, where: Path) -> str | None:
        if _LANGUAGE.fullmatch(written):
            return written
        message = "`lang` is no language tag: it is left out"
        self._findings.warn((*where, "body", "lang"), message, "write it as `en` or `pt-BR`")
        return None

    def _read_mentions(self, records: Sequence[WrittenMention]) -> tuple[Mention, ...]:
        mentions = [self._read_mention(record, ("mentions", index)) for index, record in enumerate(records)]
        known = [mention for mention in mentions if mention.url or mention.author.name]
        return tuple(sorted(known, key=lambda mention: mention.published.at if mention.published else _AFTER_ALL))

    def _read_mention(self, record: WrittenMention, where: Path) -> Mention:
        return Mention(
            kind=_MENTIONS.get((record.kind or "").strip().lower(), "mention"),
            url=self._keep_web(record.url, (*where, "url")) if record.url else None,
            author=self._read_author(record.author, where),
            published=self._read_time(record.published, where, "published"),
        )

    def _read_rating(self, record: WrittenRating, index: int) -> Rating | None:
        where: Path = ("ratings", index)
        if record.worst >= record.best:
            self._findings.refuse((*where, "best"), f"`best` must be more than {record.worst:g}, which is `worst`")
            return None
        if record.value is None or record.count == 0:
            return None
        if not record.worst <= record.value <= record.best:
            message = f"`value` must be between {record.worst:g} and {record.best:g}"
            self._findings.refuse((*where, "value"), message)
            return None
        return Rating(
            value=record.value,
            votes=record.count,
            best=record.best,
            worst=record.worst,
            # Below the article's own rating one without a name would say nothing.
            label=clean_line(record.label) or (clean_line(record.key) if index else None) or "",
        )

    def _keep_web(self, address: str, where: Path) -> str | None:
        """Return an address that is safe behind a link; anything else is left out with a warning."""
        cleaned = clean_text(address).strip()
        if not cleaned:
            return None
        if holds_avatar(cleaned):
            self._refuse_personal(where, _AVATAR)
        if len(cleaned) <= _LONGEST_ADDRESS and _WEB.fullmatch(cleaned):
            return cleaned
        if is_mail_address(cleaned[:_LONGEST_ADDRESS]):
            self._refuse_personal(where, "is an e-mail address")
        else:
            message = f"`{where[-1]}` is left out: only addresses with http or https become links"
            self._findings.warn(where, message)
        return None


def _spell_out(written: str | WrittenTime) -> WrittenTime:
    return WrittenTime(at=written) if isinstance(written, str) else written


def _read_reactions(counts: Mapping[str, int]) -> tuple[Reaction, ...]:
    """Return what was counted, in the order of the file; `THUMBS_UP` is "thumbs up"."""
    named = ((clean_line(name.replace("_", " ").lower(), _LONGEST_SIGN), count) for name, count in counts.items())
    return tuple(Reaction(name=name, count=count) for name, count in named if name and count)


def _read_passage(record: WrittenPassage) -> Passage | None:
    quote = clean_line(record.quote, _LONGEST_QUOTE)
    if quote is None:
        return None
    return Passage(
        quote=quote,
        prefix=(clean_line(record.prefix, _LONGEST_QUOTE) or "")[-_LONGEST_CONTEXT:],
        suffix=clean_line(record.suffix, _LONGEST_CONTEXT) or "",
        question=clean_line(record.question, _LONGEST_QUOTE),
    )
