"""What a saved page tells of its article, and the document that this becomes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pydantic_core import PydanticCustomError

from sitegen.errors import Problem, error
from sitegen.importers.pages.files import CODE, SavedPage
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, Media, State, Tally, Withheld
from sitegen.model.moment import Moment
from sitegen.parse.addresses import read_site_address
from sitegen.parse.comment_format import AnchorRecord, CommentRecord, MentionRecord, RatingRecord
from sitegen.plan.slugs import slugify

_TOLD_BY = {
    "title": "--title",
    "date": "--date",
    "url": "--url",
    "section": "--section",
    "captured_at": "--captured-at",
}
_INDEX = frozenset({"index", "default", "home"})
_LONGEST_SLUG = 100
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class PageFacts:
    """What is known of an article. Empty: the page does not say."""

    key: str
    """Who it is, as in `ImportedDocument`."""
    platform: str
    """What its comments were made with: `wpdiscuz`, `wordpress`."""
    prefix: str
    """What the ids of its comments begin with."""
    title: str = ""
    """The headline."""
    date: Moment | None = None
    """When it was published."""
    updated: Moment | None = None
    """When it was changed."""
    url: str = ""
    """Its absolute address."""
    aliases: tuple[str, ...] = ()
    """Other addresses of it, from the root."""
    section: str | None = None
    """The section; empty: it has none; None: the page does not say."""
    source: str | Mapping[str, str] | None = None
    """The credit."""
    previous: str | None = None
    """Title of the article before it."""
    next: str | None = None
    """Title of the article behind it."""
    authors: tuple[str, ...] = ()
    """The bylines."""
    tags: tuple[str, ...] = ()
    """The tags."""
    language: str = ""
    """Its language, where it is not that of the site."""
    description: str = ""
    """A sentence about it."""
    image: str = ""
    """Where its picture is, as front matter names it."""
    body: str = ""
    """Markdown."""
    media: tuple[Media, ...] = ()
    """Files that it needs."""
    source_id: str | None = None
    """Its number at the source."""
    closed: bool = True
    """Whether comments were closed."""
    rating: Sequence[RatingRecord] = ()
    """Its ratings."""
    declared: int | None = None
    """How many comments the page says that it has."""
    comments: list[CommentRecord] = field(default_factory=list)
    """Comments that may be published."""
    mentions: list[MentionRecord] = field(default_factory=list)
    """Pingbacks and trackbacks."""
    withheld: list[Withheld] = field(default_factory=list)
    """Comments that may not be published."""
    passages: Mapping[str, AnchorRecord] = field(default_factory=dict)
    """Passages of the body with inline feedback, by the plugin's numbers."""
    is_cut: bool = False
    """Whether the page shows that it does not hold all comments, or not the whole of one."""
    must_tell: tuple[str, ...] = ("title", "date")
    """Fields that a published article needs."""


def fill_in(facts: PageFacts, request: ImportRequest, times: SourceTimes) -> None:
    """Put in what the options say, where the page says nothing. Raises UsageError for what they cannot say."""
    facts.title = facts.title or " ".join((request.title or "").split())
    if facts.date is None and request.date is not None:
        facts.date = times.read_told("--date", request.date)
    facts.url = facts.url or (request.url or "").strip()
    if facts.section is None:
        facts.section = request.section


def build_document(
    facts: PageFacts, thread: CapturedThread | None, page: SavedPage, times: SourceTimes, tally: Tally
) -> ImportedDocument:
    """Return the document with its comments; what it lacks makes it a draft, and is a problem in `tally`."""
    missing = _list_missing(facts, times)
    tally.problems += _describe_missing(missing, page.name)
    state: State = "draft" if missing else "published"
    section = slugify(facts.section or "")
    slug = _choose_slug(facts, page)
    day = f"{facts.date.at:%Y-%m-%d}-" if facts.date else ""
    front_matter = {
        "title": facts.title,
        "date": _write_date(facts.date),
        "updated": _write_date(facts.updated),
        "source": facts.source,
        "prev": {"title": facts.previous} if facts.previous else None,
        "next": {"title": facts.next} if facts.next else None,
        "tags": list(facts.tags),
        "authors": list(facts.authors),
        "section": facts.section if facts.section != section else None,
        "description": facts.description,
        "image": facts.image,
        "draft": True if missing else None,
        "url": _write_address(facts.url),
        "aliases": list(facts.aliases),
        "lang": facts.language,
    }
    return ImportedDocument(
        kind="article",
        key=facts.key,
        path="/".join(filter(None, (section, f"{day}{slug}.md"))),
        state=state,
        front_matter=front_matter,
        body=facts.body,
        thread=thread,
        media=facts.media,
    )


def _list_missing(facts: PageFacts, times: SourceTimes) -> list[str]:
    told = {
        "title": bool(facts.title),
        "date": facts.date is not None,
        "url": bool(facts.url),
        "section": facts.section is not None,
        "captured_at": times.captured is not None,
    }
    return [name for name in facts.must_tell if not told[name]]


def _describe_missing(missing: list[str], name: str) -> list[Problem]:
    return [
        error(
            CODE,
            f"does not tell its {field.replace('captured_at', 'time of capture')}: the article becomes a draft",
            name,
            hint=f"say it by {_TOLD_BY[field]}" + (", empty for none" if field == "section" else ""),
        )
        for field in missing
    ]


def _choose_slug(facts: PageFacts, page: SavedPage) -> str:
    parts = [unquote(part) for part in urlsplit(facts.url).path.split("/") if part] if facts.url else []
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", parts[-1], flags=re.IGNORECASE) if parts else ""
    stem = PurePosixPath(page.file.name).stem
    words = [last, facts.title, "" if stem.lower() in _INDEX else stem, page.digest[:12]]
    slugs = [slugify(text) for text in words]
    chosen = next(slug for slug in slugs if slug and slug not in _INDEX and not slug.isdigit())
    return chosen[:_LONGEST_SLUG].strip("-")


def _write_date(moment: Moment | None) -> datetime | date | None:
    if moment is None:
        return None
    return moment.at.date() if moment.precision == "day" else moment.at


def _write_address(url: str) -> str | None:
    """Return the path of an address, which is what stays of it in another site; None for none that a page may have."""
    path = urlsplit(url).path if _WEB.match(url) or url.startswith("/") else ""
    if not path.strip("/"):
        return None
    try:
        return read_site_address(path)
    except PydanticCustomError:
        return None
