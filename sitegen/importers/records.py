"""What importers read: documents with their comments, and an account of everything that was met on the way."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from sitegen.errors import Problem
from sitegen.importers.web.visitor import Visitor
from sitegen.model.config import Config
from sitegen.parse.comment_format import CommentRecord, MentionRecord, RatingRecord, SnapshotRecord

State = Literal["published", "scheduled", "draft"]
"""What a document was at the source; what readers could not see there is a draft here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A comment that the source has, and that is not to be published."""

    id: str
    """The id that it would have."""
    reason: str
    """Why, in one word: `pending`, `spam`, `trash`, `private`, `note`, `deleted`, `blocked`, `hidden`,
    `not-public`, `no-id`, `duplicate`, `no-article`, `erased`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedThread:
    """The comments on one article as a source has them.

    `read` counts what the source has: published comments, withheld ones and mentions add up to it.
    """

    prefix: str
    """What the ids of this source begin with: `wp-`. Comments with another prefix come from elsewhere."""
    addresses: tuple[str, ...]
    """Addresses of the article at the source, absolute or from the root, the best first; they find the article."""
    names: tuple[str, ...] = ()
    """What the source calls the article where it has no address: a slug, a path of a file, a title."""
    source_id: str | None = None
    """The source's id of the article."""
    title: str | None = None
    """The title at the source, for messages."""
    snapshot: SnapshotRecord
    """Where the comments come from; counts, hash and tool are filled in later."""
    closed: bool = True
    """Whether the source had closed its comments."""
    ratings: tuple[RatingRecord, ...] = ()
    """Ratings of the article, its own first."""
    read: int
    """How many comments, withheld ones and mentions were met."""
    comments: tuple[CommentRecord, ...] = ()
    """Comments that may be published, and tombstones (`status: deleted`) where replies hang on a withheld one."""
    mentions: tuple[MentionRecord, ...] = ()
    """Pingbacks, trackbacks, likes."""
    withheld: tuple[Withheld, ...] = ()
    """What is not published; nothing but id and reason of it is kept in memory, and only counts on the disk."""
    complete: bool = True
    """Whether these are all that the source has; else none is taken for gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that a document needs."""

    path: str
    """Where it goes, below the site: `static/wp-content/uploads/2023/07/tokyo.jpg`, `content/world/bridge/span.jpg`."""
    address: str
    """Where the source has it: an absolute address, or a path in the input; for messages and for `--fetch-media`."""
    file: Path | None = None
    """Where it lies on the disk, if it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDocument:
    """An article or a page, ready to be written."""

    kind: Literal["article", "page"]
    """What it becomes; pages go below `content/pages/`."""
    key: str
    """Who it is at its source, the same in every export, without spaces: `https://old.example/?p=17`."""
    path: str
    """Where it goes below `content/`, if that is free: `world/2023-07-08-nato-office.md`, `pages/about.md`."""
    state: State = "published"
    """What it was at the source."""
    front_matter: Mapping[str, object]
    """Keys of sitegen's front matter in the order in which they are written. Values are text, numbers, booleans, aware
    datetimes, lists and mappings of such; None and empty ones are left out."""
    body: str
    """Markdown."""
    thread: CapturedThread | None = None
    """Its comments; None without any and without ratings."""
    media: tuple[Media, ...] = ()
    """Files that it needs."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """An account of what a reader met. Readers write into it; it holds no content."""

    read: Counter[str] = field(default_factory=Counter)
    """Items by kind: `articles`, `pages`, `comments`, `media`, and kinds of the source's own."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Items that become no document, by reason: `nav_menu_item`, `trash`."""
    withheld: Counter[str] = field(default_factory=Counter)
    """Comments that hang on nothing that becomes a document, by reason; others are in `CapturedThread.withheld`."""
    unknown: Counter[str] = field(default_factory=Counter)
    """What was not understood and stands in the text as it was, by name: `[contact-form]`, `{% youtube %}`."""
    warnings: list[Problem] = field(default_factory=list)
    """What somebody should look at, though it was imported."""
    problems: list[Problem] = field(default_factory=list)
    """What could not be imported as it should be: exit code 1."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Old address to where it leads now, for `[redirects]` in the configuration."""
    media: list[Media] = field(default_factory=list)
    """Files of the site that belong to no document."""
    permalink: str | None = None
    """A pattern for `permalink` in the configuration that fits the old addresses, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What a reader is asked for."""

    inputs: tuple[str, ...]
    """Files, folders or addresses, as they were given; files and folders are relative to the current folder."""
    config: Config
    """The configuration of the site."""
    clock: datetime
    """Now: decides what is scheduled, and stands as the capture time of live sources."""
    timezone: str | None = None
    """Zone of times without one; None: not told."""
    date_format: str | None = None
    """How times are written at the source, as for `strptime`; None: not told."""
    media_dir: Path | None = None
    """A folder with the files of the source, such as `wp-content/uploads`."""
    visitor: Visitor | None = None
    """Asks the network; None: nothing may be asked."""
    memory: Path | None = None
    """A folder in which a reader may keep what it has fetched; it goes once the import has succeeded."""
    title: str | None = None
    """The title, where the source cannot tell it."""
    date: str | None = None
    """The date, where the source cannot tell it."""
    url: str | None = None
    """The address of the article, where the source cannot tell it."""
    section: str | None = None
    """The section, where the source cannot tell it."""
    captured_at: str | None = None
    """When the input was taken, where it cannot tell."""
    expect: Callable[[str, int], None] = lambda _stage, _total: None
    """Told what is read next from a live source, and how many items of it there are."""
    advance: Callable[[int], None] = lambda _: None
    """Told how many bytes of the input, or items of a live source, are done."""


Reader = Callable[[ImportRequest, Tally], Iterator[ImportedDocument]]
"""Reads a source. Raises UsageError where the request cannot work, ContentError where the input is broken beyond use,
MachineError where disk or network fail; then nothing is written."""

ThreadReader = Callable[[ImportRequest, Tally], Iterator[CapturedThread]]
"""Reads a source of comments alone; raises as a Reader does."""
