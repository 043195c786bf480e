"""Comment snapshots: from the text of a file to comments that may stand in a page."""

import difflib
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.model.article import Rating
from sitegen.model.comments import Comment, CommentAuthor, CommentEdit, Provenance, Votes
from sitegen.model.moment import Moment, Precision
from sitegen.model.names import Html
from sitegen.parse.comment_format import (
    CommentRecord,
    EditRecord,
    RatingRecord,
    SnapshotFile,
    TimeRecord,
    known_keys,
)
from sitegen.parse.json_source import Path, find_json_places, load_json
from sitegen.parse.sanitize import clean_text, render_comment_text, sanitize_comment_html

_CODE = "comments"
_PERSONAL = frozenset(
    [
        "email",
        "e_mail",
        "mail",
        "author_email",
        "authoremail",
        "ip",
        "author_ip",
        "authorip",
        "ipaddress",
        "ip_address",
        "remote_addr",
        "user_agent",
        "useragent",
        "agent",
        "gravatar",
        "email_hash",
        "emailhash",
        "avatar_hash",
        "password",
    ]
)
_WEB = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
_PREFIX = re.compile(r"^[A-Za-z][A-Za-z0-9]*-(?=.)")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_AGO = re.compile(r"(?:about\s+)?(an?|\d{1,4})\s+(second|minute|hour|day|week|month|year)s?\s+ago", re.IGNORECASE)
_LONGEST_NAME = 200
_LONGEST_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SHORT_ISO: Mapping[int, Precision] = {4: "year", 7: "month", 10: "day", 16: "minute"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot, sound and harmless; not yet threaded."""

    provenance: Provenance
    """Where it comes from."""
    closed: bool
    """Whether the source had closed its comments."""
    ratings: tuple[Rating, ...]
    """Ratings that the source showed; the first is the article's own."""
    comments: tuple[Comment, ...]
    """In the order of the file."""
    warnings: tuple[Problem, ...]
    """What is worth saying, though nothing is lost by it."""


def parse_snapshot(text: str, path: str) -> Snapshot:
    """Return the snapshot in `text`, the content of the file `path`, in the format `sitegen.comments/1`.

    Raises ContentError with every problem at its place: what is not JSON or not the format, ids that stand twice, times
    without a zone, personal data that must never be in a snapshot.
    """
    data = load_json(text.removeprefix("\ufeff"), path, _CODE)
    desk = _Desk(text.removeprefix("\ufeff"), path)
    desk.look_for_keys(data, ())
    try:
        record = SnapshotFile.model_validate(data)
    except ValidationError as failure:
        desk.refuse_all(failure.errors(include_url=False))
        raise ContentError(desk.problems) from failure
    snapshot = desk.build(record)
    if desk.problems:
        raise ContentError(desk.problems)
    return snapshot


class _Desk:
    """The reading of one snapshot."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.places: dict[Path, Span] | None = None

    def span(self, where: Path) -> Span:
        """Return the place of a value, or of what holds it."""
        if self.places is None:
            self.places = find_json_places(self.text)
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, Span(line=1))

    def look_for_keys(self, value: object, where: Path) -> None:
        """Refuse personal data, and warn of keys that the format does not know."""
        if isinstance(value, list):
            for place, item in enumerate(value):
                self.look_for_keys(item, (*where, place))
        if not isinstance(value, dict):
            return
        known = known_keys(where)
        for key, item in value.items():
            if where and key.lower().replace("-", "_") in _PERSONAL:
                self._refuse(
                    (*where, key),
                    f"`{key}` is personal data, which must not be in a snapshot",
                    "delete the key, here and in the history of the repository",
                )
            elif known is not None and key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean `{near[0]}`?" if near else "see `sitegen schema comments`"
                self.warnings.append(warning(_CODE, f"unknown key `{key}`", self.path, self.span((*where, key)), hint))
            self.look_for_keys(item, (*where, key))

    def refuse_all(self, findings: Iterable[ErrorDetails]) -> None:
        """Take over what pydantic found."""
        told: set[Path] = set()
        for details in findings:
            where = tuple(part for part in details["loc"] if not _is_inner(part))
            if where not in told:
                told.add(where)
                name = ".".join(str(part) for part in where)
                self._refuse(where, f"`{name}` {_plain(details)}")

    def build(self, record: SnapshotFile) -> Snapshot:
        """Return the snapshot."""
        source = record.snapshot
        captured_at = self._read_captured(source.captured_at)
        captured = captured_at.at if captured_at else None
        anchors = self._choose_anchors(record.comments)
        comments = tuple(
            self._build_comment(item, anchors[place], place, captured) for place, item in enumerate(record.comments)
        )
        return Snapshot(
            provenance=Provenance(
                platform=source.platform,
                origin_url=self._keep_web(source.origin_url, ("snapshot", "origin_url")),
                captured_at=captured_at,
                declared_count=source.declared_count,
            ),
            closed=record.closed,
            ratings=tuple(
                rating for place, item in enumerate(record.ratings) if (rating := self._build_rating(item, place))
            ),
            comments=comments,
            warnings=tuple(self.warnings),
        )

    def _read_captured(self, written: str | None) -> Moment | None:
        if written is None:
            return None
        return self._read_moment(TimeRecord(at=written), ("snapshot", "captured_at"), None)

    def _choose_anchors(self, records: list[CommentRecord]) -> list[str]:
        """Return an `id` attribute for every comment: the platform's own number, so that old links keep working."""
        first: dict[str, int] = {}
        taken: set[str] = set()
        anchors: list[str] = []
        for place, record in enumerate(records):
            if record.id in first:
                line = self.span(("comments", first[record.id], "id")).line
                self._refuse(
                    ("comments", place, "id"), f"the id `{record.id}` stands here again; it is already on line {line}"
                )
            first.setdefault(record.id, place)
            whole = f"comment-{_UNSAFE.sub('-', record.id)}"
            anchor = f"comment-{_UNSAFE.sub('-', _PREFIX.sub('', record.id))}"
            candidates = (anchor, whole, f"{whole}-{place}", f"{whole}-{place}-x")
            chosen = next(name for name in candidates if name not in taken or name is candidates[-1])
            taken.add(chosen)
            anchors.append(chosen)
        return anchors

    def _build_comment(self, record: CommentRecord, anchor: str, place: int, captured: datetime | None) -> Comment:
        where: Path = ("comments", place)
        deleted = record.status == "deleted"
        body = Html("")
        if not deleted:
            render = sanitize_comment_html if record.body.format == "html" else render_comment_text
            body = render(record.body.text)
        language = record.body.lang if record.body.lang and _LONGEST_LANGUAGE.fullmatch(record.body.lang) else None
        votes = record.votes
        return Comment(
            id=record.id,
            anchor=anchor,
            parent=record.parent,
            reply_to_name=_clean_name(record.reply_to_name),
            author=CommentAuthor()
            if deleted
            else CommentAuthor(
                name=_clean_name(record.author.name),
                url=self._keep_web(record.author.url, (*where, "author", "url")),
            ),
            published=self._read_moment(record.published, (*where, "published"), captured),
            edited=self._build_edit(record.edited, (*where, "edited"), captured) if not deleted else None,
            body=body,
            language=language,
            votes=Votes(up=votes.up, down=votes.down, score=votes.score) if votes else Votes(),
            deleted=deleted,
            pinned=record.pinned and not deleted,
            closed=record.closed,
            url=self._keep_web(record.url, (*where, "url")),
        )

    def _build_edit(self, record: EditRecord | None, where: Path, captured: datetime | None) -> CommentEdit | None:
        if record is None:
            return None
        return CommentEdit(
            at=self._read_moment(record.at, (*where, "at"), captured),
            raw=record.at.raw if record.at else None,
            by=_clean_name(record.by),
            note=_clean_name(record.note),
        )

    def _read_moment(self, record: TimeRecord | None, where: Path, captured: datetime | None) -> Moment | None:
        """Return an instant at the precision that is known; words such as "2 months ago" count from the capture."""
        if record is None:
            return None
        if record.at is None:
            return resolve_relative(record.raw, captured) if record.raw and captured else None
        try:
            written = record.at if len(record.at) != len("2023") else f"{record.at}-01"
            at = datetime.fromisoformat(f"{written}-01" if len(written) == len("2023-07") else written)
        except ValueError:
            self._refuse(where, f"`{record.at[:40]}` is no ISO 8601 time", "write `2023-07-09T17:22:00+02:00`")
            return None
        precision = record.precision or _SHORT_ISO.get(len(record.at), "second")
        if at.tzinfo is None:
            if precision in {"minute", "second"}:
                self._refuse(
                    where, "has no zone, so that the instant is not known", f"write `{record.at}Z` or an offset"
                )
                return None
            at = at.replace(tzinfo=UTC)
        return Moment(at=at, precision=precision, raw=record.raw)

    def _build_rating(self, record: RatingRecord, place: int) -> Rating | None:
        if record.value is None or (record.count == 0 and record.value == 0):
            return None
        if not record.worst <= record.value <= record.best:
            self._refuse(("ratings", place, "value"), f"must be between {record.worst:g} and {record.best:g}")
            return None
        return Rating(
            value=record.value,
            votes=record.count,
            best=record.best,
            worst=record.worst,
            label=_clean_name(record.label) or "",
        )

    def _keep_web(self, address: str | None, where: Path) -> str | None:
        """Return an address that is safe behind a link; anything else is left out with a warning."""
        if not address:
            return None
        cleaned = clean_text(address).strip()
        if _WEB.fullmatch(cleaned):
            return cleaned
        self.warnings.append(
            warning(
                _CODE,
                "only addresses with http or https become links: this one is left out",
                self.path,
                self.span(where),
            )
        )
        return None

    def _refuse(self, where: Path, message: str, hint: str | None = None) -> None:
        self.problems.append(error(_CODE, message, self.path, self.span(where), hint))


def _is_inner(part: int | str) -> bool:
    """Whether a step is pydantic's name of a model or a union, not of the file."""
    return isinstance(part, str) and ("Record" in part or "[" in part)


def _plain(details: ErrorDetails) -> str:
    context = cast("Mapping[str, object]", details.get("ctx") or {})
    kind = details["type"]
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"must be {'at least' if 'ge' in context else 'at most'} {context.get('ge', context.get('le'))}"
    return _PLAIN.get(kind, details["msg"][:1].lower() + details["msg"][1:])


_PLAIN = {
    "missing": "is missing",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must not hold spaces or control characters",
}


def _clean_name(name: str | None) -> str | None:
    """Return a name on one line and within bounds; an empty one is none."""
    if name is None:
        return None
    return " ".join(clean_text(name).split())[:_LONGEST_NAME] or None


def resolve_relative(words: str, captured: datetime) -> Moment | None:
    """Return the instant that `words` such as "2 months ago" meant on the day of capture, as precisely as they tell.

    None for words that are no such phrase.
    """
    match = _AGO.search(words)
    if not match:
        return None
    count = 1 if match[1].lower() in {"a", "an"} else int(match[1])
    unit = match[2].lower()
    try:
        if unit in {"month", "year"}:
            months = captured.year * 12 + captured.month - 1 - count * (12 if unit == "year" else 1)
            year, month = divmod(months, 12)
            day = min(captured.day, monthrange(year, month + 1)[1])
            at = captured.replace(year=year, month=month + 1, day=day)
        else:
            at = captured - timedelta(**{f"{unit}s": count})
    except (ValueError, OverflowError):
        return None
    return _at_precision(at, _KNOWN[unit], words)


_KNOWN: Mapping[str, Precision] = {
    "second": "minute",
    "minute": "minute",
    "hour": "day",
    "day": "day",
    "week": "month",
    "month": "month",
    "year": "year",
}


def _at_precision(at: datetime, precision: Precision, raw: str) -> Moment:
    zeroed = at.replace(second=0, microsecond=0)
    if precision != "minute":
        zeroed = zeroed.replace(hour=0, minute=0)
    if precision in {"month", "year"}:
        zeroed = zeroed.replace(day=1)
    if precision == "year":
        zeroed = zeroed.replace(month=1)
    return Moment(at=zeroed, precision=precision, raw=raw)
