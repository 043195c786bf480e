"""The comments and ratings of an exported item, with what wpDiscuz 7.6 keeps of them.

Public is what WordPress itself shows: `comment_approved` is exactly `1`, and the type is empty, `comment` or that of a
comment which wpDiscuz holds at the top, on an item that everybody may read. Everything else is counted and left out.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from sitegen.importers.threads import Found, make_id
from sitegen.importers.wordpress.paragraphs import autop
from sitegen.importers.wordpress.php import PhpError, parse_php
from sitegen.importers.wordpress.plain_text import Passage
from sitegen.importers.wordpress.posts import read_plain
from sitegen.importers.wordpress.times import read_date, write_instant
from sitegen.importers.wordpress.wxr_format import Item, ItemComment
from sitegen.importers.wordpress.wxr_survey import Survey
from sitegen.parse.comment_format import AnchorRecord, AuthorRecord, MentionRecord, RatingRecord, TimeRecord

PREFIX = "wp-"
"""What the ids of comments begin with."""
_STICKY = "wpdiscuz_sticky"
_PUBLIC = frozenset({"", "comment", _STICKY})
_MENTIONS = frozenset({"pingback", "trackback"})
_UNAPPROVED: Mapping[str, str] = {"spam": "spam", "trash": "trash", "post-trashed": "trash"}
_RATING = "wpdiscuz_post_rating"
_COUNT = "wpdiscuz_post_rating_count"
_VOTES = "wpdiscuz_votes_seperate"
_MOST = 10**12


@dataclass(slots=True)
class Times:
    """Reads times; remembers whether one had to be taken for local."""

    zone: tzinfo
    """The zone of local times."""
    local: int = 0
    """How many times were read as local ones so far."""

    def read(self, universal: str, local: str) -> datetime | None:
        """Return an instant: as UTC where that is told, else as local time; None for zeros."""
        at = read_date(universal)
        if at is None:
            at = read_date(local, self.zone)
            self.local += at is not None
        return at


@dataclass(slots=True, kw_only=True)
class CommentReader:
    """Reads the comments of items."""

    survey: Survey
    """Names of accounts."""
    times: Times
    """Reads times."""
    unread_votes: int = 0
    """On how many comments the votes could not be read."""
    lost_anchors: int = 0
    """How many comments answer a passage of the text that cannot be told."""
    _seen: set[str] = field(default_factory=set)

    def read(
        self, item: Item, passages: Sequence[Passage], *, is_public: bool
    ) -> tuple[list[Found], list[MentionRecord]]:
        """Return comments and mentions of an item; `passages` are those of its text that readers may answer."""
        found: list[Found] = []
        mentions: list[MentionRecord] = []
        for comment in item.comments:
            reason = self._judge(comment, is_public=is_public)
            if reason is None and comment.type in _MENTIONS:
                mentions.append(self._make_mention(comment))
            elif reason is None:
                found.append(self._make_comment(comment, item, passages))
            else:
                found.append(Found(id=comment.id, withheld=reason))
        return found, mentions

    def _judge(self, comment: ItemComment, *, is_public: bool) -> str | None:
        """Return why a comment is not public; None for one that is."""
        if not comment.id or comment.id == "0":
            return "no-id"
        if comment.id in self._seen:
            return "duplicate"
        self._seen.add(comment.id)
        if comment.type == "private":
            return "private"
        if comment.type not in _PUBLIC and comment.type not in _MENTIONS:
            return "note" if comment.type.endswith("note") else "not-public"
        if comment.approved != "1":
            return _UNAPPROVED.get(comment.approved, "pending")
        return None if is_public else "not-public"

    def _make_mention(self, comment: ItemComment) -> MentionRecord:
        at = write_instant(self.times.read(comment.date_gmt, comment.date))
        name = read_plain(comment.author)
        return MentionRecord(
            id=make_id(PREFIX, comment.id),
            kind=comment.type,
            url=comment.site or None,
            author=AuthorRecord(name=name) if name else None,
            published=TimeRecord(at=at) if at else None,
        )

    def _make_comment(self, comment: ItemComment, item: Item, passages: Sequence[Passage]) -> Found:
        up, down, score = self._read_votes(comment.meta)
        return Found(
            id=comment.id,
            parent=comment.parent if comment.parent not in {"", "0"} else None,
            name=read_plain(comment.author) or None,
            site=comment.site or None,
            kind=self._find_kind(comment, item),
            at=write_instant(self.times.read(comment.date_gmt, comment.date)),
            edited=write_instant(read_date(comment.meta.get("wpdiscuz_last_edited_at"))),
            edited_by=self.survey.find_person(comment.meta.get("wpdiscuz_last_edited_by", "")),
            text=autop(comment.content),
            up=up,
            down=down,
            score=score,
            pinned=comment.type == _STICKY,
            closed=comment.meta.get("wpdiscuz_closed") == "1",
            anchor=self._find_anchor(comment, passages),
            url=f"{item.link}#comment-{comment.id}" if item.link else None,
        )

    def _find_kind(self, comment: ItemComment, item: Item) -> str:
        if comment.user in {"", "0"}:
            return "guest"
        return "author" if item.creator and self.survey.logins.get(comment.user) == item.creator else "member"

    def _read_votes(self, meta: Mapping[str, str]) -> tuple[int | None, int | None, int | None]:
        """Return votes for and against, and the net result where only that is known."""
        written = meta.get(_VOTES, "")
        if written:
            try:
                value = parse_php(written)
            except PhpError:
                self.unread_votes += 1
            else:
                votes = value if isinstance(value, Mapping) else {}
                up, down = _read_count(votes.get("like")), _read_count(votes.get("dislike"))
                if up is not None or down is not None:
                    return up or 0, abs(down or 0), None
                self.unread_votes += 1
        return None, None, _read_count(meta.get("wpdiscuz_votes"))

    def _find_anchor(self, comment: ItemComment, passages: Sequence[Passage]) -> AnchorRecord | None:
        """Return the passage that a comment answers.

        An export names it by a number of the database, which the text does not have: only a single one is certain.
        """
        if comment.meta.get("wpdiscuz_feedback_form_id", "0") in {"", "0"}:
            return None
        if len(passages) != 1:
            self.lost_anchors += 1
            return None
        only = passages[0]
        return AnchorRecord(
            quote=only.quote, prefix=only.prefix or None, suffix=only.suffix or None, question=only.question
        )


def _read_count(value: object) -> int | None:
    """Return a number of votes as wpDiscuz writes it, as text or number; None for what is none."""
    try:
        number = int(value) if isinstance(value, int | str) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < _MOST else None


def read_ratings(meta: Mapping[str, str]) -> tuple[RatingRecord, ...]:
    """Return the ratings of an item: its own, then those of further fields."""
    return tuple(_list_ratings(meta))


def _list_ratings(meta: Mapping[str, str]) -> Iterator[RatingRecord]:
    own = _make_rating("post", "Article Rating", meta.get(_RATING), meta.get(_COUNT))
    if own:
        yield own
    for name in sorted(meta):
        key = name.removeprefix(f"{_RATING}_")
        if key == name or name == _COUNT or key.startswith("count_"):
            continue
        label = key.replace("_", " ").replace("-", " ").strip().capitalize()
        rating = _make_rating(key, label, meta[name], meta.get(f"{_COUNT}_{key}"))
        if rating:
            yield rating


def _make_rating(key: str, label: str, value: str | None, count: str | None) -> RatingRecord | None:
    """Return a rating; None without votes."""
    try:
        average, votes = float(value or 0), int(count or 0)
    except ValueError:
        return None
    if votes < 1 or votes >= _MOST or not math.isfinite(average) or not 1 <= average <= 5:
        return None
    return RatingRecord(key=key, label=label, value=average, count=votes, best=5, worst=1)
